"""Disclosure control: what figures about few persons may say to somebody who must not meet a single one of them.

Two rules, both stated so that they can be checked:

1. *Every counted part is rounded* before anything is worked out from it (``avrundad``), to a step of about as much as
   the threshold's number of persons contribute. Whatever is asked afterwards – another day, another moment of
   knowledge, a filter more or less – two answers differ by whole steps, so their difference never tells what one person
   contributed. Sums are sums of rounded parts and therefore add up.
2. *A cell that fewer than the threshold are behind is not shown*, and neither is any further cell that it could be
   worked out from in the same answer (``dolda``): no combination of the shown cells gives a hidden one, nor the sum of
   some hidden ones that together still are fewer than the threshold.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

TROSKEL = 5
"""Persons behind a figure that may be shown, at least."""

MARKE = "‥"
"""What is printed where a cell is not shown."""

NOT = (
    f"Sekretess: tal som färre än {TROSKEL} personer ligger bakom visas inte ({MARKE}), och inte heller tal som de går "
    "att räkna fram ur. Tal om personer är avrundade; bokförda belopp är det inte."
)
"""The remark that follows figures under disclosure control."""

K = TypeVar("K", bound=Hashable)
Vektor = Mapping[Any, Fraction]


class Cell(NamedTuple):
    """A figure in an answer.

    Attributes:
        personer: how many are behind it; None: it is about no persons.
        delar: what each counted part that is about persons is multiplied by in it.
    """

    personer: int | None
    delar: Vektor


# Rounding ------------------------------------------------------------------------------------------------------------


def avrundad(varde: Fraction, personer: int) -> Fraction:
    """Return a counted part, rounded to the smallest step (the threshold times a power of two) that hides a person.

    A step hides a person when it is no less than what the threshold's number of persons contribute on average. A count
    of persons is therefore rounded to a multiple of the threshold. Fewer than the threshold weigh as much as the
    threshold's number would, so that what a sum holds beside its shown parts never tells how few they are. Rounding
    what is rounded changes nothing.
    """
    if personer <= 0 or varde == 0:
        return Fraction(0)
    if personer < TROSKEL:
        varde, personer = varde * TROSKEL / personer, TROSKEL
    # In whole numbers, since it is done for every part of every answer. What is behind is counted in halves.
    storlek, bakom = abs(varde), 2 * personer + TROSKEL
    potens = _tvapotens(storlek.numerator, storlek.denominator * bakom)
    while True:
        taljare, namnare = _skiftad(storlek.numerator, storlek.denominator * TROSKEL, potens)
        antal = (2 * taljare + namnare) // (2 * namnare)  # the nearest, halves away from zero
        if 2 * TROSKEL * antal <= bakom:
            return Fraction(antal * TROSKEL * (1 if varde > 0 else -1)) * Fraction(2) ** potens
        potens += 1


def _tvapotens(taljare: int, namnare: int) -> int:
    """Return the exponent of the largest power of two that is no larger than a quotient of positive numbers."""
    potens = taljare.bit_length() - namnare.bit_length()
    taljare, namnare = _skiftad(taljare, namnare, potens)
    return potens if taljare >= namnare else potens - 1


def _skiftad(taljare: int, namnare: int, potens: int) -> tuple[int, int]:
    """Return a quotient divided by a power of two."""
    return (taljare, namnare << potens) if potens >= 0 else (taljare << -potens, namnare)


# Suppression ---------------------------------------------------------------------------------------------------------


def dolda(celler: Mapping[K, Cell]) -> frozenset[K]:
    """Return which cells must not be shown, so that none of them can be worked out from the others.

    Few persons behind hide a cell; then, as long as something hidden still follows from what is shown, the smallest
    cell that it follows from is hidden too.
    """
    borta = {namn for namn, cell in celler.items() if cell.personer is not None and 0 < cell.personer < TROSKEL}
    while borta:
        visade = {namn: cell for namn, cell in celler.items() if namn not in borta and cell.delar}
        bas = _Bas((namn, cell.delar) for namn, cell in visade.items())
        ur = next((ur for mal in _hemliga(celler, borta) if (ur := bas.ur(mal))), None)
        if ur is None:
            break
        borta.add(min(ur, key=lambda namn: (len(celler[namn].delar), celler[namn].personer or 0, str(namn))))
    return frozenset(borta)


def _hemliga(celler: Mapping[K, Cell], borta: set[K]) -> Iterator[Vektor]:
    """Yield what must not follow from the shown cells: each hidden cell, and sums of hidden ones that are too few."""
    yield from (celler[namn].delar for namn in borta if celler[namn].delar)
    gomda = {frozenset(c.delar): c for c in (celler[namn] for namn in borta) if c.delar}
    for helhet in (cell for cell in celler.values() if len(cell.delar) > 1):
        # Those hidden within one sum, each once: what is left of it when its shown parts are taken away.
        inom = [av for av in gomda if av <= helhet.delar.keys()]
        minsta = [gomda[av] for av in inom if not any(annan < av for annan in inom)]
        if len(minsta) > 1 and sum(c.personer or 0 for c in minsta) < TROSKEL:
            yield summan(minsta)


def summan(celler: Iterable[Cell]) -> Vektor:
    """Return what the sum of some cells is made of."""
    summa: dict[Any, Fraction] = {}
    for cell in celler:
        for del_, faktor in cell.delar.items():
            summa[del_] = summa.get(del_, Fraction(0)) + faktor
    return summa


class _Bas(Generic[K]):
    """Vectors in echelon form, each remembering which of the given ones it was made of."""

    def __init__(self, givna: Iterable[tuple[K, Vektor]]) -> None:
        """Eliminate."""
        self._rader: dict[Hashable, tuple[dict[Hashable, Fraction], dict[K, Fraction]]] = {}
        for namn, vektor in givna:
            rest, vagar = self._reducerad(dict(vektor), {namn: Fraction(1)})
            if rest:
                self._rader[next(iter(rest))] = rest, vagar

    def ur(self, mal: Vektor) -> frozenset[K]:
        """Return the given vectors that another one is a combination of; none when it is not."""
        rest, vagar = self._reducerad(dict(mal), {})
        return frozenset() if rest else frozenset(vagar)

    def _reducerad(
        self, rest: dict[Hashable, Fraction], vagar: dict[K, Fraction]
    ) -> tuple[dict[Hashable, Fraction], dict[K, Fraction]]:
        """Return what is left of a vector when the rows are taken from it, and how many of each given one went in."""
        while (pivot := next((del_ for del_ in rest if rest[del_] and del_ in self._rader), None)) is not None:
            rad, radens = self._rader[pivot]
            faktor = rest[pivot] / rad[pivot]
            rest = _minus(rest, rad, faktor)
            vagar = _minus(vagar, radens, faktor)
        return {del_: varde for del_, varde in rest.items() if varde}, vagar


def _minus(fran: Mapping[K, Fraction], rad: Mapping[K, Fraction], faktor: Fraction) -> dict[K, Fraction]:
    svar = dict(fran)
    for namn, varde in rad.items():
        nytt = svar.get(namn, Fraction(0)) - varde * faktor
        if nytt:
            svar[namn] = nytt
        else:
            svar.pop(namn, None)
    return svar
