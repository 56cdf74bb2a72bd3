"""The ladder: every method of forecasting care, simplest first, with one interface.

A rung gets the model learnt at the origin (of which the simple rungs use only what was known) and what is asked for,
and returns possible courses per row. A simple rung returns one course; how wrong it tends to be is added from its own
past (``kalibrering``), as for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from domain.prognos import naiva
from domain.prognos.banor import Banor, Del, Uppdrag
from domain.prognos.modell import Flodesmodell
from domain.prognos.simulering import simulera
from domain.prognos.underlag import Raknat

Metod = Callable[[Flodesmodell, Uppdrag], Banor]


@dataclass(frozen=True)
class Steg:
    """A rung: its stored word, what is printed, what it does, and how."""

    namn: str
    etikett: str
    beskrivning: str
    metod: Metod


def _en_bana(enkel: Callable[[Flodesmodell, Uppdrag], Raknat]) -> Metod:
    def metod(modell: Flodesmodell, uppdrag: Uppdrag) -> Banor:
        registrerat = naiva.hittills(modell, uppdrag)
        hela = enkel(modell, uppdrag)
        dygn, kostnad = (np.zeros((len(Del), uppdrag.rader, 1)) for _ in Raknat._fields)
        dygn[Del.PAGAENDE, :, 0] = hela.dygn - registrerat.dygn
        kostnad[Del.PAGAENDE, :, 0] = hela.kostnad - registrerat.kostnad
        return Banor(registrerat, dygn, kostnad)

    return metod


FLODESMODELL = "flodesmodell"

_ALLA = (
    Steg(
        "oforandrad-niva", "Oförändrad nivå",
        "De som är placerade idag är kvar året ut till dagens pris: dagens nivå × återstående dagar × pris.",
        _en_bana(naiva.oforandrad_niva),
    ),
    Steg("takt", "Årets takt", "Det registrerade hittills, uppräknat till hela året.", _en_bana(naiva.takt)),
    Steg(
        "forra-arets-rest", "Förra årets rest",
        "Det registrerade hittills, och för resten av året vad samma dagar kom till i fjol.",
        _en_bana(naiva.forra_arets_rest),
    ),
    Steg(
        FLODESMODELL, "Flödesmodell",
        "Vistelsetid, inflöde, pris och efterregistrering skattade ur liggaren och simulerade till en fördelning.",
        simulera,
    ),
)  # fmt: skip

STEGAR: Mapping[str, Steg] = MappingProxyType({steg.namn: steg for steg in _ALLA})
"""Every method by its stored word, simplest first; the first is the yardstick of MASE."""
