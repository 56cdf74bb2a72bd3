"""What the tests of printed tables share: orders from all tables of a municipality, and plain counting of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import orjson

from application.rapporter.radmappning import las_radmappningar, valj_radmappning
from application.syntet import Amne, Syntetplan, Syntetuppdrag
from application.tryckt import Trycktabell, las_trycktabell
from tests.application.test_syntet_hjalp import FACIT, Json, gallande

KOMMUNER = {"orebro": ("1880", 2019), "eskilstuna": ("0484", 2023), "katrineholm": ("0483", 2019)}


def kommunens(namn: str, *, fro: int = 1, skala: int = 1, utan: frozenset[Amne] = frozenset()) -> Syntetuppdrag:
    """Give the order for all tables of a municipality."""
    kommun, ar = KOMMUNER[namn]
    filer = sorted(fil for fil in FACIT.glob(f"{namn}-{ar}-*.csv") if "avvikelser" not in fil.name)
    mappning = valj_radmappning(las_radmappningar()["externa-insatser"], kommun, date(ar, 1, 1))
    tabeller = tuple(las_trycktabell(fil) for fil in filer)
    return Syntetuppdrag(kommun, tabeller, mappning.poster, ar, fro=fro, skala=skala, utan=utan)


@cache
def tabell(namn: str) -> Trycktabell:
    return las_trycktabell(FACIT / f"{namn}.csv")


def skapa(uppdrag: Syntetuppdrag) -> tuple[list[Json], tuple[str, ...]]:
    """Give the effective events of an order and its notes."""
    plan = Syntetplan(uppdrag)
    return gallande(orjson.loads(rad) for rad in plan.rader()), plan.noter


def strommar(handelser: Iterable[Json], samling: str) -> dict[str, list[Json]]:
    """Give the events of a kind of stream by stream, in order of day."""
    resultat: dict[str, list[Json]] = defaultdict(list)
    for h in handelser:
        if h["samling"] == samling:
            resultat[h["id"]].append(h)
    return {id_: sorted(egna, key=lambda h: h["datum"]) for id_, egna in resultat.items()}


def forsta(egna: Iterable[Json], typ: str) -> Json | None:
    return next((h for h in egna if h["typ"] == typ), None)


def av_typ(handelser: Iterable[Json], *typer: str) -> list[Json]:
    return [h for h in handelser if h["typ"] in typer]


def i_perioden(handelser: Iterable[Json], fran: str, till: str) -> list[Json]:
    """Give the events of days from ``fran`` to ``till``, both included."""
    return [h for h in handelser if fran <= h["datum"] <= till]


def stallning(handelser: list[Json], borjan: str, slut: str, nyckel: str, dag: str, **urval: tuple[str, ...]) -> int:
    """Give how many things of a kind go on at the end of a day."""
    borjade = {
        h[nyckel] for h in av_typ(handelser, borjan)
        if h["datum"] <= dag and all(h[falt] in varden for falt, varden in urval.items())
    }  # fmt: skip
    return len(borjade - {h[nyckel] for h in av_typ(handelser, slut) if h["datum"] <= dag})


def dygn(fran: str, till: str | None, fran_dag: date, till_dag: date) -> int:
    """Give the care days in ``[fran_dag, till_dag)`` of a stay: the first day counts, the last does not."""
    start = date.fromisoformat(fran)
    slut = date.fromisoformat(till) if till else date.max - timedelta(days=1)
    if start == slut:
        slut += timedelta(days=1)
    return max(0, (min(slut, till_dag) - max(start, fran_dag)).days)


def procent(taljare: int, namnare: int, decimaler: int = 0) -> Decimal:
    """Give a share in per cent, rounded half away from zero."""
    return (Decimal(100 * taljare) / namnare).quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)


def dagar_emellan(tidig: Json, sen: Json) -> int:
    return (date.fromisoformat(sen["datum"]) - date.fromisoformat(tidig["datum"])).days
