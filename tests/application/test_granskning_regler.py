"""Each rule on a table of its own: what it finds, and what looks alike but holds together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.granskning.granska import Olast, granska
from application.granskning.inlasning import las_tabeller, med_skilda_namn
from application.granskning.kanda import KOLUMNER, dela_pa_kanda, fynd_som_ord, las_kanda
from application.granskning.modell import Fynd, Fyndslag
from application.rapporter.jamforelse import TryckfilenGarInte
from application.tryckt import Trycktabell, TrycktabellGarInteAttLasa
from domain.pengar import avrunda


def tabell(text: str, namn: str = "kommun-2024-prov", **huvud: str) -> Trycktabell:
    """Return a table from lines of cells between semicolons."""
    kolumner, *rader = [tuple(cell.strip() for cell in rad.split(";")) for rad in text.strip().splitlines()]
    return Trycktabell(namn, huvud, kolumner, tuple(dict(zip(kolumner, rad, strict=True)) for rad in rader))


def fynden(*tabeller: Trycktabell) -> list[tuple[str, str, str]]:
    return [(fynd.slag.value, fynd.rad, fynd.kolumn) for fynd in granska(tabeller).fynd]


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("enhet;budget_2024;utfall_2024\nA;1,0;2,0\nB;2,0;3,0\nSumma;3,1;5,2", [("SUMMA", "Summa", "utfall_2024")]),
        ("enhet;budget_2024;utfall_2024\nA;1,0;2,0\nB;2,0;3,0\nSumma;3,0;-5,0", [("TECKEN", "Summa", "utfall_2024")]),
        ("enhet;budget_2024\nA;10\nB;20\nSumma;40", [("SUMMA", "Summa", "budget_2024")]),
        ("enhet;budget_2024\nA;10\nB;20\nSumma;31", []),
        ("enhet;pris_per_dygn\nA;10\nB;20\nTotalt;15", []),
        ("enhet;utfall_2024\nA;10\nB;20\nTotalt;15", []),
        ("post;utfall_2024\nIntäkter;5\nKostnader;-9\nvarav hyra;-2\nvarav lön;-7\nSumma;-4", []),
        ("konto;utfall_2024;budget_2024\nKostnader;9;9\nvarav hyra;2;2\nvarav lön;7;3",
         [("SUMMA", "Kostnader", "budget_2024")]),
        ("konto;utfall_2024\nAvgifter;3\nSumma intäkter;3\nLön;-8\nHyra;-1\nSumma kostnader;-9\nNetto;-6", []),
        ("grupp;form;radtyp;snitt_2024\nBarn;HVB;post;3\nBarn;Hem;post;4\nBarn;Summa;summa;9\nUnga;HVB;post;2\n"
         "Totalt;Totalt;totalt;9",
         [("SUMMA", "Barn / Summa", "snitt_2024")]),
        ("mått;kommun;ar_2024\nBarn;A;10\nBarn;B;20\nVuxna;A;1\nVuxna;B;2\nTotal kostnad;A;11\nTotal kostnad;B;29",
         [("SUMMA", "Total kostnad / B", "ar_2024")]),
        ("enhet;ej_paborjad;pagar;total_summa\nNämnden;1;18;19\nBolaget;2;2;7", [("SUMMA", "Bolaget", "total_summa")]),
    ],
)  # fmt: skip
def test_summor(text: str, vantat: list[tuple[str, str, str]]) -> None:
    assert fynden(tabell(text)) == vantat


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("post;budget_2024\nLön;-50\nLokaler;-60\nKöp;-900\nSumma kostnader;-101", [("-1010", "säker")]),
        ("post;budget_2024\nLön;-50\nLokaler;-60\nKöp;-900\nTotalt;-101", [("-1010", "möjlig")]),
        ("grupp;dygn;kostnad\nBarn;10;2000\nVuxna;30;1000\nTotalt;40;1250", []),
        ("grupp;dygn;kostnad\nBarn;10;2000\nVuxna;30;1000\nTotalt;40;1300", [("3000", "möjlig")]),
        ("grupp;invånare\nAlla;900\nBarn;200\nUnga;300\nTotalt;900", []),
        ("post;del;snitt;kostnad_2024;kostnadsenhet\nA;x;1;900;kr_per_dygn\nA;y;2;300;kr_per_dygn\nA;Summa;3;700;", []),
        ("post;budget;avvikelse\nAvgifter;49;-15\nSumma intäkter;49;-15\nLön;54;6\nSumma kostnader;54;6\nNetto;-5;-9",
         []),
    ],
)  # fmt: skip
def test_en_total_ar_ett_medel_bara_om_den_ar_det(text: str, vantat: list[tuple[str, str]]) -> None:
    """A part ten times too large makes the total lie among the parts, as a mean does."""
    funna = granska([tabell(text)]).fynd
    assert [(fynd_som_ord(fynd)["vantat"], fynd.sakerhet.value) for fynd in funna] == vantat


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("enhet;utfall_2024;budget_2024;avvikelse\nA;-9;-8;-1\nB;-5;-7;2\nC;-4;-1;-5", [("SUMMA", "C", "avvikelse")]),
        ("enhet;utfall_2024;budget_2024;avvikelse\nA;-9;-6;-3\nB;-5;-7;2\nC;-4;-1;3", [("TECKEN", "C", "avvikelse")]),
        ("enhet;utfall_2024;budget_2024;avvikelse\nA;9;6;-3\nB;5;7;2", []),
        ("grupp;post;prognos;budget;avvikelse\nin;Bidrag;30;40;-10\nin;Avgift;5;3;2\nut;Lön;20;29;9\nut;Hyra;8;6;-2",
         []),
        ("post;bokslut_2023;prognos_2024;forandring_2023_2024\nBidrag;30;40;10\nAvgift;5;8;3\nLön;-20;-29;9\nHyra;-8;-6;-2",
         [("TECKEN", "", "forandring_2023_2024")]),
        ("post;prognos_2024;budget_2024;avvikelse_budget_prognos\nA;9;4;5\nB;2;8;-6\nC;3;2;1",
         [("TECKEN", "", "avvikelse_budget_prognos")]),
        ("post;bokslut_2023;prognos_2024;forandring_2023_2024;forandring_procent_2023_2024\n"
         "A;50;60;10;20\nB;10;15;5;60\nC;20;10;-10;50",
         [("SUMMA", "B", "forandring_procent_2023_2024"), ("TECKEN", "C", "forandring_procent_2023_2024")]),
    ],
)  # fmt: skip
def test_skillnader(text: str, vantat: list[tuple[str, str, str]]) -> None:
    assert fynden(tabell(text)) == vantat


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("mått;utfall;utfall_kvinnor;utfall_man\nBesök, antal;10;6;3", [("SUMMA", "Besök, antal", "utfall")]),
        ("mått;utfall;utfall_kvinnor;utfall_man\nÅrsarbetare, antal omräknade;10,1;6,1;3,9", []),
        ("mått;utfall;utfall_kvinnor;utfall_man\nSjukfrånvaro (%);4;3;7", []),
        ("mått;utfall;utfall_kvinnor;utfall_man\nVårdkostnad (kr);3389;0;0",
         [("DEF", "Vårdkostnad (kr)", "utfall_kvinnor")]),
        ("mått;del;utfall_2024\nBefolkning, antal;totalt;11\nBefolkning, antal;kvinnor;6\nBefolkning, antal;män;4",
         [("SUMMA", "Befolkning, antal / totalt", "utfall_2024")]),
        ("mått;del;utfall_2024\nÄrenden;totalt;900\nÄrenden;andel kvinnor;41\nÄrenden;andel män;57",
         [("SUMMA", "Ärenden / andel män", "utfall_2024")]),
        ("mått;del;utfall_2024\nPer 1 000;totalt;71\nPer 1 000;andel kvinnor;68\nPer 1 000;andel män;74", []),
        ("form;inom_antal;inom_procent;utom_antal;utom_procent\nHVB;42;94;2;4",
         [("SUMMA", "HVB", "inom_procent"), ("SUMMA", "HVB", "utom_procent")]),
        ("skäl;antal;procent\nA;22;40\nB;13;24\nC;20;36", []),
    ],
)  # fmt: skip
def test_andelar(text: str, vantat: list[tuple[str, str, str]]) -> None:
    assert fynden(tabell(text)) == vantat


@pytest.mark.parametrize(
    ("text", "huvud", "vantat"),
    [
        ("boende;jan;feb;ack_feb\nA;0,90;1,00;0,95\nB;0,80;0,80;0,80\nC;0,60;0,80;0,90\nD;0,70;0,70;0,70", {},
         [("DEF", "C", "ack_feb")]),
        ("boende;jan;feb;ack_feb\nA;1,00;0,80;0,90\nB;0,80;0,80;0,80\nC;;0,50;0,50\nTotalt;0,90;0,80;0,85", {},
         [("DEF", "Totalt", "")]),
        ("mått;varde\nAntal kontrakt;-21", {}, [("ENHET", "Antal kontrakt", "varde")]),
        ("mått;utfall;enhet\nA;5261;mnkr\nB;12;mnkr\nC;60;mnkr", {}, [("ENHET", "A", "utfall")]),
        ("post;utfall_tkr;budget\nA;10;12\nB;20;18", {"enhet": "mnkr"}, [("ENHET", "", "utfall_tkr")]),
        ("post;utfall_tkr;budget\nA;10000;12\nB;20000;18", {"enhet": "mnkr"}, []),
        ("mått;utfall_2020;utfall_2021;utfall_2022;utfall_2023\nDygn;400;760;750;770\nKö;40;300;170;60", {},
         [("SERIE", "Dygn", "utfall_2021")]),
        ("enhet;pagar;klart;total_summa\nNämnden;18;2;19", {"enhet": "antal åtaganden"},
         [("SUMMA", "Nämnden", "total_summa")]),
        ("post;utfall\nA;1", {"period": "helår 2024 (kostnader avser 13 månader)"}, [("DEF", "", "")]),
    ],
)  # fmt: skip
def test_medel_enheter_serier_och_perioder(
    text: str, huvud: dict[str, str], vantat: list[tuple[str, str, str]]
) -> None:
    assert fynden(tabell(text, **huvud)) == vantat


@pytest.mark.parametrize("cell", ["*", "..", "i.u.", "e.t.", "x", "(300)", "300-", "300*", "300¹", "300 1)", "300 %",
                                  "300 tkr", "ca 300", "300,-", "sekretess"])  # fmt: skip
def test_en_cell_som_inte_gar_att_lasa_ar_inte_noll(cell: str) -> None:
    granskat = granska([tabell(f"post;utfall_2024\nA;100\nB;200\nC;{cell}\nSumma;600")])
    assert (granskat.fynd, granskat.olasta) == ((), (Olast("kommun-2024-prov", "C", "utfall_2024", cell),))


@pytest.mark.parametrize("cell", ["", "-", "--", "\N{EN DASH}"])
def test_dar_inget_ar_tryckt_ar_ingen_del(cell: str) -> None:
    granskat = granska([tabell(f"post;utfall_2024\nA;100\nB;200\nC;{cell}\nSumma;600")])
    assert ([fynd.slag.value for fynd in granskat.fynd], granskat.olasta) == (["SUMMA"], ())


@pytest.mark.parametrize(
    "text",
    [
        "enhet;pagar;klart;total_summa\nNämnden;18;*;19",
        "skäl;antal;procent\nA;22;40\nB;*;24\nC;20;36",
        "boende;jan;feb;ack_feb\nA;0,90;1,00;0,95\nB;0,80;*;0,90\nC;0,60;0,80;0,70\nD;0,70;0,70;0,70",
        "grupp;del;utfall_2024\nBarn;A;10\nBarn;B;*\nSumma;Barn;30\nUnga;A;5\nTotalt;Totalt;35",
    ],
)
def test_det_en_olast_cell_ar_en_del_av_provas_inte(text: str) -> None:
    assert fynden(tabell(text)) == []


@pytest.mark.parametrize(
    ("text", "rad"),
    [
        ("kod;radtyp;budget_2024\n570;post;100\n571;post;200\n;summa;999", "rad 3"),
        ("radtyp;belopp\npost;1\npost;2\nsumma;14", "rad 3"),
        ("kod;verksamhet;budget_2024\n570;Barn;100\n571;Unga;200\n;Summa;999", "Summa"),
        ("ansvar;benämning;utfall\n4511;HVB;100\n4512;Hem;200\n;Summa;999", "Summa"),
        ("ålder;utfall\n17;100\n18;200\nTotalt;999", "Totalt"),
        ("period;belopp\n2023;100\n2024;200\nSumma;999", "Summa"),
    ],
)
def test_siffror_kan_vara_radernas_namn(text: str, rad: str) -> None:
    assert [(fynd[0], fynd[1]) for fynd in fynden(tabell(text))] == [("SUMMA", rad)]


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("Post;Budget;Utfall;Avvikelse;Avvikelse %\nA;100;110;-10;-10,0\nB;200;190;10;5,0\nC;300;330;-30;-10,0\n"
         "Summa;600;630;-30;-5,0", []),
        ("post;utfall;avvikelse_%\nA;110;-10,0\nB;190;5,0\nSumma;300;-2,0", []),
        ("Enhet;Nettokostnadsandel 2024;Snittkostnad;Täckningsgrad\nA;10;2000;90\nB;20;3000;80\nSumma;15;2400;70", []),
        ("Post;Budget;Utfall;Avvikelse\nA;100;110;-10\nB;200;190;10\nC;300;330;-30\nD;400;420;55\n"
         "Summa;1000;1050;-50", [("SUMMA", "Summa", "Avvikelse"), ("SUMMA", "D", "Avvikelse")]),
        ("Mått;Totalt;Kvinnor;Män\nAntal placerade;110;60;51",
         [("SUMMA", "Antal placerade", "Totalt")]),
        ("Åtgärd;Förändring;Förändring (%)\nA;1;1\nB;2;3\nSumma;3;9", []),
    ],
)  # fmt: skip
def test_kolumnens_namn_far_skrivas_pa_olika_satt(text: str, vantat: list[tuple[str, str, str]]) -> None:
    assert fynden(tabell(text)) == vantat


@pytest.mark.parametrize(
    ("enhet", "vantat"),
    [
        ("antal", 2), ("antal personer", 2), ("antal barn per 31 december", 2), ("antal personer i snitt per dygn", 0),
        ("antal årsarbetare", 0), ("antal dygn i tusental", 0), ("antal i genomsnitt", 0), ("antal/dygn", 0),
    ],
)  # fmt: skip
def test_bara_det_som_raknas_ar_exakt(enhet: str, vantat: int) -> None:
    rader = tabell("grupp;kön;utfall\nBarn;totalt;139\nBarn;flickor;70\nBarn;pojkar;70", enhet=enhet)
    summa = tabell("grupp;utfall\nBarn;139\nUnga;141\nVuxna;108\nTotalt;389", namn="b", enhet=enhet)
    assert len(fynden(rader, summa)) == vantat


@pytest.mark.parametrize(
    "ord_",
    ["S:a", "S:a kostnader", "Totalsumma", "Totalt IFO", "Totala kostnader", "Totalt:", "Nettokostnad", "Delsumma",
     "Samtliga", "Sammanlagt", "Total kostnad"],
)  # fmt: skip
def test_summarader_heter_olika(ord_: str) -> None:
    assert fynden(tabell(f"post;utfall_2024\nA;100\nB;200\nC;300\n{ord_};999")) == [("SUMMA", ord_, "utfall_2024")]
    assert fynden(tabell(f"post;utfall_2024\nA;100\nB;200\nC;300\n{ord_};600")) == []


@pytest.mark.parametrize("forled", ["S:a", "Summa", "Delsumma"])
@pytest.mark.parametrize(
    ("rader", "fel"),
    [
        ("A;100\nB;200\n{0} vård;300\nC;400\nD;500\n{0} stab;900\nTotalt;1200", []),
        ("A;100\nB;200\n{0} vård;300\nC;400\nD;500\n{0} stab;900\nTotalt;1300", ["Totalt"]),
        ("A;100\nB;200\n{0} vård;300\nC;400\nD;500\n{0} stab;800\nTotalt;1200", ["{0} stab"]),
        ("{0} vård;300\n{0} stab;900\nTotalt;1200", []),
        ("{0} vård;300\n{0} stab;900\nTotalt;1300", ["Totalt"]),
        ("Totalt;1200\nA;100\nB;200\nC;900", []),
        ("Totalt;1300\nA;100\nB;200\nC;900", ["Totalt"]),
        ("Totalt;900\nKvinnor;500\nMän;400\nAndel kvinnor;56", []),
        ("Totalt;1200\nA;100\nB;200\n{0} vård;300\nC;400\nD;500\n{0} stab;900", []),
    ],
)
def test_delsummor_och_totaler_overst(rader: str, fel: list[str], forled: str) -> None:
    funna = fynden(tabell(f"post;utfall_2024\n{rader.format(forled)}"))
    assert funna == [("SUMMA", rad.format(forled), "utfall_2024") for rad in fel]


def test_en_total_overst_sags_vara_mojlig() -> None:
    (fynd,) = granska([tabell("post;utfall_2024\nTotalt;1300\nA;100\nB;200\nC;900")]).fynd
    assert (fynd.sakerhet.value, fynd.vantat) == ("möjlig", "1200")


def test_kolumner_vars_namn_liknar_varandra_halls_isar() -> None:
    assert fynden(tabell("post;Mål;mal\nA;1;2\nB;1;2\nSumma;2;9")) == [("SUMMA", "Summa", "mal")]


@pytest.mark.parametrize("enhet", ["kr per invånare", "kr/brukare", "andel", "procent"])
def test_en_total_av_priser_eller_andelar_kan_vara_vagd_med_vad_som_helst(enhet: str) -> None:
    kommuner = "kommun;2023;2024\nA;3000;3100\nB;4000;4200\nC;5000;5100\nSamtliga kommuner;3300;3400"
    assert fynden(tabell(kommuner, enhet=enhet)) == []
    assert len(fynden(tabell(kommuner, enhet="tkr"))) == 2


def test_ett_rikstal_overst_behover_inte_summera() -> None:
    assert fynden(tabell("kommun;utfall\nSamtliga;3300\nA;3000\nB;4000\nC;5000")) == []


def test_punkt_som_kan_skilja_tusental_lases_inte() -> None:
    granskat = granska([tabell("post;budget;utfall\nA;1.250;1.250\nB;950;0.5\nSumma;2.200;1.750")])
    assert [fynd.kolumn for fynd in granskat.fynd] == []
    assert [(cell.rad, cell.kolumn, cell.tryckt) for cell in granskat.olasta] == [
        ("A", "budget", "1.250"), ("Summa", "budget", "2.200"),
    ]  # fmt: skip


def test_andelar_utan_etiketter_gar_att_granska() -> None:
    assert fynden(tabell("radtyp;jan;feb\npost;0,9;0,8\npost;0,9;0,8\ntotalt;0,9;0,7")) != []


def test_en_kolumn_dar_inget_gar_att_lasa_sags() -> None:
    granskat = granska([tabell("post;budget;utfall\nA;100 tkr;1\nB;200 tkr;2\nSumma;999 tkr;3")])
    assert granskat.olasliga == (("kommun-2024-prov", "budget"),)


def test_tal_i_tva_tabeller_av_samma_rapport_ska_vara_lika() -> None:
    enheter = tabell("enhet;budget_2024\nSumma;-536,1", "ort-2024-enheternas-resultat")
    hela = tabell("konto;budget_2024\nNetto;-537,0", "ort-2024-kontogrupper-hela-forvaltningen")
    annan = Trycktabell("annan-2024-kontogrupper-hela-forvaltningen", {}, hela.kolumner, hela.rader)
    assert fynden(enheter, hela) == [("TABELL", "Summa", "budget_2024")]
    assert fynden(enheter, annan) == []


Namnad = tuple[str, dict[str, str]]
ENHETERNA = "verksamhet;budget_2024;prognos_avvikelse_delar1\nExterna vård- och behandlingskostnader;{};-3,0"
EXTERNA = "malgrupp;snitt_utfall_2023;kostnadsenhet;budget_2024_mnkr\nBarn;21;kr_per_dygn;306,5\nTotalt;21;;306,5"


@pytest.mark.parametrize(
    ("enhet", "belopp", "fel"),
    [
        ("mnkr", "-306,5", 0), ("tkr", "-306500", 0), ("Belopp i tusen kronor", "-306 500", 0), ("kr", "-306500000", 0),
        ("", "-306,5", 0), ("", "-306500", 0), ("mnkr", "-306500", 1), ("tkr", "-296500", 1), ("", "-296500", 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("namn", [("ort-2024-enheternas-resultat", "ort-2024-externa-insatser"), ("tabell5_1", "5_3")])
def test_belopp_i_olika_enheter_jamfors(namn: tuple[str, str], enhet: str, belopp: str, fel: int) -> None:
    enheterna = tabell(ENHETERNA.format(belopp), namn[0], enhet=enhet)
    granskat = granska([enheterna, tabell(EXTERNA, namn[1], enhet="personer; kr per dygn; mnkr")])
    funna = [fynd for fynd in granskat.fynd if fynd.slag is Fyndslag.TABELL]
    assert (len(funna), granskat.samband) == (fel, 1)


def test_det_vantade_sags_i_tabellens_enhet() -> None:
    enheterna = tabell(ENHETERNA.format("-296500"), enhet="tkr", namn="ort-2024-enheternas-resultat")
    funna = granska([enheterna, tabell(EXTERNA, "ort-2024-externa-insatser")]).fynd
    assert [fynd.vantat for fynd in funna if fynd.slag is Fyndslag.TABELL] == ["-306500"]


@pytest.mark.parametrize(
    ("ena", "andra"),
    [
        (("ort-2024-enheternas-resultat", {}), ("ort-delar2-2024-externa-insatser", {})),
        (("t1", {"kalla": "rapport a"}), ("t2", {"kalla": "rapport b"})),
    ],
)
def test_tabeller_av_olika_rapporter_jamfors_inte(
    ena: tuple[str, dict[str, str]], andra: tuple[str, dict[str, str]]
) -> None:
    enheterna = tabell(ENHETERNA.format("-1,0"), ena[0], **ena[1])
    granskat = granska([enheterna, tabell(EXTERNA, andra[0], **andra[1])])
    assert granskat.samband == 0


def test_en_egen_tabell_fragas_inte_om_det_som_den_deklarerar() -> None:
    text = "mått;varde\nAntal kontrakt;-21"
    assert fynden(tabell(text, underlag="2024-12-31")) == []
    assert fynden(tabell("enhet;budget_2024\nA;10\nB;20\nSumma;40", underlag="2024-12-31")) != []


BELOPP = st.lists(st.fractions(min_value=-500, max_value=500, max_denominator=1000), min_size=2, max_size=10)


def avrundad_tabell(delar: list[Fraction], mer: Decimal = Decimal(0)) -> Trycktabell:
    """Return a printed table of parts and their sum, each rounded on its own; ``mer`` is an error in the sum."""
    rader = [f"Rad {nr};{avrunda(tal, 1)};{avrunda(2 * tal, 1)}" for nr, tal in enumerate(delar)]
    summa = sum(delar, Fraction(0))
    rader.append(f"Summa;{avrunda(summa, 1) + mer};{avrunda(2 * summa, 1)}")
    return tabell("\n".join(["enhet;utfall_2023;utfall_2024", *rader]), underlag="2024-12-31")


@given(BELOPP)
def test_avrundade_summor_ger_aldrig_fynd(delar: list[Fraction]) -> None:
    assert granska([avrundad_tabell(delar)]).fynd == ()


@given(BELOPP)
def test_ett_fel_storre_an_avrundningen_hittas(delar: list[Fraction]) -> None:
    """Beyond any part and any rounding, so that the total can be no mean either."""
    assert [fynd.slag.value for fynd in granska([avrundad_tabell(delar, Decimal(9999))]).fynd] == ["SUMMA"]


def ett_fynd() -> Fynd:
    return granska([tabell("enhet;budget_2024\nA;10\nB;20\nSumma;40")]).fynd[0]


def test_ett_kant_fynd_ar_just_det(tmp_path: Path) -> None:
    fil = tmp_path / "kanda.csv"
    fynd = ett_fynd()
    fil.write_text(
        "\n".join(["# kommentar", ",".join(KOLUMNER), ",".join(fynd_som_ord(fynd).values())]), encoding="utf-8"
    )
    annat = granska([tabell("enhet;budget_2024\nA;10\nB;20\nSumma;41")]).fynd
    assert dela_pa_kanda([fynd, *annat], las_kanda(fil)) == (list(annat), [fynd])


def test_en_fil_utan_kolumnerna_vagras(tmp_path: Path) -> None:
    fil = tmp_path / "kanda.csv"
    fil.write_text("slag,rad\nSUMMA,x\n", encoding="utf-8")
    with pytest.raises(TryckfilenGarInte, match="kolumnen tabell saknas"):
        las_kanda(fil)


@pytest.mark.parametrize("text", ["{", '{"rader": []}', '{"rader": [1]}', "[1]"])
def test_json_som_inte_ar_en_tabell_vagras(text: str, tmp_path: Path) -> None:
    fil = tmp_path / "t.json"
    fil.write_text(text, encoding="utf-8")
    with pytest.raises(TrycktabellGarInteAttLasa, match=r"t\.json"):
        las_tabeller([fil])


def test_tva_tabeller_av_ett_namn_skiljs_at() -> None:
    en = tabell("a;b\nx;1")
    assert [t.namn for t in med_skilda_namn([en, en])] == ["kommun-2024-prov", "kommun-2024-prov (2)"]
