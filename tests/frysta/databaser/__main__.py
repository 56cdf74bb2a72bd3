"""``python -m tests.frysta.databaser liggare``: freeze a ledger of the schema version that the code has today.

It is frozen in SQLite as its file and in PostgreSQL (from version 3) as statements, with the key ring of both.

A frozen file is never made again: it is made once per schema version, by the last code that has it. The history is
small: parts of the demo's, then every event that is frozen beside, each recorded where the rules let it be, then one
that says nothing new. Beside the file lie the history, one line per event, and the table that this code answered with.

``avtryck.json`` says which facts follow from the histories. It is deleted and made anew when derivations are meant to
give other facts, which also raises ``HARLEDNINGSVERSION``.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from application.ombyggnad import HARLEDNINGSVERSION
from application.tolkning import tolka
from infrastructure.tables import SCHEMAVERSION
from interfaces.bootstrap import koppla
from tests.postgres import egen_server
from tests.pseudonym import som_den_heter

MAPP = Path(__file__).parent
AVTRYCK = MAPP / "avtryck.json"
_EXEMPEL = MAPP.parent / "handelser"
_DEMO = ("orebro-2019-externa-insatser", "orebro-2019-fem-ar", "orebro-2019-enheternas-resultat")
_DELAR = {
    "utforare": ["utforare.registrerad"],
    "placeringar": ["placering.paborjad"],
    "budgetperioder": ["budget.faststalld", "invanare.faststallda"],
    "arenden": ["arende.aktualiserat"],
    "atgarder": ["atgard.identifierad"],
}
"""The collections, and which event a stream of each may begin with."""
TABELL = (
    "externa-insatser",
    "--kommun",
    "1880",
    "--ar",
    "2019",
    "--galler-den",
    "2019-08-31",
    "--kant-den",
    "2019-09-19",
    "--format",
    "json",
)


def _liggare(*argument: str) -> str:
    """Run the command line of the code at hand."""
    kommando = [sys.executable, "-m", "interfaces.cli.main", *argument]
    return subprocess.run(kommando, check=True, stdout=subprocess.PIPE, text=True).stdout


def klocka() -> datetime:
    """Return an instant after all that is frozen."""
    return datetime(2024, 6, 1, tzinfo=UTC)


def _skriv(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _ur_demon(antal: int = 40) -> Iterator[dict[str, Any]]:
    """Yield the demo's budget, so many stays that were corrected and so many others, with their cases and providers."""
    tabeller = [f"interfaces/cli/demodata/{namn}.csv" for namn in _DEMO]
    rader = [orjson.loads(r) for r in _liggare("syntet", *tabeller, "--kommun", "1880", "--ar", "2019").splitlines()]
    vistelser = list(dict.fromkeys(rad["id"] for rad in rader if rad["samling"] == "placeringar"))
    rattade = list(dict.fromkeys(rad["id"] for rad in rader if "rattar" in rad))
    valda = {*rattade[:: len(rattade) // antal], *vistelser[:: len(vistelser) // antal]}
    arenden: set[Any] = {rad.get("arendeId") for rad in rader if rad["id"] in valda}
    behovda: set[Any] = {rad.get("utforareId") for rad in rader if rad["id"] in valda}
    for rad in rader:
        if rad["samling"] == "budgetperioder" or rad["id"] in valda | arenden | behovda:
            yield rad


def _exempel(prova: Callable[[dict[str, Any]], bool], slut: datetime) -> None:
    """Try every frozen event in streams of its own, until no more of them can be recorded anywhere."""
    kvar = {fil.stem.rpartition(".v")[0]: fil for fil in sorted(_EXEMPEL.glob("*.json"))}
    versioner = {typ: int(fil.stem.rpartition(".v")[2]) for typ, fil in kvar.items()}
    nr = 0
    while True:
        antal = len(kvar)
        for samling, forsta in _DELAR.items():
            nr += 1
            strom = str(UUID(int=nr))
            for typ in [*forsta, *list(kvar), *list(kvar)]:
                fil = kvar.get(typ) or next(_EXEMPEL.glob(f"{typ}.v*.json"), None)
                if fil is None:
                    continue
                nr += 1
                kuvert = {"samling": samling, "id": strom, "handelseId": str(UUID(int=10**9 + nr)), "typ": typ}
                registrerad = (slut + timedelta(minutes=nr)).isoformat()
                rad = {
                    **kuvert,
                    "version": versioner[typ],
                    "registrerad": registrerad,
                    **orjson.loads(fil.read_bytes()),
                }
                if samling == "budgetperioder" and typ == forsta[0]:
                    del rad["id"]  # it follows from what the event says
                    strom = str(tolka(rad, far_ange_registrerad=True).strom)
                if typ == "handelse.makulerad":
                    rad["rattar"] = str(UUID(int=10**9 + nr - 1))
                if prova(rad):
                    kvar.pop(typ, None)
        if len(kvar) == antal:
            _skriv(f"Utan plats: {', '.join(kvar) or 'ingen'}")
            return


def frys() -> None:
    """Write the files of today's schema version."""
    bas = MAPP / f"version{SCHEMAVERSION}"
    with tempfile.TemporaryDirectory() as mapp:
        fil = Path(mapp) / "liggare.db"
        tjanster = koppla(str(fil), klocka=klocka, nytt_pseudonym=som_den_heter)
        historia: list[bytes] = []

        def prova(rad: dict[str, Any]) -> bool:
            avvisade: list[Any] = []
            tjanster.importor().importera([orjson.dumps(rad)], avvisa=avvisade.append)
            if not avvisade:
                historia.append(orjson.dumps(rad))
            return not avvisade

        for rad in _ur_demon():
            if not prova(rad):
                _skriv(f"Avvisad: {rad['typ']} {rad['handelseId']}")
        _exempel(prova, datetime(2022, 1, 1, tzinfo=UTC))
        tyst = {**orjson.loads(historia[0]), "handelseId": str(UUID(int=1)), "registrerad": "2023-01-01T00:00:00Z"}
        assert prova(tyst)
        tjanster.stang()
        tabell = json.loads(_liggare("tabell", *TABELL, "--databas", str(fil)))
        with closing(sqlite3.connect(fil)) as databas:
            (antal,) = databas.execute("SELECT count(*) FROM handelser").fetchone()
            _skriv(f"{antal} händelser")
            databas.executescript("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; VACUUM;")
        bas.with_suffix(".db.gz").write_bytes(gzip.compress(fil.read_bytes(), 9, mtime=0))
        nyckelfil = Path(f"{fil}.nyckel")
        bas.with_suffix(".nyckel").write_bytes(nyckelfil.read_bytes())
        bas.with_suffix(".postgres.sql.gz").write_bytes(gzip.compress(_i_postgres(historia, nyckelfil), 9, mtime=0))
    bas.with_suffix(".jsonl.gz").write_bytes(gzip.compress(b"\n".join(historia) + b"\n", 9, mtime=0))
    bas.with_suffix(".tabell.json").write_text(json.dumps(tabell, ensure_ascii=False, indent=1) + "\n")


def _i_postgres(historia: Sequence[bytes], nyckelfil: Path) -> bytes:
    """Return a ledger with the same history in PostgreSQL, as statements."""
    with egen_server() as server, server.ny_databas() as databas:
        tjanster = koppla(server.adress(databas), klocka=klocka, nyckelfil=nyckelfil, nytt_pseudonym=som_den_heter)
        tjanster.importor().importera(historia)
        tjanster.stang()
        return server.dumpa(databas)


def avtryck(version: int) -> dict[str, str]:
    """Return the hash of each fact table when the frozen history of a version is imported by the code at hand."""
    with tempfile.TemporaryDirectory() as mapp:
        tjanster = koppla(f"{mapp}/liggare.db", klocka=klocka, nytt_pseudonym=som_den_heter)
        tjanster.importor().importera(gzip.decompress((MAPP / f"version{version}.jsonl.gz").read_bytes()).splitlines())
        svar = {tabell: ett.sha256 for tabell, ett in tjanster.ombyggare.avtryck().items()}
        tjanster.stang()
        return svar


def frys_avtryck() -> None:
    """Write down which facts follow from the frozen histories, and by which version of the derivations."""
    versioner = [int(fil.name.removeprefix("version").partition(".")[0]) for fil in sorted(MAPP.glob("version*.db.gz"))]
    fryst = {"harledningsversion": HARLEDNINGSVERSION, "avtryck": {str(v): avtryck(v) for v in versioner}}
    AVTRYCK.write_text(json.dumps(fryst, indent=1) + "\n")


if __name__ == "__main__":
    if "liggare" in sys.argv and not (MAPP / f"version{SCHEMAVERSION}.db.gz").exists():
        frys()
    if not AVTRYCK.exists():
        frys_avtryck()
