"""Invented municipalities as arrays, with a truth of their own: what the forecasts are tried on.

Nothing here is drawn the way the model believes: lengths are mixtures of log-normals, the level drifts day by day and
may jump, children come in groups of siblings, prices vary between providers and rise at the turn of the year, and what
is late is so by a mixture of days, weeks and months.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from domain.prognos.modell import Historia
from domain.prognos.underlag import (
    F64,
    I64,
    PER_DYGN,
    PER_MANAD,
    Segment,
    Vistelsedelar,
)
from domain.tid import OANDLIG_DAG

ALLTID = 2**62


@dataclass(frozen=True)
class Grupp:
    """One form of care: persons at once, median and spread of lengths, price and what it is per."""

    form: str
    malgrupp: str
    bestand: float
    median: float
    spridning: float
    pris: float
    prissort: int = PER_DYGN


GRUPPER = (
    Grupp("hvb", "barn", 14, 110, 0.9, 5000),
    Grupp("familjehemEget", "barn", 94, 700, 1.3, 26000, PER_MANAD),
    Grupp("familjehemKonsulent", "barn", 22, 330, 1.1, 2000),
    Grupp("oppenvardDygn", "barn", 5, 120, 0.8, 2200),
    Grupp("hvb", "unga", 45, 130, 0.9, 4300),
    Grupp("familjehemEget", "unga", 55, 420, 1.1, 22000, PER_MANAD),
    Grupp("familjehemKonsulent", "unga", 32, 300, 1.0, 1900),
    Grupp("oppenvardDygn", "unga", 10, 120, 0.8, 2100),
    Grupp("jourhem", "barn", 10, 60, 0.9, 40000, PER_MANAD),
    Grupp("institutionMissbruk", "vuxna", 40, 90, 0.8, 2700),
    Grupp("oppenvardMissbruk", "vuxna", 25, 100, 0.8, 1400),
    Grupp("boendeMissbruk", "vuxna", 26, 150, 0.9, 1000),
    Grupp("vardIckeMissbruk", "vuxna", 36, 180, 1.0, 1900),
)
"""A municipality of some 150 000 inhabitants, at scale one."""

KORTA = (0.06, (1, 15))
"""The share that is over in some days whatever its form, and in how many."""

LANGST = 5000
_SASONG = np.array([1.05, 1.02, 1.06, 1.0, 1.04, 1.05, 0.72, 0.88, 1.1, 1.06, 1.05, 0.97])


@dataclass(frozen=True)
class Slag:
    """What kind of municipality: its size, how often the level jumps and drifts, how late things are registered.

    ``slut_i_tid``: ends are registered within days (the invoices stop), however late beginnings are.
    """

    namn: str
    skala: float
    brott: float = 0.0
    drift: float = 0.25
    sena: float = 0.13
    mycket_sena: float = 0.02
    syskon: float = 0.15
    slut_i_tid: bool = False


Kommun = Historia
"""A drawn municipality: its parts of stays, and its segments (a row each)."""


class Sanning(NamedTuple):
    """A drawn municipality, and the truth of how much care was to begin per form (row) and day from one on."""

    kommun: Kommun
    takt: F64
    borjan: int


def dra(slag: Slag, fro: int) -> Kommun:
    """Return a municipality whose ledger begins with 2014 and is known to the end of 2019 for ever."""
    return dra_med_sanning(slag, fro).kommun


def dra_med_sanning(slag: Slag, fro: int, forsta_ar: int = 2014, sista_ar: int = 2019) -> Sanning:
    """Return a municipality, and what nobody in it knows."""
    rng = np.random.default_rng([fro, *slag.namn.encode()])
    borjan, slutet = date(forsta_ar - 12, 1, 1).toordinal(), date(sista_ar + 1, 7, 1).toordinal()
    liggaren = date(forsta_ar, 1, 1).toordinal()
    segment = tuple(Segment(nr, g.form, g.malgrupp) for nr, g in enumerate(GRUPPER))
    gemensamt = _vandring(rng, slutet - borjan, slag.drift * 0.5)
    kolumner: list[tuple[F64 | I64, ...]] = []
    takter = []
    for nr, grupp in enumerate(GRUPPER):
        takt, *vistelser = _vistelser(rng, slag, grupp, nr, borjan, slutet, gemensamt)
        kolumner.append(tuple(vistelser))
        takter.append(takt)
    start, slut, seg, pris, sort = (np.concatenate(k) for k in zip(*kolumner, strict=True))
    kvar = slut > liggaren
    start, slut, seg, pris, sort = (k[kvar] for k in (start, slut, seg, pris, sort))
    reg_start = np.maximum(start + _drojsmal(rng, slag, len(start)), liggaren)
    sent = replace(slag, sena=0.0, mycket_sena=0.0) if slag.slut_i_tid else slag
    reg_slut = np.maximum(slut + _drojsmal(rng, sent, len(start)), reg_start)
    delar = _delar(start, slut, seg, pris, sort, reg_start, reg_slut, range(forsta_ar, sista_ar + 2))
    return Sanning(Kommun(delar, segment), np.array(takter), borjan)


def _vandring(rng: np.random.Generator, dagar: int, per_ar: float) -> F64:
    """Return a level that drifts: a random walk pulled back towards one."""
    steg = rng.standard_normal(dagar) * per_ar / np.sqrt(365)
    niva, x = np.empty(dagar), 0.0
    for nr in range(dagar):
        x = x * (1 - 1 / 900) + steg[nr]
        niva[nr] = x
    return np.exp(niva)


def _vistelser(
    rng: np.random.Generator, slag: Slag, g: Grupp, nr: int, borjan: int, slutet: int, gemensamt: F64
) -> tuple[Any, ...]:
    dagar = np.arange(borjan, slutet)
    medel = g.median * np.exp(g.spridning**2 / 2)
    niva = gemensamt * _vandring(rng, len(dagar), slag.drift)
    if rng.random() < slag.brott:
        niva[dagar >= _brottdag(rng)] *= np.exp(rng.choice([-1, 1]) * rng.uniform(0.25, 0.6))
    manad = np.array([date.fromordinal(d).month - 1 for d in dagar.tolist()])
    syskon = 1 + (slag.syskon if g.malgrupp != "vuxna" else 0.0)
    takt = g.bestand * slag.skala / medel * niva * _SASONG[manad] / syskon
    antal = rng.poisson(takt)
    start = np.repeat(dagar, antal)
    start = np.repeat(start, 1 + (rng.random(len(start)) < syskon - 1))
    langd = g.median * np.exp(rng.standard_normal(len(start)) * g.spridning)
    andel, spann = KORTA
    kort = rng.random(len(start)) < andel
    langd = np.where(kort, rng.uniform(*spann, len(start)), langd)
    if rng.random() < slag.brott:
        langd = np.where(start >= _brottdag(rng), langd * np.exp(rng.choice([-1, 1]) * rng.uniform(0.1, 0.35)), langd)
    langd = np.maximum(np.rint(np.minimum(langd, LANGST)), 1).astype(np.int64)
    ar = np.array([date.fromordinal(d).year for d in start.tolist()])
    pris = g.pris * 100 * np.exp(rng.standard_normal(len(start)) * 0.22 - 0.0242) * 1.025 ** (ar - 2019)
    return takt * syskon, start, start + langd, np.full(len(start), nr), pris, np.full(len(start), g.prissort)


def _brottdag(rng: np.random.Generator) -> int:
    return int(rng.integers(date(2016, 7, 1).toordinal(), date(2019, 10, 1).toordinal()))


def _drojsmal(rng: np.random.Generator, slag: Slag, antal: int) -> I64:
    lott = rng.random(antal)
    dagar = np.exp(rng.normal(np.log(2.4), 0.75, antal))
    dagar = np.where(lott < slag.sena, 6 + rng.exponential(24, antal), dagar)
    dagar = np.where(lott < slag.mycket_sena, rng.uniform(50, 240, antal), dagar)
    return np.rint(dagar).astype(np.int64)


def _vid(vilka: I64) -> Callable[[Any], Any]:
    return lambda kolumn: kolumn[vilka]


def _delar(
    start: I64, slut: I64, seg: I64, pris: F64, sort: I64, reg_start: I64, reg_slut: I64, ar: Sequence[int]
) -> Vistelsedelar:
    """Return every part with when it was known, a new one at each turn of the year (known ten days before)."""
    alla: list[tuple[I64 | F64, ...]] = []
    for a in ar:
        detta, nasta = (date(y, 1, 1).toordinal() for y in (a, a + 1))
        forst = start if a == ar[0] else np.maximum(start, detta)
        med = np.flatnonzero((slut > forst) & (start < nasta))
        v = _vid(med)
        fran = v(forst)
        borjan = np.where(fran == v(start), v(reg_start), np.maximum(v(reg_start), detta - 10))
        gar_over = v(slut) > nasta
        kand_slut = np.where(gar_over, np.maximum(v(reg_start), nasta - 10), v(reg_slut))
        kand_slut = np.maximum(kand_slut, borjan)
        till = np.where(gar_over, nasta, v(slut))
        nivan = v(pris) * 1.025 ** np.maximum(a - np.array([date.fromordinal(d).year for d in v(start).tolist()]), 0)
        gemensamt = (v(seg), med, v(sort), np.rint(nivan))
        oandligt = np.full(len(med), OANDLIG_DAG)
        alla.append((borjan, kand_slut, fran, oandligt, borjan, borjan, *gemensamt))
        alla.append((kand_slut, np.full(len(med), ALLTID), fran, till, borjan, kand_slut, *gemensamt))
    k = [np.concatenate(kolumn) for kolumn in zip(*alla, strict=True)]
    kand_fran, kand_till, fran, till, reg_fran, reg_till, segment, person, prissort, priset = k
    ordning = np.lexsort((till, fran, person))
    ingen = np.zeros(len(fran), dtype=np.bool_)
    delar = Vistelsedelar(
        kand_fran, kand_till, fran, till, reg_fran, reg_till, segment, person, prissort, priset.astype(np.float64),
        ingen, np.full(len(fran), OANDLIG_DAG),
    )  # fmt: skip
    return delar.valda(ordning)
