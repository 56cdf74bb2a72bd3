"""Cases as columns, one per person: what came in, what was found out, what was given, and when it ended."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from application.syntet.dagar import ar_av
from application.syntet.personer import Folk
from application.syntet.placeringar import Placeringar
from application.syntet.profiler import ALDRAR, BARN_OCH_UNGA, FORMER, I8, I32, KON, LAGRUM, MALGRUPPER, OPPEN, B
from domain.arende.begrepp import (
    Aktualiseringssatt,
    Arendeslut,
    Arendetyp,
    Avsandare,
    Ensamkommandestatus,
    Insatsslut,
    Utredningslagrum,
    Utredningstyp,
    Utredningsutfall,
)
from domain.begrepp import Insatsform, Kon, Lagrum, Malgrupp

INGEN = -(1 << 24)
"""The day number that stands for "never"."""

ARENDETYPER, SATT, AVSANDARE = tuple(Arendetyp), tuple(Aktualiseringssatt), tuple(Avsandare)
UTREDNINGSTYPER, UTREDNINGSLAGRUM = tuple(Utredningstyp), tuple(Utredningslagrum)
UTFALL, INSATSSLUT, ARENDESLUT = tuple(Utredningsutfall), tuple(Insatsslut), tuple(Arendeslut)
STATUS = tuple(Ensamkommandestatus)
UTAN_FORM = -1
UTAN_STATUS = -1

_ANDEL_ANMALDA_BARN, _ANDEL_ANMALDA_VUXNA = 0.85, 0.55
_ANDEL_MISSBRUK = 0.45
_ANDEL_SENA_BEDOMNINGAR = 0.27
_ANDEL_AKUTA = 0.2
_ANMALARE = (
    (Avsandare.POLIS, 0.24), (Avsandare.SKOLA, 0.22), (Avsandare.HALSO_OCH_SJUKVARD, 0.16), (Avsandare.ANHORIG, 0.09),
    (Avsandare.PRIVATPERSON, 0.07), (Avsandare.SOCIALJOUR, 0.07), (Avsandare.FORSKOLA, 0.05), (Avsandare.ANONYM, 0.04),
    (Avsandare.ANNAN_MYNDIGHET, 0.06),
)  # fmt: skip


@dataclass
class Arenden:
    """Parallel columns, one entry per person; the person's number is the case's.

    Attributes:
        typ: index in ARENDETYPER.
        malgrupp: index in MALGRUPPER.
        satt: index in SATT.
        avsandare: index in AVSANDARE.
        inkom: day of the intake.
        bedomd: day the preliminary assessment ended, or INGEN.
        utr_fran: first day of the investigation, or INGEN.
        utr_till: last day of the investigation, OPPEN if it goes on, INGEN without one.
        utfall: index in UTFALL.
        form: index in FORMER of the service without care days, or UTAN_FORM.
        ins_fran: first day of the service.
        ins_till: first day it is not given, or OPPEN.
        ins_slut: index in INSATSSLUT.
        slut: day of closing, or OPPEN.
        slutorsak: index in ARENDESLUT.
        status: index in STATUS of an unaccompanied child, or UTAN_STATUS.
        familj: number of the family, or INGEN.
        extra: day of a further intake, or INGEN.
        placerad: whether the person is placed at some time.
    """

    typ: I8
    malgrupp: I8
    satt: I8
    avsandare: I8
    inkom: I32
    bedomd: I32
    utr_fran: I32
    utr_till: I32
    utfall: I8
    form: I8
    ins_fran: I32
    ins_till: I32
    ins_slut: I8
    slut: I32
    slutorsak: I8
    status: I8
    familj: I32
    extra: I32
    placerad: B

    def __len__(self) -> int:
        """Return how many cases there are."""
        return len(self.inkom)

    def utokade(self, andra: Self) -> Self:
        """Return these cases followed by others."""
        return type(self)(
            **{f.name: np.concatenate([getattr(self, f.name), getattr(andra, f.name)]) for f in fields(self)}
        )

    @property
    def barn(self) -> B:
        """Which cases are about children and young people."""
        return np.isin(self.malgrupp, [MALGRUPPER.index(m) for m in BARN_OCH_UNGA])


def tomma(rng: np.random.Generator, inkom: I32, malgrupp: I8) -> Arenden:
    """Return cases with an intake and nothing more; how it came follows from the target group."""
    antal = len(inkom)
    barn = np.isin(malgrupp, [MALGRUPPER.index(m) for m in BARN_OCH_UNGA])
    anmald = rng.random(antal) < np.where(barn, _ANDEL_ANMALDA_BARN, _ANDEL_ANMALDA_VUXNA)
    vikter = np.array([vikt for _, vikt in _ANMALARE])
    anmalare = rng.choice([AVSANDARE.index(a) for a, _ in _ANMALARE], size=antal, p=vikter / vikter.sum())
    lott = rng.random(antal)
    vuxentyp = np.where(
        lott < _ANDEL_MISSBRUK, ARENDETYPER.index(Arendetyp.VUXEN_MISSBRUK), ARENDETYPER.index(Arendetyp.ANNAT)
    )
    ingen = np.full(antal, INGEN, dtype=np.int32)
    noll = np.zeros(antal, dtype=np.int8)
    return Arenden(
        typ=np.where(barn, ARENDETYPER.index(Arendetyp.BARN_OCH_UNGA), vuxentyp).astype(np.int8),
        malgrupp=malgrupp.astype(np.int8),
        satt=np.where(
            anmald, SATT.index(Aktualiseringssatt.ANMALAN), SATT.index(Aktualiseringssatt.ANSOKAN)
        ).astype(np.int8),
        avsandare=np.where(anmald, anmalare, AVSANDARE.index(Avsandare.DEN_ENSKILDE)).astype(np.int8),
        inkom=inkom.astype(np.int32),
        bedomd=ingen.copy(), utr_fran=ingen.copy(), utr_till=ingen.copy(), utfall=noll.copy(),
        form=np.full(antal, UTAN_FORM, dtype=np.int8), ins_fran=ingen.copy(), ins_till=ingen.copy(),
        ins_slut=noll.copy(), slut=np.full(antal, OPPEN, dtype=np.int32), slutorsak=noll.copy(),
        status=np.full(antal, UTAN_STATUS, dtype=np.int8), familj=ingen.copy(), extra=ingen.copy(),
        placerad=np.zeros(antal, dtype=np.bool_),
    )  # fmt: skip


def bedomning(rng: np.random.Generator, antal: int) -> I32:
    """Return days from report to the end of the preliminary assessment: mostly within fourteen."""
    sena = rng.random(antal) < _ANDEL_SENA_BEDOMNINGAR
    return np.where(sena, 15 + rng.exponential(12, antal), rng.integers(0, 15, antal)).astype(np.int32)


def utredningstid(rng: np.random.Generator, antal: int) -> I32:
    """Return days that an investigation takes: around four months."""
    return np.clip(np.rint(np.exp(rng.normal(np.log(112), 0.38, antal))), 7, 420).astype(np.int32)


def insatstid(rng: np.random.Generator, antal: int) -> I32:
    """Return days that a service without care days takes."""
    return np.clip(np.rint(np.exp(rng.normal(np.log(210), 0.7, antal))), 14, 1500).astype(np.int32)


def placerades(rng: np.random.Generator, p: Placeringar, folk: Folk, slutdag: int) -> Arenden:
    """Return the cases of those placed: intake and investigation before the first stay, or beside it if urgent."""
    antal = len(folk.kon)
    forsta = np.full(antal, np.iinfo(np.int32).max, dtype=np.int32)
    sista = np.zeros(antal, dtype=np.int64)
    np.minimum.at(forsta, p.person, p.start)
    np.maximum.at(sista, p.person, p.slut)
    grupp, jour = np.zeros(antal, dtype=np.int8), np.zeros(antal, dtype=np.bool_)
    grupp[p.person] = p.malgrupp
    jour[p.person[p.form == FORMER.index(Insatsform.JOURHEM)]] = True
    ensam = grupp == MALGRUPPER.index(Malgrupp.ENSAMKOMMANDE)
    akut = jour | ensam | (rng.random(antal) < _ANDEL_AKUTA)
    tid = utredningstid(rng, antal)
    fran = np.where(akut, forsta - rng.integers(0, 4, antal), forsta - rng.integers(1, 15, antal) - tid)
    fodelsedag = (folk.fodelsear - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int32)
    fran = np.maximum(fran, fodelsedag)
    a = tomma(rng, fran, grupp)
    anmald = a.satt == SATT.index(Aktualiseringssatt.ANMALAN)
    inkom = np.where(anmald & ~akut, fran - bedomning(rng, antal), fran)
    a.inkom = np.maximum(inkom, fodelsedag).astype(np.int32)
    a.bedomd = np.where(anmald, fran, INGEN).astype(np.int32)
    a.utr_fran = fran.astype(np.int32)
    till = (fran + tid).astype(np.int32)
    till += ar_av(till) > ar_av(till - 1)  # on New Year's Day nothing ends
    a.utr_till = np.where(till <= slutdag, till, OPPEN).astype(np.int32)
    a.utfall[:] = UTFALL.index(Utredningsutfall.INSATS)
    a.placerad[:] = True
    a.typ[ensam] = ARENDETYPER.index(Arendetyp.ENSAMKOMMANDE)
    a.status[ensam] = STATUS.index(Ensamkommandestatus.KOMMUNPLACERAD)
    slut = np.maximum(sista, a.utr_till) + rng.integers(1, 40, antal)
    a.slut = np.where(slut <= slutdag, slut, OPPEN).astype(np.int32)
    a.slutorsak[:] = ARENDESLUT.index(Arendeslut.INSATSEN_AVSLUTAD)
    return a


def utredningstyp_av(a: Arenden, placerades_lagrum: I8) -> tuple[I8, I8]:
    """Return (index in UTREDNINGSTYPER, index in UTREDNINGSLAGRUM) per case; a first stay under an act needed it."""
    typ = np.where(
        a.barn, UTREDNINGSTYPER.index(Utredningstyp.BARN_OCH_UNGA), UTREDNINGSTYPER.index(Utredningstyp.VUXEN)
    )
    missbruk = a.typ == ARENDETYPER.index(Arendetyp.VUXEN_MISSBRUK)
    vald = a.typ == ARENDETYPER.index(Arendetyp.VALD_I_NARA_RELATION)
    typ = np.where(missbruk, UTREDNINGSTYPER.index(Utredningstyp.MISSBRUK), typ)
    typ = np.where(vald, UTREDNINGSTYPER.index(Utredningstyp.VALD_I_NARA_RELATION), typ)
    bostad = a.typ == ARENDETYPER.index(Arendetyp.BOSTADSSOCIALT)
    typ = np.where(bostad, UTREDNINGSTYPER.index(Utredningstyp.BOSTAD), typ)
    lagrum = np.full(len(a), UTREDNINGSLAGRUM.index(Utredningslagrum.SOL), dtype=np.int8)
    antal = len(placerades_lagrum)
    for akt, utredningens in ((Lagrum.LVU, Utredningslagrum.LVU), (Lagrum.LVM, Utredningslagrum.LVM)):
        under = placerades_lagrum == LAGRUM.index(akt)
        lagrum[:antal][under] = UTREDNINGSLAGRUM.index(utredningens)
    lvm = lagrum == UTREDNINGSLAGRUM.index(Utredningslagrum.LVM)
    return np.where(lvm, UTREDNINGSTYPER.index(Utredningstyp.LVM), typ).astype(np.int8), lagrum


def nya_manniskor(rng: np.random.Generator, a: Arenden, andel_kvinnor: float = 0.47) -> Folk:
    """Return a sex and a year of birth for each case; ages lie within the target group at the intake."""
    yngst = np.array([ALDRAR[m][0] for m in MALGRUPPER])[a.malgrupp]
    aldst = np.array([ALDRAR[m][1] for m in MALGRUPPER])[a.malgrupp]
    vuxna = a.malgrupp == MALGRUPPER.index(Malgrupp.VUXNA)
    lage = np.where(vuxna, rng.beta(1.2, 2.3, len(a)), rng.random(len(a)))
    alder = yngst + np.rint((aldst - yngst) * lage)
    kon = np.where(rng.random(len(a)) < andel_kvinnor, KON.index(Kon.KVINNA), KON.index(Kon.MAN))
    return Folk(kon.astype(np.int8), (ar_av(a.inkom) - alder).astype(np.int32))
