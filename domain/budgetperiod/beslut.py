"""Budgetperiod: what is refused, what is already known, and what is recorded."""

from __future__ import annotations

from dataclasses import replace

from domain.aggregat import Aggregat
from domain.begrepp import Samling
from domain.budgetperiod.handelser import (
    BokslutFaststallt,
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    ManadStangd,
    PrognosFaststalld,
    UtfallBokfort,
)
from domain.budgetperiod.tillstand import Budgetperiod, utveckla
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Handelse
from domain.tid import kalendermanad


class ManadenArStangd(Regelbrott):
    """A closed month takes no new postings, only ones in an open month that name the month they belong to."""

    mall = "Månaden {manad} är stängd. Bokför i en öppen månad och ange avserManad {manad}."
    falt = "manad"


class AretArAvslutat(Regelbrott):
    """After the year-end nothing is booked, adjusted or forecast in the year."""

    mall = "Bokslutet för {ar} fastställdes {datum}; {typ} kan inte längre registreras."
    falt = "datum"


class ManadenHarInteTagitSlut(Regelbrott):
    """A month is closed when it is over."""

    mall = "Månaden {manad} kan stängas tidigast på sin sista dag, {sista}."
    falt = "datum"


class ManadenHorTillEttAnnatAr(Regelbrott):
    """A posting or closing belongs to the year of its stream."""

    mall = "Månaden {manad} ligger inte i budgetåret {ar}."
    falt = "manad"


class VerifikationenArUpptagen(Regelbrott):
    """A voucher number is used once; a wrong voucher is corrected."""

    mall = "Verifikation {verifikation} är redan bokförd med annat innehåll. Rätta den händelsen (rattar)."
    falt = "verifikation"


class PrognosenGallerEttAnnatAr(Regelbrott):
    """A forecast speaks of a day in its own year."""

    mall = "Prognosens avläsningsdag {galler} ligger inte i budgetåret {ar}."
    falt = "galler"


class BudgetenSaknas(Regelbrott):
    """The budget cannot be annulled while anything rests on it."""

    mall = "Budgeten kan inte makuleras så länge andra händelser i budgetperioden står kvar."
    falt = "rattar"


class JusteringenLiggerForeBudgeten(Regelbrott):
    """An adjustment changes an adopted budget, and falls on months by its weights."""

    mall = "Justeringen den {datum} ligger före dagen då budgeten fastställdes ({faststalld})."
    falt = "datum"


def _ar(b: Budgetperiod, h: Handelse) -> int:
    return b.faststalld.ar if b.faststalld is not None else h.datum.year


def kraver_oppet_ar(b: Budgetperiod, h: Handelse) -> None:
    """Refuse a new event in a year that is closed for good."""
    if b.bokslut is not None:
        raise AretArAvslutat(ar=_ar(b, h), datum=b.bokslut.datum, typ=h.typ)


def kraver_oppen_manad(b: Budgetperiod, h: UtfallBokfort) -> None:
    """Refuse a new posting in a closed month or year."""
    kraver_oppet_ar(b, h)
    if h.manad in b.stangda:
        raise ManadenArStangd(manad=h.manad)


def _i_aret(b: Budgetperiod, h: UtfallBokfort | ManadStangd) -> None:
    if h.manad[:4] != str(_ar(b, h)):
        raise ManadenHorTillEttAnnatAr(manad=h.manad, ar=_ar(b, h))


def faststall(_: Budgetperiod, __: BudgetFaststalld) -> bool:
    """Adopt the budget; the stream begins with it."""
    return True


def justera(b: Budgetperiod, h: BudgetJusterad) -> bool:
    """Change the budget; quiet if the same change on the same day is known."""
    return h not in b.ovriga


def bokfor(b: Budgetperiod, h: UtfallBokfort) -> bool:
    """Book amounts in a month of the year.

    Two equal postings without a voucher number are two postings: money is never dropped because it looks alike.
    """
    if h.verifikation is not None:
        tidigare = b.verifikationer.get(h.verifikation)
        if tidigare == h:
            return False
        if tidigare is not None:
            raise VerifikationenArUpptagen(verifikation=h.verifikation)
    _i_aret(b, h)
    return True


def flytta_bokning(b: Budgetperiod, gammal: UtfallBokfort, ny: UtfallBokfort) -> None:
    """Refuse a correction that moves a posting into a closed month: there it is a new posting."""
    if ny.manad != gammal.manad:
        kraver_oppen_manad(b, ny)


def faststall_prognos(b: Budgetperiod, h: PrognosFaststalld) -> bool:
    """Adopt a forecast; it takes effect on the day it speaks of, and is never recomputed."""
    if h in b.ovriga:
        return False
    if h.galler != h.datum:
        raise DatumArInteVerkansdag(namn="galler", varde=h.galler, datum=h.datum)
    if h.galler.year != _ar(b, h):
        raise PrognosenGallerEttAnnatAr(galler=h.galler, ar=_ar(b, h))
    return True


def stang_manad(b: Budgetperiod, h: ManadStangd) -> bool:
    """Close a month that is over; quiet if it is closed."""
    if h.manad in b.stangda:
        return False
    _i_aret(b, h)
    sista = kalendermanad(h.manad).sista_dag
    if h.datum < sista:
        raise ManadenHarInteTagitSlut(manad=h.manad, sista=sista)
    return True


def faststall_bokslut(b: Budgetperiod, h: BokslutFaststallt) -> bool:
    """Close the year; quiet if it is closed in the same way."""
    if b.bokslut == h:
        return False
    kraver_oppet_ar(b, h)
    return True


def faststall_invanare(b: Budgetperiod, h: InvanareFaststallda) -> bool:
    """Record the number of inhabitants; also allowed after the year-end, since registers are published late."""
    return h not in b.ovriga


def granska(b: Budgetperiod) -> None:
    """Refuse a year whose budget is gone while other events remain."""
    if b.faststalld is None and replace(b, faststalld=None) != Budgetperiod():
        raise BudgetenSaknas
    for h in b.ovriga:
        if b.faststalld is not None and isinstance(h, BudgetJusterad) and h.datum < b.faststalld.datum:
            raise JusteringenLiggerForeBudgeten(datum=h.datum, faststalld=b.faststalld.datum)


BUDGETPERIOD: Aggregat[Budgetperiod] = Aggregat(
    samling=Samling.BUDGETPERIODER,
    borjan=BudgetFaststalld,
    tom=Budgetperiod(),
    utveckla=utveckla,
    beslut={
        BudgetFaststalld: faststall,
        BudgetJusterad: justera,
        UtfallBokfort: bokfor,
        PrognosFaststalld: faststall_prognos,
        ManadStangd: stang_manad,
        BokslutFaststallt: faststall_bokslut,
        InvanareFaststallda: faststall_invanare,
    },
    granska=granska,
    bara_nya={
        BudgetJusterad: kraver_oppet_ar,
        UtfallBokfort: kraver_oppen_manad,
        PrognosFaststalld: kraver_oppet_ar,
        ManadStangd: kraver_oppet_ar,
    },
    flyttar={UtfallBokfort: flytta_bokning},
)
