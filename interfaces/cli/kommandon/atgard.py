"""``liggare atgard``: what was expected of an åtgärd, what came of it, and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import click

from application.atgardsuppfoljning import Atgardssvar, Atgardsuppfoljare
from application.fragetolkning import tolka_tidssnitt
from application.queries import FraganGarInte
from domain.atgard.uppfoljning import Arendesumma, Uppfoljning
from domain.pengar import avrunda, skriv_tal
from interfaces.cli import val
from interfaces.cli.basis import tider_som_text
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.underlag import tider_som_data

_BARA_HYPOTETISK = "Effekten är bara hypotetisk: ingen del av den är bokförd eller beräknad."
_INGEN = "–"


@click.command()
@click.argument("atgard_id", required=False, type=click.UUID, metavar="[ID]")
@val.tider
@val.kommun("Bara en kommuns åtgärder.")
@val.utformat
@val.databas
def atgard(
    atgard_id: UUID | None, galler_den: str | None, kant_den: str | None, kommun: str | None, utformat: str,
    databas: str,
) -> None:  # fmt: skip
    """Följ upp åtgärder: väntad och uppnådd effekt, och effekten ärende för ärende.

    Utan ID visas alla åtgärder, en per rad. Besparing är plus. Uppnådd effekt delas upp på hur den är belagd
    (bokförd, beräknad, hypotetisk) och läggs aldrig ihop över metoderna.

    \b
    Exempel:
      liggare atgard --galler-den 2023-08-31
      liggare atgard 019a0000-0000-7000-8000-000000000001 --kant-den 2023-09-19 --format json
    """
    with val.oppen(databas) as tjanster:
        tidssnitt = tolka_tidssnitt(galler_den, kant_den, tjanster.klocka())
        uppfoljare = Atgardsuppfoljare(tjanster.huvudbok)
        if atgard_id is None:
            alla = uppfoljare.alla(tidssnitt, kommun)
            kunskap = tjanster.huvudbok.kunskap(tidssnitt.kant_den)
            tider = (tidssnitt.galler_den, kunskap.kant_den, kunskap.position)
            {"tabell": _lista_som_tabell, "csv": _lista_som_csv, "json": _lista_som_json}[utformat](alla, tider)
            return
        svar = uppfoljare.en(atgard_id, tidssnitt)
        if svar is None:
            mening = f"Åtgärden {atgard_id} hade inte identifierats den {tidssnitt.galler_den}."
            raise FraganGarInte("galler-den", mening)
    {"tabell": _en_som_tabell, "csv": _en_som_csv, "json": _en_som_json}[utformat](svar)


# All of them, a row each --------------------------------------------------------------------------------------------

_LISTKOLUMNER = (
    ("id", "Id", False),
    ("namn", "Åtgärd", False),
    ("fas", "Fas", False),
    ("vantatTotalt", "Väntad effekt totalt", True),
    ("bokford", "Uppnått, bokfört", True),
    ("beraknad", "Uppnått, beräknat", True),
    ("hypotetisk", "Uppnått, hypotetiskt", True),
    ("arenden", "Ärenden", True),
    ("nettoIArendena", "Netto i ärendena", True),
    ("grund", "Vilar på", False),
)


def _listrad(svar: Atgardssvar) -> dict[str, str]:
    u = svar.uppfoljning
    return {
        "id": str(svar.bild.strom),
        "namn": svar.borjan.namn,
        "fas": u.fas.etikett if u.fas else "",
        "vantatTotalt": "" if u.vantat_totalt is None else str(u.vantat_totalt),
        **{metod.value: str(belopp) for metod, belopp in u.uppnatt.items()},
        "arenden": str(u.arenden.antal),
        "nettoIArendena": str(u.arenden.netto),
        "grund": "bara hypotes" if u.bara_hypotetisk else u.grund.etikett.lower() if u.grund else "",
    }


def _lista_som_tabell(alla: list[Atgardssvar], tider: Any) -> None:
    kolumner = [(rubrik, ar_tal) for _, rubrik, ar_tal in _LISTKOLUMNER]
    rader = [[_i_tabell(_listrad(svar)[namn], ar_tal) for namn, _, ar_tal in _LISTKOLUMNER] for svar in alla]
    skriv_tabell("Åtgärder, kronor (plus är besparing)", kolumner, rader)
    skriv_noter([tider_som_text(*tider)])


def _i_tabell(text: str, ar_tal: bool) -> str:
    return skriv_tal(Decimal(text)) if ar_tal and text else text or _INGEN


def _lista_som_csv(alla: list[Atgardssvar], tider: Any) -> None:
    skriv_csv([namn for namn, _, _ in _LISTKOLUMNER], [_listrad(svar) for svar in alla], [tider_som_text(*tider)])


def _lista_som_json(alla: list[Atgardssvar], tider: Any) -> None:
    skriv_json({"underlag": tider_som_data(*tider), "atgarder": [_som_json(svar, med_underlag=False) for svar in alla]})


# One of them, in depth ----------------------------------------------------------------------------------------------

_ARENDEKOLUMNER = (
    ("antal", "Ärenden"),
    ("forkortadeDygn", "Förkortade dygn"),
    ("forkortadeManader", "Förkortade månader"),
    ("brutto", "Minskad kostnad"),
    ("insatskostnad", "Åtgärdens kostnad"),
    ("netto", "Netto"),
    ("nettoPerArende", "Netto per ärende"),
)


def _summa(s: Arendesumma) -> dict[str, str]:
    per_arende = s.netto_per_arende
    return {
        "antal": str(s.antal),
        "forkortadeDygn": str(s.forkortade_dygn),
        "forkortadeManader": str(avrunda(s.forkortade_manader, 1)),
        "brutto": str(s.brutto),
        "insatskostnad": str(s.insatskostnad),
        "netto": str(s.netto),
        "nettoPerArende": "" if per_arende is None else str(avrunda(per_arende, 2)),
    }


def _arenderader(u: Uppfoljning) -> Iterable[tuple[str, str, Arendesumma]]:
    yield from (("effektklass", klass.etikett, summa) for klass, summa in u.per_effektklass.items())
    yield from (("insatsform", form.etikett if form else "ej angiven", s) for form, s in u.per_insatsform.items())
    yield from (("orsak", orsak or "ej angiven", s) for orsak, s in u.per_orsak.items())
    yield "totalt", "Totalt", u.arenden


def _en_som_tabell(svar: Atgardssvar) -> None:
    u = svar.uppfoljning
    click.echo(f"{svar.borjan.namn} ({u.fas.etikett.lower() if u.fas else _INGEN})")
    ar = sorted({*u.budgeterat, *u.vantat})
    rader = [[str(ett), *(_kronor(belopp.get(ett)) for belopp in (u.budgeterat, u.vantat))] for ett in ar]
    rader.append(["Totalt väntat", "", _kronor(u.vantat_totalt)])
    kolumner = [("År", False), ("I budgeten, kr", True), ("Väntat, kr", True)]
    skriv_tabell("Väntad effekt", kolumner, rader, fet=frozenset({len(ar)}))
    uppnatt = [[metod.etikett, _kronor(belopp)] for metod, belopp in u.uppnatt.items()]
    uppnatt.append(["Alternativkostnad (hypotetisk)", _kronor(u.alternativkostnad)])
    skriv_tabell("Uppnådd effekt efter hur den är belagd", [("Metod", False), ("Kr", True)], uppnatt)
    arenden = [[namn, *_summarad(summa)] for _, namn, summa in _arenderader(u)]
    kolumner = [("", False), *((rubrik, True) for _, rubrik in _ARENDEKOLUMNER)]
    skriv_tabell("Bedömda ärenden", kolumner, arenden, fet=frozenset({len(arenden) - 1}))
    skriv_noter(_noter(svar))


def _summarad(summa: Arendesumma) -> list[str]:
    decimaler = {"forkortadeManader": 1}
    return [
        skriv_tal(Decimal(text), decimaler.get(namn, 0)) if text else _INGEN for namn, text in _summa(summa).items()
    ]


def _kronor(belopp: Decimal | None) -> str:
    return _INGEN if belopp is None else skriv_tal(belopp)


def _noter(svar: Atgardssvar) -> list[str]:
    u = svar.uppfoljning
    noter = [_BARA_HYPOTETISK] if u.bara_hypotetisk else []
    if u.avvikande:
        noter.append(f"{len(u.avvikande)} ärenden har ett annat antal förkortade dygn än slutdagarna ger.")
    return [*noter, tider_som_text(svar.bild.galler_den, svar.bild.kant_den, svar.bild.position)]


def _en_som_csv(svar: Atgardssvar) -> None:
    rader = [{"indelning": vad, "varde": namn, **_summa(summa)} for vad, namn, summa in _arenderader(svar.uppfoljning)]
    huvud = [svar.borjan.namn, *_noter(svar)]
    skriv_csv(["indelning", "varde", *(namn for namn, _ in _ARENDEKOLUMNER)], rader, huvud)


def _en_som_json(svar: Atgardssvar) -> None:
    skriv_json(_som_json(svar))


def _som_json(svar: Atgardssvar, *, med_underlag: bool = True) -> Mapping[str, Any]:
    u, b = svar.uppfoljning, svar.bild
    return {
        **({"underlag": tider_som_data(b.galler_den, b.kant_den, b.position)} if med_underlag else {}),
        "id": str(b.strom),
        "namn": svar.borjan.namn,
        "kommun": svar.borjan.kommun,
        "namnd": svar.borjan.namnd,
        "ansvarig": svar.borjan.ansvarig,
        "fas": u.fas.value if u.fas else None,
        "budgeterat": {str(ar): str(belopp) for ar, belopp in u.budgeterat.items()},
        "vantat": {str(ar): str(belopp) for ar, belopp in u.vantat.items()},
        "vantatTotalt": None if u.vantat_totalt is None else str(u.vantat_totalt),
        "uppnatt": {metod.value: str(belopp) for metod, belopp in u.uppnatt.items()},
        "alternativkostnad": str(u.alternativkostnad),
        "grund": u.grund.value if u.grund else None,
        "baraHypotetisk": u.bara_hypotetisk,
        "arenden": _summa(u.arenden),
        "perEffektklass": {klass.value: _summa(summa) for klass, summa in u.per_effektklass.items()},
        "perInsatsform": {form.value if form else "": _summa(summa) for form, summa in u.per_insatsform.items()},
        "perOrsak": {orsak or "": _summa(summa) for orsak, summa in u.per_orsak.items()},
        "avvikande": [str(arende) for arende in u.avvikande],
    }
