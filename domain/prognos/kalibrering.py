"""How wrong a method has been on the ledger's own past, and what that does to its spread.

For an origin with so many days passed of its window and so many left, earlier origins are asked for windows of exactly
that shape, whose outcome is known by now. From what the method said then and what it came to:

- a method with a distribution has it stretched (or shrunk) about its mean by one factor for all rows: what its errors
  were to what it said that they would be, over all rows of all those origins, pulled towards one. Origins closer to
  each other than their windows are long share most of what happened, and count for less. That it is so wide is unsure
  too, so the factor varies from path to path, which makes the tails longer and the middle hardly wider;
- a method of one course gets its past errors, all rows of one origin together, as its distribution.

Rows stay tied together on each path, so a total is still the sum of its rows. No path costs less than nothing. Where
the stretching would take what is to come below nothing, or take back more than is registered, it is left at the bound
and the rest is drawn in as much, so that the mean is what it was. The past errors of a method of one course are cut off
where they would: that makes no row's intervals worse, and an expectation below nothing was no expectation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from domain.prognos.banor import Banor, Del, Uppdrag
from domain.prognos.modell import Historia, lar
from domain.prognos.poang import crps
from domain.prognos.stegar import STEGAR
from domain.prognos.underlag import F64, Fonster, Ursprung, Vistelsedelar, rakna
from domain.tid import OANDLIG_DAG

MELLANRUM = 45
"""Days between earlier origins."""

_FLEST = 8
_VAGAR = 200
_LAR_AV = 365
"""Days of ledger before an origin that it must have to learn from."""

_TYNGD = 25.0
"""How many errors of a row the belief is worth that the spread is right as it is."""

_FRIHETSGRADER = 20.0
"""How sure the factor is: as that of so many independent errors. Chosen on invented municipalities (ADR 0024)."""

_LANGST_UTE = 3.5
"""An error counts for no more than so many standard deviations: one very late invoice is no rule."""

_FAKTORGRANS = (0.75, 2.0)
_FEL_SPRIDNING = 0.25
_MINSTA = 1e-9


class Tidigare(NamedTuple):
    """What a method said of an earlier window, and what it came to: kronor per row (and path).

    ``vikt`` is how much of what happened in it did not in the next such window too.
    """

    metod: str
    banor: F64
    utfall: F64
    vikt: float = 1.0

    @property
    def utslag(self) -> F64:
        """Return how many of its own standard deviations each row was wrong by; rows that cannot vary are left out."""
        spridning = self.banor.std(axis=1)
        med = spridning > 0
        fel = self.fel[med] / spridning[med]
        return np.asarray(np.minimum(np.maximum(fel, -_LANGST_UTE), _LANGST_UTE))

    @property
    def fel(self) -> F64:
        """Return outcome less expectation, per row."""
        return np.asarray(self.utfall - self.banor.mean(axis=1))

    @property
    def poang(self) -> float:
        """Return the score: of the total and of every row, added up, so that a row that is wrong costs too."""
        rader = sum(crps(rad, float(utfall)) for rad, utfall in zip(self.banor, self.utfall, strict=True))
        return crps(self.banor.sum(axis=0), float(self.utfall.sum())) + rader


def tidigare_dagar(kanda: Vistelsedelar, ursprung: Ursprung, fonster: Fonster) -> list[int]:
    """Return the days of earlier origins whose windows of the same shape are known by now, latest first."""
    slutade = kanda.till[kanda.till < OANDLIG_DAG]
    if not len(slutade) or ursprung.dag >= fonster.till - 1:
        return []
    gatt, kvar = ursprung.dag + 1 - fonster.fran, fonster.till - 1 - ursprung.dag
    forsta = int(slutade.min()) + max(gatt, _LAR_AV)
    dagar = (ursprung.dag - kvar - MELLANRUM * nr for nr in range(1, _FLEST + 1))
    return [dag for dag in dagar if dag >= forsta]


def prova(historia: Historia, nu: Ursprung, tidigare: Sequence[Ursprung], uppdrag: Uppdrag) -> list[Tidigare]:
    """Return what every method would have said at earlier origins, and what it came to as known now."""
    kanda, provade = historia.delar.kanda(nu.position), []
    for da in tidigare:
        fonster = Fonster(uppdrag.fonster.fran - nu.dag + da.dag, uppdrag.fonster.till - nu.dag + da.dag)
        modell = lar(historia, da, fonster.till - da.dag)
        utfall = rakna(kanda, fonster, fonster.till, historia.segment, uppdrag.rader).kostnad
        for namn, steg in STEGAR.items():
            banor = steg.metod(modell, Uppdrag(fonster, uppdrag.rader, _VAGAR, uppdrag.fro))
            provade.append(Tidigare(namn, banor.all_kostnad, utfall, min(1.0, MELLANRUM / (fonster.till - 1 - da.dag))))
    return provade


@dataclass(frozen=True)
class Kalibrering:
    """What a method's past says of it: the factor of its spread, its past errors, and how many origins there were."""

    metod: str
    faktor: float
    fel: tuple[F64, ...]

    @property
    def antal(self) -> int:
        """Return how many earlier origins it rests on."""
        return len(self.fel)


def kalibrera(metod: str, provade: Sequence[Tidigare]) -> Kalibrering:
    """Return what a method's past says of it."""
    egna = [t for t in provade if t.metod == metod]
    utslag = [(t.vikt, t.utslag) for t in egna if t.banor.shape[1] > 1]
    fel = _TYNGD + sum(vikt * float((u**2).sum()) for vikt, u in utslag)
    antal = _TYNGD + sum(vikt * len(u) for vikt, u in utslag)
    faktor = float(np.clip((fel / antal) ** 0.5, *_FAKTORGRANS))
    return Kalibrering(metod, faktor, tuple(t.fel for t in egna))


def medelpoang(provade: Sequence[Tidigare]) -> dict[str, float]:
    """Return the mean score of each method on the own past, in kronor."""
    metoder = dict.fromkeys(t.metod for t in provade)
    return {m: float(np.mean([t.poang for t in provade if t.metod == m])) for m in metoder}


def basta(provade: Sequence[Tidigare]) -> str | None:
    """Return the method with the lowest mean score on the own past; None where there is no past."""
    medel = medelpoang(provade)
    return min(medel, key=lambda m: medel[m]) if medel else None


def med_spridning(banor: Banor, kalibrering: Kalibrering, uppdrag: Uppdrag) -> Banor:
    """Return the courses with the spread that the method's past says it should have."""
    rng = np.random.Generator(np.random.SFC64([uppdrag.fro, 99]))
    registrerat = banor.registrerat
    if banor.kostnad.shape[2] > 1:
        matt = rng.chisquare(_FRIHETSGRADER, banor.kostnad.shape[2]) / _FRIHETSGRADER
        faktor = kalibrering.faktor * matt**-0.5
        dygn = _stracka(banor.dygn, faktor, registrerat.dygn)
        return Banor(registrerat, dygn, _stracka(banor.kostnad, faktor, registrerat.kostnad))
    if not kalibrering.fel:
        return banor
    fel = np.array(kalibrering.fel)[rng.integers(0, len(kalibrering.fel), uppdrag.vagar)].T
    fel = fel * (1 + _FEL_SPRIDNING * rng.standard_normal(uppdrag.vagar))
    dygn, kostnad = (np.repeat(x, uppdrag.vagar, axis=2) for x in (banor.dygn, banor.kostnad))
    hela = banor.all_kostnad
    per_krona = np.where(hela > 0, banor.alla_dygn / np.maximum(hela, _MINSTA), 0.0)
    fel = np.maximum(fel, np.minimum(0, -hela))
    kostnad[-1] += fel
    dygn[-1] += fel * per_krona
    return Banor(registrerat, dygn, kostnad)


def _stracka(banor: F64, faktor: F64, registrerat: F64) -> F64:
    """Return courses stretched about their mean, which stays where it is, by a factor per path.

    None has less than nothing to come, or takes back more than is registered.
    """
    medel = banor.mean(axis=2, keepdims=True)
    avstand = (banor - medel) * faktor
    strackta = np.asarray(avstand - avstand.mean(axis=2, keepdims=True) + medel)
    strackta[Del.SENA] = _inte_under(strackta[Del.SENA], banor[Del.SENA], -registrerat[:, None])
    # Of what is to come the whole is bounded and not each part: that changes least of the spread.
    kommer, fore = (x[Del.PAGAENDE] + x[Del.NYA] for x in (strackta, banor))
    strackta[Del.NYA] += _inte_under(kommer, fore, np.zeros((len(registrerat), 1))) - kommer
    return strackta


def _inte_under(strackta: F64, fore: F64, golv: F64) -> F64:
    """Return courses of rows nowhere below a floor, or the lowest before the stretching, with the mean from before."""
    golv = np.minimum(golv, fore.min(axis=1, keepdims=True))
    over = np.maximum(strackta - golv, 0)
    indragning = (fore.mean(axis=1, keepdims=True) - golv) / np.maximum(over.mean(axis=1, keepdims=True), _MINSTA)
    return np.asarray(golv + over * indragning)
