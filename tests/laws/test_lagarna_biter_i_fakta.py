"""The laws have teeth in every kind of stream: break a derivation on purpose, and the oracle of facts finds it.

As in ``test_lagarna_biter``: what goes unnoticed is a fault of the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

import application.strom
import domain.harledning.arende
import domain.harledning.arendefrister
import domain.harledning.arendepunkter
import domain.harledning.atgard
import domain.harledning.budgetperiod
import domain.harledning.budgetperiod_ovrigt
import domain.harledning.utforare
from domain.arende.handelser import ArendeAvslutat, InsatsAterupptagen, InsatsPausad, VerkstallighetAvbruten
from domain.atgard.handelser import SlutdatumHypotetiskt
from domain.begrepp import Samling
from domain.budgetperiod.mal import AtagandeAvslutat
from domain.budgetperiod.rapport import RiktlinjeBeslutad
from domain.fakta import FAKTAFORMER, UPPGIFT, Intervall
from domain.handelse import Handelse, HandelseMakulerad, Notering
from domain.harledning.arende import Arendefakta
from domain.harledning.arendeunderlag import Underlag
from domain.harledning.atgard import Atgardsfakta
from domain.harledning.budgetperiod import Budgetfakta
from domain.harledning.utforare import Utforarfakta
from domain.sak import Enskild, Harledning, Sak
from domain.tid import OANDLIG_DAG
from domain.utforare.handelser import KoUpphord, PlatserAndrade
from tests.laws.berattelser import en_atgard, en_enhet, ett_arende, ett_budgetar
from tests.laws.exempel import Berattelse, dag
from tests.laws.faktafragor import DRAG, FAKTASLAG, SENASTE, Faktafraga, kanda_fakta, sammanstall, ur_fakta
from tests.laws.grund import plus
from tests.laws.provliggare import Svarstabell, bokford, orakel

HISTORIER: Mapping[Samling, Callable[[], Berattelse]] = {
    Samling.ARENDEN: ett_arende,
    Samling.ATGARDER: en_atgard,
    Samling.UTFORARE: en_enhet,
    Samling.BUDGETPERIODER: ett_budgetar,
}


def fragor(samling: Samling, antal: int) -> Iterator[Faktafraga]:
    """Yield a fixed sheet of questions to a history of so many entries, as of several days and positions."""
    for slag, f in FAKTASLAG.items():
        if f.samling is not samling:
            continue
        for galler in map(dag, ("02-15", "03-31", "05-15", "06-12", "12-31")):
            # Of what goes on, the weeks before; of what happens, all of it.
            fran = plus(galler, -14) if f.form is Intervall else dag("2022-01-01")
            fraga = Faktafraga(slag, fran, dag("2026-01-01"), galler, antal, gruppera=DRAG[f.form])
            for kant in (antal, antal - 1, antal - 3, antal - 5, antal - 7):
                yield replace(fraga, kant=kant)
            if slag in SENASTE:
                yield replace(fraga, senaste=True)


@cache
def facit(samling: Samling) -> list[tuple[Faktafraga, Svarstabell]]:
    """Return the questions to a history with the oracle's answers; the code must not be broken yet."""
    with bokford(HISTORIER[samling]().steg) as liggare:
        assert not liggare.avslag
        return [(fraga, orakel(liggare.poster, fraga)) for fraga in fragor(samling, len(liggare.poster))]


def skillnader(samling: Samling) -> Iterator[Faktafraga]:
    """Yield the questions that the ledger answers otherwise than the oracle."""
    with bokford(HISTORIER[samling]().steg) as liggare:
        rader = {form: liggare.faktarader(form) for form in FAKTAFORMER}
    for fraga, svar in facit(samling):
        assert isinstance(fraga.kant, int)
        form = FAKTASLAG[fraga.slag].form
        fakta = kanda_fakta(form, rader[form], fraga.kant)
        if Svarstabell(*sammanstall(ur_fakta(fakta, fraga), fraga)) != svar:
            yield fraga


@pytest.mark.parametrize("samling", HISTORIER)
def test_oforstord_kod_stammer_med_oraklet(samling: Samling) -> None:
    assert not list(skillnader(samling))
    besvarade = {fraga.slag for fraga, svar in facit(samling) if svar.varden}
    assert len(besvarade) > 7


# Ways to break the code ----------------------------------------------------------------------------------------

Sonder = Callable[[pytest.MonkeyPatch], None]


def _byt(mal: Any, namn: str, av: Callable[[Any], Any]) -> Sonder:
    """Replace something with what is made of it."""
    return lambda mp: mp.setattr(mal, namn, av(getattr(mal, namn)))


def _utan_rattelser(_: Any) -> Any:
    return lambda noteringar: sorted(
        (n for n in noteringar if not isinstance(n.handelse, HandelseMakulerad)),
        key=lambda n: (n.handelse.datum, n.position),
    )


def _ror_bara_sig(slag: type[Harledning], *typer: type[Handelse]) -> Sonder:
    """Let events be taken for ones that change nothing told before, even when they come late."""

    def som_ensam(ta_in: Any) -> Any:
        def ensam(self: Harledning, ny: Notering) -> Sequence[Sak]:
            berorda: Sequence[Sak] = ta_in(self, ny)
            if type(ny.handelse) not in typer:
                return berorda
            return [sak for sak in berorda if type(sak) is Enskild and sak.notering is ny]

        return ensam

    def sonder(mp: pytest.MonkeyPatch) -> None:
        mp.setattr(slag, "kraver_ordning", frozenset())
        _byt(slag, "ta_in", som_ensam)(mp)

    return sonder


def _stangs_aldrig(ta_in: Any) -> Any:
    def oppen(self: Utforarfakta, ny: Notering) -> Sequence[Sak]:
        svar: Sequence[Sak] = ta_in(self, ny)
        self.slut = OANDLIG_DAG
        return svar

    return oppen


def _jamnt(fordela: Any) -> Any:
    return lambda helt, vikter: fordela(helt, [1] * len(vikter))


def _utan_slut(avtal: Any) -> Any:
    return lambda unit, n, slut, till, **falt: avtal(unit, n, [], till, **falt)


def _utan_platser(hela: Any) -> Any:
    return {harled: typer for harled, typer in hela.items() if harled is not _UTFORARE._platser}


def _vid_borjan(vid: Any) -> Any:
    return lambda self, _: vid(self, self.start.datum.toordinal())


def _lydelsen_da(lagrum: Any) -> Any:
    return lambda self, nyckel, _: lagrum(self, nyckel, 2**20)


def _forsta_intaget(inkomna: Any) -> Any:
    return lambda self: inkomna(self)[:1]


def _forsta_andringen(skeden: Any) -> Any:
    return lambda andringar: skeden(list(andringar)[:1])


def _aldrig_ute(_: Any) -> Any:
    return lambda *_: domain.harledning.arendefrister._OPPET


_ARENDE, _PUNKTER, _UNDERLAG = domain.harledning.arende, domain.harledning.arendepunkter, Underlag
_ATGARD, _UTFORARE = domain.harledning.atgard, domain.harledning.utforare
_AR, _OVRIGT = domain.harledning.budgetperiod, domain.harledning.budgetperiod_ovrigt

FORSTORELSER: Mapping[Samling, Mapping[str, Sonder]] = {
    Samling.ARENDEN: {
        "rattelsen": _byt(application.strom, "gallande", _utan_rattelser),
        "sen_paus": _ror_bara_sig(Arendefakta, InsatsPausad, InsatsAterupptagen),
        "sent_avbrott": _ror_bara_sig(Arendefakta, VerkstallighetAvbruten),
        "sent_avslut": _ror_bara_sig(Arendefakta, ArendeAvslutat),
        "en_dag_for_mycket": _byt(_PUNKTER, "dagar", lambda f: lambda fran, till: f(fran, till + 1)),
        "dagar_ar_inte_tusendelar": _byt(_PUNKTER, "dagar", lambda f: lambda fran, till: f(fran, till) // 1000),
        "laget_vid_borjan": _byt(_UNDERLAG, "vid", _vid_borjan),
        "senare_lagrum": _byt(_UNDERLAG, "utredningslagrum", _lydelsen_da),
        "bara_ett_intag": _byt(_UNDERLAG, "inkomna", _forsta_intaget),
        "tiden_gar_aldrig_ut": _byt(domain.harledning.arendefrister, "_beslutets_slut", _aldrig_ute),
        "inget_andras": _byt(_ARENDE, "skeden", _forsta_andringen),
        "status_forsvinner": _byt(_ARENDE, "_status", lambda _: lambda _: []),
    },
    Samling.ATGARDER: {
        "rattelsen": _byt(application.strom, "gallande", _utan_rattelser),
        "effekten_jamnt": _byt(_ATGARD, "fordela", _jamnt),
        "ingen_fas_avloses": _byt(_ATGARD, "_RANG", lambda rang: dict.fromkeys(rang, 0)),
        "senare_hypotes": _byt(_ATGARD, "hypotetiskt_slut", lambda _: lambda _, alla: alla[-1]),
        "sen_hypotes": _ror_bara_sig(Atgardsfakta, SlutdatumHypotetiskt),
        "utan_insatskostnad": _byt(
            _ATGARD, "netto", lambda netto: lambda h, dygn: netto(h, dygn) + 100 * int(h.insatskostnad)
        ),
        "manaden_da_det_sades": _byt(_ATGARD, "_i_manaden", lambda _: lambda bas, _: bas),
    },
    Samling.UTFORARE: {
        "rattelsen": _byt(application.strom, "gallande", _utan_rattelser),
        "sent_ur_kon": _ror_bara_sig(Utforarfakta, KoUpphord),
        "stangs_aldrig": _byt(Utforarfakta, "ta_in", _stangs_aldrig),
        "upphor_aldrig": _byt(_UTFORARE, "_avtal", _utan_slut),
        "andras_aldrig": _byt(domain.harledning.utforare._Profil, "efter", lambda _: lambda profil, *_: profil),
        "inga_platser": _byt(_UTFORARE, "_HELA", _utan_platser),
        "sen_platsandring": _ror_bara_sig(Utforarfakta, PlatserAndrade),
    },
    Samling.BUDGETPERIODER: {
        "rattelsen": _byt(application.strom, "gallande", _utan_rattelser),
        "sen_avlosning": _ror_bara_sig(Budgetfakta, RiktlinjeBeslutad, AtagandeAvslutat),
        "ej_redovisbar_ar_noll": _byt(_OVRIGT, "UPPGIFT_EJ_REDOVISBAR", lambda _: UPPGIFT),
        "inte_tusendelar": _byt(_OVRIGT, "_tusendelar", lambda _: int),
        "beslutets_manad": _byt(_OVRIGT, "kalendermanad", lambda f: lambda _: f("2024-03")),
        "investering_ar_drift": _byt(_AR, "_SOM_INVESTERING", lambda slag: {ett: ett for ett in slag}),
        "trenden_vand": _byt(_OVRIGT, "_TRENDER", lambda trender: {t: -tal for t, tal in trender.items()}),
    },
}


@pytest.mark.parametrize(
    ("samling", "namn"), [(samling, namn) for samling, satten in FORSTORELSER.items() for namn in satten]
)
def test_en_forstord_harledning_avslojas_av_oraklet(
    samling: Samling, namn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    facit(samling)
    FORSTORELSER[samling][namn](monkeypatch)
    assert next(skillnader(samling), None) is not None
