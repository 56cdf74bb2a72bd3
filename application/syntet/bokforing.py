"""Budget, outcome and forecast of a board that prints them per account group, not per form of care.

Amounts are whole öre, NET COST: costs positive, incomes negative. An outcome printed for a month of the year is what
was booked up to and including it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from application.syntet.beloppsplan import Beloppsplan, Planer
from application.syntet.budgetrader import kronor
from application.syntet.dagar import dag, dagnr, manader
from application.syntet.fardig import Fardig
from application.syntet.kolumntid import SA_SKRIVS_PERIODER, kolumnens_tid
from application.syntet.krav import Krav
from application.syntet.tabellslag import slag_av
from application.syntet.tal import enhetsfaktor, tal
from application.syntet.tider import Klocka, nasta_arbetsdag, rfc3339
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from application.tryckt import Trycktabell
from application.tryckta_rader import ar_varav, sammanfattar, utan_varav
from application.tryckta_tal import som_tal
from domain.begrepp import Justeringsslag, Kontogrupp, Prognosslag
from domain.budgetperiod.begrepp import Post
from domain.tid import Period, kalenderar

KONTOORD: tuple[tuple[str, Kontogrupp], ...] = (
    (r"kommunersättning|kommunbidrag", Kontogrupp.BIDRAG),
    (r"intäkt", Kontogrupp.OVRIGA_INTAKTER),
    (r"konsult|bemanning", Kontogrupp.BEMANNINGSFORETAG),
    (r"personal", Kontogrupp.PERSONAL),
    (r"lokal", Kontogrupp.LOKALER),
    (r"köp", Kontogrupp.KOP_AV_VERKSAMHET),
    (r".", Kontogrupp.OVRIGA_KOSTNADER),
)
"""Which account group a label names; the first match holds."""

_INGEN_POST = re.compile(r"^(netto|avvikelse|ekonomi i balans|finansnetto)", re.IGNORECASE)
_RAKNAD = re.compile("avvikelse|forandring|förändring|procent|andel")
_BUDGET, _ARSPROGNOS, _MOT_ARSPROGNOSEN = "budget", "arsprognos", "avvikelse_arsprognos"
_MANADER = 12
_ANDRAS_I = 3  # the month in which a budget is changed
_INVESTERINGAR, _GEMENSAMT = "Investeringar", "Gemensamt"


@dataclass
class Kontopost:
    """One printed line: its label, its budget and forecast of the report year, and its outcome: (year, month) -> öre.

    The outcome is of the year up to and including the month.
    """

    etikett: str
    kontogrupp: Kontogrupp
    budget: int = 0
    prognos: int | None = None
    utfall: dict[tuple[int, int], int] = field(default_factory=dict)
    budget_hittills: dict[tuple[int, int], int] = field(default_factory=dict)
    annat: dict[str, str] = field(default_factory=dict)

    def med(self, ore: int) -> dict[str, str]:
        """Return the line with an amount."""
        return {
            "verksamhet": self.etikett, "kontogrupp": self.kontogrupp.value, **self.annat, "belopp": kronor(ore)
        }  # fmt: skip


class Bokforing:
    """Makes the budget events."""

    def __init__(
        self, uppdrag: Syntetuppdrag, krav: Krav, klocka: Klocka, rng: np.random.Generator, planer: Planer
    ) -> None:
        """Read the lines; ``noter`` says what is not met."""
        self.noter: list[str] = []
        self._u, self._klocka, self._rng = uppdrag, klocka, rng
        self._ombudgeterat = ombudgeterat(planer.investering, uppdrag)
        if planer.drift.linjer:
            self._poster = [*planens_poster(planer.drift, uppdrag), *planens_poster(planer.investering, uppdrag)]
            return
        self._poster = [post for tabell in krav.ekonomi for post in _poster(tabell, uppdrag, self.noter)]
        self.noter += dict.fromkeys(mening for tabell in krav.ekonomi for mening in _omotta(tabell, uppdrag))

    @property
    def ar(self) -> tuple[int, ...]:
        """The years that have a budget."""
        return (
            tuple(sorted({y for post in self._poster for y, _ in post.utfall} | {self._u.ar})) if self._poster else ()
        )

    def handelser(self) -> Iterator[Fardig]:
        """Yield all events."""
        for ar in self.ar:
            utfall = self._manadsutfall(ar)
            if ar == self._u.ar or any(y == ar for post in self._poster for y, _ in post.budget_hittills):
                yield from self._tryckt_budget(ar)
            else:
                rader = zip(self._poster, utfall.sum(axis=1).tolist(), strict=True)
                yield self._budget(ar, [post.med(round(ore * 0.98 / 10_000_000) * 10_000_000) for post, ore in rader])
            yield from self._bokningar(ar, utfall)
        if any(post.prognos is not None for post in self._poster):
            yield from self._prognos()
        if self._ombudgeterat:
            yield from self._nasta_ar()

    def _tryckt_budget(self, ar: int) -> Iterator[Fardig]:
        """Yield the budget of a year, changed in March so that what is printed up to a month holds."""
        fran_borjan, andrat = [], []
        for post in self._poster:
            hela = post.budget if ar == self._u.ar else None
            hittills = next(((m, b) for (y, m), b in post.budget_hittills.items() if y == ar), None)
            bas, andring = _fore_och_efter(hela, hittills)
            fran_borjan.append(post.med(bas))
            if andring:
                andrat.append(post.med(andring))
        yield self._budget(ar, fran_borjan)
        if andrat:
            datum = nasta_arbetsdag(dagnr(date(ar, _ANDRAS_I, 4)))
            innehall = {
                "slag": Justeringsslag.RATTELSE.value, "benamning": "Rättelse av periodisering", "rader": andrat
            }  # fmt: skip
            yield Fardig(ar, self._klocka.klockslag(datum + 1, 9, 30), "budget.justerad", datum, innehall)

    def _nasta_ar(self) -> Iterator[Fardig]:
        """Yield next year's budget, and what is carried over to it on the last day of the year."""
        ar, sist = self._u.ar + 1, dagnr(self._u.slutdag)
        yield self._budget(ar, [post.med(post.budget) for post in self._poster if "projekt" not in post.annat])
        innehall = {
            "slag": Justeringsslag.OMBUDGETERING.value, "benamning": "Överföring av investeringsmedel",
            "rader": self._ombudgeterat,
        }  # fmt: skip
        yield Fardig(ar, self._klocka.klockslag(sist + 2, 9, 30), "budget.justerad", sist, innehall)

    def _manadsutfall(self, ar: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        """Return öre per (line, month): each printed outcome is shared by the months it adds to the one before."""
        resultat = np.zeros((len(self._poster), _MANADER), dtype=np.int64)
        for nr, post in enumerate(self._poster):
            fran = bokfort = 0
            for (_, manad), ore in sorted((k, v) for k, v in post.utfall.items() if k[0] == ar):
                resultat[nr, fran:manad] = self._andelar(ore - bokfort, manad - fran)
                fran, bokfort = manad, ore
            if 0 < fran < _MANADER:
                resultat[nr, fran:] = self._andelar(round(bokfort / fran * (_MANADER - fran)), _MANADER - fran)
            elif fran == 0:
                arets = post.prognos if post.prognos is not None else post.budget
                resultat[nr] = self._andelar(arets, _MANADER)
        return resultat

    def _andelar(self, ore: int, antal: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return an amount shared unevenly by some months, to the öre."""
        vikt = np.cumsum(1 + self._rng.normal(0, 0.03, antal))
        trappa = np.rint(ore * vikt / vikt[-1]).astype(np.int64)
        return np.asarray(np.diff(trappa, prepend=0), dtype=np.int64)

    def _budget(self, ar: int, rader: list[dict[str, str]]) -> Fardig:
        datum = nasta_arbetsdag(dagnr(date(ar - 1, 11, 25)) + int(self._rng.integers(0, 20)))
        innehall = {"kommun": self._u.kommun, "namnd": self._u.namnd, "ar": ar, "rader": rader}
        return Fardig(
            ar, self._klocka.klockslag(nasta_arbetsdag(datum + 2), 10, 15), "budget.faststalld", datum, innehall
        )

    def _bokningar(self, ar: int, utfall: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Iterator[Fardig]:
        """Yield every month's voucher and its closing, and the year-end of earlier years."""
        slut = min(self._u.slutdag, date(ar, 12, 31))
        for nr, (fran, till) in enumerate(manader(date(ar, 1, 1), slut)):
            manad = f"{dag(fran):%Y-%m}"
            rader = [post.med(int(ore)) for post, ore in zip(self._poster, utfall[:, nr], strict=True) if ore]
            datum = nasta_arbetsdag(till + 3 + int(self._rng.integers(0, 5)))
            if rader:
                innehall = {"manad": manad, "rader": rader, "verifikation": f"{manad}-001"}
                yield Fardig(ar, self._klocka.klockslag(datum, 13, 10), "utfall.bokfort", datum, innehall)
            stangd = nasta_arbetsdag(till + 11)
            yield Fardig(ar, self._klocka.klockslag(stangd, 15, 0), "manad.stangd", stangd, {"manad": manad})
        if ar < self._u.ar:
            datum = nasta_arbetsdag(dagnr(date(ar + 1, 2, 22)))
            yield Fardig(ar, self._klocka.klockslag(datum, 14, 20), "bokslut.faststallt", datum, {})

    def _prognos(self) -> Iterator[Fardig]:
        """Yield the forecast of the report, as of the last day of August."""
        galler, beslut = date(self._u.ar, 8, 31), self._u.beslutsdag
        if min(self._u.slutdag, beslut - timedelta(days=1)) < galler:
            return
        kand = min(galler + timedelta(days=10), beslut - timedelta(days=1))
        innehall = {
            "slag": Prognosslag.DELAR2.value,
            "galler": galler.isoformat(),
            "kand": rfc3339(np.array([self._klocka.klockslag(dagnr(kand), 20, 0)]))[0],
            "beslut": {"organ": self._u.organ, "datum": beslut.isoformat()},
            "rader": [post.med(post.prognos if post.prognos is not None else post.budget) for post in self._poster],
        }
        tid = self._klocka.klockslag(dagnr(beslut), 15, 20)
        yield Fardig(self._u.ar, tid, "prognos.faststalld", dagnr(galler), innehall)


def planens_poster(plan: Beloppsplan, uppdrag: Syntetuppdrag) -> list[Kontopost]:
    """Return the lines of a plan that have any amount."""
    poster = []
    investering = any(s.investering for s in plan.belopp)
    for nr, linje in enumerate(plan.linjer):
        annat = {n: v for n, v in linje.items() if n not in ("verksamhet", "kontogrupp")}
        if investering:
            annat = {"projekt": _INVESTERINGAR, **annat, "post": Post.INVESTERING.value}
        post = Kontopost(
            linje.get("verksamhet", _INVESTERINGAR if investering else _GEMENSAMT),
            Kontogrupp(linje["kontogrupp"]),
            annat=annat,
        )
        for s, belopp in plan.belopp.items():
            if s.slag == "utfall":
                post.utfall[s.ar, s.till] = belopp[nr]
            elif s.slag == "budget" and (s.ar, s.till) == (uppdrag.ar, _MANADER):
                post.budget = belopp[nr]
            elif s.slag == "budget" and not s.ombudgeterad:
                post.budget_hittills[s.ar, s.till] = belopp[nr]
            elif s.prognos == Prognosslag.DELAR2.value:
                post.prognos = belopp[nr]
        if post.budget or post.prognos or any(post.utfall.values()) or any(post.budget_hittills.values()):
            poster.append(post)
    return poster


def ombudgeterat(plan: Beloppsplan, uppdrag: Syntetuppdrag) -> list[dict[str, str]]:
    """Return the lines of investment that are carried over to next year."""
    belopp = plan.av("budget", uppdrag.ar + 1, ombudgeterad=True) or [0] * len(plan.linjer)
    fasta = {"verksamhet": _INVESTERINGAR, "post": Post.INVESTERING.value}
    return [{**fasta, **linje, "belopp": kronor(ore)} for linje, ore in zip(plan.linjer, belopp, strict=True) if ore]


def _fore_och_efter(hela: int | None, hittills: tuple[int, int] | None) -> tuple[int, int]:
    """Return what a budget was from the beginning and the change in March that leads to what is printed.

    A change falls evenly on its month and the following.
    """
    if hittills is None:
        return hela or 0, 0
    manad, belopp = hittills
    if hela is None:
        return round(belopp * _MANADER / manad), 0
    efter = (manad - _ANDRAS_I + 1) / (_MANADER - _ANDRAS_I + 1)
    bas = round((belopp - hela * efter) / (manad / _MANADER - efter))
    return bas, hela - bas


def _poster(tabell: Trycktabell, uppdrag: Syntetuppdrag, noter: list[str]) -> list[Kontopost]:
    """Return the lines of a table; lines that are parts ("varav …") stand for the one they are parts of.

    Parts that do not make up the whole line are left out, with a note.
    """
    slag = slag_av(tabell)
    assert slag is not None
    helheter: list[tuple[Kontopost, list[Kontopost]]] = []
    for rad in tabell.rader:
        etikett = rad[slag.etikett]
        if sammanfattar(etikett) or _INGEN_POST.match(etikett):
            continue
        if tabell.rader.count(rad) > 1:
            raise SyntetGarInte(f"Raden {etikett} i {tabell.namn} finns flera gånger; varje rad får stå en gång.")
        post = _post(tabell, rad, utan_varav(etikett), uppdrag)
        if ar_varav(etikett) and helheter:
            helheter[-1][1].append(post)
        else:
            helheter.append((post, []))
    resultat: list[Kontopost] = []
    enhet = abs(_faktor(tabell, uppdrag)) * 10.0 ** -_decimaler(tabell)
    for hela, delar in helheter:
        if not delar or _ger_hela(hela, delar, enhet):
            resultat += delar or [hela]
        else:
            resultat.append(hela)
            namn = ", ".join(del_.etikett for del_ in delar)
            noter.append(
                f"Tabellen {tabell.namn}: raderna varav {namn} möts inte: de är inte hela {hela.etikett}, som möts."
            )
    return resultat


def _ger_hela(hela: Kontopost, delar: list[Kontopost], enhet: float) -> bool:
    """Return whether parts make up a line in every amount, each rounded to whole units on its own."""
    tal = ((hela.budget, sum(d.budget for d in delar)), (hela.prognos or 0, sum(d.prognos or 0 for d in delar)))
    utfall = ((ore, sum(d.utfall.get(nar, 0) for d in delar)) for nar, ore in hela.utfall.items())
    return all(abs(ena - andra) <= enhet * (len(delar) + 1) / 2 for ena, andra in (*tal, *utfall))


def _decimaler(tabell: Trycktabell) -> int:
    """Return the most decimals that any of a table's numbers has."""
    tal_ = (som_tal(rad[kolumn]) for rad in tabell.rader for kolumn in tabell.kolumner[1:])
    return max((-int(t.as_tuple().exponent) for t in tal_ if t is not None), default=0)


def _post(tabell: Trycktabell, rad: dict[str, str], etikett: str, uppdrag: Syntetuppdrag) -> Kontopost:
    """Return one line."""
    faktor = _faktor(tabell, uppdrag)
    grupp = next(grupp for monster, grupp in KONTOORD if re.search(monster, etikett.lower()))
    post = Kontopost(etikett, grupp)
    for kolumn, vad in _belopp(tabell, uppdrag).items():
        varde = tal(tabell, rad, kolumn)
        if varde is None:
            continue
        ore = int((varde * faktor).to_integral_value())
        if isinstance(vad, tuple):
            post.utfall[vad] = ore
        elif vad == _BUDGET:
            post.budget = ore
        else:
            avvikelse = tal(tabell, rad, _MOT_ARSPROGNOSEN) or Decimal(0)
            post.prognos, post.budget = ore, ore - int((avvikelse * faktor).to_integral_value())
    return post


def _belopp(tabell: Trycktabell, uppdrag: Syntetuppdrag) -> dict[str, tuple[int, int] | str]:
    """Return what the columns that are met hold: the outcome of a year up to a month, the budget, or the forecast."""
    resultat: dict[str, tuple[int, int] | str] = {}
    for kolumn in tabell.kolumner[1:]:
        period = kolumnens_tid(tabell, kolumn)
        if period is not None:
            if period.fran.month != 1 and len(list(period.manader())) > 1:
                raise SyntetGarInte(
                    f"Kolumnen {kolumn} i {tabell.namn} är utfallet från och med månad {period.fran.month}. Tillåtet "
                    "är utfall från årets början, som utfall_ÅÅÅÅ, utfall_aug_ÅÅÅÅ eller utfall_jan_aug_ÅÅÅÅ."
                )
            resultat[kolumn] = period.fran.year, period.sista_dag.month
        elif _budgetens_tid(tabell, kolumn) == kalenderar(uppdrag.ar):
            resultat[kolumn] = _BUDGET
        elif kolumn == _ARSPROGNOS:
            resultat[kolumn] = _ARSPROGNOS
    return resultat


def _budgetens_tid(tabell: Trycktabell, kolumn: str) -> Period | None:
    """Return what a column of a budget is about, or None for other columns."""
    return kolumnens_tid(tabell, kolumn.removeprefix("budget_")) if kolumn.startswith("budget_") else None


def _omotta(tabell: Trycktabell, uppdrag: Syntetuppdrag) -> Iterator[str]:
    """Yield notes on columns of amounts that are not met; what is reckoned from others is met with them."""
    motta = _belopp(tabell, uppdrag)
    for kolumn in tabell.kolumner[1:]:
        if kolumn in motta or _RAKNAD.search(kolumn) or all(som_tal(rad[kolumn]) is None for rad in tabell.rader):
            continue
        budget = _budgetens_tid(tabell, kolumn)
        if budget is not None and budget.fran.year == uppdrag.ar:
            yield "Budgeten till och med en månad möts inte: årets budget är densamma varje månad."
        else:
            yield (
                f"Kolumnen {kolumn} i {tabell.namn} möts inte: det som möts är budget_{uppdrag.ar}, arsprognos och "
                f"utfall av ett år eller en del av det, som {SA_SKRIVS_PERIODER}."
            )


def _faktor(tabell: Trycktabell, uppdrag: Syntetuppdrag) -> int:
    """Return öre of net cost per printed unit; the print has costs negative."""
    return -100 * uppdrag.skala * enhetsfaktor(tabell)
