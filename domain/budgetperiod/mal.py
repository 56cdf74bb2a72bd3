"""Budgetperiod: the events about goals and commitments. Their names and fields are the storage format."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.budgetperiod.begrepp import Ataganderesultat, Malbedomning, Riktning, Trend
from domain.handelse import Dag, Handelse, Text
from domain.pengar import Decimaltext

Varde = Annotated[Decimaltext, Field(ge=Decimal("-1e12"), le=Decimal("1e12"), decimal_places=3)]
"""A figure in any unit, at most three decimals, as decimal text."""


class MalFaststallt(Handelse, typ="mal.faststallt", plan=True):
    """The board set a goal for the year; ``indikator`` is what is measured, ``malvarde`` where it should land."""

    mal_id: UUID
    namn: Text
    indikator: Text | None = None
    malvarde: Varde | None = None
    riktning: Riktning


class MalBedomt(Handelse, typ="mal.bedomt"):
    """A goal was judged as of the day spoken of (``galler``, which is ``datum``); its indicator stood at ``varde``."""

    mal_id: UUID
    galler: Dag
    bedomning: Malbedomning
    varde: Varde | None = None
    trend: Trend | None = None


class AtagandeStartat(Handelse, typ="atagande.startat"):
    """Work on a commitment began; ``planerat_slut`` is the last day it should be finished on, if one was set."""

    atagande_id: UUID
    namn: Text
    mal_id: UUID | None = None
    planerat_slut: Dag | None = None


class AtagandeAvslutat(Handelse, typ="atagande.avslutat"):
    """Work on a commitment ended on ``datum``."""

    atagande_id: UUID
    resultat: Ataganderesultat
