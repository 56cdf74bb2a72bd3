"""The laws of time (ADR 0002), each as a property of generated histories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from application.commands import HandelseIdUpptaget, Utfall
from domain.begrepp import Samling
from domain.budgetperiod.handelser import BokslutFaststallt, BudgetFaststalld
from domain.faktaspar import ALLTJAMT
from domain.handelse import HandelseMakulerad, Notering
from domain.harledning import fakta
from domain.historik import gallande
from domain.placering.handelser import PlaceringAvslutad, PlaceringPaborjad
from domain.utforare.handelser import UtforareRegistrerad
from tests.application.importen import i_omgangar, importera_i_forvag
from tests.laws.faktafragor import RAKNAS_HOPVIS, faktafragor, raknas
from tests.laws.grund import ANTAL_TUNGT, LAGAR, NYAR, plus
from tests.laws.historier import Historia, forlopp, historier, i_tid, med_drojsmal, variant
from tests.laws.loggen import Grupp
from tests.laws.matfragor import ADDITIVA, DAGSMATT, besvarade_av, dragen, frageblad, fragor, manadsstart
from tests.laws.provliggare import Lagfraga, Provliggare, Rader, Steg, Svarstabell, bokford, orakel

LAGARNA: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[Any], ...]]] = {}
"""Every law with what it is tried on, for the heavy tier."""


def lag(*strategier: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a law: tried on a few examples every day, and on many in the heavy tier."""

    def dekorera(funktion: Callable[..., None]) -> Callable[..., None]:
        LAGARNA[funktion.__name__] = funktion, strategier
        return LAGAR(given(*strategier)(funktion))

    return dekorera


ENSAMMA = (PlaceringPaborjad, PlaceringAvslutad, BudgetFaststalld, BokslutFaststallt, UtforareRegistrerad)
"""Events that a stream has one of at most: another of them would be refused."""

ARSADDITIVA = ("prognos", "budgeterade-personer", "prognostiserade-personer")


def matten(val: Sequence[str], antal: int) -> st.SearchStrategy[list[str]]:
    """Return a choice of so many measures."""
    return st.permutations(val).map(lambda alla: alla[:antal])


def vid(frageblad: Sequence[Lagfraga], kant: datetime | int) -> list[Lagfraga]:
    """Return the questions as known at an instant or a position."""
    return [replace(fraga, kant=kant) for fraga in frageblad]


def alla_svar(liggare: Provliggare, frageblad: Sequence[Lagfraga], kant: datetime | int) -> list[Svarstabell]:
    """Ask the ledger every question, as known at an instant or a position."""
    return [liggare.svar(fraga) for fraga in vid(frageblad, kant)]


# Oracle ---------------------------------------------------------------------------------------------------------


@lag(forlopp(), st.data())
def test_lagen_om_oraklet_varje_svar_ar_det_langsamma_svaret(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        for matt in data.draw(matten(besvarade_av(liggare.poster), 5)):
            fraga = data.draw(fragor(matt, liggare.poster, nu=liggare.klocka.nu))
            assert liggare.svar(fraga) == orakel(liggare.poster, fraga), fraga


@lag(forlopp(), st.data())
def test_lagen_om_oraklet_fakta_ar_vad_handelserna_sager(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        for _ in range(6):
            kant = data.draw(st.just(liggare.position) | st.integers(0, liggare.position))
            fraga = data.draw(faktafragor(liggare.poster, kant=kant))
            assert liggare.svar(fraga) == orakel(liggare.poster, fraga), fraga


# Reproducible ---------------------------------------------------------------------------------------------------


@lag(forlopp(), frageblad(), st.data())
def test_lagen_om_upprepbarhet_samma_fraga_ger_samma_svar_for_alltid(
    steg: list[Steg], blad: list[Lagfraga], data: st.DataObject
) -> None:
    with Provliggare() as liggare:
        da = []
        fragedagar = data.draw(st.sets(st.integers(0, len(steg) - 1), max_size=3)) | {len(steg) - 1}
        for nr, ett in enumerate(steg):
            # Two events of one instant are one thing to a question that names the instant.
            liggare.sand(replace(ett, nar=ett.nar + timedelta(microseconds=nr)))
            kant = liggare.klocka.nu
            if nr in fragedagar:
                da.append((kant, liggare.position, alla_svar(liggare, blad, kant)))
        for kant, position, svar in da:
            assert alla_svar(liggare, blad, kant) == svar
            assert alla_svar(liggare, blad, position) == svar


# Late = on time -------------------------------------------------------------------------------------------------


@lag(historier(), frageblad(), st.data())
def test_lagen_om_sen_registrering_sent_blir_detsamma_som_i_tid(
    historia: Historia, blad: list[Lagfraga], data: st.DataObject
) -> None:
    with bokford(i_tid(historia)) as i_ratt_tid:
        kvar = {steg.forslag.handelse_id for steg in i_ratt_tid.registrerade}
        godtagen = [inslag for inslag in historia if inslag.handelse_id in kvar]
        drojsmal = [data.draw(st.sampled_from([0, 1, 40]) | st.integers(0, 200)) for _ in godtagen]
        with bokford(med_drojsmal(godtagen, drojsmal)) as for_sent:
            assert not for_sent.avslag
            assert len(for_sent.poster) == len(godtagen)
            nu = max(i_ratt_tid.klocka.nu, for_sent.klocka.nu)
            assert alla_svar(for_sent, blad, nu) == alla_svar(i_ratt_tid, blad, nu)


# Corrected = right ----------------------------------------------------------------------------------------------


@lag(forlopp(), frageblad(), st.data())
def test_lagen_om_rattelse_fel_och_rattelse_blir_detsamma_som_ratt(
    steg: list[Steg], blad: list[Lagfraga], data: st.DataObject
) -> None:
    with bokford(steg) as ratt:
        steg = ratt.registrerade
        rattade = {ett.forslag.rattar for ett in steg}
        val = [nr for nr, e in enumerate(steg) if e.forslag.rattar is None and e.forslag.handelse_id not in rattade]
        assume(val)
        nr = data.draw(st.sampled_from(val))
        fel = steg[nr].forslag._replace(handelse=data.draw(variant(steg[nr].forslag.handelse)))
        plats = data.draw(st.integers(nr + 1, len(steg)))
        omvag = data.draw(st.booleans())
        rattelsen = _rattelse(fel, steg[nr].forslag.handelse, omvag=omvag)
        nar = steg[plats - 1].nar
        with bokford([*steg[:nr], Steg(steg[nr].nar, fel), *steg[nr + 1 : plats]]) as rattad:
            assume(len(rattad.poster) == plats)
            felaktiga = alla_svar(rattad, blad, plats)
            rattad.sand_alla([*(Steg(nar, r) for r in rattelsen), *steg[plats:]])
            assume(len(rattad.poster) == len(steg) + len(rattelsen))
            assert alla_svar(rattad, blad, plats) == felaktiga
            for position in {data.draw(st.integers(plats, len(steg))), len(steg)}:
                nu = alla_svar(rattad, blad, position + len(rattelsen))
                assert nu == alla_svar(ratt, blad, position)


def _rattelse(fel: Any, ratt: Any, *, omvag: bool) -> list[Any]:
    """Return the correction; the long way round annuls the mistake, takes that back, and then replaces it."""
    direkt = fel._replace(handelse=ratt, handelse_id=UUID(int=8001), rattar=fel.handelse_id)
    if not omvag:
        return [direkt]
    makulering = HandelseMakulerad(datum=fel.handelse.datum, orsak="Fel")
    return [
        fel._replace(handelse=makulering, handelse_id=UUID(int=8002), rattar=fel.handelse_id),
        fel._replace(handelse=makulering, handelse_id=UUID(int=8003), rattar=UUID(int=8002)),
        direkt,
    ]


@lag(forlopp(), frageblad(), st.data())
def test_lagen_om_rattelse_en_makulerad_handelse_har_aldrig_hant(
    steg: list[Steg], blad: list[Lagfraga], data: st.DataObject
) -> None:
    with bokford(steg) as utan:
        steg = utan.registrerade
        val = [nr for nr, ett in enumerate(steg) if not isinstance(ett.forslag.handelse, ENSAMMA)]
        assume(val)
        nr = data.draw(st.sampled_from(val))
        mall = steg[nr].forslag
        extra = mall._replace(handelse=data.draw(variant(mall.handelse)), handelse_id=UUID(int=8000), rattar=None)
        makulering = HandelseMakulerad(datum=extra.handelse.datum, orsak="Hände aldrig")
        bort = extra._replace(handelse=makulering, handelse_id=UUID(int=8001), rattar=extra.handelse_id)
        plats = data.draw(st.integers(nr + 1, len(steg)))
        nar = steg[plats - 1].nar
        with bokford([*steg[:plats], Steg(nar, extra), Steg(nar, bort), *steg[plats:]]) as med:
            assume(not med.avslag and len(med.poster) == len(steg) + 2)
            for position in {data.draw(st.integers(plats, len(steg))), len(steg)}:
                assert alla_svar(med, blad, position + 2) == alla_svar(utan, blad, position)


# Redelivery -----------------------------------------------------------------------------------------------------


@lag(forlopp(), st.data())
def test_lagen_om_omsandning_samma_handelse_igen_andrar_ingenting(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        assume(liggare.poster)
        logg, rader = liggare.logg(), liggare.fakta()
        for ett in data.draw(st.permutations(liggare.registrerade)):
            kvitto = liggare.sand(replace(ett, nar=liggare.klocka.nu + timedelta(hours=1)))
            post = next(p for p in liggare.poster if p.handelse_id == ett.forslag.handelse_id)
            assert kvitto is not None
            assert kvitto.utfall is Utfall.REDAN_REGISTRERAD
            assert (kvitto.position, kvitto.registrerad) == (post.position, post.registrerad)
        # The id cannot come to mean something else either.
        ett = data.draw(st.sampled_from(liggare.registrerade))
        annan = data.draw(variant(ett.forslag.handelse).filter(lambda h: h != ett.forslag.handelse))
        assert liggare.sand(replace(ett, nar=liggare.klocka.nu, forslag=ett.forslag._replace(handelse=annan))) is None
        assert isinstance(liggare.avslag[-1], HandelseIdUpptaget)
        assert (liggare.logg(), liggare.fakta()) == (logg, rader)


# Additive -------------------------------------------------------------------------------------------------------


def vikt(tabeller: Sequence[Svarstabell]) -> dict[Grupp, Fraction]:
    """Return the sum of answers, group by group."""
    summa: dict[Grupp, Fraction] = {}
    for tabell in tabeller:
        for grupp, varde in tabell.varden.items():
            summa[grupp] = summa.get(grupp, Fraction(0)) + varde
    return {grupp: varde for grupp, varde in summa.items() if varde}


@lag(forlopp(), st.data())
def test_lagen_om_summor_tva_perioder_intill_varandra_blir_en(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        for matt in data.draw(matten(ADDITIVA, 3)):
            fraga = data.draw(fragor(matt, liggare.poster, nu=liggare.klocka.nu))
            fraga = replace(fraga, gruppera=tuple(d for d in fraga.gruppera if d not in ("ar", "manad")))
            delning = [d for d in fraga.dagar[1:] if matt in DAGSMATT or d.day == 1]
            mitt = data.draw(st.sampled_from(delning or [fraga.till]))
            delar = [replace(fraga, till=mitt)] + ([replace(fraga, fran=mitt)] if mitt < fraga.till else [])
            assert vikt([liggare.svar(del_) for del_ in delar]) == liggare.svar(fraga).varden, fraga


@lag(forlopp(), st.data())
def test_lagen_om_summor_manaderna_blir_aret(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        for matt in data.draw(matten(ADDITIVA, 1)):
            fraga = data.draw(fragor(matt, liggare.poster, grupperad=False, nu=liggare.klocka.nu))
            aret = replace(fraga, fran=NYAR, till=date(2025, 1, 1))
            manader = [replace(aret, fran=manadsstart(nr), till=manadsstart(nr + 1)) for nr in range(12)]
            var_for_sig = {f"{manad.fran:%Y-%m}": liggare.svar(manad).totalt for manad in manader}
            grupperat = liggare.svar(replace(aret, gruppera=("manad",)))
            assert grupperat.varden == {(manad,): varde for manad, varde in var_for_sig.items() if varde}
            assert sum(var_for_sig.values()) == liggare.svar(aret).totalt == grupperat.totalt


@lag(forlopp(), st.data())
def test_lagen_om_summor_delarna_blir_det_hela(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        for matt in data.draw(matten((*ADDITIVA, "personer-per-dygn", *ARSADDITIVA), 2)):
            fraga = data.draw(fragor(matt, liggare.poster, grupperad=False, nu=liggare.klocka.nu))
            hela = liggare.svar(fraga)
            for dimension in sorted(dragen(matt)):
                delar = liggare.svar(replace(fraga, gruppera=(dimension,)))
                assert sum(delar.varden.values()) == hela.totalt == delar.totalt, (fraga, dimension)


@lag(forlopp(), st.data())
def test_lagen_om_summor_fakta_i_tva_perioder_och_i_delar_blir_det_hela(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        for _ in range(4):
            fraga = replace(data.draw(faktafragor(liggare.poster, kant=liggare.position)), senaste=False)
            fraga = replace(fraga, rakna=data.draw(st.sampled_from([r for r in RAKNAS_HOPVIS if r in raknas(fraga)])))
            hela = liggare.svar(fraga)
            mitt = plus(fraga.fran, data.draw(st.integers(0, (fraga.till - fraga.fran).days)))
            delar = [liggare.svar(replace(fraga, till=mitt)), liggare.svar(replace(fraga, fran=mitt))]
            assert vikt(delar) == hela.varden, (fraga, mitt)
            assert sum(hela.varden.values()) == hela.totalt == liggare.svar(replace(fraga, gruppera=())).totalt


# Rebuild --------------------------------------------------------------------------------------------------------


@lag(forlopp())
def test_lagen_om_ateruppbyggnad_uppspelade_fakta_ar_de_lopande(steg: list[Steg]) -> None:
    with bokford(steg) as liggare:
        lopande = liggare.fakta()
        assert kanda_nu(lopande) == harledda(liggare)
        liggare.tjanster.ombyggare.bygg_om()
        assert liggare.fakta() == lopande


def kanda_nu(tabeller: Mapping[str, Rader]) -> Counter[tuple[Any, ...]]:
    """Return the facts that are still the known truth, without their life in the ledger."""
    return Counter(
        (tabell, strom, *fakt)
        for tabell, rader in tabeller.items()
        for strom, _, _, kand_till, *fakt in rader
        if kand_till == ALLTJAMT
    )


def harledda(liggare: Provliggare) -> Counter[tuple[Any, ...]]:
    """Return the facts of every stream worked out at one go from its effective events."""
    noteringar: dict[tuple[Samling, UUID], list[Notering]] = defaultdict(list)
    for p in liggare.poster:
        noteringar[p.samling, p.strom].append(Notering(p.position, p.handelse_id, p.handelse, p.rattar))
    return Counter(
        (f"fakta_{type(fakt).__name__.lower()}", strom.hex, *fakt)
        for (samling, strom), ett in noteringar.items()
        for fakt in fakta(samling, strom, gallande(ett))
    )


@lag(forlopp(), st.sampled_from([(5_000, 20_000), (3, 1), (2, 2)]), st.booleans())
def test_lagen_om_ateruppbyggnad_en_fil_blir_som_en_i_taget(
    steg: list[Steg], granser: tuple[int, int], i_forvag: bool
) -> None:
    with pytest.MonkeyPatch.context() as mp, bokford(steg) as liggare, Provliggare() as ny:
        i_omgangar(mp, *granser)
        if i_forvag:
            importera_i_forvag(mp)
        ny.klocka.nu = liggare.klocka.nu
        resultat = ny.tjanster.importor().importera(liggare.som_rader())
        assert resultat.nya == len(liggare.poster)
        assert ny.logg_utan_bevis() == liggare.logg_utan_bevis()
        assert ny.fakta() == liggare.fakta()
        igen = ny.tjanster.importor().importera(liggare.som_rader())
        assert igen.antal[Utfall.REDAN_REGISTRERAD] == igen.rader == len(liggare.poster)


# The log --------------------------------------------------------------------------------------------------------


@lag(forlopp(), st.data())
def test_lagen_om_loggen_tiden_gar_aldrig_bakat_aven_om_klockan_gor_det(steg: list[Steg], data: st.DataObject) -> None:
    with Provliggare() as liggare:
        for ett in steg:
            liggare.sand(replace(ett, nar=ett.nar + timedelta(days=data.draw(st.integers(-400, 400)))))
        tider = [post.registrerad for post in liggare.poster]
        assert tider == sorted(tider)
        assert [post.position for post in liggare.poster] == list(range(1, len(tider) + 1))
        assert [rad[0] for rad in liggare.logg()] == list(range(1, len(tider) + 1))
        assert [kuvert.registrerad for kuvert in liggare.tjanster.huvudbok.las_logg(0, 1000)] == tider
        for tid in (*tider, datetime.combine(NYAR, time(), UTC)):
            assert liggare.tjanster.huvudbok.kunskap(tid).position == sum(annan <= tid for annan in tider)


@lag(forlopp())
def test_lagen_om_avslag_en_avvisad_handelse_andrar_ingenting(steg: list[Steg]) -> None:
    with bokford(steg) as med, bokford(med.registrerade) as utan:
        assert not utan.avslag
        assert utan.logg_utan_bevis() == med.logg_utan_bevis()
        assert utan.fakta() == med.fakta()


# The heavy tier -------------------------------------------------------------------------------------------------


@pytest.mark.tung
@pytest.mark.parametrize("namn", LAGARNA)
def test_lagen_haller_for_manga_historier(namn: str) -> None:
    funktion, strategier = LAGARNA[namn]
    settings(LAGAR, max_examples=ANTAL_TUNGT)(given(*strategier)(funktion))()
