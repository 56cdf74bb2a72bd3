"""Placering: the closed vocabularies that only its events use. Words are added freely, never renamed."""

from __future__ import annotations

from domain.begrepp import Begrepp


class Placeringsslag(Begrepp):
    """What kind of stay it is; the form of care says where, this says in which situation.

    *omedelbartOmhandertagande* is LVU 6 § or LVM 13 §; *vardIAnnanForm* is LVM 27 §: care outside the LVM home, which
    is another stay with its own provider, following on the one in the home.
    """

    AKUT = "akut", "Akutplacering"
    UTREDNING = "utredning", "Utredningsplacering"
    JOUR = "jour", "Jourplacering"
    STADIGVARANDE = "stadigvarande", "Stadigvarande placering"
    OMEDELBART_OMHANDERTAGANDE = "omedelbartOmhandertagande", "Omedelbart omhändertagande"
    VARD_I_ANNAN_FORM = "vardIAnnanForm", "Vård i annan form (LVM 27 §)"
    ANNAT = "annat", "Annat slag"


class Prisorsak(Begrepp):
    """Why a price changed: *forstarktBemanning* is extra staff round one person, *arvode* the fee of a home."""

    AVTAL = "avtal", "Nytt avtal"
    INDEX = "index", "Indexuppräkning"
    FORSTARKT_BEMANNING = "forstarktBemanning", "Förstärkt bemanning"
    ARVODE = "arvode", "Ändrat arvode eller omkostnadsersättning"
    ANNAT = "annat", "Annan orsak"


class Undersokning(Begrepp):
    """What was examined when somebody was placed (SoL 22:7)."""

    HALSA = "halsa", "Hälsoundersökning"
    TAND = "tand", "Tandvårdsundersökning"


class Betalare(Begrepp):
    """Who pays for a stay when it is not the board."""

    MIGRATIONSVERKET = "migrationsverket", "Migrationsverket"
    ANNAN_KOMMUN = "annanKommun", "Annan kommun"
    REGION = "region", "Regionen"
    ANNAN = "annan", "Annan"
