"""Facts of a case: what was open in it as intervals, what happened as points.

Intervals: the open case, its troubles and the ground of responsibility (each split where target group or unit
changes), services without care days (split at pauses and at change of target group; they end with the case at the
latest), and three that are never split, since a time limit is reckoned from their first day: preliminary assessments
of reports, investigations and decisions not yet effected (``arendefrister``). These say what held on that first day.
``utfall`` says how an interval ended and so speaks of its end, not of the days before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    BeslutAndrat,
    BeslutFattat,
    BeslutOverklagat,
    BeslutUpphort,
    BeslutVerkstallt,
    EnhetAndrad,
    ForhandsbedomningAvslutad,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
    ProblematikAngiven,
    StatusAndrad,
    UtredningAvslutad,
    UtredningPaborjad,
    UtredningslagrumAndrat,
    VerkstallighetAvbruten,
)
from domain.fakta import ARENDE, ENSAMKOMMANDE, INSATS, PROBLEMATIK, SERVICEINSATS, Intervall
from domain.gemensamt import MalgruppAndrad
from domain.handelse import Handelse, Notering
from domain.harledning.arendefrister import forhandsbedomningen, utredningen, verkstalligheten
from domain.harledning.arendepunkter import PUNKTER, insatsen, punkter
from domain.harledning.arendeunderlag import Insats, Underlag
from domain.harledning.skeden import Andring, Skede, skeden, snitt
from domain.sak import Rad, Sak, i_ordning

# The open case, and what holds in it ---------------------------------------------------------------------------------


def _arendet(u: Underlag, _: Sak) -> list[Intervall]:
    return _medan_det_ar_oppet(u, ARENDE, u.start.arendetyp.lagrat, u.oppet)


def _problematiken(u: Underlag, _: Sak) -> list[Intervall]:
    delar: list[Intervall] = []
    for kod in dict.fromkeys(kod for h, _, _ in u.problem for kod in h.koder):
        rader = (Andring(dag, (kod.lagrat,) if kod in h.koder else None, position) for h, dag, position in u.problem)
        delar += _medan_det_ar_oppet(u, PROBLEMATIK, kod.lagrat, snitt(skeden(rader), u.oppet))
    return delar


def _ensamkommande(u: Underlag, _: Sak) -> list[Intervall]:
    delar: list[Intervall] = []
    for s in snitt(_status(u), u.oppet) if len(u.ansvar) > 1 else ():
        delar += _medan_det_ar_oppet(u, ENSAMKOMMANDE, s.varde[0], [s])
    return delar


def _status(u: Underlag) -> list[Skede]:
    """Return on what ground the person was the board's responsibility, while the person was."""
    status: tuple[str, ...] | None = None
    vart, andringar = True, []
    for h, dag, position in u.ansvar[1:]:
        if type(h) is StatusAndrad:
            status = (h.status.lagrat,)
        else:
            vart = type(h) is AnsvarOvertaget
        andringar.append(Andring(dag, status if vart else None, position))
    return skeden(andringar)


def _medan_det_ar_oppet(u: Underlag, slag: str, underslag: str, perioder: Iterable[Skede]) -> list[Intervall]:
    """Return what held while the case was open, in parts of one target group and one unit."""
    return [
        u.intervall(
            s.handelser, slag, s.fran, s.till, s.varde[-2], s.varde[-1], underslag=underslag,
            utfall=u.orsaker.get(s.slut[0]) if s.slut else None,
        )
        for s in snitt(perioder, u.lagen)
    ]  # fmt: skip


def _insatsen(u: Underlag, insats: Insats) -> list[Intervall]:
    """Return the parts in which a service was given."""
    p, fran, position = insats.borjan
    # An end is an end, whatever else came to be told of its day.
    rader = sorted(insats.gang, key=lambda rad: (rad[1], type(rad[0]) is InsatsAvslutad))
    given = skeden(
        Andring(dag, None if type(h) in (InsatsPausad, InsatsAvslutad) else ("given",), pos) for h, dag, pos in rader
    )
    avslut = next(((h, pos) for h, _, pos in rader if type(h) is InsatsAvslutad), None)
    slag = INSATS if p.behovsprovad else SERVICEINSATS
    kolumner = insatsen(u, p, fran)
    delar = []
    for s in snitt(given, u.oppet, u.malgrupper):
        slut = avslut[0] if avslut is not None and avslut[1] in s.slut else None
        handelser = s._replace(grund=(position, *s.grund)).handelser
        delar.append(
            u.intervall(
                handelser, slag, s.fran, s.till, s.varde[-1], **kolumner,
                utfall=slut.orsak.lagrat if slut else None, planerat=int(slut.planerat) if slut else None,
            )
        )  # fmt: skip
    return delar


# Which things an entry touches ---------------------------------------------------------------------------------------


def _borjar(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.ansvar.append(rad)
    return [*_vander(f, rad), *_inkommer(f, rad)]


def _vander(f: Arendefakta, rad: Rad) -> list[Sak]:
    """Open or close the case, and with it what holds while it is open."""
    f.vand(rad)
    return [*f.medan_det_ar_oppet(), *f.obedomda(rad[1])]


def _inkommer(f: Arendefakta, rad: Rad) -> list[Sak]:
    intag = f.inkom(rad)
    intag.harled = forhandsbedomningen
    return [intag]


def _bedoms(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.bedom(rad)
    if f.bedomningar[-1] is rad:
        return [*f.bedomda(rad[2])]
    # A late one may have ended what later ones are known to have ended.
    return [*f.intag, *f.enskilda(lambda n: type(n.handelse) is ForhandsbedomningAvslutad)]


def _utredning_borjar(f: Arendefakta, rad: Rad) -> list[Sak]:
    utredning = f.utredning(rad[0].utredning_id)
    utredning.borjan, utredning.harled = rad, utredningen
    i_ordning(utredning.lagrum, rad)
    return [utredning, *f.obedomda(rad[1])]


def _utredning_byter_lagrum(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.utredning(rad[0].utredning_id).lagrum.append(rad)
    return []


def _utredning_slutar(f: Arendefakta, rad: Rad) -> list[Sak]:
    utredning = f.utredning(rad[0].utredning_id)
    utredning.slut = rad
    # A report that came in while it went on needed no assessment; one that came in later does.
    return [utredning, *(i for i in f.intag if i.dag >= rad[1])]


def _beslut_fattas(f: Arendefakta, rad: Rad) -> list[Sak]:
    beslut = f.beslut(rad[0].beslut_id)
    beslut.borjan, beslut.harled = rad, verkstalligheten
    i_ordning(beslut.lydelser, rad)
    return [beslut]


def _beslut_andras(f: Arendefakta, rad: Rad) -> list[Sak]:
    beslut = f.beslut(rad[0].beslut_id)
    beslut.lydelser.append(rad)
    return [beslut]


def _beslut_upphor(f: Arendefakta, rad: Rad) -> list[Sak]:
    beslut = f.beslut(rad[0].beslut_id)
    beslut.slut = rad
    return [beslut]


def _verkstallighet(f: Arendefakta, rad: Rad) -> list[Sak]:
    beslut = f.beslut(rad[0].beslut_id)
    i_ordning(beslut.gang, rad)
    return [beslut]


def _insats_borjar(f: Arendefakta, rad: Rad) -> list[Sak]:
    insats = f.insats(rad[0].insats_id)
    insats.borjan, insats.harled = rad, _insatsen
    i_ordning(insats.gang, rad)
    return [insats, *(_verkstallighet(f, rad) if rad[0].beslut_id else ())]


def _insats_andras(f: Arendefakta, rad: Rad) -> list[Sak]:
    insats = f.insats(rad[0].insats_id)
    i_ordning(insats.gang, rad)
    return [insats]


def _malgrupp_andras(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.byt_malgrupp(rad)
    return f.medan_det_ar_oppet()


def _enhet_andras(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.byt_enhet(rad)
    return f.medan_det_ar_oppet()


def _problematik(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.problem.append(rad)
    return [f.problematiken]


def _ansvar(f: Arendefakta, rad: Rad) -> list[Sak]:
    i_ordning(f.ansvar, rad)
    if type(rad[0]) is AnsvarOverlamnat:
        f.orsaker[rad[2]] = rad[0].orsak.lagrat
    return [f.ansvaret]


def _avslutas(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.orsaker[rad[2]] = rad[0].orsak.lagrat
    return _vander(f, rad)


def _overklagas(f: Arendefakta, rad: Rad) -> list[Sak]:
    f.overklaganden[rad[0].overklagande_id.int] = rad
    return []


_BEROR: Mapping[type[Handelse], Callable[[Arendefakta, Rad], list[Sak]]] = MappingProxyType(
    {
        ArendeAktualiserat: _borjar,
        AktualiseringInkommen: _inkommer,
        ForhandsbedomningAvslutad: _bedoms,
        UtredningPaborjad: _utredning_borjar,
        UtredningslagrumAndrat: _utredning_byter_lagrum,
        UtredningAvslutad: _utredning_slutar,
        BeslutFattat: _beslut_fattas,
        BeslutAndrat: _beslut_andras,
        BeslutVerkstallt: _verkstallighet,
        VerkstallighetAvbruten: _verkstallighet,
        BeslutUpphort: _beslut_upphor,
        BeslutOverklagat: _overklagas,
        InsatsPaborjad: _insats_borjar,
        InsatsPausad: _insats_andras,
        InsatsAterupptagen: _insats_andras,
        InsatsAvslutad: _insats_andras,
        MalgruppAndrad: _malgrupp_andras,
        EnhetAndrad: _enhet_andras,
        ProblematikAngiven: _problematik,
        StatusAndrad: _ansvar,
        AnsvarOvertaget: _ansvar,
        AnsvarOverlamnat: _ansvar,
        ArendeAvslutat: _avslutas,
        ArendeAteroppnat: _vander,
    }
)
"""What an entry means for the things of the case beside the points that it is; it returns those it touches."""

_ANDRAR_DAGEN: frozenset[type[Handelse]] = frozenset(
    (AktualiseringInkommen, UtredningslagrumAndrat, BeslutAndrat, MalgruppAndrad, EnhetAndrad)
)
"""The events that what was said before of the same day looks at too."""


_SES_SENARE: frozenset[type[Handelse]] = frozenset(
    (ProblematikAngiven, AnsvarOvertaget, ArendeAvslutat, ArendeAteroppnat)
)
"""The events that what is said of later days looks at too: what came before it."""


class Arendefakta(Underlag):
    """The derivation of a case's facts."""

    __slots__ = ("_senast", "ansvaret", "arendet", "problematiken")

    kraver_ordning = _ANDRAR_DAGEN | _SES_SENARE

    def __init__(self, strom: UUID, borjan: Notering) -> None:
        """Begin with whose case it is."""
        super().__init__(strom, borjan)
        self._senast = 0
        self.arendet, self.problematiken, self.ansvaret = Sak(_arendet), Sak(_problematiken), Sak(_ensamkommande)
        self.saker += (self.arendet, self.problematiken, self.ansvaret)

    def ta_in(self, ny: Notering) -> Sequence[Sak]:
        """Take in an entry."""
        h = ny.handelse
        typ, dag = type(h), h.datum.toordinal()
        beror = _BEROR.get(typ)
        berorda = [] if beror is None else beror(self, (h, dag, ny.position))
        if typ in PUNKTER:
            berorda.append(self.en(punkter, ny))
        if dag > self._senast:
            self._senast = dag
        elif dag == self._senast and typ in _ANDRAR_DAGEN:
            return self.saker
        return berorda

    def medan_det_ar_oppet(self) -> list[Sak]:
        """Return the things that hold at most while the case is open."""
        svar: list[Sak] = [self.arendet]
        if self.problem:
            svar.append(self.problematiken)
        if len(self.ansvar) > 1:
            svar.append(self.ansvaret)
        return [*svar, *self.insatser()]

    def obedomda(self, dag: int) -> list[Sak]:
        """Return the intakes whose preliminary assessment had not ended before a day."""
        return [i for i in self.intag if i.bedomd is None or i.bedomd[1] >= dag]
