"""Care beside the printed rows: persons and days of a kind of care that a year has in all, less what the rows have.

Each person has one stay. Per year: some stayed on from the year before, the others come; some stay on to the next.
First and last days are then moved within the year until its days are met, which touches no other year.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import numpy as np

from application.syntet.dagar import nyar
from application.syntet.profiler import I32, OPPEN
from application.syntet.uppdrag import SyntetGarInte
from application.syntet.vistelser import andelar

_ANDEL_KVAR = 0.4


@dataclass(frozen=True)
class Arskrav:
    """What a year lacks: care days and persons."""

    ar: int
    vardygn: int
    personer: int


def fyll(rng: np.random.Generator, krav: list[Arskrav], vad: str, slutdag: int) -> tuple[I32, I32]:
    """Return first and last days of stays that give each of the consecutive years its days and persons.

    Raises:
        SyntetGarInte: no stays of a year long at most give so many days.
    """
    start: list[int] = []
    slut: list[int] = []
    kvar: list[int] = []
    for nr, ett in enumerate(krav):
        ar, langd = nyar(ett.ar), 366 if calendar.isleap(ett.ar) else 365
        nasta = krav[nr + 1].personer if nr + 1 < len(krav) else ett.personer
        if nr == 0:
            fore = round(_ANDEL_KVAR * ett.personer)
            start += [ar - int(d) for d in rng.integers(1, 500, fore)]
            slut += [OPPEN] * fore
            kvar = list(range(fore))
        stannar = min(round(_ANDEL_KVAR * min(ett.personer, nasta)), ett.personer)
        nya = list(range(len(start), len(start) + ett.personer - len(kvar)))
        start += [ar] * len(nya)
        slut += [OPPEN] * len(nya)
        alla = np.array(kvar + nya)
        vidare = set(rng.permutation(alla)[:stannar].tolist())
        _arets(rng, ett, vad, (ar, langd), (kvar, nya, vidare), (start, slut))
        kvar = [i for i in alla.tolist() if i in vidare]
    for i in kvar:
        sist = nyar(krav[-1].ar + 1) + int(rng.integers(5, 500))
        slut[i] = sist if sist <= slutdag else OPPEN
    return np.array(start, dtype=np.int32), np.array(slut, dtype=np.int32)


def _arets(
    rng: np.random.Generator,
    krav: Arskrav,
    vad: str,
    aret: tuple[int, int],
    vilka: tuple[list[int], list[int], set[int]],
    dagar: tuple[list[int], list[int]],
) -> None:
    """Set the first and last days that lie in a year."""
    (ar, langd), (kvar, nya, vidare), (start, slut) = aret, vilka, dagar
    hela = [i for i in kvar if i in vidare]
    rorliga = [i for i in kvar if i not in vidare] + nya
    dygn = np.array([int(d) for d in rng.integers(15, langd - 15, len(rorliga))], dtype=np.int64)
    skillnad = krav.vardygn - langd * len(hela) - int(dygn.sum())
    rum = (langd - 1 - dygn) if skillnad > 0 else dygn - 1
    steg = andelar(rum, abs(skillnad))
    if int(steg.sum()) != abs(skillnad):
        raise SyntetGarInte(f"{vad} {krav.ar}: {krav.personer} personer kan inte ha {krav.vardygn} vårddygn.")
    dygn += steg if skillnad > 0 else -steg
    for i, antal in zip(rorliga, dygn.tolist(), strict=True):
        if i in vidare:
            start[i] = ar + langd - antal
        elif start[i] < ar:
            slut[i] = ar + antal
        else:
            start[i] = ar + int(rng.integers(0, langd - antal))
            slut[i] = start[i] + antal
