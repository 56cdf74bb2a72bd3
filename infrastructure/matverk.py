"""Asking the database what a measure needs: the compiler's statements executed, and their sums as exact numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from domain.matt.modell import Berakning
from infrastructure.enhetsregister import Enhetsfraga, enheterna, enhetsfraga
from infrastructure.fordelning import FORDELADE, Fordelning
from infrastructure.measures import Matsats, kompilera
from infrastructure.recorder import Recorder
from infrastructure.tables import GALLER, generationer, handelser

_UR = select(
    handelser.c.lov, select(generationer.c.nummer).where(generationer.c.lage == GALLER).scalar_subquery()
).where(handelser.c.position == bindparam("position"))
"""What tells one state of the facts from another: the entry that ends it, and the generation that answers."""


class Matverk:
    """Answers calculations from the fact tables."""

    def __init__(self, recorder: Recorder) -> None:
        """Read through the recorder's connections, so that a writer sees its own rows."""
        self._recorder = recorder
        self._kanda_enheter = lru_cache(maxsize=32)(self._enheter)

    def satser(
        self, berakning: Berakning, position: int, sedan: int | None = None, *, per_faktum: bool = False
    ) -> Iterator[Matsats]:
        """Return the statements of a calculation, with all that they are executed with (``kompilera``)."""
        enheter = None
        if berakning.beror_av_organisationen:
            fraga = enhetsfraga(berakning, position)
            with self._recorder.lasning() as forbindelse:
                ur = forbindelse.execute(_UR, {"position": fraga.position}).first()
            # A report asks many times over. What was known at a position is the same as long as it is the same entry
            # (one that is rolled back, or lost with a database that is restored, does not give its leaf to another) and
            # the facts have not been built anew because they were wrong.
            enheter = self._enheter(fraga, ()) if ur is None else self._kanda_enheter(fraga, tuple(ur))
        return kompilera(berakning, position, sedan, enheter=enheter, per_faktum=per_faktum)

    def _enheter(self, fraga: Enhetsfraga, _ur: tuple[Any, ...]) -> str:
        with self._recorder.lasning() as forbindelse:
            return enheterna(forbindelse, fraga)

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group (period number, row number if rows are given, then the dimensions)."""
        if berakning.raknesatt in FORDELADE:
            return self._ur_fordelning(berakning, position, FORDELADE[berakning.raknesatt])
        svar: dict[tuple[Any, ...], Fraction] = {}
        satser = self.satser(berakning, position)
        with self._recorder.lasning() as forbindelse:
            for sats, varden, delar in satser:
                for rad in forbindelse.execute(sats, varden):
                    grupp = rad[len(delar) :]
                    for ett, summa in zip(delar, rad, strict=False):
                        if summa is not None:
                            nyckel, varde = (ett.nr, *grupp), Fraction(int(summa), ett.delare)
                            svar[nyckel] = svar[nyckel] + varde if nyckel in svar else varde
        return svar

    def _ur_fordelning(
        self, berakning: Berakning, position: int, fordelning: Fordelning
    ) -> Mapping[tuple[Any, ...], Fraction]:
        """Return what is no sum: the statement counts how often each value occurs, and the rest is done here."""
        antal: dict[tuple[Any, ...], Counter[tuple[int, ...]]] = {}
        bredd, satser = len(fordelning.kolumner), self.satser(berakning, position)
        with self._recorder.lasning() as forbindelse:
            for sats, parametrarna, delar in satser:
                for rad in forbindelse.execute(sats, parametrarna):
                    grupp, varden = rad[len(delar) : -bredd], rad[-bredd:]
                    for ett, summa in zip(delar, rad, strict=False):
                        if summa is not None:
                            antal.setdefault((ett.nr, *grupp), Counter())[tuple(varden)] += int(summa)
        return {nyckel: fordelning.varde(berakning, ganger) for nyckel, ganger in antal.items()}
