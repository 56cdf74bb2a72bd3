"""The act each stay rests on, and its changes, so that persons per act, sex and period are as many as printed.

Year by year: those under the act since before stay under it, unless they are too many; then some pass to SoL between
the periods. If they are too few, more stays are put under the act, from their first day or from a day in the period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from application.rapporter.radmappning import Rad
from application.syntet.dagar import dagnr
from application.syntet.krav import Tal
from application.syntet.matt import LAGRUMSORD
from application.syntet.personer import Folk
from application.syntet.placeringar import Placeringar
from application.syntet.profiler import (
    ANDEL_BYTT_LAGRUM,
    BARN_OCH_UNGA,
    FORMER,
    I8,
    I32,
    KON,
    LAGRUM,
    MALGRUPPER,
    PROFILER,
    B,
)
from domain.begrepp import Lagrum

SOL = LAGRUM.index(Lagrum.SOL)
_MELLANRUM = 20  # days after a period within which somebody passes to SoL


@dataclass(frozen=True)
class Lagrumsval:
    """Index in LAGRUM per stay at its first day, and the changes: stay, day, new index."""

    fran_borjan: I8
    ref: I32
    dag: I32
    nytt: I8


def forsta_lagrum(rng: np.random.Generator, p: Placeringar, rader: Sequence[Rad]) -> I8:
    """Return the act each stay rests on, as drawn; a row that counts only some acts has them."""
    lvu = np.array([PROFILER[f].lvu if f in PROFILER else 0.0 for f in FORMER])[p.form]
    lvm = np.array([PROFILER[f].lvm if f in PROFILER else 0.0 for f in FORMER])[p.form]
    barn = barn_och_unga(p)
    tvang = rng.random(len(p)) < np.where(barn, lvu, lvm)
    lagrum = np.where(tvang, np.where(barn, LAGRUM.index(Lagrum.LVU), LAGRUM.index(Lagrum.LVM)), SOL).astype(np.int8)
    for index, rad in enumerate(rader):
        if rad.urval.lagrum:
            tillatna = [LAGRUM.index(varde) for varde in rad.urval.lagrum]
            lagrum = np.where((p.rad == index) & ~np.isin(lagrum, tillatna), tillatna[0], lagrum).astype(np.int8)
    return lagrum


def barn_och_unga(p: Placeringar) -> B:
    """Return which stays are children's and young people's."""
    return np.isin(p.malgrupp, [MALGRUPPER.index(m) for m in BARN_OCH_UNGA])


def slumpade_byten(rng: np.random.Generator, p: Placeringar, lagrum: I8, sista: I32, kort: int) -> Lagrumsval:
    """Return the acts with a few children's changes between SoL and LVU."""
    ref = np.flatnonzero(barn_och_unga(p) & (rng.random(len(p)) < ANDEL_BYTT_LAGRUM) & (sista - p.start > kort)).astype(
        np.int32
    )
    nytt = np.where(lagrum[ref] == SOL, LAGRUM.index(Lagrum.LVU), SOL).astype(np.int8)
    dag = p.start[ref] + 1 + (rng.random(len(ref)) * (sista[ref] - p.start[ref])).astype(np.int32)
    return Lagrumsval(lagrum, ref, dag.astype(np.int32), nytt)


def mott_lagrum(
    rng: np.random.Generator, p: Placeringar, folk: Folk, sista: I32, tal: list[Tal], skala: int
) -> tuple[Lagrumsval, list[str]]:
    """Return the acts that meet the printed figures, and notes on those that cannot be met.

    Only stays that end after the first printed period begins can be under the acts that figures are printed for.
    """
    byten: list[tuple[int, int, int]] = []
    fran_borjan = np.full(len(p), SOL, dtype=np.int8)
    noter: list[str] = []
    for ord_, akt in LAGRUMSORD.items():
        egna = [t for t in tal if t.etikett.lower() == ord_ and not t.del_.andel]
        for kon in sorted({t.kon for t in egna}, key=lambda k: k.value if k else ""):
            # The total is that of the sexes where they are printed.
            if kon is None and any(t.kon for t in egna):
                continue
            mal = [(t, int(t.varde) * skala) for t in egna if t.kon == kon]
            kan = _kandidater(p, akt) & ((folk.kon[p.person] == KON.index(kon)) if kon else True)
            noter += _en_serie(rng, p, kan, sista, akt, mal, fran_borjan, byten)
    byten.sort(key=lambda b: (b[0], b[1]))
    ref, dag, nytt = (np.array([b[k] for b in byten], dtype=np.int32) for k in range(3))
    return Lagrumsval(fran_borjan, ref, dag, nytt.astype(np.int8)), noter


def _kandidater(p: Placeringar, akt: Lagrum) -> B:
    """Return the stays that can be under an act: those of the forms, and of the age, that it is usual for."""
    andel = np.array([getattr(PROFILER[f], akt.value.lower()) if f in PROFILER else 0.0 for f in FORMER])
    barn = barn_och_unga(p)
    return np.asarray((andel[p.form] > 0) & (barn if akt is Lagrum.LVU else ~barn))


def _en_serie(
    rng: np.random.Generator,
    p: Placeringar,
    kan: B,
    sista: I32,
    akt: Lagrum,
    mal: list[tuple[Tal, int]],
    fran_borjan: I8,
    byten: list[tuple[int, int, int]],
) -> list[str]:
    """Put stays under an act, and take them from it, period by period; return notes."""
    nummer = LAGRUM.index(akt)
    under: set[int] = set()
    noter: list[str] = []
    upptagen = np.maximum(p.slut, p.start + 1)
    for nr, (tal, antal) in enumerate(mal):
        fran, till = dagnr(tal.period.fran), dagnr(tal.period.till)
        har = kan & (p.start < till) & (upptagen > fran)
        kvar = sorted(i for i in under if har[i])
        personer = sorted({int(p.person[i]) for i in kvar})
        if len(personer) > antal and nr:
            bort = set(rng.permutation(personer)[: len(personer) - antal].tolist())
            gamla = dagnr(mal[nr - 1][0].period.till)
            for i in (i for i in kvar if int(p.person[i]) in bort):
                dag = min(max(gamla, int(p.start[i]) + 1) + int(rng.integers(0, _MELLANRUM)), fran - 1, int(sista[i]))
                byten.append((i, dag, SOL))
            personer = [x for x in personer if x not in bort]
            under -= {i for i in under if int(p.person[i]) in bort}
        nya, tagna, bytta = [], set(personer), {i for i, _, _ in byten}
        for i in rng.permutation(np.flatnonzero(har)).tolist():
            if len(tagna) >= antal:
                break
            if int(p.person[i]) not in tagna and i not in bytta:
                tagna.add(int(p.person[i]))
                nya.append(i)
        for i in nya:
            under.add(i)
            if p.start[i] >= (dagnr(mal[nr - 1][0].period.till) if nr else -(1 << 30)):
                fran_borjan[i] = nummer
            else:
                byten.append((i, fran + int(rng.integers(0, max(1, min(till, int(upptagen[i])) - fran))), nummer))
        if len(tagna) != antal:
            noter.append(f"{akt.value} {tal.period}: {antal} personer är tryckta men {len(tagna)} nåddes.")
    return noter
