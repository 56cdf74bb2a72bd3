"""Stored payloads read back without checking again what was checked when they were recorded.

A payload in the ledger is one that a validated event was written as, so reading it needs only to turn text into days,
amounts, identities and words: half the time of validating it. How is worked out once per event class from its fields.
What does not look as the ledger writes it is left to the caller, who lets pydantic judge.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, SafeUUID

from pydantic import AwareDatetime, BaseModel

Omvandlare = Callable[[Any], Any]
Avkodare = Callable[[dict[str, Any]], Any]

_ny, _satt = object.__new__, object.__setattr__


class OvantatInnehall(ValueError):
    """The payload is not what the ledger writes for the class."""


@cache
def avkodare(klass: type[BaseModel]) -> Avkodare:
    """Return the function from a payload, as parsed JSON, to an object of a class of events or of values in them.

    The function raises OvantatInnehall, KeyError, TypeError, ValueError or ArithmeticError (a bad decimal number) for
    what the ledger does not write.
    """
    typer = get_type_hints(klass, include_extras=True)
    falt = [(ett.alias or namn, namn, _omvandlare(typer[namn]), ett) for namn, ett in klass.model_fields.items()]
    kravs = [(alias, namn, omvandlare) for alias, namn, omvandlare, ett in falt if ett.is_required()]
    tillval = [(alias, namn, omvandlare) for alias, namn, omvandlare, ett in falt if not ett.is_required()]
    saknat = {namn: ett.get_default() for _, namn, _, ett in falt if not ett.is_required()}
    alla_namn = set(klass.model_fields)

    def avkoda(data: dict[str, Any]) -> Any:
        varden = saknat.copy()
        antal = len(kravs)
        for alias, namn, omvandlare in kravs:
            varden[namn] = data[alias] if omvandlare is None else omvandlare(data[alias])
        if antal < len(data):
            for alias, namn, omvandlare in tillval:
                if alias in data:
                    varden[namn] = data[alias] if omvandlare is None else omvandlare(data[alias])
                    antal += 1
        if antal < len(data):
            raise OvantatInnehall(klass.__name__)
        objekt = _ny(klass)
        _satt(objekt, "__dict__", varden)
        _satt(objekt, "__pydantic_fields_set__", alla_namn)
        _satt(objekt, "__pydantic_extra__", None)
        _satt(objekt, "__pydantic_private__", None)
        return objekt

    return avkoda


def _omvandlare(anteckning: Any) -> Omvandlare | None:
    """Return how JSON becomes a value of a field's type; None if it is one already."""
    if anteckning in _ENKLA:
        return _ENKLA[anteckning]
    ursprung = get_origin(anteckning)
    if ursprung is Annotated:
        return _omvandlare(get_args(anteckning)[0])
    if ursprung in (Union, types.UnionType):
        (bas,) = (del_ for del_ in get_args(anteckning) if del_ is not type(None))
        return _omvandlare(bas)
    if ursprung is tuple:
        av_en = _omvandlare(get_args(anteckning)[0])
        return tuple if av_en is None else lambda varden: tuple(map(av_en, varden))
    if ursprung is not None and issubclass(ursprung, Mapping):
        if any(_omvandlare(del_) is not None for del_ in get_args(anteckning)):
            raise TypeError(f"Ingen avkodning av {anteckning}.")
        return None
    if isinstance(anteckning, type) and issubclass(anteckning, Enum):
        return {medlem.value: medlem for medlem in anteckning}.__getitem__
    if isinstance(anteckning, type) and issubclass(anteckning, BaseModel):
        return avkodare(anteckning)
    raise TypeError(f"Ingen avkodning av {anteckning}.")


def _som_uuid(text: str) -> UUID:
    # The class's own way takes and tells apart five forms; the ledger writes one.
    identitet = _ny(UUID)
    _satt(identitet, "int", int(text.replace("-", ""), 16))
    _satt(identitet, "is_safe", SafeUUID.unknown)
    return identitet


_ENKLA: Mapping[Any, Omvandlare | None] = {
    str: None,
    int: None,
    bool: None,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    AwareDatetime: datetime.fromisoformat,
    Decimal: Decimal,
    UUID: _som_uuid,
}
