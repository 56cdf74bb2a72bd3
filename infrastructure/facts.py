"""Writing the fact tables: what became known is inserted, what ceased to be known is closed, nothing is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, insert, update

from domain.fakta import Fakta, Identitet
from domain.faktaspar import Faktaandring
from infrastructure.rows import Flerradssats
from infrastructure.tables import ALLTJAMT, FAKTATABELLER

INFOGA: Mapping[type[Fakta], Flerradssats] = {
    form: Flerradssats(insert(tabell), tabell.c.keys()) for form, tabell in FAKTATABELLER.items()
}
"""Inserts whole rows of each fact table."""

_STANG = {
    form: Flerradssats(
        update(tabell)
        .where(tabell.c.strom == bindparam("b_strom"), tabell.c.radnr == bindparam("b_radnr"))
        .values(kand_till=bindparam("b_position")),
        ("b_position", "b_strom", "b_radnr"),
    )
    for form, tabell in FAKTATABELLER.items()
}


class Faktarader:
    """The rows that changes of facts come to, before they are written.

    A row that is made and closed here is inserted closed; the others are closed where they stand.
    """

    def __init__(self) -> None:
        """Begin with no rows."""
        self._nya: dict[type[Fakta], dict[tuple[Identitet, int], tuple[int, Fakta]]] = defaultdict(dict)
        self._slut: dict[type[Fakta], dict[tuple[Identitet, int], int]] = defaultdict(dict)

    def ta_in(self, strom: Identitet, position: int, andring: Faktaandring) -> None:
        """Take in what the event at a position changed."""
        for form, radnr in andring.stangda:
            self._slut[form][strom, radnr] = position
        for radnr, fakta in andring.nya:
            self._nya[type(fakta)][strom, radnr] = position, fakta

    def skriv(self, forbindelse: Connection) -> None:
        """Insert and close."""
        for form, nya in self._nya.items():
            slut = self._slut[form]
            rader = [
                (*nyckel, fran, slut.pop(nyckel) if nyckel in slut else ALLTJAMT, *fakta)
                for nyckel, (fran, fakta) in nya.items()
            ]
            INFOGA[form].kor(forbindelse, rader)
        for form, slut in self._slut.items():
            _STANG[form].kor(forbindelse, [(position, *nyckel) for nyckel, position in slut.items()])
