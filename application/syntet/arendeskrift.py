"""Writing what happens in cases: payloads, and the identities in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from application.syntet.arendehandelser import UPPHORANDE
from application.syntet.arenden import (
    ARENDESLUT,
    ARENDETYPER,
    AVSANDARE,
    INGEN,
    INSATSSLUT,
    SATT,
    STATUS,
    UTFALL,
    UTREDNINGSLAGRUM,
    UTREDNINGSTYPER,
    Arenden,
)
from application.syntet.dagar import dag
from application.syntet.kolumner import Handelser, Typ
from application.syntet.omstandigheter import Omstandigheter
from application.syntet.personer import Folk
from application.syntet.placeringar import Placeringar
from application.syntet.profiler import FORMER, I64, KON, LAGRUM, MALGRUPPER
from application.syntet.tider import uuid7
from domain.arende.begrepp import Ansvarspart, Beslutsniva, Forhandsutfall, Overlamningsorsak
from domain.begrepp import Lagrum, Malgrupp, Maluppfyllelse, Regi

NAMN = {
    Typ.AKTUALISERAT: "arende.aktualiserat",
    Typ.STATUS: "status.andrad",
    Typ.SKYDD: "skyddsbedomning.gjord",
    Typ.BEDOMD: "forhandsbedomning.avslutad",
    Typ.UTREDNING: "utredning.paborjad",
    Typ.MER_INKOMMET: "aktualisering.inkommen",
    Typ.FORLANGD: "utredning.forlangd",
    Typ.UTREDD: "utredning.avslutad",
    Typ.BESLUT: "beslut.fattat",
    Typ.VERKSTALLT: "beslut.verkstallt",
    Typ.UPPHORT: "beslut.upphort",
    Typ.INSATS: "insats.paborjad",
    Typ.INSATS_SLUT: "insats.avslutad",
    Typ.INSATS_FOLJD: "insatsuppfoljning.gjord",
    Typ.OVERLAMNAT: "ansvar.overlamnat",
    Typ.AVSLUTAT: "arende.avslutat",
    Typ.ARENDE_MAKULERAD: "handelse.makulerad",
}
FORSTA_ARENDETYP = int(Typ.AKTUALISERAT)
SORT_PERSON, SORT_ARENDE = 2, 3
_SORT_UTREDNING, _SORT_BESLUT, _SORT_INSATS, _SORT_AKTUALISERING, _SORT_FAMILJ = range(10, 15)
_AV_UTREDNING = (Typ.UTREDNING, Typ.FORLANGD, Typ.UTREDD)
_AV_BESLUT = (Typ.BESLUT, Typ.VERKSTALLT, Typ.UPPHORT)
_AV_INSATS = (Typ.INSATS, Typ.INSATS_SLUT, Typ.INSATS_FOLJD)
_OM_ARENDET = (Typ.STATUS, Typ.SKYDD, Typ.BEDOMD, Typ.OVERLAMNAT, Typ.AVSLUTAT)
_FALT = (
    ("utredningId", _AV_UTREDNING, _SORT_UTREDNING),
    ("insatsId", _AV_INSATS, _SORT_INSATS),
    ("aktualiseringId", (Typ.MER_INKOMMET,), _SORT_AKTUALISERING),
    ("personId", (Typ.AKTUALISERAT,), SORT_PERSON),
)
_ENHETER = {
    Malgrupp.BARN: "Barn och familj", Malgrupp.UNGA: "Ungdom", Malgrupp.VUXNA: "Vuxen",
    Malgrupp.ENSAMKOMMANDE: "Ensamkommande",
}  # fmt: skip
_BESLUTANDE = {
    Lagrum.SOL: (Beslutsniva.UTSKOTT.value, "Individutskottet"),
    Lagrum.LVU: (Beslutsniva.DOMSTOL.value, "Förvaltningsrätten"),
    Lagrum.LVM: (Beslutsniva.DOMSTOL.value, "Förvaltningsrätten"),
}
_OVERLAMNING = (
    Overlamningsorsak.FYLLDE_18.value, Overlamningsorsak.FYLLDE_21.value, Overlamningsorsak.ATERFORENING.value,
    Overlamningsorsak.MIGRATIONSVERKET.value,
)  # fmt: skip


class Arendeskrift:
    """Writes the payloads of cases."""

    def __init__(
        self, kommun: str, fro: int, a: Arenden, folk: Folk, p: Placeringar, o: Omstandigheter, person_ms: I64
    ) -> None:
        """Prepare; ``person_ms`` is the moment that the identities of a person and the case are made from."""
        self._kommun, self._fro = kommun, fro
        self._a, self._folk, self._p, self._o = a, folk, p, o
        self._ms = person_ms
        self._familj_ms = int(person_ms.min())

    def strom_id(self, ref: I64) -> list[str]:
        """Return the cases' identities."""
        return uuid7(self._ms[ref], self._fro, SORT_ARENDE, ref)

    def beslut_id(self, placering: I64) -> list[str]:
        """Return the identities of the decisions that placements rest on."""
        return uuid7(self._ms[self._p.person[placering]], self._fro, _SORT_BESLUT, placering)

    def inre_id(self, h: Handelser, vilka: I64) -> dict[int, dict[str, str]]:
        """Return, by place in the portion, the identities that payloads speak of."""
        typ, ref, v1 = h.typ[vilka], h.ref[vilka], h.v1[vilka]
        resultat: dict[int, dict[str, str]] = {}
        for falt, typer, sort in _FALT:
            platser = np.flatnonzero(np.isin(typ, typer))
            nummer = ref[platser].astype(np.int64)
            if typer == (Typ.MER_INKOMMET,):
                nummer = 2 * nummer + v1[platser]
            ider = uuid7(self._ms[ref[platser]], self._fro, sort, nummer)
            resultat |= {plats: {falt: id_} for plats, id_ in zip(platser.tolist(), ider, strict=True)}
        beslut = np.flatnonzero(np.isin(typ, (*_AV_BESLUT, Typ.INSATS)))
        egen = np.where((v1[beslut] >= 0) & (typ[beslut] != Typ.INSATS), v1[beslut], len(self._p) + ref[beslut])
        ider = uuid7(self._ms[ref[beslut]], self._fro, _SORT_BESLUT, egen.astype(np.int64))
        for plats, id_ in zip(beslut.tolist(), ider, strict=True):
            resultat.setdefault(plats, {})["beslutId"] = id_
        return resultat

    def fyll(self, rad: dict[str, Any], t: int, ref: int, v1: int, v2: int, kod: int) -> None:
        """Add the payload of an event."""
        if t == Typ.AKTUALISERAT:
            self._aktualiserat(rad, ref, kod)
        elif t == Typ.UTREDNING:
            rad["lagrum"] = UTREDNINGSLAGRUM[v1].value
            rad["utredningstyp"] = UTREDNINGSTYPER[kod].value
        elif t == Typ.MER_INKOMMET:
            rad["satt"] = SATT[0].value
            rad["avsandare"] = AVSANDARE[kod].value
        elif t == Typ.FORLANGD:
            rad["till"] = dag(v2).isoformat()
        elif t == Typ.UTREDD:
            rad["utfall"] = UTFALL[kod].value
        elif t == Typ.ARENDE_MAKULERAD:
            rad["orsak"] = "felregistrering"
        elif t in _OM_ARENDET:
            self._om_arendet(rad, t, ref)
        else:
            self._given(rad, t, ref, v1, kod)

    def _om_arendet(self, rad: dict[str, Any], t: int, ref: int) -> None:
        """Add the payload of an event that says nothing but what the case's columns say."""
        a = self._a
        if t == Typ.STATUS:
            rad["status"] = STATUS[a.status[ref]].value
        elif t == Typ.SKYDD:
            rad["behovAvSkydd"] = bool(a.placerad[ref])
        elif t == Typ.BEDOMD:
            inleds = a.utr_fran[ref] != INGEN
            rad["utfall"] = (Forhandsutfall.INLEDS if inleds else Forhandsutfall.INLEDS_INTE).value
        elif t == Typ.OVERLAMNAT:
            rad["orsak"] = _OVERLAMNING[ref % len(_OVERLAMNING)]
            if rad["orsak"] == Overlamningsorsak.MIGRATIONSVERKET.value:
                rad["till"] = Ansvarspart.MIGRATIONSVERKET.value
        elif t == Typ.AVSLUTAT:
            rad["orsak"] = ARENDESLUT[a.slutorsak[ref]].value

    def _given(self, rad: dict[str, Any], t: int, ref: int, v1: int, kod: int) -> None:
        """Add the payload of a decision or a service."""
        a = self._a
        if t == Typ.BESLUT and v1 >= 0:
            lagrum = LAGRUM[self._o.lagrum[v1]]
            niva, vem = _BESLUTANDE[lagrum]
            form = FORMER[self._p.form[v1]].value
            rad.update(insatsform=form, lagrum=lagrum.value, bifall=True, beslutsniva=niva, beslutsfattare=vem)
        elif t == Typ.BESLUT:
            rad.update(
                insatsform=FORMER[a.form[ref]].value, lagrum=Lagrum.SOL.value, bifall=True,
                beslutsniva=Beslutsniva.DELEGATION.value, beslutsfattare="Socialsekreterare",
            )  # fmt: skip
        elif t == Typ.UPPHORT:
            rad["orsak"] = UPPHORANDE[kod].value
        elif t == Typ.INSATS:
            rad.update(insatsform=FORMER[a.form[ref]].value, behovsprovad=True, regi=Regi.EGEN.value)
        elif t == Typ.INSATS_SLUT:
            slut = INSATSSLUT[a.ins_slut[ref]]
            rad.update(planerat=slut.value in ("enligtPlan", "malUppnatt", "egetKontrakt", "flytt"), orsak=slut.value)
        elif t == Typ.INSATS_FOLJD:
            rad["malUppnadda"] = tuple(Maluppfyllelse)[kod // 2].value
            rad["arbetadeMedProblematiken"] = kod % 2 == 1

    def _aktualiserat(self, rad: dict[str, Any], ref: int, kod: int) -> None:
        """Add the payload of an intake."""
        a, grupp = self._a, MALGRUPPER[self._a.malgrupp[ref]]
        rad.update(
            kommun=self._kommun,
            arendetyp=ARENDETYPER[a.typ[ref]].value,
            enhet=_ENHETER[grupp],
            malgrupp=grupp.value,
            kon=KON[self._folk.kon[ref]].value,
            satt=SATT[a.satt[ref]].value,
            fodelsear=int(self._folk.fodelsear[ref]),
            avsandare=AVSANDARE[kod].value,
        )
        if a.familj[ref] != INGEN:
            ms = np.array([self._familj_ms], dtype=np.int64)
            rad["familjId"] = uuid7(ms, self._fro, _SORT_FAMILJ, np.array([a.familj[ref]]))[0]
