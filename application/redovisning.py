"""Answers with their whole basis: what was counted, how many facts, by which rules as they read.

The questions are the ordinary ones; here is also remembered which calculations they came to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from application.ports import Faktaoppning, Huvudbok
from application.queries import Fraga, Fragor, Regelversion, Svar, Underlag
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Tabellfraga, Tabellsvar
from domain.fakta import VISTELSE
from domain.matt.modell import Berakning


class _Minnet:
    """Answers calculations and remembers them."""

    def __init__(self, fakta: Faktaoppning) -> None:
        """Ask another for the answers."""
        self._fakta = fakta
        self.berakningar: list[tuple[Berakning, int]] = []

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group."""
        if (berakning, position) not in self.berakningar:
            self.berakningar.append((berakning, position))
        return self._fakta.rakna(berakning, position)

    def redovisa(self, underlag: Underlag) -> Underlag:
        """Return a basis with what was counted."""
        fakta = sum(self._fakta.antal(berakning, position) for berakning, position in self.berakningar)
        return replace(underlag, fakta=fakta, regler=tuple(regler(b for b, _ in self.berakningar)))


class Redovisning:
    """Answers measures and tables with what they rest on."""

    def __init__(self, huvudbok: Huvudbok, fakta: Faktaoppning) -> None:
        """Use the log (to resolve time) and the facts."""
        self._huvudbok = huvudbok
        self._fakta = fakta

    def matt(self, fraga: Fraga) -> Svar:
        """Answer a question to a measure; raises as ``Fragor.svara``."""
        minnet = _Minnet(self._fakta)
        svar = Fragor(self._huvudbok, minnet).svara(fraga)
        return replace(svar, underlag=minnet.redovisa(svar.underlag))

    def tabell(self, fraga: Tabellfraga) -> Tabellsvar:
        """Answer a table; raises as ``Tabellverk.svara``."""
        minnet = _Minnet(self._fakta)
        svar = Tabellverk(Fragor(self._huvudbok, minnet)).svara(fraga)
        return replace(svar, underlag=minnet.redovisa(svar.underlag))


def regler(berakningar: Iterable[Berakning]) -> Iterable[Regelversion]:
    """Return the rules that some calculations were made by, each as it read on the day of the question."""
    alla: dict[Regelversion, None] = {}
    for b in berakningar:
        if VISTELSE in b.slag:
            alla[Regelversion(b.regel.namn, b.regel.etikett, b.regel.kalla, None)] = None
        if b.frist is not None:
            lagrum, lydelse = b.frist.lagrum(b.galler_den), b.frist.lydelse(b.galler_den)
            fran = lydelse.galler_fran if lydelse else None
            alla[Regelversion(b.frist.namn, b.frist.etikett, lagrum or b.frist.kalla, fran)] = None
    return alla
