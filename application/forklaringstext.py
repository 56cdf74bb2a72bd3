"""Explanations in words: how large a difference is and what the main drivers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from application.forklara import Forklaring
from application.kostnadsuppdelning import Kostnadsuppdelning, Uppdelningsrad
from domain.matt.orsaker import Cellforklaring
from domain.pengar import skriv_tal

_DRIVKRAFTER = 3
"""So many of the largest parts are named."""

DELARNAS_NAMN = ("volym", "mix", "pris", "övrigt")


def med_tecken(tal: Fraction, decimaler: int) -> str:
    """Return a number with its sign, as a change is written."""
    text = skriv_tal(tal, decimaler)
    return f"+{text}" if tal > 0 and text.strip("0, ") else text


def om_orsakerna(forklaring: Forklaring) -> list[str]:
    """Return what made a figure another, in sentences."""
    matt, hela = forklaring.fran.fraga.matt, forklaring.totalt
    decimaler, enhet = matt.enhet.decimaler, matt.enhet.namn
    fran, till = (skriv_tal(v or 0, decimaler) for v in (hela.fran, hela.till))
    if not hela.skillnad and not any(cell.skillnad for cell in forklaring.celler):
        return [f"{matt.etikett} är oförändrat: {till} {enhet}."]
    rader = [f"{matt.etikett} är {till} mot {fran} {enhet}: {med_tecken(hela.skillnad, decimaler)}."]
    delar = sorted(((o, v) for o, v in hela.delar.items() if v), key=lambda par: -abs(par[1]))
    if delar:
        orsaker = ", ".join(f"{orsak.value} {med_tecken(v, decimaler)}" for orsak, v in delar)
        rader.append(f"Det beror på {orsaker}.")
    storst = sorted((c for c in forklaring.celler if c.skillnad), key=lambda c: -abs(c.skillnad))[:_DRIVKRAFTER]
    if storst:
        celler = "; ".join(_cellen(cell, decimaler) for cell in storst)
        rader.append(f"Störst skillnad: {celler}.")
    return rader


def _cellen(cell: Cellforklaring, decimaler: int) -> str:
    namn = ", ".join("saknas" if v is None else str(v) for v in cell.cell.values())
    orsak, _ = max(cell.delar.items(), key=lambda par: abs(par[1]), default=(None, None))
    mest = f" (mest {orsak.value})" if orsak else ""
    return f"{namn} {med_tecken(cell.skillnad, decimaler)}{mest}"


def om_uppdelningen(uppdelning: Kostnadsuppdelning, namn: Sequence[str]) -> list[str]:
    """Return what made a cost another, in sentences.

    Args:
        namn: what each row is called.
    """
    totalt = uppdelning.totalt
    fran, till = uppdelning.helheten(lambda r: r.fran), uppdelning.helheten(lambda r: r.till)
    mot = "dyrare" if totalt.skillnad > 0 else "billigare"
    procent = f" ({med_tecken(totalt.skillnad / abs(fran.belopp) * 100, 1)} procent)" if fran.belopp else ""
    rader = [
        f"{uppdelning.till.namn.capitalize()} {skriv_tal(till.belopp)} kr mot {uppdelning.fran.namn} "
        f"{skriv_tal(fran.belopp)} kr: {skriv_tal(abs(totalt.skillnad))} kr {mot}{procent}."
    ]
    if not totalt.skillnad:
        rader = [
            f"{uppdelning.till.namn.capitalize()} och {uppdelning.fran.namn} är lika: {skriv_tal(till.belopp)} kr."
        ]
    delar = (f"{ord_} {med_tecken(v, 0)}" for ord_, v in zip(DELARNAS_NAMN, totalt, strict=True))
    rader.append(f"Av skillnaden är {', '.join(delar)} kr.")
    rader.append(
        f"Vårddygn {skriv_tal(till.volym)} mot {skriv_tal(fran.volym)}; kronor per dygn i snitt "
        f"{_priset(till.pris)} mot {_priset(fran.pris)}."
    )
    drivkrafter = list(_drivkrafter(uppdelning, namn))
    if drivkrafter:
        rader.append(f"Störst påverkan: {'; '.join(drivkrafter)}.")
    return rader


def _priset(pris: Fraction | None) -> str:
    return "inget känt" if pris is None else skriv_tal(pris)


def _drivkrafter(uppdelning: Kostnadsuppdelning, namn: Sequence[str]) -> Iterator[str]:
    """Yield the largest parts of rows."""
    alla = [
        (belopp, sort, vad, rad)
        for vad, rad in zip(namn, uppdelning.rader, strict=True)
        for sort, belopp in zip(DELARNAS_NAMN, rad.delar, strict=True)
        if belopp
    ]
    for belopp, sort, vad, rad in sorted(alla, key=lambda en: -abs(en[0]))[:_DRIVKRAFTER]:
        yield f"{sort} i {vad} {med_tecken(belopp, 0)} kr{_varfor(sort, rad)}"


def _varfor(sort: str, rad: Uppdelningsrad) -> str:
    if sort == "pris":
        return f" ({_priset(rad.till.pris)} mot {_priset(rad.fran.pris)} kr per dygn)"
    if sort in ("volym", "mix"):
        return f" ({skriv_tal(rad.till.volym)} mot {skriv_tal(rad.fran.volym)} dygn)"
    return ""
