"""Ärende: what is refused, what is already known, and what is recorded.

What alternates (closed and reopened, paused and taken up, effected and interrupted) is asked of what held on the
event's own day, and only backwards: a pair that comes late is then recorded in the order it happened.
"""

from __future__ import annotations

from domain.aggregat import Aggregat, Beslut, ar_nytt_for_dagen
from domain.arende import nekanden as n
from domain.arende.granskning import granska, granska_ny
from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    AvvikelseRapporterad,
    BeslutAndrat,
    BeslutFattat,
    BeslutOverklagat,
    BeslutUpphort,
    BeslutVerkstallt,
    EnhetAndrad,
    ErbjudandeAvbojt,
    ForfraganAvbojd,
    ForhandsbedomningAvslutad,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
    InsatsuppfoljningGjord,
    OverklagandeAvgjort,
    ProblematikAngiven,
    SamverkanGenomford,
    SkyddsbedomningGjord,
    StatusAndrad,
    UtredningAvslutad,
    UtredningForlangd,
    UtredningPaborjad,
    UtredningslagrumAndrat,
    VerkstallighetAvbruten,
)
from domain.arende.tillstand import (
    AVSLUT_OCH_OPPNING,
    Arende,
    bedomningen,
    inkomna,
    oppna_utredningar,
    senaste,
    utveckla,
)
from domain.begrepp import Insatsform, Samling
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse

_ANSVAR: frozenset[type[Handelse]] = frozenset((AnsvarOvertaget, AnsvarOverlamnat))
_GANG: frozenset[type[Handelse]] = frozenset((InsatsPaborjad, InsatsPausad, InsatsAterupptagen))
_VERKSTALLIGHET: frozenset[type[Handelse]] = frozenset((BeslutVerkstallt, VerkstallighetAvbruten, InsatsPaborjad))


def aktualisera(_: Arende, h: ArendeAktualiserat) -> bool:
    """Begin a case; it may concern a child that is expected."""
    if h.fodelsear is not None and h.fodelsear > h.datum.year + 1:
        raise n.FodelsearEfterAktualiseringen(fodelsear=h.fodelsear, datum=h.datum)
    return True


def notera(a: Arende, h: Handelse) -> bool:
    """Record what happened on a day; quiet if just that is known."""
    return not any(type(inre) is type(h) and inre == h for inre in a.inre)


def andra(a: Arende, h: Handelse) -> bool:
    """Change something from a day on; quiet if that day already ended so."""
    return ar_nytt_for_dagen(h, (inre for inre in a.inre if type(inre) is type(h)))


def bedom(a: Arende, h: ForhandsbedomningAvslutad) -> bool:
    """End a preliminary assessment; once for each intake."""
    if not notera(a, h):
        return False
    avsedda = [par for par in inkomna(a, h.datum) if h.aktualisering_id in (None, par[1])]
    slut = [bedomning.datum for par in avsedda if (bedomning := bedomningen(a, *par, h.datum)) is not None]
    if avsedda and len(slut) == len(avsedda):
        raise n.ForhandsbedomningenArRedanAvslutad(slut=max(slut))
    return True


def forlang(a: Arende, h: UtredningForlangd) -> bool:
    """Prolong an investigation to a day that lies ahead of the decision."""
    if h.till < h.datum:
        raise n.ForlangningenSlutarForeSinBorjan(till=h.till, datum=h.datum)
    return notera(a, h)


def besluta_om_insats(a: Arende, h: BeslutFattat | BeslutAndrat) -> bool:
    """Make or change a decision; it ends on or after its first day."""
    fran = h.galler_fran or h.datum
    if h.galler_till is not None and h.galler_till < fran:
        raise n.BeslutetSlutarForeSinBorjan(galler_till=h.galler_till, galler_fran=fran)
    return notera(a, h)


def verkstall(a: Arende, h: BeslutVerkstallt) -> bool:
    """Effect a decision; again only after an interruption. A service may already have said so."""
    sista = senaste(a, _VERKSTALLIGHET, h.datum, "beslut_id", h.beslut_id)
    if sista == h:
        return False
    if type(sista) is BeslutVerkstallt:
        raise n.BeslutetArRedanVerkstallt(datum=sista.datum)
    return True


def avbryt(a: Arende, h: VerkstallighetAvbruten) -> bool:
    """Interrupt what is given by a decision."""
    sista = senaste(a, _VERKSTALLIGHET, h.datum, "beslut_id", h.beslut_id)
    if sista == h:
        return False
    fattat = senaste(a, (BeslutFattat,), h.datum, "beslut_id", h.beslut_id)
    if type(fattat) is BeslutFattat and fattat.bifall and (sista is None or type(sista) is VerkstallighetAvbruten):
        raise n.BeslutetArInteVerkstallt(datum=h.datum)
    return True


_ALLTID_BEHOVSPROVADE = frozenset(
    (Insatsform.KONTAKTPERSON, Insatsform.KONTAKTFAMILJ, Insatsform.SARSKILT_KVALIFICERAD_KONTAKTPERSON)
)
"""Forms without care days that the law never lets the board give without needs assessment (SoL 11:5)."""


def paborja_insats(a: Arende, h: InsatsPaborjad) -> bool:
    """Begin a service: the form has no care days, and without needs assessment there is no decision."""
    if h.insatsform.har_vardygn:
        raise n.InsatsformenHarVardygn(insatsform=h.insatsform)
    if not h.behovsprovad and h.insatsform in _ALLTID_BEHOVSPROVADE:
        raise n.InsatsformenKraverBehovsprovning(insatsform=h.insatsform)
    if not h.behovsprovad and h.beslut_id is not None:
        raise n.ServiceinsatsMedBeslut
    return notera(a, h)


def pausa(a: Arende, h: InsatsPausad) -> bool:
    """Pause a service that is given."""
    sista = senaste(a, _GANG, h.datum, "insats_id", h.insats_id)
    if sista == h:
        return False
    if type(sista) is InsatsPausad:
        raise n.InsatsenArRedanPausad(datum=sista.datum)
    return True


def ateruppta(a: Arende, h: InsatsAterupptagen) -> bool:
    """Take up a service that is paused."""
    sista = senaste(a, _GANG, h.datum, "insats_id", h.insats_id)
    if sista == h:
        return False
    if sista is not None and type(sista) is not InsatsPausad:
        raise n.InsatsenArIntePausad(datum=h.datum)
    return True


def overlamna(a: Arende, h: AnsvarOverlamnat) -> bool:
    """Pass the responsibility on, unless it already has passed."""
    sista = senaste(a, _ANSVAR, h.datum)
    if sista == h:
        return False
    if type(sista) is AnsvarOverlamnat:
        raise n.AnsvaretArRedanOverlamnat(datum=sista.datum)
    return True


def avsluta(a: Arende, h: ArendeAvslutat) -> bool:
    """Close a case in which no investigation is open."""
    sista = senaste(a, AVSLUT_OCH_OPPNING, h.datum)
    if sista == h:
        return False
    if type(sista) is ArendeAvslutat:
        raise n.ArendetArRedanAvslutat(slut=sista.datum)
    for utredning in oppna_utredningar(a, h.datum):
        raise n.ArendetHarOppenUtredning(
            datum=h.datum, utredning_id=utredning.utredning_id, borjan=utredning.datum
        )  # fmt: skip
    return True


def ateroppna(a: Arende, h: ArendeAteroppnat) -> bool:
    """Reopen a closed case; a reopening that comes late may arrive before the closing it follows on."""
    sista = senaste(a, AVSLUT_OCH_OPPNING, h.datum)
    if sista == h:
        return False
    ar_sen = any(inre.datum > h.datum for inre in a.inre)
    if type(sista) is not ArendeAvslutat and not ar_sen:
        raise n.ArendetArInteAvslutat(datum=h.datum)
    return True


_BESLUT: dict[type[Handelse], Beslut[Arende]] = {
    ArendeAktualiserat: aktualisera,
    AktualiseringInkommen: notera,
    SkyddsbedomningGjord: notera,
    ForhandsbedomningAvslutad: bedom,
    UtredningPaborjad: notera,
    UtredningForlangd: forlang,
    UtredningslagrumAndrat: notera,
    UtredningAvslutad: notera,
    BeslutFattat: besluta_om_insats,
    BeslutAndrat: besluta_om_insats,
    BeslutVerkstallt: verkstall,
    VerkstallighetAvbruten: avbryt,
    BeslutUpphort: notera,
    ErbjudandeAvbojt: notera,
    ForfraganAvbojd: notera,
    BeslutOverklagat: notera,
    OverklagandeAvgjort: notera,
    InsatsPaborjad: paborja_insats,
    InsatsPausad: pausa,
    InsatsAterupptagen: ateruppta,
    InsatsAvslutad: notera,
    InsatsuppfoljningGjord: notera,
    MalgruppAndrad: andra,
    EnhetAndrad: andra,
    ProblematikAngiven: andra,
    StatusAndrad: andra,
    AnsvarOvertaget: notera,
    AnsvarOverlamnat: overlamna,
    SamverkanGenomford: notera,
    AvvikelseRapporterad: notera,
    ArendeAvslutat: avsluta,
    ArendeAteroppnat: ateroppna,
}

ARENDE: Aggregat[Arende] = Aggregat(
    samling=Samling.ARENDEN,
    borjan=ArendeAktualiserat,
    tom=Arende(),
    utveckla=utveckla,
    beslut=_BESLUT,
    granska=granska,
    granska_ny=granska_ny,
)
