"""The facts behind a figure, and the events behind the facts.

A calculation is opened by its own statement: the one that counts it, split also by the row of each fact. So the rows
are those that were counted, with what was read out of each, and their sum is the figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Label, Select, func, or_

from application.ports import Handelsehuvud
from domain.fakta import FRANVARO, Fakta, Intervall
from domain.matt.bidrag import Faktarad, i_ordning
from domain.matt.modell import UNIKA, Berakning, Raknesatt
from infrastructure.fordelning import FORDELADE
from infrastructure.huvuden import HUVUDEN, huvud
from infrastructure.kalla import PLATS
from infrastructure.matverk import Matverk
from infrastructure.measures import Matsats
from infrastructure.recorder import Recorder
from infrastructure.rows import bitar
from infrastructure.tables import handelser


class Faktaoppnare(Matverk):
    """Answers calculations, and opens them."""

    def __init__(self, recorder: Recorder) -> None:
        """Read through the recorder's connections."""
        super().__init__(recorder)
        self._lasare = recorder

    def rader(
        self, berakning: Berakning, grupp: tuple[Any, ...], position: int, sedan: int | None = None
    ) -> list[Faktarad]:
        """Return the facts that a group of a calculation's answer was counted from, as known at a position.

        Given an earlier position, those that were known at some time since then too.
        """
        period, *varden = grupp
        en_period = _lasbar(replace(berakning, perioder=(berakning.perioder[period],)))
        rader: dict[tuple[str, int], Faktarad] = {}
        satser = self.satser(en_period, position, sedan, per_faktum=True)
        with self._lasare.lasning() as forbindelse:
            for matsats in satser:
                for rad in forbindelse.execute(_i_gruppen(matsats, varden), matsats.parametrar):
                    faktarad = _faktarad(en_period, matsats, rad)
                    if faktarad is None:
                        continue
                    plats = faktarad.strom, faktarad.radnr
                    tidigare = rader.get(plats)
                    rader[plats] = faktarad if tidigare is None else replace(
                        faktarad, varde=faktarad.varde + tidigare.varde
                    )  # fmt: skip
        return i_ordning(rader.values())

    def antal(self, berakning: Berakning, position: int) -> int:
        """Return how many facts a calculation counts, as known at a position."""
        satser = list(self.satser(_en_och_en(berakning), position, per_faktum=True))
        with self._lasare.lasning() as forbindelse:
            if len(satser) == 1:
                antal = _raknade(satser[0].sats, len(satser[0].delar), bara_antal=True)
                return int(forbindelse.scalar(antal, satser[0].parametrar) or 0)
            rader = (forbindelse.execute(_raknade(s.sats, len(s.delar)), s.parametrar) for s in satser)
            return len({tuple(rad) for svar in rader for rad in svar})

    def handelsehuvuden(self, positioner: Iterable[int]) -> Mapping[int, Handelsehuvud]:
        """Return what the log says of events without opening what is in them."""
        svar = {}
        with self._lasare.lasning() as forbindelse:
            for nagra in bitar(sorted(set(positioner))):
                rader = forbindelse.execute(HUVUDEN.where(handelser.c.position.in_(nagra)))
                svar.update({rad.position: huvud(rad) for rad in rader})
        return svar


def _lasbar(b: Berakning) -> Berakning:
    """Return a calculation whose statement reads facts one by one.

    Persons with care days left when absence is taken away are counted from the days of each.
    """
    if b.raknesatt in UNIKA and not b.regel.raknar_franvaro and FRANVARO in b.slag:
        return replace(b, raknesatt=Raknesatt.DYGN)
    return b


def _i_gruppen(matsats: Matsats, grupp: Sequence[Any]) -> Select[Any]:
    """Return a statement with the facts of one group."""
    forst = len(matsats.delar)
    grupper = matsats.sats.selected_columns[forst : forst + len(grupp)]
    return matsats.sats.where(
        *(_uttrycket(g).is_not_distinct_from(varde) for g, varde in zip(grupper, grupp, strict=True))
    )


def _en_och_en(b: Berakning) -> Berakning:
    """Return a calculation that adds up a number of each fact that another one counts: different ones are no sum."""
    return (
        replace(b, raknesatt=Raknesatt.DYGN if b.form is Intervall else Raknesatt.ANTAL) if b.raknesatt in UNIKA else b
    )


@lru_cache(maxsize=512)
def _raknade(sats: Select[Any], delar: int, *, bara_antal: bool = False) -> Select[Any]:
    """Return the place in the ledger of every fact that has a share in some part of a statement, or only how many.

    The facts are met as the statement meets them, before they are added up: to group them by what tells each from all
    others took seven times as long as the answer itself (measured). Kept, as the statement is.
    """
    kolumner = sats.selected_columns
    andelar = (next(iter(_uttrycket(kolumner[nr]).clauses)) for nr in range(delar))
    vad = (func.count(),) if bara_antal else (kolumner.faktum_strom, kolumner.faktum_radnr)
    return sats.with_only_columns(*vad).group_by(None).where(or_(*(andel.is_not(None) for andel in andelar)))


def _uttrycket(kolumn: Any) -> Any:
    return kolumn.element if isinstance(kolumn, Label) else kolumn


def _faktarad(b: Berakning, matsats: Matsats, rad: Sequence[Any]) -> Faktarad | None:
    """Return an opened row; None for a fact that was looked at and has no share in any part."""
    summor = [(ett, s) for ett, s in zip(matsats.delar, rad, strict=False) if s is not None]
    if not summor:
        return None
    bredd = len(b.form._fields)
    strom, radnr, kand_fran, kand_till = rad[-bredd - len(PLATS) : -bredd]
    fakta: Fakta = b.form._make(rad[-bredd:])
    varde = sum((Fraction(int(s), ett.delare) for ett, s in summor), Fraction(0))
    if b.raknesatt in FORDELADE:
        fordelning = FORDELADE[b.raknesatt]
        varde = fordelning.varde(b, Counter([tuple(getattr(fakta, namn) for namn in fordelning.kolumner)]))
    return Faktarad(str(strom), radnr, kand_fran, kand_till, fakta, varde)
