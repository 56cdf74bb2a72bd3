"""The oracle of cases: what was open in a case on a day, and what was going on in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.arende.begrepp import Aktualiseringssatt
from domain.arende.handelser import (
    AktualiseringInkommen,
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    BeslutAndrat,
    BeslutFattat,
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
from domain.gemensamt import MalgruppAndrad
from tests.laws.orakel_fakta import Drag, Spar, Strommen, forsta_slutet, hexat, ordet


@dataclass(frozen=True)
class Arendet:
    """A case as of a day: its beginning, whether it was open, and what held in it."""

    s: Strommen
    borjan: ArendeAktualiserat

    @property
    def gemensamt(self) -> Drag:
        """Return what every fact of the case says."""
        b = self.borjan
        return {
            "kommun": b.kommun, "person": hexat(b.person_id), "kon": ordet(b.kon), "fodelsear": b.fodelsear,
            "arende": self.s.id.hex,
        }  # fmt: skip

    @property
    def oppet(self) -> Spar:
        """Return whether the case was open."""
        vandningar = self.s.av(ArendeAktualiserat, ArendeAvslutat, ArendeAteroppnat)
        return Spar([(h.datum, None if type(h) is ArendeAvslutat else True, h) for h in vandningar])

    @property
    def malgrupp(self) -> Spar:
        """Return the target group."""
        return Spar([(h.datum, ordet(h.malgrupp), h) for h in (self.borjan, *self.s.av(MalgruppAndrad))])

    @property
    def enhet(self) -> Spar:
        """Return the unit that has the case."""
        return Spar([(h.datum, h.enhet, h) for h in (self.borjan, *self.s.av(EnhetAndrad))])

    def vid(self, dag: date) -> Drag:
        """Return target group and unit on a day."""
        return {"malgrupp": self.malgrupp.den(dag), "enhet": self.enhet.den(dag)}

    def beslutet(self, nyckel: UUID, dag: date) -> Drag:
        """Return what a decision concerned on a day: what it last said."""
        lydelser = [h for h in self.s.av(BeslutFattat, BeslutAndrat) if h.beslut_id == nyckel and h.datum <= dag]
        return {"insatsform": ordet(lydelser[-1].insatsform), "lagrum": ordet(lydelser[-1].lagrum)}

    def utredningens_lagrum(self, nyckel: UUID, dag: date) -> str | None:
        """Return the act that an investigation rested on on a day."""
        sagt = self.s.av(UtredningPaborjad, UtredningslagrumAndrat)
        return ordet([h for h in sagt if h.utredning_id == nyckel and h.datum <= dag][-1].lagrum)

    def inkomna(self, dag: date) -> list[Any]:
        """Return the intakes up to and including a day."""
        return [h for h in self.s.av(ArendeAktualiserat, AktualiseringInkommen) if h.datum <= dag]

    def bedomda(self) -> list[tuple[ForhandsbedomningAvslutad, list[Any]]]:
        """Return the assessments, each with the intakes it ended the assessment of: those not yet assessed."""
        tagna: list[Any] = []
        svar = []
        for h in self.s.av(ForhandsbedomningAvslutad):
            egna = [
                i for i in self.inkomna(h.datum)
                if not any(i is tagen for tagen in tagna) and h.aktualisering_id in (None, i.aktualisering_id)
            ]  # fmt: skip
            tagna += egna
            svar.append((h, egna))
        return svar

    def insatsen(self, p: InsatsPaborjad) -> Drag:
        """Return what a service was."""
        return {
            "insatsform": ordet(p.insatsform), "regi": ordet(p.regi), "utforare": hexat(p.utforare_id),
            "enhet": p.enhet, "underslag": p.inriktning,
            "lagrum": self.beslutet(p.beslut_id, p.datum)["lagrum"] if p.beslut_id else None,
        }  # fmt: skip

    def ogivna(self, b: BeslutFattat) -> Iterator[tuple[str, date, date | None]]:
        """Yield the periods in which what was granted was not given, however long the decision was in force."""
        sedan: tuple[str, date] | None = ("beslut", b.datum)
        for h in self.s.av(BeslutVerkstallt, VerkstallighetAvbruten, InsatsPaborjad):
            if h.beslut_id != b.beslut_id:
                continue
            if type(h) is VerkstallighetAvbruten:
                sedan = sedan or ("avbrott", h.datum)
            elif sedan:
                yield *sedan, h.datum
                sedan = None
        if sedan:
            yield *sedan, None

    def beslutets_slut(self, b: BeslutFattat) -> list[tuple[date, str]]:
        """Return the days from which a decision was no longer in force, and why: it ceased, or its time was out."""
        slut = [(h.datum, "upphort") for h in self.s.av(BeslutUpphort) if h.beslut_id == b.beslut_id]
        lydelser = [h for h in self.s.av(BeslutFattat, BeslutAndrat) if h.beslut_id == b.beslut_id]
        for h, nasta in zip(lydelser, [*lydelser[1:], None], strict=True):
            if h.galler_till is not None:
                ute = max(h.galler_till + timedelta(days=1), h.datum)
                if nasta is None or ute < nasta.datum:
                    slut.append((ute, "utgatt"))
        return slut


def arendet(s: Strommen) -> Arendet | None:
    """Return the case of a stream, if it had begun."""
    borjan = next(iter(s.av(ArendeAktualiserat)), None)
    return Arendet(s, borjan) if borjan is not None else None


def star(s: Strommen, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield what stood in a case on a day."""
    a = arendet(s)
    if a is None or dag < a.borjan.datum:
        return
    for slag, drag in (*_i_det_oppna(a, dag), *_insatser(a, dag), *_hela(a, dag)):
        yield slag, {**a.gemensamt, **drag}


def _i_det_oppna(a: Arendet, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield the open case, its troubles and the ground of responsibility."""
    if not a.oppet.den(dag):
        return
    ramen = [a.oppet, a.malgrupp, a.enhet]
    yield "arende", {**a.vid(dag), "underslag": ordet(a.borjan.arendetyp), "utfall": _orsaken(a, ramen, dag)}
    sagda = a.s.av(ProblematikAngiven)
    for kod in dict.fromkeys(kod for h in sagda for kod in h.koder):
        har = Spar([(h.datum, kod if kod in h.koder else None, h) for h in sagda])
        if har.den(dag):
            yield "problematik", {
                **a.vid(dag), "underslag": ordet(kod), "utfall": _orsaken(a, [har, *ramen], dag)
            }  # fmt: skip
    grund = _grunden(a)
    if grund.den(dag):
        yield "ensamkommande", {
            **a.vid(dag), "underslag": grund.den(dag), "utfall": _orsaken(a, [grund, *ramen], dag)
        }  # fmt: skip


def _grunden(a: Arendet) -> Spar:
    """Return the ground of responsibility, as long as the board has it."""
    grund, vart, andringar = None, True, []
    for h in a.s.av(StatusAndrad, AnsvarOvertaget, AnsvarOverlamnat):
        if type(h) is StatusAndrad:
            grund = ordet(h.status)
        else:
            vart = type(h) is AnsvarOvertaget
        andringar.append((h.datum, grund if vart else None, h))
    return Spar(andringar)


def _orsaken(a: Arendet, spar: Sequence[Spar], dag: date) -> str | None:
    """Return why what held on a day ceased to, if the case was closed or the responsibility passed."""
    h = forsta_slutet(spar, dag, a.s.galler_den)
    return ordet(h.orsak) if isinstance(h, ArendeAvslutat | AnsvarOverlamnat) else None


def _insatser(a: Arendet, dag: date) -> Iterator[tuple[str, Drag]]:
    """Yield the services given on a day: begun, not paused, not ended, in an open case."""
    for p in a.s.av(InsatsPaborjad):
        egna = [h for h in a.s.av(InsatsPausad, InsatsAterupptagen, InsatsAvslutad) if h.insats_id == p.insats_id]
        # An end is an end, whatever else was told of its day.
        egna.sort(key=lambda h: (h.datum, type(h) is InsatsAvslutad))
        given = Spar([(h.datum, True if type(h) in (InsatsPaborjad, InsatsAterupptagen) else None, h)
                      for h in (p, *egna)])  # fmt: skip
        if dag >= p.datum and given.den(dag) and a.oppet.den(dag):
            slut = forsta_slutet([given, a.oppet, a.malgrupp], dag, a.s.galler_den)
            avslut = slut if isinstance(slut, InsatsAvslutad) else None
            yield "insats" if p.behovsprovad else "serviceinsats", {
                **a.insatsen(p), "malgrupp": a.malgrupp.den(dag),
                "utfall": ordet(avslut.orsak) if avslut else None,
                "planerat": int(avslut.planerat) if avslut else None,
            }  # fmt: skip


# What a time limit is reckoned from: what held on its first day -----------------------------------------------------


def _hela(a: Arendet, dag: date) -> Iterator[tuple[str, Drag]]:
    for slag, fran, slut, drag in (*_forhandsbedomningar(a), *_utredningar(a), *_ej_verkstallda(a)):
        forst = min(slut, key=lambda s: s[0], default=None)
        if fran <= dag and (forst is None or dag < forst[0]):
            utfall = forst[1] if forst is not None and forst[0] <= a.s.galler_den else None
            yield slag, {**a.vid(fran), **drag, "utfall": utfall}


Hel = tuple[str, date, list[tuple[date, str | None]], Drag]
"""Kind, first day, days from which it no longer held (each with what came of it), and its columns."""


def _forhandsbedomningar(a: Arendet) -> Iterator[Hel]:
    """Yield the preliminary assessments of reports that came in while nothing was being investigated."""
    avslutade = {h.utredning_id: h.datum for h in a.s.av(UtredningAvslutad)}
    utredningar = [(p.datum, avslutade.get(p.utredning_id)) for p in a.s.av(UtredningPaborjad)]
    for i in a.inkomna(a.s.galler_den):
        utreds = any(fran <= i.datum and (till is None or i.datum < till) for fran, till in utredningar)
        if i.satt is not Aktualiseringssatt.ANMALAN or utreds:
            continue
        slut: list[tuple[date, str | None]] = [
            (h.datum, ordet(h.utfall)) for h, egna in a.bedomda() if any(egen is i for egen in egna)
        ]
        slut += [(h.datum, None) for h in a.s.av(ArendeAvslutat) if h.datum >= i.datum]
        slut += [(fran, "inleds") for fran, _ in utredningar if fran >= i.datum]
        yield "forhandsbedomning", i.datum, slut, {"underslag": ordet(a.borjan.arendetyp)}


def _utredningar(a: Arendet) -> Iterator[Hel]:
    """Yield the investigations; one that ended the day it began held that day."""
    for p in a.s.av(UtredningPaborjad):
        slut = [
            (max(h.datum, p.datum + timedelta(days=1)), ordet(h.utfall))
            for h in a.s.av(UtredningAvslutad)
            if h.utredning_id == p.utredning_id
        ]
        lagrum = a.utredningens_lagrum(p.utredning_id, p.datum)
        yield "utredning", p.datum, slut, {"underslag": ordet(p.utredningstyp), "lagrum": lagrum}


def _ej_verkstallda(a: Arendet) -> Iterator[Hel]:
    """Yield the periods in which what a decision in force granted was not given."""
    for b in a.s.av(BeslutFattat):
        for varfor, fran, till in a.ogivna(b) if b.bifall else ():
            slut: list[tuple[date, str | None]] = [(till, "verkstallt")] if till is not None else []
            slut += a.beslutets_slut(b)
            yield "beslutEjVerkstallt", fran, slut, {**a.beslutet(b.beslut_id, fran), "underslag": varfor}
