"""The bulk pass of a rebuild: the log read stream by stream, and rows written some thousands at a time.

The log is read in the order of its streams, so that only one stream is in memory at a time and the rows come in the
order of the tables' keys. It is read piece by piece up to a position, each piece in a read transaction of its own: what
stands below a position never changes, and no reader is left open for the database to keep old pages for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import orjson
from sqlalchemy import BindParameter, Column, Connection, bindparam, literal_column, select, tuple_

from application.framsteg import Framsteg
from application.ombyggnad import Avtryck, Faktarad, Spelstrom, spela_om
from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.handelse import Notering
from infrastructure.facts import som_siffror
from infrastructure.identitet import siffror
from infrastructure.identitetslasning import identitet_ur
from infrastructure.radutkast import las_handelse
from infrastructure.recorder import Recorder
from infrastructure.rows import Fragesats, de_forsta
from infrastructure.tables import FAKTATABELLER, GALLANDE, handelser

_RADER_PER_SKRIVNING = 10_000
_HANDELSER_PER_LASNING = 5_000
_STROMMAR_PER_LASNING = 500
_SIST_I_STROMMEN = 2**31 - 1
_RATTAR = -1
_INGEN_ID = UUID(int=0)


class Radmottagare(Protocol):
    """Takes rows of facts to be stored."""

    def infoga(self, form: type[Fakta], rader: Sequence[Faktarad]) -> None:
        """Insert rows: stream, row number, known from, known to, fact."""


class Avsnitt(NamedTuple):
    """Streams that follow on each other in the order of the log's key: after the first named (None: from the first of
    all) and up to the last.
    """

    efter: UUID | None
    till: UUID


HELA = Avsnitt(None, UUID(int=2**128 - 1))


class Logglasare:
    """Reads the log up to a position, stream by stream, and counts the events."""

    def __init__(self, recorder: Recorder, position: int, framsteg: Framsteg | None = None) -> None:
        """Read through the recorder's connections."""
        self._recorder = recorder
        self._position = position
        self._framsteg = framsteg
        self.lasta = 0

    def alla(self, avsnitt: Avsnitt = HELA) -> Iterator[Spelstrom]:
        """Yield every stream, or those of a section."""
        return _strommar(self._rader(avsnitt))

    def nagra(self, strommar: Sequence[UUID]) -> Iterator[Spelstrom]:
        """Yield the named streams."""
        return _strommar(self._rader_i(strommar))

    def avsnitt(self, antal: int) -> Iterator[Avsnitt]:
        """Yield the log in sections of about so many events; a stream is never in two.

        Where one ends is looked up when it is asked for, so that nobody waits for the last before the first is begun.
        """
        efter = HELA.efter
        while True:
            with self._recorder.lasning() as forbindelse:
                svar = _GRANS.rader(forbindelse, (efter or _INGEN_ID).hex, antal)
            if not svar:
                yield Avsnitt(efter, HELA.till)
                return
            grans = UUID(svar[0][0])
            yield Avsnitt(efter, grans)
            efter = grans

    def _rader(self, avsnitt: Avsnitt) -> Iterator[Any]:
        strom, version = (avsnitt.efter.hex, _SIST_I_STROMMEN) if avsnitt.efter else (_INGEN_ID.hex, 0)
        while True:
            with self._recorder.lasning() as forbindelse:
                del_ = _NASTA.rader(forbindelse, self._position, strom, version, avsnitt.till.hex)
            if not del_:
                return
            strom, version = del_[-1][:2]
            yield from del_
            self.lasta += len(del_)
            if self._framsteg is not None:
                self._framsteg(self.lasta, self._position)

    def _rader_i(self, strommar: Sequence[UUID]) -> Iterator[Any]:
        fraga = _FRAGA.where(handelser.c.strom.in_(bindparam("strommar", expanding=True)))
        for start in range(0, len(strommar), _STROMMAR_PER_LASNING):
            del_ = strommar[start : start + _STROMMAR_PER_LASNING]
            with self._recorder.lasning() as forbindelse:
                rader = forbindelse.execute(fraga, {"position": self._position, "strommar": del_}).all()
            yield from rader


def _strommar(alla: Iterable[Any]) -> Iterator[Spelstrom]:
    for strom, grupp in groupby(alla, key=itemgetter(0)):
        rader = list(grupp)
        # Only a correction asks for identities; elsewhere they need not be made into UUIDs, two per event.
        rattas = any(rad[_RATTAR] for rad in rader)
        noteringar = []
        for _, _, _, position, typ, version, innehall, handelse_id, rattar in rader:
            handelse = las_handelse(typ, version, innehall, position)
            identitet = identitet_ur(handelse_id) if rattas else _INGEN_ID
            noteringar.append(Notering(position, identitet, handelse, identitet_ur(rattar) if rattar else None))
        yield Spelstrom(Samling(rader[0][2]), identitet_ur(strom), noteringar)


def _varde(namn: str, kolumn: Column[Any]) -> BindParameter[Any]:
    return bindparam(namn, type_=kolumn.type)


# Identities as digits: see above.
_FRAGA = (
    select(
        *(siffror(handelser.c.strom), handelser.c.stromversion, handelser.c.samling, handelser.c.position),
        *(handelser.c.typ, handelser.c.schemaversion, handelser.c.innehall),
        *(siffror(handelser.c.handelse_id), siffror(handelser.c.rattar)),
    )
    .where(handelser.c.position <= bindparam("position"))
    .order_by(handelser.c.strom, handelser.c.stromversion)
)
_NASTA = Fragesats(
    de_forsta(
        _FRAGA.where(
            tuple_(handelser.c.strom, handelser.c.stromversion)
            > tuple_(_varde("strom", handelser.c.strom), _varde("version", handelser.c.stromversion)),
            handelser.c.strom <= _varde("till", handelser.c.strom),
        ),
        literal_column(f"{_HANDELSER_PER_LASNING}"),
    ),
    ("position", "strom", "version", "till"),
)
_GRANS = Fragesats(
    select(siffror(handelser.c.strom))
    .where(handelser.c.strom > _varde("efter", handelser.c.strom))
    .order_by(handelser.c.strom, handelser.c.stromversion)
    .limit(literal_column("1"))
    .offset(bindparam("antal")),
    ("efter", "antal"),
)


def skriv(mottagare: Radmottagare, rader: Iterable[Faktarad]) -> dict[type[Fakta], int]:
    """Insert rows as they come, some thousands at a time; return how many each table got."""
    skrivna = dict.fromkeys(FAKTATABELLER, 0)
    vantar: dict[type[Fakta], list[Faktarad]] = {form: [] for form in FAKTATABELLER}
    for rad in rader:
        form = type(rad[-1])
        vantar[form].append(rad)
        if len(vantar[form]) == _RADER_PER_SKRIVNING:
            skrivna[form] += _tom(mottagare, form, vantar[form])
    for form, sista in vantar.items():
        skrivna[form] += _tom(mottagare, form, sista)
    return skrivna


def _tom(mottagare: Radmottagare, form: type[Fakta], rader: list[Faktarad]) -> int:
    mottagare.infoga(form, rader)
    antal = len(rader)
    rader.clear()
    return antal


def avtryck(forbindelse: Connection, form: type[Fakta]) -> Avtryck:
    """Return what a fact table holds, in short.

    That is the rows, which name their traits by number, and the traits of those numbers: joined to each row they take
    three times as long. Rows are hashed some thousands at a time, always as many.
    """
    fakta, drag = GALLANDE.fakta[form], GALLANDE.drag[form]
    har = select(fakta.c.drag)
    fragor = (
        select(*map(som_siffror, fakta.c)).order_by(fakta.c.strom, fakta.c.radnr),
        select(*map(som_siffror, drag.c)).where(drag.c.id.in_(har)).order_by(drag.c.id),
    )
    summa, antal = hashlib.sha256(), [0, 0]
    for nr, fraga in enumerate(fragor):
        # As text, so that no value is turned into an object only to be hashed.
        text = fraga.compile(dialect=forbindelse.dialect, compile_kwargs={"literal_binds": True})
        svar = forbindelse.exec_driver_sql(str(text), execution_options={"yield_per": _RADER_PER_SKRIVNING})
        for del_ in svar.partitions(_RADER_PER_SKRIVNING):
            summa.update(orjson.dumps(list(map(tuple, del_))))
            antal[nr] += len(del_)
    return Avtryck(antal[0], summa.hexdigest())


def harledda_fakta(recorder: Recorder, position: int, framsteg: Framsteg | None = None) -> Iterator[Faktarad]:
    """Return every row of facts that follows from the log up to a position, in the order of the tables' keys.

    Nothing is written. What stands below a position never changes, so it may be read in any number of transactions.
    """
    return spela_om(Logglasare(recorder, position, framsteg).alla())
