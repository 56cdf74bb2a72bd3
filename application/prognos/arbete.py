"""The making of a forecast: care played forward, booked cost before it, and the other rows beside it, path by path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from application.prognos.fakta import Prognosfakta
from domain.prognos.banor import Banor, Del, Uppdrag
from domain.prognos.bokfort import (
    Beloppsrader,
    Beloppsslag,
    bokfort_till,
    manader_i,
    senaste_manader,
    skatta_paslag,
)
from domain.prognos.modell import Flodesmodell, lar
from domain.prognos.ovriga_rader import Manadsserie, Ovrig, prognostisera
from domain.prognos.underlag import F64, B, Fonster, Ursprung, rakna
from domain.tid import manad_efter

_FLEST_MANADER = 48
_MINST_BOKFORDA = 3
_OVRIGA = 1
_PASLAG = 2


@dataclass(frozen=True)
class Radbanor:
    """Possible courses of the whole window per row: days and kronor, booked cost included.

    Attributes:
        dygn, kostnad: per row and path.
        registrerat_dygn, registrerad_kostnad: what is registered up to the origin, per row.
        sena_dygn, sen_kostnad: what is reckoned to be added up to the origin, per row and path.
        metod: the declared method of each row without care days; None where care days carry it.
    """

    dygn: F64
    kostnad: F64
    registrerat_dygn: F64
    registrerad_kostnad: F64
    sena_dygn: F64
    sen_kostnad: F64
    metod: tuple[str | None, ...]


@dataclass(frozen=True)
class Arbete:
    """Everything about one origin and window."""

    fakta: Prognosfakta
    ursprung: Ursprung
    fonster: Fonster

    @property
    def antal(self) -> int:
        """Return how many rows there are."""
        return len(self.fakta.rader.poster)

    @cached_property
    def modell(self) -> Flodesmodell:
        """Return what is learnt at the origin."""
        kvar = max(self.fonster.till - 1 - self.ursprung.dag, 1)
        return lar(self.fakta.historia, self.ursprung, kvar)

    @cached_property
    def budget(self) -> F64:
        """Return the budget in force at the origin per row, in kronor."""
        alla = self.fakta.belopp.kanda(Beloppsslag.BUDGET, self.ursprung.dag, self.ursprung.position)
        return alla.valda(self._i_fonstret(alla.manad)).per_rad(self.antal)

    @cached_property
    def volymrader(self) -> B:
        """Return which rows care days carry."""
        med = np.zeros(self.antal, dtype=np.bool_)
        med[[s.rad for s in self.fakta.historia.segment]] = True
        return med

    def _i_fonstret(self, manad: np.ndarray[tuple[int], np.dtype[np.int64]]) -> B:
        return (manad >= self.fonster.fran) & (manad < self.fonster.till)

    def med_bokforing(self, banor: Banor, uppdrag: Uppdrag) -> Radbanor:
        """Return the courses of the whole window, with what is booked instead of worked out where it is closed."""
        utfall = self.fakta.belopp.kanda(Beloppsslag.UTFALL, self.ursprung.dag, self.ursprung.position)
        stangt = self._stangt_till(utfall)
        manader = senaste_manader(stangt, _FLEST_MANADER)
        bokfort = utfall.per_manad(manader, self.antal)
        vagar = banor.kostnad.shape[2]
        kvot = self._paslag(bokfort[-12:], manader[-12:], vagar, uppdrag.fro)
        i_ar = np.array([self._i_fonstret(np.array([m]))[0] for m in manader], dtype=np.bool_)
        # A row of care that is not booked by itself is worked out all the year.
        bokford = ~self.volymrader | ((bokfort[-12:] != 0).sum(axis=0) >= _MINST_BOKFORDA)
        stangda = np.where(bokford, bokfort[i_ar].sum(axis=0), 0.0)
        till = min(max(stangt, self.fonster.fran), self.fonster.till)
        raknat = np.where(bokford, self._raknat(Fonster(self.fonster.fran, till)), 0.0)
        registrerad = np.where(
            self.volymrader, stangda + kvot.mean(axis=1) * (banor.registrerat.kostnad - raknat), stangda
        )
        kostnad = stangda[:, None] + kvot * (banor.all_kostnad - raknat[:, None])
        metoder: list[str | None] = [None] * self.antal
        for nr in np.flatnonzero(~self.volymrader):
            ovrig = self._ovrig(bokfort[:, nr], i_ar, vagar, uppdrag.fro, int(nr))
            kostnad[nr], metoder[nr] = stangda[nr] + ovrig.rest, ovrig.metod
            if ovrig.metod == "inget-bokfort":
                kostnad[nr] = self.budget[nr]
                metoder[nr] = "budget"
        return Radbanor(
            banor.alla_dygn, kostnad, banor.registrerat.dygn, registrerad,
            banor.dygn[Del.SENA], kvot * banor.kostnad[Del.SENA], tuple(metoder),
        )  # fmt: skip

    def _stangt_till(self, utfall: Beloppsrader) -> int:
        """Return the first day of the first month of care that is not closed; day 1 where none is."""
        dag, _, position = self.ursprung
        return max(bokfort_till(utfall, dag), self.fakta.stangningar.till(dag, position))

    def _raknat(self, fonster: Fonster) -> F64:
        """Return what the care of some days costs by days and prices, as known at the origin."""
        f = self.fakta
        return rakna(self.modell.kanda, fonster, self.ursprung.dag + 1, f.historia.segment, self.antal).kostnad

    def _paslag(self, bokfort: F64, manader: Sequence[int], vagar: int, fro: int) -> F64:
        """Return what booked cost is to worked out cost, per row and path."""
        raknat = [self._raknat(Fonster(m, manad_efter(date.fromordinal(m)).toordinal())) for m in manader]
        paslag = skatta_paslag(bokfort, np.array(raknat).reshape(len(manader), self.antal))
        z = np.random.Generator(np.random.SFC64([fro, 98, _PASLAG])).standard_normal((self.antal, vagar))
        return paslag.kvot[:, None] + paslag.osakert[:, None] * (z if vagar > 1 else 0.0)

    def _ovrig(self, bokfort: F64, i_ar: B, vagar: int, fro: int, nr: int) -> Ovrig:
        """Return the rest of a row without care days."""
        borjar = np.flatnonzero(bokfort)
        serie = bokfort[borjar[0] :] if len(borjar) else bokfort[:0]
        alla = len(manader_i(self.fonster))
        slump = np.random.Generator(np.random.SFC64([fro, 98, _OVRIGA, nr]))
        return prognostisera(Manadsserie(serie, int(i_ar.sum())), alla - int(i_ar.sum()), vagar, slump)
