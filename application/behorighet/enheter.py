"""Whose a stream is: the units that a case or a stay belongs to, as it stands now.

Rights follow who answers for the matter today, whichever day a question is about: whoever has handed a case over no
longer reads it, and whoever took it over reads all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from application.behorighet.behorig import Behorig
from application.behorighet.matris import PER_ENHET
from application.behorighet.ord import Lage
from application.envelope import Forslag, Kuvert
from application.ports import Huvudbok
from domain.arende.handelser import ArendeAktualiserat, EnhetAndrad
from domain.begrepp import Samling
from domain.handelse import Handelse
from domain.historik import gallande
from domain.placering.handelser import PlaceringPaborjad

UTAN_ENHET: Mapping[Samling, Lage] = MappingProxyType({
    Samling.UTFORARE: Lage.NAMNDEN,
    Samling.ATGARDER: Lage.DELAD,
    Samling.BUDGETPERIODER: Lage.DELAD,
})  # fmt: skip
"""The collections whose streams belong to no unit."""


class Enhetsbok:
    """Answers whose a stream is."""

    def __init__(self, huvudbok: Huvudbok) -> None:
        """Read from a log."""
        self._huvudbok = huvudbok

    def lage(self, behorig: Behorig, samling: Samling, strom: UUID) -> Lage:
        """Return whose a stream is, seen from somebody; one that is not there belongs to nobody."""
        if behorig.roll not in PER_ENHET:
            return Lage.ALLA
        if samling in UTAN_ENHET:
            return UTAN_ENHET[samling]
        kuvert = self._huvudbok.las_strom(strom)
        if not kuvert or kuvert[0].forslag.samling is not samling:
            return Lage.ANNAN
        return self._bland_egna(behorig, _gallande(kuvert))

    def lage_for(self, behorig: Behorig, forslag: Forslag, i_strommen: Sequence[Kuvert]) -> Lage:
        """Return whose a proposal is: its stream's, or what the event that begins a stream says."""
        if behorig.roll not in PER_ENHET or forslag.samling in UTAN_ENHET:
            return self.lage(behorig, forslag.samling, forslag.strom)
        return self._bland_egna(behorig, _gallande(i_strommen) if i_strommen else [forslag.handelse])

    def _bland_egna(self, behorig: Behorig, handelser: Iterable[Handelse]) -> Lage:
        # As far as the first that is its own: the case of a stay is another stream to read.
        return Lage.EGEN if any(enhet in behorig.enheter for enhet in self._enheter(handelser)) else Lage.ANNAN

    def _enheter(self, handelser: Iterable[Handelse]) -> Iterable[str]:
        """Yield the units that a matter belongs to, given its effective events in order.

        A case has one, the last that it was given. A stay has its case's, and the one that itself says gives it.
        """
        arendets: str | None = None
        for handelse in handelser:
            match handelse:
                case ArendeAktualiserat(enhet=enhet) | EnhetAndrad(enhet=enhet):
                    arendets = enhet
                case PlaceringPaborjad(arende_id=arende, enhet=egen):
                    if egen is not None:
                        yield egen
                    yield from self._enheter(_gallande(self._huvudbok.las_strom(arende)))
                case _:
                    pass
        if arendets is not None:
            yield arendets


def _gallande(kuvert: Iterable[Kuvert]) -> list[Handelse]:
    """Return the effective events; of a matter that is annulled altogether, those that were: it is still somebody's."""
    alla = [ett.notering() for ett in kuvert]
    return [notering.handelse for notering in gallande(alla) or alla]
