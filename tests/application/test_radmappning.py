"""Row mappings are dated: each day has its rows, and rows that come later change no earlier table."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from application.queries import FraganGarInte
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.radmappning import RadmappningGarInte, las_radmappningar, valj_radmappning
from application.rapporter.tabellfraga import Tabellfraga

NU = datetime(2026, 1, 1, tzinfo=UTC)


def en_mappning(fran: str, till: str | None = None, kommun: str = "0180", **urval: Any) -> dict[str, Any]:
    rad = {"etiketter": ["Alla", f"från {fran}"], "urval": urval, "prissort": "dygn"}
    return {"kommun": kommun, "gallerFran": fran, "gallerTill": till, "kalla": f"indelningen {fran}", "rader": [rad]}


def skriven(mapp: Path, mappningar: Sequence[dict[str, Any]]) -> Path:
    fil = mapp / "rader.json"
    fil.write_text(json.dumps({"externa-insatser": list(mappningar)}), encoding="utf-8")
    return fil


def fraga(fil: Path, ar: int, galler_den: str, **annat: Any) -> Tabellfraga:
    return tolka_tabellfraga(
        "externa-insatser", kommun="0180", ar=ar, nu=NU, galler_den=galler_den, radmappning=fil, **annat
    )


DE_GAMLA = (en_mappning("1900-01-01", "2019-01-01", "*"), en_mappning("2018-01-01"), en_mappning("2019-06-01"))


@pytest.mark.parametrize(
    ("ar", "galler_den", "fran"),
    [
        (2017, "2017-12-31", "1900-01-01"),
        (2017, "2024-01-01", "1900-01-01"),  # the rows of the report's year, however late it is asked
        (2018, "2018-08-31", "2018-01-01"),
        (2019, "2019-05-31", "2018-01-01"),
        (2019, "2019-06-01", "2019-06-01"),
        (2023, "2023-08-31", "2019-06-01"),
    ],
)
def test_raderna_ar_de_som_galler_dagen_fragan_galler(tmp_path: Path, ar: int, galler_den: str, fran: str) -> None:
    assert fraga(skriven(tmp_path, DE_GAMLA), ar, galler_den).radmappning.galler_fran == date.fromisoformat(fran)


def test_en_ny_indelning_andrar_inga_rader_fore_sin_forsta_dag(tmp_path: Path) -> None:
    dagar = [date(ar, manad, 1) for ar in range(2016, 2024) for manad in range(1, 13)]
    gamla = las_radmappningar(skriven(tmp_path, DE_GAMLA))["externa-insatser"]
    fore = {dag: valj_radmappning(gamla, "0180", dag) for dag in dagar}
    for ny in (
        en_mappning("2022-03-01"),
        en_mappning("2022-03-01", kommun="*"),
        en_mappning("2022-03-01", "2022-05-01"),
    ):
        nya = las_radmappningar(skriven(tmp_path, (ny, *DE_GAMLA)))["externa-insatser"]
        efter = {dag: valj_radmappning(nya, "0180", dag) for dag in dagar}
        assert {dag: m for dag, m in efter.items() if dag < date(2022, 3, 1)} == {
            dag: m for dag, m in fore.items() if dag < date(2022, 3, 1)
        }


def test_en_fraga_kan_ange_en_annan_dags_rader(tmp_path: Path) -> None:
    fil = skriven(tmp_path, DE_GAMLA)
    vald = fraga(fil, 2018, "2018-12-31", radmappning_den="2023-01-01")
    assert (vald.radmappning.galler_fran, vald.radmappning_den) == (date(2019, 6, 1), date(2023, 1, 1))
    assert fraga(fil, 2018, "2018-12-31").radmappning_den is None
    with pytest.raises(FraganGarInte, match="radmappningDen ska vara ett datum") as fel:
        fraga(fil, 2018, "2018-12-31", radmappning_den="i fjol")
    assert fel.value.falt == "radmappningDen"


def test_tva_indelningar_borjar_inte_samma_dag(tmp_path: Path) -> None:
    with pytest.raises(RadmappningGarInte, match="två radmappningar för kommun 0180 gäller från 2018-01-01"):
        las_radmappningar(skriven(tmp_path, (*DE_GAMLA, en_mappning("2018-01-01", "2018-02-01"))))


def test_organisationen_efterfragas_bara_dar_raderna_talar_om_den(tmp_path: Path) -> None:
    fil = skriven(tmp_path, [en_mappning("1900-01-01", overordnad=["Vuxna", None])])
    assert fraga(fil, 2019, "2019-10-31").organisationsdag == date(2019, 10, 31)
    assert fraga(fil, 2019, "2019-10-31", organisation_den="2023-01-01").organisationsdag == date(2023, 1, 1)
    utan = skriven(tmp_path, [en_mappning("1900-01-01", malgrupp=["barn"])])
    assert fraga(utan, 2019, "2019-10-31").organisationsdag is None
    with pytest.raises(FraganGarInte, match="tabellens rader talar inte om enhet") as fel:
        fraga(utan, 2019, "2019-10-31", organisation_den="2023-01-01")
    assert fel.value.falt == "organisationDen"


@pytest.mark.parametrize(
    ("tabell", "innehall", "mening"),
    [
        (
            "kpb",
            None,
            "Tabellen kpb har ingen radmappning för kommun 1880 den 2019-12-31. Det finns en för kommun 0484",
        ),
        (
            "kpb",
            '{"kbp": []}',
            "Tabellen kpb har ingen radmappning för kommun 1880 den 2019-12-31. r.json har rader för kbp.",
        ),
    ],
)
def test_saknas_rader_sags_vilken_tabell_och_var_det_finns(
    tabell: str, innehall: str | None, mening: str, tmp_path: Path
) -> None:
    fil = None
    if innehall is not None:
        fil = tmp_path / "r.json"
        fil.write_text(innehall, encoding="utf-8")
    with pytest.raises(RadmappningGarInte, match=re.escape(mening)):
        tolka_tabellfraga(tabell, kommun="1880", ar=2019, nu=NU, radmappning=fil)
