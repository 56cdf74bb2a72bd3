"""What an import decides: batch after batch of lines, each decided on as if it came alone.

Deciding needs of the ledger only what a batch asks for (``Batchfraga``), and nothing of what has been decided needs
to be written before the next batch is asked for. So whoever decides and whoever writes may be two, each at their own
batch: an answer tells what was written before the batch that is being decided on, and what that one brings is
remembered here. What facts follow can be worked out by either.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from application.commands import (
    Utfall,
    avtryck_av,
    kontrollera_kand,
    kontrollera_samling,
    kontrollera_tyst,
    registreringstid,
    tyst,
)
from application.envelope import Forslag, Kuvert, Nedskrift
from application.faltfel import faltfel_av
from application.importrader import Avvisad, Tolkad, tolka_rader
from application.personskydd import akt_for, bakom_pseudonym, identiteter
from application.ports import TidenGarBaklanges, TystHandelse
from application.strom import Beslutsstrom, Strom
from domain.begrepp import Samling
from domain.faktaspar import Faktaandring
from domain.fel import AktenArGallrad, Regelbrott
from domain.personuppgift import KandIdentitet
from domain.tid import svensk_dag

STROMMAR_I_MINNET = 20_000

EGNA_I_MINNET = 300_000
"""Ids an import into an empty ledger remembers before it asks the database (100 bytes each, 4 µs to ask for one)."""


class Utgangslage(NamedTuple):
    """What is known of the ledger when deciding begins.

    Attributes:
        position: its last position.
        senast_registrerad: its last registration time.
        gallrade: files that have been erased, by their whole number, as all ids here.
        handelse_id: the event ids it holds; None if it is to be asked.
        strommar: the streams it holds; None if it is to be asked.
    """

    position: int
    senast_registrerad: datetime | None
    gallrade: Set[int]
    handelse_id: Set[int] | None
    strommar: Set[int] | None


class Omgang(NamedTuple):
    """Lines to decide on together, with their numbers, and the time when they were read."""

    rader: Sequence[tuple[int, bytes]]
    nu: datetime


class Batchfraga(NamedTuple):
    """What a batch asks of the ledger, ids by their whole number.

    Attributes:
        handelse_id: every event id of the batch.
        mojligen_kanda: those that the ledger may hold an event under.
        strommar: streams that are not in memory.
        identiteter: whose pseudonyms are needed.
    """

    handelse_id: Sequence[int]
    mojligen_kanda: Sequence[int]
    strommar: Sequence[int]
    identiteter: Set[KandIdentitet]


class Batchsvar(NamedTuple):
    """What the ledger answers: ids by their whole number, and as it was before the batch that is decided on."""

    kanda: Mapping[int, Kuvert]
    tysta: Mapping[int, TystHandelse]
    strommar: Mapping[int, list[Kuvert]]
    pseudonymer: Mapping[KandIdentitet, UUID]


class Tystprov(NamedTuple):
    """A line under an id that once said nothing new: whether it is the same line only the key ring can tell."""

    tolkad: Tolkad
    tidigare: TystHandelse
    avtryck: bytes


@dataclass(slots=True)
class Beslutat:
    """What was decided on a batch.

    Attributes:
        nu: the time it was decided on, when it is registered unless an entry states another.
        antal: how many lines met which end, less those of ``tystprov``.
        kuvert: entries to be written.
        andringar: how each changes the facts; None where that is left to whoever writes.
        tysta: event ids that said nothing new, with the hash of what was sent not keyed yet.
        tystprov: lines that are to be tried yet.
        avvisade: lines refused.
        storlek: the bytes of all lines.
    """

    nu: datetime
    antal: dict[Utfall, int] = field(default_factory=lambda: dict.fromkeys(Utfall, 0))
    kuvert: Sequence[Nedskrift] = ()
    andringar: Sequence[Faktaandring | None] = ()
    tysta: list[TystHandelse] = field(default_factory=list)
    tystprov: list[Tystprov] = field(default_factory=list)
    avvisade: list[Avvisad] = field(default_factory=list)
    storlek: int = 0


class Forberedd(NamedTuple):
    """A batch that has been read, what it asks for, and its streams that are in memory already."""

    omgang: Omgang
    tolkade: Sequence[Tolkad]
    avvisade: Sequence[Avvisad]
    fraga: Batchfraga
    strommar: Mapping[int, Beslutsstrom]


Beslutsgang = Callable[
    [Utgangslage, str | None, Iterator[Omgang], Callable[[Batchfraga], Batchsvar]], Generator[Beslutat, None, None]
]
"""Decides on batches: given the ledger as it is, a municipality to fill in, the batches and what answers them. What it
yields is to be written before it is asked for more."""

Delning = Callable[[UUID], bool]
"""Tells whether the facts of a stream are worked out by whoever decides."""


def i_tur_och_ordning(
    lage: Utgangslage, kommun: str | None, omgangar: Iterator[Omgang], svara: Callable[[Batchfraga], Batchsvar]
) -> Generator[Beslutat, None, None]:
    """Decide on each batch when the one before is written; see ``Beslutsgang``."""
    beslutare = Beslutare(lage, kommun, lambda _: True)
    for omgang in omgangar:
        yield beslutare.genast(omgang, svara)


class Beslutare:
    """Decides on one batch after another; the next may be made ready, and be answered, before one is decided on.

    Identities are looked up by their whole number: a UUID's own hash and equality are Python calls, ten times slower,
    and every line needs some ten of them.
    """

    def __init__(self, lage: Utgangslage, kommun: str | None, harleder: Delning) -> None:
        """Begin with a ledger as it is; ``kommun`` fills in where an event lacks it, ``harleder`` shares the work."""
        self._kommun = kommun
        self._harleder = harleder
        self._position = lage.position
        self._senast = lage.senast_registrerad
        self._gallrade = lage.gallrade
        self._strommar: OrderedDict[int, Beslutsstrom] = OrderedDict()
        self._egna = None if lage.handelse_id is None else set(lage.handelse_id)
        # Streams that the ledger has and the memory has not: into an empty ledger all are this import's own.
        self._slappta = None if lage.strommar is None else set(lage.strommar)
        # What the batch before brought: the answers to this one may be older.
        self._nyss_kanda: dict[int, Kuvert] = {}
        self._nyss_tysta: dict[int, TystHandelse] = {}
        self._nyss_strommar: Mapping[int, Beslutsstrom] = {}

    @property
    def lage(self) -> Utgangslage:
        """Return what is known of the ledger when all that has been decided is written, for another to go on."""
        strommar = None if self._slappta is None else self._slappta | self._strommar.keys()
        return Utgangslage(self._position, self._senast, self._gallrade, self._egna, strommar)

    def genast(self, omgang: Omgang, svara: Callable[[Batchfraga], Batchsvar]) -> Beslutat:
        """Decide on a batch when the one before is written."""
        forberedd = self.forbered(omgang)
        return self.besluta(forberedd, svara(forberedd.fraga))

    def forbered(self, omgang: Omgang) -> Forberedd:
        """Read the lines of a batch and return what it asks for."""
        avvisade: list[Avvisad] = []
        tolkade = list(tolka_rader(omgang.rader, self._kommun, avvisade.append))
        handelse_id = [t.forslag.handelse_id.int for t in tolkade]
        egna, minnet = self._egna, self._strommar
        mojliga = handelse_id if egna is None else [nummer for nummer in handelse_id if nummer in egna]
        sokta = dict.fromkeys(t.forslag.strom.int for t in tolkade)
        # One that has not begun is no more than its id, and may be given another collection before it does.
        finns = {nummer: strom for nummer in sokta if (strom := minnet.get(nummer)) and strom.version}
        for nummer in finns:
            minnet.move_to_end(nummer)
        slappta = sokta if self._slappta is None else self._slappta
        strommar = [nummer for nummer in sokta if nummer in slappta and nummer not in finns]
        fraga = Batchfraga(handelse_id, mojliga, strommar, identiteter(t.forslag for t in tolkade))
        return Forberedd(omgang, tolkade, avvisade, fraga, finns)

    def besluta(self, forberedd: Forberedd, svar: Batchsvar) -> Beslutat:
        """Decide on the lines of a batch; batches are decided on in the order they were made ready."""
        rader, nu = forberedd.omgang
        beslutat = Beslutat(nu, avvisade=list(forberedd.avvisade), storlek=sum(len(rad) for _, rad in rader))
        forslag = bakom_pseudonym([t.forslag for t in forberedd.tolkade], svar.pseudonymer)
        omgang = _Beslutsomgang(
            beslutat,
            {**svar.kanda, **self._nyss_kanda},
            svar.tysta,
            dict(self._nyss_tysta),
            self._hamta(forberedd, svar, forslag),
        )
        for tolkad, ett in zip(forberedd.tolkade, forslag, strict=True):
            try:
                utfall = self._en(omgang, tolkad, ett)
            except (Regelbrott, TidenGarBaklanges) as fel:
                beslutat.avvisade.append(avvisad(tolkad, fel))
            else:
                if utfall is not None:
                    beslutat.antal[utfall] += 1
        beslutat.kuvert, beslutat.andringar = omgang.kuvert, omgang.andringar
        beslutat.tysta = list(omgang.nya_tysta.values())
        self._minns(omgang)
        return beslutat

    def _minns(self, omgang: _Beslutsomgang) -> None:
        self._nyss_kanda = {k.forslag.handelse_id.int: k for k in omgang.kuvert}
        self._nyss_tysta = omgang.nya_tysta
        self._nyss_strommar = omgang.strommar
        slappta = []
        while len(self._strommar) > STROMMAR_I_MINNET:
            slappta.append(self._strommar.popitem(last=False)[0])
        self._egna = _ihagkomna(self._egna, self._nyss_kanda)
        self._slappta = _ihagkomna(self._slappta, slappta)

    def _hamta(self, forberedd: Forberedd, svar: Batchsvar, forslag: Sequence[Forslag]) -> dict[int, Beslutsstrom]:
        """Return every stream of a batch, and have them in memory, most recently used last."""
        minnet, strommar = self._strommar, dict(forberedd.strommar)
        for ett in forslag:
            nummer = ett.strom.int
            if nummer not in strommar:
                strom = minnet.get(nummer) or self._nyss_strommar.get(nummer)
                strommar[nummer] = strom or self._oppna(ett, svar.strommar.get(nummer, ()))
        for nummer, strom in strommar.items():
            minnet[nummer] = strom
            minnet.move_to_end(nummer)
        return strommar

    def _en(self, omgang: _Beslutsomgang, tolkad: Tolkad, forslag: Forslag) -> Utfall | None:
        """Decide on a proposal, as it was sent and with pseudonyms; None if it is to be tried yet."""
        handelse_id = forslag.handelse_id.int
        kand = omgang.kanda.get(handelse_id)
        if kand is not None:
            return kontrollera_kand(kand, forslag).utfall
        tidigare = omgang.egna_tysta.get(handelse_id)
        if tidigare is not None:
            return kontrollera_tyst(tidigare, avtryck_av(tolkad.forslag)).utfall
        tidigare = omgang.liggarens_tysta.get(handelse_id)
        if tidigare is not None:  # its hash is keyed, and the key is not here
            omgang.beslutat.tystprov.append(Tystprov(tolkad, tidigare, avtryck_av(tolkad.forslag)))
            return None
        strom = omgang.strommar[forslag.strom.int]
        if not strom.version and strom.samling is not forslag.samling:
            strom = self._ny(forslag.samling, forslag.strom)
            omgang.strommar[strom.id.int] = self._strommar[strom.id.int] = strom
        kontrollera_samling(strom, forslag)
        registrerad = registreringstid(forslag, omgang.beslutat.nu, self._senast)
        self._vagra_gallrad(strom.id)
        if not strom.besluta(forslag, svensk_dag(registrerad)):
            ny = tyst(strom, forslag, avtryck_av(tolkad.forslag))
            omgang.egna_tysta[handelse_id] = omgang.nya_tysta[handelse_id] = ny
            return Utfall.OFORANDRAT
        akt = akt_for(strom, forslag)
        if akt is not None:
            self._vagra_gallrad(akt)
        self._position += 1
        ett = Kuvert(strom.id, strom.version + 1, forslag, self._position, akt=akt)
        omgang.kuvert.append(ett)
        omgang.andringar.append(_anteckna(strom, ett))
        omgang.kanda[handelse_id] = ett
        self._senast = max(registrerad, self._senast or registrerad)
        return Utfall.REGISTRERAD

    def _oppna(self, forslag: Forslag, kuvert: Sequence[Kuvert]) -> Beslutsstrom:
        """Return the stream that a proposal is about, with its entries."""
        strom = self._ny(kuvert[0].samling if kuvert else forslag.samling, forslag.strom)
        for ett in kuvert:
            _anteckna(strom, ett)
        return strom

    def _ny(self, samling: Samling, strom: UUID) -> Beslutsstrom:
        return (Strom if self._harleder(strom) else Beslutsstrom)(samling, strom)

    def _vagra_gallrad(self, akt: UUID) -> None:
        if akt.int in self._gallrade:
            raise AktenArGallrad(akt=akt)


@dataclass(slots=True)
class _Beslutsomgang:
    """A batch while it is decided on: what is known by now, from the ledger and from the lines before."""

    beslutat: Beslutat
    kanda: dict[int, Kuvert]
    liggarens_tysta: Mapping[int, TystHandelse]
    egna_tysta: dict[int, TystHandelse]
    strommar: dict[int, Beslutsstrom]
    kuvert: list[Kuvert] = field(default_factory=list)
    andringar: list[Faktaandring | None] = field(default_factory=list)
    nya_tysta: dict[int, TystHandelse] = field(default_factory=dict)


def _ihagkomna(hittills: set[int] | None, nya: Iterable[int]) -> set[int] | None:
    """Return ids remembered with new ones; None when they have become too many to be."""
    if hittills is not None:
        hittills.update(nya)
    return hittills if hittills is not None and len(hittills) <= EGNA_I_MINNET else None


def _anteckna(strom: Beslutsstrom, kuvert: Kuvert) -> Faktaandring | None:
    """Let a stream take in an entry, and return how its facts changed if it follows them."""
    if type(strom) is Strom:
        return strom.anteckna(kuvert.notering())
    strom.minns(kuvert.notering())
    return None


def avvisad(tolkad: Tolkad, fel: Regelbrott | TidenGarBaklanges) -> Avvisad:
    """Return a line as refused by a rule or by the order of registration."""
    return Avvisad(tolkad.rad, tolkad.innehall, (faltfel_av(fel),))
