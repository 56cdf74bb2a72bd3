"""Tables of care: volumes, days, persons, occupancy, prices."""

from __future__ import annotations

from application.rapporter.modell import Mattkolumn, Prissortskolumn, Summering, Tabell, Tid, Uttryckskolumn
from application.rapporter.uttryck import Kol, Skillnad
from domain.begrepp import Prognosslag


def budget_vid(slag: Prognosslag, tecken: int = 1, per: int = 1_000_000) -> Mattkolumn:
    """Return the budget in force on the day that a forecast speaks of, for a deviation that stands still."""
    return Mattkolumn(f"budget_vid_{slag.value}", "", "budget", vid=slag, tecken=tecken, per=per, dold=True)


def prognos_vid(slag: Prognosslag, tecken: int = 1, per: int = 1_000_000) -> Mattkolumn:
    """Return the adopted forecast of a kind."""
    urval = {"underslag": (slag.value,)}
    return Mattkolumn(f"prognos_{slag.value}", "", "prognos", vid=slag, urval=urval, tecken=tecken, per=per, dold=True)


def avvikelse_vid(slag: Prognosslag) -> Skillnad:
    """Return budget less an adopted forecast: minus means that it costs more than budgeted."""
    return Skillnad(Kol(f"budget_vid_{slag.value}"), Kol(f"prognos_{slag.value}"))


_SNITT = "personer-per-dygn"

EXTERNA_INSATSER = Tabell(
    "externa-insatser",
    "Externa vård- och behandlingskostnader",
    "Tabell över externa insatser i socialnämnders delårsrapporter (MATT.md V13, E15, E16, P02)",
    ("malgrupp", "insatsform", "radtyp"),
    (
        Mattkolumn("snitt_utfall_{ar_2}", "Utfall {ar_2}", _SNITT, tid=Tid(-2), bara_volymrader=True),
        Mattkolumn("snitt_utfall_{ar_1}", "Utfall {ar_1}", _SNITT, tid=Tid(-1), bara_volymrader=True),
        Mattkolumn("snitt_budget_{ar}", "Budget {ar}", "budgeterade-personer", bara_volymrader=True),
        Mattkolumn("snitt_prognos_{ar}", "Prognos {ar}", "prognostiserade-personer", bara_volymrader=True),
        Prissortskolumn("kostnadsenhet", "Enhet"),
        Mattkolumn(
            "kostnad_budget_{ar}", "Kr budget {ar}", "budgeterat-pris", Summering.OVAGT_MEDEL, bara_volymrader=True
        ),
        Mattkolumn(
            "kostnad_prognos_{ar}", "Kr prognos {ar}", "prognostiserat-pris", Summering.OVAGT_MEDEL,
            bara_volymrader=True,
        ),
        Mattkolumn("budget_{ar}_mnkr", "Budget {ar} mnkr", "budget", decimaler=1, per=1_000_000),
        *(hamta(slag) for slag in (Prognosslag.DELAR1, Prognosslag.DELAR2) for hamta in (budget_vid, prognos_vid)),
        Uttryckskolumn(
            "budgetavvikelse_delar1_mnkr", "Avvikelse delår 1 mnkr", avvikelse_vid(Prognosslag.DELAR1), decimaler=1
        ),
        Uttryckskolumn(
            "budgetavvikelse_delar2_mnkr", "Avvikelse delår 2 mnkr", avvikelse_vid(Prognosslag.DELAR2), decimaler=1
        ),
    ),
    helhet=_SNITT,
)  # fmt: skip

TABELLER: tuple[Tabell, ...] = (EXTERNA_INSATSER,)
