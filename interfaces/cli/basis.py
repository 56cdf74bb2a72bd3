"""The basis of an answer, in print: with it anyone can ask again and get the same figure."""

from __future__ import annotations

from typing import Any

from application.queries import Underlag
from domain.tid import SVENSK_TID


def basis_som_text(underlag: Underlag) -> str:
    """Return the basis as one line for a person."""
    kand = underlag.kant_den.astimezone(SVENSK_TID)
    return (
        f"Gäller den {underlag.galler_den} · känt den {kand:%Y-%m-%d %H:%M:%S} · position {underlag.position} · "
        f"vårddygn: {underlag.regel.etikett} ({underlag.regel.namn})"
    )


def basis_som_json(underlag: Underlag) -> dict[str, Any]:
    """Return the basis for a program; instants in UTC."""
    return {
        "position": underlag.position,
        "gallerDen": underlag.galler_den.isoformat(),
        "kantDen": underlag.kant_den.isoformat().replace("+00:00", "Z"),
        "vardygnsregel": underlag.regel.namn,
        "franvaro": "raknas" if underlag.regel.raknar_franvaro else "raknasInte",
    }
