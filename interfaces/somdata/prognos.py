"""A forecast as data: per row what is registered, what is awaited, and how sure the year's cost is."""

from __future__ import annotations

from typing import Any

from application.prognos.svar import Fordelning, Prognosrad, Prognossvar
from interfaces.somdata.underlag import underlag_som_data


def fordelning_som_data(f: Fordelning, decimaler: int) -> dict[str, Any]:
    """Return a distribution."""
    return {
        "median": round(f.median, decimaler),
        "vantat": round(f.vantat, decimaler),
        **{f"i{round(100 * andel)}": [round(g, decimaler) for g in granser] for andel, granser in f.intervall.items()},
    }


def prognosrad_som_data(r: Prognosrad) -> dict[str, Any]:
    """Return a row of a forecast."""
    return {
        "rad": r.rad.nyckel,
        "slag": r.rad.slag.value,
        "dygn": None if r.dygn is None else fordelning_som_data(r.dygn, 1),
        "personerPerDygn": None if r.personer is None else round(r.personer, 3),
        "pris": None if r.pris is None else round(r.pris, 2),
        "prissort": r.rad.prissort.value if r.rad.prissort else None,
        "registreradeDygn": r.registrerat_dygn,
        "tillkommandeDygn": None if r.tillkommande_dygn is None else round(r.tillkommande_dygn, 1),
        "registreradKostnad": round(r.registrerad_kostnad, 2),
        "tillkommandeKostnad": round(r.tillkommande_kostnad, 2),
        "kostnad": fordelning_som_data(r.kostnad, 2),
        "budget": round(r.budget, 2),
        "avvikelse": fordelning_som_data(r.avvikelse, 2),
        "hopp": None if r.hopp is None else {namn: round(belopp, 2) for namn, belopp in r.hopp.items()},
        "motPlan": {namn: round(float(belopp), 2) for namn, belopp in r.plan._asdict().items()},
        "metod": r.metod,
    }


def prognos_som_data(svar: Prognossvar) -> dict[str, Any]:
    """Return a forecast."""
    f, v = svar.fraga, svar.val
    return {
        "kommun": f.kommun,
        "ar": f.ar,
        "underlag": underlag_som_data(svar.underlag),
        "metod": {
            "namn": v.metod, "valdAvHistoriken": v.vald_av_historiken, "provadePa": v.ursprung,
            "spridningsfaktor": round(v.faktor, 4), "crps": {namn: round(p, 2) for namn, p in v.poang.items()},
            "fro": f.fro, "forlopp": f.vagar,
        },
        "rader": [prognosrad_som_data(rad) for rad in svar.rader],
        "drivkrafter": list(svar.drivkrafter),
        "noter": list(svar.noter),
    }  # fmt: skip
