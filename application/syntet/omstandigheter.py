"""Circumstances of each placement: provider, act, how it was bought, plan, price and why it ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from application.rapporter.radmappning import Rad
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
    LAGRUM,
    MALGRUPPER,
    OPPEN,
    ORSAKER,
    PLANERADE_ORSAKER,
    PRISUPPRAKNING,
    PROFILER,
    B,
)
from domain.begrepp import Avslutsorsak, Direktupphandlingsorsak, Insatsform, Lagrum, Malgrupp

INGEN_PLAN = np.iinfo(np.int32).min
"""Stands for a placement without a planned end."""

BARN_OCH_UNGA = (Malgrupp.BARN, Malgrupp.UNGA, Malgrupp.ENSAMKOMMANDE)


@dataclass(frozen=True)
class Utforare:
    """Providers: index in FORMER, 1 for the board's own, 1 for a framework agreement, places."""

    form: I8
    egen: I8
    avtal: I8
    platser: I32


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
    rng: np.random.Generator, p: Placeringar, rader: tuple[Rad, ...], priser: dict[int, float], ar: tuple[int, int]
) -> tuple[Omstandigheter, Utforare]:
    """Return the circumstances of placements, and the providers.

    Args:
        rng: source of chance.
        p: the placements.
        rader: the printed rows.
        priser: row index -> price in kronor that the row's mean shall have in the report year.
        ar: day numbers ``[from, to)`` of the part of the report year that the history has.
    """
    planer = _planer(rng, p, ar[1])
    orsak, planerat = _avslut(rng, p)
    utforare, vilken, direkt = _utforare(rng, p, ar)
    o = Omstandigheter(vilken, _lagrum(rng, p, rader), direkt, orsak, planerat, planer, _priser(rng, p, priser, ar))
    return o, utforare


def _utforare(rng: np.random.Generator, p: Placeringar, ar: tuple[int, int]) -> tuple[Utforare, I32, I8]:
    """Return the providers, each placement's provider, and why it was bought directly (0: it was not)."""
    vilken, direkt = np.zeros(len(p), dtype=np.int32), np.zeros(len(p), dtype=np.int8)
    form: list[int] = []
    egen: list[int] = []
    avtal: list[int] = []
    platser: list[int] = []
    nycklar = p.form.astype(np.int32) * 2 + p.egen
    orsaker = rng.choice(len(Direktupphandlingsorsak), size=len(p), p=[0.45, 0.4, 0.15]) + 1
    for nyckel in np.unique(nycklar).tolist():
        vilka = np.flatnonzero(nycklar == nyckel)
        profil = PROFILER[FORMER[nyckel // 2]]
        samtidiga = int(((p.start[vilka] < ar[1]) & (p.slut[vilka] >= ar[0])).sum()) / 1.5
        antal = max(3, round(samtidiga / profil.personer_per_utforare))
        utan = 0 if nyckel % 2 else max(1, round(antal * ANDEL_UTAN_AVTAL))
        direkta = (rng.random(len(vilka)) < ANDEL_DIREKTUPPHANDLING) & (utan > 0)
        lott = np.where(direkta, antal - utan + rng.random(len(vilka)) * utan, rng.random(len(vilka)) * (antal - utan))
        vilken[vilka] = len(form) + lott.astype(np.int32)
        direkt[vilka] = np.where(direkta, orsaker[vilka], 0)
        form += [nyckel // 2] * antal
        egen += [nyckel % 2] * antal
        avtal += [1 - nyckel % 2] * (antal - utan) + [0] * utan
        platser += rng.integers(1, round(3 * profil.personer_per_utforare) + 1, antal).tolist()
    alla = Utforare(
        np.array(form, dtype=np.int8),
        np.array(egen, dtype=np.int8),
        np.array(avtal, dtype=np.int8),
        np.array(platser, dtype=np.int32),
    )
    return alla, vilken, direkt


def _lagrum(rng: np.random.Generator, p: Placeringar, rader: tuple[Rad, ...]) -> I8:
    """Return the act each placement rests on."""
    lvu = np.array([PROFILER[f].lvu if f in PROFILER else 0.0 for f in FORMER])[p.form]
    lvm = np.array([PROFILER[f].lvm if f in PROFILER else 0.0 for f in FORMER])[p.form]
    barn = np.isin(p.malgrupp, [MALGRUPPER.index(m) for m in BARN_OCH_UNGA])
    tvang = rng.random(len(p)) < np.where(barn, lvu, lvm)
    lagrum = np.where(tvang, np.where(barn, LAGRUM.index(Lagrum.LVU), LAGRUM.index(Lagrum.LVM)), 0).astype(np.int8)
    for index, rad in enumerate(rader):
        if rad.urval.lagrum:
            tillatna = [LAGRUM.index(varde) for varde in rad.urval.lagrum]
            lagrum = np.where((p.rad == index) & ~np.isin(lagrum, tillatna), tillatna[0], lagrum).astype(np.int8)
    return lagrum


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
