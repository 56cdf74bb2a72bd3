"""Unbroken care, row by row: who-less intervals whose number follows a level and whose care days meet the print.

A stay covers the days ``[start, slut)``; one that begins and ends the same day covers that day. Each row is first
simulated day by day (arrivals with season, lengths drawn per form) and then adjusted year by year: last days are moved
within the year, which touches no other year, and a few stays are added or cut short if that is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from application.syntet.dagar import dag
from application.syntet.profiler import (
    F64,
    FORSTA_FORMENS_ANDEL,
    I32,
    I64,
    OPPEN,
    PROFILER,
    SASONG,
    B,
    Formprofil,
    dra_langder,
)
from domain.begrepp import Insatsform

_TROGHET = 40.0  # days in which the number of stays is steered back to its level
_MJUKT_STEG = 45  # days that a last day is moved at most, as long as that is enough
_SAMMA_DAG = 0.004  # share of stays that begin and end the same day


@dataclass(frozen=True)
class Vistelser:
    """Care intervals of one row, as parallel arrays: first day, last day (or OPPEN) and index of the form."""

    start: I32
    slut: I32
    form: I32


@dataclass(frozen=True)
class Period:
    """Days ``[fran, till)`` with the level they should have, and their exact care days (None: the level will do)."""

    fran: int
    till: int
    niva: float
    vardygn: int | None


def upptagen_till(v: Vistelser) -> I32:
    """Return the day after the last day each stay covers."""
    return np.maximum(v.slut, v.start + 1)


def vardygn(v: Vistelser, fran: int, till: int) -> I64:
    """Return each stay's care days in ``[fran, till)``."""
    overlapp = np.minimum(upptagen_till(v), till) - np.maximum(v.start, fran)
    return np.asarray(np.maximum(overlapp, 0), dtype=np.int64)


def simulera(rng: np.random.Generator, former: Sequence[Insatsform], tak: int, perioder: Sequence[Period]) -> Vistelser:
    """Return a row's stays over consecutive periods; each period's exact care days are met.

    Args:
        rng: the row's own source of chance.
        former: the forms the row counts; the first is the usual one.
        tak: longest unbroken care in days.
        perioder: consecutive; the last one ends the history.
    """
    profiler = [PROFILER[form] for form in former]
    vikter = _formvikter(len(former))
    bestand = _bestand(rng, profiler, vikter, tak, perioder[0])
    inflode = _inflode(rng, profiler, vikter, tak, perioder, bestand)
    v = Vistelser(*(np.concatenate([a, b]) for a, b in zip(bestand, inflode, strict=True)))
    for period in perioder:
        if period.vardygn is not None:
            v = _jamka(rng, v, period, profiler[0])
    slut = np.where(v.slut >= perioder[-1].till, OPPEN, v.slut).astype(np.int32)
    return replace(v, slut=slut)


def _formvikter(antal: int) -> F64:
    """Return how usual each of a row's forms is."""
    if antal == 1:
        return np.ones(1)
    return np.array([FORSTA_FORMENS_ANDEL] + [(1 - FORSTA_FORMENS_ANDEL) / (antal - 1)] * (antal - 1))


def _dra(
    rng: np.random.Generator, profiler: Sequence[Formprofil], vikter: F64, tak: int, antal: int
) -> tuple[I32, I32]:
    """Return drawn lengths and form indexes."""
    form = np.asarray(rng.choice(len(profiler), size=antal, p=vikter), dtype=np.int32)
    langd = np.empty(antal, dtype=np.int32)
    for index, profil in enumerate(profiler):
        har = form == index
        langd[har] = dra_langder(rng, profil, tak, int(har.sum()))
    return langd, form


def _bestand(
    rng: np.random.Generator, profiler: Sequence[Formprofil], vikter: F64, tak: int, forsta: Period
) -> tuple[I32, I32, I32]:
    """Return the stays that run when the first period begins; a long stay is likelier to be met than a short one."""
    antal = round(forsta.niva)
    langd, form = _dra(rng, profiler, vikter, tak, 2000)
    langd = np.maximum(langd, 2)
    valda = rng.choice(len(langd), size=antal, p=langd / langd.sum())
    alder = np.asarray(rng.integers(1, langd[valda]), dtype=np.int32)
    start = forsta.fran - alder
    return start, (start + langd[valda]).astype(np.int32), form[valda]


def _inflode(
    rng: np.random.Generator,
    profiler: Sequence[Formprofil],
    vikter: F64,
    tak: int,
    perioder: Sequence[Period],
    bestand: tuple[I32, I32, I32],
) -> tuple[I32, I32, I32]:
    """Return the stays that begin during the periods, day by day, steering the number towards the level."""
    fran, till = perioder[0].fran, perioder[-1].till
    niva = _banan(perioder)
    langd, form = _dra(rng, profiler, vikter, tak, max(1000, int(niva.sum() / 20)))
    medel = float(langd.mean())
    utskrivna = np.bincount(np.minimum(bestand[1] - fran, till - fran), minlength=till - fran + 1)
    sasong = np.array([SASONG[dag(d).month - 1] for d in range(fran, till)])
    aktiva, nyttjade = len(bestand[0]), 0
    starter: list[I32] = []
    for d in range(till - fran):
        aktiva -= int(utskrivna[d])
        takt = sasong[d] * niva[d] / medel + (niva[d] - aktiva) / _TROGHET
        antal = int(rng.poisson(max(takt, 0.0)))
        if not antal:
            continue
        if nyttjade + antal > len(langd):
            mer, mer_form = _dra(rng, profiler, vikter, tak, max(len(langd), antal))
            langd, form = np.concatenate([langd, mer]), np.concatenate([form, mer_form])
        dagens = np.minimum(d + langd[nyttjade : nyttjade + antal], till - fran)
        np.add.at(utskrivna, dagens, 1)
        starter.append(np.full(antal, fran + d, dtype=np.int32))
        aktiva += antal
        nyttjade += antal
    start = np.concatenate(starter) if starter else np.empty(0, dtype=np.int32)
    langd = np.where(rng.random(nyttjade) < _SAMMA_DAG, 0, langd[:nyttjade]).astype(np.int32)
    return start, start + langd, form[:nyttjade]


def _banan(perioder: Sequence[Period]) -> F64:
    """Return the level day by day: straight lines between mid-periods, set so that each period keeps its mean."""
    fran = perioder[0].fran
    dagar = np.arange(fran, perioder[-1].till)
    mitt = np.array([(p.fran + p.till) / 2 for p in perioder])
    mal = np.array([p.niva for p in perioder])
    noder = mal.copy()
    for _ in range(20):
        bana = np.interp(dagar, mitt, noder)
        medel = np.array([bana[p.fran - fran : p.till - fran].mean() for p in perioder])
        noder = np.maximum(noder + mal - medel, 0.0)
    return np.asarray(np.interp(dagar, mitt, noder), dtype=np.float64)


def _jamka(rng: np.random.Generator, v: Vistelser, period: Period, profil: Formprofil) -> Vistelser:
    """Return the stays adjusted so that the period has exactly its care days; earlier periods are not touched."""
    mal = period.vardygn or 0
    v = _flytta_slut(v, period, mal - int(vardygn(v, period.fran, period.till).sum()))
    kvar = mal - int(vardygn(v, period.fran, period.till).sum())
    if kvar > 0:
        return _lagg_till(rng, v, period, kvar, profil)
    return _korta(rng, v, period, -kvar) if kvar < 0 else v


def _flytta_slut(v: Vistelser, period: Period, skillnad: int) -> Vistelser:
    """Move last days within the period, in proportion to the room each has; gently if that is enough."""
    kan = (v.slut > period.fran) & (v.slut < period.till) & (v.slut > v.start)
    if skillnad > 0:
        rum = np.where(kan, period.till - 1 - v.slut, 0)
    else:
        rum = np.where(kan, v.slut - np.maximum(v.start + 1, period.fran), 0)
    rum = rum.astype(np.int64)
    mjukt = np.minimum(rum, _MJUKT_STEG)
    if int(mjukt.sum()) >= abs(skillnad):
        rum = mjukt
    steg = andelar(rum, abs(skillnad))
    flyttat = v.slut + (steg if skillnad > 0 else -steg)
    return replace(v, slut=flyttat.astype(np.int32))


def andelar(rum: I64, antal: int) -> I64:
    """Return whole shares of ``antal`` in proportion to the room, none above its room; less if all room is."""
    totalt = int(rum.sum())
    if totalt == 0:
        return rum
    antal = min(antal, totalt)
    trappa = (np.cumsum(rum) * antal) // totalt
    return np.asarray(np.diff(trappa, prepend=0), dtype=np.int64)


def _lagg_till(rng: np.random.Generator, v: Vistelser, period: Period, dygn: int, profil: Formprofil) -> Vistelser:
    """Add stays within the period that together have the missing care days."""
    langst = max(1, min(int(profil.median), period.till - period.fran - 1))
    langder = [langst] * (dygn // langst) + ([dygn % langst] if dygn % langst else [])
    langd = np.array(langder, dtype=np.int32)
    start = rng.integers(period.fran, np.maximum(period.till - langd, period.fran + 1)).astype(np.int32)
    form = np.zeros(len(langd), dtype=np.int32)
    return Vistelser(
        np.concatenate([v.start, start]), np.concatenate([v.slut, start + langd]), np.concatenate([v.form, form])
    )


def _korta(rng: np.random.Generator, v: Vistelser, period: Period, dygn: int) -> Vistelser:
    """End stays earlier, or take them away, until the period has lost the care days it has too many of."""
    slut = v.slut.copy()
    behall: B = np.ones(len(slut), dtype=np.bool_)
    egna = vardygn(v, period.fran, period.till)
    sist = np.minimum(upptagen_till(v), period.till)
    for i in rng.permutation(np.flatnonzero(egna > 0)):
        if dygn <= 0:
            break
        if egna[i] <= dygn and v.start[i] >= period.fran:
            behall[i] = False
            dygn -= int(egna[i])
        else:
            bort = min(dygn, int(egna[i]))
            slut[i] = sist[i] - bort
            dygn -= bort
    return Vistelser(v.start[behall], slut[behall], v.form[behall])
