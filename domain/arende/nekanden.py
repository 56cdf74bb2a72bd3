"""Ärende: the refusals, each by name. ``granskning`` and ``beslut`` raise them."""

from __future__ import annotations

from domain.fel import Regelbrott

# The case ------------------------------------------------------------------------------------------------------------


class FodelsearEfterAktualiseringen(Regelbrott):
    """A case may concern a child that is expected, but not one that is born later than next year."""

    mall = "Födelseåret {fodelsear} ligger efter aktualiseringen ({datum}). Ett väntat barn får ha nästa år."
    falt = "fodelsear"


class ArendetSaknarBorjan(Regelbrott):
    """The beginning cannot be annulled while later events rest on it."""

    mall = "Aktualiseringen kan inte makuleras så länge {antal} senare händelser står kvar. Makulera dem först."
    falt = "rattar"


class HandelsenLiggerForeAktualiseringen(Regelbrott):
    """Nothing happens in a case before it came to the board."""

    mall = "{typ} den {datum} ligger före dagen då ärendet aktualiserades ({borjan})."
    falt = "datum"


class ArendetArAvslutat(Regelbrott):
    """Nothing happens in a closed case before it is reopened, except appeals and what looks back."""

    mall = "{typ} den {datum} ligger efter att ärendet avslutades {slut}. Återöppna ärendet först."
    falt = "datum"


class ArendetArRedanAvslutat(Regelbrott):
    """A case that is closed is not closed again."""

    mall = "Ärendet avslutades redan {slut}. Är dagen eller orsaken fel ska den händelsen rättas (rattar)."
    falt = "datum"


class ArendetArInteAvslutat(Regelbrott):
    """Only a closed case is reopened."""

    mall = "Ärendet är inte avslutat den {datum} och kan inte återöppnas."
    falt = "datum"


class ArendetHarOppenUtredning(Regelbrott):
    """A case is not closed while an investigation in it is open."""

    mall = "Ärendet kan inte avslutas {datum}: utredningen {utredning_id} som påbörjades {borjan} är inte avslutad."
    falt = "datum"


class AnsvaretArRedanOverlamnat(Regelbrott):
    """Responsibility passes once; it is taken over again before it can pass anew."""

    mall = "Ansvaret överlämnades redan {datum}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


# Intakes -------------------------------------------------------------------------------------------------------------


class AktualiseringensIdArUpptaget(Regelbrott):
    """Every intake of a case has an id of its own."""

    mall = "Aktualiseringen {id} finns redan i ärendet (inkom {datum})."
    falt = "aktualiseringId"


class AktualiseringenFinnsInte(Regelbrott):
    """An assessment is made of an intake that the case has."""

    mall = "Aktualiseringen {id} finns inte i ärendet."
    falt = "aktualiseringId"


class BedomningenLiggerForeAktualiseringen(Regelbrott):
    """What has not come in cannot be assessed."""

    mall = "{typ} den {datum} ligger före dagen då uppgifterna kom in ({borjan})."
    falt = "datum"


class ForhandsbedomningenArRedanAvslutad(Regelbrott):
    """The preliminary assessment of an intake ends once."""

    mall = "Förhandsbedömningen avslutades redan {slut}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


# Investigations ------------------------------------------------------------------------------------------------------


class UtredningensIdArUpptaget(Regelbrott):
    """Every investigation of a case has an id of its own."""

    mall = "Utredningen {id} finns redan i ärendet (påbörjades {datum})."
    falt = "utredningId"


class UtredningenFinnsInte(Regelbrott):
    """What happens in an investigation presupposes that it was begun."""

    mall = "Utredningen {id} finns inte i ärendet."
    falt = "utredningId"


class HandelsenLiggerForeUtredningen(Regelbrott):
    """Nothing happens in an investigation before it was begun."""

    mall = "{typ} den {datum} ligger före dagen då utredningen påbörjades ({borjan})."
    falt = "datum"


class UtredningenArRedanAvslutad(Regelbrott):
    """An investigation ends once."""

    mall = "Utredningen avslutades redan {slut}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


class HandelsenLiggerEfterUtredningen(Regelbrott):
    """Nothing happens in an investigation after it ended."""

    mall = "{typ} den {datum} ligger efter dagen då utredningen avslutades ({slut})."
    falt = "datum"


class ForlangningenSlutarForeSinBorjan(Regelbrott):
    """An investigation is prolonged to a day ahead."""

    mall = "Utredningen kan inte förlängas till {till}: det ligger före beslutsdagen {datum}."
    falt = "till"


# Decisions -----------------------------------------------------------------------------------------------------------


class BeslutetsIdArUpptaget(Regelbrott):
    """Every decision of a case has an id of its own."""

    mall = "Beslutet {id} finns redan i ärendet (fattades {datum})."
    falt = "beslutId"


class BeslutetFinnsInte(Regelbrott):
    """What happens to a decision presupposes that it was made in the case."""

    mall = "Beslutet {id} finns inte i ärendet."
    falt = "beslutId"


class HandelsenLiggerForeBeslutet(Regelbrott):
    """A decision is not effected, changed or appealed before it was made."""

    mall = "{typ} den {datum} ligger före dagen då beslutet fattades ({borjan})."
    falt = "datum"


class BeslutetHarRedanUpphort(Regelbrott):
    """A decision ceases once."""

    mall = "Beslutet upphörde redan {slut}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


class HandelsenLiggerEfterBeslutet(Regelbrott):
    """A decision is not effected or changed after it ceased."""

    mall = "{typ} den {datum} ligger efter dagen då beslutet upphörde ({slut})."
    falt = "datum"


class BeslutetSlutarForeSinBorjan(Regelbrott):
    """A decision is in force until a day on or after the first."""

    mall = "Beslutet kan inte gälla till {galler_till}: det gäller från {galler_fran}."
    falt = "gallerTill"


class BeslutetBeviljarIngenting(Regelbrott):
    """A decision is effected only if it grants something."""

    mall = "Beslutet {id} är ett avslag; {typ} kräver ett beslut som beviljar något."
    falt = "beslutId"


class BeslutetArRedanVerkstallt(Regelbrott):
    """A decision is effected once, unless it has been interrupted since."""

    mall = "Beslutet verkställdes redan {datum}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "datum"


class BeslutetArInteVerkstallt(Regelbrott):
    """Only what is given can be interrupted."""

    mall = "Verkställigheten kan inte avbrytas {datum}: beslutet är inte verkställt den dagen."
    falt = "datum"


# Appeals -------------------------------------------------------------------------------------------------------------


class OverklagandetsIdArUpptaget(Regelbrott):
    """Every appeal of a case has an id of its own."""

    mall = "Överklagandet {id} finns redan i ärendet (inkom {datum})."
    falt = "overklagandeId"


class OverklagandetFinnsInte(Regelbrott):
    """A court rules on an appeal that was made."""

    mall = "Överklagandet {id} finns inte i ärendet."
    falt = "overklagandeId"


class AvgorandetLiggerForeOverklagandet(Regelbrott):
    """A court does not rule before the appeal."""

    mall = "{typ} den {datum} ligger före dagen då beslutet överklagades ({borjan})."
    falt = "datum"


class OverklagandetArRedanAvgjort(Regelbrott):
    """A court rules once on an appeal."""

    mall = "Överklagandet avgjordes redan {slut}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


# Services ------------------------------------------------------------------------------------------------------------


class InsatsformenHarVardygn(Regelbrott):
    """Forms with care days are placements, a stream of their own."""

    mall = "Insatsformen {insatsform} har vårddygn och registreras som en placering."
    falt = "insatsform"


class InsatsformenKraverBehovsprovning(Regelbrott):
    """Contact persons and contact families are always a matter of needs assessment (SoL 11:5)."""

    mall = "Insatsformen {insatsform} ges alltid efter behovsprövning; behovsprovad ska vara true."
    falt = "behovsprovad"


class ServiceinsatsMedBeslut(Regelbrott):
    """A service without needs assessment rests on no decision (SoL 11:5)."""

    mall = "En insats utan behovsprövning har inget beslut; ange antingen beslutId eller behovsprovad false."
    falt = "beslutId"


class InsatsensIdArUpptaget(Regelbrott):
    """Every service of a case has an id of its own."""

    mall = "Insatsen {id} finns redan i ärendet (påbörjades {datum})."
    falt = "insatsId"


class InsatsenFinnsInte(Regelbrott):
    """What happens in a service presupposes that it was begun."""

    mall = "Insatsen {id} finns inte i ärendet."
    falt = "insatsId"


class HandelsenLiggerForeInsatsen(Regelbrott):
    """Nothing happens in a service before it was begun."""

    mall = "{typ} den {datum} ligger före dagen då insatsen påbörjades ({borjan})."
    falt = "datum"


class InsatsenArRedanAvslutad(Regelbrott):
    """A service ends once."""

    mall = "Insatsen avslutades redan {slut}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


class HandelsenLiggerEfterInsatsen(Regelbrott):
    """Nothing happens in a service after it ended, except that it is followed up."""

    mall = "{typ} den {datum} ligger efter dagen då insatsen avslutades ({slut})."
    falt = "datum"


class InsatsenArRedanPausad(Regelbrott):
    """A service that is paused is not paused again."""

    mall = "Insatsen pausades redan {datum}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "datum"


class InsatsenArIntePausad(Regelbrott):
    """Only a paused service is taken up again."""

    mall = "Insatsen är inte pausad den {datum} och kan inte återupptas."
    falt = "datum"


# Reports of deviation ------------------------------------------------------------------------------------------------


class AvvikelsensIdArUpptaget(Regelbrott):
    """Every report of a deviation has an id of its own."""

    mall = "Avvikelsen {id} finns redan i ärendet (rapporterades {datum})."
    falt = "avvikelseId"
