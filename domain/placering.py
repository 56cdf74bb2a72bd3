"""Placering: one person, one provider, one form of care, one unbroken stay.

Events, state, evolve, decisions – in that order. The events' names and fields are the storage format.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, model_validator

from domain.aggregat import Aggregat
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
    Prissort,
    Regi,
    Samling,
)
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Begreppsdata, Dag, Handelse, Kommunkod
from domain.pengar import Pris as Belopp

# Events ---------------------------------------------------------------------------------------------------------


class Pris(Begreppsdata):
    """A price: kronor per day, or per month (a fee spread over the days of each month)."""

    sort: Prissort
    belopp: Belopp


class PlaceringPaborjad(Handelse, typ="placering.paborjad"):
    """The person moved in; ``datum`` is the first day. No price means it is not yet known, not that it is free."""

    kommun: Kommunkod
    arende_id: UUID
    person_id: UUID
    malgrupp: Malgrupp
    kon: Kon
    fodelsear: Annotated[StrictInt, Field(ge=1880, le=2200)]
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


class PrisAndrat(Handelse, typ="pris.andrat"):
    """From ``datum`` the stay costs this."""

    pris: Pris


class PlaneratSlutAndrat(Handelse, typ="planeratSlut.andrat"):
    """On ``datum`` the planned last day was changed (or, if absent, withdrawn). A plan moves no care day."""

    planerat_slut: Dag | None = None


class LagrumAndrat(Handelse, typ="lagrum.andrat"):
    """From ``datum`` the stay rests on another act."""

    lagrum: Lagrum


class MalgruppAndrad(Handelse, typ="malgrupp.andrad"):
    """From ``datum`` the person is counted in another target group (age, citizenship)."""

    malgrupp: Malgrupp


class FranvaroRegistrerad(Handelse, typ="franvaro.registrerad"):
    """The person was away from ``fran`` (which is ``datum``) until ``till``, the day of return, not itself away.

    A stay may end while the person is away; the absence then ends with it.
    """

    fran: Dag
    till: Dag
    betald: StrictBool

    @model_validator(mode="after")
    def _inte_bakvand(self) -> Self:
        if self.till <= self.fran:
            msg = "till (återkomstdagen) ska vara efter fran"
            raise ValueError(msg)
        return self


class OvervagandeGjort(Handelse, typ="overvagande.gjort"):
    """The board considered whether care is still needed (SoL 22:13, LVU 13 §)."""


class OmprovningGjord(Handelse, typ="omprovning.gjord"):
    """The board tried anew whether care shall cease (LVU 13 § second paragraph)."""


class PlaceringAvslutad(Handelse, typ="placering.avslutad"):
    """The person moved out; ``datum`` is the day of discharge."""

    planerat: StrictBool
    orsak: Avslutsorsak


class InsatsUtvarderad(Handelse, typ="insats.utvarderad"):
    """How it went, judged when the stay was over or near its end."""

    mal_uppnadda: Maluppfyllelse
    arbetade_med_problematiken: StrictBool


# State ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placering:
    """What is known of a stay: its two ends, what is in force last, and which events lie inside it.

    Attributes:
        borjan: the event that began it.
        avslut: the event that ended it, if it has ended.
        inre: all other effective events, in the order they took effect.
    """

    borjan: PlaceringPaborjad | None = None
    avslut: PlaceringAvslutad | None = None
    inre: tuple[Handelse, ...] = ()


# Evolve ---------------------------------------------------------------------------------------------------------


def utveckla(p: Placering, h: Handelse) -> Placering:
    """Return the state after an event; never refuses."""
    # Made outright and told by type: ``replace`` and isinstance (abstract classes) cost four times as much.
    if type(h) is PlaceringPaborjad:
        return Placering(h, p.avslut, p.inre)
    if type(h) is PlaceringAvslutad:
        return Placering(p.borjan, h, p.inre)
    return Placering(p.borjan, p.avslut, (*p.inre, h))


# Decisions ------------------------------------------------------------------------------------------------------


class InsatsformenSaknarVardygn(Regelbrott):
    """Only forms with care days are stays; the others are services in the case."""

    mall = "Insatsformen {insatsform} har inga vårddygn och kan inte vara en placering."
    falt = "insatsform"


class DirektupphandlingUtanOrsak(Regelbrott):
    """A direct procurement states why."""

    mall = "Avtalsformen direktupphandling kräver direktupphandlingsorsak ({tillatna})."
    falt = "direktupphandlingsorsak"


class OrsakUtanDirektupphandling(Regelbrott):
    """Only a direct procurement has that reason."""

    mall = "Fältet direktupphandlingsorsak hör bara ihop med avtalsformen direktupphandling, inte {avtalsform}."
    falt = "direktupphandlingsorsak"


class AvtalsformenMotsagerRegin(Regelbrott):
    """The municipality does not buy from itself."""

    mall = "Avtalsformen {avtalsform} går inte ihop med regin {regi}."
    falt = "avtalsform"


class OmplaceringUtanForegaende(Regelbrott):
    """A move comes from somewhere."""

    mall = "Fältet omplacering kräver foregaendePlaceringId."
    falt = "foregaendePlaceringId"


class PlaneratSlutForeBorjan(Regelbrott):
    """A plan does not end before it begins."""

    mall = "Planerat slut ({planerat_slut}) ligger före placeringens första dag ({borjan})."
    falt = "planeratSlut"


class FodelsearEfterPlaceringen(Regelbrott):
    """Nobody is placed before being born."""

    mall = "Födelseåret {fodelsear} ligger efter placeringens första dag ({datum})."
    falt = "fodelsear"


class PlaceringenArRedanAvslutad(Regelbrott):
    """A stay ends once; a wrong last day is corrected, not recorded again."""

    mall = "Placeringen avslutades {slut}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "datum"


class PlaceringenSlutarForeSinBorjan(Regelbrott):
    """A stay ends on or after its first day."""

    mall = "Placeringen kan inte avslutas {slut}: den påbörjades {borjan}."
    falt = "datum"


class HandelsenLiggerForePlaceringen(Regelbrott):
    """Nothing happens in a stay before its first day."""

    mall = "{typ} den {datum} ligger före placeringens första dag {borjan}."
    falt = "datum"


class HandelsenLiggerEfterPlaceringen(Regelbrott):
    """Nothing happens in a stay after its last day, except evaluation and correction."""

    mall = "{typ} den {datum} ligger efter placeringens sista dag {slut}."
    falt = "datum"


class PlaceringenSaknarBorjan(Regelbrott):
    """The beginning cannot be annulled while later events rest on it."""

    mall = "Placeringens början kan inte makuleras så länge {antal} senare händelser står kvar. Makulera dem först."
    falt = "rattar"


def paborja(_: Placering, h: PlaceringPaborjad) -> bool:
    """Begin a stay: the form has care days, and how it was bought agrees with who gives it."""
    if not h.insatsform.har_vardygn:
        raise InsatsformenSaknarVardygn(insatsform=h.insatsform)
    direkt = h.avtalsform is Avtalsform.DIREKTUPPHANDLING
    if direkt and h.direktupphandlingsorsak is None:
        raise DirektupphandlingUtanOrsak(tillatna=", ".join(Direktupphandlingsorsak))
    if h.direktupphandlingsorsak is not None and not direkt:
        raise OrsakUtanDirektupphandling(avtalsform=h.avtalsform)
    egen_regi = h.avtalsform is Avtalsform.EGEN_REGI
    if (egen_regi and h.regi is not Regi.EGEN) or (direkt and h.regi is Regi.EGEN):
        raise AvtalsformenMotsagerRegin(avtalsform=h.avtalsform, regi=h.regi)
    if h.omplacering is not None and h.foregaende_placering_id is None:
        raise OmplaceringUtanForegaende
    if h.fodelsear > h.datum.year:
        raise FodelsearEfterPlaceringen(fodelsear=h.fodelsear, datum=h.datum)
    return True


def andra(p: Placering, h: Handelse) -> bool:
    """Change something from a day on, or note what was done on it; quiet if that day already ended so."""
    samma_dag = [inre for inre in p.inre if type(inre) is type(h) and inre.datum == h.datum]
    return not samma_dag or samma_dag[-1] != h


def registrera_franvaro(p: Placering, h: FranvaroRegistrerad) -> bool:
    """Record an absence; it takes effect on its first day."""
    if h.fran != h.datum:
        raise DatumArInteVerkansdag(namn="fran", varde=h.fran, datum=h.datum)
    return andra(p, h)


def avsluta(p: Placering, h: PlaceringAvslutad) -> bool:
    """End a stay, once; quiet if it is already ended in the same way on the same day."""
    if p.avslut == h:
        return False
    if p.avslut is not None:
        raise PlaceringenArRedanAvslutad(slut=p.avslut.datum)
    return True


def granska(p: Placering) -> None:
    """Refuse a stay whose events do not lie within it."""
    borjan, avslut = p.borjan, p.avslut
    if borjan is None:
        if p.inre or avslut:
            raise PlaceringenSaknarBorjan(antal=len(p.inre) + (avslut is not None))
        return
    if borjan.planerat_slut is not None and borjan.planerat_slut < borjan.datum:
        raise PlaneratSlutForeBorjan(planerat_slut=borjan.planerat_slut, borjan=borjan.datum)
    if avslut is not None and avslut.datum < borjan.datum:
        raise PlaceringenSlutarForeSinBorjan(slut=avslut.datum, borjan=borjan.datum)
    for h in p.inre:
        _granska_inre(h, borjan.datum, avslut.datum if avslut else None)


def _granska_inre(h: Handelse, borjan: date, slut: date | None) -> None:
    if h.datum < borjan:
        raise HandelsenLiggerForePlaceringen(typ=h.typ, datum=h.datum, borjan=borjan)
    if isinstance(h, PlaneratSlutAndrat) and h.planerat_slut is not None and h.planerat_slut < borjan:
        raise PlaneratSlutForeBorjan(planerat_slut=h.planerat_slut, borjan=borjan)
    if slut is None or isinstance(h, InsatsUtvarderad):
        return
    if h.datum > slut:
        raise HandelsenLiggerEfterPlaceringen(typ=h.typ, datum=h.datum, slut=slut)


PLACERING: Aggregat[Placering] = Aggregat(
    samling=Samling.PLACERINGAR,
    borjan=PlaceringPaborjad,
    tom=Placering(),
    utveckla=utveckla,
    beslut={
        PlaceringPaborjad: paborja,
        PrisAndrat: andra,
        PlaneratSlutAndrat: andra,
        LagrumAndrat: andra,
        MalgruppAndrad: andra,
        FranvaroRegistrerad: registrera_franvaro,
        OvervagandeGjort: andra,
        OmprovningGjord: andra,
        PlaceringAvslutad: avsluta,
        InsatsUtvarderad: andra,
    },
    granska=granska,
)
