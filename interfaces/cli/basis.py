"""The basis of an answer, in print: with it anyone can ask again and get the same figure."""

from __future__ import annotations

from datetime import date, datetime

from application.queries import Underlag
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
