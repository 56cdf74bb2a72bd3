"""From an order to a finished history: every step in turn, each with its own source of chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from application.queries import Vagning
from application.syntet.arendebygge import bygg_arenden
from application.syntet.arendehandelser import arendehandelser, ratta_arenden
from application.syntet.beloppsplan import gor_planer
from application.syntet.bokforing import Bokforing
from application.syntet.dagar import dagnr, nyar
from application.syntet.egen_regi import MED_PLATSER, enhetskostnader, platsandringar
from application.syntet.ekonomi import Ekonomi, historikens_manader
from application.syntet.fardig import Fardig
from application.syntet.forlopp import Utvarderat, Varld, borjan, fortsattning
from application.syntet.kolumner import Handelser, Typ, handelser, samla
from application.syntet.kostnad import manadskostnader
from application.syntet.krav import tryckta_ar
from application.syntet.lagrum import Lagrumsval, forsta_lagrum, mott_lagrum, slumpade_byten
from application.syntet.matt import Matt
from application.syntet.niva import arets_vardygn
from application.syntet.omott import omott
from application.syntet.omstandigheter import Bestamt, Omstandigheter, Utforare, bygg_omstandigheter
from application.syntet.personer import langsta
from application.syntet.placeringar import Placeringar, former_i, malgrupper_i
from application.syntet.prisniva import mot_dygnskostnaden
from application.syntet.profiler import F64, FORMER, I32
from application.syntet.radceller import radceller
from application.syntet.rattelser import antal_makulerade, makulerade_placeringar, makulerade_priser, ratta
from application.syntet.tabeller import Post, las_underlag
from application.syntet.tider import LANGSTA_DROJSMAL, MINUT_MS, Klocka, nasta_arbetsdag, strangt_vaxande
from application.syntet.uppdrag import Syntetuppdrag
from application.syntet.uppfoljning import Uppfoljningar, med_ovriga
from application.syntet.uppgifter import uppgifter
from application.syntet.utskrift import Manus, Skrivare
from application.syntet.vard import Vard, Vardbygge, Vardrad, radnummer
from application.syntet.vistelser import Period, Vistelser, simulera
from domain.begrepp import Prissort
from domain.tid import kalenderar

_NIVA, _VISTELSE, _PLACERING, _OMSTANDIGHET, _BORJAN, _FORLOPP, _RATTELSE, _EKONOMI, _MISSTAG = range(9)
_ARENDE, _LAGRUM = 9, 10
_KORT = 12  # days; the act does not change in shorter stays
_ANLAGGNING = 60  # days before the first placement that the providers are registered


@dataclass(frozen=True)
class Sammanfattning:
    """How much an order gives: numbers, and the first and last day of anything that happens in care."""

    personer: int
    arenden: int
    placeringar: int
    utforare: int
    handelser: int
    rattelser: int
    fran: date
    till: date


class Syntetplan:
    """A history that is worked out but not yet written; ``noter`` says in Swedish what of the tables is not met."""

    def __init__(self, uppdrag: Syntetuppdrag) -> None:
        """Work out the history.

        Raises:
            SyntetGarInte: the tables cannot be read or met.
        """
        self._u = uppdrag
        self.noter: tuple[str, ...] = ()
        self._underlag = las_underlag(uppdrag)
        self._manus = self._skapa()

    @property
    def sammanfattning(self) -> Sammanfattning:
        """The size of the history."""
        m = self._manus
        return Sammanfattning(
            personer=len(m.folk.kon),
            arenden=len(m.arenden),
            placeringar=len(m.p),
            utforare=len(m.utforare.form),
            handelser=len(m.h),
            rattelser=int((m.h.rattar >= 0).sum()),
            fran=date.fromordinal(date(1970, 1, 1).toordinal() + int(m.p.start.min())),
            till=self._u.slutdag,
        )

    def rader(self, framsteg: Callable[[int, int], None] | None = None) -> Iterator[bytes]:
        """Return the history as JSON lines, sorted by registration; ``framsteg`` is told (written, in all)."""
        return Skrivare(self._manus).rader(framsteg)

    # Steps ------------------------------------------------------------------------------------------------------

    def _slump(self, steg: int, nummer: int = 0) -> np.random.Generator:
        """Return the source of chance of one step."""
        return np.random.default_rng([self._u.fro, steg, nummer])

    def _skapa(self) -> Manus:
        """Work out everything, in the order things depend on each other."""
        poster, krav = self._underlag.extern.poster, self._underlag.krav
        slutdag = dagnr(self._u.slutdag)
        externa = [Vardrad(post.rad, post.prissort, _radpris(post)) for post in poster]
        vard = Vardbygge(self._u, krav, self._slump, externa).bygg(self._vistelser())
        antal = len(vard.p)
        arenden, folk, noter = bygg_arenden(self._slump(_ARENDE), self._u, krav, vard)
        self.noter = (*krav.noter, *vard.noter, *noter)
        val, byten_noter = self._lagrumsval(vard, slutdag)
        self.noter = (*self.noter, *byten_noter)
        p, kallor = self._med_dubbletter(vard.p)
        period = (nyar(self._u.ar), slutdag + 1)
        priser = {i: rad.pris for i, rad in enumerate(vard.rader)}
        bestamt = self._bestamt(vard, val, kallor)
        o, utforare = bygg_omstandigheter(self._slump(_OMSTANDIGHET), p, bestamt, priser, period)
        varld = self._varld(p, o, slutdag, val, int(arenden.inkom.min()))
        prissorter = tuple(rad.prissort for rad in vard.rader)
        h, kostnader = self._forlopp(varld, antal, prissorter)
        i_arenden = arendehandelser(self._slump(_FORLOPP, 1), arenden, vard.p, _forsta(o, antal), varld.klocka, slutdag)
        rattade = ratta_arenden(self._slump(_RATTELSE, 1), i_arenden, varld.klocka, len(h))
        h = samla([h, i_arenden, *rattade])
        generella = len(utforare.form)
        utforare = med_ovriga(utforare, krav)
        enheter = enhetskostnader(self._u, vard.p, o.utforare[:antal], utforare)
        fardiga = self._fardiga(varld.klocka, utforare, generella, kostnader, enheter)
        fardiga += platsandringar(self._u, vard.p, o.utforare[:antal], utforare, len(vard.platser), varld.klocka)
        h = samla([h, *self._utforarhandelser(varld, utforare, len(vard.platser)), _fardiga(fardiga)])
        ordning = np.argsort(h.tid, kind="stable")
        h.tid[ordning] = strangt_vaxande(h.tid[ordning])
        return Manus(
            self._u.kommun, self._u.namnd, self._u.fro, h, ordning, p, antal, o, folk, arenden, utforare, prissorter,
            fardiga,
        )  # fmt: skip

    def _bestamt(self, vard: Vard, val: Lagrumsval, kallor: I32) -> Bestamt:
        """Return what is settled about placements and providers; ``kallor`` are those recorded twice."""
        krav = self._underlag.krav
        alla = np.concatenate([np.arange(len(vard.p), dtype=np.int32), kallor])
        uppfoljda = {
            u.vard.former[0]: (u.namn + ("",) * max(0, u.antal - len(u.namn)))[: u.antal] for u in krav.uppfoljningar
        }
        planerat = krav.andel_per_ar(Matt.PLANERAT)
        namn = tuple(boende.namn for boende in krav.boenden)
        return Bestamt(vard.enheter, vard.platser, namn, vard.direkt[alla], val.fran_borjan[alla], uppfoljda, planerat)

    def _lagrumsval(self, vard: Vard, slutdag: int) -> tuple[Lagrumsval, list[str]]:
        """Return the act of each placement, met if figures are printed, else drawn."""
        tal = self._underlag.krav.av(Matt.LAGRUM, delar=True)
        slump = self._slump(_LAGRUM)
        sista = np.minimum(vard.p.slut, slutdag)
        if tal:
            return mott_lagrum(slump, vard.p, vard.folk, sista, tal, self._u.skala)
        lagrum = forsta_lagrum(slump, vard.p, tuple(rad.rad for rad in vard.rader))
        return slumpade_byten(slump, vard.p, lagrum, sista, _KORT), []

    def _fardiga(
        self,
        klocka: Klocka,
        utforare: Utforare,
        generella: int,
        kostnader: F64,
        enheter: dict[int, list[tuple[dict[str, str], int]]],
    ) -> list[Fardig]:
        """Return the events whose payloads are kept ready."""
        krav = self._underlag.krav
        fardiga: list[Fardig] = []
        planer, slump = gor_planer(self._u), self._slump(_EKONOMI)
        externa = bool(self._underlag.extern.poster)
        self.noter = (*self.noter, *planer.noter, *omott(self._u, krav, planer, externa=externa))
        if externa:
            fardiga += Ekonomi(self._u, self._underlag, klocka, slump, kostnader, planer, enheter).handelser()
        elif krav.ekonomi or planer.drift.linjer:
            bokforing = Bokforing(self._u, krav, klocka, slump, planer)
            fardiga += bokforing.handelser()
            self.noter = (*self.noter, *bokforing.noter)
        if fardiga:
            fardiga += uppgifter(self._u, klocka)
        uppfoljningar = Uppfoljningar(self._u, krav, utforare, klocka, self._slump(_EKONOMI, 1))
        return [*fardiga, *uppfoljningar.handelser(generella, har_budget=bool(fardiga))]

    @property
    def _forsta_ar(self) -> int:
        """The first year of the external care table's stays: the first that any figure they matter to is about."""
        matta = tryckta_ar(self._underlag.krav.av(Matt.LAGRUM, Matt.ALLA_VARDYGN, Matt.UNIKA, delar=True))
        return min([*self._underlag.extern.utfallsar, *matta, self._u.ar])

    def _vistelser(self) -> dict[int, Vistelser]:
        """Return the stays of every row with care days in the external care table."""
        extern = self._underlag.extern
        ar = range(self._forsta_ar, self._u.ar)
        mal = {y: arets_vardygn(extern, y, self._u.skala, self._slump(_NIVA, y), self._bundna(y)) for y in ar}
        resultat: dict[int, Vistelser] = {}
        for i, post in enumerate(extern.poster):
            if not post.har_vardygn:
                continue
            slump = self._slump(_VISTELSE, i)
            former = former_i(post.rad)
            perioder = [self._period(post, y, mal[y].get(i)) for y in ar]
            perioder.append(self._rapportperiod(post, slump))
            resultat[i] = simulera(slump, former, langsta(malgrupper_i(post.rad)), perioder)
        return resultat

    def _bundna(self, ar: int) -> dict[int, int]:
        """Return the rows of the external care table whose care days of a year another table prints."""
        rader = tuple(post.rad for post in self._underlag.extern.poster)
        dygn = [t for t in self._underlag.krav.av(Matt.VARDYGN) if t.period == kalenderar(ar)]
        return {nr: int(t.varde) for t in dygn if (nr := radnummer(t, rader)) is not None}

    def _period(self, post: Post, ar: int, vardygn: int | None) -> Period:
        """Return an outcome year; without a printed average the nearest known level is followed."""
        fran, till = nyar(ar), nyar(ar + 1)
        if vardygn is not None:
            return Period(fran, till, vardygn / (till - fran), vardygn)
        kanda = [*post.snitt_utfall.items(), (self._u.ar, _prognos(post))]
        narmast = min(kanda, key=lambda par: (abs(par[0] - ar), par[0]))[1]
        return Period(fran, till, float(narmast) * self._u.skala, None)

    def _rapportperiod(self, post: Post, slump: np.random.Generator) -> Period:
        """Return the part of the report year that the history has, at about the forecast level."""
        fran, till = nyar(self._u.ar), dagnr(self._u.slutdag) + 1
        tryckt = float(_prognos(post))
        niva = max(0.0, tryckt + float(slump.uniform(-0.4, 0.4))) * self._u.skala if tryckt > 0 else 0.0
        return Period(fran, till, niva, round(niva * (till - fran)))

    def _med_dubbletter(self, p: Placeringar) -> tuple[Placeringar, I32]:
        """Return the placements followed by some that were recorded twice by mistake, and which those are."""
        slump = self._slump(_MISSTAG)
        nya = np.flatnonzero(p.start >= nyar(self._forsta_ar)).astype(np.int32)
        antal = min(len(nya), antal_makulerade(6 * len(p)))
        kallor = slump.choice(nya, size=antal, replace=False).astype(np.int32)
        ingen = np.full(antal, -1, dtype=np.int32)
        return p.utokade(replace(p.valda(kallor), fore=ingen, byte=np.zeros(antal, dtype=np.int8))), kallor

    def _varld(self, p: Placeringar, o: Omstandigheter, slutdag: int, val: Lagrumsval, tidigast: int) -> Varld:
        """Return what the events are made from; ``tidigast`` is the first day of any case."""
        sista = dagnr(self._u.beslutsdag) - 1
        efter = max(slutdag + LANGSTA_DROJSMAL, sista) + 60
        krav = self._underlag.krav
        # What is printed of the report year was known when it was decided.
        klart = slutdag + 1 if krav.trycker_vard(self._u.ar) else nyar(self._u.ar)
        klocka = Klocka(min(int(p.start.min()), tidigast) - 2 * _ANLAGGNING - 400, efter, klart, sista)
        utvarderat = Utvarderat(*map(krav.andel_per_ar, (Matt.MAL_NADDA, Matt.ARBETADE)))
        return Varld(p, o, np.minimum(p.slut, slutdag), slutdag, self._u.ar, klocka, val, utvarderat)

    def _forlopp(self, varld: Varld, antal: int, prissorter: tuple[Prissort, ...]) -> tuple[Handelser, F64]:
        """Return all events of placements, corrections included, and the cost of the effective ones."""
        forst = borjan(self._slump(_BORJAN), varld)
        verklig = _forsta_antal(varld, antal)
        fortsatt = fortsattning(self._slump(_FORLOPP), verklig, forst.tid)
        h = samla([forst, *fortsatt])
        del fortsatt
        mot_dygnskostnaden(h, varld, antal, prissorter, self._dygnskostnader())
        kostnader = self._kostnader(h, varld, antal, prissorter)
        slump = self._slump(_RATTELSE)
        dubbla = np.arange(antal, len(varld.p), dtype=np.int32)
        makulerade = makulerade_placeringar(slump, h, varld, dubbla)
        rattade = ratta(slump, h, varld, antal)
        upptagna = np.unique(rattade.ref)
        felpris = makulerade_priser(slump, h, verklig, upptagna, len(h))
        return samla([h, *felpris, rattade, makulerade]), kostnader

    def _dygnskostnader(self) -> dict[int, float]:
        """Return the printed unweighted means of kronor per care day, by year before the report's."""
        celler = radceller(self._u, "kostnad-per-dygn")
        ovagda = (c for c in celler if c.rad.val.get("vagning") == Vagning.OVAGD and not c.urval)
        return {c.period.fran.year: float(c.varde) for c in ovagda if c.varde and c.period.fran.year < self._u.ar}

    def _kostnader(self, h: Handelser, varld: Varld, antal: int, prissorter: tuple[Prissort, ...]) -> F64:
        """Return the cost per (row, month) of the effective placements, if the books are kept per row."""
        if not self._underlag.extern.poster:
            return np.zeros((0, 0))
        manader = historikens_manader(self._u, self._underlag)
        return manadskostnader(h, varld, antal, prissorter, manader)

    def _utforarhandelser(self, varld: Varld, utforare: Utforare, egna: int) -> list[Handelser]:
        """Return the registration, places and agreements of providers, before any placement uses them.

        The first ``egna`` are the own units; each has its places from the first month printed for it.
        """
        dag = nasta_arbetsdag(int(varld.p.start.min()) - _ANLAGGNING)
        tid = varld.klocka.klockslag(dag, 9, 0)
        alla = np.arange(len(utforare.form), dtype=np.int32)
        boenden = np.flatnonzero((utforare.egen == 1) & np.isin(utforare.form, [FORMER.index(f) for f in MED_PLATSER]))
        avtal = np.flatnonzero(utforare.avtal == 1).astype(np.int32)
        platsdag = np.full(len(alla), dag, dtype=np.int32)
        for nr, boende in enumerate(self._underlag.krav.boenden[:egna]):
            platsdag[nr] = dagnr(date(self._u.ar, min(boende.manader), 1))
        delar = []
        slag = ((Typ.UTFORARE, alla), (Typ.PLATSER, boenden.astype(np.int32)), (Typ.RAMAVTAL, avtal))
        for steg, (typ, ref) in enumerate(slag):
            datum = platsdag[ref] if typ is Typ.PLATSER else np.full(len(ref), dag, dtype=np.int32)
            tider = tid + 60 * steg * MINUT_MS + ref.astype(np.int64)
            delar.append(handelser(typ, ref, datum, tider))
        return delar


def _forsta(o: Omstandigheter, antal: int) -> Omstandigheter:
    """Return the circumstances of the real placements."""
    return Omstandigheter(**{namn: getattr(o, namn)[:antal] for namn in o.__dataclass_fields__})


def _forsta_antal(varld: Varld, antal: int) -> Varld:
    """Return the world without the placements that were recorded twice."""
    vilka: I32 = np.arange(antal, dtype=np.int32)
    return replace(varld, p=varld.p.valda(vilka), o=_forsta(varld.o, antal), sista=varld.sista[vilka])


def _fardiga(fardiga: list[Fardig]) -> Handelser:
    """Return the entries of the finished budget events."""
    ref = np.arange(len(fardiga), dtype=np.int32)
    datum = np.array([f.datum for f in fardiga], dtype=np.int32)
    return handelser(Typ.FARDIG, ref, datum, np.array([f.tid for f in fardiga], dtype=np.int64))


def _radpris(post: Post) -> float:
    """Return the price in kronor that a row's mean shall have in the report year."""
    pris = post.kostnad_prognos if post.kostnad_prognos is not None else post.kostnad_budget
    return float(pris or 0)


def _prognos(post: Post) -> Decimal:
    """Return the forecast average of a row; the budgeted or the latest one where none is printed."""
    for snitt in (post.snitt_prognos, post.snitt_budget):
        if snitt is not None:
            return snitt
    return post.snitt_utfall[max(post.snitt_utfall)]
