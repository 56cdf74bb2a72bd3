"""Placering: the events. Their names and fields are the storage format."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from pydantic import StrictBool, model_validator

from domain.begrepp import (
    Avslutsorsak,
    Avtalsform,
    Direktupphandlingsorsak,
    Insatsform,
    Kon,
    Lagrum,
    Malgrupp,
    Maluppfyllelse,
    Omplacering,
    Regi,
)
from domain.gemensamt import Fodelsear, Pris
from domain.handelse import Dag, Handelse, Kommunkod, Text
from domain.personuppgift import Personidentitet
from domain.placering.begrepp import Betalare, Placeringsslag, Prisorsak, Undersokning


class PlaceringPaborjad(Handelse, typ="placering.paborjad"):
    """The person moved in; ``datum`` is the first day. No price means it is not yet known, not that it is free.

    ``beslut_id`` is the decision in the case that the stay rests on; ``enhet`` the board's own unit that gives or
    answers for it: the id of its stream, or the name it had then (ADR 0010).
    """

    kommun: Kommunkod
    arende_id: UUID
    person_id: Personidentitet
    malgrupp: Malgrupp
    kon: Kon
    fodelsear: Fodelsear
    insatsform: Insatsform
    regi: Regi
    lagrum: Lagrum
    avtalsform: Avtalsform
    utforare_id: UUID | None = None
    direktupphandlingsorsak: Direktupphandlingsorsak | None = None
    pris: Pris | None = None
    planerat_slut: Dag | None = None
    foregaende_placering_id: UUID | None = None
    omplacering: Omplacering | None = None
    placeringsslag: Placeringsslag | None = None
    beslut_id: UUID | None = None
    enhet: Text | None = None


class PrisAndrat(Handelse, typ="pris.andrat"):
    """From ``datum`` the stay costs this."""

    pris: Pris
    orsak: Prisorsak | None = None


class PlaneratSlutAndrat(Handelse, typ="planeratSlut.andrat"):
    """On ``datum`` the planned last day was changed (or, if absent, withdrawn). A plan moves no care day."""

    planerat_slut: Dag | None = None


class LagrumAndrat(Handelse, typ="lagrum.andrat"):
    """From ``datum`` the stay rests on another act."""

    lagrum: Lagrum


class PlaceringsslagAndrat(Handelse, typ="placeringsslag.andrat"):
    """From ``datum`` the stay is of another kind: an emergency became an investigation, say, in the same home."""

    placeringsslag: Placeringsslag


class AvtalsformAndrad(Handelse, typ="avtalsform.andrad"):
    """From ``datum`` the stay is bought in another way: a contract is often signed after the first day."""

    avtalsform: Avtalsform
    direktupphandlingsorsak: Direktupphandlingsorsak | None = None


class BetalningsansvarOverlamnat(Handelse, typ="betalningsansvar.overlamnat"):
    """From ``datum`` somebody else pays for the stay; its days are still care days, at no cost to the board."""

    betalare: Betalare


class BetalningsansvarOvertaget(Handelse, typ="betalningsansvar.overtaget"):
    """From ``datum`` the board pays for the stay (again), at the price that holds in it."""


class FranvaroRegistrerad(Handelse, typ="franvaro.registrerad", version=2):
    """The person was away from ``datum`` until ``till``, the day of return, not itself away.

    A stay may end while the person is away; the absence then ends with it. Version 1 is in ``tidigare``.
    """

    till: Dag
    betald: StrictBool

    @model_validator(mode="after")
    def _inte_bakvand(self) -> Self:
        if self.till <= self.datum:
            msg = "till (återkomstdagen) ska vara efter datum"
            raise ValueError(msg)
        return self


class OvervagandeGjort(Handelse, typ="overvagande.gjort"):
    """The board considered whether care is still needed (SoL 22:13, LVU 13 §)."""


class OmprovningGjord(Handelse, typ="omprovning.gjord"):
    """The board tried anew whether care shall cease (LVU 13 § second paragraph)."""


class HalsoundersokningGjord(Handelse, typ="halsoundersokning.gjord"):
    """The person's health or teeth were examined on account of the placement (SoL 22:7, before 2025-07-01 11:3 a)."""

    slag: Undersokning


class VardplanUpprattad(Handelse, typ="vardplan.upprattad"):
    """A care plan was drawn up, or revised (SoL 9:12–13: revised at the latest when the child has stayed two years)."""

    reviderad: StrictBool


class HemtagningPaborjad(Handelse, typ="hemtagning.paborjad"):
    """Support to come home began beside the stay (kurator, *hemtagningspaket*); the stay goes on until it ends."""


class PlaceringAvslutad(Handelse, typ="placering.avslutad"):
    """The person moved out; ``datum`` is the day of discharge."""

    planerat: StrictBool
    orsak: Avslutsorsak


class InsatsUtvarderad(Handelse, typ="insats.utvarderad"):
    """How it went, judged when the stay was over or near its end."""

    mal_uppnadda: Maluppfyllelse
    arbetade_med_problematiken: StrictBool
