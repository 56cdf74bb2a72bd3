"""The lines of the books and their amounts, such that every printed table of amounts is met at once.

A line is the narrowest that any table's row tells apart, for each account group that any table tells apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from application.syntet.radceller import Radcell, radceller
from application.syntet.tabellform import (
    Formcell,
    Linje,
    Storhet,
    Tabellform,
    med_verksamhet,
    tabellform,
)
from application.syntet.tabellslag import Lasning, slag_av
from application.syntet.uppdrag import Syntetuppdrag
from application.syntet.utjamning import Villkor, jamna_ut
from domain.begrepp import Kontogrupp
from domain.budgetperiod.begrepp import INTAKTER

_DELAR = ("verksamhet", "konto", "malgrupp", "insatsform", "projekt")
_MARGINAL = 0.03
"""How far inside its interval a figure is kept, as a share of the interval: öre are rounded afterwards."""
_LITEN = 1_000_00.0
_VARDENS_KONTOGRUPPER = (Kontogrupp.PERSONAL, Kontogrupp.KOP_AV_VERKSAMHET, Kontogrupp.OVRIGA_KOSTNADER)
"""What care is paid from: fees, bought care, allowances."""


@dataclass
class Beloppsplan:
    """Lines and their amounts in öre, net cost, per quantity.

    ``noter`` are the printed cells that are not met; ``bara_externa`` says that no other table than that of external
    care is behind it, so that what other units cost is not in it.
    """

    linjer: list[dict[str, str]] = field(default_factory=list)
    belopp: dict[Storhet, list[int]] = field(default_factory=dict)
    noter: list[str] = field(default_factory=list)
    bara_externa: bool = True

    def av(
        self, slag: str, ar: int, *, till: int = 12, prognos: str = "", ombudgeterad: bool = False
    ) -> list[int] | None:
        """Return the amounts of a quantity per line, or None where no table prints it."""
        sokt = (slag, ar, till, prognos, ombudgeterad)
        traff = (b for s, b in self.belopp.items() if (s.slag, s.ar, s.till, s.prognos, s.ombudgeterad) == sokt)
        return next(traff, None)

    def manader(self, slag: str, ar: int) -> list[int]:
        """Return the months that amounts of a year are printed up to, in order."""
        return sorted(s.till for s in self.belopp if (s.slag, s.ar, s.ombudgeterad) == (slag, ar, False))


@dataclass(frozen=True)
class Planer:
    """What the books shall hold of operation and of investments."""

    drift: Beloppsplan
    investering: Beloppsplan

    @property
    def noter(self) -> list[str]:
        """Return the printed cells that are not met."""
        return [*self.drift.noter, *self.investering.noter]


def gor_planer(uppdrag: Syntetuppdrag) -> Planer:
    """Return the plans of an order; empty where it gives no rows of tables of amounts."""
    former = las_former(uppdrag)
    drift, investering = ([f for f in former if f.investering is val] for val in (False, True))
    return Planer(gor_plan(drift, uppdrag), gor_plan(investering, uppdrag))


def las_former(uppdrag: Syntetuppdrag) -> list[Tabellform]:
    """Return the printed tables of amounts that are declared, those with care rows within their operation."""
    manad = min(uppdrag.slutdag, date(uppdrag.ar, 12, 31)).month
    funna = (tabellform(t, uppdrag, manad) for t in uppdrag.tabeller)
    return [_inom(form, uppdrag.verksamhet) for form in funna if form is not None]


def gor_plan(former: Sequence[Tabellform], uppdrag: Syntetuppdrag) -> Beloppsplan:
    """Return lines and amounts that meet the tables."""
    linjer = _linjer(former)
    if not linjer:
        return Beloppsplan()
    vard = [] if former[0].investering else list(radceller(uppdrag, "resultat-vard"))
    slagna = (slag_av(form.tryckt) for form in former)
    plan = Beloppsplan(
        [*linjer, *_vardlinjer(linjer, vard)],
        bara_externa=all(slag is not None and slag.lasning is Lasning.EXTERN for slag in slagna),
    )
    celler = [cell for form in former for cell in form.celler(plan.linjer)]
    celler += [_vardens_avvikelse(cell, plan.linjer) for cell in vard]
    storheter = sorted({s for cell in celler for _, s in cell.form})
    plats = {(i, s): nr for nr, (s, i) in enumerate((s, i) for s in storheter for i in range(len(plan.linjer)))}
    borjan = _forsta_gissning(plan.linjer, celler, plats)
    villkor = [_villkor(cell, plats) for cell in celler]
    vikter = [abs(x) + _LITEN / 1000 if x else 0.0 for x in borjan]
    x, uppgivna = jamna_ut(borjan, villkor, vikter)
    for s in storheter:
        plan.belopp[s] = [round(float(x[plats[i, s]])) * uppdrag.skala for i in range(len(plan.linjer))]
    plan.noter = [f"Den tryckta cellen {v.cell} möts inte: den går inte ihop med de andra." for v in uppgivna]
    return plan


def _inom(form: Tabellform, verksamhet: str) -> Tabellform:
    """Return the table with its rows inside an operation, where they tell care apart but no operation."""
    vardrader = any(rad.urval.insatsform and not rad.urval.verksamhet for rad, _ in form.poster())
    return med_verksamhet(form, verksamhet) if vardrader else form


def _linjer(former: Sequence[Tabellform]) -> list[dict[str, str]]:
    kandidater: list[dict[str, tuple[str, ...]]] = []
    kontogrupper: list[str] = []
    for form in former:
        for _, urval in form.poster():
            kontogrupper += urval.get("kontogrupp", ())
            delar = {n: urval[n] for n in _DELAR if n in urval}
            if (delar or form.investering) and delar not in kandidater:
                kandidater.append(delar)
    smalast = [k for k in kandidater if not any(_smalare(annan, k) for annan in kandidater if annan is not k)]
    if not smalast and kontogrupper:
        smalast = [{}]
    grupper = list(dict.fromkeys(kontogrupper)) or [Kontogrupp.OFORDELAT.value]
    return [
        {**{n: v[0] for n, v in k.items() if "None" not in v}, "kontogrupp": grupp}
        for k in smalast
        for grupp in grupper
    ]


def _vardlinjer(linjer: Sequence[Linje], celler: Iterable[Radcell]) -> Iterator[dict[str, str]]:
    """Yield a line for each target group whose result is printed, beside each line that care is paid from."""
    grupper = dict.fromkeys(str(cell.urval["malgrupp"][0]) for cell in celler)
    for linje in linjer:
        if "malgrupp" not in linje and linje["kontogrupp"] in _VARDENS_KONTOGRUPPER:
            yield from ({**linje, "malgrupp": grupp} for grupp in grupper)


def _vardens_avvikelse(cell: Radcell, linjer: Sequence[Linje]) -> Formcell:
    """Return what a printed result of care says: budget less outcome of some target groups."""
    sista = cell.period.sista_dag
    storheter = (
        (Storhet("budget", sista.year, sista.month), 0.01),
        (Storhet("utfall", sista.year, sista.month), -0.01),
    )
    valda = [nr for nr, linje in enumerate(linjer) if linje.get("malgrupp") in cell.urval["malgrupp"]]
    form = {(nr, s): vikt for nr in valda for s, vikt in storheter}
    return Formcell(f"{cell.rad.nyckel}, {cell.namn}", 1, form, float(cell.varde or 0), float(cell.halva))


def _smalare(en: Mapping[str, tuple[str, ...]], annan: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether one restriction lies within another and is not the same."""
    inom = all(n in en and set(en[n]) <= set(varden) for n, varden in annan.items())
    return inom and en != annan


def _forsta_gissning(
    linjer: Sequence[Linje],
    celler: Iterable[Formcell],
    plats: Mapping[tuple[int, Storhet], int],
) -> list[float]:
    """Return amounts of about the right size: what a line's own rows print, shared by what account groups print.

    An account group that is printed as zero has nothing.
    """
    per_del: dict[tuple[int, str], float] = {}
    per_grupp: dict[tuple[str, str], float] = {}
    for _, rang, form, mitt, _ in celler:
        if rang or not form:
            continue
        ((_, s), koefficient), *_ = form.items()
        belopp = abs(mitt / koefficient) * 12 / s.till
        grupper = {linjer[i]["kontogrupp"] for i, _ in form}
        delar = {i for i, _ in form}
        if len(grupper) == 1:
            grupp = grupper.pop()
            per_grupp[s.slag, grupp] = max(belopp, per_grupp.get((s.slag, grupp), 0.0))
        else:
            for i in delar:
                per_del[i, s.slag] = min(belopp, per_del.get((i, s.slag), float("inf")))
    gissning = [0.0] * len(plats)
    helheter = {
        slag: sum(v for (s, _), v in per_grupp.items() if s == slag) for slag in ("budget", "utfall", "prognos")
    }
    for (i, s), nr in plats.items():
        grupp = linjer[i]["kontogrupp"]
        egen = next((v for slag in (s.slag, "budget", "prognos", "utfall") if (v := per_del.get((i, slag)))), _LITEN)
        hela = helheter.get(s.slag) or helheter.get("budget") or 0.0
        andel = (per_grupp.get((s.slag, grupp), per_grupp.get(("budget", grupp), 0.0)) / hela) if hela else 1.0
        kanda = [v for (_, g), v in per_grupp.items() if g == grupp]
        if not kanda or any(kanda):
            tecken = -1 if Kontogrupp(grupp) in INTAKTER else 1
            gissning[nr] = tecken * egen * max(andel, 1e-4) * s.till / 12
    return gissning


def _villkor(cell: Formcell, plats: Mapping[tuple[int, Storhet], int]) -> Villkor:
    halva = cell.halva * (1 - 2 * _MARGINAL)
    form = {plats[n]: v for n, v in cell.form.items()}
    return Villkor(form, cell.mitt - halva, cell.mitt + halva, cell.rang, cell.cell)
