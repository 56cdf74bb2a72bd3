"""An opened figure as data: its parts, the facts behind them and the events that made each; numbers as exact text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from application.oppna import Led, OppnatFaktum, Oppning
from application.ports import Handelsehuvud
from domain.fakta import Belopp, Intervall
from domain.pengar import avrunda
from domain.tid import som_rfc3339
from interfaces.somdata.underlag import underlag_som_data

Huvuden = Mapping[int, Handelsehuvud]

HANDELSEKOLUMNER = ("position", "typ", "datum", "registrerad", "handelseId", "aktor", "roll", "rattar")
FAKTAKOLUMNER = ("del", "slag", "strom", "radnr", "person", "fran", "till", "eget", "bidrag")


def exakt(tal: Fraction) -> str:
    """Return a number without rounding: as a decimal number where it is one, otherwise as a fraction."""
    decimaler = next((n for n in range(10) if 10**n % tal.denominator == 0), None)
    return str(tal) if decimaler is None else f"{avrunda(tal, decimaler):f}"


def ar_decimaltal(tal: Fraction) -> bool:
    """Return whether ``exakt`` writes a number with decimals, and not as a fraction."""
    return "/" not in exakt(tal)


def decimalt(tal: Fraction) -> str:
    """Return a number as a decimal number, with six decimals where it has no end: no spreadsheet reads fractions."""
    return exakt(tal) if ar_decimaltal(tal) else f"{avrunda(tal, 6):f}"


def dagarna(led: Led, faktum: OppnatFaktum) -> tuple[date, date | None]:
    """Return the first and last day that a fact counts with, or the month that it is about."""
    f, period = faktum.rad.fakta, led.berakning.perioder[led.grupp[0]]
    if isinstance(f, Intervall):
        slut = min(f.till, period.till.toordinal(), led.berakning.galler_den.toordinal() + 1)
        fran = date.fromordinal(max(f.fran, period.fran.toordinal()))
        return fran, max(fran, date.fromordinal(slut) - timedelta(days=1))
    if isinstance(f, Belopp):
        return date.fromordinal(f.manad), None
    return date.fromordinal(f.dag), date.fromordinal(f.dag)


def oppnade_rader(oppning: Oppning) -> Iterator[tuple[int, Led, OppnatFaktum]]:
    """Yield every fact with the part it is counted in, and the part's number."""
    for nr, led in enumerate(oppning.led, start=1):
        for faktum in led.fakta:
            yield nr, led, faktum


def handelse_som_data(h: Handelsehuvud) -> dict[str, Any]:
    """Return an event's heading for a program."""
    varden = (
        h.position, h.typ, date.fromordinal(h.datum).isoformat(), som_rfc3339(h.registrerad), str(h.handelse_id),
        h.aktor, h.roll, str(h.rattar) if h.rattar else None,
    )  # fmt: skip
    return dict(zip(HANDELSEKOLUMNER, varden, strict=True))


def faktum_som_data(nr: int, led: Led, faktum: OppnatFaktum) -> dict[str, Any]:
    """Return a fact behind a figure."""
    fran, till = dagarna(led, faktum)
    rad = faktum.rad
    varden = (
        nr, rad.fakta.slag, rad.strom, rad.radnr, getattr(rad.fakta, "person", None), fran.isoformat(),
        till.isoformat() if till else None, exakt(faktum.eget), exakt(faktum.bidrag),
    )  # fmt: skip
    return dict(zip(FAKTAKOLUMNER, varden, strict=True))


def oppning_som_data(oppning: Oppning, huvuden: Huvuden, antal: int) -> dict[str, Any]:
    """Return an opened figure, or as much of it as is shown; ``antal`` is the number of facts behind all of it."""
    return {
        "cell": dict(oppning.cell),
        "varde": None if oppning.varde is None else exakt(oppning.varde),
        "konstant": exakt(oppning.konstant),
        "underlag": underlag_som_data(oppning.underlag),
        "delar": [
            {
                "aggregat": led.berakning.raknesatt.value,
                "slag": list(led.berakning.slag),
                "fran": led.berakning.perioder[led.grupp[0]].fran.isoformat(),
                "till": led.berakning.perioder[led.grupp[0]].sista_dag.isoformat(),
                "faktor": None if led.faktor is None else exakt(led.faktor),
                "varde": exakt(led.varde),
            }
            for led in oppning.led
        ],
        "fakta": [
            faktum_som_data(nr, led, faktum)
            | {"handelser": [handelse_som_data(huvuden[p]) for p in faktum.positioner if p in huvuden]}
            for nr, led, faktum in oppnade_rader(oppning)
        ],
        "visade": oppning.antal,
        "antal": antal,
    }
