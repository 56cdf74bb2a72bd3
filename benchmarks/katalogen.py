"""The whole catalogue of measures, and every table of a report, from a ledger of a million facts of every kind.

Half of the facts are those of the events that meet the printed tables of Örebro 2019, imported as a user would; the
other half are the same facts once more, of a municipality that is not asked about. The ledger is kept between runs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from application.queries import Fraga
from application.syntet import generera
from benchmarks.matning import Krav, Rad, millisekunder, turvis
from benchmarks.stor_liggare import byggd_en_gang
from domain.fakta import FAKTAFORMER
from domain.matt.katalog import MATT
from domain.matt.modell import Urval
from domain.tid import Tidssnitt, kalenderar
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.alla import Rapport, rapporter, tabell, uppdrag

_ANNAN_KOMMUN = "9001"
_IDENTITETER = ("strom", "person", "arende", "utforare", "atgard")
_KATALOGEN, _EN_TABELL = Krav(hogst=2.0), Krav(hogst=0.15)


def katalogen(mapp: Path) -> Iterator[Rad]:
    """Time the catalogue and the tables in SQLite."""
    tjanster = koppla(katalogens_liggare(mapp))
    yield from fragade(tjanster)
    tjanster.stang()


def fragade(tjanster: Tjanster, var: str = "") -> Iterator[Rad]:
    """Time every measure for the municipality and year, as one piece of work, and the slowest of its tables."""
    rapport = _rapporten()
    fakta = f"en kommun och ett år av {_antal_fakta(tjanster)} fakta"
    (tid,) = turvis(lambda: _alla_matt(tjanster, rapport))
    yield Rad(f"{var}Alla {len(MATT)} mått, {fakta}", tid, millisekunder, krav=_KATALOGEN)
    tider = {namn: turvis(_tabellen(tjanster, rapport, namn))[0] for namn in rapport.tabeller}
    langsammast = max(tider, key=lambda namn: tider[namn])
    vad = f"{var}Tabellen {langsammast}, långsammast av {len(tider)} i rapporten, {fakta}"
    yield Rad(vad, tider[langsammast], millisekunder, krav=_EN_TABELL)


def _alla_matt(tjanster: Tjanster, rapport: Rapport) -> None:
    ar, snitt = kalenderar(rapport.ar), Tidssnitt(date(rapport.ar, 12, 31), None)
    urval: Urval = {"kommun": (rapport.kommun,)}
    underlag, fragor = tjanster.fragor.underlag(snitt), tjanster.fragor.tillsammans()
    for matt in MATT.values():
        fragor.svara(Fraga(matt, ar, snitt, urval=urval), underlag)


def _tabellen(tjanster: Tjanster, rapport: Rapport, namn: str) -> Callable[[], object]:
    return lambda: tabell(tjanster, rapport, namn)


def _rapporten() -> Rapport:
    return next(rapport for rapport in rapporter() if rapport.kommun == "1880")


def _antal_fakta(tjanster: Tjanster) -> str:
    antal = sum(ett.rader for ett in tjanster.ombyggare.avtryck().values())
    return f"{antal:,}".replace(",", " ")


def katalogens_liggare(mapp: Path) -> str:
    """Return the path of the ledger, building it the first time."""
    return byggd_en_gang(mapp, "katalogen", _bygg)


def _bygg(fil: str) -> None:
    tjanster = koppla(fil)
    tjanster.importor().importera(generera(uppdrag(_rapporten())))
    tjanster.stang()
    with closing(sqlite3.connect(fil)) as databas:
        _en_kommun_till(databas)


def _en_kommun_till(databas: sqlite3.Connection) -> None:
    """Give another municipality the same facts, about other persons, units and streams."""
    for form in FAKTAFORMER:
        drag, fakta = DRAGTABELLER[form], FAKTATABELLER[form]
        andra_drag = {"id": "id + 1", "kommun": f"'{_ANNAN_KOMMUN}'"}
        andra_fakta = {"drag": "drag + 1", **{namn: f"'ff' || substr({namn}, 3)" for namn in _IDENTITETER}}
        for namn, kolumner, andra in (
            (drag.name, drag.c.keys(), andra_drag), (fakta.name, fakta.c.keys(), andra_fakta),
        ):  # fmt: skip
            valda = ", ".join(andra.get(kolumn, kolumn) for kolumn in kolumner)
            databas.execute(f"INSERT INTO {namn} ({', '.join(kolumner)}) SELECT {valda} FROM {namn}")
    databas.commit()
