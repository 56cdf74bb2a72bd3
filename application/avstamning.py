"""The ledger against the placements: booked cost beside that of care days, per month and form of care.

Everything is asked through the ordinary measures, per month, form and target group; ``domain.matt.avstamning`` says
what the parts are. A row without form is bought care that was booked without saying which form: no care day can be held
against it, so it is unexplained there and missing in the forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from application.dimensionsord import etikett_av
from application.queries import Fraga, FraganGarInte, Fragor, Underlag, filterdimensioner, hamta_matt
from domain.begrepp import Insatsform, Kontogrupp
from domain.matt.avstamning import Avstamd, Gap, Moms, passar
from domain.matt.byggstenar import PRISSATT, VARDFORMER
from domain.matt.modell import Bokforingsperiod, Urval
from domain.matt.spartal import med_spar_av
from domain.pengar import avrunda, fordela, kronor, ore, skriv_tal
from domain.regler.vardygn import IN_EJ_UT, Vardygnsregel
from domain.tid import Period, Tidssnitt, kalenderar

DIMENSIONER = ("manad", "insatsform", "malgrupp")
"""What a reconciliation is worked out by, and what its rows may be."""

TALKOLUMNER = ("beraknat", *(gap.value for gap in Gap), "bokfort")
"""The columns of figures, by the names they have in CSV."""

_NOLL = Fraction(0)
_VARDFORMER = VARDFORMER["insatsform"]
_VISADE_FELKONTERINGAR = 5
_TOTALT = "Totalt"


class Nyckel(NamedTuple):
    """What is reconciled one by one."""

    manad: str
    insatsform: str | None = None
    malgrupp: str | None = None


@dataclass(frozen=True)
class Avstamningsfraga:
    """Which municipality and months, as of when, in which rows, and how VAT is booked."""

    kommun: str
    period: Period
    tidssnitt: Tidssnitt
    regel: Vardygnsregel = IN_EJ_UT
    namnd: str | None = None
    gruppera: tuple[str, ...] = ("manad", "insatsform")
    moms: Moms = Moms.INGAR

    def __post_init__(self) -> None:
        """Refuse rows that cannot be.

        Raises:
            FraganGarInte: a dimension is not one of those that are reconciled, or comes twice.
        """
        for namn in self.gruppera:
            if namn not in DIMENSIONER or self.gruppera.count(namn) > 1:
                mening = (
                    f"En avstämning kan inte delas på {','.join(self.gruppera)}. Tillåtna: {', '.join(DIMENSIONER)}."
                )
                raise FraganGarInte("gruppera", mening)


@dataclass(frozen=True)
class Avstamningssvar:
    """The rows in order by what they are about, and the remarks a reader needs."""

    fraga: Avstamningsfraga
    underlag: Underlag
    rader: Mapping[tuple[str | None, ...], Avstamd]
    noter: tuple[str, ...]

    def etikett(self, rad: tuple[str | None, ...]) -> str:
        """Return what a person calls a row."""
        return " / ".join(etikett_av(*par, saknas="–") for par in zip(self.fraga.gruppera, rad, strict=True))

    @property
    def med_totalt(self) -> Mapping[str, Avstamd]:
        """Return the rows by what a person calls them, all of them together last."""
        return {**{self.etikett(rad): cell for rad, cell in self.rader.items()}, _TOTALT: self.totalt}

    @property
    def totalt(self) -> Avstamd:
        """Return all rows together."""
        summa = Avstamd()
        for rad in self.rader.values():
            summa = summa.plus(rad)
        return summa


class Avstamning:
    """Reconciles."""

    def __init__(self, fragor: Fragor) -> None:
        """Ask measures through the ordinary questions."""
        self._fragor = fragor

    def stam_av(self, fraga: Avstamningsfraga) -> Avstamningssvar:
        """Return what was booked beside what care days cost, with what explains the difference.

        Raises:
            FraganGarInte: the period is not whole months.
        """
        underlag = self._fragor.underlag(fraga.tidssnitt, fraga.regel)
        arbete = _Arbete(self._fragor, fraga, underlag)
        celler = arbete.celler()
        rader: dict[tuple[str | None, ...], Avstamd] = {}
        platser = [DIMENSIONER.index(namn) for namn in fraga.gruppera]
        for nyckel in sorted(celler, key=_ordning):
            rad = tuple(nyckel[plats] for plats in platser)
            rader[rad] = rader.get(rad, Avstamd()).plus(celler[nyckel])
        return Avstamningssvar(fraga, underlag, rader, tuple(arbete.noter))


class _Bokfort(NamedTuple):
    """Booked öre by what it is about: all of it, what is bought, and what is booked where it does not belong."""

    allt: Mapping[Nyckel, Fraction]
    kop: Mapping[Nyckel, Fraction]
    felkonterat: Mapping[Nyckel, Fraction]
    felen: Mapping[tuple[str, str, str], Fraction]
    """The same by form, account group and activity."""


class _Arbete:
    """The work on one reconciliation; ``noter`` are filled in on the way."""

    def __init__(self, fragor: Fragor, fraga: Avstamningsfraga, underlag: Underlag) -> None:
        self._fragor, self._fraga, self._underlag = fragor, fraga, underlag
        self.noter: list[str] = []

    def celler(self) -> dict[Nyckel, Avstamd]:
        """Return every cell, reconciled."""
        netto, franvaro = self._i_ore("kostnad"), self._i_ore("kostnad-obetald-franvaro")
        bokfort, vard = self._bokfort(Bokforingsperiod.BOKFORING), self._bokfort(Bokforingsperiod.VARD)
        oprissatt, moms = self._oprissatt(), self._moms(vard)
        self._noter_om_bokforingen(vard)
        kanda = {
            Gap.OBETALD_FRANVARO: {n: -belopp for n, belopp in franvaro.items()},
            Gap.OPRISSATT: oprissatt,
            Gap.MOMS: moms,
            Gap.FELKONTERING: vard.felkonterat,
            Gap.PERIODISERING: _plus(bokfort.allt, {n: -belopp for n, belopp in vard.allt.items()}),
        }
        beraknat = _plus(netto, franvaro)
        self._not_om_obokade(beraknat, bokfort)
        nycklar = {n for del_ in (beraknat, bokfort.allt, *kanda.values()) for n in del_}
        return {
            n: Avstamd(
                beraknat.get(n, _NOLL), bokfort.allt.get(n, _NOLL), {gap: d.get(n, _NOLL) for gap, d in kanda.items()}
            )
            for n in nycklar
        }

    def _oprissatt(self) -> dict[Nyckel, Fraction]:
        """Return care days without price, at the mean price of their like."""
        utan = self._svar("vardygn-utan-pris")
        if not utan:
            return {}
        dygn = self._svar("vardygn", urval=PRISSATT)
        kostnad = _plus(self._svar("kostnad"), self._svar("kostnad-obetald-franvaro"))
        priser = {n: _medelpris(n, dygn, kostnad) for n in utan}
        utan_like = sum((antal for n, antal in utan.items() if priser[n] is None), _NOLL)
        alla = skriv_tal(sum(utan.values(), _NOLL))
        self.noter.append(f"{alla} dygn saknar pris och är uppskattade efter medelpriset för sin insatsform.")
        if utan_like:
            self.noter.append(f"{skriv_tal(utan_like)} av dem har inget pris att uppskattas efter och är inte med.")
        return {n: hela_ore(antal * (priser[n] or 0)) for n, antal in utan.items()}

    def _moms(self, vard: _Bokfort) -> dict[Nyckel, Fraction]:
        """Return the VAT granted back for each month, shared by what was bought in it."""
        tecken = self._fraga.moms.tecken
        manaderna = self._svar("atersokt-moms", ("manad",), period_efter=Bokforingsperiod.VARD) if tecken else {}
        delad: dict[Nyckel, Fraction] = defaultdict(Fraction)
        for (manad,), belopp in manaderna.items():
            kopt = {n: kop for n, kop in vard.kop.items() if n.manad == manad and n.insatsform and kop > 0}
            nycklar = sorted(kopt, key=_ordning) or [Nyckel(manad)]
            moms, vikter = tecken * hela_ore(belopp), [kopt.get(n, Fraction(1)) for n in nycklar]
            hela = sum(vikter, _NOLL)
            for n, vikt, del_ in zip(nycklar, vikter, fordela(int(moms), list(map(int, vikter))), strict=True):
                delad[n] += med_spar_av(del_, moms * vikt / hela)
        if manaderna:
            self.noter.append(f"Moms: {self._fraga.moms.etikett}; fördelad efter köp av verksamhet i vårdmånaden.")
        return dict(delad)

    def _bokfort(self, period_efter: Bokforingsperiod) -> _Bokfort:
        gruppera = (*DIMENSIONER, "regi", "kontogrupp", "verksamhet")
        svar = self._svar("utfall", gruppera, {"insatsform": (*_VARDFORMER, None)}, period_efter)
        budgeterade = self._budgeterade()
        allt, kop, felkonterat = (defaultdict[Nyckel, Fraction](Fraction) for _ in range(3))
        felen = defaultdict[tuple[str, str, str], Fraction](Fraction)
        for (manad, form, malgrupp, regi, kontogrupp, verksamhet), belopp in svar.items():
            nyckel, i_ore = Nyckel(manad, form, malgrupp), hela_ore(belopp)
            if form is None and kontogrupp != Kontogrupp.KOP_AV_VERKSAMHET:
                continue
            allt[nyckel] += i_ore
            if kontogrupp == Kontogrupp.KOP_AV_VERKSAMHET:
                kop[nyckel] += i_ore
            i_budgeten = verksamhet in budgeterade.get(form, {verksamhet})
            if form is not None and not (passar(form, regi, kontogrupp) and i_budgeten):
                felkonterat[nyckel] += i_ore
                felen[form, kontogrupp, verksamhet] += i_ore
        return _Bokfort(allt, kop, felkonterat, felen)

    def _budgeterade(self) -> dict[str | None, set[str | None]]:
        """Return the activities that each form of care has a budget on, where it has any."""
        aret = kalenderar(self._fraga.period.fran.year)
        budget = self._svar("budget", ("insatsform", "verksamhet"), {"insatsform": _VARDFORMER}, period=aret)
        verksamheter: dict[str | None, set[str | None]] = defaultdict(set)
        for insatsform, verksamhet in budget:
            verksamheter[insatsform].add(verksamhet)
        return verksamheter

    def _noter_om_bokforingen(self, vard: _Bokfort) -> None:
        storst = sorted(vard.felen.items(), key=lambda par: -abs(par[1]))[:_VISADE_FELKONTERINGAR]
        for (form, kontogrupp, verksamhet), belopp in storst:
            vad = f"{Insatsform(form).etikett} på {Kontogrupp(kontogrupp).etikett.lower()}, verksamhet {verksamhet}"
            self.noter.append(f"Felkontering: {vad}: {skriv_tal(kronor(int(belopp)), 2)} kr.")
        utan_form = sum(belopp for n, belopp in vard.allt.items() if n.insatsform is None)
        if utan_form:
            visat = skriv_tal(kronor(int(utan_form)), 2)
            self.noter.append(f"{visat} kr köp av verksamhet är bokfört utan insatsform; det kan saknas i formerna.")

    def _not_om_obokade(self, beraknat: Mapping[Nyckel, Fraction], bokfort: _Bokfort) -> None:
        """Tell of months that have care but no booking at all: the books of a month are closed in the next."""
        obokade = sorted({n.manad for n in beraknat} - {n.manad for n in bokfort.allt})
        if obokade:
            self.noter.append(
                f"Ingen vård är bokförd i {', '.join(obokade)}, som känt då; hela kostnaden är oförklarad."
            )

    def _i_ore(self, matt: str) -> dict[Nyckel, Fraction]:
        return {n: hela_ore(varde) for n, varde in self._svar(matt).items()}

    def _svar(
        self, matt: str, gruppera: tuple[str, ...] = DIMENSIONER, urval: Urval | None = None,
        period_efter: Bokforingsperiod = Bokforingsperiod.BOKFORING, *, period: Period | None = None,
    ) -> dict[Any, Fraction]:  # fmt: skip
        """Return a measure's answer; per month, form and group as keys of that kind."""
        f, deklaration = self._fraga, hamta_matt(matt)
        med_namnd: Urval = {"namnd": (f.namnd,)} if f.namnd and "namnd" in filterdimensioner(deklaration) else {}
        fraga = Fraga(
            deklaration, period or f.period, f.tidssnitt, gruppera,
            {"kommun": (f.kommun,), **med_namnd, **(urval or {})}, regel=f.regel, period_efter=period_efter,
        )  # fmt: skip
        varden = self._fragor.svara(fraga, self._underlag).varden
        return {Nyckel(*rad) if gruppera == DIMENSIONER else rad: varde for rad, varde in varden.items()}


def hela_ore(belopp: Fraction | int) -> Fraction:
    """Return an exact amount in kronor as öre, rounded once; it remembers what the amount was made of."""
    return med_spar_av(ore(avrunda(belopp, 2)), belopp * Fraction(100))


def _plus(ena: Mapping[Nyckel, Fraction], andra: Mapping[Nyckel, Fraction]) -> dict[Nyckel, Fraction]:
    """Return the sums of two sets of amounts."""
    summor = dict(ena)
    for nyckel, belopp in andra.items():
        summor[nyckel] = summor[nyckel] + belopp if nyckel in summor else belopp
    return summor


def _medelpris(n: Nyckel, dygn: Mapping[Nyckel, Fraction], kostnad: Mapping[Nyckel, Fraction]) -> Fraction | None:
    """Return the mean price of the same form: of the month and group, of the month, or of the whole period."""
    av_formen = [annan for annan in dygn if annan.insatsform == n.insatsform]
    i_manaden = [annan for annan in av_formen if annan.manad == n.manad]
    for lika in ([annan for annan in i_manaden if annan == n], i_manaden, av_formen):
        antal = sum((dygn[annan] for annan in lika), _NOLL)
        if antal:
            return sum((kostnad.get(annan, _NOLL) for annan in lika), _NOLL) / antal
    return None


def _ordning(nyckel: Nyckel) -> tuple[Any, ...]:
    """Return what a cell is sorted by: forms in the order of their list, none last."""
    form = len(_VARDFORMER) if nyckel.insatsform is None else _VARDFORMER.index(nyckel.insatsform)
    return nyckel.manad, form, nyckel.malgrupp is None, nyckel.malgrupp or ""
