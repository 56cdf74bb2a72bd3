"""Backtest: every past month's end is an origin, with what was known then and nothing else, beside what it became.

The facts are read once, as they are known now, and cut at each origin; what is known now is used for the outcome only.
A year that is not over, or was not fully known, has no outcome, and its origins are shown without scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from application.prognos.arbete import Arbete
from application.prognos.fakta import Prognosfakta
from application.prognos.fragan import Prognosfraga
from application.prognos.svar import Fordelning, fordelning
from application.prognos.tjanst import Prognostiserare, ursprung_vid, valj
from application.queries import Underlag
from domain.begrepp import Prognosslag
from domain.prognos.banor import Uppdrag
from domain.prognos.bokfort import Beloppsslag
from domain.prognos.kalibrering import kalibrera, med_spridning
from domain.prognos.poang import ANDELAR, crps, hopp_mellan, mase, tackning
from domain.prognos.stegar import STEGAR
from domain.prognos.underlag import F64, Fonster, Ursprung
from domain.tid import OANDLIG_DAG, manad_efter

VAGAR = 2_000
VALD = "vald"
"""The method that would have been chosen at each origin, by what was known then."""

_ALLT_KANT_EFTER = 45
"""Days after the end of a year before its outcome is taken as known."""

_TYST = 31
"""Days before the end of a year in which something must have happened, or the ledger had ended before it."""


@dataclass(frozen=True)
class Provfraga:
    """Which origins are tried: the last day of each month, as known ``efter`` days later."""

    prognos: Prognosfraga
    fran: date
    till: date
    efter: int = 0

    @property
    def dagar(self) -> list[date]:
        """Return the days of the origins."""
        dagar, manad = [], self.fran.replace(day=1)
        while manad <= self.till:
            manad = manad_efter(manad)
            dagar.append(manad - timedelta(days=1))
        return dagar


class Provad(NamedTuple):
    """One method at one origin: what it said of the year's total cost, and what that became (None: not known yet)."""

    dag: date
    metod: str
    kostnad: Fordelning
    utfall: float | None
    crps: float | None
    radernas_crps: float | None


class Resultat(NamedTuple):
    """How a method did over the origins with an outcome; kronor, and shares of the outcome."""

    metod: str
    antal: int
    mase: float
    crps: float
    radernas_crps: float
    tackning: Mapping[float, float]
    bias: float
    hopp: float


class Antagen(NamedTuple):
    """A forecast that the board adopted, and ours by what was known just before; kronor for the rows' total."""

    vid: Prognosslag | None
    dag: date
    ar: int
    antagen: float
    var: Fordelning
    metod: str
    utfall: float | None


@dataclass(frozen=True)
class Provsvar:
    """An answered backtest."""

    fraga: Provfraga
    underlag: Underlag
    provade: tuple[Provad, ...]
    resultat: tuple[Resultat, ...]
    antagna: tuple[Antagen, ...]


Utfallen = Callable[[Fonster], F64 | None]
"""Tells what the window of a year came to per row; reckoned once for all origins in it."""


class Bakattestare:
    """Answers backtests."""

    def __init__(self, prognostiserare: Prognostiserare) -> None:
        """Make the forecasts by the ordinary service."""
        self._tjanst = prognostiserare

    def prova(self, fraga: Provfraga, framsteg: Callable[[int], None] = lambda _: None) -> Provsvar:
        """Return how every method would have done; ``framsteg`` is told of every origin that is done."""
        fakta, underlag = self._tjanst.fakta_och_underlag(fraga.prognos, {dag.year for dag in fraga.dagar})
        utfall = cache(partial(utfallet, fakta, underlag))
        provade: list[Provad] = []
        for nr, dag in enumerate(fraga.dagar, start=1):
            ursprung = self._tjanst.ursprung_dagen(dag.toordinal(), fraga.efter)
            if ursprung.position and ursprung.position <= underlag.position:
                provade.extend(self._vid(fakta, ursprung, fraga.prognos, utfall))
            framsteg(nr)
        metoder = (*STEGAR, VALD)
        resultat = tuple(r for metod in metoder if (r := _resultat(metod, provade)) is not None)
        antagna = tuple(self._antagna(fakta, fraga, underlag, utfall))
        return Provsvar(fraga, underlag, tuple(provade), resultat, antagna)

    def _vid(
        self, fakta: Prognosfakta, ursprung: Ursprung, fraga: Prognosfraga, utfallen: Utfallen
    ) -> Iterator[Provad]:
        """Yield what every method said at an origin."""
        ar = date.fromordinal(ursprung.dag).year
        arbete = Arbete(fakta, ursprung, replace(fraga, ar=ar).fonster)
        uppdrag = Uppdrag(arbete.fonster, arbete.antal, VAGAR, fraga.fro)
        provade = self._tjanst.provade(arbete, uppdrag)
        vald = valj(None, provade)[0].metod
        utfall = utfallen(arbete.fonster)
        for namn, steg in STEGAR.items():
            banor = steg.metod(arbete.modell, uppdrag)
            kostnad = arbete.med_bokforing(med_spridning(banor, kalibrera(namn, provade), uppdrag), uppdrag).kostnad
            svar = _provad(ursprung, namn, kostnad, utfall)
            yield svar
            if namn == vald:
                yield svar._replace(metod=VALD)

    def _antagna(
        self, fakta: Prognosfakta, fraga: Provfraga, underlag: Underlag, utfallen: Utfallen
    ) -> Iterator[Antagen]:
        """Yield the board's own forecasts of the tried years, with ours beside them."""
        alla = fakta.belopp.kanda(Beloppsslag.PROGNOS, underlag.galler_den.toordinal(), underlag.position)
        for ordning in sorted({(int(d), int(o)) for d, o in zip(alla.dag, alla.ordning, strict=True)}):
            egna = alla.valda((alla.dag == ordning[0]) & (alla.ordning == ordning[1]))
            ar = date.fromordinal(int(egna.manad[0])).year
            if not fraga.fran.year <= ar <= fraga.till.year:
                continue
            # As it stood just before the forecast itself was recorded.
            ursprung = self._tjanst.ursprung_fore(int(egna.position.max()), int(egna.dag[0]))
            prognos = replace(fraga.prognos, ar=ar)
            arbete = Arbete(fakta, ursprung, prognos.fonster)
            uppdrag = Uppdrag(prognos.fonster, arbete.antal, prognos.vagar, prognos.fro)
            banor, val = self._tjanst.banor(arbete, uppdrag, prognos.metod)
            vid = int(egna.vid[0])
            yield Antagen(
                None if vid < 0 else tuple(Prognosslag)[vid], date.fromordinal(ordning[0]), ar,
                float(egna.belopp.sum()) / 100, fordelning(banor.kostnad.sum(axis=0)), val.metod,
                None if (u := utfallen(prognos.fonster)) is None else float(u.sum()),
            )  # fmt: skip


def utfallet(fakta: Prognosfakta, underlag: Underlag, fonster: Fonster) -> F64 | None:
    """Return what a year came to per row, as known now; None as long as it is not."""
    nu = ursprung_vid(underlag)
    if nu.dag < fonster.till - 1 + _ALLT_KANT_EFTER or _sista_handelse(fakta, underlag.position) < fonster.till - _TYST:
        return None
    arbete = Arbete(fakta, nu, fonster)
    uppdrag = Uppdrag(fonster, arbete.antal, 1, 0)
    return arbete.med_bokforing(STEGAR["takt"].metod(arbete.modell, uppdrag), uppdrag).kostnad[:, 0]


def _sista_handelse(fakta: Prognosfakta, position: int) -> int:
    """Return the last day on which care is known to have begun or ended: the ledger says nothing of later days."""
    kanda = fakta.historia.delar.kanda(position)
    dagar = np.concatenate([kanda.fran, kanda.till[kanda.till < OANDLIG_DAG]])
    return int(dagar.max()) if len(dagar) else 0


def _provad(ursprung: Ursprung, metod: str, kostnad: F64, utfall: F64 | None) -> Provad:
    hela = kostnad.sum(axis=0)
    dag, kort = date.fromordinal(ursprung.dag), fordelning(hela)
    if utfall is None:
        return Provad(dag, metod, kort, None, None, None)
    radernas = sum(crps(kostnad[nr], float(u)) for nr, u in enumerate(utfall))
    summa = float(utfall.sum())
    return Provad(dag, metod, kort, summa, crps(hela, summa), radernas)


def _resultat(metod: str, provade: Sequence[Provad]) -> Resultat | None:
    """Return how a method did; None where no origin has an outcome yet."""
    egna = [p for p in provade if p.metod == metod and p.utfall is not None]
    stock = [p for p in provade if p.metod == next(iter(STEGAR)) and p.utfall is not None]
    if not egna:
        return None
    utfall = [p.utfall or 0.0 for p in egna]
    fel = [p.kostnad.median - u for p, u in zip(egna, utfall, strict=True)]
    ar = sorted({p.dag.year for p in egna})
    hopp = [hopp_mellan([p.kostnad.median for p in egna if p.dag.year == a]) for a in ar]
    return Resultat(
        metod, len(egna), mase(fel, [p.kostnad.median - (p.utfall or 0.0) for p in stock]),
        float(np.mean([p.crps for p in egna])), float(np.mean([p.radernas_crps for p in egna])),
        {andel: tackning((p.kostnad.intervall[andel] for p in egna), utfall) for andel in ANDELAR},
        float(np.sum(fel) / np.sum(utfall)), float(np.nanmean(hopp)) if np.isfinite(hopp).any() else float("nan"),
    )  # fmt: skip
