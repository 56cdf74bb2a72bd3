"""Checks tables: every rule in a list, each a pure function over what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from application.granskning.modell import Fynd, Tabell
from application.granskning.regler import andelar, definitioner, enheter, medelvarden, serier, skillnader, summor
from application.granskning.samband import Provning, prova_samband
from application.tryckt import Trycktabell


class Regel(NamedTuple):
    """A rule over one table.

    Attributes:
        bara_tryckta: it asks for something undeclared, so that Liggare's own tables, whose figures have declared
            definitions, units and signs, are not asked.
    """

    prova: Callable[[Tabell], Iterator[Fynd]]
    bara_tryckta: bool = False


REGLER = (
    Regel(summor.summor),
    Regel(summor.radsummor),
    Regel(summor.varav),
    Regel(skillnader.skillnader),
    Regel(skillnader.teckenkonventioner, bara_tryckta=True),
    Regel(skillnader.procentkolumner, bara_tryckta=True),
    Regel(andelar.kon_i_kolumner),
    Regel(andelar.kon_i_rader),
    Regel(andelar.nollor),
    Regel(andelar.procent_av_antal),
    Regel(medelvarden.medel_av_rader),
    Regel(medelvarden.rader_utanfor_medel, bara_tryckta=True),
    Regel(medelvarden.medel_av_manader),
    Regel(medelvarden.totalpriser),
    Regel(medelvarden.ovagda_priser, bara_tryckta=True),
    Regel(definitioner.balansposter, bara_tryckta=True),
    Regel(definitioner.volym_ganger_pris, bara_tryckta=True),
    Regel(definitioner.ungefarliga, bara_tryckta=True),
    Regel(definitioner.blandad_avrundning, bara_tryckta=True),
    Regel(definitioner.periodens_langd, bara_tryckta=True),
    Regel(definitioner.nastan_summor, bara_tryckta=True),
    Regel(enheter.negativa_antal, bara_tryckta=True),
    Regel(enheter.tusenfel),
    Regel(enheter.enhet_i_kolumnnamn, bara_tryckta=True),
    Regel(enheter.udda_enhet_i_text, bara_tryckta=True),
    Regel(serier.seriebrott, bara_tryckta=True),
)
"""The rules over one table at a time."""

REGLER_OVER_FLERA = (definitioner.avlasningsdagar,)
"""The rules over all tables together, beside the declared relations."""


class Olast(NamedTuple):
    """A cell of a number column that could not be read, so that nothing it is a part of was tried."""

    tabell: str
    rad: str
    kolumn: str
    tryckt: str


class Granskning(NamedTuple):
    """What was found, and what could not be read and so was not tried.

    Attributes:
        olasliga: the columns of figures of which none could be read, by table.
        utan_tal: the tables without any column of numbers.
        samband: of how many cells a declared relation could be tried.
    """

    fynd: tuple[Fynd, ...]
    olasta: tuple[Olast, ...]
    olasliga: tuple[tuple[str, str], ...]
    utan_tal: tuple[str, ...]
    samband: int


def granska(tryckta: Sequence[Trycktabell]) -> Granskning:
    """Return what does not fit, table by table in the order they were given; a cell has a finding of a kind once."""
    tabeller = [Tabell(tryckt) for tryckt in tryckta]
    funna: dict[tuple[str, ...], Fynd] = {}
    provade = list(prova_samband(tabeller))
    for fynd in _alla(tabeller, provade):
        funna.setdefault((fynd.slag, fynd.tabell, fynd.rad, fynd.kolumn), fynd)
    ordning = {tabell.namn: nr for nr, tabell in enumerate(tabeller)}
    return Granskning(
        tuple(sorted(funna.values(), key=lambda fynd: ordning[fynd.tabell])),
        tuple(
            Olast(t.namn, t.radnamn(rad), t.rubrik(k), cell) for t in tabeller for (rad, k), cell in t.olasta.items()
        ),
        tuple((t.namn, t.rubrik(kolumn)) for t in tabeller for kolumn in t.kolumner.olasliga),
        tuple(t.namn for t in tabeller if not t.talkolumner),
        len(provade),
    )


def _alla(tabeller: Sequence[Tabell], provade: Sequence[Provning]) -> Iterator[Fynd]:
    for tabell in tabeller:
        for regel in REGLER:
            if not (regel.bara_tryckta and tabell.egen):
                yield from regel.prova(tabell)
    yield from (provning.fynd for provning in provade if provning.fynd is not None)
    for over_flera in REGLER_OVER_FLERA:
        yield from over_flera(tabeller)
