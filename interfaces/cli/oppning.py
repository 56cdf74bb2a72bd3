"""An opened figure in print: every fact behind it with what it contributes, and the events that made each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from application.fragetolkning import SAKNAS
from application.oppna import Led, Oppnare, Oppning
from application.ports import Handelsehuvud
from domain.pengar import skriv_tal
from domain.tid import som_rfc3339
from interfaces.cli.basis import basis_som_text
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.oppning import (
    FAKTAKOLUMNER,
    HANDELSEKOLUMNER,
    Huvuden,
    ar_decimaltal,
    dagarna,
    exakt,
    faktum_som_data,
    handelse_som_data,
    oppnade_rader,
    oppning_som_data,
)

_DECIMALER = 4


def skriv_oppning(oppnare: Oppnare, oppning: Oppning, rubrik: str, utformat: str, hogst: int) -> None:
    """Print an opened figure under the heading of its measure or table.

    Args:
        hogst: how many facts are shown; 0 shows all.
    """
    visad = oppning.forsta(hogst) if hogst else oppning
    huvuden = oppnare.handelser(visad)
    skriv = {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat]
    skriv(visad, huvuden, rubrik, oppning.antal)


def cellnamn(oppning: Oppning) -> str:
    """Return the values that name the cell."""
    return ", ".join(f"{namn} {SAKNAS if v is None else v}" for namn, v in oppning.cell.items()) or "allt"


def _led_som_text(nr: int, led: Led) -> str:
    """Return what a counted part is, and how it enters the figure."""
    b = led.berakning
    delad = zip(b.gruppera, led.grupp[len(led.grupp) - len(b.gruppera) :], strict=True)
    av = "".join(f", {namn} {SAKNAS if varde is None else varde}" for namn, varde in delad)
    vad = f"Del {nr}: {b.raknesatt.value}, {' och '.join(b.slag)}, {b.perioder[led.grupp[0]]}{av}"
    roll = "delas med eller jämförs med; bidrar inte" if led.faktor is None else f"gånger {exakt(led.faktor)}"
    return f"{vad}: {exakt(led.varde)} ({roll})"


def _sammanfattning(oppning: Oppning, antal: int) -> list[str]:
    visade = oppning.antal
    rader = [_led_som_text(nr, led) for nr, led in enumerate(oppning.led, start=1)]
    if oppning.konstant:
        utan = "en jämförelse, en andel av celler eller avrundning till ören"
        rader.append(f"Räknat utan fakta ({utan}): {exakt(oppning.konstant)}")
    rader.append(f"Cellen: {_vardet(oppning.varde)} · {antal} fakta")
    if visade < antal:
        rader.append(f"{visade} visas och {antal - visade} till; visa fler med --hogst (0: alla).")
    return [*rader, basis_som_text(oppning.underlag)]


def _vardet(varde: Fraction | None) -> str:
    if varde is None:
        return "saknas"
    return exakt(varde) if ar_decimaltal(varde) else f"{exakt(varde)} = {skriv_tal(varde, _DECIMALER)} avrundat"


def _som_tabell(oppning: Oppning, huvuden: Huvuden, rubrik: str, antal: int) -> None:
    kolumner = [("Del", True), ("Slag", False), ("Ström", False), ("Person", False), ("Från", False), ("Till", False)]
    kolumner += [("Eget", True), ("Bidrag", True), ("Händelser", False)]
    rader = []
    for nr, led, faktum in oppnade_rader(oppning):
        fran, till = dagarna(led, faktum)
        f = faktum.rad.fakta
        handelser = "\n".join(_handelse_som_text(huvuden[p]) for p in faktum.positioner if p in huvuden)
        person = str(getattr(f, "person", None) or "–")
        tal = (skriv_tal(t, decimaler_for_person(t)) for t in (faktum.eget, faktum.bidrag))
        rader.append([str(nr), f.slag, faktum.rad.strom, person, str(fran), str(till or "–"), *tal, handelser])
    skriv_tabell(f"{rubrik}: {cellnamn(oppning)}", kolumner, rader, lang="Händelser")
    skriv_noter(_sammanfattning(oppning, antal))


def decimaler_for_person(tal: Fraction) -> int:
    """Return with how many decimals a contribution is shown to a person: those it has, up to four."""
    return next((n for n in range(_DECIMALER) if 10**n % tal.denominator == 0), _DECIMALER)


def _handelse_som_text(h: Handelsehuvud) -> str:
    rattar = f" · rättar {h.rattar}" if h.rattar else ""
    dag = date.fromordinal(h.datum)
    return (
        f"{h.position} {h.typ} {dag} · registrerad {som_rfc3339(h.registrerad)} av {h.aktor} · {h.handelse_id}{rattar}"
    )


def _som_csv(oppning: Oppning, huvuden: Huvuden, rubrik: str, antal: int) -> None:
    rader = []
    for nr, led, faktum in oppnade_rader(oppning):
        ord_ = faktum_som_data(nr, led, faktum)
        for position in (p for p in faktum.positioner if p in huvuden):
            handelse = handelse_som_data(huvuden[position])
            rader.append({namn: "" if v is None else str(v) for namn, v in {**ord_, **handelse}.items()})
            # Said once, so that the columns add up.
            ord_ = ord_ | {"eget": None, "bidrag": None}
    huvud = [f"{rubrik}: {cellnamn(oppning)}", *_sammanfattning(oppning, antal)]
    skriv_csv([*FAKTAKOLUMNER, *HANDELSEKOLUMNER], rader, huvud)


def _som_json(oppning: Oppning, huvuden: Huvuden, rubrik: str, antal: int) -> None:
    skriv_json({"figur": rubrik, **oppning_som_data(oppning, huvuden, antal)})
