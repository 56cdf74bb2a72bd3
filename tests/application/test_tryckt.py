from datetime import date
from pathlib import Path

import pytest

from application.tryckt import Trycktabell, TrycktabellGarInteAttLasa, las_trycktabell

FACIT = Path(__file__).parents[1] / "facit"

TABELL = """# kalla: rapport.txt
# tabell: 1.2 Exempel
# period: helår | rapport: delår 2, beslutad 2024-09-17
# not: med kolon: och tecken
malgrupp,insatsform,snitt
Barn,"Jourhem, kontrakterade",10
Unga,,
"""


def skriv(mapp: Path, text: str, kodning: str = "utf-8") -> Path:
    fil = mapp / "exempel.csv"
    fil.write_bytes(text.encode(kodning))
    return fil


def kontrollera(tabell: Trycktabell) -> None:
    assert tabell.namn == "exempel"
    assert tabell.huvud["tabell"] == "1.2 Exempel"
    assert tabell.huvud["not"] == "med kolon: och tecken"
    assert tabell.kolumner == ("malgrupp", "insatsform", "snitt")
    assert tabell.rader[0] == {"malgrupp": "Barn", "insatsform": "Jourhem, kontrakterade", "snitt": "10"}
    assert tabell.rader[1] == {"malgrupp": "Unga", "insatsform": "", "snitt": ""}
    assert tabell.beslutad == date(2024, 9, 17)


def test_laser_huvud_kolumner_och_rader(tmp_path: Path) -> None:
    kontrollera(las_trycktabell(skriv(tmp_path, TABELL)))


def test_tal_byte_order_mark_och_crlf(tmp_path: Path) -> None:
    kontrollera(las_trycktabell(skriv(tmp_path, TABELL.replace("\n", "\r\n"), "utf-8-sig")))


def test_semikolon_valjs_efter_rubrikraden(tmp_path: Path) -> None:
    text = TABELL.replace(",", ";").replace('"Jourhem; kontrakterade"', "Jourhem, kontrakterade")
    kontrollera(las_trycktabell(skriv(tmp_path, text)))


def test_utan_huvud_finns_inget_beslut(tmp_path: Path) -> None:
    tabell = las_trycktabell(skriv(tmp_path, "a,b\n1,2\n"))
    assert tabell.huvud == {}
    assert tabell.beslutad is None


def test_ett_omojligt_beslutsdatum_raknas_inte(tmp_path: Path) -> None:
    assert las_trycktabell(skriv(tmp_path, "# not: beslutad 2024-13-40\na\n1\n")).beslutad is None


def test_de_publicerade_tabellerna_gar_att_lasa() -> None:
    for fil in sorted(FACIT.glob("orebro-2019-*.csv")):
        assert las_trycktabell(fil).rader, fil.name
    assert las_trycktabell(FACIT / "orebro-2019-externa-insatser.csv").beslutad == date(2019, 9, 19)


@pytest.mark.parametrize(
    ("text", "rad", "problem"),
    [
        ("", 0, "filen är tom"),
        ("\n \n", 0, "filen är tom"),
        ("# kalla: x\n# tabell: y\n", 4, "saknar rubrikrad"),
        ("# kalla: x\na,b\n1,2\n1,2,3\n", 4, "3 celler men rubriken har 2"),
        ("a,b\n1\n", 2, "1 celler men rubriken har 2"),
        ("a,,c\n1,2,3\n", 1, "kolumn 2 av 3, efter a, saknar namn"),
        (",b\n1,2\n", 1, "kolumn 1 av 2 saknar namn"),
        ("a,b,a\n1,2,3\n", 1, "kolumnen a förekommer flera gånger"),
        ('a,b\n1,"2\n', 2, "citattecknen"),
    ],
)
def test_felet_namner_fil_rad_och_problem(tmp_path: Path, text: str, rad: int, problem: str) -> None:
    with pytest.raises(TrycktabellGarInteAttLasa, match=problem) as fel:
        las_trycktabell(skriv(tmp_path, text))
    assert "exempel.csv" in str(fel.value)
    assert fel.value.rad == rad


def test_fel_kodning_pekar_pa_raden(tmp_path: Path) -> None:
    with pytest.raises(TrycktabellGarInteAttLasa, match="UTF-8") as fel:
        las_trycktabell(skriv(tmp_path, "a,b\n1,2\nå,3\n", "latin-1"))
    assert fel.value.rad == 3
