"""Circumstances of each placement: provider, act, how it was bought, plan, price and why it ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from application.syntet.boenden import FORM as EGEN_ENHETS_FORM
from application.syntet.dagar import ar_av
from application.syntet.placeringar import PLANERAD, UTAN, Placeringar
from application.syntet.profiler import (
    ANDEL_ALDERSGRANS,
    ANDEL_DIREKTUPPHANDLING,
    ANDEL_SAMMANBROTT_FORE_NY,
    ANDEL_UTAN_AVTAL,
    ANDEL_VARDNADSOVERFLYTTNING,
    AVSLUTSORSAKER,
    F64,
    FORMER,
    I8,
    I32,
    I64,
    MALGRUPPER,
    OPPEN,
    ORSAKER,
    PLANERADE_ORSAKER,
    PRISUPPRAKNING,
    PROFILER,
    B,
)
from domain.begrepp import Avslutsorsak, Direktupphandlingsorsak, Insatsform, Malgrupp

INGEN_PLAN = np.iinfo(np.int32).min
"""Stands for a placement without a planned end."""


@dataclass(frozen=True)
class Utforare:
    """Providers: index in FORMER, 1 for the board's own, 1 for a framework agreement, places, printed name (or "")."""

    form: I8
    egen: I8
    avtal: I8
    platser: I32
    namn: tuple[str, ...]


def utforarnamn(utforare: Utforare, nummer: int) -> str:
    """Return what a provider is called: as printed, else an invented name."""
    form, egen = int(utforare.form[nummer]), bool(utforare.egen[nummer])
    return utforare.namn[nummer] or f"{'Enhet' if egen else 'Utförare'} {chr(65 + form)} {nummer + 1}"


@dataclass(frozen=True)
class Bestamt:
    """What is settled about the placements and providers before chance is asked.

    Attributes:
        enheter: row -> number among the own units.
        platser: per own unit, its places.
        namn: per own unit, its name.
        direkt: per placement, 1 + index of the reason of a direct procurement, 0 for none, DRAS to be drawn.
        lagrum: per placement, index in LAGRUM at its first day.
        uppfoljda: form -> names of the providers under agreement that are followed up, "" where none is printed.
        planerat: per year, the share of ended placements that ended as planned.
    """

    enheter: dict[int, int]
    platser: tuple[int, ...]
    namn: tuple[str, ...]
    direkt: I8
    lagrum: I8
    uppfoljda: dict[Insatsform, tuple[str, ...]]
    planerat: dict[int, float]


@dataclass(frozen=True)
class Omstandigheter:
    """Parallel columns, one entry per placement.

    Attributes:
        utforare: number of the provider.
        lagrum: index in LAGRUM.
        direkt: 1 + index of the reason for a direct procurement, or 0.
        orsak: index in ORSAKER of why it ended (also drawn for those still running).
        planerat: whether it ended as planned.
        planerat_slut: planned last day known at the start, or INGEN_PLAN.
        grundpris: price in öre at the report year's level.
    """

    utforare: I32
    lagrum: I8
    direkt: I8
    orsak: I8
    planerat: B
    planerat_slut: I32
    grundpris: F64


def prisindex(ar: I32 | I64, rapportar: int) -> F64:
    """Return the price level of years against the report year."""
    return np.asarray((1 + PRISUPPRAKNING) ** (ar.astype(np.float64) - rapportar), dtype=np.float64)


def bygg_omstandigheter(
    rng: np.random.Generator, p: Placeringar, bestamt: Bestamt, priser: dict[int, float], ar: tuple[int, int]
) -> tuple[Omstandigheter, Utforare]:
    """Return the circumstances of placements, and the providers.

    Args:
        rng: source of chance.
        p: the placements.
        bestamt: what is settled beforehand.
        priser: row index -> price in kronor that the row's mean shall have in the report year.
        ar: day numbers ``[from, to)`` of the part of the report year that the history has.
    """
    planer = _planer(rng, p, ar[1])
    orsak, planerat = _avslut(rng, p)
    _mot_planerat(rng, p, orsak, planerat, bestamt.planerat)
    utforare, vilken, direkt = _utforare(rng, p, ar, bestamt)
    o = Omstandigheter(vilken, bestamt.lagrum, direkt, orsak, planerat, planer, _priser(rng, p, priser, ar))
    return o, utforare


def _utforare(
    rng: np.random.Generator, p: Placeringar, ar: tuple[int, int], bestamt: Bestamt
) -> tuple[Utforare, I32, I8]:
    """Return the providers, each placement's provider, and why it was bought directly (0: it was not).

    The own units come first; a stay in one has it as its provider.
    """
    antal_egna = len(bestamt.platser)
    vilken, direkt = np.zeros(len(p), dtype=np.int32), np.zeros(len(p), dtype=np.int8)
    form = [FORMER.index(EGEN_ENHETS_FORM)] * antal_egna
    egen, avtal = [1] * antal_egna, [0] * antal_egna
    platser, namn = list(bestamt.platser), list(bestamt.namn)
    i_enhet = np.isin(p.rad, sorted(bestamt.enheter))
    nycklar = np.where(i_enhet, -1, p.form.astype(np.int32) * 2 + p.egen)
    orsaker = rng.choice(len(Direktupphandlingsorsak), size=len(p), p=[0.45, 0.4, 0.15]) + 1
    for nyckel in (n for n in np.unique(nycklar).tolist() if n >= 0):
        vilka = np.flatnonzero(nycklar == nyckel)
        profil = PROFILER[FORMER[nyckel // 2]]
        samtidiga = int(((p.start[vilka] < ar[1]) & (p.slut[vilka] >= ar[0])).sum()) / 1.5
        uppfoljda = bestamt.uppfoljda.get(FORMER[nyckel // 2], ()) if nyckel % 2 == 0 else ()
        antal = max(3, round(samtidiga / profil.personer_per_utforare))
        utan = 0 if nyckel % 2 else max(1, round(antal * ANDEL_UTAN_AVTAL))
        antal = max(antal, len(uppfoljda) + utan)
        slump = (rng.random(len(vilka)) < ANDEL_DIREKTUPPHANDLING) & (utan > 0)
        direkta = np.where(bestamt.direkt[vilka] < 0, slump, bestamt.direkt[vilka] > 0) & (utan > 0)
        lott = np.where(direkta, antal - utan + rng.random(len(vilka)) * utan, rng.random(len(vilka)) * (antal - utan))
        vilken[vilka] = len(form) + lott.astype(np.int32)
        skal = np.where(bestamt.direkt[vilka] > 0, bestamt.direkt[vilka], orsaker[vilka])
        direkt[vilka] = np.where(direkta, skal, 0)
        form += [nyckel // 2] * antal
        egen += [nyckel % 2] * antal
        avtal += [1 - nyckel % 2] * (antal - utan) + [0] * utan
        platser += rng.integers(1, round(3 * profil.personer_per_utforare) + 1, antal).tolist()
        namn += [*uppfoljda, *[""] * (antal - len(uppfoljda))]
    vilken = np.where(
        i_enhet, np.array([bestamt.enheter.get(r, 0) for r in range(int(p.rad.max()) + 1)])[p.rad], vilken
    )
    alla = Utforare(
        np.array(form, dtype=np.int8),
        np.array(egen, dtype=np.int8),
        np.array(avtal, dtype=np.int8),
        np.array(platser, dtype=np.int32),
        tuple(namn),
    )
    return alla, vilken.astype(np.int32), direkt


def _avslut(rng: np.random.Generator, p: Placeringar) -> tuple[I8, B]:
    """Return why each placement ended and whether that was planned; nobody dies before a later placement."""
    nummer = {orsak: np.int8(i) for i, orsak in enumerate(ORSAKER)}
    vikter = np.array([vikt for _, vikt in AVSLUTSORSAKER])
    vanliga = [nummer[orsak] for orsak, _ in AVSLUTSORSAKER]
    orsak = rng.choice(vanliga, size=len(p), p=vikter / vikter.sum()).astype(np.int8)
    plan = orsak == nummer[Avslutsorsak.ENLIGT_PLAN]
    unga = p.malgrupp == MALGRUPPER.index(Malgrupp.UNGA)
    hem = (p.form == FORMER.index(Insatsform.FAMILJEHEM_EGET)) & ~unga
    lott = rng.random(len(p))
    orsak[plan & unga & (lott < ANDEL_ALDERSGRANS)] = nummer[Avslutsorsak.ALDERSGRANS]
    orsak[plan & hem & (lott < ANDEL_VARDNADSOVERFLYTTNING)] = nummer[Avslutsorsak.VARDNADSOVERFLYTTNING]
    fore = p.fore[p.fore >= 0]
    brott = (rng.random(len(fore)) < ANDEL_SAMMANBROTT_FORE_NY) | (orsak[fore] == nummer[Avslutsorsak.AVLIDEN])
    orsak[fore] = np.where(brott, nummer[Avslutsorsak.SAMMANBROTT], orsak[fore])
    orsak[p.fore[p.byte != UTAN]] = nummer[Avslutsorsak.OMPLACERING]
    planerat = np.isin(orsak, [nummer[o] for o in PLANERADE_ORSAKER])
    planerat[p.fore[p.byte == PLANERAD]] = True
    return orsak, planerat


def _mot_planerat(rng: np.random.Generator, p: Placeringar, orsak: I8, planerat: B, andelar: dict[int, float]) -> None:
    """Make so many of those ended in a year end as planned that their share is as printed; moves are left alone."""
    for ar, andel in andelar.items():
        i_aret = (p.slut < OPPEN) & (ar_av(np.minimum(p.slut, OPPEN - 1)) == ar)
        flytt = orsak == ORSAKER.index(Avslutsorsak.OMPLACERING)
        skillnad = round(andel * int(i_aret.sum())) - int(planerat[i_aret].sum())
        vilka = rng.permutation(np.flatnonzero(i_aret & ~flytt & (planerat == (skillnad < 0))))[: abs(skillnad)]
        planerat[vilka] = skillnad > 0
        ny = Avslutsorsak.ENLIGT_PLAN if skillnad > 0 else Avslutsorsak.EGET_AVBROTT
        orsak[vilka] = ORSAKER.index(ny)


def _planer(rng: np.random.Generator, p: Placeringar, slut: int) -> I32:
    """Return the last day planned at the start; long family care mostly has none."""
    langd = np.where(p.slut == OPPEN, np.maximum(slut - p.start, 60) * 1.3, np.maximum(p.slut - p.start, 14))
    planerad = p.start + np.rint(langd * np.exp(rng.normal(0, 0.25, len(p)))).astype(np.int32) + 1
    hem = np.isin(p.form, [FORMER.index(f) for f in (Insatsform.FAMILJEHEM_EGET, Insatsform.FAMILJEHEM_KONSULENT)])
    har = rng.random(len(p)) < np.where(hem, 0.15, 0.65)
    return np.where(har, planerad, INGEN_PLAN).astype(np.int32)


def _priser(rng: np.random.Generator, p: Placeringar, priser: dict[int, float], ar: tuple[int, int]) -> F64:
    """Return prices in öre: the row's price times an invented variation whose mean over the year's care days is one."""
    spridning = np.where(p.egen == 1, 0.14, 0.22)
    variation = np.exp(rng.normal(0, 1, len(p)) * spridning - spridning**2 / 2)
    dygn = np.maximum(np.minimum(np.maximum(p.slut, p.start + 1), ar[1]) - np.maximum(p.start, ar[0]), 0)
    antal = int(p.rad.max()) + 1
    vikt = np.bincount(p.rad, weights=dygn, minlength=antal)
    medel = np.bincount(p.rad, weights=dygn * variation, minlength=antal)
    medel = np.where(vikt > 0, medel / np.maximum(vikt, 1), 1.0)
    radpris = np.array([priser.get(i, 0.0) for i in range(antal)]) * 100
    return np.asarray(radpris[p.rad] * variation / medel[p.rad], dtype=np.float64)


def arets_prisniva(dagar: I32, rapportar: int) -> F64:
    """Return the price level on days."""
    return prisindex(ar_av(dagar), rapportar)
