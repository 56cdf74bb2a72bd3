"""Days on which a deadline does not end where holidays count: Saturdays, Sundays, public holidays and three eves.

The act on computing statutory time (lag 1930:173) § 2 moves a last day that falls on one of them to the next weekday.
Which days are public holidays is said by lag 1989:253; the national day took the place of Whit Monday in 2005.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_LORDAG, _SONDAG = 5, 6
_NATIONALDAGEN_HELGDAG = 2005
_SAMMA_DAG_VARJE_AR = ((1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))
_FRAN_PASKDAGEN = (-2, 1, 39)
"""Good Friday, Easter Monday and Ascension Day, in days from Easter Day; other days of these feasts are Sundays."""
_ANNANDAG_PINGST = 50

LANGSTA_HELG = 7
"""More days than are ever between one weekday and the next."""


def nasta_vardag(dag: date) -> date:
    """Return the day itself, or the first weekday after it if it is a day on which no deadline ends."""
    while not _ar_vardag(dag):
        dag += timedelta(days=1)
    return dag


def _ar_vardag(dag: date) -> bool:
    return dag.weekday() not in (_LORDAG, _SONDAG) and dag not in _helgdagar(dag.year)


@cache
def _helgdagar(ar: int) -> frozenset[date]:
    """Return the holidays and eves of a year that may fall on other days than Saturdays and Sundays."""
    return frozenset(_i_aret(ar))


def _i_aret(ar: int) -> Iterator[date]:
    paskdagen = _paskdagen(ar)
    yield from (date(ar, manad, dag) for manad, dag in _SAMMA_DAG_VARJE_AR)
    yield from (paskdagen + timedelta(days=antal) for antal in _FRAN_PASKDAGEN)
    yield date(ar, 6, 6) if ar >= _NATIONALDAGEN_HELGDAG else paskdagen + timedelta(days=_ANNANDAG_PINGST)
    # Midsummer Eve is the Friday between the 19th and the 25th of June.
    forsta = date(ar, 6, 19)
    yield forsta + timedelta(days=(4 - forsta.weekday()) % 7)


def _paskdagen(ar: int) -> date:
    """Return Easter Day, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    seklet, i_seklet = divmod(ar, 100)
    gyllental = ar % 19
    epakt = (19 * gyllental + seklet - seklet // 4 - (seklet - (seklet + 8) // 25 + 1) // 3 + 15) % 30
    till_sondag = (32 + 2 * (seklet % 4) + 2 * (i_seklet // 4) - epakt - i_seklet % 4) % 7
    rattning = (gyllental + 11 * epakt + 22 * till_sondag) // 451
    manad, dag = divmod(epakt + till_sondag - 7 * rattning + 114, 31)
    return date(ar, manad, dag + 1)
