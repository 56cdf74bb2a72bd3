"""Measure everything, print one table and write it to ``benchmarks/RESULTAT.md``: ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.data import Plats, historia
from benchmarks.enskilda import en_handelse, oppna_strom
from benchmarks.fragor import fragor_mot_sql
from benchmarks.katalogen import katalogen
from benchmarks.matning import OMGANGAR, Rad
from benchmarks.matningar import import_mot_executemany, ombyggnad_mot_biblioteket, tabell, utan_arenden
from benchmarks.postgresql import i_postgresql
from benchmarks.stora import stora_ombyggnader
from benchmarks.utskrift import maskinen, som_tabell, visade
from domain.tid import svensk_dag
from interfaces.bootstrap import koppla

_BIBLIOTEK = ("eventsourcing", "SQLAlchemy", "pydantic", "orjson")
_BYGGE = Path(__file__).resolve().parents[1] / "build" / "benchmarks"
_RESULTAT = Path(__file__).with_name("RESULTAT.md")


def mat(plats: Plats, stor_skala: int, kommuner: int, manga: int) -> Iterator[Rad]:
    """Measure everything on one history, rebuilds on a longer one and questions on a ledger of many municipalities."""
    fil = plats.ny_fil()
    tjanster = koppla(fil)
    tjanster.importor().importera(plats.rader)
    yield from import_mot_executemany(plats, fil)
    yield from ombyggnad_mot_biblioteket(plats, fil, tjanster)
    yield from utan_arenden(plats)
    yield from en_handelse(plats)
    yield from oppna_strom(plats, fil, tjanster)
    yield from tabell(tjanster)
    tjanster.stang()
    yield from stora_ombyggnader(plats, stor_skala)
    yield from fragor_mot_sql(_BYGGE, kommuner, manga)
    yield from katalogen(_BYGGE)
    yield from i_postgresql(plats, _BYGGE, kommuner, manga)


def som_text(rader: list[Rad], antal: int) -> str:
    """Return the table with what it was measured on, as Markdown."""
    return "\n".join([
        "# Mätta tider", "",
        f"Mätt {svensk_dag(datetime.now(UTC))} med `make bench` på {antal:,} påhittade händelser.".replace(",", " "),
        maskinen(_BIBLIOTEK), "",
        f"Varje rad är medianer av minst {OMGANGAR} omgångar, turvis i samma körning. Kvot är Liggarens tid delad med",
        "jämförelsens: under 1 är Liggaren snabbare. Jämför kvoter mellan maskiner, inte tider.",
        "Krav är vad som ska nås på en maskin som inte gör annat.", "",
        *som_tabell(rader), "",
    ])  # fmt: skip


def huvud() -> None:
    """Run from the command line."""
    argument = argparse.ArgumentParser(prog="python -m benchmarks", description="Mät Liggarens prestanda.")
    argument.add_argument("--skala", type=int, default=2, help="hur många gånger en kommuns volym (standard: 2)")
    argument.add_argument(
        "--stor-skala", type=int, default=10, help="detsamma för den långa liggare som byggs om (standard: 10)"
    )
    argument.add_argument(
        "--kommuner",
        type=int,
        default=10,
        help="hur många kommuner om 100 000 fakta i den stora liggaren (standard: 10)",
    )
    argument.add_argument(
        "--manga-kommuner",
        type=int,
        default=100,
        help="likaså i den liggare som jämförs med den stora (standard: 100; 0: ingen)",
    )
    argument.add_argument("--ut", type=Path, default=_RESULTAT, help="fil att skriva tabellen till")
    val = argument.parse_args()
    with tempfile.TemporaryDirectory() as mapp:
        plats = Plats(Path(mapp), historia(val.skala))
        text = som_text(list(visade(mat(plats, val.stor_skala, val.kommuner, val.manga_kommuner))), len(plats.rader))
    print(text)
    val.ut.write_text(text, encoding="utf-8")


huvud()
