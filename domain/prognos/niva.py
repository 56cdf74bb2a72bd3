"""The level of what begins, per segment: a Gamma–Poisson level whose memory fades, for every memory at once.

What was seen a block ago weighs ``minne``, two blocks ago its square (Harvey & Fernandes 1989). How long a memory
should be is not known: each is weighed by how well it foretold the segment's own past, from a belief that all segments
share and that is learnt from all of them. A segment whose level jumps then forgets sooner than one that stands still,
and one with little past is as the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from domain.prognos.underlag import F64

BLOCK = 30
"""Days that are counted together."""

_MINNEN = np.array([0.70, 0.80, 0.88, 0.93, 0.96, 0.98, 0.99, 0.997])
_TROLIGT = 3
"""The place of the memory that is believed before anything is seen; each step away is e times less likely."""

_TYNGD_TRO = 2.0
"""How many segments' worth that belief is."""

_TYNGD_NIVA = 0.5
_OFORSTADDA = 3
"""The first blocks only teach."""

_VARV = 10


class Niva(NamedTuple):
    """What each block (row) of each segment was, what was expected by those before it, and the level after all.

    Attributes:
        sett: how many began.
        exponering: days of each block, those weighed down that are not all known.
        vantat: how many were expected.
        osakert: how unsure the level was then: its relative variance.
        alfa, beta: shape and rate of the level now, per day.
        minne: how much a block's knowledge is worth a block later, per segment.
    """

    sett: F64
    exponering: F64
    vantat: F64
    osakert: F64
    alfa: F64
    beta: F64
    minne: F64


def folj(sett: F64, exponering: F64) -> Niva:
    """Return how the level of each segment (column) has gone, block by block (rows, oldest first)."""
    takt, varians = _alla_minnen(sett, exponering)
    vikt = _vikter(_foljsamhet(sett, takt[:, :-1] * exponering[None, :, None], 1 / varians[:, :-1]))
    medel = np.einsum("ms,mbs->bs", vikt, takt)
    # Of a mixture: the variance of each, and how far they are from each other.
    kvadrat = np.einsum("ms,mbs->bs", vikt, takt**2 * (1 + varians))
    osakert = np.maximum(kvadrat / medel**2 - 1, 1e-9)
    alfa = np.maximum(1 / osakert[-1], 1e-3)
    minne = np.exp(np.log(_MINNEN) @ vikt)
    return Niva(sett, exponering, medel[:-1] * exponering[:, None], osakert[:-1], alfa, alfa / medel[-1], minne)


def _alla_minnen(sett: F64, exponering: F64) -> tuple[F64, F64]:
    """Return the level before each block and after the last, and its relative variance, per memory and segment."""
    block, antal = sett.shape
    takt, varians = np.empty((2, len(_MINNEN), block + 1, antal))
    medel = (sett.sum(axis=0) + _TYNGD_NIVA) / (exponering.sum() + BLOCK)
    alfa = np.full((len(_MINNEN), antal), _TYNGD_NIVA)
    beta, minne = alfa / medel, _MINNEN[:, None]
    for nr in range(block + 1):
        if nr < block:
            alfa, beta = minne * alfa, minne * beta
        takt[:, nr], varians[:, nr] = alfa / beta, 1 / np.maximum(alfa, 1e-6)
        if nr < block:
            alfa, beta = alfa + sett[nr], beta + exponering[nr]
    return takt, varians


def _foljsamhet(sett: F64, vantat: F64, form: F64) -> F64:
    """Return how well each memory (row) foretold each segment's blocks (log likelihood).

    The level being unsure, what is foretold is negative binomial: a short memory is not punished for what it says that
    it does not know.
    """
    forsta = min(_OFORSTADDA, len(sett) - 1)
    antal, vantat, form = sett[forsta:], np.maximum(vantat[:, forsta:], 1e-6), form[:, forsta:]
    svar = antal * np.log(vantat / (form + vantat)) - form * np.log1p(vantat / form)
    for nr in range(int(antal.max(initial=0))):
        svar += np.where(antal > nr, np.log(form + nr), 0.0)
    return np.asarray(svar.sum(axis=1))


def _vikter(foljsamhet: F64) -> F64:
    """Return what each memory (row) weighs in each segment: Bayes' rule, the belief learnt from all segments (EM)."""
    fore = np.exp(-np.abs(np.arange(len(_MINNEN)) - _TROLIGT).astype(np.float64))
    fore /= fore.sum()
    likhet = np.exp(foljsamhet - foljsamhet.max(axis=0))
    tro = fore
    for _ in range(_VARV):
        vikt = tro[:, None] * likhet
        vikt /= vikt.sum(axis=0)
        tro = (vikt.sum(axis=1) + _TYNGD_TRO * fore) / (vikt.shape[1] + _TYNGD_TRO)
    return np.asarray(vikt)
