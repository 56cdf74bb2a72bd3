"""The rows of a forecast: those of a report table, and which facts each counts.

A fact is counted in the first post that it fits (ADR 0019). Rows that are part of another, or a share, are not
forecast by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from application.queries import FraganGarInte
from application.rapporter.radmappning import Rad, Radmappning, Radslag
from application.rapporter.summor import SAMMANSATTA, i_ordning
from domain.matt.modell import ORGANISATIONSDIMENSIONER, Urval

FORM, GRUPP = "insatsform", "malgrupp"


@dataclass(frozen=True)
class Prognosrader:
    """The rows of a table that are forecast: posts count facts, the others are made from them."""

    mappning: Radmappning

    @cached_property
    def alla(self) -> tuple[Rad, ...]:
        """Return the rows that are shown, in order."""
        slag = (Radslag.POST, Radslag.RUBRIK, *SAMMANSATTA)
        return tuple(rad for rad in self.mappning.rader if rad.slag in slag and rad.slag is not Radslag.MEDEL)

    @cached_property
    def poster(self) -> tuple[Rad, ...]:
        """Return the rows that count facts."""
        return tuple(rad for rad in self.alla if rad.slag is Radslag.POST)

    @cached_property
    def urval(self) -> tuple[Urval, ...]:
        """Return what each post counts.

        Raises:
            FraganGarInte: a row depends on where units belong, or stands for several.
        """
        for rad in self.poster:
            urval = rad.urval.som_filter()
            okand = next((namn for namn in urval if namn in ORGANISATIONSDIMENSIONER and namn != "enhet"), None)
            if okand or rad.per:
                vad = okand or f"per {rad.per}"
                mening = f"Raden {rad.nyckel} delas på {vad}; en prognos kan inte det. Välj en annan radmappning."
                raise FraganGarInte("radmappning", mening)
        return tuple(rad.urval.som_filter() for rad in self.poster)

    def plats(self, varden: Mapping[str, Any]) -> int | None:
        """Return the number of the post that counts a fact with these values; dimensions it has not are not asked."""
        for nr, urval in enumerate(self.urval):
            if all(varden[namn] in tillatna for namn, tillatna in urval.items() if namn in varden):
                return nr
        return None

    def sammansatta(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """Return, per row (its number among all) that is made from others, the posts it adds up and how often."""
        egna = {nr: n for n, nr in enumerate(n for n, rad in enumerate(self.alla) if rad.slag is Radslag.POST)}
        summor: dict[int, dict[int, int]] = {}
        for nr, av in i_ordning(self.alla):
            delar: dict[int, int] = {}
            for annan, vikt in av.items():
                for post, ganger in summor.get(annan, {egna[annan]: 1} if annan in egna else {}).items():
                    delar[post] = delar.get(post, 0) + ganger * vikt
            summor[nr] = delar
        return {nr: sorted(delar.items()) for nr, delar in summor.items()}
