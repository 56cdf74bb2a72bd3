"""Åtgärd: the closed vocabularies of effects and phases; see ``domain.begrepp`` for how words are kept."""

from __future__ import annotations

from domain.begrepp import Begrepp


class Effektklass(Begrepp):
    """How much an åtgärd meant in one case, as the case worker judged it."""

    INGEN = "ingen", "Ingen effekt"
    LITEN = "liten", "Liten effekt"
    STOR = "stor", "Stor effekt"


class Effektmetod(Begrepp):
    """What an achieved effect rests on: the books, a reckoning of volume and price, or a hypothesis."""

    BOKFORD = "bokford", "Bokförd"
    BERAKNAD = "beraknad", "Beräknad"
    HYPOTETISK = "hypotetisk", "Hypotetisk"


class Atgardsfas(Begrepp):
    """How far an åtgärd has come; the words stand in that order, and the two last are its ends."""

    IDENTIFIERAD = "identifierad", "Identifierad"
    BESLUTAD = "beslutad", "Beslutad"
    PAGAENDE = "pagaende", "Pågående"
    PERMANENT = "permanent", "Permanent"
    SLUTFORD = "slutford", "Slutförd"
    AVBRUTEN = "avbruten", "Avbruten"
