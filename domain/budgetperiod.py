"""Budgetperiod: one board, one year – its budget, adjustments, booked outcome and adopted forecasts.

Events, state, evolve, decisions – in that order. The events' names and fields are the storage format.

Sign convention, here and in every fact: amounts are **net cost**, so a cost is positive and an income negative. Tables
that print costs as negative turn the sign when they print (``AVVIKELSER.md``, "Teckenkonventioner").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Self

from pydantic import Field, StrictInt, model_validator

from domain.aggregat import Aggregat
from domain.begrepp import Insatsform, Justeringsslag, Kon, Kontogrupp, Malgrupp, Prognosslag, Regi, Samling
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Begreppsdata, Dag, Handelse, Kommunkod, Manad, Ogonblick, Text
from domain.pengar import Decimaltext, Kronor
from domain.placering import Pris
from domain.tid import kalendermanad

# Events ---------------------------------------------------------------------------------------------------------

Personer = Annotated[Decimaltext, Field(ge=0, le=100_000, decimal_places=3)]
"""Average persons per day, at most three decimals."""

Ar = Annotated[StrictInt, Field(ge=1900, le=2199)]

Invanarantal = Annotated[StrictInt, Field(ge=0, le=100_000_000)]


class Rad(Begreppsdata):
    """One amount, net cost in kronor for the whole year (budget, forecast) or for one month (outcome)."""

    verksamhet: Text
    kontogrupp: Kontogrupp
    malgrupp: Malgrupp | None = None
    insatsform: Insatsform | None = None
    regi: Regi | None = None
    konto: Text | None = None
    belopp: Kronor


class Volymrad(Begreppsdata):
    """One assumption of volume: average persons per day in a form of care, and the price reckoned with."""

    malgrupp: Malgrupp | None = None
    insatsform: Insatsform
    regi: Regi | None = None
    personer_per_dygn: Personer
    pris: Pris | None = None


class Protokoll(Begreppsdata):
    """Who decided, when, and where it can be read."""

    organ: Text
    datum: Dag
    paragraf: Text | None = None


Rader = Annotated[tuple[Rad, ...], Field(min_length=1)]


class BudgetFaststalld(Handelse, typ="budget.faststalld", plan=True):
    """The board's budget for the year was adopted; ``datum`` is the day of the decision.

    ``periodisering`` gives twelve whole weights, January first; without it every month weighs the same.
    """

    kommun: Kommunkod
    namnd: Text
    ar: Ar
    rader: Rader
    volymrader: tuple[Volymrad, ...] = ()
    periodisering: (
        Annotated[tuple[Annotated[StrictInt, Field(ge=0)], ...], Field(min_length=12, max_length=12)] | None
    ) = None

    @model_validator(mode="after")
    def _nagon_manad_vager(self) -> Self:
        if self.periodisering is not None and sum(self.periodisering) == 0:
            msg = "periodisering måste ha minst en månad med vikt över noll"
            raise ValueError(msg)
        return self


class BudgetJusterad(Handelse, typ="budget.justerad", plan=True):
    """The year's budget was changed; the amounts are the change and fall on the months from ``datum`` on."""

    slag: Justeringsslag
    benamning: Text
    rader: Rader


class UtfallBokfort(Handelse, typ="utfall.bokfort"):
    """Amounts were booked in a month; ``avser_manad`` tells which month the care was given, if another."""

    manad: Manad
    rader: Rader
    avser_manad: Manad | None = None
    verifikation: Text | None = None


class PrognosFaststalld(Handelse, typ="prognos.faststalld"):
    """A forecast for the whole year was adopted. ``datum`` is the day it speaks of (``galler``), not of the decision.

    ``kand`` is the instant up to which the ledger was known when it was made.
    """

    slag: Prognosslag
    galler: Dag
    kand: Ogonblick
    beslut: Protokoll
    rader: Rader
    volymrader: tuple[Volymrad, ...] = ()


class ManadStangd(Handelse, typ="manad.stangd"):
    """The books of a month were closed; later postings go to an open month and name the one they belong to."""

    manad: Manad


class BokslutFaststallt(Handelse, typ="bokslut.faststallt"):
    """The year was closed for good."""

    beslut: Protokoll | None = None


class Invanargrupp(Begreppsdata):
    """Inhabitants of some ages and one sex; absent limits mean all ages, absent sex both."""

    alder_fran: Annotated[StrictInt, Field(ge=0)] | None = None
    alder_till: Annotated[StrictInt, Field(ge=0)] | None = None
    kon: Kon | None = None
    antal: Invanarantal


class InvanareFaststallda(Handelse, typ="invanare.faststallda"):
    """The number of inhabitants on ``datum``, from a register that is named."""

    antal: Invanarantal
    grupper: tuple[Invanargrupp, ...] = ()
    kallregister: Text


# State ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Budgetperiod:
    """What the decisions need to know of a year.

    Attributes:
        faststalld: the adopted budget.
        stangda: closed months.
        bokslut: the event that closed the year.
        bokforda: number of postings, with and without a voucher number.
        verifikationer: postings by voucher number.
        ovriga: adjustments, forecasts and registers, in the order they took effect.
    """

    faststalld: BudgetFaststalld | None = None
    stangda: frozenset[str] = frozenset()
    bokslut: BokslutFaststallt | None = None
    bokforda: int = 0
    verifikationer: Mapping[str, UtfallBokfort] = field(default_factory=dict)
    ovriga: tuple[Handelse, ...] = ()


# Evolve ---------------------------------------------------------------------------------------------------------


def utveckla(b: Budgetperiod, h: Handelse) -> Budgetperiod:
    """Return the state after an event; never refuses."""
    match h:
        case BudgetFaststalld():
            return replace(b, faststalld=h)
        case ManadStangd():
            return replace(b, stangda=b.stangda | {h.manad})
        case BokslutFaststallt():
            return replace(b, bokslut=h)
        case UtfallBokfort():
            ny = {h.verifikation: h} if h.verifikation is not None else {}
            return replace(b, bokforda=b.bokforda + 1, verifikationer={**b.verifikationer, **ny})
        case _:
            return replace(b, ovriga=(*b.ovriga, h))


# Decisions ------------------------------------------------------------------------------------------------------


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
