"""Printed tables of amounts read by their declarations: what each cell says of the amounts in the books.

A cell is a linear form of the lines of the books, which follows from the table's columns and row mapping; a printed
per cent is two such forms. So a table of a new kind is met as soon as it is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from application.rapporter.katalog import TABELLER
from application.rapporter.modell import DECEMBER, Malltext, Mattkolumn, Tabell, Uttryckskolumn, synliga
from application.rapporter.radmappning import Rad, Radmappning, Radslag
from application.rapporter.summor import SAMMANSATTA, delar, i_ordning
from application.rapporter.uttryck import Andel, EfterRad, Kol, Skillnad, Summa, Uttryck
from application.syntet.tal import enhetsfaktor, tal
from application.syntet.uppdrag import Syntetuppdrag
from application.tryckt import Trycktabell
from domain.begrepp import Prognosslag

Linje = Mapping[str, str]
"""What a line of the books is called, by dimension."""

BELOPPSMATT = ("budget", "utfall", "prognos")
_ENHETER_I_NAMN = ("_kr", "_tkr", "_mnkr")
INVESTERINGSMATT = {"investeringsbudget": "budget", "investeringsutfall": "utfall", "investeringsprognos": "prognos"}


@dataclass(frozen=True, order=True)
class Storhet:
    """An amount of a line: budget or outcome of a year up to and including a month, or a forecast of a kind."""

    slag: str
    ar: int
    till: int = DECEMBER
    prognos: str = ""
    investering: bool = False
    ombudgeterad: bool = False


Form = dict[tuple[int, Storhet], float]
"""Coefficients of (line, quantity)."""


class Formcell(NamedTuple):
    """What a printed cell says: a form of the amounts lies within ``halva`` of ``mitt``; ``rang`` 0 binds most."""

    cell: str
    rang: int
    form: Form
    mitt: float
    halva: float


@dataclass(frozen=True)
class Tabellform:
    """A printed table with its declaration and rows."""

    tryckt: Trycktabell
    tabell: Tabell
    mappning: Radmappning
    ar: int
    manad: int

    @property
    def mattkolumner(self) -> tuple[Mattkolumn, ...]:
        """Return the columns of amounts."""
        return tuple(k for k in self.tabell.kolumner if isinstance(k, Mattkolumn))

    @property
    def investering(self) -> bool:
        """Return whether it is about investments."""
        return any(k.matt in INVESTERINGSMATT for k in self.mattkolumner)

    def poster(self) -> Iterator[tuple[Rad, dict[str, tuple[str, ...]]]]:
        """Yield the rows that count amounts of their own, with their restriction."""
        for rad in self.mappning.rader:
            if rad.slag is Radslag.POST and rad.matt is None:
                yield rad, {n: tuple(str(v) for v in varden) for n, varden in rad.urval.som_filter().items()}

    def celler(self, linjer: Sequence[Linje]) -> Iterator[Formcell]:
        """Yield what each printed cell says."""
        former = self._former(linjer)
        mall = Malltext(self.ar, self.manad)
        nycklar = self.tabell.etikettkolumner
        # A label column that is the row's kind is not among the row's own labels.
        antal = len(self.mappning.rader[0].etiketter)
        tryckta = {tuple(rad[n] for n in nycklar)[:antal]: rad for rad in self.tryckt.rader}
        for nr, rad in enumerate(self.mappning.rader):
            papper = tryckta.get(rad.etiketter)
            if papper is None or self._annat(nr):
                continue
            for k in self.tabell.kolumner:
                if not isinstance(k, Mattkolumn | Uttryckskolumn):
                    continue
                namn = mall(k.nyckel)
                if namn not in papper or not rad.har(k.nyckel):
                    continue
                rang = 2 * (rad.slag in SAMMANSATTA) + isinstance(k, Uttryckskolumn)
                egna = {n: f.get(nr, {}) for n, f in former.items()}
                cell = self._cell(k, egna, rad, papper, mall)
                if cell is not None:
                    yield Formcell(f"{rad.nyckel}, {namn}", rang, *cell)

    def _cell(
        self,
        k: Mattkolumn | Uttryckskolumn,
        former: Mapping[str, Form],
        rad: Rad,
        papper: Mapping[str, str],
        mall: Malltext,
    ) -> tuple[Form, float, float] | None:
        """Return the form of a cell, the middle of its interval and half its width; None if it says nothing."""
        tryckt = _tal_och_halva(self.tryckt, papper, mall(k.nyckel))
        if tryckt is None:
            return None
        if isinstance(k, Mattkolumn):
            return former[k.nyckel], *tryckt
        tecken = rad.tecken_i.get(k.nyckel, 1)
        if not isinstance(k.uttryck, Andel):
            return _uttryckets(k.uttryck, former, tecken), *tryckt
        if not isinstance(k.uttryck.namnare, Kol):
            return None
        bas = _tal_och_halva(self.tryckt, papper, mall(k.uttryck.namnare.nyckel))
        if bas is None or abs(bas[0]) <= bas[1]:
            return None
        upp, ner = (_uttryckets(u, former, tecken) for u in (k.uttryck.taljare, k.uttryck.namnare))
        return _plus([(upp, k.uttryck.ganger), (ner, -tryckt[0])]), 0.0, tryckt[1] * (abs(bas[0]) - bas[1])

    def _annat(self, nr: int) -> bool:
        """Return whether a row is, or is made from, something else than amounts."""
        rad = self.mappning.rader[nr]
        if rad.slag in SAMMANSATTA:
            return any(self._annat(del_) for del_ in delar(self.mappning.rader, nr))
        return rad.matt is not None or rad.slag is not Radslag.POST

    def _former(self, linjer: Sequence[Linje]) -> dict[str, dict[int, Form]]:
        rader = self.mappning.rader
        former: dict[str, dict[int, Form]] = {}
        for k in self.mattkolumner:
            egna = former[k.nyckel] = {}
            storhet = self._storhet(k)
            tagna: set[int] = set()
            for nr, rad in enumerate(rader):
                if storhet is None or rad.slag is not Radslag.POST or rad.matt is not None or not rad.har(k.nyckel):
                    continue
                urval = {**rad.urval.som_filter(), **k.urval}
                urval.pop("underslag", None)
                passar = [i for i, linje in enumerate(linjer) if i not in tagna and _passar(linje, urval)]
                tagna |= set(passar)
                tecken = k.tecken * rad.tecken * rad.tecken_i.get(k.nyckel, 1)
                egna[nr] = {(i, storhet): tecken / (rad.per_enhet or self._per(k)) / 100 for i in passar}
            for nr, av in i_ordning(rader):
                egna[nr] = _plus([(egna.get(del_, {}), vikt) for del_, vikt in av.items()])
        for nr, rad in enumerate(rader):
            if rad.mot_kolumn:
                mot = former[rad.mot_kolumn].get(nr, {})
                for namn, egna in former.items():
                    if namn != rad.mot_kolumn:
                        egna[nr] = _plus([(egna.get(nr, {}), 1), (mot, -1)])
        return former

    def _per(self, k: Mattkolumn) -> int:
        """Return what one printed unit is in kronor: as the column's name says it, else as the table's heading does."""
        i_namnen = any(namn.endswith(_ENHETER_I_NAMN) for namn in self.tryckt.kolumner)
        return k.per if i_namnen else enhetsfaktor(self.tryckt)

    def _storhet(self, k: Mattkolumn) -> Storhet | None:
        slag = INVESTERINGSMATT.get(k.matt or "", k.matt)
        if slag not in BELOPPSMATT or k.sedan:
            return None
        prognos = (k.vid or Prognosslag.DELAR2).value if slag == "prognos" else ""
        till = k.tid.till or self.manad
        return Storhet(
            slag or "", self.ar + k.tid.ar, DECEMBER if slag == "prognos" else till, prognos, self.investering,
            k.urval.get("underslag") == ("ombudgetering",),
        )  # fmt: skip


def tabellform(tryckt: Trycktabell, uppdrag: Syntetuppdrag, manad: int) -> Tabellform | None:
    """Return a printed table with the declaration that has its columns; None if none of amounts has.

    Of several with the same columns the one that the file is named after.
    """
    mall = Malltext(uppdrag.ar, manad)
    traffar = [
        t for t in TABELLER.values()
        if any(isinstance(k, Mattkolumn) and k.matt in (*BELOPPSMATT, *INVESTERINGSMATT) for k in t.kolumner)
        and {*t.etikettkolumner, *map(mall, synliga(t))} == set(tryckt.kolumner)
    ]  # fmt: skip
    traffar = [t for t in traffar if t.namn in tryckt.namn] or traffar[:1]
    mappning = uppdrag.mappning(traffar[0].namn) if traffar else None
    return None if mappning is None else Tabellform(tryckt, traffar[0], mappning, uppdrag.ar, manad)


def _passar(linje: Linje, urval: Mapping[str, tuple[str | None, ...]]) -> bool:
    return all(linje.get(namn) in varden for namn, varden in urval.items())


def _plus(delar: Sequence[tuple[Form, float]]) -> Form:
    summa: Form = {}
    for form, vikt in delar:
        for nyckel, varde in form.items():
            summa[nyckel] = summa.get(nyckel, 0.0) + vikt * varde
    return {nyckel: varde for nyckel, varde in summa.items() if varde}


def _tal_och_halva(tabell: Trycktabell, rad: Mapping[str, str], kolumn: str) -> tuple[float, float] | None:
    """Return a printed figure and half the unit that it is rounded to."""
    varde = tal(tabell, rad, kolumn) if kolumn in rad else None
    return None if varde is None else (float(varde), 0.5 * 10.0 ** min(0, int(varde.as_tuple().exponent)))


def _uttryckets(u: Uttryck, kolumner: Mapping[str, Form], tecken: int) -> Form:
    match u:
        case Kol(nyckel):
            return kolumner.get(nyckel, {})
        case Skillnad(fran, minus):
            return _plus([(_uttryckets(fran, kolumner, tecken), 1), (_uttryckets(minus, kolumner, tecken), -1)])
        case Summa(termer):
            return _plus([(_uttryckets(term, kolumner, tecken), 1) for term in termer])
        case EfterRad(inre):
            return _plus([(_uttryckets(inre, kolumner, tecken), tecken)])
        case Andel():
            return {}


def med_verksamhet(form: Tabellform, verksamhet: str) -> Tabellform:
    """Return a table whose rows are all within one operation."""
    rader = tuple(
        rad.model_copy(update={"urval": rad.urval.model_copy(update={"verksamhet": (verksamhet,)})})
        if rad.slag is Radslag.POST and rad.urval.verksamhet is None else rad
        for rad in form.mappning.rader
    )  # fmt: skip
    return replace(form, mappning=form.mappning.model_copy(update={"rader": rader}))
