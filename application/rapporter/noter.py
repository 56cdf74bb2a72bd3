"""Remarks a reader of a table needs: which forecasts it shows, what no row counts, sums that do not add up in print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from application.queries import Fraga, FraganGarInte, Fragor, hamta_matt
from application.rapporter.modell import Mattkolumn, Summering
from application.rapporter.radmappning import Radslag
from application.rapporter.summor import delar
from domain.begrepp import Prognosslag
from domain.pengar import avrunda, skriv_tal
from domain.tid import Period

if TYPE_CHECKING:
    from application.rapporter.tabellfraga import Kolumnsvar, Svarsrad, Tabellsvar


Prognosdagar = Mapping[Prognosslag, Mapping[str, date]]
"""The day that an adopted forecast speaks of, by kind and board."""


def noter(fragor: Fragor, svar: Tabellsvar, dagar: Prognosdagar, *, med_tal: bool) -> Iterator[str]:
    """Yield the remarks, in Swedish; without figures, only those that have none."""
    f = svar.fraga
    if any(isinstance(k, Mattkolumn) and k.vid for k in f.tabell.kolumner):
        kanda = [f"{slag.etikett.lower()} per {_dagarna(dagar[slag])}" for slag in Prognosslag if slag in dagar]
        yield f"Fastställda prognoser: {', '.join(kanda) or 'inga kända'}."
    if f.radmappning_den:
        yield f"Rader enligt den indelning som gäller den {f.radmappning_den}."
    if not med_tal:
        return
    if f.tabell.helhet:
        yield from _utanfor_raderna(fragor, svar, f.tabell.helhet)
    yield from _avrundning(svar)


def _dagarna(per_namnd: Mapping[str, date]) -> str:
    """Return the day that the boards' forecasts speak of, or each day with its boards."""
    dagar = sorted(set(per_namnd.values()))
    if len(dagar) == 1:
        return str(dagar[0])
    delar = [f"{dag} ({', '.join(sorted(n for n, egen in per_namnd.items() if egen == dag))})" for dag in dagar]
    return f"{', '.join(delar[:-1])} och {delar[-1]}"


def namnden_utan_budget(namnd: str, ar: int, andra: Sequence[str]) -> str:
    """Return the remark that a board has no budget for a year, and which have: its name may be mistyped."""
    return f"Nämnden {namnd} har ingen budget {ar}; det har {', '.join(andra)}."


def ange_namnd(namnder: Sequence[str]) -> FraganGarInte:
    """Return the refusal to mix the money of several boards."""
    return FraganGarInte("namnd", f"Kommunen har flera nämnder; ange en av dem: {', '.join(namnder)}.")


def _utanfor_raderna(fragor: Fragor, svar: Tabellsvar, namn: str) -> Iterator[str]:
    """Name what no row counts, per period shown."""
    f = svar.fraga
    kolumner = [k for k in f.tabell.kolumner if isinstance(k, Mattkolumn) and k.matt == namn]
    perioder: dict[str, Period] = {k.nyckel: k.tid.period(f.ar, f.manad) for k in kolumner}
    kolumner = [k for k in kolumner if svar.underlag.galler_den >= perioder[k.nyckel].fran]
    totalt = next((rad for rad in svar.rader if rad.rad is not None and rad.rad.slag is Radslag.TOTALT), None)
    if not kolumner or totalt is None:
        return
    unika = tuple(sorted({perioder[k.nyckel] for k in kolumner}))
    snitt = Fraga(hamta_matt(namn), unika[0], f.tidssnitt, urval={"kommun": (f.kommun,)}, regel=f.regel)
    hela = fragor.per_del(snitt, unika, svar.underlag)
    for k in kolumner:
        cell = totalt[f.malltext(k.nyckel)]
        raknat = cell * k.per * k.tecken if isinstance(cell, Fraction) else Fraction(0)
        utanfor = hela.get((unika.index(perioder[k.nyckel]),), Fraction(0)) - raknat
        if utanfor:
            tal = skriv_tal(utanfor, 2)
            yield f"{f.malltext(k.rubrik)}: {tal} {hamta_matt(namn).enhet.namn} hör inte till någon rad."


def _avrundning(svar: Tabellsvar) -> Iterator[str]:
    """Name every sum whose printed parts do not add up to it: each cell is rounded from its own exact value."""
    rader = [rad.rad for rad in svar.rader if rad.rad is not None]
    summerade = {
        svar.fraga.malltext(k.nyckel)
        for k in svar.fraga.tabell.kolumner
        if isinstance(k, Mattkolumn) and k.summering is Summering.SUMMA and not k.dold
    }
    summor = [nr for nr, rad in enumerate(rader) if rad.slag in (Radslag.SUMMA, Radslag.TOTALT)]
    for kolumn in (k for k in svar.kolumner if k.nyckel in summerade):
        for nr in summor:
            delsumma = sum(vikt * _avrundad(svar, svar.rader[del_], kolumn) for del_, vikt in delar(rader, nr).items())
            tryckt = svar.tryckt(svar.rader[nr], kolumn)
            if tryckt and delsumma != Fraction(tryckt):
                yield (
                    f"{svar.etikett(svar.rader[nr])}, {kolumn.rubrik}: {tryckt} är summan av oavrundade tal; de "
                    f"tryckta raderna ger {_som_tryckt(delsumma, svar, svar.rader[nr], kolumn)}."
                )


def _avrundad(svar: Tabellsvar, rad: Svarsrad, kolumn: Kolumnsvar) -> Fraction:
    varde = rad[kolumn.nyckel]
    return Fraction(avrunda(varde, svar.decimaler(rad, kolumn))) if isinstance(varde, Fraction) else Fraction(0)


def _som_tryckt(tal: Fraction | int, svar: Tabellsvar, rad: Svarsrad, kolumn: Kolumnsvar) -> str:
    return str(avrunda(Fraction(tal), svar.decimaler(rad, kolumn)))
