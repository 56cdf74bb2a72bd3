"""Printed figures about cases that are met by choosing: time limits kept, sexes, kinds, and stocks on a day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from application.syntet.arenden import (
    ARENDESLUT,
    ARENDETYPER,
    INGEN,
    SATT,
    STATUS,
    UTAN_STATUS,
    UTFALL,
    Arenden,
    nya_manniskor,
    tomma,
    utredningstid,
)
from application.syntet.dagar import ar_av, dagnr
from application.syntet.krav import Krav, Tal
from application.syntet.matt import Matt
from application.syntet.personer import Folk
from application.syntet.profiler import FORMER, I32, I64, KON, MALGRUPPER, OPPEN, B
from domain.arende.begrepp import Aktualiseringssatt, Arendeslut, Arendetyp, Ensamkommandestatus, Utredningsutfall
from domain.begrepp import Insatsform, Kon, Malgrupp
from domain.tid import kalenderar

_OMSLAG = 0.45  # of a stock, the share that is another a year later
_SYSKON = 0.25
_BARNALDER, _UNGDOMSALDER = 17, 20
_FORHANDSFRIST, _UTREDNINGSFRIST = 14, 120

# Stocks on a day ----------------------------------------------------------------------------------------------------


def bestand(rng: np.random.Generator, mal: Sequence[tuple[int, int]]) -> tuple[I32, I32]:
    """Return first and last days (OPPEN: goes on) of things of which so many go on at the end of each day given."""
    start: list[int] = []
    slut: list[int] = []
    kvar: list[int] = []
    forra = None
    for dag, antal in mal:
        stannar = 0 if forra is None else min(antal, len(kvar), round(len(kvar) * (1 - _OMSLAG)))
        ordning = rng.permutation(kvar).tolist()
        for i in ordning[stannar:]:
            slut[i] = int(rng.integers((forra or dag) + 1, dag + 1))
        nya = antal - stannar
        forst = dag - 900 if forra is None else forra + 1
        start += [int(d) for d in rng.integers(forst, dag + 1, nya)]
        slut += [OPPEN] * nya
        kvar = ordning[:stannar] + list(range(len(start) - nya, len(start)))
        forra = dag
    return np.array(start, dtype=np.int32), np.array(slut, dtype=np.int32)


def insatser(
    rng: np.random.Generator, mal: Sequence[tuple[int, int]], former: Sequence[Insatsform], slutdag: int
) -> tuple[Arenden, Folk]:
    """Return cases with a service without care days, as many going on as printed for each day."""
    start, slut = bestand(rng, mal)
    vuxna = Insatsform.SOCIALT_KONTRAKT in former
    grupper = [Malgrupp.VUXNA] if vuxna else [Malgrupp.BARN, Malgrupp.UNGA]
    malgrupp = rng.choice([MALGRUPPER.index(m) for m in grupper], size=len(start)).astype(np.int8)
    tid = utredningstid(rng, len(start)) // (4 if vuxna else 1)
    a = tomma(rng, start - rng.integers(0, 20, len(start)) - tid, malgrupp)
    a.satt[:] = SATT.index(Aktualiseringssatt.ANSOKAN)
    a.utr_fran, a.utr_till = a.inkom.copy(), (a.inkom + tid).astype(np.int32)
    a.utfall[:] = UTFALL.index(Utredningsutfall.INSATS)
    a.form = rng.choice([FORMER.index(f) for f in former], size=len(a)).astype(np.int8)
    a.ins_fran, a.ins_till = start, slut
    if vuxna:
        a.typ[:] = ARENDETYPER.index(Arendetyp.BOSTADSSOCIALT)
    stangd = slut + rng.integers(0, 10, len(a))
    a.slut = np.where(stangd <= slutdag, stangd, OPPEN).astype(np.int32)
    a.slutorsak[:] = ARENDESLUT.index(Arendeslut.INSATSEN_AVSLUTAD)
    return a, nya_manniskor(rng, a)


def ensamkommande(
    rng: np.random.Generator, tal: list[Tal], placerade: Arenden, slutdag: int, skala: int
) -> tuple[list[tuple[Arenden, Folk]], list[str]]:
    """Return cases of unaccompanied children so that with the placed ones as many are open as printed for each day.

    The placed count among those that are the municipality's for good. Should they be too many, the ones that are
    are taken off the count: their cases are about a child or young person like any other.
    """
    noter: list[str] = []
    block: list[tuple[Arenden, Folk]] = []
    for ord_ in sorted({t.etikett for t in tal}):
        egna = [t for t in tal if t.etikett == ord_]
        status = Ensamkommandestatus.ASYLSOKANDE if "asyl" in ord_.lower() else Ensamkommandestatus.KOMMUNPLACERAD
        mal = [(dagnr(t.period.till) - 1, int(t.varde) * skala, t) for t in egna if dagnr(t.period.till) - 1 <= slutdag]
        if status is Ensamkommandestatus.KOMMUNPLACERAD:
            for dag, antal, t in mal:
                bort = _ta_bort(rng, placerade, dag, antal)
                if bort:
                    noter.append(
                        f"Ensamkommande {t.period}: {bort} fler är placerade än de {t.varde} tryckta; de räknas som "
                        "andra barn och unga."
                    )
            # Who is taken off for one day may be there on another, so what is lacking is counted last.
            mal = [(dag, max(0, antal - len(_placerade_den(placerade, dag))), t) for dag, antal, t in mal]
        start, slut = bestand(rng, [(dag, antal) for dag, antal, _ in mal])
        block.append(_ankomna(rng, start, slut, status))
    return block, noter


def _placerade_den(a: Arenden, dag: int) -> I64:
    """Return which of the placed count as unaccompanied on a day."""
    return np.flatnonzero((a.status != UTAN_STATUS) & (a.inkom <= dag) & (a.slut > dag))


def _ta_bort(rng: np.random.Generator, a: Arenden, dag: int, antal: int) -> int:
    """Take those of the placed that are more than a number off the count of a day; return how many they were."""
    har = _placerade_den(a, dag)
    bort = rng.permutation(har)[: max(0, len(har) - antal)]
    a.status[bort] = UTAN_STATUS
    a.typ[bort] = ARENDETYPER.index(Arendetyp.BARN_OCH_UNGA)
    return len(bort)


def _ankomna(rng: np.random.Generator, start: I32, slut: I32, status: Ensamkommandestatus) -> tuple[Arenden, Folk]:
    a = tomma(rng, start, np.full(len(start), MALGRUPPER.index(Malgrupp.ENSAMKOMMANDE), dtype=np.int8))
    a.typ[:] = ARENDETYPER.index(Arendetyp.ENSAMKOMMANDE)
    a.satt[:] = SATT.index(Aktualiseringssatt.ANNAT)
    a.status[:] = STATUS.index(status)
    a.slut = slut
    a.slutorsak[:] = ARENDESLUT.index(Arendeslut.ANSVARET_OVERLAMNAT)
    return a, nya_manniskor(rng, a, andel_kvinnor=0.2)


# Kinds and sexes ----------------------------------------------------------------------------------------------------


def valj_typer(rng: np.random.Generator, a: Arenden, fri: B, krav: Krav, skala: int) -> list[str]:
    """Make so many of a year's cases of a kind as printed; they begin and end within the year."""
    noter: list[str] = []
    for matt, typ in ((Matt.VALD, Arendetyp.VALD_I_NARA_RELATION), (Matt.SPEL, Arendetyp.SPELMISSBRUK)):
        for ar, antal in krav.per_ar(matt).items():
            kan = fri & (ar_av(a.inkom) == ar) & (a.slut < OPPEN) & ~a.barn
            kan &= ar_av(np.where(a.slut < OPPEN, a.slut, 0).astype(np.int32)) == ar
            vilka = rng.permutation(np.flatnonzero(kan))[: antal * skala]
            a.typ[vilka] = ARENDETYPER.index(typ)
            fri[vilka] = False
            if len(vilka) < antal * skala:
                noter.append(f"{matt.value.capitalize()} {ar}: {antal} är tryckta men {len(vilka) / skala:g} nåddes.")
    return noter


def valj_kon(rng: np.random.Generator, a: Arenden, folk: Folk, forsta: int, krav: Krav) -> None:
    """Set the sex of those not placed so that the share of intakes per sex and year rounds to the printed one."""
    for t, procent in krav.procent_kvinnor(Matt.INKOMNA):
        ar = t.period.fran.year
        if t.period != kalenderar(ar):
            continue
        inkomna = (ar_av(a.inkom) == ar).astype(np.int64) + ((a.extra != INGEN) & (ar_av(np.maximum(a.extra, 0)) == ar))
        fria = np.flatnonzero((inkomna == 1) & (ar_av(a.inkom) == ar) & (np.arange(len(a)) >= forsta))
        kvinna = folk.kon == KON.index(Kon.KVINNA)
        ovriga = int(inkomna[kvinna].sum()) - int(kvinna[fria].sum())
        mal = round(procent / 100 * int(inkomna.sum())) - ovriga
        blandade = rng.permutation(fria)
        folk.kon[blandade[: max(0, mal)]] = KON.index(Kon.KVINNA)
        folk.kon[blandade[max(0, mal) :]] = KON.index(Kon.MAN)


# Shares within a time limit -----------------------------------------------------------------------------------------


def mot_fristerna(rng: np.random.Generator, a: Arenden, folk: Folk, krav: Krav) -> list[str]:
    """Move first days so that the shares within 14 and 120 days round to the printed ones; last days stay."""
    noter: list[str] = []
    for t in krav.av(Matt.INOM_120):
        alder = ar_av(np.maximum(a.utr_till % OPPEN, 0)) - folk.fodelsear
        urval = (a.utr_till >= dagnr(t.period.fran)) & (a.utr_till < dagnr(t.period.till)) & (alder <= _UNGDOMSALDER)
        urval &= a.barn
        forskjutning = a.utr_fran.copy()
        noter += _mot(rng, a, urval, t, _UTREDNINGSFRIST, a.utr_till, a.utr_fran)
        flyttade = np.flatnonzero(a.utr_fran != forskjutning)
        anmalda = flyttade[a.bedomd[flyttade] != INGEN]
        tid = forskjutning[flyttade] - a.inkom[flyttade]
        a.bedomd[anmalda] = a.utr_fran[anmalda]
        a.inkom[flyttade] = np.maximum(a.utr_fran[flyttade] - tid, _arets_forsta(a.utr_fran[flyttade]))
        a.extra[flyttade] = np.where(
            a.extra[flyttade] == INGEN, INGEN, np.clip(a.extra[flyttade], a.utr_fran[flyttade], a.utr_till[flyttade])
        )
    for t in krav.av(Matt.INOM_14):
        alder = ar_av(np.maximum(a.bedomd, 0)) - folk.fodelsear
        urval = (a.bedomd >= dagnr(t.period.fran)) & (a.bedomd < dagnr(t.period.till)) & (alder <= _BARNALDER)
        noter += _mot(rng, a, urval, t, _FORHANDSFRIST, a.bedomd, a.inkom)
    return noter


def _arets_forsta(dagar: I32) -> I32:
    return dagar.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int32)


def _mot(rng: np.random.Generator, a: Arenden, urval: B, t: Tal, frist: int, slut: I32, borjan: I32) -> list[str]:
    """Move first days, each within its year, until the share of the chosen within the limit is as printed."""
    inom = slut - borjan <= frist
    antal = int(urval.sum())
    mal = round(float(t.varde) / 100 * antal)
    skillnad = mal - int((inom & urval).sum())
    fri = urval & ~a.placerad
    forsta = _arets_forsta(borjan)
    sista = forsta + 364
    lott = rng.random(len(a))
    if skillnad > 0:
        ny = slut - (lott * frist).astype(np.int32)
        kan = fri & ~inom & (np.minimum(ny, sista) >= slut - frist)
        ny = np.minimum(ny, sista)
    else:
        ny = slut - frist - 1 - (lott * frist / 2).astype(np.int32)
        kan = fri & inom & (np.maximum(ny, forsta) < slut - frist)
        ny = np.maximum(ny, forsta)
    vilka = rng.permutation(np.flatnonzero(kan))[: abs(skillnad)]
    borjan[vilka] = ny[vilka]
    if len(vilka) < abs(skillnad):
        return [f"{t.matt.value.capitalize()} {t.period}: {t.varde} procent kunde inte nås helt."]
    return []


def med_syskon(rng: np.random.Generator, a: Arenden) -> None:
    """Let some children whose matters came in on the same day be of one family."""
    barn = np.flatnonzero(a.barn & ~a.placerad)
    ordning = barn[np.argsort(a.inkom[barn], kind="stable")]
    samma = (a.inkom[ordning[1:]] == a.inkom[ordning[:-1]]) & (rng.random(max(len(ordning) - 1, 0)) < _SYSKON)
    for i in np.flatnonzero(samma).tolist():
        fore, efter = ordning[i], ordning[i + 1]
        a.familj[fore] = fore if a.familj[fore] == INGEN else a.familj[fore]
        a.familj[efter] = a.familj[fore]
