"""The basis of an answer, in print: with it anyone can ask again and get the same figure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from application.queries import Regelversion, Underlag
from domain.pengar import skriv_tal
from domain.tid import dagens_slut, som_rfc3339, svensk_dag


def basis_som_text(underlag: Underlag) -> str:
    """Return the basis as one line for a person; both times are written so that they can be asked for again."""
    tider = tider_som_text(underlag.galler_den, underlag.kant_den, underlag.position)
    organisation = f" · organisationen den {underlag.organisation_den}" if underlag.organisation_den else ""
    fakta = "" if underlag.fakta is None else f" · {skriv_tal(underlag.fakta)} fakta räknade"
    return f"{tider} · vårddygn: {underlag.regel.etikett} ({underlag.regel.namn}){organisation}{fakta}"


def regler_som_text(underlag: Underlag) -> list[str]:
    """Return the rules that are no choice of the question (deadlines), as they read, a line each."""
    return [
        f"Regel: {r.etikett} – {r.kalla}{f', i kraft {r.galler_fran}' if r.galler_fran else ''}"
        for r in underlag.regler
        if r.namn != underlag.regel.namn
    ]


def tider_som_text(galler_den: date, kant_den: datetime, position: int) -> str:
    """Return both times and the position they were resolved to, as one line that can be asked for again."""
    dag = svensk_dag(kant_den)
    kand = str(dag) if kant_den == dagens_slut(dag) else som_rfc3339(kant_den)
    if not position:
        kand += " (då fanns inga händelser)"
    return f"Gäller den {galler_den} · känt den {kand} · position {position}"


def tider_som_json(galler_den: date, kant_den: datetime, position: int) -> dict[str, Any]:
    """Return both times and the position for a program; instants in UTC."""
    return {"position": position, "gallerDen": galler_den.isoformat(), "kantDen": som_rfc3339(kant_den)}


def basis_som_json(underlag: Underlag) -> dict[str, Any]:
    """Return the basis for a program; instants in UTC."""
    return {
        **tider_som_json(underlag.galler_den, underlag.kant_den, underlag.position),
        "vardygnsregel": underlag.regel.namn,
        "franvaro": "raknas" if underlag.regel.raknar_franvaro else "raknasInte",
        "organisationDen": underlag.organisation_den.isoformat() if underlag.organisation_den else None,
        "raknadeFakta": underlag.fakta,
        "regler": [regel_som_json(regel) for regel in underlag.regler],
    }


def regel_som_json(regel: Regelversion) -> dict[str, Any]:
    """Return a rule as it read on the day of the question, for a program."""
    return {
        "namn": regel.namn,
        "etikett": regel.etikett,
        "kalla": regel.kalla,
        "gallerFran": regel.galler_fran.isoformat() if regel.galler_fran else None,
    }
