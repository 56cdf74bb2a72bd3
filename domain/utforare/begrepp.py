"""Utförare: the closed vocabularies that only its events use. Words are added freely, never renamed."""

from __future__ import annotations

from domain.begrepp import Begrepp


class Konsinriktning(Begrepp):
    """Which sexes a unit receives. The first two words are those of ``Kon``."""

    KVINNA = "kvinna", "Flickor/kvinnor"
    MAN = "man", "Pojkar/män"
    BLANDAT = "blandat", "Könsblandat"


class Koslut(Begrepp):
    """How a place in a queue ended."""

    FICK_PLATS = "fickPlats", "Fick plats"
    AVSTOD = "avstod", "Avstod"
    ANNAT = "annat", "Annan orsak"


class Utforarslut(Begrepp):
    """Why a provider or unit was closed, or an engagement ended."""

    NEDLAGD = "nedlagd", "Nedlagd"
    OVERTAGEN = "overtagen", "Övertagen av annan"
    SAMMANSLAGEN = "sammanslagen", "Sammanslagen med annan enhet"
    UPPDRAGET_UPPHORDE = "uppdragetUpphorde", "Uppdraget upphörde"
    ANNAT = "annat", "Annan orsak"


class Platsavbojande(Begrepp):
    """Why a provider declined an inquiry for a place."""

    PLATSBRIST = "platsbrist", "Platsbrist"
    MATCHNING = "matchning", "Kan inte möta behovet"
    ANNAT = "annat", "Annan orsak"


class Upphandlingsforfarande(Begrepp):
    """How something was procured."""

    OPPET = "oppet", "Öppet förfarande"
    SELEKTIVT = "selektivt", "Selektivt förfarande"
    FORHANDLAT = "forhandlat", "Förhandlat förfarande"
    FORNYAD_KONKURRENSUTSATTNING = "fornyadKonkurrensutsattning", "Förnyad konkurrensutsättning"
    VALFRIHETSSYSTEM = "valfrihetssystem", "Valfrihetssystem (LOV)"
    DIREKTUPPHANDLING = "direktupphandling", "Direktupphandling"
    ANNAT = "annat", "Annat förfarande"


class Omfattning(Begrepp):
    """How thorough a follow-up of a contract was."""

    FULL = "full", "Fullständig"
    BEGRANSAD = "begransad", "Begränsad"
