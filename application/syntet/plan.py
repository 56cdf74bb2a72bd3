"""From an order to a finished history: every step in turn, each with its own source of chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from application.syntet.dagar import dagnr, nyar
from application.syntet.ekonomi import Ekonomi, Fardig, historikens_manader
from application.syntet.forlopp import Varld, borjan, fortsattning
from application.syntet.kolumner import Handelser, Typ, handelser, samla
from application.syntet.kostnad import manadskostnader
from application.syntet.niva import arets_vardygn
from application.syntet.omstandigheter import Omstandigheter, Utforare, bygg_omstandigheter
from application.syntet.personer import langsta
from application.syntet.placeringar import Placeringar, bygg_placeringar, former_i, malgrupper_i
from application.syntet.profiler import F64, I32
from application.syntet.rattelser import (
    antal_makulerade,
    makulerade_placeringar,
    makulerade_priser,
    ratta,
)
from application.syntet.tabeller import Post, las_underlag
from application.syntet.tider import LANGSTA_DROJSMAL, MINUT_MS, Klocka, nasta_arbetsdag, strangt_vaxande
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from application.syntet.utskrift import Manus, Skrivare
from application.syntet.vistelser import Period, Vistelser, simulera

_NIVA, _VISTELSE, _PLACERING, _OMSTANDIGHET, _BORJAN, _FORLOPP, _RATTELSE, _EKONOMI, _MISSTAG = range(9)
_ANLAGGNING = 60  # days before the first placement that the providers are registered


@dataclass(frozen=True)
class Sammanfattning:
    """How much an order gives: numbers, and the first and last day of anything that happens in care."""

    personer: int
    placeringar: int
    utforare: int
    handelser: int
    rattelser: int
    fran: date
    till: date


class Syntetplan:
    """A history that is worked out but not yet written."""

    def __init__(self, uppdrag: Syntetuppdrag) -> None:
        """Work out the history.

        Raises:
            SyntetGarInte: the tables cannot be read or met.
        """
        self._u = uppdrag
        self._underlag = las_underlag(uppdrag)
        self._manus = self._skapa()

    @property
    def sammanfattning(self) -> Sammanfattning:
        """The size of the history."""
        m = self._manus
        return Sammanfattning(
            personer=len(m.folk.kon),
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
        poster = self._underlag.extern.poster
        rader = tuple(post.rad for post in poster)
        slutdag = dagnr(self._u.slutdag)
        p, folk = bygg_placeringar(self._slump(_PLACERING), rader, self._vistelser(), slutdag)
        antal = len(p)
        p = self._med_dubbletter(p)
        period = (nyar(self._u.ar), slutdag + 1)
        priser = {i: _radpris(post) for i, post in enumerate(poster) if post.har_vardygn}
        o, utforare = bygg_omstandigheter(self._slump(_OMSTANDIGHET), p, rader, priser, period)
        varld = self._varld(p, o, slutdag)
        h, kostnader = self._forlopp(varld, antal)
        fardiga = list(Ekonomi(self._u, self._underlag, varld.klocka, self._slump(_EKONOMI), kostnader).handelser())
        h = samla([h, *self._utforarhandelser(varld, utforare), _fardiga(fardiga)])
        ordning = np.argsort(h.tid, kind="stable")
        h.tid[ordning] = strangt_vaxande(h.tid[ordning])
        prissorter = tuple(post.prissort for post in poster)
        return Manus(self._u.kommun, self._u.namnd, self._u.fro, h, ordning, p, o, folk, utforare, prissorter, fardiga)

    def _vistelser(self) -> dict[int, Vistelser]:
        """Return the stays of every row with care days."""
        extern = self._underlag.extern
        ar = range(extern.utfallsar[0], self._u.ar)
        mal = {y: arets_vardygn(extern, y, self._u.skala, self._slump(_NIVA, y)) for y in ar}
        resultat: dict[int, Vistelser] = {}
        for i, post in enumerate(extern.poster):
            if not post.har_vardygn:
                continue
            slump = self._slump(_VISTELSE, i)
            former = former_i(post.rad)
            perioder = [self._period(post, y, mal[y].get(i)) for y in ar]
            perioder.append(self._rapportperiod(post, slump))
            resultat[i] = simulera(slump, former, langsta(malgrupper_i(post.rad)), perioder)
        if not any(len(v.start) for v in resultat.values()):
            msg = "Tabellens alla rader är noll; det finns ingen vård att hitta på."
            raise SyntetGarInte(msg)
        return resultat

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

    def _med_dubbletter(self, p: Placeringar) -> Placeringar:
        """Return the placements followed by some that were recorded twice by mistake."""
        slump = self._slump(_MISSTAG)
        nya = np.flatnonzero(p.start >= nyar(self._underlag.extern.utfallsar[0])).astype(np.int32)
        antal = min(len(nya), antal_makulerade(6 * len(p)))
        valda = p.valda(slump.choice(nya, size=antal, replace=False).astype(np.int32))
        ingen = np.full(antal, -1, dtype=np.int32)
        return p.utokade(replace(valda, fore=ingen, byte=np.zeros(antal, dtype=np.int8)))

    def _varld(self, p: Placeringar, o: Omstandigheter, slutdag: int) -> Varld:
        """Return what the events are made from."""
        sista = dagnr(self._u.beslutsdag) - 1
        efter = max(slutdag + LANGSTA_DROJSMAL, sista) + 60
        klocka = Klocka(int(p.start.min()) - 2 * _ANLAGGNING - 400, efter, nyar(self._u.ar), sista)
        return Varld(p, o, np.minimum(p.slut, slutdag), slutdag, self._u.ar, klocka)

    def _forlopp(self, varld: Varld, antal: int) -> tuple[Handelser, F64]:
        """Return all events of placements, corrections included, and the cost of the effective ones."""
        forst = borjan(self._slump(_BORJAN), varld)
        verklig = _forsta_antal(varld, antal)
        fortsatt = fortsattning(self._slump(_FORLOPP), verklig, forst.tid)
        h = samla([forst, *fortsatt])
        del fortsatt
        kostnader = self._kostnader(h, varld, antal)
        slump = self._slump(_RATTELSE)
        dubbla = np.arange(antal, len(varld.p), dtype=np.int32)
        makulerade = makulerade_placeringar(slump, h, varld, dubbla)
        rattade = ratta(slump, h, varld, antal)
        upptagna = np.unique(rattade.ref)
        felpris = makulerade_priser(slump, h, verklig, upptagna, len(h))
        return samla([h, *felpris, rattade, makulerade]), kostnader

    def _kostnader(self, h: Handelser, varld: Varld, antal: int) -> F64:
        """Return the cost per (row, month) of the effective placements."""
        prissorter = tuple(post.prissort for post in self._underlag.extern.poster)
        manader = historikens_manader(self._u, self._underlag)
        return manadskostnader(h, varld, antal, prissorter, manader)

    def _utforarhandelser(self, varld: Varld, utforare: Utforare) -> list[Handelser]:
        """Return the registration, places and agreements of providers, before any placement uses them."""
        dag = nasta_arbetsdag(int(varld.p.start.min()) - _ANLAGGNING)
        tid = varld.klocka.klockslag(dag, 9, 0)
        alla = np.arange(len(utforare.form), dtype=np.int32)
        avtal = np.flatnonzero(utforare.avtal == 1).astype(np.int32)
        delar = []
        for steg, (typ, ref) in enumerate(((Typ.UTFORARE, alla), (Typ.PLATSER, alla), (Typ.RAMAVTAL, avtal))):
            datum = np.full(len(ref), dag, dtype=np.int32)
            tider = tid + 60 * steg * MINUT_MS + ref.astype(np.int64)
            delar.append(handelser(typ, ref, datum, tider))
        return delar


def _forsta_antal(varld: Varld, antal: int) -> Varld:
    """Return the world without the placements that were recorded twice."""
    vilka: I32 = np.arange(antal, dtype=np.int32)
    o = Omstandigheter(**{namn: getattr(varld.o, namn)[vilka] for namn in varld.o.__dataclass_fields__})
    return replace(varld, p=varld.p.valda(vilka), o=o, sista=varld.sista[vilka])


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
