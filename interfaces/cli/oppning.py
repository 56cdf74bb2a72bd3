"""An opened figure in print: every fact behind it with what it contributes, and the events that made each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from application.fragetolkning import SAKNAS
from application.oppna import Led, Oppnare, OppnatFaktum, Oppning
from application.ports import Handelsehuvud
from domain.fakta import Belopp, Intervall
from domain.pengar import avrunda, skriv_tal
from domain.tid import som_rfc3339
from interfaces.cli.basis import basis_som_json, basis_som_text
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell

Huvuden = Mapping[int, Handelsehuvud]

HANDELSEKOLUMNER = ("position", "typ", "datum", "registrerad", "handelseId", "aktor", "roll", "rattar")
_FAKTAKOLUMNER = ("del", "slag", "strom", "radnr", "person", "fran", "till", "eget", "bidrag")
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


def exakt(tal: Fraction) -> str:
    """Return a number without rounding: as a decimal number where it is one, otherwise as a fraction."""
    decimaler = next((n for n in range(10) if 10**n % tal.denominator == 0), None)
    return str(tal) if decimaler is None else f"{avrunda(tal, decimaler):f}"


def cellnamn(oppning: Oppning) -> str:
    """Return the values that name the cell."""
    return ", ".join(f"{namn} {SAKNAS if v is None else v}" for namn, v in oppning.cell.items()) or "allt"


def _dagarna(led: Led, faktum: OppnatFaktum) -> tuple[date, date | None]:
    """Return the first and last day that a fact counts with, or the month that it is about."""
    f, period = faktum.rad.fakta, led.berakning.perioder[led.grupp[0]]
    if isinstance(f, Intervall):
        slut = min(f.till, period.till.toordinal(), led.berakning.galler_den.toordinal() + 1)
        fran = date.fromordinal(max(f.fran, period.fran.toordinal()))
        return fran, max(fran, date.fromordinal(slut) - timedelta(days=1))
    if isinstance(f, Belopp):
        return date.fromordinal(f.manad), None
    return date.fromordinal(f.dag), date.fromordinal(f.dag)


def _led_som_text(nr: int, led: Led) -> str:
    """Return what a counted part is, and how it enters the figure."""
    b = led.berakning
    vad = f"Del {nr}: {b.aggregat.value}, {' och '.join(b.slag)}, {b.perioder[led.grupp[0]]}"
    roll = "delas med eller jämförs med; bidrar inte" if led.faktor is None else f"gånger {exakt(led.faktor)}"
    return f"{vad}: {exakt(led.varde)} ({roll})"


def _rader(oppning: Oppning) -> Iterator[tuple[int, Led, OppnatFaktum]]:
    for nr, led in enumerate(oppning.led, start=1):
        for faktum in led.fakta:
            yield nr, led, faktum


def _sammanfattning(oppning: Oppning, antal: int) -> list[str]:
    visade = oppning.antal
    rader = [_led_som_text(nr, led) for nr, led in enumerate(oppning.led, start=1)]
    if oppning.konstant:
        rader.append(f"Räknat utan fakta (en jämförelse eller en andel av celler): {exakt(oppning.konstant)}")
    rader.append(f"Cellen: {_vardet(oppning.varde)} · {antal} fakta")
    if visade < antal:
        rader.append(f"{visade} visas och {antal - visade} till; visa fler med --hogst (0: alla).")
    return [*rader, basis_som_text(oppning.underlag)]


def _vardet(varde: Fraction | None) -> str:
    if varde is None:
        return "saknas"
    return exakt(varde) if _ar_decimaltal(varde) else f"{exakt(varde)} = {skriv_tal(varde, _DECIMALER)} avrundat"


def _ar_decimaltal(tal: Fraction) -> bool:
    return "/" not in exakt(tal)


def _som_tabell(oppning: Oppning, huvuden: Huvuden, rubrik: str, antal: int) -> None:
    kolumner = [("Del", True), ("Slag", False), ("Ström", False), ("Person", False), ("Från", False), ("Till", False)]
    kolumner += [("Eget", True), ("Bidrag", True), ("Händelser", False)]
    rader = []
    for nr, led, faktum in _rader(oppning):
        fran, till = _dagarna(led, faktum)
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


def handelse_som_ord(h: Handelsehuvud) -> dict[str, Any]:
    """Return an event's heading for a program."""
    varden = (
        h.position, h.typ, date.fromordinal(h.datum).isoformat(), som_rfc3339(h.registrerad), str(h.handelse_id),
        h.aktor, h.roll, str(h.rattar) if h.rattar else None,
    )  # fmt: skip
    return dict(zip(HANDELSEKOLUMNER, varden, strict=True))


def _faktum_som_ord(nr: int, led: Led, faktum: OppnatFaktum) -> dict[str, Any]:
    fran, till = _dagarna(led, faktum)
    rad = faktum.rad
    varden = (
        nr, rad.fakta.slag, rad.strom, rad.radnr, getattr(rad.fakta, "person", None), fran.isoformat(),
        till.isoformat() if till else None, exakt(faktum.eget), exakt(faktum.bidrag),
    )  # fmt: skip
    return dict(zip(_FAKTAKOLUMNER, varden, strict=True))


def _som_csv(oppning: Oppning, huvuden: Huvuden, rubrik: str, antal: int) -> None:
    rader = []
    for nr, led, faktum in _rader(oppning):
        ord_ = _faktum_som_ord(nr, led, faktum)
        for position in faktum.positioner:
            handelse = handelse_som_ord(huvuden[position]) if position in huvuden else {}
            rader.append({namn: "" if v is None else str(v) for namn, v in {**ord_, **handelse}.items()})
            # Said once, so that the columns add up.
            ord_ = ord_ | {"eget": None, "bidrag": None}
    huvud = [f"{rubrik}: {cellnamn(oppning)}", *_sammanfattning(oppning, antal)]
    skriv_csv([*_FAKTAKOLUMNER, *HANDELSEKOLUMNER], rader, huvud)


def _som_json(oppning: Oppning, huvuden: Huvuden, rubrik: str, antal: int) -> None:
    skriv_json({
        "figur": rubrik,
        "cell": dict(oppning.cell),
        "varde": None if oppning.varde is None else exakt(oppning.varde),
        "konstant": exakt(oppning.konstant),
        "underlag": basis_som_json(oppning.underlag),
        "delar": [
            {
                "aggregat": led.berakning.aggregat.value,
                "slag": list(led.berakning.slag),
                "fran": led.berakning.perioder[led.grupp[0]].fran.isoformat(),
                "till": led.berakning.perioder[led.grupp[0]].sista_dag.isoformat(),
                "faktor": None if led.faktor is None else exakt(led.faktor),
                "varde": exakt(led.varde),
            }
            for led in oppning.led
        ],
        "fakta": [
            _faktum_som_ord(nr, led, faktum)
            | {"handelser": [handelse_som_ord(huvuden[p]) for p in faktum.positioner if p in huvuden]}
            for nr, led, faktum in _rader(oppning)
        ],
        "visade": oppning.antal,
        "antal": antal,
    })  # fmt: skip
