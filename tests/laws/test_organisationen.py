"""The organisation is a dated dimension: every day of care has the oracle's place, and the parts are the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.queries import Fraga
from domain.begrepp import Regi, Samling, Utforarslag
from domain.handelse import Handelse
from domain.matt.katalog import MATT
from domain.tid import Period, Tidssnitt
from domain.utforare.begrepp import Utforarslut
from domain.utforare.handelser import OrganisationAndrad, UtforareAndrad, UtforareAvslutad, UtforareRegistrerad
from tests.laws.exempel import Berattelse, borjar, dygnspris, klockan, nytt_pris, placering, slutar
from tests.laws.loggen import Orakelfraga
from tests.laws.organisationsorakel import vardygn
from tests.laws.provliggare import bokford

FORSTA, ARET = date(2024, 1, 1), Period(date(2024, 1, 1), date(2025, 1, 1))
ENHETER = [UUID(int=900 + nr) for nr in range(3)]
NAMN = ["Barngruppen", "Ungdomsgruppen", "Resursgruppen"]

dagar = st.integers(0, 12).map(lambda nr: FORSTA + timedelta(days=30 * nr))
kallade = st.sampled_from([None, *NAMN, *map(str, ENHETER)])
utforare = st.sampled_from([None, *ENHETER])


def om_enheten(dag: date) -> st.SearchStrategy[Handelse]:
    """Draw what happens to a unit."""
    return st.one_of(
        st.sampled_from(NAMN).map(lambda namn: UtforareAndrad(datum=dag, namn=namn)),
        st.just(UtforareAndrad(datum=dag, alder_fran=13)),
        st.sampled_from(["Barn", "Vuxna"]).map(lambda namn: OrganisationAndrad(datum=dag, overordnad=namn)),
        st.sampled_from(["Barn", "Vuxna"]).map(
            lambda namn: OrganisationAndrad(datum=dag, overordnad=namn, avdelning="A")
        ),
        st.just(UtforareAvslutad(datum=dag, orsak=Utforarslut.SAMMANSLAGEN)),
    )


@st.composite
def berattelser(draw: st.DrawFn) -> Berattelse:
    """Draw units that are renamed, moved and closed, and stays that name them; some of it is told late."""
    inslag: list[tuple[date, tuple[Samling, UUID], Handelse]] = []

    def hander(strom: tuple[Samling, UUID], handelse: Handelse) -> None:
        sent = timedelta(days=draw(st.sampled_from([0, 0, 45, 200])))
        inslag.append((handelse.datum + sent, strom, handelse))

    for enhet in ENHETER[: draw(st.integers(1, 3))]:
        strom = Samling.UTFORARE, enhet
        namn, dag = draw(st.sampled_from(NAMN)), draw(st.sampled_from([FORSTA, FORSTA, FORSTA + timedelta(days=90)]))
        start = UtforareRegistrerad(datum=dag, kommun="0180", namn=namn, regi=Regi.EGEN, slag=Utforarslag.HVB)
        hander(strom, start)
        for nar in draw(st.lists(dagar, max_size=4)):
            hander(strom, draw(om_enheten(max(nar, dag))))
    for nr in range(draw(st.integers(1, 3))):
        fran = draw(dagar)
        stalle: Mapping[str, Any] = {"enhet": draw(kallade), "utforare_id": draw(utforare)}
        hander(placering(nr), borjar(fran.isoformat(), nr, pris=dygnspris("10.00"), **stalle))
        nytt = fran + timedelta(days=draw(st.integers(1, 200)))
        hander(placering(nr), nytt_pris(nytt.isoformat(), dygnspris("20.00")))
        if draw(st.booleans()):
            hander(placering(nr), slutar((nytt + timedelta(days=30)).isoformat()))
    b = Berattelse()
    for nar, strom, handelse in sorted(inslag, key=lambda ett: ett[0]):
        b.hander(strom, handelse, nar.isoformat())
    return b


@settings(max_examples=40, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
@given(berattelse=berattelser(), galler=dagar, kant=dagar, organisation_den=dagar)
def test_varje_dygn_har_oraklets_plats_och_delarna_ar_det_hela(
    berattelse: Berattelse, galler: date, kant: date, organisation_den: date
) -> None:
    with bokford(berattelse.steg) as liggare:
        ogonblick = klockan(kant.isoformat())
        fraga = Orakelfraga("vardygn", ARET.fran, ARET.till, galler, ogonblick)
        vantat: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
        for ((enhet, omrade, avdelning), _), antal in vardygn(liggare.poster, fraga, organisation_den).items():
            vantat[enhet, omrade, avdelning] += antal
        for namn in ("vardygn", "kostnad"):
            utan_organisation = Fraga(MATT[namn], ARET, Tidssnitt(galler, ogonblick))
            svar = liggare.tjanster.fragor.svara(
                replace(
                    utan_organisation,
                    gruppera=("enhet", "overordnad", "avdelning"),
                    organisation_den=organisation_den,
                )
            )
            hela = liggare.tjanster.fragor.svara(utan_organisation).totalt
            assert sum(svar.varden.values()) == hela == svar.totalt
            if namn == "vardygn":
                assert svar.varden == vantat


def plats_for(berattelse: Berattelse, organisation_den: str, galler: str = "2024-12-31") -> set[tuple[Any, ...]]:
    """Return the units and areas that care is found at."""
    with bokford(berattelse.steg) as liggare:
        assert not liggare.avslag
        fraga = Fraga(
            MATT["vardygn"],
            ARET,
            Tidssnitt(date.fromisoformat(galler)),
            ("enhet", "overordnad"),
            organisation_den=date.fromisoformat(organisation_den),
        )
        return set(liggare.tjanster.fragor.svara(fraga).varden)


def en_enhet(b: Berattelse, nr: int, namn: str, overordnad: str, fran: str = "2024-01-01") -> tuple[Samling, UUID]:
    """Tell of a unit from a day on."""
    strom, dag = (Samling.UTFORARE, ENHETER[nr]), date.fromisoformat(fran)
    b.hander(
        strom,
        UtforareRegistrerad(datum=dag, kommun="0180", namn=namn, regi=Regi.EGEN, slag=Utforarslag.HVB),
    )
    b.hander(strom, OrganisationAndrad(datum=dag, overordnad=overordnad))
    return strom


def test_tva_enheter_som_byter_namn_behaller_var_sina_vistelser() -> None:
    b = Berattelse()
    ett, tva = en_enhet(b, 0, "Ett", "Barn"), en_enhet(b, 1, "Två", "Vuxna")
    b.hander(placering(1), borjar("2024-02-01", enhet="Ett", pris=dygnspris("1.00")))
    b.hander(ett, UtforareAndrad(datum=date(2024, 6, 1), namn="Två"))
    b.hander(tva, UtforareAndrad(datum=date(2024, 6, 1), namn="Ett"))
    # What begins after the change of names is a new part of a stay that was named before it.
    b.hander(placering(1), nytt_pris("2024-07-01", dygnspris("2.00")))
    assert plats_for(b, "2024-05-31") == {("Ett", "Barn")}
    assert plats_for(b, "2024-12-31") == {("Två", "Barn")}
    b.hander(placering(2), borjar("2024-08-01", 2, enhet="Ett"))
    assert plats_for(b, "2024-12-31") == {("Två", "Barn"), ("Ett", "Vuxna")}
    assert plats_for(b, "2024-05-31") == {("Ett", "Barn"), ("Två", "Vuxna")}


def test_en_enhet_som_andras_pa_annat_satt_tar_inte_tillbaka_sitt_gamla_namn() -> None:
    b = Berattelse()
    ett = en_enhet(b, 0, "Ett", "Barn")
    en_enhet(b, 1, "Ett", "Vuxna", "2024-03-01")
    b.hander(ett, UtforareAndrad(datum=date(2024, 4, 1), alder_fran=13))
    b.hander(placering(1), borjar("2024-05-01", enhet="Ett"))
    assert plats_for(b, "2024-12-31") == {("Ett", "Vuxna")}


def test_det_som_namns_innan_enheten_blev_kand_hor_till_den_forsta_som_far_namnet() -> None:
    b = Berattelse()
    b.hander(placering(1), borjar("2024-01-01", enhet="Ett"))
    en_enhet(b, 0, "Ett", "Barn", "2024-03-01")
    en_enhet(b, 1, "Ett", "Vuxna", "2024-06-01")
    assert plats_for(b, "2024-12-31") == {("Ett", "Barn")}
    # Before it was known it is a name without a place, as it was then.
    assert plats_for(b, "2024-02-01", "2024-02-01") == {("Ett", None)}


def test_enheten_kan_sagas_med_sin_identitet_eller_som_utforare() -> None:
    b = Berattelse()
    ett = en_enhet(b, 0, "Ett", "Barn")
    stallen: list[dict[str, Any]] = [{"enhet": str(ENHETER[0])}, {"enhet": ENHETER[0].hex}, {"utforare_id": ENHETER[0]}]
    for nr, stalle in enumerate(stallen):
        b.hander(placering(nr), borjar("2024-02-01", nr, **stalle))
    b.hander(ett, UtforareAndrad(datum=date(2024, 6, 1), namn="Två"))
    assert plats_for(b, "2024-12-31") == {("Två", "Barn")}


def test_en_enhet_i_en_annan_kommun_ar_en_annan_enhet() -> None:
    b = Berattelse()
    en_enhet(b, 0, "Ett", "Barn")
    b.hander(placering(1), borjar("2024-02-01", kommun="1880", enhet="Ett"))
    b.hander(placering(2), borjar("2024-02-01", 2, kommun="1880", utforare_id=ENHETER[0]))
    assert plats_for(b, "2024-12-31") == {("Ett", None), (None, None)}
