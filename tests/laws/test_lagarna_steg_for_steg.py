"""The laws under a ledger that lives: events, corrections, redeliveries, a wandering clock and questions in any order.

Every answer is compared with the oracle's when it is given, remembered, and asked for again later. When a history ends
its facts are rebuilt and its log is imported into another ledger; both must give what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from application.commands import Utfall
from application.envelope import Forslag
from domain.begrepp import Avslutsorsak, Samling
from domain.handelse import Handelse, HandelseMakulerad
from domain.placering.handelser import PlaceringAvslutad, PlaceringPaborjad
from domain.strom import budgetperiodens_id
from tests.laws.faktafragor import Bildfraga, faktafragor
from tests.laws.grund import ARENDEN, ATGARDER, KOMMUNER, LAGAR, NAMND, PERSONER, UTFORARE, Strom, pa_dagen, plus
from tests.laws.historier import VARIATIONER, variant
from tests.laws.historier_arende import borjan_av_arende, nasta_i_arende
from tests.laws.historier_atgard import borjan_av_atgard, nasta_i_atgard
from tests.laws.historier_budgetperiod import nasta_i_aret
from tests.laws.historier_pengar import budget, i_budgetaret
from tests.laws.historier_placering import borjan_av_placering, inre_handelse
from tests.laws.historier_utforare import borjan_av_utforare, nasta_hos_utforaren
from tests.laws.loggen import Orakelfraga
from tests.laws.matfragor import ALLA_MATT, fragor
from tests.laws.provliggare import Lagfraga, Provliggare, Steg, Svarstabell, orakel

HISTORIER_TUNGT, STEG_TUNGT = 2_000, 50
HISTORIER_LATT, STEG_LATT = 8, 30

STEG_FOR_STEG: Mapping[
    Samling,
    tuple[UUID, Callable[[date], st.SearchStrategy[Any]], Callable[[list[Handelse]], st.SearchStrategy[Handelse]]],
] = {
    Samling.ARENDEN: (ARENDEN[0], partial(borjan_av_arende, person=PERSONER[0]), nasta_i_arende),
    Samling.ATGARDER: (ATGARDER[0], borjan_av_atgard, nasta_i_atgard),
    Samling.UTFORARE: (UTFORARE[0], borjan_av_utforare, nasta_hos_utforaren),
}
"""The streams in which one thing happens after another: which, how it begins, and what happens next in it."""


class Liggaren(RuleBasedStateMachine):
    """A ledger and the ways it can be used."""

    def __init__(self) -> None:
        super().__init__()
        self.liggare = Provliggare()
        self.liggare.klocka.nu += timedelta(days=180)
        self.skickade: list[Steg] = []
        self.placeringar: dict[Strom, tuple[date, date | None]] = {}
        self.svar: list[tuple[Lagfraga, Svarstabell]] = []
        self.antal_id = 0

    def teardown(self) -> None:
        with self.liggare as liggare:
            fakta, logg = liggare.fakta(), liggare.logg_utan_bevis()
            liggare.tjanster.ombyggare.bygg_om()
            assert liggare.fakta() == fakta
            with Provliggare() as ny:
                ny.klocka.nu = max([liggare.klocka.nu, *(post.registrerad for post in liggare.poster)])
                ny.tjanster.importor().importera(liggare.som_rader())
                assert (ny.fakta(), ny.logg_utan_bevis()) == (fakta, logg)

    def skicka(self, strom: Strom, handelse: Handelse, rattar: UUID | None = None) -> bool:
        self.antal_id += 1
        forslag = Forslag(strom[0], strom[1], handelse, UUID(int=self.antal_id), rattar)
        self.skickade.append(Steg(self.liggare.klocka.nu, forslag))
        kvitto = self.liggare.sand(self.skickade[-1])
        return kvitto is not None and kvitto.utfall is Utfall.REGISTRERAD

    @property
    def idag(self) -> date:
        return self.liggare.klocka.nu.date()

    @initialize(data=st.data())
    def en_placering_fran_borjan(self, data: st.DataObject) -> None:
        self.en_placering_paborjas(data)

    @rule(data=st.data())
    def en_placering_paborjas(self, data: st.DataObject) -> None:
        strom = Samling.PLACERINGAR, UUID(int=10_000 + len(self.placeringar))
        avslutade = [s for s, (_, slut) in self.placeringar.items() if slut is not None]
        foregaende = data.draw(st.none() | st.sampled_from(avslutade)) if avslutade else None
        slut = self.placeringar[foregaende][1] if foregaende else None
        dag = slut or plus(self.idag, -data.draw(st.sampled_from([0, 1, 60]) | st.integers(0, 120)))
        borjan: PlaceringPaborjad = data.draw(
            borjan_av_placering(dag, data.draw(st.sampled_from(PERSONER)), foregaende[1] if foregaende else None)
        )
        if self.skicka(strom, borjan):
            self.placeringar[strom] = (dag, None)

    @precondition(lambda self: self.placeringar)
    @rule(data=st.data())
    def nagot_hander_i_en_placering(self, data: st.DataObject) -> None:
        strom = data.draw(st.sampled_from(sorted(self.placeringar)))
        fran, slut = self.placeringar[strom]
        self.skicka(strom, data.draw(inre_handelse(fran, slut or max(fran, self.idag))))

    @precondition(lambda self: self.placeringar)
    @rule(data=st.data())
    def en_placering_avslutas(self, data: st.DataObject) -> None:
        strom = data.draw(st.sampled_from(sorted(self.placeringar)))
        fran, _ = self.placeringar[strom]
        slut = min(plus(fran, data.draw(st.sampled_from([0, 1, 31]) | st.integers(0, 90))), max(fran, self.idag))
        orsak = data.draw(st.sampled_from([Avslutsorsak.OMPLACERING, Avslutsorsak.ENLIGT_PLAN]))
        if self.skicka(strom, PlaceringAvslutad(datum=slut, planerat=True, orsak=orsak)):
            self.placeringar[strom] = (fran, slut)

    @rule(data=st.data(), kommun=st.sampled_from(KOMMUNER))
    def nagot_hander_i_budgetaret(self, data: st.DataObject, kommun: str) -> None:
        strom = Samling.BUDGETPERIODER, budgetperiodens_id(kommun, NAMND, 2024)
        hittills = [post.handelse for post in self.liggare.poster if post.strom == strom[1]]
        if not hittills:
            self.skicka(strom, data.draw(budget(kommun)))
            return
        handelse = data.draw(i_budgetaret() if data.draw(st.booleans()) else nasta_i_aret(hittills))
        self.skicka(strom, handelse)

    @rule(data=st.data(), samling=st.sampled_from(list(STEG_FOR_STEG)))
    def nagot_hander_i_en_strom(self, data: st.DataObject, samling: Samling) -> None:
        strom, borjan, nasta = STEG_FOR_STEG[samling]
        hittills = [post.handelse for post in self.liggare.poster if post.strom == strom]
        dag = plus(self.idag, -data.draw(st.sampled_from([0, 30, 100])))
        handelse = data.draw(nasta(hittills) if hittills else borjan(dag))
        if handelse.datum > self.idag and not handelse.ar_plan:
            handelse = pa_dagen(handelse, self.idag, VARIATIONER)
        self.skicka((samling, strom), handelse)

    @rule(data=st.data(), makulera=st.booleans())
    def en_handelse_rattas(self, data: st.DataObject, makulera: bool) -> None:
        mal = data.draw(st.sampled_from(self.skickade[-12:])).forslag
        if makulera or isinstance(mal.handelse, HandelseMakulerad):
            ratt: Handelse = HandelseMakulerad(datum=min(mal.handelse.datum, self.idag), orsak="Felaktig uppgift")
        else:
            ratt = data.draw(variant(mal.handelse))
        self.skicka((mal.samling, mal.strom), ratt, mal.handelse_id)

    @rule(data=st.data())
    def nagot_sands_igen(self, data: st.DataObject) -> None:
        steg = data.draw(st.sampled_from(self.skickade))
        kant = {post.handelse_id for post in self.liggare.poster}
        fore = self.liggare.position
        kvitto = self.liggare.sand(Steg(self.liggare.klocka.nu, steg.forslag))
        if steg.forslag.handelse_id in kant:
            assert kvitto is not None
            assert kvitto.utfall is Utfall.REDAN_REGISTRERAD
            assert self.liggare.position == fore

    @rule(dagar=st.sampled_from([-3, 0, 1, 30]) | st.integers(-40, 120))
    def klockan_gar(self, dagar: int) -> None:
        self.liggare.klocka.nu += timedelta(days=dagar, seconds=1)

    @rule(data=st.data(), matt=st.sampled_from(ALLA_MATT))
    def en_fraga_stalls(self, data: st.DataObject, matt: str) -> None:
        # As known at a position: instants may be shared by events when the clock wanders.
        kant = data.draw(st.just(self.liggare.position) | st.integers(0, self.liggare.position))
        fraga = data.draw(fragor(matt, nu=self.liggare.klocka.nu))
        fraga = Orakelfraga(**{**vars(fraga), "kant": kant})
        svar = self.liggare.svar(fraga)
        assert svar == orakel(self.liggare.poster, fraga)
        self.svar.append((fraga, svar))

    @precondition(lambda self: self.liggare.poster)
    @rule(data=st.data())
    def en_fraga_om_fakta_stalls(self, data: st.DataObject) -> None:
        kant = data.draw(st.just(self.liggare.position) | st.integers(0, self.liggare.position))
        for _ in range(3):
            fraga = data.draw(faktafragor(self.liggare.poster, kant=kant))
            svar = self.liggare.svar(fraga)
            assert svar == orakel(self.liggare.poster, fraga), fraga
            self.svar.append((fraga, svar))
        bild = Bildfraga(fraga.galler_den, kant)
        self.svar.append((bild, self.liggare.svar(bild)))

    @precondition(lambda self: self.svar)
    @rule(data=st.data())
    def en_fraga_stalls_igen(self, data: st.DataObject) -> None:
        fraga, svar = data.draw(st.sampled_from(self.svar))
        assert self.liggare.svar(fraga) == svar

    @invariant()
    def loggen_ar_hel(self) -> None:
        tider = [post.registrerad for post in self.liggare.poster]
        assert tider == sorted(tider)
        assert [post.position for post in self.liggare.poster] == list(range(1, len(tider) + 1))


def kor(historier: int, steg: int, **annat: Any) -> None:
    run_state_machine_as_test(
        Liggaren, settings=settings(LAGAR, max_examples=historier, stateful_step_count=steg, **annat)
    )


def test_lagarna_haller_i_en_liggare_som_lever() -> None:
    kor(HISTORIER_LATT, STEG_LATT)


@pytest.mark.tung
def test_lagarna_haller_i_tusentals_liggare_som_lever() -> None:
    kor(HISTORIER_TUNGT, STEG_TUNGT)
