"""What several kinds of stream say in the same words: shared events and the values inside events.

Names and fields are the storage format here as in every ``handelser`` module.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from domain.begrepp import Malgrupp, Malgruppsorsak, Prissort
from domain.handelse import Begreppsdata, Handelse
from domain.pengar import Pris as Belopp

Fodelsear = Annotated[StrictInt, Field(ge=1880, le=2200)]
"""The year a person was born (or, for a child expected, will be)."""

Ar = Annotated[StrictInt, Field(ge=1900, le=2199)]
"""A calendar year, of those that ``Manad`` has months of."""

Benamning = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
"""A local name that figures are grouped by: a unit, a role, a line of work. Never the name of a person."""


class Pris(Begreppsdata):
    """A price: kronor per day, or per month (a fee spread over the days of each month)."""

    sort: Prissort
    belopp: Belopp


class MalgruppAndrad(Handelse, typ="malgrupp.andrad"):
    """From ``datum`` the person is counted in another target group (age, citizenship)."""

    malgrupp: Malgrupp
    orsak: Malgruppsorsak | None = None
