"""Who: which stays belong to the same invented person, and that person's sex and year of birth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from application.syntet.dagar import ar_av
from application.syntet.profiler import (
    ALDRAR,
    ANDEL_ATERKOMMANDE,
    ANDEL_MAN,
    I8,
    I32,
    KON,
    LANGSTA_VISTELSE,
    MALGRUPPER,
)
from domain.begrepp import Kon, Malgrupp

_MINNE = 400  # days after a stay within which a person may come back


@dataclass(frozen=True)
class Folk:
    """Persons: sex (index in KON) and year of birth."""

    kon: I8
    fodelsear: I32


def para_ihop(rng: np.random.Generator, start: I32, upptagen: I32, tak: int, forsta: int) -> tuple[I32, I32]:
    """Return (person, previous stay or -1) per stay, so that nobody has two stays at a time.

    Args:
        rng: source of chance.
        start: first days.
        upptagen: the day after the last covered day.
        tak: days from a person's first day within which all stays must begin.
        forsta: number of the first person.
    """
    antal = len(start)
    ordning, avslut = np.argsort(start, kind="stable").tolist(), np.argsort(upptagen, kind="stable").tolist()
    lott, val = rng.random(antal).tolist(), rng.random(antal).tolist()
    starter, slut = start.tolist(), upptagen.tolist()
    person, fore = np.full(antal, -1, dtype=np.int32), np.full(antal, -1, dtype=np.int32)
    forsta_dag: list[int] = []
    lediga: list[int] = []
    huvud = nasta_avslut = 0
    for i in ordning:
        dag = starter[i]
        while slut[avslut[nasta_avslut]] <= dag:
            lediga.append(avslut[nasta_avslut])
            nasta_avslut += 1
        while huvud < len(lediga) and slut[lediga[huvud]] < dag - _MINNE:
            huvud += 1
        if huvud < len(lediga) and lott[i] < ANDEL_ATERKOMMANDE:
            plats = huvud + int(val[i] * (len(lediga) - huvud))
            lediga[huvud], lediga[plats] = lediga[plats], lediga[huvud]
            j = lediga[huvud]
            if slut[j] >= dag - _MINNE and dag - forsta_dag[person[j]] < tak:
                huvud += 1
                person[i], fore[i] = person[j], j
                continue
        person[i] = len(forsta_dag)
        forsta_dag.append(dag)
    return person + np.int32(forsta), fore


def skapa_folk(rng: np.random.Generator, person: I32, malgrupp: I8, start: I32, slut: I32, bestamt_kon: I8) -> Folk:
    """Return the persons of stays; ages lie within the target group from the first day to the last.

    Args:
        rng: source of chance.
        person: person per stay, numbered from 0 without gaps.
        malgrupp: index in MALGRUPPER per stay.
        start: first day per stay.
        slut: last day per stay, at most the end of the history.
        bestamt_kon: index in KON that a row demands, or -1.
    """
    antal = int(person.max()) + 1
    forsta, sista = np.full(antal, np.iinfo(np.int32).max, dtype=np.int32), np.zeros(antal, dtype=np.int32)
    np.minimum.at(forsta, person, start)
    np.maximum.at(sista, person, slut)
    grupp, kon_krav = np.zeros(antal, dtype=np.int8), np.full(antal, -1, dtype=np.int8)
    grupp[person], kon_krav[person] = malgrupp, bestamt_kon
    yngst = np.array([ALDRAR[m][0] for m in MALGRUPPER], dtype=np.int32)[grupp]
    aldst = np.array([ALDRAR[m][1] for m in MALGRUPPER], dtype=np.int32)[grupp]
    senast = ar_av(forsta) - yngst
    tidigast = np.minimum(ar_av(sista) - aldst, senast)
    vuxna = grupp == MALGRUPPER.index(Malgrupp.VUXNA)
    lage = np.where(vuxna, rng.beta(1.2, 2.3, antal), rng.random(antal))
    fodelsear = senast - np.rint((senast - tidigast) * lage).astype(np.int32)
    andel_man = np.array([ANDEL_MAN[m] for m in MALGRUPPER])[grupp]
    kon = np.where(rng.random(antal) < andel_man, KON.index(Kon.MAN), KON.index(Kon.KVINNA))
    return Folk(np.where(kon_krav >= 0, kon_krav, kon).astype(np.int8), fodelsear.astype(np.int32))


def langsta(malgrupper: tuple[Malgrupp, ...]) -> int:
    """Return the longest unbroken care, in days, that suits all of some target groups."""
    return min(LANGSTA_VISTELSE[m] for m in malgrupper)
