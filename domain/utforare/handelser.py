"""Utförare: the events. Their names and fields are the storage format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, model_validator

from domain.begrepp import Direktupphandlingsorsak, Insatsform, Malgrupp, Regi, Utforarslag
from domain.handelse import Dag, Handelse, Kommunkod, Manad, Text
from domain.pengar import Kronor
from domain.personuppgift import Personidentitet, Personuppgift
from domain.textform import Textform
from domain.utforare.begrepp import (
    Konsinriktning,
    Koslut,
    Omfattning,
    Platsavbojande,
    Upphandlingsforfarande,
    Utforarslut,
)

Platser = Annotated[StrictInt, Field(ge=0, le=100_000)]
"""A number of places."""

Betyg = Annotated[StrictInt, Field(ge=1, le=5)]
"""A grade, one to five."""

Dygn = Annotated[StrictInt, Field(ge=0, le=10_000_000)]
"""A number of care days."""

Alder = Annotated[StrictInt, Field(ge=0, le=150)]
"""An age in whole years; an upper limit is the highest age that is received."""

ORGANISATIONSNUMMER = Textform(
    r"[0-9]{6}-[0-9]{4}", "sex siffror, bindestreck och fyra siffror, till exempel 556677-8899"
)

Organisationsnummer = Annotated[str, ORGANISATIONSNUMMER, Personuppgift.FRITEXT]
"""A company's number; somebody's own personal number where the company is a person, so it is kept as one."""


class UtforareRegistrerad(Handelse, typ="utforare.registrerad"):
    """The provider became known to the board; a unit of its own was opened."""

    kommun: Kommunkod
    namn: Text
    regi: Regi
    slag: Utforarslag
    organisationsnummer: Organisationsnummer | None = None


class UtforareAndrad(Handelse, typ="utforare.andrad", plan=True):
    """From ``datum`` this holds of the provider (a home was converted, its age limits changed); the rest stays."""

    namn: Text | None = None
    slag: Utforarslag | None = None
    malgrupp: Malgrupp | None = None
    alder_fran: Alder | None = None
    alder_till: Alder | None = None
    kon: Konsinriktning | None = None

    @model_validator(mode="after")
    def _nagot_andrat(self) -> Self:
        if all(getattr(self, namn) is None for namn in type(self).model_fields if namn != "datum"):
            msg = "minst en av uppgifterna namn, slag, malgrupp, alderFran, alderTill och kon ska anges"
            raise ValueError(msg)
        return self


class UtforareAvslutad(Handelse, typ="utforare.avslutad", plan=True):
    """From ``datum`` the provider no longer receives anybody: it has no places and belongs to no organisation."""

    orsak: Utforarslut


class OrganisationAndrad(Handelse, typ="organisation.andrad", plan=True):
    """From ``datum`` the unit belongs to the area ``overordnad`` (Resurs, say), and there to ``avdelning``."""

    overordnad: Text
    avdelning: Text | None = None
    verksamhet: Text | None = None


class PlatserAndrade(Handelse, typ="platser.andrade", plan=True):
    """From ``datum`` the provider has this many places: for the target group, or, without one, in all.

    Places of different target groups are series of their own. What is said of the whole ends all of them, and what is
    said of a target group ends what was said of the whole: places are never counted twice.
    """

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
    abonnemang_id: UUID | None = None


class AbonnemangUpphort(Handelse, typ="abonnemang.upphort", plan=True):
    """From ``datum`` the subscription with that id, begun on an earlier day, is no longer in force.

    Without an id it speaks of all subscriptions in force that were signed without one.
    """

    abonnemang_id: UUID | None = None


class AvtalsvolymAvtalad(Handelse, typ="avtalsvolym.avtalad", plan=True):
    """From ``datum`` until ``till`` (not included), or until a new volume is agreed, so many care days a year."""

    dygn: Dygn
    till: Dag | None = None


class UpphandlingGenomford(Handelse, typ="upphandling.genomford"):
    """Care of a form was procured from the provider, for ``varde`` kronor in all; a direct procurement says why."""

    omrade: Insatsform
    forfarande: Upphandlingsforfarande
    orsak: Direktupphandlingsorsak | None = None
    varde: Annotated[Kronor, Field(ge=0)] | None = None


class TillstandKontrollerat(Handelse, typ="tillstand.kontrollerat"):
    """On ``datum`` it was checked whether the provider had its permit."""

    giltigt: StrictBool


class UppfoljningGjord(Handelse, typ="uppfoljning.gjord"):
    """The contract was followed up; each area got a grade. ``avtalsomrade`` is the form of care contracted."""

    omraden: Annotated[Mapping[Text, Betyg], Field(min_length=1)]
    omfattning: Omfattning | None = None
    avtalsomrade: Insatsform | None = None


class EkonomiKontrollerad(Handelse, typ="ekonomi.kontrollerad"):
    """On ``datum`` it was checked whether the provider owed taxes and, if rated, how sound its finances were (1–5)."""

    skatteskuld: StrictBool
    rating: Betyg | None = None


class KoStalld(Handelse, typ="ko.stalld"):
    """A person, or a family as one, was put in the queue; ``ko_id`` is that place in the queue."""

    om = ("ko_id",)

    ko_id: UUID
    familj: StrictBool
    person_id: Personidentitet | None = None
    enhet: Text | None = None
    malgrupp: Malgrupp | None = None


class KoUpphord(Handelse, typ="ko.upphord"):
    """The place in the queue ended; ``datum`` is the first day not in it."""

    om = ("ko_id",)

    ko_id: UUID
    orsak: Koslut


class PlatsforfraganAvbojd(Handelse, typ="platsforfragan.avbojd"):
    """The provider declined an inquiry for a place, as the provider or those who seek places tell it.

    One that was made to effect a known decision is told in the case instead, and not in both.
    Two of one day and reason that name neither case nor placement are told apart by nothing, and are one.
    """

    om = ("placering_id", "arende_id")

    orsak: Platsavbojande
    arende_id: UUID | None = None
    placering_id: UUID | None = None


class ServiceinsatsRedovisad(Handelse, typ="serviceinsats.redovisad"):
    """Services without needs assessment, and so without persons, from ``datum`` until ``till`` (not included).

    SoL 11:5 and 14:5. The figures are counted on the last day of the period.
    """

    till: Dag
    insatsform: Insatsform | None = None
    omrade: Text | None = None
    antal_personer: Annotated[StrictInt, Field(ge=0, le=1_000_000)] | None = None
    dygn: Dygn | None = None

    @model_validator(mode="after")
    def _hel(self) -> Self:
        if self.till <= self.datum:
            msg = "till (dagen efter periodens sista) ska vara efter datum (periodens första dag)"
            raise ValueError(msg)
        if self.antal_personer is None and self.dygn is None:
            msg = "minst en av uppgifterna antalPersoner och dygn ska anges"
            raise ValueError(msg)
        return self


class BelaggningRedovisad(Handelse, typ="belaggning.redovisad"):
    """So many care days were given in a month, by a unit whose stays are not recorded as placements.

    ``datum`` lies in the month: it is the day up to which the figure was counted, as a rule the last.
    """

    manad: Manad
    dygn: Dygn
    malgrupp: Malgrupp | None = None
