"""A forecast in print."""

from __future__ import annotations

from fractions import Fraction

from application.prognos.svar import Fordelning, Prognosrad, Prognossvar
from application.prognos.text import mnkr
from domain.pengar import skriv_tal
from domain.prognos.stegar import STEGAR
from interfaces.cli.basis import basis_som_text
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.prognos import prognos_som_data, prognosrad_som_data

_KOLUMNER = (
    ("rad", "Rad", False),
    ("personer", "Personer/dygn", True),
    ("pris", "Pris", True),
    ("dygn", "Vårddygn", True),
    ("registrerat", "Registrerat", True),
    ("tillkommande", "Tillkommande", True),
    ("prognos", "Prognos mnkr", True),
    ("i80", "80 %", True),
    ("i95", "95 %", True),
    ("budget", "Budget", True),
    ("avvikelse", "Avvikelse", True),
    ("aviv80", "80 %", True),
)


def skriv_prognos(svar: Prognossvar, utformat: str) -> None:
    """Print a forecast as a table, CSV or JSON."""
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](svar)


def spann(f: Fordelning, andel: float) -> str:
    """Return an interval in millions."""
    lag, hog = (mnkr(g) for g in f.intervall[andel])
    return f"{lag} till {hog}" if lag.startswith("-") else f"{lag}–{hog}"


def _som_tabell(svar: Prognossvar) -> None:
    rader = [_rad_for_person(rad) for rad in svar.rader]
    fet = frozenset(nr for nr, rad in enumerate(svar.rader) if rad.sammansatt)
    f = svar.fraga
    skriv_tabell(f"Prognos {f.ar}, kommun {f.kommun}", [(r, tal) for _, r, tal in _KOLUMNER], rader, fet=fet)
    skriv_noter([*svar.drivkrafter, *svar.noter, *_metodtext(svar), basis_som_text(svar.underlag)])


def heltal(tal: float | None) -> str:
    """Return a whole number, or nothing."""
    return "" if tal is None else skriv_tal(Fraction(tal))


def _rad_for_person(r: Prognosrad) -> list[str]:
    return [
        r.rad.nyckel, "" if r.personer is None else skriv_tal(Fraction(r.personer), 1), heltal(r.pris),
        heltal(r.dygn.median if r.dygn else None), mnkr(r.registrerad_kostnad), mnkr(r.tillkommande_kostnad),
        mnkr(r.kostnad.median), spann(r.kostnad, 0.8), spann(r.kostnad, 0.95), mnkr(r.budget),
        mnkr(r.avvikelse.median), spann(r.avvikelse, 0.8),
    ]  # fmt: skip


def _metodtext(svar: Prognossvar) -> list[str]:
    v = svar.val
    namn = STEGAR[v.metod].etikett.lower()
    if not v.poang:
        skal = "oprövad"
    elif v.vald_av_historiken:
        skal = f"den träffade bäst av fyra på {v.ursprung} tidigare dagar"
    else:
        skal = "vald i frågan"
    poang = ", ".join(f"{namn} {mnkr(p)}" for namn, p in v.poang.items())
    rader = [f"Metod: {namn} – {skal}. Frö {svar.fraga.fro}, {skriv_tal(svar.fraga.vagar)} förlopp."]
    if poang:
        rader.append(f"Poäng på egen historia (CRPS för raderna och totalen, mnkr; lägst är bäst): {poang}.")
    return rader


def _som_json(svar: Prognossvar) -> None:
    skriv_json(prognos_som_data(svar))


def _som_csv(svar: Prognossvar) -> None:
    rader = []
    for rad in svar.rader:
        platt: dict[str, str] = {}
        for namn, varde in prognosrad_som_data(rad).items():
            for under, cell in varde.items() if isinstance(varde, dict) else (("", varde),):
                celler = {"": cell} if not isinstance(cell, list) else {"Fran": cell[0], "Till": cell[1]}
                for slut, v in celler.items():
                    platt[f"{namn}{under[:1].upper()}{under[1:]}{slut}"] = "" if v is None else str(v)
        rader.append(platt)
    kolumner = list(dict.fromkeys(namn for rad in rader for namn in rad))
    skriv_csv(kolumner, [{k: rad.get(k, "") for k in kolumner} for rad in rader], [
        f"prognos: {svar.fraga.ar}, kommun {svar.fraga.kommun}", f"underlag: {basis_som_text(svar.underlag)}",
        *_metodtext(svar),
    ])  # fmt: skip
