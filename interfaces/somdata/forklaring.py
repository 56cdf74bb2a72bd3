"""An explained difference as data: what each cell was and is, why, and the trail of events and facts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from application.forklara import Forklaring
from application.forklaringstext import om_orsakerna
from domain.matt.orsaker import Cellforklaring, Orsak, Orsakspost
from interfaces.somdata.oppning import Huvuden, exakt, handelse_som_data
from interfaces.somdata.underlag import underlag_som_data


def storst_forst(cell: Cellforklaring, hogst: int) -> list[Orsakspost]:
    """Return the trail of a cell with the largest effects first; ``hogst`` 0 returns all."""
    poster = sorted(cell.poster, key=lambda post: (list(Orsak).index(post.orsak), -abs(post.effekt or 0)))
    return poster[:hogst] if hogst else poster


def sparrader(post: Orsakspost, huvuden: Huvuden) -> list[dict[str, Any]]:
    """Return the trail of a part as rows, one a fact; the effect is said once."""
    effekt = None if post.effekt is None else exakt(post.effekt)
    rader = []
    for byte in post.fakta:
        position = byte.rad.kand_fran if post.position is None else post.position
        fakta = {
            "orsak": post.orsak.value, "effekt": effekt, "strom": byte.rad.strom, "radnr": byte.rad.radnr,
            "slag": byte.rad.fakta.slag, "person": getattr(byte.rad.fakta, "person", None), "fore": exakt(byte.fore),
            "efter": exakt(byte.efter),
        }  # fmt: skip
        rader.append(fakta | (handelse_som_data(huvuden[position]) if position in huvuden else {}))
        effekt = None
    return rader


def forklaring_som_data(forklaring: Forklaring, huvuden: Huvuden, hogst: int) -> dict[str, Any]:
    """Return an explanation; of every cell's trail at most so many, the largest first (0: all)."""
    return {
        "matt": forklaring.fran.fraga.matt.namn,
        "enhet": forklaring.fran.fraga.matt.enhet.namn,
        "fran": underlag_som_data(forklaring.fran.underlag),
        "mot": underlag_som_data(forklaring.till.underlag),
        "text": om_orsakerna(forklaring),
        "celler": [_cell_som_ord(cell, huvuden, hogst) for cell in forklaring.celler],
        "totalt": _cell_som_ord(forklaring.totalt, huvuden, hogst),
    }


def _cell_som_ord(cell: Cellforklaring, huvuden: Huvuden, hogst: int) -> dict[str, Any]:
    poster = storst_forst(cell, hogst)
    return {
        "cell": dict(cell.cell),
        "fran": None if cell.fran is None else exakt(Fraction(cell.fran)),
        "mot": None if cell.till is None else exakt(Fraction(cell.till)),
        "skillnad": exakt(cell.skillnad),
        "delar": {orsak.value: exakt(v) for orsak, v in cell.delar.items()},
        "spar": [rad for post in poster for rad in sparrader(post, huvuden)],
        "antal": len(cell.poster),
    }
