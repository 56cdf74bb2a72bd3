"""Questions that take long do not stand in the way of what is to be recorded, and threads build nothing together."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

from fastapi.testclient import TestClient

from application.queries import Fraga, Svar
from application.redovisning import Redovisning
from interfaces.bootstrap import koppla
from interfaces.http.app import LASER_SAMTIDIGT, skapa_app
from tests.interfaces.http_klient import ADRESS, OppenVakt, paborjad

FRAGA = "/v1/matt/vardygn?fran=2019-01-01&till=2019-12-31&gallerDen=2019-12-31"


class _Langsam(Redovisning):
    """Answers when it is told to."""

    def __init__(self, *delar: Any) -> None:
        super().__init__(*delar)
        self.borjade, self.svara = Semaphore(0), Event()

    def matt(self, fraga: Fraga) -> Svar:
        self.borjade.release()
        assert self.svara.wait(30)
        return super().matt(fraga)


def test_det_registreras_medan_alla_tradar_svarar_pa_fragor(tmp_path: Path) -> None:
    tjanster = koppla(str(tmp_path / "liggare.db"))
    langsam = _Langsam(tjanster.huvudbok, tjanster.fakta)
    app = skapa_app(replace(tjanster, redovisning=langsam), OppenVakt())
    with TestClient(app) as http, ThreadPoolExecutor(LASER_SAMTIDIGT + 1) as klienter:
        fragor = [klienter.submit(http.get, FRAGA) for _ in range(LASER_SAMTIDIGT + 1)]
        try:
            for _ in range(LASER_SAMTIDIGT):
                assert langsam.borjade.acquire(timeout=30)
            svar = http.post(f"{ADRESS}/handelser", json=paborjad(), headers={"If-None-Match": "*"})
            assert svar.status_code == 201, svar.text
            assert not langsam.borjade.acquire(blocking=False), "one question more than there are threads waits"
        finally:
            langsam.svara.set()
        assert {ett.result().status_code for ett in fragor} == {200}


OBYGGDA = """
import sys
from domain.handelse import HANDELSETYPER
from interfaces.bootstrap import koppla
from interfaces.http.app import skapa_app
from tests.interfaces.http_klient import OppenVakt

def obyggda():
    return sum(not klass.__pydantic_complete__ for klass in HANDELSETYPER.values())

tjanster = koppla(sys.argv[1])
print(obyggda() == len(HANDELSETYPER))
skapa_app(tjanster, OppenVakt())
print(obyggda())
tjanster.stang()
"""


def test_vad_som_provar_en_handelse_ar_byggt_innan_servern_har_tradar(tmp_path: Path) -> None:
    kommando = [sys.executable, "-c", OBYGGDA, str(tmp_path / "liggare.db")]
    svar = subprocess.run(kommando, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert svar.stdout.split() == ["True", "0"]
