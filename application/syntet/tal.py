"""Printed figures: the number in a cell, and the period that a column is about."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from application.syntet.uppdrag import SyntetGarInte
from application.tryckt import Trycktabell
from domain.tid import Period, kalenderar

_EJ_TILLAMPLIGT = frozenset({"", "-", "--", "–", "—"})
_MANADER = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_M = "|".join(_MANADER)
_PERIOD = re.compile(rf"(?:utfall_)?(?:(?:(?P<fran>{_M})_)?(?P<manad>{_M})_)?(?P<ar>\d{{4}})")


def kolumnens_tid(kolumn: str) -> Period | None:
    """Return what an outcome column is about: a year, some months of it, or one month; None for other columns."""
    traff = _PERIOD.fullmatch(kolumn)
    if traff is None:
        return None
    ar, manad, fran = int(traff["ar"]), traff["manad"], traff["fran"]
    if manad is None:
        return kalenderar(ar)
    sista = _MANADER.index(manad) + 1
    forsta = _MANADER.index(fran) + 1 if fran else sista
    return Period(date(ar, forsta, 1), date(ar + sista // 12, sista % 12 + 1, 1))


def manad_av(kolumn: str) -> int | None:
    """Return the number of a month that a column is named after, or None."""
    return _MANADER.index(kolumn) + 1 if kolumn in _MANADER else None


def krav(tabell: Trycktabell, kolumn: str) -> None:
    """Refuse a table without a column.

    Raises:
        SyntetGarInte: the column is missing.
    """
    if kolumn not in tabell.kolumner:
        raise SyntetGarInte(f"Tabellen {tabell.namn} saknar kolumnen {kolumn}.")


def tal(tabell: Trycktabell, rad: dict[str, str], kolumn: str) -> Decimal | None:
    """Return a cell as a number, or None where the print says not applicable.

    Raises:
        SyntetGarInte: the cell is something else than a number.
    """
    text = rad[kolumn].replace("\u00a0", "").replace(" ", "").replace("−", "-").replace(",", ".")
    if text in _EJ_TILLAMPLIGT:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as fel:
        raise SyntetGarInte(f"Cellen {kolumn} i {tabell.namn} är inte ett tal: {rad[kolumn]!r}.") from fel


def antal(tabell: Trycktabell, rad: dict[str, str], kolumn: str) -> int:
    """Return a cell as a whole number; nothing printed is none.

    Raises:
        SyntetGarInte: the cell is no whole number, or a negative one.
    """
    varde = tal(tabell, rad, kolumn) or Decimal(0)
    if varde < 0 or varde != varde.to_integral_value():
        raise SyntetGarInte(f"Cellen {kolumn} i {tabell.namn} är inte ett antal: {rad[kolumn]!r}.")
    return int(varde)
