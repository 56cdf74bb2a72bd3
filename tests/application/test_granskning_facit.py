"""The printed tables checked: every known fault of a kind that tables show is found, and nothing is found but faults.

The faults have the numbers they have in the list of faults that came with the transcriptions. What is not in that list
but true is in ``NYA``; a finding in neither would be a false alarm.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from application.granskning.granska import granska
from application.granskning.inlasning import las_tabeller
from application.granskning.modell import Fynd, Fyndslag
from application.tryckt import Trycktabell

FACIT = Path(__file__).parents[1] / "facit"
S, TE, TA, EN, DE, SE = (
    Fyndslag.SUMMA, Fyndslag.TECKEN, Fyndslag.TABELL, Fyndslag.ENHET, Fyndslag.DEF, Fyndslag.SERIE,
)  # fmt: skip


class Var(NamedTuple):
    """Where a finding is: its kind, the end of the table's name, and what row and column begin with or hold."""

    slag: Fyndslag
    tabell: str
    rad: str = ""
    kolumn: str = ""


ORT, E, K = "orebro-2019-", "eskilstuna-2023-", "katrineholm-2019-"
EGEN, HELA = f"{ORT}kontogrupper-egen-verksamhet", f"{ORT}kontogrupper-hela-forvaltningen"

FUNNA: dict[str, tuple[Var, ...]] = {
    "Ö19-01": tuple(Var(TE, t, "", "avvikelse_budget_prognos_2019") for t in (EGEN, HELA)),
    "Ö19-03": tuple(Var(TE, t, "", "forandring_2018_2019") for t in (EGEN, HELA)),
    "Ö19-04": (Var(DE, EGEN, "Köp av verksamhet"), Var(TE, EGEN, "Köp av verksamhet", "forandring_procent")),
    "Ö19-05": tuple(Var(TA, EGEN, rad) for rad in ("Personalkostnader", "Lokalkostnader", "Netto")),
    "Ö19-06": (
        Var(DE, f"{ORT}belaggning", "Totalt"),
        Var(DE, f"{ORT}belaggning", "Totalt", "ack_aug"),
        Var(DE, f"{ORT}belaggning", "Gnistan", "ack_aug"),
    ),
    "Ö19-07": tuple(Var(DE, f"{ORT}externa-insatser", "Totalt", f"kostnad_{k}") for k in ("budget", "prognos")),
    "Ö19-08": (Var(DE, f"{ORT}externa-insatser", "", "budget_2019_mnkr"),),
    "Ö19-09": tuple(
        Var(TA, f"{ORT}indikatorer-ekonomi", "PN / Kostnadsutv", k) for k in ("utfall_2017", "utfall_2018")
    ),
    "Ö19-11": (Var(DE, f"{ORT}indikatorer-ekonomi", "DN / Kommunens kostnader per invånare", "prognos_2019"),),
    "Ö19-24": (
        Var(DE, f"{ORT}enheternas-resultat", "Planerade effektiviseringar"),
        Var(DE, f"{ORT}enheternas-resultat", "Ofinansierat underskott"),
    ),
    "Ö19-25": (Var(DE, f"{ORT}ensamkommande-ekonomi"),),
    "Ö19-27": (Var(TA, f"{ORT}indikatorer-ekonomi", "PN / Beläggningsgrad", "prognos_2019"),),
    "E23-01": tuple(Var(TE, f"{E}resultatrakning", "Summa KOSTNADER", f"utfall_aug_{ar}") for ar in (2022, 2023)),
    "E23-03": (Var(TA, f"{E}indikatorer-medarbetare", "Total sjukfrånvaro", "utfall_2023"),),
    "E23-04": tuple(
        Var(S, f"{E}externa-utforare-ramavtal", rad, f"{k}_procent")
        for rad in ("Stödboende", "Skyddat boende")
        for k in ("inom_ramavtal", "direktupphandling")
    ),
    "E23-05": (Var(S, f"{E}avtalsuppfoljningar", "HVB"), Var(S, f"{E}pastaenden", "avtalsuppfoljningar")),
    "E23-06": (Var(DE, f"{E}underliggande-enheter", "Summa", "budgetavvikelse_aug_2022"),),
    "E23-12": (Var(EN, f"{E}styrkort-2023", "Processkvalitet / Antal bostadssociala"),),
    "E23-13": (Var(DE, f"{E}indikatorer-ekonomi", "Avtalstrohet", "utfall_2023"),),
    "E23-14": tuple(Var(DE, f"{E}pastaenden", r) for r in ("anmalningar_barn_unga", "aktualiserade_vuxna_okning_2022")),
    "K19-01": (Var(DE, f"{K}driftsredovisning"),),
    "K19-02": (
        Var(TA, f"{K}indikatorer-vard-omsorg", "Kommunens kostnader för placeringar ska minska / Totalt antal"),
    ),
    "K19-03": (Var(S, f"{K}volymmatt", "Antal pågående utredningar", "utfall_2019"),),
    "K19-04": (Var(TA, f"{K}indikatorer-vard-omsorg", "Kommunens kostnader för placeringar ska minska / Socialnämnd"),),
    "K19-05": (Var(EN, f"{K}indikatorer-vard-omsorg", "Kommunens kostnader för placeringar ska minska / Bildningsn"),),
    "K19-06": (Var(DE, f"{K}indikatorer-vard-omsorg", "", "utfall_kvinnor"),),
    "K19-08": tuple(Var(EN, f"{K}pastaenden", r) for r in ("overtid_minskning", "atgardsplan_forsorjningsstod_utfall")),
    "K19-09": (Var(S, f"{K}pastaenden", "bidrag_socialstyrelsen"),),
    "K19-10": (Var(TA, f"{K}indikatorer-tillvaxt", "Minskade kostnader för utbetalt försörjningsstöd"),),
    "K19-12": (Var(DE, f"{K}indikatorer-arbetsgivare", "Ökat medarbetarengagemang"),),
    "K19-13": (Var(S, f"{K}personalkostnader-personalstyrka", "Månadsanställda, antal", "utfall_2019"),),
    "K19-14": (
        Var(S, f"{K}indikatorer-kultur-fritid", "", "utfall"),
        Var(S, f"{K}indikatorer-arbetsgivare", "Kommunens tillgänglighet", "utfall"),
    ),
    "K19-16": (Var(DE, f"{K}volymmatt", "Antal utnyttjade vårdrygn på Vårnäs", "utfall_2019"),),
}
"""Known faults and the findings that show them."""

HITTAS_INTE = {
    "Ö19-02": "Enheterna står i källans kolumnrubriker; avskriften har egna kolumnnamn. Se nästa prov: med rubrikerna "
    "tillbaka hittas felet.",
    "E23-08": "De 18 åtagandena beskrivs i löptext; tabellen (18 + 1 = 19) går ihop.",
    "E23-16": "Felet är att en tabell per insatsform saknas; det finns inget att hålla löptextens tal mot.",
}
"""Known faults of these kinds that the transcribed tables do not show, and why."""

NYA = {
    Var(
        SE, f"{ORT}fem-ar", "verksamhet / Vård dygn, institutionsvård", "utfall_2016"
    ): "40 645 → 74 756 dygn på ett år, därefter jämnt, medan antalet placeringar ökade 362 → 440.",
    Var(DE, f"{E}pastaenden", "", "varde"): "Fler ungefärliga tal än de två som nämns (E23-14).",
    Var(DE, f"{K}pastaenden", "", "varde"): "Ungefärliga tal, som E23-14.",
    Var(DE, f"{ORT}pastaenden", "", "varde"): "Ungefärliga tal, som E23-14.",
}
"""Findings that are true but not in the list of faults."""


@pytest.fixture(scope="module")
def tryckta() -> list[Trycktabell]:
    return las_tabeller(sorted(FACIT.glob("*.csv")))


@pytest.fixture(scope="module")
def funna(tryckta: list[Trycktabell]) -> list[Fynd]:
    return list(granska(tryckta).fynd)


def traffar(var: Var, fynd: Fynd) -> bool:
    samma = fynd.slag is var.slag and fynd.tabell == var.tabell
    return samma and fynd.rad.startswith(var.rad) and fynd.kolumn.startswith(var.kolumn)


@pytest.mark.parametrize("nr", FUNNA)
def test_det_kanda_felet_hittas(nr: str, funna: list[Fynd]) -> None:
    assert [var for var in FUNNA[nr] if not any(traffar(var, fynd) for fynd in funna)] == []


def test_alla_kanda_fel_av_slagen_finns_med() -> None:
    """36 faults of the five kinds: 33 are found, 3 are not in the transcribed tables."""
    assert len(FUNNA) == 33
    assert not FUNNA.keys() & HITTAS_INTE.keys()
    assert len(FUNNA) + len(HITTAS_INTE) == 36


def test_inget_falskt_larm(funna: list[Fynd]) -> None:
    vantade = [*NYA, *(var for egna in FUNNA.values() for var in egna)]
    assert [fynd for fynd in funna if not any(traffar(var, fynd) for var in vantade)] == []


def test_enheterna_i_kallans_rubriker_hittas(tryckta: list[Trycktabell]) -> None:
    """Ö19-02: the headings as the report has them, "tkr" for what is mnkr and "mnkr" for what is per cent."""
    tabell = next(t for t in tryckta if t.namn == HELA)
    namn = {
        "ack_utfall_aug_2018": "ack_utfall_aug_2018_tkr",
        "forandring_procent_2018_2019": "forandring_%_2018_2019_mnkr",
    }
    kolumner = tuple(namn.get(k, k) for k in tabell.kolumner)
    rader = tuple({namn.get(k, k): cell for k, cell in rad.items()} for rad in tabell.rader)
    funna = granska([Trycktabell(tabell.namn, tabell.huvud, kolumner, rader)]).fynd
    assert {fynd.kolumn for fynd in funna if fynd.slag is EN} == set(namn.values())


def test_sorten_av_kolumnerna_ar_den_som_namnet_sager(tryckta: list[Trycktabell]) -> None:
    """Under other names the tables of a report are of the same kinds, so that they are held against each other."""
    egna = [t for t in tryckta if t.namn.startswith("orebro-2019-")]
    andra = [Trycktabell(f"tabell {nr}", t.huvud, t.kolumner, t.rader) for nr, t in enumerate(egna)]
    namn = dict(zip([t.namn for t in andra], [t.namn for t in egna], strict=True))
    med_namn = {(f.tabell, f.rad, f.kolumn, f.vantat) for f in granska(egna).fynd if f.slag is TA}
    utan_namn = {(namn[f.tabell], f.rad, f.kolumn, f.vantat) for f in granska(andra).fynd if f.slag is TA}
    assert utan_namn <= med_namn
    assert granska(andra).samband > 0
