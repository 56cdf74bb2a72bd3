"""From words to a question: the text a person or a program asks a measure with, checked and completed.

Shared by everything that takes a question as text. Names are the API's (camelCase); an error names the parameter,
shows the value and says what is allowed. What is left out means:

- ``gallerDen``: today in Sweden; ``kantDen``: everything known. A bare date as ``kantDen`` is the end of that Swedish
  day. Nothing is known of the future, so a later ``kantDen`` means now – and the answer says so, which keeps it
  repeatable.
- ``fran`` and ``till`` (both included): the calendar year of ``gallerDen``; when one of them is given, the other
  completes the calendar year that the given one lies in.
- ``organisationDen``, whose organisation units are placed in where the question speaks of them: ``gallerDen``.
- ``variant``: the first of each choice that the measure declares.
- no grouping, no filter, the care-day rule ``inEjUt`` with absence counted, weighted means, period by booking month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from application.faltfel import visa
from application.queries import (
    Fraga,
    FraganGarInte,
    Vagning,
    benamning,
    filterdimensioner,
    granska_fraga,
    hamta_matt,
    valj,
)
from domain.begrepp import Avtalsform, Insatsform, Kon, Kontogrupp, Lagrum, Malgrupp, Prissort, Regi
from domain.handelse import KOMMUNKOD
from domain.matt.deklaration import Matt
from domain.matt.modell import IDENTITETER, Bokforingsperiod, Urval
from domain.regler.vardygn import IN_EJ_UT, VARDYGNSREGLER, Vardygnsregel
from domain.tid import FORSTA_DAG, SISTA_DAG, Period, Tidssnitt, dagens_slut, svensk_dag

SAKNAS = "saknas"
"""The word that asks for facts without a value in a dimension."""


class Franvaro(StrEnum):
    """Whether days of absence are care days."""

    RAKNAS = "raknas"
    RAKNAS_INTE = "raknasInte"


ORDLISTOR: Mapping[str, type[StrEnum]] = MappingProxyType({
    "malgrupp": Malgrupp, "kon": Kon, "insatsform": Insatsform, "regi": Regi, "lagrum": Lagrum,
    "avtalsform": Avtalsform, "prissort": Prissort, "kontogrupp": Kontogrupp,
})  # fmt: skip
"""The dimensions whose values are a closed list."""

_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OGONBLICK = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
UUID_FORM = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""How a UUID is written: the one way of them that is taken."""

Ord = TypeVar("Ord", bound=StrEnum)


def tolka_fraga(  # noqa: PLR0913 - one argument per parameter of a question
    matt: str,
    *,
    nu: datetime,
    fran: str | None = None,
    till: str | None = None,
    galler_den: str | None = None,
    kant_den: str | None = None,
    gruppera: str | Iterable[str] | None = None,
    urval: Mapping[str, str | Iterable[str]] | None = None,
    vardygnsregel: str | None = None,
    franvaro: str | None = None,
    vagning: str | None = None,
    period_efter: str | None = None,
    organisation_den: str | None = None,
    variant: str | Iterable[str] | None = None,
) -> Fraga:
    """Return the question that the words ask; ``nu`` gives the default times.

    Args:
        matt: name of the measure, or its number in the catalogue of printed measures.
        gruppera: dimensions; these and the following are separated by commas or already apart.
        urval: allowed values per dimension (``kommun`` included).
        variant: choices among those of the measure, each as ``namn=val``.

    Raises:
        FraganGarInte: a value is not allowed, or the measure cannot answer the question.
    """
    deklaration, varianter = hamta_matt(matt), _varianter(variant)
    valt, vilket = valj(deklaration, varianter), benamning(deklaration, varianter)
    tidssnitt = tolka_tidssnitt(galler_den, kant_den, nu)
    fraga = Fraga(
        deklaration,
        tolka_period(fran, till, tidssnitt.galler_den),
        tidssnitt,
        _gruppering(valt, vilket, uppdelad(gruppera)),
        _urval(valt, vilket, urval or {}),
        regel=tolka_regel(vardygnsregel, franvaro),
        vagning=tolka_ord("vagning", Vagning, vagning, Vagning.VAGD),
        period_efter=tolka_ord("periodEfter", Bokforingsperiod, period_efter, Bokforingsperiod.BOKFORING),
        organisation_den=tolka_dag("organisationDen", organisation_den),
        varianter=varianter,
    )
    granska_fraga(fraga)
    return fraga


def tolka_dag(namn: str, text: str | None) -> date | None:
    """Return a date that need not be given."""
    return None if text is None else tolka_datum(namn, text)


def tolka_tidssnitt(galler_den: str | None, kant_den: str | None, nu: datetime) -> Tidssnitt:
    """Return what a question is asked as of; today in Sweden and everything known where nothing is said."""
    galler = svensk_dag(nu) if galler_den is None else tolka_datum("gallerDen", galler_den)
    return Tidssnitt(galler, tolka_kant_den(kant_den, nu))


def tolka_kant_den(text: str | None, nu: datetime) -> datetime | None:
    """Return a moment of knowledge: an instant, or the end of a Swedish day; never later than now.

    Nothing said means everything known (``Tidssnitt``).
    """
    return None if text is None else min(tolka_ogonblick(text), nu.astimezone(UTC))


def tolka_ogonblick(text: str) -> datetime:
    """Return the moment of knowledge that a text says, also one to come.

    Raises:
        FraganGarInte: it says none, or lies outside the days the ledger speaks of.
    """
    if _DATUM.fullmatch(text):
        return dagens_slut(tolka_datum("kantDen", text))
    if _OGONBLICK.fullmatch(text):
        try:
            return ogonblick_i_liggaren("kantDen", text, datetime.fromisoformat(text.upper()))
        except ValueError:
            pass
    raise FraganGarInte(
        "kantDen",
        f"kantDen ska vara ett datum ÅÅÅÅ-MM-DD eller en tidpunkt med tidszon, till exempel 2019-09-19T12:00:00Z, "
        f"inte {visa(text)}.{_plustecken(text)}",
    )


def ogonblick_i_liggaren(falt: str, text: str, ogonblick: datetime) -> datetime:
    """Return an instant in UTC, by which it is judged: answers say it so, and their addresses are asked again.

    Raises:
        FraganGarInte: it lies outside the days the ledger speaks of.
    """
    try:
        utc = ogonblick.astimezone(UTC)
    except OverflowError:
        utc = None
    if utc is None or not FORSTA_DAG <= utc.date() <= SISTA_DAG:
        raise FraganGarInte(falt, f"{falt} ska ligga mellan {FORSTA_DAG} och {SISTA_DAG} i UTC, inte {visa(text)}.")
    return utc


def tolka_datum(falt: str, text: str) -> date:
    """Return a day that a question may be about.

    Raises:
        FraganGarInte: it is no date, or lies outside the days the ledger speaks of.
    """
    try:
        dag = date.fromisoformat(text) if _DATUM.fullmatch(text) else None
    except ValueError:
        dag = None
    if dag is None:
        raise FraganGarInte(falt, f"{falt} ska vara ett datum ÅÅÅÅ-MM-DD, inte {visa(text)}.")
    if not FORSTA_DAG <= dag <= SISTA_DAG:
        raise FraganGarInte(falt, f"{falt} ska ligga mellan {FORSTA_DAG} och {SISTA_DAG}, inte {visa(text)}.")
    return dag


def tolka_period(fran: str | None, till: str | None, galler_den: date) -> Period:
    """Return the days asked about; what is left out completes the calendar year.

    Raises:
        FraganGarInte: one is no date, or the last comes before the first.
    """
    forsta = tolka_dag("fran", fran)
    sista = tolka_dag("till", till)
    ar = (forsta or sista or galler_den).year
    forsta, sista = forsta or date(ar, 1, 1), sista or date(ar, 12, 31)
    if sista < forsta:
        raise FraganGarInte("till", f"till ({sista}) ligger före fran ({forsta}).")
    return Period(forsta, sista + timedelta(days=1))


def _varianter(text: str | Iterable[str] | None) -> dict[str, str]:
    """Return the choices made; which a measure has is checked with the question."""
    valda: dict[str, str] = {}
    for ett in uppdelad(text):
        namn, likhet, val = ett.partition("=")
        if not likhet or not namn or not val:
            raise FraganGarInte(
                "variant", f"variant ska ha formen namn=val, till exempel jourhem=utan, inte {visa(ett)}."
            )
        if namn in valda:
            raise FraganGarInte("variant", f"variant nämner {namn} två gånger.")
        valda[namn] = val
    return valda


def _gruppering(matt: Matt, vilket: str, dimensioner: tuple[str, ...]) -> tuple[str, ...]:
    for nr, namn in enumerate(dimensioner):
        if namn not in matt.dimensioner:
            tillatna = ", ".join(matt.dimensioner)
            raise FraganGarInte(
                "gruppera", f"Måttet {vilket} kan inte grupperas på {visa(namn)}. Tillåtna: {tillatna}."
            )
        if namn in dimensioner[:nr]:
            raise FraganGarInte("gruppera", f"gruppera nämner {namn} två gånger.")
    return dimensioner


def _urval(matt: Matt, vilket: str, urval: Mapping[str, str | Iterable[str]]) -> Urval:
    tillatna = filterdimensioner(matt)
    for namn in urval:
        if namn not in tillatna:
            raise FraganGarInte(
                namn, f"Måttet {vilket} kan inte begränsas med {visa(namn)}. Tillåtna: {', '.join(tillatna)}."
            )
    return {namn: _varden(namn, uppdelad(varden)) for namn, varden in urval.items()}


def _varden(namn: str, varden: tuple[str, ...]) -> tuple[str | None, ...]:
    if not varden:
        raise FraganGarInte(namn, f"{namn} saknar värde. Skriv ett eller flera, med komma emellan.")
    return tuple(tolka_varde(namn, varde) for varde in varden)


def tolka_varde(namn: str, varde: str) -> str | None:
    """Return a value of a dimension; None asks for facts without one.

    Raises:
        FraganGarInte: the dimension has no such value.
    """
    if namn == "kommun":
        return tolka_kommun(varde)
    if varde == SAKNAS:
        return None
    if namn in ORDLISTOR:
        lista = ORDLISTOR[namn]
        if varde not in tuple(lista):
            tillatna = ", ".join((*lista, SAKNAS))
            raise FraganGarInte(namn, f"{visa(varde)} är inte ett tillåtet värde för {namn}. Tillåtna: {tillatna}.")
    elif namn in IDENTITETER:
        if not UUID_FORM.fullmatch(varde):
            raise FraganGarInte(namn, f"{namn} ska vara ett UUID eller {SAKNAS}, inte {visa(varde)}.")
        return str(UUID(varde))
    return varde


def tolka_kommun(text: str) -> str:
    """Return a municipality code.

    Raises:
        FraganGarInte: it is no such code.
    """
    if not KOMMUNKOD.galler(text):
        raise FraganGarInte("kommun", f"kommun ska vara {KOMMUNKOD.ord}, inte {visa(text)}.")
    return text


def tolka_regel(vardygnsregel: str | None, franvaro: str | None) -> Vardygnsregel:
    """Return the care-day rule; ``inEjUt`` with absence counted where nothing is said.

    Raises:
        FraganGarInte: there is no such rule.
    """
    namn = IN_EJ_UT.namn if vardygnsregel is None else vardygnsregel
    if namn not in VARDYGNSREGLER:
        tillatna = ", ".join(VARDYGNSREGLER)
        raise FraganGarInte("vardygnsregel", f"Vårddygnsregeln {visa(namn)} finns inte. Tillåtna: {tillatna}.")
    regel = VARDYGNSREGLER[namn]
    raknas = tolka_ord("franvaro", Franvaro, franvaro, Franvaro.RAKNAS) is Franvaro.RAKNAS
    return regel if raknas else regel.utan_franvaro()


def tolka_ord(falt: str, lista: type[Ord], text: str | None, annars: Ord) -> Ord:
    """Return a word of a list, or what goes where nothing is said.

    Raises:
        FraganGarInte: it is not in the list.
    """
    if text is None:
        return annars
    if text not in tuple(lista):
        raise FraganGarInte(falt, f"{falt} kan inte vara {visa(text)}. Tillåtna: {', '.join(lista)}.")
    return lista(text)


def uppdelad(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the words of a list that is written with commas between them, or already apart."""
    delar = text.split(",") if isinstance(text, str) else text or ()
    return tuple(del_.strip() for del_ in delar if del_.strip())


def _plustecken(text: str) -> str:
    """Explain the usual mistake: a plus sign in an address is read as a space."""
    return " I en adress skrivs + som %2B." if re.search(r"[0-9] [0-9]{2}:[0-9]{2}$", text) else ""
