"""The oracle of providers: what a unit was on a day, its places, agreements and queue, and what was reported of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from domain.handelse import Handelse
from domain.utforare.handelser import (
    AbonnemangTecknat,
    AbonnemangUpphort,
    AvtalsvolymAvtalad,
    BelaggningRedovisad,
    EkonomiKontrollerad,
    KoStalld,
    KoUpphord,
    OrganisationAndrad,
    PlatserAndrade,
    PlatsforfraganAvbojd,
    RamavtalTecknat,
    RamavtalUpphort,
    ServiceinsatsRedovisad,
    TillstandKontrollerat,
    UppfoljningGjord,
    UpphandlingGenomford,
    UtforareAndrad,
    UtforareAvslutad,
    UtforareRegistrerad,
)
from tests.laws.orakel_fakta import Drag, Strommen, hexat, ordet, ore, tusendelar


def _borjan(s: Strommen) -> UtforareRegistrerad | None:
    return next(iter(s.av(UtforareRegistrerad)), None)


def _gemensamt(s: Strommen, borjan: UtforareRegistrerad) -> Drag:
    return {"kommun": borjan.kommun, "regi": ordet(borjan.regi), "utforare": s.id.hex}


def profilen(s: Strommen, borjan: UtforareRegistrerad, dag: date) -> Drag:
    """Return what a provider was on a day: each thing as last said."""
    profil: Drag = {"namn": borjan.namn, "slag": borjan.slag}
    for h in s.av(UtforareAndrad):
        if h.datum <= dag:
            profil |= {falt: varde for falt, varde in dict(h).items() if falt != "datum" and varde is not None}
    return profil


def star(s: Strommen, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield what stood at a provider on a day; agreements and queue outlive it, the rest does not."""
    borjan = _borjan(s)
    if borjan is None or dag < borjan.datum:
        return
    sedda = s.den(dag)
    rader = [*_avtal(sedda, dag), *_ko(sedda)]
    if not sedda.av(UtforareAvslutad):
        rader += [*_enheten(sedda, borjan, dag), *_platser(sedda), *_volym(sedda, dag)]
    for slag, drag in rader:
        yield slag, {**_gemensamt(s, borjan), **drag}


def _enheten(s: Strommen, borjan: UtforareRegistrerad, dag: date) -> Iterator[tuple[str, Drag]]:
    profil = profilen(s, borjan, dag)
    fran, till = profil.get("alder_fran"), profil.get("alder_till")
    granser = f"{'' if fran is None else fran}–{'' if till is None else till}"
    yield "utforare", {
        "enhet": profil["namn"], "underslag": ordet(profil["slag"]), "utfall": granser if granser != "–" else None,
        "malgrupp": ordet(profil.get("malgrupp")), "kon": ordet(profil.get("kon")),
    }  # fmt: skip
    for hemvist in s.av(OrganisationAndrad)[-1:]:
        drag = {"enhet": profil["namn"], "underslag": hemvist.overordnad, "utfall": hemvist.avdelning}
        yield "organisation", drag


def _platser(s: Strommen) -> Iterator[tuple[str, Drag]]:
    """Yield the places: of target groups or of the whole, whichever was said last, never both."""
    galler: dict[str | None, int] = {}
    for h in s.av(PlatserAndrade):
        if h.malgrupp is None:
            galler = {}
        galler.pop(None, None)
        galler[ordet(h.malgrupp)] = h.platser
    for malgrupp, platser in galler.items():
        yield "plats", {"malgrupp": malgrupp, "antal": tusendelar(platser)}


def _volym(s: Strommen, dag: date) -> Iterator[tuple[str, Drag]]:
    for h in s.av(AvtalsvolymAvtalad)[-1:]:
        if h.till is None or dag < h.till:
            yield "avtalsvolym", {"antal": tusendelar(h.dygn)}


def _avtal(s: Strommen, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield the agreements in force: signed, not run out, and not ended on a day after they began."""
    for h in s.av(RamavtalTecknat):
        slut = [x.datum for x in s.av(RamavtalUpphort) if x.omrade is h.omrade and x.datum > h.datum]
        if not slut and (h.till is None or dag < h.till):
            yield "ramavtal", {"insatsform": ordet(h.omrade)}
    for h in s.av(AbonnemangTecknat):
        slut = [x for x in s.av(AbonnemangUpphort) if x.abonnemang_id == h.abonnemang_id and x.datum > h.datum]
        if not slut and (h.till is None or dag < h.till):
            yield "abonnemang", {"antal": tusendelar(h.platser), "pris": ore(h.arskostnad), "prissort": "ar"}


def _ko(s: Strommen) -> Iterator[tuple[str, Drag]]:
    lamnat = [h.ko_id for h in s.av(KoUpphord)]
    for h in s.av(KoStalld):
        if h.ko_id not in lamnat:
            yield "ko", _koplatsen(h)


def _koplatsen(h: KoStalld) -> Drag:
    return {
        "person": hexat(h.person_id), "enhet": h.enhet, "malgrupp": ordet(h.malgrupp),
        "underslag": "familj" if h.familj else "person",
    }  # fmt: skip


def hande(s: Strommen) -> Iterator[tuple[str, date, Drag]]:
    """Yield what happened at a provider; what is reported of a period happened on its last day."""
    borjan = _borjan(s)
    if borjan is None:
        return
    for h in s.handelser:
        for slag, dag, drag in _punkter(s, h):
            yield slag, dag, {**_gemensamt(s, borjan), **drag}


def _punkter(s: Strommen, h: Any) -> Iterator[tuple[str, date, Drag]]:
    match h:
        case UppfoljningGjord():
            drag = {"underslag": ordet(h.omfattning), "insatsform": ordet(h.avtalsomrade)}
            yield "avtalsuppfoljning", h.datum, drag
            for omrade, betyg in h.omraden.items():
                yield h.typ, h.datum, {**drag, "utfall": omrade, "planerat": betyg}
        case ServiceinsatsRedovisad():
            drag = {"underslag": h.omrade, "insatsform": ordet(h.insatsform)}
            sist = h.till - timedelta(days=1)
            for slag, antal in (("servicedygn", h.dygn), ("servicepersoner", h.antal_personer)):
                if antal is not None:
                    yield slag, sist, {**drag, "antal": tusendelar(antal)}
        case KoStalld():
            yield h.typ, h.datum, _koplatsen(h)
        case KoUpphord():
            plats = next(plats for plats in s.av(KoStalld) if plats.ko_id == h.ko_id)
            yield h.typ, h.datum, {**_koplatsen(plats), "utfall": ordet(h.orsak)}
        case _ if type(h) in _DRAG:
            yield h.typ, h.datum, _DRAG[type(h)](h)


_DRAG: Mapping[type[Handelse], Callable[[Any], Drag]] = {
    UtforareAvslutad: lambda h: {"utfall": ordet(h.orsak)},
    UpphandlingGenomford: lambda h: {
        "insatsform": ordet(h.omrade), "underslag": ordet(h.forfarande), "utfall": ordet(h.orsak),
        "belopp": ore(h.varde) if h.varde is not None else None,
    },
    TillstandKontrollerat: lambda h: {"planerat": int(h.giltigt)},
    EkonomiKontrollerad: lambda h: {
        "utfall": "skatteskuld" if h.skatteskuld else "ingenSkatteskuld", "planerat": h.rating,
    },
    PlatsforfraganAvbojd: lambda h: {"arende": hexat(h.arende_id), "utfall": ordet(h.orsak)},
    BelaggningRedovisad: lambda h: {"malgrupp": ordet(h.malgrupp), "antal": tusendelar(h.dygn)},
}  # fmt: skip
