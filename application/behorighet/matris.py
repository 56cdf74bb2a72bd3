"""What each role may do, declared once: what is revealed × role × whose it is. What is not declared is refused.

Every cell has its reason, which is what whoever is refused gets to read and what the documentation prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from application.behorighet.ord import OPPNA, Lage, Rojer, Roll, Syfte


@dataclass(frozen=True, slots=True)
class Avgorande:
    """A cell of the matrix.

    Attributes:
        skal: why, in a sentence for whoever asks.
        smatal_skyddas: whether figures that few persons are behind must be kept from the answer.
        dolt: refused as if it did not exist, since that it does is already something.
    """

    beviljas: bool
    skal: str
    smatal_skyddas: bool = False
    dolt: bool = False


def _ja(skal: str) -> Avgorande:
    return Avgorande(True, skal)


def _skyddat(skal: str) -> Avgorande:
    return Avgorande(True, skal, smatal_skyddas=True)


def _nej(skal: str) -> Avgorande:
    return Avgorande(False, skal)


_DELADE_STROMMAR = (Lage.NAMNDEN, Lage.DELAD)

_BARA_SUMMOR = _nej("Controllern räknar och läser inga enskilda ärenden.")
_BARA_DRIFT = _nej("Förvaltaren sköter systemet och behöver inget av det som är registrerat i det.")
_KONTROLLEN_SKRIVER_INTE = _nej("Den som kontrollerar registrerar inte.")
_INTE_ENHETENS = _nej("Prognosen gäller hela nämndens år; den görs av den som följer upp eller kontrollerar det.")
_BARA_INTERNKONTROLLEN = _nej("Vem som har läst vad granskas av internkontrollen.")

_Cell = tuple[Rojer, Roll, tuple[Lage, ...], Avgorande]

_CELLER: tuple[_Cell, ...] = (
    # Recording
    (Rojer.SKRIVNING, Roll.REGISTRERARE, (Lage.EGEN,), _ja("Enheten registrerar i sina egna ärenden.")),
    (Rojer.SKRIVNING, Roll.REGISTRERARE, (Lage.ANNAN,), Avgorande(
        False, "Uppgiften hör inte till någon av tokenens enheter.", dolt=True)),
    (Rojer.SKRIVNING, Roll.REGISTRERARE, _DELADE_STROMMAR, _ja("Strömmen är hela nämndens och tar emot från alla.")),
    (Rojer.SKRIVNING, Roll.REGISTRERARE, (Lage.ALLA,), _ja("Varje rad prövas för sig.")),
    (Rojer.SKRIVNING, Roll.MIGRERING, (Lage.ALLA,), _ja("Migreringen för in alla enheters historia.")),
    (Rojer.SKRIVNING, Roll.CONTROLLER, (Lage.ALLA,), _nej("Controllern räknar och registrerar inte.")),
    (Rojer.SKRIVNING, Roll.INTERNKONTROLL, (Lage.ALLA,), _KONTROLLEN_SKRIVER_INTE),
    (Rojer.SKRIVNING, Roll.REVISOR, (Lage.ALLA,), _KONTROLLEN_SKRIVER_INTE),
    (Rojer.SKRIVNING, Roll.FORVALTARE, (Lage.ALLA,), _BARA_DRIFT),
    # Reading single matters
    (Rojer.PERSONUPPGIFT, Roll.REGISTRERARE, (Lage.EGEN,), _ja("Enheten läser sina egna ärenden.")),
    (Rojer.PERSONUPPGIFT, Roll.REGISTRERARE, (Lage.ANNAN,), Avgorande(
        False, "Uppgiften hör inte till någon av tokenens enheter.", dolt=True)),
    (Rojer.PERSONUPPGIFT, Roll.REGISTRERARE, (Lage.NAMNDEN,), _ja("En utförare hör till nämnden, inte till en enhet.")),
    (Rojer.PERSONUPPGIFT, Roll.REGISTRERARE, (Lage.DELAD,), _nej(
        "Strömmen kan nämna ärenden i andra enheter; registreraren kan lägga till i den men inte läsa den.")),
    (Rojer.PERSONUPPGIFT, Roll.REGISTRERARE, (Lage.ALLA,), _nej(
        "Svaret gäller flera enheters ärenden; registreraren läser de egna, ett i taget.")),
    (Rojer.PERSONUPPGIFT, Roll.INTERNKONTROLL, (Lage.ALLA,), _ja("Kontrollen går ända ned till ärendet.")),
    (Rojer.PERSONUPPGIFT, Roll.REVISOR, (Lage.ALLA,), _ja("Varje tal ska kunna följas till sina händelser.")),
    (Rojer.PERSONUPPGIFT, Roll.MIGRERING, (Lage.ALLA,), _ja("Det som förts in ska kunna stämmas av.")),
    (Rojer.PERSONUPPGIFT, Roll.CONTROLLER, (Lage.ALLA,), _BARA_SUMMOR),
    (Rojer.PERSONUPPGIFT, Roll.FORVALTARE, (Lage.ALLA,), _BARA_DRIFT),
    # Figures
    (Rojer.AGGREGAT, Roll.REGISTRERARE, (Lage.ALLA,), _skyddat("Små tal kan peka ut någon i en annan enhet.")),
    (Rojer.AGGREGAT, Roll.CONTROLLER, (Lage.ALLA,), _skyddat("Små tal kan peka ut den som bara fick räknas.")),
    (Rojer.AGGREGAT, Roll.INTERNKONTROLL, (Lage.ALLA,), _ja("Den som får läsa ärendena får se exakta tal.")),
    (Rojer.AGGREGAT, Roll.REVISOR, (Lage.ALLA,), _ja("Den som får läsa ärendena får se exakta tal.")),
    (Rojer.AGGREGAT, Roll.MIGRERING, (Lage.ALLA,), _ja("Det som förts in ska kunna stämmas av, tal för tal.")),
    (Rojer.AGGREGAT, Roll.FORVALTARE, (Lage.ALLA,), _BARA_DRIFT),
    # Forecasts
    (Rojer.MODELL, Roll.REGISTRERARE, (Lage.ALLA,), _INTE_ENHETENS),
    (Rojer.MODELL, Roll.CONTROLLER, (Lage.ALLA,), _skyddat("Små tal kan peka ut den som bara fick räknas.")),
    (Rojer.MODELL, Roll.INTERNKONTROLL, (Lage.ALLA,), _ja("Den som får läsa ärendena får se exakta tal.")),
    (Rojer.MODELL, Roll.REVISOR, (Lage.ALLA,), _ja("Den som får läsa ärendena får se exakta tal.")),
    (Rojer.MODELL, Roll.MIGRERING, (Lage.ALLA,), _ja("Det som förts in ska kunna stämmas av, tal för tal.")),
    (Rojer.MODELL, Roll.FORVALTARE, (Lage.ALLA,), _BARA_DRIFT),
    # Who has read what
    (Rojer.ATKOMSTLOGG, Roll.INTERNKONTROLL, (Lage.ALLA,), _ja("Åtkomsten ska kontrolleras, och av någon annan.")),
    *((Rojer.ATKOMSTLOGG, roll, (Lage.ALLA,), _BARA_INTERNKONTROLLEN)
      for roll in Roll if roll is not Roll.INTERNKONTROLL),
)  # fmt: skip

MATRIS: Mapping[tuple[Rojer, Roll, Lage], Avgorande] = MappingProxyType({
    (rojer, roll, lage): avgorande for rojer, roll, lagen, avgorande in _CELLER for lage in lagen
})  # fmt: skip
"""The matrix. A cell that is not here is refused."""

SYFTEN: Mapping[Roll, frozenset[Syfte]] = MappingProxyType({
    Roll.REGISTRERARE: frozenset((Syfte.HANDLAGGNING, Syfte.UPPFOLJNING)),
    Roll.CONTROLLER: frozenset((Syfte.UPPFOLJNING,)),
    Roll.INTERNKONTROLL: frozenset((Syfte.INTERNKONTROLL, Syfte.LOGGKONTROLL)),
    Roll.REVISOR: frozenset((Syfte.REVISION,)),
    Roll.MIGRERING: frozenset((Syfte.MIGRERING,)),
    Roll.FORVALTARE: frozenset((Syfte.FORVALTNING,)),
})  # fmt: skip
"""What each role can be used for."""

TJANAR: Mapping[Rojer, frozenset[Syfte]] = MappingProxyType({
    Rojer.SKRIVNING: frozenset((Syfte.HANDLAGGNING, Syfte.MIGRERING)),
    Rojer.PERSONUPPGIFT: frozenset((Syfte.HANDLAGGNING, Syfte.INTERNKONTROLL, Syfte.REVISION, Syfte.MIGRERING)),
    Rojer.AGGREGAT: frozenset(Syfte) - {Syfte.FORVALTNING, Syfte.LOGGKONTROLL},
    Rojer.MODELL: frozenset(Syfte) - {Syfte.FORVALTNING, Syfte.LOGGKONTROLL},
    Rojer.ATKOMSTLOGG: frozenset((Syfte.LOGGKONTROLL,)),
})  # fmt: skip
"""Which purposes something may be revealed, or recorded, for."""

PER_ENHET: frozenset[Roll] = frozenset((Roll.REGISTRERARE,))
"""The roles that are held for units; the others have none."""

_INTE_DEKLARERAT = _nej("Rätten är inte deklarerad.")


def avgor(rojer: Rojer, roll: Roll, syfte: Syfte, lage: Lage) -> Avgorande:
    """Return whether something may be done in a role, for a purpose, with what is so situated; refused by default."""
    if rojer in OPPNA:
        return _ja("Adressen säger inget om det som är registrerat.")
    if syfte not in SYFTEN[roll]:
        return _nej(f"Rollen {roll.value} används inte för syftet {syfte.value}.")
    if roll not in PER_ENHET:
        lage = Lage.ALLA
    andra = TJANAR[rojer] & SYFTEN[roll]
    if andra and syfte not in andra:
        return _nej(f"Syftet {syfte.value} räcker inte; det krävs {' eller '.join(sorted(s.value for s in andra))}.")
    cell = MATRIS.get((rojer, roll, lage), _INTE_DEKLARERAT)
    return cell if andra or not cell.beviljas else _INTE_DEKLARERAT
