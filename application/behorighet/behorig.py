"""Who asks, once the proof of it has been read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from application.behorighet.matris import PER_ENHET, SYFTEN, Avgorande, avgor
from application.behorighet.ord import Lage, Rojer, Roll, Syfte
from application.envelope import Aktor
from application.faltfel import visa
from application.fel import VantatFel
from domain.begrepp import Begrepp

Ord = TypeVar("Ord", bound=Begrepp)

SKILJE = " | "
"""Between units where several are written as one text."""

LANGSTA_ENHETER = 200
"""Characters of all units of a token written so: what the access log has room for."""

_SUBJEKT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:|+/=~-]{0,99}")
_PERSONNUMMER = re.compile(r"(?<![0-9])([0-9]{2})?[0-9]{6}[-+]?[0-9]{4}(?![0-9])")


class UppgiftenDugerInte(Exception):
    """Something that a proof says of its holder is missing or not allowed."""

    def __init__(self, falt: str, mening: str) -> None:
        """Name the claim and give the sentence."""
        super().__init__(mening)
        self.falt = falt


class NycklarnaGarInte(VantatFel):
    """The keys that proofs are held against are missing, or hold something that must not be trusted."""

    def __init__(self, fil: str, mening: str) -> None:
        """Name the file and what is wrong."""
        super().__init__(f"Nycklarna för inloggning ({fil}) går inte att använda: {mening}")


@dataclass(frozen=True, slots=True)
class Behorig:
    """Somebody who has proved who it is.

    Attributes:
        subjekt: the pseudonym that events and the access log keep for ever.
        enheter: the units that the role is held for; empty for roles that have none.
        galler_till: when the proof ceases to hold; None: it does not.
    """

    subjekt: str
    roll: Roll
    syfte: Syfte
    enheter: tuple[str, ...] = ()
    galler_till: datetime | None = field(default=None, compare=False)

    @property
    def aktor(self) -> Aktor:
        """Return who it is, as recorded events have it."""
        return Aktor(self.subjekt, self.roll.lagrat)

    @property
    def far_ange_registrerad(self) -> bool:
        """Return whether it may state when something was first registered."""
        return self.roll is Roll.MIGRERING

    @property
    def far_se_sma_tal(self) -> bool:
        """Return whether figures that few are behind may be told to it as they are."""
        avgorande = self.avgor(Rojer.AGGREGAT, Lage.ALLA)
        return avgorande.beviljas and not avgorande.smatal_skyddas

    def avgor(self, rojer: Rojer, lage: Lage) -> Avgorande:
        """Return whether it may do something with what is so situated."""
        return avgor(rojer, self.roll, self.syfte, lage)


def behorig_av(subjekt: Any, roll: Any, syfte: Any, enhet: Any = None) -> Behorig:
    """Return who a proof says that it is, everything checked.

    Raises:
        UppgiftenDugerInte: a claim is missing, of the wrong kind, or not one of those allowed.
    """
    rollen, syftet = _ordet(Roll, "roll", roll), _ordet(Syfte, "syfte", syfte)
    if syftet not in SYFTEN[rollen]:
        tillatna = ", ".join(sorted(s.value for s in SYFTEN[rollen]))
        mening = f"Rollen {rollen.value} används inte för syftet {syftet.value}. Tillåtna: {tillatna}."
        raise UppgiftenDugerInte("syfte", mening)
    return Behorig(_subjektet(subjekt), rollen, syftet, _enheterna(rollen, enhet))


def _ordet(ordlista: type[Ord], falt: str, varde: Any) -> Ord:
    # A list of roles is refused: what was done in which role must be told apart afterwards.
    orden = {ord_.lagrat: ord_ for ord_ in ordlista}
    if not isinstance(varde, str) or varde not in orden:
        given = "saknas" if varde is None else f"kan inte vara {visa(varde)}"
        raise UppgiftenDugerInte(falt, f"{falt} {given}. Tillåtna: {', '.join(orden)}.")
    return orden[varde]


def _subjektet(varde: Any) -> str:
    if not isinstance(varde, str) or not _SUBJEKT.fullmatch(varde):
        raise UppgiftenDugerInte("sub", "sub ska vara en pseudonym med 1–100 tecken: a–z, siffror och ._:|+/=~-.")
    if _PERSONNUMMER.search(varde):
        raise UppgiftenDugerInte("sub", "sub ska vara en pseudonym och får inte innehålla ett personnummer.")
    return varde


def _enheterna(roll: Roll, varde: Any) -> tuple[str, ...]:
    if roll not in PER_ENHET:
        if varde is not None:
            # To pass over a limit that somebody meant to set would give more than they meant to give.
            raise UppgiftenDugerInte("enhet", f"Rollen {roll.value} har ingen enhet; enhet ska utelämnas.")
        return ()
    enheter: Sequence[Any] = varde if isinstance(varde, list) else [varde]
    if not any(enheter):
        mening = f"enhet saknas; rollen {roll.value} har en enhet eller en lista av enheter."
        raise UppgiftenDugerInte("enhet", mening)
    if not all(_ar_enhet(en) for en in enheter) or len(SKILJE.join(enheter)) > LANGSTA_ENHETER:
        mening = f"enhet ska vara en enhet eller en lista av enheter, tillsammans högst {LANGSTA_ENHETER} tecken."
        raise UppgiftenDugerInte("enhet", mening)
    return tuple(dict.fromkeys(enheter))


def _ar_enhet(varde: Any) -> bool:
    return isinstance(varde, str) and varde.isprintable() and varde == varde.strip() and varde != ""
