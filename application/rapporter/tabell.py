"""From a table declaration to its cells, as of a day and a moment of knowledge.

Cells are exact until printed. A cell is empty (None) where there is nothing to say – the row has no care days, no
forecast is known yet – which is not the same as zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from application.queries import Fraga, FraganGarInte, Fragor, Underlag, filterdimensioner, hamta_matt
from application.rapporter.modell import (
    Kolumn,
    Mattkolumn,
    Prissortskolumn,
    Summering,
    Tabell,
    for_ar,
)
from application.rapporter.radmappning import Rad, Radmappning
from domain.begrepp import Prissort, Prognosslag
from domain.fakta import Intervall
from domain.matt.deklaration import Matt
from domain.matt.familjer.prognos import PROGNOSDAG
from domain.matt.modell import Urval, beror_av_organisationen
from domain.pengar import avrunda, skriv_tal
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Tidssnitt, kalenderar

POST, SUMMA, TOTALT = "post", "summa", "totalt"
KOSTNADSENHET = {Prissort.DYGN: "kr_per_dygn", Prissort.MANAD: "kr_per_manad"}
"""How a table names what a price is per."""

Cell = Fraction | str | None


@dataclass(frozen=True)
class Tabellfraga:
    """Which table, of which municipality and year, as of when, with which rule and rows.

    ``radmappning_den`` is there where another day's rows than the question's own were asked for.
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

    @property
    def radurval(self) -> tuple[Urval, ...]:
        """Return what each row counts."""
        return tuple(rad.urval.som_filter() for rad in self.radmappning.rader)

    @property
    def organisationsdag(self) -> date | None:
        """Return the day whose organisation the rows speak of; None where they speak of none."""
        if not beror_av_organisationen((), *self.radurval):
            return None
        return self.organisation_den or self.tidssnitt.galler_den

    @property
    def urval(self) -> Urval:
        """Return what restricts amounts: the municipality, and the board if one is named."""
        return {"kommun": (self.kommun,)} | ({"namnd": (self.namnd,)} if self.namnd else {})


@dataclass(frozen=True)
class Kolumnsvar:
    """A column of an answered table: its name, heading and number of decimals (None: text)."""

    nyckel: str
    rubrik: str
    decimaler: int | None


@dataclass(frozen=True)
class Tabellsvar:
    """An answered table: exact cells, what they rest on, and remarks a reader needs."""

    fraga: Tabellfraga
    underlag: Underlag
    kolumner: tuple[Kolumnsvar, ...]
    rader: tuple[Mapping[str, Cell], ...]
    noter: tuple[str, ...]

    def tryckt(self, rad: Mapping[str, Cell], kolumn: Kolumnsvar) -> str:
        """Return a cell as it is printed in CSV: rounded once, empty where there is nothing to say."""
        varde = rad[kolumn.nyckel]
        if varde is None or isinstance(varde, str):
            return varde or ""
        avrundat = avrunda(varde, kolumn.decimaler or 0)
        return str(abs(avrundat) if avrundat == 0 else avrundat)

    def etikett(self, rad: Mapping[str, Cell]) -> str:
        """Return the labels that name a row, as one text."""
        return " / ".join(str(rad[namn]) for namn in self.fraga.tabell.etikettkolumner)


class Tabellverk:
    """Answers tables."""

    def __init__(self, fragor: Fragor) -> None:
        """Ask measures through the ordinary questions, so that a cell is always also an answerable question."""
        self._fragor = fragor

    def svara(self, fraga: Tabellfraga) -> Tabellsvar:
        """Return the table with every cell."""
        underlag = self._fragor.underlag(fraga.tidssnitt, fraga.regel)
        underlag = replace(underlag, organisation_den=fraga.organisationsdag)
        self._en_namnd(fraga, underlag)
        mappade = fraga.radmappning.rader
        dagar = self.prognosdagar(fraga, underlag)
        varden = {kolumn.nyckel: self._kolumn(fraga, kolumn, underlag, dagar) for kolumn in fraga.tabell.kolumner}
        poster = [_post(fraga, rad, {n: celler[nr] for n, celler in varden.items()}) for nr, rad in enumerate(mappade)]
        rader = _med_summor(fraga, poster)
        kolumner = _kolumner(fraga)
        svar = Tabellsvar(fraga, underlag, kolumner, tuple(rader), ())
        return replace(svar, noter=tuple(self._noter(svar, dagar)))

    def _kolumn(
        self, fraga: Tabellfraga, kolumn: Kolumn, underlag: Underlag, dagar: Mapping[Prognosslag, date]
    ) -> list[Cell]:
        rader = fraga.radmappning.rader
        if isinstance(kolumn, Prissortskolumn):
            return [KOSTNADSENHET[rad.prissort] if rad.prissort else None for rad in rader]
        celler: Sequence[Cell]
        if isinstance(kolumn, Mattkolumn):
            celler = self._matt(fraga, kolumn.matt, fraga.ar + kolumn.ar, underlag)
        else:
            celler = self._avvikelse(fraga, kolumn.slag, underlag, dagar.get(kolumn.slag))
        return [
            None if varde is None or (kolumn.bara_volymrader and rad.prissort is None) else varde / kolumn.per
            for rad, varde in zip(rader, celler, strict=True)
            if not isinstance(varde, str)
        ]

    def _matt(
        self, fraga: Tabellfraga, namn: str, ar: int, underlag: Underlag, urval: Urval | None = None
    ) -> list[Fraction | None]:
        """Return a measure per row; empty where the year had not begun or nothing that it rests on is known."""
        period = kalenderar(ar)
        if underlag.galler_den < period.fran:
            return [None] * len(fraga.radmappning.rader)
        matt = hamta_matt(namn)
        svar = self._fragor.svara(
            Fraga(
                matt,
                period,
                replace(fraga.tidssnitt, galler_den=underlag.galler_den),
                urval={**(urval or {}), **_tillatet(fraga.urval, matt)},
                rader=fraga.radurval,
                regel=fraga.regel,
                organisation_den=fraga.organisationsdag,
            ),
            underlag,
        )
        # A row without facts is zero where the year has facts at all; plans and amounts say what they mean themselves.
        saknas = Fraction(0) if svar.varden and matt.grunder[0].form is Intervall else None
        return [svar.varden.get((nr,), saknas) for nr in range(len(fraga.radmappning.rader))]

    def _avvikelse(
        self, fraga: Tabellfraga, slag: Prognosslag, underlag: Underlag, dag: date | None
    ) -> list[Fraction | None]:
        if dag is None:
            return [None] * len(fraga.radmappning.rader)
        da = replace(underlag, galler_den=dag)
        budget = self._matt(fraga, "budget", fraga.ar, da)
        prognos = self._matt(fraga, "prognos", fraga.ar, da, {"underslag": (slag.value,)})
        return [None if p is None else (b or Fraction(0)) - p for b, p in zip(budget, prognos, strict=True)]

    def prognosdagar(self, fraga: Tabellfraga, underlag: Underlag) -> dict[Prognosslag, date]:
        """Return the day the latest known adopted forecast of each kind speaks of; a kind without one is absent."""
        dagar = Fraga(PROGNOSDAG, kalenderar(fraga.ar), fraga.tidssnitt, gruppera=("underslag",), urval=fraga.urval)
        varden = self._fragor.svara(dagar, underlag).varden
        return {Prognosslag(slag): date.fromordinal(int(dag)) for (slag,), dag in varden.items()}

    def _en_namnd(self, fraga: Tabellfraga, underlag: Underlag) -> None:
        """Refuse to mix boards: their forecasts speak of different days and rows."""
        budget = Fraga(
            hamta_matt("budget"), kalenderar(fraga.ar), fraga.tidssnitt, gruppera=("namnd",), urval=fraga.urval
        )
        namnder = [str(namnd) for (namnd,) in self._fragor.svara(budget, underlag).varden]
        if len(namnder) > 1:
            raise FraganGarInte("namnd", f"Kommunen har flera nämnder; ange en av dem: {', '.join(namnder)}.")

    def _utanfor_raderna(self, svar: Tabellsvar) -> list[str]:
        """Name the care that no row counts, per year shown."""
        fraga, noter = svar.fraga, []
        for kolumn in fraga.tabell.kolumner:
            if not isinstance(kolumn, Mattkolumn) or kolumn.matt != "personer-per-dygn":
                continue
            ar = kalenderar(fraga.ar + kolumn.ar)
            if svar.underlag.galler_den < ar.fran:
                continue
            snitt = Fraga(
                hamta_matt(kolumn.matt), ar, fraga.tidssnitt, urval={"kommun": (fraga.kommun,)}, regel=fraga.regel
            )
            utanfor = (self._fragor.svara(snitt, svar.underlag).totalt or Fraction(0)) - (
                _plus([rad[for_ar(kolumn.nyckel, fraga.ar)] for rad in svar.rader[-1:]]) or Fraction(0)
            )
            if utanfor:
                tal = skriv_tal(utanfor, 2)
                noter.append(f"{for_ar(kolumn.rubrik, fraga.ar)}: {tal} personer per dygn hör inte till någon rad.")
        return noter

    def _noter(self, svar: Tabellsvar, dagar: Mapping[Prognosslag, date]) -> list[str]:
        kanda = [f"{slag.etikett.lower()} per {dagar[slag]}" for slag in Prognosslag if slag in dagar]
        noter = [f"Fastställda prognoser: {', '.join(kanda) or 'inga kända'}."]
        if svar.fraga.radmappning_den:
            noter.append(f"Rader enligt den indelning som gäller den {svar.fraga.radmappning_den}.")
        noter += self._utanfor_raderna(svar)
        noter += _avrundningsnoter(svar)
        return noter


def _tillatet(urval: Urval, matt: Matt) -> Urval:
    """Return the part of a restriction that a measure knows: stays have no board."""
    tillatna = filterdimensioner(matt)
    return {namn: varden for namn, varden in urval.items() if namn in tillatna}


def _post(fraga: Tabellfraga, rad: Rad, celler: Mapping[str, Cell]) -> dict[str, Cell]:
    etiketter = dict(zip(fraga.tabell.etikettkolumner, (rad.malgrupp, rad.insatsform, POST), strict=True))
    return etiketter | {for_ar(namn, fraga.ar): varde for namn, varde in celler.items()}


def _med_summor(fraga: Tabellfraga, poster: list[dict[str, Cell]]) -> list[Mapping[str, Cell]]:
    """Return the rows with a sum after each group of more than one row, and the grand total last."""
    grupp, namn, _ = fraga.tabell.etikettkolumner
    rader: list[Mapping[str, Cell]] = []
    for etikett in dict.fromkeys(post[grupp] for post in poster):
        delar = [post for post in poster if post[grupp] == etikett]
        rader += delar
        if len(delar) > 1:
            rader.append({**_summa(fraga, delar, SUMMA), grupp: etikett, namn: "Summa"})
    rader.append({**_summa(fraga, poster, TOTALT), grupp: "Totalt", namn: "Totalt"})
    return rader


def _summa(fraga: Tabellfraga, poster: list[dict[str, Cell]], radtyp: str) -> dict[str, Cell]:
    rad: dict[str, Cell] = {fraga.tabell.etikettkolumner[2]: radtyp}
    per_dygn = KOSTNADSENHET[Prissort.DYGN]
    prissort = next((k for k in fraga.tabell.kolumner if isinstance(k, Prissortskolumn)), None)
    for kolumn in fraga.tabell.kolumner:
        nyckel = for_ar(kolumn.nyckel, fraga.ar)
        if isinstance(kolumn, Prissortskolumn):
            rad[nyckel] = per_dygn if radtyp == TOTALT else None
        elif kolumn.summering is Summering.SUMMA:
            rad[nyckel] = _plus([post[nyckel] for post in poster])
        elif radtyp == TOTALT and prissort is not None:
            priser = [post[nyckel] for post in poster if post[prissort.nyckel] == per_dygn]
            kanda = [pris for pris in priser if isinstance(pris, Fraction)]
            rad[nyckel] = sum(kanda, Fraction(0)) / len(kanda) if kanda else None
        else:
            rad[nyckel] = None
    return rad


def _plus(celler: Sequence[Cell]) -> Fraction | None:
    kanda = [cell for cell in celler if isinstance(cell, Fraction)]
    return sum(kanda, Fraction(0)) if kanda else None


def _kolumner(fraga: Tabellfraga) -> tuple[Kolumnsvar, ...]:
    etiketter = [Kolumnsvar(namn, namn.capitalize(), None) for namn in fraga.tabell.etikettkolumner]
    return (
        *etiketter,
        *(
            Kolumnsvar(
                for_ar(k.nyckel, fraga.ar),
                for_ar(k.rubrik, fraga.ar),
                None if isinstance(k, Prissortskolumn) else k.decimaler,
            )
            for k in fraga.tabell.kolumner
        ),
    )


def _avrundningsnoter(svar: Tabellsvar) -> list[str]:
    """Name every sum whose printed parts do not add up to it: each cell is rounded from its own exact value."""
    noter = []
    grupp, _, typ = svar.fraga.tabell.etikettkolumner
    summerade = [k for k in svar.fraga.tabell.kolumner if not isinstance(k, Prissortskolumn)]
    for deklaration in summerade:
        if deklaration.summering is not Summering.SUMMA:
            continue
        kolumn = next(k for k in svar.kolumner if k.nyckel == for_ar(deklaration.nyckel, svar.fraga.ar))
        for summa in (rad for rad in svar.rader if rad[typ] != POST):
            poster = [r for r in svar.rader if r[typ] == POST and summa[typ] in (TOTALT, SUMMA)]
            poster = [r for r in poster if summa[typ] == TOTALT or r[grupp] == summa[grupp]]
            avrundade = [
                avrunda(v, kolumn.decimaler or 0) for r in poster if isinstance(v := r[kolumn.nyckel], Fraction)
            ]
            tryckt = svar.tryckt(summa, kolumn)
            if tryckt and sum(avrundade) != avrunda(Fraction(tryckt), kolumn.decimaler or 0):
                noter.append(
                    f"{svar.etikett(summa)}, {kolumn.rubrik}: {tryckt} är summan av oavrundade tal; de tryckta raderna "
                    f"ger {sum(avrundade)}."
                )
    return noter
