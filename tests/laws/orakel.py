"""The oracle: a plain, slow reference fold over the log, written straight from the law of time.

It shares no code with what it judges (facts, their life in the ledger, the measure compiler, the questions). It knows
the events' names and fields, and nothing else of the product:

1. known: the entries registered at or before an instant (or up to a position),
2. effective: known, less what a known correction, itself not annulled, annuls or replaces,
3. state at a day: the effective events dated on or before it, in order of (date, place), where a replacement has the
   place of what it replaces,
4. the answer: every day of the period looked at by itself, every amount added by itself, as fractions.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from domain.begrepp import Avslutsorsak, Avtalsform, Lagrum, Malgrupp, Prissort, Samling
from domain.budgetperiod.begrepp import Post as Radpost
from domain.budgetperiod.handelser import (
    BudgetFaststalld,
    BudgetJusterad,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
    Volymrad,
)
from domain.gemensamt import MalgruppAndrad, Pris
from domain.handelse import Handelse, HandelseMakulerad
from domain.placering.handelser import (
    AvtalsformAndrad,
    BetalningsansvarOverlamnat,
    BetalningsansvarOvertaget,
    FranvaroRegistrerad,
    LagrumAndrat,
    PlaceringAvslutad,
    PlaceringPaborjad,
    PrisAndrat,
)

Varde = str | UUID | None
Grupp = tuple[Varde, ...]
Drag = Mapping[str, Varde]
"""What a day of care or an amount is split and filtered by."""


@dataclass(frozen=True)
class Post:
    """One entry of the log."""

    position: int
    registrerad: datetime
    handelse_id: UUID
    rattar: UUID | None
    samling: Samling
    strom: UUID
    handelse: Handelse


@dataclass(frozen=True)
class Orakelfraga:
    """A question: a measure over ``[fran, till)``, as of a day, as known at an instant or a position."""

    matt: str
    fran: date
    till: date
    galler_den: date
    kant: datetime | int
    regel: str = "inEjUt"
    franvaro_raknas: bool = True
    gruppera: tuple[str, ...] = ()
    urval: Mapping[str, tuple[Varde, ...]] = field(default_factory=dict)
    ovagd: bool = False
    efter_vardmanad: bool = False

    @property
    def dagar(self) -> list[date]:
        """Return every day of the period."""
        return [self.fran + timedelta(days=nr) for nr in range((self.till - self.fran).days)]


# From the log to what was true ----------------------------------------------------------------------------------


def kanda(poster: Sequence[Post], kant: datetime | int) -> list[Post]:
    """Return the entries known at an instant or up to a position."""
    if isinstance(kant, int):
        return [post for post in poster if post.position <= kant]
    return [post for post in poster if post.registrerad <= kant]


def haller(rattelse: Post, kanda_poster: Sequence[Post]) -> bool:
    """Return whether a correction holds: until it is annulled by an annulment that holds itself.

    A replacement that is itself replaced still keeps away what it replaced.
    """
    return not any(
        annan.rattar == rattelse.handelse_id
        and isinstance(annan.handelse, HandelseMakulerad)
        and haller(annan, kanda_poster)
        for annan in kanda_poster
    )


def ar_gallande(post: Post, kanda_poster: Sequence[Post]) -> bool:
    """Return whether no known correction that holds annuls or replaces the entry."""
    return not any(annan.rattar == post.handelse_id and haller(annan, kanda_poster) for annan in kanda_poster)


def plats(post: Post, kanda_poster: Sequence[Post]) -> int:
    """Return the place of an entry among events of the same day: that of what it once replaced."""
    if post.rattar is None:
        return post.position
    (mal,) = (annan for annan in kanda_poster if annan.handelse_id == post.rattar)
    return plats(mal, kanda_poster)


def gallande_strommar(poster: Sequence[Post], kant: datetime | int, samling: Samling) -> list[list[Handelse]]:
    """Return the effective events of every stream of a kind, in order of (date, place)."""
    strommar: dict[UUID, list[Post]] = defaultdict(list)
    for post in kanda(poster, kant):
        if post.samling is samling:
            strommar[post.strom].append(post)
    resultat = []
    for strom in strommar.values():
        kvar = [p for p in strom if ar_gallande(p, strom) and not isinstance(p.handelse, HandelseMakulerad)]
        kvar.sort(key=lambda p: (p.handelse.datum, plats(p, strom)))
        resultat.append([p.handelse for p in kvar])
    return resultat


# Stays, day by day ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dygn:
    """A day of a stay that the rule for its ends counts.

    ``vard`` tells whether it is a care day (it is not where the person is away and absence is not counted);
    ``kostnad`` is None where the price is not known, and where somebody else pays.
    """

    dag: date
    person: UUID
    drag: Drag
    vard: bool
    kostnad: Fraction | None


def dygnet_raknas(dag: date, borjan: PlaceringPaborjad, slut: PlaceringAvslutad | None, regel: str) -> bool:
    """Return whether a day lies in a stay and counts, absence aside."""
    if dag < borjan.datum or (slut is not None and dag > slut.datum):
        return False
    mottagen = borjan.foregaende_placering_id is not None
    flyttad = slut is not None and slut.orsak is Avslutsorsak.OMPLACERING
    if slut is not None and slut.datum == borjan.datum:
        return not flyttad
    if dag == borjan.datum:
        return mottagen or regel in ("inEjUt", "inOchUt")
    if slut is not None and dag == slut.datum:
        return not flyttad and regel in ("inOchUt", "ejInUt")
    return True


def franvaro_den(
    dag: date, borjan: PlaceringPaborjad, slut: PlaceringAvslutad | None, handelser: Sequence[Handelse]
) -> FranvaroRegistrerad | None:
    """Return the absence of a day, if any; an absence ends when the stay does, on the day of discharge."""
    if slut is not None and dag == slut.datum and slut.datum != borjan.datum:
        return None
    for h in handelser:
        if isinstance(h, FranvaroRegistrerad) and h.datum <= dag < h.till:
            return h
    return None


def dagspris(pris: Pris | None, dag: date) -> Fraction | None:
    """Return what a day costs; a monthly fee is spread over the days of the month."""
    if pris is None:
        return None
    if pris.sort is Prissort.MANAD:
        return Fraction(pris.belopp) / calendar.monthrange(dag.year, dag.month)[1]
    return Fraction(pris.belopp)


@dataclass
class Lage:
    """What holds in a stay on a day."""

    malgrupp: Malgrupp
    lagrum: Lagrum
    pris: Pris | None
    avtalsform: Avtalsform
    namnden_betalar: bool = True

    @property
    def prissort(self) -> str | None:
        """Return what the board's price is per; a day another pays for is of a kind of its own."""
        if not self.namnden_betalar:
            return "annanBetalar"
        return self.pris.sort.value if self.pris is not None else None


def laget(dag: date, borjan: PlaceringPaborjad, handelser: Sequence[Handelse]) -> Lage:
    """Return what holds on a day, after every event up to and including it."""
    lage = Lage(borjan.malgrupp, borjan.lagrum, borjan.pris, borjan.avtalsform)
    for h in handelser:
        if h.datum > dag:
            continue
        if isinstance(h, MalgruppAndrad):
            lage.malgrupp = h.malgrupp
        elif isinstance(h, LagrumAndrat):
            lage.lagrum = h.lagrum
        elif isinstance(h, PrisAndrat):
            lage.pris = h.pris
        elif isinstance(h, AvtalsformAndrad):
            lage.avtalsform = h.avtalsform
        elif isinstance(h, BetalningsansvarOverlamnat | BetalningsansvarOvertaget):
            lage.namnden_betalar = isinstance(h, BetalningsansvarOvertaget)
    return lage


def vistelsens_dygn(handelser: Sequence[Handelse], fraga: Orakelfraga) -> Iterator[Dygn]:
    """Yield the counted days of one stay in the period."""
    sedda = [h for h in handelser if h.datum <= fraga.galler_den]
    borjan = next((h for h in sedda if isinstance(h, PlaceringPaborjad)), None)
    if borjan is None:
        return
    slut = next((h for h in sedda if isinstance(h, PlaceringAvslutad)), None)
    for dag in fraga.dagar:
        if dag > fraga.galler_den or not dygnet_raknas(dag, borjan, slut, fraga.regel):
            continue
        lage = laget(dag, borjan, sedda)
        borta = franvaro_den(dag, borjan, slut, sedda)
        kostnad = dagspris(lage.pris, dag) if lage.namnden_betalar else None
        if borta is not None and not borta.betald and kostnad is not None:
            kostnad = Fraction(0)
        yield Dygn(
            dag,
            borjan.person_id,
            {
                "kommun": borjan.kommun,
                "malgrupp": lage.malgrupp.value,
                "kon": borjan.kon.value,
                "insatsform": borjan.insatsform.value,
                "regi": borjan.regi.value,
                "lagrum": lage.lagrum.value,
                "avtalsform": lage.avtalsform.value,
                "utforare": borjan.utforare_id,
                "prissort": lage.prissort,
            },
            vard=borta is None or fraga.franvaro_raknas,
            kostnad=kostnad,
        )


def alla_dygn(poster: Sequence[Post], fraga: Orakelfraga) -> list[Dygn]:
    """Return the counted days of every stay that the question's filters let through."""
    return [
        dygn
        for handelser in gallande_strommar(poster, fraga.kant, Samling.PLACERINGAR)
        for dygn in vistelsens_dygn(handelser, fraga)
        if slapps_igenom(dygn.drag, fraga.urval)
    ]


# Amounts, one by one --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Summand:
    """An amount of a month (or, for what speaks of a year, its January), or an assumption of volume."""

    manad: date
    avser: date
    drag: Drag
    kronor: Fraction = Fraction(0)
    personer: Fraction = Fraction(0)
    pris: Fraction | None = None


@dataclass(frozen=True)
class Ar:
    """One board's year: what identifies the stream, and the events dated on or before the day asked about."""

    kommun: str
    namnd: str
    ar: int
    sedda: Sequence[Handelse]

    @property
    def budget(self) -> BudgetFaststalld | None:
        """Return the adopted budget, if it was adopted by then."""
        return next((h for h in self.sedda if isinstance(h, BudgetFaststalld)), None)


def budgetaren(poster: Sequence[Post], fraga: Orakelfraga) -> Iterator[Ar]:
    """Yield every board's year."""
    for handelser in gallande_strommar(poster, fraga.kant, Samling.BUDGETPERIODER):
        borjan = next((h for h in handelser if isinstance(h, BudgetFaststalld)), None)
        if borjan is not None:
            sedda = [h for h in handelser if h.datum <= fraga.galler_den]
            yield Ar(borjan.kommun, borjan.namnd, borjan.ar, sedda)


def forsta_dagen(manad: str) -> date:
    """Return the first day of a month written ``YYYY-MM``."""
    return date.fromisoformat(f"{manad}-01")


def radens_drag(ar: Ar, rad: Rad | Volymrad, underslag: str | None) -> Drag:
    """Return what a line is split and filtered by."""
    drag: dict[str, Varde] = {
        "kommun": ar.kommun,
        "namnd": ar.namnd,
        "malgrupp": rad.malgrupp.value if rad.malgrupp is not None else None,
        "insatsform": rad.insatsform.value if rad.insatsform is not None else None,
        "underslag": underslag,
        "verksamhet": None,
        "kontogrupp": None,
        "konto": None,
        "regi": rad.regi.value if rad.regi is not None else None,
        "prissort": None,
    }
    if isinstance(rad, Rad):
        drag |= {"verksamhet": rad.verksamhet, "kontogrupp": rad.kontogrupp.value, "konto": rad.konto}
    elif rad.pris is not None:
        drag["prissort"] = rad.pris.sort.value
    return drag


def fordelat(kronor: Fraction, vikter: Sequence[int]) -> list[Fraction]:
    """Spread kronor over weights in whole öre: the running total is rounded, half away from zero, never the parts."""
    hittills = []
    for nr in range(len(vikter)):
        exakt = kronor * 100 * sum(vikter[: nr + 1]) / sum(vikter)
        heltal = int(abs(exakt) + Fraction(1, 2))
        hittills.append(-heltal if exakt < 0 else heltal)
    return [Fraction(nu - fore, 100) for nu, fore in zip(hittills, [0, *hittills], strict=False)]


def budgetrader(ar: Ar) -> Iterator[Summand]:
    """Yield the budget and its adjustments, month by month."""
    budget = ar.budget
    vikter = list(budget.periodisering or [1] * 12) if budget is not None else [1] * 12
    for h in ar.sedda:
        if isinstance(h, BudgetFaststalld):
            yield from _manadsvis(ar, h.rader, vikter, "faststalld")
        elif isinstance(h, BudgetJusterad):
            # The change falls on the months from its day on; where none of them weighs anything, on December.
            kvar = [
                vikt if (ar.ar, manad) >= (h.datum.year, h.datum.month) else 0
                for manad, vikt in enumerate(vikter, start=1)
            ]
            yield from _manadsvis(ar, h.rader, kvar if any(kvar) else [0] * 11 + [1], h.slag.value)


def driftrader(rader: Iterable[Rad]) -> list[Rad]:
    """Return the lines that are not investments, which no measure of operation holds."""
    return [rad for rad in rader if rad.post is not Radpost.INVESTERING]


def _manadsvis(ar: Ar, rader: Iterable[Rad], vikter: Sequence[int], underslag: str) -> Iterator[Summand]:
    for rad in driftrader(rader):
        for manad, kronor in enumerate(fordelat(Fraction(rad.belopp), vikter), start=1):
            dag = date(ar.ar, manad, 1)
            yield Summand(dag, dag, radens_drag(ar, rad, underslag), kronor)


def utfallsrader(ar: Ar) -> Iterator[Summand]:
    """Yield what was booked."""
    for h in ar.sedda:
        if isinstance(h, UtfallBokfort):
            manad = forsta_dagen(h.manad)
            avser = forsta_dagen(h.avser_manad) if h.avser_manad is not None else manad
            for rad in driftrader(h.rader):
                yield Summand(manad, avser, radens_drag(ar, rad, h.verifikation), Fraction(rad.belopp))


def _volymer(ar: Ar, rader: Iterable[Volymrad], underslag: str | None) -> Iterator[Summand]:
    januari = date(ar.ar, 1, 1)
    for rad in rader:
        pris = Fraction(rad.pris.belopp) if rad.pris is not None else None
        yield Summand(
            januari,
            januari,
            radens_drag(ar, rad, underslag),
            personer=Fraction(rad.personer_per_dygn),
            pris=pris,
        )


def budgetvolymer(ar: Ar) -> Iterator[Summand]:
    """Yield the volumes that the budget builds on."""
    if ar.budget is not None:
        yield from _volymer(ar, ar.budget.volymrader, None)


def senaste_prognosen(ar: Ar, fraga: Orakelfraga) -> PrognosFaststalld | None:
    """Return the forecast that speaks of the latest day, among those of the kind asked about.

    A forecast of nothing but investments is none of operation. Of several that speak of one day, the one that was
    decided last; of those, the one that has the last place.
    """
    prognoser = [h for h in ar.sedda if isinstance(h, PrognosFaststalld) and driftrader(h.rader)]
    prognoser.sort(key=lambda h: (h.galler, h.beslut.datum))
    if "underslag" in fraga.urval:
        prognoser = [p for p in prognoser if p.slag.value in fraga.urval["underslag"]]
    return prognoser[-1] if prognoser else None


def prognosrader(ar: Ar, fraga: Orakelfraga) -> Iterator[Summand]:
    """Yield the amounts of the latest forecast."""
    prognos = senaste_prognosen(ar, fraga)
    januari = date(ar.ar, 1, 1)
    for rad in driftrader(prognos.rader) if prognos is not None else ():
        assert prognos is not None
        yield Summand(januari, januari, radens_drag(ar, rad, prognos.slag.value), Fraction(rad.belopp))


def prognosvolymer(ar: Ar, fraga: Orakelfraga) -> Iterator[Summand]:
    """Yield the volumes of the latest forecast."""
    prognos = senaste_prognosen(ar, fraga)
    if prognos is not None:
        yield from _volymer(ar, prognos.volymrader, prognos.slag.value)


def summander(
    poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]]
) -> Iterator[tuple[date, Summand]]:
    """Yield the amounts that the question lets through, each with the month it is counted in."""
    for ar in budgetaren(poster, fraga):
        for rad in rader(ar):
            manad = rad.avser if fraga.efter_vardmanad else rad.manad
            if fraga.fran <= manad < fraga.till and slapps_igenom(rad.drag, fraga.urval):
                yield manad, rad


# Answers --------------------------------------------------------------------------------------------------------

Tabell = dict[Grupp, Fraction]


def slapps_igenom(drag: Drag, urval: Mapping[str, tuple[Varde, ...]]) -> bool:
    """Return whether every filter allows the value."""
    return all(drag[namn] in tillatna for namn, tillatna in urval.items())


def gruppen(dag: date, drag: Drag, gruppera: Sequence[str]) -> Grupp:
    """Return the group a day or an amount belongs to."""
    tid: dict[str, Varde] = {"manad": f"{dag.year:04}-{dag.month:02}", "ar": f"{dag.year:04}"}
    return tuple(tid[namn] if namn in tid else drag[namn] for namn in gruppera)


def summera(par: Iterable[tuple[Grupp, Fraction]]) -> Tabell:
    """Add up per group; a group of nothing is left out."""
    tabell: Tabell = defaultdict(Fraction)
    for grupp, varde in par:
        tabell[grupp] += varde
    return {grupp: varde for grupp, varde in tabell.items() if varde}


def kvot(taljare: Tabell, namnare: Tabell) -> Tabell:
    """Divide per group where there is something to divide by."""
    return {grupp: taljare.get(grupp, Fraction(0)) / varde for grupp, varde in namnare.items()}


def passerade_dagar(dag: date, fraga: Orakelfraga) -> int:
    """Return how many days had passed of the part of the period that a day lies in."""
    passerade = [d for d in fraga.dagar if d <= fraga.galler_den]
    if "manad" in fraga.gruppera:
        return sum((d.year, d.month) == (dag.year, dag.month) for d in passerade)
    if "ar" in fraga.gruppera:
        return sum(d.year == dag.year for d in passerade)
    return len(passerade)


def svara(poster: Sequence[Post], fraga: Orakelfraga) -> Tabell:
    """Answer a question."""
    if fraga.matt in _UR_VISTELSER:
        return _UR_VISTELSER[fraga.matt](alla_dygn(poster, fraga), fraga)
    return _UR_BELOPP[fraga.matt](poster, fraga)


def _vardygn(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return summera((gruppen(d.dag, d.drag, fraga.gruppera), Fraction(1)) for d in dygn if d.vard)


def _personer_per_dygn(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return summera(
        (gruppen(d.dag, d.drag, fraga.gruppera), Fraction(1, passerade_dagar(d.dag, fraga))) for d in dygn if d.vard
    )


def _unika_personer(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    par = {(gruppen(d.dag, d.drag, fraga.gruppera), d.person) for d in dygn if d.vard}
    return summera((grupp, Fraction(1)) for grupp, _ in par)


def _kostnad(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return summera((gruppen(d.dag, d.drag, fraga.gruppera), d.kostnad) for d in dygn if d.kostnad is not None)


def _vardygn_utan_pris(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    return _vardygn([d for d in dygn if d.drag["prissort"] is None], fraga)


def _kostnad_per_dygn(dygn: Sequence[Dygn], fraga: Orakelfraga) -> Tabell:
    if not fraga.ovagd:
        prissatta = [d for d in dygn if d.kostnad is not None]
        return kvot(_kostnad(prissatta, fraga), _vardygn(prissatta, fraga))
    celler: dict[Grupp, dict[Grupp, list[Dygn]]] = defaultdict(lambda: defaultdict(list))
    for d in dygn:
        if d.drag["prissort"] == "dygn":
            cell = gruppen(d.dag, d.drag, ("malgrupp", "insatsform"))
            celler[gruppen(d.dag, d.drag, fraga.gruppera)][cell].append(d)
    resultat: Tabell = {}
    for grupp, delar in celler.items():
        varden = []
        for innehall in delar.values():
            antal = sum(d.vard for d in innehall)
            if antal:
                varden.append(sum((d.kostnad or Fraction(0) for d in innehall), Fraction(0)) / antal)
        if varden:
            resultat[grupp] = sum(varden, Fraction(0)) / len(varden)
    return resultat


def _kronor(
    poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]], tecken: int = 1
) -> list[tuple[Grupp, Fraction]]:
    return [
        (gruppen(manad, rad.drag, fraga.gruppera), tecken * rad.kronor)
        for manad, rad in summander(poster, fraga, rader)
    ]


def _personer(poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]]) -> Tabell:
    return summera(
        (gruppen(manad, rad.drag, fraga.gruppera), rad.personer) for manad, rad in summander(poster, fraga, rader)
    )


def _pris(poster: Sequence[Post], fraga: Orakelfraga, rader: Callable[[Ar], Iterable[Summand]]) -> Tabell:
    """Return the mean price weighted with persons; a line without a price has none to weigh."""
    prissatta = [
        (gruppen(manad, rad.drag, fraga.gruppera), rad.personer, rad.pris)
        for manad, rad in summander(poster, fraga, rader)
        if rad.pris is not None
    ]
    return kvot(
        summera((grupp, personer * pris) for grupp, personer, pris in prissatta),
        summera((grupp, personer) for grupp, personer, _ in prissatta),
    )


_UR_VISTELSER: Mapping[str, Callable[[Sequence[Dygn], Orakelfraga], Tabell]] = {
    "vardygn": _vardygn,
    "personer-per-dygn": _personer_per_dygn,
    "unika-personer": _unika_personer,
    "kostnad": _kostnad,
    "vardygn-utan-pris": _vardygn_utan_pris,
    "kostnad-per-dygn": _kostnad_per_dygn,
}

_UR_BELOPP: Mapping[str, Callable[[Sequence[Post], Orakelfraga], Tabell]] = {
    "budget": lambda p, f: summera(_kronor(p, f, budgetrader)),
    "utfall": lambda p, f: summera(_kronor(p, f, utfallsrader)),
    "avvikelse": lambda p, f: summera(_kronor(p, f, budgetrader) + _kronor(p, f, utfallsrader, -1)),
    "prognos": lambda p, f: summera(_kronor(p, f, lambda ar: prognosrader(ar, f))),
    "budgeterade-personer": lambda p, f: _personer(p, f, budgetvolymer),
    "prognostiserade-personer": lambda p, f: _personer(p, f, lambda ar: prognosvolymer(ar, f)),
    "budgeterat-pris": lambda p, f: _pris(p, f, budgetvolymer),
    "prognostiserat-pris": lambda p, f: _pris(p, f, lambda ar: prognosvolymer(ar, f)),
}

KVOTER = frozenset({"kostnad-per-dygn", "budgeterat-pris", "prognostiserat-pris"})
"""Measures whose whole has no value where there is nothing to divide by."""
