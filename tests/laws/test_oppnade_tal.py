"""A figure has a trail: the facts behind it add up to it, for every measure, history and database."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.oppna import Oppning
from application.queries import Fraga
from domain.fel import Regelbrott
from infrastructure.recorder import Recorder
from interfaces.bootstrap import Tjanster, koppla
from tests.laws.grund import LAGAR
from tests.laws.historier import forlopp
from tests.laws.mattfragor_om_allt import fragor_om, matt_med_fakta
from tests.laws.provliggare import Klockan, Steg, bokford
from tests.postgres import Postgresserver
from tests.pseudonym import som_den_heter

MATT_PER_HISTORIA = 12


def oppningen_haller(tjanster: Tjanster, fraga: Fraga) -> None:
    """Open every cell and the whole: what the facts contribute is the figure, part by part and in all."""
    svar = tjanster.redovisning.matt(fraga)
    for cell, varde in svar.varden.items():
        oppning = tjanster.oppnare.oppna_matt(fraga, cell)
        assert oppning.varde == varde
        delarna_ger_cellen(oppning)
        sparet_finns(tjanster, oppning)
    if svar.varden and not fraga.gruppera and len(oppning.led) == len(fraga.matt.grunder) == 1:
        assert svar.underlag.fakta == oppning.antal


def delarna_ger_cellen(oppning: Oppning) -> None:
    for led in oppning.led:
        assert sum((f.eget for f in led.fakta), Fraction(0)) == led.varde, led
    assert oppning.bidrag + oppning.konstant == (oppning.varde or 0)


def sparet_finns(tjanster: Tjanster, oppning: Oppning) -> None:
    """What is shown behind a fact had happened, or says that the log was wrong; nothing else is left out."""
    huvuden = tjanster.oppnare.handelser(oppning)
    bakom = [set(faktum.positioner) for led in oppning.led for faktum in led.fakta]
    assert all(positioner & huvuden.keys() for positioner in bakom)
    alla = tjanster.fakta.handelsehuvuden(set().union(*bakom))
    sista = oppning.underlag.galler_den.toordinal()
    syns = {p for p in set().union(*bakom) if alla[p].datum <= sista or alla[p].rattar}
    assert huvuden == {p: alla[p] for p in syns}


@settings(LAGAR, max_examples=12)
@given(forlopp(), st.data())
def test_fakta_bakom_varje_cell_summerar_till_den(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        matten = matt_med_fakta(liggare.recorder)
        for _ in range(MATT_PER_HISTORIA if matten else 0):
            oppningen_haller(liggare.tjanster, data.draw(fragor_om(matten)))


@settings(LAGAR, max_examples=4, suppress_health_check=list(HealthCheck))
@given(forlopp(), st.data())
def test_ocksa_i_postgresql(postgresserver: Postgresserver, steg: list[Steg], data: st.DataObject) -> None:
    klocka = Klockan()
    with postgresserver.ny_databas() as namn, tempfile.TemporaryDirectory() as mapp:
        adress, nyckel = postgresserver.adress(namn), Path(mapp) / "nyckel"
        tjanster = koppla(adress, klocka=klocka, nyckelfil=nyckel, nytt_pseudonym=som_den_heter)
        try:
            for ett in steg:
                klocka.nu = ett.nar
                _registrera(tjanster, ett)
            recorder = tjanster.liggaren.recorder
            assert isinstance(recorder, Recorder)
            matten = matt_med_fakta(recorder)
            for _ in range(MATT_PER_HISTORIA if matten else 0):
                oppningen_haller(tjanster, data.draw(fragor_om(matten)))
        finally:
            tjanster.stang()


def _registrera(tjanster: Tjanster, steg: Steg) -> None:
    with suppress(Regelbrott):
        tjanster.registrator.registrera(steg.forslag)
