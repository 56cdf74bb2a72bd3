"""A history of invented persons with a mark of each in every field that is about a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import orjson

from application.fragetolkning import tolka_fraga
from domain.matt.katalog import MATT
from interfaces.bootstrap import Tjanster

NU = datetime(2020, 6, 1, 8, tzinfo=UTC)
KOMMUN = "1880"


class Person:
    """Somebody invented: a case, a stay, a place in a queue and a judgement in an åtgärd, with what is said in them."""

    def __init__(self, nr: int, atgard: UUID, utforare: UUID, familj: UUID) -> None:
        self.nr = nr
        self.id, self.familj = uuid4(), familj
        self.arende, self.placering, self.ko = uuid4(), uuid4(), uuid4()
        self._atgard, self._utforare = atgard, utforare
        self._antal = 0
        self.texter: list[str] = []
        self.upprepade: list[str] = []
        """Texts of what said nothing new, and so was not recorded."""

    def _text(self, vad: str) -> str:
        self.texter.append(f"Märke-{self.nr:04}-{vad}-{len(self.texter)}-åäö")
        return self.texter[-1]

    def _rad(self, samling: str, strom: UUID, typ: str, datum: str, **falt: Any) -> dict[str, Any]:
        self._antal += 1
        return {
            "samling": samling, "id": str(strom), "typ": typ, "datum": datum, "handelseId": str(uuid4()),
            "kalla": "Verksamhetssystemet", "externId": self._text("extern"), **falt,
        }  # fmt: skip

    def rader(self) -> Iterator[dict[str, Any]]:
        """Yield the events, mistakes, annulments and repetitions among them."""
        i_arendet = "arenden", self.arende
        drag: dict[str, Any] = {
            "kommun": KOMMUN,
            "personId": str(self.id),
            "malgrupp": "unga",
            "kon": "kvinna",
            "fodelsear": 2005,
        }
        fel = self._rad(
            *i_arendet, "arende.aktualiserat", "2019-01-07", **drag, arendetyp="barnOchUnga", enhet="Mottagningen",
            satt="anmalan", avsandare="skola", familjId=str(self.familj),
        )  # fmt: skip
        yield fel
        yield {**fel, "handelseId": str(uuid4()), "rattar": fel["handelseId"], "enhet": "Ungdomsgruppen"}
        skydd = self._rad(*i_arendet, "skyddsbedomning.gjord", "2019-01-08", behovAvSkydd=False)
        yield skydd
        makulerad = self._rad(
            *i_arendet, "handelse.makulerad", "2019-01-09", rattar=skydd["handelseId"], orsak=self._text("orsak")
        )
        yield makulerad
        yield {**makulerad, "handelseId": str(uuid4()), "orsak": f"Märke-{self.nr:04}-upprepad"}
        self.upprepade.append(f"Märke-{self.nr:04}-upprepad")
        stod = ("placeringar", self.placering)
        yield self._rad(
            *stod, "placering.paborjad", f"2019-02-{self.nr % 28 + 1:02}", **drag, arendeId=str(self.arende),
            insatsform="hvb", regi="extern", lagrum="SoL", avtalsform="ramavtal",
            pris={"sort": "dygn", "belopp": f"{4000 + self.nr}.00"},
        )  # fmt: skip
        yield self._rad(
            "atgarder", self._atgard, "slutdatum.hypotetiskt", "2019-02-20", placeringId=str(self.placering),
            hypotetisktSlut="2019-12-31", underlag=self._text("underlag"),
        )  # fmt: skip
        yield self._rad(
            "atgarder", self._atgard, "arende.bedomt", "2019-06-14", placeringId=str(self.placering),
            arendeId=str(self.arende), effektklass="stor", faktisktSlut="2019-06-01", dygnskostnad="2000.00",
            insatskostnad="6000.50",
        )  # fmt: skip
        yield self._rad(*stod, "placering.avslutad", "2019-06-01", planerat=True, orsak="enligtPlan")
        stalld = self._rad(
            "utforare", self._utforare, "ko.stalld", "2019-03-01", koId=str(self.ko), familj=False,
            personId=str(self.id),
        )  # fmt: skip
        yield stalld
        yield self._rad(
            "utforare", self._utforare, "handelse.makulerad", "2019-03-02", rattar=stalld["handelseId"],
            orsak=self._text("i kön"),
        )  # fmt: skip

    @property
    def identiteter(self) -> list[UUID]:
        return [self.id, self.familj]

    def marken(self) -> list[bytes]:
        """Return the marks of the person in every form that they could lie in a file."""
        uuid_former = [form for i in self.identiteter for form in _former(i)]
        return [*(text.encode() for text in (*self.texter, *self.upprepade)), *uuid_former]


def _former(identitet: UUID) -> list[bytes]:
    text = (str(identitet), identitet.hex)
    return [identitet.bytes, *(t.encode() for t in text), *(t.upper().encode() for t in text)]


class Historia:
    """Many persons in one board's ledger; every two are a family."""

    def __init__(self, antal: int) -> None:
        self.atgard, self.utforare = uuid4(), uuid4()
        familjer = [uuid4() for _ in range(antal // 2 + 1)]
        self.personer = [Person(nr, self.atgard, self.utforare, familjer[nr // 2]) for nr in range(antal)]
        self._rader = [
            {
                "samling": "atgarder", "id": str(self.atgard), "typ": "atgard.identifierad", "datum": "2019-01-02",
                "handelseId": str(uuid4()), "kommun": KOMMUN, "namnd": "Socialnämnden", "namn": "Hemtagningspaket",
                "beskrivning": "Unga tas hem tidigare.", "ansvarig": "Enhetschef",
            },
            {
                "samling": "atgarder", "id": str(self.atgard), "typ": "atgard.beslutad", "datum": "2019-01-03",
                "handelseId": str(uuid4()),
            },
            {
                "samling": "atgarder", "id": str(self.atgard), "typ": "atgard.paborjad", "datum": "2019-02-01",
                "handelseId": str(uuid4()),
            },
            {
                "samling": "utforare", "id": str(self.utforare), "typ": "utforare.registrerad", "datum": "2019-01-02",
                "handelseId": str(uuid4()), "kommun": KOMMUN, "namn": "Eken", "regi": "egen", "slag": "hvb",
            },
            *(rad for person in self.personer for rad in person.rader()),
        ]  # fmt: skip

    def rader(self) -> list[bytes]:
        return [orjson.dumps(rad) for rad in self._rader]

    def las_in(self, tjanster: Tjanster) -> None:
        resultat = tjanster.importor().importera(self.rader())
        assert resultat.nya > len(self.personer) * 9


def traffar(filer: list[Path], marken: list[bytes]) -> list[tuple[str, bytes]]:
    """Return which marks lie in which files, at any place in them.

    Thousands of marks are looked for at once: where eight bytes are the first of some mark, the rest is compared.
    """
    med_borjan: dict[int, list[bytes]] = defaultdict(list)
    for marke in marken:
        med_borjan[int.from_bytes(marke[:_ORD], "little")].append(marke)
    sokta = np.array(sorted(med_borjan), dtype=np.uint64)
    mojliga = np.zeros(_LAGA_BITAR + 1, dtype=bool)
    mojliga[sokta & _LAGA_BITAR] = True
    funna = set[tuple[str, bytes]]()
    for fil in filer:
        try:
            data = fil.read_bytes()
        except FileNotFoundError:  # PostgreSQL has temporary files of its own
            continue
        for start in range(min(_ORD, max(0, len(data) - _ORD + 1))):
            orden = np.frombuffer(data, "<u8", (len(data) - start) // _ORD, start)
            for nr in np.flatnonzero(mojliga[orden & _LAGA_BITAR]).tolist():
                plats = start + nr * _ORD
                for marke in med_borjan.get(int(orden[nr]), ()):
                    if data.startswith(marke, plats):
                        funna.add((fil.name, marke))
    return sorted(funna)


_ORD = 8
_LAGA_BITAR = np.uint64(2**24 - 1)


DAGAR = ("2019-02-15", "2019-06-15", "2020-05-31")


def siffrorna(tjanster: Tjanster) -> dict[tuple[str, str], Any]:
    """Return every measure, by day, with its groups by sex."""
    svar = {}
    for namn, matt in MATT.items():
        for dag in DAGAR:
            gruppera = [d for d in ("malgrupp", "kon") if d in matt.dimensioner]
            fraga = tolka_fraga(namn, nu=NU, fran="2019-01-01", till="2019-12-31", galler_den=dag, gruppera=gruppera)
            ett = tjanster.fragor.svara(fraga)
            svar[namn, dag] = dict(ett.varden), ett.totalt
    return svar
