"""The laws of every measure, generated from the catalogue and held against the oracle of measures, in both databases.

Each law is tried on every measure it can be said of, with every choice; which those are follows from the declarations,
and why the others are left out is a test of its own (``test_det_som_inte_laggs_samman_har_ett_skal``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest

from application.queries import Fraga, FraganGarInte, Svar, Underlag, Vagning
from domain.fakta import FAKTAFORMER
from domain.faktaspar import ALLTJAMT
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.matt.modell import IDENTITETER, UNIKA, Bokforingsperiod, Raknesatt
from domain.matt.uttryck import (
    AndelCeller,
    Dar,
    Grund,
    Kvot,
    Manadsmedel,
    PerDag,
    PerManad,
    Under,
    Uttryck,
    delar,
    har_luckor,
)
from domain.regler.vardygn import VARDYGNSREGLER, Vardygnsregel
from domain.tid import Period, Tidssnitt
from infrastructure.huvudbok import Bok
from infrastructure.recorder import Recorder
from interfaces.bootstrap import Tjanster, koppla
from tests.laws.matorakel import Faktum, Orakel, luckor
from tests.laws.slumpfakta import KOMMUNER, POSITIONER, Rad, Slump, alla_val, kanda, med_alla_val, skriv
from tests.postgres import Postgresserver

NU = datetime(2026, 1, 1, tzinfo=UTC)
TUNGA_FRON = range(10, 40)
AR_2024, VAR_2024 = (date(2024, 1, 1), date(2025, 1, 1)), (date(2024, 2, 1), date(2024, 6, 1))
TVA_AR, NYAR = (date(2023, 1, 1), date(2025, 1, 1)), date(2024, 1, 1)
DELAR = date(2024, 4, 1)
DATABASER = ("sqlite", "postgres")
ORD, IDENTITET = ("barn", "kvinna", "hvb", "egen", "delar2", "personal"), UUID(int=1001)


def provas(matten: Iterable[Matt]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("matt", list(matten), ids=lambda matt: matt.namn)


def summerbar(matt: Matt, *, i_tid: bool = False) -> bool:
    """Return whether the law of parts says anything of a measure: some choice of it adds up."""
    return any(ett.additivt_i_tid if i_tid else ett.additivt for ett in med_alla_val(matt))


alla_matt = provas(MATT.values())


@dataclass
class Varld:
    """A ledger with random facts, and the same facts as the oracle has them."""

    fro: int
    tjanster: Tjanster
    rader: Sequence[Rad]

    def kanda(self, position: int) -> list[Faktum]:
        return kanda(self.rader, position)


def _varld(fro: int, rader: Sequence[Rad], tjanster: Tjanster) -> Varld:
    recorder, bok = tjanster.liggaren.recorder, tjanster.huvudbok
    assert isinstance(recorder, Recorder)
    assert isinstance(bok, Bok)
    skriv(recorder, rader)
    bok.samla_statistik()
    return Varld(fro, tjanster, rader)


@contextmanager
def varld(fro: int, sort: str, request: pytest.FixtureRequest) -> Iterator[Varld]:
    """Yield a ledger in a database of some sort with the random facts of a seed."""
    with ExitStack() as oppna:
        databas, nyckelfil = ":memory:", None
        if sort == "postgres":
            server: Postgresserver = request.getfixturevalue("postgresserver")
            databas = server.adress(oppna.enter_context(server.ny_databas()))
            nyckelfil = request.getfixturevalue("tmp_path_factory").mktemp("postgres") / "liggare.nyckel"
        tjanster = koppla(databas, nyckelfil=nyckelfil)
        oppna.callback(tjanster.stang)
        yield _varld(fro, Slump(Random(fro)).fakta(), tjanster)


@pytest.fixture(
    scope="module",
    params=[(1, "sqlite"), pytest.param((1, "postgres"), marks=pytest.mark.tung)],
    ids=["1-sqlite", "1-postgres"],
)
def slumpen(request: pytest.FixtureRequest) -> Iterator[Varld]:
    fro, sort = request.param
    with varld(fro, sort, request) as en:
        yield en


@pytest.fixture(scope="module")
def i_postgres(request: pytest.FixtureRequest) -> Iterator[Varld]:
    with varld(1, "postgres", request) as en:
        yield en


MITT_I = POSITIONER // 2


@pytest.fixture(scope="module")
def fore(slumpen: Varld) -> Varld:
    """Return a ledger that knows no more than was known half way."""
    kanda_da = [
        (form, (strom, nr, fran, till if till <= MITT_I else ALLTJAMT, fakta))
        for form, (strom, nr, fran, till, fakta) in slumpen.rader
        if fran <= MITT_I
    ]
    return _varld(slumpen.fro, kanda_da, koppla(":memory:"))


@dataclass(frozen=True)
class Stalld:
    """How a measure is asked: with its choices, and those of every question."""

    val: dict[str, str]
    gruppera: tuple[str, ...]
    urval: dict[str, tuple[str | None, ...]]
    regel: Vardygnsregel
    galler_den: date
    position: int
    dagar: tuple[date, date]
    ovagt: bool = False
    vardmanad: bool = False


def stalld(matt: Matt, val: dict[str, str], r: Random) -> Stalld:
    """Return a way to ask, drawn at random, that goes with the choices."""
    matt = matt.med(val)
    dimensioner = list(matt.dimensioner)
    regel = r.choice(list(VARDYGNSREGLER.values()))
    urval: dict[str, tuple[str | None, ...]] = {"kommun": (r.choice(KOMMUNER),)} if r.random() < 0.3 else {}
    ovriga = [d for d in dimensioner if d not in ("manad", "ar")]
    gruppera = r.sample(dimensioner, r.choice([0, 0, 1, 1, 2])) if dimensioner else []
    if "manad" in gruppera and "ar" in gruppera:
        gruppera.remove("ar")
    if ovriga and r.random() < 0.2:
        namn = r.choice(ovriga)
        ord_ = (str(IDENTITET),) if namn in IDENTITETER else ORD
        urval[namn] = (None, r.choice(ord_))
    return Stalld(
        val, tuple(gruppera), urval, regel if r.random() < 0.5 else regel.utan_franvaro(),
        r.choice([date(2025, 3, 1), date(2024, 8, 31), date(2024, 5, 15)]),
        r.choice([POSITIONER, r.randrange(POSITIONER)]),
        AR_2024 if matt.hela_ar or r.random() < 0.6 else VAR_2024,
        bool(matt.ovagt_over) and r.random() < 0.4, matt.raknar_belopp and r.random() < 0.3,
    )  # fmt: skip


def fraga_liggaren(v: Varld, matt: Matt, s: Stalld, dagar: tuple[date, date] | None = None) -> Svar:
    fraga = Fraga(
        matt, Period(*(dagar or s.dagar)), Tidssnitt(s.galler_den, NU), s.gruppera, s.urval, regel=s.regel,
        vagning=Vagning.OVAGD if s.ovagt else Vagning.VAGD,
        period_efter=Bokforingsperiod.VARD if s.vardmanad else Bokforingsperiod.BOKFORING,
        varianter=s.val,
    )  # fmt: skip
    return v.tjanster.fragor.svara(fraga, Underlag(s.position, s.galler_den, NU, s.regel))


def ledgerns(svar: Svar, matt: Matt) -> dict[tuple[object, ...], Fraction]:
    return {g: v for g, v in svar.varden.items() if v or luckor(matt.uttryck)}


def prova_mot_oraklet(v: Varld, matt: Matt, r: Random, valen: Iterable[dict[str, str]] | None = None) -> None:
    for val in alla_val(matt) if valen is None else valen:
        ett, s = matt.med(val), stalld(matt, val, r)
        orakel = Orakel(v.kanda(s.position), s.galler_den, s.urval, s.regel, s.vardmanad)
        svar = fraga_liggaren(v, matt, s)
        assert ledgerns(svar, ett) == orakel.svar(ett, s.dagar, s.gruppera, ovagt=s.ovagt), (v.fro, s)
        hela = orakel.svar(ett, s.dagar, (), ovagt=s.ovagt)
        assert svar.totalt == hela.get((), None if luckor(ett.uttryck) else 0), (v.fro, s)


@alla_matt
def test_ett_matt_ar_det_langsamma_svaret_for_varje_val(slumpen: Varld, matt: Matt) -> None:
    prova_mot_oraklet(slumpen, matt, Random(f"{slumpen.fro} {matt.namn}"))


@alla_matt
def test_ett_matt_ar_det_langsamma_svaret_aven_i_postgres(i_postgres: Varld, matt: Matt) -> None:
    """With the defaults; every choice and every law in PostgreSQL is in the heavy tier, a minute of compilation."""
    prova_mot_oraklet(i_postgres, matt, Random(f"postgres {matt.namn}"), [{}])


@provas(m for m in MATT.values() if summerbar(m))
def test_delarna_av_ett_summerbart_matt_ar_det_hela(slumpen: Varld, matt: Matt) -> None:
    r = Random(matt.namn)
    for val in alla_val(matt):
        ett, s = matt.med(val), stalld(matt, val, r)
        if ett.additivt and s.gruppera and not s.ovagt:
            hela = fraga_liggaren(slumpen, matt, replace(s, gruppera=())).totalt
            tid = any(d in ("manad", "ar") for d in s.gruppera)
            if not tid or ett.additivt_i_tid:
                assert sum(fraga_liggaren(slumpen, matt, s).varden.values(), Fraction(0)) == hela, s


@provas(m for m in MATT.values() if summerbar(m, i_tid=True))
def test_perioder_efter_varandra_laggs_samman(slumpen: Varld, matt: Matt) -> None:
    r = Random(matt.namn)
    for val in alla_val(matt):
        if matt.med(val).additivt_i_tid:
            s = stalld(matt, val, r)
            for (fran, till), mitt in [(TVA_AR, NYAR), *([] if matt.hela_ar else [(s.dagar, DELAR)])]:
                halvor = [fraga_liggaren(slumpen, matt, s, d).totalt or 0 for d in ((fran, mitt), (mitt, till))]
                assert sum(halvor) == fraga_liggaren(slumpen, matt, s, (fran, till)).totalt, s


@alla_matt
def test_det_som_blivit_kant_senare_andrar_ingenting_tidigare(slumpen: Varld, fore: Varld, matt: Matt) -> None:
    """An answer as known at a position is the one that was given then, by a ledger that knew no more."""
    for val in alla_val(matt):
        s = replace(stalld(matt, val, Random(matt.namn)), position=MITT_I)
        da, nu = fraga_liggaren(fore, matt, replace(s, position=POSITIONER)), fraga_liggaren(slumpen, matt, s)
        assert (da.varden, da.totalt) == (nu.varden, nu.totalt), s


def test_varje_matt_har_nagot_att_saga_om_slumpens_fakta(slumpen: Varld) -> None:
    """Otherwise the laws above would hold of nothing."""
    tysta = []
    for matt in MATT.values():
        s = Stalld({}, (), {}, VARDYGNSREGLER["inEjUt"], date(2025, 3, 1), POSITIONER, AR_2024)
        if not fraga_liggaren(slumpen, matt, s).totalt:
            tysta.append(matt.namn)
    assert len(tysta) < len(MATT) / 10, tysta
    assert {form for form, _ in slumpen.rader} == set(FAKTAFORMER)


def test_det_som_inte_laggs_samman_har_ett_skal() -> None:
    """A share or a mean has its own divisor in every part; who is counted in two parts is one in the whole.

    Of periods also: what stands on a period's last day, or is divided by its days, is another in every period.
    """
    egna_for_varje_del = frozenset((*UNIKA, Raknesatt.MEDIAN, Raknesatt.SENASTE_DAG))
    for ett in (ett for matt in MATT.values() for ett in med_alla_val(matt)):
        led = list(alla_led(ett.uttryck))
        delat = any(isinstance(u, Kvot | AndelCeller) for u in led)
        olika = any(isinstance(u, Grund) and u.raknesatt in egna_for_varje_del for u in led)
        annan_period = any(isinstance(u, PerDag | PerManad | Under | Manadsmedel | Dar) for u in led)
        annan_period |= any(isinstance(u, Grund) and u.avser_tidigare for u in led)
        assert ett.additivt is not (delat or olika), ett.namn
        assert ett.additivt_i_tid is not (delat or olika or annan_period), ett.namn


def alla_led(uttryck: Uttryck) -> Iterator[Uttryck]:
    yield uttryck
    for _, del_ in delar(uttryck):
        yield from alla_led(del_)


@pytest.mark.tung
@pytest.mark.parametrize("fro", TUNGA_FRON)
@pytest.mark.parametrize("sort", DATABASER)
def test_varje_matt_med_manga_fron(fro: int, sort: str, request: pytest.FixtureRequest) -> None:
    with varld(fro, sort, request) as en:
        r = Random(fro)
        for matt in MATT.values():
            prova_mot_oraklet(en, matt, r)


def test_ett_matt_fore_sin_forsta_dag_nekas(slumpen: Varld) -> None:
    matt = MATT["andel-forhandsbedomningar-inom-14-dagar"]
    s = stalld(matt, {}, Random(1))
    with pytest.raises(FraganGarInte, match="gäller från 2013-01-01"):
        fraga_liggaren(slumpen, matt, s, (date(2012, 12, 1), date(2013, 2, 1)))


def test_oraklet_och_liggaren_ar_ense_om_vad_som_kan_saknas() -> None:
    for matt in MATT.values():
        assert luckor(matt.uttryck) is har_luckor(matt.uttryck)
