"""Printed against computed: every cell of a printed table beside ours, each difference explained or not.

A known error in print is a record (a line in ``<table>.avvikelser.csv`` beside the printed table) that names the
row, the column, the printed and the computed value. It explains exactly that pair of values and nothing else, so that
it cannot hide a new error.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from application.fel import VantatFel
from application.rapporter.modell import DECEMBER, Malltext, Tabell, synliga
from application.rapporter.radmappning import Radslag
from application.rapporter.tabellfraga import Svarsrad, Tabellsvar
from application.tryckt import Trycktabell
from application.tryckta_tal import inget_tryckt, som_tal


class Utslag(StrEnum):
    """How a cell compares."""

    LIKA = "lika"
    FORKLARAD = "förklarad"
    UTANFOR = "utanför"
    """Of something that no event of the board's work tells; the row mapping says what."""
    OFORKLARAD = "OFÖRKLARAD"


@dataclass(frozen=True, slots=True)
class Cellpar:
    """One cell, printed and computed; ``skillnad`` is computed less printed where both are numbers."""

    rad: str
    kolumn: str
    tryckt: str
    raknat: str
    skillnad: Decimal | None
    utslag: Utslag
    forklaring: str = ""


@dataclass(frozen=True, slots=True)
class Forklaring:
    """Why a printed cell is known to differ."""

    tryckt: str
    raknat: str
    text: str


class TryckfilenGarInte(VantatFel):
    """A printed table or its file of known differences cannot be compared with; a Swedish sentence says why."""


_ETIKETTSKILJE = " / "

Forklaringar = Mapping[tuple[str, str], Forklaring]

_FORKLARINGSKOLUMNER = ("rad", "kolumn", "tryckt", "raknat", "nr", "klass", "forklaring")


def las_forklaringar(trycktfil: Path, fil: Path | None = None) -> Forklaringar:
    """Return the known differences of a printed table, from a file or from the one beside the table, if any.

    Raises:
        TryckfilenGarInte: a column is missing.
    """
    vald = fil or trycktfil.with_suffix(".avvikelser.csv")
    if not vald.exists():
        if fil is not None:
            msg = f"Filen {fil} finns inte."
            raise TryckfilenGarInte(msg)
        return {}
    return {
        (rad["rad"], rad["kolumn"]): Forklaring(
            rad["tryckt"], rad["raknat"], f"{rad['nr']} {rad['klass']}: {rad['forklaring']}"
        )
        for rad in las_kant(vald, _FORKLARINGSKOLUMNER)
    }


def las_kant(fil: Path, kolumner: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Return the rows of a file of what is known, by column; lines that begin with # are remarks.

    Raises:
        TryckfilenGarInte: it is not UTF-8, or one of the columns is missing.
        OSError: it cannot be opened.
    """
    try:
        text = fil.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fel:
        msg = f"{fil} är inte UTF-8."
        raise TryckfilenGarInte(msg) from fel
    rader = csv.DictReader((rad for rad in text.splitlines() if not rad.startswith("#")), restval="")
    saknas = [namn for namn in kolumner if namn not in (rader.fieldnames or ())]
    if saknas:
        msg = f"{fil}: kolumnen {saknas[0]} saknas. Kolumner: {', '.join(kolumner)}."
        raise TryckfilenGarInte(msg)
    return rader


def tryckt_manad(tabell: Tabell, ar: int, tryckt: Trycktabell) -> int | None:
    """Return the month that a printed table has come to, by the names of its columns; None where they name none."""
    passar = [
        manad
        for manad in range(1, DECEMBER + 1)
        if set(map(Malltext(ar, manad), synliga(tabell))) <= set(tryckt.kolumner)
    ]
    return passar[0] if len(passar) == 1 else None


def rattad(tryckt: Trycktabell, forklaringar: Forklaringar) -> Trycktabell:
    """Return a printed table with what its known errors ought to have been.

    Which columns name a row need not be known: it is named by its first cells, as many as there are.
    """
    rader = []
    for rad in tryckt.rader:
        celler = list(rad.values())
        namn = {_ETIKETTSKILJE.join(celler[: antal + 1]) for antal in range(len(celler))}
        rader.append({**rad, **{k: f.raknat for (n, k), f in forklaringar.items() if n in namn and k in rad}})
    return replace(tryckt, rader=tuple(rader))


def _etikett(rad: Mapping[str, str], etikettkolumner: tuple[str, ...]) -> str:
    return _ETIKETTSKILJE.join(rad.get(namn, "") for namn in etikettkolumner)


def jamfor(svar: Tabellsvar, tryckt: Trycktabell, forklaringar: Forklaringar) -> list[Cellpar]:
    """Return every cell of both tables side by side, in the order of the printed table.

    A row or column that only one of them has is a difference in each of its cells. In a list of names, which has
    nothing but labels, the last label is what is compared.

    Raises:
        TryckfilenGarInte: two printed rows have the same labels, so that one would hide the other.
    """
    nycklar = svar.fraga.tabell.etikettkolumner
    etiketter = [_etikett(rad, nycklar) for rad in tryckt.rader]
    dubbla = sorted({etikett for etikett in etiketter if etiketter.count(etikett) > 1})
    if dubbla:
        msg = f"Den tryckta tabellen har flera rader med samma etikett: {', '.join(dubbla)}."
        raise TryckfilenGarInte(msg)
    raknade = {svar.etikett(rad): rad for rad in svar.rader}
    tryckta = dict(zip(etiketter, tryckt.rader, strict=True))
    kolumner = {k.nyckel: k for k in svar.kolumner}
    namn = list(dict.fromkeys(k for k in (*tryckt.kolumner, *kolumner) if k not in nycklar)) or [nycklar[-1]]
    par = []
    for etikett in dict.fromkeys([*tryckta, *raknade]):
        papper, vara = tryckta.get(etikett), raknade.get(etikett)
        for kolumn in namn:
            cell = (papper or {}).get(kolumn, "")
            vart = svar.tryckt(vara, kolumner[kolumn]) if vara is not None and kolumn in kolumner else ""
            skal = _utanfor(svar, vara, kolumn) if papper is not None else None
            if skal is not None:
                par.append(Cellpar(etikett, kolumn, cell, "", None, Utslag.UTANFOR, skal))
            else:
                varfor = _varfor(papper is not None, vara is not None, kolumn in kolumner)
                par.append(_par(etikett, kolumn, cell, vart, varfor, forklaringar))
    return par


def _utanfor(svar: Tabellsvar, rad: Svarsrad | None, kolumn: str) -> str | None:
    """Return why a cell is outside what events tell; None where it is not."""
    if rad is None or rad.rad is None:
        return None
    if rad.rad.slag is Radslag.UTANFOR:
        return rad.rad.skal or ""
    return {svar.fraga.malltext(namn): skal for namn, skal in rad.rad.utanfor.items()}.get(kolumn)


def _varfor(ar_tryckt: bool, ar_raknad: bool, har_kolumnen: bool) -> str:
    """Return what only one of the tables has: its row or its column; empty where both have both."""
    if not ar_tryckt:
        return "raden saknas i den tryckta tabellen"
    if not ar_raknad:
        return "raden saknas i den räknade"
    return "" if har_kolumnen else "kolumnen finns inte i den räknade tabellen"


def _par(rad: str, kolumn: str, tryckt: str, raknat: str, varfor: str, forklaringar: Forklaringar) -> Cellpar:
    a, b = som_tal(tryckt), som_tal(raknat)
    skillnad = b - a if a is not None and b is not None else None
    lika = (skillnad == 0) if skillnad is not None else _samma_text(tryckt, raknat)
    if lika and not varfor.startswith("raden"):
        return Cellpar(rad, kolumn, tryckt, raknat, skillnad, Utslag.LIKA)
    kand = forklaringar.get((rad, kolumn))
    if kand is not None and _samma(kand.tryckt, tryckt) and _samma(kand.raknat, raknat):
        return Cellpar(rad, kolumn, tryckt, raknat, skillnad, Utslag.FORKLARAD, kand.text)
    return Cellpar(rad, kolumn, tryckt, raknat, skillnad, Utslag.OFORKLARAD, varfor)


def _samma_text(ett: str, annat: str) -> bool:
    """Return whether two cells without numbers say the same; a dash is an empty cell."""
    return ett.casefold() == annat.casefold() or (inget_tryckt(ett) and inget_tryckt(annat))


def _samma(ett: str, annat: str) -> bool:
    """Return whether two cells say the same: as numbers if both are, else to the letter."""
    a, b = som_tal(ett), som_tal(annat)
    return a == b if a is not None and b is not None else ett == annat
