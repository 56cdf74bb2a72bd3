"""Units: one that the figures or the names beside it show cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell

_ANTAL = re.compile(r"^antal\b", re.IGNORECASE)
_BELOPP = ("mnkr", "tkr", "kr")
_ORD = re.compile(r"[a-zåäö%]+")
_TUSEN = 1000
_LANGT_IFRAN = 50
"""A figure this many times the next largest of its unit is a thousand times too large, if a thousandth of it fits."""


def negativa_antal(tabell: Tabell) -> Iterator[Fynd]:
    """Yield rows named as a number of things whose figure is below zero: it is a change, or in per cent."""
    for rad in tabell.rader:
        if not tabell.etiketter(rad) or not _ANTAL.match(tabell.etiketter(rad)[-1]):
            continue
        kolumner = [k for k in tabell.talkolumner if (tabell.tal(rad, k) or 0) < 0]
        if kolumner:
            namn = ", ".join(map(tabell.rubrik, kolumner))
            text = f"Ett antal kan inte vara negativt ({namn}): troligen en förändring i procent."
            yield tabell.fynd(Fyndslag.ENHET, Sakerhet.SAKER, (rad, kolumner[0]), None, text)


def tusenfel(tabell: Tabell) -> Iterator[Fynd]:
    """Yield amounts a thousand times larger than all others of their unit."""
    if tabell.etikettkolumner[:1] == ("nyckel",):
        return
    for kolumn in tabell.talkolumner:
        for enhet in ("mnkr", "tkr"):
            av_den = [r for r in tabell.rader if tabell.radenhet(r) == enhet]
            egna = {r: abs(t) for r in av_den if (t := tabell.tal(r, kolumn))}
            for rad, tal in egna.items():
                andra = [t for r, t in egna.items() if r != rad]
                if len(andra) > 1 and tal > _LANGT_IFRAN * max(andra):
                    mindre = {"mnkr": "tkr", "tkr": "kr"}[enhet]
                    text = f"Tusen gånger större än de andra beloppen i {enhet}: troligen {mindre}."
                    yield tabell.fynd(Fyndslag.ENHET, Sakerhet.TROLIG, (rad, kolumn), tal / _TUSEN, text)


def enhet_i_kolumnnamn(tabell: Tabell) -> Iterator[Fynd]:
    """Yield columns whose name states a unit that the table's own, or the name itself, contradicts."""
    enheter = {ord_ for ord_ in _ORD.findall(tabell.enhet) if ord_ in _BELOPP}
    tabellens = next(iter(enheter)) if len(enheter) == 1 else None
    for kolumn in tabell.talkolumner:
        ord_ = _ORD.findall(kolumn.casefold())
        namnda = [o for o in ord_ if o in _BELOPP]
        if namnda and ("%" in ord_ or "procent" in ord_) and "av" not in ord_:
            text = f"Kolumnens namn säger både procent och {namnda[0]}."
            yield tabell.fynd(Fyndslag.ENHET, Sakerhet.SAKER, (None, kolumn), None, text)
        elif namnda and tabellens not in (None, namnda[0]) and "per" not in ord_ and _samma_storlek(tabell, kolumn):
            text = f"Kolumnens namn säger {namnda[0]} men tabellen är i {tabellens} och talen lika stora."
            yield tabell.fynd(Fyndslag.ENHET, Sakerhet.SAKER, (None, kolumn), tabellens, text)


def udda_enhet_i_text(tabell: Tabell) -> Iterator[Fynd]:
    """Yield amounts in kronor in a text whose other amounts are in thousands: the figure is one of thousands too."""
    if tabell.etikettkolumner[:1] != ("nyckel",):
        return
    enheter = {r: tabell.radenhet(r).split(" (")[0] for r in tabell.rader}
    i_kronor = [r for r, enhet in enheter.items() if enhet == "kr"]
    i_tusental = [r for r, enhet in enheter.items() if enhet == "tkr"]
    if len(i_kronor) * 10 > len(i_tusental):
        return
    for rad in i_kronor:
        text = f"Beloppet är i kr men textens andra {len(i_tusental)} belopp i tkr."
        samma = [r for r in i_tusental if tabell.tal(r, "varde") == tabell.tal(rad, "varde")]
        if samma:
            text = f"{text[:-1]}; {tabell.radnamn(samma[0])} har samma tal i tkr."
        sakerhet = Sakerhet.TROLIG if samma else Sakerhet.MOJLIG
        yield tabell.fynd(Fyndslag.ENHET, sakerhet, (rad, "enhet"), "tkr", text)


def _samma_storlek(tabell: Tabell, kolumn: str) -> bool:
    """Return whether a column's figures are about as large as those of the other columns."""
    typiska = [_typiskt(tabell, k) for k in tabell.talkolumner if k != kolumn]
    egen = _typiskt(tabell, kolumn)
    return any(t and egen and Fraction(1, _LANGT_IFRAN) < egen / t < _LANGT_IFRAN for t in typiska)


def _typiskt(tabell: Tabell, kolumn: str) -> Fraction:
    tal = sorted(abs(t) for r in tabell.rader if (t := tabell.tal(r, kolumn)))
    return tal[len(tal) // 2] if tal else Fraction(0)
