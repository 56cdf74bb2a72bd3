"""An import that is decided on in another process records what one process records, whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from application import importera
from application.delprocess import DelprocessenForsvann
from application.importbeslut import Batchfraga, Batchsvar, Omgang, Utgangslage, i_tur_och_ordning
from application.importrader import Avvisad
from application.importskrivning import Importskrivare
from infrastructure import importprocess
from interfaces import bootstrap
from interfaces.bootstrap import Tjanster, koppla
from tests.databaser import alla_rader
from tests.infrastructure.test_ombyggnad import forslag, klocka
from tests.pseudonym import som_den_heter

RADER = [orjson.dumps(ett) for ett in forslag(fro=7)]


@pytest.fixture(autouse=True)
def sma_omgangar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", 40)


@pytest.fixture
def oppna(tmp_path: Path) -> Iterator[Callable[[str], Tjanster]]:
    oppnade: list[Tjanster] = []

    def en_liggare(namn: str) -> Tjanster:
        oppnade.append(koppla(str(tmp_path / namn), klocka=klocka, nytt_pseudonym=som_den_heter))
        return oppnade[-1]

    yield en_liggare
    for tjanster in oppnade:
        tjanster.stang()


def test_tva_processer_ger_samma_liggare_och_samma_avvisade_som_en(
    oppna: Callable[[str], Tjanster], tmp_path: Path
) -> None:
    svar = []
    for processer in (1, 2):
        tjanster, avvisade, framsteg = oppna(f"{processer}.db"), list[Avvisad](), list[int]()
        importor = tjanster.importor(processer=processer)
        for _ in range(2):
            resultat = importor.importera(RADER, avvisa=avvisade.append, framsteg=framsteg.append)
            svar.append((resultat.antal, avvisade, framsteg))
        assert sum(framsteg) == 2 * sum(map(len, RADER))
    assert svar[:2] == svar[2:]
    assert svar[0][1]
    assert alla_rader(str(tmp_path / "1.db")) == alla_rader(str(tmp_path / "2.db"))


@pytest.mark.parametrize(
    ("karnor", "processer", "antal", "i_annan"),
    [
        (2, None, len(RADER), True),
        (2, None, 40, False),
        (1, None, len(RADER), False),
        (2, 1, len(RADER), False),
        (1, 2, 40, True),
    ],
)
def test_en_annan_process_begynns_nar_det_lonar_sig_eller_begars(
    oppna: Callable[[str], Tjanster],
    monkeypatch: pytest.MonkeyPatch,
    karnor: int,
    processer: int | None,
    antal: int,
    i_annan: bool,
) -> None:
    begynta = []

    def begynn(*vad: Any) -> Any:
        begynta.append(vad)
        return i_tur_och_ordning(*vad)

    monkeypatch.setattr(bootstrap, "i_annan_process", begynn)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(karnor)))
    oppna("ny.db").importor(processer=processer).importera(RADER[:antal], avvisa=lambda _: None)
    assert bool(begynta) is i_annan


@pytest.mark.parametrize("antal", [0, 1, 40, 41, 161])
def test_hur_fa_rader_som_helst_kommer_fram(oppna: Callable[[str], Tjanster], antal: int) -> None:
    resultat = oppna("ny.db").importor(processer=2).importera(RADER[:antal], avvisa=lambda _: None)
    assert resultat.rader == antal


def test_en_process_som_dor_lamnar_liggaren_orord(oppna: Callable[[str], Tjanster]) -> None:
    tjanster = oppna("liggare.db")

    def doda(_: int) -> None:
        for barn in multiprocessing.active_children():
            barn.kill()

    with pytest.raises(DelprocessenForsvann, match="liggare importera --processer 1"):
        tjanster.importor(processer=2).importera(RADER, avvisa=lambda _: None, framsteg=doda)
    assert tjanster.huvudbok.antal() == 0
    assert tjanster.importor(processer=1).importera(RADER, avvisa=lambda _: None).nya


def test_en_process_som_dor_mitt_i_ett_svar_vantas_inte_ut(
    oppna: Callable[[str], Tjanster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", len(RADER))
    svara = Importskrivare.svara

    def svara_och_doda(skrivare: Importskrivare, fraga: Batchfraga) -> Batchsvar:
        if len(fraga.handelse_id) > len(RADER) // 2:
            return svara(skrivare, fraga)
        # What was decided on the first batch is on its way, and is more than a pipe takes.
        time.sleep(0.5)
        for barn in multiprocessing.active_children():
            barn.kill()
        return svara(skrivare, fraga)

    monkeypatch.setattr(Importskrivare, "svara", svara_och_doda)
    with pytest.raises(DelprocessenForsvann):
        oppna("liggare.db").importor(processer=2).importera([*RADER, RADER[0]], avvisa=lambda _: None)


class Trasig:
    """A batch that cannot be read where it arrives."""

    @property
    def rader(self) -> Any:
        raise ValueError("trasig")


def test_ett_fel_i_den_andra_processen_ar_ett_fel_har_och_processen_ar_borta() -> None:
    lage = Utgangslage(0, None, frozenset(), frozenset(), frozenset())
    omgangar: Any = iter([Omgang([], klocka()), Trasig()])
    svar = iter([Batchsvar({}, {}, {}, {})])  # to the batch that is decided on here; the other process asks nothing
    gang = importprocess.i_annan_process(lage, None, omgangar, lambda _: next(svar))
    assert not next(gang).kuvert
    with pytest.raises(ValueError, match="trasig"):
        next(gang)
    assert not multiprocessing.active_children()


def test_ett_fel_vid_skrivningen_avslutar_den_andra_processen(
    oppna: Callable[[str], Tjanster],
) -> None:
    tjanster = oppna("liggare.db")

    def avbryt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tjanster.importor(processer=2).importera(RADER, avvisa=lambda _: None, framsteg=avbryt)
    assert not multiprocessing.active_children()
    assert tjanster.huvudbok.antal() == 0


_DOR_MITT_I = """
import os, signal, sys
from multiprocessing import active_children
from application import importera
from application.importbeslut import Batchfraga, Utgangslage, Batchsvar
from interfaces.bootstrap import koppla

def dor(_):
    print(*(barn.pid for barn in active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    importera.RADER_PER_OMGANG = 40
    rader = open(sys.argv[1], "rb").read().splitlines()
    koppla(sys.argv[2]).importor(processer=2).importera(rader, avvisa=lambda _: None, framsteg=dor)
"""


def test_den_andra_processen_overlever_inte_den_forsta(tmp_path: Path) -> None:
    fil, skript = tmp_path / "rader.jsonl", tmp_path / "dor.py"
    fil.write_bytes(b"\n".join(RADER))
    skript.write_text(_DOR_MITT_I)
    svar = subprocess.run(
        [sys.executable, skript, fil, tmp_path / "liggare.db"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        check=False,
    )
    assert svar.returncode == -signal.SIGKILL, svar.stderr
    barn = int(svar.stdout)
    slut = time.monotonic() + 30
    while _lever(barn):
        assert time.monotonic() < slut
        time.sleep(0.1)


def _lever(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
