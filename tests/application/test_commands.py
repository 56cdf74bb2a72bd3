"""Recording one event: recorded, already recorded, already said – or refused, and then nothing has happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from application.commands import (
    HandelseIdUpptaget,
    Kvitto,
    RegistreradIFramtiden,
    StrommenHarEnAnnanVersion,
    StrommenHorTillEnAnnanSamling,
    Utfall,
    Versionsvillkor,
    avtryck_av,
)
from application.envelope import Aktor, Forslag
from application.ports import TidenGarBaklanges
from application.tolkning import tolka
from domain.begrepp import Samling
from domain.fel import FramtidaDatum, Regelbrott
from domain.handelse import Handelse
from domain.placering.beslut import PlaceringenSlutarForeSinBorjan
from domain.placering.handelser import PlaceringPaborjad
from interfaces.bootstrap import Tjanster, koppla
from tests.domain.exempel import (
    en_franvaro,
    en_makulering,
    en_placering,
    en_utforare,
    ett_avslut,
    ett_nytt_pris,
    ett_overvagande,
)

STROM = UUID(int=0xA1)
START = datetime(2020, 1, 15, 8, tzinfo=UTC)


class Klocka:
    """A clock that a test sets; it goes only when it is asked, and only if a test says so."""

    def __init__(self) -> None:
        self.nu, self.gar = START, timedelta()

    def __call__(self) -> datetime:
        self.nu += self.gar
        return self.nu - self.gar


@pytest.fixture
def klocka() -> Klocka:
    return Klocka()


@pytest.fixture
def tjanster(databas: str, klocka: Klocka) -> Iterator[Tjanster]:
    oppnade = koppla(databas, klocka=klocka)
    yield oppnade
    oppnade.stang()


def forslag(handelse: Handelse, nummer: int, **andra: Any) -> Forslag:
    return Forslag(Samling.PLACERINGAR, STROM, handelse, UUID(int=nummer))._replace(**andra)


def nekas(tjanster: Tjanster, ett: Forslag, fel: type[Regelbrott]) -> Regelbrott:
    """Return the refusal, having checked that it left the ledger as it was."""
    fore = tjanster.huvudbok.antal()
    with pytest.raises(fel) as fangat:
        tjanster.registrator.registrera(ett)
    assert tjanster.huvudbok.antal() == fore
    return fangat.value


def test_en_handelse_registreras_med_plats_tid_och_lov(tjanster: Tjanster) -> None:
    kvitto = tjanster.registrator.registrera(forslag(en_placering(), 1))
    assert (kvitto.utfall, kvitto.strom, kvitto.version, kvitto.position) == (Utfall.REGISTRERAD, STROM, 1, 1)
    assert kvitto.registrerad == START
    assert len(kvitto.lov) == 32


@pytest.mark.parametrize("versioner", [frozenset({0}), frozenset({2, 3}), frozenset()])
def test_en_handelse_pa_en_annan_version_av_strommen_nekas(tjanster: Tjanster, versioner: frozenset[int]) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1))
    with pytest.raises(StrommenHarEnAnnanVersion, match="har version 1, inte den som anges"):
        tjanster.registrator.registrera(forslag(ett_nytt_pris(), 2), Versionsvillkor(versioner))
    assert tjanster.huvudbok.antal() == 1


def test_en_handelse_pa_ratt_version_eller_i_en_strom_som_har_borjat_registreras(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1), Versionsvillkor(frozenset({0})))
    tjanster.registrator.registrera(forslag(ett_nytt_pris(), 2), Versionsvillkor(frozenset({1})))
    assert tjanster.huvudbok.antal() == 2
    with pytest.raises(StrommenHarEnAnnanVersion, match="har version 0, inte den som anges \\(någon\\)"):
        tjanster.registrator.registrera(forslag(en_placering(), 3, strom=UUID(int=99)), Versionsvillkor())
    assert tjanster.huvudbok.antal() == 2


def test_kuvertet_bevaras(tjanster: Tjanster) -> None:
    ett = forslag(en_placering(), 1, aktor=Aktor("p-9", "handlaggare"), kalla="Treserva", extern_id="7")
    tjanster.registrator.registrera(ett)
    (kuvert,) = tjanster.huvudbok.las_strom(STROM)
    assert kuvert.forslag == ett


def test_samma_handelse_en_gang_till_svarar_som_forsta_gangen(tjanster: Tjanster, klocka: Klocka) -> None:
    forsta = tjanster.registrator.registrera(forslag(en_placering(), 1))
    tjanster.registrator.registrera(forslag(ett_nytt_pris(), 2))
    klocka.nu += timedelta(days=1)
    assert tjanster.registrator.registrera(forslag(en_placering(), 1)) == replace(
        forsta, utfall=Utfall.REDAN_REGISTRERAD
    )
    assert tjanster.huvudbok.antal() == 2


def test_samma_handelse_fran_en_annan_aktor_ar_redan_registrerad(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1))
    kvitto = tjanster.registrator.registrera(forslag(en_placering(), 1, aktor=Aktor("annan", "chef")))
    assert kvitto.utfall is Utfall.REDAN_REGISTRERAD


def test_samma_uppgift_under_nytt_id_andrar_ingenting(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1))
    assert tjanster.registrator.registrera(forslag(en_placering(), 2)) == Kvitto(Utfall.OFORANDRAT, STROM, 1)
    assert tjanster.huvudbok.antal() == 1


@pytest.mark.parametrize(
    "andra",
    [
        {"handelse": en_placering("2019-02-01")},
        {"strom": UUID(int=0xA2)},
        {"rattar": UUID(int=9)},
        {"handelse": en_utforare(), "samling": Samling.UTFORARE},
        {"kalla": "Treserva"},
        {"extern_id": "B2"},
        {"extern_id": None},
    ],
    ids=["innehåll", "ström", "rättar", "slag", "källa", "källans id", "utan källans id"],
)
def test_samma_id_med_annat_innehall_nekas(tjanster: Tjanster, andra: dict[str, Any]) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1, kalla="Procapita", extern_id="A1"))
    samma = forslag(en_placering(), 1, kalla="Procapita", extern_id="A1")
    assert tjanster.registrator.registrera(samma).utfall is Utfall.REDAN_REGISTRERAD
    fel = nekas(tjanster, samma._replace(**andra), HandelseIdUpptaget)
    assert (fel.kod, fel.falt) == ("handelse-id-upptaget", "handelseId")
    assert str(UUID(int=1)) in fel.mening
    assert ("en annan ström" in fel.mening) is ("strom" in andra)
    # Whose stream it is in has not been tried, so nothing is told of it.
    assert "strom" not in andra or not {"placering", str(STROM)} & set(fel.mening.replace(".", " ").split())


def test_ett_annat_ursprung_sags_i_klartext(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1, kalla="Procapita"))
    fel = nekas(tjanster, forslag(en_placering(), 1, kalla="Treserva", extern_id="B2"), HandelseIdUpptaget)
    assert "kalla ”Procapita”, externId saknas" in fel.mening


def test_en_strom_byter_inte_samling(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1))
    fel = nekas(tjanster, forslag(en_utforare(), 2, samling=Samling.UTFORARE), StrommenHorTillEnAnnanSamling)
    assert (fel.kod, fel.falt) == ("strommen-hor-till-en-annan-samling", "samling")
    assert str(STROM) in fel.mening
    assert "placeringar" in fel.mening


def test_en_nekad_handelse_lamnar_liggaren_orord_och_id_ledigt(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering("2019-01-10"), 1))
    nekas(tjanster, forslag(ett_avslut("2019-01-09"), 2), PlaceringenSlutarForeSinBorjan)
    assert tjanster.registrator.registrera(forslag(ett_avslut("2019-01-11"), 2)).position == 2


def test_idag_ar_den_svenska_dagen(tjanster: Tjanster, klocka: Klocka) -> None:
    klocka.nu = datetime(2020, 1, 15, 22, 59, tzinfo=UTC)
    nekas(tjanster, forslag(en_placering("2020-01-16"), 1), FramtidaDatum)
    klocka.nu = datetime(2020, 1, 15, 23, 0, tzinfo=UTC)
    assert tjanster.registrator.registrera(forslag(en_placering("2020-01-16"), 1)).utfall is Utfall.REGISTRERAD


def test_en_angiven_registrering_avgor_vilken_dag_det_var(tjanster: Tjanster) -> None:
    da = datetime(2019, 1, 9, 12, tzinfo=UTC)
    nekas(tjanster, forslag(en_placering("2019-01-10"), 1, registrerad=da), FramtidaDatum)
    kvitto = tjanster.registrator.registrera(forslag(en_placering("2019-01-10"), 1, registrerad=da + timedelta(days=1)))
    assert kvitto.registrerad == da + timedelta(days=1)
    (kuvert,) = tjanster.huvudbok.las_strom(STROM)
    assert kuvert.infort == START


def test_en_registrering_fore_liggarens_senaste_nekas(tjanster: Tjanster) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1))
    with pytest.raises(TidenGarBaklanges, match="2019-06-01"):
        tjanster.registrator.registrera(forslag(ett_nytt_pris(), 2, registrerad=datetime(2019, 6, 1, tzinfo=UTC)))
    assert tjanster.huvudbok.antal() == 1


def test_klockan_som_gar_baklanges_ger_aldrig_en_tidigare_registrering(tjanster: Tjanster, klocka: Klocka) -> None:
    tjanster.registrator.registrera(forslag(en_placering(), 1))
    klocka.nu -= timedelta(hours=1)
    assert tjanster.registrator.registrera(forslag(ett_nytt_pris(), 2)).registrerad == START


def test_vid_midnatt_registreras_en_handelse_den_dag_den_beslutades(tjanster: Tjanster, klocka: Klocka) -> None:
    klocka.nu, klocka.gar = datetime(2020, 1, 15, 22, 59, 59, tzinfo=UTC), timedelta(seconds=2)
    forsta_sekunden = klocka.nu
    assert tjanster.registrator.registrera(forslag(en_placering(), 1)).registrerad == forsta_sekunden


def test_en_rattelse_och_en_makulering_registreras(tjanster: Tjanster) -> None:
    registrera = tjanster.registrator.registrera
    registrera(forslag(en_placering(), 1))
    registrera(forslag(ett_nytt_pris(), 2))
    registrera(forslag(ett_nytt_pris(belopp="2200.00"), 3, rattar=UUID(int=2)))
    kvitto = registrera(forslag(en_makulering(), 4, rattar=UUID(int=3)))
    assert (kvitto.utfall, kvitto.version) == (Utfall.REGISTRERAD, 4)
    assert [k.forslag.rattar for k in tjanster.huvudbok.las_strom(STROM)] == [None, None, UUID(int=2), UUID(int=3)]


def test_strommar_numreras_var_for_sig_och_loggen_i_ett(tjanster: Tjanster) -> None:
    andra = UUID(int=0xA2)
    kvitton = [
        tjanster.registrator.registrera(ett)
        for ett in (
            forslag(en_placering(), 1),
            forslag(en_placering(), 2, strom=andra),
            forslag(ett_overvagande(), 3),
            forslag(ett_overvagande(), 4, strom=andra),
        )
    ]
    assert [(k.strom, k.version, k.position) for k in kvitton] == [
        (STROM, 1, 1), (andra, 1, 2), (STROM, 2, 3), (andra, 2, 4),
    ]  # fmt: skip


def test_en_registrering_i_framtiden_nekas(tjanster: Tjanster, klocka: Klocka) -> None:
    fel = nekas(
        tjanster, forslag(en_placering(), 1, registrerad=klocka() + timedelta(seconds=1)), RegistreradIFramtiden
    )
    assert fel.falt == "registrerad"


def test_en_upprepning_behaller_sitt_id_aven_nar_strommen_har_gatt_vidare(tjanster: Tjanster) -> None:
    registrera = tjanster.registrator.registrera
    registrera(forslag(en_placering(), 1))
    registrera(forslag(ett_nytt_pris(belopp="100.00"), 2))
    upprepning = forslag(ett_nytt_pris(belopp="100.00"), 3)
    forsta = registrera(upprepning)
    registrera(forslag(ett_nytt_pris(belopp="200.00"), 4))
    assert registrera(upprepning) == forsta
    assert forsta.utfall is Utfall.OFORANDRAT
    assert tjanster.huvudbok.antal() == 3
    nekas(tjanster, forslag(ett_nytt_pris(belopp="300.00"), 3), HandelseIdUpptaget)


def test_en_upprepning_som_sants_i_en_aldre_version_kanns_igen_som_den_sants(tjanster: Tjanster) -> None:
    # The remembered hash is of what was sent, so that the same line is the same even when the version it became is not.
    registrera = tjanster.registrator.registrera
    registrera(forslag(en_placering(), 1))
    registrera(forslag(en_franvaro(), 2))
    rad = {
        "samling": "placeringar", "id": str(STROM), "typ": "franvaro.registrerad", "handelseId": str(UUID(int=3)),
        "datum": "2019-04-01", "fran": "2019-04-01", "till": "2019-04-08", "betald": True,
    }  # fmt: skip
    gammal = tolka(rad)
    forsta = registrera(gammal)
    assert forsta.utfall is Utfall.OFORANDRAT
    som_om_en_version_till = gammal._replace(handelse=en_franvaro(betald=False))
    assert registrera(som_om_en_version_till) == forsta


def test_ett_utelamnat_valfritt_falt_andrar_inte_hur_en_upprepning_kanns_igen() -> None:
    utelamnat = en_placering(pris=None)
    angivet = PlaceringPaborjad.model_validate({**utelamnat.innehall(), "pris": None})
    assert avtryck_av(forslag(angivet, 1)) == avtryck_av(forslag(utelamnat, 1))
    utan = forslag(UtanNytt.model_validate({"datum": "2019-01-01"}), 1)
    med = forslag(MedNytt.model_validate({"datum": "2019-01-01"}), 1)
    assert avtryck_av(utan) == avtryck_av(med)


class UtanNytt(Handelse):
    typ = "x.y"


class MedNytt(Handelse):
    typ = "x.y"
    nytt: str | None = None
    rader: tuple[str, ...] = ()
