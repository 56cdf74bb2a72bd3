"""Writing the fact tables: what became known is inserted, what ceased to be known is closed, nothing is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, update

from domain.fakta import Fakta
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
        # A stream is keyed by its whole number: a UUID's own hash and equality are Python calls, an int's are not.
        self._nya: dict[type[Fakta], dict[tuple[int, int], tuple[UUID, int, int, Fakta]]] = defaultdict(dict)
        self._slut: dict[type[Fakta], dict[tuple[int, int], tuple[int, UUID, int]]] = defaultdict(dict)

    def ta_in(self, strom: UUID, position: int, andring: Faktaandring) -> None:
        """Take in what the event at a position changed."""
        nummer = strom.int
        for form, radnr in andring.stangda:
            self._slut[form][nummer, radnr] = position, strom, radnr
        for radnr, fakta in andring.nya:
            self._nya[type(fakta)][nummer, radnr] = strom, radnr, position, fakta

    def skriv(self, forbindelse: Connection) -> None:
        """Insert and close."""
        for form, nya in self._nya.items():
            slut = self._slut[form]
            rader = [
                (strom, radnr, fran, slut.pop(nyckel)[0] if nyckel in slut else ALLTJAMT, *fakta)
                for nyckel, (strom, radnr, fran, fakta) in nya.items()
            ]
            INFOGA[form].kor(forbindelse, rader)
        for form, slut in self._slut.items():
            _STANG[form].kor(forbindelse, list(slut.values()))
