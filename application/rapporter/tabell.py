"""From a table declaration to its cells, as of a day and a moment of knowledge.

Cells are exact until printed. A cell is empty (None) where there is nothing to say – the row has no care days, no
forecast is known yet – which is not the same as zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from application.queries import Fraga, FraganGarInte, Fragor, Underlag, hamta_matt
from application.rapporter import noter
from application.rapporter.atgarder import Atgarder
from application.rapporter.celler import Cell as Cellfraga
from application.rapporter.celler import Cellram, radens_matt, radens_urval, rakna_celler
from application.rapporter.modell import (
    DECEMBER,
    MANADSORD,
    Atgardskolumn,
    Kolumn,
    Malltext,
    Manadskolumner,
    Mattkolumn,
    Prissortskolumn,
    Tabell,
    Textkolumn,
    Tid,
    Uttryckskolumn,
)
from application.rapporter.radmappning import Rad, Radmappning, Radslag
from application.rapporter.summor import i_ordning, sammanlagt
from application.rapporter.uppdelning import dimensionens_varden, en_rad_per_varde, etikett_av
from application.rapporter.uttryck import Cell, rakna
from domain.begrepp import Prissort, Prognosslag
from domain.fakta import Belopp
from domain.matt.familjer.prognos import PROGNOSDAG
from domain.matt.modell import Urval, beror_av_organisationen
from domain.pengar import avrunda
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Period, Tidssnitt, kalenderar

KOSTNADSENHET = {Prissort.DYGN: "kr_per_dygn", Prissort.MANAD: "kr_per_manad"}
"""How a table names what a price is per."""

Utfyllda = Mattkolumn | Uttryckskolumn | Prissortskolumn | Textkolumn | Atgardskolumn


@dataclass(frozen=True)
class Tabellfraga:
    """Which table, of which municipality and year, as of when, with which rule and rows.

    ``radmappning_den`` is there where another day's rows than the question's own were asked for. ``sedan_den`` is the
    earlier day of a table that shows what has changed; without it the last day before the report's year. ``till_manad``
    is the month the report has come to: the books of a month are closed in the next, so it may lie before the day.
    """

    tabell: Tabell
    kommun: str
    ar: int
    tidssnitt: Tidssnitt
    radmappning: Radmappning
    regel: Vardygnsregel = IN_EJ_UT
    namnd: str | None = None
    organisation_den: date | None = None
    radmappning_den: date | None = None
    sedan_den: date | None = None
    till_manad: int | None = None
    atgard: UUID | None = None

    @property
    def mattkolumner(self) -> tuple[Mattkolumn, ...]:
        """Return the columns of measures, one like them for each month where there are such."""
        kolumner = (k.mall if isinstance(k, Manadskolumner) else k for k in self.tabell.kolumner)
        return tuple(k for k in kolumner if isinstance(k, Mattkolumn))

    @property
    def radurval(self) -> tuple[Urval, ...]:
        """Return what each row counts."""
        return tuple(rad.urval.som_filter() for rad in self.radmappning.rader)

    @property
    def organisationsdag(self) -> date | None:
        """Return the day whose organisation the rows speak of; None where they speak of none."""
        delade = tuple(rad.per for rad in self.radmappning.rader if rad.per)
        if not beror_av_organisationen(delade, *self.radurval):
            return None
        return self.organisation_den or self.tidssnitt.galler_den

    @property
    def urval(self) -> Urval:
        """Return what restricts amounts: the municipality, and the board and the åtgärd if they are named."""
        namnd: Urval = {"namnd": (self.namnd,)} if self.namnd else {}
        atgard: Urval = {"atgard": (str(self.atgard),)} if self.atgard else {}
        return {"kommun": (self.kommun,), **namnd, **atgard}

    @property
    def manad(self) -> int:
        """Return the month that the report has come to."""
        return self.till_manad or min(self.tidssnitt.galler_den, date(self.ar, DECEMBER, 31)).month

    @property
    def malltext(self) -> Malltext:
        """Return what fills in years and month in names and headings."""
        return Malltext(self.ar, self.manad)


@dataclass(frozen=True)
class Kolumnsvar:
    """A column of an answered table: its name, heading and number of decimals (None: text)."""

    nyckel: str
    rubrik: str
    decimaler: int | None


@dataclass(frozen=True)
class Svarsrad(Mapping[str, Cell]):
    """An answered row: its cells by column name, and what it is (none: a row of a list)."""

    celler: Mapping[str, Cell]
    rad: Rad | None = None

    def __getitem__(self, kolumn: str) -> Cell:
        """Return a cell."""
        return self.celler[kolumn]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the columns."""
        return iter(self.celler)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.celler)

    @property
    def sammansatt(self) -> bool:
        """Return whether it is made from other rows."""
        return self.rad is not None and not self.rad.raknar


@dataclass(frozen=True)
class Tabellsvar:
    """An answered table: exact cells, what they rest on, and remarks a reader needs.

    Attributes:
        skyddat: whether it is under disclosure control (``domain.rojande``).
        dolda: row number and column of the cells that have a figure which is not shown; they are None.
    """

    fraga: Tabellfraga
    underlag: Underlag
    kolumner: tuple[Kolumnsvar, ...]
    rader: tuple[Svarsrad, ...]
    noter: tuple[str, ...]
    skyddat: bool = False
    dolda: frozenset[tuple[int, str]] = frozenset()

    def decimaler(self, rad: Mapping[str, Cell], kolumn: Kolumnsvar) -> int:
        """Return with how many decimals a number is printed."""
        egna = rad.rad.decimaler if isinstance(rad, Svarsrad) and rad.rad is not None else None
        return egna if egna is not None else kolumn.decimaler or 0

    def tryckt(self, rad: Mapping[str, Cell], kolumn: Kolumnsvar) -> str:
        """Return a cell as it is printed in CSV: rounded once, empty where there is nothing to say."""
        varde = rad[kolumn.nyckel]
        if varde is None or isinstance(varde, str):
            return varde or ""
        avrundat = avrunda(varde, self.decimaler(rad, kolumn))
        return str(abs(avrundat) if avrundat == 0 else avrundat)

    def etikett(self, rad: Mapping[str, Cell]) -> str:
        """Return the labels that name a row, as one text."""
        return " / ".join(str(rad[namn]) for namn in self.fraga.tabell.etikettkolumner)


class Tabellverk:
    """Answers tables."""

    def __init__(self, fragor: Fragor, *, med_talnoter: bool = True) -> None:
        """Ask measures through the ordinary questions, so that a cell is always also an answerable question.

        Args:
            fragor: answers them.
            med_talnoter: whether remarks may name figures that are in no cell.
        """
        self._fragor, self._med_talnoter = fragor, med_talnoter

    def svara(self, fraga: Tabellfraga) -> Tabellsvar:
        """Return the table with every cell.

        Raises:
            FraganGarInte: a measure, dimension or variant of the rows does not fit, or boards would be mixed.
        """
        fragor = self._fragor.tillsammans()
        underlag = replace(fragor.underlag(fraga.tidssnitt, fraga.regel), organisation_den=fraga.organisationsdag)
        arbete = _Arbete(fragor, fraga, underlag)
        arbete.en_namnd()
        svar = Tabellsvar(fraga, underlag, arbete.kolumnsvar(), tuple(arbete.rader()), ())
        om = noter.noter(fragor, svar, arbete.prognosdagar, med_tal=self._med_talnoter)
        return replace(svar, noter=tuple(om))


@dataclass(frozen=True)
class _Arbete:
    """The answering of one table."""

    fragor: Fragor
    fraga: Tabellfraga
    underlag: Underlag

    @cached_property
    def kolumner(self) -> tuple[Utfyllda, ...]:
        return tuple(k for kolumn in self.fraga.tabell.kolumner for k in _utfyllda(kolumn, self.fraga.manad))

    @cached_property
    def mattkolumner(self) -> tuple[Mattkolumn, ...]:
        return tuple(k for k in self.kolumner if isinstance(k, Mattkolumn))

    @cached_property
    def mappade(self) -> tuple[Rad, ...]:
        """The rows, where one that stands for several is those."""
        return tuple(
            en for rad in self.fraga.radmappning.rader
            for en in en_rad_per_varde(
                self.fragor, rad, self.mattkolumner, self._ram, self.underlag, self._period, self.atgarder
            )
        )  # fmt: skip

    @cached_property
    def atgarder(self) -> Atgarder:
        """What is said of the åtgärder in words."""
        f = self.fraga
        return Atgarder(self.fragor.huvudbok, f.tidssnitt, f.kommun, f.namnd, f.ar)

    @cached_property
    def prognosdagar(self) -> dict[Prognosslag, date]:
        """The day the latest known adopted forecast of each kind speaks of; a kind without one is absent."""
        if all(k.vid is None for k in self.mattkolumner):
            return {}
        f = self.fraga
        dagar = Fraga(PROGNOSDAG, kalenderar(f.ar), f.tidssnitt, gruppera=("underslag",), urval=f.urval)
        varden = self.fragor.svara(dagar, self.underlag).varden
        return {Prognosslag(slag): date.fromordinal(int(dag)) for (slag,), dag in varden.items()}

    @property
    def _ram(self) -> Cellram:
        f = self.fraga
        return Cellram(f.urval, f.tidssnitt, f.regel, f.organisationsdag)

    def _period(self, tid: Tid) -> Period:
        return tid.period(self.fraga.ar, self.fraga.manad)

    def en_namnd(self) -> None:
        """Refuse to mix boards: their forecasts speak of different days and rows."""
        f = self.fraga
        matt = {m for k in self.mattkolumner if (m := k.matt)} | {r.matt for r in f.radmappning.rader if r.matt}
        if f.namnd or f.tabell.flera_namnder or all(hamta_matt(m).grunder[0].form is not Belopp for m in matt):
            return
        budget = Fraga(hamta_matt("budget"), kalenderar(f.ar), f.tidssnitt, gruppera=("namnd",), urval=f.urval)
        namnder = [str(namnd) for (namnd,) in self.fragor.svara(budget, self.underlag).varden]
        if len(namnder) > 1:
            raise FraganGarInte("namnd", f"Kommunen har flera nämnder; ange en av dem: {', '.join(namnder)}.")

    # Cells ------------------------------------------------------------------------------------------------------

    def rader(self) -> Iterator[Svarsrad]:
        """Yield the rows with every cell that is printed."""
        tal = self._tal()
        for nr, rad in enumerate(self.mappade):
            celler = {k.nyckel: self._cell(k, nr, rad, tal) for k in self.kolumner}
            for k in self.kolumner:
                if isinstance(k, Uttryckskolumn):
                    celler[k.nyckel] = rakna(k.uttryck, celler, rad.tecken_i.get(k.nyckel, 1))
            synliga = {
                self.fraga.malltext(k.nyckel): celler[k.nyckel] if rad.har(k.nyckel) else None
                for k in self.kolumner
                if not _dold(k)
            }
            yield Svarsrad(_etiketter(self.fraga.tabell, rad) | synliga, rad)

    def _tal(self) -> dict[str, dict[int, Fraction | None]]:
        """Return the figures of the measures, per column and row, sums and shares included."""
        svar = rakna_celler(self.fragor, self._ram, self.mappade, list(self._fragade()), self.underlag)
        tal: dict[str, dict[int, Fraction | None]] = {}
        for k in self.mattkolumner:
            egna = tal[k.nyckel] = {
                nr: _skalad(svar.get((k.nyckel, nr)), k, rad) for nr, rad in enumerate(self.mappade) if rad.raknar
            }
            for nr, av in i_ordning(self.mappade):
                egna[nr] = sammanlagt(k, self.mappade[nr], av, egna, self.mappade)
        for nr, rad in enumerate(self.mappade):
            if rad.andel_av is not None:
                for egna in tal.values():
                    egna[nr] = _andel(egna[nr], egna.get(self._plats(rad.andel_av)))
            if rad.mot_kolumn is not None:
                mot = tal[rad.mot_kolumn].get(nr)
                for namn, egna in tal.items():
                    cell = egna.get(nr)
                    egna[nr] = cell - mot if cell is not None and mot is not None and namn != rad.mot_kolumn else None
        return tal

    def _plats(self, nyckel: str) -> int:
        return next(nr for nr, rad in enumerate(self.mappade) if rad.nyckel == nyckel)

    def _fragade(self) -> Iterator[tuple[Cellfraga, date]]:
        """Yield the cells that have a measure to ask for, with the day that each is counted as of."""
        for k in self.mattkolumner:
            dag = self._raknas_den(k)
            for nr, rad in enumerate(self.mappade):
                matt = radens_matt(rad, k.nyckel, k.matt)
                if dag is None or matt is None or not rad.raknar or not rad.har(k.nyckel):
                    continue
                if k.bara_volymrader and rad.prissort is None:
                    continue
                period = self._period(replace(k.tid, ar=k.tid.ar + rad.ar))
                # Plans are known before the days they are about; what happens is not.
                if dag >= period.fran or hamta_matt(matt).grunder[0].form is Belopp:
                    yield Cellfraga(k, nr, period), dag

    def _raknas_den(self, k: Mattkolumn) -> date | None:
        """Return the day that a column is counted as of; None where no forecast that it waits for is known."""
        if k.vid is not None:
            return self.prognosdagar.get(k.vid)
        if k.sedan:
            return self.fraga.sedan_den or date(self.fraga.ar - 1, DECEMBER, 31)
        return self.underlag.galler_den

    def _cell(self, k: Utfyllda, nr: int, rad: Rad, tal: Mapping[str, Mapping[int, Fraction | None]]) -> Cell:
        match k:
            case Mattkolumn():
                return tal[k.nyckel].get(nr)
            case Prissortskolumn():
                if rad.slag is Radslag.TOTALT:
                    return KOSTNADSENHET[Prissort.DYGN]
                return KOSTNADSENHET[rad.prissort] if rad.prissort else None
            case Textkolumn():
                return rad.texter.get(k.nyckel) or self._ord(k, rad)
            case Atgardskolumn():
                atgard = rad.urval.atgard
                return self.atgarder.uppgift(atgard[0], k.uppgift) if atgard and atgard[0] else None
            case Uttryckskolumn():
                return None

    def _ord(self, k: Textkolumn, rad: Rad) -> str | None:
        """Return the words that the facts of a row have in a dimension."""
        # The row's own measure is of figures, not of words.
        matt = rad.celler[k.nyckel].matt if k.nyckel in rad.celler else k.matt
        if matt is None or k.dimension is None or not rad.raknar:
            return None
        urval, period = radens_urval(rad, k.nyckel), self._period(k.tid)
        ord_ = dimensionens_varden(self.fragor, matt, k.dimension, urval, rad.val, self._ram, self.underlag, (period,))
        funna = (
            k.ord.get(v) or (k.ordlista(v).etikett if k.ordlista else self._etikett(k.dimension, v))
            for v in ord_
            if v is not None
        )
        return ", ".join(funna) or None

    def _etikett(self, dimension: str, varde: str) -> str:
        return self.atgarder.namn(varde) if dimension == "atgard" else etikett_av(dimension, varde)

    def kolumnsvar(self) -> tuple[Kolumnsvar, ...]:
        """Return the columns that are printed."""
        mall = self.fraga.malltext
        etiketter = (Kolumnsvar(namn, namn.capitalize(), None) for namn in self.fraga.tabell.etikettkolumner)
        synliga = (k for k in self.kolumner if not _dold(k))
        return (*etiketter, *(Kolumnsvar(mall(k.nyckel), mall(k.rubrik), _decimaler(k)) for k in synliga))


def _utfyllda(kolumn: Kolumn, manad: int) -> Iterator[Utfyllda]:
    if not isinstance(kolumn, Manadskolumner):
        yield kolumn
        return
    mall = kolumn.mall
    for nr, ord_ in enumerate(MANADSORD[:manad], start=1):
        nyckel, rubrik = (text.replace("{manad}", ord_) for text in (mall.nyckel, mall.rubrik))
        yield replace(mall, nyckel=nyckel, rubrik=rubrik, tid=replace(mall.tid, fran=nr, till=nr))


def _dold(kolumn: Utfyllda) -> bool:
    return isinstance(kolumn, Mattkolumn | Uttryckskolumn) and kolumn.dold


def _decimaler(kolumn: Utfyllda) -> int | None:
    return kolumn.decimaler if isinstance(kolumn, Mattkolumn | Uttryckskolumn) else None


def _etiketter(tabell: Tabell, rad: Rad) -> dict[str, Cell]:
    """Return the labels of a row; the last label column is the row's kind where the row has no label for it."""
    fattas = len(tabell.etikettkolumner) - len(rad.etiketter)
    if fattas not in (0, 1):
        antal = len(tabell.etikettkolumner)
        raise FraganGarInte("radmappning", f"Raden {rad.nyckel} har {len(rad.etiketter)} etiketter, inte {antal}.")
    return dict(zip(tabell.etikettkolumner, (*rad.etiketter, rad.slag.value), strict=False))


def _skalad(varde: Fraction | None, kolumn: Mattkolumn, rad: Rad) -> Fraction | None:
    if varde is None:
        return None
    tecken = kolumn.tecken * rad.tecken * rad.tecken_i.get(kolumn.nyckel, 1)
    egen = rad.celler.get(kolumn.nyckel)
    # A number may remember what it was made of: it is not copied.
    return varde * tecken / ((egen.per_enhet if egen else None) or rad.per_enhet or kolumn.per)


def _andel(del_: Fraction | None, hela: Fraction | None) -> Fraction | None:
    return del_ / hela * 100 if del_ is not None and hela else None
