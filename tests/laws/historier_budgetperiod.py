"""Histories of a budget year beside its money: grants, goals, commitments, figures, registers, controls, guidelines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from hypothesis import strategies as st

from domain.begrepp import Avvikelseslag, Kon
from domain.budgetperiod.begrepp import (
    Ataganderesultat,
    Ersattningsslag,
    Kontrollslutsats,
    Malbedomning,
    Periodiseringsprincip,
    Principomfattning,
    Rapportslag,
    Register,
    Riktning,
    Trend,
    Tryckfelsklass,
    Uppgiftsmetod,
)
from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import InvanareFaststallda, Invanargrupp, PeriodiseringsprincipAndrad, Protokoll
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import (
    AvvikelseRedovisad,
    DefinitionAndrad,
    InternkontrollGenomford,
    RapportFaststalld,
    RiktlinjeBeslutad,
    TryckfelUpptackt,
)
from domain.budgetperiod.uppgift import RegisterInlast, Registerrad, UppgiftLamnad
from domain.handelse import Handelse
from tests.laws.grund import KOMMUNER, NAMND, NYAR, Variationer, dag_efter, ibland, malgrupper, plus

AMNEN = "eeeeemmmaaauuurricgdtvop"
"""The kinds of event in a year beside its money, each as often as it should be drawn."""

RIKTLINJER = ["Riktlinje 2023", "Riktlinje 2024", "Riktlinje 2025"]
belopp_over_noll = st.integers(1, 40).map(lambda tusen: Decimal(tusen) * 1000)
varden = st.sampled_from(["-1.5", "0", "12.345", "300"]).map(Decimal)

VARIATIONER = Variationer(
    falt={
        ErsattningSokt: lambda _: {"belopp": belopp_over_noll, "slag": st.sampled_from(Ersattningsslag)},
        ErsattningBeviljad: lambda _: {"belopp": belopp_over_noll, "utover_ansokan": st.just(True)},
        ErsattningAvslagen: lambda _: {"belopp": belopp_over_noll},
        MalFaststallt: lambda _: {"malvarde": st.none() | varden, "riktning": st.sampled_from(Riktning)},
        MalBedomt: lambda _: {"varde": st.none() | varden, "bedomning": st.sampled_from(Malbedomning)},
        AtagandeStartat: lambda h: {"planerat_slut": st.none() | st.integers(0, 40).map(partial(plus, h.datum))},
        AtagandeAvslutat: lambda _: {"resultat": st.sampled_from(Ataganderesultat)},
        UppgiftLamnad: lambda h: {} if h.ej_redovisbar else {"varde": varden},
        RegisterInlast: lambda _: {"kallversion": st.sampled_from(["v1", "v2"])},
        RiktlinjeBeslutad: lambda h: {
            "galler_fran": st.sampled_from([0, 1, 45]).map(partial(plus, h.datum)),
            "ersatter": st.sampled_from([None, *(namn for namn in RIKTLINJER if namn != h.namn)]),
        },
        InvanareFaststallda: lambda _: {"antal": st.integers(0, 9)},
        InternkontrollGenomford: lambda _: {"slutsats": st.sampled_from(Kontrollslutsats)},
    },
    flytt={
        MalBedomt: lambda _, dag: {"galler": dag},
        UppgiftLamnad: lambda h, dag: {"sista_dag": dag, "fran": min(h.fran, dag)},
        RiktlinjeBeslutad: lambda h, dag: {"galler_fran": max(h.galler_fran, dag)},
        RapportFaststalld: lambda h, dag: {
            "galler": min(h.galler, dag), "beslut": Protokoll(organ=NAMND, datum=dag),
        },
        AtagandeStartat: lambda h, dag: {"planerat_slut": max(h.planerat_slut, dag) if h.planerat_slut else None},
    },
)  # fmt: skip
"""How the events of a year, beside those of its money, may be told otherwise."""


@st.composite
def nasta_i_aret(draw: st.DrawFn, hittills: Sequence[Handelse], amne: str = AMNEN) -> Handelse:
    """Draw what happens in a year in which so much has happened, of the kinds given."""
    dag = plus(NYAR, draw(st.sampled_from([-20, 0, 31, 60]) | st.integers(-40, 200)))
    hander = draw(st.sampled_from(amne))
    match hander:
        case "e":
            return draw(_ersattning(hittills, dag))
        case "m":
            return draw(_mal(hittills, dag))
        case "a":
            return draw(_atagande(hittills, dag))
        case "u":
            return draw(_uppgift(dag))
        case "r":
            fran = plus(dag, draw(st.sampled_from([0, 1, 45])))
            namn = draw(st.sampled_from(RIKTLINJER))
            ersatter = draw(st.sampled_from([None, *(annan for annan in RIKTLINJER if annan != namn)]))
            return RiktlinjeBeslutad(datum=dag, namn=namn, galler_fran=fran, ersatter=ersatter)
        case "i" | "g":
            return draw(_utifran(dag, hander))
        case _:
            return draw(_granskning(dag, hander, len(hittills)))


@st.composite
def _ersattning(draw: st.DrawFn, hittills: Sequence[Handelse], dag: date) -> Handelse:
    sokta = [h for h in hittills if type(h) is ErsattningSokt]
    if not sokta or draw(ibland):
        ar = draw(st.sampled_from([2023, 2024]))
        return ErsattningSokt(
            datum=dag,
            ersattning_id=UUID(int=600 + len(sokta)),
            slag=draw(st.sampled_from(Ersattningsslag)),
            belopp=draw(belopp_over_noll),
            avser_ar=ar,
            avser_manad=draw(st.sampled_from([None, f"{ar}-03"])),
            motpart=draw(st.sampled_from(["Migrationsverket", "Staten"])),
            verksamhet=draw(st.sampled_from([None, "Barn och unga"])),
        )
    sokt = draw(st.sampled_from(sokta))
    nyckel, dag = sokt.ersattning_id, draw(dag_efter(sokt.datum, hittills))
    belopp = draw(st.sampled_from([sokt.belopp, sokt.belopp / 2, Decimal("1.00")]))
    match draw(st.sampled_from("bbaå")):
        case "b":
            return ErsattningBeviljad(datum=dag, ersattning_id=nyckel, belopp=belopp)
        case "a":
            return ErsattningAvslagen(datum=dag, ersattning_id=nyckel, belopp=belopp, orsak="För sent")
        case _:
            return ErsattningAterbetald(datum=dag, ersattning_id=nyckel, belopp=Decimal("1.00"))


@st.composite
def _mal(draw: st.DrawFn, hittills: Sequence[Handelse], dag: date) -> Handelse:
    mal = [h for h in hittills if type(h) is MalFaststallt]
    if not mal or draw(ibland):
        return MalFaststallt(
            datum=dag,
            mal_id=UUID(int=620 + len(mal)),
            namn=draw(st.sampled_from(["Trygga barn", "Färre placeringar"])),
            indikator=draw(st.sampled_from([None, "Andel"])),
            malvarde=draw(st.none() | varden),
            riktning=draw(st.sampled_from(Riktning)),
        )
    malet = draw(st.sampled_from(mal))
    dag = draw(dag_efter(malet.datum, hittills))
    return MalBedomt(
        datum=dag,
        mal_id=malet.mal_id,
        galler=dag,
        bedomning=draw(st.sampled_from(Malbedomning)),
        varde=draw(st.none() | varden),
        trend=draw(st.none() | st.sampled_from(Trend)),
    )


@st.composite
def _atagande(draw: st.DrawFn, hittills: Sequence[Handelse], dag: date) -> Handelse:
    startade = [h for h in hittills if type(h) is AtagandeStartat]
    if not startade or draw(ibland):
        return AtagandeStartat(
            datum=dag,
            atagande_id=UUID(int=640 + len(startade)),
            namn=draw(st.sampled_from(["Utbilda", "Rekrytera"])),
            planerat_slut=draw(st.none() | st.integers(0, 40).map(partial(plus, dag))),
        )
    startat = draw(st.sampled_from(startade))
    dag = draw(dag_efter(startat.datum, hittills))
    resultat = draw(st.sampled_from(Ataganderesultat))
    return AtagandeAvslutat(datum=dag, atagande_id=startat.atagande_id, resultat=resultat)


@st.composite
def _uppgift(draw: st.DrawFn, dag: date) -> Handelse:
    gar_inte = draw(st.booleans())
    return UppgiftLamnad(
        datum=dag,
        namn=draw(st.sampled_from(["Vårddygn", "Hushåll"])),
        fran=plus(dag, -draw(st.sampled_from([0, 30]))),
        sista_dag=dag,
        metod=draw(st.sampled_from(Uppgiftsmetod)),
        mattenhet="antal",
        varde=None if gar_inte else draw(varden),
        ej_redovisbar=gar_inte,
        orsak="Nytt system" if gar_inte else None,
        malgrupp=draw(st.none() | malgrupper),
        kon=draw(st.none() | st.sampled_from(Kon)),
        enhet=draw(st.sampled_from([None, "Resurs"])),
    )


@st.composite
def _utifran(draw: st.DrawFn, dag: date, hander: str) -> Handelse:
    if hander == "i":
        fran, till = draw(st.sampled_from([None, 0, 13])), draw(st.sampled_from([None, 20]))
        konen = draw(st.dictionaries(st.sampled_from(Kon), st.integers(0, 99), max_size=2))
        grupper = [Invanargrupp(alder_fran=fran, alder_till=till, kon=kon, antal=antal) for kon, antal in konen.items()]
        if not konen or draw(st.booleans()):
            hela = sum(konen.values()) + draw(st.sampled_from([0, 3]))
            grupper.append(Invanargrupp(alder_fran=fran, alder_till=till, antal=hela))
        antal = draw(st.integers(0, 9))
        return InvanareFaststallda(datum=dag, antal=antal, grupper=tuple(grupper), kallregister="Registret")
    rad = Registerrad(
        omrade=draw(st.sampled_from(KOMMUNER)),
        matt="N30101",
        ar=draw(st.sampled_from([2022, 2023])),
        grupp=draw(st.sampled_from([None, "0-20"])),
        kon=draw(st.none() | st.sampled_from(Kon)),
        varde=draw(st.none() | varden),
    )
    return RegisterInlast(datum=dag, slag=draw(st.sampled_from(Register)), kallversion="v1", rader=(rad,))


@st.composite
def _granskning(draw: st.DrawFn, dag: date, hander: str, nr: int) -> Handelse:
    match hander:
        case "c":
            return InternkontrollGenomford(
                datum=dag,
                omrade="Utredningar",
                perspektiv=draw(st.sampled_from(["Barn", "Ekonomi"])),
                risk=draw(st.sampled_from([None, "Frister"])),
                slutsats=draw(st.sampled_from(Kontrollslutsats)),
            )
        case "d":
            return DefinitionAndrad(datum=dag, matt="V16", beskrivning=draw(st.sampled_from(["Ny", "Nyare"])))
        case "t":
            klass = draw(st.sampled_from(Tryckfelsklass))
            return TryckfelUpptackt(datum=dag, rapport="Delår 2", plats="s. 7", tryckt="1", klass=klass)
        case "v":
            slag, nyckel = draw(st.sampled_from(Avvikelseslag)), UUID(int=660 + nr)
            return AvvikelseRedovisad(datum=dag, avvikelse_id=nyckel, slag=slag, kategori="Frister", enhet="Resurs")
        case "p":
            return PeriodiseringsprincipAndrad(
                datum=dag,
                princip=draw(st.sampled_from(Periodiseringsprincip)),
                galler=draw(st.sampled_from(Principomfattning)),
                motivering="Revisionen",
            )
        case _:
            slag = draw(st.sampled_from(Rapportslag))
            return RapportFaststalld(
                datum=dag, slag=slag, galler=plus(dag, -20), beslut=Protokoll(organ=NAMND, datum=dag)
            )
