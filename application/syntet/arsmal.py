"""How many intakes and investigations each year has beside those of the placed, so that the printed figures are met."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

import numpy as np

from application.syntet.arenden import INGEN, Arenden
from application.syntet.dagar import dagnr, nyar
from application.syntet.krav import Krav
from application.syntet.matt import Matt

_ANDEL_UTREDDA = 0.33  # investigations per intake where neither is printed
_ANDEL_OPPNA = 0.27  # open at the end of a year, of those begun in it
_OKNING = 1.02  # what a year without print has more than the one before
ANDEL_EXTRA = 0.05  # further intakes in cases that are open, of all intakes


@dataclass
class Arsmal:
    """One year: days ``[fran, till)``, and the numbers of what happens in cases of those not placed.

    Attributes:
        inkomna: intakes, further ones included; None where new persons are counted instead.
        extra: further intakes among them.
        brukare: age group -> persons with an open case, the placed included; None as group: of any age.
        startade: investigations begun.
        avslutade: investigations ended.
    """

    ar: int
    fran: int
    till: int
    inkomna: int
    extra: int
    brukare: dict[tuple[int, int] | None, int]
    startade: int
    avslutade: int


@dataclass(frozen=True)
class Arsserie:
    """The consecutive years, investigations open when the first begins, printed ages and their weights, and notes."""

    ar: list[Arsmal]
    oppna_fran_borjan: int
    aldrar: dict[tuple[int, int], int]
    noter: list[str]


def _i_aret(dagar: np.ndarray[tuple[int], np.dtype[np.int32]], fran: int, till: int) -> int:
    return int(((dagar >= fran) & (dagar < till)).sum())


def bygg_arsserie(krav: Krav, fasta: Arenden, ar: int, slutdag: date, skala: int) -> Arsserie | None:
    """Return the years from the first printed one to the report year, or None if no figure is about cases.

    Args:
        krav: the printed figures.
        fasta: cases that there are anyhow; what they have is taken off.
        ar: the report year.
        slutdag: last day of the history.
        skala: multiplies the figures.
    """
    tryckt: dict[Matt, dict[int, int]] = {
        m: krav.per_ar(m) for m in (Matt.INKOMNA, Matt.STARTADE, Matt.AVSLUTADE, Matt.UTREDDA, Matt.PAGAENDE)
    }
    kanda = sorted({y for m in tryckt.values() for y in m} | set(krav.brukare))
    if not kanda:
        return None
    grund = {y: sum(grupper.values()) for y, grupper in krav.brukare.items()} | tryckt[Matt.INKOMNA]
    ar_lista = list(range(kanda[0], ar + 1))
    noter: list[str] = []
    serie: list[Arsmal] = []
    oppna = forst = 0
    for y in ar_lista:
        fran, till = nyar(y), min(nyar(y + 1), dagnr(slutdag) + 1)
        startade, avslutade, oppna_fore = _utredningar(tryckt, grund, y, fasta, (fran, till), serie, oppna, skala)
        forst, oppna = (oppna_fore, oppna_fore) if not serie else (forst, oppna)
        oppna = oppna + startade - avslutade
        noter += _ihop(tryckt, y, fasta, till, oppna, skala)
        serie.append(_ett_ar(tryckt, krav, y, fasta, (fran, till), (startade, avslutade), serie, skala))
    return Arsserie(serie, forst, _aldrar(krav), noter)


def _aldrar(krav: Krav) -> dict[tuple[int, int], int]:
    """Return the printed age groups of the latest year that has any."""
    for ar in sorted(krav.brukare, reverse=True):
        grupper = {grupp: antal for grupp, antal in krav.brukare[ar].items() if grupp is not None}
        if grupper:
            return grupper
    return {}


def _del_av_aret(fran: int, till: int, ar: int) -> float:
    return (till - fran) / (366 if calendar.isleap(ar) else 365)


def _pagar(a: Arenden, dag: int) -> int:
    """Return how many of the investigations go on when a day begins."""
    return int(((a.utr_fran != INGEN) & (a.utr_fran < dag) & (a.utr_till >= dag)).sum())


def _utredningar(
    tryckt: dict[Matt, dict[int, int]],
    grund: dict[int, int],
    ar: int,
    fasta: Arenden,
    dagar: tuple[int, int],
    serie: list[Arsmal],
    oppna: int,
    skala: int,
) -> tuple[int, int, int]:
    """Return investigations begun, ended, and open when the year begins, those of the fixed cases taken off."""
    fran, till = dagar
    fast_start = _i_aret(fasta.utr_fran, fran, till)
    fast_slut = _i_aret(fasta.utr_till, fran, till)
    startade, avslutade, pagaende, utredda = (
        tryckt[m].get(ar) for m in (Matt.STARTADE, Matt.AVSLUTADE, Matt.PAGAENDE, Matt.UTREDDA)
    )
    if startade is not None:
        nya = startade * skala - fast_start
    elif utredda is not None:
        fasta_utredda = int(((fasta.utr_fran >= INGEN + 1) & (fasta.utr_fran < till) & (fasta.utr_till >= fran)).sum())
        personer = utredda * skala - fasta_utredda
        oppna = oppna if serie else round(personer * _ANDEL_OPPNA / (1 + _ANDEL_OPPNA))
        nya = personer - oppna
    elif serie and serie[-1].startade:
        nya = round(serie[-1].startade * _OKNING * _del_av_aret(fran, till, ar))
    else:
        nya = round(grund.get(ar, max(grund.values(), default=0)) * skala * _ANDEL_UTREDDA)
    if not serie and startade is not None and avslutade is not None and pagaende is not None:
        oppna = (pagaende - startade + avslutade) * skala - _pagar(fasta, fran)
    elif not serie and utredda is None:
        oppna = round(nya * _ANDEL_OPPNA)
    nya, oppna = max(0, nya), max(0, oppna)
    if avslutade is not None:
        klara = avslutade * skala - fast_slut
    else:
        klara = nya + oppna - round((nya / max(_del_av_aret(fran, till, ar), 0.05)) * _ANDEL_OPPNA)
    return nya, min(max(0, klara), nya + oppna), oppna


def _ihop(tryckt: dict[Matt, dict[int, int]], ar: int, fasta: Arenden, till: int, oppna: int, skala: int) -> list[str]:
    """Return a note if the printed stock is not what begun and ended ones leave."""
    pagaende = tryckt[Matt.PAGAENDE].get(ar)
    if pagaende is None:
        return []
    raknat = oppna + _pagar(fasta, till)
    if raknat == pagaende * skala:
        return []
    return [
        f"Pågående utredningar sista dagen {ar}: {pagaende} är tryckt, men de påbörjade och avslutade ger "
        f"{raknat / skala:g}; flödet följs."
    ]


def _ett_ar(
    tryckt: dict[Matt, dict[int, int]],
    krav: Krav,
    ar: int,
    fasta: Arenden,
    dagar: tuple[int, int],
    utredningar: tuple[int, int],
    serie: list[Arsmal],
    skala: int,
) -> Arsmal:
    """Return a year's target; where no intakes are printed the year before is followed."""
    fran, till = dagar
    brukare = {grupp: antal * skala for grupp, antal in krav.brukare.get(ar, {}).items()}
    tryckta = tryckt[Matt.INKOMNA].get(ar)
    fast = _i_aret(fasta.inkom, fran, till)
    if tryckta is not None:
        inkomna = tryckta * skala - fast
    elif serie:
        forra = serie[-1]
        inkomna = round(
            forra.inkomna * _OKNING * _del_av_aret(fran, till, ar) / _del_av_aret(forra.fran, forra.till, forra.ar)
        )
    else:
        inkomna = round(utredningar[0] / _ANDEL_UTREDDA)
    inkomna = max(inkomna, utredningar[0])
    extra = min(round(inkomna * ANDEL_EXTRA), inkomna - utredningar[0], utredningar[0] // 3)
    return Arsmal(ar, fran, till, inkomna, extra, brukare, *utredningar)
