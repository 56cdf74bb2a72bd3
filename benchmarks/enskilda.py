"""One event and one stream: what somebody who waits for an answer waits for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from typing import Any
from uuid import UUID

import orjson

from application.envelope import Forslag
from application.tolkning import tolka
from benchmarks.bibliotek import Biblioteksaggregat, bibliotekets_recorder
from benchmarks.data import Plats, infoga, lika_databas
from benchmarks.matning import INGET_KRAV, Krav, Rad, millisekunder, ta_tid, turvis
from interfaces.bootstrap import Tjanster, koppla

_STROMMAR = 300
_OPPNINGAR = 300
_VAD = {
    True: "En händelse som börjar en ström: beslut, logg, bevis och fakta, varaktigt sparad",
    False: "En händelse till i en ström, läst från början, likaså",
}

Arbete = Callable[[], object]
Sparande = Callable[[Forslag, tuple[Any, ...]], Sequence[Arbete]]
"""How an event and its row of the log are stored: by the ledger first, then in the ways it is compared with."""


def en_handelse(plats: Plats) -> Iterator[Rad]:
    """Time one durable event at a time, beside a bare insert of its row of the log and the library's ways."""
    forslag = nagra_strommar(plats)
    fil, rader = _loggens_rader(plats, forslag)
    tjanster, tabellen = koppla(plats.ny_fil()), lika_databas(fil, plats.ny_fil(), ("handelser",))
    recorder, aggregat = bibliotekets_recorder(plats.ny_fil()), Biblioteksaggregat(plats.ny_fil())
    sats = infoga("handelser", rader[0])
    kanda: dict[UUID, UUID] = {}

    def spara(ett: Forslag, rad: tuple[Any, ...]) -> Sequence[Arbete]:
        innehall = ett.handelse.model_dump_json(by_alias=True)
        i_aggregatet = aggregat.fortsatt if ett.strom in kanda else aggregat.borja
        return (
            partial(tjanster.registrator.registrera, ett),
            partial(tabellen.execute, sats, rad),
            partial(recorder, innehall.encode()),
            partial(i_aggregatet, kanda.setdefault(ett.strom, ett.strom), innehall),
        )

    mot = (
        ("INSERT av samma rad i samma tabell och COMMIT", Krav(kvot=2.0)),
        ("bibliotekets SQLite-recorder, utan beslut", Krav(kvot=1.1)),
        ("bibliotekets aggregat och save, utan fakta", INGET_KRAV),
    )
    yield from sparade_en_och_en(forslag, rader, spara, mot)
    tjanster.stang()


def sparade_en_och_en(
    forslag: Sequence[Forslag],
    rader: Sequence[tuple[Any, ...]],
    spara: Sparande,
    mot: Sequence[tuple[str, Krav]],
    var: str = "",
) -> Iterator[Rad]:
    """Time how events are stored one at a time in each way, in turns; those that begin a stream by themselves.

    Args:
        forslag: the events, in log order.
        rader: their rows of the log.
        spara: the ways.
        mot: the names of the ways but the first, and what the first has to reach beside each.
        var: where it is done, to put before what it says.
    """
    borjade: set[UUID] = set()
    tider: dict[bool, list[list[float]]] = {borjar: [] for borjar in _VAD}
    for ett, rad in zip(forslag, rader, strict=True):
        tider[ett.strom not in borjade].append([ta_tid(arbete) for arbete in spara(ett, rad)])
        borjade.add(ett.strom)
    for borjar, vad in _VAD.items():
        vi, *andra = map(median, zip(*tider[borjar], strict=True))
        for (namn, krav), tid in zip(mot, andra, strict=True):
            yield Rad(f"{var}{vad}", vi, millisekunder, namn, tid, krav)


def nagra_strommar(plats: Plats) -> list[Forslag]:
    """Return the events of some placements, in log order; none of them is corrected."""
    alla = [data for data in map(orjson.loads, plats.rader) if data["samling"] == "placeringar"]
    rattade = {data["id"] for data in alla if "rattar" in data}
    valda = [*dict.fromkeys(data["id"] for data in alla if data["id"] not in rattade)][:_STROMMAR]
    return [tolka({k: v for k, v in data.items() if k != "registrerad"}) for data in alla if data["id"] in {*valda}]


def _loggens_rader(plats: Plats, forslag: list[Forslag]) -> tuple[str, list[tuple[Any, ...]]]:
    """Return a ledger of the events, and its rows."""
    fil = plats.ny_fil()
    tjanster = koppla(fil)
    for ett in forslag:
        tjanster.registrator.registrera(ett)
    tjanster.stang()
    with sqlite3.connect(fil) as kalla:
        return fil, kalla.execute("SELECT * FROM handelser ORDER BY position").fetchall()


def oppna_strom(plats: Plats, fil: str, tjanster: Tjanster) -> Iterator[Rad]:
    """Time opening a stream of about twenty events, state included, beside decoding its rows and the library's way."""
    databas = sqlite3.connect(fil)
    strom, antal = databas.execute(
        "SELECT strom, count(*) FROM handelser WHERE samling = 'placeringar' "
        "GROUP BY strom ORDER BY abs(count(*) - 20) LIMIT 1"
    ).fetchone()
    fraga = "SELECT innehall FROM handelser WHERE strom = ?"
    innehall = [rad[0] for rad in databas.execute(fraga, (strom,))]
    aggregat, identitet = Biblioteksaggregat(plats.ny_fil()), UUID(strom)
    for nr, ett in enumerate(innehall):
        (aggregat.fortsatt if nr else aggregat.borja)(identitet, ett.decode())

    def rader() -> None:
        for (ett,) in databas.execute(fraga, (strom,)):
            orjson.loads(ett)

    vi, raa, biblioteket = turvis(
        lambda: tjanster.liggaren.strom(identitet).tillstand,
        rader,
        lambda: aggregat.oppna(identitet),
        omgangar=_OPPNINGAR,
    )
    vad = f"Öppna en ström med {antal} händelser: tillstånd och fakta"
    yield Rad(vad, vi, millisekunder, "SELECT och orjson.loads", raa, Krav(hogst=0.001))
    yield Rad(vad, vi, millisekunder, "bibliotekets repository.get av lika många", biblioteket)
