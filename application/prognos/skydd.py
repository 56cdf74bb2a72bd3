"""Forecasts under disclosure control: for those who may count but not meet anybody (``domain.rojande``).

A row's figures are two cells: what the year has come to so far (*hittills*), and what it will (*prognos*). Every figure
is rounded by the persons behind the row, sums are sums of rounded rows, and cells that few are behind are not in the
answer at all, nor those they could be worked out from. The difference between the two cells is the rest of the year; of
few open stays it must not follow either. The change since the adopted forecast is the difference of two moments of
knowledge, which is just what rounding keeps from being told, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from application.prognos.arbete import Arbete
from application.prognos.fragan import Prognosfraga
from application.prognos.noter import metodnoter
from application.prognos.svar import (
    Cellslag,
    Fordelning,
    Metodval,
    Prognosrad,
    Prognossvar,
    avvikelsen,
    mot_plan,
    planens_summa,
    prisets_dagar,
    radvikter,
)
from application.prognos.text import drivkrafter
from application.prognos.tjanst import Prognostiserare
from domain.matt.uppdelning import Delar
from domain.prognos.underlag import F64, I64, UTANFOR, B, Vistelsedelar
from domain.rojande import NOT, Cell, avrundad, dolda

_DOLT = float("nan")
"""What stands where a figure is hidden: it is not in the answer, and whatever is worked out from it is not either."""

_INGEN_FORDELNING = Fordelning(_DOLT, _DOLT, {})


class SkyddadPrognostiserare(Prognostiserare):
    """Answers forecasts under disclosure control; made of what an ordinary one is made of."""

    def svara(self, fraga: Prognosfraga) -> Prognossvar:
        """Return the forecast of every row, with small figures kept; raises as ``Prognostiserare.svara``."""
        return skyddat(*self.svar_och_arbete(fraga))


class Bakom(NamedTuple):
    """Different persons behind a row: with care this year so far, in care at the origin, and in care at any time."""

    i_ar: frozenset[int]
    oppna: frozenset[int]
    nagonsin: frozenset[int]

    @property
    def prognosens(self) -> int:
        """Return how many the forecast rests on: those of the year, or, where there are none, those it learnt from."""
        return len(self.i_ar) or len(self.nagonsin)


def bakom_raderna(arbete: Arbete) -> tuple[Bakom, ...]:
    """Return who is behind each post, as known at the origin."""
    kanda, fonster, dag = arbete.modell.kanda, arbete.fonster, arbete.ursprung.dag
    med = kanda.valda((kanda.segment != UTANFOR) & (kanda.fran <= dag))
    rad = np.array([s.rad for s in arbete.fakta.historia.segment], dtype=np.int64)[med.segment]
    i_ar = (med.fran < fonster.till) & (med.till > fonster.fran)
    kvar = (med.till > dag + 1) & (dag + 1 < fonster.till)
    grupper = (i_ar, kvar, np.ones(len(med), dtype=np.bool_))
    return tuple(Bakom(*(_personer(med, g & (rad == nr)) for g in grupper)) for nr in range(arbete.antal))


def _personer(delar: Vistelsedelar, vilka: B) -> frozenset[int]:
    egna: I64 = delar.person[vilka]
    return frozenset(np.unique(egna).tolist())


def skyddat(svar: Prognossvar, arbete: Arbete) -> Prognossvar:
    """Return an answer as it may be shown to somebody who must not meet a single person."""
    bakom = bakom_raderna(arbete)
    vikter = [v for _, v in radvikter(arbete)]
    borta = dolda(_celler(bakom, vikter))
    poster = {int(np.flatnonzero(v)[0]): r for v, r in zip(vikter, svar.rader, strict=True) if not r.sammansatt}
    avrundade = {nr: _avrundad(r, bakom[nr], arbete) for nr, r in poster.items()}
    planer = mot_plan(
        arbete,
        [avrundade[nr].vantade_dygn for nr in range(arbete.antal)],
        [avrundade[nr].kostnad.vantat for nr in range(arbete.antal)],
    )
    rader = tuple(
        _utan(
            replace(_summerad(rad, v, avrundade, _alla(bakom, v), arbete), plan=planens_summa(planer, v)),
            {slag for slag in Cellslag if (nr, slag) in borta},
        )
        for nr, (rad, v) in enumerate(zip(svar.rader, vikter, strict=True))
    )
    alla = len(frozenset().union(*(b.nagonsin for b in bakom)))
    return replace(
        svar, val=_avrundat_val(svar.val, alla), rader=rader, antagen=None, drivkrafter=drivkrafter(rader, None),
        noter=(*metodnoter(svar.val), NOT), skyddat=True,
    )  # fmt: skip


def _alla(bakom: Sequence[Bakom], vikter: F64) -> Bakom:
    """Return who is behind a row that adds up posts."""
    egna = [bakom[nr] for nr in np.flatnonzero(vikter).tolist()]
    return Bakom(*(frozenset[int]().union(*(getattr(b, grupp) for b in egna)) for grupp in Bakom._fields))


# Which cells ---------------------------------------------------------------------------------------------------------


def _celler(bakom: Sequence[Bakom], vikter: Sequence[F64]) -> Mapping[tuple[int, str], Cell]:
    """Return the cells of an answer, and the rest of the year of each row, which is in it as a difference."""
    celler: dict[tuple[int, str], Cell] = {}
    for nr, vikt in enumerate(vikter):
        poster = [(int(p), Fraction(float(vikt[p]))) for p in np.flatnonzero(vikt)]
        egna = _alla(bakom, vikt)
        hittills = {("hittills", p): v for p, v in poster if bakom[p].i_ar}
        rest = {("rest", p): v for p, v in poster if bakom[p].nagonsin}
        celler[nr, Cellslag.HITTILLS] = _cell(len(egna.i_ar), hittills)
        celler[nr, Cellslag.PROGNOS] = _cell(egna.prognosens, hittills | rest)
        if egna.oppna:
            celler[nr, "rest"] = _cell(len(egna.oppna), rest)
    return celler


def _cell(personer: int, delar: Mapping[tuple[str, int], Fraction]) -> Cell:
    return Cell(personer if delar else None, delar)


def _utan(rad: Prognosrad, slag: Iterable[Cellslag]) -> Prognosrad:
    """Return a row without its hidden figures."""
    rad = replace(rad, dolt=frozenset(slag))
    if Cellslag.HITTILLS in rad.dolt:
        dygn = None if rad.registrerat_dygn is None else _DOLT
        rad = replace(
            rad, registrerat_dygn=dygn, registrerad_kostnad=_DOLT, tillkommande_dygn=dygn, tillkommande_kostnad=_DOLT
        )
    if Cellslag.PROGNOS in rad.dolt:
        volym = rad.dygn is not None
        rad = replace(
            rad, dygn=_INGEN_FORDELNING if volym else None, personer=_DOLT if volym else None,
            pris=_DOLT if volym else None, kostnad=_INGEN_FORDELNING, avvikelse=_INGEN_FORDELNING,
            plan=Delar(),
        )  # fmt: skip
    return rad


# Rounding ------------------------------------------------------------------------------------------------------------


def _tal(varde: float | None, personer: int) -> float:
    return float(avrundad(Fraction(varde or 0.0), personer))


def _avrundad(rad: Prognosrad, bakom: Bakom, arbete: Arbete) -> Prognosrad:
    """Return a post with its figures rounded, those of no persons as they are."""
    if rad.dygn is None and not bakom.nagonsin:
        return replace(rad, hopp=None)
    hittills, prognos = len(bakom.i_ar), bakom.prognosens
    dygn = None if rad.dygn is None else _avrundad_fordelning(rad.dygn, prognos)
    kostnad = _avrundad_fordelning(rad.kostnad, prognos)
    return _med_foljder(
        replace(
            rad, hopp=None, dygn=dygn, kostnad=kostnad,
            registrerat_dygn=None if rad.registrerat_dygn is None else _tal(rad.registrerat_dygn, hittills),
            registrerad_kostnad=_tal(rad.registrerad_kostnad, hittills),
            tillkommande_dygn=None if rad.tillkommande_dygn is None else _tal(rad.tillkommande_dygn, prognos),
            tillkommande_kostnad=_tal(rad.tillkommande_kostnad, prognos),
        ),
        kostnad.vantat, arbete,
    )  # fmt: skip


def _summerad(
    rad: Prognosrad, vikter: F64, poster: Mapping[int, Prognosrad], bakom: Bakom, arbete: Arbete
) -> Prognosrad:
    """Return a row as the sum of rounded posts; its median and intervals are rounded by all that are behind it."""
    egna = [(poster[int(nr)], float(vikter[nr])) for nr in np.flatnonzero(vikter)]
    if not rad.sammansatt:
        return egna[0][0]
    personer = bakom.prognosens
    dygn = sum(p.vantade_dygn * v for p, v in egna)
    kostnad = sum(p.kostnad.vantat * v for p, v in egna)
    avrunda = _avrundad_fordelning if bakom.nagonsin else lambda f, _: f
    return _med_foljder(
        replace(
            rad, hopp=None,
            dygn=None if rad.dygn is None else avrunda(rad.dygn, personer)._replace(vantat=dygn),
            kostnad=avrunda(rad.kostnad, personer)._replace(vantat=kostnad),
            registrerat_dygn=None if rad.dygn is None else sum((p.registrerat_dygn or 0.0) * v for p, v in egna),
            registrerad_kostnad=sum(p.registrerad_kostnad * v for p, v in egna),
            tillkommande_dygn=None if rad.dygn is None else sum((p.tillkommande_dygn or 0.0) * v for p, v in egna),
            tillkommande_kostnad=sum(p.tillkommande_kostnad * v for p, v in egna),
        ),
        sum(p.kostnad.vantat * v for p, v in egna if p.dygn), arbete,
    )  # fmt: skip


def _med_foljder(rad: Prognosrad, vardens_kostnad: float, arbete: Arbete) -> Prognosrad:
    """Return a row whose persons, price and deviation are worked out from its rounded days and cost."""
    dygn = rad.vantade_dygn
    return replace(
        rad,
        personer=None if rad.dygn is None else dygn / arbete.fonster.dagar,
        pris=vardens_kostnad / dygn * prisets_dagar(rad.rad.prissort, arbete.fonster) if dygn > 0 else None,
        avvikelse=avvikelsen(rad.budget, rad.kostnad),
    )


def _avrundad_fordelning(f: Fordelning, personer: int) -> Fordelning:
    """Return a distribution with every figure rounded, in order: larger figures have larger steps."""
    andelar = sorted(f.intervall, reverse=True)
    tal = [f.intervall[a][0] for a in andelar] + [f.median] + [f.intervall[a][1] for a in reversed(andelar)]
    avrundade = sorted(_tal(x, personer) for x in tal)
    intervall = {a: (avrundade[nr], avrundade[-1 - nr]) for nr, a in enumerate(andelar)}
    return Fordelning(avrundade[len(andelar)], _tal(f.vantat, personer), {a: intervall[a] for a in f.intervall})


def _avrundat_val(val: Metodval, personer: int) -> Metodval:
    poang = {metod: _tal(poang, personer) for metod, poang in val.poang.items()}
    return val._replace(poang=poang, faktor=round(val.faktor, 1))
