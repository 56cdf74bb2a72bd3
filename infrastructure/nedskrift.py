"""Decided entries written down: as they go from the process that decided on them to the one that writes.

What travels is plain values, packed by ``marshal``: an envelope with its event takes five times as long to pickle. The
event is made anew from its open part, as a rebuild makes it; its free texts go as they are to be sealed.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from typing import Any

from application.envelope import Kuvert, Nedskrift
from domain.begrepp import Samling
from domain.fakta import FAKTAFORMER
from domain.faktaspar import Faktaandring
from domain.handelse import HANDELSETYPER, Handelse, Notering
from infrastructure.identitetslasning import identitet_av
from infrastructure.radutkast import Radutkast, las_handelse, utkast


class Nedskriven:
    """An entry as it was written down; implements ``application.envelope.Nedskrift``.

    Its event is read when it is asked for: of most that were derived where they were decided on it never is.
    """

    __slots__ = ("_handelse", "originator_id", "originator_version", "position", "utkast")

    def __init__(self, position: int, utkast: Radutkast) -> None:
        """Use its place in the log and the row to be written."""
        self.position = position
        self.utkast = utkast
        self.originator_id = utkast.strom
        self.originator_version = utkast.stromversion
        self._handelse: Handelse | None = None

    @property
    def samling(self) -> Samling:
        """Return the collection of its stream."""
        return Samling(self.utkast.samling)

    @property
    def handelsetyp(self) -> type[Handelse]:
        """Return the type of its event."""
        return HANDELSETYPER[self.utkast.typ]

    @property
    def handelse(self) -> Handelse:
        """Return its event, without free texts."""
        if self._handelse is None:
            ett = self.utkast
            self._handelse = las_handelse(ett.typ, ett.schemaversion, ett.innehall, self.position)
        return self._handelse

    def notering(self) -> Notering:
        """Return the entry as the domain sees it."""
        return Notering(self.position, self.utkast.handelse_id, self.handelse, self.utkast.rattar)


def nedskrivet(nedskrift: Nedskrift) -> Radutkast:
    """Return an entry as a row to write."""
    if isinstance(nedskrift, Nedskriven):
        return nedskrift.utkast
    assert isinstance(nedskrift, Kuvert)
    return utkast(nedskrift)


def packa(nedskrifter: Sequence[Nedskrift], andringar: Sequence[Faktaandring | None]) -> bytes:
    """Return entries, and how they change the facts, as bytes for a process of the same program."""
    rader = [_varden(ett.position, nedskrivet(ett)) for ett in nedskrifter]
    return marshal.dumps((rader, [None if ett is None else _andringens(ett) for ett in andringar]))


def packa_upp(packat: bytes) -> tuple[list[Nedskriven], list[Faktaandring | None]]:
    """Return what was packed."""
    rader, andringar = marshal.loads(packat)
    return [_nedskriven(*rad) for rad in rader], [None if ett is None else _andring(*ett) for ett in andringar]


def _varden(position: int, ett: Radutkast) -> tuple[Any, ...]:
    strom, version, *mitten, handelse_id, rattar, aktor, roll, kalla, innehall, akt, hemligt = ett
    return (
        *(position, strom.int, handelse_id.int, rattar.int if rattar else None, akt.int if akt else None),
        *((version, *mitten), (aktor, roll, kalla, innehall), hemligt),
    )


def _nedskriven(
    position: int,
    strom: int,
    handelse_id: int,
    rattar: int | None,
    akt: int | None,
    forst: tuple[Any, ...],
    sist: tuple[Any, ...],
    hemligt: bytes | None,
) -> Nedskriven:
    rattad = None if rattar is None else identitet_av(rattar)
    en_akt = None if akt is None else identitet_av(akt)
    ett = Radutkast(*(identitet_av(strom), *forst, identitet_av(handelse_id), rattad, *sist, en_akt, hemligt))
    return Nedskriven(position, ett)


def _andringens(andring: Faktaandring) -> tuple[Any, ...]:
    stangda = [(FAKTAFORMER.index(form), radnr) for form, radnr in andring.stangda]
    return stangda, [(radnr, FAKTAFORMER.index(type(fakta)), tuple(fakta)) for radnr, fakta in andring.nya]


def _andring(stangda: Sequence[tuple[int, int]], nya: Sequence[tuple[int, int, Any]]) -> Faktaandring:
    return Faktaandring(
        [(FAKTAFORMER[form], radnr) for form, radnr in stangda],
        [(radnr, FAKTAFORMER[form]._make(varden)) for radnr, form, varden in nya],
    )
