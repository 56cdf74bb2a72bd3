"""Explained differences in print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from application.dimensionsord import etikett_av, rubrik_av
from application.forklara import Forklaring
from application.forklaringstext import DELARNAS_NAMN, med_tecken, om_orsakerna, om_uppdelningen
from application.kostnadsuppdelning import Kostnadsuppdelning
from domain.matt.orsaker import Orsak
from domain.matt.uppdelning import Delar, Sida
from domain.pengar import skriv_tal
from interfaces.cli.basis import basis_som_text
from interfaces.cli.oppning import decimaler_for_person
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.forklaring import forklaring_som_data, sparrader, storst_forst
from interfaces.somdata.oppning import HANDELSEKOLUMNER, Huvuden, decimalt, exakt
from interfaces.somdata.underlag import underlag_som_data

_SPARKOLUMNER = (
    *("orsak", "effekt", "strom", "radnr", "slag", "person", "fore", "efter"),
    *HANDELSEKOLUMNER,
)


def skriv_orsaker(forklaring: Forklaring, huvuden: Huvuden, utformat: str, *, spar: bool, hogst: int) -> None:
    """Print why a measure's cells have changed; with ``spar`` the events and facts behind the whole too."""
    if utformat == "json":
        skriv_json(forklaring_som_data(forklaring, huvuden, hogst))
    elif spar:
        _skriv_spar(forklaring, huvuden, utformat, hogst)
    else:
        _skriv_orsaker(forklaring, utformat)


def _noter(forklaring: Forklaring) -> list[str]:
    underlag = [f"{vad}: {basis_som_text(svar.underlag)}" for vad, svar in _sidor(forklaring)]
    return [*om_orsakerna(forklaring), *underlag]


def _sidor(forklaring: Forklaring) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return ("Från", forklaring.fran), ("Mot", forklaring.till)


def _skriv_orsaker(forklaring: Forklaring, utformat: str) -> None:
    matt = forklaring.fran.fraga.matt
    alla = (*forklaring.celler, forklaring.totalt)
    orsaker = [o for o in Orsak if any(cell.delar.get(o) for cell in alla)]
    dimensioner = forklaring.fran.fraga.gruppera
    if utformat == "csv":
        kolumner = [*dimensioner, "fran", "mot", "skillnad", *(o.value for o in orsaker)]
        rader = [
            {n: "" if v is None else str(v) for n, v in cell.cell.items()}
            | {"fran": decimalt(cell.fran or Fraction(0)), "mot": decimalt(cell.till or Fraction(0))}
            | {"skillnad": decimalt(cell.skillnad)}
            | {o.value: decimalt(cell.delar.get(o, Fraction(0))) for o in orsaker}
            for cell in (forklaring.celler or (forklaring.totalt,))
        ]
        skriv_csv(kolumner, rader, [f"matt: {matt.etikett}, {matt.enhet.namn}", *_noter(forklaring)])
        return
    decimaler = matt.enhet.decimaler
    tal = [
        [
            *(skriv_tal(v or 0, decimaler) for v in (cell.fran, cell.till)),
            *(med_tecken(v, decimaler) for v in (cell.skillnad, *(cell.delar.get(o, Fraction(0)) for o in orsaker))),
        ]
        for cell in alla
    ]
    namn = [[etikett_av(*par, saknas="–") for par in cell.cell.items()] for cell in forklaring.celler]
    namn.append(["Totalt", *[""] * (len(dimensioner) - 1)])
    kolumner_ = [(rubrik_av(d), False) for d in dimensioner or ("",)]
    kolumner_ += [("Från", True), ("Mot", True), ("Skillnad", True), *((o.value.capitalize(), True) for o in orsaker)]
    rubrik = f"{matt.etikett} ({matt.enhet.namn}) {forklaring.fran.fraga.period}: varför skillnad"
    rader_ = [[*n, *t] for n, t in zip(namn, tal, strict=True)]
    skriv_tabell(rubrik, kolumner_, rader_, fet=frozenset({len(rader_) - 1}))
    skriv_noter(_noter(forklaring))


def _skriv_spar(forklaring: Forklaring, huvuden: Huvuden, utformat: str, hogst: int) -> None:
    poster = storst_forst(forklaring.totalt, hogst)
    rader = [rad for post in poster for rad in sparrader(post, huvuden)]
    kvar = len(forklaring.totalt.poster) - len(poster)
    till = [f"{len(poster)} visas och {kvar} till; visa fler med --hogst (0: alla)."] if kvar else []
    noter = [*_noter(forklaring), *till]
    text = [{n: "" if rad.get(n) is None else str(rad[n]) for n in _SPARKOLUMNER} for rad in rader]
    if utformat == "csv":
        skriv_csv(_SPARKOLUMNER, text, noter)
        return
    visade = ("orsak", "effekt", "strom", "slag", "fore", "efter", "position", "typ", "datum", "registrerad", "rattar")
    tal = ("effekt", "fore", "efter", "position")
    skriv_tabell(
        "Spåret",
        [(rubrik_av(n), n in tal) for n in visade],
        [[rad[n] for n in visade] for rad in text],
        lang="Rättar",
    )
    skriv_noter(noter)


def _avrundad(text: str) -> str:
    """Return an exact number as a person reads it."""
    return text and skriv_tal(Fraction(text), decimaler_for_person(Fraction(text)))


# Volume, mix and price ----------------------------------------------------------------------------------------------


def skriv_uppdelning(uppdelning: Kostnadsuppdelning, namn: Sequence[str], utformat: str) -> None:
    """Print a cost difference split into volume, mix, price and the rest."""
    noter = [
        *om_uppdelningen(uppdelning, namn),
        "Plus är dyrare. Volym: fler eller färre dygn med samma fördelning och pris. Mix: annan fördelning. Pris: "
        "annat pris för samma vård. Övrigt: belopp som dygn gånger pris inte förklarar.",
        *(f"{vad}: {basis_som_text(u)}" for vad, u in zip(_sidnamn(uppdelning), uppdelning.underlag, strict=True)),
    ]
    if utformat == "json":
        skriv_json(_uppdelning_som_ord(uppdelning, namn, noter))
        return
    totalt = (uppdelning.helheten(lambda r: r.fran), uppdelning.helheten(lambda r: r.till), uppdelning.totalt)
    rader = [(r.fran, r.till, r.delar) for r in uppdelning.rader]
    if utformat == "csv":
        namngivna = zip(namn, rader, strict=True)
        skriv_csv(("rad", *_KOLUMNER), [{"rad": vad} | _som_text(rad, decimalt) for vad, rad in namngivna], noter)
        return
    text = [[vad, *_avrundade(*rad)] for vad, rad in zip((*namn, "Totalt"), (*rader, totalt), strict=True)]
    fran, till = _sidnamn(uppdelning)
    rubriker = (
        f"{fran} dygn",
        f"{till} dygn",
        f"{fran} kr/dygn",
        f"{till} kr/dygn",
        f"{fran} kr",
        f"{till} kr",
        "Skillnad",
    )
    alla = [("Rad", False), *((r, True) for r in (*rubriker, *(d.capitalize() for d in DELARNAS_NAMN)))]
    skriv_tabell("Volym, mix och pris", alla, text, fet=frozenset({len(text) - 1}))
    skriv_noter(noter)


def _sidnamn(uppdelning: Kostnadsuppdelning) -> tuple[str, str]:
    fran, till = uppdelning.fran.namn.capitalize(), uppdelning.till.namn.capitalize()
    return (fran, till) if fran != till else (f"{fran} (från)", f"{till} (mot)")


_KOLUMNER = (
    *("fran_dygn", "mot_dygn", "fran_pris", "mot_pris", "fran_kr", "mot_kr", "skillnad"),
    *("volym", "mix", "pris", "ovrigt"),
)


def _varden(fran: Sida, till: Sida, delar: Delar) -> tuple[Fraction | None, ...]:
    par = fran.volym, till.volym, fran.pris, till.pris, fran.belopp, till.belopp
    return (*par, delar.skillnad, *delar)


def _som_text(rad: tuple[Sida, Sida, Delar], skriv: Callable[[Fraction], str]) -> dict[str, str]:
    alla = zip(_KOLUMNER, _varden(*rad), strict=True)
    return {namn: "" if v is None else skriv(Fraction(v)) for namn, v in alla}


def _avrundade(fran: Sida, till: Sida, delar: Delar) -> list[str]:
    *par, skillnad, volym, mix, pris, ovrigt = _varden(fran, till, delar)
    return [
        *("–" if v is None else skriv_tal(v) for v in par),
        *(med_tecken(Fraction(v or 0), 0) for v in (skillnad, volym, mix, pris, ovrigt)),
    ]


def _uppdelning_som_ord(uppdelning: Kostnadsuppdelning, namn: Sequence[str], noter: list[str]) -> dict[str, Any]:
    hela = (uppdelning.helheten(lambda r: r.fran), uppdelning.helheten(lambda r: r.till), uppdelning.totalt)
    return {
        "fran": {"sida": uppdelning.fran.namn, "underlag": underlag_som_data(uppdelning.underlag[0])},
        "mot": {"sida": uppdelning.till.namn, "underlag": underlag_som_data(uppdelning.underlag[1])},
        "text": noter,
        "rader": [
            {"rad": vad} | _som_text((r.fran, r.till, r.delar), exakt)
            for vad, r in zip(namn, uppdelning.rader, strict=True)
        ],
        "totalt": _som_text(hela, exakt),
    }
