"""``liggare granska`` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli.main import huvud

FACIT = Path(__file__).parents[1] / "facit"
RESULTAT = str(FACIT / "eskilstuna-2023-resultatrakning.csv")


def kor(*argument: str) -> Result:
    return CliRunner().invoke(huvud, ["granska", *argument])


def test_fynden_skrivs_och_koden_ar_ett() -> None:
    svar = kor(RESULTAT)
    assert svar.exit_code == 1
    assert "utfall_aug_2022" in svar.output
    assert "1 tabell granskad: 2 fynd (TECKEN 2)." in svar.output


def test_utan_fynd_ar_koden_noll() -> None:
    svar = kor(str(FACIT / "katrineholm-2019-investeringsredovisning.csv"))
    assert (svar.exit_code, svar.output) == (0, "1 tabell granskad: inga fynd.\n")


def test_csv_ar_en_fil_over_kanda_fynd(tmp_path: Path) -> None:
    kanda = tmp_path / "kanda.csv"
    kanda.write_text(kor(RESULTAT, "--format", "csv").output, encoding="utf-8")
    svar = kor(RESULTAT, "--kanda", str(kanda))
    assert (svar.exit_code, svar.output) == (0, "1 tabell granskad: inga nya fynd, 2 kända.\n")


def test_json_har_alla_falt() -> None:
    svar = json.loads(kor(RESULTAT, "--format", "json").output)
    assert svar["tabeller"] == ["eskilstuna-2023-resultatrakning"]
    assert svar["fynd"][0]["slag"] == "TECKEN"
    assert (svar["fynd"][0]["tryckt"], svar["fynd"][0]["vantat"], svar["fynd"][0]["skillnad"]) == (
        "458.5",
        "-458.5",
        "917",
    )


def test_filen_med_kanda_fel_bredvid_ar_ingen_tabell() -> None:
    avvikelser = str(FACIT / "eskilstuna-2023-resultatrakning.avvikelser.csv")
    assert "1 tabell granskad" in kor(RESULTAT, avvikelser).output


@pytest.mark.parametrize(
    ("argument", "mening"),
    [
        ((), "Ange minst en fil eller --tabell NAMN."),
        (("--tabell", "fem-ar"), "--tabell behöver --kommun och --ar."),
        (("finnsinte.csv",), "finnsinte.csv"),
        (("--tabell", "ingen"), "ingen"),
    ],
)
def test_felen_ar_meningar(argument: tuple[str, ...], mening: str) -> None:
    svar = kor(*argument)
    assert svar.exit_code == 2
    assert mening in svar.output


def test_hjalpen_ar_pa_svenska() -> None:
    assert "Granska om tabeller går ihop" in kor("--help").output


@pytest.mark.parametrize("cell", ["NaN", "Infinity", "1e999999999", "1_000", "9" * 5000, "\x1b[31m7", "=SUM(A1)"])
def test_en_cell_som_inte_visar_nagot_tal_raknas_inte(cell: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"rad,utfall_2019\nA,{cell}\nB,2\nC,3\nSumma,5\n", encoding="utf-8")
    svar = kor(str(tmp_path / "t.csv"))
    forst, ej_provat, cellen = svar.output.splitlines()
    assert (svar.exit_code, forst, ej_provat) == (0, "1 tabell granskad: inga fynd.", "Ej prövat: 1 cell ej läst.")
    assert cellen.startswith("  t, raden A, kolumnen utfall_2019: ”")
    assert cellen.isprintable()
    assert len(cellen) < 100


@pytest.mark.parametrize(
    ("text", "mening"),
    [("rad,v\n" + "x" * 200_000 + ",1\n", "en cell är längre än"), ('rad,v\n"A,1\n', "citattecknen går inte ihop.")],
)
def test_en_fil_som_inte_gar_att_lasa_sags_pa_svenska(text: str, mening: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    svar = kor(str(tmp_path / "t.csv"))
    assert svar.exit_code != 0
    assert mening in svar.output


def test_en_lang_etikett_tranger_inte_undan_de_andra_kolumnerna() -> None:
    svar = kor(str(FACIT / "orebro-2019-indikatorer-ekonomi.csv"), str(FACIT / "orebro-2019-jamforelsekommuner.csv"))
    assert all(rubrik in svar.output for rubrik in ("Säkerhet", "Förklaring", "Väntat"))
    assert "utfall_2017" in svar.output


def test_det_som_inte_gick_att_lasa_skrivs_ut(tmp_path: Path) -> None:
    fil = tmp_path / "t.csv"
    fil.write_text("malgrupp\tbudget\tutfall\nBarn\t1 tkr\t120\nUnga\t2 tkr\t*\nTotalt\t9 tkr\t323\n", encoding="utf-8")
    sagt = [
        "1 tabell granskad: inga fynd.",
        "Ej prövat: 1 kolumn utan läsbara tal; 1 cell ej läst.",
        "  t, kolumnen budget: inga läsbara tal",
        "  t, raden Unga, kolumnen utfall: ”*”",
    ]
    assert kor(str(fil)).output.splitlines() == sagt
    assert kor(str(fil), "--format", "csv").output.splitlines()[: len(sagt)] == [f"# {rad}" for rad in sagt]
    svar = json.loads(kor(str(fil), "--format", "json").output)
    assert svar["olasta"] == [{"tabell": "t", "rad": "Unga", "kolumn": "utfall", "tryckt": "*"}]
    assert svar["olasliga"] == [{"tabell": "t", "kolumn": "budget"}]


def test_en_tabell_utan_tal_sags(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("post|utfall\nA|1\nSumma|9\n", encoding="utf-8")
    assert kor(str(tmp_path / "t.csv")).output.splitlines()[1:] == ["Ej prövat: 1 tabell utan tal.", "  t: inga tal"]


def test_om_inget_samband_kunde_provas_sags_det(tmp_path: Path) -> None:
    for namn in ("a", "b"):
        (tmp_path / f"{namn}.csv").write_text("post,utfall\nA,1\n", encoding="utf-8")
    svar = kor(str(tmp_path / "a.csv"), str(tmp_path / "b.csv"))
    assert svar.output.splitlines() == [
        "2 tabeller granskade: inga fynd.",
        "Samband mellan tabellerna: inget kunde prövas.",
    ]
