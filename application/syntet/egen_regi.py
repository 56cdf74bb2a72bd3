"""What printed indicators say of the board's own units in earlier years: their share, their places, their cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from application.syntet.dagar import nyar
from application.syntet.fardig import Fardig
from application.syntet.omstandigheter import Utforare, utforarnamn
from application.syntet.placeringar import Placeringar
from application.syntet.profiler import F64, FORMER, I32, MALGRUPPER, B
from application.syntet.radceller import radceller
from application.syntet.tider import Klocka, nasta_arbetsdag
from application.syntet.uppdrag import Syntetuppdrag
from domain.begrepp import Insatsform, Malgrupp, Samling
from domain.pengar import fordela

BOENDEN = (Insatsform.HVB, Insatsform.STODBOENDE)
HELDYGN = (*BOENDEN, Insatsform.SIS)
MED_PLATSER = (*BOENDEN, Insatsform.SKYDDAT_BOENDE, Insatsform.BOENDE_MISSBRUK, Insatsform.OPPENVARD_DYGN)
"""Forms whose own units have a number of places; what others have is theirs to tell."""


def tidigare_ar(uppdrag: Syntetuppdrag, matt: str) -> dict[int, float]:
    """Return what is printed of a measure for whole years before the report's, the board's own."""
    celler = (c for c in radceller(uppdrag, matt) if c.period.fran.year < uppdrag.ar and c.varde is not None)
    return {c.period.fran.year: float(c.varde or 0) for c in celler}


def dygn_i_aret(start: I32, slut: I32, ar: int) -> F64:
    """Return the care days of stays in a year."""
    dygn = np.minimum(np.maximum(slut, start + 1), nyar(ar + 1)) - np.maximum(start, nyar(ar))
    return np.asarray(np.maximum(dygn, 0), dtype=np.float64)


def kopta(
    rng: np.random.Generator, start: I32, slut: I32, andra: Mapping[int, tuple[float, float]], mal: Mapping[int, float]
) -> B:
    """Return which stays were bought, such that the own units' share of a year's days is as printed.

    Args:
        rng: source of chance.
        start: first days.
        slut: last days.
        andra: per year, the care days of others: in own units, and in all.
        mal: the printed per cent, by year.
    """
    bort = np.zeros(len(start), dtype=bool)
    for ar in sorted(mal):
        dygn = dygn_i_aret(start, slut, ar)
        egna, alla = andra[ar]
        kvar = egna + float(dygn[~bort].sum()) - mal[ar] / 100 * (alla + float(dygn.sum()))
        # Who came in earlier years is settled by them.
        for nr in rng.permutation(np.flatnonzero((start >= nyar(ar)) & (dygn > 0))).tolist():
            if dygn[nr] <= kvar:
                bort[nr] = True
                kvar -= float(dygn[nr])
    return bort


def platsandringar(
    uppdrag: Syntetuppdrag, p: Placeringar, vilken: I32, utforare: Utforare, namngivna: int, klocka: Klocka
) -> Iterator[Fardig]:
    """Yield the units' changes of places, such that the printed occupancy of a year comes out to the day.

    The first ``namngivna`` units have places of their own.
    """
    mal = tidigare_ar(uppdrag, "belaggning-exkl-ensamkommande")
    egna = np.flatnonzero((utforare.egen == 1) & np.isin(utforare.form, [FORMER.index(f) for f in BOENDEN]))
    egna = egna[egna >= namngivna]
    for ar in sorted(mal):
        dygn = dygn_i_aret(p.start, p.slut, ar) * (p.malgrupp != MALGRUPPER.index(Malgrupp.ENSAMKOMMANDE))
        per_enhet = np.bincount(vilken, weights=dygn, minlength=len(utforare.form))[egna]
        dagar = nyar(ar + 1) - nyar(ar)
        platsdygn = round(float(per_enhet.sum()) * 100 / mal[ar])
        platser = [int(n * 100 / mal[ar] // dagar) for n in per_enhet]
        hela, del_ = divmod(platsdygn - sum(platser) * dagar, dagar)
        for nr, enhet in enumerate(egna.tolist()):
            antal = platser[nr] + (nr < hela)
            yield _platser(klocka, ar, enhet, nyar(ar), antal)
            if nr == hela and del_:
                yield _platser(klocka, ar, enhet, nyar(ar + 1) - del_, antal + 1)


def _platser(klocka: Klocka, ar: int, enhet: int, dagen: int, antal: int) -> Fardig:
    tid = klocka.klockslag(nasta_arbetsdag(dagen), 8, enhet % 60)
    return Fardig(ar, tid, "platser.andrade", dagen, {"platser": antal}, Samling.UTFORARE, enhet)


def enhetskostnader(
    uppdrag: Syntetuppdrag, p: Placeringar, vilken: I32, utforare: Utforare
) -> dict[int, list[tuple[dict[str, str], int]]]:
    """Return per year what is booked on each unit, in öre, such that the printed cost per own care day comes out."""
    resultat: dict[int, list[tuple[dict[str, str], int]]] = {}
    i_boenden = (p.egen == 1) & np.isin(p.form, [FORMER.index(f) for f in BOENDEN])
    for ar, kronor in tidigare_ar(uppdrag, "intern-dygnskostnad").items():
        dygn = dygn_i_aret(p.start, p.slut, ar) * i_boenden
        per_enhet = np.bincount(vilken, weights=dygn, minlength=len(utforare.form)).astype(np.int64)
        enheter = np.flatnonzero(per_enhet).tolist()
        delar = fordela(round(kronor * float(dygn.sum()) * 100), per_enhet[enheter].tolist())
        resultat[ar] = [
            ({"enhet": utforarnamn(utforare, enhet), "insatsform": FORMER[utforare.form[enhet]].value}, ore)
            for enhet, ore in zip(enheter, delar, strict=True)
        ]
    return resultat
