"""What days a printed column is about, by its name: a year, some months of it, or one month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from application.syntet.uppdrag import SyntetGarInte
from application.tryckt import Trycktabell
from domain.tid import FORSTA_AR, SISTA_AR, Period, manad_efter

_MANADSNAMN = (
    ("jan", "januari"), ("feb", "februari"), ("mar", "mars"), ("apr", "april"), ("maj",), ("jun", "juni"),
    ("jul", "juli"), ("aug", "augusti"), ("sep", "sept", "september"), ("okt", "oktober"), ("nov", "november"),
    ("dec", "december"),
)  # fmt: skip
_MANADER: Mapping[str, int] = {namn: nr for nr, ord_ in enumerate(_MANADSNAMN, 1) for namn in ord_}
_DELAR: Mapping[str, int] = {"halvår": 6, "halvar": 6, "h": 6, "tertial": 4, "t": 4, "kvartal": 3, "q": 3, "kv": 3}
"""Words for parts of a year, with the months that each has."""

_M = "|".join(sorted(_MANADER, key=len, reverse=True))
_D = "|".join(sorted(_DELAR, key=len, reverse=True))
_FORLED = r"(?:(?:ack(?:umulerat)? )?(?:utfall|bokslut)(?: ack(?:umulerat)?)? )?"
_PERIOD = re.compile(
    rf"{_FORLED}(?:(?:hel)?[åa]r )?(?:"
    rf"(?P<ar>\d{{4}})"
    rf"|(?:(?P<fran>{_M}) (?:till |t o m |tom )?)?(?P<manad>{_M}) (?P<manadens>\d{{4}})"
    rf"|(?P<del>{_D}) ?(?P<nr>[1-4]) (?P<delens>\d{{4}})"
    rf"|(?P<siffra>0?[1-9]|1[0-2]) (?P<siffrans>\d{{4}})"
    rf"|(?P<isoar>\d{{4}}) (?P<iso>0[1-9]|1[0-2])"
    r")"
)
_LIKNAR_PERIOD = re.compile(rf"{_FORLED.removesuffix('?')}|(?:(?:{_M}|(?:{_D}) ?[1-4])\b|\d{{4}}\b)")
_UTAN_UTFALL = re.compile(r"(?:prognos|arsprognos|årsprognos|budget|mal|mål|malvarde|målvärde|avvikelse|forandring)")

SA_SKRIVS_PERIODER = (
    "utfall_ÅÅÅÅ, utfall_jan_aug_ÅÅÅÅ, utfall_aug_ÅÅÅÅ, utfall_tertial2_ÅÅÅÅ eller utfall_kvartal1_ÅÅÅÅ"
)
"""What is allowed, for sentences about a column that is not understood."""


def kolumnens_tid(tabell: Trycktabell, kolumn: str) -> Period | None:
    """Return what an outcome column is about; None for other columns.

    Raises:
        SyntetGarInte: its period ends before it begins, or its year is none that a report is about.
    """
    traff = _PERIOD.fullmatch(_ord(kolumn))
    if traff is None:
        return None
    aren = (traff[namn] for namn in ("ar", "manadens", "delens", "siffrans", "isoar"))
    ar = rimligt_ar(tabell, kolumn, next(ar for ar in aren if ar))
    forsta, sista = _manader(traff)
    if not 1 <= forsta <= sista <= len(_MANADSNAMN):
        raise SyntetGarInte(
            f"Kolumnen {kolumn} i {tabell.namn} slutar före den börjar eller utanför året {ar}. Tillåtet är till "
            f"exempel {SA_SKRIVS_PERIODER}."
        )
    return Period(date(ar, forsta, 1), date(ar + sista // 12, sista % 12 + 1, 1))


def _manader(traff: re.Match[str]) -> tuple[int, int]:
    """Return the first and the last month of a column's period."""
    if traff["ar"]:
        return 1, len(_MANADSNAMN)
    if traff["del"]:
        manader, nr = _DELAR[traff["del"]], int(traff["nr"])
        return manader * (nr - 1) + 1, manader * nr
    if traff["manad"]:
        sista = _MANADER[traff["manad"]]
        fran = _MANADER[traff["fran"]] if traff["fran"] else sista
        return (1 if re.search(r"\back", traff[0]) else fran), sista
    manad = int(traff["siffra"] or traff["iso"])
    return manad, manad


def arets_manad(tabell: Trycktabell, kolumn: str, ar: int) -> int | None:
    """Return which month of a year a column is about, whether or not its name has the year; None for other columns.

    Raises:
        SyntetGarInte: as for ``kolumnens_tid``.
    """
    namngiven = _MANADER.get(_ord(kolumn))
    period = kolumnens_tid(tabell, kolumn) if namngiven is None else None
    ar_en_manad = period is not None and period.till == manad_efter(period.fran) and period.fran.year == ar
    return period.fran.month if period is not None and ar_en_manad else namngiven


def liknar_utfall(kolumn: str) -> bool:
    """Return whether a column's name says that it is an outcome or about some days, understood or not."""
    namn = _ord(kolumn)
    return not _UTAN_UTFALL.match(namn) and bool(_LIKNAR_PERIOD.search(f"{namn} "))


def rimligt_ar(tabell: Trycktabell, var: str, text: str) -> int:
    """Return a year in print as a number.

    Raises:
        SyntetGarInte: it is none that a report can be about.
    """
    ar = int(text)
    if not FORSTA_AR <= ar <= SISTA_AR:
        raise SyntetGarInte(f"Kolumnen {var} i {tabell.namn} har året {text}. Tillåtet är {FORSTA_AR}–{SISTA_AR}.")
    return ar


def _ord(kolumn: str) -> str:
    """Return a column's name as words in small letters."""
    return " ".join(re.split(r"[\s_\-–/.]+", kolumn.casefold().strip()))
