"""A forecast as data: per row what is registered, what is awaited, and how sure the year's cost is."""

from __future__ import annotations

from math import isnan
from typing import Any

from application.prognos.svar import Cellslag, Fordelning, Prognosrad, Prognossvar
from interfaces.somdata.underlag import underlag_som_data


def fordelning_som_data(f: Fordelning, decimaler: int) -> dict[str, Any]:
    """Return a distribution of something that is shown."""
    return {
        "median": round(f.median, decimaler),
        "vantat": round(f.vantat, decimaler),
        **{f"i{round(100 * andel)}": [round(g, decimaler) for g in granser] for andel, granser in f.intervall.items()},
    }


def _tal(varde: float | None, decimaler: int) -> float | None:
    """Return a number, or nothing where there is none or it is hidden."""
    return None if varde is None or isnan(varde) else round(varde, decimaler)


def _fordelning(f: Fordelning | None, decimaler: int) -> dict[str, Any] | None:
    return None if f is None or isnan(f.median) else fordelning_som_data(f, decimaler)


def prognosrad_som_data(r: Prognosrad) -> dict[str, Any]:
    """Return a row of a forecast; what is hidden in it is null, and named in ``dolda``."""
    plan = None if Cellslag.PROGNOS in r.dolt else r.plan._asdict()
    return {
        "rad": r.rad.nyckel,
        "slag": r.rad.slag.value,
        "dygn": _fordelning(r.dygn, 1),
        "personerPerDygn": _tal(r.personer, 3),
        "pris": _tal(r.pris, 2),
        "prissort": r.rad.prissort.value if r.rad.prissort else None,
        "registreradeDygn": _tal(r.registrerat_dygn, 6),
        "tillkommandeDygn": _tal(r.tillkommande_dygn, 1),
        "registreradKostnad": _tal(r.registrerad_kostnad, 2),
        "tillkommandeKostnad": _tal(r.tillkommande_kostnad, 2),
        "kostnad": _fordelning(r.kostnad, 2),
        "budget": round(r.budget, 2),
        "avvikelse": _fordelning(r.avvikelse, 2),
        "hopp": None if r.hopp is None else {namn: round(belopp, 2) for namn, belopp in r.hopp.items()},
        "motPlan": None if plan is None else {namn: round(float(belopp), 2) for namn, belopp in plan.items()},
        "metod": r.metod,
        **({"dolda": sorted(slag.value for slag in r.dolt)} if r.dolt else {}),
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
