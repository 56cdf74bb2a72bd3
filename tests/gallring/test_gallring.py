"""Forgetting persons leaves nothing of them in any file, and everything else as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import SQLITE_FULL, OperationalError
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, RowMapping, select

from application.commands import Utfall
from application.fragetolkning import tolka_fraga
from application.gallring import GallringenGarInte, StadningenVantar
from application.ports import OsakerDatabas
from application.tolkning import tolka
from domain.fel import AktenArGallrad
from domain.personuppgift import BORTTAGEN_TEXT
from domain.placering.handelser import PlaceringPaborjad
from infrastructure import postgres, sqlite
from infrastructure.database import oppna
from infrastructure.evidence import Lovhuvud, atagande, lov
from infrastructure.tables import akter, gallringar, handelser, personer
from interfaces.bootstrap import Tjanster, koppla
from interfaces.cli.main import huvud
from tests.gallring.personer import NU, Historia, Person, siffrorna, traffar
from tests.postgres import Postgresserver

Filer = Callable[[], list[Path]]


@pytest.fixture
def filer(databas: str, tmp_path: Path, request: pytest.FixtureRequest) -> Filer:
    """Give every file that the database and its key ring are kept in."""
    server: Postgresserver | None = request.getfixturevalue("postgresserver") if "://" in databas else None

    def alla() -> list[Path]:
        if server is not None:
            with server.forbindelse() as forbindelse:
                forbindelse.execute("CHECKPOINT")  # what is in memory only is in no file
        mappar = [tmp_path] if server is None else [tmp_path, server.mapp]
        return [fil for mapp in mappar for fil in sorted(mapp.rglob("*")) if fil.is_file()]

    return alla


@pytest.fixture
def tjanster(databas: str) -> Iterator[Tjanster]:
    oppnade = koppla(databas, klocka=lambda: NU)
    yield oppnade
    oppnade.stang()


@pytest.fixture
def motor(databas: str, tjanster: Tjanster) -> Iterator[Engine]:
    oppnad = oppna(databas)
    yield oppnad
    oppnad.dispose()


def loggen(motor: Engine) -> list[RowMapping]:
    with motor.begin() as forbindelse:
        return list(forbindelse.execute(select(handelser).order_by(handelser.c.position)).mappings())


def kontrollera_bevisen(rad: RowMapping) -> None:
    """Reckon a row's evidence from what is left of it."""
    huvud = Lovhuvud(**{namn: rad[namn] for namn in Lovhuvud._fields})
    assert rad["lov"] == lov(huvud, rad["atagande"], rad["hemligt_atagande"])
    assert rad["atagande"] == atagande(rad["salt"], rad["innehall"])
    if rad["hemligt"] is not None:
        assert rad["hemligt_atagande"] == atagande(rad["hemligt_salt"], rad["hemligt"])


def lasta_texter(tjanster: Tjanster, strommar: set[UUID]) -> set[str]:
    """Return every text and identity that can be read in streams."""
    kuvert = [ett for strom in strommar for ett in tjanster.huvudbok.las_strom(strom)]
    varden = [v for ett in kuvert for v in ett.handelse.model_dump(mode="json").values() if isinstance(v, str)]
    return {*varden, *(ett.forslag.extern_id for ett in kuvert if ett.forslag.extern_id)}


@pytest.mark.parametrize(("antal", "glomda"), [(50, 10), pytest.param(500, 100, marks=pytest.mark.tung)])
def test_av_de_glomda_finns_ingenting_kvar_och_allt_annat_star_som_det_stod(
    antal: int, glomda: int, tjanster: Tjanster, motor: Engine, filer: Filer
) -> None:
    historia = Historia(antal)
    historia.las_in(tjanster)
    borta, kvar = historia.personer[:glomda], historia.personer[glomda:]
    with motor.begin() as forbindelse:
        forbindelse.exec_driver_sql("ANALYZE")  # PostgreSQL keeps samples of what it has seen in each column
    fore, fakta_fore, siffror_fore = loggen(motor), tjanster.ombyggare.avtryck(), siffrorna(tjanster)
    akterna = {akt for p in borta for akt in (p.arende, p.placering, p.ko)}
    forseglat = _forseglat(motor, fore, akterna)
    assert {traff for _, traff in traffar(filer(), [*forseglat, b"Verksamhetssystemet"])} > set(forseglat)

    gallrat = tjanster.gallring.glom([p.id for p in borta], beslut="SN 2020/17")

    assert gallrat.akter == 3 * glomda
    assert gallrat.personer == glomda + glomda // 2  # and their families
    alla_filer = filer()
    assert traffar(alla_filer, [marke for p in historia.personer for marke in p.marken()]) == []
    # What was sealed is gone as well: not only its key. (Of PostgreSQL's log, see ADR 0014.)
    assert traffar([fil for fil in alla_filer if "pg_wal" not in fil.parts], forseglat) == []

    deras = {strom for person in kvar for strom in (person.arende, person.placering)}
    texter = lasta_texter(tjanster, deras | {historia.atgard, historia.utforare})
    for person in kvar:
        assert {*person.texter, str(person.id), str(person.familj)} <= texter
    for person in borta:
        assert texter.isdisjoint({*person.texter, str(person.id), str(person.familj)})

    efter = loggen(motor)
    assert [rad["lov"] for rad in efter] == [rad["lov"] for rad in fore]
    assert [rad["innehall"] for rad in efter] == [rad["innehall"] for rad in fore]
    for rad in efter:
        kontrollera_bevisen(rad)
    for person in borta:
        for strom in (person.arende, person.placering):
            assert all(ett.gallrad for ett in tjanster.huvudbok.las_strom(strom))
            assert tjanster.liggaren.strom(strom).version
    assert siffrorna(tjanster) == siffror_fore
    assert tjanster.ombyggare.avtryck() == fakta_fore
    tjanster.ombyggare.bygg_om()
    assert tjanster.ombyggare.avtryck() == fakta_fore


def _forseglat(motor: Engine, logg: list[RowMapping], akterna: set[UUID]) -> list[bytes]:
    """Return the sealed texts, salts, wrapped keys, links and search values of files."""
    rader = [rad for rad in logg if (rad["akt"] or rad["strom"]) in akterna]
    with motor.begin() as forbindelse:
        nycklar = list(forbindelse.scalars(select(akter.c.nyckel).where(akter.c.akt.in_(akterna))))
    return [*(rad["hemligt"] for rad in rader), *(rad["hemligt_salt"] for rad in rader), *nycklar]


@pytest.fixture
def historia(tjanster: Tjanster) -> Historia:
    historia = Historia(4)
    historia.las_in(tjanster)
    return historia


def test_samma_fil_en_gang_till_andrar_ingenting_och_lar_inget_om_den_som_ar_glomd(
    tjanster: Tjanster, historia: Historia, motor: Engine, filer: Filer
) -> None:
    tjanster.gallring.glom([historia.personer[0].id, historia.personer[1].id])
    fore = loggen(motor)
    resultat = tjanster.importor().importera(historia.rader())
    assert resultat.nya == 0
    assert loggen(motor) == fore
    assert traffar(filer(), [m for p in historia.personer for m in p.marken()]) == []
    with motor.begin() as forbindelse:
        sok = forbindelse.scalars(select(personer.c.sok).where(personer.c.gallrad.is_(None))).all()
    assert len(sok) == 2 + 1


def test_en_handelse_sand_en_gang_till_far_samma_kvitto_aven_sedan_personen_glomts(
    tjanster: Tjanster, historia: Historia
) -> None:
    forslag = [tolka(orjson.loads(rad)) for rad in historia.rader()]
    fore = [tjanster.registrator.registrera(ett) for ett in forslag]
    assert {kvitto.utfall for kvitto in fore} == {Utfall.REDAN_REGISTRERAD, Utfall.OFORANDRAT}
    tjanster.gallring.glom([historia.personer[0].id])
    assert [tjanster.registrator.registrera(ett) for ett in forslag] == fore


def test_en_gallrad_akt_tar_inte_emot_mer_en_i_taget_eller_i_en_fil(tjanster: Tjanster, historia: Historia) -> None:
    person = historia.personer[0]
    borjan = next(rad for rad in map(orjson.loads, historia.rader()) if rad["id"] == str(person.placering))
    annan = {**borjan, "id": str(uuid4()), "handelseId": str(uuid4())}
    tjanster.registrator.registrera(tolka(annan))
    tjanster.gallring.glom([person.id])
    nya: list[dict[str, Any]] = [
        {"samling": "arenden", "id": str(person.arende), "typ": "enhet.andrad", "datum": "2019-09-01", "enhet": "Nya"},
        {
            "samling": "atgarder", "id": str(historia.atgard), "typ": "slutdatum.hypotetiskt", "datum": "2019-09-01",
            "placeringId": str(person.placering), "hypotetisktSlut": "2020-01-01", "underlag": "Hemligt igen",
        },
        {  # nothing personal is said, but it is about the file
            "samling": "atgarder", "id": str(historia.atgard), "typ": "arende.bedomt", "datum": "2019-09-01",
            "placeringId": annan["id"], "effektklass": "ingen", "forkortadeDygn": 0, "dygnskostnad": "1.00",
            "insatskostnad": "0.00",
        },
    ]  # fmt: skip
    for ny in nya:
        ny["handelseId"] = str(uuid4())
        with pytest.raises(AktenArGallrad):
            tjanster.registrator.registrera(tolka(ny))
    avvisade: list[Any] = []
    resultat = tjanster.importor().importera([orjson.dumps(ny) for ny in nya], avvisa=avvisade.append)
    assert resultat.nya == 0
    assert [avvisad.fel[0].kod for avvisad in avvisade] == ["akten-ar-gallrad"] * len(nya)


def test_den_som_kommer_tillbaka_ar_nagon_annan(tjanster: Tjanster, historia: Historia) -> None:
    person = historia.personer[0]
    (forr,) = _pseudonymer(tjanster, person)
    unika = _unika_personer(tjanster)
    tjanster.gallring.glom([person.id])
    igen = Person(0, historia.atgard, historia.utforare, uuid4())
    igen.id = person.id
    tjanster.importor().importera([orjson.dumps(rad) for rad in igen.rader()])
    (nu,) = _pseudonymer(tjanster, igen)
    assert nu != forr
    assert {str(person.id)} <= lasta_texter(tjanster, {igen.arende})
    assert {str(person.id), *igen.texter}.isdisjoint(lasta_texter(tjanster, {person.arende}))
    assert _unika_personer(tjanster) == unika + 1


def _pseudonymer(tjanster: Tjanster, person: Person) -> set[UUID]:
    with tjanster.huvudbok.skrivning() as bok:
        handelser_ = [ett.handelse for ett in bok.i_strommen(person.placering)]
    return {h.person_id for h in handelser_ if isinstance(h, PlaceringPaborjad)}


def _unika_personer(tjanster: Tjanster) -> Any:
    return tjanster.fragor.svara(tolka_fraga("unika-personer", nu=NU, fran="2019-01-01", till="2019-12-31")).totalt


def test_en_familj_glomms_med_sin_sista(tjanster: Tjanster, historia: Historia) -> None:
    en, annan = historia.personer[:2]
    tjanster.gallring.glom([en.id])
    assert str(en.familj) in lasta_texter(tjanster, {annan.arende})
    assert tjanster.gallring.glom([annan.id]).personer == 2


def test_den_som_namndes_av_misstag_tar_inte_med_sig_den_rattes_akt(tjanster: Tjanster, historia: Historia) -> None:
    ratt, fel = historia.personer[0], uuid4()
    aktualiserat = next(rad for rad in map(orjson.loads, historia.rader()) if rad.get("enhet") == "Ungdomsgruppen")
    fel_person = {**aktualiserat, "rattar": aktualiserat["handelseId"], "handelseId": str(uuid4())}
    fel_person["personId"] = str(fel)
    ratt_igen = {**fel_person, "rattar": fel_person["handelseId"], "handelseId": str(uuid4())}
    ratt_igen["personId"] = str(ratt.id)
    for rad in (fel_person, ratt_igen):
        tjanster.registrator.registrera(tolka(rad))
    assert tjanster.gallring.glom([fel]).akter == 0
    # Sent again it is still the event it was, though nobody is left to tell whom it named.
    assert tjanster.registrator.registrera(tolka(fel_person)).utfall is Utfall.REDAN_REGISTRERAD
    assert tjanster.importor().importera([orjson.dumps(fel_person)]).antal[Utfall.REDAN_REGISTRERAD] == 1
    texter = lasta_texter(tjanster, {ratt.arende})
    assert str(fel) not in texter
    assert str(ratt.id) in texter


def test_en_akt_utan_kand_person_glomms_for_sig(tjanster: Tjanster, historia: Historia) -> None:
    strom = uuid4()
    rad = {**orjson.loads(historia.rader()[4]), "id": str(strom), "handelseId": str(uuid4()), "externId": "utan person"}
    del rad["personId"], rad["familjId"]
    tjanster.registrator.registrera(tolka(rad))
    assert tjanster.gallring.glom([], [strom]).akter == 1
    (kuvert,) = tjanster.huvudbok.las_strom(strom)
    assert (kuvert.gallrad, kuvert.forslag.extern_id) == (True, None)


def test_en_fritext_som_ar_borta_lases_som_borttagen(tjanster: Tjanster, historia: Historia) -> None:
    person = historia.personer[0]
    tjanster.gallring.glom([person.id])
    orsaker = [getattr(k.handelse, "orsak", None) for k in tjanster.huvudbok.las_strom(person.arende)]
    assert BORTTAGEN_TEXT in orsaker


def test_den_som_inte_ar_kand_kan_inte_glommas_och_ingenting_gors(tjanster: Tjanster, historia: Historia) -> None:
    with pytest.raises(GallringenGarInte, match="inte känd"):
        tjanster.gallring.glom([historia.personer[0].id, uuid4()])
    with pytest.raises(GallringenGarInte, match="finns inte"):
        tjanster.gallring.glom([], [uuid4()])
    assert not tjanster.huvudbok.las_strom(historia.personer[0].arende)[0].gallrad


def test_den_som_inte_ager_databasen_far_veta_att_filerna_inte_ar_stadade(postgresserver: Postgresserver) -> None:
    with postgresserver.ny_databas() as databas:
        tjanster = koppla(postgresserver.adress(databas), klocka=lambda: NU, nyckelfil=postgresserver.nyckelfil)
        historia = Historia(2)
        historia.las_in(tjanster)
        with postgresserver.forbindelse() as forbindelse:
            forbindelse.execute(f"ALTER DATABASE {databas} OWNER TO postgres")
        with pytest.raises(OsakerDatabas, match="äger databasen"):
            tjanster.gallring.glom([historia.personer[0].id])
        with postgresserver.forbindelse() as forbindelse:
            forbindelse.execute(f"ALTER DATABASE {databas} OWNER TO liggare")
        assert tjanster.gallring.stada()
        tjanster.stang()


def test_gallringen_antecknas_utan_nagon_person(tjanster: Tjanster, historia: Historia, motor: Engine) -> None:
    tjanster.gallring.glom([historia.personer[0].id], beslut="SN 2020/17")
    with motor.begin() as forbindelse:
        (rad,) = forbindelse.execute(select(gallringar)).all()
    antal = tjanster.huvudbok.antal()
    assert (rad.nr, rad.position, rad.personer, rad.akter, rad.beslut) == (1, antal, 1, 3, "SN 2020/17")
    assert rad.stadad is not None
    assert not tjanster.gallring.stada()


def test_en_lasare_i_vagen_sager_att_filerna_ska_stadas_sedan(tmp_path: Path) -> None:
    tjanster = koppla(str(tmp_path / "liggare.db"), klocka=lambda: NU)
    historia = Historia(2)
    historia.las_in(tjanster)
    motor = oppna(str(tmp_path / "liggare.db"))
    with motor.begin() as lasare:
        lasare.execute(select(handelser).limit(1)).all()
        with pytest.raises(StadningenVantar):
            tjanster.gallring.glom([historia.personer[0].id])
    motor.dispose()
    assert tjanster.huvudbok.las_strom(historia.personer[0].arende)[0].gallrad
    assert tjanster.gallring.stada()
    assert not tjanster.gallring.stada()
    tjanster.stang()


def test_det_som_gloms_medan_filerna_skrivs_om_ar_inte_stadat(
    tjanster: Tjanster, historia: Historia, databas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given that somebody else forgets another person just then, and is killed before the files are written."""
    modul = sqlite if "://" not in databas else postgres
    skriv_om, annan = modul.skriv_om, koppla(databas, klocka=lambda: NU)

    def dodas(*_: Any) -> bool:
        raise KeyboardInterrupt

    def medan(*vad: Any) -> bool:
        monkeypatch.setattr(modul, "skriv_om", dodas)
        with pytest.raises(KeyboardInterrupt):
            annan.gallring.glom([historia.personer[1].id])
        monkeypatch.setattr(modul, "skriv_om", skriv_om)
        return bool(skriv_om(*vad))

    monkeypatch.setattr(modul, "skriv_om", medan)
    tjanster.gallring.glom([historia.personer[0].id])
    annan.stang()
    assert tjanster.gallring.stada()
    assert not tjanster.gallring.stada()


def test_nar_disken_ar_full_sags_att_gallringen_ar_gjord_men_inte_stadad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tjanster = koppla(str(tmp_path / "liggare.db"), klocka=lambda: NU)
    historia = Historia(2)
    historia.las_in(tjanster)

    def full(*_: Any) -> bool:
        fel = OperationalError("database or disk is full")
        fel.sqlite_errorcode = SQLITE_FULL
        raise fel

    with monkeypatch.context() as full_disk:
        full_disk.setattr(sqlite, "skriv_om", full)
        with pytest.raises(StadningenVantar, match=r"Gallringen är gjord, men .* inte omskrivna: disken är full"):
            tjanster.gallring.glom([historia.personer[0].id])
    assert tjanster.gallring.stada()
    tjanster.stang()


def test_beslutet_som_en_gallring_vilar_pa_nekas_om_det_ar_for_langt(tjanster: Tjanster, historia: Historia) -> None:
    with pytest.raises(GallringenGarInte, match="beslut har 201 tecken; tillåtet är högst 200"):
        tjanster.gallring.glom([historia.personer[0].id], beslut="x" * 201)
    with pytest.raises(GallringenGarInte, match="beslut får inte säga vem som glöms"):
        tjanster.gallring.glom([historia.personer[0].id], beslut=f"SN 2020/17 {historia.personer[0].id}".upper())
    assert tjanster.gallring.glom([historia.personer[0].id], beslut="x" * 200).personer == 1


def test_lovets_huvud_har_inget_personligt(historia: Historia, motor: Engine) -> None:
    huvuden = [tuple(rad[namn] for namn in Lovhuvud._fields) for rad in loggen(motor)]
    allt = b" ".join(v.bytes if isinstance(v, UUID) else str(v).encode() for huvud in huvuden for v in huvud)
    assert not [marke for person in historia.personer for marke in person.marken() if marke in allt]


def test_det_som_ar_borta_visas_som_gallrat_i_kommandot(tmp_path: Path) -> None:
    databas = str(tmp_path / "liggare.db")
    tjanster = koppla(databas, klocka=lambda: NU)
    historia = Historia(2)
    historia.las_in(tjanster)
    tjanster.stang()
    person = historia.personer[0]
    glom = CliRunner().invoke(huvud, ["glom", str(person.id), "--ja", "--databas", databas], catch_exceptions=False)
    assert (glom.exit_code, glom.stdout) == (0, "Glömda personer och familjer: 1. Akter: 3, med 10 händelser.\n")
    lasning = ["strom", "arenden", str(person.arende), "--historik", "--databas", databas]
    assert "personuppgifter gallrade" in CliRunner().invoke(huvud, lasning).stdout
    svar = CliRunner().invoke(huvud, [*lasning, "--format", "json"]).stdout
    handelser_ = orjson.loads(svar)["handelser"]
    assert all(en["gallrad"] and "externId" not in en and "orsak" not in en for en in handelser_)
    assert CliRunner().invoke(huvud, ["glom", "--databas", databas]).stdout.startswith("Inget att göra")
    igen = CliRunner().invoke(huvud, ["glom", str(person.id), "--ja", "--databas", databas])
    assert (igen.exit_code, "redan gallrad" in igen.stderr) == (1, True)
    avbruten = CliRunner().invoke(huvud, ["glom", str(historia.personer[1].id), "--databas", databas], input="n\n")
    assert avbruten.exit_code == 1
