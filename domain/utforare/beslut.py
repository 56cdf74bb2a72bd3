"""Utförare: what is refused, what is already known, and what is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from domain.aggregat import Aggregat, ar_nytt_for_dagen
from domain.begrepp import Direktupphandlingsorsak, Samling
from domain.fel import Regelbrott
from domain.handelse import Handelse
from domain.utforare.begrepp import Upphandlingsforfarande
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
from domain.utforare.tillstand import Utforare, utveckla

FAR_SKE_EFTER_SLUTET = frozenset((RamavtalUpphort, AbonnemangUpphort, KoUpphord, UppfoljningGjord))
"""What outlives a provider: agreements and queues are wound up, and a contract is followed up, after it closed."""

# Refusals ------------------------------------------------------------------------------------------------------------


class UtforarenVarInteRegistrerad(Regelbrott):
    """Nothing is recorded of a provider before the day it became known."""

    mall = "{typ} den {datum} ligger före dagen då utföraren registrerades ({registrerad})."
    falt = "datum"


class UtforarenSaknarRegistrering(Regelbrott):
    """The registration cannot be annulled while anything rests on it."""

    mall = "Registreringen kan inte makuleras så länge {antal} andra händelser om utföraren står kvar."
    falt = "rattar"


class AvtaletSlutarForeSinBorjan(Regelbrott):
    """An agreement ends after it begins."""

    mall = "Avtalet kan inte sluta {till}: det börjar {datum}."
    falt = "till"


class RamavtalSaknas(Regelbrott):
    """Only an agreement in force can cease."""

    mall = "Det finns inget ramavtal för {omrade} som gäller den {datum}."
    falt = "omrade"


class AbonnemangSaknas(Regelbrott):
    """Only a subscription in force can cease."""

    mall = "Det finns inget abonnemang som gäller den {datum} och kan upphöra (abonnemangId: {abonnemang_id})."
    falt = "abonnemangId"


class AbonnemangetArRedanTecknat(Regelbrott):
    """An id names one subscription."""

    mall = "Abonnemanget {abonnemang_id} är redan tecknat. Är uppgiften fel ska den rättas (rattar)."
    falt = "abonnemangId"


class UtforarenArRedanAvslutad(Regelbrott):
    """A provider is closed once; a wrong day is corrected, not recorded again."""

    mall = "Utföraren avslutades {slut}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "datum"


class HandelsenLiggerEfterUtforarensSlut(Regelbrott):
    """Nothing happens at a closed provider but what winds up agreements and queues, and follow-up."""

    mall = "{typ} den {datum} ligger efter dagen då utföraren avslutades ({slut})."
    falt = "datum"


class AldersgransernaArOmvanda(Regelbrott):
    """The lowest age received is not above the highest."""

    mall = "Från {datum} skulle lägsta ålder ({alder_fran}) vara högre än högsta ålder ({alder_till})."
    falt = "alderTill"


class KoplatsenArRedanStalld(Regelbrott):
    """An id names one place in the queue."""

    mall = "Köplatsen {ko_id} är redan registrerad. Är uppgiften fel ska den rättas (rattar)."
    falt = "koId"


class KoplatsenSaknas(Regelbrott):
    """Only who stands in the queue can leave it."""

    mall = "Det finns ingen köplats {ko_id} som kan upphöra den {datum}."
    falt = "koId"


class KoplatsenHarRedanUpphort(Regelbrott):
    """A place in the queue ends once."""

    mall = "Köplatsen {ko_id} upphörde {slut}. Är dagen fel ska den händelsen rättas (rattar)."
    falt = "koId"


class DirektupphandlingenSaknarOrsak(Regelbrott):
    """A direct procurement states why."""

    mall = "Förfarandet direktupphandling kräver orsak ({tillatna})."
    falt = "orsak"


class OrsakenHorTillDirektupphandling(Regelbrott):
    """Only a direct procurement has that reason."""

    mall = "Fältet orsak hör bara ihop med förfarandet direktupphandling, inte {forfarande}."
    falt = "orsak"


class BelaggningenHorTillAnnanManad(Regelbrott):
    """A month's figure was counted in that month."""

    mall = "Datum {datum} ligger inte i den månad som redovisas ({manad}). Ange månadens sista dag."
    falt = "datum"


class BelaggningenArRedanRedovisad(Regelbrott):
    """A month is reported once, in all or per target group, so that no day is counted twice."""

    mall = "Beläggningen för {manad} är redan redovisad. Är uppgiften fel ska den rättas (rattar)."
    falt = "manad"


class ServiceinsatsenArRedanRedovisad(Regelbrott):
    """Periods of the same service do not overlap, so that nobody is counted twice."""

    mall = "Serviceinsatsen är redan redovisad från {fran} till (inte med) {till}. Är det fel ska det rättas (rattar)."
    falt = "till"


# Decisions -----------------------------------------------------------------------------------------------------------


def registrera(_: Utforare, __: UtforareRegistrerad) -> bool:
    """Register a provider; the stream begins with it."""
    return True


def avsluta(u: Utforare, h: UtforareAvslutad) -> bool:
    """Close a provider, once; quiet if it is already closed in the same way on the same day."""
    if u.avslut == h:
        return False
    if u.avslut is not None:
        raise UtforarenArRedanAvslutad(slut=u.avslut.datum)
    return True


def andra(u: Utforare, h: Handelse) -> bool:
    """Change something from a day on, or record a check; quiet if that day already ended so."""
    return ar_nytt_for_dagen(h, (inre for inre in u.inre if type(inre) is type(h)))


def andra_platser(u: Utforare, h: PlatserAndrade) -> bool:
    """Change the places of a target group or of the whole; quiet if that day already ended so for it.

    What is said of the whole also speaks of every target group, and the other way round.
    """

    def samma_platser(inre: Handelse) -> bool:
        return type(inre) is PlatserAndrade and (h.malgrupp is None or inre.malgrupp in (h.malgrupp, None))

    return ar_nytt_for_dagen(h, filter(samma_platser, u.inre))


def notera(u: Utforare, h: Handelse) -> bool:
    """Record something of which there may be several on a day; quiet only if just this one is known."""
    return h not in u.inre


def teckna(u: Utforare, h: RamavtalTecknat | AbonnemangTecknat | AvtalsvolymAvtalad) -> bool:
    """Sign an agreement; several may be signed the same day, so quiet only if just this one is known."""
    if h.till is not None and h.till <= h.datum:
        raise AvtaletSlutarForeSinBorjan(till=h.till, datum=h.datum)
    return h not in u.inre


def teckna_abonnemang(u: Utforare, h: AbonnemangTecknat) -> bool:
    """Sign a subscription; an id names one."""
    nytt = teckna(u, h)
    tagna = [inre.abonnemang_id for inre in u.inre if type(inre) is AbonnemangTecknat]
    if nytt and h.abonnemang_id is not None and h.abonnemang_id in tagna:
        raise AbonnemangetArRedanTecknat(abonnemang_id=h.abonnemang_id)
    return nytt


def avtala_volym(u: Utforare, h: AvtalsvolymAvtalad) -> bool:
    """Agree on a volume from a day on; quiet if that day already ended so."""
    teckna(u, h)
    return andra(u, h)


def upphor(u: Utforare, h: RamavtalUpphort) -> bool:
    """End a framework agreement that is in force."""
    if h in u.inre:
        return False
    avtal = [a for a in u.inre if type(a) is RamavtalTecknat and a.omrade is h.omrade]
    slut = [a for a in u.inre if type(a) is RamavtalUpphort and a.omrade is h.omrade]
    if not _nagot_galler(avtal, slut, h):
        raise RamavtalSaknas(omrade=h.omrade, datum=h.datum)
    return True


def upphor_abonnemang(u: Utforare, h: AbonnemangUpphort) -> bool:
    """End a subscription that is in force."""
    if h in u.inre:
        return False
    avtal = [a for a in u.inre if type(a) is AbonnemangTecknat and a.abonnemang_id == h.abonnemang_id]
    slut = [a for a in u.inre if type(a) is AbonnemangUpphort and a.abonnemang_id == h.abonnemang_id]
    if not _nagot_galler(avtal, slut, h):
        raise AbonnemangSaknas(datum=h.datum, abonnemang_id=h.abonnemang_id or "saknas")
    return True


def _nagot_galler(avtal: Sequence[RamavtalTecknat | AbonnemangTecknat], slut: Sequence[Handelse], h: Handelse) -> bool:
    """Return whether any of the agreements begun before a day is in force up to it."""
    return any(
        a.datum < h.datum
        and (a.till is None or a.till >= h.datum)
        and not any(a.datum < upphort.datum <= h.datum for upphort in slut)
        for a in avtal
    )


def genomfor_upphandling(u: Utforare, h: UpphandlingGenomford) -> bool:
    """Record a procurement; a direct one has its reason, and nothing else has one."""
    direkt = h.forfarande is Upphandlingsforfarande.DIREKTUPPHANDLING
    if direkt and h.orsak is None:
        raise DirektupphandlingenSaknarOrsak(tillatna=", ".join(Direktupphandlingsorsak))
    if h.orsak is not None and not direkt:
        raise OrsakenHorTillDirektupphandling(forfarande=h.forfarande)
    return notera(u, h)


def stall_i_ko(u: Utforare, h: KoStalld) -> bool:
    """Put somebody in the queue; an id names one place in it."""
    if h in u.inre:
        return False
    if any(type(inre) is KoStalld and inre.ko_id == h.ko_id for inre in u.inre):
        raise KoplatsenArRedanStalld(ko_id=h.ko_id)
    return True


def lamna_ko(u: Utforare, h: KoUpphord) -> bool:
    """End a place in the queue, once."""
    if h in u.inre:
        return False
    slut = [inre.datum for inre in u.inre if type(inre) is KoUpphord and inre.ko_id == h.ko_id]
    if slut:
        raise KoplatsenHarRedanUpphort(ko_id=h.ko_id, slut=slut[0])
    return True


def redovisa_service(u: Utforare, h: ServiceinsatsRedovisad) -> bool:
    """Report a service without persons; periods of one service do not overlap."""
    if h in u.inre:
        return False
    for inre in u.inre:
        if type(inre) is not ServiceinsatsRedovisad or (inre.insatsform, inre.omrade) != (h.insatsform, h.omrade):
            continue
        if inre.datum < h.till and h.datum < inre.till:
            raise ServiceinsatsenArRedanRedovisad(fran=inre.datum, till=inre.till)
    return True


def redovisa_belaggning(u: Utforare, h: BelaggningRedovisad) -> bool:
    """Report the care days of a month, in all or per target group."""
    if h.datum.isoformat()[:7] != h.manad:
        raise BelaggningenHorTillAnnanManad(datum=h.datum, manad=h.manad)
    if h in u.inre:
        return False
    for inre in u.inre:
        if type(inre) is not BelaggningRedovisad or inre.manad != h.manad:
            continue
        if inre.malgrupp in (h.malgrupp, None) or h.malgrupp is None:
            raise BelaggningenArRedanRedovisad(manad=h.manad)
    return True


# Invariants ----------------------------------------------------------------------------------------------------------


def granska(u: Utforare) -> None:
    """Refuse a provider whose events do not lie within its time, or disagree with each other."""
    if u.registrerad is None:
        antal = len(u.inre) + (u.avslut is not None)
        if antal:
            raise UtforarenSaknarRegistrering(antal=antal)
        return
    for h in (*u.inre, u.avslut) if u.avslut else u.inre:
        if h.datum < u.registrerad.datum:
            raise UtforarenVarInteRegistrerad(typ=h.typ, datum=h.datum, registrerad=u.registrerad.datum)
        if u.avslut is not None and h.datum > u.avslut.datum and type(h) not in FAR_SKE_EFTER_SLUTET:
            raise HandelsenLiggerEfterUtforarensSlut(typ=h.typ, datum=h.datum, slut=u.avslut.datum)
    _granska_alder(u)
    _granska_ko(u)


def _granska_alder(u: Utforare) -> None:
    fran, till = None, None
    for h in sorted((h for h in u.inre if type(h) is UtforareAndrad), key=lambda h: h.datum):
        fran = fran if h.alder_fran is None else h.alder_fran
        till = till if h.alder_till is None else h.alder_till
        if fran is not None and till is not None and fran > till:
            raise AldersgransernaArOmvanda(datum=h.datum, alder_fran=fran, alder_till=till)


def _granska_ko(u: Utforare) -> None:
    stallda = {h.ko_id: h.datum for h in u.inre if type(h) is KoStalld}
    for h in u.inre:
        if type(h) is KoUpphord and (h.ko_id not in stallda or h.datum < stallda[h.ko_id]):
            raise KoplatsenSaknas(ko_id=h.ko_id, datum=h.datum)


UTFORARE: Aggregat[Utforare] = Aggregat(
    samling=Samling.UTFORARE,
    borjan=UtforareRegistrerad,
    tom=Utforare(),
    utveckla=utveckla,
    beslut={
        UtforareRegistrerad: registrera,
        UtforareAndrad: andra,
        UtforareAvslutad: avsluta,
        OrganisationAndrad: andra,
        PlatserAndrade: andra_platser,
        RamavtalTecknat: teckna,
        RamavtalUpphort: upphor,
        AbonnemangTecknat: teckna_abonnemang,
        AbonnemangUpphort: upphor_abonnemang,
        AvtalsvolymAvtalad: avtala_volym,
        UpphandlingGenomford: genomfor_upphandling,
        TillstandKontrollerat: andra,
        UppfoljningGjord: notera,
        EkonomiKontrollerad: andra,
        KoStalld: stall_i_ko,
        KoUpphord: lamna_ko,
        PlatsforfraganAvbojd: notera,
        ServiceinsatsRedovisad: redovisa_service,
        BelaggningRedovisad: redovisa_belaggning,
    },
    granska=granska,
)
