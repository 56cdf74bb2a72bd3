"""Every measure is a complete declaration: it explains itself and speaks of facts and dimensions that exist."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from domain import fakta
from domain.fakta import FAKTAFORMER, Belopp, Intervall, Punkt
from domain.handelse import HANDELSETYPER
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT, MED_ID
from domain.matt.modell import DIMENSIONER, ORGANISATIONSDIMENSIONER, UNIKA, Raknesatt, Tidsdimension
from domain.matt.ursprung import handelser_bakom
from domain.matt.uttryck import Grund, Kvot, PerDag, Skillnad
from domain.regler.vardygn import VARDYGNSREGLER

SLAG = {varde for namn, varde in vars(fakta).items() if namn.isupper() and isinstance(varde, str)}
SLAG |= {*HANDELSETYPER, *(f"service{typ}" for typ in HANDELSETYPER if typ.startswith("insats."))}
alla_matt = pytest.mark.parametrize("matt", MATT.values(), ids=lambda matt: matt.namn)

FORMER_FOR: dict[Raknesatt, tuple[type[Any], ...]] = {
    **dict.fromkeys((Raknesatt.DYGN, Raknesatt.PLATSDYGN, Raknesatt.PERSONMANADER, Raknesatt.KOSTNAD), (Intervall,)),
    **dict.fromkeys(UNIKA, (Intervall, Punkt)),
    **dict.fromkeys((Raknesatt.ANTAL, Raknesatt.VOLYM, Raknesatt.BELOPP), (Punkt, Belopp)),
    **dict.fromkeys((Raknesatt.BETYG, Raknesatt.MEDIAN, Raknesatt.INOM_FRIST, Raknesatt.UTAN_FOLJD), (Punkt,)),
    **dict.fromkeys((Raknesatt.VOLYMVARDE, Raknesatt.SENASTE_DAG), (Belopp,)),
}


def alla_grunder(matt: Matt) -> list[Grund]:
    """Return the calculations of a measure and of all its choices."""
    alla = [matt, *(matt.med({v.namn: val.namn}) for v in matt.varianter for val in v.val)]
    return [grund for ett in alla for grund in ett.grunder]


@alla_matt
def test_ett_matt_forklarar_sig(matt: Matt) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", matt.namn)
    assert matt.etikett[0].isupper()
    assert matt.definition.endswith(".")
    assert len(matt.definition) > 30
    assert matt.kalla.strip()
    assert matt.enhet.namn.strip()
    assert 0 <= matt.enhet.decimaler <= 4
    assert matt.galler_fran is None or matt.galler_fran <= date(2019, 1, 1)


@alla_matt
def test_ett_matt_star_under_sitt_eget_namn(matt: Matt) -> None:
    assert MATT[matt.namn] is matt


@alla_matt
def test_ett_matt_raknar_pa_fakta_som_finns(matt: Matt) -> None:
    for grund in alla_grunder(matt):
        assert grund.form in FAKTAFORMER
        assert grund.slag
        assert set(grund.slag) <= SLAG
        assert grund.form in FORMER_FOR[grund.raknesatt]
        assert (grund.raknesatt is Raknesatt.INOM_FRIST) <= (grund.frist is not None)
        assert not (grund.avser_tidigare and grund.form is not Belopp)


@alla_matt
def test_ett_matts_fakta_har_handelser_bakom_sig(matt: Matt) -> None:
    for grund in alla_grunder(matt):
        assert set(handelser_bakom(grund.slag)) <= set(HANDELSETYPER)


@alla_matt
def test_ett_matts_urval_och_dimensioner_finns_som_falt(matt: Matt) -> None:
    for grund in alla_grunder(matt):
        assert set(grund.urval) <= set(grund.form._fields)
        assert set(grund.har_dimensioner) <= set(DIMENSIONER[grund.form])
        assert all(grund.urval.values()), grund
    assert set(matt.ovagt_over) <= {*matt.dimensioner, *DIMENSIONER[matt.grunder[0].form]}
    assert set(matt.ovagt_urval) <= set(matt.grunder[0].form._fields)
    assert bool(matt.ovagt_urval) <= bool(matt.ovagt_over)


@alla_matt
def test_ett_matt_kan_delas_pa_ar_och_bara_pa_manad_om_det_galler_manader(matt: Matt) -> None:
    assert matt.dimensioner[-1] == Tidsdimension.AR
    assert (Tidsdimension.MANAD in matt.dimensioner) is not matt.hela_ar


@alla_matt
def test_unika_personer_och_kvoter_summerar_inte(matt: Matt) -> None:
    if isinstance(matt.uttryck, Kvot) or matt.grunder[0].raknesatt in UNIKA:
        assert not matt.additivt
        assert not matt.additivt_i_tid


@alla_matt
def test_ett_matts_val_har_namn_och_skiljer_sig(matt: Matt) -> None:
    assert len({v.namn for v in matt.varianter}) == len(matt.varianter)
    for variant in matt.varianter:
        assert re.fullmatch(r"[a-z]+", variant.namn)
        assert variant.etikett[0].isupper()
        assert len({val.namn for val in variant.val}) == len(variant.val) >= (1 if variant.fri else 2)
        assert len({matt.med({variant.namn: val.namn}).uttryck for val in variant.val}) <= len(variant.val)
        for val in variant.val[1:]:
            assert matt.med({variant.namn: val.namn}).uttryck != matt.med({}).uttryck


@alla_matt
def test_ett_matts_nummer_ar_i_forteckningen(matt: Matt) -> None:
    for nummer in matt.id:
        assert re.fullmatch(r"[VDEPBIATJ][0-9]{2}", nummer)
        assert matt in MED_ID[nummer]


@pytest.mark.parametrize("form", DIMENSIONER)
def test_dimensionerna_ar_falt_i_sin_faktaform(form: type[Any]) -> None:
    assert set(DIMENSIONER[form]) <= {*form._fields, *ORGANISATIONSDIMENSIONER}
    assert not set(DIMENSIONER[form]) & set(Tidsdimension)


def test_etiketter_och_namn_ar_unika() -> None:
    assert len({matt.etikett for matt in MATT.values()}) == len(MATT)
    assert not {*MATT} & {*MED_ID}


def test_varje_uttryck_kanner_sina_berakningar() -> None:
    ett = Grund(Intervall, ("vistelse",), Raknesatt.DYGN)
    annat = Grund(Intervall, ("franvaro",), Raknesatt.KOSTNAD)
    enhet = next(iter(MATT.values())).enhet
    for uttryck, grunder in (
        (ett, (ett,)),
        (PerDag(ett), (ett,)),
        (Kvot(ett, annat), (ett, annat)),
        (Skillnad(ett, annat), (ett, annat)),
    ):
        assert Matt("prov", "Prov", enhet, "Definition.", "Källa", uttryck).grunder == grunder


def test_bara_gemensamma_dimensioner_kan_fragas_efter() -> None:
    punkter = Grund(Punkt, ("placering.avslutad",), Raknesatt.ANTAL)
    dygn = Grund(Intervall, ("vistelse",), Raknesatt.DYGN)
    matt = Matt("prov", "Prov", next(iter(MATT.values())).enhet, "Definition.", "Källa", Kvot(punkter, dygn))
    assert "malgrupp" in matt.dimensioner
    assert not {"utfall", "prissort"} & set(matt.dimensioner)


# The rules of care days


@pytest.mark.parametrize("regel", VARDYGNSREGLER.values(), ids=lambda regel: regel.namn)
def test_en_vardygnsregel_forklarar_sig(regel: Any) -> None:
    assert VARDYGNSREGLER[regel.namn] is regel
    assert regel.etikett
    assert regel.kalla
    assert regel.raknar_franvaro
    assert regel.raknar_inskrivningsdag or regel.raknar_utskrivningsdag


def test_en_regel_utan_franvaro_sager_det() -> None:
    utan = VARDYGNSREGLER["inOchUt"].utan_franvaro()
    assert utan.raknar_franvaro is False
    assert utan.etikett.endswith("frånvaro räknas inte")
    assert (utan.namn, utan.raknar_utskrivningsdag) == ("inOchUt", True)
