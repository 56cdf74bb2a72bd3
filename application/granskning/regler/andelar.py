"""Parts of a whole: women and men of all, and per cents of numbers that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from application.granskning.kolumnord import raknas_inte
from application.granskning.modell import Fynd, Fyndslag, Sakerhet, Tabell, kort
from domain.avrundning import Spann, exakt

_KVINNOR = ("kvinnor", "flickor", "flickor/kvinnor")
_MAN = ("man", "män", "pojkar", "pojkar/män")
_RAKNAS = re.compile(r"\bantal\b", re.IGNORECASE)
_ANTAL = re.compile(r"^(?:(?P<stam>\w+)_)?antal$")


def kon_i_kolumner(tabell: Tabell) -> Iterator[Fynd]:
    """Yield rows whose women and men are not all, though it is people or things that are counted."""
    for total, kvinnor, man in _konskolumner(tabell):
        for rad in tabell.rader:
            delar = [tabell.tal(rad, k) for k in (kvinnor, man)]
            hela = tabell.tal(rad, total)
            if hela is None or None in delar or (hela and not any(delar)):
                continue
            if _ar_antal(tabell, rad):
                yield from _prova(tabell, (rad, total), hela, [d for d in delar if d is not None])


def kon_i_rader(tabell: Tabell) -> Iterator[Fynd]:
    """Yield groups of rows *totalt*, *kvinnor*, *män* that do not add up, and shares of them that are not a hundred."""
    for rad in tabell.rader:
        grupp = {tabell.kortnamn(r).casefold(): r for r in tabell.rader if _samma_grupp(tabell, rad, r)}
        kvinnor, man = (next((grupp[ord_] for ord_ in grupp if ord_ in orden), None) for orden in (_KVINNOR, _MAN))
        if grupp.get("totalt") == rad and kvinnor is not None and man is not None and _ar_antal(tabell, rad):
            for kolumn in tabell.talkolumner:
                hela, *delar = (tabell.tal(r, kolumn) for r in (rad, kvinnor, man))
                if hela is not None and None not in delar:
                    yield from _prova(tabell, (rad, kolumn), hela, [d for d in delar if d is not None])
        if grupp.get("totalt") == rad:
            yield from _andelar_av_kon(tabell, rad, grupp)


def nollor(tabell: Tabell) -> Iterator[Fynd]:
    """Yield rows where both women and men are 0 though all are not: the zeros mean that nothing is known."""
    for total, kvinnor, man in _konskolumner(tabell):
        for rad in tabell.rader:
            hela, *delar = (tabell.tal(rad, k) for k in (total, kvinnor, man))
            if hela and delar == [0, 0]:
                text = (
                    f"Noll i både {tabell.rubrik(kvinnor)} och {tabell.rubrik(man)} fast {tabell.rubrik(total)} är "
                    f"{tabell.text(rad, total)}: noll betyder saknas."
                )
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (rad, kvinnor), "saknas", text)


def procent_av_antal(tabell: Tabell) -> Iterator[Fynd]:
    """Yield per cents that the numbers beside them do not give: along the row, or down the column."""
    stammar = [t["stam"] for k in tabell.talkolumner if (t := _ANTAL.match(k))]
    par = [(f"{s}_antal", f"{s}_procent") for s in stammar if s and f"{s}_procent" in tabell.talkolumner]
    if len(par) > 1:
        for rad in tabell.rader:
            yield from _andelar(tabell, [(rad, antal, procent) for antal, procent in par])
    if None in stammar and "procent" in tabell.talkolumner:
        poster = [rad for rad in tabell.rader if not tabell.ar_summa(rad)]
        yield from _andelar(tabell, [(rad, "antal", "procent") for rad in poster])


def _andelar(tabell: Tabell, celler: Sequence[tuple[int, str, str]]) -> Iterator[Fynd]:
    if any(tabell.olast(rad, antal) for rad, antal, _ in celler):
        return
    tal = [tabell.tal(rad, antal) for rad, antal, _ in celler]
    hela = sum((t for t in tal if t is not None), Fraction(0))
    for (rad, antal, procent), del_ in zip(celler, tal, strict=True):
        tryckt = tabell.spann(rad, procent)
        if del_ is None or tryckt is None or not hela:
            continue
        andel = 100 * del_ / hela
        if not tryckt.moter(exakt(andel)):
            text = f"{tabell.text(rad, antal)} av {hela} är {kort(andel)} procent."
            yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.SAKER, (rad, procent), andel, text)


def _prova(tabell: Tabell, plats: tuple[int, str], hela: Fraction, delar: list[Fraction]) -> Iterator[Fynd]:
    if sum(delar) == hela or any(tal.denominator != 1 for tal in (hela, *delar)):
        return
    text = f"{kort(delar[0])} och {kort(delar[1])} är {kort(sum(delar, Fraction(0)))}; antal avrundas inte."
    yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.SAKER, plats, sum(delar, Fraction(0)), text)


def _andelar_av_kon(tabell: Tabell, rad: int, grupp: dict[str, int]) -> Iterator[Fynd]:
    andelar = [grupp[f"andel {ord_}"] for orden in (_KVINNOR, _MAN) for ord_ in orden if f"andel {ord_}" in grupp]
    for kolumn in tabell.talkolumner if len(andelar) > 1 else ():
        kvinnor, man = (tabell.spann(r, kolumn) for r in andelar)
        hela = tabell.tal(rad, kolumn)
        if kvinnor is None or man is None or hela is None or _mellan(hela, [kvinnor, man]):
            continue
        if not kvinnor.plus(man).moter(exakt(100)):
            text = "Andelarna av könen ger inte hundra procent."
            yield tabell.fynd(Fyndslag.SUMMA, Sakerhet.SAKER, (andelar[1], kolumn), 100 - kvinnor.mitt, text)


def _mellan(hela: Fraction, delar: list[Spann]) -> bool:
    """Return whether the whole lies between its parts: then they are rates of their own, not shares of it."""
    return min(d.lag for d in delar) <= hela <= max(d.hog for d in delar)


def _samma_grupp(tabell: Tabell, rad: int, annan: int) -> bool:
    egna = tabell.etiketter(rad)
    return len(egna) > 1 and tabell.etiketter(annan)[:-1] == egna[:-1]


def _konskolumner(tabell: Tabell) -> Iterator[tuple[str, str, str]]:
    """Yield the columns of all, women and men that belong together."""
    for kvinnor in tabell.talkolumner:
        delar = kvinnor.split("_")
        if "kvinnor" not in delar:
            continue
        man = "_".join("man" if d == "kvinnor" else d for d in delar)
        utan, totalt = ("_".join(d for d in delar if d != "kvinnor"), kvinnor.replace("kvinnor", "totalt"))
        for total in (utan, totalt):
            if man in tabell.talkolumner and total in tabell.talkolumner:
                yield total, kvinnor, man


def _ar_antal(tabell: Tabell, rad: int) -> bool:
    """Return whether a row counts things, so that its figures are whole and exact."""
    enhet = tabell.radenhet(rad).casefold()
    if enhet:
        return enhet == "antal"
    namn = tabell.radnamn(rad)
    if raknas_inte(namn):
        return False
    return bool(_RAKNAS.search(namn)) or tabell.av_antal
