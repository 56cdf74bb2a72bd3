"""What happens in each case, in the order it is recorded: never earlier than what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from application.syntet.arenden import (
    AVSANDARE,
    INGEN,
    SATT,
    UTAN_FORM,
    UTAN_STATUS,
    UTREDNINGSTYPER,
    Arenden,
    utredningstyp_av,
)
from application.syntet.kolumner import UTAN_PLACERING, Handelser, Typ, handelser, samla
from application.syntet.omstandigheter import Omstandigheter
from application.syntet.placeringar import UTAN, Placeringar
from application.syntet.profiler import (
    ANDEL_ARBETADE,
    ANDEL_MAKULERADE,
    ANDEL_RATTADE,
    ANDEL_UTVARDERADE,
    I8,
    I32,
    I64,
    MALUPPFYLLELSE,
    OPPEN,
    B,
)
from application.syntet.rattelser import rattad
from application.syntet.tider import MINUT_MS, Klocka
from domain.arende.begrepp import Aktualiseringssatt, Upphorandeorsak

UPPHORANDE = tuple(Upphorandeorsak)
_FORLANGS_EFTER = 112  # days into an investigation that will not be ready in time
_ANDEL_SKYDDSBEDOMDA, _ANDEL_FORLANGDA = 0.9, 0.7
_RATTBARA = (Typ.AKTUALISERAT, Typ.UTREDNING)


@dataclass
class _Forlopp:
    """What has been made so far: the events, and when something was last recorded in each case."""

    rng: np.random.Generator
    klocka: Klocka
    slutdag: int
    senast: I64
    delar: list[Handelser]

    def lagg_till(
        self,
        typ: Typ,
        ref: I32,
        datum: I32,
        *,
        v1: I32 | None = None,
        v2: I32 | None = None,
        kod: I8 | None = None,
        efter: I64 | None = None,
    ) -> I64:
        """Add events of one kind and return when they are recorded: after ``efter``, else after all else in the case.

        Those of days after the history are left out.
        """
        inom = datum <= self.slutdag
        golv = self.senast[ref] if efter is None else efter
        ref, datum, golv = ref[inom].astype(np.int32), datum[inom].astype(np.int32), golv[inom]
        tid = self.klocka.efter_drojsmal(self.rng, datum)
        tid = np.maximum(tid, golv + MINUT_MS + self.rng.integers(0, 3 * MINUT_MS, len(ref)))
        np.maximum.at(self.senast, ref, tid)
        v1, v2 = (None if v is None else v[inom] for v in (v1, v2))
        self.delar.append(handelser(typ, ref, datum, tid, v1=v1, v2=v2, kod=None if kod is None else kod[inom]))
        return np.asarray(tid)


def arendehandelser(
    rng: np.random.Generator, a: Arenden, p: Placeringar, o: Omstandigheter, klocka: Klocka, slutdag: int
) -> Handelser:
    """Return all events of all cases, corrections not included; ``p`` holds the real placements only."""
    f = _Forlopp(rng, klocka, slutdag, np.full(len(a), np.iinfo(np.int64).min // 2, dtype=np.int64), [])
    aktualiserade = _inkomna(f, a)
    _utredda(f, a, _lagrum(a, p, o))
    _insatser(f, a)
    _placerade(f, a, p, aktualiserade)
    overlamnade = _vilka((a.status != UTAN_STATUS) & (a.slut < OPPEN))
    f.lagg_till(Typ.OVERLAMNAT, overlamnade, a.slut[overlamnade])
    avslutade = _vilka(a.slut < OPPEN)
    f.lagg_till(Typ.AVSLUTAT, avslutade, a.slut[avslutade])
    return samla(f.delar)


def _vilka(vilka: B) -> I32:
    return np.flatnonzero(vilka).astype(np.int32)


def _lagrum(a: Arenden, p: Placeringar, o: Omstandigheter) -> tuple[I8, I8]:
    """Return type and act of each case's investigation."""
    placerade = int(a.placerad.sum())
    lagrum = np.zeros(placerade, dtype=np.int8)
    forsta = np.flatnonzero(p.fore < 0)[::-1]
    lagrum[p.person[forsta]] = o.lagrum[forsta]
    return utredningstyp_av(a, lagrum)


def _inkomna(f: _Forlopp, a: Arenden) -> I64:
    """Add intakes (and return when they are recorded), grounds of responsibility and preliminary assessments."""
    alla = np.arange(len(a), dtype=np.int32)
    tid = f.lagg_till(Typ.AKTUALISERAT, alla, a.inkom, kod=a.avsandare)
    ensamma = _vilka(a.status != UTAN_STATUS)
    f.lagg_till(Typ.STATUS, ensamma, a.inkom[ensamma])
    anmalda = a.satt == SATT.index(Aktualiseringssatt.ANMALAN)
    barn = _vilka(a.barn & anmalda & (f.rng.random(len(a)) < _ANDEL_SKYDDSBEDOMDA))
    f.lagg_till(Typ.SKYDD, barn, a.inkom[barn])
    bedomda = _vilka(a.bedomd != INGEN)
    f.lagg_till(Typ.BEDOMD, bedomda, a.bedomd[bedomda])
    return tid


def _utredda(f: _Forlopp, a: Arenden, typ_och_lagrum: tuple[I8, I8]) -> None:
    """Add investigations, what came in while they went on, and their prolongation."""
    typ, lagrum = typ_och_lagrum
    ref = _vilka(a.utr_fran != INGEN)
    f.lagg_till(Typ.UTREDNING, ref, a.utr_fran[ref], kod=typ[ref], v1=lagrum[ref].astype(np.int32))
    inledd = f.senast.copy()
    mer = _vilka(a.extra != INGEN)
    f.lagg_till(Typ.MER_INKOMMET, mer, a.extra[mer], kod=a.avsandare[mer])
    sist = np.minimum(a.utr_till, f.slutdag)
    langa = _vilka(
        (a.utr_fran != INGEN) & (sist - a.utr_fran > _FORLANGS_EFTER + 8) & (f.rng.random(len(a)) < _ANDEL_FORLANGDA)
    )
    datum = a.utr_fran[langa] + _FORLANGS_EFTER + f.rng.integers(-6, 6, len(langa)).astype(np.int32)
    f.lagg_till(Typ.FORLANGD, langa, datum, v2=datum + 60, efter=inledd[langa])
    klara = _vilka((a.utr_till != INGEN) & (a.utr_till < OPPEN))
    f.lagg_till(Typ.UTREDD, klara, a.utr_till[klara], kod=a.utfall[klara])


def _insatser(f: _Forlopp, a: Arenden) -> None:
    """Add the decisions on services without care days, the services, their ends and how they went."""
    ref = _vilka(a.form != UTAN_FORM)
    beslut = np.minimum(a.utr_till[ref], a.ins_fran[ref])
    f.lagg_till(Typ.BESLUT, ref, beslut, v1=np.full(len(ref), UTAN_PLACERING, dtype=np.int32))
    f.lagg_till(Typ.INSATS, ref, a.ins_fran[ref])
    slut = ref[a.ins_till[ref] < OPPEN]
    f.lagg_till(Typ.INSATS_SLUT, slut, a.ins_till[slut])
    foljda = slut[f.rng.random(len(slut)) < ANDEL_UTVARDERADE]
    utfall = f.rng.choice(3, size=len(foljda), p=MALUPPFYLLELSE)
    kod = 2 * utfall + (f.rng.random(len(foljda)) < ANDEL_ARBETADE)
    datum = a.ins_till[foljda] + f.rng.integers(0, 10, len(foljda)).astype(np.int32)
    f.lagg_till(Typ.INSATS_FOLJD, foljda, datum, kod=kod.astype(np.int8))


def _placerade(f: _Forlopp, a: Arenden, p: Placeringar, aktualiserade: I64) -> None:
    """Add the decision that each stay rests on: taken some days before it, effected with it, ended with it."""
    alla = np.arange(len(p), dtype=np.int32)
    fore = np.where(p.byte == UTAN, f.rng.integers(0, 8, len(p)), 0)
    dag = np.maximum(p.start - fore, a.inkom[p.person])
    fattade = f.lagg_till(Typ.BESLUT, p.person, dag, v1=alla, efter=aktualiserade[p.person])
    verkstallda = f.lagg_till(Typ.VERKSTALLT, p.person, p.start, v1=alla, efter=fattade)
    slut = _vilka(p.slut < OPPEN)
    orsaker = [UPPHORANDE.index(o) for o in (Upphorandeorsak.BEHOVET_UPPHORT, Upphorandeorsak.TIDEN_UTE)]
    kod = f.rng.choice(orsaker, size=len(slut)).astype(np.int8)
    kod[np.isin(slut, p.fore[p.byte != UTAN])] = UPPHORANDE.index(Upphorandeorsak.ERSATT)
    f.lagg_till(Typ.UPPHORT, p.person[slut], p.slut[slut], v1=slut, kod=kod, efter=verkstallda[slut])


def ratta_arenden(rng: np.random.Generator, h: Handelser, klocka: Klocka, forsta: int) -> list[Handelser]:
    """Make some entries wrong in place; return their corrections, and some mistaken intakes with their annulment.

    Args:
        rng: source of chance.
        h: the events of cases; changed in place.
        klocka: turns days into registration times.
        forsta: number of the first of them among all entries.
    """
    kan = rng.permutation(np.flatnonzero(np.isin(h.typ, _RATTBARA)))
    _, forst = np.unique(h.ref[kan], return_index=True)
    vilka = kan[np.sort(forst)][: round(len(h) * ANDEL_RATTADE)]
    tid = rattad(rng, klocka, h.tid[vilka], h.datum[vilka])
    vilka, tid = vilka[tid > h.tid[vilka] + MINUT_MS], tid[tid > h.tid[vilka] + MINUT_MS]
    ratt = h.kod[vilka].copy()
    antal_ord = np.where(h.typ[vilka] == Typ.AKTUALISERAT, len(AVSANDARE), len(UTREDNINGSTYPER))
    h.kod[vilka] = ((ratt + rng.integers(1, 4, len(vilka))) % antal_ord).astype(np.int8)
    rattelser = Handelser(
        h.typ[vilka], h.ref[vilka], h.datum[vilka], tid, h.v1[vilka], h.v2[vilka], ratt,
        (forsta + vilka).astype(np.int32),
    )  # fmt: skip
    return [rattelser, *_makulerade(rng, h, klocka, forsta + len(h) + len(vilka))]


def _makulerade(rng: np.random.Generator, h: Handelser, klocka: Klocka, forsta: int) -> list[Handelser]:
    """Return intakes that were recorded in the wrong case, and their annulments."""
    utredda = np.flatnonzero(h.typ == Typ.UTREDNING)
    vilka = rng.permutation(utredda)[: round(len(h) * ANDEL_MAKULERADE / 2)]
    ref, datum = h.ref[vilka], h.datum[vilka]
    tid = h.tid[vilka] + 2 * MINUT_MS
    fel = handelser(Typ.MER_INKOMMET, ref, datum, tid, v1=np.ones(len(ref), dtype=np.int32))
    nar = np.maximum(rattad(rng, klocka, tid, datum), tid + 3 * MINUT_MS)
    nummer = forsta + np.arange(len(ref), dtype=np.int32)
    return [fel, handelser(Typ.ARENDE_MAKULERAD, ref, datum, nar, rattar=nummer)]
