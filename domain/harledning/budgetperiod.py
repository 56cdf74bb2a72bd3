"""Facts of a budget year: amounts per month and year. Every event speaks for itself once the year has begun.

Here is the money; ``budgetperiod_ovrigt`` has the rest. Investments are kinds of fact of their own, so that no sum of
operation holds any. ``utfall`` says what kind of line it is (balance item, efficiency demand, one-off), absent ordinary
operation. What is in no column (the source's sign, the invoice's date, the stay) is read in the event behind the fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from domain.budgetperiod.begrepp import Post
from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    BudgetJusterad,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
    Volymrad,
)
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
from domain.harledning.budgetar import ROR_ANDRA, Aret, Harledd
from domain.harledning.budgetperiod_ovrigt import OVRIGA
from domain.pengar import fordela, ore
from domain.sak import Enskild, Sak
from domain.tid import kalendermanad

_SOM_INVESTERING = {BUDGET: INVESTERINGSBUDGET, UTFALL: INVESTERINGSUTFALL, PROGNOS: INVESTERINGSPROGNOS}


# An amount is made by place: ``_replace`` costs four times as much, and a voucher or a forecast has many lines.

_Huvud = tuple[str, str, str, int]
"""What all amounts of an entry begin with: the event behind them, municipality, board and day."""


def _huvud(ar: Aret, n: Notering) -> _Huvud:
    return str(n.position), ar.budget.kommun, ar.budget.namnd, n.handelse.datum.toordinal()


def _budget(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h = ar.budget
    vikter = list(h.periodisering or [1] * 12)
    for rad in h.rader:
        yield from _per_manad(_huvud(ar, n), rad, h.ar, vikter, "faststalld")
    yield from (_volym(ar.belopp(n), BUDGETVOLYM, rad, None) for rad in h.volymrader)


def _justering(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    aret = ar.budget.ar
    vikter = ar.budget.periodisering or (1,) * 12
    kvar = [vikt if (aret, nr) >= (h.datum.year, h.datum.month) else 0 for nr, vikt in enumerate(vikter, start=1)]
    kvar = kvar if sum(kvar) else [0] * 11 + [1]
    for rad in h.rader:
        yield from _per_manad(_huvud(ar, n), rad, aret, kvar, h.slag.lagrat)


def _utfall(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    huvud = _huvud(ar, n)
    manad = kalendermanad(h.manad).fran.toordinal()
    avser = kalendermanad(h.avser_manad).fran.toordinal() if h.avser_manad else manad
    for rad in h.rader:
        yield _rad(huvud, UTFALL, rad, ore(rad.belopp), manad, avser, h.verifikation)


def _prognos(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    huvud, ordning, slag = _huvud(ar, n), ar.ordning[n.position], h.slag.lagrat
    for rad in h.rader:
        yield _rad(huvud, PROGNOS, rad, ore(rad.belopp), ar.forsta_manad, None, slag, ordning)
    bas = ar.belopp(n)._replace(ordning=ordning)
    yield from (_volym(bas, PROGNOSVOLYM, rad, slag) for rad in h.volymrader)


_HUR: Mapping[type[Handelse], Harledd] = {
    BudgetFaststalld: _budget,
    BudgetJusterad: _justering,
    UtfallBokfort: _utfall,
    PrognosFaststalld: _prognos,
    **OVRIGA,
}
"""How facts follow from an entry, by the type of its event."""


def _rad(
    huvud: _Huvud, slag: str, rad: Rad, belopp: int, manad: int, avser: int | None, underslag: str | None,
    ordning: int | None = None,
) -> Belopp:  # fmt: skip
    handelser, kommun, namnd, dag = huvud
    post = rad.post
    return Belopp(
        handelser, _SOM_INVESTERING[slag] if post is Post.INVESTERING else slag, kommun, namnd, dag, manad, belopp,
        avser, rad.verksamhet, rad.kontogrupp.lagrat, rad.konto, rad.malgrupp.lagrat if rad.malgrupp else None,
        rad.insatsform.lagrat if rad.insatsform else None, rad.regi.lagrat if rad.regi else None, underslag,
        None, None, None, ordning, None, None, rad.enhet, rad.projekt,
        None if post is None or post is Post.VERKSAMHET else post.lagrat,
    )  # fmt: skip


def _per_manad(huvud: _Huvud, rad: Rad, ar: int, vikter: list[int], underslag: str) -> Iterator[Belopp]:
    for nr, belopp in enumerate(fordela(ore(rad.belopp), vikter), start=1):
        if belopp:
            manad = date(ar, nr, 1).toordinal()
            yield _rad(huvud, BUDGET, rad, belopp, manad, manad, underslag)


def _volym(bas: Belopp, slag: str, rad: Volymrad, underslag: str | None) -> Belopp:
    return bas._replace(
        slag=slag, antal=int(rad.personer_per_dygn.scaleb(3)), insatsform=rad.insatsform.lagrat,
        malgrupp=rad.malgrupp.lagrat if rad.malgrupp else None, regi=rad.regi.lagrat if rad.regi else None,
        underslag=underslag,
        prissort=rad.pris.sort.lagrat if rad.pris else None, pris=ore(rad.pris.belopp) if rad.pris else None,
    )  # fmt: skip


def _av_en(ar: Aret, sak: Enskild) -> list[Fakta]:
    return list(_HUR[type(sak.notering.handelse)](ar, sak.notering))


class Budgetfakta(Aret):
    """The derivation of a budget year's facts: every entry speaks for itself, and a few of others too."""

    __slots__ = ()

    kraver_ordning = ROR_ANDRA

    def ta_in(self, ny: Notering) -> Sequence[Sak]:
        """Take in an entry."""
        berorda = self.ror(ny)
        if type(ny.handelse) in _HUR:
            berorda.append(self.en(_av_en, ny))
        return berorda
