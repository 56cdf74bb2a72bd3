"""An interim report on contracts: stays by contract and reason, time limits, follow-ups with grades, commitments."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.application.test_syntet_hjalp import Json
from tests.application.test_syntet_tabeller_hjalp import (
    av_typ,
    dagar_emellan,
    forsta,
    i_perioden,
    kommunens,
    procent,
    skapa,
    stallning,
    strommar,
    tabell,
)

PERIOD = ("2023-01-01", "2023-08-31")
FORMER = {
    "Institutionsvård barn och unga": "hvb",
    "Institutionsvård vuxna": "institutionMissbruk",
    "Stödboende & Externt boende": "stodboende",
    "Skyddat boende": "skyddatBoende",
    "Konsulentstött familjehemsvård": "familjehemKonsulent",
    "Öppenvård": "oppenvardDygn",
}


@pytest.fixture(scope="module")
def historia() -> tuple[list[Json], tuple[str, ...]]:
    return skapa(kommunens("eskilstuna"))


@pytest.fixture(scope="module")
def alla(historia: tuple[list[Json], tuple[str, ...]]) -> list[Json]:
    return historia[0]


def test_insatserna_ar_de_tryckta_per_vardform_och_avtal(alla: list[Json]) -> None:
    borjade = i_perioden(av_typ(alla, "placering.paborjad"), *PERIOD)
    antal = Counter((h["insatsform"], h["avtalsform"]) for h in borjade)
    for r in tabell("eskilstuna-2023-externa-utforare-ramavtal").rader:
        form = FORMER[r["vardform"].split(" - ")[0]]
        assert antal[form, "ramavtal"] == int(r["inom_ramavtal_antal"]), form
        assert antal[form, "direktupphandling"] == int(r["direktupphandling_antal"]), form
    assert (len(borjade), sum(v for (_, a), v in antal.items() if a == "ramavtal")) == (387, 332)


def test_anledningarna_ar_de_tryckta(alla: list[Json]) -> None:
    borjade = i_perioden(av_typ(alla, "placering.paborjad"), *PERIOD)
    skal = Counter(h["direktupphandlingsorsak"] for h in borjade if "direktupphandlingsorsak" in h)
    tryckta = [int(r["antal"]) for r in tabell("eskilstuna-2023-direktupphandling-anledning").rader]
    assert [skal["ramavtalSaknas"], skal["platsbrist"], skal["ovrigt"]] == tryckta


def test_andelen_oplanerade_omplaceringar_ar_den_tryckta(alla: list[Json]) -> None:
    avslutade = i_perioden(av_typ(alla, "placering.avslutad"), *PERIOD)
    flyttade = [h for h in avslutade if h["orsak"] == "omplacering" and not h["planerat"]]
    assert procent(len(flyttade), len(avslutade)) == 20
    nasta = [h for h in av_typ(alla, "placering.paborjad") if h.get("omplacering") == "oplanerad"]
    assert len(nasta) == len(flyttade)


@pytest.mark.parametrize(("ar", "tryckt"), [(2022, 71), (2023, 85)])
def test_andelen_utredningar_inom_120_dagar_ar_den_tryckta(alla: list[Json], ar: int, tryckt: int) -> None:
    inom = antal = 0
    for egna in strommar(alla, "arenden").values():
        borjan, start, slut = (
            forsta(egna, typ) for typ in ("arende.aktualiserat", "utredning.paborjad", "utredning.avslutad")
        )
        if not (borjan and start and slut) or ar - borjan["fodelsear"] > 20:
            continue
        if f"{ar}-01-01" <= slut["datum"] <= f"{ar}-08-31":
            antal += 1
            inom += dagar_emellan(start, slut) <= 120
    assert antal > 500
    assert procent(inom, antal) == tryckt


@pytest.mark.parametrize(("ar", "tryckt"), [(2022, 61), (2023, 68)])
def test_andelen_forhandsbedomningar_inom_14_dagar_ar_den_tryckta(alla: list[Json], ar: int, tryckt: int) -> None:
    inom = antal = 0
    for egna in strommar(alla, "arenden").values():
        borjan, slut = forsta(egna, "arende.aktualiserat"), forsta(egna, "forhandsbedomning.avslutad")
        if borjan and slut and f"{ar}-01-01" <= slut["datum"] <= f"{ar}-08-31" and ar - borjan["fodelsear"] <= 17:
            antal += 1
            inom += dagar_emellan(borjan, slut) <= 14
    assert antal > 1000
    assert procent(inom, antal) == tryckt


def test_de_bostadssociala_kontrakten_ar_de_som_etiketten_trycker(alla: list[Json]) -> None:
    for dag, tryckt in (("2022-08-31", 300), ("2023-08-31", 236)):
        kontrakt = stallning(
            alla, "insats.paborjad", "insats.avslutad", "insatsId", dag, insatsform=("socialtKontrakt",)
        )
        assert kontrakt == tryckt


def test_brukarna_ar_de_tryckta_per_alder(alla: list[Json]) -> None:
    aktiva: dict[int, list[int]] = defaultdict(list)
    for egna in strommar(alla, "arenden").values():
        borjan, slut = forsta(egna, "arende.aktualiserat"), forsta(egna, "arende.avslutat")
        assert borjan is not None
        for ar in (2020, 2021, 2022):
            if borjan["datum"] <= f"{ar}-12-31" and (slut is None or slut["datum"] >= f"{ar}-01-01"):
                aktiva[ar].append(ar - borjan["fodelsear"])
    for r in tabell("eskilstuna-2023-kpb-2022").rader:
        if r["aldersgrupp"] == "Totalt":
            assert len(aktiva[int(r["ar"])]) == int(r["antal_brukare"]), r
        elif r["antal_brukare"]:
            yngst, aldst = r["aldersgrupp"].removesuffix(" år").split("-")
            har = sum(int(yngst) <= alder <= int(aldst or 200) for alder in aktiva[2022])
            assert har == int(r["antal_brukare"]), r


def test_uppfoljningarna_ar_de_tryckta(historia: tuple[list[Json], tuple[str, ...]]) -> None:
    alla, noter = historia
    gjorda = av_typ(alla, "uppfoljning.gjord")
    antal = Counter((h["avtalsomrade"], h["omfattning"]) for h in gjorda)
    assert antal == {("hvb", "full"): 14, ("familjehemKonsulent", "begransad"): 21}
    namn = {h["id"]: h["namn"] for h in av_typ(alla, "utforare.registrerad")}
    uppfoljda = {namn[h["id"]] for h in gjorda}
    assert {r["utforare"] for r in tabell("eskilstuna-2023-utforare-uppfoljda").rader} < uppfoljda
    assert len(uppfoljda) == 35
    assert any("14 uppföljningar" in n and "13 utförare" in n for n in noter)


def test_betygen_ger_de_tryckta_medelvardena_och_andelarna(alla: list[Json]) -> None:
    fulla = [h["omraden"] for h in av_typ(alla, "uppfoljning.gjord") if h["omfattning"] == "full"]
    for r in tabell("eskilstuna-2023-rating-hvb").rader:
        betyg = [omraden[r["omrade"]] for omraden in fulla]
        medel = (Decimal(sum(betyg)) / len(betyg)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert medel == Decimal(r["medelbetyg"]), r
        assert procent(sum(b >= 4 for b in betyg), len(betyg)) == int(r["andel_betyg_4_och_5"]), r


def test_atagandena_ar_de_tryckta(alla: list[Json]) -> None:
    (r,) = tabell("eskilstuna-2023-status-ataganden").rader
    assert len(av_typ(alla, "atagande.startat")) == int(r["total_summa"])
    assert len(av_typ(alla, "atagande.avslutat")) == int(r["klart_avslutat"])


def test_resultatrakningen_ar_den_tryckta(alla: list[Json]) -> None:
    mnkr = Decimal(-1_000_000)
    bokfort: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for h in av_typ(alla, "utfall.bokfort"):
        if h["manad"][5:] <= "08":
            for rad in h["rader"]:
                bokfort[h["manad"][:4], rad["verksamhet"]] += Decimal(rad["belopp"])
    (prognos,) = av_typ(alla, "prognos.faststalld")
    budget = next(h for h in av_typ(alla, "budget.faststalld") if h["ar"] == 2023)
    vantat, budgeterat = ({rad["verksamhet"]: Decimal(rad["belopp"]) for rad in h["rader"]} for h in (prognos, budget))
    for r in tabell("eskilstuna-2023-resultatrakning").rader:
        if r["konto"].startswith(("Summa", "FINANS")):
            continue
        for ar in ("2022", "2023"):
            assert bokfort[ar, r["konto"]] == mnkr * Decimal(r[f"utfall_aug_{ar}"])
        assert vantat[r["konto"]] == mnkr * Decimal(r["arsprognos"])
        assert budgeterat[r["konto"]] == mnkr * (Decimal(r["arsprognos"]) - Decimal(r["avvikelse_arsprognos"]))


def test_det_som_inte_mots_sags(historia: tuple[list[Json], tuple[str, ...]]) -> None:
    for tabellnamn in ("sjukfranvaro", "underliggande-enheter", "huvudprocesser", "indikatorer-medarbetare"):
        assert any(f"eskilstuna-2023-{tabellnamn} " in n and "möts inte" in n for n in historia[1])
