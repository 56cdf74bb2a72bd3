"""Mistakes and their corrections: what was first recorded was sometimes wrong.

The entry that an event had becomes the wrong one, and the right content is recorded again days or weeks later. While a
wrong entry stands, everything else in its stream must stay legal; therefore a wrong first or last day is drawn so that
all other events of the placement lie within it, and a placement has at most one correction.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from application.syntet.dagar import ar_av
from application.syntet.forlopp import Varld
from application.syntet.kolumner import FEL_FORM, Handelser, Typ, handelser
from application.syntet.omstandigheter import INGEN_PLAN
from application.syntet.placeringar import UTAN
from application.syntet.profiler import (
    ANDEL_MAKULERADE,
    ANDEL_RATTADE,
    FEL_MALGRUPP,
    FORMER,
    I32,
    I64,
    MALGRUPPER,
    OPPEN,
    PROFILER,
    B,
)
from application.syntet.tider import MINUT_MS, Klocka, arbetsdag

_RATTBARA = (Typ.PABORJAD, Typ.PRIS, Typ.AVSLUTAD)
_ANDEL_TIO_GANGER = 0.3
_STORT_PRIS = 100_000_000  # öre; ten times as much would not fit in the column
_KORT = 5
_PRIS, _START, _MALGRUPP, _FORM = range(4)


def antal_makulerade(antal_handelser: int) -> int:
    """Return how many wholly mistaken entries of each of the two kinds a history gets."""
    return round(antal_handelser * ANDEL_MAKULERADE / 2)


def ratta(rng: np.random.Generator, h: Handelser, v: Varld, antal: int) -> Handelser:
    """Make some entries wrong in place and return their corrections.

    Args:
        rng: source of chance.
        h: all entries of the first ``antal`` placements; changed in place.
        v: what the entries were made from.
        antal: how many placements are real; later ones are mistakes of their own.
    """
    kandidater = _kandidater(rng, h, antal)
    mojliga = len(kandidater)
    onskade = min(mojliga, round(len(h) * ANDEL_RATTADE))
    rattade = _gor_fel(rng, h, v, kandidater[: min(mojliga, 2 * onskade)], onskade)
    if not len(rattade.typ):
        return rattade
    sena = np.full(len(v.p), np.iinfo(np.int64).min, dtype=np.int64)
    avslut = rattade.typ == Typ.AVSLUTAD
    sena[rattade.ref[avslut]] = rattade.tid[avslut] + MINUT_MS
    utvarderade = h.typ == Typ.UTVARDERAD
    h.tid[utvarderade] = np.maximum(h.tid[utvarderade], sena[h.ref[utvarderade]])
    return rattade


def _kandidater(rng: np.random.Generator, h: Handelser, antal: int) -> I64:
    """Return entries that may be wrong, in random order, one per placement."""
    tankbara = np.flatnonzero(np.isin(h.typ, _RATTBARA) & (h.ref < antal))
    blandade = rng.permutation(tankbara)
    _, forsta = np.unique(h.ref[blandade], return_index=True)
    return blandade[np.sort(forsta)]


def _gor_fel(rng: np.random.Generator, h: Handelser, v: Varld, vilka: I64, onskade: int) -> Handelser:
    """Make up to ``onskade`` of the given entries wrong and return the corrections that restore them."""
    ratt = {f.name: getattr(h, f.name)[vilka] for f in fields(Handelser)}
    fel = {namn: varden.copy() for namn, varden in ratt.items()}
    registrerad = v.klocka.svensk_dag(ratt["tid"])
    slag = rng.choice(4, size=len(vilka), p=[0.4, 0.25, 0.15, 0.2])
    paborjad, avslutad = ratt["typ"] == Typ.PABORJAD, ratt["typ"] == Typ.AVSLUTAD
    pris = (ratt["typ"] == Typ.PRIS) | (paborjad & (slag == _PRIS))
    fel["v1"][pris] = _felskrivet_pris(rng, ratt["v1"][pris])
    _fel_grupp_eller_form(fel, v, ratt["ref"], paborjad & (slag == _MALGRUPP), paborjad & (slag == _FORM))
    minst, mest = _ramar(h, v)
    dagar = rng.integers(1, 9, len(vilka)) * rng.choice([-1, 1], size=len(vilka))
    felstart = paborjad & (slag == _START)
    fel["datum"][felstart] = _fel_borjan(ratt, dagar, v, minst, registrerad)[felstart]
    fel["datum"][avslutad] = _fel_slut(ratt, dagar, v, mest, registrerad)[avslutad]
    tid = rattad(rng, v.klocka, ratt["tid"], np.minimum(ratt["datum"], fel["datum"]))
    andrat = (fel["v1"] != ratt["v1"]) | (fel["kod"] != ratt["kod"]) | (fel["datum"] != ratt["datum"])
    anvands = np.flatnonzero(andrat & (tid > ratt["tid"] + 5 * MINUT_MS))[:onskade]
    for namn in ("v1", "kod", "datum"):
        getattr(h, namn)[vilka[anvands]] = fel[namn][anvands]
    ratt["tid"], ratt["rattar"] = tid, vilka.astype(np.int32)
    return Handelser(**{namn: varden[anvands] for namn, varden in ratt.items()})


def _felskrivet_pris(rng: np.random.Generator, ore: I32) -> I32:
    """Return prices with a digit too many, or with a wrong hundred."""
    ny_siffra = ore + rng.integers(1, 6, len(ore)) * 10_000
    return np.where((rng.random(len(ore)) < _ANDEL_TIO_GANGER) & (ore < _STORT_PRIS), ore * 10, ny_siffra).astype(
        np.int32
    )


def _fel_grupp_eller_form(fel: dict[str, Any], v: Varld, ref: I32, grupp: B, form: B) -> None:
    """Mark beginnings that are recorded with the wrong target group or form."""
    fel_grupp = np.array([MALGRUPPER.index(FEL_MALGRUPP[m]) for m in MALGRUPPER])
    fel_form = np.array([FORMER.index(PROFILER[f].felform) if f in PROFILER else 0 for f in FORMER])
    fel["kod"][grupp] = 1 + fel_grupp[v.p.malgrupp[ref[grupp]]]
    byte = form & (fel_form[v.p.form[ref]] != v.p.form[ref])
    fel["kod"][byte] = FEL_FORM + fel_form[v.p.form[ref[byte]]]


def _ramar(h: Handelser, v: Varld) -> tuple[I32, I32]:
    """Return per placement the earliest day of anything but its beginning, and the latest of anything but its end."""
    minst = v.sista.copy()
    mest = v.p.start.copy()
    senare = h.typ != Typ.PABORJAD
    np.minimum.at(minst, h.ref[senare], h.datum[senare])
    inre = ~np.isin(h.typ, (Typ.AVSLUTAD, Typ.UTVARDERAD))
    np.maximum.at(mest, h.ref[inre], h.datum[inre])
    return minst, mest


def _fel_borjan(ratt: dict[str, Any], dagar: I64, v: Varld, minst: I32, registrerad: I32) -> I32:
    """Return wrong first days: same year, before all else in the placement; the right one where none is possible."""
    ref, datum = ratt["ref"], ratt["datum"]
    plan = np.where(ratt["v2"] == INGEN_PLAN, OPPEN, ratt["v2"])
    fel = np.minimum(np.minimum(datum + dagar, plan), np.minimum(minst[ref], registrerad)).astype(np.int32)
    duger = (ar_av(fel) == ar_av(datum)) & (v.p.byte[ref] == UTAN)
    return np.asarray(np.where(duger, fel, datum), dtype=np.int32)


def _fel_slut(ratt: dict[str, Any], dagar: I64, v: Varld, mest: I32, registrerad: I32) -> I32:
    """Return wrong last days: after all else in the placement, not after their registration or the history."""
    ref, datum = ratt["ref"], ratt["datum"]
    fel = np.clip(datum + dagar, mest[ref], np.minimum(registrerad, v.slutdag))
    return np.asarray(np.where(ar_av(fel.astype(np.int32)) == ar_av(datum), fel, datum), dtype=np.int32)


def rattad(rng: np.random.Generator, klocka: Klocka, tid: I64, datum: I32) -> I64:
    """Return when mistakes are corrected: days or weeks after their registration, within the longest delay."""
    registrerad = klocka.svensk_dag(tid)
    dagar = 1 + np.rint(np.exp(rng.normal(np.log(9), 0.8, len(tid)))).astype(np.int32)
    return klocka.kontorstid(rng, arbetsdag(registrerad + dagar, registrerad, klocka.tak(datum)))


def makulerade_priser(rng: np.random.Generator, h: Handelser, v: Varld, upptagna: I32, nasta: int) -> list[Handelser]:
    """Return price changes that never were and their annulments; ``nasta`` is the number of the first new entry."""
    antal = antal_makulerade(len(h))
    langa = np.flatnonzero(v.sista - v.p.start > _KORT)
    lediga = np.setdiff1d(langa, upptagna).astype(np.int32)
    ref = rng.choice(lediga, size=min(antal, len(lediga)), replace=False)
    datum = (v.p.start[ref] + 1 + (rng.random(len(ref)) * (v.sista[ref] - v.p.start[ref])).astype(np.int32)).astype(
        np.int32
    )
    tid = np.maximum(v.klocka.efter_drojsmal(rng, datum), h.tid[ref] + 9 * MINUT_MS)
    pris = _felskrivet_pris(rng, h.v1[ref])
    return _med_makulering(rng, v.klocka, handelser(Typ.PRIS, ref, datum, tid, v1=pris), nasta)


def makulerade_placeringar(rng: np.random.Generator, h: Handelser, v: Varld, ref: I32) -> Handelser:
    """Return the annulments of placements recorded twice; their beginnings are entries with the same numbers."""
    tid = rattad(rng, v.klocka, h.tid[ref], h.datum[ref])
    tid = np.maximum(tid, h.tid[ref] + 11 * MINUT_MS)
    return handelser(Typ.MAKULERAD, ref, h.datum[ref], tid, rattar=ref)


def _med_makulering(rng: np.random.Generator, klocka: Klocka, fel: Handelser, nasta: int) -> list[Handelser]:
    """Return mistaken entries followed by their annulments."""
    tid = np.maximum(rattad(rng, klocka, fel.tid, fel.datum), fel.tid + 11 * MINUT_MS)
    nummer = nasta + np.arange(len(fel), dtype=np.int32)
    return [fel, handelser(Typ.MAKULERAD, fel.ref, fel.datum, tid, rattar=nummer)]
