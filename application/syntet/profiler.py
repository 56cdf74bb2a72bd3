"""How care usually goes: invented but plausible proportions, one place to read and change them.

Nothing here describes a particular municipality. Lengths are days; shares lie between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.begrepp import Avslutsorsak, Insatsform, Kon, Lagrum, Malgrupp, Prissort, Utforarslag

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
I8 = npt.NDArray[np.int8]
F64 = npt.NDArray[np.float64]
B = npt.NDArray[np.bool_]

OPPEN = 1 << 24
"""The day number that stands for "not ended within the history"."""


@dataclass(frozen=True)
class Formprofil:
    """How stays in a form go.

    Attributes:
        median: median days from first to last day, moves included.
        spridning: standard deviation of the logarithm of the length.
        slag: what its providers are.
        personer_per_utforare: how many persons a provider has at a time.
        lvu: share of children's stays under LVU.
        lvm: share of adults' stays under LVM.
        heldygn: whether the person lives there (then care is considered anew every six months).
        felform: the form that is recorded by mistake.
    """

    median: float
    spridning: float
    slag: Utforarslag
    personer_per_utforare: float
    lvu: float = 0.0
    lvm: float = 0.0
    heldygn: bool = True
    felform: Insatsform = Insatsform.HVB


PROFILER: dict[Insatsform, Formprofil] = {
    Insatsform.HVB: Formprofil(125, 0.85, Utforarslag.HVB, 4, lvu=0.3, felform=Insatsform.STODBOENDE),
    Insatsform.SIS: Formprofil(150, 0.6, Utforarslag.SIS, 4, lvu=0.95),
    Insatsform.FAMILJEHEM_EGET: Formprofil(
        700, 0.95, Utforarslag.FAMILJEHEM, 1.6, lvu=0.35, felform=Insatsform.JOURHEM
    ),
    Insatsform.FAMILJEHEM_KONSULENT: Formprofil(400, 0.85, Utforarslag.KONSULENTFORETAG, 6, lvu=0.35),
    Insatsform.JOURHEM: Formprofil(75, 0.6, Utforarslag.JOURHEM, 1.5, lvu=0.3, felform=Insatsform.FAMILJEHEM_EGET),
    Insatsform.STODBOENDE: Formprofil(200, 0.7, Utforarslag.STODBOENDE, 4),
    Insatsform.SKYDDAT_BOENDE: Formprofil(60, 0.8, Utforarslag.SKYDDAT_BOENDE, 4, felform=Insatsform.STODBOENDE),
    Insatsform.BOENDE_MISSBRUK: Formprofil(150, 0.8, Utforarslag.BOENDE, 6, felform=Insatsform.INSTITUTION_MISSBRUK),
    Insatsform.VARD_ICKE_MISSBRUK: Formprofil(110, 0.8, Utforarslag.BOENDE, 5, felform=Insatsform.SKYDDAT_BOENDE),
    Insatsform.INSTITUTION_MISSBRUK: Formprofil(
        95, 0.7, Utforarslag.HVB, 6, lvm=0.12, felform=Insatsform.BOENDE_MISSBRUK
    ),
    Insatsform.OPPENVARD_MISSBRUK: Formprofil(
        110, 0.7, Utforarslag.OPPENVARD, 8, heldygn=False, felform=Insatsform.BOENDE_MISSBRUK
    ),
    Insatsform.OPPENVARD_DYGN: Formprofil(
        140, 0.7, Utforarslag.OPPENVARD, 4, heldygn=False, felform=Insatsform.STODBOENDE
    ),
}

EGNA_FORMER = (Insatsform.FAMILJEHEM_EGET, Insatsform.JOURHEM)
"""Forms that the municipality runs itself unless the row says otherwise."""

FORSTA_FORMENS_ANDEL = 0.85
"""Share of the first form in a row that counts several; the others share the rest."""

LANGSTA_VISTELSE = {Malgrupp.BARN: 2900, Malgrupp.UNGA: 1450, Malgrupp.ENSAMKOMMANDE: 1450, Malgrupp.VUXNA: 2200}
"""Longest unbroken care in a target group, so that ages stay within it."""

ALDRAR = {Malgrupp.BARN: (0, 12), Malgrupp.UNGA: (13, 20), Malgrupp.ENSAMKOMMANDE: (13, 20), Malgrupp.VUXNA: (21, 78)}
"""Youngest and oldest in a target group."""

ANDEL_MAN = {Malgrupp.BARN: 0.5, Malgrupp.UNGA: 0.54, Malgrupp.ENSAMKOMMANDE: 0.75, Malgrupp.VUXNA: 0.66}
MALGRUPPSVIKT = {Malgrupp.BARN: 6.0, Malgrupp.UNGA: 4.0, Malgrupp.ENSAMKOMMANDE: 0.0, Malgrupp.VUXNA: 0.0}
FEL_MALGRUPP = {
    Malgrupp.BARN: Malgrupp.UNGA,
    Malgrupp.UNGA: Malgrupp.BARN,
    Malgrupp.ENSAMKOMMANDE: Malgrupp.UNGA,
    Malgrupp.VUXNA: Malgrupp.UNGA,
}

SASONG = (1.12, 1.12, 1.10, 1.0, 0.98, 0.92, 0.55, 0.9, 1.15, 1.18, 1.13, 0.85)
"""New stays per month, January first, against an even year."""

AVSLUTSORSAKER: tuple[tuple[Avslutsorsak, float], ...] = (
    (Avslutsorsak.ENLIGT_PLAN, 0.52),
    (Avslutsorsak.MAL_UPPNATT, 0.19),
    (Avslutsorsak.EGET_AVBROTT, 0.10),
    (Avslutsorsak.SAMMANBROTT, 0.08),
    (Avslutsorsak.FLYTT, 0.04),
    (Avslutsorsak.ANNAN, 0.065),
    (Avslutsorsak.AVLIDEN, 0.005),
)
ANDEL_ALDERSGRANS = 0.08
"""Young people's planned ends that are due to age."""
ANDEL_VARDNADSOVERFLYTTNING = 0.1
"""Planned ends in the board's own family homes where the home took over custody."""
ANDEL_SAMMANBROTT_FORE_NY = 0.5
"""Ends in breakdown, of those who soon come back."""
PLANERADE_ORSAKER = (
    Avslutsorsak.ENLIGT_PLAN,
    Avslutsorsak.MAL_UPPNATT,
    Avslutsorsak.FLYTT,
    Avslutsorsak.ALDERSGRANS,
    Avslutsorsak.VARDNADSOVERFLYTTNING,
)

VANLIGT_PRIS: dict[Insatsform, tuple[Prissort, float]] = {
    Insatsform.HVB: (Prissort.DYGN, 4900), Insatsform.SIS: (Prissort.DYGN, 7600),
    Insatsform.FAMILJEHEM_EGET: (Prissort.MANAD, 24000), Insatsform.FAMILJEHEM_KONSULENT: (Prissort.DYGN, 2000),
    Insatsform.JOURHEM: (Prissort.MANAD, 39000), Insatsform.STODBOENDE: (Prissort.DYGN, 1700),
    Insatsform.SKYDDAT_BOENDE: (Prissort.DYGN, 2100), Insatsform.BOENDE_MISSBRUK: (Prissort.DYGN, 1000),
    Insatsform.VARD_ICKE_MISSBRUK: (Prissort.DYGN, 2000), Insatsform.INSTITUTION_MISSBRUK: (Prissort.DYGN, 2700),
    Insatsform.OPPENVARD_MISSBRUK: (Prissort.DYGN, 1400), Insatsform.OPPENVARD_DYGN: (Prissort.DYGN, 2100),
}  # fmt: skip
"""Price in kronor where none is printed."""

PRISUPPRAKNING = 0.025
"""Yearly price index."""

ANDEL_BYTEN = 0.14
"""New stays by move, against stays in all."""
ANDEL_ATERKOMMANDE = 0.22
"""Stays that begin with somebody who recently had another."""
ANDEL_DIREKTUPPHANDLING = 0.14
ANDEL_UTAN_AVTAL = 0.2
"""Providers without a framework agreement."""
ANDEL_PRISANDRADE = 0.03
"""Placements with a price change of their own, besides the yearly index."""
ANDEL_UPPRAKNADE = 0.93
"""Running placements whose price follows the index on 1 January."""
ANDEL_OMPLANERADE = 0.22
ANDEL_BYTT_LAGRUM = 0.015
ANDEL_FRANVARO = 0.027
ANDEL_BETALD_FRANVARO = 0.7
ANDEL_OVERVAGDA = 0.86
ANDEL_OMPROVNING = 0.4
"""Considerations under LVU that are a new trial instead."""
ANDEL_UTVARDERADE = 0.42
ANDEL_ARBETADE = 0.76
MALUPPFYLLELSE = (0.38, 0.40, 0.22)
"""To a great extent, partly, not."""
ANDEL_RATTADE = 0.018
ANDEL_MAKULERADE = 0.002

BARN_OCH_UNGA = (Malgrupp.BARN, Malgrupp.UNGA, Malgrupp.ENSAMKOMMANDE)

MALGRUPPER = tuple(Malgrupp)
FORMER = tuple(Insatsform)
LAGRUM = tuple(Lagrum)
KON = tuple(Kon)
ORSAKER = tuple(Avslutsorsak)


def dra_langder(rng: np.random.Generator, profil: Formprofil, tak: int, antal: int) -> I32:
    """Return drawn lengths of care in days, at least one, at most ``tak``."""
    dragna = np.exp(rng.normal(np.log(profil.median), profil.spridning, antal))
    return np.asarray(np.clip(np.rint(dragna), 1, tak), dtype=np.int32)
