"""How many care days each row must have each year, so that every printed cell and every printed sum rounds right.

Rounding happens once per cell from unrounded averages, so printed sums may differ from the sum of printed parts. Then
the rows are moved off their printed values by less than half a printed unit until the sums meet too.
"""

from __future__ import annotations

import calendar
from decimal import Decimal

import numpy as np

from application.syntet.tabeller import Externtabell, Summarad
from application.syntet.uppdrag import SyntetGarInte

_MARGINAL = 0.9  # share of the rounding interval that may be used when sums have to be forced
_SPRIDNING = 0.3  # share of the rounding interval that chance may use otherwise
_NOLL = 1e-9


def arets_vardygn(
    tabell: Externtabell, ar: int, skala: int, rng: np.random.Generator, fasta: dict[int, int] | None = None
) -> dict[int, int]:
    """Return row index -> care days of a year (rows of which nothing is printed for it are left out).

    The average of a row, divided by the scale, rounds to the printed one, and so do all sums of unrounded averages.
    Rows in ``fasta`` have just those care days (before scale), which another table prints.

    Raises:
        SyntetGarInte: a printed sum cannot be met by rows that each round to their printed value.
    """
    tryckta = {i: post.snitt_utfall[ar] for i, post in enumerate(tabell.poster) if ar in post.snitt_utfall}
    if not tryckta:
        return {i: dygn * skala for i, dygn in (fasta or {}).items()}
    dagar = 366 if calendar.isleap(ar) else 365
    halva = min(0.5 * 10.0 ** -_decimaler(snitt) for snitt in tryckta.values())
    bundna = {i: dygn for i, dygn in (fasta or {}).items() if i in tryckta}
    tryckta |= {i: Decimal(dygn) / dagar for i, dygn in bundna.items()}
    skift = _skift(tabell, ar, tryckta, halva, frozenset(bundna))
    tvingat = any(abs(s) > _NOLL for s in skift.values())
    slump = dict.fromkeys(tryckta, 0.0) if tvingat or bundna else _slump(tabell, ar, tryckta, halva, rng)
    return {
        i: round((float(snitt) * skala + skift[i] * skala + slump[i]) * dagar) if snitt > 0 or skift[i] > 0 else 0
        for i, snitt in tryckta.items()
    }


def _decimaler(tal: Decimal) -> int:
    """Return how many decimals a number is printed with."""
    exponent = tal.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _slump(
    tabell: Externtabell, ar: int, tryckta: dict[int, Decimal], halva: float, rng: np.random.Generator
) -> dict[int, float]:
    """Return a random offset per row that adds up to nothing within every printed sum."""
    utfall = {i: float(rng.uniform(-1, 1)) * _SPRIDNING * halva if tryckta[i] > 0 else 0.0 for i in tryckta}
    for grupp in _grupper(tabell, ar, tryckta):
        rorliga = [i for i in grupp if tryckta[i] > 0]
        if len(rorliga) > 1:
            medel = sum(utfall[i] for i in rorliga) / len(rorliga)
            utfall |= {i: utfall[i] - medel for i in rorliga}
    return _begransa(tabell, utfall, halva)


def _begransa(tabell: Externtabell, utfall: dict[int, float], halva: float) -> dict[int, float]:
    """Shrink all offsets together until no printed sum is moved by more than a third of the rounding interval."""
    summor = [*tabell.summor, *([tabell.totalt] if tabell.totalt else [])]
    storst = max([abs(sum(utfall.get(i, 0.0) for i in summa.poster)) for summa in summor], default=0.0)
    faktor = min(1.0, _SPRIDNING * halva / storst) if storst > 0 else 1.0
    return {i: varde * faktor for i, varde in utfall.items()}


def _grupper(tabell: Externtabell, ar: int, tryckta: dict[int, Decimal]) -> list[list[int]]:
    """Return the rows in groups: one per printed sum, and one per row that belongs to none."""
    grupper = [[i for i in s.poster if i in tryckta] for s in tabell.summor if ar in s.snitt_utfall]
    med = {i for grupp in grupper for i in grupp}
    return [grupp for grupp in grupper if grupp] + [[i] for i in tryckta if i not in med]


def _skift(
    tabell: Externtabell, ar: int, tryckta: dict[int, Decimal], halva: float, bundna: frozenset[int]
) -> dict[int, float]:
    """Return the smallest regular offsets (all zero if the print adds up) that make every printed sum round right."""
    rum = halva * _MARGINAL
    grupper = _grupper(tabell, ar, tryckta)
    krav = {tuple(i for i in s.poster if i in tryckta): s for s in tabell.summor if ar in s.snitt_utfall}
    granser: list[tuple[float, float]] = []
    for grupp in grupper:
        rorliga = [i for i in grupp if i not in bundna]
        golv = -sum(min(rum, float(tryckta[i])) for i in rorliga)
        tak = rum * len(rorliga)
        summa = krav.get(tuple(grupp))
        if summa is not None:
            skillnad = _skillnad(summa, ar, tryckta)
            golv, tak = max(golv, skillnad - rum), min(tak, skillnad + rum)
            if golv > tak:
                raise _omojlig(summa, ar)
        granser.append((golv, tak))
    varden = [min(max(0.0, golv), tak) for golv, tak in granser]
    if tabell.totalt is not None and ar in tabell.totalt.snitt_utfall:
        varden = _mot_totalen(tabell.totalt, ar, _skillnad(tabell.totalt, ar, tryckta), granser, varden, rum)
    return _fordela(grupper, varden, tryckta, rum, bundna)


def _mot_totalen(
    totalt: Summarad, ar: int, skillnad: float, granser: list[tuple[float, float]], varden: list[float], rum: float
) -> list[float]:
    """Move the groups' offsets, each within its bounds, until the total rounds right."""
    mal = min(max(sum(varden), skillnad - rum), skillnad + rum)
    kvar = mal - sum(varden)
    for index, (golv, tak) in enumerate(granser):
        steg = min(max(kvar, golv - varden[index]), tak - varden[index])
        varden[index] += steg
        kvar -= steg
    if abs(kvar) > _NOLL:
        raise _omojlig(totalt, ar)
    return varden


def _fordela(
    grupper: list[list[int]], varden: list[float], tryckta: dict[int, Decimal], rum: float, bundna: frozenset[int]
) -> dict[int, float]:
    """Spread each group's offset over its rows; no row goes below nothing or off its printed value."""
    skift: dict[int, float] = {}
    for grupp, varde in zip(grupper, varden, strict=True):
        utrymme = [0.0 if i in bundna else rum if varde >= 0 else min(rum, float(tryckta[i])) for i in grupp]
        andel = varde / sum(utrymme) if sum(utrymme) > 0 else 0.0
        skift |= {i: andel * plats for i, plats in zip(grupp, utrymme, strict=True)}
    return skift


def _skillnad(summa: Summarad, ar: int, tryckta: dict[int, Decimal]) -> float:
    """Return the printed sum less the sum of the printed parts."""
    return float(summa.snitt_utfall[ar] - sum((tryckta[i] for i in summa.poster if i in tryckta), Decimal(0)))


def _omojlig(summa: Summarad, ar: int) -> SyntetGarInte:
    """Return the error for a sum that no rounding explains."""
    tryckt = summa.snitt_utfall[ar]
    return SyntetGarInte(
        f"Summan {summa.etikett} för {ar} ({tryckt}) går inte att nå: raderna ger ett annat tal hur de än avrundas."
    )
