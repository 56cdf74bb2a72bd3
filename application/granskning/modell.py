"""What is checked and what is found: a table read as labels and numbers, and a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from application.granskning.kolumner import Kolumner, dela
from application.granskning.kolumnord import ar_kvot, enhetliga, raknas_inte
from application.tryckt import Trycktabell
from application.tryckta_enheter import penningenhet, penningenheter
from application.tryckta_rader import ar_varav, summerar
from application.tryckta_tal import ar_tvetydigt, inget_tryckt, som_tal
from domain.avrundning import Spann, avrundat, exakt
from domain.pengar import skriv_tal

KOSTNADSENHET = "kostnadsenhet"
"""The column that says what the costs of a row are per; the columns of those begin with ``kostnad_``."""
_RADTYP = "radtyp"
_ENHET = "enhet"
_RADTYPER = frozenset({"summa", "totalt", "medel", "post", "varav", "andel", "rubrik"})
_SAGER_SUMMA = re.compile(r"^(\w*summa\b|s:a\b)", re.IGNORECASE)
_MAX_ANDEL = Decimal("1.5")
_PRISLED = "kostnad_"
_AV_PRISER = re.compile(r"^(?:tkr|kr|kronor)(?: per |/)(?!(?:månad|år|kvartal|vecka)\b)[^;]*$")
_AV_ANTAL = re.compile(r"^antal\b[^;,]*$")
_TOTAL = re.compile(r"total\b", re.IGNORECASE)


class Fyndslag(StrEnum):
    """What kind of fault a finding is."""

    SUMMA = "SUMMA"
    """Parts do not give the whole, beyond rounding."""
    TECKEN = "TECKEN"
    """A sign, or a convention of signs, that the rest of the table contradicts."""
    TABELL = "TABELL"
    """Two tables state one thing differently."""
    ENHET = "ENHET"
    """The unit cannot be the one that is stated."""
    DEF = "DEF"
    """A figure follows a definition that is not stated, or two figures of one name have different ones."""
    SERIE = "SERIE"
    """A level that changes at once between two years of an otherwise even series."""


class Sakerhet(StrEnum):
    """How sure a finding is."""

    SAKER = "säker"
    """Arithmetic: the printed figures contradict each other."""
    TROLIG = "trolig"
    """What is expected follows from the rest of the table."""
    MOJLIG = "möjlig"
    """There may be a good reason; a reader should be told it."""


@dataclass(frozen=True, slots=True)
class Fynd:
    """Something that does not fit. ``rad`` or ``kolumn`` is empty where a whole column or row is meant."""

    slag: Fyndslag
    tabell: str
    rad: str
    kolumn: str
    tryckt: str
    vantat: str
    skillnad: Fraction | None
    sakerhet: Sakerhet
    forklaring: str


@dataclass(frozen=True)
class Tabell:
    """A table as it is checked: ours or printed, by rows numbered from 0 and columns by name, in one form of names."""

    tryckt: Trycktabell

    @property
    def namn(self) -> str:
        """Return its name: of a file, the name without ending."""
        return self.tryckt.namn

    @property
    def egen(self) -> bool:
        """Return whether Liggare made it.

        Then every figure has a declared definition, unit and sign, and states its basis: nothing of it is undeclared.
        """
        return "underlag" in self.tryckt.huvud

    @property
    def enhet(self) -> str:
        """Return what its heading says of units, in small letters."""
        return self.tryckt.huvud.get("enhet", "").casefold()

    @cached_property
    def _rubriker(self) -> dict[str, str]:
        return enhetliga(self.tryckt.kolumner)

    @cached_property
    def _rader(self) -> tuple[dict[str, str], ...]:
        return tuple({form: rad[rubrik] for form, rubrik in self._rubriker.items()} for rad in self.tryckt.rader)

    def rubrik(self, kolumn: str) -> str:
        """Return a column's name as printed."""
        return self._rubriker.get(kolumn, kolumn)

    @cached_property
    def kolumner(self) -> Kolumner:
        """Return its columns by what they hold."""
        return dela({kolumn: [rad[kolumn] for rad in self._rader] for kolumn in self._rubriker})

    @property
    def etikettkolumner(self) -> tuple[str, ...]:
        """Return the leading columns that name the rows."""
        return self.kolumner.etiketter

    @property
    def talkolumner(self) -> tuple[str, ...]:
        """Return the columns that hold numbers."""
        return self.kolumner.tal

    def olast(self, rad: int, kolumn: str) -> bool:
        """Return whether something is printed in a cell of numbers that cannot be read as one."""
        return (rad, kolumn) in self.olasta or (kolumn in self.kolumner.olasliga and self._har_tryckt(rad, kolumn))

    @cached_property
    def olasta(self) -> dict[tuple[int, str], str]:
        """Return the cells of number columns that cannot be read, with what is printed: masked, or with a remark."""
        platser = ((rad, k) for rad in self.rader for k in self.talkolumner)
        return {p: self.text(*p) for p in platser if p not in self._talen and self._har_tryckt(*p)}

    def _har_tryckt(self, rad: int, kolumn: str) -> bool:
        return not inget_tryckt(self.text(rad, kolumn))

    @cached_property
    def rader(self) -> range:
        """Return the numbers of the rows."""
        return range(len(self._rader))

    @cached_property
    def _etiketter(self) -> tuple[tuple[str, ...], ...]:
        egna = [k for k in self.etikettkolumner if k != _RADTYP]
        return tuple(tuple(rad[k] for k in egna) for rad in self._rader)

    @cached_property
    def blandade_enheter(self) -> bool:
        """Return whether every row has a unit of its own, so that nothing adds up; *enhet* may also name the row."""
        return _ENHET in self._rubriker and _ENHET not in self.etikettkolumner

    def radenhet(self, rad: int) -> str:
        """Return the unit of a row, where rows have units of their own."""
        return self.text(rad, _ENHET) if self.blandade_enheter else ""

    def etiketter(self, rad: int) -> tuple[str, ...]:
        """Return a row's labels, its kind of row aside."""
        return self._etiketter[rad]

    def radnamn(self, rad: int) -> str:
        """Return a row's labels as one text; its number, from 1, where it has none."""
        return " / ".join(e for e in self._etiketter[rad] if e) or f"rad {rad + 1}"

    def kortnamn(self, rad: int) -> str:
        """Return the last of a row's labels, for a list of rows."""
        return "".join(self._etiketter[rad][-1:]) or self.radnamn(rad)

    def text(self, rad: int, kolumn: str) -> str:
        """Return a cell as printed; empty where the table has no such column."""
        return self._rader[rad].get(kolumn, "")

    def decimaltal(self, rad: int, kolumn: str) -> Decimal | None:
        """Return the number that a cell shows."""
        return self._talen.get((rad, kolumn))

    @cached_property
    def _talen(self) -> dict[tuple[int, str], Decimal]:
        kolumner = {k: [rad[k] for rad in self._rader] for k in self._rubriker}
        celler = (((nr, k), cell) for k, alla in kolumner.items() for nr, cell in enumerate(alla))
        lasta = {p: tal for p, cell in celler if (tal := som_tal(cell)) is not None}
        return {p: tal for p, tal in lasta.items() if not ar_tvetydigt(self.text(*p), kolumner[p[1]])}

    def tal(self, rad: int, kolumn: str) -> Fraction | None:
        """Return the number that a cell shows, for reckoning."""
        tal = self.decimaltal(rad, kolumn)
        return None if tal is None else Fraction(tal)

    def decimaler(self, rader: tuple[int, ...], *kolumner: str) -> int:
        """Return how many decimals cells are printed with: the most that any of them has."""
        tal = [t for r in rader for k in kolumner if (t := self.decimaltal(r, k)) is not None]
        exponenter = [t.as_tuple().exponent for t in tal]
        return max((-e for e in exponenter if isinstance(e, int)), default=0)

    def spann(self, rad: int, kolumn: str, decimaler: int | None = None) -> Spann | None:
        """Return what a cell can have been before it was rounded; a count never was."""
        tal = self.decimaltal(rad, kolumn)
        if tal is None:
            return None
        return exakt(Fraction(tal)) if self.av_antal else avrundat(tal, decimaler)

    def ar_summa(self, rad: int) -> bool:
        """Return whether a row says that it adds up others."""
        if self._radtyp(rad):
            return self._radtyp(rad) in ("summa", "totalt")
        if self.blandade_enheter:
            return False
        return any(map(self.ar_summaord, self._etiketter[rad])) or self.tvargaende(rad)

    def sager_summa(self, rad: int) -> bool:
        """Return whether a row calls itself a sum, which a mean never is; a *total* may be either."""
        return any(_SAGER_SUMMA.search(etikett) for etikett in (self._radtyp(rad), *self._etiketter[rad]))

    def summeras(self, kolumn: str) -> bool:
        """Return whether a column's figures add up: none where they are shares or prices."""
        return not (self.av_kvoter or self.ar_pris(kolumn) or ar_kvot(kolumn))

    def ar_pris(self, kolumn: str) -> bool:
        """Return whether a column's figures are costs per something that another column says."""
        return KOSTNADSENHET in self._rubriker and kolumn.startswith(_PRISLED)

    @staticmethod
    def ar_summaord(etikett: str) -> bool:
        """Return whether a label says that its row adds up others."""
        return summerar(etikett)

    def tvargaende(self, rad: int) -> bool:
        """Return whether a row adds up those of other first labels with its own last one: *Total kostnad / Örebro*."""
        etiketter = self._etiketter[rad]
        if not etiketter[1:] or self.blandade_enheter or not _TOTAL.match(etiketter[0]):
            return False
        delar = [r for r in self.rader if r != rad and self._etiketter[r][-1] == etiketter[-1]]
        return len(delar) > 1

    def ar_varav(self, rad: int) -> bool:
        """Return whether a row is a part of the one before."""
        egna = self._etiketter[rad]
        return self._radtyp(rad) in ("varav", "andel") or bool(egna and ar_varav(egna[-1]))

    def _radtyp(self, rad: int) -> str:
        typ = self.text(rad, _RADTYP)
        return typ if typ in _RADTYPER else ""

    @property
    def av_kvoter(self) -> bool:
        """Return whether all its figures are shares."""
        return self.enhet.startswith(("andel", "procent"))

    @cached_property
    def av_andelar(self) -> bool:
        """Return whether all its figures are shares of one: it says so, or all are between 0 and 1, or little more."""
        talen = self._talen
        egna = [t for r in self.rader for k in self.talkolumner if (t := talen.get((r, k))) is not None]
        return bool(egna) and (self.av_kvoter or all(0 <= t <= _MAX_ANDEL for t in egna))

    @property
    def av_priser(self) -> bool:
        """Return whether all its figures are costs per something: they add up over costs, not over who has them."""
        return bool(_AV_PRISER.match(self.enhet))

    @property
    def av_antal(self) -> bool:
        """Return whether all its figures count things: one unit, and that a number of something."""
        return bool(_AV_ANTAL.match(self.enhet)) and not raknas_inte(self.enhet)

    def penningenhet(self, rad: int, kolumn: str) -> int | None:
        """Return what one unit of an amount is in kronor: its row, its column, its label or the table says so."""
        sagda = (self.radenhet(rad), kolumn.replace("_", " "), self.radnamn(rad))
        egna = next((funna for text in sagda if len(funna := penningenheter(text)) == 1), None)
        return next(iter(egna)) if egna else penningenhet(self.tryckt)

    def fynd(
        self, slag: Fyndslag, sakerhet: Sakerhet, plats: tuple[int | None, str], vantat: Fraction | str | None,
        forklaring: str,
    ) -> Fynd:  # fmt: skip
        """Return a finding about a row and column (either may be missing) of the table."""
        rad, kolumn = plats
        tryckt = self.text(rad, kolumn) if rad is not None and kolumn else ""
        tal = self.tal(rad, kolumn) if rad is not None and kolumn else None
        skillnad = tal - vantat if tal is not None and isinstance(vantat, Fraction) else None
        vantad = skriv_exakt(vantat) if isinstance(vantat, Fraction) else vantat or ""
        radnamn = "" if rad is None else self.radnamn(rad)
        return Fynd(slag, self.namn, radnamn, self.rubrik(kolumn), tryckt, vantad, skillnad, sakerhet, forklaring)


def skriv_exakt(tal: Fraction) -> str:
    """Return a number with the decimals it has, four at most, as a printed cell has it."""
    avrundad = round(tal, 4)
    return f"{Decimal(avrundad.numerator) / Decimal(avrundad.denominator):f}"


_SIFFROR = 4


def kort(tal: Fraction) -> str:
    """Return a number for a sentence: at least four digits, no more decimals than they need."""
    text = skriv_tal(tal, max(0, _SIFFROR - len(str(abs(int(tal))))))
    return text.rstrip("0").removesuffix(",") if "," in text else text
