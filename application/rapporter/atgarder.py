"""What the streams of åtgärder say of them in words, as of the day and the moment of knowledge of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from application.atgardsuppfoljning import Atgardssvar, Atgardsuppfoljare
from application.ports import Huvudbok
from application.rapporter.modell import Atgardsuppgift
from domain.atgard.handelser import AtgardBeslutad
from domain.tid import Tidssnitt


class Atgarder:
    """The åtgärder of a municipality that were identified by a day, by their identity as answers have it."""

    def __init__(self, huvudbok: Huvudbok, tidssnitt: Tidssnitt, kommun: str, namnd: str | None, ar: int) -> None:
        """Read the streams when something is asked of them, and not before."""
        self._uppfoljare = Atgardsuppfoljare(huvudbok)
        self._tidssnitt, self._kommun, self._namnd, self._ar = tidssnitt, kommun, namnd, ar

    @cached_property
    def _alla(self) -> Mapping[str, Atgardssvar]:
        alla = self._uppfoljare.alla(self._tidssnitt, self._kommun)
        egna = (svar for svar in alla if self._namnd in (None, svar.borjan.namnd))
        return {str(svar.bild.strom): svar for svar in egna}

    def beslutade(self) -> Iterator[str]:
        """Yield those decided on in the year."""
        for atgard, svar in self._alla.items():
            if any(beslut.datum.year == self._ar for beslut in _besluten(svar)):
                yield atgard

    def namn(self, atgard: str) -> str:
        """Return what an åtgärd is called; its identity where it was not identified by the day."""
        svar = self._alla.get(atgard)
        return svar.borjan.namn if svar else atgard

    def uppgift(self, atgard: str, uppgift: Atgardsuppgift) -> str | None:
        """Return what is said of an åtgärd, in Swedish; None where nothing is."""
        svar = self._alla.get(atgard)
        if svar is None:
            return None
        besluten = list(_besluten(svar))
        match uppgift:
            case Atgardsuppgift.FAS:
                return svar.uppfoljning.fas.etikett if svar.uppfoljning.fas else None
            case Atgardsuppgift.ANSVARIG:
                return svar.borjan.ansvarig
            case Atgardsuppgift.BESLUTSDATUM:
                dagar = sorted({dag for beslut in besluten for dag in beslut.beslutsdatum or (beslut.datum,)})
                return ", ".join(map(str, dagar)) or None
            case Atgardsuppgift.DIARIENUMMER:
                return ", ".join(dict.fromkeys(nr for beslut in besluten for nr in beslut.diarienummer)) or None
            case Atgardsuppgift.PLANERAT_SLUT:
                slut = [beslut.planerat_slut for beslut in besluten if beslut.planerat_slut is not None]
                return str(slut[-1]) if slut else None


def _besluten(svar: Atgardssvar) -> Iterator[AtgardBeslutad]:
    for kuvert in svar.bild.galler:
        if isinstance(kuvert.handelse, AtgardBeslutad):
            yield kuvert.handelse
