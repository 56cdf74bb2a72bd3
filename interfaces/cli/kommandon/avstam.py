"""``liggare avstam``: the books beside the care days, and what explains the difference."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import click

from application.avstamning import (
    DIMENSIONER,
    TALKOLUMNER,
    Avstamning,
    Avstamningsfraga,
    Avstamningssvar,
)
from application.celltolkning import tolka_tabellcell
from application.dimensionsord import etikett_av, rubrik_av
from application.fragetolkning import tolka_kommun, tolka_regel, tolka_tidssnitt
from domain.matt.avstamning import Avstamd, Gap, Moms
from domain.pengar import kronor, skriv_tal
from domain.regler.vardygn import IN_EJ_UT, VARDYGNSREGLER
from domain.tid import Period, manad_efter
from interfaces.cli import val
from interfaces.cli.basis import basis_som_text
from interfaces.cli.oppning import skriv_oppning
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.underlag import underlag_som_data


@click.command()
@val.kravd_kommun
@click.option("--ar", required=True, type=val.AR, metavar="ÅÅÅÅ", help="Året som stäms av.")
@click.option(
    "--till-manad",
    type=click.IntRange(1, 12),
    metavar="MÅNAD",
    help="Sista månaden. [standard: den som dagen frågan gäller ligger i, högst december]",
)
@click.option("--namnd", metavar="NÄMND", help="Bara en nämnds bokföring; placeringarna är kommunens.")
@click.option(
    "--gruppera",
    default="manad,insatsform",
    show_default=True,
    metavar="DIMENSION,…",
    help=f"Vad raderna är: {', '.join(DIMENSIONER)}.",
)
@click.option(
    "--moms",
    type=click.Choice([moms.value for moms in Moms]),
    default=Moms.INGAR.value,
    show_default=True,
    help="Om det bokförda innehåller den moms som återsöks.",
)
@val.tider
@click.option(
    "--vardygnsregel",
    type=click.Choice(list(VARDYGNSREGLER)),
    default=IN_EJ_UT.namn,
    show_default=True,
    help="Hur in- och utskrivningsdag räknas.",
)
@click.option(
    "--oppna",
    metavar="RAD,KOLUMN",
    help="Visa fakta och händelser bakom en cell, till exempel 1,periodisering eller Totalt,bokfort.",
)
@val.hogst
@val.utformat
@val.databas
def avstam(oppna: str | None, hogst: int, utformat: str, databas: str, **fraga: Any) -> None:
    """Stäm av bokförd vårdkostnad mot vårddygn gånger pris, per månad och insatsform.

    Skillnaden delas upp på obetald frånvaro, vistelser utan pris (uppskattade), moms, felkontering och periodisering;
    resten är oförklarat. Delarna summerar till skillnaden på öret. Plus betyder att mer är bokfört.

    \b
    Exempel:
      liggare avstam --kommun 1880 --ar 2019 --galler-den 2019-08-31
      liggare avstam --kommun 1880 --ar 2019 --gruppera insatsform,malgrupp
      liggare avstam --kommun 1880 --ar 2019 --moms avdragen --format csv
      liggare avstam --kommun 1880 --ar 2019 --galler-den 2019-08-31 --oppna "2019-03 / HVB,felkontering"
    """
    with val.oppen(databas) as tjanster:
        tolkad = _tolka(tjanster.klocka(), **fraga)
        if oppna is not None:
            oppning = tjanster.oppnare.oppna_avstamning(tolkad, *tolka_tabellcell(oppna))
            skriv_oppning(tjanster.oppnare, oppning, _rubrik(tolkad), utformat, hogst)
            return
        svar = Avstamning(tjanster.fragor).stam_av(tolkad)
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](svar)


def _tolka(
    nu: datetime, *, kommun: str, ar: int, till_manad: int | None, gruppera: str, moms: str, vardygnsregel: str,
    namnd: str | None, **tider: str | None,
) -> Avstamningsfraga:  # fmt: skip
    tidssnitt = tolka_tidssnitt(tider["galler_den"], tider["kant_den"], nu)
    sista = date(ar, till_manad or min(tidssnitt.galler_den, date(ar, 12, 31)).month, 1)
    return Avstamningsfraga(
        tolka_kommun(kommun), Period(date(ar, 1, 1), manad_efter(sista)), tidssnitt,
        tolka_regel(vardygnsregel, None), namnd, tuple(namn.strip() for namn in gruppera.split(",")), Moms(moms),
    )  # fmt: skip


def _noter(svar: Avstamningssvar) -> list[str]:
    return [*svar.noter, basis_som_text(svar.underlag)]


def _rubrik(fraga: Avstamningsfraga) -> str:
    return f"Bokfört mot beräknat {fraga.period}, kommun {fraga.kommun}, kr"


def _som_tabell(svar: Avstamningssvar) -> None:
    gruppera = svar.fraga.gruppera
    rader = [
        [*(etikett_av(*par, saknas="–") for par in zip(gruppera, rad, strict=True)), *map(_kr, _tal(cell))]
        for rad, cell in svar.rader.items()
    ]
    rader.append(["Totalt", *[""] * (len(gruppera) - 1), *map(_kr, _tal(svar.totalt))])
    kolumner = [(rubrik_av(namn), False) for namn in gruppera]
    kolumner += [(rubrik, True) for rubrik in ("Beräknat", *(gap.etikett for gap in Gap), "Bokfört")]
    skriv_tabell(_rubrik(svar.fraga), kolumner, rader, fet=frozenset({len(rader) - 1}))
    skriv_noter(_noter(svar))


def _som_csv(svar: Avstamningssvar) -> None:
    gruppera = svar.fraga.gruppera
    kolumner = (*gruppera, *TALKOLUMNER)
    rader = [
        dict(zip(kolumner, [*(ord_ or "" for ord_ in rad), *map(_exakt, _tal(cell))], strict=True))
        for rad, cell in svar.rader.items()
    ]
    skriv_csv(kolumner, rader, [f"avstamning: {svar.fraga.period}, kommun {svar.fraga.kommun}, kr", *_noter(svar)])


def _som_json(svar: Avstamningssvar) -> None:
    skriv_json({
        "kommun": svar.fraga.kommun,
        "period": {"fran": str(svar.fraga.period.fran), "till": str(svar.fraga.period.sista_dag)},
        "moms": svar.fraga.moms.value,
        "underlag": underlag_som_data(svar.underlag),
        "noter": list(svar.noter),
        "rader": [
            dict(zip(svar.fraga.gruppera, rad, strict=True)) | _cell_som_ord(cell) for rad, cell in svar.rader.items()
        ],
        "totalt": _cell_som_ord(svar.totalt),
    })  # fmt: skip


def _cell_som_ord(cell: Avstamd) -> dict[str, Any]:
    return {
        "beraknat": _exakt(cell.beraknat),
        "bokfort": _exakt(cell.bokfort),
        "skillnad": _exakt(cell.skillnad),
        "delar": {gap.value: _exakt(belopp) for gap, belopp in cell.delar.items()},
    }


def _tal(cell: Avstamd) -> list[Fraction]:
    return [cell.beraknat, *cell.delar.values(), cell.bokfort]


def _kr(i_ore: Fraction) -> str:
    return skriv_tal(kronor(int(i_ore)), 2)


def _exakt(i_ore: Fraction) -> str:
    return str(kronor(int(i_ore)))
