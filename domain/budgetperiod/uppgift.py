"""Budgetperiod: the events about figures from outside the ledger. Their names and fields are the storage format."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from domain.begrepp import Insatsform, Kon, Malgrupp, Regi
from domain.budgetperiod.begrepp import Register, Uppgiftsmetod
from domain.budgetperiod.mal import Varde
from domain.gemensamt import Ar
from domain.handelse import Begreppsdata, Dag, Handelse, Text


class Dimension(Begreppsdata):
    """One more way a figure is divided, in the source's own words."""

    namn: Text
    varde: Text


class UppgiftLamnad(Handelse, typ="uppgift.lamnad"):
    """A figure that the ledger cannot count was given for a period, or it was said that it cannot be reported.

    It has a value or is ``ej_redovisbar``, never both: what cannot be reported is not zero. ``orsak`` is why it cannot,
    or why it had to be estimated. The period is from ``fran`` to ``sista_dag``, both included; the figure holds from
    its last day, which is ``datum``.
    ``avrundning`` is what it was rounded to (100: to hundreds), ``mattenhet`` the unit of measure, ``enhet`` the
    organisational unit.
    """

    namn: Text
    fran: Dag
    sista_dag: Dag
    metod: Uppgiftsmetod
    mattenhet: Text
    varde: Varde | None = None
    ej_redovisbar: StrictBool = False
    orsak: Text | None = None
    avrundning: Annotated[StrictInt, Field(ge=1)] | None = None
    malgrupp: Malgrupp | None = None
    kon: Kon | None = None
    insatsform: Insatsform | None = None
    regi: Regi | None = None
    enhet: Text | None = None
    dimensioner: tuple[Dimension, ...] = ()

    @model_validator(mode="after")
    def _inte_bakvand(self) -> Self:
        if self.sista_dag < self.fran:
            msg = "sistaDag ska inte vara före fran"
            raise ValueError(msg)
        return self


class Registerrad(Begreppsdata):
    """One figure of a register. ``omrade`` is a municipality or a group of them; no value means that none is given."""

    omrade: Text
    matt: Text
    ar: Ar
    grupp: Text | None = None
    kon: Kon | None = None
    varde: Varde | None = None


class RegisterInlast(Handelse, typ="register.inlast"):
    """An external register was read on ``datum``, in the version that is named; a later version is read anew."""

    slag: Register
    kallversion: Text
    publicerat: Dag | None = None
    rader: Annotated[tuple[Registerrad, ...], Field(min_length=1)]
