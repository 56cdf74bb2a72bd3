"""Facts of a budget year: amounts per month and year. Every event speaks for itself once the year has begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
    Volymrad,
)
from domain.fakta import BUDGET, BUDGETVOLYM, INVANARE, PROGNOS, PROGNOSVOLYM, UTFALL, Belopp, Fakta
from domain.handelse import Notering
from domain.pengar import fordela, ore
from domain.tid import kalendermanad


def alla(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries."""
    borjan = _borjan(noteringar)
    if borjan is not None:
        ordning = _prognosordning(noteringar)
        for n in noteringar:
            yield from _belopp(borjan, n, ordning.get(n.position, 0))


def tillagg(_: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if the year begins with it or it takes a place among the forecasts."""
    borjan = _borjan(noteringar)
    if borjan is None or isinstance(ny.handelse, BudgetFaststalld | PrognosFaststalld):
        return None
    return list(_belopp(borjan, ny, 0))


def _prognosordning(noteringar: Sequence[Notering]) -> dict[int, int]:
    """Return the rank of each forecast, by position: the day it speaks of, then the day it was decided."""
    prognoser = [(n.handelse, n.position) for n in noteringar if isinstance(n.handelse, PrognosFaststalld)]
    prognoser.sort(key=lambda par: (par[0].galler, par[0].beslut.datum))
    return {position: nr for nr, (_, position) in enumerate(prognoser, start=1)}


def _borjan(noteringar: Sequence[Notering]) -> BudgetFaststalld | None:
    return next((n.handelse for n in noteringar if isinstance(n.handelse, BudgetFaststalld)), None)


def _belopp(budget: BudgetFaststalld, n: Notering, ordning: int) -> Iterator[Belopp]:
    h, ar = n.handelse, budget.ar
    bas = Belopp(
        str(n.position),
        "",
        budget.kommun,
        budget.namnd,
        h.datum.toordinal(),
        kalendermanad(f"{ar}-01").fran.toordinal(),
    )
    vikter = list(budget.periodisering or [1] * 12)
    match h:
        case BudgetFaststalld():
            for rad in h.rader:
                yield from _per_manad(bas, rad, ar, vikter, "faststalld")
            yield from (_volym(bas, BUDGETVOLYM, rad, None) for rad in h.volymrader)
        case BudgetJusterad():
            kvar = [vikt if (ar, nr) >= (h.datum.year, h.datum.month) else 0 for nr, vikt in enumerate(vikter, start=1)]
            kvar = kvar if sum(kvar) else [0] * 11 + [1]
            for rad in h.rader:
                yield from _per_manad(bas, rad, ar, kvar, h.slag.lagrat)
        case UtfallBokfort():
            manad = kalendermanad(h.manad).fran.toordinal()
            avser = kalendermanad(h.avser_manad).fran.toordinal() if h.avser_manad else manad
            for rad in h.rader:
                yield _rad(bas, UTFALL, rad)._replace(manad=manad, avser_manad=avser, underslag=h.verifikation)
        case PrognosFaststalld():
            bas = bas._replace(ordning=ordning)
            for rad in h.rader:
                yield _rad(bas, PROGNOS, rad)._replace(underslag=h.slag.lagrat)
            yield from (_volym(bas, PROGNOSVOLYM, rad, h.slag.lagrat) for rad in h.volymrader)
        case InvanareFaststallda():
            yield bas._replace(slag=INVANARE, antal=h.antal * 1000)
        case _:
            return


def _rad(bas: Belopp, slag: str, rad: Rad) -> Belopp:
    return bas._replace(
        slag=slag, belopp=ore(rad.belopp), verksamhet=rad.verksamhet, kontogrupp=rad.kontogrupp.lagrat, konto=rad.konto,
        malgrupp=rad.malgrupp.lagrat if rad.malgrupp else None,
        insatsform=rad.insatsform.lagrat if rad.insatsform else None, regi=rad.regi.lagrat if rad.regi else None,
    )  # fmt: skip


def _per_manad(bas: Belopp, rad: Rad, ar: int, vikter: list[int], underslag: str) -> Iterator[Belopp]:
    mall = _rad(bas, BUDGET, rad)
    for nr, belopp in enumerate(fordela(mall.belopp, vikter), start=1):
        manad = kalendermanad(f"{ar}-{nr:02}").fran.toordinal()
        if belopp:
            yield mall._replace(belopp=belopp, manad=manad, avser_manad=manad, underslag=underslag)


def _volym(bas: Belopp, slag: str, rad: Volymrad, underslag: str | None) -> Belopp:
    return bas._replace(
        slag=slag, antal=int(rad.personer_per_dygn.scaleb(3)), insatsform=rad.insatsform.lagrat,
        malgrupp=rad.malgrupp.lagrat if rad.malgrupp else None, regi=rad.regi.lagrat if rad.regi else None,
        underslag=underslag,
        prissort=rad.pris.sort.lagrat if rad.pris else None, pris=ore(rad.pris.belopp) if rad.pris else None,
    )  # fmt: skip
