"""The invented books: budget, outcome and forecasts agree with the print to the krona."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from application.tryckt import las_trycktabell
from domain.strom import budgetperiodens_id
from tests.application.test_syntet_hjalp import FACIT, Json, decimaler, historik, luckor, orebro

MNKR = Decimal(1_000_000)
EXTERN = "Externa vård- och behandlingskostnader"


@pytest.fixture(scope="module")
def rader() -> list[Json]:
    return [h for h in historik(orebro()) if h["samling"] == "budgetperioder"]


def nyckel(rad: Json) -> tuple[str, ...]:
    return (rad["verksamhet"], rad["kontogrupp"], rad.get("malgrupp", ""), rad.get("insatsform", ""))


def belopp(handelser: list[Json]) -> dict[tuple[str, ...], Decimal]:
    summa: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for h in handelser:
        for rad in h["rader"]:
            summa[nyckel(rad)] += Decimal(rad["belopp"])
    return dict(summa)


def av_typ(rader: list[Json], typ: str, ar: int) -> list[Json]:
    strom = str(budgetperiodens_id("1880", "socialnamnden", ar))
    return [h for h in rader if h["typ"] == typ and h["id"] == strom]


def tryckta() -> dict[tuple[str, str], tuple[Decimal, Decimal, Decimal]]:
    """Printed budget, forecast at delår 1 and at delår 2 of the external rows, in kronor."""
    tabell = las_trycktabell(FACIT / "orebro-2019-externa-insatser.csv")
    resultat = {}
    for rad in tabell.rader:
        if rad["radtyp"] == "post":
            budget = Decimal(rad["budget_2019_mnkr"])
            delar = [budget - Decimal(rad[f"budgetavvikelse_delar{n}_mnkr"]) for n in (1, 2)]
            resultat[rad["malgrupp"], rad["insatsform"]] = (budget * MNKR, delar[0] * MNKR, delar[1] * MNKR)
    return resultat


def test_budget_och_justeringar_ger_den_tryckta_budgeten(rader: list[Json]) -> None:
    justeringar = av_typ(rader, "budget.justerad", 2019)
    assert justeringar
    assert all("2019-01-31" < h["datum"] < "2019-04-30" for h in justeringar)
    summa = belopp([*av_typ(rader, "budget.faststalld", 2019), *justeringar])
    externa = [varde for (verksamhet, *_), varde in summa.items() if verksamhet == EXTERN]
    assert externa == [budget for budget, _, _ in tryckta().values()]
    assert summa["Övergripande & nämnd", "ofordelat", "", ""] == Decimal("34.1") * MNKR
    assert summa["Planerade effektiviseringar", "ofordelat", "", ""] == Decimal("-4.0") * MNKR
    assert len({v for v, *_ in summa}) == 7


def test_budgeten_antas_i_slutet_av_aret_fore(rader: list[Json]) -> None:
    for ar in (2017, 2018, 2019):
        (budget,) = av_typ(rader, "budget.faststalld", ar)
        assert f"{ar - 1}-11-20" < budget["datum"] <= f"{ar - 1}-12-31"
        assert (budget["kommun"], budget["namnd"], budget["ar"]) == ("1880", "socialnamnden", ar)
        assert len(budget["volymrader"]) == 13


def test_prognoserna_ar_budget_minus_avvikelse(rader: list[Json]) -> None:
    delar1, delar2 = av_typ(rader, "prognos.faststalld", 2019)
    for nummer, (prognos, galler) in enumerate(((delar1, "2019-04-30"), (delar2, "2019-08-31")), start=1):
        assert prognos["datum"] == prognos["galler"] == galler
        externa = [Decimal(rad["belopp"]) for rad in prognos["rader"] if rad["verksamhet"] == EXTERN]
        assert externa == [tal[nummer] for tal in tryckta().values()]
        assert galler < prognos["kand"][:10] < prognos["beslut"]["datum"]
    assert delar2["beslut"]["datum"] == "2019-09-19"
    assert delar2["registrerad"] < "2019-09-19T14:00"
    barn = delar2["volymrader"][0]
    assert barn == {
        "malgrupp": "barn",
        "insatsform": "hvb",
        "personerPerDygn": "14",
        "pris": {"sort": "dygn", "belopp": "5033.00"},
    }
    jourhem = next(rad for rad in delar2["volymrader"] if rad["insatsform"] == "jourhem")
    assert "malgrupp" not in jourhem
    assert jourhem["pris"]["sort"] == "manad"


def test_utfallet_till_augusti_ar_sin_del_av_prognosen(rader: list[Json]) -> None:
    bokningar = av_typ(rader, "utfall.bokfort", 2019)
    bokfort = belopp(bokningar)
    sena = [h for h in bokningar if h["manad"] == "2019-08" and "avserManad" not in h]
    kvar = belopp(sena)
    for (grupp, form), (_, _, prognos) in tryckta().items():
        (traff,) = [n for n in bokfort if n in _nycklar(grupp, form)]
        allt = bokfort[traff] + kvar[traff] / 9  # a tenth of August is booked in September
        assert float(allt) == pytest.approx(float(prognos) * 243 / 365, rel=0.1), (grupp, form)


def _nycklar(grupp: str, form: str) -> set[tuple[str, ...]]:
    ord_ = {
        "Institutionsvård": "hvb",
        "Familjehemsvård internt": "familjehemEget",
        "Familjehemsvård externt": "familjehemKonsulent",
        "Kontaktperson-/familj": "kontaktperson",
        "Personligt stöd/öppenvård (med dygnspriser)": "oppenvardDygn",
        "Personligt stöd/öppenvård (övriga)": "oppenvardOvrig",
        "Jourhem, kontrakterade": "jourhem",
        "Institutionsvård missbrukare": "institutionMissbruk",
        "Öppenvård missbrukare": "oppenvardMissbruk",
        "Boende missbrukare": "boendeMissbruk",
        "Vård icke missbrukare": "vardIckeMissbruk",
    }
    malgrupp = "" if grupp == "Jourhem" else grupp.lower()
    return {(EXTERN, kontogrupp, malgrupp, ord_[form]) for kontogrupp in ("kopAvVerksamhet", "personal")}


def test_en_tiondel_bokfors_manaden_efter(rader: list[Json]) -> None:
    bokningar = av_typ(rader, "utfall.bokfort", 2018)
    sena = {h["avserManad"]: belopp([h]) for h in bokningar if "avserManad" in h}
    i_tid = {h["manad"]: belopp([h]) for h in bokningar if "avserManad" not in h}
    assert sorted(i_tid) == [f"2018-{m:02d}" for m in range(1, 13)]
    assert sorted(sena) == [f"2018-{m:02d}" for m in range(1, 12)]
    for manad, delar in sena.items():
        for rad, tal in delar.items():
            assert float(tal) == pytest.approx(float(tal + i_tid[manad][rad]) / 10, abs=0.011)


def test_inget_bokfors_i_stangd_manad_eller_efter_bokslut(rader: list[Json]) -> None:
    stangda: set[str] = set()
    avslutade: set[str] = set()
    for h in rader:
        if h["typ"] == "utfall.bokfort":
            assert h["manad"] not in stangda
            assert h["id"] not in avslutade
        elif h["typ"] == "manad.stangd":
            stangda.add(h["manad"])
        elif h["typ"] == "bokslut.faststallt":
            avslutade.add(h["id"])
    assert len(stangda) == 56
    assert len(avslutade) == 4


def test_invanarna_kommer_ur_tabellen(rader: list[Json]) -> None:
    assert [(h["datum"], h["antal"]) for h in rader if h["typ"] == "invanare.faststallda"] == [
        ("2015-12-31", 144566),
        ("2016-12-31", 146105),
        ("2017-12-31", 150192),
        ("2018-12-31", 153367),
    ]


def test_belopp_och_volymer_foljer_skalan() -> None:
    ett, tre = (av_typ(historik(orebro(skala=s)), "prognos.faststalld", 2019)[1] for s in (1, 3))
    for liten, stor in zip(ett["rader"], tre["rader"], strict=True):
        assert Decimal(stor["belopp"]) == 3 * Decimal(liten["belopp"])
    for liten, stor in zip(ett["volymrader"], tre["volymrader"], strict=True):
        assert Decimal(stor["personerPerDygn"]) == 3 * Decimal(liten["personerPerDygn"])
        assert stor["pris"] == liten["pris"]


def test_prognosen_efter_slutdagen_finns_inte() -> None:
    slag = [h["slag"] for h in historik(luckor()) if h["typ"] == "prognos.faststalld"]
    assert slag == ["delar1"]


def test_decimalkomma_och_minustecken_lases() -> None:
    delar1, delar2 = (h for h in historik(decimaler()) if h["typ"] == "prognos.faststalld")
    assert delar1["rader"][0]["belopp"] == "11400000.00"
    assert delar2["rader"][0]["belopp"] == "12000000.00"
    assert delar2["volymrader"][0]["pris"]["belopp"] == "5350.00"
    assert delar2["beslut"]["datum"] == "2024-09-24"


def test_budgetperiodens_identitet_ar_sig_lik() -> None:
    assert str(budgetperiodens_id("1880", "socialnamnden", 2019)) == "fb23e8e5-5474-5aa2-b3ed-a83843b3a5fe"
    assert budgetperiodens_id("1880", "socialnamnden", 2018) != budgetperiodens_id("1880", "socialnamnden", 2019)
