"""The basis of an answer, in print: with it anyone can ask again and get the same figure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from application.queries import Underlag
from domain.tid import dagens_slut, svensk_dag


def basis_som_text(underlag: Underlag) -> str:
    """Return the basis as one line for a person; both times are written so that they can be asked for again."""
    dag = svensk_dag(underlag.kant_den)
    kand = str(dag) if underlag.kant_den == dagens_slut(dag) else kant_som_text(underlag.kant_den)
    if not underlag.position:
        kand += " (då fanns inga händelser)"
    organisation = f" · organisationen den {underlag.organisation_den}" if underlag.organisation_den else ""
    return (
        f"Gäller den {underlag.galler_den} · känt den {kand} · position {underlag.position} · "
        f"vårddygn: {underlag.regel.etikett} ({underlag.regel.namn}){organisation}"
    )


def kant_som_text(ogonblick: datetime) -> str:
    """Return an instant as RFC 3339 in UTC with every microsecond."""
    return ogonblick.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def basis_som_json(underlag: Underlag) -> dict[str, Any]:
    """Return the basis for a program; instants in UTC."""
    return {
        "position": underlag.position,
        "gallerDen": underlag.galler_den.isoformat(),
        "kantDen": kant_som_text(underlag.kant_den),
        "vardygnsregel": underlag.regel.namn,
        "franvaro": "raknas" if underlag.regel.raknar_franvaro else "raknasInte",
        "organisationDen": underlag.organisation_den.isoformat() if underlag.organisation_den else None,
    }
