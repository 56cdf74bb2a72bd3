"""Facts of a budget year that are not its money: grants, goals, figures from outside, reports, controls, guidelines.

Which column says what, where the columns' own names do not (``domain.fakta``):

* grants: ``manad`` is the month of the decision, ``avser_manad`` the month or the year (its January) it is about;
  ``underslag`` the kind, ``enhet`` the counterparty, ``verksamhet`` what it is for.
* figures and registers: ``antal`` is the value in thousandths of its unit. What cannot be reported is a kind of its own
  and never a zero. A figure's ``planerat`` is the number of days in its period, which ends on ``dag``.
* goals: ``planerat`` is the trend, 1 up, 0 unchanged, -1 down.
* groups of inhabitants: ``underslag`` is the ages, for example ``0-12`` or ``65-``. Of ages that are given both as a
  whole and by sex, what has no sex is what the sexes leave of the whole, since facts add up. Those counted before the
  year lie on its first day: a point has no other year than its day's.
* registers: ``enhet`` is the area, ``manad`` the year, ``utfall`` the group and the sex, where it has them.

Of inhabitants, values of goals and registers the last word of a day rules about one thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.begrepp import Begrepp
from domain.budgetperiod.begrepp import Trend
from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import InvanareFaststallda, Invanargrupp, PeriodiseringsprincipAndrad
from domain.budgetperiod.mal import AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import (
    AvvikelseRedovisad,
    DefinitionAndrad,
    InternkontrollGenomford,
    RapportFaststalld,
    RiktlinjeBeslutad,
    TryckfelUpptackt,
)
from domain.budgetperiod.uppgift import RegisterInlast, Registerrad, UppgiftLamnad
from domain.fakta import (
    ATAGANDE,
    ATAGANDE_FORSENAT,
    INTERNKONTROLLRISK,
    INVANARE,
    INVANARGRUPP,
    MALUTFALL,
    MALVARDE,
    REGISTER,
    RIKTLINJE,
    UPPGIFT,
    UPPGIFT_EJ_REDOVISBAR,
    Belopp,
    Fakta,
    Intervall,
    Punkt,
    spar,
)
from domain.handelse import Handelse, Notering
from domain.harledning.budgetar import Aret, Harledd
from domain.pengar import ore
from domain.tid import OANDLIG_DAG, kalendermanad

_TRENDER = {Trend.UPPAT: 1, Trend.OFORANDRAD: 0, Trend.NEDAT: -1}


def _tusendelar(varde: Decimal) -> int:
    return int(varde.scaleb(3))


def _ord(begrepp: Begrepp | None) -> str | None:
    return begrepp.lagrat if begrepp is not None else None


def _ersattning(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    ansokan = ar.namnda[h.ersattning_id]
    sokt: Any = ansokan.handelse
    avser = kalendermanad(sokt.avser_manad or f"{sokt.avser_ar}-01").fran
    yield ar.belopp(n, h.typ)._replace(
        handelser=str(n.position) if n is ansokan else spar((ansokan.position, n.position)),
        manad=h.datum.replace(day=1).toordinal(), avser_manad=avser.toordinal(), belopp=ore(h.belopp),
        underslag=sokt.slag.lagrat, verksamhet=sokt.verksamhet, enhet=sokt.motpart,
    )  # fmt: skip


def _mal(ar: Aret, n: Notering) -> Iterator[Fakta]:
    h: Any = n.handelse
    yield ar.punkt(n, underslag=h.namn, utfall=h.riktning.lagrat)
    if h.malvarde is not None:
        yield ar.belopp(n, MALVARDE)._replace(
            antal=_tusendelar(h.malvarde), verksamhet=h.namn, underslag=h.indikator, utfall=h.riktning.lagrat
        )


def _bedomning(ar: Aret, n: Notering) -> Iterator[Fakta]:
    h: Any = n.handelse
    borjan = ar.namnda[h.mal_id]
    mal: Any = borjan.handelse
    handelser = spar((borjan.position, n.position))
    trend = _TRENDER[h.trend] if h.trend is not None else None
    punkt = ar.punkt(n, underslag=mal.namn, utfall=h.bedomning.lagrat, planerat=trend)
    yield punkt._replace(handelser=handelser)
    sagt_igen = any(a.mal_id == h.mal_id and a.varde is not None for a in ar.senare_samma_dag(n))
    if h.varde is not None and not sagt_igen:
        yield ar.belopp(n, MALUTFALL)._replace(
            handelser=handelser, antal=_tusendelar(h.varde), verksamhet=mal.namn, underslag=mal.indikator
        )


def _atagande(ar: Aret, n: Notering) -> Iterator[Fakta]:
    h: Any = n.handelse
    yield ar.punkt(n, underslag=h.namn)
    till, position = OANDLIG_DAG, n.position
    avslut = ar.avslutade.get(h.atagande_id)
    if avslut is not None:
        slut: Any = avslut.handelse
        till, position = slut.datum.toordinal(), avslut.position
        yield ar.punkt(avslut, underslag=h.namn, utfall=slut.resultat.lagrat)._replace(
            handelser=spar((n.position, position))
        )
    handelser = spar((n.position, position)) if position != n.position else str(n.position)
    start = h.datum.toordinal()
    oppet = Intervall(handelser, ATAGANDE, ar.budget.kommun, start, till, underslag=h.namn)
    if start < till:
        yield oppet
    if h.planerat_slut is not None and h.planerat_slut.toordinal() + 1 < till:
        yield oppet._replace(slag=ATAGANDE_FORSENAT, fran=h.planerat_slut.toordinal() + 1)


def _riktlinje(ar: Aret, n: Notering) -> Iterator[Fakta]:
    h: Any = n.handelse
    yield ar.punkt(n, underslag=h.namn)
    slut = [(OANDLIG_DAG, n.position)]
    for annan in ar.riktlinjer:
        r: Any = annan.handelse
        if r.ersatter == h.namn and r.galler_fran >= h.galler_fran:
            slut.append((r.galler_fran.toordinal(), annan.position))
    till, position = min(slut)
    handelser = spar((n.position, position)) if position != n.position else str(n.position)
    fran = h.galler_fran.toordinal()
    if fran < till:
        yield Intervall(handelser, RIKTLINJE, ar.budget.kommun, fran, till, underslag=h.namn)


def _invanare(ar: Aret, n: Notering) -> Iterator[Fakta]:
    h: Any = n.handelse
    senare = ar.senare_samma_dag(n)
    if not senare:
        yield ar.belopp(n, INVANARE)._replace(antal=h.antal * 1000)
    sagda = {_aldrar(grupp) for annan in senare for grupp in annan.grupper}
    per_kon: Counter[str | None] = Counter()
    for grupp in h.grupper:
        if grupp.kon is not None:
            per_kon[_aldrar(grupp)] += grupp.antal
    for grupp in h.grupper:
        aldrar = _aldrar(grupp)
        antal = grupp.antal - (per_kon[aldrar] if grupp.kon is None else 0)
        if aldrar not in sagda and (antal or grupp.kon is not None or aldrar not in per_kon):
            punkt = ar.punkt(n, INVANARGRUPP, antal=antal * 1000, kon=_ord(grupp.kon), underslag=aldrar)
            yield punkt._replace(dag=max(punkt.dag, ar.forsta_manad))


def _aldrar(grupp: Invanargrupp) -> str | None:
    fran, till = grupp.alder_fran, grupp.alder_till
    if fran is None and till is None:
        return None
    return f"{'' if fran is None else fran}-{'' if till is None else till}"


def _uppgift(ar: Aret, n: Notering) -> Iterator[Punkt]:
    h: Any = n.handelse
    yield ar.punkt(
        n, UPPGIFT_EJ_REDOVISBAR if h.ej_redovisbar else UPPGIFT,
        malgrupp=_ord(h.malgrupp), kon=_ord(h.kon), insatsform=_ord(h.insatsform), regi=_ord(h.regi), enhet=h.enhet,
        underslag=h.namn, utfall=h.metod.lagrat, planerat=(h.sista_dag - h.fran).days + 1,
        antal=1000 if h.ej_redovisbar else _tusendelar(h.varde),
    )  # fmt: skip


def _register(ar: Aret, n: Notering) -> Iterator[Belopp]:
    h: Any = n.handelse
    bas = ar.belopp(n, REGISTER)._replace(underslag=h.slag.lagrat)
    sagda = {_om(rad) for annan in ar.senare_samma_dag(n) if annan.slag is h.slag for rad in annan.rader}
    for rad in h.rader:
        if _om(rad) in sagda:
            continue
        manad = date(rad.ar, 1, 1).toordinal()
        yield bas._replace(
            manad=manad, avser_manad=manad, verksamhet=rad.matt, enhet=rad.omrade, utfall=_grupp(rad),
            antal=_tusendelar(rad.varde) if rad.varde is not None else None,
        )  # fmt: skip


def _om(rad: Registerrad) -> tuple[Any, ...]:
    """Return what a figure of a register is about."""
    return rad.ar, rad.matt, rad.omrade, _grupp(rad)


def _grupp(rad: Registerrad) -> str | None:
    return " ".join(del_ for del_ in (rad.grupp, _ord(rad.kon)) if del_ is not None) or None


def _internkontroll(ar: Aret, n: Notering) -> Iterator[Punkt]:
    h: Any = n.handelse
    yield ar.punkt(n, underslag=h.perspektiv, utfall=h.slutsats.lagrat)
    if h.risk is not None:
        yield ar.punkt(n, INTERNKONTROLLRISK, underslag=h.perspektiv, utfall=h.slutsats.lagrat)


def _punkt(drag: Callable[[Any], dict[str, Any]]) -> Harledd:
    """Return how an event becomes just one point, with what it says of it."""

    def punkt(ar: Aret, n: Notering) -> Iterator[Punkt]:
        yield ar.punkt(n, **drag(n.handelse))

    return punkt


OVRIGA: Mapping[type[Handelse], Harledd] = {
    **dict.fromkeys((ErsattningSokt, ErsattningBeviljad, ErsattningAvslagen, ErsattningAterbetald), _ersattning),
    MalFaststallt: _mal,
    MalBedomt: _bedomning,
    AtagandeStartat: _atagande,
    RiktlinjeBeslutad: _riktlinje,
    InvanareFaststallda: _invanare,
    UppgiftLamnad: _uppgift,
    RegisterInlast: _register,
    InternkontrollGenomford: _internkontroll,
    PeriodiseringsprincipAndrad: _punkt(lambda h: {"underslag": h.galler.lagrat, "utfall": h.princip.lagrat}),
    RapportFaststalld: _punkt(lambda h: {"underslag": h.slag.lagrat}),
    TryckfelUpptackt: _punkt(lambda h: {"underslag": h.klass.lagrat}),
    DefinitionAndrad: _punkt(lambda h: {"underslag": h.matt}),
    AvvikelseRedovisad: _punkt(lambda h: {"underslag": h.slag.lagrat, "utfall": h.kategori, "enhet": h.enhet}),
}
"""How facts follow from an entry that is not about the year's money, by the type of its event."""
