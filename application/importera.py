"""Bulk import: many events in one transaction, each validated and decided on as if it came alone.

A file is all or nothing by default. With a place for rejects, the good lines are recorded and every bad one is handed
over with line number, field and reason. Importing the same file again changes nothing and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from itertools import chain, islice

from application.commands import Utfall
from application.framsteg import Skede
from application.importbeslut import Beslutat, Beslutsgang, Omgang, i_tur_och_ordning
from application.importrader import Avvisad
from application.importskrivning import Importskrivare
from application.ports import Huvudbok, Klocka, Skrivning
from application.skrapinsamling import utan_skrapinsamling

RADER_PER_OMGANG = 2_000
"""Lines decoded, decided on and written together; bounds the memory."""

BYTE_PER_OMGANG = 4_000_000
"""A batch has no more lines than this either, but for the last."""

OMGANGAR_FOR_TVA = 10
"""With no more batches than this a file is imported before another process has begun to decide on it."""

Lasframsteg = Callable[[int], object]
"""Is told how many bytes have been done since last."""


def _ingen(_: object) -> None:
    """Tell nobody."""


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


class _Mottagning:
    """Receives what becomes of the lines of one import."""

    def __init__(self, avvisa: Callable[[Avvisad], None] | None, framsteg: Lasframsteg, antal_exempel: int) -> None:
        self.resultat = Importresultat()
        self._avvisa = avvisa
        self._framsteg = framsteg
        self._exempel: list[Avvisad] = []
        self._antal_exempel = antal_exempel

    def ta_emot(self, beslutat: Beslutat) -> None:
        """Count what was decided, and hand over the lines that were refused."""
        for utfall, antal in beslutat.antal.items():
            self.resultat.antal[utfall] += antal
        self.resultat.avvisade += len(beslutat.avvisade)
        for avvisad in sorted(beslutat.avvisade, key=lambda a: a.rad):
            if self._avvisa is not None:
                self._avvisa(avvisad)
            elif len(self._exempel) < self._antal_exempel:
                self._exempel.append(avvisad)
        self._framsteg(beslutat.storlek)

    def kontrollera(self) -> None:
        """Raise ``ImportenAvbruten`` if lines were refused and there was nowhere to put them."""
        if self.resultat.avvisade and self._avvisa is None:
            raise ImportenAvbruten(self.resultat, self._exempel)


class Importor:
    """Imports lines of events."""

    def __init__(
        self,
        huvudbok: Huvudbok,
        klocka: Klocka,
        *,
        kommun: str | None = None,
        i_annan_process: Beslutsgang | None = None,
        processer: int | None = None,
    ) -> None:
        """Use a log and a clock.

        Args:
            huvudbok: the log.
            klocka: tells the time.
            kommun: fills in where an event lacks it.
            i_annan_process: decides in a process beside this one, which then only derives and writes.
            processer: 1: decide here; 2: decide there; not stated: as a file is long enough for.
        """
        self._huvudbok = huvudbok
        self._klocka = klocka
        self._kommun = kommun
        self._i_annan_process = i_annan_process
        self._processer = processer

    def importera(
        self,
        rader: Iterable[bytes],
        *,
        avvisa: Callable[[Avvisad], None] | None = None,
        framsteg: Lasframsteg = _ingen,
        skede: Skede = _ingen,
        antal_exempel: int = 20,
    ) -> Importresultat:
        """Import lines in one transaction.

        Args:
            rader: JSON lines.
            avvisa: takes each refused line; without it a single refused line stops the whole import.
            framsteg: told the number of bytes done since last.
            skede: told what is being done when all lines are read.
            antal_exempel: how many refused lines the error carries when everything is stopped.

        Raises:
            ImportenAvbruten: lines were refused and there was nowhere to put them; nothing is recorded.
            DelprocessenForsvann: the machine ended the process that decided; nothing is recorded.
        """
        mottagning = _Mottagning(avvisa, framsteg, antal_exempel)
        with utan_skrapinsamling(), self._huvudbok.skrivning() as bok:
            self._behandla(bok, rader, mottagning, skede)
            if mottagning.resultat.nya >= RADER_PER_OMGANG:
                bok.samla_statistik()
        return mottagning.resultat

    def _behandla(self, bok: Skrivning, rader: Iterable[bytes], mottagning: _Mottagning, skede: Skede) -> None:
        """Take batch after batch; in a call of its own, so that all is let go before the garbage collector resumes."""
        omgangar = self._omgangar(rader)
        forsta = list(islice(omgangar, OMGANGAR_FOR_TVA + 1))
        ar_lang = len(forsta) > OMGANGAR_FOR_TVA
        skrivare = Importskrivare(bok)
        beslutsgang = self._gang(ar_lang)(skrivare.lage, self._kommun, chain(forsta, omgangar), skrivare.svara)
        with bok.fyllning(skede) if ar_lang else nullcontext():
            with closing(beslutsgang) as beslutade:
                for beslutat in beslutade:
                    skrivare.skriv(beslutat)
                    mottagning.ta_emot(beslutat)
            mottagning.kontrollera()

    def _gang(self, ar_lang: bool) -> Beslutsgang:
        flera = self._processer > 1 if self._processer else ar_lang
        return self._i_annan_process if flera and self._i_annan_process is not None else i_tur_och_ordning

    def _omgangar(self, rader: Iterable[bytes]) -> Iterator[Omgang]:
        numrerade = enumerate(rader, start=1)
        while bit := _nasta_omgang(numrerade):
            yield Omgang(bit, self._klocka())


def _nasta_omgang(numrerade: Iterator[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Return the next lines to decide on together; none at the end."""
    bit, storlek = [], 0
    for nr, rad in numrerade:
        bit.append((nr, rad))
        storlek += len(rad)
        if len(bit) >= RADER_PER_OMGANG or storlek >= BYTE_PER_OMGANG:
            break
    return bit
