"""What the ledger promises beyond the library's contract: time, order, identity."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError, MapperDeserialisationError

from application.commands import HandelseIdUpptaget, Utfall
from application.envelope import Forslag, Kuvert
from application.ports import TidenGarBaklanges
from application.tolkning import tolka
from domain.begrepp import Samling
from domain.faktaspar import Faktaandring
from infrastructure.database import oppna
from infrastructure.huvudbok import Bok
from infrastructure.mapper import Kuvertmappare, LagradHandelse
from infrastructure.recorder import Recorder
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.test_externa_insatser import sen_placering

INGEN_ANDRING = Faktaandring((), ())
NU = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def placering(nr: int, **andra: Any) -> Forslag:
    ids = {"id": str(UUID(int=1000 + nr)), "handelseId": str(UUID(int=2000 + nr))}
    return tolka({**sen_placering(), **ids, **andra}, far_ange_registrerad=True)


@pytest.fixture
def tider() -> list[datetime]:
    return [NU]


@pytest.fixture
def tjanster(databas: str, tider: list[datetime]) -> Iterator[Tjanster]:
    oppnade = koppla(databas, klocka=lambda: tider[-1])
    yield oppnade
    oppnade.stang()


def test_registrerad_minskar_aldrig_aven_om_klockan_gar_bakat(tjanster: Tjanster, tider: list[datetime]) -> None:
    for nr, steg in enumerate([0, -3600, 5, -7200, 6]):
        tider.append(NU + timedelta(seconds=steg))
        tjanster.registrator.registrera(placering(nr))
    registrerade = [k.registrerad for k in tjanster.huvudbok.las_logg(0, 10)]
    assert registrerade == [NU, NU, NU + timedelta(seconds=5), NU + timedelta(seconds=5), NU + timedelta(seconds=6)]
    assert [k.position for k in tjanster.huvudbok.las_logg(0, 10)] == [1, 2, 3, 4, 5]


def test_en_migrering_behaller_bade_ursprunglig_tid_och_nar_raden_fordes_in(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(placering(1, registrerad="2018-01-05T08:00:00Z"))
    (kuvert,) = tjanster.huvudbok.las_logg(0, 10)
    assert kuvert.registrerad == datetime(2018, 1, 5, 8, tzinfo=UTC)
    assert kuvert.infort == NU


def test_en_migrering_gar_inte_bakat(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(placering(1, registrerad="2018-01-05T08:00:00Z"))
    with pytest.raises(TidenGarBaklanges, match="2018-01-04"):
        tjanster.registrator.registrera(placering(2, registrerad="2018-01-04T08:00:00Z"))
    assert tjanster.huvudbok.antal() == 1


def test_samma_handelse_igen_svarar_som_forsta_gangen(tjanster: Tjanster) -> None:
    forsta = tjanster.registrator.registrera(placering(1))
    andra = tjanster.registrator.registrera(placering(1))
    assert (forsta.utfall, andra.utfall) == (Utfall.REGISTRERAD, Utfall.REDAN_REGISTRERAD)
    assert (forsta.position, forsta.lov, forsta.registrerad) == (andra.position, andra.lov, andra.registrerad)
    assert tjanster.huvudbok.antal() == 1


def test_ett_handelse_id_betyder_en_handelse_for_alltid(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(placering(1))
    with pytest.raises(HandelseIdUpptaget):
        tjanster.registrator.registrera(placering(1, kon="man"))
    with pytest.raises(HandelseIdUpptaget):
        tjanster.registrator.registrera(placering(1, id=str(UUID(int=5))))


def test_databasen_sjalv_vagrar_ett_upptaget_handelse_id(databas: str) -> None:
    motor = oppna(databas)
    bok = Bok(Recorder(motor), Kuvertmappare())
    ett, samma_id = placering(1), placering(1, id=str(UUID(int=5)))
    with bok.skrivning() as skrivning:
        skrivning.skriv([Kuvert(ett.strom, 1, ett)], [INGEN_ANDRING], NU)
    with pytest.raises(IntegrityError), bok.skrivning() as skrivning:
        skrivning.skriv([Kuvert(samma_id.strom, 1, samma_id)], [INGEN_ANDRING], NU)
    assert bok.antal() == 1
    motor.dispose()


def test_en_skrivning_som_avbryts_lamnar_inget_efter_sig(databas: str) -> None:
    motor = oppna(databas)
    bok = Bok(Recorder(motor), Kuvertmappare())
    ett = placering(1)

    def avbruten() -> None:
        with bok.skrivning() as skrivning:
            skrivning.skriv([Kuvert(ett.strom, 1, ett)], [INGEN_ANDRING], NU)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        avbruten()
    assert bok.antal() == 0
    motor.dispose()


def test_atta_samtidiga_skrivare_ger_en_handelse_per_id_och_luckfri_ordning(databas: str) -> None:
    tjanster = koppla(databas)
    fel: list[BaseException] = []

    def skriv(forskjutning: int) -> None:
        try:
            for nr in range(25):
                tjanster.registrator.registrera(placering((nr + forskjutning) % 25))
        except BaseException as ovantat:
            fel.append(ovantat)

    tradar = [threading.Thread(target=skriv, args=(nr * 3,)) for nr in range(8)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert fel == []
    assert [k.position for k in tjanster.huvudbok.las_logg(0, 100)] == list(range(1, 26))
    tjanster.stang()


def test_kant_den_ar_den_sista_positionen_vid_eller_fore_ogonblicket(tjanster: Tjanster, tider: list[datetime]) -> None:
    for nr, sekund in enumerate([0, 0, 10]):
        tider.append(NU + timedelta(seconds=sekund))
        tjanster.registrator.registrera(placering(nr))
    svar = {s: tjanster.huvudbok.kunskap(NU + timedelta(seconds=s)).position for s in (-1, 0, 9, 10, 11)}
    assert svar == {-1: 0, 0: 2, 9: 2, 10: 3, 11: 3}
    allt = tjanster.huvudbok.kunskap(None)
    assert (allt.position, allt.kant_den) == (3, NU + timedelta(seconds=10))


def test_strommen_som_den_var_vid_en_version(tjanster: Tjanster) -> None:
    forslag = placering(1)
    tjanster.registrator.registrera(forslag)
    avslut = {"typ": "placering.avslutad", "datum": "2018-05-01", "planerat": True, "orsak": "enligtPlan"}
    tjanster.registrator.registrera(
        tolka({"samling": "placeringar", "id": str(forslag.strom), "handelseId": str(UUID(int=77)), **avslut})
    )
    assert tjanster.liggaren.strom(forslag.strom).tillstand.avslut is not None
    assert tjanster.liggaren.strom(forslag.strom, version=1).tillstand.avslut is None
    assert tjanster.huvudbok.las_strom(forslag.strom, till_position=1)[-1].originator_version == 1


def test_mappningen_tar_fram_och_tillbaka() -> None:
    mappare = Kuvertmappare()
    kuvert = Kuvert(placering(1).strom, 1, placering(1))
    lagrad = mappare.to_stored_event(kuvert)
    assert lagrad.samling == Samling.PLACERINGAR
    assert mappare.to_domain_event(lagrad).forslag == kuvert.forslag


@pytest.mark.parametrize(
    "fel", [{"topic": "okand.typ"}, {"state": b"{}"}, {"state": b"inte json"}, {"schemaversion": 7}]
)
def test_en_rad_som_inte_gar_att_lasa_namnges_med_sin_position(fel: dict[str, Any]) -> None:
    mappare = Kuvertmappare()
    lagrad = mappare.to_stored_event(Kuvert(placering(1).strom, 1, placering(1)))
    trasig = LagradHandelse(**{**vars(lagrad), "position": 42, **fel})
    with pytest.raises(MapperDeserialisationError, match="position 42"):
        mappare.to_domain_event(trasig)
