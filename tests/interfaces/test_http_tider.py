"""As of when: three ways to say what was known, one lasting address, and the same bytes for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.interfaces.http_klient import ADRESS, Klient, avslutad, klient, paborjad, problem


@pytest.fixture
def k(tmp_path: Path) -> Iterator[Klient]:
    """A stay that was ended on the wrong day, and corrected a month later."""
    with klient(tmp_path) as ny:
        ny.registrera(paborjad())
        fel = ny.den("2019-02-01").registrera(avslutad("2019-01-31"))
        ny.den("2019-03-01").registrera(avslutad("2019-01-20", rattar=fel["handelseId"]))
        yield ny.den("2019-04-01")


LASNINGAR = (
    ADRESS,
    f"{ADRESS}/handelser",
    "/v1/placeringar",
    "/v1/handelser",
    "/v1/handelser?samling=placeringar&limit=1",
    "/v1/matt/vardygn?fran=2019-01-01&till=2019-01-31",
    "/v1/matt/vardygn?gruppera=manad,kon&malgrupp=unga",
    f"{ADRESS}?jamfor=2",
    "/v1/matt/vardygn?jamfor=2",
)


def lank(k: Klient, adress: str, **huvuden: str) -> tuple[str, bytes]:
    svar = k.http.get(adress, headers=huvuden)
    assert svar.status_code == 200, svar.text
    return svar.headers["link"].partition(">")[0].removeprefix("<"), svar.content


@pytest.mark.parametrize("adress", LASNINGAR)
@pytest.mark.parametrize("tid", ["", "kantDen=2019-02-15", "position=2", "kantDen=2019-04-01"])
def test_svarets_bestandiga_adress_ger_samma_byte_for_alltid(k: Klient, adress: str, tid: str) -> None:
    fraga = adress + (f"{'&' if '?' in adress else '?'}{tid}" if tid else "")
    bestandig, innehall = lank(k, fraga)
    k.den("2020-01-02").registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    k.registrera(avslutad("2019-01-10", rattar=k.las(f"{ADRESS}/handelser")["handelser"][2]["handelseId"]))
    svar = k.http.get(bestandig)
    assert svar.content == innehall
    assert lank(k, bestandig)[0] == bestandig
    assert k.http.get(bestandig, headers={"If-None-Match": svar.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("adress", LASNINGAR)
def test_svaret_sager_vad_det_ar_enligt(k: Klient, adress: str) -> None:
    svar = k.http.get(adress)
    assert svar.headers["memento-datetime"] == "Fri, 01 Mar 2019 08:00:00 GMT"
    assert "Accept-Datetime" in svar.headers["vary"]
    assert svar.headers["etag"].startswith('"')
    assert svar.json()["underlag"]["position"] == 3
    personligt = "/matt/" not in adress
    assert svar.headers["cache-control"] == ("no-store" if personligt else "private, no-cache")


def test_accept_datetime_ar_vad_som_var_kant(k: Klient) -> None:
    def datum(**huvuden: str) -> list[str]:
        return [h["datum"] for h in k.http.get(ADRESS, headers=huvuden).json()["handelser"]]

    fore = {"Accept-Datetime": "Fri, 15 Feb 2019 12:00:00 GMT"}
    assert datum(**fore) == ["2019-01-01", "2019-01-31"]
    assert datum(**{"Accept-Datetime": "Fri, 15 Feb 2999 12:00:00 GMT"}) == ["2019-01-01", "2019-01-20"]
    # What the address says goes before the heading.
    assert [h["datum"] for h in k.http.get(f"{ADRESS}?position=3", headers=fore).json()["handelser"]][
        -1
    ] == "2019-01-20"
    bestandig, innehall = lank(k, ADRESS, **fore)
    assert k.http.get(bestandig).content == innehall


@pytest.mark.parametrize(
    "text",
    [
        "igar",
        "Thu, 19 Sep 2019 12:00:00",
        "Thu, 19 Sep 2019 12:00:00 -0000",
        "Thu, 19 Sep 2019 12:00:00 +99999999999999999999",
        "Sun, 31 Dec 1899 23:30:00 GMT",
        "Mon, 01 Jan 1900 00:30:00 +0100",
    ],
)
def test_accept_datetime_som_inte_ar_en_tidpunkt_vagras(k: Klient, text: str) -> None:
    svar = problem(k.http.get(ADRESS, headers={"Accept-Datetime": text}), 400, "ogiltig-fraga")
    assert svar["errors"][0]["parameter"] == "Accept-Datetime"
    assert text in svar["detail"]


def test_accept_datetime_ar_en_tidpunkt_och_far_ligga_hur_langt_fram_som_helst(k: Klient) -> None:
    en = ("Accept-Datetime", "Fri, 15 Feb 2019 12:00:00 GMT")
    problem(k.http.get(ADRESS, headers=[en, en]), 400, "ogiltig-fraga")
    langst = {"Accept-Datetime": "Fri, 31 Dec 9999 23:59:59 -2359"}
    assert k.http.get(ADRESS, headers=langst).json()["underlag"]["position"] == 3


def test_kant_den_bedoms_i_utc_som_den_star_i_svaret(k: Klient) -> None:
    for text in ("1900-01-01T00:30:00%2B01:00", "0001-01-01T00:00:00%2B01:00", "9999-12-31T23:59:59-01:00"):
        problem(k.http.get(f"/v1/placeringar?kantDen={text}"), 400, "ogiltig-fraga")
    for text in ("1899-12-31T23:30:00-01:00", "1900-01-01T00:00:00Z", "1900-01-01"):
        bestandig, innehall = lank(k, f"/v1/placeringar?kantDen={text}")
        assert k.http.get(bestandig).content == innehall


def test_vad_som_skiljer_fran_vad_som_var_kant(k: Klient) -> None:
    jamforelse = k.las(ADRESS, jamfor="2")["jamforelse"]
    assert jamforelse["underlag"]["position"] == 2
    assert [h["datum"] for h in jamforelse["tillkomna"]] == ["2019-01-20"]
    assert [h["datum"] for h in jamforelse["borttagna"]] == ["2019-01-31"]
    matt = k.las("/v1/matt/vardygn", gruppera="kon", jamfor="2", fran="2019-01-01", till="2019-01-31")
    assert (matt["totalt"], matt["jamforelse"]["totalt"], matt["jamforelse"]["skillnad"]) == ("19", "30", "-11")
    assert matt["jamforelse"]["grupper"] == [{"kon": "kvinna", "varde": "30", "skillnad": "-11"}]
    assert k.las(ADRESS, jamfor="3")["jamforelse"]["tillkomna"] == []
    for jamfor in ("4", "-1", "x"):
        problem(k.http.get(f"{ADRESS}?jamfor={jamfor}"), 400, "ogiltig-fraga")
    problem(k.http.get(f"{ADRESS}?position=1&jamfor=2"), 400, "ogiltig-fraga")


def test_en_position_mitt_i_en_transaktion_gar_att_fraga_om(k: Klient) -> None:
    """Events that were registered at the same instant are still one after the other."""
    strommar = [str(uuid4()) for _ in range(3)]
    rader = [paborjad(samling="placeringar", id=strom) for strom in strommar]
    innehall = "\n".join(k.http.build_request("POST", "/", json=rad).read().decode() for rad in rader)
    k.http.post("/v1/handelser", content=innehall, headers={"Content-Type": "application/x-ndjson"})
    forr = [
        k.las("/v1/matt/vardygn", position=str(p), fran="2019-01-01", till="2019-01-01")["totalt"] for p in (3, 4, 5, 6)
    ]
    assert forr == ["1", "2", "3", "4"]
    lista = k.las("/v1/placeringar", position="5")["strommar"]
    assert [ett["id"] for ett in lista][1:] == strommar[:2]


def test_en_tom_liggare_har_ocksa_en_bestandig_adress(tmp_path: Path) -> None:
    with klient(tmp_path) as tom:
        bestandig, innehall = lank(tom, "/v1/matt/vardygn")
        assert "position=0" in bestandig
        tom.registrera(paborjad())
        assert tom.http.get(bestandig).content == innehall


def test_sidorna_foljer_pa_varandra_och_flyttar_sig_inte(k: Klient) -> None:
    for _ in range(4):
        k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
    hela = k.las("/v1/placeringar")["strommar"]
    sida = k.las("/v1/placeringar", limit="2")
    funna = list(sida["strommar"])
    while sida["lankar"]["nasta"]:
        k.registrera(paborjad(), f"/v1/placeringar/{uuid4()}")
        sida = k.las(sida["lankar"]["nasta"])
        funna += sida["strommar"]
    assert funna == hela
    assert len(k.las("/v1/placeringar")["strommar"]) > len(hela)
    historik = k.las(f"{ADRESS}/handelser", limit="2")
    nasta = k.las(historik["lankar"]["nasta"])
    assert [h["stromversion"] for h in historik["handelser"] + nasta["handelser"]] == [1, 2, 3]
    assert nasta["lankar"]["nasta"] is None
