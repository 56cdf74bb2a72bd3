"""Damaged files: whatever changes what the ledger says is found, and said with the first position that is wrong.

What a file says is read past the ledger (``skador.innehall``), so the judge does not share the verifier's mistakes.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from application.ports import Databasfel, OsakerDatabas
from application.verification import Loggkvitto, Verifiering
from interfaces.bootstrap import koppla
from tests.databaser import kopiera
from tests.faults import skador
from tests.faults.skador import Innehall, Skada, innehall
from tests.faults.skrivare import Uppdrag, historia, registrera

TUNG = pytest.mark.tung


def verifiera(fil: Path, kvitton: list[Loggkvitto] | None = None) -> Verifiering | None:
    """Verify a file; None if the ledger refuses to open it, which is also to say that it is damaged."""
    for slut in ("-wal", "-shm"):
        if not kvitton:
            fil.with_name(fil.name + slut).unlink(missing_ok=True)
    try:
        tjanster = koppla(str(fil), skapa=False)
    except (OsakerDatabas, Databasfel):
        return None
    try:
        return tjanster.verifierare.verifiera(kvitton=kvitton or ())
    except Databasfel:
        return None
    finally:
        tjanster.stang()


@pytest.mark.parametrize(
    ("vad", "skada", "antal"),
    [
        ("vända bitar", skador.vand_en_bit, 50),
        ("avhuggna filer", skador.hugg_av, 10),
        ("sidor som bytt plats", skador.byt_tva_sidor, 10),
        ("sidor skrivna över andra", skador.skriv_en_sida_over_en_annan, 10),
        ("halvskrivna sidor", skador.skriv_en_halv_sida, 10),
        pytest.param("vända bitar", skador.vand_en_bit, 1_000, marks=TUNG),
        pytest.param("avhuggna filer", skador.hugg_av, 200, marks=TUNG),
        pytest.param("sidor som bytt plats", skador.byt_tva_sidor, 100, marks=TUNG),
        pytest.param("sidor skrivna över andra", skador.skriv_en_sida_over_en_annan, 100, marks=TUNG),
        pytest.param("halvskrivna sidor", skador.skriv_en_halv_sida, 200, marks=TUNG),
    ],
)
def test_varje_skada_som_andrar_innehallet_hittas(
    bas: Path, tmp_path: Path, vad: str, skada: Skada, antal: int, protokoll: Callable[..., None]
) -> None:
    slump, hel = Random(antal), bas.read_bytes()
    fore = innehall(bas, tmp_path)
    assert fore is not None
    antal_av = Counter[str]()
    for nr in range(antal):
        fil = kopiera(bas, tmp_path / "skadad.db")
        fil.write_bytes(skada(bytearray(hel), slump))
        efter = innehall(fil, tmp_path)
        svar = verifiera(fil)
        hittad = svar is None or not svar.hel
        assert hittad or efter == fore, f"skada {nr} ({vad}) ändrade {_skillnad(fore, efter)} men hittades inte"
        _positionen_stammer(fore, efter, svar)
        antal_av["ändrade innehållet"] += efter != fore
        antal_av["hittades"] += hittad
        antal_av["hittades av dem"] += hittad and efter != fore
    andrade = antal_av["ändrade innehållet"]
    assert andrade and antal_av["hittades av dem"] == andrade
    protokoll(f"skadade filer: {vad}", antal, f"{andrade} ändrade innehållet, alla {andrade} hittades")


def _skillnad(fore: Innehall, efter: Innehall | None) -> object:
    return "läsbarheten" if efter is None else [namn for namn in fore if fore[namn] != efter.get(namn)]


def _positionen_stammer(fore: Innehall, efter: Innehall | None, svar: Verifiering | None) -> None:
    """Hold the named position against the judge's, where the log could be read through."""
    if efter is None or svar is None:
        return
    ratt = skador.forsta_andrade_position(fore, efter)
    if ratt is not None:
        assert svar.forsta_position == ratt, svar.brister


def test_den_som_domer_ser_en_andring(bas: Path, tmp_path: Path) -> None:
    fil = kopiera(bas, tmp_path / "andrad.db")
    fore = innehall(bas, tmp_path)
    with closing(sqlite3.connect(fil)) as databas:
        databas.execute("DROP TRIGGER handelser_andras")
        databas.execute("UPDATE handelser SET kalla = 'x' WHERE position = 5")
        databas.commit()
    efter = innehall(fil, tmp_path)
    assert fore is not None and efter is not None
    assert skador.forsta_andrade_position(fore, efter) == 5
    assert {"fakta_intervall", "uq_handelser_strom", "ix_handelser_registrerad"} <= {
        *fore, *(namn.replace("sqlite_autoindex_handelser_1", "uq_handelser_strom") for namn in fore)
    }  # fmt: skip


@pytest.mark.parametrize("antal", [10, pytest.param(200, marks=TUNG)])
@pytest.mark.parametrize("skada", [skador.vand_en_bit, skador.hugg_av])
def test_en_skadad_wal_ger_en_hel_liggare_som_slutar_tidigare_och_kvittot_avslojar_det(
    sqlitefil: str, tmp_path: Path, antal: int, skada: Skada, protokoll: Callable[..., None]
) -> None:
    """The tail that is not yet in the main file: SQLite drops it from the first bad frame on, silently."""
    tjanster = koppla(sqlitefil)
    tidigare = {kuvert.position: kuvert.lov for kuvert in tjanster.huvudbok.las_logg(0, 10_000)}
    for data in historia(Uppdrag(sqlitefil, fro=40, antal=60)):
        registrera(tjanster, data)
    logg = {kuvert.position: kuvert.lov for kuvert in tjanster.huvudbok.las_logg(0, 10_000)}
    kvitto = Loggkvitto(max(logg), logg[max(logg)])
    filer = {slut: Path(sqlitefil + slut).read_bytes() for slut in ("", "-wal")}
    tjanster.stang()
    slump, kortare = Random(antal), 0
    for _ in range(antal):
        fil = kopiera(Path(sqlitefil), tmp_path / "skadad.db")
        fil.write_bytes(filer[""])
        fil.with_name("skadad.db-shm").unlink(missing_ok=True)
        fil.with_name("skadad.db-wal").write_bytes(skada(bytearray(filer["-wal"]), slump))
        svar = verifiera(fil, [kvitto])
        assert svar is not None
        assert svar.handelser >= len(tidigare) and logg[svar.handelser] == svar.lov
        assert svar.hel is (svar.handelser == len(logg))
        assert svar.hel or [brist.position for brist in svar.brister] == [kvitto.position]
        kortare += not svar.hel
    assert kortare
    vad = "vända bitar" if skada is skador.vand_en_bit else "avhuggna"
    protokoll(f"skadad WAL: {vad}", antal, f"{kortare} slutade tidigare, alla hela och avslöjade av ett kvitto")
