"""Printed tables: reading a published table that has been transcribed to CSV.

A transcription starts with comment lines (``# kalla: …``, ``# tabell: …``, ``# enhet: …``, ``# period: …``,
``# not: …``) that say where the figures come from; then follow one row of column names and the printed rows. Cells are
kept as text exactly as transcribed: what a cell means is the reader's business, since "" and "--" are not zero.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from application.fel import VantatFel

_HUVUDRAD = re.compile(r"^#\s*([^:]+?)\s*:\s*(.*)$")
_BESLUTAD = re.compile(r"beslutad\s+(\d{4})-(\d{2})-(\d{2})", re.IGNORECASE)
_AVGRANSARE = (",", ";", "\t")


class TrycktabellGarInteAttLasa(VantatFel, ValueError):
    """A transcription cannot be read; names the file, the line (1-based, 0 = the whole file) and the problem."""

    def __init__(self, fil: Path, rad: int, problem: str) -> None:
        """Make the error; the text is a Swedish sentence for the person who gave the file."""
        self.fil = fil
        self.rad = rad
        self.problem = problem
        plats = f"rad {rad}" if rad else "hela filen"
        super().__init__(f"Tabellen {fil.name} går inte att läsa ({plats}): {problem}")


@dataclass(frozen=True)
class Trycktabell:
    """A printed table as transcribed: its name (file stem), its header notes, its columns and its rows of text."""

    namn: str
    huvud: dict[str, str]
    kolumner: tuple[str, ...]
    rader: tuple[dict[str, str], ...]

    @property
    def beslutad(self) -> date | None:
        """The day the report was adopted: the date after the word "beslutad" in the header, or None."""
        for text in self.huvud.values():
            traff = _BESLUTAD.search(text)
            if traff is not None:
                try:
                    return date(*(int(del_) for del_ in traff.groups()))
                except ValueError:
                    continue
        return None


def las_trycktabell(fil: Path) -> Trycktabell:
    """Read a transcribed table; separated by comma, semicolon or tab, with or without byte order mark, LF or CRLF.

    Raises:
        TrycktabellGarInteAttLasa: the file is not text in UTF-8, is empty, has no column row or no rows, or a row has
            the wrong number of cells.
        OSError: the file cannot be opened.
    """
    rader = _text(fil).split("\n")
    huvud, antal = _las_huvud(rader)
    tabellrader = rader[antal:]
    if not any(rad.strip() for rad in tabellrader):
        problem = "tabellen saknar rubrikrad." if huvud else "filen är tom."
        raise TrycktabellGarInteAttLasa(fil, antal + 1 if huvud else 0, problem)
    celler = _las_celler(fil, "\n".join(tabellrader), antal)
    rubrikrad, kolumner = celler[0]
    _kontrollera_kolumner(fil, rubrikrad, kolumner)
    poster: list[dict[str, str]] = []
    for rad, varden in celler[1:]:
        if len(varden) != len(kolumner):
            problem = f"raden har {len(varden)} celler men rubriken har {len(kolumner)}."
            raise TrycktabellGarInteAttLasa(fil, rad, problem)
        poster.append(dict(zip(kolumner, varden, strict=True)))
    if not poster:
        raise TrycktabellGarInteAttLasa(fil, rubrikrad, "tabellen har inga rader under rubriken.")
    return Trycktabell(namn=fil.stem, huvud=huvud, kolumner=tuple(kolumner), rader=tuple(poster))


def _text(fil: Path) -> str:
    """Return the file's text with LF line ends and without byte order mark."""
    innehall = fil.read_bytes()
    try:
        text = innehall.decode("utf-8-sig")
    except UnicodeDecodeError as fel:
        rad = innehall[: fel.start].count(b"\n") + 1
        raise TrycktabellGarInteAttLasa(fil, rad, "filen är inte kodad i UTF-8.") from fel
    if "\0" in text:  # a database, say, whose first bytes happen to be UTF-8
        raise TrycktabellGarInteAttLasa(fil, text[: text.index("\0")].count("\n") + 1, "filen är inte text.")
    if not text.strip():
        raise TrycktabellGarInteAttLasa(fil, 0, "filen är tom.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _las_huvud(rader: list[str]) -> tuple[dict[str, str], int]:
    """Return the header notes and how many leading lines they take (blank ones among them included)."""
    huvud: dict[str, str] = {}
    antal = 0
    for rad in rader:
        if rad.strip() and not rad.startswith("#"):
            break
        antal += 1
        traff = _HUVUDRAD.match(rad)
        if traff is not None:
            nyckel, varde = traff.groups()
            huvud[nyckel] = f"{huvud[nyckel]}; {varde}" if nyckel in huvud else varde
    return huvud, antal


def _las_celler(fil: Path, text: str, fore: int) -> list[tuple[int, list[str]]]:
    """Return (line number, cells) of each row that is not blank; ``fore`` lines came before the text."""
    avgransare = max(_AVGRANSARE, key=lambda tecken: _utanfor_citat(text.split("\n", 1)[0], tecken))
    lasare = csv.reader(io.StringIO(text), delimiter=avgransare, strict=True)
    celler: list[tuple[int, list[str]]] = []
    try:
        for varden in lasare:
            if any(cell.strip() for cell in varden):
                celler.append((fore + lasare.line_num, [cell.strip() for cell in varden]))
    except csv.Error as fel:
        problem = "citattecknen går inte ihop."
        if "field limit" in str(fel):
            problem = f"en cell är längre än {csv.field_size_limit()} tecken."
        raise TrycktabellGarInteAttLasa(fil, fore + lasare.line_num, problem) from fel
    return celler


def _utanfor_citat(rad: str, tecken: str) -> int:
    """Count a character outside quotation marks."""
    return sum(del_.count(tecken) for del_ in rad.split('"')[::2])


def _kontrollera_kolumner(fil: Path, rad: int, kolumner: list[str]) -> None:
    """Refuse a column row with unnamed or repeated columns."""
    if not all(kolumner):
        nr = kolumner.index("") + 1
        fore = f", efter {kolumner[nr - 2]}," if nr > 1 else ""
        raise TrycktabellGarInteAttLasa(fil, rad, f"kolumn {nr} av {len(kolumner)}{fore} saknar namn.")
    dubbla = sorted({namn for namn in kolumner if kolumner.count(namn) > 1})
    if dubbla:
        raise TrycktabellGarInteAttLasa(fil, rad, f"kolumnen {dubbla[0]} förekommer flera gånger.")
