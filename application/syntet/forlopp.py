"""What happens in each placement, as it truly happened: the effective events, each with its time of registration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from application.syntet.dagar import ar_av, nyar
from application.syntet.kolumner import Handelser, Typ, handelser
from application.syntet.lagrum import Lagrumsval
from application.syntet.omstandigheter import (
    INGEN_PLAN,
    Omstandigheter,
    arets_prisniva,
)
from application.syntet.placeringar import Placeringar
from application.syntet.profiler import (
    ANDEL_ARBETADE,
    ANDEL_BETALD_FRANVARO,
    ANDEL_FRANVARO,
    ANDEL_OMPLANERADE,
    ANDEL_OMPROVNING,
    ANDEL_OVERVAGDA,
    ANDEL_PRISANDRADE,
    ANDEL_UPPRAKNADE,
    ANDEL_UTVARDERADE,
    F64,
    FORMER,
    I8,
    I32,
    I64,
    LAGRUM,
    MALGRUPPER,
    MALUPPFYLLELSE,
    OPPEN,
    PROFILER,
    B,
)
from application.syntet.tider import MINUT_MS, Klocka
from domain.begrepp import Insatsform, Lagrum, Malgrupp

_OVERVAGANDE_DAGAR = 182
_KORT = 12  # days; nothing much happens in shorter stays


@dataclass(frozen=True)
class Utvarderat:
    """Per year, the share of evaluations with goals reached to a great extent, and with the problems worked with."""

    mal: dict[int, float]
    problem: dict[int, float]


@dataclass(frozen=True)
class Varld:
    """Everything the events are made from.

    Attributes:
        p: placements.
        o: their circumstances.
        sista: per placement, the last day on which something can happen in it (its last day, or the history's).
        slutdag: last day of the history.
        rapportar: the report year.
        klocka: turns days into registration times.
        lagrum: the acts and their changes.
        utvarderat: what share of a year's evaluations say that goals were reached, and that the problems were met.
    """

    p: Placeringar
    o: Omstandigheter
    sista: I32
    slutdag: int
    rapportar: int
    klocka: Klocka
    lagrum: Lagrumsval
    utvarderat: Utvarderat


def borjan(rng: np.random.Generator, v: Varld) -> Handelser:
    """Return the beginning of every placement; entry number = placement number."""
    tid = v.klocka.efter_drojsmal(rng, v.p.start)
    har = np.flatnonzero(v.p.fore >= 0)
    while True:  # a placement is recorded after the one before it
        krav = tid[v.p.fore[har]] + 7 * MINUT_MS
        sena = har[tid[har] < krav]
        if not len(sena):
            break
        tid[sena] = tid[v.p.fore[sena]] + 7 * MINUT_MS
    ref = np.arange(len(v.p), dtype=np.int32)
    kronor = np.maximum(np.rint(v.o.grundpris * arets_prisniva(v.p.start, v.rapportar) / 100), 1)
    pris = (kronor * 100).astype(np.int32)
    return handelser(Typ.PABORJAD, ref, v.p.start, tid, v1=pris, v2=v.o.planerat_slut)


def fortsattning(rng: np.random.Generator, v: Varld, forst: I64) -> list[Handelser]:
    """Return all other effective events; ``forst`` is when each placement's beginning was recorded."""
    delar = [
        *_priser(rng, v),
        _planer(rng, v),
        _lagrum(v),
        _franvaro(rng, v),
        *_overvaganden(rng, v),
        _avslut(v),
    ]
    for del_ in delar:
        del_.tid = _efter(rng, v.klocka.efter_drojsmal(rng, del_.datum), forst[del_.ref])
    avslut = delar[-1]
    return [*delar, _utvarderingar(rng, v, avslut)]


def _efter(rng: np.random.Generator, tid: I64, forst: I64) -> I64:
    """Return the times, none earlier than a few minutes after ``forst``."""
    return np.asarray(np.maximum(tid, forst + MINUT_MS + rng.integers(0, 5 * MINUT_MS, len(tid))))


def _vilka(vilka: B) -> I32:
    """Return the numbers of the chosen placements."""
    return np.flatnonzero(vilka).astype(np.int32)


def _oregistrerad(
    typ: Typ, ref: I32, datum: I32, *, v1: I32 | None = None, v2: I32 | None = None, kod: I8 | None = None
) -> Handelser:
    """Return events whose registration is set later."""
    return handelser(typ, ref, datum, np.zeros(len(ref), dtype=np.int64), v1=v1, v2=v2, kod=kod)


def _dag_inom(rng: np.random.Generator, v: Varld, ref: I32) -> I32:
    """Return a random day strictly after the first and not after the last day of each placement."""
    return (v.p.start[ref] + 1 + (rng.random(len(ref)) * (v.sista[ref] - v.p.start[ref])).astype(np.int32)).astype(
        np.int32
    )


def _priser(rng: np.random.Generator, v: Varld) -> list[Handelser]:
    """Return the yearly indexation on 1 January of most running placements, and a few changes in between."""
    antal = len(v.p)
    ref = _vilka((rng.random(antal) < ANDEL_PRISANDRADE) & (v.sista - v.p.start > _KORT))
    datum = _dag_inom(rng, v, ref)
    arsdagar = np.array([nyar(ar) for ar in range(1970 + int(v.p.start.min()) // 366, v.rapportar + 1)])
    behall = ~np.isin(datum, arsdagar) & (datum < v.p.slut[ref])
    ref, datum = ref[behall], datum[behall]
    faktor, fran = np.ones(antal), np.full(antal, OPPEN, dtype=np.int32)
    faktor[ref], fran[ref] = np.exp(rng.normal(0.01, 0.08, len(ref))), datum
    delar = [_oregistrerad(Typ.PRIS, ref, datum, v1=_oren(v, ref, datum, faktor[ref]))]
    for dag in arsdagar[(arsdagar > v.p.start.min()) & (arsdagar <= v.slutdag)].tolist():
        ref = _vilka((v.p.start < dag) & (v.p.slut > dag) & (rng.random(antal) < ANDEL_UPPRAKNADE))
        datum = np.full(len(ref), dag, dtype=np.int32)
        delar.append(
            _oregistrerad(Typ.PRIS, ref, datum, v1=_oren(v, ref, datum, np.where(fran[ref] < dag, faktor[ref], 1.0)))
        )
    return delar


def _oren(v: Varld, ref: I32, datum: I32, faktor: F64) -> I32:
    """Return prices in öre on days."""
    return np.maximum(np.rint(v.o.grundpris[ref] * arets_prisniva(datum, v.rapportar) * faktor), 100).astype(np.int32)


def _planer(rng: np.random.Generator, v: Varld) -> Handelser:
    """Return changes of the planned end: longer than first thought, decided before the first plan ran out."""
    har = v.o.planerat_slut != INGEN_PLAN
    ref = _vilka(har & (rng.random(len(v.p)) < ANDEL_OMPLANERADE) & (v.sista - v.p.start > _KORT))
    senast = np.minimum(v.sista[ref], v.o.planerat_slut[ref])
    datum = v.p.start[ref] + 1 + (rng.random(len(ref)) * (senast - v.p.start[ref] - 1)).astype(np.int32)
    ny = v.o.planerat_slut[ref] + rng.integers(14, 120, len(ref))
    return _oregistrerad(Typ.PLANERAT_SLUT, ref, datum.astype(np.int32), v2=ny.astype(np.int32))


def _lagrum(v: Varld) -> Handelser:
    """Return the changes of act."""
    byten = v.lagrum
    return _oregistrerad(Typ.LAGRUM, byten.ref, byten.dag, kod=byten.nytt)


def _franvaro(rng: np.random.Generator, v: Varld) -> Handelser:
    """Return absences of some days, within the stay, mostly paid."""
    ref = _vilka((rng.random(len(v.p)) < ANDEL_FRANVARO) & (v.sista - v.p.start > _KORT))
    langd = rng.integers(1, 10, len(ref)).astype(np.int32)
    fran = v.p.start[ref] + 1 + (rng.random(len(ref)) * (v.sista[ref] - v.p.start[ref] - 1 - langd)).astype(np.int32)
    betald = (rng.random(len(ref)) < ANDEL_BETALD_FRANVARO).astype(np.int8)
    return _oregistrerad(Typ.FRANVARO, ref, fran.astype(np.int32), v2=(fran + langd).astype(np.int32), kod=betald)


def _overvaganden(rng: np.random.Generator, v: Varld) -> list[Handelser]:
    """Return the considerations, about every six months, of whether a child still needs the care; some are missed."""
    heldygn = np.array([form in PROFILER and PROFILER[form].heldygn for form in FORMER])[v.p.form]
    barn = np.isin(v.p.malgrupp, [MALGRUPPER.index(m) for m in (Malgrupp.BARN, Malgrupp.UNGA)])
    unga_i_boende = v.p.form == FORMER.index(Insatsform.STODBOENDE)
    antal = np.where(heldygn & barn & ~unga_i_boende, (v.sista - v.p.start) // _OVERVAGANDE_DAGAR, 0)
    ref = np.repeat(np.arange(len(v.p), dtype=np.int32), antal)
    nummer = np.arange(len(ref)) - np.repeat(np.cumsum(antal) - antal, antal) + 1
    datum = v.p.start[ref] + _OVERVAGANDE_DAGAR * nummer + rng.integers(-14, 10, len(ref))
    behall = (datum <= v.sista[ref]) & (rng.random(len(ref)) < ANDEL_OVERVAGDA)
    omprovning = (v.o.lagrum[ref] == LAGRUM.index(Lagrum.LVU)) & (rng.random(len(ref)) < ANDEL_OMPROVNING)
    delar = []
    for typ, vilka in ((Typ.OVERVAGANDE, behall & ~omprovning), (Typ.OMPROVNING, behall & omprovning)):
        delar.append(_oregistrerad(typ, ref[vilka], datum[vilka].astype(np.int32)))
    return delar


def _avslut(v: Varld) -> Handelser:
    """Return the end of every placement that ended."""
    ref = _vilka(v.p.slut != OPPEN)
    kod = 2 * v.o.orsak[ref] + v.o.planerat[ref]
    return _oregistrerad(Typ.AVSLUTAD, ref, v.p.slut[ref], kod=kod.astype(np.int8))


def _utvarderingar(rng: np.random.Generator, v: Varld, avslut: Handelser) -> Handelser:
    """Return evaluations after some ends, recorded after the end itself."""
    datum = avslut.datum + rng.integers(0, 28, len(avslut)).astype(np.int32)
    vilka = np.flatnonzero((rng.random(len(avslut)) < ANDEL_UTVARDERADE) & (datum <= v.slutdag))
    utfall = rng.choice(3, size=len(vilka), p=MALUPPFYLLELSE)
    arbetade = rng.random(len(vilka)) < ANDEL_ARBETADE
    ar = ar_av(datum[vilka])
    for ett_ar, andel in v.utvarderat.mal.items():
        egna = rng.permutation(np.flatnonzero(ar == ett_ar))
        utfall[egna] = np.where(np.arange(len(egna)) < round(andel * len(egna)), 0, rng.integers(1, 3, len(egna)))
    for ett_ar, andel in v.utvarderat.problem.items():
        egna = rng.permutation(np.flatnonzero(ar == ett_ar))
        arbetade[egna] = np.arange(len(egna)) < round(andel * len(egna))
    kod = 2 * utfall + arbetade
    tid = _efter(rng, v.klocka.efter_drojsmal(rng, datum[vilka]), avslut.tid[vilka])
    return handelser(Typ.UTVARDERAD, avslut.ref[vilka], datum[vilka], tid, kod=kod.astype(np.int8))
