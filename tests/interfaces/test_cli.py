"""The command line on real files, as a user meets it: every command, good input and bad."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.interfaces.kommandorad import csvrader, handelse, i_egen_process, liggare, skriv

FACIT = Path(__file__).parents[1] / "facit"
TABELL = ["tabell", "externa-insatser", "--kommun", "1880", "--ar", "2019", "--galler-den", "2019-08-31"]


@pytest.fixture(scope="module")
def historia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an invented history as a packed file."""
    fil = tmp_path_factory.mktemp("cli") / "historia.jsonl.gz"
    svar = liggare(
        "syntet",
        FACIT / "orebro-2019-externa-insatser.csv",
        FACIT / "orebro-2019-enheternas-resultat.csv",
        "--kommun",
        "1880",
        "--ar",
        "2019",
        "--ut",
        fil,
    )
    assert svar.exit_code == 0, svar.output
    assert "PÅHITTADE PERSONER" in svar.stderr
    return fil


@pytest.fixture(scope="module")
def databas(historia: Path) -> Path:
    """Return a ledger with that history; tests must not write to it."""
    fil = historia.with_name("liggare.db")
    svar = liggare("importera", historia, "--databas", fil)
    assert svar.exit_code == 0, svar.output
    assert "händelser registrerade." in svar.stdout
    return fil


def test_samma_fil_igen_andrar_ingenting_och_sager_det(historia: Path, databas: Path) -> None:
    svar = liggare("importera", historia, "--databas", databas)
    assert svar.exit_code == 0
    assert "fanns redan; ingenting ändrades." in svar.stdout


def test_tabellen_mot_den_tryckta_gar_ihop(databas: Path) -> None:
    tryckt = FACIT / "orebro-2019-externa-insatser.csv"
    svar = liggare(*TABELL, "--kant-den", "2019-09-19", "--jamfor", tryckt, "--databas", databas)
    assert svar.exit_code == 0, svar.output
    assert "210 celler jämförda: 209 lika, 1 förklarade, 0 oförklarade." in svar.stdout


def test_oforklarad_skillnad_ger_felkod(databas: Path) -> None:
    tryckt = FACIT / "orebro-2019-externa-insatser.csv"
    svar = liggare(*TABELL, "--kant-den", "2019-06-15", "--jamfor", tryckt, "--databas", databas)
    assert svar.exit_code == 1
    assert "OFÖRKLARAD" in svar.stdout


def test_jamforelsen_som_json_och_csv_har_alla_celler(databas: Path) -> None:
    jamfor = [*TABELL, "--kant-den", "2019-09-19", "--jamfor", str(FACIT / "orebro-2019-externa-insatser.csv")]
    som_json = json.loads(liggare(*jamfor, "--format", "json", "--databas", databas).stdout)
    som_csv = csvrader(liggare(*jamfor, "--format", "csv", "--databas", databas).stdout)
    assert len(som_json["celler"]) == len(som_csv) == 210
    assert som_json["celler"][0] == som_csv[0]


def test_tabellen_som_csv_har_den_tryckta_tabellens_kolumner_och_varden(databas: Path) -> None:
    rader = csvrader(liggare(*TABELL, "--kant-den", "2019-09-19", "--format", "csv", "--databas", databas).stdout)
    tryckta = csvrader((FACIT / "orebro-2019-externa-insatser.csv").read_text(encoding="utf-8"))
    assert list(rader[0]) == list(tryckta[0])
    assert rader[:-1] == tryckta[:-1]


def test_tabellen_som_json_har_csv_filens_namn_och_sitt_underlag(databas: Path) -> None:
    svar = json.loads(liggare(*TABELL, "--kant-den", "2019-09-19", "--format", "json", "--databas", databas).stdout)
    assert svar["underlag"]["gallerDen"] == "2019-08-31"
    assert svar["underlag"]["kantDen"] == "2019-09-19T21:59:59.999999Z"
    assert svar["rader"][0]["snitt_utfall_2017"] == 21
    assert svar["rader"][3]["snitt_utfall_2017"] is None
    assert svar["rader"][-1]["budget_2019_mnkr"] == 296.5


def test_matt_i_tre_format_ger_samma_tal(databas: Path) -> None:
    fraga = ["matt", "vardygn", "--fran", "2018-01-01", "--till", "2018-12-31", "--gruppera", "malgrupp"]
    fraga += ["--galler-den", "2019-08-31", "--kant-den", "2019-09-19", "--databas", str(databas)]
    som_json = json.loads(liggare(*fraga, "--format", "json").stdout)
    som_csv = csvrader(liggare(*fraga, "--format", "csv").stdout)
    assert [g["varde"] for g in som_json["grupper"]] == [rad["vardygn"] for rad in som_csv]
    assert sum(int(rad["vardygn"]) for rad in som_csv) == int(som_json["totalt"])
    tryckt = liggare(*fraga).stdout
    assert f"{int(som_json['totalt']):,}".replace(",", " ") in tryckt
    assert "känt den 2019-09-19 · position" in tryckt


@pytest.mark.parametrize(
    ("argument", "i_felet"),
    [
        (["matt", "vardygnen"], "Tillåtna: vardygn"),
        (["matt", "vardygn", "--fran", "2019-13-01"], "fran ska vara ett datum ÅÅÅÅ-MM-DD"),
        (["matt", "vardygn", "--fran", "2019-02-01", "--till", "2019-01-01"], "ligger före fran"),
        (["matt", "vardygn", "--gruppera", "farg"], "Tillåtna: malgrupp"),
        (["matt", "vardygn", "--urval", "malgrupp"], "dimension=värde"),
        (["matt", "vardygn", "--urval", "malgrupp=spöken"], "Tillåtna: barn"),
        (["matt", "budget", "--fran", "2019-01-15", "--till", "2019-12-31"], "hela kalendermånader"),
        (["matt", "vardygn", "--kant-den", "igår"], "--kant-den ska vara"),
        (["matt", "vardygn", "--vagning", "ovagd"], "ingen ovägd variant"),
        (["matt", "V11"], "startade-utredningar, avslutade-utredningar, pagaende-utredningar"),
        (["matt", "vardygn", "--variant", "moms=utan"], "Tillåtna: ensamkommande, jourhem"),
        (["matt", "vardygn", "--variant", "jourhem=kanske"], "Tillåtna: med, utan"),
        (["matt", "vardygn", "--variant", "jourhem"], "namn=val"),
        (["tabell", "externa-insatser", "--kommun", "188", "--ar", "2019"], "fyra siffror"),
        (["tabell", "externa-insatser", "--ar", "2019"], "--kommun"),
        (["tabell", "okand", "--kommun", "1880", "--ar", "2019"], "externa-insatser"),
    ],
)
def test_fel_fraga_far_en_mening_som_namnger_faltet(databas: Path, argument: list[str], i_felet: str) -> None:
    svar = liggare(*argument, "--databas", databas)
    assert svar.exit_code in (1, 2)
    assert i_felet in svar.stderr
    assert "Traceback" not in svar.output


def test_en_fraga_till_en_liggare_som_inte_finns_skapar_ingen(tmp_path: Path) -> None:
    svar = liggare("matt", "vardygn", "--databas", tmp_path / "finns-inte.db")
    assert svar.exit_code == 1
    assert "importera händelser först" in svar.stderr
    assert list(tmp_path.iterdir()) == []


def test_en_fil_som_inte_ar_en_liggare_namnges(tmp_path: Path) -> None:
    fil = tmp_path / "brev.txt"
    fil.write_text("Hej! " * 100)
    svar = liggare("matt", "vardygn", "--databas", fil)
    assert svar.exit_code == 1
    assert "brev.txt" in svar.stderr
    assert fil.read_text().startswith("Hej!")


def test_hjalpen_ar_pa_svenska_och_visar_exempel() -> None:
    for kommando in ("importera", "matt", "tabell", "syntet", "demo", "bygg-om", "starta"):
        svar = liggare(kommando, "--help")
        assert svar.exit_code == 0
        assert not {"Usage", "Options", "Show this message"} & set(svar.output.replace(":", " ").split("  "))
        assert "Användning" in svar.output


def test_syntet_ar_lika_med_samma_fro_och_olika_med_ett_annat(tmp_path: Path) -> None:
    def skapa(fro: int) -> bytes:
        fil = tmp_path / f"{fro}.jsonl"
        tabell = FACIT / "orebro-2019-externa-insatser.csv"
        svar = liggare("syntet", tabell, "--kommun", "0483", "--ar", "2019", "--fro", str(fro), "--ut", fil)
        assert svar.exit_code == 0, svar.output
        return fil.read_bytes()

    assert skapa(7) == skapa(7)
    assert skapa(7) != skapa(8)


def test_demon_gar_hela_vagen(tmp_path: Path) -> None:
    svar = i_egen_process("demo", "--mapp", str(tmp_path))
    assert svar.returncode == 0, svar.stderr
    tryckt = svar.stdout.decode()
    assert "INGEN PERSON I DEMON FINNS" in tryckt
    assert "209 lika, 1 förklarade, 0 oförklarade" in tryckt
    assert "Tabellen som känd den 2019-09-19 är oförändrad" in tryckt


def test_underlaget_som_skrivs_gar_att_fraga_efter_igen(tmp_path: Path) -> None:
    fil, databas = tmp_path / "in.jsonl", tmp_path / "l.db"
    fil.write_bytes(handelse(1))
    liggare("importera", fil, "--databas", databas)
    fraga = ["matt", "vardygn", "--fran", "2019-01-01", "--till", "2019-12-31", "--galler-den", "2019-12-31"]
    svar = liggare(*fraga, "--databas", databas).stdout
    kand = svar.split("känt den ")[1].split(" ")[0]
    liggare("importera", skriv(tmp_path / "mer.jsonl", handelse(2)), "--databas", databas)
    assert liggare(*fraga, "--kant-den", kand, "--databas", databas).stdout == svar
    assert liggare(*fraga, "--databas", databas).stdout != svar


def test_samma_dimension_flera_ganger_raknar_alla_vardena(databas: Path) -> None:
    fraga = ["matt", "vardygn", "--fran", "2018-01-01", "--till", "2018-12-31", "--format", "json"]
    fraga += ["--kant-den", "2019-09-19", "--databas", str(databas)]

    def totalt(*urval: str) -> int:
        val = [del_ for ett in urval for del_ in ("--urval", ett)]
        return int(json.loads(liggare(*fraga, *val).stdout)["totalt"])

    assert totalt("malgrupp=barn", "malgrupp=unga") == totalt("malgrupp=barn") + totalt("malgrupp=unga")


@pytest.mark.parametrize("databas", ["", ":memory:"])
def test_en_liggare_i_minnet_vagras(tmp_path: Path, databas: str) -> None:
    svar = liggare("importera", skriv(tmp_path / "in.jsonl", handelse(1)), "--databas", databas)
    assert svar.exit_code == 2
    assert "går förlorade" in svar.stderr


def test_en_fil_som_saknas_eller_ar_en_mapp_skapar_ingen_liggare(tmp_path: Path) -> None:
    for fil, skal in ((tmp_path / "saknas.jsonl", "finns inte"), (tmp_path, "är en mapp")):
        svar = liggare("importera", fil, "--databas", tmp_path / "l.db")
        assert svar.exit_code == 1
        assert skal in svar.stderr
    assert list(tmp_path.iterdir()) == []


def test_en_upptagen_adress_sags_pa_svenska(tmp_path: Path) -> None:
    with socket.socket() as upptagen:
        upptagen.bind(("127.0.0.1", 0))
        upptagen.listen()
        port = str(upptagen.getsockname()[1])
        svar = liggare("starta", "--utveckling", "--port", port, "--databas", tmp_path / "l.db")
    assert svar.exit_code == 1
    assert f"127.0.0.1:{port}: adressen är upptagen av ett annat program." in svar.stderr


def test_en_adress_som_inte_finns_sags_pa_svenska(tmp_path: Path) -> None:
    utgivare = (
        "--utgivare",
        "https://a.example/",
        "--resurs",
        "https://b.example",
        "--nycklar",
        tmp_path / "jwks.json",
    )
    svar = liggare("starta", *utgivare, "--adress", "inte en adress", "--databas", tmp_path / "l.db")
    assert svar.exit_code == 2
    assert "inte en adress är ingen nätverksadress som den här datorn känner." in svar.stderr


def test_utan_nycklar_gors_ingen_liggare(tmp_path: Path) -> None:
    (tmp_path / "jwks.json").write_text("{}")
    utgivare = ("--utgivare", "https://a.example/", "--resurs", "https://b.example")
    for fil, fel in (("jwks.json", "filen är ingen JWK-mängd"), ("saknas.json", "filen går inte att läsa")):
        svar = liggare("starta", *utgivare, "--nycklar", tmp_path / fil, "--port", "0", "--databas", tmp_path / "l.db")
        assert svar.exit_code == 1
        assert fel in svar.stderr
    assert [fil.name for fil in tmp_path.iterdir()] == ["jwks.json"]


def test_ett_matt_fragas_med_sitt_nummer_och_ett_val(databas: Path) -> None:
    fraga = ("--fran", "2018-01-01", "--till", "2018-12-31", "--format", "json", "--databas", str(databas))
    efter_namn = liggare("matt", "personer-per-dygn", *fraga)
    efter_nummer = json.loads(liggare("matt", "v13", *fraga).stdout)
    assert json.loads(efter_namn.stdout) == efter_nummer
    utan = json.loads(liggare("matt", "V13", "--variant", "jourhem=utan", *fraga).stdout)
    assert efter_nummer["underlag"]["varianter"] == {"ensamkommande": "med", "jourhem": "med"}
    assert utan["underlag"]["varianter"] == {"ensamkommande": "med", "jourhem": "utan"}


def test_forklaringen_sager_allt_om_ett_matt() -> None:
    text = liggare("matt", "I01", "--forklara").stdout
    sagt = ("120 dagar", "fyraManader", "SoL (2025:400) 20 kap. 3 §", "utredning.paborjad", "ålder 0–20", "Nummer: I01")
    for ord_ in sagt:
        assert ord_ in text
    assert [m["namn"] for m in json.loads(liggare("matt", "V05", "--forklara", "--format", "json").stdout)] == [
        "aktualiseringar", "andel-aktualiseringar",
    ]  # fmt: skip


def test_listan_ar_efter_familj_med_nummer() -> None:
    text = liggare("matt", "--lista").stdout
    assert [text.index(familj) for familj in ("Volymer", "Vårddygn", "Beläggning", "Jämförelse")] == sorted(
        text.index(familj) for familj in ("Volymer", "Vårddygn", "Beläggning", "Jämförelse")
    )
    assert "V13, V14" in text
