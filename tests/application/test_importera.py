"""Import of many events: everything or nothing, every refused line with its reason, and twice is as once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from application import importera
from application.importera import ImportenAvbruten
from application.importrader import LANGSTA_RAD
from interfaces.bootstrap import Tjanster, koppla
from tests.application.importen import (
    DALIG,
    GODA,
    NU,
    Tabeller,
    antal,
    i_omgangar,
    importera_rader,
    skalet,
)
from tests.domain.exempel import (
    en_makulering,
    en_placering,
    en_utforare,
    ett_platsantal,
)
from tests.domain.importrader import PLACERING_ID, rad, som_rader, utan_engelska

pytestmark = pytest.mark.usefixtures("i_bada_ordningar")

# All or nothing


def test_goda_rader_registreras(tjanster: Tjanster) -> None:
    resultat = tjanster.importor().importera(som_rader(GODA))
    assert antal(resultat) == (3, 0, 0, 0)
    assert (resultat.nya, resultat.rader) == (3, 3)
    assert [k.handelse.typ for k in tjanster.huvudbok.las_logg(0, 9)] == [ett["typ"] for ett in GODA]


@pytest.mark.parametrize("dalig", [DALIG, {"samling": "placeringar"}, "inte ett objekt"], ids=["regel", "falt", "form"])
@pytest.mark.parametrize("plats", [0, 1, 3])
def test_en_enda_dalig_rad_lamnar_liggaren_orord(
    tjanster: Tjanster, innehallet: Callable[..., Tabeller], dalig: Any, plats: int
) -> None:
    tjanster.importor().importera(som_rader([rad(en_utforare(), 90)]))
    fore = innehallet()
    rader = som_rader([*GODA[:plats], dalig, *GODA[plats:]])
    with pytest.raises(ImportenAvbruten) as fangat:
        tjanster.importor().importera(rader)
    assert innehallet() == fore
    assert fangat.value.resultat.avvisade >= 1
    assert fangat.value.exempel[0].rad == (plats + 1 if plats else 1)
    assert utan_engelska(str(fangat.value)).endswith("avvisades; ingenting registrerades.")


def test_efter_en_avbruten_import_kan_de_goda_raderna_importeras(tjanster: Tjanster) -> None:
    with pytest.raises(ImportenAvbruten):
        tjanster.importor().importera(som_rader([*GODA, DALIG]))
    assert antal(tjanster.importor().importera(som_rader(GODA))) == (3, 0, 0, 0)


def test_en_dalig_rad_i_en_senare_omgang_tar_ocksa_tillbaka_de_forra(
    tjanster: Tjanster, innehallet: Callable[..., Tabeller], monkeypatch: pytest.MonkeyPatch
) -> None:
    i_omgangar(monkeypatch, 1, 20_000)
    with pytest.raises(ImportenAvbruten):
        tjanster.importor().importera(som_rader([*GODA, DALIG]))
    assert all(not rader for rader in innehallet().values())


def test_om_filen_brister_mitt_i_registreras_ingenting(tjanster: Tjanster) -> None:
    def brister() -> Iterator[bytes]:
        yield from som_rader(GODA)
        raise OSError

    with pytest.raises(OSError):
        tjanster.importor().importera(brister())
    assert tjanster.huvudbok.antal() == 0


def test_bara_de_forsta_daliga_raderna_visas_men_alla_raknas(tjanster: Tjanster) -> None:
    with pytest.raises(ImportenAvbruten) as fangat:
        tjanster.importor().importera([b"?\n"] * 50, antal_exempel=3)
    assert fangat.value.resultat.avvisade == 50
    assert [avvisad.rad for avvisad in fangat.value.exempel] == [1, 2, 3]


def test_en_tom_fil_ar_en_import_av_ingenting(tjanster: Tjanster) -> None:
    assert antal(tjanster.importor().importera([])) == (0, 0, 0, 0)


def test_framsteget_ar_filens_alla_byte(tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch) -> None:
    i_omgangar(monkeypatch, 2, 20_000)
    rader = som_rader(GODA)
    framsteg: list[int] = []
    tjanster.importor().importera(rader, framsteg=framsteg.append)
    assert len(framsteg) == 2
    assert sum(framsteg) == sum(map(len, rader))


def test_kommunen_fylls_i_dar_den_saknas(tjanster: Tjanster) -> None:
    tjanster.importor("0180").importera(som_rader([{k: v for k, v in GODA[0].items() if k != "kommun"}]))
    (kuvert,) = tjanster.huvudbok.las_strom(PLACERING_ID)
    assert kuvert.handelse == en_placering(kommun="0180")


# Rejects


def test_goda_rader_registreras_och_daliga_lamnas_med_rad_falt_och_skal(tjanster: Tjanster) -> None:
    rader = som_rader([GODA[0], DALIG, GODA[1], {**GODA[2], "datum": "i går", "okant": 1}])
    resultat, avvisade = importera_rader(tjanster, rader)
    assert antal(resultat) == (2, 0, 0, 2)
    poster = {avvisad.rad: json.loads(avvisad.som_json()) for avvisad in avvisade}
    assert set(poster) == {2, 4}
    assert poster[2]["fel"] == [
        {
            "falt": "datum",
            "kod": "handelsen-ligger-fore-placeringen",
            "skal": "lagrum.andrat den 2019-01-01 ligger före placeringens första dag 2019-01-10.",
        }
    ]
    assert [fel["falt"] for fel in poster[4]["fel"]] == ["datum", "okant"]
    assert [poster[nr]["innehall"].encode() + b"\n" for nr in (2, 4)] == [rader[1], rader[3]]


def test_en_avvisad_rad_ar_en_enda_rad_json_hur_den_an_sag_ut(tjanster: Tjanster) -> None:
    for innehall in (b"\xff\xfe\x00\r\n", b"{\x00\n", "åäö\n".encode("latin-1"), b'{"a":"\\u2028"}\n'):
        text = skalet(tjanster, innehall).som_json()
        assert text.endswith(b"\n")
        assert text.count(b"\n") == 1
        assert json.loads(text)["rad"] == 1


def test_rattade_rester_kan_importeras_efterat(tjanster: Tjanster) -> None:
    _, avvisade = importera_rader(tjanster, som_rader([GODA[0], DALIG]))
    rattad = {**json.loads(json.loads(avvisade[0].som_json())["innehall"]), "datum": "2019-02-01"}
    resultat, avvisade = importera_rader(tjanster, som_rader([rattad]))
    assert (antal(resultat), avvisade) == ((1, 0, 0, 0), [])


@pytest.mark.parametrize(
    ("innehall", "kod"),
    [
        (b"{", "ogiltig-json"),
        (b"skrap", "ogiltig-json"),
        (orjson.dumps(GODA[0])[:-20], "ogiltig-json"),
        (orjson.dumps(GODA[0]) * 2, "ogiltig-json"),
        (orjson.dumps(GODA[0]).decode().encode("utf-16"), "ogiltig-json"),
        (json.dumps(rad(en_makulering(orsak="åäö"), 1), ensure_ascii=False).encode("latin-1"), "ogiltig-json"),
        (b'{"datum": NaN}', "ogiltig-json"),
        (b'{"datum": Infinity}', "ogiltig-json"),
        (b"{'samling': 'placeringar'}", "ogiltig-json"),
        (b"\x00", "ogiltig-json"),
        (b"[" * 2000 + b"]" * 2000, "ogiltig-json"),
        (b"[]", "inget-objekt"),
        (b"[" * 1000 + b"]" * 1000, "inget-objekt"),
        (b"17", "inget-objekt"),
        (b"1.5", "inget-objekt"),
        (b"null", "inget-objekt"),
        (b"true", "inget-objekt"),
        (b'"text"', "inget-objekt"),
        (b"{}", "missing"),
        (b'{"samling":"placeringar","samling":"utforare"}', "dubbelt-falt"),
        (orjson.dumps(GODA[0])[:-1] + b',"datum":"2019-01-11"}', "dubbelt-falt"),
        (orjson.dumps(GODA[0]).replace(b'"sort":"dygn"', b'"sort":"dygn", "sort" : "manad"'), "dubbelt-falt"),
        (b" " * LANGSTA_RAD + b"{}", "for-lang"),
        (b'{"samling":"placeringar","typ":"placering.paborjad","handelseId":"\\ud800"}', "ogiltig-json"),
    ],
    ids=lambda varde: varde[:24].decode("latin-1") if isinstance(varde, bytes) else varde,
)  # fmt: skip
def test_en_rad_som_inte_gar_att_lasa_avvisas(tjanster: Tjanster, innehall: bytes, kod: str) -> None:
    assert skalet(tjanster, innehall + b"\n").fel[0].kod == kod


def test_en_mycket_djup_rad_ar_ett_fel_och_ingen_krasch(tjanster: Tjanster) -> None:
    djup = b'{"a":' * 1020 + b'"\\""' + b"}" * 1020
    assert skalet(tjanster, djup).fel[0].kod in ("for-djup", "missing")


@pytest.mark.parametrize(
    ("andrat", "falt"),
    [
        ({"enhet": "Barn\0"}, "enhet"), ({"pris": {"sort": "dygn\0", "belopp": "1.00"}}, "pris.sort"),
        ({"kalla": "\0"}, "kalla"), ({"a\0": 1}, "händelsen"), ({"lista": ["a", "\0"]}, "lista.1"),
    ],
)  # fmt: skip
def test_text_som_inte_gar_att_lagra_i_alla_databaser_vagras(
    tjanster: Tjanster, andrat: dict[str, Any], falt: str
) -> None:
    (fel,) = skalet(tjanster, orjson.dumps({**GODA[0], **andrat})).fel
    assert (fel.falt, fel.kod) == (falt, "nolltecken")


def test_ett_omvant_snedstreck_foljt_av_siffror_ar_vanlig_text(tjanster: Tjanster) -> None:
    assert antal(tjanster.importor().importera([orjson.dumps({**GODA[0], "kalla": "\\u0000"})])) == (1, 0, 0, 0)


def test_en_upprepad_nyckel_namns(tjanster: Tjanster) -> None:
    dubbel = orjson.dumps(GODA[0])[:-1] + b',"datum":"2019-01-11"}\n'
    (fel,) = skalet(tjanster, dubbel).fel
    assert (fel.falt, fel.mening) == ("datum", "Fältet datum står flera gånger på raden.")


def test_en_rad_pa_gransen_lases(tjanster: Tjanster) -> None:
    innehall = orjson.dumps(GODA[0])
    fylld = innehall + b" " * (LANGSTA_RAD - len(innehall))
    assert antal(tjanster.importor().importera([fylld])) == (1, 0, 0, 0)


def test_byteordningsmarke_radslut_och_tomma_rader_tals(tjanster: Tjanster) -> None:
    forsta, andra, tredje = (orjson.dumps(ett) for ett in GODA)
    rader = [b"\xef\xbb\xbf" + forsta + b"\r\n", b"\r\n", b"   \n", b"\n", b"  " + andra + b"\t\r\n", tredje]
    assert antal(tjanster.importor().importera(rader)) == (3, 0, 0, 0)


def test_tomma_rader_raknas_i_radnumret(tjanster: Tjanster) -> None:
    _, avvisade = importera_rader(tjanster, [b"\n", b"\r\n", b"?\n"])
    assert [avvisad.rad for avvisad in avvisade] == [3]


def test_citattecken_i_text_ar_ingen_upprepning(tjanster: Tjanster) -> None:
    utforare = rad(en_utforare(namn='Hemmet "Eken"; \\"a\\":1,\\"a\\":2 é'), 80)
    resultat = tjanster.importor().importera([json.dumps(utforare).encode(), json.dumps(GODA[0]).encode()])
    assert resultat.nya == 2


@pytest.mark.parametrize(
    ("andra", "falt"),
    [
        ({"version": 2}, "version"),
        ({"typ": "placering.flyttad"}, "typ"),
        ({"samling": "personer"}, "samling"),
        ({"typ": "pris.andrat"}, "pris"),
        ({"handelseId": "1"}, "handelseId"),
        ({"pris": {"sort": "dygn", "belopp": 12.5}}, "pris.belopp"),
        ({"pris": {"sort": "dygn", "belopp": "1.234"}}, "pris.belopp"),
        ({"malgrupp": "ungdomar"}, "malgrupp"),
        ({"datum": "2019-01-10T08:00:00Z"}, "datum"),
        ({"registrerad": "2019-01-11T08:00:00"}, "registrerad"),
        ({"aktor": "Anna"}, "aktor"),
        ({"insatsform": "kontaktperson"}, "insatsform"),
        ({"datum": "2020-06-02"}, "datum"),
        ({"rattar": str(UUID(int=77))}, "rattar"),
    ],
    ids=repr,
)
def test_fel_i_falt_och_brott_mot_regler_avvisas_lika(tjanster: Tjanster, andra: dict[str, Any], falt: str) -> None:
    avvisad = skalet(tjanster, *som_rader([{**rad(en_placering(pris=None), 1), **andra}]))
    assert falt in {fel.falt for fel in avvisad.fel}


def test_en_rad_i_en_annan_kodning_sags_vara_det(tjanster: Tjanster) -> None:
    kodad = json.dumps(rad(en_makulering(orsak="åäö"), 1), ensure_ascii=False).encode("latin-1")
    fel = skalet(tjanster, kodad).fel[0]
    assert fel.mening == f"Raden är inte kodad i UTF-8 (byte {kodad.index('å'.encode('latin-1')) + 1})."


def test_en_angiven_tid_provas_mot_den_tid_som_raderna_fore_registreras(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    i_omgangar(monkeypatch, rader=1, strommar=2)
    tider = (NU + timedelta(hours=timme) for timme in count())
    tjanster = koppla(str(tmp_path / "liggare.db"), klocka=lambda: next(tider))
    mitt_emellan = NU + timedelta(minutes=30)
    rader = som_rader([GODA[0], {**GODA[1], "registrerad": mitt_emellan.isoformat()}])
    assert tjanster.importor().importera(rader).nya == 2
    assert [k.registrerad for k in tjanster.huvudbok.las_logg(0, 9)] == [NU, mitt_emellan]
    tjanster.stang()


def test_en_omgang_har_en_grans_i_byte_ocksa(tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importera, "BYTE_PER_OMGANG", 1)
    framsteg: list[int] = []
    tjanster.importor().importera(som_rader(GODA), framsteg=framsteg.append)
    assert framsteg == [len(en_rad) for en_rad in som_rader(GODA)]


def test_en_samling_som_en_strom_inte_hor_till_avvisas(tjanster: Tjanster) -> None:
    fel = skalet(tjanster, *som_rader([GODA[0], rad(en_utforare(), 2, id=str(PLACERING_ID))])).fel[0]
    assert (fel.kod, fel.falt) == ("strommen-hor-till-en-annan-samling", "samling")


def test_en_rad_efter_en_avvisad_forsta_rad_far_valja_samling(tjanster: Tjanster) -> None:
    fel_forst = rad(ett_platsantal(), 1, id=str(PLACERING_ID))
    resultat, _ = importera_rader(tjanster, som_rader([fel_forst, GODA[0]]))
    assert antal(resultat) == (1, 0, 0, 1)
