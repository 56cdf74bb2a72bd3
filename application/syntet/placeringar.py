"""Placements: the stays of all rows, divided where somebody moved, with person, provider, act and reason.

Columns are parallel arrays; a placement's index in them is its number. Dividing a stay at a move changes no care day,
so what the rows were adjusted to still holds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from application.rapporter.radmappning import Rad
from application.syntet.personer import para_ihop
from application.syntet.profiler import (
    ANDEL_BYTEN,
    EGNA_FORMER,
    FORMER,
    I8,
    I32,
    KON,
    LANGSTA_VISTELSE,
    MALGRUPPER,
    MALGRUPPSVIKT,
)
from application.syntet.vistelser import Vistelser
from domain.begrepp import Insatsform, Malgrupp, Regi

UTAN, PLANERAD, OPLANERAD = 0, 1, 2
"""Whether a placement came by a move, and of what kind."""

_KORTASTE_DEL = 7  # days on either side of a move


@dataclass(frozen=True)
class Placeringar:
    """Parallel columns, one entry per placement.

    Attributes:
        rad: index of the printed row.
        form: index in FORMER.
        malgrupp: index in MALGRUPPER.
        egen: 1 for care that the municipality gives itself.
        start: first day.
        slut: last day, or OPPEN.
        person: number of the person.
        fore: the person's previous placement, or -1.
        byte: UTAN, PLANERAD or OPLANERAD; with a move the previous one ended the day this began.
    """

    rad: I32
    form: I8
    malgrupp: I8
    egen: I8
    start: I32
    slut: I32
    person: I32
    fore: I32
    byte: I8

    def __len__(self) -> int:
        """Return how many placements there are."""
        return len(self.rad)

    def valda(self, vilka: I32) -> Self:
        """Return some of the placements (repetition allowed); references to others are kept as they are."""
        return type(self)(**{f.name: getattr(self, f.name)[vilka] for f in fields(self)})

    def utokade(self, andra: Placeringar) -> Placeringar:
        """Return these placements followed by others."""
        return Placeringar(
            **{f.name: np.concatenate([getattr(self, f.name), getattr(andra, f.name)]) for f in fields(self)}
        )


def malgrupper_i(rad: Rad) -> tuple[Malgrupp, ...]:
    """Return the target groups that a row's stays are spread over."""
    if rad.urval.malgrupp is None:
        return tuple(m for m, vikt in MALGRUPPSVIKT.items() if vikt > 0)
    tillatna = tuple(m for m in rad.urval.malgrupp if m is not None)
    if len(tillatna) == 1:
        return tillatna
    return tuple(m for m in tillatna if MALGRUPPSVIKT[m] > 0) or tillatna[:1]


def former_i(rad: Rad) -> tuple[Insatsform, ...]:
    """Return the forms with care days that a row counts, the usual one first."""
    return tuple(form for form in rad.urval.insatsform or () if form is not None and form.har_vardygn)


def regi_i(rad: Rad, form: Insatsform) -> Regi:
    """Return who gives the care in a form of a row."""
    egen = form in EGNA_FORMER
    tillatna = [regi for regi in rad.urval.regi or Regi if regi is not None]
    onskad = Regi.EGEN if egen else Regi.EXTERN
    return onskad if onskad in tillatna else tillatna[0]


def bygg_placeringar(
    rng: np.random.Generator,
    rader: tuple[Rad, ...],
    vistelser: dict[int, Vistelser],
    slutdag: int,
    odelbara: frozenset[int] = frozenset(),
) -> Placeringar:
    """Return the placements of rows, each with a person; rows in ``odelbara`` are not divided at moves."""
    delar = [_radens(rng, index, rader[index], v) for index, v in vistelser.items() if len(v.start)]
    p = delar[0]
    for del_ in delar[1:]:
        p = p.utokade(del_)
    p = _med_personer(rng, p, kravda_kon(rader)[p.rad])
    return _med_byten(rng, p, rader, slutdag, odelbara)


def kravda_kon(rader: tuple[Rad, ...]) -> I8:
    """Return per row the index of the only sex that it counts, or -1."""
    return np.array([_kravt_kon(rad) for rad in rader], dtype=np.int8)


def _radens(rng: np.random.Generator, index: int, rad: Rad, v: Vistelser) -> Placeringar:
    """Return one row's stays as placements without persons."""
    antal = len(v.start)
    former = former_i(rad)
    grupper = malgrupper_i(rad)
    vikter = np.array([max(MALGRUPPSVIKT[m], 0.01) for m in grupper])
    grupp = rng.choice([MALGRUPPER.index(m) for m in grupper], size=antal, p=vikter / vikter.sum())
    egen = np.array([regi_i(rad, form) is Regi.EGEN for form in former], dtype=np.int8)
    return Placeringar(
        rad=np.full(antal, index, dtype=np.int32),
        form=np.array([FORMER.index(form) for form in former], dtype=np.int8)[v.form],
        malgrupp=grupp.astype(np.int8),
        egen=egen[v.form],
        start=v.start,
        slut=v.slut,
        person=np.full(antal, -1, dtype=np.int32),
        fore=np.full(antal, -1, dtype=np.int32),
        byte=np.zeros(antal, dtype=np.int8),
    )


def _kravt_kon(rad: Rad) -> int:
    """Return the index of the only sex that a row counts, or -1."""
    return KON.index(rad.urval.kon[0]) if rad.urval.kon else -1


def _med_personer(rng: np.random.Generator, p: Placeringar, kon_krav: I8) -> Placeringar:
    """Return the placements with persons; people come back within their target group."""
    person, fore = p.person.copy(), p.fore.copy()
    upptagen = np.maximum(p.slut, p.start + 1)
    nycklar = p.malgrupp.astype(np.int32) * 8 + kon_krav + 1
    antal = 0
    for nyckel in np.unique(nycklar):
        vilka = np.flatnonzero(nycklar == nyckel)
        tak = LANGSTA_VISTELSE[MALGRUPPER[int(nyckel) // 8]]
        personer, tidigare = para_ihop(rng, p.start[vilka], upptagen[vilka], tak, antal)
        person[vilka] = personer
        fore[vilka] = np.where(tidigare >= 0, vilka[tidigare], -1)
        antal = int(personer.max()) + 1
    byter = (fore >= 0) & (p.slut[fore] == p.start) & (p.start[fore] < p.start)
    slag = np.where(byter, rng.integers(PLANERAD, OPLANERAD + 1, len(p)), UTAN)
    return replace(p, person=person, fore=fore, byte=slag.astype(np.int8))


def _med_byten(
    rng: np.random.Generator, p: Placeringar, rader: tuple[Rad, ...], slutdag: int, odelbara: frozenset[int]
) -> Placeringar:
    """Return the placements with some stays divided at a move within the row."""
    tidigast = p.start + _KORTASTE_DEL
    senast = np.minimum(p.slut, slutdag)
    kan = np.flatnonzero((senast - tidigast > _KORTASTE_DEL) & ~np.isin(p.rad, sorted(odelbara)))
    antal = min(len(kan), round(len(p) * ANDEL_BYTEN / (1 - ANDEL_BYTEN)))
    delade = np.sort(rng.choice(kan, size=antal, replace=False)) if antal else kan[:0]
    brytdag = rng.integers(tidigast[delade], senast[delade]).astype(np.int32)
    nya = replace(
        p.valda(delade.astype(np.int32)),
        start=brytdag,
        fore=delade.astype(np.int32),
        byte=rng.choice([PLANERAD, OPLANERAD], size=antal, p=[0.45, 0.55]).astype(np.int8),
    )
    nya = _med_ny_form(rng, nya, rader)
    slut = p.slut.copy()
    slut[delade] = brytdag
    sista_del = np.arange(len(p), dtype=np.int32)
    sista_del[delade] = len(p) + np.arange(antal, dtype=np.int32)
    fore = np.where(p.fore >= 0, sista_del[p.fore], -1).astype(np.int32)
    return replace(p, slut=slut, fore=fore).utokade(nya)


def _med_ny_form(rng: np.random.Generator, p: Placeringar, rader: tuple[Rad, ...]) -> Placeringar:
    """Return placements after a move; in a row of several forms a third of them change form."""
    form = p.form.copy()
    for index, rad in enumerate(rader):
        former = [f for f in former_i(rad) if regi_i(rad, f) is regi_i(rad, former_i(rad)[0])]
        if len(former) > 1:
            byter = (p.rad == index) & (rng.random(len(p)) < 1 / 3)
            form[byter] = rng.choice([FORMER.index(f) for f in former], size=int(byter.sum()))
    return replace(p, form=form)
