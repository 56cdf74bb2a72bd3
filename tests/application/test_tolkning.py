"""From a JSON object to a proposal: every fault is a Swedish sentence about a field and its value."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from application.envelope import OKAND_AKTOR, Aktor
from application.faltfel import Faltfel, OgiltigHandelse
from application.tolkning import KUVERTFALT, tolka
from domain.begrepp import Samling
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import AGGREGAT
from domain.placering.tidigare import FranvaroRegistreradV1
from tests.domain.exempel import (
    FULLA,
    en_bokning,
    en_budget,
    en_franvaro,
    en_makulering,
    en_placering,
    ett_nytt_pris,
    ett_pris,
)
from tests.domain.importrader import BUDGET_ID, PLACERING_ID, rad, utan_engelska

BORTA = object()


def fel_for(data: Any, **sa: Any) -> tuple[Faltfel, ...]:
    """Return the faults of an object, each checked to be a Swedish sentence."""
    with pytest.raises(OgiltigHandelse) as fangat:
        tolka(data, **sa)
    for fel in fangat.value.fel:
        utan_engelska(fel.mening.replace(" true eller false", ""))
    return fangat.value.fel


def placering(**andra: Any) -> dict[str, Any]:
    objekt = {**rad(en_placering(), 1), **andra}
    return {namn: varde for namn, varde in objekt.items() if varde is not BORTA}


# What is understood


@pytest.mark.parametrize("typ", HANDELSETYPER.values(), ids=lambda typ: typ.typ)
def test_varje_handelse_tolkas_till_sig_sjalv(typ: type[Handelse]) -> None:
    handelse = FULLA[typ]()
    forslag = tolka(rad(handelse, 7))
    assert forslag.handelse == handelse
    assert forslag.handelse_id == UUID(int=7)
    assert (forslag.rattar, forslag.kalla, forslag.extern_id, forslag.registrerad) == (None, None, None, None)


def test_kuvertets_falt_hamnar_i_forslaget() -> None:
    forslag = tolka(
        placering(kalla="Treserva", externId="P-17", rattar=str(UUID(int=5)), version=1, aktor={"id": "x", "roll": "y"})
    )
    assert (forslag.samling, forslag.strom) == (Samling.PLACERINGAR, PLACERING_ID)
    assert (forslag.kalla, forslag.extern_id, forslag.rattar) == ("Treserva", "P-17", UUID(int=5))
    assert forslag.aktor == Aktor("x", "y")


def test_utan_aktor_ar_den_okand() -> None:
    assert tolka(placering()).aktor == OKAND_AKTOR
    assert tolka(placering(aktor=None)).aktor == OKAND_AKTOR


def test_den_som_sander_gar_fore_det_som_star_i_objektet() -> None:
    assert tolka(placering(aktor={"id": "x", "roll": "y"}), aktor=Aktor("jag", "chef")).aktor == Aktor("jag", "chef")


def test_kommunen_fylls_i_dar_den_saknas() -> None:
    assert tolka(placering(kommun=BORTA), kommun="0180").handelse == en_placering(kommun="0180")
    assert tolka(placering(), kommun="0180").handelse == en_placering()


def test_kommunen_fylls_inte_i_dar_den_inte_hor_hemma() -> None:
    assert tolka(rad(ett_nytt_pris(), 2), kommun="0180").handelse == ett_nytt_pris()


def test_en_migrering_far_ange_nar_det_registrerades() -> None:
    forslag = tolka(placering(registrerad="2019-02-01T09:30:00+01:00"), far_ange_registrerad=True)
    assert forslag.registrerad == datetime(2019, 2, 1, 8, 30, tzinfo=UTC)
    assert forslag.registrerad is not None
    assert forslag.registrerad.tzinfo is UTC


def test_budgetperiodens_id_foljer_av_kommun_namnd_och_ar() -> None:
    assert tolka(rad(en_budget(), 1)).strom == BUDGET_ID
    assert tolka(rad(en_budget(), 1, id=str(BUDGET_ID))).strom == BUDGET_ID
    assert tolka(rad(en_bokning(), 1)).strom == BUDGET_ID


def test_ett_tomt_valfritt_falt_ar_ett_utelamnat() -> None:
    assert tolka(placering(planeratSlut=None)).handelse == en_placering()


def test_text_rensas_fran_mellanslag_runt_om() -> None:
    assert tolka(rad(en_makulering(orsak="  Fel person "), 1)).handelse == en_makulering(orsak="Fel person")


def test_en_typ_i_fel_samling_sags_hora_till_sin() -> None:
    (fel,) = fel_for({**rad(ett_nytt_pris(), 2), "samling": "arenden"})
    assert fel == Faltfel("typ", "enum", "”pris.andrat” hör till placeringar, inte till arenden.")


# The envelope


@pytest.mark.parametrize("data", [[], [1], "x", 3, 1.5, None, True, [[[]]]], ids=repr)
def test_bara_ett_objekt_ar_en_handelse(data: Any) -> None:
    (fel,) = fel_for(data)
    assert fel.kod == "inget-objekt"
    assert fel.mening.startswith("En händelse ska vara ett JSON-objekt, inte ")


def test_ett_tomt_objekt_saknar_sina_falt() -> None:
    assert [f.mening for f in fel_for({})] == [
        "Fältet samling saknas.",
        "Fältet typ saknas.",
        "Fältet handelseId saknas.",
    ]


@pytest.mark.parametrize("falt", ["samling", "typ", "handelseId", "id"])
def test_kuvertets_nodvandiga_falt_maste_finnas(falt: str) -> None:
    (fel,) = fel_for(placering(**{falt: BORTA}))
    assert fel == Faltfel(falt, "missing", f"Fältet {falt} saknas.")


@pytest.mark.parametrize("falt", ["datum", "arendeId", "malgrupp", "kon", "fodelsear", "lagrum", "kommun"])
def test_handelsens_nodvandiga_falt_maste_finnas(falt: str) -> None:
    (fel,) = fel_for(placering(**{falt: BORTA}))
    assert fel == Faltfel(falt, "missing", f"Fältet {falt} saknas.")


@pytest.mark.parametrize("falt", ["planeratslut", "planerat_slut", "personnummer", "åäö", "", "position", "lov"])
def test_ett_okant_falt_nekas(falt: str) -> None:
    (fel,) = fel_for(placering(**{falt: "2019-01-01"}))
    assert fel.kod == "extra-forbidden"
    assert falt in fel.mening


@pytest.mark.parametrize("falt", ["handelse_id", "extern_id", "person_id"])
def test_falt_i_pythons_form_ar_okanda(falt: str) -> None:
    (fel,) = fel_for(placering(**{falt: str(UUID(int=1))}))
    assert fel.mening == f"Fältet {falt} finns inte i händelsen."


def test_ett_okant_falt_langre_in_nekas() -> None:
    (fel,) = fel_for(placering(pris={**ett_pris(), "moms": "25"}))
    assert (fel.falt, fel.kod) == ("pris.moms", "extra-forbidden")


def test_en_okand_samling_namner_de_tillatna() -> None:
    (fel,) = fel_for(placering(samling="placering"))
    assert fel.falt == "samling"
    assert "”placering”" in fel.mening
    assert "placeringar, atgarder, budgetperioder, utforare" in fel.mening


def test_varje_samling_tar_emot_handelser() -> None:
    assert set(AGGREGAT) == set(Samling)


@pytest.mark.parametrize("typ", ["placering.avslutat", "Placering.Paborjad", "", "x" * 500])
def test_en_okand_handelsetyp_namner_de_tillatna(typ: str) -> None:
    (fel,) = fel_for(placering(typ=typ))
    assert (fel.falt, fel.kod) == ("typ", "enum")
    assert "placering.avslutad" in fel.mening
    assert len(fel.mening) < 600


@pytest.mark.parametrize("version", [2, 17])
def test_en_version_som_inte_finns_nekas(version: int) -> None:
    (fel,) = fel_for(placering(version=version))
    assert fel.mening == f"placering.paborjad tas emot i version 1, inte {version}."


GAMMAL_FRANVARO: dict[str, Any] = {
    "samling": "placeringar", "id": str(PLACERING_ID), "typ": "franvaro.registrerad", "handelseId": str(UUID(int=1)),
    "datum": "2019-04-01", "fran": "2019-04-01", "till": "2019-04-08", "betald": True,
}  # fmt: skip


@pytest.mark.parametrize("version", [{}, {"version": 1}], ids=["utelämnad", "angiven"])
def test_en_rad_i_en_aldre_version_blir_den_senaste(version: dict[str, int]) -> None:
    forslag = tolka({**GAMMAL_FRANVARO, **version})
    assert forslag.handelse == en_franvaro()
    assert isinstance(forslag.tidigare, FranvaroRegistreradV1)
    assert tolka(rad(en_franvaro(), 1)).tidigare is None


def test_fel_pa_en_aldre_rad_namner_den_radens_falt() -> None:
    (fel,) = fel_for({**GAMMAL_FRANVARO, "version": 1, "fran": "i går"})
    assert (fel.falt, fel.kod) == ("fran", "date-parsing")
    (fel,) = fel_for({**GAMMAL_FRANVARO, "fran": "2019-04-02"})
    assert (fel.falt, fel.kod) == ("datum", "datum-ar-inte-verkansdag")


def test_en_ny_rad_utan_version_far_veta_att_den_lasts_som_den_forsta() -> None:
    utan = {namn: varde for namn, varde in GAMMAL_FRANVARO.items() if namn != "fran"}
    saknas, version = fel_for(utan)
    assert (saknas.falt, saknas.kod) == ("fran", "missing")
    assert version.falt == "version"
    assert version.mening == "Utan version läses franvaro.registrerad som version 1; den senaste är version 2."


def test_alla_versioner_som_tas_emot_namns() -> None:
    (fel,) = fel_for({**GAMMAL_FRANVARO, "version": 3})
    assert fel.mening == "franvaro.registrerad tas emot i version 1, 2, inte 3."


def test_kommunen_fylls_i_aven_pa_en_aldre_rad(monkeypatch: pytest.MonkeyPatch) -> None:
    class MedKommun(FranvaroRegistreradV1, typ="franvaro.registrerad", version=1):
        kommun: str

        def till_nasta(self) -> dict[str, Any]:
            assert self.kommun == "1880"
            return {"datum": str(self.datum), "till": str(self.till), "betald": self.betald}

    monkeypatch.setattr("application.tolkning.TIDIGARE", {("franvaro.registrerad", 1): MedKommun})
    assert tolka(GAMMAL_FRANVARO, kommun="1880").handelse == en_franvaro()


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None, []], ids=repr)
def test_en_version_ar_ett_heltal_fran_ett(version: Any) -> None:
    (fel,) = fel_for(placering(version=version))
    assert fel.falt == "version"


@pytest.mark.parametrize("falt", ["handelseId", "id", "rattar", "personId", "utforareId"])
@pytest.mark.parametrize("varde", ["", "17", "11111111-1111-4111-8111-11111111111", 17, True, {}], ids=repr)
def test_ett_felaktigt_uuid_nekas(falt: str, varde: Any) -> None:
    (fel,) = fel_for(placering(**{falt: varde}))
    assert fel.falt == falt
    assert fel.mening.startswith(f"{falt} ska vara ett UUID, inte ")


def test_registrerad_kraver_sin_ratt() -> None:
    (fel,) = fel_for(placering(registrerad="2019-02-01T09:30:00Z"))
    assert fel.falt == "registrerad"
    assert "rätten migrering" in fel.mening


@pytest.mark.parametrize(
    ("varde", "del_"),
    [
        ("2019-02-01T09:30:00", "tidszon"),
        ("2019-02-01", "tidszon"),
        ("igår", "RFC 3339"),
        ("1546300800", "RFC 3339"),
        (1546300800, "RFC 3339"),
        (True, "RFC 3339"),
        ("2019-02-30T09:30:00Z", "RFC 3339"),
        ("0001-01-01T00:00:00+05:00", "mellan 1900 och 2200"),
        ("9999-12-31T23:59:59-05:00", "mellan 1900 och 2200"),
    ],
)
def test_en_registrering_ar_ett_ogonblick_med_tidszon(varde: Any, del_: str) -> None:
    (fel,) = fel_for(placering(registrerad=varde), far_ange_registrerad=True)
    assert fel.falt == "registrerad"
    assert del_ in fel.mening


@pytest.mark.parametrize(
    ("aktor", "falt"),
    [
        ("Anna", "aktor"),
        ([], "aktor"),
        (7, "aktor"),
        ({}, "aktor.id"),
        ({"id": "x"}, "aktor.roll"),
        ({"roll": "x"}, "aktor.id"),
        ({"id": "", "roll": "x"}, "aktor.id"),
        ({"id": "  ", "roll": "x"}, "aktor.id"),
        ({"id": "x", "roll": ""}, "aktor.roll"),
        ({"id": "x" * 101, "roll": "x"}, "aktor.id"),
        ({"id": "x", "roll": "x" * 41}, "aktor.roll"),
        ({"id": 7, "roll": "x"}, "aktor.id"),
        ({"id": "x", "roll": "y", "namn": "Anna"}, "aktor.namn"),
    ],
    ids=repr,
)
def test_en_aktor_har_id_och_roll_och_inget_namn(aktor: Any, falt: str) -> None:
    assert fel_for(placering(aktor=aktor))[0].falt == falt


@pytest.mark.parametrize(("falt", "langd"), [("kalla", 100), ("externId", 200)])
def test_kalla_och_externt_id_ar_kort_text(falt: str, langd: int) -> None:
    tolka(placering(**{falt: "x" * langd}))
    felaktiga: list[Any] = ["x" * (langd + 1), "", "  ", 7, []]
    for varde in felaktiga:
        (fel,) = fel_for(placering(**{falt: varde}))
        assert fel.falt == falt


def test_budgetperiodens_id_kan_inte_vara_ett_annat() -> None:
    (fel,) = fel_for(rad(en_budget(), 1, id=str(PLACERING_ID)))
    assert (fel.falt, fel.kod) == ("id", "budgetperiodens-id")
    assert str(BUDGET_ID) in fel.mening
    assert str(PLACERING_ID) in fel.mening


def test_kuvertfalten_ar_de_som_formatet_namner() -> None:
    assert set(KUVERTFALT) == {
        "samling", "id", "typ", "version", "handelseId", "rattar", "kalla", "externId", "aktor", "registrerad",
    }  # fmt: skip
