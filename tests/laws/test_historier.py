"""The histories tell of everything: no law holds for an event that is never drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from domain.begrepp import Samling
from domain.handelse import Handelse
from domain.katalog import AGGREGAT
from tests.laws.faktafragor import FAKTASLAG
from tests.laws.grund import ANTAL_TUNGT, LAGAR
from tests.laws.historier import forlopp
from tests.laws.provliggare import Steg, bokford


@pytest.mark.tung
@pytest.mark.parametrize("samling", list(Samling))
def test_varje_handelsetyp_registreras_i_nagon_historia(samling: Samling) -> None:
    registrerade: set[type[Handelse]] = set()

    @settings(LAGAR, max_examples=ANTAL_TUNGT, derandomize=True, database=None)
    @given(forlopp((samling,)))
    def berattas(steg: list[Steg]) -> None:
        with bokford(steg) as liggare:
            registrerade.update(type(post.handelse) for post in liggare.poster)

    berattas()
    assert set(AGGREGAT[samling].typer) <= registrerade


def test_varje_handelsetyp_har_ett_slag_av_fakta_eller_en_orsak_att_sakna_det() -> None:
    punkter = {slag for slag in FAKTASLAG if "." in slag}
    utan = {typ.typ for aggregat in AGGREGAT.values() for typ in aggregat.beslut} - punkter
    assert utan == {
        "budget.faststalld", "budget.justerad", "utfall.bokfort", "prognos.faststalld", "invanare.faststallda",
        "register.inlast", "uppgift.lamnad", "effekt.budgeterad", "effekt.beraknad", "effekt.uppnadd",
        "alternativkostnad.beraknad", "arende.bedomt",  # amounts and figures
        "enhet.andrad", "lagrum.andrat", "franvaro.registrerad", "deluppdrag.lagtTill", "deluppdrag.avslutat",
        "atgard.identifierad", "utforare.registrerad", "utforare.andrad", "organisation.andrad", "platser.andrade",
        "ramavtal.tecknat", "ramavtal.upphort", "abonnemang.tecknat", "abonnemang.upphort", "avtalsvolym.avtalad",
        "serviceinsats.redovisad",  # what stands, or figures of a period
        "slutdatum.hypotetiskt",  # seen in the case that is judged
        "manad.stangd", "bokslut.faststallt", "planeratSlut.andrat", "atgard.kommenterad",  # no facts
    }  # fmt: skip
