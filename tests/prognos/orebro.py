"""Örebro 2019 from events only: the board's own adopted forecasts and ours at the same two dates, and the backtest.

The history is invented from the printed tables of the demonstration; no parameter of the methods comes from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

from application.prognos.bakattest import Antagen, Bakattestare, Provfraga, Provsvar
from application.prognos.fragan import tolka_prognosfraga
from application.prognos.text import mnkr
from application.syntet import Amne, Syntetplan
from domain.prognos.stegar import FLODESMODELL, STEGAR
from interfaces.bootstrap import koppla
from interfaces.cli import demodata
from interfaces.cli.kommandon.syntet import uppdrag

KOMMUN, AR = "1880", 2019
NU = datetime(2026, 1, 1, tzinfo=UTC)


def prova_orebro() -> tuple[Provsvar, Provsvar]:
    """Return the backtest of 20 months by the method that the past chooses, and the adopted dates by the flow model."""
    tjanster = koppla(":memory:", klocka=lambda: NU)
    with resources.as_file(resources.files(demodata)) as mapp:
        tabeller = tuple(sorted(fil for fil in Path(mapp).glob("*.csv") if "avvikelser" not in fil.name))
        plan = Syntetplan(uppdrag(tabeller, kommun=KOMMUN, ar=AR, utan=(Amne.OVRIGA_ARENDEN,)))
    tjanster.importor().importera(plan.rader())
    prognos = tolka_prognosfraga(kommun=KOMMUN, ar=AR, nu=NU)
    bakattestare = Bakattestare(tjanster.prognostiserare)
    alla = bakattestare.prova(Provfraga(prognos, date(2018, 1, 1), date(2019, 8, 1)))
    flodet = bakattestare.prova(Provfraga(replace(prognos, metod=FLODESMODELL), date(2019, 8, 1), date(2019, 8, 1)))
    tjanster.stang()
    return alla, flodet


def orebroavsnitt(alla: Provsvar, flodet: Provsvar) -> Iterator[str]:
    """Yield the section about Örebro."""
    yield "## Örebro 2019"
    yield ""
    yield "Ur demonstrationens händelser: påhittade personer, tryckta volymer och belopp. Raderna för externa insatser,"
    yield "miljoner kronor. Historien slutar i augusti 2019 och har inget utfall för året, så vem som träffade bäst"
    yield "kan den inte säga."
    yield ""
    yield "| prognos | gäller | antagen | vår (vald metod) | 80 % | vår (flödesmodell) | 80 % |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for vald, flode in zip(alla.antagna, flodet.antagna, strict=True):
        yield f"| {_namn(vald)} | {vald.dag} | {mnkr(vald.antagen)} | {_var(vald)} | {_var(flode)} |"
    yield ""
    yield f"Vald metod: {'; '.join(f'{_namn(a)} {STEGAR[a.metod].etikett.lower()}' for a in alla.antagna)}."
    yield ""
    yield "Bakåttest av de månadsslut vars år har ett utfall (2018; liggaren började 2017):"
    yield ""
    yield "| metod | dagar | MASE | CRPS mnkr | 80 % | 95 % | bias |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for r in alla.resultat:
        namn = STEGAR[r.metod].etikett if r.metod in STEGAR else "Den som då hade valts"
        yield (
            f"| {namn} | {r.antal} | {r.mase:.2f} | {mnkr(r.crps)} | {r.tackning[0.80]:.0%} | {r.tackning[0.95]:.0%} | "
            f"{r.bias:+.1%} |"
        )
    yield ""


def _namn(a: Antagen) -> str:
    return a.vid.etikett if a.vid else "Prognos"


def _var(a: Antagen) -> str:
    lag, hog = (mnkr(g) for g in a.var.intervall[0.80])
    return f"{mnkr(a.var.median)} | {lag}–{hog}"
