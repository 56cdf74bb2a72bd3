"""The flow model played forward: many possible courses of the rest of the window, all rows together.

On every path the same draws decide all rows, so a total is the sum of its rows path by path and carries what moves them
together: the shared shocks, the people who move between forms, the unsure registration delay.

Random numbers come from generators that belong to a part of the simulation and a segment. What one part uses moves no
other, so a scenario and its baseline meet the same chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from domain.prognos.inflode import BLOCK
from domain.prognos.modell import Flodesmodell
from domain.prognos.overlevnad import redan_slutat
from domain.prognos.underlag import (
    B,
    F64,
    I64,
    INGET_PRIS,
    Fonster,
    Kalender,
    Raknat,
    Vistelsedelar,
    kalender,
    rakna,
)
from domain.tid import OANDLIG_DAG, manad_efter

_OSAKERT_FORLOPP = 0.05
"""How unsure the length of all care together is beyond chance: the standard deviation of a shared factor."""

_TYNGD_LANGD = 6.0
_FLEST_FLYTTAR = 4
_I_TAGET = 64
_KANT_NOG = 0.999
_INGEN_SPRIDNING = 1e-6


class Del(IntEnum):
    """Where simulated days and costs come from."""

    SENA = 0
    """Up to the origin: care not registered yet, less ends not registered yet."""
    PAGAENDE = 1
    """After the origin: care that was known to go on."""
    NYA = 2
    """After the origin: care that was not known."""


@dataclass(frozen=True)
class Banor:
    """Possible courses: what is registered, and per part, row and path what comes beside it; days and kronor."""

    registrerat: Raknat
    dygn: F64
    kostnad: F64

    @property
    def alla_dygn(self) -> F64:
        """Return the window's care days per row and path."""
        return self.registrerat.dygn[:, None] + self.dygn.sum(axis=0)

    @property
    def all_kostnad(self) -> F64:
        """Return the window's cost per row and path."""
        return self.registrerat.kostnad[:, None] + self.kostnad.sum(axis=0)


class Uppdrag(NamedTuple):
    """What is simulated: which days, how many rows, how many paths, and the seed."""

    fonster: Fonster
    rader: int
    vagar: int
    fro: int


class _Slag(IntEnum):
    """What a generator of random numbers is for."""

    GEMENSAMT = 0
    PAGAENDE = 1
    FLYTT = 2
    INFLODE = 3
    NYA = 4


class _Del(NamedTuple):
    """Some days on which care may begin, the exposure of each, and whether they have passed."""

    fran: int
    vikter: F64
    passerad: bool


def simulera(delar: Vistelsedelar, modell: Flodesmodell, uppdrag: Uppdrag) -> Banor:
    """Return possible courses of a window, as the flow model sees them from its origin."""
    ursprung = modell.flode.ursprung
    registrerat = rakna(
        delar, ursprung.position, uppdrag.fonster, ursprung.dag + 1, modell.segment, uppdrag.rader
    )
    return _Simulering(modell, uppdrag).kor(registrerat)


class _Simulering:
    """One run."""

    def __init__(self, modell: Flodesmodell, uppdrag: Uppdrag) -> None:
        self.m, self.u = modell, uppdrag
        self.dag, self.kand, _ = modell.flode.ursprung
        self.nasta = min(max(self.dag + 1, uppdrag.fonster.fran), uppdrag.fonster.till)
        self.kalender: Kalender = kalender(*uppdrag.fonster, self.dag, modell.hojning)
        self.lopande = self.kalender.lopande
        form = (len(Del), uppdrag.rader, uppdrag.vagar)
        self.dygn, self.kostnad = np.zeros(form), np.zeros(form)
        self.flyttade: list[tuple[int, I64, I64]] = []
        self.bakat = self._bakat()
        self.takt, self.gemensamt, self.fordrojning = self._takt(), self._gemensamt(), self._osaker_fordrojning()

    def kor(self, registrerat: Raknat) -> Banor:
        for segment in range(len(self.m.segment)):
            self._pagaende(segment)
            self._inflodet(segment)
        for generation in range(_FLEST_FLYTTAR):
            flyttade, self.flyttade = self.flyttade, []
            for segment in sorted({till for till, _, _ in flyttade}):
                egna = [(vag, dag) for till, vag, dag in flyttade if till == segment]
                vag, dag = (np.concatenate(del_) for del_ in zip(*egna, strict=True))
                self._nya(segment, vag, dag, generation + 1)
        return Banor(registrerat, self.dygn, self.kostnad)

    def _slump(self, slag: _Slag, nyckel: int = 0, nr: int = 0) -> np.random.Generator:
        return np.random.Generator(np.random.SFC64([self.u.fro, int(slag), nyckel, nr]))

    def _segmentets(self, slag: _Slag, segment: int, nr: int = 0) -> np.random.Generator:
        return self._slump(slag, self.m.segment[segment].nyckel, nr)

    def _bakat(self) -> int:
        """Return how many days back something may still be unregistered."""
        dagar = np.arange(len(self.m.sena_slut.andel))
        kant = np.minimum(self.m.sena_slut.kant(dagar), self.m.sena_starter.kant(dagar))
        return max(1, int(np.searchsorted(kant, _KANT_NOG)) - (self.kand - self.dag))

    def _takt(self) -> F64:
        """Return how much slower each segment's care ends than learnt, per path: unsure alone and together."""
        gemensamt = self._slump(_Slag.GEMENSAMT).standard_normal(self.u.vagar) * _OSAKERT_FORLOPP
        spridning = (self.m.langder.antal + _TYNGD_LANGD) ** -0.5
        egna = np.array([
            self._segmentets(_Slag.GEMENSAMT, nr).standard_normal(self.u.vagar) * s for nr, s in enumerate(spridning)
        ]).reshape(len(spridning), self.u.vagar)  # fmt: skip
        varians = spridning[:, None] ** 2 + _OSAKERT_FORLOPP**2
        return np.exp(egna + gemensamt - varians / 2)

    # Care that was known to go on -----------------------------------------------------------------------------------

    def _pagaende(self, segment: int) -> None:
        rng = self._segmentets(_Slag.PAGAENDE, segment)
        alla = np.flatnonzero(self.m.flode.pagar & (self.m.flode.segment == segment))
        for nr in range(0, len(alla), _I_TAGET):
            self._nagra_pagaende(segment, alla[nr : nr + _I_TAGET], rng)

    def _nagra_pagaende(self, segment: int, vilka: I64, rng: np.random.Generator) -> None:
        f, rad = self.m.flode, self.m.segment[segment].rad
        prissort, pris = self._priser(segment, f.prissort[vilka], f.pris[vilka])
        tathet, _ = redan_slutat(
            self.m.langder, f.segment[vilka], f.start[vilka], self.dag, self.kand, self.m.sena_slut, self.bakat
        )
        slutat = np.cumsum(tathet, axis=1)
        lott = rng.random((len(vilka), self.u.vagar))
        redan = lott < slutat[:, -1:]
        alder = (self.dag - f.start[vilka]).astype(np.float64)
        hasard = self.m.langder.kumulativ(segment, alder)[:, None]
        kvar = rng.standard_exponential(redan.shape) * self.takt[segment]
        kvar = np.ceil(self.m.langder.dagar_vid(segment, hasard + kvar) - alder[:, None])
        slut = np.where(redan, self.nasta, self.dag + np.maximum(kvar, 1)).astype(np.int64)
        till = np.clip(slut, self.nasta, self.u.fonster.till)
        self.dygn[Del.PAGAENDE, rad] += (till - self.nasta).sum(axis=0)
        kostnad = self._kostnad(self.nasta, till, prissort[:, None]) * pris[:, None]
        for nr in np.flatnonzero(f.byte_dag[vilka] < OANDLIG_DAG):
            fran = np.clip(f.byte_dag[vilka][nr], self.nasta, till[nr])
            kostnad[nr] += self._kostnad(fran, till[nr], prissort[nr]) * (f.byte_pris[vilka][nr] / 100 - pris[nr])
        self.kostnad[Del.PAGAENDE, rad] += kostnad.sum(axis=0)
        self._redan_slutade(rad, redan, lott, slutat, prissort, pris)
        self._flytta(segment, *np.nonzero(~redan & (slut < self.u.fonster.till)), slut)

    def _redan_slutade(
        self, rad: int, redan: B, lott: F64, slutat: F64, prissort: I64, pris: F64
    ) -> None:
        """Take away the days that were counted after ends that are not registered yet."""
        nr, vag = np.nonzero(redan)
        if not len(nr):
            return
        # One search for all: each stay's chances lie on a step of their own.
        trappa = (slutat + 2 * np.arange(len(slutat))[:, None]).ravel()
        plats = np.searchsorted(trappa, lott[nr, vag] + 2 * nr, side="right") - nr * slutat.shape[1]
        slut = np.clip(self.dag - self.bakat + 1 + plats, self.u.fonster.fran, self.nasta)
        self._lagg(Del.SENA, rad, vag, -(self.nasta - slut).astype(np.float64),
                   -self._kostnad(slut, self.nasta, prissort[nr]) * pris[nr])

    def _priser(self, segment: int, prissort: I64, pris: F64) -> tuple[I64, F64]:
        """Return what open care costs, in kronor; that without a known price as new care does on average."""
        bank = self.m.priser[segment]
        okant = prissort == INGET_PRIS
        vanligast = int(np.bincount(bank.prissort).argmax())
        medel = float(bank.pris[bank.prissort == vanligast].mean())
        return np.where(okant, vanligast, prissort), np.where(okant, medel, pris) / 100

    def _kostnad(self, fran: I64 | int, till: I64, prissort: I64 | int) -> F64:
        """Return what days cost per krona of price, within the window."""
        f = self.u.fonster.fran
        return np.asarray(self.lopande[prissort, till - f] - self.lopande[prissort, fran - f])

    def _lagg(self, del_: Del, rad: int, vag: I64, dygn: F64, kostnad: F64) -> None:
        self.dygn[del_, rad] += np.bincount(vag, weights=dygn, minlength=self.u.vagar)
        self.kostnad[del_, rad] += np.bincount(vag, weights=kostnad, minlength=self.u.vagar)

    # Care that was not known ----------------------------------------------------------------------------------------

    def _inflodet(self, segment: int) -> None:
        """Draw how much care begins, in days not fully registered yet and in the rest of the window."""
        i, rng = self.m.inflode, self._segmentets(_Slag.INFLODE, segment)
        framat = max(self.u.fonster.till - self.dag, 0) / BLOCK / 2
        form = np.maximum(i.alfa[segment] * i.minne**framat, 1e-3)
        niva = rng.gamma(form, i.niva[segment] / form, self.u.vagar)
        vagar = np.arange(self.u.vagar)
        alla_vagar, alla_dagar = [], []
        for del_ in self._delar():
            exponering = float(del_.vikter.sum())
            vantat = niva * exponering * self._ojamnt(rng, len(del_.vikter))
            vantat *= self.fordrojning if del_.passerad else self.gemensamt
            antal = rng.poisson(vantat)
            steg = np.cumsum(del_.vikter) / max(exponering, 1e-12)
            dagar = np.searchsorted(steg, rng.random(int(antal.sum())), side="right")
            alla_vagar.append(np.repeat(vagar, antal))
            alla_dagar.append(del_.fran + np.minimum(dagar, len(steg) - 1))
        self._nya(segment, np.concatenate(alla_vagar), np.concatenate(alla_dagar), 0)

    def _delar(self) -> Iterator[_Del]:
        """Yield the days up to the origin, by how many begun care is not known, and the rest month by month."""
        i, fran = self.m.inflode, self.dag - self.bakat + 1
        passerade = np.arange(fran, self.dag + 1)
        okant = 1 - self.m.sena_starter.kant(self.kand - passerade)
        yield _Del(fran, okant * i.sasong_den(passerade), passerad=True)
        fran = self.dag + 1
        while fran < self.u.fonster.till:
            till = min(manad_efter(date.fromordinal(fran)).toordinal(), self.u.fonster.till)
            yield _Del(fran, i.sasong_den(np.arange(fran, till)), passerad=False)
            fran = till

    def _ojamnt(self, rng: np.random.Generator, dagar: int) -> F64:
        """Return how uneven a segment's inflow in so many days is beyond chance, per path."""
        i = self.m.inflode
        varians = i.ojamnhet * min(BLOCK / dagar, 4.0)
        return rng.gamma(1 / varians, varians, self.u.vagar) if varians > _INGEN_SPRIDNING else np.ones(self.u.vagar)

    def _gemensamt(self) -> F64:
        """Return what moves the inflow of all segments alike, per path."""
        spridning = self.m.inflode.gemensam
        z = self._slump(_Slag.GEMENSAMT, 1).standard_normal(self.u.vagar)
        return np.asarray(np.exp(spridning * z - spridning**2 / 2))

    def _osaker_fordrojning(self) -> F64:
        """Return how wrong the share that is not registered yet may be, per path: less the more was seen late."""
        sena = self.m.sena_starter
        seddes = sena.antal * float(1 - sena.andel[7])
        spridning = min(0.5, (1 + seddes) ** -0.5)
        z = self._slump(_Slag.GEMENSAMT, 2).standard_normal(self.u.vagar)
        return np.asarray(np.exp(z * spridning - spridning**2 / 2))

    def _nya(self, segment: int, vag: I64, start: I64, generation: int) -> None:
        """Let care begin on given paths and days, last and cost as new care does in the segment."""
        if not len(vag):
            return
        rng, rad = self._segmentets(_Slag.NYA, segment, generation), self.m.segment[segment].rad
        langd = rng.standard_exponential(len(vag)) * self.takt[segment][vag]
        langd = np.ceil(self.m.langder.dagar_vid(segment, langd)).astype(np.int64)
        slut = start + np.maximum(langd, 1)
        bank = self.m.priser[segment]
        vilket = rng.integers(0, len(bank.pris), len(vag))
        prissort, pris = bank.prissort[vilket], bank.pris[vilket] / 100
        fran, till = (np.clip(d, self.u.fonster.fran, self.u.fonster.till) for d in (start, slut))
        sent = np.flatnonzero(start < self.nasta)
        if len(sent):
            nast = np.minimum(till[sent], self.nasta)
            self._lagg(Del.SENA, rad, vag[sent], (nast - fran[sent]).astype(np.float64),
                       self._kostnad(fran[sent], nast, prissort[sent]) * pris[sent])
            fran = np.maximum(fran, self.nasta)
            till = np.maximum(till, fran)
        self._lagg(Del.NYA, rad, vag, (till - fran).astype(np.float64), self._kostnad(fran, till, prissort) * pris)
        nr = np.flatnonzero(slut < self.u.fonster.till)
        self._flytta(segment, nr, vag[nr], slut)

    def _flytta(self, segment: int, nr: I64, vag: I64, slut: I64) -> None:
        """Let some of those whose care ended move on to another segment the same day."""
        andelar = self.m.langder.flyttar[segment]
        if not andelar.any() or not len(nr):
            return
        rng = self._segmentets(_Slag.FLYTT, segment, len(self.flyttade))
        till = np.searchsorted(np.cumsum(andelar), rng.random(len(nr)), side="right")
        dagar = slut[nr] if slut.ndim == 1 else slut[nr, vag]
        for nytt in np.unique(till[till < len(andelar)]):
            med = (till == nytt) & (dagar > self.dag)
            self.flyttade.append((int(nytt), vag[med], dagar[med]))
