"""Tables of åtgärder on a small hand-made history: words and effects as of a day, corrections respected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from application.queries import FraganGarInte
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellsvar import Tabellsvar
from application.tolkning import tolka
from interfaces.bootstrap import Tjanster, koppla

KOMMUN = "2599"
HEMTAGNING, VAKANS = UUID(int=0x11), UUID(int=0x12)
FALL = [UUID(int=0x21), UUID(int=0x22), UUID(int=0x23)]
FELDATUM = UUID(int=0x900)


def handelser() -> Iterator[dict[str, Any]]:
    for nr, (id_, namn) in enumerate(((HEMTAGNING, "Hemtagningspaket"), (VAKANS, "Vakant hålla tjänster"))):
        bas = {"samling": "atgarder", "id": str(id_)}
        yield {
            **bas, "typ": "atgard.identifierad", "datum": "2022-10-01", "kommun": KOMMUN, "namnd": "socialnamnden",
            "namn": namn, "beskrivning": namn, "ansvarig": "Verksamhetschef",
        }  # fmt: skip
        yield {**bas, "typ": "effekt.budgeterad", "datum": "2022-12-01", "ar": 2023, "belopp": f"{3 - 2 * nr}000000.00"}
    bas = {"samling": "atgarder", "id": str(HEMTAGNING)}
    yield {
        **bas, "typ": "atgard.beslutad", "datum": "2022-11-15", "beslutsdatum": ["2022-11-15"],
        "diarienummer": ["Soc 12/2022"], "handelseId": str(FELDATUM),
    }  # fmt: skip
    yield {
        **bas, "typ": "atgard.beslutad", "datum": "2022-11-22", "beslutsdatum": ["2022-10-20", "2022-11-22"],
        "diarienummer": ["Soc 12/2022"], "planeratSlut": "2024-06-30", "rattar": str(FELDATUM),
    }  # fmt: skip
    yield {
        **bas, "typ": "atgard.beslutad", "datum": "2023-03-01", "beslutsdatum": ["2023-03-01"],
        "diarienummer": ["Soc 7/2023"],
    }  # fmt: skip
    yield {**bas, "typ": "atgard.paborjad", "datum": "2023-01-09"}
    for dag, under_aret, totalt in (("2023-04-30", 2_000_000, 5_000_000), ("2023-08-31", 2_600_000, 6_000_000)):
        yield {
            **bas, "typ": "effekt.beraknad", "datum": dag, "ar": 2023, "prognosUnderAret": f"{under_aret}.00",
            "beraknadTotal": f"{totalt}.00",
        }  # fmt: skip
    for metod, belopp in (("bokford", 900_000), ("hypotetisk", 3_900_000)):
        yield {
            **bas, "typ": "effekt.uppnadd", "datum": "2023-07-01", "fran": "2023-02-01", "till": "2023-07-01",
            "belopp": f"{belopp}.00", "metod": metod, "underlag": "Placeringslistan",
        }  # fmt: skip
    for fall, klass, dygn, kostnad in zip(
        FALL, ("stor", "liten", "ingen"), (200, 50, 0), (40_000, 60_000, 38_000), strict=True
    ):
        yield {
            **bas, "typ": "arende.bedomt", "datum": "2023-06-15", "placeringId": str(fall), "insatsform": "hvb",
            "primarOrsak": "Tät uppföljning", "effektklass": klass, "forkortadeDygn": dygn, "dygnskostnad": "5000.00",
            "insatskostnad": f"{kostnad}.00",
        }  # fmt: skip


@pytest.fixture(scope="module")
def liggaren(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    tjanster = koppla(str(tmp_path_factory.mktemp("atgarder") / "liggare.db"))
    for nr, handelse in enumerate(handelser(), start=1):
        tjanster.registrator.registrera(tolka({"handelseId": str(UUID(int=0x1000 + nr)), **handelse}))
    yield tjanster
    tjanster.stang()


def tabell(liggaren: Tjanster, namn: str, **val: Any) -> Tabellsvar:
    val = {"galler_den": "2023-12-31", **val}
    return Tabellverk(liggaren.fragor).svara(
        tolka_tabellfraga(namn, kommun=KOMMUN, ar=2023, nu=liggaren.klocka(), **val)
    )


def rader(svar: Tabellsvar) -> dict[str, dict[str, str]]:
    return {svar.etikett(rad): {k.nyckel: svar.tryckt(rad, k) for k in svar.kolumner[1:]} for rad in svar.rader}


def test_effektiviseringar_har_budgeterad_och_senast_vantad_effekt(liggaren: Tjanster) -> None:
    assert rader(tabell(liggaren, "effektiviseringar")) == {
        "Hemtagningspaket": {"budgeterad_effekt_helar": "3.0", "prognos_effekt": "2.6"},
        "Vakant hålla tjänster": {"budgeterad_effekt_helar": "1.0", "prognos_effekt": ""},
        "Summa effektiviseringar": {"budgeterad_effekt_helar": "4.0", "prognos_effekt": "2.6"},
    }


def test_vantad_effekt_ar_den_som_gallde_dagen(liggaren: Tjanster) -> None:
    i_juni = rader(tabell(liggaren, "effektiviseringar", galler_den="2023-06-30"))
    assert i_juni["Hemtagningspaket"]["prognos_effekt"] == "2.0"


def test_beslutade_atgarder_har_datum_diarienummer_och_tre_effekter(liggaren: Tjanster) -> None:
    raden = rader(tabell(liggaren, "beslutade-atgarder"))["Hemtagningspaket"]
    assert raden == {
        "beslutsdatum": "2022-10-20, 2022-11-22, 2023-03-01", "diarienummer": "Soc 12/2022, Soc 7/2023",
        "fas": "Pågående", "ansvarig": "Verksamhetschef", "planerat_slut": "2024-06-30",
        "budgeterad_effekt_helar": "3.0", "prognos_effekt_under_aret": "2.6", "beraknad_total_effekt": "6.0",
        "uppnadd_bokford": "0.9", "uppnadd_beraknad": "", "uppnadd_hypotetisk": "3.9",
    }  # fmt: skip


def test_orden_ar_de_som_gallde_dagen(liggaren: Tjanster) -> None:
    i_januari = rader(tabell(liggaren, "beslutade-atgarder", galler_den="2023-01-31"))["Hemtagningspaket"]
    assert (i_januari["beslutsdatum"], i_januari["diarienummer"]) == ("2022-10-20, 2022-11-22", "Soc 12/2022")


def test_effekten_foljs_upp_arende_for_arende(liggaren: Tjanster) -> None:
    svar = tabell(liggaren, "effektuppfoljning", atgard=HEMTAGNING)
    allt = rader(svar)
    forst = allt[str(FALL[0])]
    assert (forst["atgard"], forst["insatsform"], forst["primar_orsak"]) == (
        "Hemtagningspaket",
        "HVB",
        "Tät uppföljning",
    )
    assert [
        [rad[k] for k in ("effektklass", "forkortade_dygn", "dygnskostnad", "insatskostnad", "nettoeffekt")]
        for rad in allt.values()
    ] == [
        ["Stor effekt", "200", "5000", "40", "960"],
        ["Liten effekt", "50", "5000", "60", "190"],
        ["Ingen effekt", "0", "", "38", "-38"],
        ["Stor effekt", "200", "5000", "40", "960"],
        ["Liten effekt", "50", "5000", "60", "190"],
        ["Ingen effekt", "0", "", "38", "-38"],
        ["", "250", "5000", "138", "1112"],
    ]


def test_varje_cell_gar_att_oppna(liggaren: Tjanster) -> None:
    fraga = tolka_tabellfraga(
        "effektuppfoljning", kommun=KOMMUN, ar=2023, nu=liggaren.klocka(), galler_den="2023-12-31", atgard=HEMTAGNING
    )
    oppning = liggaren.oppnare.oppna_tabell(fraga, str(FALL[0]), "nettoeffekt")
    assert sum(len(led.fakta) for led in oppning.led) == 1


def test_en_annan_atgard_har_inga_arenden_och_andra_tabeller_vagrar_en(liggaren: Tjanster) -> None:
    assert [svar for svar in rader(tabell(liggaren, "effektuppfoljning", atgard=VAKANS)) if "-" in svar] == []
    with pytest.raises(FraganGarInte, match="handlar inte om åtgärder"):
        tabell(liggaren, "budgetforandringar", atgard=VAKANS)
