"""Every measure is a complete declaration: it explains itself and speaks of facts and dimensions that exist."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from domain import fakta
from domain.fakta import FAKTAFORMER, Belopp, Intervall, Punkt
from domain.matt.katalog import MATT
from domain.matt.modell import (
    DIMENSIONER,
    ORGANISATIONSDIMENSIONER,
    Aggregat,
    Grund,
    Kvot,
    Matt,
    PerDag,
    Skillnad,
    Tidsdimension,
)
from domain.regler.vardygn import VARDYGNSREGLER

SLAG = {varde for namn, varde in vars(fakta).items() if namn.isupper() and isinstance(varde, str)}
alla_matt = pytest.mark.parametrize("matt", MATT.values(), ids=lambda matt: matt.namn)

FORM_FOR: dict[Aggregat, type[Any]] = {
    Aggregat.DYGN: Intervall,
    Aggregat.UNIKA_PERSONER: Intervall,
    Aggregat.KOSTNAD: Intervall,
    Aggregat.BELOPP: Belopp,
    Aggregat.VOLYM: Belopp,
    Aggregat.VOLYMVARDE: Belopp,
    Aggregat.ANTAL: Punkt,
}


@alla_matt
def test_ett_matt_forklarar_sig(matt: Matt) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", matt.namn)
    assert matt.etikett[0].isupper()
    assert matt.definition.endswith(".")
    assert len(matt.definition) > 30
    assert matt.kalla.strip()
    assert matt.enhet.namn.strip()
    assert 0 <= matt.enhet.decimaler <= 4
    assert matt.galler_fran <= date(2019, 1, 1)


@alla_matt
def test_ett_matt_star_under_sitt_eget_namn(matt: Matt) -> None:
    assert MATT[matt.namn] is matt


@alla_matt
def test_ett_matt_raknar_pa_fakta_som_finns(matt: Matt) -> None:
    for grund in matt.grunder:
        assert grund.form in FAKTAFORMER
        assert grund.slag
        assert set(grund.slag) <= SLAG
        assert grund.form is FORM_FOR.get(grund.aggregat, grund.form)


@alla_matt
def test_ett_matts_urval_och_dimensioner_finns_som_falt(matt: Matt) -> None:
    for grund in matt.grunder:
        assert set(grund.urval) <= set(grund.form._fields)
    assert set(matt.ovagt_over) <= set(matt.dimensioner)
    assert set(matt.ovagt_urval) <= set(matt.grunder[0].form._fields)
    assert bool(matt.ovagt_urval) <= bool(matt.ovagt_over)


@alla_matt
def test_ett_matt_kan_delas_pa_ar_och_bara_pa_manad_om_det_galler_manader(matt: Matt) -> None:
    assert matt.dimensioner[-1] == Tidsdimension.AR
    assert (Tidsdimension.MANAD in matt.dimensioner) is not matt.hela_ar


@alla_matt
def test_unika_personer_och_kvoter_summerar_inte(matt: Matt) -> None:
    if isinstance(matt.uttryck, Kvot) or matt.grunder[0].aggregat is Aggregat.UNIKA_PERSONER:
        assert not matt.additivt


@pytest.mark.parametrize("form", DIMENSIONER)
def test_dimensionerna_ar_falt_i_sin_faktaform(form: type[Any]) -> None:
    assert set(DIMENSIONER[form]) <= {*form._fields, *ORGANISATIONSDIMENSIONER}
    assert not set(DIMENSIONER[form]) & set(Tidsdimension)


def test_etiketter_och_namn_ar_unika() -> None:
    assert len({matt.etikett for matt in MATT.values()}) == len(MATT)


def test_varje_uttryck_kanner_sina_berakningar() -> None:
    ett = Grund(Intervall, ("vistelse",), Aggregat.DYGN)
    annat = Grund(Intervall, ("franvaro",), Aggregat.KOSTNAD)
    enhet = next(iter(MATT.values())).enhet
    for uttryck, grunder in (
        (ett, (ett,)),
        (PerDag(ett), (ett,)),
        (Kvot(ett, annat), (ett, annat)),
        (Skillnad(ett, annat), (ett, annat)),
    ):
        assert Matt("prov", "Prov", enhet, "Definition.", "Källa", uttryck).grunder == grunder


def test_bara_gemensamma_dimensioner_kan_fragas_efter() -> None:
    punkter = Grund(Punkt, ("placering.avslutad",), Aggregat.ANTAL)
    dygn = Grund(Intervall, ("vistelse",), Aggregat.DYGN)
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
