"""The facts a forecast is made from: read once, with all that was ever known, and cut at each origin in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from application.ports import REGISTRERAD, Faktahistorik, Huvudbok
from application.prognos.rader import FORM, GRUPP, Prognosrader
from application.prognos.stangningar import las_stangningar
from domain.arende.handelser import UtredningPaborjad
from domain.begrepp import Prissort, Prognosslag
from domain.fakta import ANNAN_BETALAR as NAGON_ANNAN
from domain.fakta import BUDGET, BUDGETVOLYM, FRANVARO, PROGNOS, UTFALL, VISTELSE, Belopp, Intervall, Punkt
from domain.matt.modell import Urval
from domain.prognos.bokfort import Beloppsrader, Stangningar
from domain.prognos.ledare import Forebud
from domain.prognos.modell import Historia
from domain.prognos.underlag import (
    ANNAN_BETALAR,
    I64,
    INGET_PRIS,
    PER_DYGN,
    PER_MANAD,
    UTANFOR,
    Fonster,
    Segment,
    Ursprung,
    Vistelsedelar,
    inga_delar,
)
from domain.tid import OANDLIG_DAG, ogonblick_av, svensk_dag

_PRISSORT = {
    None: INGET_PRIS,
    Prissort.DYGN.value: PER_DYGN,
    Prissort.MANAD.value: PER_MANAD,
    NAGON_ANNAN: ANNAN_BETALAR,
}
_EGNA = (
    "handelser",
    REGISTRERAD,
    "kand_fran",
    "kand_till",
    "fran",
    "till",
    "strom",
    "person",
    "slag",
    "betald",
    "prissort",
    "pris",
)
_BELOPP = (
    "handelser", "kand_fran", "kand_till", "slag", "dag", "manad", "avser_manad", "belopp", "ordning", "underslag"
)  # fmt: skip
_PLAN = ("kand_fran", "kand_till", "dag", "manad", "antal", "prissort", "pris")
BELOPPSSLAG = (BUDGET, UTFALL, PROGNOS)
"""The kinds of amount that are read, in the order of ``domain.prognos.bokfort.Beloppsslag``."""

_TIMME = 3_600_000_000
"""Microseconds."""

_VID = {slag.value: nr for nr, slag in enumerate(Prognosslag)}


@dataclass(frozen=True)
class Prognosfakta:
    """All that was ever known of a municipality's care and money, up to a position.

    Attributes:
        rader: the rows.
        historia: the parts of stays, the flows they are in, and the investigations that come before.
        belopp: budget, booked outcome and adopted forecasts, per row.
        plan: what the budget reckons with.
        stangningar: the months and years that the board has closed.
    """

    rader: Prognosrader
    historia: Historia
    belopp: Beloppsrader
    plan: Volymplan
    stangningar: Stangningar


class Volymrad(NamedTuple):
    """A budgeted volume: when it was known, its day and month, persons per day, and what they cost a day or a year."""

    kand_fran: int
    kand_till: int
    dag: int
    manad: int
    rad: int
    personer: float
    per_dag: float
    per_ar: float


@dataclass(frozen=True)
class Volymplan:
    """What persons and prices the budget reckons with."""

    rader: tuple[Volymrad, ...]

    def vid(self, rad: int, ursprung: Ursprung, fonster: Fonster) -> tuple[float, float]:
        """Return persons per day and what they cost in the window, as budgeted at an origin."""
        med = [
            v for v in self.rader
            if v.rad == rad and v.kand_fran <= ursprung.position < v.kand_till and v.dag <= ursprung.dag
            and fonster.fran <= v.manad < fonster.till
        ]  # fmt: skip
        return sum(v.personer for v in med), sum(v.per_dag * fonster.dagar + v.per_ar for v in med)


def las_fakta(
    historik: Faktahistorik, huvudbok: Huvudbok, rader: Prognosrader, kommun: str, namnd: str | None, position: int
) -> Prognosfakta:
    """Read everything once."""
    segment, delar = _las_delar(historik, rader, kommun, position)
    urval = {"kommun": (kommun,)} | ({"namnd": (namnd,)} if namnd else {})
    belopp, plan = _las_belopp(historik, rader, urval, position), _las_plan(historik, rader, urval, position)
    historia = Historia(delar, segment, _las_forebud(historik, kommun, position))
    return Prognosfakta(rader, historia, belopp, plan, las_stangningar(historik, huvudbok, urval, position))


def _las_forebud(historik: Faktahistorik, kommun: str, position: int) -> Forebud:
    """Read the begun investigations: what comes before care."""
    urval = {"kommun": (kommun,), "slag": (UtredningPaborjad.typ,)}
    lasta = historik.kolumner(Punkt, ("kand_fran", "kand_till", "dag", REGISTRERAD), urval, position)
    kand_fran, kand_till, dag, registrerad = np.array(lasta, dtype=np.int64).reshape(-1, 4).T
    return Forebud(kand_fran, kand_till, dag, _registreringsdagar(registrerad.tolist()))


def _registreringsdagar(mikrosekunder: Sequence[int]) -> I64:
    return np.array([_dagen(m // _TIMME) for m in mikrosekunder], dtype=np.int64)


@lru_cache(maxsize=100_000)
def _dagen(timme: int) -> int:
    """Return the number of the Swedish day that an hour since 1970 lies in: midnight is always at the turn of one."""
    return svensk_dag(ogonblick_av(timme * _TIMME)).toordinal()


def _dimensioner(rader: Prognosrader, form: type[Any], *ocksa: str) -> tuple[str, ...]:
    """Return the dimensions that decide which row a fact belongs to, those of its shape."""
    namnda = dict.fromkeys((*ocksa, *(namn for urval in rader.urval for namn in urval)))
    return tuple(namn for namn in namnda if namn in form._fields)


def _las_delar(
    historik: Faktahistorik, rader: Prognosrader, kommun: str, position: int
) -> tuple[tuple[Segment, ...], Vistelsedelar]:
    dimensioner = _dimensioner(rader, Intervall, FORM, GRUPP)
    urval = {"kommun": (kommun,), "slag": (VISTELSE, FRANVARO)}
    lasta = historik.kolumner(Intervall, (*_EGNA, *dimensioner), urval, position)
    segment: dict[Segment, int] = {}
    platser: dict[tuple[Any, ...], int] = {}
    egna = len(_EGNA)
    for rad in lasta:
        if rad[egna:] not in platser:
            varden = dict(zip(dimensioner, rad[egna:], strict=True))
            post = rader.plats(varden)
            flode = None if post is None else Segment(post, varden[FORM] or "", varden[GRUPP])
            platser[rad[egna:]] = UTANFOR if flode is None else segment.setdefault(flode, len(segment))
    # Numbered by what they are and not by what came first, so that a later event moves nothing.
    ordning = sorted(segment, key=lambda s: (s.rad, s.insatsform, s.malgrupp or ""))
    nytt = {segment[s]: nr for nr, s in enumerate(ordning)} | {UTANFOR: UTANFOR}
    return tuple(ordning), _delar(historik, lasta, [nytt[platser[rad[egna:]]] for rad in lasta])


def _delar(historik: Faktahistorik, lasta: Sequence[tuple[Any, ...]], segment: list[int]) -> Vistelsedelar:
    if not lasta:
        return inga_delar()
    handelser, registrerad, kand_fran, kand_till, fran, till, strom, person, slag, betald, prissort, pris = zip(
        *(rad[: len(_EGNA)] for rad in lasta), strict=True
    )
    dag = _registreringsdagar(registrerad)
    strommar = _nummer(strom)
    fran_dag, till_dag = np.array(fran, dtype=np.int64), np.array(till, dtype=np.int64)
    borta = np.array([s == FRANVARO for s in slag], dtype=np.bool_)
    betalda = np.array(betald, dtype=np.bool_)
    delar = Vistelsedelar(
        np.array(kand_fran, dtype=np.int64), np.array(kand_till, dtype=np.int64), fran_dag, till_dag,
        _forst_kant(strommar, fran_dag, dag), _forst_kant(strommar, till_dag, dag),
        np.array(segment, dtype=np.int64),
        _nummer([p or s for p, s in zip(person, strom, strict=True)]),
        np.array([_PRISSORT[p] for p in prissort], dtype=np.int64),
        np.array([p or 0 for p in pris], dtype=np.float64), borta,
        _planerade(historik, handelser),
    )  # fmt: skip
    # Paid absence changes nothing.
    delar, strommar = delar.valda(~(borta & betalda)), strommar[~(borta & betalda)]
    return delar.valda(np.lexsort((delar.till, strommar, delar.fran, delar.person)))


def _planerade(historik: Faktahistorik, handelser: Sequence[str]) -> I64:
    """Return the last day planned when each stay began: the first event behind a part is the beginning."""
    borjan = [int(h.partition(" ")[0]) for h in handelser]
    planer = historik.planerade_slut(borjan)
    return np.array([planer.get(position, OANDLIG_DAG) for position in borjan], dtype=np.int64)


def _nummer(namn: Sequence[Any]) -> I64:
    """Return a number for each identity; which one means nothing."""
    nummer = {ett: nr for nr, ett in enumerate(dict.fromkeys(namn))}
    return np.array([nummer[ett] for ett in namn], dtype=np.int64)


def _forst_kant(strom: I64, dag: I64, registrerad: I64) -> I64:
    """Return when it first became known of a stream that something in it begins, or ends, on a day."""
    _, vilken = np.unique(strom * (OANDLIG_DAG + 1) + dag, return_inverse=True)
    forst = np.full(int(vilken.max()) + 1, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(forst, vilken, registrerad)
    return np.asarray(forst[vilken])


def _las_plan(historik: Faktahistorik, rader: Prognosrader, urval: Urval, position: int) -> Volymplan:
    dimensioner = _dimensioner(rader, Belopp)
    # A row is of a kind of price; its volumes are all in it.
    lasta = historik.kolumner(Belopp, (*_PLAN, *dimensioner), {**urval, "slag": (BUDGETVOLYM,)}, position)
    plan = []
    for rad in lasta:
        kand_fran, kand_till, dag, manad, antal, prissort, pris = rad[: len(_PLAN)]
        post = rader.plats(dict(zip(dimensioner, rad[len(_PLAN) :], strict=True)) | {"prissort": prissort})
        if post is not None and antal:
            personer = antal / 1000
            varde = personer * (pris or 0) / 100
            per_dag, per_ar = (0.0, varde * 12) if prissort == Prissort.MANAD.value else (varde, 0.0)
            plan.append(Volymrad(kand_fran, kand_till, dag, manad, post, personer, per_dag, per_ar))
    return Volymplan(tuple(plan))


def _las_belopp(historik: Faktahistorik, rader: Prognosrader, urval: Urval, position: int) -> Beloppsrader:
    dimensioner = _dimensioner(rader, Belopp)
    lasta = historik.kolumner(Belopp, (*_BELOPP, *dimensioner), {**urval, "slag": BELOPPSSLAG}, position)
    platser: dict[tuple[Any, ...], int | None] = {}
    valda = []
    for rad in lasta:
        varden = rad[len(_BELOPP) :]
        if varden not in platser:
            platser[varden] = rader.plats(dict(zip(dimensioner, varden, strict=True)))
        post = platser[varden]
        if post is not None:
            handelser, kand_fran, kand_till, slag, dag, manad, avser, belopp, ordning, underslag = rad[: len(_BELOPP)]
            valda.append((
                int(handelser), kand_fran, kand_till, BELOPPSSLAG.index(slag), dag, manad, avser or manad, belopp,
                ordning or 0, _VID.get(underslag, -1), post,
            ))  # fmt: skip
    tabell = np.array(valda, dtype=np.int64).reshape(-1, 11)
    return Beloppsrader(*tabell.T)
