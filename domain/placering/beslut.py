"""Placering: what is refused, what is already known, and what is recorded."""

from __future__ import annotations

from datetime import date

from domain.aggregat import Aggregat, ar_nytt_for_dagen
from domain.begrepp import (
    Avtalsform,
    Direktupphandlingsorsak,
    Regi,
    Samling,
)
from domain.fel import Regelbrott
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse
from domain.placering.handelser import (
    AvtalsformAndrad,
    BetalningsansvarOverlamnat,
    BetalningsansvarOvertaget,
    FranvaroRegistrerad,
    HalsoundersokningGjord,
    HemtagningPaborjad,
    InsatsUtvarderad,
    LagrumAndrat,
    OmprovningGjord,
    OvervagandeGjort,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PlaceringsslagAndrat,
    PlaneratSlutAndrat,
    PrisAndrat,
    VardplanUpprattad,
)
from domain.placering.tillstand import Placering, utveckla

_ANSVAR = frozenset((BetalningsansvarOverlamnat, BetalningsansvarOvertaget))


# Refusals ------------------------------------------------------------------------------------------------------------


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
    """Nothing happens in a stay after its last day, except evaluation."""

    mall = "{typ} den {datum} ligger efter placeringens sista dag {slut}."
    falt = "datum"


class PlaceringenSaknarBorjan(Regelbrott):
    """The beginning cannot be annulled while later events rest on it."""

    mall = "Placeringens början kan inte makuleras så länge {antal} senare händelser står kvar. Makulera dem först."
    falt = "rattar"


# Decisions -----------------------------------------------------------------------------------------------------------


def paborja(_: Placering, h: PlaceringPaborjad) -> bool:
    """Begin a stay: the form has care days, and how it was bought agrees with who gives it."""
    if not h.insatsform.har_vardygn:
        raise InsatsformenSaknarVardygn(insatsform=h.insatsform)
    _granska_orsak(h)
    _granska_regi(h.avtalsform, h.regi)
    if h.omplacering is not None and h.foregaende_placering_id is None:
        raise OmplaceringUtanForegaende
    if h.fodelsear > h.datum.year:
        raise FodelsearEfterPlaceringen(fodelsear=h.fodelsear, datum=h.datum)
    return True


def _granska_orsak(h: PlaceringPaborjad | AvtalsformAndrad) -> None:
    direkt = h.avtalsform is Avtalsform.DIREKTUPPHANDLING
    if direkt and h.direktupphandlingsorsak is None:
        raise DirektupphandlingUtanOrsak(tillatna=", ".join(Direktupphandlingsorsak))
    if h.direktupphandlingsorsak is not None and not direkt:
        raise OrsakUtanDirektupphandling(avtalsform=h.avtalsform)


def _granska_regi(avtalsform: Avtalsform, regi: Regi) -> None:
    if (avtalsform is Avtalsform.EGEN_REGI and regi is not Regi.EGEN) or (
        avtalsform is Avtalsform.DIREKTUPPHANDLING and regi is Regi.EGEN
    ):
        raise AvtalsformenMotsagerRegin(avtalsform=avtalsform, regi=regi)


def andra(p: Placering, h: Handelse) -> bool:
    """Change something from a day on, or note what was done on it; quiet if that day already ended so."""
    return ar_nytt_for_dagen(h, (inre for inre in p.inre if type(inre) is type(h)))


def notera(p: Placering, h: Handelse) -> bool:
    """Note something of which there may be several on a day; quiet only if just this one is known."""
    return h not in p.inre


def andra_avtalsform(p: Placering, h: AvtalsformAndrad) -> bool:
    """Change how the stay is bought; a direct procurement has its reason, and nothing else has one."""
    _granska_orsak(h)
    return andra(p, h)


def flytta_ansvar(p: Placering, h: BetalningsansvarOverlamnat | BetalningsansvarOvertaget) -> bool:
    """Let another pay, or the board again; quiet if that day already ended so, whichever of the two came last."""
    return ar_nytt_for_dagen(h, (inre for inre in p.inre if type(inre) in _ANSVAR))


def avsluta(p: Placering, h: PlaceringAvslutad) -> bool:
    """End a stay, once; quiet if it is already ended in the same way on the same day."""
    if p.avslut == h:
        return False
    if p.avslut is not None:
        raise PlaceringenArRedanAvslutad(slut=p.avslut.datum)
    return True


# Invariants ----------------------------------------------------------------------------------------------------------


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
        if type(h) is AvtalsformAndrad:
            _granska_regi(h.avtalsform, borjan.regi)


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
        PlaceringsslagAndrat: andra,
        AvtalsformAndrad: andra_avtalsform,
        BetalningsansvarOverlamnat: flytta_ansvar,
        BetalningsansvarOvertaget: flytta_ansvar,
        FranvaroRegistrerad: andra,
        OvervagandeGjort: andra,
        OmprovningGjord: andra,
        HalsoundersokningGjord: notera,
        VardplanUpprattad: notera,
        HemtagningPaborjad: notera,
        PlaceringAvslutad: avsluta,
        InsatsUtvarderad: andra,
    },
    granska=granska,
)
