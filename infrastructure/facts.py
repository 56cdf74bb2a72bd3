"""Writing the fact tables: what became known is inserted, what ceased to be known is closed, nothing is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, update

from domain.fakta import Fakta
from domain.faktaspar import Faktaandring
from infrastructure.tables import ALLTJAMT, FAKTATABELLER

_STANG = {
    form: update(tabell)
    .where(tabell.c.strom == bindparam("b_strom"), tabell.c.radnr == bindparam("b_radnr"))
    .values(kand_till=bindparam("b_position"))
    for form, tabell in FAKTATABELLER.items()
}


def skriv_fakta(forbindelse: Connection, andringar: Iterable[tuple[UUID | str, int, Faktaandring]]) -> None:
    """Apply what events changed, each as (stream, position of the event, change).

    A row that is made and closed in the same call is inserted closed; the others are closed where they stand.
    """
    nya: dict[type[Fakta], dict[tuple[UUID | str, int], dict[str, Any]]] = defaultdict(dict)
    stangda: dict[type[Fakta], list[dict[str, Any]]] = defaultdict(list)
    for strom, position, andring in andringar:
        for form, radnr in andring.stangda:
            rad = nya[form].get((strom, radnr))
            if rad is not None:
                rad["kand_till"] = position
            else:
                stangda[form].append({"b_strom": strom, "b_radnr": radnr, "b_position": position})
        for radnr, fakta in andring.nya:
            nya[type(fakta)][strom, radnr] = {
                "strom": strom, "radnr": radnr, "kand_fran": position, "kand_till": ALLTJAMT, **fakta._asdict(),
            }  # fmt: skip
    for form, lista in stangda.items():
        forbindelse.execute(_STANG[form], lista)
    for form, rader in nya.items():
        if rader:
            forbindelse.execute(insert(FAKTATABELLER[form]), list(rader.values()))
