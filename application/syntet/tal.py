"""Printed figures: the numbers in the cells of a table, and the rows that have any of their own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import takewhile

from application.syntet.uppdrag import SyntetGarInte
from application.tryckt import Trycktabell
from application.tryckta_enheter import PENNINGENHETER, penningenhet
from application.tryckta_rader import sammanfattar
from application.tryckta_tal import SA_SKRIVS_TAL, ar_tvetydigt, inget_tryckt, som_tal


def krav(tabell: Trycktabell, kolumn: str) -> None:
    """Refuse a table without a column.

    Raises:
        SyntetGarInte: the column is missing.
    """
    if kolumn not in tabell.kolumner:
        raise SyntetGarInte(f"Tabellen {tabell.namn} saknar kolumnen {kolumn}.")


def enhetsfaktor(tabell: Trycktabell) -> int:
    """Return what one unit of a table's amounts is in kronor.

    Raises:
        SyntetGarInte: the table does not say it, or names several units.
    """
    faktor = penningenhet(tabell)
    if faktor is None:
        text = tabell.huvud.get("enhet", "")
        har = f"har enheten {text!r}" if text else "saknar enhet (# enhet: …)"
        raise SyntetGarInte(f"Tabellen {tabell.namn} har belopp men {har}. Tillåtet är en av {PENNINGENHETER}.")
    return faktor


def egna_rader(tabell: Trycktabell, *etikett: str) -> list[dict[str, str]]:
    """Return the rows that do not sum up others, by the columns that name them.

    Raises:
        SyntetGarInte: two of them have one name, so that one would count twice or hide the other.
    """
    sedda: set[tuple[str, ...]] = set()
    rader = [rad for rad in tabell.rader if not any(sammanfattar(rad[kolumn]) for kolumn in etikett)]
    for rad in rader if etikett else ():
        namn = tuple(rad[kolumn].casefold() for kolumn in etikett)
        if namn in sedda:
            flera = f"Tabellen {tabell.namn} har flera rader {' / '.join(rad[kolumn] for kolumn in etikett)!r}"
            raise SyntetGarInte(f"{flera} ({', '.join(etikett)}); varje rad får stå en gång.")
        sedda.add(namn)
    return rader


def tal(tabell: Trycktabell, rad: Mapping[str, str], kolumn: str) -> Decimal | None:
    """Return a cell as a number, or None where nothing is printed.

    Raises:
        SyntetGarInte: the cell is something else than a number, or may be either of two.
    """
    text = rad[kolumn]
    if inget_tryckt(text):
        return None
    varde = som_tal(text)
    if varde is None:
        raise cellfel(tabell, rad, kolumn, "är inte ett tal", SA_SKRIVS_TAL)
    if ar_tvetydigt(text, (annan[kolumn] for annan in tabell.rader)):
        problem = "kan vara tusental eller ha tre decimaler"
        raise cellfel(tabell, rad, kolumn, problem, "tusental med mellanslag (4 314), eller decimaler som inte är tre")
    return varde


def antal(tabell: Trycktabell, rad: Mapping[str, str], kolumn: str) -> int:
    """Return a cell as a whole number; nothing printed is none.

    Raises:
        SyntetGarInte: the cell is no whole number, or a negative one.
    """
    return int(antal_eller_inget(tabell, rad, kolumn) or 0)


def antal_eller_inget(tabell: Trycktabell, rad: Mapping[str, str], kolumn: str) -> Decimal | None:
    """Return a cell as a whole number, or None where nothing is printed.

    Raises:
        SyntetGarInte: the cell is no whole number, or a negative one.
    """
    varde = tal(tabell, rad, kolumn)
    if varde is not None and (varde < 0 or varde != varde.to_integral_value()):
        raise cellfel(tabell, rad, kolumn, "är inte ett antal", "ett helt tal som är 0 eller mer")
    return varde


def cellfel(tabell: Trycktabell, rad: Mapping[str, str], kolumn: str, problem: str, tillatet: str) -> SyntetGarInte:
    """Return the error for a cell: its column, row and table, what it holds, and what is allowed."""
    var = f"Cellen {kolumn} på raden {radnamn(tabell, rad, kolumn)} i {tabell.namn}"
    return SyntetGarInte(f"{var} {problem}: {rad[kolumn]!r}. Tillåtet är {tillatet}.")


def radnamn(tabell: Trycktabell, rad: Mapping[str, str], kolumn: str = "") -> str:
    """Return what a row is called where a cell of it is not as it should: the columns of text that it begins with."""
    namn = tabell.kolumner[: tabell.kolumner.index(kolumn)] if kolumn else tabell.kolumner
    text = list(takewhile(lambda k: not any(som_tal(r[k]) is not None for r in tabell.rader), namn[1:]))
    return " / ".join(rad[k] for k in (*namn[:1], *text) if rad[k]) or f"nummer {tabell.rader.index(dict(rad)) + 1}"
