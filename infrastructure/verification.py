"""Verifying a ledger: the database's own check, the links of every row of the log, and the facts against a rebuild.

Everything is read in one read transaction and in order, so memory is flat and the first fault found is the first there
is. A database that is damaged answers with any error at any place; each becomes a fault that is named, never a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, cast, func, or_, select

from application.ombyggnad import Faktarad
from application.skrapinsamling import utan_skrapinsamling
from application.verification import Brist, Loggkvitto, Provningsframsteg, Verifiering
from domain.fakta import Fakta
from infrastructure.atkomstlogg import atkomstbrister
from infrastructure.facts import hela_fakta
from infrastructure.filecheck import aktbrister, registerbrister
from infrastructure.identitet import siffror
from infrastructure.logcheck import LOGGEN, Loggprov
from infrastructure.loggavsnitt import harledda_fakta
from infrastructure.recorder import Recorder
from infrastructure.rowsum import tyst_summa
from infrastructure.sqlitecheck import egna_brister
from infrastructure.tables import FAKTATABELLER, GALLER, atkomster, generationer, handelser, lasposition, tysta

DATABASEN = "databasen"
MEST = 20
"""Faults reported per part: one fault may show in every row after it."""

_RADER_PER_LASNING = 5_000
_TILL = 3
"""Where a row of facts has the position from which it is no longer known."""


class Liggarverifierare:
    """Implements ``application.verification.Verifierare`` on a recorder."""

    def __init__(self, recorder: Recorder) -> None:
        """Read through the recorder's read transaction."""
        self._recorder = recorder

    def verifiera(self, framsteg: Provningsframsteg | None = None, kvitton: Sequence[Loggkvitto] = ()) -> Verifiering:
        """Verify the database, then the log, then – if the log is whole – the facts.

        In PostgreSQL a snapshot reads the rows that were, but in the tables that have the names now: facts that were
        built anew meanwhile look as if they were not there, and are read again.
        """
        while True:
            fore = self._generation()
            svar = self._en_gang(framsteg, kvitton)
            if svar.hel or self._generation() == fore:
                return svar

    def _generation(self) -> int | None:
        """Return which generation of facts answers; None if it cannot be read, which is then found as a fault."""
        try:
            with self._recorder.lasning() as forbindelse:
                return forbindelse.execute(select(generationer.c.nummer).where(generationer.c.lage == GALLER)).scalar()
        except Exception:
            return None

    def _en_gang(self, framsteg: Provningsframsteg | None, kvitton: Sequence[Loggkvitto]) -> Verifiering:
        with utan_skrapinsamling(), self._recorder.ogonblicksbild() as forbindelse:
            logg = Loggprov(forbindelse, framsteg)
            brister = [*_fangade(DATABASEN, egna_brister(forbindelse))]
            loggens = [
                *_fangade(LOGGEN, logg.brister(), logg),
                *_fangade(LOGGEN, _kvittonas_brister(forbindelse, kvitton)),
            ]
            if not loggens:  # what a damaged row says of its place would only mislead
                loggens += _fangade(LOGGEN, _strommarnas_brister(forbindelse))
                loggens += _fangade(LOGGEN, aktbrister(forbindelse, self._recorder.ring))
            brister += [*loggens, *_fangade(tysta.name, _tystas_brister(forbindelse))]
            brister += _fangade("personregistret", registerbrister(forbindelse, self._recorder.ring))
            brister += _fangade(atkomster.name, atkomstbrister(forbindelse))
            brister += _fangade(lasposition.name, _efter_slutet(forbindelse, logg.position))
            fakta = _Faktaprov(self._recorder, forbindelse, framsteg)
            if not loggens:
                brister += _fangade("fakta", fakta.brister(logg.position))
        return Verifiering(logg.lasta, fakta.lasta, logg.lov, tuple(brister), not loggens)


def _fangade(var: str, brister: Iterable[Brist], logg: Loggprov | None = None) -> Iterator[Brist]:
    """Yield the first faults of a part; what makes it impossible to read on is the last of them."""
    try:
        yield from islice(brister, MEST)
    except Exception as fel:
        orsak = getattr(fel, "orig", None) or fel
        position = None if logg is None else logg.position + 1
        yield Brist(var, position, f"gick inte att läsa vidare: {orsak}")


def _strommarnas_brister(forbindelse: Connection) -> Iterator[Brist]:
    """Find streams whose entries are not numbered from one, without gaps and in the order of the log."""
    k = handelser.c

    def forra(kolumn: Column[int]) -> ColumnElement[int]:
        return func.lag(kolumn, 1, 0).over(partition_by=k.strom, order_by=k.stromversion)

    rad = select(
        k.position, cast(k.strom, String).label("strom"), k.stromversion,
        forra(k.stromversion).label("forra"), forra(k.position).label("forra_position"),
    ).subquery()  # fmt: skip
    fel = or_(rad.c.stromversion != rad.c.forra + 1, rad.c.position <= rad.c.forra_position)
    for ett in forbindelse.execute(select(rad).where(fel).order_by(rad.c.position).limit(MEST)):
        mening = f"strömmen {ett.strom} går från version {ett.forra} till {ett.stromversion}"
        yield Brist(LOGGEN, ett.position, mening)


def _kvittonas_brister(forbindelse: Connection, kvitton: Sequence[Loggkvitto]) -> Iterator[Brist]:
    for position, lov in sorted(kvitton):
        finns = forbindelse.execute(select(handelser.c.lov).where(handelser.c.position == position)).scalar()
        if finns != lov:
            mening = "händelsen finns inte, fast det finns ett kvitto" if finns is None else "lövet är inte kvittots"
            yield Brist(LOGGEN, position, mening)


def _tystas_brister(forbindelse: Connection) -> Iterator[Brist]:
    k = tysta.c
    fraga = select(siffror(k.handelse_id), siffror(k.strom), k.version, k.avtryck, siffror(k.akt), k.radsumma)
    for handelse_id, *ovriga, summa in forbindelse.execute(fraga):
        if tyst_summa(handelse_id, *ovriga) != summa:
            yield Brist(tysta.name, None, f"raden för handelseId {handelse_id} stämmer inte med sin radsumma")


def _efter_slutet(forbindelse: Connection, sist: int) -> Iterator[Brist]:
    """Find what is known of events that the log does not have: it has lost its end."""
    for tabell in FAKTATABELLER.values():
        fran = forbindelse.execute(select(func.max(tabell.c.kand_fran))).scalar()
        if fran is not None and fran > sist:
            yield Brist(tabell.name, sist + 1, f"fakta är kända från position {fran}, men loggen slutar på {sist}")
    fraga = select(lasposition.c.tillampning, lasposition.c.position).where(lasposition.c.position > sist)
    for namn, position in forbindelse.execute(fraga):
        yield Brist(lasposition.name, sist + 1, f"läsaren {namn} står på {position}, men loggen slutar på {sist}")


class _Faktaprov:
    """Compares the stored facts with those that follow from the log, row by row in the order of their key."""

    def __init__(self, recorder: Recorder, forbindelse: Connection, framsteg: Provningsframsteg | None) -> None:
        self._recorder = recorder
        self._forbindelse = forbindelse
        self._framsteg = framsteg
        self.lasta = 0

    def brister(self, position: int) -> Iterator[Brist]:
        lagrade = {form: _lagrade(self._forbindelse, form) for form in FAKTATABELLER}
        framsteg = self._framsteg
        visa = None if framsteg is None else (lambda klart, totalt: framsteg("fakta", klart, totalt))
        for rad in harledda_fakta(self._recorder, position, visa):
            form = type(rad[-1])
            if form not in lagrade:
                continue
            self.lasta += 1
            ratt, lagrad = (*rad[:-1], *rad[-1]), next(lagrade[form], None)
            if lagrad != ratt:
                yield _skillnad(form, rad, lagrad)
                del lagrade[form]  # what comes after the first difference may be the same rows one step later
        for form, resten in lagrade.items():
            for lagrad in islice(resten, 1):
                mening = f"raden {lagrad[0]}/{lagrad[1]} följer inte av någon händelse"
                yield Brist(FAKTATABELLER[form].name, None, mening)


def _lagrade(forbindelse: Connection, form: type[Fakta]) -> Iterator[tuple[Any, ...]]:
    # As text, so that no value is turned into an object only to be compared.
    fraga = str(hela_fakta(form).compile(dialect=forbindelse.dialect))
    svar = forbindelse.exec_driver_sql(fraga, execution_options={"yield_per": _RADER_PER_LASNING})
    for del_ in svar.partitions():
        yield from map(tuple, del_)


def _skillnad(form: type[Fakta], ratt: Faktarad, lagrad: tuple[Any, ...] | None) -> Brist:
    """Return what differs between a row that follows from the log and the stored row in its place."""
    strom, radnr, fran, till, fakta = ratt
    position = fran
    if lagrad is None or lagrad[:2] > (strom, radnr):
        mening = f"raden {strom}/{radnr} saknas"
    elif lagrad[:2] < (strom, radnr):
        mening, position = f"raden {lagrad[0]}/{lagrad[1]} följer inte av någon händelse", lagrad[2]
    else:
        namn = ("strom", "radnr", "kand_fran", "kand_till", *form._fields)
        nr = next(nr for nr, (en, annan) in enumerate(zip((*ratt[:-1], *fakta), lagrad, strict=True)) if en != annan)
        mening = f"raden {strom}/{radnr} skiljer sig från ombyggnaden i {namn[nr]}"
        if nr == _TILL:  # true until one of them ceased to be known
            position = min(till, lagrad[_TILL])
    return Brist(FAKTATABELLER[form].name, position, mening)
