"""Budgetperiod: the events about money. Their names and fields are the storage format.

Sign convention, here and in every fact: amounts are **net cost**, so a cost is positive and an income negative. Tables
that print costs as negative turn the sign when they print (``AVVIKELSER.md``, "Teckenkonventioner"); ``kallans_tecken``
says which sign the source had, so that its table can be printed again and an import held against it.
"""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, model_validator

from domain.begrepp import Insatsform, Justeringsslag, Kon, Kontogrupp, Malgrupp, Prognosslag, Regi
from domain.budgetperiod.begrepp import KallansTecken, Periodiseringsprincip, Post, Principomfattning, Underlag
from domain.gemensamt import Ar, Pris
from domain.handelse import Begreppsdata, Dag, Handelse, Kommunkod, Manad, Ogonblick, Text
from domain.pengar import Decimaltext, Kronor

Personer = Annotated[Decimaltext, Field(ge=0, le=100_000, decimal_places=3)]
"""Average persons per day, at most three decimals."""

Invanarantal = Annotated[StrictInt, Field(ge=0, le=100_000_000)]


class Rad(Begreppsdata):
    """One amount, net cost in kronor for the whole year (budget, forecast) or for one month (outcome).

    ``post`` says what kind of line it is, absent ordinary operation. An investment names its ``projekt``.
    ``placering_id`` is the stay that an invoice was for, when it is known.
    """

    verksamhet: Text
    kontogrupp: Kontogrupp
    malgrupp: Malgrupp | None = None
    insatsform: Insatsform | None = None
    regi: Regi | None = None
    konto: Text | None = None
    belopp: Kronor
    post: Post | None = None
    projekt: Text | None = None
    enhet: Text | None = None
    placering_id: UUID | None = None


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
    beslut: Protokoll | None = None
    kallans_tecken: KallansTecken | None = None

    @model_validator(mode="after")
    def _nagon_manad_vager(self) -> Self:
        if self.periodisering is not None and sum(self.periodisering) == 0:
            msg = "periodisering måste ha minst en månad med vikt över noll"
            raise ValueError(msg)
        return self


class BudgetJusterad(Handelse, typ="budget.justerad", plan=True):
    """The year's budget was changed; the amounts are the change and fall on the months from ``datum`` on.

    ``beslut`` is who decided it, which may be another body and another day; ``motpart`` the board that money or an
    operation came from or went to.
    """

    slag: Justeringsslag
    benamning: Text
    rader: Rader
    beslut: Protokoll | None = None
    motpart: Text | None = None
    kallans_tecken: KallansTecken | None = None


class UtfallBokfort(Handelse, typ="utfall.bokfort"):
    """Amounts were booked in a month; ``avser_manad`` tells which month the care was given, if another.

    All lines of a posting are about the same month of care; a voucher that is about several is one posting for each.
    ``fakturadatum`` is the date written on the invoice.
    """

    manad: Manad
    rader: Rader
    avser_manad: Manad | None = None
    verifikation: Text | None = None
    fakturadatum: Dag | None = None
    underlag: Underlag | None = None
    kallans_tecken: KallansTecken | None = None


class PrognosFaststalld(Handelse, typ="prognos.faststalld"):
    """A forecast for the whole year was adopted. ``datum`` is the day it speaks of (``galler``), not of the decision.

    ``kand`` is the instant up to which the ledger was known when it was made. ``villkor`` says in words what expected
    decision it counts on; ``omraknad`` that it was made anew for a day that already had one.
    """

    slag: Prognosslag
    galler: Dag
    kand: Ogonblick
    beslut: Protokoll
    rader: Rader
    volymrader: tuple[Volymrad, ...] = ()
    villkor: Text | None = None
    omraknad: StrictBool | None = None
    kallans_tecken: KallansTecken | None = None


class PeriodiseringsprincipAndrad(Handelse, typ="periodiseringsprincip.andrad"):
    """From ``datum`` amounts are booked in the month of the invoice or of the care.

    It moves no amount: each posting has both its months. It tells why one year may hold thirteen months of cost.
    """

    princip: Periodiseringsprincip
    galler: Principomfattning
    motivering: Text


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
