"""Measures against print: each figure that an invented history was made to meet is asked for and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import pytest

from application.fragetolkning import tolka_fraga
from application.syntet import Amne, Syntetplan, Syntetuppdrag
from application.tryckt import las_trycktabell
from domain.pengar import avrunda
from interfaces.bootstrap import Tjanster, koppla
from tests.application.test_syntet_tabeller_hjalp import kommunens

FACIT = Path(__file__).parent


@dataclass(frozen=True)
class Tryckt:
    """A printed cell, and the question whose answer it is.

    Attributes:
        cell: (file, column by which the row is found, its beginning, column of the figure).
        per: what the answer is divided by before it is compared; negative where print has the other sign.
        grupp: the dimension that is split by, and the value whose figure is printed.
        raknat: the figure the history has where print is known to be wrong.
        rad: what else the row must say.
    """

    matt: str
    fran: str
    till: str
    cell: tuple[str, str, str, str]
    urval: dict[str, str] = field(default_factory=dict)
    variant: tuple[str, ...] = ()
    grupp: tuple[str, str] | None = None
    galler: str = ""
    per: int = 1
    decimaler: int = 0
    raknat: str | None = None
    rad: dict[str, str] = field(default_factory=dict)


def ar(artal: int, till: str = "12-31") -> tuple[str, str]:
    return f"{artal}-01-01", f"{artal}-{till}"


FEM_AR = ("orebro-2019-fem-ar", "matt")
TOTALT = {"delvarde": "totalt"}


def fem(matt: str, borjan: str, artal: int, delvarde: str = "totalt", **falt: object) -> Tryckt:
    cell = (*FEM_AR, borjan, f"utfall_{artal}")
    return Tryckt(matt, *ar(artal), cell, rad={"delvarde": delvarde}, **falt)  # type: ignore[arg-type]


LVU_LVM = [
    Tryckt(
        "V16", *ar(artal, "08-31"), ("orebro-2019-lvu-lvm", "lagrum", lagrum, f"jan_aug_{artal}"),
        {"lagrum": lagrum, **({"kon": urval} if urval else {})}, rad={"kon": kon},
    )
    for artal in range(2015, 2020)
    for lagrum, kon, urval in (
        ("LVU", "totalt", ""), ("LVU", "flickor", "kvinna"), ("LVU", "pojkar", "man"),
        ("LVM", "totalt", ""), ("LVM", "kvinnor", "kvinna"), ("LVM", "män", "man"),
    )
]  # fmt: skip
VARD = [
    ett
    for artal in range(2015, 2019)
    for ett in (
        fem("D01", "Vård dygn, institutionsvård", artal),
        fem("D02", "Vård dygn, familjehemsvård", artal),
        fem("V17", "Institutionsvård antal unika", artal),
        fem("V18", "Familjehemsvård antal unika", artal),
    )
]
BETALDA = [
    fem("D03", f"Antal betalda dygn, konsulentstödda familjehem {grupp}", artal, urval={"malgrupp": grupp})
    for artal in (2017, 2018)
    for grupp in ("barn", "unga")
]
ENSAMKOMMANDE = [
    Tryckt(
        "V20", f"{dag[:4]}-01-01", dag, ("orebro-2019-ensamkommande-aktuella", "status", etikett, kolumn),
        {"underslag": status},
    )
    for kolumn, dag in (("dec_2016", "2016-12-31"), ("dec_2017", "2017-12-31"), ("jul_2019", "2019-07-31"))
    for etikett, status in (("Asylsökande", "asylsokande"), ("Kommunplacerade", "kommunplacerad"))
]  # fmt: skip
MANADER = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug")
BOENDEN = [r for r in las_trycktabell(FACIT / "orebro-2019-belaggning.csv").rader if r["boende"] != "Totalt"]
BELAGGNING = [
    Tryckt(
        "B01", f"2019-{nr:02}-01", f"2019-{nr:02}-{28 if nr == 2 else 30 if nr in (4, 6) else 31}",
        ("orebro-2019-belaggning", "boende", boende["boende"], manad), {"enhet": boende["boende"]},
        per=100, decimaler=2,
    )
    for boende in BOENDEN
    for nr, manad in enumerate(MANADER, start=1)
    if boende[manad]
]  # fmt: skip
EFFEKT = "orebro-2019-effektiviseringar"
ATGARDER = [
    Tryckt("budgeterad-effekt", *ar(2019), (EFFEKT, "atgard", "Summa", "budgeterad_effekt_helar"),
           per=1_000_000, decimaler=1),
    Tryckt("vantad-effekt", *ar(2019), (EFFEKT, "atgard", "Summa", "prognos_effekt"),
           per=1_000_000, decimaler=1),
]  # fmt: skip


def enhetens(matt: str, kolumn: str, verksamhet: str, per: int, galler: str = "2019-08-31") -> Tryckt:
    cell = ("orebro-2019-enheternas-resultat", "verksamhet", verksamhet, kolumn)
    urval = {"verksamhet": verksamhet}
    return Tryckt(matt, *ar(2019), cell, urval, galler=galler, per=per, decimaler=1)


ENHETER = [r["verksamhet"] for r in las_trycktabell(FACIT / "orebro-2019-enheternas-resultat.csv").rader[:5]]
EKONOMI = [
    ett
    for verksamhet in ENHETER
    for ett in (
        enhetens("E01", "budget_2019", verksamhet, -1_000_000),
        enhetens("P02", "prognos_avvikelse_delar1", verksamhet, 1_000_000, "2019-04-30"),
        enhetens("P02", "prognos_avvikelse_delar2", verksamhet, 1_000_000),
    )
]

AUGUSTI = ar(2023, "08-31")
FORMER = {
    "Institutionsvård barn": "hvb", "Institutionsvård vuxna": "institutionMissbruk", "Stödboende": "stodboende",
    "Skyddat": "skyddatBoende", "Konsulentstött": "familjehemKonsulent", "Öppenvård": "oppenvardDygn",
}  # fmt: skip
RAMAVTAL = ("eskilstuna-2023-externa-utforare-ramavtal", "vardform")
SKAL = ("eskilstuna-2023-direktupphandling-anledning", "anledning")
DIREKT = (("direktupphandlingar", "antal", 0), ("andel-direktupphandlingar", "procent", 1))
ORSAKER = {"Ramavtal för": "ramavtalSaknas", "Samtliga": "platsbrist", "Omfattande": "ovrigt"}
UPPFOLJNINGAR = "eskilstuna-2023-avtalsuppfoljningar"
RATING = "eskilstuna-2023-rating-hvb"
OMRADEN = [r["omrade"] for r in las_trycktabell(FACIT / f"{RATING}.csv").rader]
FULL = {"insatsform": "hvb"}
SKYDDAT, STODBOENDE = "Skyddat", "Stödboende"
AVTAL = [
    *(
        Tryckt("externa-insatser", *AUGUSTI, (*RAMAVTAL, etikett, f"{kolumn}_antal"),
               {"insatsform": form, "avtalsform": avtal})
        for etikett, form in FORMER.items()
        for kolumn, avtal in (("inom_ramavtal", "ramavtal"), ("direktupphandling", "direktupphandling"))
    ),
    *(
        # E23: 94 + 4 per cent is 98, and 43 of 46 is 93: print did not round these from the numbers beside them.
        Tryckt("andel-inom-ramavtal", *AUGUSTI, (*RAMAVTAL, etikett, "inom_ramavtal_procent"), {"insatsform": form},
               raknat={SKYDDAT: "95", STODBOENDE: "93", "Institutionsvård barn": None}.get(etikett))
        for etikett, form in FORMER.items()
    ),
    *(
        Tryckt(matt, *AUGUSTI, (*SKAL, etikett, kolumn), grupp=("utfall", orsak), decimaler=decimaler)
        for etikett, orsak in ORSAKER.items()
        for matt, kolumn, decimaler in DIREKT
    ),
    *(
        Tryckt("T04", *AUGUSTI, (UPPFOLJNINGAR, "ramavtal", etikett, "genomforda_uppfoljningar"),
               {"insatsform": form})
        for etikett, form in (("HVB", "hvb"), ("Konsulentstödda", "familjehemKonsulent"))
    ),
    *(
        Tryckt(matt, *AUGUSTI, (RATING, "omrade", omrade, kolumn), FULL, grupp=("utfall", omrade), decimaler=decimaler)
        for omrade in OMRADEN
        for matt, kolumn, decimaler in (("medelbetyg", "medelbetyg", 1), ("andel-hoga-betyg", "andel_betyg_4_och_5", 0))
    ),
]  # fmt: skip
BOKFORD = "2023-09-30"
"""August is booked in September."""
RESULTAT = "eskilstuna-2023-resultatrakning"
KONTON = [r["konto"] for r in las_trycktabell(FACIT / f"{RESULTAT}.csv").rader if not r["konto"].startswith(("S", "F"))]
RESULTATRAKNING = [
    ett
    for konto in KONTON
    for ett in (
        *(
            Tryckt("E04", *ar(artal, "08-31"), (RESULTAT, "konto", konto, f"utfall_aug_{artal}"), {"verksamhet": konto},
                       galler=BOKFORD, per=-1_000_000, decimaler=1)
            for artal in (2022, 2023)
        ),
        Tryckt("P01", *ar(2023), (RESULTAT, "konto", konto, "arsprognos"), {"verksamhet": konto}, galler="2023-08-31",
               per=-1_000_000, decimaler=1),
        Tryckt("P02", *ar(2023), (RESULTAT, "konto", konto, "avvikelse_arsprognos"), {"verksamhet": konto},
               galler="2023-08-31", per=1_000_000, decimaler=1),
    )
]  # fmt: skip
STYRKORT = [
    *(
        Tryckt(matt, *ar(artal, "08-31"), ("eskilstuna-2023-styrkort-2023", "matt", borjan, f"utfall_jan_aug_{artal}"))
        for artal in (2022, 2023)
        for matt, borjan in (("I01", "Andel utredningar"), ("I02", "Förhandsbedömningar"))
    ),
    Tryckt("I03", *AUGUSTI, ("eskilstuna-2023-styrkort-2023", "matt", "Andel oplanerade", "utfall_jan_aug_2023")),
    Tryckt("forandring-sociala-kontrakt", *AUGUSTI,
           ("eskilstuna-2023-styrkort-2023", "matt", "Antal bostadssociala", "utfall_jan_aug_2023")),
    Tryckt("ataganden", *AUGUSTI, ("eskilstuna-2023-status-ataganden", "enhet", "", "total_summa"),
           variant=("rakna=startade",)),
]  # fmt: skip
VOLYMER = "katrineholm-2019-volymmatt"
K19 = [
    Tryckt(matt, *ar(artal), (VOLYMER, "volymmatt", borjan, f"utfall_{artal}"), urval, variant, raknat=raknat)
    for artal in (2018, 2019)
    for matt, borjan, urval, variant, raknat in (
        ("V06", "Antal inkomna aktualiseringar", {}, (), None),
        ("startade-utredningar", "Antal startade", {}, (), None),
        ("avslutade-utredningar", "Antal avslutade", {}, (), None),
        # MATT.md V11: 449 + 1 946 − 1 952 is 443, not the printed 405.
        ("pagaende-utredningar", "Antal pågående utredningar", {}, (), "443" if artal == 2019 else None),
        ("D05", "Antal utnyttjade vårdrygn i familjehem, ensamkommande",
         {"malgrupp": "ensamkommande", "insatsform": "familjehemEget"}, (), None),
        ("D05", "Antal utnyttjade vårdrygn i stödboende/HVB",
         {"malgrupp": "ensamkommande", "insatsform": "hvb,stodboende"}, (), None),
        ("D05", "Antal utnyttjade vårdrygn i familjehem, barn och unga exkl",
         {"malgrupp": "barn,unga", "insatsform": "familjehemEget"}, (), None),
        ("D05", "Antal utnyttjade vårdrygn på institution, barn", {"malgrupp": "barn,unga", "insatsform": "hvb"}, (),
         None),
        ("D05", "Antal utnyttjade vårdrygn på institution, vuxna",
         {"malgrupp": "vuxna", "insatsform": "institutionMissbruk"}, (), None),
        ("dygn-utan-beslut", "Antal utnyttjade vårdrygn på Vårnäs", {}, (), None),
        ("V23", "Antal ensamkommande", {}, (), None),
        ("V24", "Antal pågående insatser", {}, (), None),
        ("sociala-kontrakt", "Antal sociala kontrakt", {}, (), None),
        ("V25", "Antal kvinnofridsärenden", {"underslag": "valdINaraRelation"}, (), None),
    )
]  # fmt: skip
SPEL = Tryckt(
    "V25", *ar(2019), (VOLYMER, "volymmatt", "Antal ärenden spel", "utfall_2019"), {"underslag": "spelmissbruk"}
)
DRIFT = [
    Tryckt(matt, *ar(2019), ("katrineholm-2019-driftsredovisning", "post", f"varav {post}", kolumn),
           {"verksamhet": post}, galler="2020-02-07", per=-1000)
    for post in ("ekonomiskt bistånd", "utredningskonsulter", "övriga kostnader")
    for matt, kolumn in (("E05", "utfall_2019"), ("E01", "budget_2019"))
]  # fmt: skip


def jamfor(tjanster: Tjanster, t: Tryckt) -> None:
    """Ask and compare; a figure that print has wrong is the one that follows from what happened, and is not print's."""
    fil, nyckel, borjan, kolumn = t.cell
    (rad,) = (
        r for r in las_trycktabell(FACIT / f"{fil}.csv").rader
        if r[nyckel].startswith(borjan) and all(r[n] == v for n, v in t.rad.items())
    )  # fmt: skip
    fraga = tolka_fraga(
        t.matt, nu=tjanster.klocka(), fran=t.fran, till=t.till, galler_den=t.galler or t.till, urval=t.urval,
        variant=t.variant, gruppera=t.grupp[0] if t.grupp else None,
    )  # fmt: skip
    svar = tjanster.fragor.svara(fraga)
    varde = svar.varden[(t.grupp[1],)] if t.grupp else svar.totalt
    assert varde is not None
    raknat = avrunda(varde / t.per, t.decimaler)
    tryckt = avrunda(Fraction(rad[kolumn]), t.decimaler)
    if t.raknat is not None:
        assert (str(raknat), raknat != tryckt) == (t.raknat, True), (raknat, tryckt)
    else:
        assert raknat == tryckt, (raknat, tryckt)


def _mata(mapp: Path, uppdrag: Syntetuppdrag) -> Tjanster:
    tjanster = koppla(str(mapp / "liggare.db"))
    tjanster.importor().importera(Syntetplan(uppdrag).rader())
    return tjanster


def namngiven(t: Tryckt) -> str:
    return "-".join((t.matt, t.cell[2][:30], t.cell[3], *t.rad.values()))


@pytest.mark.parametrize("t", [*VARD, *BETALDA, *EKONOMI], ids=namngiven)
def test_orebros_vard_och_ekonomi(historia: Tjanster, t: Tryckt) -> None:
    jamfor(historia, t)


@pytest.fixture(scope="module")
def avtalen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tjanster]:
    hela = kommunens("eskilstuna")
    namn = {ett.cell[0] for ett in (*AVTAL, *RESULTATRAKNING)}
    tabeller = tuple(las_trycktabell(FACIT / f"{fil}.csv") for fil in sorted(namn))
    utan_fler = replace(hela, tabeller=tabeller, utan=frozenset({Amne.OVRIGA_ARENDEN}))
    tjanster = _mata(tmp_path_factory.mktemp("avtal"), utan_fler)
    yield tjanster
    tjanster.stang()


@pytest.mark.parametrize("t", [*AVTAL, *RESULTATRAKNING], ids=namngiven)
def test_eskilstunas_avtal_och_resultat(avtalen: Tjanster, t: Tryckt) -> None:
    jamfor(avtalen, t)


ALLT = {"orebro": [*LVU_LVM, *ENSAMKOMMANDE, *BELAGGNING, *ATGARDER], "eskilstuna": STYRKORT,
        "katrineholm": [*K19, SPEL, *DRIFT]}  # fmt: skip


@pytest.mark.tung
@pytest.mark.parametrize("kommun", ALLT)
def test_alla_tabeller_i_en_rapport(tmp_path: Path, kommun: str) -> None:
    tjanster = _mata(tmp_path, kommunens(kommun))
    fel = []
    for t in ALLT[kommun]:
        try:
            jamfor(tjanster, t)
        except (AssertionError, ValueError, KeyError) as orsak:
            fel.append(f"{namngiven(t)}: {orsak}".splitlines()[0])
    tjanster.stang()
    assert not fel
