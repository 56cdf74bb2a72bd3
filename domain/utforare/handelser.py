"""Utförare: the events. Their names and fields are the storage format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from domain.begrepp import Insatsform, Malgrupp, Regi, Utforarslag
from domain.handelse import Dag, Handelse, Kommunkod, Text
from domain.pengar import Kronor

Platser = Annotated[StrictInt, Field(ge=0, le=100_000)]
"""A number of places."""

Betyg = Annotated[StrictInt, Field(ge=1, le=5)]
"""A grade, one to five."""

Organisationsnummer = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[0-9]{4}$")]


class UtforareRegistrerad(Handelse, typ="utforare.registrerad"):
    """The provider became known to the board."""

    kommun: Kommunkod
    namn: Text
    regi: Regi
    slag: Utforarslag
    organisationsnummer: Organisationsnummer | None = None


class PlatserAndrade(Handelse, typ="platser.andrade", plan=True):
    """From ``datum`` the provider has this many places in all."""

    platser: Platser
    malgrupp: Malgrupp | None = None


class RamavtalTecknat(Handelse, typ="ramavtal.tecknat", plan=True):
    """A framework agreement for a form of care is in force from ``datum`` until ``till`` (not included), if given."""

    omrade: Insatsform
    till: Dag | None = None


class RamavtalUpphort(Handelse, typ="ramavtal.upphort", plan=True):
    """From ``datum`` the framework agreement for the form of care, begun on an earlier day, is no longer in force."""

    omrade: Insatsform


class AbonnemangTecknat(Handelse, typ="abonnemang.tecknat", plan=True):
    """From ``datum`` until ``till`` (not included) the board subscribes to places, used or not."""

    platser: Platser
    arskostnad: Annotated[Kronor, Field(ge=0)]
    till: Dag | None = None


class TillstandKontrollerat(Handelse, typ="tillstand.kontrollerat"):
    """On ``datum`` it was checked whether the provider had its permit."""

    giltigt: StrictBool


class UppfoljningGjord(Handelse, typ="uppfoljning.gjord"):
    """The contract was followed up; each area got a grade."""

    omraden: Annotated[Mapping[Text, Betyg], Field(min_length=1)]
