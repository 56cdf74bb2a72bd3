"""Import of many events: everything or nothing, every refused line with its reason, and twice is as once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from application import importera
from application.commands import Utfall
from application.importera import LANGSTA_RAD, Avvisad, ImportenAvbruten, Importresultat
from domain.handelse import Handelse
from interfaces.bootstrap import Tjanster, koppla
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_franvaro,
    en_justering,
    en_makulering,
    en_ny_malgrupp,
    en_placering,
    en_rad,
    en_stangd_manad,
    en_utforare,
    en_utvardering,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_pris,
    ett_overvagande,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.importrader import PLACERING_ID, rad, som_rader, utan_engelska
from tests.pseudonym import som_den_heter

NU = datetime(2020, 6, 1, 8, tzinfo=UTC)
FAKTATABELLER = ("fakta_intervall", "fakta_punkt", "fakta_belopp")
LOGGEN = "SELECT position, strom, stromversion, typ, datum, registrerad, handelse_id, rattar, innehall FROM handelser"

Tabeller = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def oppna(tmp_path: Path) -> Iterator[Callable[[str], Tjanster]]:
    oppnade: list[Tjanster] = []

    def en_liggare(namn: str = "liggare") -> Tjanster:
        oppnade.append(koppla(str(tmp_path / f"{namn}.db"), klocka=lambda: NU, nytt_pseudonym=som_den_heter))
        return oppnade[-1]

    yield en_liggare
    for tjanster in oppnade:
        tjanster.stang()


@pytest.fixture
def tjanster(oppna: Callable[..., Tjanster]) -> Tjanster:
    return oppna()


@pytest.fixture
def innehallet(tmp_path: Path) -> Callable[..., Tabeller]:
    """Read a ledger's log and facts straight from its file."""

    def las(namn: str = "liggare") -> Tabeller:
        with closing(sqlite3.connect(tmp_path / f"{namn}.db")) as db:
            fragor = {"handelser": f"{LOGGEN} ORDER BY position"}
            fragor |= {tabell: f"SELECT * FROM {tabell} ORDER BY strom, radnr" for tabell in FAKTATABELLER}
            return {namn: db.execute(fraga).fetchall() for namn, fraga in fragor.items()}

    return las


def importera_rader(tjanster: Tjanster, rader: Iterable[bytes], **sa: Any) -> tuple[Importresultat, list[Avvisad]]:
    """Import with a place for rejects; each reason is checked to be a Swedish sentence."""
    avvisade: list[Avvisad] = []
    resultat = tjanster.importor().importera(rader, avvisa=avvisade.append, **sa)
    assert resultat.avvisade == len(avvisade)
    for avvisad in avvisade:
        assert avvisad.fel
        for fel in avvisad.fel:
            assert fel.falt
            assert fel.kod
            utan_engelska(fel.mening)
    return resultat, avvisade


def skalet(tjanster: Tjanster, *rader: bytes) -> Avvisad:
    """Return why the last of some lines is refused; the others are recorded."""
    resultat, avvisade = importera_rader(tjanster, rader)
    assert [avvisad.rad for avvisad in avvisade] == [len(rader)]
    assert resultat.nya == len(rader) - 1
    assert avvisade[0].innehall == rader[-1]
    return avvisade[0]


def antal(resultat: Importresultat) -> tuple[int, int, int, int]:
    utfall = [resultat.antal[u] for u in (Utfall.REGISTRERAD, Utfall.REDAN_REGISTRERAD, Utfall.OFORANDRAT)]
    return utfall[0], utfall[1], utfall[2], resultat.avvisade


GODA = [rad(en_placering(), 1), rad(ett_nytt_pris(), 2), rad(ett_avslut(), 3)]
DALIG = rad(ett_nytt_lagrum("2019-01-01"), 4)  # before the placement

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
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", 1)
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
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", 2)
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


def test_en_samling_som_en_strom_inte_hor_till_avvisas(tjanster: Tjanster) -> None:
    fel = skalet(tjanster, *som_rader([GODA[0], rad(en_utforare(), 2, id=str(PLACERING_ID))])).fel[0]
    assert (fel.kod, fel.falt) == ("strommen-hor-till-en-annan-samling", "samling")


def test_en_rad_efter_en_avvisad_forsta_rad_far_valja_samling(tjanster: Tjanster) -> None:
    fel_forst = rad(ett_platsantal(), 1, id=str(PLACERING_ID))
    resultat, _ = importera_rader(tjanster, som_rader([fel_forst, GODA[0]]))
    assert antal(resultat) == (1, 0, 0, 1)


# Once is enough


def test_samma_fil_en_gang_till_andrar_ingenting(tjanster: Tjanster, innehallet: Callable[..., Tabeller]) -> None:
    tjanster.importor().importera(som_rader(BLANDAT))
    fore = innehallet()
    resultat = tjanster.importor().importera(som_rader(BLANDAT))
    assert antal(resultat) == (0, len(BLANDAT), 0, 0)
    assert innehallet() == fore


def test_en_upprepad_rad_i_filen_registreras_en_gang(tjanster: Tjanster) -> None:
    assert antal(tjanster.importor().importera(som_rader([*GODA, GODA[1], GODA[0]]))) == (3, 2, 0, 0)


def test_samma_uppgift_under_nytt_id_ar_oforandrad(tjanster: Tjanster) -> None:
    igen = {**GODA[1], "handelseId": str(UUID(int=50))}
    assert antal(tjanster.importor().importera(som_rader([*GODA, igen]))) == (3, 0, 1, 0)


def test_en_fil_med_en_upprepning_andrar_ingenting_nar_den_lases_igen(
    tjanster: Tjanster, innehallet: Callable[..., Tabeller]
) -> None:
    pris = {**GODA[1], "typ": "pris.andrat", "pris": {"sort": "dygn", "belopp": "100.00"}}
    fil = [
        GODA[0],
        {**pris, "handelseId": str(UUID(int=61))},
        {**pris, "handelseId": str(UUID(int=62))},
        {**pris, "handelseId": str(UUID(int=63)), "pris": {"sort": "dygn", "belopp": "200.00"}},
    ]
    assert antal(tjanster.importor().importera(som_rader(fil))) == (3, 0, 1, 0)
    fore = innehallet()
    assert antal(tjanster.importor().importera(som_rader(fil))) == (0, 3, 1, 0)
    assert innehallet() == fore


def test_avvisade_rader_kommer_i_filens_ordning(tjanster: Tjanster) -> None:
    okand_malgrupp = {**GODA[0], "malgrupp": "ungdom"}
    _, avvisade = importera_rader(tjanster, som_rader([GODA[1], okand_malgrupp, GODA[2], GODA[1]]))
    assert [a.rad for a in avvisade] == sorted(a.rad for a in avvisade)


@pytest.mark.parametrize("i_samma_fil", [True, False])
def test_samma_id_med_annat_innehall_avvisas(tjanster: Tjanster, i_samma_fil: bool) -> None:
    annan = {**GODA[1], "datum": "2019-03-02"}
    if i_samma_fil:
        avvisad = skalet(tjanster, *som_rader([*GODA, annan]))
    else:
        importera_rader(tjanster, som_rader(GODA))
        avvisad = skalet(tjanster, *som_rader([annan]))
    (fel,) = avvisad.fel
    assert (fel.kod, fel.falt) == ("handelse-id-upptaget", "handelseId")
    assert str(UUID(int=2)) in fel.mening


def test_en_avbruten_import_kan_goras_om_med_resten(tjanster: Tjanster) -> None:
    tjanster.importor().importera(som_rader(BLANDAT[:7]))
    resultat = tjanster.importor().importera(som_rader(BLANDAT))
    assert antal(resultat) == (len(BLANDAT) - 7, 7, 0, 0)


# When the ledger learnt it


def vid(objekt: dict[str, Any], tid: datetime) -> dict[str, Any]:
    return {**objekt, "registrerad": tid.isoformat()}


def test_ursprungliga_registreringar_bevaras_i_ordning(tjanster: Tjanster) -> None:
    tider = [datetime(2019, 7, dag, 12, tzinfo=UTC) for dag in (1, 1, 9)]
    tjanster.importor().importera(som_rader(map(vid, GODA, tider)))
    rader = tjanster.huvudbok.las_strom(PLACERING_ID)
    assert [k.registrerad for k in rader] == tider
    assert {k.infort for k in rader} == {NU}


def test_en_registrering_som_gar_bakat_avvisas(tjanster: Tjanster) -> None:
    sent = datetime(2019, 7, 9, 12, tzinfo=UTC)
    rader = som_rader([vid(GODA[0], sent), vid(GODA[1], sent - timedelta(microseconds=1))])
    (fel,) = skalet(tjanster, *rader).fel
    assert (fel.falt, fel.kod) == ("registrerad", "tiden-gar-baklanges")
    assert "2019-07-09" in fel.mening


def test_en_registrering_fore_det_som_redan_finns_avvisas(tjanster: Tjanster) -> None:
    tjanster.importor().importera(som_rader(GODA[:1]))
    (fel,) = skalet(tjanster, *som_rader([vid(GODA[1], NU - timedelta(days=1))])).fel
    assert fel.kod == "tiden-gar-baklanges"


def test_en_avvisad_rads_tid_binder_inte_de_foljande(tjanster: Tjanster) -> None:
    tid = datetime(2019, 7, 1, 12, tzinfo=UTC)
    rader = som_rader([vid(GODA[0], tid), vid(DALIG, tid + timedelta(days=9)), vid(GODA[1], tid)])
    resultat, avvisade = importera_rader(tjanster, rader)
    assert (resultat.nya, [avvisad.rad for avvisad in avvisade]) == (2, [2])


def test_vad_som_var_framtid_avgors_av_registreringen(tjanster: Tjanster) -> None:
    (fel,) = skalet(tjanster, *som_rader([vid(GODA[0], datetime(2019, 1, 9, 12, tzinfo=UTC))])).fel
    assert fel.kod == "framtida-datum"


# Batches and memory


def _andra_strommar() -> list[dict[str, Any]]:
    """Return an interleaved history of several streams, late entries and corrections included."""
    rader: list[dict[str, Any]] = []
    nummer = iter(range(1000, 9999))

    def till(strom: UUID, handelse: Handelse, **andra: Any) -> str:
        handelse_id = next(nummer)
        rader.append(rad(handelse, handelse_id, **{"id": str(strom), **andra}))
        return str(UUID(int=handelse_id))

    strommar = [UUID(int=0xC0 + nr) for nr in range(9)]
    for strom in strommar:
        till(strom, en_placering())
    priser = {strom: till(strom, ett_nytt_pris("2019-05-01")) for strom in strommar}
    for strom in strommar[::2]:
        till(strom, en_franvaro())
        till(strom, ett_nytt_pris("2019-03-01", "2050.00"))
    rattelser = {s: till(s, ett_nytt_pris("2019-05-02"), rattar=priser[s]) for s in strommar[1::2]}
    for strom in reversed(strommar):
        till(strom, en_ny_malgrupp("2019-05-20"))
        till(strom, ett_avslut())
    for strom, rattelse in rattelser.items():
        till(strom, ett_nytt_pris("2019-05-03"), rattar=rattelse)
    makulerad = till(strommar[0], ett_overvagande())
    till(strommar[0], en_makulering(), rattar=makulerad)
    for strom in strommar[::3]:
        till(strom, en_utvardering())
    return rader


BLANDAT = [
    rad(en_budget(), 1),
    rad(en_utforare(), 2),
    *_andra_strommar()[:20],
    rad(en_bokning(rader=[en_rad("5.00"), en_rad("5.00")]), 3),
    rad(ett_platsantal(), 4),
    rad(ett_ramavtal(), 5),
    *_andra_strommar()[20:],
    rad(en_bokning(verifikation=None), 6),
    rad(en_bokning(verifikation=None), 7),
    rad(en_justering(), 8),
    rad(ett_upphort_ramavtal(), 9),
    rad(en_bokning(rader=[en_rad("6.00")]), 10, rattar=str(UUID(int=3))),
    rad(en_stangd_manad(), 11),
]


@pytest.mark.parametrize(("i_minnet", "per_omgang"), [(1, 1), (1, 2), (2, 3), (0, 1), (3, 7), (20_000, 1)])
def test_liten_eller_stor_omgang_ger_exakt_samma_liggare(
    oppna: Callable[..., Tjanster],
    innehallet: Callable[..., Tabeller],
    monkeypatch: pytest.MonkeyPatch,
    i_minnet: int,
    per_omgang: int,
) -> None:
    oppna("stor").importor().importera(som_rader(BLANDAT))
    monkeypatch.setattr(importera, "STROMMAR_I_MINNET", i_minnet)
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", per_omgang)
    assert oppna("liten").importor().importera(som_rader(BLANDAT)).nya == len(BLANDAT)
    assert innehallet("liten") == innehallet("stor")
    assert all(innehallet("liten").values())


def test_en_i_taget_ger_samma_liggare_som_en_import(
    oppna: Callable[..., Tjanster], innehallet: Callable[..., Tabeller]
) -> None:
    oppna("import").importor().importera(som_rader(BLANDAT))
    en_i_taget = oppna("entaget").importor()
    for ett in som_rader(BLANDAT):
        en_i_taget.importera([ett])
    assert innehallet("entaget") == innehallet("import")


def test_avvisade_rader_mellan_de_goda_andrar_inte_de_goda(
    oppna: Callable[..., Tjanster], innehallet: Callable[..., Tabeller], monkeypatch: pytest.MonkeyPatch
) -> None:
    oppna("ren").importor().importera(som_rader(BLANDAT))
    monkeypatch.setattr(importera, "RADER_PER_OMGANG", 3)
    blandade = [del_ for ett in som_rader(BLANDAT) for del_ in (ett, b"?\n")]
    resultat, _ = importera_rader(oppna("smutsig"), blandade)
    assert resultat.avvisade == len(BLANDAT)
    assert innehallet("smutsig") == innehallet("ren")


def test_en_gammal_fil_laser_in_som_en_ny(
    oppna: Callable[[str], Tjanster], innehallet: Callable[..., Tabeller]
) -> None:
    ny = [rad(en_placering(), 1), rad(en_franvaro(), 2)]
    gammal = [ny[0], {**ny[1], "fran": ny[1]["datum"]}]
    del gammal[1]["version"]
    for namn, rader in (("ny", ny), ("gammal", gammal)):
        tjanster = oppna(namn)
        assert antal(tjanster.importor().importera(som_rader(rader))) == (2, 0, 0, 0)
        assert antal(tjanster.importor().importera(som_rader(rader))) == (0, 2, 0, 0)
        assert antal(tjanster.importor().importera(som_rader(ny))) == (0, 2, 0, 0)
    assert innehallet("gammal") == innehallet("ny")
