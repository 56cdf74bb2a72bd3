"""Writing the fact tables: what became known is inserted, what ceased to be known is closed, nothing is overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, Select, Table, Uuid, bindparam, insert, select, update

from application.ombyggnad import Faktarad
from domain.fakta import FAKTAFORMER, Fakta, Identitet
from domain.faktaspar import ALLTJAMT, Faktaandring
from infrastructure.identitet import siffror
from infrastructure.rows import Flerradssats, Fragesats
from infrastructure.tables import EGNA_FALT, FAKTATABELLER, GALLANDE, Faktatabeller

Rad = tuple[Any, ...]


@lru_cache(maxsize=16)
def _infoga(tabell: Table) -> Flerradssats:
    return Flerradssats(insert(tabell), tabell.c.keys())


@lru_cache(maxsize=16)
def _finns(dragtabell: Table) -> Fragesats:
    return Fragesats(select(dragtabell.c.id).where(dragtabell.c.id == bindparam("id")), ("id",))


_STANG = {
    form: Flerradssats(
        update(tabell)
        .where(tabell.c.strom == bindparam("b_strom"), tabell.c.radnr == bindparam("b_radnr"))
        .values(kand_till=bindparam("b_position")),
        ("b_position", "b_strom", "b_radnr"),
    )
    for form, tabell in FAKTATABELLER.items()
}


def _falt(form: type[Fakta], *, egna: bool) -> Callable[[Fakta], Rad]:
    return itemgetter(*(nr for nr, namn in enumerate(form._fields) if (namn in EGNA_FALT[form]) is egna))


_EGNA = {form: _falt(form, egna=True) for form in FAKTAFORMER}
_DRAG = {form: _falt(form, egna=False) for form in FAKTAFORMER}


def dragnummer(form: type[Fakta], drag: Rad) -> int:
    """Return the number of a combination of traits.

    It follows from the traits, so every database, process and rebuild numbers them alike and none has to ask.
    """
    avtryck = hashlib.blake2b(orjson.dumps([form.__name__, *drag]), digest_size=8)
    return int.from_bytes(avtryck.digest()) >> 1


class _Nummer(dict[Rad, int]):
    """The numbers of combinations of traits; one that nobody has asked for before is numbered and kept as new."""

    def __init__(self, form: type[Fakta], kanda: Mapping[Rad, int]) -> None:
        super().__init__()
        self.nya: list[Rad] = []
        self._form = form
        # Looked through and not copied: they are thousands, and a transaction may be one event.
        self._kanda = kanda

    def __missing__(self, drag: Rad) -> int:
        nummer = self._kanda.get(drag)
        if nummer is None:
            nummer = dragnummer(self._form, drag)
            self.nya.append((nummer, *drag))
        self[drag] = nummer
        return nummer


class Fardiga(NamedTuple):
    """Facts made into rows of their table, by whoever is not to write them, and the traits that the rows name."""

    form: type[Fakta]
    rader: list[Rad]
    drag: list[Rad]


def fardigstall(form: type[Fakta], rader: Iterable[Faktarad]) -> Fardiga:
    """Make facts into rows, without a database: the numbers of traits are the same everywhere."""
    nummer = _Nummer(form, {})
    return Fardiga(form, _till_rader(form, rader, nummer), list(nummer))


def _till_rader(form: type[Fakta], rader: Iterable[Faktarad], nummer: Mapping[Rad, int]) -> list[Rad]:
    egna, drag = _EGNA[form], _DRAG[form]
    return [(strom, radnr, fran, till, nummer[drag(fakta)], *egna(fakta)) for strom, radnr, fran, till, fakta in rader]


class Dragregister:
    """The combinations of traits that a database is known to hold.

    One belongs to a transaction, and what it stores is told to the one it began from when the transaction has
    committed: what was rolled back is not in the database.
    """

    def __init__(self, kanda: Dragregister | None = None) -> None:
        """Begin with what another register knows."""
        self._nummer: dict[type[Fakta], _Nummer] = {
            form: _Nummer(form, kanda._nummer[form] if kanda else {}) for form in FAKTAFORMER
        }

    def nummer(self, form: type[Fakta]) -> Mapping[Rad, int]:
        """Return the number of any combination; one that is not known to be stored is so by ``skriv``."""
        return self._nummer[form]

    def skriv(self, forbindelse: Connection, form: type[Fakta], dragtabell: Table) -> None:
        """Store the combinations of a shape that are new to the database; the caller holds the write lock."""
        nya = self._nummer[form].nya
        saknas = [rad for rad in nya if not _finns(dragtabell).rader(forbindelse, rad[0])]
        _infoga(dragtabell).kor(forbindelse, saknas)
        nya.clear()

    def ta_over(self, bekraftat: Dragregister) -> None:
        """Take over what a committed transaction's register has stored."""
        for form, nummer in bekraftat._nummer.items():
            self._nummer[form].update(nummer)


class Faktaskrivare:
    """Inserts whole rows of facts in one transaction."""

    def __init__(self, forbindelse: Connection, drag: Dragregister, tabeller: Faktatabeller = GALLANDE) -> None:
        """Write through a connection that holds the write lock, to the tables that answer or to others like them."""
        self._forbindelse = forbindelse
        self._drag = drag
        self._tabeller = tabeller

    def infoga(self, form: type[Fakta], rader: Iterable[Faktarad]) -> None:
        """Insert rows: stream, row number, known from, known to, fact."""
        self._infoga(form, _till_rader(form, rader, self._drag.nummer(form)))

    def infoga_fardiga(self, fardiga: Fardiga) -> None:
        """Insert rows that somebody else made."""
        nummer = self._drag.nummer(fardiga.form)
        for drag in fardiga.drag:
            nummer[drag]
        self._infoga(fardiga.form, fardiga.rader)

    def _infoga(self, form: type[Fakta], rader: Sequence[Rad]) -> None:
        self._drag.skriv(self._forbindelse, form, self._tabeller.drag[form])
        _infoga(self._tabeller.fakta[form]).kor(self._forbindelse, rader)

    def andra(self, andringar: Iterable[tuple[Identitet, int, Faktaandring]]) -> None:
        """Insert and close rows as changes of facts say: stream, position, change.

        A row that is made and closed here is inserted closed; the others are closed where they stand.
        """
        nya: dict[type[Fakta], list[tuple[Identitet, int, int, Fakta]]] = {form: [] for form in FAKTAFORMER}
        slut: dict[type[Fakta], dict[tuple[Identitet, int], int]] = {form: {} for form in FAKTAFORMER}
        for strom, position, (stangda, oppnade) in andringar:
            for form, radnr in stangda:
                slut[form][strom, radnr] = position
            for radnr, fakta in oppnade:
                nya[type(fakta)].append((strom, radnr, position, fakta))
        for form, rader in nya.items():
            stangs = slut[form]
            if rader:
                hela = (
                    (strom, radnr, fran, stangs.pop((strom, radnr), ALLTJAMT) if stangs else ALLTJAMT, fakta)
                    for strom, radnr, fran, fakta in rader
                )
                self.infoga(form, hela)
            _STANG[form].kor(self._forbindelse, [(position, *nyckel) for nyckel, position in stangs.items()])


def hela_fakta(form: type[Fakta], tabeller: Faktatabeller = GALLANDE) -> Select[Any]:
    """Return the query for all rows of a shape: stream, row number, known from and to, then the shape's fields.

    Every database gives the same values in the same order, identities as digits.
    """
    fakta, drag = tabeller.fakta[form].c, tabeller.drag[form].c
    falt = (som_siffror(fakta[namn] if namn in EGNA_FALT[form] else drag[namn]) for namn in form._fields)
    return (
        select(som_siffror(fakta.strom), fakta.radnr, fakta.kand_fran, fakta.kand_till, *falt)
        .join_from(tabeller.fakta[form], tabeller.drag[form], fakta.drag == drag.id)
        .order_by(fakta.strom, fakta.radnr)
    )


def som_siffror(kolumn: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column as every database gives it: an identity as digits, anything else as it is."""
    return siffror(kolumn) if isinstance(kolumn.type, Uuid) else kolumn
