"""Rebuilding the fact tables from the log, in one transaction and with flat memory.

The log is read in the order of its streams, so that only one stream is in memory at a time and the rows come in the
order of the tables' keys. Indexes are dropped first and built last: one sorted pass instead of a search per row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, select

from application.replay import Avtryck, Faktarad, Framsteg, Ombyggnad, Spelstrom, spela_om
from application.skrapinsamling import utan_skrapinsamling
from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.handelse import Notering
from infrastructure.facts import Faktaskrivare, hela_fakta
from infrastructure.identitet import siffror
from infrastructure.mapper import las_handelse
from infrastructure.recorder import Recorder
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER, handelser

_RADER_PER_SKRIVNING = 10_000
_HANDELSER_PER_LASNING = 5_000
_RATTAR = -1
_SAMLINGAR = {samling.value: samling for samling in Samling}
_INGEN_ID = UUID(int=0)


class Faktabyggare:
    """Implements ``application.replay.Ombyggare`` on a recorder."""

    def __init__(self, recorder: Recorder) -> None:
        """Write through the recorder's one write transaction."""
        self._recorder = recorder

    def bygg_om(self, framsteg: Framsteg | None = None) -> Ombyggnad:
        """Write all facts anew from the log; readers see the old ones until it is done."""
        index = [index for tabell in FAKTATABELLER.values() for index in tabell.indexes]
        with utan_skrapinsamling(), self._recorder.transaktion() as forbindelse:
            for ett in index:
                ett.drop(forbindelse)
            for tabell in (*FAKTATABELLER.values(), *DRAGTABELLER.values()):
                forbindelse.execute(delete(tabell))
            lasare = _Logglasare(forbindelse, framsteg)
            skrivna = _skriv(self._recorder.faktaskrivare(borjar_om=True), spela_om(lasare.strommar()))
            for ett in index:
                ett.create(forbindelse)
        return Ombyggnad(lasare.lasta, {FAKTATABELLER[form].name: antal for form, antal in skrivna.items()})

    def avtryck(self) -> Mapping[str, Avtryck]:
        """Return what each fact table holds, in short; the rows are hashed as the database has them."""
        with self._recorder.lasning() as forbindelse:
            return {tabell.name: _avtryck(forbindelse, form) for form, tabell in FAKTATABELLER.items()}


class _Logglasare:
    """Reads the log stream by stream and counts the events."""

    def __init__(self, forbindelse: Connection, framsteg: Framsteg | None) -> None:
        self._forbindelse = forbindelse
        self._framsteg = framsteg
        self.lasta = 0

    def strommar(self) -> Iterator[Spelstrom]:
        for strom, grupp in groupby(self._rader(), key=itemgetter(0)):
            rader = list(grupp)
            # Only a correction asks for identities; elsewhere they need not be made into UUIDs, two per event.
            rattas = any(rad[_RATTAR] for rad in rader)
            noteringar = []
            for _, _, position, typ, version, innehall, handelse_id, rattar in rader:
                handelse = las_handelse(typ, version, innehall, position)
                identitet = UUID(handelse_id) if rattas else _INGEN_ID
                noteringar.append(Notering(position, identitet, handelse, UUID(rattar) if rattar else None))
            yield Spelstrom(_SAMLINGAR[rader[0][1]], UUID(int=int(strom, 16)), noteringar)

    def _rader(self) -> Iterator[Any]:
        k = handelser.c
        totalt = self._forbindelse.execute(select(func.count()).select_from(handelser)).scalar_one()
        # Identities as digits: see above.
        kolumner = (k.position, k.typ, k.schemaversion, k.innehall, siffror(k.handelse_id), siffror(k.rattar))
        fraga = select(siffror(k.strom), k.samling, *kolumner).order_by(k.strom, k.stromversion)
        svar = self._forbindelse.execute(fraga, execution_options={"yield_per": _HANDELSER_PER_LASNING})
        for del_ in svar.partitions():
            yield from del_
            self.lasta += len(del_)
            if self._framsteg is not None:
                self._framsteg(self.lasta, totalt)


def _skriv(skrivare: Faktaskrivare, rader: Iterable[Faktarad]) -> dict[type[Fakta], int]:
    """Insert rows as they come, some thousands at a time; return how many each table got."""
    skrivna = dict.fromkeys(FAKTATABELLER, 0)
    vantar: dict[type[Fakta], list[Faktarad]] = {form: [] for form in FAKTATABELLER}
    for rad in rader:
        form = type(rad[-1])
        vantar[form].append(rad)
        if len(vantar[form]) == _RADER_PER_SKRIVNING:
            skrivna[form] += _tom(skrivare, form, vantar[form])
    for form, sista in vantar.items():
        skrivna[form] += _tom(skrivare, form, sista)
    return skrivna


def _tom(skrivare: Faktaskrivare, form: type[Fakta], rader: list[Faktarad]) -> int:
    skrivare.infoga(form, rader)
    antal = len(rader)
    rader.clear()
    return antal


def _avtryck(forbindelse: Connection, form: type[Fakta]) -> Avtryck:
    # As text, so that no value is turned into an object only to be hashed (four times as fast).
    fraga = hela_fakta(form).compile(dialect=forbindelse.dialect)
    svar = forbindelse.exec_driver_sql(str(fraga), execution_options={"yield_per": _RADER_PER_SKRIVNING})
    summa, antal = hashlib.sha256(), 0
    for del_ in svar.partitions():
        for rad in del_:
            summa.update(repr(tuple(rad)).encode())
        antal += len(del_)
    return Avtryck(antal, summa.hexdigest())


def harledda_fakta(forbindelse: Connection, framsteg: Framsteg | None = None) -> Iterator[Faktarad]:
    """Return every row of facts that follows from the log, in the order of the tables' keys; nothing is written."""
    return spela_om(_Logglasare(forbindelse, framsteg).strommar())
