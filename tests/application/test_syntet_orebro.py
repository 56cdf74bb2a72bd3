"""An interim report with many tables: occupancy, acts, all care in a form, unaccompanied children, åtgärder, queues."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from application.syntet import Amne
from domain.tid import Period, kalenderar, kalendermanad
from tests.application.test_syntet_hjalp import Json, Vistelse, vistelser
from tests.application.test_syntet_tabeller_hjalp import (
    av_typ,
    dygn,
    kommunens,
    procent,
    skapa,
    stallning,
    tabell,
)

MANADER = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug")


@pytest.fixture(scope="module")
def historia() -> tuple[list[Json], tuple[str, ...]]:
    return skapa(kommunens("orebro", utan=frozenset({Amne.OVRIGA_ARENDEN})))


@pytest.fixture(scope="module")
def alla(historia: tuple[list[Json], tuple[str, ...]]) -> list[Json]:
    return historia[0]


@pytest.fixture(scope="module")
def vistelserna(alla: list[Json]) -> list[Vistelse]:
    return list(vistelser(alla).values())


def dygn_i(v: Vistelse, period: Period) -> int:
    return dygn(v.borjan["datum"], v.slut["datum"] if v.slut else None, period.fran, period.till)


def test_belaggningen_ar_den_tryckta_per_enhet_och_manad(alla: list[Json], vistelserna: list[Vistelse]) -> None:
    utforare = {h["namn"]: h["id"] for h in av_typ(alla, "utforare.registrerad")}
    platser = {h["id"]: h for h in av_typ(alla, "platser.andrade")}
    for r in tabell("orebro-2019-belaggning").rader:
        if r["boende"] == "Totalt":
            continue
        enhet = utforare[r["boende"]]
        for nr, manad in enumerate(MANADER, start=1):
            if not r[manad]:
                assert platser[enhet]["datum"] > f"2019-{nr:02d}-01"
                continue
            period = kalendermanad(f"2019-{nr:02d}")
            belagda = sum(dygn_i(v, period) for v in vistelserna if v.borjan["utforareId"] == enhet)
            andel = Decimal(belagda) / (platser[enhet]["platser"] * period.dagar)
            assert andel.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(r[manad]), (r["boende"], manad)


def lagrumsdelar(v: Vistelse) -> list[tuple[str, date, date]]:
    """Give the parts of a stay with one act: act, first day, day after."""
    byten = sorted((h for h in v.inre if h["typ"] == "lagrum.andrat"), key=lambda h: h["datum"])
    dagar = [v.borjan["datum"], *(h["datum"] for h in byten)]
    slut = v.slut["datum"] if v.slut else "2100-01-01"
    granser = [date.fromisoformat(d) for d in [*dagar, slut]]
    lagrum = [v.borjan["lagrum"], *(h["lagrum"] for h in byten)]
    return list(zip(lagrum, granser[:-1], granser[1:], strict=True))


@pytest.mark.parametrize("ar", range(2015, 2020))
def test_personerna_per_lagrum_ar_de_tryckta(vistelserna: list[Vistelse], ar: int) -> None:
    period = Period(date(ar, 1, 1), date(ar, 9, 1))
    personer: dict[tuple[str, str], set[str]] = defaultdict(set)
    for v in vistelserna:
        for lagrum, fran, till in lagrumsdelar(v):
            if fran < period.till and (till > period.fran or fran == till >= period.fran):
                personer[lagrum, v.borjan["kon"]].add(v.borjan["personId"])
    for r in tabell("orebro-2019-lvu-lvm").rader:
        kon = {"flickor": ("kvinna",), "kvinnor": ("kvinna",), "pojkar": ("man",), "män": ("man",)}
        har = sum(len(personer[r["lagrum"], k]) for k in kon.get(r["kon"], ("kvinna", "man")))
        assert har == int(r[f"jan_aug_{ar}"]), (r["lagrum"], r["kon"])


INSTITUTION, FAMILJEHEM = ("hvb", "sis"), ("familjehemEget", "familjehemKonsulent")


def fem_ar(matt: str, delvarde: str, ar: int) -> int:
    rader = tabell("orebro-2019-fem-ar").rader
    (r,) = (r for r in rader if r["matt"].startswith(matt) and r["delvarde"] == delvarde)
    return int(r[f"utfall_{ar}"])


@pytest.mark.parametrize("ar", range(2015, 2019))
@pytest.mark.parametrize(
    ("former", "dygnsmatt", "personmatt"),
    [
        (INSTITUTION, "Vård dygn, institutionsvård", "Institutionsvård antal unika"),
        (FAMILJEHEM, "Vård dygn, familjehemsvård", "Familjehemsvård antal unika"),
    ],
)
def test_all_vard_i_formen_har_tryckta_dygn_och_personer(
    vistelserna: list[Vistelse], ar: int, former: tuple[str, ...], dygnsmatt: str, personmatt: str
) -> None:
    egna = [(v, n) for v in vistelserna if v.borjan["insatsform"] in former and (n := dygn_i(v, kalenderar(ar)))]
    assert sum(n for _, n in egna) == fem_ar(dygnsmatt, "totalt", ar)
    personer = {v.borjan["personId"]: v.borjan["kon"] for v, _ in egna}
    assert len(personer) == fem_ar(personmatt, "totalt", ar)
    if former == INSTITUTION and ar > 2015:
        kvinnor = sum(kon == "kvinna" for kon in personer.values())
        assert procent(kvinnor, len(personer)) == fem_ar(personmatt, "andel flickor/kvinnor", ar)


@pytest.mark.parametrize("ar", [2017, 2018])
@pytest.mark.parametrize("grupp", ["barn", "unga"])
def test_betalda_dygn_i_konsulentstodda_familjehem_ar_de_tryckta(
    vistelserna: list[Vistelse], ar: int, grupp: str
) -> None:
    egna = [v for v in vistelserna if (v.borjan["insatsform"], v.borjan["malgrupp"]) == ("familjehemKonsulent", grupp)]
    tryckt = fem_ar(f"Antal betalda dygn, konsulentstödda familjehem {grupp}", "totalt", ar)
    assert sum(dygn_i(v, kalenderar(ar)) for v in egna) == tryckt


@pytest.mark.parametrize(
    ("kolumn", "dag"), [("dec_2016", "2016-12-31"), ("dec_2017", "2017-12-31"), ("jul_2019", "2019-07-31")]
)
@pytest.mark.parametrize(("etikett", "status"), [("Asylsökande", "asylsokande"), ("Kommunplacerade", "kommunplacerad")])
def test_ensamkommande_ar_de_tryckta_per_status(
    alla: list[Json], kolumn: str, dag: str, etikett: str, status: str
) -> None:
    (r,) = (r for r in tabell("orebro-2019-ensamkommande-aktuella").rader if r["status"] == etikett)
    har = stallning(alla, "status.andrad", "ansvar.overlamnat", "id", dag, status=(status,))
    assert har == int(r[kolumn])


def test_atgarderna_har_tryckt_effekt(alla: list[Json]) -> None:
    namn = {h["id"]: h["namn"] for h in av_typ(alla, "atgard.identifierad")}
    budgeterad = {namn[h["id"]]: Decimal(h["belopp"]) for h in av_typ(alla, "effekt.budgeterad")}
    prognos = {namn[h["id"]]: Decimal(h["prognosUnderAret"]) for h in av_typ(alla, "effekt.beraknad")}
    rader = [r for r in tabell("orebro-2019-effektiviseringar").rader if not r["atgard"].startswith("Summa")]
    assert budgeterad == {r["atgard"]: 1_000_000 * Decimal(r["budgeterad_effekt_helar"]) for r in rader}
    assert prognos == {r["atgard"]: 1_000_000 * Decimal(r["prognos_effekt"]) for r in rader}


def test_koerna_ar_de_tryckta(alla: list[Json]) -> None:
    namn = {h["id"]: h["namn"] for h in av_typ(alla, "utforare.registrerad")}
    koer = Counter((namn[h["id"]], h["familj"]) for h in av_typ(alla, "ko.stalld"))
    assert koer == {("Centrum mot våld, CMV,", False): 12, ("öppenvård barn", False): 74, ("öppenvård barn", True): 56}


def test_avsluten_2017_ar_planerade_och_utvarderade_som_tryckt(alla: list[Json], vistelserna: list[Vistelse]) -> None:
    slut = [v.slut for v in vistelserna if v.slut and v.slut["datum"].startswith("2017")]
    assert procent(sum(h["planerat"] for h in slut), len(slut)) == 66
    domar = [h for h in av_typ(alla, "insats.utvarderad") if h["datum"].startswith("2017")]
    assert procent(sum(h["malUppnadda"] == "iStorUtstrackning" for h in domar), len(domar)) == 67
    assert procent(sum(h["arbetadeMedProblematiken"] for h in domar), len(domar)) == 73


def test_placeringen_har_ett_arende_och_ett_beslut_fattat_senast_forsta_dagen(alla: list[Json]) -> None:
    arenden = {h["id"]: h for h in av_typ(alla, "arende.aktualiserat")}
    beslut = {h["beslutId"]: h for h in av_typ(alla, "beslut.fattat")}
    for h in av_typ(alla, "placering.paborjad"):
        arende, grund = arenden[h["arendeId"]], beslut[h["beslutId"]]
        assert arende["personId"] == h["personId"]
        assert (grund["id"], grund["insatsform"], grund["lagrum"]) == (h["arendeId"], h["insatsform"], h["lagrum"])
        assert arende["datum"] <= grund["datum"] <= h["datum"]


@pytest.mark.tung
def test_aktualiseringar_och_utredda_ar_de_tryckta_alla_ar() -> None:
    alla, _ = skapa(kommunens("orebro"))
    kon = {h["id"]: h["kon"] for h in av_typ(alla, "arende.aktualiserat")}
    inkomna = av_typ(alla, "arende.aktualiserat", "aktualisering.inkommen")
    slut = {h["utredningId"]: h["datum"] for h in av_typ(alla, "utredning.avslutad")}
    for ar in range(2015, 2019):
        arets = [kon[h["id"]] for h in inkomna if h["datum"].startswith(str(ar))]
        assert len(arets) == fem_ar("Antal aktualiserade ärenden", "totalt", ar)
        andel = procent(arets.count("kvinna"), len(arets))
        assert andel == fem_ar("Antal aktualiserade ärenden", "andel flickor/kvinnor", ar)
        utredda = {
            h["id"] for h in av_typ(alla, "utredning.paborjad")
            if h["datum"] <= f"{ar}-12-31" and slut.get(h["utredningId"], "9") >= f"{ar}-01-01"
        }  # fmt: skip
        assert len(utredda) == fem_ar("Antal unika personer som utretts", "totalt", ar)
