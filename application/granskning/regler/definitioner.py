"""Definitions that are not stated: what a figure is of, over how long a time, how it was rounded, how sure it is.

These ask what a reader cannot know from the print. A table of Liggare's own states it: its figures have declared
definitions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from application.granskning.kolumnord import ar_kvot, ar_skillnad
from application.granskning.modell import KOSTNADSENHET, Fynd, Fyndslag, Sakerhet, Tabell
from application.granskning.regler.summor import NETTO, summarader
from domain.avrundning import exakt

_MNKR = re.compile(r"^(?P<led>.+)_mnkr$")
MANADER_PER_AR = 12
_GANGER = {"kr_per_dygn": 365, "kr_per_manad": MANADER_PER_AR}
_UNGEFARLIGT = re.compile(r"\((nästan|cirka|ca|drygt|knappt|närmare|omkring|lite \w+|över|under|ett \w+|ca \S+)\)")
_MANADER = re.compile(r"avser (\d+) månader")
_PER_DAG = re.compile(r"per (\d{4}-\d{2}-\d{2})")
_INTAKT = re.compile(r"intäkt|ersättning|avgift|bidrag|försäljning", re.IGNORECASE)
_MINST_HUNDRATAL = 1000
_MINST_RADER = 4


def balansposter(tabell: Tabell) -> Iterator[Fynd]:
    """Yield rows of the other sign than all else in the same sum: a balance item, or a cost below zero."""
    for summa in summarader(tabell):
        if NETTO.search(tabell.radnamn(summa.rad)):
            continue
        nivaer = [k for k in tabell.talkolumner if not ar_skillnad(k) and not ar_kvot(k)]
        omvanda: Counter[int] = Counter()
        provade: Counter[int] = Counter()
        for kolumn in nivaer:
            tal = {d: t for d, _ in summa.delar if (t := tabell.tal(d, kolumn))}
            fel = [d for d, t in tal.items() if (t > 0) != (sum(v > 0 for v in tal.values()) * 2 > len(tal))]
            provade.update(tal.keys())
            if len(tal) >= _MINST_RADER and 3 * len(fel) <= len(tal):
                omvanda.update(fel)
        for rad, antal in omvanda.items():
            if 3 * antal >= 2 * provade[rad] and not _INTAKT.search(tabell.radnamn(rad)):
                kolumn = next(k for k in nivaer if tabell.tal(rad, k))
                text = f"Raden har motsatt tecken mot de andra i {tabell.radnamn(summa.rad)}: en balanspost?"
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.MOJLIG, (rad, kolumn), None, text)


def volym_ganger_pris(tabell: Tabell) -> Iterator[Fynd]:
    """Yield amounts that are not persons times price, though all three stand in the row."""
    for belopp in tabell.talkolumner:
        mnkr = _MNKR.match(belopp)
        volym, pris = (f"snitt_{mnkr['led']}", f"kostnad_{mnkr['led']}") if mnkr else ("", "")
        if volym not in tabell.talkolumner or pris not in tabell.talkolumner:
            continue
        for rad in (r for r in tabell.rader if not tabell.ar_summa(r)):
            ganger = _GANGER.get(tabell.text(rad, KOSTNADSENHET))
            personer, kostnad, tryckt = (tabell.spann(rad, k) for k in (volym, pris, belopp))
            if ganger is None or personer is None or kostnad is None or tryckt is None:
                continue
            raknat = personer.produkt(kostnad).ganger(Fraction(ganger, 10**6))
            if not raknat.moter(tryckt):
                namn = f"{tabell.rubrik(volym)} × {tabell.rubrik(pris)}"
                text = f"{namn} × {ganger} är något annat; hur beloppet räknats sägs inte."
                vantat = Fraction(round(raknat.mitt, 1))
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.TROLIG, (rad, belopp), vantat, text)


def ungefarliga(tabell: Tabell) -> Iterator[Fynd]:
    """Yield figures that are stated roughly, so that nothing can be held against them."""
    for rad in tabell.rader:
        ord_ = _UNGEFARLIGT.search(tabell.radenhet(rad))
        if ord_ is not None and "varde" in tabell.talkolumner:
            text = f"Talet är ungefärligt ({ord_[1]}); det exakta saknas."
            yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (rad, "varde"), None, text)


def blandad_avrundning(tabell: Tabell) -> Iterator[Fynd]:
    """Yield the one figure of a kind that is not in whole hundreds when all the others are."""
    for kolumn in tabell.talkolumner:
        familjer: dict[str, list[int]] = {}
        for rad in tabell.rader:
            if (tabell.tal(rad, kolumn) or 0) >= _MINST_HUNDRATAL and not tabell.ar_summa(rad):
                familjer.setdefault(" ".join(tabell.radnamn(rad).split()[:3]), []).append(rad)
        for rader in familjer.values():
            exakta = [r for r in rader if (tabell.tal(r, kolumn) or 0) % 100]
            if len(exakta) == 1 and len(rader) >= _MINST_RADER + 1:
                text = f"De övriga {len(rader) - 1} talen av samma slag är i hela hundratal men inte detta."
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.TROLIG, (exakta[0], kolumn), None, text)


def periodens_langd(tabell: Tabell) -> Iterator[Fynd]:
    """Yield tables of a whole year that say some of their figures are of another number of months."""
    period = tabell.tryckt.huvud.get("period", "")
    traff = _MANADER.search(period)
    if traff is not None and "helår" in period and int(traff[1]) != MANADER_PER_AR:
        text = f"Tabellen gäller helår men säger att den delvis avser {traff[1]} månader; vilka belopp syns inte."
        yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (None, ""), None, text)


def avlasningsdagar(tabeller: Sequence[Tabell]) -> Iterator[Fynd]:
    """Yield tables that are read another day than the rest of the same report."""
    rapporter: dict[str, dict[str, list[Tabell]]] = {}
    for tabell in tabeller:
        dag = _PER_DAG.search(tabell.tryckt.huvud.get("period", ""))
        if dag is not None:
            rapporter.setdefault(tabell.tryckt.huvud.get("kalla", ""), {}).setdefault(dag[1], []).append(tabell)
    for dagar in rapporter.values():
        vanligast = max(dagar, key=lambda avlast: len(dagar[avlast]))
        for avlast, egna in dagar.items():
            for tabell in egna if len(egna) < len(dagar[vanligast]) else ():
                andra = f"rapportens andra {len(dagar[vanligast])} tabeller är per {vanligast}"
                text = f"Tabellen är per {avlast}; {andra}."
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (None, ""), None, text)


def nastan_summor(tabell: Tabell) -> Iterator[Fynd]:
    """Yield a statement in text that the statements after it, of the same subject and unit, nearly add up to."""
    if tabell.etikettkolumner[:1] != ("nyckel",) or "varde" not in tabell.talkolumner:
        return
    for rad in tabell.rader:
        delar: list[int] = []
        while rad + len(delar) + 1 in tabell.rader and _samma_sak(tabell, rad, rad + len(delar) + 1):
            delar.append(rad + len(delar) + 1)
        if any(tabell.olast(r, "varde") for r in (rad, *delar)):
            continue
        hela = tabell.tal(rad, "varde") or Fraction(0)
        summa = sum((tabell.tal(d, "varde") or Fraction(0) for d in delar), Fraction(0))
        if len(delar) > 1 and 0 < abs(summa - hela) * 50 <= abs(hela) and not exakt(summa).moter(exakt(hela)):
            text = f"De {len(delar)} delar som räknas upp är tillsammans något annat."
            yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.TROLIG, (rad, "varde"), summa, text)


def _samma_sak(tabell: Tabell, rad: int, annan: int) -> bool:
    amnen = [tabell.radnamn(r).split("_")[0] for r in (rad, annan)]
    return amnen[0] == amnen[1] and all(tabell.text(rad, k) == tabell.text(annan, k) for k in ("enhet", "period"))
