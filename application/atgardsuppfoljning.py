"""What came of the åtgärder: each one's follow-up as of a day and a moment of knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.ports import Huvudbok
from application.queries import kunskap_vid
from application.strombild import Strombild, las_strombild
from domain.atgard.beslut import ATGARD
from domain.atgard.handelser import AtgardIdentifierad
from domain.atgard.uppfoljning import Uppfoljning, folj_upp
from domain.begrepp import Samling
from domain.tid import Tidssnitt


@dataclass(frozen=True)
class Atgardssvar:
    """The follow-up of one åtgärd, with what it is and what the answer rests on."""

    borjan: AtgardIdentifierad
    uppfoljning: Uppfoljning
    bild: Strombild


class Atgardsuppfoljare:
    """Answers how far åtgärder have come and what effect they have had."""

    def __init__(self, huvudbok: Huvudbok) -> None:
        """Read streams from the log."""
        self._huvudbok = huvudbok

    def en(self, atgard: UUID, tidssnitt: Tidssnitt) -> Atgardssvar | None:
        """Return the follow-up of one åtgärd; None where it had not been identified by the day asked about.

        Raises:
            FraganGarInte: nothing was known of it.
        """
        bild = las_strombild(self._huvudbok, Samling.ATGARDER, atgard, tidssnitt)
        tillstand = ATGARD.vik(ett.handelse for ett in bild.galler)
        borjan = next((ett.handelse for ett in bild.galler if isinstance(ett.handelse, AtgardIdentifierad)), None)
        return None if borjan is None else Atgardssvar(borjan, folj_upp(tillstand), bild)

    def alla(self, tidssnitt: Tidssnitt, kommun: str | None = None) -> list[Atgardssvar]:
        """Return the follow-ups of all åtgärder that had been identified by the day, in the order they became known."""
        position = kunskap_vid(self._huvudbok, tidssnitt).position
        svar = (self.en(atgard, tidssnitt) for atgard in self._huvudbok.strommar(Samling.ATGARDER, position))
        return [ett for ett in svar if ett is not None and kommun in (None, ett.borjan.kommun)]
