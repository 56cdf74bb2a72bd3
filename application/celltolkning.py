"""From words to a cell of an answer: which values its dimensions have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from application.faltfel import visa
from application.fragetolkning import tolka_varde
from application.queries import Fraga, FraganGarInte, granska_fraga
from domain.matt.modell import Tidsdimension

_TIDSORD = {
    Tidsdimension.MANAD.value: (re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"), "ÅÅÅÅ-MM"),
    Tidsdimension.AR.value: (re.compile(r"[0-9]{4}"), "ÅÅÅÅ"),
}


def tolka_cell(fraga: Fraga, text: str | Iterable[str] | None) -> tuple[Fraga, tuple[str | None, ...]]:
    """Return a question split by the cell's dimensions, and the cell's values in them.

    Nothing said is the whole. ``saknas`` is the cell of facts without a value.

    Raises:
        FraganGarInte: the cell is not written right, or the measure has no such dimension.
    """
    delar = [del_.strip() for del_ in (text.split(",") if isinstance(text, str) else text or ()) if del_.strip()]
    varden: dict[str, str | None] = {}
    for del_ in delar:
        namn, likhet, varde = del_.partition("=")
        if not likhet or not varde or namn in varden:
            mening = (
                f"cell ska ha formen dimension=värde,…, till exempel malgrupp=barn,manad=2019-03, inte {visa(del_)}."
            )
            raise FraganGarInte("cell", mening)
        varden[namn] = _varde(namn, varde)
    grupperad = replace(fraga, gruppera=tuple(varden))
    granska_fraga(grupperad)
    return grupperad, tuple(varden.values())


def tolka_tabellcell(text: str) -> tuple[str, str]:
    """Return the row and the column of a cell written ``RAD,KOLUMN``; a row's label may have commas in it.

    Raises:
        FraganGarInte: one of them is missing.
    """
    rad, _, kolumn = text.rpartition(",")
    if not rad.strip() or not kolumn.strip():
        mening = f"oppna ska ha formen RAD,KOLUMN, till exempel 3,budget_2019_mnkr, inte {visa(text)}."
        raise FraganGarInte("oppna", mening)
    return rad.strip(), kolumn.strip()


def _varde(namn: str, varde: str) -> str | None:
    if namn not in _TIDSORD:
        return tolka_varde(namn, varde)
    monster, form = _TIDSORD[namn]
    if not monster.fullmatch(varde):
        raise FraganGarInte("cell", f"{namn} ska skrivas {form}, inte {visa(varde)}.")
    return varde
