"""The books of earlier years as printed indicators have them: net cost, deviations, units, and boards since joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from application.syntet.budgetrader import kronor, ore_av
from application.syntet.egen_regi import tidigare_ar
from application.syntet.fardig import Fardig
from application.syntet.radceller import radceller
from application.syntet.uppdrag import Syntetuppdrag
from domain.budgetperiod.begrepp import INTAKTER
from domain.pengar import fordela

_INTAKTER = frozenset(grupp.value for grupp in INTAKTER)
_BUDGET, _UTFALL = "budget.faststalld", "utfall.bokfort"
Bokrad = dict[str, Any]


@dataclass(frozen=True)
class Tidigare:
    """What is printed of years before the report's, in öre.

    Attributes:
        nettokostnad: by year, what all boards together cost.
        avvikelse: by board and year, budget less outcome.
        enheter: by year, what of the cost is booked on each unit: the unit and its öre.
    """

    nettokostnad: Mapping[int, int] = field(default_factory=dict)
    avvikelse: Mapping[tuple[str, int], int] = field(default_factory=dict)
    enheter: Mapping[int, Sequence[tuple[dict[str, str], int]]] = field(default_factory=dict)

    def namnder(self, ar: int, egen: str) -> list[str]:
        """Return the boards that a year was booked by: those that are printed for it, else the board itself."""
        return sorted(namnd for namnd, y in self.avvikelse if y == ar) or [egen]


def las_tidigare(
    uppdrag: Syntetuppdrag, invanare: Mapping[int, int], enheter: Mapping[int, Sequence[tuple[dict[str, str], int]]]
) -> Tidigare:
    """Return what the tables of an order say; ``invanare`` is the population by year."""
    per_invanare = tidigare_ar(uppdrag, "nettokostnad-per-invanare")
    avvikelse = {
        (str(namnd[0]), c.period.fran.year): round(float(c.varde) * 100) * uppdrag.skala
        for c in radceller(uppdrag, "avvikelse")
        if (namnd := c.urval.get("namnd")) and c.varde is not None and c.period.fran.year < uppdrag.ar
    }
    netto = {ar: round(kr * invanare[ar] * 100) * uppdrag.skala for ar, kr in per_invanare.items() if ar in invanare}
    return Tidigare(netto, avvikelse, enheter)


def arets(handelser: Iterable[Fardig], t: Tidigare, ar: int, egen: str) -> Iterator[Fardig]:
    """Yield the events of an earlier year as its boards recorded them, with the deviations that are printed.

    What is booked on units is taken from the year's largest lines of cost. The population is told once.
    """
    kvar = list(handelser)
    bokningar = _med_enheter([f for f in kvar if f.typ == _UTFALL], t.enheter.get(ar, ()))
    namnder = t.namnder(ar, egen)
    utfall = dict.fromkeys(namnder, 0)
    for f in bokningar:
        for namnd, egna in zip(namnder, _delade(f.innehall["rader"], len(namnder)), strict=True):
            utfall[namnd] += sum(ore_av(rad["belopp"]) for rad in egna)
            yield replace(f, namnd=namnd, innehall={**f.innehall, "rader": egna})
    for f in (f for f in kvar if f.typ != _UTFALL):
        delar = _delade(f.innehall.get("rader", []), len(namnder))
        for nr, (namnd, egna) in enumerate(zip(namnder, delar, strict=True)):
            if f.typ == _BUDGET:
                avvikelse = t.avvikelse.get((namnd, ar))
                rader = egna if avvikelse is None else _med_summa(egna, utfall[namnd] + avvikelse)
                mer = {"namnd": namnd, "rader": rader} | ({"volymrader": []} if nr else {})
                yield replace(f, namnd=namnd, innehall={**f.innehall, **mer})
            elif nr == 0 or f.typ != "invanare.faststallda":
                yield replace(f, namnd=namnd)


def _delade(rader: Sequence[Bokrad], antal: int) -> list[list[Bokrad]]:
    """Return the lines in equal parts, to the öre."""
    delar: list[list[Bokrad]] = [[] for _ in range(antal)]
    for rad in rader:
        for del_, ore in zip(delar, fordela(ore_av(rad["belopp"]), [1] * antal), strict=True):
            del_.append({**rad, "belopp": kronor(ore)})
    return delar


def _med_summa(rader: list[Bokrad], summa: int) -> list[Bokrad]:
    """Return the lines with the largest one changed so that they add up."""
    storst = max(range(len(rader)), key=lambda nr: abs(ore_av(rader[nr]["belopp"])))
    skillnad = summa - sum(ore_av(rad["belopp"]) for rad in rader)
    rader[storst] = {**rader[storst], "belopp": kronor(ore_av(rader[storst]["belopp"]) + skillnad)}
    return rader


def _med_enheter(bokningar: Sequence[Fardig], enheter: Sequence[tuple[dict[str, str], int]]) -> list[Fardig]:
    """Return a year's postings with the units' cost booked on them: a part of the largest lines that are not of care.

    As few lines as are enough; a line is told by its account group and operation.
    """
    kostnad = sum(ore for _, ore in enheter)
    per_linje: dict[tuple[str, str], int] = {}
    for f in bokningar:
        for rad in f.innehall["rader"]:
            if "insatsform" not in rad and rad["kontogrupp"] not in _INTAKTER:
                per_linje[_linje(rad)] = per_linje.get(_linje(rad), 0) + ore_av(rad["belopp"])
    valda: dict[tuple[str, str], int] = {}
    for linje, ore in sorted(per_linje.items(), key=lambda par: -par[1]):
        if sum(valda.values()) < kostnad and ore > 0:
            valda[linje] = ore
    if not kostnad or sum(valda.values()) < kostnad:
        return list(bokningar)
    andel = Fraction(kostnad, sum(valda.values()))
    vikter = [ore for _, ore in enheter]
    resultat = []
    for f in bokningar:
        rader: list[Bokrad] = []
        for rad in f.innehall["rader"]:
            flyttat = round(ore_av(rad["belopp"]) * andel) if _linje(rad) in valda and "insatsform" not in rad else 0
            rader.append({**rad, "belopp": kronor(ore_av(rad["belopp"]) - flyttat)})
            if flyttat:
                delar = zip(enheter, fordela(flyttat, vikter), strict=True)
                rader += [{**rad, **enhet, "belopp": kronor(ore)} for (enhet, _), ore in delar if ore]
        resultat.append(replace(f, innehall={**f.innehall, "rader": rader}))
    return resultat


def _linje(rad: Bokrad) -> tuple[str, str]:
    return rad["verksamhet"], rad["kontogrupp"]
