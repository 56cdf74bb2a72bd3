"""The flow model played forward: many possible courses of the rest of the window, all rows together.

On every path the same draws decide all rows, so a total is the sum of its rows path by path and carries what moves them
together: the shared shocks, the people who move between forms, the unsure registration delay.

Random numbers come from generators that belong to a part of the simulation and a segment. What one part uses moves no
other, so a scenario and its baseline meet the same chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import IntEnum

import numpy as np

from domain.prognos.banor import Banor, Del, Uppdrag
from domain.prognos.efterregistrering import Drojsmal
from domain.prognos.inflode import LOTTER, Borjedagar, borjedagar
from domain.prognos.modell import Flodesmodell
from domain.prognos.niva import BLOCK
from domain.prognos.overlevnad import redan_slutat
from domain.prognos.scenario import INGET, Andring, Andringsslag, Scenario
from domain.prognos.underlag import (
    F32,
    F64,
    I32,
    I64,
    INGET_PRIS,
    B,
    Prissteg,
    Raknat,
    kalender,
    prisniva,
    rakna,
)
from domain.tid import OANDLIG_DAG, manad_efter

_OSAKERT_FORLOPP = 0.05
"""How unsure the length of all care together is beyond chance: the standard deviation of a shared factor."""

_TYNGD_LANGD = 6.0
_FLEST_FLYTTAR = 4
_I_TAGET = 60000
_KANT_NOG = 0.999
_INGEN_SPRIDNING = 1e-6
_MINSTA_FORM = 1e-3
_GROVT_RACKER = 2_000
"""Paths for which a coarse table of lengths is as good: chance is larger than its steps."""

_LAGOM = 30_000
_DAGAR_PER_MANAD = 365 / 12


class _Slag(IntEnum):
    """What a generator of random numbers is for."""

    GEMENSAMT = 0
    PAGAENDE = 1
    FLYTT = 2
    INFLODE = 3
    NYA = 4
    SCENARIO = 5


def simulera(modell: Flodesmodell, uppdrag: Uppdrag, scenario: Scenario = INGET) -> Banor:
    """Return possible courses of a window, as the flow model sees them from its origin.

    Of a scenario its changes are played; units that open are reckoned afterwards (``enheter``).
    """
    ursprung = modell.flode.ursprung
    registrerat = rakna(modell.kanda, uppdrag.fonster, ursprung.dag + 1, modell.segment, uppdrag.rader)
    return _Simulering(modell, uppdrag, scenario).kor(registrerat)


class _Simulering:
    """One run."""

    def __init__(self, modell: Flodesmodell, uppdrag: Uppdrag, scenario: Scenario) -> None:
        self.m, self.u, self.fonster, self.scenario = modell, uppdrag, uppdrag.fonster, scenario
        self.dag, self.kand, _ = modell.flode.ursprung
        self.nasta = min(max(self.dag + 1, uppdrag.fonster.fran), uppdrag.fonster.till)
        self.lopande = kalender(*uppdrag.fonster, self.dag, modell.hojning).lopande.ravel()
        form = (len(Del), uppdrag.rader, uppdrag.vagar)
        self.dygn, self.kostnad = np.zeros(form), np.zeros(form)
        self.flyttade: list[tuple[int, I64, I32]] = []
        self.vagar = np.arange(uppdrag.vagar)
        fin = uppdrag.vagar > _GROVT_RACKER
        self.tabeller = [modell.langder.langdtabell(nr, fin=fin) for nr in range(len(modell.segment))]
        self.bakat = self._bakat()
        self.delar = list(self._delar())
        self.takt, self.prisniva = self._takt_och_prisniva()
        self.sena_starter = self._osaker_fordrojning(modell.sena_starter, 2)
        self.gemensamt = self._gemensamt()
        self.sena_slut = self._osaker_fordrojning(modell.sena_slut, 3).astype(np.float32)

    def kor(self, registrerat: Raknat) -> Banor:
        for segment in range(len(self.m.segment)):
            self._pagaende(segment)
            self._inflodet(segment)
        self._flyttades_vard()
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

    def _takt_och_prisniva(self) -> tuple[F32, F64]:
        """Return how much slower each segment's care ends than learnt, and how much dearer new care is, per path.

        The pace is unsure alone and together, by how many ends it was learnt from; the price by how many it is drawn
        from, which may all be high or low.
        """
        gemensamt = self._slump(_Slag.GEMENSAMT).standard_normal(self.u.vagar) * _OSAKERT_FORLOPP
        segment = range(len(self.m.segment))
        z = np.array([self._segmentets(_Slag.GEMENSAMT, nr).standard_normal((2, self.u.vagar)) for nr in segment])
        z = z.reshape(len(segment), 2, self.u.vagar)
        takt = (self.m.langder.antal[:, None] + _TYNGD_LANGD) ** -0.5
        pris = np.array([bank.osakert for bank in self.m.priser]).reshape(-1, 1)
        langsamt = np.exp(z[:, 0] * takt + gemensamt - (takt**2 + _OSAKERT_FORLOPP**2) / 2)
        return langsamt.astype(np.float32), np.exp(z[:, 1] * pris - pris**2 / 2)

    def _delar(self) -> Iterator[Borjedagar]:
        """Yield the days up to the origin, by how many begun care is not known, and the rest month by month."""
        i = self.m.inflode
        passerade = np.arange(self.dag - self.bakat + 1, self.dag + 1)
        okant = 1 - self.m.sena_starter.kant(self.kand - passerade)
        yield borjedagar(passerade, okant * i.sasong_den(passerade), passerad=True)
        fran = self.dag + 1
        while fran < self.fonster.till:
            till = min(manad_efter(date.fromordinal(fran)).toordinal(), self.fonster.till)
            dagar = np.arange(fran, till)
            yield borjedagar(dagar, i.sasong_den(dagar) * i.ledare_om(dagar - self.dag), passerad=False)
            fran = till

    # Care that was known to go on -----------------------------------------------------------------------------------

    def _pagaende(self, segment: int) -> None:
        rng = self._segmentets(_Slag.PAGAENDE, segment)
        alla = np.flatnonzero(self.m.flode.pagar & (self.m.flode.segment == segment))
        antal = max(1, _I_TAGET // self.u.vagar)
        for nr in range(0, len(alla), antal):
            self._nagra_pagaende(segment, alla[nr : nr + antal], rng)

    def _nagra_pagaende(self, segment: int, vilka: I64, rng: np.random.Generator) -> None:
        f, rad, form = self.m.flode, self.m.segment[segment].rad, (len(vilka), self.u.vagar)
        prissort, pris = self._priser(segment, f.prissort[vilka], f.pris[vilka])
        planerat = f.planerat[vilka][:, None]
        dagar = np.arange(self.dag - self.bakat + 1, self.dag + 1)
        faktor = np.where(planerat < OANDLIG_DAG, self.m.plan.vid(dagar - planerat), 1.0)
        tathet, _ = redan_slutat(self.m.langder, f, vilka, self.m.sena_slut, self.bakat, faktor)
        slutat = np.cumsum(tathet, axis=1)
        lott = rng.random(form, dtype=np.float32)
        redan = lott < slutat[:, -1:].astype(np.float32) * self.sena_slut
        alder = (self.dag - f.start[vilka]).astype(np.float64)
        hasard = self.m.langder.kumulativ(segment, alder).astype(np.float32)[:, None]
        kraft = rng.standard_exponential(form, dtype=np.float32) * self.takt[segment]
        hasard = hasard + kraft
        kvar = np.ceil(self.tabeller[segment].vid(hasard) - alder[:, None].astype(np.float32)).astype(np.int32)
        kvar = np.maximum(kvar, np.int32(1))
        med_plan = np.flatnonzero(planerat[:, 0] < OANDLIG_DAG)
        if len(med_plan):
            kvar[med_plan] = self._enligt_plan(segment, alder[med_plan], planerat[med_plan], kraft[med_plan])
        kvar[redan] = 0
        kvar = self._andrad_tid(segment, np.int32(0), kvar, self.dag)
        # Days after the origin, within the window; the day of the end is not one.
        fran = self.nasta - self.dag
        till = np.minimum(np.maximum(kvar, np.int32(fran)), np.int32(self.fonster.till - self.dag))
        kostnad = self._kostnad(self.dag + fran, self.dag + till, prissort[:, None], segment) * pris[:, None]
        for nr in np.flatnonzero(f.steg.byter_efter(self.dag, len(f))[vilka]):
            steg = self._framat(f.steg.av(int(vilka[nr])), segment)
            kostnad[nr] = self._stegvis(steg, self.dag + fran, self.dag + till[nr], segment)
        nya = f.start[vilka] > self.u.nya_efter
        for del_, med in ((Del.PAGAENDE, ~nya), (Del.NYA, nya)):
            if med.any():
                alla = slice(None) if med.all() else med
                self.dygn[del_, rad] += till[alla].sum(axis=0) - np.int64(fran) * int(med.sum())
                self.kostnad[del_, rad] += kostnad[alla].sum(axis=0)
        self._redan_slutade(rad, vilka, redan, lott, slutat)
        if self.m.langder.flyttar[segment].any():
            rader, vag = np.nonzero(~redan & (kvar < self.fonster.till - self.dag))
            self._flytta(segment, vag, (self.dag + kvar[rader, vag]).astype(np.int32))

    def _enligt_plan(self, segment: int, alder: F64, planerat: I64, kraft: F32) -> I32:
        """Return after how many days care with planned last days ends; one more than are left where it does not."""
        framat = np.arange(max(self.fonster.till - self.dag, 1) + 1)
        steg = np.diff(self.m.langder.kumulativ(segment, alder[:, None] + framat), axis=1)
        lopande = np.cumsum(steg * self.m.plan.vid(self.dag + framat[1:] - planerat), axis=1)
        return np.array([np.searchsorted(egen, lott) for egen, lott in zip(lopande, kraft, strict=True)], np.int32) + 1

    def _redan_slutade(self, rad: int, vilka: I64, redan: B, lott: F32, slutat: F64) -> None:
        """Take away the days that were counted after ends that are not registered yet, at the prices they were at."""
        nr, vag = np.nonzero(redan)
        if not len(nr):
            return
        # One search for all: each stay's chances lie on a step of their own.
        trappa = (slutat + 2 * np.arange(len(slutat))[:, None]).ravel()
        djup = np.minimum(lott[nr, vag] / self.sena_slut[vag], slutat[nr, -1]) + 2.0 * nr
        plats = np.minimum(np.searchsorted(trappa, djup, side="right") - nr * slutat.shape[1], self.bakat - 1)
        slut = np.clip(self.dag - self.bakat + 1 + plats, self.fonster.fran, self.nasta)
        f = self.m.flode
        kostnad = self._kostnad(slut, self.nasta, f.prissort[vilka[nr]]) * f.pris[vilka[nr]] / 100
        for egen in np.flatnonzero(f.steg.byter_efter(self.dag - self.bakat, len(f))[vilka]):
            steg = f.steg.av(int(vilka[egen]))
            kostnad[nr == egen] = self._stegvis(steg._replace(pris=steg.pris / 100), slut[nr == egen], self.nasta)
        self._lagg(Del.SENA, rad, vag, slut - self.nasta, -kostnad)

    def _framat(self, steg: Prissteg, segment: int) -> Prissteg:
        """Return what care will cost, in kronor; a price known to come is at the level of its own day."""
        prissort, pris = self._priser(segment, steg.prissort, steg.pris)
        return steg._replace(prissort=prissort, pris=pris / prisniva(steg.fran, self.dag, self.m.hojning))

    def _stegvis(self, steg: Prissteg, fran: I32 | I64 | int, till: I32 | I64 | int, segment: int | None = None) -> F64:
        """Return what days of one care cost, the days of each stretch at its price."""
        delar = [
            self._kostnad(np.clip(borjar, fran, till), np.clip(slutar, fran, till), sort, segment) * pris
            for borjar, slutar, sort, pris in zip(*steg[1:], strict=True)
        ]
        return np.asarray(sum(delar))

    def _priser(self, segment: int, prissort: I64, pris: F64) -> tuple[I64, F64]:
        """Return what open care costs, in kronor; that without a known price as new care does on average."""
        bank = self.m.priser[segment]
        okant = prissort == INGET_PRIS
        vanligast = int(np.bincount(bank.prissort).argmax())
        medel = float(bank.pris[bank.prissort == vanligast].mean())
        return np.where(okant, vanligast, prissort), np.where(okant, medel, pris) / 100

    def _kostnad(
        self, fran: I32 | I64 | int, till: I32 | I64 | int, prissort: I64 | int, segment: int | None = None
    ) -> F64:
        """Return what days cost per krona of price, within the window; after the origin as a scenario has it."""
        plats = prissort * np.int64(self.fonster.dagar + 1) - self.fonster.fran
        kostnad = self.lopande.take(till + plats) - self.lopande.take(fran + plats)
        for andring in self._andringar(Andringsslag.PRIS, segment):
            dyrare = np.clip(max(andring.fran, self.nasta), fran, till)
            kostnad += (andring.varde - 1) * (self.lopande.take(till + plats) - self.lopande.take(dyrare + plats))
        return np.asarray(kostnad)

    # What a scenario changes ----------------------------------------------------------------------------------------

    def _andringar(self, slag: Andringsslag, segment: int | None) -> list[Andring]:
        return [] if segment is None else self.scenario.av(slag, segment)

    def _andrad_tid(self, segment: int, start: I32 | np.int32, slut: I32, noll: int = 0) -> I32:
        """Return ends (days after ``noll``) where what is left of the stays is changed."""
        for andring in self._andringar(Andringsslag.VISTELSETID, segment):
            fran = np.maximum(start, max(andring.fran, self.dag) - noll)
            kvar = np.ceil((slut - fran) * np.float32(andring.varde)).astype(np.int32)
            slut = np.where(slut > fran, fran + kvar, slut)
        return slut

    def _kommer_anda(self, segment: int, start: I32, del_: int) -> B | None:
        """Return which of those that begin still do where fewer begin; None where no fewer do."""
        kommer: B | None = None
        # What has happened, registered or not, is not changed.
        for nr, andring in enumerate(self._andringar(Andringsslag.INFLODE, segment)):
            if andring.varde < 1:
                rng = self._segmentets(_Slag.SCENARIO, segment, 100 * (del_ + 1) + nr)
                lott = rng.random(len(start), dtype=np.float32)
                annu = (start < max(andring.fran, self.dag + 1)) | (lott < andring.varde)
                kommer = annu if kommer is None else kommer & annu
        return kommer

    def _fler(self, segment: int, del_: Borjedagar, vantat: F64, nr: int) -> None:
        """Let the more begin that a scenario says, beside those that do anyway."""
        vikt = self.m.inflode.niva[segment]
        for andring in self.scenario.andringar:
            if segment not in andring.segment or del_.passerad:
                continue
            rng = self._segmentets(_Slag.SCENARIO, segment, 100 * (nr + 1) + self.scenario.andringar.index(andring))
            if andring.slag is Andringsslag.INFLODE and andring.varde > 1:
                fler = vantat * (andring.varde - 1)
            elif andring.slag is Andringsslag.TILLAGG:
                alla = self.m.inflode.niva[sorted(andring.segment)].sum()
                fler = np.full(self.u.vagar, andring.varde * len(del_.dagar) / _DAGAR_PER_MANAD * vikt / alla)
            else:
                continue
            # Of a month that the change begins in, only the days from then on.
            antal = rng.poisson(fler * float((del_.dagar >= andring.fran).mean()))
            senare = del_.tabell[del_.tabell >= andring.fran]
            if len(senare):
                start = senare.take(rng.integers(0, len(senare), int(antal.sum())))
                self._nya(segment, np.repeat(self.vagar, antal), start, rng)

    # Care that was not known ----------------------------------------------------------------------------------------

    def _inflodet(self, segment: int) -> None:
        """Let care begin that is not registered yet, and in the rest of the window, by so much a month."""
        i, rng = self.m.inflode, self._segmentets(_Slag.INFLODE, segment)
        framat = max(self.fonster.till - self.dag, 0) / BLOCK / 2
        form = np.maximum(i.alfa[segment] * i.minne[segment] ** framat, _MINSTA_FORM)
        niva = rng.gamma(form, i.niva[segment] / form, self.u.vagar)
        nya = self._segmentets(_Slag.NYA, segment)
        vagar: list[I64] = []
        dagar: list[I32] = []
        for nr, del_ in enumerate(self.delar):
            vantat = niva * del_.exponering * self._ojamnt(rng, segment, del_)
            antal = rng.poisson(vantat * self.gemensamt[nr])
            vagar.append(np.repeat(self.vagar, antal))
            dagar.append(del_.tabell.take(rng.integers(0, LOTTER, int(antal.sum()), dtype=np.uint16)))
            self._fler(segment, del_, vantat, nr)
            # So many at a time that they stay in the processor's cache, and yet are worth the call.
            if sum(map(len, dagar)) >= _LAGOM or nr == len(self.delar) - 1:
                vag, start = np.concatenate(vagar), np.concatenate(dagar)
                self._nya(segment, vag, start, nya, self._kommer_anda(segment, start, nr))
                vagar, dagar = [], []

    def _ojamnt(self, rng: np.random.Generator, segment: int, del_: Borjedagar) -> F64:
        """Return how uneven a segment's inflow on some days is beyond chance, per path."""
        i = self.m.inflode
        vantat = float(i.niva[segment]) * del_.exponering
        varians = i.ojamnhet * min(BLOCK / len(del_.dagar), 4.0) + i.klump / max(vantat, 1e-9)
        return rng.gamma(1 / varians, varians, self.u.vagar) if varians > _INGEN_SPRIDNING else np.ones(self.u.vagar)

    def _gemensamt(self) -> F64:
        """Return what moves the inflow of all segments alike, per part of the days (row) and path.

        The level is as unsure of late registrations as of what is to come; the season only of months to come.
        """
        rng, i = self._slump(_Slag.GEMENSAMT, 1), self.m.inflode
        niva = rng.standard_normal(self.u.vagar) * i.gemensam - i.gemensam**2 / 2
        sasong = rng.standard_normal((len(self.delar), self.u.vagar)) * i.sasong.osakert - i.sasong.osakert**2 / 2
        sasong[0] = np.log(self.sena_starter)
        return np.exp(niva + sasong)

    def _osaker_fordrojning(self, drojsmal: Drojsmal, nr: int) -> F64:
        """Return how wrong the share that is not registered yet may be, per path: less the more was seen late."""
        seddes = drojsmal.antal * float(1 - drojsmal.andel[7])
        spridning = min(0.5, (1 + seddes) ** -0.5)
        z = self._slump(_Slag.GEMENSAMT, nr).standard_normal(self.u.vagar)
        return np.asarray(np.exp(z * spridning - spridning**2 / 2))

    def _nya(self, segment: int, vag: I64, start: I32, rng: np.random.Generator, kommer: B | None = None) -> None:
        """Let care begin on given paths and days; it lasts and costs as new care does in the segment.

        Those that do not come after all take their chance with them.
        """
        langd = rng.standard_exponential(len(start), dtype=np.float32) * self.takt[segment].take(vag)
        langd = np.ceil(self.tabeller[segment].vid(langd))
        slut = self._andrad_tid(segment, start, start + np.maximum(langd, 1).astype(np.int32))
        slut = slut if kommer is None else np.where(kommer, slut, start)
        bank = self.m.priser[segment]
        vilket = rng.integers(0, len(bank.pris), len(start), dtype=np.uint16)
        pris, prissort = (bank.pris / 100).take(vilket), bank.prissort
        prissort = prissort[0] if (prissort == prissort[0]).all() else prissort.take(vilket)
        f, rad = self.fonster, self.m.segment[segment].rad
        forst, sist = np.int32(f.fran), np.int32(f.till)
        fran, till = (np.minimum(np.maximum(dag, forst), sist) for dag in (start, slut))
        sena = np.flatnonzero(start < self.nasta)
        if len(sena):
            nast, sort = np.minimum(till[sena], self.nasta), prissort if prissort.ndim == 0 else prissort[sena]
            kostnad = self._kostnad(fran[sena], nast, sort) * pris[sena]
            self._lagg(Del.SENA, rad, vag[sena], nast - fran[sena], kostnad, self.prisniva[segment])
            fran = np.maximum(fran, np.int32(self.nasta))
            till = np.maximum(till, fran)
        kostnad = self._kostnad(fran, till, prissort, segment) * pris
        self._lagg(Del.NYA, rad, vag, till - fran, kostnad, self.prisniva[segment])
        if self.m.langder.flyttar[segment].any():
            nr = np.flatnonzero((slut < f.till) & (slut > self.dag) & (slut > start))
            self._flytta(segment, vag[nr], slut[nr])

    def _lagg(self, del_: Del, rad: int, vag: I64, dygn: I32 | I64, kostnad: F64, niva: F64 | float = 1.0) -> None:
        self.dygn[del_, rad] += np.bincount(vag, weights=dygn, minlength=self.u.vagar)
        self.kostnad[del_, rad] += np.bincount(vag, weights=kostnad, minlength=self.u.vagar) * niva

    def _flytta(self, segment: int, vag: I64, dag: I32) -> None:
        """Let some of those whose care ended move on to another segment the same day."""
        rng = self._segmentets(_Slag.FLYTT, segment, len(self.flyttade))
        till = np.searchsorted(np.cumsum(self.m.langder.flyttar[segment]), rng.random(len(vag)), side="right")
        for nytt in np.unique(till[till < len(self.m.segment)]):
            self.flyttade.append((int(nytt), vag[till == nytt], dag[till == nytt]))

    def _flyttades_vard(self) -> None:
        """Let those who moved stay in their new segment, and some of them move again."""
        for generation in range(1, _FLEST_FLYTTAR + 1):
            flyttade, self.flyttade = self.flyttade, []
            for segment in sorted({till for till, _, _ in flyttade}):
                egna = [(vag, dag) for till, vag, dag in flyttade if till == segment]
                vag, dag = (np.concatenate(del_) for del_ in zip(*egna, strict=True))
                self._nya(segment, vag, dag, self._segmentets(_Slag.NYA, segment, generation))
