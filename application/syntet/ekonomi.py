"""The board's year in money: budgets, adjustments, monthly outcome, closings, forecasts and year-ends.

Payloads are kept ready since they are few. At the turn of a year nothing is carried over: December is booked in full
before it is closed. Otherwise about a tenth of each month's amount is booked in the next month and names the month the
care was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from application.syntet.beloppsplan import Planer
from application.syntet.bokforing import planens_poster
from application.syntet.budgetrader import (
    Justering,
    Kontorad,
    bygg_justeringar,
    bygg_kontorader,
    kronor,
    manadsutfall,
    planens_rader,
    volymnyckel,
)
from application.syntet.dagar import dag, dagnr, manader, nyar
from application.syntet.fardig import Fardig
from application.syntet.matt import Matt
from application.syntet.profiler import F64, PRISUPPRAKNING
from application.syntet.tabeller import Post, Underlag
from application.syntet.tider import Klocka, nasta_arbetsdag, rfc3339
from application.syntet.tidigare_ar import arets, las_tidigare
from application.syntet.uppdrag import Syntetuppdrag
from domain.begrepp import Kon, Prognosslag
from domain.tid import manad_efter

_ANDEL_NASTA_MANAD = 0.1
_DECEMBER = 12


class Ekonomi:
    """Makes the budget events of a history."""

    def __init__(
        self,
        uppdrag: Syntetuppdrag,
        underlag: Underlag,
        klocka: Klocka,
        rng: np.random.Generator,
        kostnader: F64,
        planer: Planer,
        enheter: Mapping[int, Sequence[tuple[dict[str, str], int]]],
    ) -> None:
        """Prepare the lines.

        Args:
            uppdrag: the order.
            underlag: what is printed of care.
            klocka: turns days into registration times.
            rng: source of chance.
            kostnader: the computed cost in kronor per (printed row, month of the history).
            planer: the amounts that meet the printed tables.
            enheter: what of an earlier year's cost is booked on each unit.
        """
        self._u = uppdrag
        self._underlag = underlag
        self._klocka = klocka
        self._rng = rng
        self._plan = planer.drift
        self._investeringar = planens_poster(planer.investering, uppdrag)
        self._rader = planens_rader(uppdrag, underlag, self._plan) or bygg_kontorader(uppdrag, underlag)
        self._justeringar = bygg_justeringar(self._rader)
        self._manader = historikens_manader(uppdrag, underlag)
        tackt = sum(b - a for a, b in self._manader if dag(a).year == uppdrag.ar)
        andelar = [[dag(a).year, b - a] for a, b in self._manader]
        dagar = (tackt, nyar(uppdrag.ar + 1) - nyar(uppdrag.ar))
        self._utfall = manadsutfall(rng, self._rader, kostnader, andelar, uppdrag.ar, dagar)
        for nr, rad in enumerate(self._rader):
            if rad.linje is not None:
                self._mot_tryckt(nr, rad, rad.linje)
        self._tidigare = las_tidigare(uppdrag, underlag.invanare, enheter)
        self._mot_nettokostnaden()

    def _mot_nettokostnaden(self) -> None:
        """Give earlier years of which no outcome is printed the net cost that is printed per inhabitant."""
        ar = np.array([dag(a).year for a, _ in self._manader])
        for ett_ar, netto in self._tidigare.nettokostnad.items():
            egna = self._utfall[:, ar == ett_ar]
            if egna.size and egna.sum() and not self._plan.manader("utfall", ett_ar):
                self._utfall[:, ar == ett_ar] = np.rint(egna * (netto / egna.sum())).astype(np.int64)

    def _mot_tryckt(self, nr: int, rad: Kontorad, linje: int) -> None:
        """Give a line's months the sizes that make up the printed outcomes of the years."""
        for ar in sorted({dag(a).year for a, _ in self._manader}):
            kolumner = [k for k, (a, _) in enumerate(self._manader) if dag(a).year == ar]
            fran = bokfort = 0
            for till in self._plan.manader("utfall", ar):
                egna = kolumner[fran:till]
                tryckt = (self._plan.av("utfall", ar, till=till) or [])[linje]
                vikter = np.abs(self._utfall[nr, egna]).astype(np.float64) + 1.0
                # A tenth of what is about care is booked a month late, but for December.
                sent = _ANDEL_NASTA_MANAD if rad.post is not None and till < _DECEMBER else 0.0
                delar = np.rint((tryckt - bokfort) * vikter / (vikter.sum() - sent * vikter[-1])).astype(np.int64)
                kvar = int(np.rint(delar[-1] * sent))
                delar[0] += tryckt - bokfort - (int(delar.sum()) - kvar)
                self._utfall[nr, egna] = delar
                fran, bokfort = till, tryckt + kvar

    def handelser(self) -> Iterator[Fardig]:
        """Yield all events, in no particular order; times of the same day are apart in the order they must come."""
        ar = self._u.ar
        forsta = _forsta_ar(self._underlag)
        per_ar: dict[int, list[Fardig]] = {}
        for tidigare in range(forsta, ar):
            per_ar[tidigare] = [
                self._faststalld(tidigare, self._tidigare_budget(tidigare), self._tidigare_volymer(tidigare)),
                *self._arsslut(tidigare),
            ]
        per_ar[ar] = [self._faststalld(ar, self._grundbudget(), self._budgetvolymer()), *self._justerade()]
        for bokning in self._manadsbokslut():
            per_ar[bokning.ar].append(bokning)
        for tidigare in range(forsta, ar):
            yield from arets(per_ar[tidigare], self._tidigare, tidigare, self._u.namnd)
        yield from per_ar[ar]
        yield from self._investeringsutfall()
        yield from self._prognoser()

    # Budgets ----------------------------------------------------------------------------------------------------

    def _faststalld(self, ar: int, rader: list[dict[str, str]], volymrader: list[dict[str, Any]]) -> Fardig:
        """Return the adopted budget of a year."""
        datum = nasta_arbetsdag(dagnr(date(ar - 1, 11, 25)) + int(self._rng.integers(0, 20)))
        tid = self._klocka.klockslag(nasta_arbetsdag(datum + int(self._rng.integers(1, 4))), 10, 15)
        innehall = {
            "kommun": self._u.kommun,
            "namnd": self._u.namnd,
            "ar": ar,
            "rader": rader,
            "volymrader": volymrader,
        }
        return Fardig(ar, tid, "budget.faststalld", datum, innehall)

    def _grundbudget(self) -> list[dict[str, str]]:
        """Return the report year's budget before the adjustments of the year."""
        return [
            rad.med(rad.budget - sum(justering.belopp.get(i, 0) for justering in self._justeringar))
            for i, rad in enumerate(self._rader)
        ] + [post.med(post.budget) for post in self._investeringar]

    def _tidigare_budget(self, ar: int) -> list[dict[str, str]]:
        """Return an invented budget of an earlier year: its outcome, missed by some per cent, in whole 100 000 kr."""
        kolumner = [k for k, (a, _) in enumerate(self._manader) if dag(a).year == ar]
        rader = []
        for i, rad in enumerate(self._rader):
            utfall = int(self._utfall[i, kolumner].sum())
            rader.append(rad.med(round(utfall * float(self._rng.normal(0.98, 0.03)) / 10_000_000) * 10_000_000))
        return rader

    def _budgetvolymer(self) -> list[dict[str, Any]]:
        """Return the report year's assumptions of volume, as printed."""
        return [
            self._volymrad(post, post.snitt_budget, post.kostnad_budget)
            for post in self._underlag.extern.poster
            if post.snitt_budget is not None
        ]

    def _tidigare_volymer(self, ar: int) -> list[dict[str, Any]]:
        """Return invented assumptions of volume of an earlier year."""
        rader = []
        niva = Decimal(str(round((1 + PRISUPPRAKNING) ** (ar - self._u.ar), 4)))
        for post in self._underlag.extern.poster:
            if ar in post.snitt_utfall:
                snitt = Decimal(round(float(post.snitt_utfall[ar]) * float(self._rng.normal(0.97, 0.05))))
                pris = post.kostnad_prognos or post.kostnad_budget or Decimal(0)
                rader.append(self._volymrad(post, max(snitt, Decimal(0)), pris * niva))
        return rader

    def _volymrad(self, post: Post, personer: Decimal, pris: Decimal | None) -> dict[str, Any]:
        """Return one assumption of volume; persons are multiplied by the scale."""
        rad: dict[str, Any] = {**volymnyckel(post), "personerPerDygn": _text(personer * self._u.skala)}
        if pris is not None:
            belopp = kronor(int((pris * 100).to_integral_value(ROUND_HALF_UP)))
            rad["pris"] = {"sort": post.prissort.value, "belopp": belopp}
        return rad

    def _justerade(self) -> Iterator[Fardig]:
        """Yield the changes of the report year's budget, in the spring."""
        for nummer, justering in enumerate(self._justeringar):
            datum = nasta_arbetsdag(dagnr(date(self._u.ar, 2 + nummer, 12)) + int(self._rng.integers(0, 8)))
            tid = self._klocka.klockslag(nasta_arbetsdag(datum + 2), 9, 30)
            yield Fardig(self._u.ar, tid, "budget.justerad", datum, self._justering(justering))

    def _justering(self, justering: Justering) -> dict[str, Any]:
        """Return the payload of an adjustment."""
        rader = [self._rader[i].med(ore) for i, ore in justering.belopp.items()]
        return {"slag": justering.slag.value, "benamning": justering.benamning, "rader": rader}

    # Outcome ----------------------------------------------------------------------------------------------------

    def _manadsbokslut(self) -> Iterator[Fardig]:
        """Yield every month's bookings and its closing."""
        for kolumn, (fran, till) in enumerate(self._manader):
            forsta = dag(fran)
            datum = nasta_arbetsdag(till + 3 + int(self._rng.integers(0, 5)))
            sen = self._sen_del(kolumn) if forsta.month != _DECEMBER else np.zeros(len(self._rader), dtype=np.int64)
            yield self._bokning(forsta, datum, 1, self._utfall[:, kolumn] - sen)
            if forsta.month > 1:
                yield self._bokning(forsta, datum, 2, self._sen_del(kolumn - 1), dag(self._manader[kolumn - 1][0]))
            stangd = nasta_arbetsdag(till + 11)
            tid = self._klocka.klockslag(stangd, 15, 0)
            yield Fardig(forsta.year, tid, "manad.stangd", stangd, {"manad": f"{forsta:%Y-%m}"})

    def _sen_del(self, kolumn: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return what is booked a month late, per line; the same every time it is asked for."""
        externa = np.array([rad.post is not None for rad in self._rader])
        return np.where(externa, np.rint(self._utfall[:, kolumn] * _ANDEL_NASTA_MANAD), 0).astype(np.int64)

    def _bokning(
        self,
        manad: date,
        datum: int,
        nummer: int,
        belopp: np.ndarray[Any, np.dtype[np.int64]],
        avser: date | None = None,
    ) -> Fardig:
        """Return one voucher."""
        rader = [rad.med(int(ore)) for rad, ore in zip(self._rader, belopp, strict=True) if ore]
        innehall: dict[str, Any] = {"manad": f"{manad:%Y-%m}", "rader": rader}
        if avser is not None:
            innehall["avserManad"] = f"{avser:%Y-%m}"
        innehall["verifikation"] = f"{manad:%Y-%m}-{nummer:03d}"
        return Fardig(manad.year, self._klocka.klockslag(datum, 13, 10 * nummer), "utfall.bokfort", datum, innehall)

    def _investeringsutfall(self) -> Iterator[Fardig]:
        """Yield the report year's outcome of investments as printed: also that nothing has been spent."""
        ar = self._u.ar
        bokfort = [0] * len(self._investeringar)
        for manad in sorted({m for post in self._investeringar for y, m in post.utfall if y == ar}):
            rader = []
            for nr, post in enumerate(self._investeringar):
                hittills = post.utfall.get((ar, manad), bokfort[nr])
                rader.append(post.med(hittills - bokfort[nr]))
                bokfort[nr] = hittills
            ord_ = f"{ar}-{manad:02d}"
            datum = nasta_arbetsdag(dagnr(manad_efter(date(ar, manad, 1))) + 3)
            innehall = {"manad": ord_, "rader": rader, "verifikation": f"{ord_}-900"}
            yield Fardig(ar, self._klocka.klockslag(datum, 13, 40), "utfall.bokfort", datum, innehall)

    def _arsslut(self, ar: int) -> Iterator[Fardig]:
        """Yield the year-end of an earlier year, and its population if a table gives it."""
        if ar in self._underlag.invanare:
            yield self._invanare(ar)
        datum = nasta_arbetsdag(dagnr(date(ar + 1, 2, 22)))
        yield Fardig(ar, self._klocka.klockslag(datum, 14, 20), "bokslut.faststallt", datum, {})

    def _invanare(self, ar: int) -> Fardig:
        """Return the population on the last day of a year."""
        tid = self._klocka.klockslag(nasta_arbetsdag(dagnr(date(ar + 1, 2, 13))), 9, 5)
        innehall: dict[str, Any] = {
            "antal": self._underlag.invanare[ar] * self._u.skala,
            "kallregister": self._underlag.invanarkalla,
        }
        per_kon = {kon: self._underlag.krav.per_ar(Matt.INVANARE, kon).get(ar) for kon in Kon}
        grupper = [{"kon": kon.value, "antal": antal * self._u.skala} for kon, antal in per_kon.items() if antal]
        if grupper:
            innehall["grupper"] = grupper
        return Fardig(ar, tid, "invanare.faststallda", nyar(ar + 1) - 1, innehall)

    # Forecasts --------------------------------------------------------------------------------------------------

    def _prognoser(self) -> Iterator[Fardig]:
        """Yield the adopted forecasts whose cut-off day lies within the history and before the decision."""
        ar, slut = self._u.ar, self._u.slutdag
        if slut >= date(ar, 4, 30):
            beslut = dag(nasta_arbetsdag(dagnr(date(ar, 5, 20)) + int(self._rng.integers(0, 8))))
            forsta = {rad.post: rad for rad in reversed(self._rader) if rad.post is not None and self._snitt(rad)}
            volymer = [self._delar1_volym(forsta[post]) for post in sorted(forsta)]
            yield self._prognos(Prognosslag.DELAR1, date(ar, 4, 30), beslut, volymer)
        if min(slut, self._u.beslutsdag - timedelta(days=1)) >= date(ar, 8, 31):
            volymer = [
                self._volymrad(post, post.snitt_prognos, post.kostnad_prognos)
                for post in self._underlag.extern.poster
                if post.snitt_prognos is not None
            ]
            yield self._prognos(Prognosslag.DELAR2, date(ar, 8, 31), self._u.beslutsdag, volymer)
        manadens = self._plan.av("prognos", ar, prognos=Prognosslag.MANAD.value)
        if manadens and slut >= date(ar, 7, 31):
            yield self._manadsprognos(manadens)

    def _manadsprognos(self, belopp: list[int]) -> Fardig:
        """Return the forecast after July, of those lines that are told apart in it."""
        galler = date(self._u.ar, 7, 31)
        beslut = dag(nasta_arbetsdag(dagnr(galler) + 20))
        innehall = {
            "slag": Prognosslag.MANAD.value,
            "galler": galler.isoformat(),
            "kand": rfc3339(np.array([self._klocka.klockslag(dagnr(galler) + 5, 20, 0)]))[0],
            "beslut": {"organ": self._u.organ, "datum": beslut.isoformat()},
            "rader": [
                rad.med(belopp[rad.linje]) for rad in self._rader if rad.linje is not None and "konto" in rad.nyckel
            ],
        }
        tid = self._klocka.klockslag(dagnr(beslut), 15, 20)
        return Fardig(self._u.ar, tid, "prognos.faststalld", dagnr(galler), innehall)

    def _snitt(self, rad: Kontorad) -> Decimal | None:
        """Return the budgeted persons per day of a line's printed row."""
        return self._underlag.extern.poster[rad.post].snitt_budget if rad.post is not None else None

    def _delar1_volym(self, rad: Kontorad) -> dict[str, Any]:
        """Return the assumption behind delår 1: the budgeted price, and as many persons as the amount allows."""
        post = self._underlag.extern.poster[rad.post or 0]
        egna = [r for r in self._rader if r.post == rad.post]
        budget = sum(r.budget for r in egna)
        kvot = Decimal(sum(r.delar1 for r in egna)) / Decimal(budget) if budget else Decimal(1)
        personer = ((post.snitt_budget or Decimal(0)) * max(kvot, Decimal(0))).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return self._volymrad(post, personer, post.kostnad_budget)

    def _prognos(self, slag: Prognosslag, galler: date, beslut: date, volymer: list[dict[str, Any]]) -> Fardig:
        """Return an adopted forecast, recorded in the afternoon of the decision."""
        kand = min(galler + timedelta(days=10), beslut - timedelta(days=1))
        delar1 = slag is Prognosslag.DELAR1
        investeringar = [] if delar1 else [p.med(p.prognos) for p in self._investeringar if p.prognos is not None]
        innehall = {
            "slag": slag.value,
            "galler": galler.isoformat(),
            "kand": rfc3339(np.array([self._klocka.klockslag(dagnr(kand), 20, 0)]))[0],
            "beslut": {
                "organ": self._u.organ,
                "datum": beslut.isoformat(),
                "paragraf": f"§ {int(self._rng.integers(60, 140))}",
            },
            "rader": [rad.med(rad.delar1 if delar1 else rad.delar2) for rad in self._rader] + investeringar,
            "volymrader": volymer,
        }
        tid = self._klocka.klockslag(dagnr(beslut), 15, 20)
        return Fardig(self._u.ar, tid, "prognos.faststalld", dagnr(galler), innehall)


def historikens_manader(uppdrag: Syntetuppdrag, underlag: Underlag) -> list[tuple[int, int]]:
    """Return the whole months from the first year that there are books of to the end of the history."""
    return manader(date(_forsta_ar(underlag), 1, 1), uppdrag.slutdag)


def _forsta_ar(underlag: Underlag) -> int:
    """Return the first year that outcome or population is printed of: there are books of it."""
    return min([underlag.extern.utfallsar[0], *underlag.invanare])


def _text(tal: Decimal) -> str:
    """Return a number as text, without needless zeros."""
    normal = tal.normalize()
    return f"{normal:f}"
