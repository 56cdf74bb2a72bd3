"""Builds invented histories from printed tables, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from application.rapporter.radmappning import las_radmappningar, valj_radmappning
from application.syntet import Amne, Syntetuppdrag, generera
from application.tryckt import las_trycktabell

TABELLER = (
    "orebro-2019-externa-insatser.csv",
    "orebro-2019-enheternas-resultat.csv",
    "orebro-2019-fem-ar.csv",
)


def bygg_historia(mapp: Path, kommun: str, ar: int) -> Iterator[bytes]:
    """Yield the history as JSON lines."""
    mappningar = las_radmappningar()["externa-insatser"]
    return generera(
        Syntetuppdrag(
            kommun=kommun,
            ar=ar,
            tabeller=tuple(las_trycktabell(mapp / namn) for namn in TABELLER),
            utan=frozenset({Amne.OVRIGA_ARENDEN}),
            radmappning=valj_radmappning(mappningar, kommun, date(ar, 8, 31)).poster,
        )
    )
