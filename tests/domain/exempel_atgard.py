"""One small factory per event of an åtgärd, and what must have happened before each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardKommenterad,
    AtgardPaborjad,
    AtgardPermanentad,
    AtgardSlutford,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektBudgeterad,
    EffektUppnadd,
    FardiggradSatt,
    SlutdatumHypotetiskt,
)
from domain.handelse import Handelse
from domain.pengar import fordela, kronor
from tests.domain.gor import gor

H = TypeVar("H", bound=Handelse)

EN_PLACERING = "55555555-5555-4555-8555-555555555555"
ETT_ARENDE = "66666666-6666-4666-8666-666666666666"
ETT_DELUPPDRAG_ID = "77777777-7777-4777-8777-777777777777"


def _dagar_fore(datum: str, dagar: int) -> str:
    return str(date.fromisoformat(datum) - timedelta(days=dagar))


def en_identifierad_atgard(datum: str = "2019-01-02", **andra: Any) -> AtgardIdentifierad:
    return gor(
        AtgardIdentifierad, andra, datum=datum, kommun="1880", namnd="Socialnämnden", namn="Hemtagningspaket",
        beskrivning="Placerade unga tas hem tidigare med stöd av en placeringskurator.",
        ansvarig="Enhetschef placering",
    )  # fmt: skip


def en_beslutad_atgard(datum: str = "2019-01-16", **andra: Any) -> AtgardBeslutad:
    return gor(AtgardBeslutad, andra, datum=datum)


def en_budgeterad_effekt(datum: str = "2019-01-17", **andra: Any) -> EffektBudgeterad:
    return gor(EffektBudgeterad, andra, datum=datum, ar=2019, belopp="1000000.00")


def en_beraknad_effekt(datum: str = "2019-04-30", **andra: Any) -> EffektBeraknad:
    return gor(EffektBeraknad, andra, datum=datum, ar=2019, prognos_under_aret="800000.00")


def en_paborjad_atgard(datum: str = "2019-02-01", **andra: Any) -> AtgardPaborjad:
    return gor(AtgardPaborjad, andra, datum=datum)


def en_fardiggrad(datum: str = "2019-05-02", procent: int = 40, **andra: Any) -> FardiggradSatt:
    return gor(FardiggradSatt, andra, datum=datum, procent=procent)


def ett_deluppdrag(datum: str = "2019-02-11", **andra: Any) -> DeluppdragLagtTill:
    return gor(DeluppdragLagtTill, andra, datum=datum, deluppdrag_id=ETT_DELUPPDRAG_ID, namn="Rekrytera kurator")


def ett_avslutat_deluppdrag(datum: str = "2019-03-15", **andra: Any) -> DeluppdragAvslutat:
    return gor(DeluppdragAvslutat, andra, datum=datum, deluppdrag_id=ETT_DELUPPDRAG_ID)


def ett_hypotetiskt_slut(datum: str = "2019-02-20", slut: str = "2019-12-31", **andra: Any) -> SlutdatumHypotetiskt:
    return gor(
        SlutdatumHypotetiskt, andra, datum=datum, placering_id=EN_PLACERING, hypotetiskt_slut=slut,
        underlag="Genomförandeplanen",
    )  # fmt: skip


def ett_bedomt_arende(datum: str = "2019-06-14", **andra: Any) -> ArendeBedomt:
    """Return a judgement that leaves the days to the hypothetical end: 2019-12-31 less 2019-06-01."""
    return gor(
        ArendeBedomt, andra, datum=datum, placering_id=EN_PLACERING, effektklass="stor", faktiskt_slut="2019-06-01",
        dygnskostnad="2000.00", insatskostnad="6000.50",
    )  # fmt: skip


def en_alternativkostnad(datum: str = "2019-09-01", **andra: Any) -> AlternativkostnadBeraknad:
    return gor(
        AlternativkostnadBeraknad, andra, datum=datum, fran=_dagar_fore(datum, 5), till=datum, enhet="Akutplatserna",
        belagda_dygn=20, externt_dygnspris="3000.00", egen_kostnad="45000.00",
    )  # fmt: skip


def en_uppnadd_effekt(datum: str = "2019-09-02", **andra: Any) -> EffektUppnadd:
    return gor(
        EffektUppnadd, andra, datum=datum, fran=_dagar_fore(datum, 5), till=datum, belopp="250000.00",
        metod="bokford", underlag="Huvudboken",
    )  # fmt: skip


def en_kommentar(datum: str = "2019-05-03", **andra: Any) -> AtgardKommenterad:
    return gor(AtgardKommenterad, andra, datum=datum, text="Två kuratorer är på plats.")


def en_permanentad_atgard(datum: str = "2019-10-01", **andra: Any) -> AtgardPermanentad:
    return gor(AtgardPermanentad, andra, datum=datum)


def en_slutford_atgard(datum: str = "2019-12-20", **andra: Any) -> AtgardSlutford:
    return gor(AtgardSlutford, andra, datum=datum)


def en_avbruten_atgard(datum: str = "2019-11-15", **andra: Any) -> AtgardAvbruten:
    return gor(AtgardAvbruten, andra, datum=datum, orsak="Kuratorerna kunde inte rekryteras")


VANLIGA: Mapping[type[Handelse], Callable[..., Handelse]] = {
    AtgardIdentifierad: en_identifierad_atgard,
    AtgardBeslutad: en_beslutad_atgard,
    EffektBudgeterad: en_budgeterad_effekt,
    EffektBeraknad: en_beraknad_effekt,
    AtgardPaborjad: en_paborjad_atgard,
    FardiggradSatt: en_fardiggrad,
    DeluppdragLagtTill: ett_deluppdrag,
    DeluppdragAvslutat: ett_avslutat_deluppdrag,
    SlutdatumHypotetiskt: ett_hypotetiskt_slut,
    ArendeBedomt: ett_bedomt_arende,
    AlternativkostnadBeraknad: en_alternativkostnad,
    EffektUppnadd: en_uppnadd_effekt,
    AtgardKommenterad: en_kommentar,
    AtgardPermanentad: en_permanentad_atgard,
    AtgardSlutford: en_slutford_atgard,
    AtgardAvbruten: en_avbruten_atgard,
}
"""The ordinary example of every event type of an åtgärd."""

FULLA: Mapping[type[Handelse], Callable[[], Handelse]] = {
    AtgardIdentifierad: lambda: en_identifierad_atgard(
        hypotes="Med kuratorns stöd kan var tredje placering avslutas ett halvår tidigare."
    ),
    AtgardBeslutad: lambda: en_beslutad_atgard(
        diarienummer=["Sov 71/2019", "Sov 12/2019"], beslutsdatum=["2018-12-12", "2019-01-16"],
        forvantad_effekt="Färre dygn på institution", planerat_slut="2019-12-31",
    ),
    EffektBeraknad: lambda: en_beraknad_effekt(beraknad_total="2400000.00"),
    DeluppdragLagtTill: lambda: ett_deluppdrag(ansvarig="HR-konsult", planerat_slut="2019-03-31"),
    SlutdatumHypotetiskt: lambda: ett_hypotetiskt_slut(arende_id=ETT_ARENDE),
    ArendeBedomt: lambda: ett_bedomt_arende(
        arende_id=ETT_ARENDE, insatsform="hvb", primar_orsak="Kriminalitet", forkortade_dygn=213
    ),
    AlternativkostnadBeraknad: lambda: en_alternativkostnad(underlag="Beläggningslistan"),
}  # fmt: skip
"""An example with a value in every field, of the event types that have optional ones."""

FORUTSATTER: Mapping[type[Handelse], Sequence[Callable[[], Handelse]]] = {
    DeluppdragAvslutat: (ett_deluppdrag,),
    ArendeBedomt: (en_paborjad_atgard, ett_hypotetiskt_slut),
    AlternativkostnadBeraknad: (en_beslutad_atgard,),
    EffektUppnadd: (en_beslutad_atgard,),
    AtgardPermanentad: (en_paborjad_atgard,),
    AtgardSlutford: (en_paborjad_atgard,),
}
"""What must have happened, after the åtgärd was identified, before the ordinary example can."""


# A follow-up case by case ---------------------------------------------------------------------------------------------


def _ett_hemtaget(nr: int, klass: str, form: str, pris: str, dygn: int, kostnad_ore: int) -> list[Handelse]:
    """Return how one case was judged: every third by its two ends, the others by a number of days."""
    placering, slut = str(UUID(int=0xC000 + nr, version=4)), date(2019, 6, 1) + timedelta(days=nr)
    andra: dict[str, Any] = {"forkortade_dygn": dygn}
    fore: list[Handelse] = []
    if nr % 3 == 0:
        andra = {"faktiskt_slut": str(slut)}
        fore = [ett_hypotetiskt_slut("2019-03-01", str(slut + timedelta(days=dygn)), placering_id=placering)]
    bedomt = gor(
        ArendeBedomt, andra, datum=str(slut + timedelta(days=14)), placering_id=placering, effektklass=klass,
        insatsform=form, primar_orsak=("Kriminalitet", "Psykisk ohälsa")[nr % 2], dygnskostnad=pris,
        insatskostnad=str(kronor(kostnad_ore)),
    )  # fmt: skip
    return [*fore, bedomt]


def ett_foljt_hemtagningspaket() -> list[Handelse]:
    """Return an åtgärd followed up case by case, as such a follow-up has been printed (Örebro 2023; MATT.md A03–A04).

    36 cases, 15/7/14 by effect class, 45 months shortened, the cost of placements reduced by 4,1 mnkr, the åtgärd's
    cost 138 tkr and the net effect 3,9 mnkr. The cases themselves are made up.
    """
    fall = (
        *[("ingen", "hvb", "3300.00", 0)] * 15,
        *[("liten", "familjehemKonsulent", "1950.00", 21)] * 7,
        *[("stor", "hvb", "3300.00", 87)] * 10,
        *[("stor", "stodboende", "2625.50", 88)] * 4,
    )
    kostnader = fordela(13_800_000, [1] * len(fall))
    bedomda = [_ett_hemtaget(nr, *ett, kostnad) for nr, (ett, kostnad) in enumerate(zip(fall, kostnader, strict=True))]
    borjan = [en_identifierad_atgard(), en_beslutad_atgard(), en_paborjad_atgard()]
    return [*borjan, *(handelse for ett in bedomda for handelse in ett)]
