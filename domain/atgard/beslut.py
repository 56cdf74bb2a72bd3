"""Åtgärd: what is refused, what is already known, and what is recorded."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from domain.aggregat import Aggregat, ar_nytt_for_dagen
from domain.atgard.effekt import Hypoteser
from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardKommenterad,
    AtgardPaborjad,
    AtgardPermanentad,
    AtgardSlutford,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektBudgeterad,
    Effektperiod,
    EffektUppnadd,
    FardiggradSatt,
    SlutdatumHypotetiskt,
)
from domain.atgard.tillstand import Atgard, utveckla
from domain.begrepp import Samling
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Handelse

# Refusals ------------------------------------------------------------------------------------------------------------


class AtgardenSaknarBorjan(Regelbrott):
    """The beginning cannot be annulled while later events rest on it."""

    mall = "Åtgärdens början kan inte makuleras så länge {antal} andra händelser står kvar. Makulera dem först."
    falt = "rattar"


class HandelsenLiggerForeAtgarden(Regelbrott):
    """Nothing happens in an åtgärd before it was identified."""

    mall = "{typ} den {datum} ligger före dagen då åtgärden identifierades ({identifierad})."
    falt = "datum"


class AtgardenArRedanPaborjad(Regelbrott):
    """The work begins once."""

    mall = "Åtgärden påbörjades {paborjad}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "datum"


class AtgardenArRedanPermanentad(Regelbrott):
    """An åtgärd becomes permanent once."""

    mall = "Åtgärden permanentades {permanentad}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "datum"


class AtgardenArRedanAvslutad(Regelbrott):
    """An åtgärd ends once: it is completed or given up, not both."""

    mall = "Åtgärden har redan tagit slut ({typ} den {slut}). Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "datum"


class AtgardenHarIntePaborjats(Regelbrott):
    """What comes of the work comes after its beginning."""

    mall = "{typ} förutsätter att åtgärden har påbörjats (atgard.paborjad), och det har den inte."
    falt = "typ"


class AtgardenPaborjadesSenare(Regelbrott):
    """What comes of the work comes after its beginning."""

    mall = "{typ} den {datum} ligger före dagen då åtgärden påbörjades ({paborjad})."
    falt = "datum"


class HandelsenLiggerEfterAtgardensSlut(Regelbrott):
    """No more work is decided on or done once the åtgärd has ended; effects and comments may still be recorded."""

    mall = "{typ} den {datum} ligger efter dagen då åtgärden tog slut ({slut})."
    falt = "datum"


class EffektenSaknarBeslut(Regelbrott):
    """An åtgärd that is not decided on has achieved nothing."""

    mall = "{typ} förutsätter att åtgärden är beslutad (atgard.beslutad), och det är den inte."
    falt = "typ"


class EffektenLiggerForeBeslutet(Regelbrott):
    """An åtgärd has no effect before it is decided on."""

    mall = "Effekten avser tid från {fran}, men åtgärden beslutades {beslutad}. Före beslutet har den ingen effekt."
    falt = "fran"


class EffektperiodenHarInteTagitSlut(Regelbrott):
    """What is achieved belongs to days that have passed when it is established."""

    mall = "Effekten avser tid till och med {sista}, efter dagen då den fastställdes ({datum})."
    falt = "till"


class EffektenLiggerEfterAvbrottet(Regelbrott):
    """An åtgärd that was given up has no effect from that day on."""

    mall = "Effekten avser tid till och med {sista}, men åtgärden avbröts {avbruten} och har sedan ingen effekt."
    falt = "till"


class ForvantanLiggerEfterAvbrottet(Regelbrott):
    """Nothing more is expected of an åtgärd that was given up, except nothing."""

    mall = "Åtgärden avbröts {avbruten}. Efter det kan ingen annan effekt än noll väntas för {ar}."
    falt = "ar"


class BedomningenLiggerEfterAvbrottet(Regelbrott):
    """After an åtgärd was given up, a judged case is one whose care ended while it lasted."""

    mall = "Åtgärden avbröts {avbruten}. Ett ärende som bedöms efter det ska ha ett faktisktSlut senast den dagen."
    falt = "faktisktSlut"


class EffektperiodernaOverlappar(Regelbrott):
    """The same effect is not counted twice: periods with the same method, or of the same unit, do not overlap."""

    mall = (
        "Perioden {period} överlappar {annan}, som redan har en effekt av samma slag ({slag}). "
        "Ange bara de nya dagarna, eller rätta den tidigare händelsen (rattar)."
    )
    falt = "fran"


class ArendetArRedanBedomt(Regelbrott):
    """A case is judged once; a wrong judgement is corrected."""

    mall = "Fallet {fall} bedömdes {datum}. Är bedömningen fel ska den händelsen rättas (rattar)."
    falt = "placeringId"


class HypotetisktSlutSaknas(Regelbrott):
    """Without a number of days there must be a hypothetical end to reckon them from."""

    mall = (
        "Fallet {fall} har inget hypotetiskt slutdatum känt den {datum}. "
        "Ange forkortadeDygn, eller registrera slutdatum.hypotetiskt först."
    )
    falt = "forkortadeDygn"


class DeluppdragetFinnsRedan(Regelbrott):
    """A part of the work is added once."""

    mall = "Deluppdraget {deluppdrag} lades till {datum}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "deluppdragId"


class DeluppdragetSaknas(Regelbrott):
    """Only a part that has been added can be done."""

    mall = "Det finns inget deluppdrag {deluppdrag} den {datum}."
    falt = "deluppdragId"


class DeluppdragetArRedanAvslutat(Regelbrott):
    """A part of the work is done once."""

    mall = "Deluppdraget {deluppdrag} avslutades {datum}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "deluppdragId"


# Decisions -----------------------------------------------------------------------------------------------------------


def identifiera(_: Atgard, __: AtgardIdentifierad) -> bool:
    """Identify an åtgärd; the stream begins with it."""
    return True


def besluta_om(a: Atgard, h: AtgardBeslutad) -> bool:
    """Decide on the åtgärd, or decide more; quiet if the same decision is known."""
    if h.beslutsdatum and max(h.beslutsdatum) != h.datum:
        raise DatumArInteVerkansdag(namn="beslutsdatum", varde=max(h.beslutsdatum), datum=h.datum)
    return h not in a.beslut


def paborja(a: Atgard, h: AtgardPaborjad) -> bool:
    """Begin the work, once; quiet if it is known to have begun that day."""
    if a.paborjad is not None and a.paborjad != h:
        raise AtgardenArRedanPaborjad(paborjad=a.paborjad.datum)
    return a.paborjad is None


def permanenta(a: Atgard, h: AtgardPermanentad) -> bool:
    """Make the åtgärd permanent, once; quiet if it is known to be so from that day."""
    if a.permanentad is not None and a.permanentad != h:
        raise AtgardenArRedanPermanentad(permanentad=a.permanentad.datum)
    return a.permanentad is None


def avsluta(a: Atgard, h: AtgardSlutford | AtgardAvbruten) -> bool:
    """End the åtgärd, once and in one way; quiet if it is known to have ended so."""
    if a.slut is not None and a.slut != h:
        raise AtgardenArRedanAvslutad(typ=a.slut.typ, slut=a.slut.datum)
    return a.slut is None


def budgetera(a: Atgard, h: EffektBudgeterad) -> bool:
    """State what the budget reckons with; quiet if that day already ended so for the year."""
    return ar_nytt_for_dagen(h, (x for x in a.budgeterade if x.ar == h.ar))


def berakna(a: Atgard, h: EffektBeraknad) -> bool:
    """State what is expected; quiet if that day already ended so for the year."""
    return ar_nytt_for_dagen(h, (x for x in a.beraknade if x.ar == h.ar))


def anta_slutdatum(a: Atgard, h: SlutdatumHypotetiskt) -> bool:
    """State a hypothetical end; quiet if that day already ended so for the case."""
    return ar_nytt_for_dagen(h, (x for x in a.hypotetiska if x.samma_fall(h)))


def bedom(a: Atgard, h: ArendeBedomt) -> bool:
    """Judge a case, once; quiet if the same judgement is known."""
    tidigare = next((x for x in a.bedomda if x.samma_fall(h)), None)
    if tidigare is not None and tidigare != h:
        raise ArendetArRedanBedomt(fall=tidigare.fall, datum=tidigare.datum)
    return tidigare is None


def faststall_effekt(a: Atgard, h: Effektperiod) -> bool:
    """Record what was achieved, or what the alternative would have cost; quiet if just this is known."""
    return h not in a.uppnadda and h not in a.alternativ


def lagg_till_deluppdrag(a: Atgard, h: DeluppdragLagtTill) -> bool:
    """Add a part of the work, once; quiet if it is known."""
    return _deluppdragets(a, h, DeluppdragetFinnsRedan)


def avsluta_deluppdrag(a: Atgard, h: DeluppdragAvslutat) -> bool:
    """Note that a part of the work is done, once; quiet if it is known."""
    return _deluppdragets(a, h, DeluppdragetArRedanAvslutat)


def _deluppdragets(a: Atgard, h: DeluppdragLagtTill | DeluppdragAvslutat, fel: type[Regelbrott]) -> bool:
    tidigare = next((x for x in a.deluppdrag if type(x) is type(h) and x.deluppdrag_id == h.deluppdrag_id), None)
    if tidigare is not None and tidigare != h:
        raise fel(deluppdrag=h.deluppdrag_id, datum=tidigare.datum)
    return tidigare is None


def andra(a: Atgard, h: FardiggradSatt | AtgardKommenterad) -> bool:
    """Note how far the work has come or how it goes; quiet if that day already ended so."""
    return ar_nytt_for_dagen(h, (x for x in a.ovriga if type(x) is type(h)))


# Invariants ----------------------------------------------------------------------------------------------------------


def granska(a: Atgard) -> None:
    """Refuse an åtgärd whose events do not lie where they belong in it."""
    senare = a.senare
    if a.identifierad is None:
        if senare:
            raise AtgardenSaknarBorjan(antal=len(senare))
        return
    for h in senare:
        if h.datum < a.identifierad.datum:
            raise HandelsenLiggerForeAtgarden(typ=h.typ, datum=h.datum, identifierad=a.identifierad.datum)
    _granska_arbetet(a)
    _granska_deluppdragen(a)
    _granska_effekterna(a)
    _granska_bedomningarna(a)
    if type(a.slut) is AtgardAvbruten:
        _granska_avbrottet(a, a.slut.datum)


def _granska_arbetet(a: Atgard) -> None:
    """Refuse results before the work began, and work after it ended."""
    slutford = a.slut if type(a.slut) is AtgardSlutford else None
    for resultat in (a.permanentad, slutford, *a.bedomda):
        if resultat is None:
            continue
        if a.paborjad is None:
            raise AtgardenHarIntePaborjats(typ=resultat.typ)
        if resultat.datum < a.paborjad.datum:
            raise AtgardenPaborjadesSenare(typ=resultat.typ, datum=resultat.datum, paborjad=a.paborjad.datum)
    if a.slut is None:
        return
    grader = [h for h in a.ovriga if type(h) is FardiggradSatt]
    for arbete in (a.paborjad, a.permanentad, *a.beslut, *a.deluppdrag, *grader):
        if arbete is not None and arbete.datum > a.slut.datum:
            raise HandelsenLiggerEfterAtgardensSlut(typ=arbete.typ, datum=arbete.datum, slut=a.slut.datum)


def _granska_deluppdragen(a: Atgard) -> None:
    tillagda = {h.deluppdrag_id: h.datum for h in a.deluppdrag if type(h) is DeluppdragLagtTill}
    for h in a.deluppdrag:
        if h.deluppdrag_id not in tillagda or h.datum < tillagda[h.deluppdrag_id]:
            raise DeluppdragetSaknas(deluppdrag=h.deluppdrag_id, datum=h.datum)


def _granska_effekterna(a: Atgard) -> None:
    """Refuse achieved effects before the decision, of days to come, and of the same days twice."""
    per_slag: dict[tuple[type[Handelse], str], list[Effektperiod]] = {}
    for uppnadd in a.uppnadda:
        per_slag.setdefault((EffektUppnadd, uppnadd.metod), []).append(uppnadd)
    for alternativ in a.alternativ:
        per_slag.setdefault((AlternativkostnadBeraknad, alternativ.enhet), []).append(alternativ)
    beslutad = min((b.datum for b in a.beslut), default=None)
    for (typ, slag), effekter in per_slag.items():
        if beslutad is None:
            raise EffektenSaknarBeslut(typ=typ.typ)
        effekter.sort(key=lambda h: h.fran)
        if effekter[0].fran < beslutad:
            raise EffektenLiggerForeBeslutet(fran=effekter[0].fran, beslutad=beslutad)
        for h in effekter:
            if h.period.sista_dag > h.datum:
                raise EffektperiodenHarInteTagitSlut(sista=h.period.sista_dag, datum=h.datum)
        for tidigare, h in pairwise(effekter):
            if h.fran < tidigare.till:
                raise EffektperiodernaOverlappar(period=h.period, annan=tidigare.period, slag=slag)


def _granska_bedomningarna(a: Atgard) -> None:
    hypoteser = Hypoteser(a.hypotetiska)
    for h in a.bedomda:
        if h.forkortade_dygn is None and hypoteser.slut(h) is None:
            raise HypotetisktSlutSaknas(fall=h.fall, datum=h.datum)


def _granska_avbrottet(a: Atgard, avbruten: date) -> None:
    """Refuse effects of days on which the åtgärd no longer was, and expectations of later years stated afterwards."""
    for h in (*a.uppnadda, *a.alternativ):
        if h.till > avbruten:
            raise EffektenLiggerEfterAvbrottet(sista=h.till - timedelta(days=1), avbruten=avbruten)
    vantade = [(h.datum, h.ar, h.belopp) for h in a.budgeterade]
    vantade += [(h.datum, h.ar, h.prognos_under_aret or h.beraknad_total or Decimal(0)) for h in a.beraknade]
    for datum, ar, belopp in vantade:
        if belopp and datum > avbruten and ar > avbruten.year:
            raise ForvantanLiggerEfterAvbrottet(avbruten=avbruten, ar=ar)
    for bedomning in a.bedomda:
        slut = bedomning.faktiskt_slut
        if bedomning.datum > avbruten and (slut is None or slut > avbruten):
            raise BedomningenLiggerEfterAvbrottet(avbruten=avbruten)


ATGARD: Aggregat[Atgard] = Aggregat(
    samling=Samling.ATGARDER,
    borjan=AtgardIdentifierad,
    tom=Atgard(),
    utveckla=utveckla,
    beslut={
        AtgardIdentifierad: identifiera,
        AtgardBeslutad: besluta_om,
        EffektBudgeterad: budgetera,
        EffektBeraknad: berakna,
        AtgardPaborjad: paborja,
        FardiggradSatt: andra,
        DeluppdragLagtTill: lagg_till_deluppdrag,
        DeluppdragAvslutat: avsluta_deluppdrag,
        SlutdatumHypotetiskt: anta_slutdatum,
        ArendeBedomt: bedom,
        AlternativkostnadBeraknad: faststall_effekt,
        EffektUppnadd: faststall_effekt,
        AtgardKommenterad: andra,
        AtgardPermanentad: permanenta,
        AtgardSlutford: avsluta,
        AtgardAvbruten: avsluta,
    },
    granska=granska,
)
