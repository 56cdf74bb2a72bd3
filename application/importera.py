"""Bulk import: many events in one transaction, each validated and decided on as if it came alone.

A file is all or nothing by default. With a place for rejects, the good lines are recorded and every bad one is handed
over with line number, field and reason. Importing the same file again changes nothing and says so.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from application.commands import (
    Utfall,
    kontrollera_kand,
    kontrollera_samling,
    kontrollera_tyst,
    oppna_strom,
    registreringstid,
    tyst,
)
from application.envelope import Forslag, Kuvert
from application.faltfel import Faltfel, OgiltigHandelse
from application.nolltecken import vagra_nolltecken
from application.personskydd import akt_for, bakom_pseudonym
from application.ports import Huvudbok, Klocka, Skrivning, TidenGarBaklanges, TystHandelse
from application.skrapinsamling import utan_skrapinsamling
from application.strom import Strom
from application.tolkning import tolka
from domain.faktaspar import Faktaandring
from domain.fel import AktenArGallrad, Regelbrott
from domain.tid import svensk_dag

RADER_PER_OMGANG = 5000
"""Lines decoded, decided on and written together; bounds the memory."""

STROMMAR_I_MINNET = 20_000

EGNA_I_MINNET = 300_000
"""Event ids an import into an empty ledger remembers before it asks the database (100 bytes each, 4 µs per event)."""

LANGSTA_RAD = 1_000_000
"""A line longer than this (bytes) is refused unread."""


@dataclass(frozen=True, slots=True)
class Avvisad:
    """A line that was not recorded, and why."""

    rad: int
    innehall: bytes
    fel: tuple[Faltfel, ...]

    def som_json(self) -> bytes:
        """Return the reject as one JSON line: line number, faults, and the line as it was."""
        post = {
            "rad": self.rad,
            "fel": [{"falt": f.falt, "kod": f.kod, "skal": f.mening} for f in self.fel],
            "innehall": self.innehall.decode("utf-8", "replace").rstrip("\r\n"),
        }
        return orjson.dumps(post, option=orjson.OPT_APPEND_NEWLINE)


@dataclass
class Importresultat:
    """How many lines met which end."""

    antal: dict[Utfall, int] = field(default_factory=lambda: dict.fromkeys(Utfall, 0))
    avvisade: int = 0

    @property
    def rader(self) -> int:
        """Return the number of lines read, empty ones not counted."""
        return sum(self.antal.values()) + self.avvisade

    @property
    def nya(self) -> int:
        """Return the number of events recorded."""
        return self.antal[Utfall.REGISTRERAD]


class ImportenAvbruten(Exception):
    """Some lines were refused and nothing at all was recorded."""

    def __init__(self, resultat: Importresultat, exempel: list[Avvisad]) -> None:
        """Keep the counts and the first refused lines."""
        super().__init__(f"{resultat.avvisade} av {resultat.rader} rader avvisades; ingenting registrerades.")
        self.resultat = resultat
        self.exempel = exempel


class Importor:
    """Imports lines of events."""

    def __init__(self, huvudbok: Huvudbok, klocka: Klocka, *, kommun: str | None = None) -> None:
        """Use a log and a clock; ``kommun`` fills in where an event lacks it."""
        self._huvudbok = huvudbok
        self._klocka = klocka
        self._kommun = kommun

    def importera(
        self,
        rader: Iterable[bytes],
        *,
        avvisa: Callable[[Avvisad], None] | None = None,
        framsteg: Callable[[int], None] | None = None,
        antal_exempel: int = 20,
    ) -> Importresultat:
        """Import lines in one transaction.

        Args:
            rader: JSON lines.
            avvisa: takes each refused line; without it a single refused line stops the whole import.
            framsteg: told the number of bytes done.
            antal_exempel: how many refused lines the error carries when everything is stopped.

        Raises:
            ImportenAvbruten: lines were refused and there was nowhere to put them; nothing is recorded.
        """
        resultat = Importresultat()
        exempel: list[Avvisad] = []

        def ta_emot(avvisad: Avvisad) -> None:
            resultat.avvisade += 1
            if avvisa is not None:
                avvisa(avvisad)
            elif len(exempel) < antal_exempel:
                exempel.append(avvisad)

        with utan_skrapinsamling(), self._huvudbok.skrivning() as bok:
            self._behandla(_Omgang(bok, self._klocka, resultat), rader, ta_emot, framsteg)
            if resultat.avvisade and avvisa is None:
                raise ImportenAvbruten(resultat, exempel)
            if resultat.nya >= RADER_PER_OMGANG:
                bok.mat_tabellerna()
        return resultat

    def _behandla(
        self,
        omgang: _Omgang,
        rader: Iterable[bytes],
        ta_emot: Callable[[Avvisad], None],
        framsteg: Callable[[int], None] | None,
    ) -> None:
        """Take batch after batch; in a call of its own, so that all is let go before the garbage collector resumes."""
        for bit in _omgangar(rader):
            avvisade: list[Avvisad] = []
            omgang.behandla(list(self._tolka(bit, avvisade.append)), avvisade.append)
            for avvisad in sorted(avvisade, key=lambda a: a.rad):
                ta_emot(avvisad)
            if framsteg is not None:
                framsteg(sum(len(rad) for _, rad in bit))

    def _tolka(
        self, rader: list[tuple[int, bytes]], ta_emot: Callable[[Avvisad], None]
    ) -> Iterator[tuple[int, bytes, Forslag]]:
        for nr, rad in rader:
            if not rad.strip():
                continue
            try:
                yield nr, rad, tolka(_las_json(rad), kommun=self._kommun, far_ange_registrerad=True)
            except OgiltigHandelse as fel:
                ta_emot(Avvisad(nr, rad, fel.fel))


def _las_json(rad: bytes) -> Any:
    if len(rad) > LANGSTA_RAD:
        raise OgiltigHandelse([Faltfel("raden", "for-lang", f"Raden är längre än {LANGSTA_RAD} byte.")])
    rad = rad.removeprefix(b"\xef\xbb\xbf")
    try:
        data = orjson.loads(rad)
    except orjson.JSONDecodeError as fel:
        mening = f"Raden är inte giltig JSON i UTF-8 (tecken {fel.colno})."
        raise OgiltigHandelse([Faltfel("raden", "ogiltig-json", mening)]) from None
    if not isinstance(data, dict):
        return data
    if b"\\u0022" in rad or rad.count(b'"') != _antal_citattecken(data):
        try:
            json.loads(rad, object_pairs_hook=_utan_dubbletter)
        except RecursionError:
            raise OgiltigHandelse([Faltfel("raden", "for-djup", "Raden har för många nivåer.")]) from None
    vagra_nolltecken(rad, data)
    return data


def _antal_citattecken(data: Any) -> int:
    """Return how many quotation marks the data takes as JSON; a line with more of them repeats a field."""
    try:
        return orjson.dumps(data).count(b'"')
    except orjson.JSONEncodeError:  # deeper than orjson writes: let the slow reader judge
        return -1


def _utan_dubbletter(par: list[tuple[str, Any]]) -> dict[str, Any]:
    objekt = dict(par)
    if len(objekt) < len(par):
        namn = next(namn for nr, (namn, _) in enumerate(par) if any(namn == annat for annat, _ in par[:nr]))
        raise OgiltigHandelse([Faltfel(namn, "dubbelt-falt", f"Fältet {namn} står flera gånger på raden.")])
    return objekt


class _Omgang:
    """Decides on and writes one batch after another within one transaction.

    Identities are looked up by their whole number: a UUID's own hash and equality are Python calls, ten times slower,
    and every line needs some ten of them.
    """

    def __init__(self, bok: Skrivning, klocka: Klocka, resultat: Importresultat) -> None:
        self._bok = bok
        self._klocka = klocka
        self._resultat = resultat
        self._strommar: OrderedDict[int, Strom] = OrderedDict()
        self._position = bok.antal()
        self._senast: datetime | None = bok.senast_registrerad
        self._tysta: dict[int, TystHandelse] = {}
        self._gallrade = bok.gallrade_akter()
        # Into an empty ledger everything is this import's own: what it has not seen the database has not either.
        self._alla_strommar_i_minnet = not self._position
        self._egna: set[int] | None = None if self._position else set()

    def behandla(self, rader: list[tuple[int, bytes, Forslag]], ta_emot: Callable[[Avvisad], None]) -> None:
        forslag = bakom_pseudonym(self._bok, [f for _, _, f in rader])
        kanda = self._kanda([f.handelse_id for f in forslag])
        redan_tysta = {i.int: t for i, t in self._bok.tysta(f.handelse_id for f in forslag).items()}
        self._tysta = dict(redan_tysta)
        self._hamta(forslag)
        kuvert: list[Kuvert] = []
        andringar: list[Faktaandring] = []
        for (nr, rad, sant), ett in zip(rader, forslag, strict=True):
            try:
                utfall = self._en(sant, ett, kanda, kuvert, andringar)
            except (Regelbrott, TidenGarBaklanges) as fel:
                ta_emot(Avvisad(nr, rad, (_som_faltfel(fel),)))
            else:
                self._resultat.antal[utfall] += 1
        if kuvert:
            self._bok.skriv(kuvert, andringar)
        self._bok.minns_tysta([t for nummer, t in self._tysta.items() if nummer not in redan_tysta])
        self._minns_egna(kuvert)
        while len(self._strommar) > STROMMAR_I_MINNET:
            self._strommar.popitem(last=False)
            self._alla_strommar_i_minnet = False

    def _kanda(self, handelse_id: list[UUID]) -> dict[int, Kuvert]:
        """Return the entries recorded before this batch under its event ids."""
        egna = self._egna
        mojliga = handelse_id if egna is None else [i for i in handelse_id if i.int in egna]
        return {i.int: kuvert for i, kuvert in self._bok.kanda(mojliga).items()} if mojliga else {}

    def _minns_egna(self, kuvert: list[Kuvert]) -> None:
        if self._egna is not None:
            self._egna.update(k.forslag.handelse_id.int for k in kuvert)
            if len(self._egna) > EGNA_I_MINNET:
                self._egna = None

    def _hamta(self, forslag: list[Forslag]) -> None:
        """Have every stream of the batch in memory, most recently used last."""
        strommar = self._strommar
        saknas = {f.strom.int: f for f in forslag if f.strom.int not in strommar}
        fragas = () if self._alla_strommar_i_minnet else [f.strom for f in saknas.values()]
        fanns = {strom.int: kuvert for strom, kuvert in self._bok.las_strommar(fragas).items()} if fragas else {}
        for ett in forslag:
            nummer = ett.strom.int
            if nummer in strommar:
                strommar.move_to_end(nummer)
            elif nummer in fanns:
                kuvert = fanns[nummer]
                strommar[nummer] = oppna_strom(kuvert[0].forslag, kuvert)
            else:
                strommar[nummer] = Strom(ett.samling, ett.strom)

    def _en(
        self,
        sant: Forslag,
        forslag: Forslag,
        kanda: dict[int, Kuvert],
        kuvert: list[Kuvert],
        andringar: list[Faktaandring],
    ) -> Utfall:
        """Decide on a proposal, as it was sent and with pseudonyms."""
        handelse_id = forslag.handelse_id.int
        kand = kanda.get(handelse_id)
        if kand is not None:
            return kontrollera_kand(kand, forslag).utfall
        tidigare = self._tysta.get(handelse_id)
        if tidigare is not None:
            return kontrollera_tyst(self._bok, tidigare, sant).utfall
        strom = self._strommar[forslag.strom.int]
        if not strom.version:
            self._strommar[forslag.strom.int] = strom = Strom(forslag.samling, forslag.strom)
        kontrollera_samling(strom, forslag)
        registrerad = registreringstid(forslag, self._klocka())
        if forslag.registrerad is not None and self._senast is not None and registrerad < self._senast:
            raise TidenGarBaklanges(registrerad, self._senast)
        self._vagra_gallrad(strom.id)
        if not strom.besluta(forslag, svensk_dag(registrerad)):
            self._tysta[handelse_id] = tyst(self._bok, sant, strom)
            return Utfall.OFORANDRAT
        akt = akt_for(strom, forslag)
        if akt is not None:
            self._vagra_gallrad(akt)
        self._position += 1
        ett = Kuvert(strom.id, strom.version + 1, forslag, self._position, akt=akt)
        andringar.append(strom.anteckna(ett.notering()))
        kuvert.append(ett)
        kanda[handelse_id] = ett
        self._senast = max(registrerad, self._senast or registrerad)
        return Utfall.REGISTRERAD

    def _vagra_gallrad(self, akt: UUID) -> None:
        if akt.int in self._gallrade:
            raise AktenArGallrad(akt=akt)


def _som_faltfel(fel: Regelbrott | TidenGarBaklanges) -> Faltfel:
    if isinstance(fel, Regelbrott):
        return Faltfel(fel.falt or "händelsen", fel.kod, fel.mening)
    return Faltfel("registrerad", "tiden-gar-baklanges", str(fel))


def _omgangar(rader: Iterable[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    numrerade = enumerate(rader, start=1)
    while bit := list(islice(numrerade, RADER_PER_OMGANG)):
        yield bit
