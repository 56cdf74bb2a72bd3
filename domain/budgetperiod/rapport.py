"""Budgetperiod: the events about reports, controls and guidelines. Their names and fields are the storage format."""

from __future__ import annotations

from uuid import UUID

from domain.begrepp import Avvikelseslag
from domain.budgetperiod.begrepp import Kontrollslutsats, Rapportslag, Tryckfelsklass
from domain.budgetperiod.handelser import Protokoll
from domain.handelse import Dag, Handelse, Text


class RapportFaststalld(Handelse, typ="rapport.faststalld"):
    """A report was adopted on ``datum``, the day of the decision; ``galler`` is the day it speaks of."""

    slag: Rapportslag
    galler: Dag
    beslut: Protokoll


class TryckfelUpptackt(Handelse, typ="tryckfel.upptackt"):
    """A printed figure or word was found to be wrong; ``ratt`` is what it should be, when that is known."""

    rapport: Text
    plats: Text
    tryckt: Text
    ratt: Text | None = None
    klass: Tryckfelsklass


class DefinitionAndrad(Handelse, typ="definition.andrad", plan=True):
    """From ``datum`` a measure means something else than before."""

    matt: Text
    beskrivning: Text
    tidigare: Text | None = None


class AvvikelseRedovisad(Handelse, typ="avvikelse.redovisad"):
    """A shortcoming was reported (lex Sarah, complaint, deviation); ``kategori`` in the board's own words."""

    avvikelse_id: UUID
    slag: Avvikelseslag
    kategori: Text | None = None
    enhet: Text | None = None


class InternkontrollGenomford(Handelse, typ="internkontroll.genomford"):
    """A control of the board's plan of internal control was carried out, and what it concluded."""

    omrade: Text
    perspektiv: Text
    risk: Text | None = None
    slutsats: Kontrollslutsats
    iakttagelse: Text | None = None


class RiktlinjeBeslutad(Handelse, typ="riktlinje.beslutad"):
    """A guideline was decided on ``datum``; it is in force from ``galler_fran`` and then replaces ``ersatter``."""

    namn: Text
    galler_fran: Dag
    ersatter: Text | None = None
