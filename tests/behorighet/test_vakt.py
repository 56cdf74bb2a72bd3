"""The guard: every cell of the matrix at every route, and what whoever asks gets to know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import PersistenceError
from starlette.routing import Route

from application.behorighet.matris import MATRIS
from application.behorighet.ord import OPPNA, Lage, Rojer, Roll
from domain.begrepp import Samling
from interfaces.http.adresser import ADRESSER
from interfaces.http.app import skapa_app
from tests.behorighet.nyckelknippa import RESURS, jwk, privat, skriv_nycklar
from tests.behorighet.test_token import OBEHORIGA
from tests.behorighet.varlden import (
    NU,
    SAKNAD,
    SODER,
    Varld,
    avvikelser,
    celler,
    fraga,
    overlamna,
    utfall,
    vantat,
    varlden,
)
from tests.interfaces.http_klient import OppenVakt, problem

SKYDDADE = [adress for adress in ADRESSER if adress.rojer not in OPPNA]


@pytest.fixture
def egen(tmp_path: Path) -> Iterator[Varld]:
    with varlden(tmp_path) as varld:
        yield varld


# The matrix -----------------------------------------------------------------------------------------------------------


def test_varje_cell_i_matrisen_galler_i_varje_adress(v: Varld) -> None:
    assert avvikelser(v) == []


def test_vandringen_gar_genom_hela_matrisen(v: Varld) -> None:
    besokta = {(cell.adress.rojer, cell.roll, cell.lage) for cell in celler(v)}
    antal_flera = [adress for adress in SKYDDADE if "{id}" not in adress.vag]
    for_flera = {(adress.rojer, Roll.REGISTRERARE, Lage.ALLA) for adress in antal_flera}
    utan_adress = {(rojer, Roll.REGISTRERARE, Lage.ALLA) for rojer in Rojer} - for_flera
    assert set(MATRIS) - utan_adress == besokta & set(MATRIS)
    assert {adress.rojer for adress in SKYDDADE} == set(Rojer) - OPPNA


def test_varje_adress_i_programmet_ar_deklarerad(v: Varld) -> None:
    app = skapa_app(v.tjanster, OppenVakt())
    i_programmet = {
        (route.path, metod) for route in app.routes if isinstance(route, Route) for metod in route.methods or ()
    }
    assert {par for par in i_programmet if par[1] != "HEAD"} == {(a.vag, a.metod) for a in ADRESSER}
    assert len(app.routes) == len(ADRESSER)


def test_utan_token_kommer_man_bara_at_det_oppna(v: Varld) -> None:
    for cell in celler(v):
        if cell.roll is Roll.REVISOR:
            svar = fraga(v, cell, None)
            assert (utfall(svar) == "okänd") is (cell.adress.rojer not in OPPNA), cell.adress


# Tokens over HTTP -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("namn", OBEHORIGA)
def test_en_fientlig_token_slapps_inte_in(namn: str, v: Varld) -> None:
    kod, gor = OBEHORIGA[namn]
    token = gor()
    svar = v.http.get("/v1/matt/vardygn", headers=[(b"Authorization", b"Bearer " + token.encode())])
    utmaning = svar.headers["www-authenticate"]
    if token == "" or " " in token:
        problem(svar, 401, "saknar-token")
        assert "error=" not in utmaning
    else:
        problem(svar, 401, "ogiltig-token")
        assert f'error="invalid_token", error_description="{kod}"' in utmaning


def test_svaret_utan_token_sager_var_man_far_en(v: Varld) -> None:
    for huvuden in ({}, {"Authorization": "Basic YTpi"}, {"Authorization": v.token()}, {"Authorization": "Bearer"}):
        svar = v.http.get("/v1/atkomster", headers=huvuden)
        problem(svar, 401, "saknar-token")
        adress = f"{RESURS}/.well-known/oauth-protected-resource"
        assert svar.headers["www-authenticate"] == f'Bearer realm="liggare", resource_metadata="{adress}"'
    metadata = v.http.get("/.well-known/oauth-protected-resource").json()
    assert metadata["resource"] == RESURS
    assert metadata["authorization_servers"] == ["https://inloggning.example/"]


def test_tva_token_i_samma_anrop_vagras(v: Varld) -> None:
    token = v.token(roll="revisor", syfte="revision")
    svar = v.http.get("/v1/matt/vardygn", headers=[("Authorization", f"Bearer {token}")] * 2)
    problem(svar, 400, "ogiltig-begaran")
    assert 'error="invalid_request"' in svar.headers["www-authenticate"]


def test_token_i_adressen_tas_inte_emot(v: Varld) -> None:
    svar = v.http.get("/v1/matt/vardygn", params={"access_token": v.token(roll="revisor", syfte="revision")})
    problem(svar, 401, "saknar-token")


def test_rollen_racker_inte(v: Varld) -> None:
    svar = v.las("/v1/atkomster", roll="revisor", syfte="revision")
    innehall = problem(svar, 403, "saknar-ratt")
    assert innehall["detail"] == "Vem som har läst vad granskas av internkontrollen."
    assert 'error="insufficient_scope"' in svar.headers["www-authenticate"]


def test_bearer_skrivs_som_man_vill(v: Varld) -> None:
    token = v.token(roll="revisor", syfte="revision")
    for huvud in (f"bearer {token}", f"BEARER   {token} "):
        assert v.http.get("/v1/matt/vardygn", headers={"Authorization": huvud}).status_code == 200


def test_svar_som_beror_pa_vem_som_fragar_sager_det(v: Varld) -> None:
    assert "Authorization" in v.las("/v1/matt/vardygn", roll="revisor", syfte="revision").headers["vary"]
    assert "Authorization" not in v.http.get("/v1/matt").headers.get("vary", "")


# Units ----------------------------------------------------------------------------------------------------------------


def test_en_annan_enhets_strom_ar_som_om_den_inte_fanns(v: Varld) -> None:
    for slut in ("", "/handelser"):
        annans = v.las(f"/v1/arenden/{v.i(Samling.ARENDEN, Lage.ANNAN).id}{slut}")
        saknad = v.las(f"/v1/arenden/{SAKNAD}{slut}")
        assert annans.text.replace(str(v.i(Samling.ARENDEN, Lage.ANNAN).id), str(SAKNAD)) == saknad.text
        assert (annans.status_code, dict(annans.headers)) == (saknad.status_code, dict(saknad.headers))


def test_en_handelse_i_en_annan_enhets_strom_vagras_som_i_en_som_saknas(v: Varld) -> None:
    fortsattning = {"typ": "arende.avslutat", "datum": "2019-12-15", "orsak": "insatsAvslutad"}
    svar = []
    for nr, strom in enumerate((v.i(Samling.ARENDEN, Lage.ANNAN).id, SAKNAD)):
        kropp = {**fortsattning, "handelseId": str(UUID(int=0x7700 + nr))}
        ett = v.sand("POST", f"/v1/arenden/{strom}/handelser", v.token(), json=kropp, headers={"If-Match": '"1"'})
        svar.append((ett.status_code, ett.text.replace(str(strom), "X")))
    assert svar[0] == svar[1]
    assert svar[0][0] in (404, 422)


def test_det_som_lamnats_over_laser_bara_den_nya_enheten(egen: Varld) -> None:
    arende = egen.i(Samling.ARENDEN, Lage.EGEN).id
    placering = egen.i(Samling.PLACERINGAR, Lage.EGEN).id
    assert egen.las(f"/v1/arenden/{arende}").status_code == 200
    overlamna(egen, arende, SODER)
    for vag in (f"/v1/arenden/{arende}", f"/v1/placeringar/{placering}", f"/v1/arenden/{arende}?gallerDen=2019-06-30"):
        assert utfall(egen.las(vag)) == "dold"
        assert egen.las(vag, enhet=SODER).status_code == 200


def test_en_token_for_flera_enheter_laser_bada(v: Varld) -> None:
    for lage in (Lage.EGEN, Lage.ANNAN):
        strom = v.i(Samling.ARENDEN, lage).id
        assert v.las(f"/v1/arenden/{strom}", enhet=["Norr", SODER]).status_code == 200
    assert v.logg.rader[-1].enhet == "Norr | Söder"


# Who recorded ---------------------------------------------------------------------------------------------------------


def _registrera(v: Varld, roll: str, syfte: str, **annat: Any) -> tuple[Any, UUID]:
    """Begin a new case as somebody; return the answer and the stream."""
    strom = UUID(int=0xA700 + len(v.logg.rader) * 4 + (roll == "migrering"))
    kropp = {**v.i(Samling.ARENDEN, Lage.EGEN).kropp, "handelseId": str(UUID(int=strom.int + 0x10000)), **annat}
    vag, token = f"/v1/arenden/{strom}/handelser", v.token(roll=roll, syfte=syfte, sub="p-17")
    return v.sand("POST", vag, token, json=kropp, headers={"If-None-Match": "*"}), strom


def test_aktor_och_roll_kommer_ur_tokenen(egen: Varld) -> None:
    svar, strom = _registrera(egen, "registrerare", "handlaggning")
    assert svar.status_code == 201, svar.text
    aktor = egen.tjanster.huvudbok.las_strom(strom)[0].forslag.aktor
    assert (aktor.id, aktor.roll) == ("p-17", "registrerare")


def test_aktor_kan_inte_anges(egen: Varld) -> None:
    svar, _ = _registrera(egen, "migrering", "migrering", aktor={"id": "nagon", "roll": "revisor"})
    assert problem(svar, 422, "ogiltig-handelse")["errors"][0]["kod"] == "saknar-ratt"


def test_bara_migreringen_anger_nar_det_forst_registrerades(egen: Varld) -> None:
    da = NU.isoformat()
    nekad, _ = _registrera(egen, "registrerare", "handlaggning", registrerad=da)
    assert problem(nekad, 422, "ogiltig-handelse")["errors"][0]["kod"] == "saknar-ratt"
    svar, strom = _registrera(egen, "migrering", "migrering", registrerad=da)
    assert svar.status_code == 201, svar.text
    kuvert = egen.tjanster.huvudbok.las_strom(strom)[0]
    assert (kuvert.registrerad, kuvert.infort) != (None, None)
    assert kuvert.forslag.aktor.roll == "migrering"


def test_ett_arende_i_en_annan_enhet_kan_inte_paborjas(egen: Varld) -> None:
    svar, _ = _registrera(egen, "registrerare", "handlaggning", enhet=SODER)
    problem(svar, 404, "okand-strom")
    assert not egen.logg.rader[-1].beviljad


# The access log -------------------------------------------------------------------------------------------------------


def test_en_lasning_antecknas_innan_den_besvaras(egen: Varld) -> None:
    strom = egen.i(Samling.ARENDEN, Lage.EGEN).id
    egen.las(f"/v1/arenden/{str(strom).upper()}", sub="p-17")
    rad = egen.logg.rader[-1]
    assert (rad.aktor, rad.roll, rad.syfte, rad.enhet) == ("p-17", "registrerare", "handlaggning", "Norr")
    assert (rad.vad, rad.mal, rad.beviljad) == ("las-arenden", f"/v1/arenden/{strom}", True)

    egen.las(f"/v1/arenden/{strom}/handelser?kantDen=2026-02-01&personId=19121212-1212")
    assert egen.logg.rader[-1].fraga == {"kantDen": "2026-02-01"}


def test_utan_anteckning_inget_svar(egen: Varld) -> None:
    strom = egen.i(Samling.ARENDEN, Lage.EGEN).id
    egen.logg.fel = PersistenceError("disken är full")
    for svar in (
        egen.las(f"/v1/arenden/{strom}"),
        egen.las(f"/v1/arenden/{strom}/handelser"),
        egen.las("/v1/atkomster", roll="internkontroll", syfte="loggkontroll"),
        egen.las("/v1/atkomster"),
        egen.las(f"/v1/arenden/{egen.i(Samling.ARENDEN, Lage.ANNAN).id}"),
    ):
        assert "disken" not in problem(svar, 503, "atkomst-ej-antecknad")["detail"]
        assert svar.headers["retry-after"] == "5"
    assert egen.las("/v1/matt/vardygn").status_code == 200


def test_internkontrollen_laser_loggen_och_det_antecknas(egen: Varld) -> None:
    egen.las(f"/v1/arenden/{egen.i(Samling.ARENDEN, Lage.EGEN).id}", sub="p-17")
    svar = egen.las("/v1/atkomster?aktor=p-17", roll="internkontroll", syfte="loggkontroll", sub="k-1")
    assert svar.status_code == 200, svar.text
    forsta, sista = svar.json()["atkomster"][0], svar.json()["atkomster"][-1]
    assert (forsta["aktor"], forsta["vad"]) == ({"id": "p-17", "roll": "registrerare"}, "las-arenden")
    assert (sista["aktor"]["id"], sista["vad"], sista["fraga"]) == ("k-1", "las-atkomster", {"aktor": "p-17"})


def test_utan_nycklar_ingen_inloggning(egen: Varld, tmp_path: Path) -> None:
    (tmp_path / "jwks.json").unlink()
    svar = egen.las("/v1/matt/vardygn")
    problem(svar, 503, "nycklar-saknas")
    assert str(tmp_path) not in svar.text
    assert egen.http.get("/v1/livez").status_code == 200


def test_nyckeln_byts_utan_omstart(egen: Varld, tmp_path: Path) -> None:
    gammal = egen.token(roll="revisor", syfte="revision")
    ny = egen.utgivare.token(med={"kid": "ny"}, nyckel=privat("annan"))
    skriv_nycklar(tmp_path / "jwks.json", jwk("annan", "ny"))
    assert egen.sand("GET", "/v1/matt/vardygn", gammal).status_code == 401
    assert egen.sand("GET", "/v1/matt/vardygn", ny).status_code == 200


def test_varje_inlamnad_rad_provas_for_sig(egen: Varld) -> None:
    rader = [
        {**strom.kropp, "samling": strom.samling.value, "id": str(strom.id)}
        for strom in egen.strommar
        if strom.samling is Samling.PLACERINGAR
    ]
    innehall = b"\n".join(json.dumps(rad).encode() for rad in rader)
    typ = {"Content-Type": "application/x-ndjson"}
    svar = egen.sand("POST", "/v1/handelser", egen.token(), content=innehall, headers=typ).json()
    assert [rad["status"] for rad in svar["resultat"]] == [200, 404, 404, 200]
    assert [(rad.vad, rad.mal, rad.beviljad) for rad in egen.logg.rader] == [
        ("lamna-in-handelser", f"/v1/placeringar/{rad['id']}", False) for rad in rader[1:3]
    ]
    svar = egen.sand("POST", "/v1/handelser", egen.token("migrering", "migrering"), content=innehall, headers=typ)
    assert {rad["status"] for rad in svar.json()["resultat"]} == {200}


def test_ratten_ar_den_som_galler_nar_raden_registreras(egen: Varld) -> None:
    arende, ny = egen.i(Samling.ARENDEN, Lage.EGEN), str(UUID(int=0xB9))
    placering = egen.i(Samling.PLACERINGAR, Lage.EGEN).kropp | {"handelseId": ny, "arendeId": str(arende.id)}
    enhet = {"typ": "enhet.andrad", "datum": "2026-02-01", "enhet": SODER}
    avslutad = {"typ": "placering.avslutad", "datum": "2026-02-01", "planerat": True, "orsak": "enligtPlan"}
    rader = [
        {"samling": "placeringar", "id": ny, **placering},
        {"samling": "arenden", "id": str(arende.id), "handelseId": str(UUID(int=0xB8)), **enhet},
        {"samling": "placeringar", "id": ny, "handelseId": str(UUID(int=0xBA)), **avslutad},
    ]
    innehall = b"\n".join(json.dumps(rad).encode() for rad in rader)
    typ = {"Content-Type": "application/x-ndjson"}
    fore = egen.tjanster.huvudbok.antal()
    svar = egen.sand("POST", "/v1/handelser", egen.token(), content=innehall, headers=typ).json()
    assert [rad["status"] for rad in svar["resultat"]] == [201, 201, 404]
    assert egen.tjanster.huvudbok.antal() == fore + 2


def test_den_handelse_som_lamnar_over_arendet_kan_sandas_igen(egen: Varld) -> None:
    arende = egen.i(Samling.ARENDEN, Lage.EGEN)
    kropp = {"typ": "enhet.andrad", "handelseId": str(UUID(int=0xB8)), "datum": "2026-02-01", "enhet": SODER}
    vag, villkor = f"/v1/arenden/{arende.id}/handelser", {"If-Match": '"1"'}

    def sand(om: dict[str, Any], **vem: Any) -> Any:
        return egen.sand("POST", vag, egen.token(**vem), json={**kropp, **om}, headers=villkor)

    forsta, igen = sand({}, sub="p-17"), sand({}, sub="p-17")
    assert (forsta.status_code, igen.status_code) == (201, 200), igen.text
    assert forsta.json() | {"utfall": "redanRegistrerad"} == igen.json()
    rad = json.dumps({"samling": "arenden", "id": str(arende.id), **kropp}).encode()
    typ = {"Content-Type": "application/x-ndjson"}
    svar = egen.sand("POST", "/v1/handelser", egen.token(sub="p-17"), content=rad, headers=typ).json()
    assert [ett["status"] for ett in svar["resultat"]] == [200]
    # Somebody else of the unit that has left it, and another content: as if it were not there.
    assert utfall(sand({}, sub="p-18")) == "dold"
    assert utfall(sand({"datum": "2026-02-02"}, sub="p-17")) == "dold"


def test_den_som_bara_far_rakna_ser_inte_sma_tal(v: Varld) -> None:
    fraga_ = "/v1/matt/unika-personer?fran=2019-01-01&till=2019-12-31&gallerDen=2019-12-31&gruppera=malgrupp"
    exakt = v.las(fraga_, roll="revisor", syfte="revision").json()
    assert exakt["grupper"] == [{"malgrupp": "unga", "varde": "1"}]
    assert "sekretess" not in exakt
    for vem in ({"roll": "controller", "syfte": "uppfoljning"}, {}):
        svar = v.las(fraga_, **vem).json()
        assert svar["grupper"] == []
        assert (svar["totalt"], svar["underlag"]["raknadeFakta"]) == (None, None)
        assert (svar["sekretess"]["helhetenDold"], svar["sekretess"]["grupperUtelamnade"]) == (True, True)


def test_nyckeln_till_ett_litet_tal_star_inte_heller_i_en_jamforelse(v: Varld) -> None:
    fraga_ = "/v1/matt/vardygn?fran=2019-01-01&till=2019-12-31&gallerDen=2019-12-31&gruppera=malgrupp,kon&jamfor="
    for position in (0, v.tjanster.huvudbok.antal()):
        svar = v.las(f"{fraga_}{position}", roll="controller", syfte="uppfoljning").json()
        assert (svar["grupper"], svar["jamforelse"]["grupper"]) == ([], [])
        assert svar["jamforelse"]["skillnad"] is None


def test_prognosen_visar_inte_sma_tal_for_den_som_bara_far_rakna(v: Varld) -> None:
    fraga_ = "/v1/prognoser?kommun=1880&ar=2019&gallerDen=2019-08-31"
    exakt = v.las(fraga_, roll="revisor", syfte="revision").json()
    skyddat = v.las(fraga_, roll="controller", syfte="uppfoljning").json()
    assert "sekretess" not in exakt and not any("dolda" in rad for rad in exakt["rader"])
    assert skyddat["sekretess"]["not"] in skyddat["noter"]
    vardrader = [nr for nr, rad in enumerate(exakt["rader"]) if rad["registreradeDygn"]]
    assert vardrader
    for nr in vardrader:
        rad = skyddat["rader"][nr]
        assert "hittills" in rad["dolda"]
        assert (rad["registreradeDygn"], rad["registreradKostnad"], rad["hopp"]) == (None, None, None)
    assert v.las(fraga_).status_code == 403


def test_den_som_slapps_in_far_ett_svar(v: Varld) -> None:
    """What is let through is answered, so that the walk does not take a mistaken question for a granted one."""
    slappta = [cell for cell in celler(v) if vantat(cell) == "släppt"]
    svaren = {(c.adress.namn, fraga(v, c, v.token(c.roll.value, c.syfte.value)).status_code) for c in slappta}
    assert {svar for svar in svaren if svar[1] >= 300} == set()
    assert {namn for namn, _ in svaren} == {adress.namn for adress in ADRESSER}
