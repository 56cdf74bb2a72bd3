"""The command line as the tests run it, and what they put in files."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from interfaces.cli.main import huvud


def liggare(*argument: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(huvud, [str(a) for a in argument])


def i_egen_process(*argument: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as its own process, with real streams."""
    return subprocess.run(
        [sys.executable, "-m", "interfaces.cli.main", *argument],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def handelse(nr: int, **andra: Any) -> bytes:
    """Return a line that begins a stay, or something wrong in it."""
    data: dict[str, Any] = {
        "samling": "placeringar",
        "id": f"018f0000-0000-7000-8000-{nr:012}",
        "handelseId": f"018f0000-0000-7000-9000-{nr:012}",
        "typ": "placering.paborjad",
        "datum": "2019-01-10",
        "kommun": "1880",
        "arendeId": "018f0000-0000-7000-8000-0000000000c1",
        "personId": "018f0000-0000-7000-8000-0000000000d1",
        "malgrupp": "barn",
        "kon": "kvinna",
        "fodelsear": 2010,
        "insatsform": "hvb",
        "regi": "extern",
        "lagrum": "SoL",
        "avtalsform": "ramavtal",
        "pris": {"sort": "dygn", "belopp": "4100.00"},
    }
    data.update(andra)
    return json.dumps({namn: varde for namn, varde in data.items() if varde is not ...}).encode() + b"\n"


def csvrader(text: str) -> list[dict[str, str]]:
    """Return what a command printed as CSV, without its remarks."""
    rader = [rad for rad in text.splitlines() if not rad.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(rader))))


def skriv(fil: Path, innehall: bytes) -> Path:
    """Write a file, and return it."""
    fil.write_bytes(innehall)
    return fil
