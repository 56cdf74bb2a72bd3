"""Facts of a budget year: amounts per month and year. Every event speaks for itself once the year has begun.

Here is the money; ``budgetperiod_ovrigt`` has the rest. Investments are kinds of fact of their own, so that no sum of
operation holds any. ``utfall`` says what kind of line it is (balance item, efficiency demand, one-off), absent ordinary
operation. What is in no column (the source's sign, the invoice's date, the stay) is read in the event behind the fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.budgetperiod.begrepp import Post
from domain.budgetperiod.granskning import RiktlinjeBeslutad
from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    BudgetJusterad,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
    Volymrad,
)
from domain.budgetperiod.mal import AtagandeAvslutat
from domain.fakta import (
    BUDGET,
    BUDGETVOLYM,
    INVESTERINGSBUDGET,
    INVESTERINGSPROGNOS,
    INVESTERINGSUTFALL,
    PROGNOS,
    PROGNOSVOLYM,
    UTFALL,
    Belopp,
    Fakta,
)
from domain.handelse import Handelse, Notering
from domain.harledning.budgetar import Aret, Harledd, arets_borjan, borjor, prognosordning
from domain.harledning.budgetperiod_ovrigt import NAMNER_BORJAN, OVRIGA
from domain.pengar import fordela, ore
from domain.tid import kalendermanad

_ANDRAR_ANDRA = frozenset((BudgetFaststalld, PrognosFaststalld, AtagandeAvslutat, RiktlinjeBeslutad))
"""Events that may change facts of earlier ones: the whole year, a rank, the end of an interval."""

_SOM_INVESTERING = {BUDGET: INVESTERINGSBUDGET, UTFALL: INVESTERINGSUTFALL, PROGNOS: INVESTERINGSPROGNOS}


def alla(_: UUID, noteringar: Sequence[Notering]) -> Iterator[Fakta]:
    """Return all facts of the effective entries."""
    budget = arets_borjan(noteringar)
    if budget is None:
        return
    ar = Aret(budget, noteringar, borjor(noteringar), prognosordning(noteringar))
    for n in noteringar:
        hur = _HUR.get(type(n.handelse))
        if hur is not None:
            yield from hur(ar, n)


def tillagg(_: UUID, noteringar: Sequence[Notering], ny: Notering) -> list[Fakta] | None:
    """Return what an entry adds; None if it may change facts that earlier entries gave."""
    budget, typ = arets_borjan(noteringar), type(ny.handelse)
    if budget is None or typ in _ANDRAR_ANDRA:
        return None
    hur = _HUR.get(typ)
    if hur is None:
        return []
    # Only what names something by id has to look for it; postings, of which there are thousands, do not.
    ar = Aret(budget, noteringar, borjor(noteringar) if typ in NAMNER_BORJAN else {}, {})
    return list(hur(ar, ny))


def _budget(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h = ar.budget
    bas = ar.belopp(n)
    vikter = list(h.periodisering or [1] * 12)
    for rad in h.rader:
        yield from _per_manad(bas, rad, h.ar, vikter, "faststalld")
    yield from (_volym(bas, BUDGETVOLYM, rad, None) for rad in h.volymrader)


def _justering(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    aret = ar.budget.ar
    vikter = ar.budget.periodisering or (1,) * 12
    kvar = [vikt if (aret, nr) >= (h.datum.year, h.datum.month) else 0 for nr, vikt in enumerate(vikter, start=1)]
    kvar = kvar if sum(kvar) else [0] * 11 + [1]
    for rad in h.rader:
        yield from _per_manad(ar.belopp(n), rad, aret, kvar, h.slag.lagrat)


def _utfall(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    bas = ar.belopp(n)
    manad = kalendermanad(h.manad).fran.toordinal()
    avser = kalendermanad(h.avser_manad).fran.toordinal() if h.avser_manad else manad
    for rad in h.rader:
        yield _rad(bas, UTFALL, rad)._replace(manad=manad, avser_manad=avser, underslag=h.verifikation)


def _prognos(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    bas = ar.belopp(n)._replace(ordning=ar.ordning[n.position])
    for rad in h.rader:
        yield _rad(bas, PROGNOS, rad)._replace(underslag=h.slag.lagrat)
    yield from (_volym(bas, PROGNOSVOLYM, rad, h.slag.lagrat) for rad in h.volymrader)


_HUR: Mapping[type[Handelse], Harledd] = {
    BudgetFaststalld: _budget,
    BudgetJusterad: _justering,
    UtfallBokfort: _utfall,
    PrognosFaststalld: _prognos,
    **OVRIGA,
}
"""How facts follow from an entry, by the type of its event."""


def _rad(bas: Belopp, slag: str, rad: Rad) -> Belopp:
    post = rad.post
    return bas._replace(
        slag=_SOM_INVESTERING[slag] if post is Post.INVESTERING else slag, belopp=ore(rad.belopp),
        verksamhet=rad.verksamhet, kontogrupp=rad.kontogrupp.lagrat, konto=rad.konto,
        malgrupp=rad.malgrupp.lagrat if rad.malgrupp else None,
        insatsform=rad.insatsform.lagrat if rad.insatsform else None, regi=rad.regi.lagrat if rad.regi else None,
        enhet=rad.enhet, projekt=rad.projekt,
        utfall=None if post is None or post is Post.VERKSAMHET else post.lagrat,
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
