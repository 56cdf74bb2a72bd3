"""The cases of those who are not placed, year by year, as many as the targets say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from application.syntet.arenden import (
    ARENDESLUT,
    INGEN,
    INSATSSLUT,
    SATT,
    UTFALL,
    Arenden,
    bedomning,
    insatstid,
    nya_manniskor,
    tomma,
    utredningstid,
)
from application.syntet.arsmal import Arsmal, Arsserie
from application.syntet.dagar import ar_av, dag
from application.syntet.personer import Folk
from application.syntet.profiler import ALDRAR, FORMER, I32, MALGRUPPER, OPPEN, SASONG
from domain.arende.begrepp import Aktualiseringssatt, Arendeslut, Insatsslut, Utredningsutfall
from domain.begrepp import Insatsform, Malgrupp

_ALDST_NYA = 88
_KORT = 2  # days; nothing more comes in during shorter investigations
_GRUPPER = ((Malgrupp.BARN, 0.42), (Malgrupp.UNGA, 0.31), (Malgrupp.VUXNA, 0.27))
_UTFALL = (
    (Utredningsutfall.INGEN_INSATS, 0.5), (Utredningsutfall.INSATS, 0.42), (Utredningsutfall.ATERKALLAD, 0.05),
    (Utredningsutfall.OVERFLYTTAD, 0.03),
)  # fmt: skip
_SLUT = (
    (Insatsslut.ENLIGT_PLAN, 0.45), (Insatsslut.MAL_UPPNATT, 0.25), (Insatsslut.EGET_AVBROTT, 0.2),
    (Insatsslut.FLYTT, 0.05), (Insatsslut.ANNAN, 0.05),
)  # fmt: skip


@dataclass
class Utredningar:
    """The investigations of all years: first day and last day (OPPEN: goes on)."""

    fran: I32
    till: I32


def utredningar(rng: np.random.Generator, serie: Arsserie) -> Utredningar:
    """Return investigations of which each year begins and ends as many as its target says.

    The ones that should end first do; a day outside the year they must end in is moved into it.
    """
    forst = serie.ar[0].fran
    fran = [
        forst - np.minimum(rng.integers(1, 150, serie.oppna_fran_borjan), utredningstid(rng, serie.oppna_fran_borjan))
    ]
    tankt = [forst + rng.integers(0, 150, serie.oppna_fran_borjan)]
    for mal in serie.ar:
        start = sasongsdagar(rng, mal, mal.startade)
        fran.append(start)
        tankt.append(start + utredningstid(rng, mal.startade))
    borjan, slut = np.concatenate(fran).astype(np.int64), np.concatenate(tankt).astype(np.int64)
    till = np.full(len(borjan), OPPEN, dtype=np.int64)
    for mal in serie.ar:
        oppna = np.flatnonzero((borjan < mal.till) & (till == OPPEN))
        oppna = oppna[np.argsort(slut[oppna], kind="stable")][: mal.avslutade]
        # An investigation that ends the day it began, or on New Year's Day, has gone on no day of the year.
        tak = np.full(len(oppna), mal.till - 1)
        golv = np.minimum(np.maximum(borjan[oppna], mal.fran) + 1, tak)
        inom = golv + (rng.random(len(oppna)) * (tak - golv + 1)).astype(np.int64)
        sena = slut[oppna] > tak
        tidiga = np.minimum(golv + rng.integers(0, 40, len(oppna)), tak)
        till[oppna] = np.where(sena, inom, np.where(slut[oppna] < golv, tidiga, slut[oppna]))
    return Utredningar(borjan.astype(np.int32), till.astype(np.int32))


def sasongsdagar(rng: np.random.Generator, mal: Arsmal, antal: int) -> I32:
    """Return days of a year, more in some months than in others."""
    if not antal:
        return np.empty(0, dtype=np.int32)
    vikt = np.array([SASONG[dag(d).month - 1] for d in range(mal.fran, mal.till)])
    return (mal.fran + rng.choice(mal.till - mal.fran, size=antal, p=vikt / vikt.sum())).astype(np.int32)


def ovriga(rng: np.random.Generator, serie: Arsserie, fasta: Arenden, folk: Folk, slutdag: int) -> tuple[Arenden, Folk]:
    """Return the cases of all years beside the fixed ones, and the persons in them."""
    u = utredningar(rng, serie)
    block: list[tuple[Arenden, Folk]] = []
    forst = serie.ar[0]
    tidiga = np.flatnonzero(u.fran < forst.fran)
    block.append(_utredda(rng, u.fran[tidiga], u.till[tidiga], INGEN, slutdag, serie.aldrar))
    for mal in serie.ar:
        vilka = np.flatnonzero((u.fran >= mal.fran) & (u.fran < mal.till))
        block.append(_utredda(rng, u.fran[vilka], u.till[vilka], mal.fran, slutdag, serie.aldrar))
        if mal.brukare:
            block.append(_brukare(rng, mal, [(fasta, folk), *block], slutdag, serie))
        else:
            inkom = sasongsdagar(rng, mal, mal.inkomna - mal.startade - mal.extra)
            block.append(_ej_utredda(rng, inkom, _aldrar(rng, len(inkom), serie.aldrar), slutdag))
        _mer_inkommet(rng, [block[-2][0], block[-1][0]], mal)
    a, nya = block[0]
    for fler, manniskor in block[1:]:
        a = a.utokade(fler)
        nya = Folk(np.concatenate([nya.kon, manniskor.kon]), np.concatenate([nya.fodelsear, manniskor.fodelsear]))
    return a, nya


def _aldrar(rng: np.random.Generator, antal: int, aldrar: dict[tuple[int, int], int]) -> I32:
    """Return ages in proportion to the printed groups, or as usual where none are printed."""
    if aldrar:
        vikt = np.array(list(aldrar.values()), dtype=np.float64)
        granser = np.array(list(aldrar))[rng.choice(len(vikt), size=antal, p=vikt / vikt.sum())]
    else:
        vikt = np.array([andel for _, andel in _GRUPPER])
        granser = np.array([ALDRAR[m] for m, _ in _GRUPPER])[rng.choice(len(vikt), size=antal, p=vikt)]
    spann = np.minimum(granser[:, 1], _ALDST_NYA) - granser[:, 0]
    lage = np.where(granser[:, 0] > ALDRAR[Malgrupp.UNGA][1], rng.beta(1.2, 2.3, antal), rng.random(antal))
    return np.asarray(granser[:, 0] + np.rint(spann * lage), dtype=np.int32)


def _grupp_av(alder: I32) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """Return the index of the target group that ages belong to."""
    barn, unga = (alder <= ALDRAR[m][1] for m in (Malgrupp.BARN, Malgrupp.UNGA))
    vuxna = MALGRUPPER.index(Malgrupp.VUXNA)
    grupp = np.where(barn, MALGRUPPER.index(Malgrupp.BARN), np.where(unga, MALGRUPPER.index(Malgrupp.UNGA), vuxna))
    return np.asarray(grupp, dtype=np.int8)


def _kon(rng: np.random.Generator, a: Arenden, alder: I32) -> Folk:
    """Return the persons of cases, of ages at the intake."""
    return Folk(nya_manniskor(rng, a).kon, (ar_av(a.inkom) - alder).astype(np.int32))


def _utredda(
    rng: np.random.Generator, fran: I32, till: I32, golv: int, slutdag: int, aldrar: dict[tuple[int, int], int]
) -> tuple[Arenden, Folk]:
    """Return cases with an investigation; they came in the same year as it began."""
    alder = _aldrar(rng, len(fran), aldrar)
    a = tomma(rng, fran, _grupp_av(alder))
    anmald = a.satt == SATT.index(Aktualiseringssatt.ANMALAN)
    inkom = np.where(anmald, fran - bedomning(rng, len(fran)), fran - rng.integers(0, 8, len(fran)))
    a.inkom = np.maximum(inkom, golv).astype(np.int32)
    a.bedomd = np.where(anmald, fran, INGEN).astype(np.int32)
    a.utr_fran, a.utr_till = fran.astype(np.int32), till.astype(np.int32)
    a.utfall = rng.choice([UTFALL.index(u) for u, _ in _UTFALL], size=len(a), p=[v for _, v in _UTFALL]).astype(np.int8)
    med_insats(rng, a, slutdag)
    return a, _kon(rng, a, alder)


def med_insats(rng: np.random.Generator, a: Arenden, slutdag: int) -> None:
    """Give those whose investigation led to it a service without care days, and close what is over."""
    antal = len(a)
    klar = a.utr_till < OPPEN
    far = klar & (a.utfall == UTFALL.index(Utredningsutfall.INSATS))
    borjan = a.utr_till + rng.integers(0, 35, antal)
    far &= borjan <= slutdag
    a.form[far] = FORMER.index(Insatsform.OPPENVARD_OVRIG)
    a.ins_fran = np.where(far, borjan, INGEN).astype(np.int32)
    slut = borjan + insatstid(rng, antal)
    a.ins_till = np.where(far, np.where(slut <= slutdag, slut, OPPEN), INGEN).astype(np.int32)
    vikter = [vikt for _, vikt in _SLUT]
    a.ins_slut = rng.choice([INSATSSLUT.index(s) for s, _ in _SLUT], size=antal, p=vikter).astype(np.int8)
    vantar = klar & ~far & (a.utfall == UTFALL.index(Utredningsutfall.INSATS))
    sist = np.where(far, a.ins_till, a.utr_till) + rng.integers(0, 15, antal)
    a.slut = np.where(klar & ~vantar & (sist <= slutdag), sist, OPPEN).astype(np.int32)
    orsak = np.where(far, ARENDESLUT.index(Arendeslut.INSATSEN_AVSLUTAD), ARENDESLUT.index(Arendeslut.INGEN_INSATS))
    a.slutorsak = orsak.astype(np.int8)


def _ej_utredda(rng: np.random.Generator, inkom: I32, alder: I32, slutdag: int) -> tuple[Arenden, Folk]:
    """Return cases that came in and did not lead to an investigation."""
    a = tomma(rng, inkom, _grupp_av(alder))
    a.satt[:] = SATT.index(Aktualiseringssatt.ANMALAN)
    bedomd = inkom + bedomning(rng, len(a))
    a.bedomd = np.where(bedomd <= slutdag, bedomd, INGEN).astype(np.int32)
    slut = bedomd + rng.integers(0, 6, len(a))
    a.slut = np.where((slut <= slutdag) & (a.bedomd != INGEN), slut, OPPEN).astype(np.int32)
    a.slutorsak[:] = ARENDESLUT.index(Arendeslut.UTREDNING_INLEDS_INTE)
    return a, _kon(rng, a, alder)


def aktiva(a: Arenden, fran: int, till: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which cases are open some day of a period."""
    return np.asarray((a.inkom < till) & (a.slut >= fran))


def _brukare(
    rng: np.random.Generator, mal: Arsmal, kanda: list[tuple[Arenden, Folk]], slutdag: int, serie: Arsserie
) -> tuple[Arenden, Folk]:
    """Return as many more cases as the year's persons per age group lack."""
    inkom: list[I32] = []
    aldrar: list[I32] = []
    for grupp, antal in mal.brukare.items():
        har = 0
        for a, folk in kanda:
            alder = mal.ar - folk.fodelsear[: len(a)]
            ratt = np.ones(len(a), dtype=np.bool_) if grupp is None else (alder >= grupp[0]) & (alder <= grupp[1])
            har += int((ratt & aktiva(a, mal.fran, mal.till)).sum())
        nya = max(0, antal - har)
        inkom.append(sasongsdagar(rng, mal, nya))
        aldrar.append(_aldrar(rng, nya, serie.aldrar if grupp is None else {grupp: 1}))
    return _ej_utredda(rng, np.concatenate(inkom), np.concatenate(aldrar), slutdag)


def _mer_inkommet(rng: np.random.Generator, delar: list[Arenden], mal: Arsmal) -> None:
    """Let something more come in while some of the year's investigations go on."""
    (utredda, _), antal = delar, mal.extra
    sist = np.minimum(utredda.utr_till, mal.till - 1)
    kan = np.flatnonzero(sist - utredda.utr_fran > _KORT)
    if not len(kan):
        return
    vilka = rng.permutation(kan)[:antal]
    utredda.extra[vilka] = (
        utredda.utr_fran[vilka]
        + 1
        + (rng.random(len(vilka)) * (sist[vilka] - utredda.utr_fran[vilka] - 1)).astype(np.int32)
    )
