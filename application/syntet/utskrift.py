"""Writing the history: from columns to JSON lines, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from application.framsteg import Framsteg
from application.syntet.arenden import Arenden
from application.syntet.arendeskrift import FORSTA_ARENDETYP, NAMN, SORT_ARENDE, SORT_PERSON, Arendeskrift
from application.syntet.dagar import dag
from application.syntet.fardig import Fardig, identitet
from application.syntet.kolumner import FEL_FORM, Handelser, Typ
from application.syntet.omstandigheter import INGEN_PLAN, Omstandigheter, Utforare, utforarnamn
from application.syntet.personer import Folk
from application.syntet.placeringar import OPLANERAD, PLANERAD, Placeringar
from application.syntet.profiler import FORMER, I8, I32, I64, KON, LAGRUM, MALGRUPPER, ORSAKER, PROFILER
from application.syntet.tider import rfc3339, uuid7
from domain.begrepp import (
    Avtalsform,
    Direktupphandlingsorsak,
    Maluppfyllelse,
    Omplacering,
    Prissort,
    Regi,
    Samling,
    Utforarslag,
)
from domain.strom import budgetperiodens_id

_SORT_HANDELSE, _SORT_PLACERING, _SORT_UTFORARE, _SORT_ATGARD = 0, 1, 4, 5
_PORTION = 8192
_AKTOR = {"id": "syntet", "roll": "migrering"}
_DIREKTORSAKER = [o.value for o in Direktupphandlingsorsak]
_UTFALL = [u.value for u in Maluppfyllelse]
_MALGRUPPER, _KON, _LAGRUM = [m.value for m in MALGRUPPER], [k.value for k in KON], [x.value for x in LAGRUM]
_FORMER, _ORSAKER = [f.value for f in FORMER], [o.value for o in ORSAKER]
_REGI = [Regi.EXTERN.value, Regi.EGEN.value]
_BYTEN = {PLANERAD: Omplacering.PLANERAD.value, OPLANERAD: Omplacering.OPLANERAD.value}
_NAMN = {
    Typ.PABORJAD: "placering.paborjad",
    Typ.PRIS: "pris.andrat",
    Typ.PLANERAT_SLUT: "planeratSlut.andrat",
    Typ.LAGRUM: "lagrum.andrat",
    Typ.FRANVARO: "franvaro.registrerad",
    Typ.OVERVAGANDE: "overvagande.gjort",
    Typ.OMPROVNING: "omprovning.gjord",
    Typ.AVSLUTAD: "placering.avslutad",
    Typ.UTVARDERAD: "insats.utvarderad",
    Typ.MAKULERAD: "handelse.makulerad",
    Typ.UTFORARE: "utforare.registrerad",
    Typ.PLATSER: "platser.andrade",
    Typ.RAMAVTAL: "ramavtal.tecknat",
}
_ARENDEN = Samling.ARENDEN.value
_EGEN_REGI, _DIREKT = Avtalsform.EGEN_REGI.value, Avtalsform.DIREKTUPPHANDLING.value
_RAMAVTAL = Avtalsform.RAMAVTAL.value
_FORSTA_UTFORARTYP = int(Typ.UTFORARE)
_PABORJAD = int(Typ.PABORJAD)


@dataclass(frozen=True)
class Manus:
    """All that is needed to write a history.

    Attributes:
        kommun: municipality code.
        namnd: the board's word.
        fro: seed of the identities.
        h: all events; entry n of the first placements' count is the beginning of placement n.
        ordning: entries in the order they are written; their registrations are strictly increasing.
        p: placements.
        antal: how many of them are real; the others were recorded twice.
        o: their circumstances.
        folk: persons.
        arenden: the persons' cases.
        utforare: providers.
        prissorter: per printed row, what its price is per.
        fardiga: events whose payloads are ready, by ``ref``.
    """

    kommun: str
    namnd: str
    fro: int
    h: Handelser
    ordning: I64
    p: Placeringar
    antal: int
    o: Omstandigheter
    folk: Folk
    arenden: Arenden
    utforare: Utforare
    prissorter: tuple[Prissort, ...]
    fardiga: list[Fardig]


class Skrivare:
    """Writes a history line by line."""

    def __init__(self, manus: Manus) -> None:
        """Prepare tables of texts and the moments that identities are made from."""
        self._m = manus
        h, antal = manus.h, len(manus.p)
        self._prissorter = [sort.value for sort in manus.prissorter]
        self._forsta = int(h.datum.min()) - 1
        self._dagar = [dag(d).isoformat() for d in range(self._forsta, int(h.datum.max()) + 2)]
        self._placering_ms = h.tid[:antal]
        self._person_ms = np.full(len(manus.folk.kon), np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(self._person_ms, manus.p.person, self._placering_ms)
        inkomna = np.flatnonzero((h.typ == Typ.AKTUALISERAT) & (h.rattar < 0))
        np.minimum.at(self._person_ms, h.ref[inkomna], h.tid[inkomna])
        self._arenden = Arendeskrift(
            manus.kommun, manus.fro, manus.arenden, manus.folk, manus.p, manus.o, self._person_ms
        )
        self._atgard_ms: dict[int, int] = {}
        for fardig in manus.fardiga:
            if fardig.samling is Samling.ATGARDER:
                self._atgard_ms[fardig.nummer] = min(fardig.tid, self._atgard_ms.get(fardig.nummer, fardig.tid))
        self._utforare_ms = np.zeros(len(manus.utforare.form), dtype=np.int64)
        reg = np.flatnonzero(h.typ == Typ.UTFORARE)
        self._utforare_ms[h.ref[reg]] = h.tid[reg]
        self._utforare_id = uuid7(self._utforare_ms, manus.fro, _SORT_UTFORARE, np.arange(len(reg)))

    def rader(self, framsteg: Framsteg | None = None) -> Iterator[bytes]:
        """Yield one JSON line per event, in order of registration."""
        ordning = self._m.ordning
        for fran in range(0, len(ordning), _PORTION):
            portion = ordning[fran : fran + _PORTION]
            yield from self._portion(portion)
            if framsteg is not None:
                framsteg(fran + len(portion), len(ordning))

    def _portion(self, vilka: I64) -> Iterator[bytes]:
        """Yield the lines of some entries."""
        h, fro = self._m.h, self._m.fro
        typ, ref, tid, rattar = h.typ[vilka], h.ref[vilka], h.tid[vilka], h.rattar[vilka]
        handelse_id = uuid7(tid, fro, _SORT_HANDELSE, vilka)
        strom_id = self._strom_id(typ, ref)
        inre_id = self._arenden.inre_id(h, vilka)
        rattad = np.maximum(rattar, 0)
        rattad_id = uuid7(h.tid[rattad], fro, _SORT_HANDELSE, rattad)
        borjan = self._borjan(vilka[typ == Typ.PABORJAD])
        dagar, forsta = self._dagar, self._forsta
        kolumner = (typ, ref, h.datum[vilka], h.v1[vilka], h.v2[vilka], h.kod[vilka], rattar)
        rader = zip(
            *(kolumn.tolist() for kolumn in kolumner), rfc3339(tid), handelse_id, strom_id, rattad_id, strict=True
        )
        for plats, (t, r, d, v1, v2, kod, ratt, registrerad, hid, sid, rid) in enumerate(rader):
            rad = {
                "samling": "placeringar",
                "id": sid,
                "typ": _NAMN.get(t, ""),
                "version": 1,
                "datum": dagar[d - forsta],
                "handelseId": hid,
                "kalla": "syntet",
                "aktor": _AKTOR,
                "registrerad": registrerad,
            }
            if ratt >= 0:
                rad["rattar"] = rid
            if t == _PABORJAD:
                rad.update(next(borjan))
            elif t >= FORSTA_ARENDETYP:
                rad["samling"], rad["typ"] = _ARENDEN, NAMN[Typ(t)]
                rad.update(inre_id.get(plats, ()))
                self._arenden.fyll(rad, t, r, v1, v2, kod)
            elif t >= _FORSTA_UTFORARTYP:
                self._ovrig(rad, t, r)
            else:
                self._handelse(rad, t, r, v1, v2, kod)
            yield orjson.dumps(rad, option=orjson.OPT_APPEND_NEWLINE)

    def _strom_id(self, typ: I8, ref: I32) -> list[str]:
        """Return the stream of each entry: a placement or a case; those of others are set later."""
        fro = self._m.fro
        resultat = [""] * len(typ)
        i_arenden = np.flatnonzero(typ >= FORSTA_ARENDETYP)
        i_placeringar = np.flatnonzero(typ < _FORSTA_UTFORARTYP)
        nummer = ref[i_placeringar]
        for platser, ider in (
            (i_arenden, self._arenden.strom_id(ref[i_arenden].astype(np.int64))),
            (i_placeringar, uuid7(self._placering_ms[nummer], fro, _SORT_PLACERING, nummer)),
        ):
            for plats, id_ in zip(platser.tolist(), ider, strict=True):
                resultat[plats] = id_
        return resultat

    def _handelse(self, rad: dict[str, Any], t: int, ref: int, v1: int, v2: int, kod: int) -> None:
        """Add the payload of an event within a placement."""
        if t == Typ.PRIS:
            sort = self._prissorter[self._m.p.rad[ref]]
            rad["pris"] = {"sort": sort, "belopp": f"{v1 // 100}.{v1 % 100:02d}"}
        elif t == Typ.AVSLUTAD:
            rad["planerat"] = kod % 2 == 1
            rad["orsak"] = _ORSAKER[kod // 2]
        elif t == Typ.PLANERAT_SLUT:
            rad["planeratSlut"] = dag(v2).isoformat()
        elif t == Typ.UTVARDERAD:
            rad["malUppnadda"] = _UTFALL[kod // 2]
            rad["arbetadeMedProblematiken"] = kod % 2 == 1
        elif t == Typ.FRANVARO:
            rad["version"] = 2
            rad["till"] = self._dagar[v2 - self._forsta]
            rad["betald"] = kod == 1
        elif t == Typ.LAGRUM:
            rad["lagrum"] = _LAGRUM[kod]
        elif t == Typ.MAKULERAD:
            rad["orsak"] = "felregistrering"

    def _borjan(self, vilka: I64) -> Iterator[dict[str, Any]]:
        """Yield the payloads of beginnings."""
        m, fro = self._m, self._m.fro
        ref, kod = m.h.ref[vilka], m.h.kod[vilka].astype(np.int32)
        person, fore = m.p.person[ref], m.p.fore[ref]
        person_id = uuid7(self._person_ms[person], fro, SORT_PERSON, person)
        arende_id = uuid7(self._person_ms[person], fro, SORT_ARENDE, person)
        fore_id = uuid7(self._placering_ms[fore], fro, _SORT_PLACERING, np.maximum(fore, 0))
        beslut_id = self._arenden.beslut_id(np.minimum(ref, m.antal - 1).astype(np.int64))
        form = np.where(kod >= FEL_FORM, kod - FEL_FORM, m.p.form[ref])
        grupp = np.where((kod > 0) & (kod < FEL_FORM), kod - 1, m.p.malgrupp[ref])
        kolumner = (
            grupp, m.folk.kon[person], m.folk.fodelsear[person], form, m.p.egen[ref], m.o.utforare[ref],
            m.o.lagrum[ref], m.o.direkt[ref], m.p.rad[ref], m.h.v1[vilka], m.h.v2[vilka], m.p.byte[ref], fore,
            ref < m.antal,
        )  # fmt: skip
        rader = zip(person_id, arende_id, fore_id, beslut_id, *(kolumn.tolist() for kolumn in kolumner), strict=True)
        for (
            pid, aid, fid, bid, mg, kon, fodd, frm, egen, utf, lag, direkt, rad, pris, plan, byte, har_fore, verklig,
        ) in rader:  # fmt: skip
            data: dict[str, Any] = {
                "kommun": m.kommun,
                "arendeId": aid,
                "personId": pid,
                "malgrupp": _MALGRUPPER[mg],
                "kon": _KON[kon],
                "fodelsear": fodd,
                "insatsform": _FORMER[frm],
                "regi": _REGI[egen],
                "utforareId": self._utforare_id[utf],
                "lagrum": _LAGRUM[lag],
                "avtalsform": _EGEN_REGI if egen else _DIREKT if direkt else _RAMAVTAL,
            }
            if direkt:
                data["direktupphandlingsorsak"] = _DIREKTORSAKER[direkt - 1]
            data["pris"] = {"sort": self._prissorter[rad], "belopp": f"{pris // 100}.{pris % 100:02d}"}
            if plan != INGEN_PLAN:
                data["planeratSlut"] = dag(plan).isoformat()
            if byte and har_fore >= 0:
                data["foregaendePlaceringId"] = fid
                data["omplacering"] = _BYTEN[byte]
            if verklig:
                data["beslutId"] = bid
            yield data

    def _fardigs_strom(self, fardig: Fardig) -> str:
        """Return the stream of an event whose payload is ready."""
        m = self._m
        if fardig.samling is Samling.UTFORARE:
            return self._utforare_id[fardig.nummer]
        if fardig.samling is Samling.ATGARDER:
            return identitet(self._atgard_ms[fardig.nummer], m.fro, _SORT_ATGARD, fardig.nummer)
        return str(budgetperiodens_id(m.kommun, fardig.namnd or m.namnd, fardig.ar))

    def _ovrig(self, rad: dict[str, Any], t: int, ref: int) -> None:
        """Fill in an event of a provider or a budget year."""
        m = self._m
        if t == Typ.FARDIG:
            fardig = m.fardiga[ref]
            rad["samling"] = fardig.samling.value
            rad["id"] = self._fardigs_strom(fardig)
            rad["typ"] = fardig.typ
            rad.update(fardig.innehall)
            return
        rad["samling"] = Samling.UTFORARE.value
        rad["id"] = self._utforare_id[ref]
        form = FORMER[m.utforare.form[ref]]
        if t == Typ.UTFORARE:
            slag: Utforarslag = PROFILER[form].slag
            regi = _REGI[m.utforare.egen[ref]]
            rad.update(kommun=m.kommun, namn=utforarnamn(m.utforare, ref), regi=regi, slag=slag.value)
        elif t == Typ.PLATSER:
            rad["platser"] = int(m.utforare.platser[ref])
        else:
            rad.update(omrade=form.value, till=None)
