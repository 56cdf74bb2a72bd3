"""Means: a total that is no sum is a mean of its rows. Of which rows, and weighing what, should be said.

That a column's total is a mean is taken for given only where most columns are: then one that is not, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from application.granskning.modell import KOSTNADSENHET, Fynd, Fyndslag, Sakerhet, Tabell, kort
from application.granskning.vagning import medel_av, vagt_medel_av
from domain.avrundning import summera

_MANAD = re.compile(r"^(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)$")
_ACK = re.compile(r"^ack_[a-z]{3}$")
_OVAGT = re.compile(r"ovägt", re.IGNORECASE)


def medel_av_rader(tabell: Tabell) -> Iterator[Fynd]:
    """Yield totals of shares that are the mean of the rows in most columns but not in all."""
    for total in _totaler_av_andelar(tabell):
        poster = [r for r in tabell.rader if r < total and not tabell.ar_summa(r)]
        hela = [r for r in poster if all(tabell.text(r, k) for k in tabell.talkolumner)]
        brister = [k for k in tabell.talkolumner if _brister(tabell, total, poster, k)]
        kvar = [k for k in brister if _brister(tabell, total, hela, k)]
        if len(kvar) * 3 > len(tabell.talkolumner):
            continue
        for kolumn in kvar:
            alla, nagra = (medel_av(tabell, rader, kolumn) for rader in (poster, hela))
            text = "Totalen är ovägt medel av raderna i de andra kolumnerna men inte här"
            if alla and nagra and alla != nagra:
                text += f" (med alla rader {kort(alla.mitt)}, med dem som har alla värden {kort(nagra.mitt)})"
            vantat = nagra.mitt if nagra else None
            yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (total, kolumn), vantat, f"{text}.")


def rader_utanfor_medel(tabell: Tabell) -> Iterator[Fynd]:
    """Yield totals of shares that are the mean of some of the rows above, where nothing says so."""
    for total in _totaler_av_andelar(tabell):
        poster = [r for r in tabell.rader if r < total and not tabell.ar_summa(r)]
        hela = [r for r in poster if all(tabell.text(r, k) for k in tabell.talkolumner)]
        brister = [k for k in tabell.talkolumner if _brister(tabell, total, poster, k)]
        utan = [k for k in brister if not _brister(tabell, total, hela, k)]
        if utan and len(hela) < len(poster):
            namn = ", ".join(tabell.radnamn(r) for r in poster if r not in hela)
            kolumner = ", ".join(map(tabell.rubrik, utan))
            text = f"Totalen är ovägt medel av raderna utan {namn} i {kolumner}; det sägs inte."
            yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (total, ""), None, text)


def medel_av_manader(tabell: Tabell) -> Iterator[Fynd]:
    """Yield accumulated shares that are the mean of the months in most rows but not in all."""
    manader = [k for k in (*tabell.talkolumner, *tabell.kolumner.olasliga) if _MANAD.match(k)]
    for kolumn in (k for k in tabell.talkolumner if _ACK.match(k) and len(manader) > 1):
        brister = []
        for rad in (r for r in tabell.rader if not any(tabell.olast(r, k) for k in manader)):
            delar = [s for k in manader if (s := tabell.spann(rad, k)) is not None]
            tryckt = tabell.spann(rad, kolumn)
            if delar and tryckt is not None:
                medel = summera(delar).ganger(Fraction(1, len(delar)))
                if not medel.moter(tryckt):
                    brister.append((rad, medel))
        if len(brister) * 3 > len(tabell.rader):
            continue
        for rad, medel in brister:
            text = f"Medel av de tryckta månaderna är {kort(medel.mitt)}; i de andra raderna stämmer det."
            yield tabell.fynd(Fyndslag.DEF, Sakerhet.TROLIG, (rad, kolumn), medel.mitt, text)


def totalpriser(tabell: Tabell) -> Iterator[Fynd]:
    """Yield totals of prices that are not the mean of the prices, though another column's total is."""
    for total, kolumner in _pristotaler(tabell):
        medel = {k: medel_av(tabell, _prisrader(tabell, total), k) for k in kolumner}
        brister = [k for k in kolumner if _brister(tabell, total, _prisrader(tabell, total), k)]
        if len(brister) < len(kolumner):
            for kolumn in brister:
                text = "Totalen är ovägt medel av priserna i en annan kolumn men inte här."
                m = medel[kolumn]
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (total, kolumn), m.mitt if m else None, text)


def ovagda_priser(tabell: Tabell) -> Iterator[Fynd]:
    """Yield totals of prices that weigh all rows alike, where nothing says so and the volumes stand beside."""
    for total, kolumner in _pristotaler(tabell):
        if _OVAGT.search(tabell.radnamn(total)):
            continue
        rader = _prisrader(tabell, total)
        for kolumn in kolumner:
            volymer = next((k for k in tabell.talkolumner if k.startswith("snitt_") and _led(k) == _led(kolumn)), None)
            if volymer is None:
                continue
            vagt = vagt_medel_av(tabell, rader, kolumn, volymer)
            if vagt is not None and not _brister(tabell, total, rader, kolumn):
                vikter = tabell.rubrik(volymer)
                text = f"Totalen är ovägt medel av {len(rader)} priser, inte vägt med {vikter}; det sägs inte."
                yield tabell.fynd(Fyndslag.DEF, Sakerhet.SAKER, (total, kolumn), Fraction(round(vagt.mitt)), text)


def _led(kolumn: str) -> str:
    return kolumn.split("_", 1)[-1]


def _totaler_av_andelar(tabell: Tabell) -> Iterator[int]:
    """Yield the total rows of a table of shares."""
    if tabell.av_andelar:
        yield from (
            r for r in tabell.rader if tabell.ar_summa(r) and any(map(tabell.ar_summaord, tabell.etiketter(r)[:1]))
        )


def _pristotaler(tabell: Tabell) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the total rows that state a price, with the price columns: those beside a column of what they are per."""
    kolumner = tuple(k for k in tabell.talkolumner if tabell.ar_pris(k))
    for rad in tabell.rader:
        if tabell.ar_summa(rad) and tabell.text(rad, KOSTNADSENHET) and kolumner:
            yield rad, kolumner


def _prisrader(tabell: Tabell, total: int) -> list[int]:
    enhet = tabell.text(total, KOSTNADSENHET)
    return [r for r in tabell.rader if not tabell.ar_summa(r) and tabell.text(r, KOSTNADSENHET) == enhet]


def _brister(tabell: Tabell, total: int, rader: Sequence[int], kolumn: str) -> bool:
    """Return whether a column's total is not the mean of the rows."""
    tryckt, raknat = tabell.spann(total, kolumn), medel_av(tabell, rader, kolumn)
    return tryckt is not None and raknat is not None and not raknat.moter(tryckt)
