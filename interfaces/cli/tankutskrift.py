"""Scenarios in print, side by side."""

from __future__ import annotations

from typing import Any

from application.prognos.tankom import Effekt, Tankrad, Tanksvar
from application.prognos.text import mnkr
from application.rapporter.radmappning import Radslag
from domain.pengar import skriv_tal
from domain.prognos.stegar import STEGAR
from interfaces.cli.basis import basis_som_text
from interfaces.cli.prognosutskrift import heltal
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.prognos import fordelning_som_data
from interfaces.somdata.underlag import underlag_som_data

_MOT_UTFALLET = (
    "Blev är årets utfall, som det är känt nu. Mot utan är skillnaden mot vad som väntades utan ändringen: allt som "
    "hänt sedan dess är med i den, och ligger utfallet inom intervallet kan den vara slump."
)


def skriv_tankom(svar: Tanksvar, utformat: str) -> None:
    """Print scenarios as a table, CSV or JSON."""
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](svar)


def _som_tabell(svar: Tanksvar) -> None:
    kolumner = [("Rad", False), ("Utan: dygn", True), ("mnkr", True)]
    for s in svar.scenarier:
        kolumner += [(f"{s.namn}: dygn", True), ("ändring", True), ("mnkr", True), ("ändring", True), ("80 %", True)]
    if svar.mot_utfall:
        kolumner += [("Blev: mnkr", True), ("mot utan", True), ("utan, 80 %", True)]
    rader = [_rad(rad) for rad in svar.rader]
    fet = frozenset(nr for nr, rad in enumerate(svar.rader) if rad.rad.slag is not Radslag.POST)
    skriv_tabell(f"Scenarier {svar.fraga.ar}, kommun {svar.fraga.kommun}", kolumner, rader, fet=fet)
    metod = STEGAR[svar.val.metod].etikett.lower()
    skriv_noter([
        f"Scenarier spelas alltid av {metod}, mot samma slump. Plus är fler dygn och högre kostnad. "
        f"Frö {svar.fraga.fro}, {skriv_tal(svar.fraga.vagar)} förlopp.",
        *([_MOT_UTFALLET] if svar.mot_utfall else []),
        basis_som_text(svar.underlag),
    ])  # fmt: skip


def _rad(rad: Tankrad) -> list[str]:
    celler = [rad.rad.nyckel, heltal(rad.dygn.median), mnkr(rad.kostnad.median)]
    for e in rad.effekter:
        lag, hog = e.kostnadsandring.intervall[0.80]
        celler += [
            heltal(e.dygn.median), heltal(e.dygnsandring.median), mnkr(e.kostnad.median),
            mnkr(e.kostnadsandring.median, tecken=True), f"{mnkr(lag, tecken=True)} till {mnkr(hog, tecken=True)}",
        ]  # fmt: skip
    if rad.utfall is not None:
        lag, hog = rad.kostnad.intervall[0.80]
        celler += [mnkr(rad.utfall), mnkr(rad.utfall - rad.kostnad.vantat, tecken=True), f"{mnkr(lag)}–{mnkr(hog)}"]
    return celler


def _effekt_som_json(namn: str, e: Effekt) -> dict[str, Any]:
    return {
        "namn": namn,
        "dygn": fordelning_som_data(e.dygn, 1),
        "kostnad": fordelning_som_data(e.kostnad, 2),
        "dygnsandring": fordelning_som_data(e.dygnsandring, 1),
        "kostnadsandring": fordelning_som_data(e.kostnadsandring, 2),
    }


def _som_json(svar: Tanksvar) -> None:
    skriv_json({
        "kommun": svar.fraga.kommun,
        "ar": svar.fraga.ar,
        "underlag": underlag_som_data(svar.underlag),
        "metod": {"namn": svar.val.metod, "fro": svar.fraga.fro, "forlopp": svar.fraga.vagar},
        "scenarier": [s.model_dump(mode="json", by_alias=True, exclude_none=True) for s in svar.scenarier],
        "rader": [
            {
                "rad": rad.rad.nyckel,
                "slag": rad.rad.slag.value,
                "dygn": fordelning_som_data(rad.dygn, 1),
                "kostnad": fordelning_som_data(rad.kostnad, 2),
                **({} if rad.utfall is None else {"utfall": round(rad.utfall, 2)}),
                "effekter": [
                    _effekt_som_json(s.namn, e) for s, e in zip(svar.scenarier, rad.effekter, strict=True)
                ],
            }
            for rad in svar.rader
        ],
    })  # fmt: skip


def _som_csv(svar: Tanksvar) -> None:
    rader = [
        {
            "rad": rad.rad.nyckel, "scenario": s.namn, "dygn": str(round(e.dygn.median, 1)),
            "dygnsandring": str(round(e.dygnsandring.median, 1)), "kostnad": str(round(e.kostnad.median, 2)),
            "kostnadsandring": str(round(e.kostnadsandring.median, 2)),
            "kostnadsandringI80Fran": str(round(e.kostnadsandring.intervall[0.80][0], 2)),
            "kostnadsandringI80Till": str(round(e.kostnadsandring.intervall[0.80][1], 2)),
            **({} if rad.utfall is None else {"utfall": str(round(rad.utfall, 2))}),
        }
        for rad in svar.rader
        for s, e in zip(svar.scenarier, rad.effekter, strict=True)
    ]  # fmt: skip
    skriv_csv(list(rader[0]) if rader else ["rad"], rader, [
        f"scenarier: {svar.fraga.ar}, kommun {svar.fraga.kommun}", f"underlag: {basis_som_text(svar.underlag)}",
    ])  # fmt: skip
