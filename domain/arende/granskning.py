"""Ärende: the invariants, asked of the state an event would lead to, whatever order its events were recorded in.

A case holds several things that begin, go on and end (intakes, investigations, decisions, services, appeals). They
obey the same rules, so each is a row of ``FOLJDER`` that names its event types and its refusals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.arende import nekanden as n
from domain.arende.handelser import (
    AktualiseringInkommen,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    AvvikelseRapporterad,
    BeslutAndrat,
    BeslutFattat,
    BeslutOverklagat,
    BeslutUpphort,
    BeslutVerkstallt,
    ErbjudandeAvbojt,
    ForfraganAvbojd,
    ForhandsbedomningAvslutad,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
    InsatsuppfoljningGjord,
    OverklagandeAvgjort,
    SkyddsbedomningGjord,
    UtredningAvslutad,
    UtredningForlangd,
    UtredningPaborjad,
    UtredningslagrumAndrat,
    VerkstallighetAvbruten,
)
from domain.arende.tillstand import AVSLUT_OCH_OPPNING, Arende
from domain.fel import Regelbrott
from domain.handelse import Handelse

Efter_typ = Mapping[type[Handelse], Sequence[Any]]

AVEN_I_AVSLUTAT = frozenset(
    (BeslutOverklagat, OverklagandeAvgjort, InsatsuppfoljningGjord, AvvikelseRapporterad, ArendeAteroppnat)
)
"""What may happen in a closed case: an appeal takes its course, and some events look back."""

GER_NAGOT = (BeslutVerkstallt, VerkstallighetAvbruten, ErbjudandeAvbojt, ForfraganAvbojd, InsatsPaborjad)
"""What presupposes a decision that grants something."""


class Foljd(NamedTuple):
    """One kind of thing in a case, and by which names is refused what does not lie within one.

    Attributes:
        falt: the field that holds its id.
        borjan: the event types that begin one.
        inre: those that happen in it.
        slut: those that end it.
        aven_efter: which of the inner ones may come after the end.
        upptaget: refuses a beginning whose id is taken.
        finns_inte: refuses what speaks of one that has not begun; None where nothing does.
        fore: refuses what lies before the beginning.
        redan_slut: refuses a second end.
        efter: refuses what lies after the end; not given where all may.
    """

    falt: str
    borjan: tuple[type[Handelse], ...]
    inre: tuple[type[Handelse], ...]
    slut: tuple[type[Handelse], ...]
    aven_efter: tuple[type[Handelse], ...]
    upptaget: type[Regelbrott]
    finns_inte: type[Regelbrott] | None = None
    fore: type[Regelbrott] = Regelbrott
    redan_slut: type[Regelbrott] = Regelbrott
    efter: type[Regelbrott] = Regelbrott


FOLJDER = (
    Foljd(
        falt="aktualisering_id",
        borjan=(ArendeAktualiserat, AktualiseringInkommen),
        inre=(SkyddsbedomningGjord,),
        slut=(ForhandsbedomningAvslutad,),
        aven_efter=(SkyddsbedomningGjord,),
        upptaget=n.AktualiseringensIdArUpptaget,
        finns_inte=n.AktualiseringenFinnsInte,
        fore=n.BedomningenLiggerForeAktualiseringen,
        redan_slut=n.ForhandsbedomningenArRedanAvslutad,
    ),
    Foljd(
        falt="utredning_id",
        borjan=(UtredningPaborjad,),
        inre=(UtredningForlangd, UtredningslagrumAndrat),
        slut=(UtredningAvslutad,),
        aven_efter=(),
        upptaget=n.UtredningensIdArUpptaget,
        finns_inte=n.UtredningenFinnsInte,
        fore=n.HandelsenLiggerForeUtredningen,
        redan_slut=n.UtredningenArRedanAvslutad,
        efter=n.HandelsenLiggerEfterUtredningen,
    ),
    Foljd(
        falt="beslut_id",
        borjan=(BeslutFattat,),
        inre=(BeslutAndrat, BeslutOverklagat, *GER_NAGOT),
        slut=(BeslutUpphort,),
        aven_efter=(BeslutOverklagat,),
        upptaget=n.BeslutetsIdArUpptaget,
        finns_inte=n.BeslutetFinnsInte,
        fore=n.HandelsenLiggerForeBeslutet,
        redan_slut=n.BeslutetHarRedanUpphort,
        efter=n.HandelsenLiggerEfterBeslutet,
    ),
    Foljd(
        falt="overklagande_id",
        borjan=(BeslutOverklagat,),
        inre=(),
        slut=(OverklagandeAvgjort,),
        aven_efter=(),
        upptaget=n.OverklagandetsIdArUpptaget,
        finns_inte=n.OverklagandetFinnsInte,
        fore=n.AvgorandetLiggerForeOverklagandet,
        redan_slut=n.OverklagandetArRedanAvgjort,
    ),
    Foljd(
        falt="insats_id",
        borjan=(InsatsPaborjad,),
        inre=(InsatsPausad, InsatsAterupptagen, InsatsuppfoljningGjord),
        slut=(InsatsAvslutad,),
        aven_efter=(InsatsuppfoljningGjord,),
        upptaget=n.InsatsensIdArUpptaget,
        finns_inte=n.InsatsenFinnsInte,
        fore=n.HandelsenLiggerForeInsatsen,
        redan_slut=n.InsatsenArRedanAvslutad,
        efter=n.HandelsenLiggerEfterInsatsen,
    ),
    Foljd(
        falt="avvikelse_id",
        borjan=(AvvikelseRapporterad,),
        inre=(),
        slut=(),
        aven_efter=(),
        upptaget=n.AvvikelsensIdArUpptaget,
    ),
)
"""The things of a case."""

_FOLJDER_MED: Mapping[type[Handelse], Sequence[tuple[Foljd, frozenset[type[Handelse]]]]] = {
    typ: [(f, typer) for f in FOLJDER if typ in (typer := frozenset((*f.borjan, *f.inre, *f.slut)))]
    for typ in {typ for f in FOLJDER for typ in (*f.borjan, *f.inre, *f.slut)}
}
"""The kinds of thing that an event type is part of, each with all its event types."""


def granska(a: Arende) -> None:
    """Refuse a case whose events do not lie within it, or within the thing of the case they speak of."""
    if a.borjan is None:
        if a.inre:
            raise n.ArendetSaknarBorjan(antal=len(a.inre))
        return
    for h in a.inre:
        if h.datum < a.borjan.datum:
            raise n.HandelsenLiggerForeAktualiseringen(typ=h.typ, datum=h.datum, borjan=a.borjan.datum)
    efter_typ = _efter_typ((a.borjan, *a.inre))
    for foljd in FOLJDER:
        _granska_foljd(foljd, efter_typ)
    _granska_bifall(efter_typ)
    if ArendeAvslutat in efter_typ:
        _granska_avslutat(a.inre, a.inre)


def granska_ny(a: Arende, h: Handelse) -> None:
    """Refuse an event after which ``granska`` would refuse the case, where it does not refuse it before.

    What can break a rule then is the event itself, or what happened to the thing it speaks of.
    """
    if a.borjan is None:
        return
    if h.datum < a.borjan.datum:
        raise n.HandelsenLiggerForeAktualiseringen(typ=h.typ, datum=h.datum, borjan=a.borjan.datum)
    typ = type(h)
    for foljd, typer in _FOLJDER_MED.get(typ, ()):
        nyckel = getattr(h, foljd.falt)
        if nyckel is not None:
            egna = [x for x in (a.borjan, *a.inre) if type(x) in typer and getattr(x, foljd.falt) == nyckel]
            _granska_foljd(foljd, _efter_typ((*egna, h)))
    if typ in GER_NAGOT:
        _granska_bifall(_efter_typ((*(x for x in a.inre if type(x) is BeslutFattat), h)))
    if typ is ArendeAvslutat:
        efter = (*a.inre, h)
        _granska_avslutat(efter, [x for x in efter if x.datum >= h.datum])
    elif typ not in AVEN_I_AVSLUTAT and any(type(x) is ArendeAvslutat for x in a.inre):
        _granska_avslutat(a.inre, (h,))


def _efter_typ(handelser: Iterable[Handelse]) -> Efter_typ:
    efter_typ: dict[type[Handelse], list[Handelse]] = {}
    for h in handelser:
        efter_typ.setdefault(type(h), []).append(h)
    return efter_typ


def _av(efter_typ: Efter_typ, typer: Iterable[type[Handelse]]) -> list[Any]:
    return [h for typ in typer for h in efter_typ.get(typ, ())]


def _granska_foljd(f: Foljd, efter_typ: Efter_typ) -> None:
    borjor: dict[UUID, Handelse] = {}
    for h in _av(efter_typ, f.borjan):
        nyckel = getattr(h, f.falt)
        if nyckel is None:
            continue
        if nyckel in borjor:
            raise f.upptaget(id=nyckel, datum=borjor[nyckel].datum)
        borjor[nyckel] = h
    if f.finns_inte is None:
        return
    slut: dict[UUID, date] = {}
    for h in _av(efter_typ, f.slut):
        nyckel = _inom(f, f.finns_inte, borjor, h)
        if nyckel in slut:
            raise f.redan_slut(slut=slut[nyckel])
        if nyckel is not None:
            slut[nyckel] = h.datum
    for h in _av(efter_typ, f.inre):
        nyckel = _inom(f, f.finns_inte, borjor, h)
        if nyckel in slut and h.datum > slut[nyckel] and type(h) not in f.aven_efter:
            raise f.efter(typ=h.typ, datum=h.datum, slut=slut[nyckel])


def _inom(f: Foljd, finns_inte: type[Regelbrott], borjor: Mapping[UUID, Handelse], h: Handelse) -> UUID | None:
    """Return the id of the thing an event speaks of, if it speaks of one; refuse one that had not begun."""
    nyckel: UUID | None = getattr(h, f.falt)
    if nyckel is None:
        return None
    borjan = borjor.get(nyckel)
    if borjan is None:
        raise finns_inte(id=nyckel)
    if h.datum < borjan.datum:
        raise f.fore(typ=h.typ, datum=h.datum, borjan=borjan.datum)
    return nyckel


def _granska_bifall(efter_typ: Efter_typ) -> None:
    avslag = {beslut.beslut_id for beslut in efter_typ.get(BeslutFattat, ()) if not beslut.bifall}
    if not avslag:
        return
    for h in _av(efter_typ, GER_NAGOT):
        if h.beslut_id in avslag:
            raise n.BeslutetBeviljarIngenting(id=h.beslut_id, typ=h.typ)


def _granska_avslutat(inre: Iterable[Handelse], handelser: Iterable[Handelse]) -> None:
    """Refuse those events that lie after a closing and before the next reopening; the day of the closing is still open.

    Args:
        inre: all that happened in the case, in the order of the log.
        handelser: the events to refuse.
    """
    vandningar = sorted((h for h in inre if type(h) in AVSLUT_OCH_OPPNING), key=lambda h: h.datum)
    oppnat = {h.datum for h in vandningar if type(h) is ArendeAteroppnat}
    for h in handelser:
        if type(h) in AVEN_I_AVSLUTAT or h.datum in oppnat:
            continue
        fore = [vandning for vandning in vandningar if vandning.datum < h.datum]
        if fore and type(fore[-1]) is ArendeAvslutat:
            raise n.ArendetArAvslutat(typ=h.typ, datum=h.datum, slut=fore[-1].datum)
