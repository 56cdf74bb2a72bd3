"""From a table declaration to its cells, as of a day and a moment of knowledge.

Cells are exact until printed. A cell is empty (None) where there is nothing to say – the row has no care days, no
forecast is known yet – which is not the same as zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from application.dimensionsord import etikett_av, rubrik_av
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
    Manadskolumner,
    Mattkolumn,
    Prissortskolumn,
    Tabell,
    Textkolumn,
    Tid,
    Uttryckskolumn,
)
from application.rapporter.noter import Prognosdagar
from application.rapporter.radmappning import Rad, Radslag
from application.rapporter.summor import i_ordning, sammanlagt
from application.rapporter.tabellfraga import KOSTNADSENHET, Kolumnsvar, Svarsrad, Tabellfraga, Tabellsvar
from application.rapporter.uppdelning import Amne, en_rad_per_varde, radernas_varden
from application.rapporter.uttryck import Cell, rakna
from domain.begrepp import Prissort, Prognosslag
from domain.fakta import Belopp
from domain.matt.familjer.prognos import PROGNOSDAG
from domain.matt.modell import Urval
from domain.tid import Period, kalenderar

Utfyllda = Mattkolumn | Uttryckskolumn | Prissortskolumn | Textkolumn | Atgardskolumn


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
        return replace(svar, noter=(*arbete.om_namnden(), *om))


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
    def prognosdagar(self) -> Prognosdagar:
        """The day each board's latest known adopted forecast of a kind speaks of; what there is none of is absent."""
        if all(k.vid is None for k in self.mattkolumner):
            return {}
        f = self.fraga
        dagar = Fraga(PROGNOSDAG, kalenderar(f.ar), f.tidssnitt, gruppera=("underslag", "namnd"), urval=f.urval)
        svar: dict[Prognosslag, dict[str, date]] = {}
        for (slag, namnd), dag in self.fragor.svara(dagar, self.underlag).varden.items():
            svar.setdefault(Prognosslag(slag), {})[namnd] = date.fromordinal(int(dag))
        return svar

    @cached_property
    def _ram(self) -> Cellram:
        f = self.fraga
        return Cellram(f.urval, f.tidssnitt, f.regel, self.underlag.organisation_den)

    def _period(self, tid: Tid) -> Period:
        return tid.period(self.fraga.ar, self.fraga.manad)

    def en_namnd(self) -> None:
        """Refuse to mix boards: their forecasts speak of different days and rows."""
        f = self.fraga
        if not f.namnd and not f.tabell.flera_namnder and len(self._namnder) > 1:
            raise noter.ange_namnd(self._namnder)

    def om_namnden(self) -> Iterator[str]:
        """Yield a remark where the board asked for has no budget and another has: its name may be mistyped."""
        f = self.fraga
        if f.namnd and self._namnder and f.namnd not in self._namnder:
            yield noter.namnden_utan_budget(f.namnd, f.ar, self._namnder)

    @cached_property
    def _namnder(self) -> Sequence[str]:
        """The boards with a budget for the year, where the table counts any board's money."""
        f = self.fraga
        matt = {m for k in self.mattkolumner if (m := k.matt)} | {r.matt for r in f.radmappning.rader if r.matt}
        if all(hamta_matt(m).grunder[0].form is not Belopp for m in matt):
            return ()
        urval = replace(f, namnd=None).urval
        budget = Fraga(hamta_matt("budget"), kalenderar(f.ar), f.tidssnitt, gruppera=("namnd",), urval=urval)
        return [str(namnd) for (namnd,) in self.fragor.svara(budget, self.underlag).varden]

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
            for nr, rad in enumerate(self.mappade):
                matt = radens_matt(rad, k.nyckel, k.matt)
                if matt is None or not rad.raknar or not rad.har(k.nyckel):
                    continue
                if k.bara_volymrader and rad.prissort is None:
                    continue
                dag = self._raknas_den(k, rad)
                if dag is None:
                    continue
                period = self._period(replace(k.tid, ar=k.tid.ar + rad.ar))
                # Plans are known before the days they are about; what happens is not.
                if dag >= period.fran or hamta_matt(matt).grunder[0].form is Belopp:
                    yield Cellfraga(k, nr, period), dag

    def _raknas_den(self, k: Mattkolumn, rad: Rad) -> date | None:
        """Return the day that a cell is counted as of; None where no forecast that it waits for is known."""
        if k.vid is not None:
            return self._prognosdag(k.vid, rad, radens_urval(rad, k.nyckel).get("namnd"))
        if k.sedan:
            return self.fraga.sedan_den or date(self.fraga.ar - 1, DECEMBER, 31)
        return self.underlag.galler_den

    def _prognosdag(self, slag: Prognosslag, rad: Rad, radens: Sequence[str | None] | None) -> date | None:
        """Return the day that the forecasts of a row's boards speak of; None where one of them has none.

        Raises:
            FraganGarInte: they speak of different days.
        """
        alla = self.prognosdagar.get(slag, {})
        namnder = radens or self._namnder or tuple(alla)
        dagar = {alla.get(n) for n in namnder if n is not None and self.fraga.namnd in (None, n)}
        if len(dagar - {None}) > 1:
            vilka = ", ".join(n for n in namnder if n is not None)
            mening = (
                f"Raden {rad.nyckel} räknar flera nämnder, vars prognoser för {slag.etikett.lower()} talar om olika"
            )
            raise FraganGarInte("radmappning", f"{mening} dagar: {vilka}. Låt raden räkna en av dem.")
        return dagar.pop() if len(dagar) == 1 else None

    def _cell(self, k: Utfyllda, nr: int, rad: Rad, tal: Mapping[str, Mapping[int, Fraction | None]]) -> Cell:
        match k:
            case Mattkolumn():
                return tal[k.nyckel].get(nr)
            case Prissortskolumn():
                if rad.slag is Radslag.TOTALT:
                    return KOSTNADSENHET[Prissort.DYGN]
                return KOSTNADSENHET[rad.prissort] if rad.prissort else None
            case Textkolumn():
                return rad.texter.get(k.nyckel) or self._ord(k, nr)
            case Atgardskolumn():
                atgard = rad.urval.atgard
                return self.atgarder.uppgift(atgard[0], k.uppgift) if atgard and atgard[0] else None
            case Uttryckskolumn():
                return None

    def _ord(self, k: Textkolumn, nr: int) -> str | None:
        """Return the words that the facts of a row have in a dimension."""
        funna = (
            k.ord.get(v) or (k.ordlista(v).etikett if k.ordlista else self._etikett(k.dimension or "", v))
            for v in self._orden.get((k.nyckel, nr), ())
            if v is not None
        )
        return ", ".join(funna) or None

    @cached_property
    def _orden(self) -> dict[tuple[str, int], list[str | None]]:
        """What the facts of each row have in the dimensions that are columns, the rows of a column asked together."""
        orden: dict[tuple[str, int], list[str | None]] = {}
        for k in self.kolumner:
            if not isinstance(k, Textkolumn) or k.dimension is None:
                continue
            fragor: dict[tuple[str, tuple[tuple[str, str], ...]], dict[int, Urval]] = {}
            for nr, rad in enumerate(self.mappade):
                # The row's own measure is of figures, not of words.
                matt = rad.celler[k.nyckel].matt if k.nyckel in rad.celler else k.matt
                if matt is not None and rad.raknar and not rad.texter.get(k.nyckel):
                    sort = matt, tuple(sorted(rad.val.items()))
                    fragor.setdefault(sort, {})[nr] = radens_urval(rad, k.nyckel)
            for (matt, val), urval in fragor.items():
                amne = Amne(matt, k.dimension, dict(val), (self._period(k.tid),))
                svar = radernas_varden(self.fragor, amne, urval, self._ram, self.underlag)
                orden |= {(k.nyckel, nr): ord_ for nr, ord_ in svar.items()}
        return orden

    def _etikett(self, dimension: str, varde: str) -> str:
        return self.atgarder.namn(varde) if dimension == "atgard" else etikett_av(dimension, varde)

    def kolumnsvar(self) -> tuple[Kolumnsvar, ...]:
        """Return the columns that are printed."""
        mall = self.fraga.malltext
        etiketter = (Kolumnsvar(namn, rubrik_av(namn), None) for namn in self.fraga.tabell.etikettkolumner)
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
