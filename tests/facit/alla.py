"""Every printed table against ours: histories of events from the tables, then each table rebuilt and compared.

``facit.json`` says which printed tables there are per municipality, which of our tables each is, and which are outside
and why.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from application.queries import FraganGarInte
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.jamforelse import Cellpar, Utslag, jamfor, las_forklaringar, rattad
from application.rapporter.katalog import TABELLER
from application.rapporter.radmappning import las_radmappningar, valj_radmappning
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellsvar import Tabellsvar
from application.syntet import Amne, Syntetuppdrag
from application.tryckt import las_trycktabell
from interfaces.bootstrap import Tjanster

FACIT = Path(__file__).parent


@dataclass(frozen=True)
class Rapport:
    """One municipality's printed report."""

    kommun: str
    namn: str
    forled: str
    ar: int
    galler_den: str
    kant_den: str
    till_manad: int
    egen_manad: dict[str, int]
    tabeller: dict[str, str]
    utanfor: dict[str, str]

    def fil(self, tryckt: str) -> Path:
        """Return the file of a printed table."""
        return FACIT / f"{self.forled}-{tryckt}.csv"


def rapporter() -> list[Rapport]:
    """Return all reports."""
    ramar = json.loads((FACIT / "facit.json").read_text(encoding="utf-8"))
    return [_rapport(ram) for ram in ramar]


def _rapport(ram: dict[str, Any]) -> Rapport:
    namn = {"gallerDen": "galler_den", "kantDen": "kant_den", "tillManad": "till_manad", "egenManad": "egen_manad"}
    return Rapport(**{namn.get(nyckel, nyckel): varde for nyckel, varde in ram.items()})


def uppdrag(rapport: Rapport, *, utan: frozenset[Amne] = frozenset()) -> Syntetuppdrag:
    """Return the order for a history that meets all the tables of a report."""
    mappningar = las_radmappningar()
    vald = valj_radmappning(mappningar["externa-insatser"], rapport.kommun, date(rapport.ar, 1, 1))
    filer = [rapport.fil(tryckt) for tryckt in rapport.tabeller]
    tabeller = tuple(rattad(las_trycktabell(fil), las_forklaringar(fil)) for fil in filer)
    return Syntetuppdrag(rapport.kommun, tabeller, vald.poster, rapport.ar, utan=utan, mappningar=mappningar)


def tabell(tjanster: Tjanster, rapport: Rapport, tryckt: str) -> Tabellsvar:
    """Return our table for a printed one."""
    fraga = tolka_tabellfraga(
        rapport.tabeller[tryckt], kommun=rapport.kommun, ar=rapport.ar, nu=tjanster.klocka(),
        galler_den=rapport.galler_den, kant_den=rapport.kant_den,
        till_manad=rapport.egen_manad.get(tryckt, rapport.till_manad),
    )  # fmt: skip
    return Tabellverk(tjanster.fragor).svara(fraga)


def jamforelse(tjanster: Tjanster, rapport: Rapport, tryckt: str) -> list[Cellpar]:
    """Return a printed table's cells beside ours."""
    fil = rapport.fil(tryckt)
    return jamfor(tabell(tjanster, rapport, tryckt), las_trycktabell(fil), las_forklaringar(fil))


def dokument(oppna: Any) -> Iterator[str]:
    """Yield the lines of ``docs/facit.md``; ``oppna`` gives an open ledger with a report's history."""
    yield "# Tryckta tabeller mot räknade"
    yield ""
    yield "Skriven av `make facit`. Varje tryckt tabell byggs om ur händelser och jämförs cell för cell."
    yield "*Förklarad*: ett känt fel i trycket, i `.avvikelser.csv`. *Utanför*: rader om annat än nämndens vård."
    for rapport in rapporter():
        yield from ["", f"## {rapport.namn} {rapport.ar}", ""]
        yield "| tryckt tabell | vår tabell | celler | lika | förklarade | utanför | oförklarade |"
        yield "|---|---|---:|---:|---:|---:|---:|"
        tjanster = oppna(rapport)
        skal: dict[str, None] = {}
        for tryckt, namn in rapport.tabeller.items():
            par = _jamforda(tjanster, rapport, tryckt)
            yield _rad(tryckt, namn, par)
            skal |= dict.fromkeys(_skalen(tryckt, par))
        yield from ["", "Förklarade celler, och rader och celler utanför:", "", *skal]
        yield from ["", "Tabeller utanför:", ""]
        yield from (f"- {tryckt}: {varfor}" for tryckt, varfor in rapport.utanfor.items())


def _jamforda(tjanster: Tjanster, rapport: Rapport, tryckt: str) -> list[Cellpar] | str:
    """Return a table's cells beside ours, or why they cannot be compared."""
    if rapport.tabeller[tryckt] not in TABELLER:
        return "saknas"
    try:
        return jamforelse(tjanster, rapport, tryckt)
    except FraganGarInte as fel:
        return str(fel)


def _rad(tryckt: str, namn: str, par: list[Cellpar] | str) -> str:
    if isinstance(par, str):
        return f"| {tryckt} | {namn}: {par} | | | | | |"
    antal = Counter(p.utslag for p in par)
    tal = [len(par), *(antal[u] for u in (Utslag.LIKA, Utslag.FORKLARAD, Utslag.UTANFOR, Utslag.OFORKLARAD))]
    return f"| {tryckt} | {namn} | {' | '.join(map(str, tal))} |"


def _skalen(tryckt: str, par: list[Cellpar] | str) -> Iterator[str]:
    """Yield why cells are explained or outside; what is said of many at once is said once."""
    for p in par if not isinstance(par, str) else ():
        if p.utslag is Utslag.FORKLARAD:
            yield f"- {tryckt}, {p.rad}, {p.kolumn}: tryckt {p.tryckt or 'inget'}, räknat {p.raknat}. {p.forklaring}"
        elif p.utslag is Utslag.UTANFOR:
            yield f"- {tryckt}: {p.forklaring}"
