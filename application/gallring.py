"""Forgetting persons: the mechanism. When somebody may or must be forgotten is not decided here.

What is personal is destroyed – pseudonyms' links, sealed texts, keys – and nothing else is touched: every event stays
in its place with its open part and its evidence, so that no figure changes, as of any day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.envelope import Kuvert
from application.fel import VantatFel
from domain.historik import gallande
from domain.personuppgift import Personuppgift, personfalt


@dataclass(frozen=True, slots=True)
class Gallrat:
    """What was destroyed: links of persons (and families), files, and events that lost a personal part."""

    personer: int
    akter: int
    handelser: int


LANGSTA_BESLUT = 200
"""Characters that say where a decision to forget is found."""


class GallringenGarInte(VantatFel):
    """Somebody or something to be forgotten is not known; nothing was destroyed."""


class StadningenVantar(VantatFel):
    """What was to be forgotten is destroyed, but its old bytes still lie in the database's files."""

    def __init__(self, hinder: str) -> None:
        """Say what is in the way, and what to do."""
        super().__init__(
            f"Gallringen är gjord, men databasens filer är inte omskrivna: {hinder}. "
            "Kör liggare glom utan personer när de kan skrivas om."
        )


class Gallringsskrivning(Protocol):
    """An open write transaction that can destroy."""

    def pseudonymer_for(self, personer: Iterable[UUID]) -> Mapping[UUID, UUID]:
        """Return the pseudonyms of the persons that are known."""

    def akter_om(self, pseudonymer: Iterable[UUID]) -> Set[UUID]:
        """Return the files that some event, effective or not, says are about somebody."""

    def strommar_i(self, akt: UUID) -> Sequence[UUID]:
        """Return the streams that have events in a file."""

    def i_strommen(self, strom: UUID) -> list[Kuvert]:
        """Return the entries of a stream, in order, with pseudonyms."""

    def forstor(self, akter: Collection[UUID], pseudonymer: Collection[UUID], beslut: str | None) -> Gallrat:
        """Destroy what is personal in files, the links of pseudonyms, and the links of those who have no file left."""


class Forstorare(Protocol):
    """Where things are destroyed."""

    def gallring(self) -> AbstractContextManager[Gallringsskrivning]:
        """Begin the one write transaction; what was destroyed in it is gone when it has committed."""

    def ostadat(self) -> bool:
        """Return whether something destroyed may still lie in the database's files."""

    def stada(self) -> None:
        """Write the database's files anew, without what has been destroyed.

        Raises:
            StadningenVantar: somebody else reads or writes, or there is no room for them; to be done later.
        """


class Gallring:
    """Forgets persons and files."""

    def __init__(self, forstorare: Forstorare) -> None:
        """Use the place where things are destroyed."""
        self._forstorare = forstorare

    def glom(self, personer: Sequence[UUID], akter: Sequence[UUID] = (), beslut: str | None = None) -> Gallrat:
        """Forget persons with their files, and single files.

        A file that was once said to be about a person but is not any more (the event was corrected) is not the
        person's and is kept. Forgetting what is forgotten already destroys nothing.

        Args:
            personer: identities, as the senders know them.
            akter: streams, or other files, whose person is not known.
            beslut: where the decision is found; never who it is about.

        Raises:
            GallringenGarInte: a person or a file is not known, or too much is said of the decision.
            StadningenVantar: it is done, but for the old bytes in the files.
        """
        if beslut is not None and len(beslut) > LANGSTA_BESLUT:
            raise GallringenGarInte(f"beslut har {len(beslut)} tecken; tillåtet är högst {LANGSTA_BESLUT}.")
        if beslut is not None and any(str(vem) in beslut.lower() for vem in (*personer, *akter)):
            raise GallringenGarInte("beslut får inte säga vem som glöms: det står kvar i liggaren.")
        with self._forstorare.gallring() as bok:
            kanda = bok.pseudonymer_for(personer)
            for person in personer:
                if person not in kanda:
                    raise GallringenGarInte(f"Personen {person} är inte känd i liggaren, eller redan gallrad.")
            for akt in akter:
                if not bok.strommar_i(akt):
                    raise GallringenGarInte(f"Akten {akt} finns inte i liggaren.")
            pseudonymer = set(kanda.values())
            egna = [akt for akt in bok.akter_om(pseudonymer) if _ar_om(bok, akt, pseudonymer)]
            gallrat = bok.forstor({*egna, *akter}, pseudonymer, beslut)
        self._forstorare.stada()
        return gallrat

    def stada(self) -> bool:
        """Finish what an interruption left: return whether there was anything to do."""
        if not self._forstorare.ostadat():
            return False
        self._forstorare.stada()
        return True


def _ar_om(bok: Gallringsskrivning, akt: UUID, pseudonymer: Set[UUID]) -> bool:
    """Return whether a file is about any of some persons, or about nobody any more."""
    namngivna = {pseudonym for strom in bok.strommar_i(akt) for pseudonym in _personer(bok.i_strommen(strom), akt)}
    return not namngivna or not namngivna.isdisjoint(pseudonymer)


def _personer(kuvert: Sequence[Kuvert], akt: UUID) -> Iterable[UUID]:
    i_akten = {ett.position for ett in kuvert if (ett.akt or ett.originator_id) == akt}
    for notering in gallande([ett.notering() for ett in kuvert]):
        if notering.position in i_akten:
            for namn, slag in personfalt(type(notering.handelse)).identiteter:
                pseudonym = getattr(notering.handelse, namn)
                if slag is Personuppgift.PERSON and pseudonym is not None:
                    yield pseudonym
