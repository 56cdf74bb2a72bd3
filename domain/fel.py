"""Refusals: every rule the domain enforces has its own named error with a Swedish sentence.

An error is data as well as an exception: ``kod`` is its stable name (for API clients and reject files), ``falt`` the
field of the event it speaks of, ``mening`` the sentence for a person. Subclasses stand beside the rule they guard.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar


class Regelbrott(Exception):
    """A rule of the domain refuses the event.

    A subclass gives ``mall`` (the sentence, with named placeholders) and ``falt``; the placeholders' values come as
    keyword arguments where the rule is broken.
    """

    mall: ClassVar[str] = "Händelsen bryter mot en regel."
    falt: ClassVar[str | None] = None

    def __init__(self, **varden: Any) -> None:
        """Fill the sentence with the values that broke the rule."""
        self.varden = varden
        self.mening = self.mall.format(**varden)
        super().__init__(self.mening)

    @property
    def kod(self) -> str:
        """Return the stable name of the rule, for example ``placeringen-ar-redan-avslutad``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class FramtidaDatum(Regelbrott):
    """Something cannot have happened tomorrow; only plans and decisions may lie ahead."""

    mall = "Datum {datum} ligger efter idag ({idag}). Bara planer får ha ett framtida datum."
    falt = "datum"


class StrommenSaknarBorjan(Regelbrott):
    """The first event of a stream must be the one that begins it."""

    mall = "Det finns ännu ingen {forsta} i strömmen, så {typ} kan inte registreras."
    falt = "typ"


class StrommenHarRedanBorjat(Regelbrott):
    """A stream begins once."""

    mall = "Strömmen har redan en {typ}. Är uppgiften fel ska den rättas (rattar)."
    falt = "typ"


class TypenHorInteHit(Regelbrott):
    """The event type does not belong to the collection."""

    mall = "Händelsetypen {typ} hör inte till samlingen {samling}. Tillåtna: {tillatna}."
    falt = "typ"


class RattelsenHarIngetMal(Regelbrott):
    """A correction names an event of the same stream."""

    mall = (
        "Det finns ingen händelse {rattar} i strömmen att rätta. Fick den svaret oforandrat sa den inget nytt: rätta "
        "den händelse som sa det först, eller registrera det rätta som en ny händelse."
    )
    falt = "rattar"


class HandelsenArRedanRattad(Regelbrott):
    """An event is corrected once; a further mistake is corrected in the correction."""

    mall = "Händelsen {rattar} är redan rättad av {av}. Rätta i så fall den händelsen."
    falt = "rattar"


class RattelsenByterTyp(Regelbrott):
    """A replacement is the same kind of event sent again."""

    mall = "Händelsen {rattar} är en {typ}; den ersätts med en händelse av samma typ eller makuleras."
    falt = "typ"


class RattelsenGerEnDubblett(Regelbrott):
    """A correction does not make the stream say the same thing twice."""

    mall = "Rättelsen skulle göra att {typ} den {datum} räknas två gånger. Makulera den händelse som är för mycket."
    falt = "rattar"


class MakuleringUtanMal(Regelbrott):
    """An annulment says what it annuls."""

    mall = "En makulering måste ange rattar: id för den händelse som makuleras."
    falt = "rattar"


class DatumArInteVerkansdag(Regelbrott):
    """An event takes effect on its date and never before; a field that says from when must agree (ADR 0003)."""

    mall = "Fältet {namn} ({varde}) måste vara samma dag som datum ({datum}): en händelse verkar från sitt datum."
    falt = "datum"


class AktenArGallrad(Regelbrott):
    """What was erased with a person is closed for good; if the person comes back, a new file begins."""

    mall = "Akten {akt} är gallrad och tar inte emot fler händelser."
    falt = "id"
