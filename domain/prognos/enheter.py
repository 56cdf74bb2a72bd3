"""A unit that opens in a scenario: which days it takes over, and what that costs or saves."""

from __future__ import annotations

import numpy as np

from domain.prognos.banor import Banor, Del, Uppdrag
from domain.prognos.scenario import Scenario
from domain.prognos.underlag import F64


def med_enheter(banor: Banor, scenario: Scenario, uppdrag: Uppdrag, dag: int) -> Banor:
    """Return courses where units have taken over what they have room for.

    The days that a row has left are taken to lie evenly over the rest of the window.
    """
    kostnad = banor.kostnad.copy()
    nasta = min(max(dag + 1, uppdrag.fonster.fran), uppdrag.fonster.till)
    for enhet in scenario.enheter:
        oppnar = min(max(enhet.fran, nasta), uppdrag.fonster.till)
        kvar, dagar = uppdrag.fonster.till - nasta, uppdrag.fonster.till - oppnar
        if not dagar:
            continue
        rader = sorted(enhet.rader)
        dygn = _efter(banor.dygn, rader) * dagar / kvar
        pris = np.where(dygn > 0, _efter(banor.kostnad, rader) * dagar / kvar / np.maximum(dygn, 1e-9), 0.0)
        alla = dygn.sum(axis=0)
        plats = np.minimum(alla, enhet.platser * enhet.belaggning * dagar)
        andel = np.where(alla > 0, dygn / np.maximum(alla, 1e-9), 1 / len(rader))
        kostnad[Del.NYA, rader] += andel * (enhet.platser * enhet.kostnad * dagar) - andel * plats * pris
    return Banor(banor.registrerat, banor.dygn, kostnad)


def _efter(tal: F64, rader: list[int]) -> F64:
    return np.asarray(tal[Del.PAGAENDE, rader] + tal[Del.NYA, rader])
