"""The closed vocabularies of authorization: in which role, for which purpose, what is revealed and whose it is."""

from __future__ import annotations

from enum import StrEnum

from domain.begrepp import Begrepp


class Roll(Begrepp):
    """What somebody acts as; a token states exactly one."""

    REGISTRERARE = "registrerare", "Registrerare"
    """Records and reads the matters of its own units: a case worker, or the case system on its behalf."""
    CONTROLLER = "controller", "Controller"
    """Counts; meets no single matter."""
    INTERNKONTROLL = "internkontroll", "Internkontroll"
    """Checks that the work was done right, case by case, and who has read what."""
    REVISOR = "revisor", "Revisor"
    """Checks the figures and what they rest on."""
    MIGRERING = "migrering", "Migrering"
    """Brings in the history of an older system, with the times that it was registered there."""
    FORVALTARE = "forvaltare", "Förvaltare"
    """Runs the system; needs nothing of what is recorded in it."""


class Syfte(Begrepp):
    """What somebody reads or records for; a token states exactly one."""

    HANDLAGGNING = "handlaggning", "Handläggning"
    UPPFOLJNING = "uppfoljning", "Uppföljning"
    INTERNKONTROLL = "internkontroll", "Internkontroll"
    LOGGKONTROLL = "loggkontroll", "Kontroll av åtkomst"
    REVISION = "revision", "Revision"
    MIGRERING = "migrering", "Migrering"
    FORVALTNING = "forvaltning", "Förvaltning"


class Rojer(StrEnum):
    """What the answers of a route can tell, or what the route can do; decides who may use it."""

    DRIFT = "drift"
    """Whether the process is well. Nothing of what is recorded."""
    KATALOG = "katalog"
    """What the program is: its description, events, measures and tables. The same in every ledger."""
    AGGREGAT = "aggregat"
    """Figures about many; small ones can point somebody out."""
    MODELL = "modell"
    """Figures that disclosure control does not follow yet: forecasts, which name what is registered row by row."""
    PERSONUPPGIFT = "personuppgift"
    """What is recorded of single matters: streams, events, facts."""
    SKRIVNING = "skrivning"
    """Records."""
    ATKOMSTLOGG = "atkomstlogg"
    """Who has read what about persons."""


OPPNA: frozenset[Rojer] = frozenset((Rojer.DRIFT, Rojer.KATALOG))
"""What needs no token: it says nothing of anything recorded, and whoever watches the process or writes a client for it
has none."""


class Lage(StrEnum):
    """Whose that is which a request is about, seen from the units of the token."""

    EGEN = "egen"
    """A matter of one of the token's units."""
    ANNAN = "annan"
    """A matter of another unit, or of none that is known."""
    NAMNDEN = "namnden"
    """The board's: a provider belongs to no unit and its stream is about nobody's case."""
    DELAD = "delad"
    """Shared by units: an åtgärd or a budget year, whose stream may name the cases of several."""
    ALLA = "alla"
    """No one unit's: many streams at once, figures – and all there is, for a role that is not held for any unit."""
