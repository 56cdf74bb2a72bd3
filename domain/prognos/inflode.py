"""How much care begins: the level per segment and how sure it is, the season, and how unevenly it comes.

The level is a Gamma–Poisson model whose memory fades (``niva``). It says how unsure the level is, more so the further
ahead. Days that were not fully registered yet count as exposed only to the share that would be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from domain.prognos.efterregistrering import Drojsmal, skatta_drojsmal
from domain.prognos.ledare import Forebud, inga_forebud, skatta_ledare
from domain.prognos.niva import BLOCK, Niva, folj
from domain.prognos.sasong import Sasong, kalendermanad, skatta_sasong
from domain.prognos.underlag import F64, I32, I64, Flode
from domain.tid import OANDLIG_DAG

_FLEST_BLOCK = 48
_LARAR = 6
"""Blocks from which nothing is judged yet."""

_LANGST_FRAMAT = 8
_STORSTA_GEMENSAMMA = 0.30
_STORSTA_KLUMP = 1.0
"""As if all came two and two."""

_TROLIG_GEMENSAM, _TYNGD_GEMENSAM = 0.10, 2.0
"""What moves all alike is believed to be before anything is seen, and how many origins that is worth."""

_AR = 365

LOTTER = 2**15
"""How long the table is that days are drawn from."""


class Borjedagar(NamedTuple):
    """Some days on which care may begin: how exposed they are together, a table to draw them from, if they are past."""

    dagar: I64
    exponering: float
    tabell: I32
    passerad: bool


def borjedagar(dagar: I64, vikter: F64, *, passerad: bool) -> Borjedagar:
    """Return days, with a table in which each is as often as it weighs."""
    steg = np.cumsum(vikter) / max(float(vikter.sum()), 1e-12)
    granser = np.rint(steg * LOTTER).astype(np.int64)
    # Days that weigh nothing together are all the last one; nobody is drawn from them.
    granser[-1] = LOTTER
    tabell = np.repeat(dagar, np.diff(granser, prepend=0)).astype(np.int32)
    return Borjedagar(dagar, float(vikter.sum()), tabell, passerad)


@dataclass(frozen=True)
class Inflodesmodell:
    """How care begins from outside, per segment and day.

    Attributes:
        alfa, beta: shape and rate of each segment's level (care begun per day of a mean month).
        minne: how much a block's knowledge is worth a block later, per segment.
        klump: variance beyond chance per care begun: those who come together, as siblings do.
        ojamnhet: how much unevener than so a block is (the alpha of a negative binomial).
        gemensam: standard deviation of what moves all segments alike over the horizon, relative.
        sasong: the season.
        ledare: factor per block after the origin, by what comes before care (``ledare``).
    """

    alfa: F64
    beta: F64
    minne: F64
    klump: float
    ojamnhet: float
    gemensam: float
    sasong: Sasong
    ledare: F64

    @property
    def niva(self) -> F64:
        """Return the expected care begun per day."""
        return self.alfa / self.beta

    def sasong_den(self, dagar: I64) -> F64:
        """Return the season's factor on days."""
        return np.asarray(self.sasong.faktor[kalendermanad(dagar)])

    def ledare_om(self, dagar: I64) -> F64:
        """Return the forerunners' factor so many days after the origin."""
        nr = (dagar - 1) // BLOCK
        return np.where(nr < len(self.ledare), self.ledare[np.clip(nr, 0, len(self.ledare) - 1)], 1.0)


def skatta_inflode(
    flode: Flode, antal: int, drojsmal: Drojsmal, horisont: int, forebud: Forebud | None = None
) -> Inflodesmodell:
    """Return how care begins, as it could be learnt at an origin.

    Args:
        flode: the care known there.
        antal: how many segments there are.
        drojsmal: how late beginnings are registered.
        horisont: how many days ahead it is for.
        forebud: what was known of events that come before care.
    """
    dag, kand, _ = flode.ursprung
    forsta = _forsta_dag(flode)
    nya = ~flode.inflyttad & (flode.start >= forsta) & (flode.start <= dag)
    start, segment = flode.start[nya], flode.segment[nya]
    dagar = np.arange(forsta, dag + 1)
    synligt = drojsmal.kant(kand - dagar)
    sasong = skatta_sasong(start, dagar, synligt)
    exponerat = synligt * sasong.faktor[kalendermanad(dagar)]
    block = min(max((dag - forsta + 1) // BLOCK, 1), _FLEST_BLOCK)
    nr = (dag - start) // BLOCK
    med = nr < block
    sett = np.zeros((block, antal))
    np.add.at(sett, (nr[med], segment[med]), 1.0)
    exponering = _per_block(exponerat, block)
    sett, exponering = sett[::-1], np.maximum(exponering[::-1], 1e-9)
    niva = folj(sett, exponering)
    klump, ojamnhet = _ojamnhet(niva)
    framat = min(max(horisont // BLOCK, 1), _LANGST_FRAMAT, max(len(sett) // 3, 1))
    langre_fram = niva._replace(osakert=niva.osakert * niva.minne ** (-framat / 2))
    gemensam = _gemensam(langre_fram, framat, klump, ojamnhet, sasong.andel)
    ledare = skatta_ledare(
        sett.sum(axis=1), niva.vantat.sum(axis=1), *_forebuden(forebud or inga_forebud(), flode, forsta, block)
    )
    return Inflodesmodell(niva.alfa, niva.beta, niva.minne, klump, ojamnhet, gemensam, sasong, ledare)


def _forebuden(forebud: Forebud, flode: Flode, forsta: int, block: int) -> tuple[F64, F64]:
    """Return forerunners per block, oldest first, and how many days of each are known, by their own season."""
    dag, kand, _ = flode.ursprung
    dagar = np.arange(forsta, dag + 1)
    egna = forebud.dag[forebud.dag >= forsta]
    synligt = skatta_drojsmal(forebud.dag, forebud.registrerad, kand).kant(kand - dagar)
    exponerat = synligt * skatta_sasong(egna, dagar, synligt).faktor[kalendermanad(dagar)]
    nr = (dag - egna) // BLOCK
    sett = np.bincount(nr[nr < block], minlength=block).astype(np.float64)
    exponering = _per_block(exponerat, block)
    return sett[::-1], exponering[::-1]


def _per_block(exponerat: F64, block: int) -> F64:
    """Return the sum of each of so many blocks of days, the last block first."""
    bakifran = exponerat[::-1]
    return np.array([bakifran[nr * BLOCK : (nr + 1) * BLOCK].sum() for nr in range(block)])


def _forsta_dag(flode: Flode) -> int:
    """Return the first day whose new care is all in the ledger: not before it saw anybody leave."""
    slutade = flode.slut[flode.slut < OANDLIG_DAG]
    borjan = int(slutade.min()) if len(slutade) else flode.ursprung.dag - _AR
    return max(min(borjan, flode.ursprung.dag), flode.ursprung.dag - BLOCK * _FLEST_BLOCK)


def _ojamnhet(niva: Niva) -> tuple[float, float]:
    """Return how much unevener than chance and an unsure level the blocks of each segment were.

    By moments: the squared error beyond what is expected grows with the mean where care comes in clumps, and with its
    square where the rate itself varies. Both are fitted at once, each weighted by how well it can be seen.
    """
    forsta = min(_LARAR, len(niva.sett) - 1)
    sett, vantat, osakert = niva.sett[forsta:], niva.vantat[forsta:], niva.osakert[forsta:]
    overskott = (sett - vantat) ** 2 - vantat - vantat**2 * osakert
    vikt = 1 / np.maximum(vantat + 2 * vantat**2, 1e-6)
    aa, ab, bb = (float((vikt * vantat**p).sum()) for p in (2, 3, 4))
    ya, yb = (float((vikt * overskott * vantat**p).sum()) for p in (1, 2))
    nolla = max(aa * bb - ab * ab, 1e-9 * aa * bb)
    klump, rest = (ya * bb - yb * ab) / nolla, (yb * aa - ya * ab) / nolla
    # Neither can be less than nothing; the other then takes what there is.
    if klump < 0:
        klump, rest = 0.0, yb / max(bb, 1e-9)
    elif rest < 0:
        klump, rest = ya / max(aa, 1e-9), 0.0
    return min(max(klump, 0.0), _STORSTA_KLUMP), max(rest, 0.0)


def _gemensam(niva: Niva, framat: int, klump: float, ojamnhet: float, sasongens: float) -> float:
    """Return how far all segments together have gone from what they were expected to, beyond what each does alone.

    Every earlier block is an origin: the sum of the blocks after it, over the horizon, against the level before it.
    Neighbours share most of their blocks, and count for less.
    """
    antal = len(niva.sett)
    overskott, storlek = _TYNGD_GEMENSAM * _TROLIG_GEMENSAM**2, _TYNGD_GEMENSAM
    for nr in range(min(_LARAR, antal - 1), antal - framat + 1):
        dagar = niva.exponering[nr : nr + framat].sum()
        per_segment = niva.vantat[nr] / niva.exponering[nr] * dagar
        fel = (niva.sett[nr : nr + framat].sum(axis=0) - per_segment).sum()
        slump = (per_segment * (1 + klump) + per_segment**2 * (niva.osakert[nr] + ojamnhet / framat)).sum()
        # The season is made of the same months, and took a part of what they differed by.
        overskott += (fel**2 / (1 - sasongens) - slump) / max(per_segment.sum() ** 2, 1.0) / framat
        storlek += 1 / framat
    return float(min(_STORSTA_GEMENSAMMA, max(0.0, overskott / storlek) ** 0.5))
