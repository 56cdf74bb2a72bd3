"""Utförare: what is refused, what is already known, and what is recorded."""

from __future__ import annotations

from datetime import date

from domain.aggregat import Aggregat
from domain.begrepp import Samling
from domain.fel import Regelbrott
from domain.handelse import Handelse
from domain.utforare.handelser import (
    AbonnemangTecknat,
    PlatserAndrade,
    RamavtalTecknat,
    RamavtalUpphort,
    TillstandKontrollerat,
    UppfoljningGjord,
    UtforareRegistrerad,
)
from domain.utforare.tillstand import Utforare, utveckla


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
