"""The oracle of a budget year: its lines one by one, and what stands beside its money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.budgetperiod.begrepp import Post as Radpost
from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    Invanargrupp,
    PeriodiseringsprincipAndrad,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
)
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import (
    AvvikelseRedovisad,
    DefinitionAndrad,
    InternkontrollGenomford,
    RapportFaststalld,
    RiktlinjeBeslutad,
    TryckfelUpptackt,
)
from domain.budgetperiod.uppgift import RegisterInlast, UppgiftLamnad
from domain.handelse import Handelse
from tests.laws.loggen import fordelat_helt
from tests.laws.orakel_fakta import Drag, Strommen, manaden, ordet, ore, tusendelar
from tests.laws.orakel_pengar import forsta_dagen


def _borjan(s: Strommen) -> BudgetFaststalld | None:
    """Return whose year it is, which holds of what happened before the budget was adopted too."""
    return next((h for h in s.alla if isinstance(h, BudgetFaststalld)), None)


def star(s: Strommen, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield the commitments being worked on, those that are late, and the guidelines in force on a day."""
    borjan = _borjan(s)
    if borjan is None:
        return
    klara = [h.atagande_id for h in s.av(AtagandeAvslutat) if h.datum <= dag]
    for h in s.av(AtagandeStartat):
        if h.datum <= dag and h.atagande_id not in klara:
            yield "atagande", {"kommun": borjan.kommun, "underslag": h.namn}
            if h.planerat_slut is not None and dag > h.planerat_slut:
                yield "atagandeForsenat", {"kommun": borjan.kommun, "underslag": h.namn}
    i_kraft = [h for h in s.av(RiktlinjeBeslutad) if h.galler_fran <= dag]
    for h in i_kraft:
        if not any(annan.ersatter == h.namn and annan.galler_fran >= h.galler_fran for annan in i_kraft):
            yield "riktlinje", {"kommun": borjan.kommun, "underslag": h.namn}


def hande(s: Strommen) -> Iterator[tuple[str, date, Drag]]:
    """Yield what happened beside the money."""
    borjan = _borjan(s)
    if borjan is None:
        return
    for h in s.handelser:
        for slag, drag in _punkter(s, h):
            dag = max(h.datum, date(borjan.ar, 1, 1)) if slag == "invanargrupp" else h.datum
            yield slag, dag, {"kommun": borjan.kommun, **drag}


def _senare(s: Strommen, h: Handelse) -> list[Any]:
    """Return the events of a kind that come after one of them on its day."""
    efter = s.handelser[1 + next(nr for nr, annan in enumerate(s.handelser) if annan is h) :]
    return [annan for annan in efter if type(annan) is type(h) and annan.datum == h.datum]


def _namnet(s: Strommen, typ: type[Handelse], falt: str, nyckel: UUID) -> Any:
    return next(h for h in s.av(typ) if getattr(h, falt) == nyckel)


def _punkter(s: Strommen, h: Any) -> Iterator[tuple[str, Drag]]:
    match h:
        case MalBedomt():
            mal = _namnet(s, MalFaststallt, "mal_id", h.mal_id)
            trend = {None: None, "uppat": 1, "oforandrad": 0, "nedat": -1}[ordet(h.trend)]
            yield h.typ, {"underslag": mal.namn, "utfall": ordet(h.bedomning), "planerat": trend}
        case AtagandeAvslutat():
            startat = _namnet(s, AtagandeStartat, "atagande_id", h.atagande_id)
            yield h.typ, {"underslag": startat.namn, "utfall": ordet(h.resultat)}
        case InvanareFaststallda():
            for g in h.grupper:
                konen = [a.antal for a in h.grupper if a.kon and not g.kon and _aldrar(a) == _aldrar(g)]
                if any(_aldrar(a) == _aldrar(g) for senare in _senare(s, h) for a in senare.grupper):
                    continue
                if not konen or sum(konen) != g.antal:
                    yield "invanargrupp", {
                        "antal": tusendelar(g.antal - sum(konen)), "kon": ordet(g.kon), "underslag": _aldrar(g)
                    }  # fmt: skip
        case UppgiftLamnad():
            yield "uppgiftEjRedovisbar" if h.ej_redovisbar else "uppgift", _uppgift(h)
        case InternkontrollGenomford():
            drag = {"underslag": h.perspektiv, "utfall": ordet(h.slutsats)}
            yield h.typ, drag
            if h.risk is not None:
                yield "internkontrollrisk", drag
        case _ if type(h) in _DRAG:
            yield h.typ, _DRAG[type(h)](h)


def _aldrar(g: Invanargrupp) -> str | None:
    granser = ["" if alder is None else str(alder) for alder in (g.alder_fran, g.alder_till)]
    return "-".join(granser) if any(granser) else None


def _uppgift(h: UppgiftLamnad) -> Drag:
    drag = {
        "malgrupp": ordet(h.malgrupp), "kon": ordet(h.kon), "insatsform": ordet(h.insatsform), "regi": ordet(h.regi),
        "enhet": h.enhet, "underslag": h.namn, "utfall": ordet(h.metod), "planerat": (h.sista_dag - h.fran).days + 1,
    }  # fmt: skip
    return {**drag, "antal": tusendelar(h.varde)} if h.varde is not None else drag


_DRAG: Mapping[type[Handelse], Callable[[Any], Drag]] = {
    MalFaststallt: lambda h: {"underslag": h.namn, "utfall": ordet(h.riktning)},
    AtagandeStartat: lambda h: {"underslag": h.namn},
    RiktlinjeBeslutad: lambda h: {"underslag": h.namn},
    PeriodiseringsprincipAndrad: lambda h: {"underslag": ordet(h.galler), "utfall": ordet(h.princip)},
    RapportFaststalld: lambda h: {"underslag": ordet(h.slag)},
    TryckfelUpptackt: lambda h: {"underslag": ordet(h.klass)},
    DefinitionAndrad: lambda h: {"underslag": h.matt},
    AvvikelseRedovisad: lambda h: {"underslag": ordet(h.slag), "utfall": h.kategori, "enhet": h.enhet},
}

# Amounts ------------------------------------------------------------------------------------------------------------


def belopp(s: Strommen) -> Iterator[tuple[str, Drag]]:
    """Yield the amounts and figures of a year."""
    borjan = _borjan(s)
    if borjan is None:
        return
    for h in s.handelser:
        for slag, drag in (*_rader(borjan, h), *_ovrigt(s, h)):
            gemensamt = {"kommun": borjan.kommun, "namnd": borjan.namnd, "manad": date(borjan.ar, 1, 1)}
            yield slag, {**gemensamt, "dag": h.datum, **drag}


def _rader(borjan: BudgetFaststalld, h: Any) -> Iterator[tuple[str, Drag]]:
    """Yield the lines of budget, outcome and forecast, investments by themselves."""
    if isinstance(h, BudgetFaststalld | BudgetJusterad):
        vikter = list(borjan.periodisering or [1] * 12)
        underslag = "faststalld"
        if isinstance(h, BudgetJusterad):
            kvar = [v if (borjan.ar, nr) >= (h.datum.year, h.datum.month) else 0 for nr, v in enumerate(vikter, 1)]
            vikter, underslag = kvar if any(kvar) else [0] * 11 + [1], ordet(h.slag) or ""
        for rad in h.rader:
            for nr, del_ in enumerate(fordelat_helt(ore(rad.belopp), vikter), 1):
                manad = date(borjan.ar, nr, 1)
                if del_:
                    drag = {"belopp": del_, "manad": manad, "avser_manad": manad, "underslag": underslag}
                    yield _slaget("budget", rad), {**_rad(rad), **drag}
    elif isinstance(h, UtfallBokfort):
        manad = forsta_dagen(h.manad)
        avser = forsta_dagen(h.avser_manad) if h.avser_manad is not None else manad
        for rad in h.rader:
            drag = {"manad": manad, "avser_manad": avser, "underslag": h.verifikation}
            yield _slaget("utfall", rad), {**_rad(rad), **drag}
    elif isinstance(h, PrognosFaststalld):
        for rad in h.rader:
            yield _slaget("prognos", rad), {**_rad(rad), "underslag": ordet(h.slag)}


def _slaget(slag: str, rad: Rad) -> str:
    return f"investerings{slag}" if rad.post is Radpost.INVESTERING else slag


def _rad(rad: Rad) -> Drag:
    return {
        "belopp": ore(rad.belopp), "verksamhet": rad.verksamhet, "kontogrupp": ordet(rad.kontogrupp),
        "konto": rad.konto, "malgrupp": ordet(rad.malgrupp), "insatsform": ordet(rad.insatsform),
        "regi": ordet(rad.regi), "enhet": rad.enhet, "projekt": rad.projekt,
        "utfall": ordet(rad.post) if rad.post is not Radpost.VERKSAMHET else None,
    }  # fmt: skip


def _register(rad: Any) -> Drag:
    """Return what a figure of a register is about."""
    return {**rad.model_dump(), "varde": None, "grupp": " ".join(d for d in (rad.grupp, ordet(rad.kon)) if d), "kon": 0}


def _ovrigt(s: Strommen, h: Any) -> Iterator[tuple[str, Drag]]:
    match h:
        case ErsattningSokt() | ErsattningBeviljad() | ErsattningAvslagen() | ErsattningAterbetald():
            sokt = _namnet(s, ErsattningSokt, "ersattning_id", h.ersattning_id)
            avser = forsta_dagen(sokt.avser_manad) if sokt.avser_manad is not None else date(sokt.avser_ar, 1, 1)
            yield h.typ, {
                "manad": manaden(h.datum), "avser_manad": avser, "belopp": ore(h.belopp),
                "underslag": ordet(sokt.slag), "verksamhet": sokt.verksamhet, "enhet": sokt.motpart,
            }  # fmt: skip
        case MalFaststallt() if h.malvarde is not None:
            drag = {"verksamhet": h.namn, "underslag": h.indikator, "utfall": ordet(h.riktning)}
            yield "malvarde", {**drag, "antal": tusendelar(h.malvarde)}
        case MalBedomt() if any(a.mal_id == h.mal_id and a.varde is not None for a in _senare(s, h)):
            pass
        case MalBedomt() if h.varde is not None:
            mal = _namnet(s, MalFaststallt, "mal_id", h.mal_id)
            drag = {"verksamhet": mal.namn, "underslag": mal.indikator}
            yield "malutfall", {**drag, "antal": tusendelar(h.varde)}
        case InvanareFaststallda() if not _senare(s, h):
            yield "invanare", {"antal": tusendelar(h.antal)}
        case RegisterInlast():
            samma = [rad for senare in _senare(s, h) if senare.slag is h.slag for rad in senare.rader]
            for rad in h.rader:
                if any(_register(rad) == _register(annan) for annan in samma):
                    continue
                manad = date(rad.ar, 1, 1)
                grupp = " ".join(del_ for del_ in (rad.grupp, ordet(rad.kon)) if del_)
                yield "register", {
                    "manad": manad, "avser_manad": manad, "underslag": ordet(h.slag), "verksamhet": rad.matt,
                    "enhet": rad.omrade, "utfall": grupp or None,
                    "antal": tusendelar(rad.varde) if rad.varde is not None else None,
                }  # fmt: skip
