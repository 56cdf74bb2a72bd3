"""The forecasts tried on many invented municipalities with a truth of their own.

Every method gets what the service would give it: the model learnt at the origin and the spread that the ledger's own
past calls for. ``tests.prognos.__main__`` writes what comes of it to ``docs/prognosprov.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from domain.prognos.banor import Uppdrag
from domain.prognos.kalibrering import basta, kalibrera, med_spridning, prova, tidigare_dagar
from domain.prognos.modell import lar
from domain.prognos.poang import crps, intervall
from domain.prognos.stegar import FLODESMODELL, STEGAR
from domain.prognos.underlag import F64, Fonster, Ursprung, rakna
from tests.prognos.kommun import ALLTID, GRUPPER, Slag, dra, dra_med_sanning
from tests.prognos.orakel import orakel

AR = Fonster(date(2019, 1, 1).toordinal(), date(2020, 1, 1).toordinal())
MANADER = (4, 6, 8, 10)
VAGAR = 600

KOMMUNER = (
    Slag("stor", 1.0),
    Slag("liten", 0.12),
    Slag("brott", 0.6, brott=0.3),
    Slag("sen", 0.8, sena=0.35, mycket_sena=0.05),
    Slag("lugn", 0.8, drift=0.08),
)
"""Large, small with thin groups, with breaks of level and length, registered very late, and with little drift."""


class Rad(NamedTuple):
    """How a method did on a row or the total: the total's outcome, what was wrong in kronor, and what held."""

    hela: float
    fel: float
    crps: float
    punktens_fel: float
    i50: bool
    i80: bool
    i95: bool


class Utslag(NamedTuple):
    """How a method did in one municipality at one month."""

    slag: str
    fro: int
    manad: int
    metod: str
    totalt: Rad
    rader: tuple[Rad, ...]


@dataclass(frozen=True)
class Nowcast:
    """The care days of the latest month: how wrong what was registered was, and what was reckoned (shares).

    ``bast`` is how wrong it would have been had everything been known but chance.
    """

    slag: str
    registrerat: float
    beraknat: float
    bast: float


def ursprung(manad: int) -> Ursprung:
    """Return the origin at the end of a month of the year, known the same day."""
    dag = date(2019, manad + 1, 1).toordinal() - 1
    return Ursprung(dag, dag, dag)


def prova_kommun(slag: Slag, fro: int, manader: tuple[int, ...] = MANADER) -> Iterator[Utslag]:
    """Yield how every method did in a municipality, and the one that its past would have chosen (``vald``)."""
    kommun = dra(slag, fro)
    antal = len(kommun.segment)
    sant = rakna(kommun.delar.kanda(ALLTID - 1), AR, AR.till, kommun.segment, antal).kostnad
    for manad in manader:
        nu = ursprung(manad)
        modell = lar(kommun, nu, AR.till - nu.dag)
        uppdrag = Uppdrag(AR, antal, VAGAR, 1)
        tidigare = [Ursprung(dag, dag, dag) for dag in tidigare_dagar(modell.kanda, nu, AR)]
        provade = prova(kommun, nu, tidigare, uppdrag)
        for namn, steg in STEGAR.items():
            ett = steg.metod(modell, uppdrag)
            banor = med_spridning(ett, kalibrera(namn, provade), uppdrag).all_kostnad
            utslag = _utslag((slag.namn, fro, manad, namn), banor, ett.all_kostnad, sant)
            yield utslag
            if namn == (basta(provade) or FLODESMODELL):
                yield utslag._replace(metod="vald")


def _utslag(vad: tuple[str, int, int, str], banor: F64, utan_spridning: F64, sant: F64) -> Utslag:
    hela = float(sant.sum())
    rader = tuple(_rad(banor[nr], utan_spridning[nr], float(u), hela) for nr, u in enumerate(sant) if u > 0)
    return Utslag(*vad, _rad(banor.sum(axis=0), utan_spridning.sum(axis=0), hela, hela), rader)


def _rad(banor: F64, utan_spridning: F64, sant: float, hela: float) -> Rad:
    inom = [lag <= sant <= hog for lag, hog in (intervall(banor, andel) for andel in (0.5, 0.8, 0.95))]
    punkt = float(np.median(utan_spridning))
    return Rad(hela, float(banor.mean()) - sant, crps(banor, sant), abs(punkt - sant), *inom)


def prova_nowcast(slag: Slag, fro: int, manad: int = 6) -> Nowcast:
    """Return how wrong the latest month's care days were, registered and with what is reckoned to come."""
    sanning, antal = dra_med_sanning(slag, fro), len(GRUPPER)
    kommun, nu = sanning.kommun, ursprung(manad)
    fonster = Fonster(date(2019, manad, 1).toordinal(), nu.dag + 1)
    sant = rakna(kommun.delar.kanda(ALLTID - 1), fonster, fonster.till, kommun.segment, antal).dygn.sum()
    modell, uppdrag = lar(kommun, nu, 1), Uppdrag(fonster, antal, VAGAR, 1)
    vart, bast = (STEGAR[FLODESMODELL].metod(m, uppdrag) for m in (modell, orakel(modell, slag, sanning)))
    beraknade = (float(np.median(b.alla_dygn.sum(axis=0))) for b in (vart, bast))
    fel = [dygn / float(sant) - 1 for dygn in (float(vart.registrerat.dygn.sum()), *beraknade)]
    return Nowcast(slag.namn, *fel)
