"""The law that lets a question at a day clip facts instead of folding them anew, for stays and providers.

Every fact follows from events dated on or before the first day it speaks of. So the facts of the events up to a day
are all facts, less what comes later, with every interval that goes on past the day left open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregat import besluta
from domain.begrepp import Samling
from domain.fakta import Fakta, Intervall, Punkt
from domain.fel import Regelbrott
from domain.handelse import Handelse, Notering
from domain.harledning import fakta
from domain.historik import gallande
from domain.katalog import AGGREGAT
from domain.tid import OANDLIG_DAG
from tests.domain.exempel import (
    en_franvaro,
    en_ny_malgrupp,
    en_placering,
    en_utforare,
    ett_abonnemang,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_pris,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.exempel_placering import (
    en_halsoundersokning,
    en_ny_avtalsform,
    ett_nytt_placeringsslag,
    ett_overlamnat_ansvar,
    ett_overtaget_ansvar,
)
from tests.domain.exempel_utforare import (
    ANNAN_KOPLATS,
    en_andrad_utforare,
    en_avtalsvolym,
    en_hemvist,
    en_koplats,
    en_serviceinsats,
    en_upphord_koplats,
    ett_upphort_abonnemang,
    ett_utforarslut,
)
from tests.givet import IDAG, id_for

STROM = UUID(int=99)
NYAR = date(2019, 1, 1)


def _om(dagar: int) -> str:
    return str(NYAR + timedelta(days=dagar))


Bygg = Callable[[int, int], Handelse]
"""A day and a small number -> an event."""

I_PLACERINGEN: list[Bygg] = [
    lambda dag, n: ett_nytt_pris(_om(dag), f"{1000 + n}.00"),
    lambda dag, n: ett_nytt_lagrum(_om(dag), lagrum=("SoL", "LVU")[n % 2]),
    lambda dag, n: en_ny_malgrupp(_om(dag), malgrupp=("barn", "unga")[n % 2], orsak="alder"),
    lambda dag, n: en_franvaro(_om(dag), _om(dag + 1 + n)),
    lambda dag, n: ett_nytt_placeringsslag(_om(dag), placeringsslag=("akut", "utredning")[n % 2]),
    lambda dag, n: en_ny_avtalsform(_om(dag), avtalsform=("ramavtal", "uppdragsavtal")[n % 2]),
    lambda dag, n: ett_overlamnat_ansvar(_om(dag), betalare=("region", "annan")[n % 2]),
    lambda dag, _: ett_overtaget_ansvar(_om(dag)),
    lambda dag, n: en_halsoundersokning(_om(dag), slag=("halsa", "tand")[n % 2]),
    lambda dag, n: ett_avslut(_om(dag), orsak=("enligtPlan", "omplacering")[n % 2]),
]
HOS_UTFORAREN: list[Bygg] = [
    lambda dag, n: ett_platsantal(_om(dag), n, malgrupp=(None, "barn", "unga")[n % 3]),
    lambda dag, n: en_andrad_utforare(_om(dag), namn=f"Eken {n}"),
    lambda dag, n: en_andrad_utforare(_om(dag), alder_fran=n),
    lambda dag, n: en_hemvist(_om(dag), f"Område {n}"),
    lambda dag, n: en_avtalsvolym(_om(dag), n, till=(None, _om(dag + 3))[n % 2]),
    lambda dag, n: ett_ramavtal(_om(dag), till=(None, _om(dag + 4))[n % 2]),
    lambda dag, _: ett_upphort_ramavtal(_om(dag)),
    lambda dag, n: ett_abonnemang(_om(dag), platser=n),
    lambda dag, _: ett_upphort_abonnemang(_om(dag)),
    lambda dag, _: en_koplats(_om(dag)),
    lambda dag, _: en_koplats(_om(dag), ko_id=ANNAN_KOPLATS, familj=True),
    lambda dag, _: en_upphord_koplats(_om(dag)),
    lambda dag, n: en_serviceinsats(_om(dag), till=_om(dag + 1 + n)),
    lambda dag, _: ett_utforarslut(_om(dag)),
]
STROMMAR: Mapping[Samling, tuple[Handelse, list[Bygg]]] = {
    Samling.PLACERINGAR: (en_placering(_om(0)), I_PLACERINGEN),
    Samling.UTFORARE: (en_utforare(_om(0)), HOS_UTFORAREN),
}


@st.composite
def strommar(draw: st.DrawFn) -> tuple[Samling, list[Notering]]:
    """Draw a stream of what the rules accept, in any order of registration."""
    samling = draw(st.sampled_from(list(STROMMAR)))
    borjan, bygg = STROMMAR[samling]
    rader = [Notering(1, id_for(1), borjan)]
    for _ in range(draw(st.integers(1, 9))):
        forslag = draw(st.sampled_from(bygg))(draw(st.integers(0, 12)), draw(st.integers(0, 5)))
        try:
            svar = besluta(AGGREGAT[samling], rader, forslag, idag=IDAG)
        except Regelbrott:
            continue
        rader += [Notering(len(rader) + 1, id_for(len(rader) + 1), h) for h in svar]
    return samling, gallande(rader)


def klippta(rader: list[Fakta], dag: int) -> Counter[Any]:
    """Return what is left of facts at a day, without the events behind them: what ends an interval is not yet seen."""
    kvar: list[Fakta] = []
    for rad in rader:
        if isinstance(rad, Intervall) and rad.fran <= dag:
            oppen = rad._replace(till=OANDLIG_DAG, utskrivning=0) if rad.till > dag else rad
            kvar.append(oppen._replace(handelser=""))
        elif isinstance(rad, Punkt) and rad.dag <= dag:
            kvar.append(rad._replace(handelser=""))
    return Counter(kvar)


@settings(max_examples=200, deadline=None)
@given(strommar(), st.integers(-1, 20))
def test_fakta_vid_en_dag_ar_alla_fakta_klippta_vid_den_dagen(
    strom: tuple[Samling, list[Notering]], dagar: int
) -> None:
    samling, rader = strom
    dag = NYAR + timedelta(days=dagar)
    sedda = [n for n in rader if n.handelse.datum <= dag]
    assert klippta(fakta(samling, STROM, sedda), dag.toordinal()) == klippta(
        fakta(samling, STROM, rader), dag.toordinal()
    )


@settings(max_examples=200, deadline=None)
@given(strommar())
def test_en_enhets_platser_raknas_aldrig_tva_ganger(strom: tuple[Samling, list[Notering]]) -> None:
    samling, rader = strom
    platser = [rad for rad in fakta(samling, STROM, rader) if isinstance(rad, Intervall) and rad.slag == "plats"]
    for dag in range(NYAR.toordinal(), NYAR.toordinal() + 14):
        grupper = [rad.malgrupp for rad in platser if rad.fran <= dag < rad.till]
        assert len(grupper) == len(set(grupper))
        assert grupper == [None] or None not in grupper
