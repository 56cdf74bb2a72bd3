"""The oracle of measures: every expression worked out day by day from a list of facts, slowly and plainly.

It shares the declarations with what it judges, and the dated rules; nothing of the compiler or of the arithmetic.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from domain.fakta import Belopp, Intervall, Punkt
from domain.matt import uttryck as u
from domain.matt.deklaration import Matt
from domain.matt.modell import UNIKA, Raknesatt
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel

Dagar = tuple[date, date]
"""The first day and the day after the last."""
Varden = dict[tuple[Any, ...], Fraction]
NOLL = Fraction(0)

_OLIKA = {
    Raknesatt.UNIKA_PERSONER: "person",
    Raknesatt.UNIKA_ARENDEN: "arende",
    Raknesatt.UNIKA_VISTELSER: "strom",
    Raknesatt.UNIKA_UTFORARE: "utforare",
}


@dataclass(frozen=True)
class Faktum:
    """A fact as columns by name, with the stream it is of."""

    form: type[Any]
    drag: Mapping[str, Any]

    def __getitem__(self, namn: str) -> Any:
        return self.drag[namn]


@dataclass(frozen=True)
class Orakel:
    """What is known, and what a question to it fixes."""

    fakta: Sequence[Faktum]
    galler_den: date
    urval: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    regel: Vardygnsregel = IN_EJ_UT
    vardmanad: bool = False

    def svar(self, matt: Matt, dagar: Dagar, gruppera: Sequence[str], *, ovagt: bool = False) -> Varden:
        """Return a measure per group; of those that are sums, only what is not zero."""
        tid = [d for d in gruppera if d in ("manad", "ar")]
        ovriga = tuple(d for d in gruppera if d not in tid)
        svar: Varden = {}
        for del_, ord_ in _delar(dagar, tid):
            varden = self._ovagt(matt, del_, ovriga) if ovagt else self.varde(matt.uttryck, del_, ovriga)
            for grupp, varde in varden.items():
                kvar = iter(grupp)
                svar[tuple(ord_ if d in tid else next(kvar) for d in gruppera)] = varde
        return svar if luckor(matt.uttryck) else {g: v for g, v in svar.items() if v}

    def _ovagt(self, matt: Matt, dagar: Dagar, gruppera: tuple[str, ...]) -> Varden:
        smalare = u.begransa_dar_det_gar(matt.uttryck, matt.ovagt_urval)
        celler = self.celler(smalare, dagar, gruppera, matt.ovagt_over)
        return {g: sum(alla, NOLL) / len(alla) for g, alla in celler.items()}

    def celler(
        self, x: u.Uttryck, dagar: Dagar, gruppera: tuple[str, ...], over: Sequence[str], *, utan_namn: bool = True
    ) -> dict[tuple[Any, ...], list[Fraction]]:
        extra = tuple(d for d in over if d not in gruppera)
        svar = defaultdict(list)
        for grupp, varde in self.varde(x, dagar, (*gruppera, *extra)).items():
            delat = dict(zip((*gruppera, *extra), grupp, strict=True))
            if not utan_namn and None in [delat[d] for d in over]:
                continue
            svar[grupp[: len(gruppera)]].append(varde)
        return svar

    def passerat(self, dagar: Dagar) -> list[date]:
        return [d for d in alla_dagar(dagar) if d <= self.galler_den]

    def varde(self, x: u.Uttryck, dagar: Dagar, gruppera: tuple[str, ...]) -> Varden:
        match x:
            case u.Grund():
                return self._grund(x, dagar, gruppera)
            case u.PerDag() | u.PerManad() | u.PerAr():
                return self._per_tid(x, dagar, gruppera)
            case u.Ganger(inre, faktor):
                return {g: v * faktor for g, v in self.varde(inre, dagar, gruppera).items()}
            case u.Kvot():
                return self._kvot(x, dagar, gruppera)
            case u.Skillnad(fran, minus):
                a, b = self.varde(fran, dagar, gruppera), self.varde(minus, dagar, gruppera)
                grupper = {g for g in {*a, *b} if (g in a or not luckor(fran)) and (g in b or not luckor(minus))}
                return {g: a.get(g, NOLL) - b.get(g, NOLL) for g in grupper}
            case u.Under(inre, val):
                return self.varde(inre, self._annan_period(dagar, val, inre), gruppera)
            case u.Manadsmedel(inre):
                return self._manadsmedel(inre, dagar, gruppera)
            case u.Dar(inre, finns, over):
                extra = tuple(d for d in over if d not in gruppera)
                har = self.varde(finns, dagar, (*gruppera, *extra))
                svar: Varden = defaultdict(Fraction)
                for grupp, varde in self.varde(inre, dagar, (*gruppera, *extra)).items():
                    delat = dict(zip((*gruppera, *extra), grupp, strict=True))
                    if har.get(grupp) and None not in [delat[d] for d in over]:
                        svar[grupp[: len(gruppera)]] += varde
                return svar
            case u.AndelCeller(inre, over):
                celler = self.celler(inre, dagar, gruppera, over, utan_namn=False)
                return {g: Fraction(100 * len([v for v in c if v >= 0]), len(c)) for g, c in celler.items()}

    def _per_tid(self, x: u.PerDag | u.PerManad | u.PerAr, dagar: Dagar, gruppera: tuple[str, ...]) -> Varden:
        passerat = self.passerat(dagar)
        match x:
            case u.PerDag(inre):
                return _delat(self.varde(inre, dagar, gruppera), Fraction(len(passerat)))
            case u.PerManad(inre, kvar):
                valda = passerat
                if kvar:
                    bokfort = set(alla_dagar(self._annan_period(dagar, u.Periodval.BOKFORT, inre)))
                    valda = [d for d in alla_dagar(dagar) if d not in bokfort]
                return _delat(self.varde(inre, dagar, gruppera), sum((Fraction(1, manadens(d)) for d in valda), NOLL))
            case u.PerAr(inre):
                svar: Varden = defaultdict(Fraction)
                for del_, ar in _delar(dagar, ["ar"]):
                    for grupp, varde in self.varde(inre, del_, gruppera).items():
                        svar[grupp] += varde / (366 if calendar.isleap(int(ar)) else 365)
                return svar

    def _kvot(self, x: u.Kvot, dagar: Dagar, gruppera: tuple[str, ...]) -> Varden:
        upp = self.varde(x.taljare, dagar, gruppera)
        ner = self.varde(x.namnare, dagar, () if x.hel else gruppera)
        svar = {}
        for grupp in upp if x.hel else {*ner}:
            delare = ner.get(() if x.hel else grupp, NOLL)
            if delare and (grupp in upp or not luckor(x.taljare)):
                svar[grupp] = x.faktor * upp.get(grupp, NOLL) / (abs(delare) if x.absolut else delare)
        return svar

    def _annan_period(self, dagar: Dagar, val: u.Periodval, inre: u.Uttryck) -> Dagar:
        passerat = self.passerat(dagar)
        if val is u.Periodval.SISTA_DAGEN:
            return (passerat[-1], passerat[-1] + timedelta(days=1)) if passerat else (dagar[0], dagar[0])
        if val is u.Periodval.HELA_ARET:
            return date(dagar[0].year, 1, 1), date((max(dagar[1] - timedelta(days=1), dagar[0])).year + 1, 1, 1)
        if val is u.Periodval.TOLV_MANADER:
            return ett_ar_fore(dagar[1]), dagar[1]
        bokfort = {"utfall", "investeringsutfall"}
        if val is u.Periodval.BOKFORT:
            return self._bokforda_manader(dagar, {s for g in u.grunderna(inre) for s in g.slag if s in bokfort})
        if all(g.form is Belopp and not set(g.slag) & bokfort for g in u.grunderna(inre)):
            return ett_ar_fore(dagar[0]), ett_ar_fore(dagar[1])
        slut = passerat[-1] + timedelta(days=1) if passerat else dagar[0]
        return ett_ar_fore(dagar[0]), ett_ar_fore(slut)

    def _bokforda_manader(self, dagar: Dagar, slagen: set[str]) -> Dagar:
        """Return the days up to the end of the last booked month that had passed, of all that the board booked."""
        slut = dagar[0]
        for f in self.fakta:
            if f.form is not Belopp or f["slag"] not in slagen or date.fromordinal(f["dag"]) > self.galler_den:
                continue
            if any(f[namn] not in self.urval[namn] for namn in ("kommun", "namnd") if namn in self.urval):
                continue
            manad = f["avser_manad"] if self.vardmanad and f["avser_manad"] is not None else f["manad"]
            forsta = date.fromordinal(manad)
            sista = forsta.replace(day=manadens(forsta))
            if forsta >= dagar[0] and sista <= self.galler_den:
                slut = max(slut, sista + timedelta(days=1))
        return dagar[0], min(slut, dagar[1])

    def _manadsmedel(self, inre: u.Uttryck, dagar: Dagar, gruppera: tuple[str, ...]) -> Varden:
        svar, antal = defaultdict(list), 0
        for del_, _ in _delar(dagar, ["manad"]):
            if del_[0] <= self.galler_den:
                antal += 1
                for grupp, varde in self.varde(inre, del_, gruppera).items():
                    svar[grupp].append(varde)
        return {g: sum(alla, NOLL) / (len(alla) if luckor(inre) else antal) for g, alla in svar.items()}

    # One calculation ------------------------------------------------------------------------------------------------

    def _grund(self, g: u.Grund, dagar: Dagar, gruppera: tuple[str, ...]) -> Varden:
        grupper: dict[tuple[Any, ...], list[tuple[Faktum, Any]]] = defaultdict(list)
        for f in self._med(g, g.slag):
            if f.form is Intervall:
                bitar: Iterable[Any] = self._dygnen(f, g, dagar)
            else:
                bitar = [None] if self._rakt(f, g, dagar) else []
            grupp = tuple(f[d] for d in gruppera)
            grupper[grupp] += [(f, bit) for bit in bitar]
        return {grupp: self._raknat(g, bitar) for grupp, bitar in grupper.items() if bitar}

    def _med(self, g: u.Grund, slagen: Sequence[str]) -> Iterator[Faktum]:
        har = ("kommun", *g.har_dimensioner)
        fragat = {n: v for n, v in self.urval.items() if n in har}
        rader = [
            f for f in self.fakta
            if f.form is g.form and f["slag"] in slagen
            and all(f[n] in v for n, v in g.urval.items()) and all(f[n] in v for n, v in fragat.items())
        ]  # fmt: skip
        return iter(rader if g.senaste is None else [f for f in rader if self._ar_senast(f, g, fragat)])

    def _ar_senast(self, f: Faktum, g: u.Grund, fragat: Mapping[str, Any]) -> bool:
        assert g.senaste is not None
        bland = (g.senaste.bland,) if g.senaste.bland else g.slag
        snitt = [
            (n, v) for urval in (g.urval, fragat) for n, v in urval.items() if n in ("kommun", "namnd", "underslag")
        ]
        andra = [
            a[g.senaste.ordning] for a in self.fakta
            if a.form is g.form and a["slag"] in bland and date.fromordinal(a["dag"]) <= self.galler_den
            and all(a[n] in v for n, v in snitt) and all(a[n] == f[n] for n in g.senaste.om)
        ]  # fmt: skip
        kanda = [a for a in andra if a is not None]
        return bool(kanda) and f[g.senaste.ordning] == max(kanda)

    def _rakt(self, f: Faktum, g: u.Grund, dagar: Dagar) -> bool:
        """Return whether a point or an amount is counted in the days."""
        if date.fromordinal(f["dag"]) > self.galler_den:
            return False
        if f.form is Punkt:
            return dagar[0].toordinal() <= f["dag"] < dagar[1].toordinal() and self._alder(f, g, dagar, f["dag"])
        manad = f["avser_manad"] if self.vardmanad and f["avser_manad"] is not None else f["manad"]
        inom = dagar[0].toordinal() <= manad < dagar[1].toordinal()
        return inom and (not g.avser_tidigare or (f["avser_manad"] or 10**9) < dagar[0].toordinal())

    def _alder(self, f: Faktum, g: u.Grund, dagar: Dagar, dag: int) -> bool:
        """Return whether the person is of the age on a day; whoever is counted once has one age, that of the end."""
        if g.alder is None:
            return True
        sista = min(dagar[1] - timedelta(days=1), self.galler_den)
        ar = sista.year if g.raknesatt in UNIKA else date.fromordinal(dag).year
        return f["fodelsear"] is not None and g.alder[0] <= ar - f["fodelsear"] <= g.alder[1]

    def _dygnen(self, f: Faktum, g: u.Grund, dagar: Dagar) -> list[date]:
        """Return the days of an interval that the rule counts, in a period that has passed."""
        fran = f["fran"] if self.regel.raknar_inskrivningsdag else f["fran"] + f["inskrivning"]
        till = f["till"] + f["utskrivning"] if self.regel.raknar_utskrivningsdag else f["till"]
        sista = min(dagar[1] - timedelta(days=1), self.galler_den)
        if g.raknesatt is Raknesatt.KOSTNAD and (
            f["prissort"] not in ("dygn", "manad") or (f["slag"] == "franvaro" and f["betald"])
        ):
            return []
        if g.frist is not None and not g.frist.sista_dag(date.fromordinal(f["fran"])) < sista:
            return []
        return [
            d for d in self.passerat(dagar)
            if fran <= d.toordinal() < till and self._alder(f, g, dagar, d.toordinal())
        ]  # fmt: skip

    def _raknat(self, g: u.Grund, bitar: Sequence[tuple[Faktum, Any]]) -> Fraction:  # noqa: PLR0911 - one each
        alla = [f for f, _ in bitar]
        match g.raknesatt:
            case Raknesatt.ANTAL:
                return Fraction(sum(f.form is Punkt or f["antal"] is not None for f in alla))
            case Raknesatt.VOLYM:
                return Fraction(sum(f["antal"] or 0 for f in alla), 1000)
            case Raknesatt.BETYG:
                return Fraction(sum(f["planerat"] or 0 for f in alla))
            case Raknesatt.BELOPP:
                return Fraction(sum(f["belopp"] or 0 for f in alla), 100)
            case Raknesatt.VOLYMVARDE:
                return Fraction(sum((f["antal"] or 0) * (f["pris"] or 0) for f in alla), 100_000)
            case Raknesatt.SENASTE_DAG:
                return Fraction(max(f["dag"] for f in alla))
            case Raknesatt.MEDIAN:
                return Fraction(median(Fraction(f["antal"], 1000) for f in alla))
            case Raknesatt.INOM_FRIST:
                return Fraction(sum(_i_tid(f, g) for f in alla))
            case Raknesatt.UTAN_FOLJD:
                return Fraction(sum(not self._foljd(f, g) for f in alla))
            case _ if g.form is Punkt:
                return Fraction(len({f[_OLIKA[g.raknesatt]] for f in alla} - {None}))
            case _:
                return self._av_dygn(g, bitar)

    def _foljd(self, f: Faktum, g: u.Grund) -> bool:
        assert g.frist is not None
        kommuner = [v for urval in (g.urval, self.urval) for n, v in urval.items() if n == "kommun"]
        return f["person"] is not None and any(
            a.form is Punkt and a["slag"] in g.foljd and a["person"] == f["person"] and a["kommun"] == f["kommun"]
            and f["dag"] < a["dag"] <= f["dag"] + g.frist.dagar and a["dag"] <= self.galler_den.toordinal()
            and all(a["kommun"] in v for v in kommuner)
            for a in self.fakta
        )  # fmt: skip

    def _av_dygn(self, g: u.Grund, bitar: Sequence[tuple[Faktum, date]]) -> Fraction:
        summa = NOLL
        nycklar: dict[Any, int] = defaultdict(int)
        for f, dag in bitar:
            borta = f["slag"] == "franvaro"
            if g.raknesatt is Raknesatt.KOSTNAD:
                pris = Fraction(f["pris"] or 0, 100) / (manadens(dag) if f["prissort"] == "manad" else 1)
                summa += -pris if borta else pris
                continue
            if borta and self.regel.raknar_franvaro:
                continue
            tecken = -1 if borta else 1
            nycklar[f[_OLIKA.get(g.raknesatt, "slag")]] += tecken
            vikt = {
                Raknesatt.PLATSDYGN: Fraction(f["antal"] or 0, 1000),
                Raknesatt.PERSONMANADER: Fraction(1, manadens(dag)),
            }  # fmt: skip
            summa += tecken * vikt.get(g.raknesatt, Fraction(1))
        if g.raknesatt in _OLIKA:
            return Fraction(sum(antal > 0 for nyckel, antal in nycklar.items() if nyckel is not None))
        return summa


def _i_tid(f: Faktum, g: u.Grund) -> bool:
    assert g.frist is not None
    slut = date.fromordinal(f["dag"])
    return slut <= g.frist.sista_dag(slut - timedelta(days=f["antal"] // 1000))


def _delat(varden: Varden, delare: Fraction) -> Varden:
    return {g: v / delare for g, v in varden.items()} if delare else {}


def luckor(x: u.Uttryck) -> bool:
    """Return whether an expression is silent, rather than zero, where it has nothing to say."""
    return isinstance(x, u.Kvot | u.AndelCeller) or any(luckor(del_) for _, del_ in u.delar(x))


def alla_dagar(dagar: Dagar) -> list[date]:
    """Return every day of a period."""
    return [dagar[0] + timedelta(days=nr) for nr in range((dagar[1] - dagar[0]).days)]


def manadens(dag: date) -> int:
    """Return how many days the month of a day has."""
    return calendar.monthrange(dag.year, dag.month)[1]


def ett_ar_fore(dag: date) -> date:
    """Return the day a year before; the one after 28 February for a leap day."""
    return date(dag.year - 1, 3, 1) if (dag.month, dag.day) == (2, 29) else date(dag.year - 1, dag.month, dag.day)


def _delar(dagar: Dagar, tid: Sequence[str]) -> Iterator[tuple[Dagar, str]]:
    """Yield the months or years of a period, with how they are written."""
    if not tid:
        yield dagar, ""
        return
    skrivs = "%Y-%m" if tid == ["manad"] else "%Y"
    orden = dict.fromkeys(f"{d:{skrivs}}" for d in alla_dagar(dagar))
    for ord_ in orden:
        egna = [d for d in alla_dagar(dagar) if f"{d:{skrivs}}" == ord_]
        yield (egna[0], egna[-1] + timedelta(days=1)), ord_
