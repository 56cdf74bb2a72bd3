"""Invented histories meet the print, are the same every time, and look like care."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any
from uuid import RFC_4122, UUID

import orjson
import pytest

from application.syntet import Syntetplan, generera
from tests.application.test_syntet_hjalp import (
    ALLA,
    Json,
    Vistelse,
    gallande,
    historik,
    hor_till,
    orebro,
    registrerad_dag,
    tryckta_avvikelser,
    vistelser,
)


@pytest.fixture(scope="module", params=sorted(ALLA))
def namn(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rader(namn: str) -> list[Json]:
    return historik(ALLA[namn]())


@pytest.mark.parametrize("fro", [1, 2, *(pytest.param(fro, marks=pytest.mark.tung) for fro in (3, 4))])
def test_varje_tryckt_snitt_och_summa_stammer(namn: str, fro: int) -> None:
    uppdrag = ALLA[namn](fro=fro)
    assert tryckta_avvikelser(uppdrag, generera_json(uppdrag)) == [], f"frö {fro}"


@pytest.mark.parametrize("skala", [3, pytest.param(7, marks=pytest.mark.tung)])
def test_snitten_stammer_i_skala(namn: str, skala: int) -> None:
    uppdrag = ALLA[namn](skala=skala)
    assert tryckta_avvikelser(uppdrag, generera_json(uppdrag)) == []


def test_snitten_ar_kanda_pa_beslutsdagen(namn: str, rader: list[Json]) -> None:
    uppdrag = ALLA[namn]()
    kanda = [h for h in rader if registrerad_dag(h) <= uppdrag.beslutsdag]
    assert tryckta_avvikelser(uppdrag, kanda) == []


def externa(rader: list[Json]) -> list[Vistelse]:
    """Give the placements of the rows of the external care table."""
    mappade = orebro().radmappning
    return [v for v in vistelser(rader).values() if any(hor_till(v.borjan, m) for m in mappade)]


def test_rapportarets_niva_ligger_vid_prognosen() -> None:
    alla = externa(historik(orebro()))
    fran, till = date(2019, 1, 1), date(2019, 9, 1)
    snitt = sum(v.dagar(fran, till) for v in alla) / (till - fran).days
    assert snitt == pytest.approx(421, abs=6)


@pytest.mark.parametrize("fro", [1, 2])
def test_arets_snittpris_ligger_vid_det_tryckta(fro: int) -> None:
    uppdrag = orebro(fro=fro)
    alla = list(vistelser(historik(uppdrag)).values())
    mappade = {m.etiketter: m for m in uppdrag.radmappning}
    for rad in uppdrag.tabeller[0].rader:
        if rad["radtyp"] == "post" and rad["kostnadsenhet"] == "kr_per_dygn":
            egna = [v for v in alla if hor_till(v.borjan, mappade[rad["malgrupp"], rad["insatsform"]])]
            kostnad, dygn = (sum(tal) for tal in zip(*(arets_kostnad(v, 2019) for v in egna), strict=True))
            assert kostnad / dygn == pytest.approx(float(rad["kostnad_prognos_2019"]), rel=0.03), rad["insatsform"]


def arets_kostnad(v: Vistelse, ar: int) -> tuple[float, int]:
    """Give what a stay with a daily price cost in January to August of a year, and its care days."""
    steg = sorted((h["datum"], float(h["pris"]["belopp"])) for h in [v.borjan, *v.inre] if "pris" in h)
    granser = [date.fromisoformat(dag) for dag, _ in steg] + [date.max]
    ar_fran, ar_till = date(ar, 1, 1), date(ar, 9, 1)
    kostnad = 0.0
    for (fran, till), (_, pris) in zip(pairwise(granser), steg, strict=True):
        kostnad += v.dagar(max(fran, ar_fran), max(min(till, ar_till), ar_fran)) * pris
    return kostnad, v.dagar(ar_fran, ar_till)


def generera_json(uppdrag: Any) -> list[Json]:
    return [orjson.loads(rad) for rad in generera(uppdrag)]


def test_samma_uppdrag_ger_samma_bytes(namn: str) -> None:
    assert b"".join(generera(ALLA[namn]())) == b"".join(generera(ALLA[namn]()))


def test_annat_fro_ger_annan_historik(namn: str) -> None:
    assert b"".join(generera(ALLA[namn](fro=1))) != b"".join(generera(ALLA[namn](fro=2)))


def test_raderna_ar_json_med_radslut_och_kuvert(rader: list[Json]) -> None:
    rad = next(generera(orebro()))
    assert rad.endswith(b"}\n")
    assert rad.count(b"\n") == 1
    for h in rader:
        assert list(h)[:9] == [
            "samling", "id", "typ", "version", "datum", "handelseId", "kalla", "aktor", "registrerad",
        ]  # fmt: skip
        assert h["kalla"] == "syntet"
        assert h["aktor"] == {"id": "syntet", "roll": "migrering"}
        assert len(h["registrerad"]) == len("2019-03-04T09:12:33.120Z")


def test_identiteterna_ar_uuid_version_7_i_tidsordning(rader: list[Json]) -> None:
    ider = [UUID(h["handelseId"]) for h in rader]
    assert len(set(ider)) == len(ider)
    assert all(i.version == 7 and i.variant == RFC_4122 for i in ider)
    assert ider == sorted(ider)
    strommar = {UUID(h["id"]) for h in rader if h["samling"] != "budgetperioder"}
    assert {i.version for i in strommar} == {7}


def test_framsteget_slutar_pa_allt() -> None:
    steg: list[tuple[int, int]] = []
    antal = sum(1 for _ in generera(orebro(), lambda klart, alla: steg.append((klart, alla))))
    assert steg[-1] == (antal, antal)
    assert steg == sorted(steg)


def test_sammanfattningen_raknar_det_som_skrivs(namn: str, rader: list[Json]) -> None:
    s = Syntetplan(ALLA[namn]()).sammanfattning
    borjade = {h["id"] for h in rader if h["typ"] == "placering.paborjad"}
    assert (s.handelser, s.placeringar) == (len(rader), len(borjade))
    assert s.personer == s.arenden == len({h["personId"] for h in rader if "personId" in h})
    assert s.arenden == len({h["id"] for h in rader if h["samling"] == "arenden"})
    assert s.utforare == sum(h["typ"] == "utforare.registrerad" for h in rader)
    assert s.rattelser == sum("rattar" in h for h in rader)
    assert s.till == ALLA[namn]().slutdag
    assert b"".join(Syntetplan(ALLA[namn]()).rader()) == b"".join(generera(ALLA[namn]()))


def test_ingen_vardas_pa_tva_stallen_samtidigt(rader: list[Json]) -> None:
    per_person: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for v in vistelser(rader).values():
        slut = v.slut["datum"] if v.slut else "9999-12-31"
        per_person[v.borjan["personId"]].append((v.borjan["datum"], slut))
    for perioder in per_person.values():
        perioder.sort()
        for (start, slut), (nasta, _) in pairwise(perioder):
            assert start < nasta
            assert slut <= nasta


def test_personen_ar_densamma_och_i_ratt_alder(rader: list[Json]) -> None:
    drag: dict[str, set[tuple[str, int, str]]] = defaultdict(set)
    aldrar = {"barn": (0, 13), "unga": (12, 21), "vuxna": (20, 80), "ensamkommande": (12, 21)}
    for v in vistelser(rader).values():
        b = v.borjan
        drag[b["personId"]].add((b["kon"], b["fodelsear"], b["arendeId"]))
        yngst, aldst = aldrar[b["malgrupp"]]
        assert yngst <= int(b["datum"][:4]) - b["fodelsear"] <= aldst
    assert all(len(d) == 1 for d in drag.values())


def test_flyttar_hanger_ihop() -> None:
    alla = vistelser(historik(orebro()))
    flyttar = [v for v in alla.values() if "foregaendePlaceringId" in v.borjan]
    assert 0.10 < len(flyttar) / len(externa(historik(orebro()))) < 0.17
    for v in flyttar:
        fore = alla[v.borjan["foregaendePlaceringId"]]
        assert fore.slut is not None
        assert fore.slut["datum"] == v.borjan["datum"]
        assert fore.slut["orsak"] == "omplacering"
        assert fore.slut["planerat"] == (v.borjan["omplacering"] == "planerad")
        assert fore.borjan["personId"] == v.borjan["personId"]


def test_proportionerna_ar_rimliga() -> None:
    rader = historik(orebro())
    alla = list(vistelser(rader).values())
    former = Counter(v.borjan["avtalsform"] for v in alla)
    externa = former["ramavtal"] + former["direktupphandling"]
    assert 0.10 < former["direktupphandling"] / externa < 0.18
    assert all(("direktupphandlingsorsak" in v.borjan) == (v.borjan["avtalsform"] == "direktupphandling") for v in alla)
    assert {v.borjan["insatsform"] for v in alla if v.borjan["lagrum"] == "LVM"} == {"institutionMissbruk"}
    priser = [float(v.borjan["pris"]["belopp"]) for v in alla if v.borjan["insatsform"] == "hvb"]
    assert 3000 < median(priser) < 6000
    typer = Counter(h["typ"] for h in gallande(rader))
    assert 0.015 < typer["franvaro.registrerad"] / len(alla) < 0.04
    assert typer["overvagande.gjort"] > typer["omprovning.gjord"] > 0
    assert typer["lagrum.andrat"] and typer["planeratSlut.andrat"] and typer["insats.utvarderad"]


def test_utforaren_ar_registrerad_fore_forsta_placeringen(rader: list[Json]) -> None:
    kanda: dict[str, Json] = {}
    avtal: dict[str, set[str]] = defaultdict(set)
    for h in rader:
        if h["typ"] == "utforare.registrerad":
            kanda[h["id"]] = h
        elif h["typ"] == "ramavtal.tecknat":
            avtal[h["id"]].add(h["omrade"])
        elif h["typ"] == "placering.paborjad":
            utforare = kanda[h["utforareId"]]
            assert utforare["regi"] == h["regi"]
            assert utforare["datum"] < h["datum"]
            assert bool(avtal[h["utforareId"]]) == (h["avtalsform"] == "ramavtal")
