"""The question of a forecast, and how it is read from words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from application.faltfel import visa
from application.fragetolkning import tolka_kommun, tolka_tidssnitt
from application.queries import FraganGarInte
from application.rapporter.katalog import EXTERNA_INSATSER
from application.rapporter.radmappning import Radmappning, las_radmappningar, valj_radmappning
from domain.prognos.stegar import STEGAR
from domain.prognos.underlag import Fonster
from domain.tid import Tidssnitt, kalenderar, svensk_dag

VAGAR = 10_000
"""How many possible courses are drawn."""

FRO = 1

LANGST_FRAM = 5
"""Years: what is drawn further ahead rests on the years before it alone, and grows absurd."""


@dataclass(frozen=True)
class Prognosfraga:
    """What is forecast: which municipality and year, as of when, in which rows, by which method (the best if none)."""

    kommun: str
    ar: int
    tidssnitt: Tidssnitt
    radmappning: Radmappning
    namnd: str | None = None
    metod: str | None = None
    vagar: int = VAGAR
    fro: int = FRO

    @property
    def fonster(self) -> Fonster:
        """Return the days of the year."""
        aret = kalenderar(self.ar)
        return Fonster(aret.fran.toordinal(), aret.till.toordinal())


def tolka_prognosfraga(  # noqa: PLR0913 - one argument per parameter of a question
    *,
    kommun: str,
    nu: datetime,
    ar: int | None = None,
    galler_den: str | None = None,
    kant_den: str | None = None,
    namnd: str | None = None,
    radmappning: Path | None = None,
    metod: str | None = None,
    vagar: int = VAGAR,
    fro: int = FRO,
    hogst_fram: int = LANGST_FRAM,
) -> Prognosfraga:
    """Return the question that the words ask; the row mapping is that of external care in force on the day asked.

    Args:
        hogst_fram: how many years ahead of what it rests on a forecast may reach.

    Raises:
        FraganGarInte: a value is not allowed.
        RadmappningGarInte: the mapping cannot be read, or none is in force.
    """
    if metod is not None and metod not in STEGAR:
        raise FraganGarInte("metod", f"Metoden {visa(metod)} finns inte. Tillåtna: {', '.join(STEGAR)}.")
    tidssnitt = tolka_tidssnitt(galler_den, kant_den, nu)
    ar = ar or tidssnitt.galler_den.year
    _granska_ar(ar, tidssnitt, nu, hogst_fram)
    mappningar = las_radmappningar(radmappning).get(EXTERNA_INSATSER.namn, ())
    rader = valj_radmappning(mappningar, kommun, min(tidssnitt.galler_den, date(ar, 12, 31)))
    return Prognosfraga(tolka_kommun(kommun), ar, tidssnitt, rader, namnd, metod, vagar, fro)


def _granska_ar(ar: int, tidssnitt: Tidssnitt, nu: datetime, hogst_fram: int) -> None:
    """Refuse a year too far after what a forecast rests on: what was known, of what lay before the day asked."""
    kand = svensk_dag(tidssnitt.kant_den or nu)
    dag, vilken = min((tidssnitt.galler_den, "dagen frågan gäller"), (kand, "det som var känt"))
    sista = dag.year + hogst_fram
    if ar > sista:
        raise FraganGarInte("ar", f"ar ({ar}) ligger för långt efter {vilken} ({dag}); högst {sista}.")


def tolka_manader(text: str) -> tuple[date, date]:
    """Return the first days of the first and the last of the months written ``ÅÅÅÅ-MM..ÅÅÅÅ-MM``.

    Raises:
        FraganGarInte: they are not so written, or in the wrong order.
    """
    fran, prick, till = text.partition("..")
    try:
        borjan, slut = (date.fromisoformat(f"{manad}-01") for manad in (fran, till if prick else fran))
    except ValueError:
        borjan, slut = date.max, date.min
    if slut < borjan:
        mening = f"prova ska vara månader ÅÅÅÅ-MM..ÅÅÅÅ-MM i ordning, till exempel 2018-01..2019-08, inte {visa(text)}."
        raise FraganGarInte("prova", mening)
    return borjan, slut
