"""A small invented municipality as lines for an import: two kinds of care over three years, budget, books and forecast.

What happens is registered some days later, a little of it weeks later, so that every day knows less than the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from domain.strom import budgetperiodens_id
from interfaces.bootstrap import Tjanster

KOMMUN, NAMND = "9999", "socialnamnden"
FORSTA, SISTA = date(2017, 1, 1), date(2020, 3, 31)
_RYMD = UUID(int=0xF0)
_FORMER = (("hvb", "extern", 90, 5000, "dygn"), ("familjehemEget", "egen", 300, 24000, "manad"))

_VOLYMER = (("hvb", "9.0", "dygn", "5000.00"), ("familjehemEget", "30.0", "manad", "24000.00"))
BUDGET = {"hvb": 16_000_000, "familjehemEget": 8_600_000, "kontaktperson": 1_200_000}
DELAR_1 = {"hvb": 17_000_000, "familjehemEget": 8_500_000, "kontaktperson": 1_200_000}

Rad = dict[str, Any]


def id_av(*namn: object) -> str:
    """Return an id that follows from names."""
    return str(uuid5(_RYMD, " ".join(map(str, namn))))


def rad(samling: str, strom: str, typ: str, datum: date, registrerad: datetime, **data: Any) -> Rad:
    """Return a line."""
    return {
        "samling": samling, "id": strom, "typ": typ, "version": 1, "datum": datum.isoformat(),
        "handelseId": id_av(strom, typ, datum), "aktor": {"id": "prov", "roll": "migrering"},
        "registrerad": registrerad.isoformat().replace("+00:00", "Z"), **data,
    }  # fmt: skip


def _registreras(slump: Random, dag: date) -> datetime:
    sent = slump.randint(20, 60) if slump.random() < 0.2 else slump.randint(0, 8)
    return datetime.combine(dag + timedelta(days=sent), time(9, slump.randrange(60), slump.randrange(60)), UTC)


def rader(fro: int = 1, hogst: date = SISTA) -> list[Rad]:
    """Return every line in the order it was registered, up to a day."""
    alla = [*_vistelser(Random(fro)), *_ekonomi()]
    return sorted(
        (r for r in alla if r["registrerad"] <= f"{hogst}T99"), key=lambda r: (r["registrerad"], r["handelseId"])
    )


def paborjad(form: str, nr: int, dag: date, kand: datetime, malgrupp: str = "barn", **annat: Any) -> Rad:
    """Return the beginning of a stay of a person of its own."""
    return rad(
        "placeringar", id_av(form, nr), "placering.paborjad", dag, kand,
        kommun=KOMMUN, arendeId=id_av("arende", form, nr), personId=id_av("person", form, nr), malgrupp=malgrupp,
        kon="kvinna", fodelsear=2008, insatsform=form, lagrum="SoL",
        avtalsform="ramavtal" if annat["regi"] == "extern" else "egenRegi", **annat,
    )  # fmt: skip


def _vistelser(slump: Random) -> Iterator[Rad]:
    for form, regi, medel, pris, sort in _FORMER:
        dag, nr = FORSTA - timedelta(days=200), 0
        while dag < SISTA:
            dag += timedelta(days=slump.randint(3, 17))
            nr += 1
            slut = dag + timedelta(days=1 + int(slump.expovariate(1 / medel)))
            strom, kand = id_av(form, nr), _registreras(slump, max(dag, FORSTA))
            if slut < FORSTA:
                continue
            planerat = max(dag, slut + timedelta(days=slump.randint(-10, 10)))
            plan = {"planeratSlut": str(planerat)} if slump.random() < 0.5 else {}
            priset = {"sort": sort, "belopp": f"{pris * slump.uniform(0.8, 1.2):.2f}"}
            yield paborjad(form, nr, dag, kand, regi=regi, pris=priset, **plan)
            if slut <= SISTA:
                sist = max(_registreras(slump, slut), kand + timedelta(minutes=1))
                yield rad("placeringar", strom, "placering.avslutad", slut, sist, planerat=True, orsak="enligtPlan")


def _budgetrad(form: str, belopp: int) -> Rad:
    return {
        "verksamhet": "Vård", "kontogrupp": "kopAvVerksamhet", "malgrupp": "barn", "insatsform": form,
        "belopp": f"{belopp}.00",
    }  # fmt: skip


def _ekonomi() -> Iterator[Rad]:
    for ar in (2018, 2019):
        strom = str(budgetperiodens_id(KOMMUN, NAMND, ar))
        volymer = [
            {"malgrupp": "barn", "insatsform": form, "personerPerDygn": antal, "pris": {"sort": sort, "belopp": pris}}
            for form, antal, sort, pris in _VOLYMER
        ]
        budget = [_budgetrad(form, belopp) for form, belopp in BUDGET.items()]
        dagen = date(ar - 1, 12, 1)
        yield rad(
            "budgetperioder", strom, "budget.faststalld", dagen, datetime.combine(dagen, time(15), UTC),
            kommun=KOMMUN, namnd=NAMND, ar=ar, rader=budget, volymrader=volymer,
        )  # fmt: skip
        for manad in range(1, 13):
            bokas = date(ar + manad // 12, manad % 12 + 1, 7)
            yield rad(
                "budgetperioder", strom, "utfall.bokfort", bokas, datetime.combine(bokas, time(12), UTC),
                manad=f"{ar}-{manad:02}", rader=[_budgetrad("kontaktperson", 100_000 + 1000 * manad)],
            )  # fmt: skip
    yield rad(
        "budgetperioder", str(budgetperiodens_id(KOMMUN, NAMND, 2019)), "prognos.faststalld", date(2019, 4, 30),
        datetime(2019, 5, 21, 13, tzinfo=UTC),
        slag="delar1", galler="2019-04-30", kand="2019-05-10T18:00:00Z",
        beslut={"organ": "Socialnämnden", "datum": "2019-05-21"},
        rader=[_budgetrad(form, belopp) for form, belopp in DELAR_1.items()],
    )  # fmt: skip


def las_in(tjanster: Tjanster, egna: list[Rad]) -> None:
    """Import lines."""
    svar = tjanster.importor().importera(json.dumps(rad).encode() + b"\n" for rad in egna)
    assert not getattr(svar, "avvisade", ())
