"""What the tests of invented histories share: orders, and a slow checker that knows nothing of the generator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from application.rapporter.radmappning import Rad, las_radmappningar, valj_radmappning
from application.syntet import Amne, Syntetuppdrag, generera
from application.tryckt import Trycktabell, las_trycktabell
from domain.aggregat import Aggregat, besluta
from domain.arende.beslut import ARENDE
from domain.atgard.beslut import ATGARD
from domain.begrepp import Samling
from domain.budgetperiod.beslut import BUDGETPERIOD
from domain.handelse import HANDELSETYPER, Notering
from domain.placering.beslut import PLACERING
from domain.utforare.beslut import UTFORARE

FACIT = Path(__file__).parents[1] / "facit"
SVERIGE = ZoneInfo("Europe/Stockholm")
KUVERT = {"samling", "id", "typ", "version", "handelseId", "kalla", "aktor", "registrerad", "rattar"}
Json = dict[str, Any]
UTAN = frozenset({Amne.OVRIGA_ARENDEN})


# Orders ---------------------------------------------------------------------------------------------------------


def orebro(*, fro: int = 1, skala: int = 1, till: date | None = None) -> Syntetuppdrag:
    """Give the order for the published tables in tests/facit."""
    namn = ("externa-insatser", "enheternas-resultat", "fem-ar")
    tabeller = tuple(las_trycktabell(FACIT / f"orebro-2019-{n}.csv") for n in namn)
    mappning = valj_radmappning(las_radmappningar()["externa-insatser"], "1880", date(2019, 1, 1))
    return Syntetuppdrag("1880", tabeller, mappning.poster, 2019, fro=fro, skala=skala, till=till, utan=UTAN)


def tabell(namn: str, text: str, **huvud: str) -> Trycktabell:
    """Give a table from text with | between cells."""
    rader = [[cell.strip() for cell in rad.split("|")] for rad in text.strip().splitlines()]
    poster = tuple(dict(zip(rader[0], rad, strict=True)) for rad in rader[1:])
    return Trycktabell(namn, huvud, tuple(rader[0]), poster)


def rad(malgrupp: str, insatsform: str, prissort: str | None, /, **urval: list[str]) -> Rad:
    """Give a mapped row."""
    return Rad.model_validate({"etiketter": [malgrupp, insatsform], "urval": urval, "prissort": prissort})


DECIMALER = """
malgrupp|insatsform|radtyp|snitt_utfall_2021|snitt_utfall_2022|snitt_utfall_2023|snitt_budget_2024|snitt_prognos_2024|kostnadsenhet|kostnad_budget_2024|kostnad_prognos_2024|budget_2024_mnkr|budgetavvikelse_delar1_mnkr|budgetavvikelse_delar2_mnkr
Unga|HVB flickor|post|4,2|5,5|6,1|6|6,5|kr_per_dygn|5 100|5 350|11,6|0,2|−0,4
Unga|HVB pojkar|post|7,9|7,4|9,3|8|10,2|kr_per_dygn|5100|5275|15,0|-1,0|-3,1
Unga|Summa|summa|12,2|12,9|15,3|14|16,7||||26,6|-0,8|-3,5
Tvång|LVM|post|1,1|0,4|2,0|1|2,2|kr_per_dygn|6000|6100|2,2|0|-2,0
Skydd|Skyddat boende|post|3,3|9,8|12,4|11|14|kr_per_dygn|1500|1610|6,0|0,0|-1,5
Hem|Familjehem|post|31,6|30,1|29,9|30|29|kr_per_manad|21000|21500|7,6|0,1|0,2
Stöd|Kontakt|post|||||||||1,3|0,0|0,1
Totalt|Totalt|totalt|48,3|53,1|59,5|56|61,9||||43,7|-0,7|-6,7
"""

DECIMALRADER = (
    rad("Unga", "HVB flickor", "dygn", malgrupp=["unga"], insatsform=["hvb", "sis"], kon=["kvinna"]),
    rad("Unga", "HVB pojkar", "dygn", malgrupp=["unga"], insatsform=["hvb", "sis"], kon=["man"]),
    rad("Tvång", "LVM", "dygn", malgrupp=["vuxna"], insatsform=["institutionMissbruk"], lagrum=["LVM"]),
    rad("Skydd", "Skyddat boende", "dygn", insatsform=["skyddatBoende"]),
    rad("Hem", "Familjehem", None, malgrupp=["barn", "unga"], insatsform=["familjehemEget"]),
    rad("Stöd", "Kontakt", None, malgrupp=["barn"], insatsform=["kontaktperson"]),
)


def decimaler(*, fro: int = 1, skala: int = 1) -> Syntetuppdrag:
    """Give an order with one decimal, a leap report year, sums that are off, and rows by sex, act and no group."""
    extern = tabell("decimaler", DECIMALER, period="beslutad 2024-09-24")
    return Syntetuppdrag("0192", (extern,), DECIMALRADER, 2024, fro=fro, skala=skala, verksamhet="Köpt vård")


LUCKOR = """
malgrupp|insatsform|radtyp|snitt_utfall_2016|snitt_utfall_2018|snitt_budget_2019|snitt_prognos_2019|kostnadsenhet|kostnad_budget_2019|kostnad_prognos_2019|budget_2019_mnkr|budgetavvikelse_delar1_mnkr|budgetavvikelse_delar2_mnkr
A|Stödboende|post|0|6|8|9|kr_per_dygn|1400||4,1|-0,2|-0,5
A|Konsulent|post|12|3|2|0|kr_per_dygn|1900|2000|1,4|0,1|0,7
A|Dygn|post||2|2|2|kr_per_dygn|2000|2050|1,5|0|0
A|Summa|summa|13|10|12|11||||7,0|-0,1|0,2
B|Boende|post|25|40|44|47|kr_per_dygn|900|950|14,5|-1|-1,8
"""

LUCKRADER = (
    rad("A", "Stödboende", "dygn", malgrupp=["unga"], insatsform=["stodboende"]),
    rad("A", "Konsulent", "dygn", malgrupp=["barn"], insatsform=["familjehemKonsulent"]),
    rad("A", "Dygn", "dygn", malgrupp=["barn"], insatsform=["oppenvardDygn"]),
    rad("B", "Boende", "dygn", malgrupp=["vuxna"], insatsform=["boendeMissbruk"]),
)


def luckor(*, fro: int = 1, skala: int = 1) -> Syntetuppdrag:
    """Give an order with a missing year, zeros, blanks, a sum one too high, no total and an early last day."""
    extern = tabell("luckor", LUCKOR)
    return Syntetuppdrag("2584", (extern,), LUCKRADER, 2019, fro=fro, skala=skala, till=date(2019, 5, 31))


ALLA = {"orebro": orebro, "decimaler": decimaler, "luckor": luckor}


# The checker ----------------------------------------------------------------------------------------------------


def historik(uppdrag: Syntetuppdrag) -> list[Json]:
    """Give the history of an order, parsed."""
    return [orjson.loads(rad_) for rad_ in generera(uppdrag)]


def ogonblick(handelse: Json) -> datetime:
    return datetime.fromisoformat(handelse["registrerad"])


def registrerad_dag(handelse: Json) -> date:
    """Give the day of registration in Sweden."""
    return ogonblick(handelse).astimezone(SVERIGE).date()


def gallande(handelser: Iterable[Json]) -> list[Json]:
    """Give the effective events: no annulments, and nothing that is annulled or replaced."""
    alla = list(handelser)
    rattade = {h["rattar"] for h in alla if "rattar" in h}
    return [h for h in alla if h["handelseId"] not in rattade and h["typ"] != "handelse.makulerad"]


@dataclass
class Vistelse:
    """One effective placement."""

    borjan: Json
    slut: Json | None = None
    inre: list[Json] = field(default_factory=list)

    def dagar(self, fran: date, till: date) -> int:
        """Give its care days in [fran, till): the first day counts, the last does not, a same-day stay is one."""
        start = date.fromisoformat(self.borjan["datum"])
        slut = date.fromisoformat(self.slut["datum"]) if self.slut else date.max
        if slut == start:
            return int(fran <= start < till)
        return max(0, (min(slut, till) - max(start, fran)).days)


def vistelser(handelser: Iterable[Json]) -> dict[str, Vistelse]:
    """Give the effective placements by stream."""
    strommar: dict[str, list[Json]] = defaultdict(list)
    for h in gallande(handelser):
        if h["samling"] == "placeringar":
            strommar[h["id"]].append(h)
    resultat: dict[str, Vistelse] = {}
    for strom, egna in strommar.items():
        (borjan,) = (h for h in egna if h["typ"] == "placering.paborjad")
        slut = [h for h in egna if h["typ"] == "placering.avslutad"]
        assert len(slut) <= 1
        inre = [h for h in egna if h is not borjan and h not in slut]
        resultat[strom] = Vistelse(borjan, slut[0] if slut else None, inre)
    return resultat


def hor_till(borjan: Json, mappad: Rad) -> bool:
    """Say whether a placement belongs to a printed row."""
    return all(borjan[dim] in varden for dim, varden in mappad.urval.som_filter().items())


def avrunda(tal: Fraction, mall: str) -> Decimal:
    """Round half away from zero to as many decimals as a printed number has."""
    decimaler_ = len(mall.replace(",", ".").partition(".")[2])
    steg: int = 10**decimaler_
    heltal = int(abs(tal) * steg + Fraction(1, 2))
    return (Decimal(heltal) / steg * (1 if tal >= 0 else -1)).quantize(Decimal(1).scaleb(-decimaler_), ROUND_HALF_UP)


def tryckta_avvikelser(uppdrag: Syntetuppdrag, handelser: Iterable[Json]) -> list[str]:
    """Give every printed average, cell or sum, that the history does not round to."""
    extern = uppdrag.tabeller[0]
    mappade = {m.etiketter: m for m in uppdrag.radmappning}
    alla = list(vistelser(handelser).values())
    fel: list[str] = []
    for kolumn in (k for k in extern.kolumner if k.startswith("snitt_utfall_")):
        ar = int(kolumn[-4:])
        fran, till = date(ar, 1, 1), date(ar + 1, 1, 1)
        snitt: dict[tuple[str, str], Fraction] = {}
        for r in extern.rader:
            if r["radtyp"] == "post" and r[kolumn]:
                mappad = mappade[r["malgrupp"], r["insatsform"]]
                dagar = sum(v.dagar(fran, till) for v in alla if hor_till(v.borjan, mappad))
                snitt[r["malgrupp"], r["insatsform"]] = Fraction(dagar, (till - fran).days * uppdrag.skala)
        for r in extern.rader:
            if not r[kolumn]:
                continue
            if r["radtyp"] == "post":
                raknat = snitt[r["malgrupp"], r["insatsform"]]
            else:
                delar = (s for (grupp, _), s in snitt.items() if r["radtyp"] == "totalt" or grupp == r["malgrupp"])
                raknat = sum(delar, Fraction(0))
            tryckt = Decimal(r[kolumn].replace(",", "."))
            if avrunda(raknat, r[kolumn]) != tryckt:
                fel.append(f"{r['malgrupp']}/{r['insatsform']} {ar}: {float(raknat):.4f} mot {tryckt}")
    return fel


def olagligheter(handelser: Iterable[Json]) -> list[str]:
    """Give every event that the domain would refuse, or not notice, at its time of registration."""
    aggregat: dict[str, Aggregat[Any]] = {
        Samling.ARENDEN: ARENDE,
        Samling.ATGARDER: ATGARD,
        Samling.PLACERINGAR: PLACERING,
        Samling.UTFORARE: UTFORARE,
        Samling.BUDGETPERIODER: BUDGETPERIOD,
    }
    strommar: dict[tuple[str, str], list[Notering]] = defaultdict(list)
    fel: list[str] = []
    for position, h in enumerate(handelser):
        data = {namn: varde for namn, varde in h.items() if namn not in KUVERT}
        handelse = HANDELSETYPER[h["typ"]].model_validate_json(orjson.dumps(data))
        notering = Notering(position, h["handelseId"], handelse, h.get("rattar"))
        strom = strommar[h["samling"], h["id"]]
        try:
            nya = besluta(aggregat[h["samling"]], strom, handelse, idag=registrerad_dag(h), rattar=h.get("rattar"))
        except Exception as problem:
            fel.append(f"{problem}: {h}")
        else:
            if not nya:
                fel.append(f"säger inget nytt: {h}")
        strom.append(notering)
    return fel


def utanfor_sin_placering(handelser: Iterable[Json]) -> list[str]:
    """Give every state, after any registration, in which a placement's effective events do not lie within it."""
    strommar: dict[str, list[Json]] = defaultdict(list)
    fel: list[str] = []
    for h in handelser:
        if h["samling"] != "placeringar":
            continue
        strom = strommar[h["id"]]
        if "rattar" in h and h["rattar"] not in {tidigare["handelseId"] for tidigare in gallande(strom)}:
            fel.append(f"rättar något som inte gäller: {h}")
        strom.append(h)
        galler = gallande(strom)
        start = [x["datum"] for x in galler if x["typ"] == "placering.paborjad"]
        slut = [x["datum"] for x in galler if x["typ"] == "placering.avslutad"]
        inre = [x for x in galler if x["typ"] != "insats.utvarderad"]
        if len(start) != bool(galler) or len(slut) > 1:
            fel.append(f"fel antal början eller slut efter {h}")
        elif any(not start[0] <= x["datum"] <= (slut or ["9999"])[0] for x in inre):
            fel.append(f"utanför sin placering efter {h}")
    return fel


# The checker checked --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rader() -> list[Json]:
    return historik(luckor())


def test_kontrollen_ser_en_flyttad_dag(rader: list[Json]) -> None:
    assert tryckta_avvikelser(luckor(), rader) == []
    utan_avslut = [h for h in rader if h["typ"] != "placering.avslutad"]
    assert tryckta_avvikelser(luckor(), utan_avslut)


def test_kontrollen_ser_en_handelse_i_fel_ordning(rader: list[Json]) -> None:
    assert olagligheter(rader) == []
    assert olagligheter(reversed(rader))
    assert utanfor_sin_placering(reversed(rader))


def test_kontrollen_avrundar_halva_fran_noll() -> None:
    assert avrunda(Fraction(5, 2), "3") == 3
    assert avrunda(Fraction(-5, 2), "3") == -3
    assert avrunda(Fraction(125, 100), "1.2") == Decimal("1.3")
