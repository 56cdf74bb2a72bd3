"""The report tables: every one a declaration."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from application.rapporter.modell import Mattkolumn, Prissortskolumn, Prognosavvikelse, Summering, Tabell
from domain.begrepp import Prognosslag

EXTERNA_INSATSER = Tabell(
    "externa-insatser",
    "Externa vård- och behandlingskostnader",
    "Tabell över externa insatser i socialnämnders delårsrapporter (MATT.md V13, E15, E16, P02)",
    ("malgrupp", "insatsform", "radtyp"),
    (
        Mattkolumn(
            "snitt_utfall_{ar_2}",
            "Utfall {ar_2}",
            "personer-per-dygn",
            Summering.SUMMA,
            ar=-2,
            bara_volymrader=True,
        ),
        Mattkolumn(
            "snitt_utfall_{ar_1}",
            "Utfall {ar_1}",
            "personer-per-dygn",
            Summering.SUMMA,
            ar=-1,
            bara_volymrader=True,
        ),
        Mattkolumn("snitt_budget_{ar}", "Budget {ar}", "budgeterade-personer", Summering.SUMMA, bara_volymrader=True),
        Mattkolumn(
            "snitt_prognos_{ar}", "Prognos {ar}", "prognostiserade-personer", Summering.SUMMA, bara_volymrader=True
        ),
        Prissortskolumn("kostnadsenhet", "Enhet"),
        Mattkolumn(
            "kostnad_budget_{ar}", "Kr budget {ar}", "budgeterat-pris", Summering.OVAGT_MEDEL, bara_volymrader=True
        ),
        Mattkolumn(
            "kostnad_prognos_{ar}",
            "Kr prognos {ar}",
            "prognostiserat-pris",
            Summering.OVAGT_MEDEL,
            bara_volymrader=True,
        ),
        Mattkolumn("budget_{ar}_mnkr", "Budget {ar} mnkr", "budget", Summering.SUMMA, decimaler=1, per=1_000_000),
        Prognosavvikelse("budgetavvikelse_delar1_mnkr", "Avvikelse delår 1 mnkr", Prognosslag.DELAR1),
        Prognosavvikelse("budgetavvikelse_delar2_mnkr", "Avvikelse delår 2 mnkr", Prognosslag.DELAR2),
    ),
)

TABELLER: Mapping[str, Tabell] = MappingProxyType({tabell.namn: tabell for tabell in (EXTERNA_INSATSER,)})
"""Every table by name."""
