"""The follow-up of an åtgärd: exact sums by class and form, what was expected, and whether it is only hypothetical."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from domain.atgard.begrepp import Atgardsfas, Effektklass, Effektmetod
from domain.atgard.beslut import ATGARD
from domain.atgard.effekt import ar_bara_hypotetisk, effektgrund, forkortade_dygn
from domain.atgard.tillstand import Atgard
from domain.atgard.uppfoljning import Arendesumma, Uppfoljning, folj_upp
from domain.begrepp import Insatsform
from domain.handelse import Handelse
from domain.historik import gallande, handelser
from domain.pengar import skriv_tal
from tests.domain.exempel_atgard import (
    EN_PLACERING,
    en_alternativkostnad,
    en_avbruten_atgard,
    en_beraknad_effekt,
    en_beslutad_atgard,
    en_budgeterad_effekt,
    en_identifierad_atgard,
    en_paborjad_atgard,
    en_permanentad_atgard,
    en_slutford_atgard,
    en_uppnadd_effekt,
    ett_bedomt_arende,
    ett_foljt_hemtagningspaket,
    ett_hypotetiskt_slut,
)
from tests.givet import Rattelse, givet, noteringar, rattelse

BORJAN = (en_identifierad_atgard(), en_beslutad_atgard(), en_paborjad_atgard())


def tillstand(*historia: Handelse | Rattelse) -> Atgard:
    """Return the state after a history that the domain has accepted event by event."""
    givet(ATGARD, *historia)
    return ATGARD.vik(handelser(gallande(noteringar(*historia))))


def uppfoljning(*historia: Handelse | Rattelse) -> Uppfoljning:
    return folj_upp(tillstand(*historia))


# The printed follow-up


def test_hemtagningspaketets_uppfoljning_raknas_ur_handelser() -> None:
    u = uppfoljning(*ett_foljt_hemtagningspaket())
    assert [(klass, summa.antal) for klass, summa in u.per_effektklass.items()] == [
        (Effektklass.INGEN, 15),
        (Effektklass.LITEN, 7),
        (Effektklass.STOR, 14),
    ]
    assert u.arenden == Arendesumma(36, 1369, Decimal("4081826.00"), Decimal("138000.00"))
    assert u.arenden.netto == Decimal("3943826.00")
    assert u.arenden.netto_per_arende == Fraction(3_943_826, 36)
    assert u.arenden.forkortade_manader == Fraction(1369 * 12, 365)
    assert skriv_tal(u.arenden.forkortade_manader) == "45"
    assert skriv_tal(u.arenden.brutto / 1_000_000, 1) == "4,1"
    assert skriv_tal(u.arenden.insatskostnad / 1000) == "138"
    assert skriv_tal(u.arenden.netto / 1_000_000, 1) == "3,9"


def test_delarna_summerar_till_det_hela_till_oret() -> None:
    u = uppfoljning(*ett_foljt_hemtagningspaket())
    for delar in (u.per_effektklass, u.per_insatsform, u.per_orsak):
        summor = list(delar.values())
        assert sum(s.antal for s in summor) == u.arenden.antal
        assert sum(s.forkortade_dygn for s in summor) == u.arenden.forkortade_dygn
        assert sum(s.brutto for s in summor) == u.arenden.brutto
        assert sum(s.insatskostnad for s in summor) == u.arenden.insatskostnad
        assert sum(s.netto for s in summor) == u.arenden.netto
        assert sum(s.forkortade_manader for s in summor) == u.arenden.forkortade_manader


def test_arendena_delas_efter_placeringsform_och_primar_orsak() -> None:
    u = uppfoljning(*ett_foljt_hemtagningspaket())
    assert {form: (s.antal, s.forkortade_dygn, s.brutto) for form, s in u.per_insatsform.items()} == {
        Insatsform.HVB: (25, 870, Decimal("2871000.00")),
        Insatsform.FAMILJEHEM_KONSULENT: (7, 147, Decimal("286650.00")),
        Insatsform.STODBOENDE: (4, 352, Decimal("924176.00")),
    }
    assert {orsak: s.antal for orsak, s in u.per_orsak.items()} == {"Kriminalitet": 18, "Psykisk ohälsa": 18}


def test_uppfoljningen_som_den_sag_ut_en_tidigare_dag() -> None:
    historia = [h for h in ett_foljt_hemtagningspaket() if h.datum <= date(2019, 6, 30)]
    assert [(k.value, s.antal) for k, s in uppfoljning(*historia).per_effektklass.items()] == [
        ("ingen", 15),
        ("liten", 1),
        ("stor", 0),
    ]


# One thing at a time


def test_en_atgard_utan_effekt_har_en_tom_uppfoljning() -> None:
    u = uppfoljning(en_identifierad_atgard())
    tom = Arendesumma(0, 0, Decimal(0), Decimal(0))
    assert u == Uppfoljning(
        fas=Atgardsfas.IDENTIFIERAD, arenden=tom, per_effektklass=dict.fromkeys(Effektklass, tom), per_insatsform={},
        per_orsak={}, avvikande=(), uppnatt=dict.fromkeys(Effektmetod, Decimal(0)), alternativkostnad=Decimal(0),
        budgeterat={}, vantat={}, vantat_totalt=None, grund=None, bara_hypotetisk=False,
    )  # fmt: skip
    assert u.arenden.netto_per_arende is None
    assert folj_upp(Atgard()).fas is None


@pytest.mark.parametrize(
    ("historia", "fas"),
    [
        ([], "identifierad"),
        ([en_beslutad_atgard()], "beslutad"),
        ([en_paborjad_atgard()], "pagaende"),
        ([en_paborjad_atgard(), en_permanentad_atgard()], "permanent"),
        ([en_paborjad_atgard(), en_permanentad_atgard(), en_slutford_atgard()], "slutford"),
        ([en_beslutad_atgard(), en_avbruten_atgard()], "avbruten"),
    ],
)
def test_uppfoljningen_sager_hur_langt_atgarden_kommit(historia: list[Handelse], fas: str) -> None:
    assert uppfoljning(en_identifierad_atgard(), *historia).fas == fas


def test_de_senaste_uppgifterna_om_vantad_effekt_galler_oavsett_nar_de_registrerades() -> None:
    u = uppfoljning(
        *BORJAN,
        en_budgeterad_effekt("2019-06-19", belopp="1500000.00"),
        en_budgeterad_effekt("2019-01-17", belopp="1000000.00"),
        en_budgeterad_effekt("2019-01-17", ar=2020, belopp="3.00"),
        en_beraknad_effekt("2019-08-31", prognos_under_aret="500000.00"),
        en_beraknad_effekt("2019-04-30", prognos_under_aret="800000.00", beraknad_total="2400000.00"),
        en_beraknad_effekt("2019-09-30", prognos_under_aret=None, beraknad_total="2000000.00"),
    )
    assert u.budgeterat == {2019: Decimal("1500000.00"), 2020: Decimal("3.00")}
    assert u.vantat == {2019: Decimal("500000.00")}
    assert u.vantat_totalt == Decimal("2000000.00")


def test_uppnadd_effekt_visas_per_metod_och_laggs_inte_ihop() -> None:
    u = uppfoljning(
        *BORJAN,
        en_uppnadd_effekt("2019-05-02", fran="2019-02-01", till="2019-05-01", belopp="10.50"),
        en_uppnadd_effekt("2019-09-02", fran="2019-05-01", till="2019-09-01", belopp="-0.25"),
        en_uppnadd_effekt("2019-09-02", metod="hypotetisk", belopp="99.00"),
        en_alternativkostnad(belagda_dygn=100, externt_dygnspris="3000.00", egen_kostnad="200000.50"),
    )
    assert u.uppnatt == {
        Effektmetod.BOKFORD: Decimal("10.25"),
        Effektmetod.BERAKNAD: Decimal(0),
        Effektmetod.HYPOTETISK: Decimal("99.00"),
    }
    assert u.alternativkostnad == Decimal("99999.50")


def test_en_rattad_bedomning_raknas_en_gang() -> None:
    fel = ett_bedomt_arende(forkortade_dygn=30)
    u = uppfoljning(*BORJAN, fel, rattelse(4, ett_bedomt_arende(forkortade_dygn=-3)))
    assert u.arenden == Arendesumma(1, -3, Decimal("-6000.00"), Decimal("6000.50"))
    assert u.arenden.netto == Decimal("-12000.50")
    assert u.per_insatsform == {None: u.arenden}


def test_uppfoljningen_pekar_ut_fall_dar_dygnen_inte_stammer_med_slutdagarna() -> None:
    slut = ett_hypotetiskt_slut(slut="2019-12-31")
    assert uppfoljning(*BORJAN, slut, ett_bedomt_arende(forkortade_dygn=213)).avvikande == ()
    u = uppfoljning(*BORJAN, slut, ett_bedomt_arende(forkortade_dygn=200))
    assert (u.avvikande, u.arenden.forkortade_dygn) == ((UUID(EN_PLACERING),), 200)


def test_dygn_som_varken_angetts_eller_kan_raknas_ar_ett_fel() -> None:
    with pytest.raises(ValueError, match=EN_PLACERING):
        forkortade_dygn(ett_bedomt_arende(), None)


# Only hypothetical


@pytest.mark.parametrize(
    ("effekter", "grund"),
    [
        ([], None),
        ([en_beraknad_effekt()], None),
        ([ett_bedomt_arende(forkortade_dygn=30)], "hypotetisk"),
        ([en_alternativkostnad()], "hypotetisk"),
        ([en_uppnadd_effekt(metod="hypotetisk")], "hypotetisk"),
        ([en_uppnadd_effekt(metod="beraknad"), en_uppnadd_effekt(metod="hypotetisk")], "beraknad"),
        ([ett_bedomt_arende(forkortade_dygn=30), en_uppnadd_effekt(metod="bokford")], "bokford"),
        ([en_uppnadd_effekt(metod="beraknad"), en_uppnadd_effekt(metod="bokford")], "bokford"),
    ],
)
def test_en_atgard_vars_effekt_bara_ar_hypotetisk_sager_det(effekter: list[Any], grund: str | None) -> None:
    a = tillstand(*BORJAN, *effekter)
    assert effektgrund(a) == grund
    assert ar_bara_hypotetisk(a) == (grund == "hypotetisk")
    assert (folj_upp(a).grund, folj_upp(a).bara_hypotetisk) == (effektgrund(a), ar_bara_hypotetisk(a))
