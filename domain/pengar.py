"""Money: exact kronor inside, rounded once and last.

Amounts enter as decimal strings in kronor with at most two decimals and are kept as whole öre in tables, so that sums
are exact in every database. Derived money (a monthly fee spread over days) is a ``Fraction`` until it is printed.
Printing follows Swedish usage: space between thousands, comma before decimals, ``-`` as minus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

Tal = int | Fraction | Decimal

_STORSTA_BELOPP = Decimal("1e12")


_DECIMALTAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _bara_text(varde: Any) -> Any:
    # A JSON number has been a binary float somewhere on its way; only text keeps the öre.
    if isinstance(varde, Decimal) or (isinstance(varde, str) and _DECIMALTAL.fullmatch(varde)):
        return varde
    raise PydanticCustomError("decimal_type", "a decimal string is required")


@dataclass(frozen=True)
class _Skrivform:
    """Tells the JSON Schema what a decimal looks like as text; limits on its value are added by the field."""

    monster: str

    def __get_pydantic_json_schema__(self, karna: CoreSchema, rakna_ut: GetJsonSchemaHandler) -> JsonSchemaValue:
        granser = {namn: varde for namn, varde in rakna_ut(karna).items() if namn not in ("anyOf", "type", "pattern")}
        return {**granser, "type": "string", "format": "decimal", "pattern": self.monster}


Decimaltext = Annotated[
    Decimal,
    BeforeValidator(_bara_text),
    PlainSerializer(str, return_type=str),
    _Skrivform(f"^{_DECIMALTAL.pattern}$"),
]
"""A decimal number that travels as text."""


def _hogst_tva_decimaler(belopp: Decimal) -> Decimal:
    if not belopp.is_finite() or abs(belopp) >= _STORSTA_BELOPP:
        msg = "beloppet ska vara ett ändligt tal under tusen miljarder kronor"
        raise ValueError(msg)
    if belopp != belopp.quantize(Decimal("0.01")):
        msg = "beloppet har fler än två decimaler"
        raise ValueError(msg)
    return belopp.quantize(Decimal("0.01")) + 0  # no negative zero


def _skrivet_som_vanligt(monster: str) -> WrapValidator:
    """Take an amount written the ordinary way at once; what is not is left to the checks, which say what is wrong.

    Nearly all amounts are, and the checks are five Python calls.
    """
    vanligt = re.compile(monster).fullmatch

    def las(varde: Any, kontrollera: ValidatorFunctionWrapHandler) -> Any:
        return Decimal(varde) if type(varde) is str and vanligt(varde) else kontrollera(varde)

    return WrapValidator(las)


Kronor = Annotated[
    Decimaltext,
    AfterValidator(_hogst_tva_decimaler),
    _skrivet_som_vanligt(r"-?[1-9][0-9]{0,10}\.[0-9]{2}|0\.[0-9]{2}"),
    _Skrivform(r"^-?[0-9]+(\.[0-9]{1,2}0*)?$"),
]
"""An amount in kronor, negative or positive, at most two decimals; stored as a decimal string."""

Pris = Annotated[Kronor, Field(ge=0, le=10_000_000), _skrivet_som_vanligt(r"[1-9][0-9]{0,6}\.[0-9]{2}|0\.[0-9]{2}")]
"""A price in kronor: not negative, and so limited that days × price never overflows a database's integers."""


def ore(belopp: Decimal) -> int:
    """Return an amount in kronor as whole öre."""
    return int(belopp * 100)


def kronor(antal_ore: int) -> Decimal:
    """Return whole öre as an amount in kronor."""
    return Decimal(antal_ore).scaleb(-2)


def avrunda(tal: Tal, decimaler: int = 0) -> Decimal:
    """Round half away from zero to a number of decimals, exactly (no binary or intermediate rounding).

    A figure is rounded by it once, when it is printed; an amount only where it must be whole öre (``fordela``).
    """
    if isinstance(tal, Decimal):
        return tal.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
    brak = Fraction(tal) * 10**decimaler
    heltal, rest = divmod(abs(brak.numerator), brak.denominator)
    heltal += 2 * rest >= brak.denominator
    return Decimal(-heltal if brak < 0 else heltal).scaleb(-decimaler)


def skriv_tal(tal: Tal, decimaler: int = 0) -> str:
    """Return a number printed the Swedish way, for example ``1 953,00`` or ``-39,8``."""
    text = f"{avrunda(tal, decimaler):,.{decimaler}f}"
    if not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.replace(",", " ").replace(".", ",")


def fordela(antal_ore: int, vikter: list[int]) -> list[int]:
    """Split whole öre by whole weights so that the parts add up exactly: the running total is rounded, not the parts.

    Raises:
        ValueError: the weights do not have a positive sum.
    """
    summa = sum(vikter)
    if summa <= 0:
        msg = "Vikterna måste ha en positiv summa."
        raise ValueError(msg)
    delar, fordelat, vikt_hittills = [], 0, 0
    for vikt in vikter:
        vikt_hittills += vikt
        # Half away from zero, as ``avrunda`` does; in whole numbers, since a budget has thousands of parts.
        andel = antal_ore * vikt_hittills
        hittills = (2 * abs(andel) + summa) // (2 * summa)
        hittills = -hittills if andel < 0 else hittills
        delar.append(hittills - fordelat)
        fordelat = hittills
    return delar
