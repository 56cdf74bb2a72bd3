"""The oracle of åtgärder: the phase on a day, what was late, what was expected, what was achieved month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
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
from tests.laws.loggen import fordelat_helt
from tests.laws.orakel_fakta import Drag, Strommen, hexat, manaden, ordet, ore, tusendelar

FASER: Mapping[type[Handelse], str] = {
    AtgardIdentifierad: "identifierad",
    AtgardBeslutad: "beslutad",
    AtgardPaborjad: "pagaende",
    AtgardPermanentad: "permanent",
    AtgardSlutford: "slutford",
    AtgardAvbruten: "avbruten",
}
"""The phase that each event brings, in order of how far the åtgärd has come."""


def _borjan(s: Strommen) -> AtgardIdentifierad | None:
    return next(iter(s.av(AtgardIdentifierad)), None)


def fasen(s: Strommen, dag: date) -> str | None:
    """Return how far an åtgärd had come on a day: no later word takes it back."""
    ordning = list(FASER.values())
    natt = [FASER[type(h)] for h in s.handelser if type(h) in FASER and h.datum <= dag]
    return max(natt, key=ordning.index, default=None)


def star(s: Strommen, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield what stood in an åtgärd on a day."""
    borjan = _borjan(s)
    if borjan is None or dag < borjan.datum:
        return
    fas = fasen(s, dag)
    # The phase that took over, if one has by the day asked about.
    senare = [fasen(s, h.datum) for h in s.handelser if h.datum > dag and fasen(s, h.datum) != fas]
    yield "atgardsfas", {"kommun": borjan.kommun, "underslag": fas, "utfall": senare[0] if senare else None}
    slut = [h for h in s.av(AtgardSlutford, AtgardAvbruten) if h.datum <= dag]
    planer = [h.planerat_slut for h in s.av(AtgardBeslutad) if h.datum <= dag and h.planerat_slut is not None]
    if planer and dag > planer[-1] and not slut:
        yield "atgardsforsening", {"kommun": borjan.kommun}
    klara = [h.deluppdrag_id for h in s.av(DeluppdragAvslutat) if h.datum <= dag]
    for h in s.av(DeluppdragLagtTill):
        if h.datum <= dag and h.deluppdrag_id not in klara:
            yield "deluppdrag", {"kommun": borjan.kommun}


def hande(s: Strommen) -> Iterator[tuple[str, date, Drag]]:
    """Yield what happened in an åtgärd; of several degrees of completion on a day, the last."""
    borjan = _borjan(s)
    if borjan is None:
        return
    for h in s.handelser:
        if type(h) in FASER and h is not borjan:
            yield h.typ, h.datum, {"kommun": borjan.kommun}
    for dag, procent in {h.datum: h.procent for h in s.av(FardiggradSatt)}.items():
        yield "fardiggrad.satt", dag, {"kommun": borjan.kommun, "antal": tusendelar(procent)}


def belopp(s: Strommen) -> Iterator[tuple[str, Drag]]:
    """Yield what an åtgärd was expected to give, and gave; statements of one thing in the order they took effect."""
    borjan = _borjan(s)
    if borjan is None:
        return
    gemensamt = {"kommun": borjan.kommun, "namnd": borjan.namnd, "atgard": s.id.hex}
    for h in s.handelser:
        hur = _BELOPP.get(type(h))
        for slag, drag in hur(s, h) if hur is not None else ():
            yield slag, {**gemensamt, "dag": h.datum, **drag}


def _budgeterad(_: Strommen, h: EffektBudgeterad) -> Iterator[tuple[str, Drag]]:
    yield "budgeteradEffekt", {"manad": date(h.ar, 1, 1), "belopp": ore(h.belopp)}


def _beraknad(_: Strommen, h: EffektBeraknad) -> Iterator[tuple[str, Drag]]:
    for slag, kronor in (("forvantadEffekt", h.prognos_under_aret), ("forvantadTotaleffekt", h.beraknad_total)):
        if kronor is not None:
            yield slag, {"manad": date(h.ar, 1, 1), "belopp": ore(kronor)}


def dagar_per_manad(fran: date, till: date) -> dict[date, int]:
    """Return how many days of ``[fran, till)`` lie in each month, by its first day."""
    return Counter(manaden(fran + timedelta(days=nr)) for nr in range((till - fran).days))


def _uppnadd(_: Strommen, h: EffektUppnadd) -> Iterator[tuple[str, Drag]]:
    manader = dagar_per_manad(h.fran, h.till)
    for manad, del_ in zip(manader, fordelat_helt(ore(h.belopp), list(manader.values())), strict=True):
        yield "uppnaddEffekt", {
            "manad": manad, "avser_manad": manad, "belopp": del_, "underslag": ordet(h.metod)
        }  # fmt: skip


def _alternativ(_: Strommen, h: AlternativkostnadBeraknad) -> Iterator[tuple[str, Drag]]:
    manader = dagar_per_manad(h.fran, h.till)
    effekt = h.belagda_dygn * ore(h.externt_dygnspris) - ore(h.egen_kostnad)
    vikter = list(manader.values())
    dygn = fordelat_helt(tusendelar(h.belagda_dygn), vikter)
    for manad, del_, antal in zip(manader, fordelat_helt(effekt, vikter), dygn, strict=True):
        yield "alternativkostnad", {
            "manad": manad, "avser_manad": manad, "belopp": del_, "antal": antal, "enhet": h.enhet,
            "prissort": "dygn", "pris": ore(h.externt_dygnspris),
        }  # fmt: skip


def _bedomt(s: Strommen, h: ArendeBedomt) -> Iterator[tuple[str, Drag]]:
    dygn = h.forkortade_dygn
    if dygn is None:
        antagna = [x for x in s.av(SlutdatumHypotetiskt) if x.datum <= h.datum and samma_fall(x, h)]
        assert h.faktiskt_slut is not None
        dygn = (antagna[-1].hypotetiskt_slut - h.faktiskt_slut).days
    yield "bedomtArende", {
        "manad": manaden(h.datum), "belopp": dygn * ore(h.dygnskostnad) - ore(h.insatskostnad),
        "antal": tusendelar(dygn), "prissort": "dygn", "pris": ore(h.dygnskostnad), "utfall": ordet(h.effektklass),
        "arende": hexat(h.placering_id or h.arende_id), "underslag": h.primar_orsak, "insatsform": ordet(h.insatsform),
    }  # fmt: skip


def samma_fall(a: SlutdatumHypotetiskt, b: ArendeBedomt) -> bool:
    """Return whether two speak of one case: the same placement, or the same ärende where one names no placement."""
    if a.placering_id is not None and b.placering_id is not None:
        return a.placering_id == b.placering_id
    return a.arende_id is not None and a.arende_id == b.arende_id


_BELOPP: Mapping[type[Handelse], Callable[[Strommen, Any], Iterator[tuple[str, Drag]]]] = {
    EffektBudgeterad: _budgeterad,
    EffektBeraknad: _beraknad,
    EffektUppnadd: _uppnadd,
    AlternativkostnadBeraknad: _alternativ,
    ArendeBedomt: _bedomt,
}
