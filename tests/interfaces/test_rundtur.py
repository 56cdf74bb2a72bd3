"""The tour of README with curl alone, against a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.interfaces.test_http_server import ROT, ledig_port, server, vanta_pa

RUNDTUR = ROT / "docs" / "exempel" / "rundtur.sh"


LIGGARE = (sys.executable, "-m", "interfaces.cli.main")


def token(databas: Path, *argument: str) -> str:
    argument = (*LIGGARE, "token", *argument, "--databas", str(databas))
    return subprocess.run(argument, cwd=ROT, capture_output=True, text=True, check=True).stdout.strip()


def test_readme_visar_rundturen_som_den_ar() -> None:
    assert RUNDTUR.read_text(encoding="utf-8").split("\n", 1)[1] in (ROT / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(which("curl") is None, reason="curl saknas på den här datorn")
def test_rundturen_med_curl(tmp_path: Path) -> None:
    port = ledig_port()
    databas = tmp_path / "liggare.db"
    with server(databas, port, [*LIGGARE, "starta", "--utveckling", "--port", str(port)]) as process:
        vanta_pa(port, process)
        miljo = {
            **os.environ,
            "LIGGARE_API": f"http://127.0.0.1:{port}/v1",
            "TOKEN": token(databas, "--roll", "registrerare", "--enhet", "Mottagningen"),
            "REVISOR": token(databas, "--roll", "revisor"),
        }
        svar = subprocess.run(["sh", str(RUNDTUR)], env=miljo, capture_output=True, text=True, check=False)
    assert svar.returncode == 0, svar.stderr
    delar: dict[int, list[Any]] = {}
    nr = 0
    for rad in svar.stdout.splitlines():
        if rad[:1].isdigit():
            nr = int(rad[0])
        elif rad.startswith("{"):
            delar.setdefault(nr, []).append(json.loads(rad))
    (borjan,), (slut,), (igen,), (rattad,), (nekad,) = (delar[nr] for nr in range(1, 6))
    assert [ett["version"] for ett in (borjan, slut, igen, rattad)] == [1, 2, 2, 3]
    assert igen == {**slut, "utfall": "redanRegistrerad"}
    assert nekad["type"] == "/problem/handelsen-ligger-fore-aktualiseringen"
    nu, fore, skillnad = delar[6]
    assert [h["datum"] for h in nu["handelser"]] == ["2025-07-07", "2025-07-16"]
    assert [h["datum"] for h in fore["handelser"]] == ["2025-07-07"]
    assert [h["datum"] for h in skillnad["jamforelse"]["borttagna"]] == ["2025-07-18"]
    assert delar[7][0]["totalt"] == "1"
    assert [h["position"] for h in delar[8][0]["handelser"]] == [1, 2]
    assert "id: 3" in svar.stdout
