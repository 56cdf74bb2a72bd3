"""A ledger in memory to try the laws on: a clock that obeys, what was recorded, and what is asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import repeat
from types import TracebackType
from typing import Any, ClassVar, Self
from uuid import UUID

import orjson
from sqlalchemy import Dialect, Table, delete, select

from application.commands import Kvitto, Utfall
from application.envelope import Forslag
from application.queries import Fraga, Underlag, Vagning
from domain.fakta import Fakta
from domain.fel import Regelbrott
from domain.matt.katalog import MATT
from domain.matt.modell import Bokforingsperiod
from domain.regler.vardygn import VARDYGNSREGLER
from domain.tid import Period, Tidssnitt
from infrastructure.appendonly import slapp
from infrastructure.facts import hela_fakta
from infrastructure.recorder import Recorder
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER, generationer, handelser, metadata, schema
from interfaces.bootstrap import Tjanster, koppla
from tests.laws.faktafragor import (
    FAKTASLAG,
    Bildfraga,
    Faktafraga,
    bilden,
    kanda_fakta,
    sammanstall,
    ur_fakta,
    ur_oraklet,
)
from tests.laws.loggen import Grupp, Orakelfraga, Post, Varde
from tests.laws.orakel import svara as orakelsvar
from tests.laws.orakel_pengar import KVOTER
from tests.pseudonym import som_den_heter

BORJAN = datetime(2023, 9, 1, 8, tzinfo=UTC)
SLUTET = datetime(2026, 6, 1, 8, tzinfo=UTC)
"""An instant after every registration of a generated history."""

Rader = list[tuple[Any, ...]]

Lagfraga = Orakelfraga | Faktafraga | Bildfraga
"""A question that the laws ask: to a measure, to a kind of fact, or for everything."""


@dataclass(frozen=True)
class Steg:
    """A proposal and when it reaches the ledger."""

    nar: datetime
    forslag: Forslag


@dataclass(frozen=True)
class Svarstabell:
    """An answer in the form that the ledger and the oracle can be compared in."""

    varden: Mapping[Grupp, Any]
    totalt: Any


class Klockan:
    """Shows the time it was set to."""

    def __init__(self) -> None:
        self.nu = BORJAN

    def __call__(self) -> datetime:
        return self.nu


def _ny_liggare(databas: str) -> tuple[Klockan, Tjanster]:
    klocka = Klockan()
    return klocka, koppla(databas, klocka=klocka, nytt_pseudonym=som_den_heter)


@cache
def _faktatext(tabell: str, dialekt: Dialect) -> str:
    form = next(form for form, annan in FAKTATABELLER.items() if annan.name == tabell)
    return str(hela_fakta(form).compile(dialect=dialekt))


class Provliggare:
    """A ledger that remembers what was recorded and what became of every proposal."""

    _LEDIGA: ClassVar[list[tuple[Klockan, Tjanster]]] = []
    """Emptied ledgers to use again: a new database would have to compile every question anew."""
    _DATABASER: ClassVar[Iterator[str]] = repeat(":memory:")

    def __init__(self) -> None:
        self.klocka, self.tjanster = self._LEDIGA.pop() if self._LEDIGA else _ny_liggare(next(self._DATABASER))
        self.klocka.nu = BORJAN
        self.poster: list[Post] = []
        self.registrerade: list[Steg] = []
        self.avslag: list[Regelbrott] = []

    @classmethod
    @contextmanager
    def i_databaser(cls, databaser: Iterator[str]) -> Iterator[None]:
        """Have the ledgers that are made in here kept in new databases."""
        tidigare = cls._LEDIGA, cls._DATABASER
        cls._LEDIGA, cls._DATABASER = [], databaser
        try:
            yield
        finally:
            for _, tjanster in cls._LEDIGA:
                tjanster.stang()
            cls._LEDIGA, cls._DATABASER = tidigare

    def __enter__(self) -> Self:
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, spar: TracebackType | None) -> None:
        with self.recorder.transaktion() as forbindelse:
            slapp(forbindelse)
            for tabell in metadata.sorted_tables:
                if tabell not in (schema, generationer, *DRAGTABELLER.values()):  # they say the same of all ledgers
                    forbindelse.execute(delete(tabell))
        self._LEDIGA.append((self.klocka, self.tjanster))

    @property
    def recorder(self) -> Recorder:
        """Return the recorder under the ledger."""
        recorder = self.tjanster.liggaren.recorder
        assert isinstance(recorder, Recorder)
        return recorder

    @property
    def position(self) -> int:
        """Return the last position."""
        return self.tjanster.huvudbok.antal()

    def sand(self, steg: Steg) -> Kvitto | None:
        """Send a proposal when its time has come; None where it was refused."""
        self.klocka.nu = steg.nar
        try:
            kvitto = self.tjanster.registrator.registrera(steg.forslag)
        except Regelbrott as fel:
            self.avslag.append(fel)
            return None
        if kvitto.utfall is Utfall.REGISTRERAD:
            assert kvitto.position is not None
            assert kvitto.registrerad is not None
            f = steg.forslag
            self.registrerade.append(steg)
            self.poster.append(
                Post(kvitto.position, kvitto.registrerad, f.handelse_id, f.rattar, f.samling, f.strom, f.handelse)
            )
        return kvitto

    def sand_alla(self, steg: Iterable[Steg]) -> Self:
        """Send proposals in the order they are given; refused ones are dropped."""
        for ett in steg:
            self.sand(ett)
        self.klocka.nu = max(SLUTET, self.klocka.nu)
        return self

    def svar(self, fraga: Lagfraga) -> Svarstabell:
        """Ask the ledger."""
        if isinstance(fraga, Bildfraga):
            bild: Counter[tuple[Any, ...]] = Counter()
            for form in FAKTATABELLER:
                bild += bilden(kanda_fakta(form, self.faktarader(form), self.vid(fraga.kant)), fraga.galler_den)
            return Svarstabell(bild, sum(bild.values()))
        if isinstance(fraga, Faktafraga):
            form = FAKTASLAG[fraga.slag].form
            fakta = kanda_fakta(form, self.faktarader(form), self.vid(fraga.kant))
            return Svarstabell(*sammanstall(ur_fakta(fakta, fraga), fraga))
        return self._mattet(fraga)

    def vid(self, kant: datetime | int) -> int:
        """Return the position that was the last at an instant."""
        return kant if isinstance(kant, int) else self.tjanster.huvudbok.kunskap(kant).position

    def _mattet(self, fraga: Orakelfraga) -> Svarstabell:
        regel = VARDYGNSREGLER[fraga.regel]
        regel = regel if fraga.franvaro_raknas else regel.utan_franvaro()
        kant = self.klocka.nu if isinstance(fraga.kant, int) else fraga.kant
        riktig = Fraga(
            MATT[fraga.matt],
            Period(fraga.fran, fraga.till),
            Tidssnitt(fraga.galler_den, kant),
            fraga.gruppera,
            {namn: tuple(map(som_text, varden)) for namn, varden in fraga.urval.items()},
            regel=regel,
            vagning=Vagning.OVAGD if fraga.ovagd else Vagning.VAGD,
            period_efter=Bokforingsperiod.VARD if fraga.efter_vardmanad else Bokforingsperiod.BOKFORING,
        )
        underlag = Underlag(fraga.kant, fraga.galler_den, kant, regel) if isinstance(fraga.kant, int) else None
        svar = self.tjanster.fragor.svara(riktig, underlag)
        if fraga.matt in KVOTER:
            return Svarstabell(dict(svar.varden), svar.totalt)
        return Svarstabell({grupp: varde for grupp, varde in svar.varden.items() if varde}, svar.totalt)

    def fakta(self) -> dict[str, Rader]:
        """Return all facts with their life in the ledger, as the database has them."""
        return {tabell.name: self.faktarader(form) for form, tabell in FAKTATABELLER.items()}

    def faktarader(self, form: type[Fakta]) -> Rader:
        """Return the facts of a shape with their life in the ledger, as the database has them."""
        with self.recorder.lasning() as forbindelse:
            text = _faktatext(FAKTATABELLER[form].name, forbindelse.dialect)
            return list(map(tuple, forbindelse.exec_driver_sql(text)))

    def logg(self) -> Rader:
        """Return the whole log, as stored."""
        return self._innehall(handelser)

    def logg_utan_bevis(self) -> Rader:
        """Return the log less what is random or tells when an import was made."""
        tagna = {"salt", "atagande", "hemligt", "hemligt_salt", "hemligt_atagande", "lov", "radsumma", "infort"}
        kolumner = [kolumn for kolumn in handelser.c if kolumn.name not in tagna]
        with self.recorder.lasning() as forbindelse:
            return [tuple(rad) for rad in forbindelse.execute(select(*kolumner).order_by(handelser.c.position))]

    def _innehall(self, tabell: Table) -> Rader:
        with self.recorder.lasning() as forbindelse:
            fraga = select(tabell).order_by(*tabell.primary_key.columns)
            return [tuple(rad) for rad in forbindelse.execute(fraga)]

    def som_rader(self) -> list[bytes]:
        """Return the log as lines of an import file with the original registration times."""
        return [
            orjson.dumps(
                {
                    "samling": post.samling.value,
                    "id": str(post.strom),
                    "typ": post.handelse.typ,
                    "version": post.handelse.schemaversion,
                    "handelseId": str(post.handelse_id),
                    "registrerad": post.registrerad.isoformat(),
                    **({"rattar": str(post.rattar)} if post.rattar is not None else {}),
                    **post.handelse.innehall(),
                }
            )
            for post in self.poster
        ]


def bokford(steg: Iterable[Steg]) -> Provliggare:
    """Return a ledger that the proposals were sent to."""
    return Provliggare().sand_alla(steg)


def som_text(varde: Varde) -> str | None:
    """Return a value of a group or a filter as the ledger's questions and answers have it."""
    return str(varde) if isinstance(varde, UUID) else varde


def orakel(poster: Sequence[Post], fraga: Orakelfraga | Faktafraga) -> Svarstabell:
    """Ask the oracle."""
    if isinstance(fraga, Faktafraga):
        return Svarstabell(*sammanstall(ur_oraklet(poster, fraga), fraga))
    varden: dict[Grupp, Any] = {
        tuple(map(som_text, grupp)): varde for grupp, varde in orakelsvar(poster, fraga).items()
    }
    hela = orakelsvar(poster, replace(fraga, gruppera=()))
    return Svarstabell(varden, hela.get((), None if fraga.matt in KVOTER else 0))
