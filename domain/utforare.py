"""Utförare: a provider of care, or a unit of the board's own.

Events, state, evolve, decisions – in that order. The events' names and fields are the storage format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from domain.aggregat import Aggregat
from domain.begrepp import Insatsform, Malgrupp, Regi, Samling, Utforarslag
from domain.fel import Regelbrott
from domain.handelse import Dag, Handelse, Kommunkod, Text
from domain.pengar import Kronor

# Events ---------------------------------------------------------------------------------------------------------

Platser = Annotated[StrictInt, Field(ge=0, le=100_000)]
"""A number of places."""

Betyg = Annotated[StrictInt, Field(ge=1, le=5)]
"""A grade, one to five."""

Organisationsnummer = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[0-9]{4}$")]


class UtforareRegistrerad(Handelse, typ="utforare.registrerad"):
    """The provider became known to the board."""

    kommun: Kommunkod
    namn: Text
    regi: Regi
    slag: Utforarslag
    organisationsnummer: Organisationsnummer | None = None


class PlatserAndrade(Handelse, typ="platser.andrade", plan=True):
    """From ``datum`` the provider has this many places in all."""

    platser: Platser
    malgrupp: Malgrupp | None = None


class RamavtalTecknat(Handelse, typ="ramavtal.tecknat", plan=True):
    """A framework agreement for a form of care is in force from ``datum`` until ``till`` (not included), if given."""

    omrade: Insatsform
    till: Dag | None = None


class RamavtalUpphort(Handelse, typ="ramavtal.upphort", plan=True):
    """From ``datum`` the framework agreement for the form of care, begun on an earlier day, is no longer in force."""

    omrade: Insatsform


class AbonnemangTecknat(Handelse, typ="abonnemang.tecknat", plan=True):
    """From ``datum`` until ``till`` (not included) the board subscribes to places, used or not."""

    platser: Platser
    arskostnad: Annotated[Kronor, Field(ge=0)]
    till: Dag | None = None


class TillstandKontrollerat(Handelse, typ="tillstand.kontrollerat"):
    """On ``datum`` it was checked whether the provider had its permit."""

    giltigt: StrictBool


class UppfoljningGjord(Handelse, typ="uppfoljning.gjord"):
    """The contract was followed up; each area got a grade."""

    omraden: Annotated[Mapping[Text, Betyg], Field(min_length=1)]


# State ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Utforare:
    """What is known of a provider: how it was registered, and everything since, in the order it took effect."""

    registrerad: UtforareRegistrerad | None = None
    inre: tuple[Handelse, ...] = ()


# Evolve ---------------------------------------------------------------------------------------------------------


def utveckla(u: Utforare, h: Handelse) -> Utforare:
    """Return the state after an event; never refuses."""
    if isinstance(h, UtforareRegistrerad):
        return replace(u, registrerad=h)
    return replace(u, inre=(*u.inre, h))


# Decisions ------------------------------------------------------------------------------------------------------


class UtforarenVarInteRegistrerad(Regelbrott):
    """Nothing is recorded of a provider before the day it became known."""

    mall = "{typ} den {datum} ligger före dagen då utföraren registrerades ({registrerad})."
    falt = "datum"


class UtforarenSaknarRegistrering(Regelbrott):
    """The registration cannot be annulled while anything rests on it."""

    mall = "Registreringen kan inte makuleras så länge {antal} andra händelser om utföraren står kvar."
    falt = "rattar"


class AvtaletSlutarForeSinBorjan(Regelbrott):
    """An agreement ends after it begins."""

    mall = "Avtalet kan inte sluta {till}: det börjar {datum}."
    falt = "till"


class RamavtalSaknas(Regelbrott):
    """Only an agreement in force can cease."""

    mall = "Det finns inget ramavtal för {omrade} som gäller den {datum}."
    falt = "omrade"


def registrera(_: Utforare, __: UtforareRegistrerad) -> bool:
    """Register a provider; the stream begins with it."""
    return True


def notera(u: Utforare, h: Handelse) -> bool:
    """Record a change or a check; quiet if that day already ended so."""
    samma_dag = [inre for inre in u.inre if type(inre) is type(h) and inre.datum == h.datum]
    return not samma_dag or samma_dag[-1] != h


def teckna(u: Utforare, h: RamavtalTecknat | AbonnemangTecknat) -> bool:
    """Sign an agreement; several may be signed the same day, so quiet only if just this one is known."""
    if h.till is not None and h.till <= h.datum:
        raise AvtaletSlutarForeSinBorjan(till=h.till, datum=h.datum)
    return h not in u.inre


def upphor(u: Utforare, h: RamavtalUpphort) -> bool:
    """End an agreement that is in force."""
    if h in u.inre:
        return False
    if not any(
        isinstance(inre, RamavtalTecknat)
        and inre.omrade is h.omrade
        and inre.datum < h.datum
        and (inre.till is None or inre.till >= h.datum)
        and not _har_upphort(u, h, inre.datum)
        for inre in u.inre
    ):
        raise RamavtalSaknas(omrade=h.omrade, datum=h.datum)
    return True


def _har_upphort(u: Utforare, h: RamavtalUpphort, fran: date) -> bool:
    return any(
        isinstance(inre, RamavtalUpphort) and inre.omrade is h.omrade and fran < inre.datum <= h.datum
        for inre in u.inre
    )


def granska(u: Utforare) -> None:
    """Refuse a provider whose events come before its registration."""
    if u.registrerad is None:
        if u.inre:
            raise UtforarenSaknarRegistrering(antal=len(u.inre))
        return
    for h in u.inre:
        if h.datum < u.registrerad.datum:
            raise UtforarenVarInteRegistrerad(typ=h.typ, datum=h.datum, registrerad=u.registrerad.datum)


UTFORARE: Aggregat[Utforare] = Aggregat(
    samling=Samling.UTFORARE,
    borjan=UtforareRegistrerad,
    tom=Utforare(),
    utveckla=utveckla,
    beslut={
        UtforareRegistrerad: registrera,
        PlatserAndrade: notera,
        RamavtalTecknat: teckna,
        RamavtalUpphort: upphor,
        AbonnemangTecknat: teckna,
        TillstandKontrollerat: notera,
        UppfoljningGjord: notera,
    },
    granska=granska,
)
