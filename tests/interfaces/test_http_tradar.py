"""Questions that take long do not stand in the way of what is to be recorded."""

from __future__ import annotations

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
