"""Tables to check: a printed one, ours as CSV or JSON, or ours straight from the ledger.

One of ours is named by municipality, year and kind, as printed ones are by their files, so that tables of one report
belong together whatever their files are called.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from application.rapporter.katalog import TABELLER
from application.rapporter.tabellfraga import Tabellsvar
from application.tryckt import Trycktabell, TrycktabellGarInteAttLasa, las_trycktabell
from domain.handelse import KOMMUNKOD

_EGEN = re.compile(rf"^(?P<rubrik>.+) (?P<ar>\d{{4}}), kommun (?P<kommun>{KOMMUNKOD.monster})$")

_HUVUD = ("tabell", "enhet", "period", "underlag")
_AVVIKELSER = ".avvikelser"
"""Ends the name, before .csv, of the file of known errors beside a printed table; it is no table."""


def las_tabeller(filer: Iterable[Path]) -> list[Trycktabell]:
    """Return tables from files; two of one name are told apart by a number.

    Raises:
        TrycktabellGarInteAttLasa: a file is neither a printed table nor one of ours.
        OSError: a file cannot be opened.
    """
    tabellfiler = [fil for fil in filer if not fil.stem.endswith(_AVVIKELSER)]
    return med_skilda_namn([_json(fil) if fil.suffix == ".json" else _csv(fil) for fil in tabellfiler])


def av_svar(svar: Tabellsvar) -> Trycktabell:
    """Return one of our tables as it is printed."""
    f = svar.fraga
    return Trycktabell(
        namn=_namn(f.kommun, f.ar, f.tabell.namn),
        huvud={"tabell": f.tabell.rubrik, "underlag": str(svar.underlag.galler_den)},
        kolumner=tuple(k.nyckel for k in svar.kolumner),
        rader=tuple({k.nyckel: svar.tryckt(rad, k) for k in svar.kolumner} for rad in svar.rader),
    )


def med_skilda_namn(tabeller: Sequence[Trycktabell]) -> list[Trycktabell]:
    """Return the tables, with a number after a name that an earlier one has."""
    sedda: Counter[str] = Counter()
    resultat = []
    for t in tabeller:
        sedda[t.namn] += 1
        namn = t.namn if sedda[t.namn] == 1 else f"{t.namn} ({sedda[t.namn]})"
        resultat.append(Trycktabell(namn, t.huvud, t.kolumner, t.rader))
    return resultat


def _namn(kommun: str, ar: int | str, tabell: str) -> str:
    return f"{kommun}-{ar}-{tabell}"


def _csv(fil: Path) -> Trycktabell:
    last = las_trycktabell(fil)
    egen = _EGEN.match(last.huvud.get("tabell", ""))
    sort = next((t.namn for t in TABELLER.values() if egen and t.rubrik == egen["rubrik"]), None)
    if egen is None or sort is None or "underlag" not in last.huvud:
        return last
    return Trycktabell(_namn(egen["kommun"], egen["ar"], sort), last.huvud, last.kolumner, last.rader)


def _json(fil: Path) -> Trycktabell:
    try:
        innehall = json.loads(fil.read_bytes(), parse_float=str, parse_int=str)
    except ValueError as fel:
        raise TrycktabellGarInteAttLasa(fil, 0, "filen är inte JSON.") from fel
    rader = innehall.get("rader") if isinstance(innehall, dict) else None
    if not isinstance(rader, list) or not rader or not all(isinstance(rad, dict) for rad in rader):
        problem = "filen är ingen tabell från liggare tabell --format json (fältet rader saknas eller är tomt)."
        raise TrycktabellGarInteAttLasa(fil, 0, problem)
    namn = fil.stem
    if all(nyckel in innehall for nyckel in ("kommun", "ar", "tabell")):
        namn = _namn(innehall["kommun"], innehall["ar"], innehall["tabell"])
    kolumner = tuple(dict.fromkeys(kolumn for rad in rader for kolumn in rad))
    huvud = {nyckel: str(innehall[nyckel]) for nyckel in _HUVUD if nyckel in innehall}
    celler = tuple({kolumn: _cell(rad.get(kolumn)) for kolumn in kolumner} for rad in rader)
    return Trycktabell(namn, huvud, kolumner, celler)


def _cell(varde: Any) -> str:
    return "" if varde is None else str(varde)
