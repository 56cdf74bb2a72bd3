"""A backtest in print."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from application.prognos.bakattest import VALD, Antagen, Provad, Provsvar, Resultat
from application.prognos.text import mnkr
from domain.pengar import skriv_tal
from domain.prognos.stegar import STEGAR
from interfaces.cli.basis import basis_som_text
from interfaces.cli.prognosutskrift import spann
from interfaces.cli.utskrift import skriv_csv, skriv_json, skriv_noter, skriv_tabell
from interfaces.somdata.underlag import underlag_som_data

_KOLUMNER = ("Metod", "Dagar", "MASE", "CRPS mnkr", "CRPS rader", "50 %", "80 %", "95 %", "Bias", "Hopp mnkr")


def skriv_prov(svar: Provsvar, utformat: str) -> None:
    """Print a backtest as a table, CSV or JSON."""
    {"tabell": _som_tabell, "csv": _som_csv, "json": _som_json}[utformat](svar)


def _etikett(metod: str) -> str:
    return "Den som då hade valts" if metod == VALD else STEGAR[metod].etikett


def _tal(varde: float, decimaler: int) -> str:
    return "–" if math.isnan(varde) else skriv_tal(Fraction(varde), decimaler)


def _procent(andel: float) -> str:
    return "–" if math.isnan(andel) else f"{_tal(100 * andel, 0)} %"


def _rad(r: Resultat) -> list[str]:
    return [
        _etikett(r.metod), str(r.antal), _tal(r.mase, 2), mnkr(r.crps), mnkr(r.radernas_crps),
        *(_procent(t) for t in r.tackning.values()), f"{_tal(100 * r.bias, 1)} %", _mnkr_eller_inget(r.hopp),
    ]  # fmt: skip


def _mnkr_eller_inget(belopp: float) -> str:
    return "–" if math.isnan(belopp) else mnkr(belopp)


def _som_tabell(svar: Provsvar) -> None:
    f = svar.fraga
    rubrik = f"Bakåttest {f.fran:%Y-%m}–{f.till:%Y-%m}, kommun {f.prognos.kommun}: årets kostnad"
    skriv_tabell(rubrik, [(k, nr > 0) for nr, k in enumerate(_KOLUMNER)], [_rad(r) for r in svar.resultat])
    kolumner = [("Nämndens prognos", False), ("Gäller", False), ("Antagen", True), ("Vår", True), ("80 %", True)]
    kolumner += [("95 %", True), ("Vår metod", False), ("Utfall", True)]
    if svar.antagna:
        skriv_tabell("Antagna prognoser och våra samma dag, mnkr", kolumner, [_antagen(a) for a in svar.antagna])
    utan = sorted({p.dag for p in svar.provade if p.utfall is None})
    noter = [f"{len(utan)} prognosdagar saknar utfall än: deras år är inte slut eller inte helt känt."] if utan else []
    skriv_noter([*noter, basis_som_text(svar.underlag)])


def _antagen(a: Antagen) -> list[str]:
    vid = a.vid.etikett if a.vid else "Prognos"
    utfall = "" if a.utfall is None else mnkr(a.utfall)
    return [
        f"{vid} {a.ar}", str(a.dag), mnkr(a.antagen), mnkr(a.var.median), spann(a.var, 0.8), spann(a.var, 0.95),
        STEGAR[a.metod].etikett, utfall,
    ]  # fmt: skip


def _provad_som_ord(p: Provad) -> dict[str, Any]:
    return {
        "dag": p.dag.isoformat(), "metod": p.metod, "median": round(p.kostnad.median, 2),
        **{f"i{round(100 * a)}": [round(g, 2) for g in granser] for a, granser in p.kostnad.intervall.items()},
        "utfall": None if p.utfall is None else round(p.utfall, 2),
        "crps": None if p.crps is None else round(p.crps, 2),
        "radernasCrps": None if p.radernas_crps is None else round(p.radernas_crps, 2),
    }  # fmt: skip


def _inget_nan(varde: float, decimaler: int) -> float | None:
    return None if math.isnan(varde) else round(varde, decimaler)


def _som_json(svar: Provsvar) -> None:
    skriv_json({
        "kommun": svar.fraga.prognos.kommun,
        "underlag": underlag_som_data(svar.underlag),
        "resultat": [
            {
                "metod": r.metod, "antal": r.antal, "mase": _inget_nan(r.mase, 4), "crps": round(r.crps, 2),
                "radernasCrps": round(r.radernas_crps, 2), "bias": round(r.bias, 6), "hopp": _inget_nan(r.hopp, 2),
                "tackning": {f"i{round(100 * a)}": round(t, 4) for a, t in r.tackning.items()},
            }
            for r in svar.resultat
        ],
        "antagna": [
            {
                "slag": a.vid.value if a.vid else None, "ar": a.ar, "gallerDen": a.dag.isoformat(),
                "antagen": round(a.antagen, 2), "median": round(a.var.median, 2), "metod": a.metod,
                **{f"i{round(100 * n)}": [round(g, 2) for g in granser] for n, granser in a.var.intervall.items()},
                "utfall": None if a.utfall is None else round(a.utfall, 2),
            }
            for a in svar.antagna
        ],
        "prognoser": [_provad_som_ord(p) for p in svar.provade],
    })  # fmt: skip


def _som_csv(svar: Provsvar) -> None:
    rader = []
    for p in svar.provade:
        rad: dict[str, str] = {}
        for namn, varde in _provad_som_ord(p).items():
            delar = {f"{namn}Fran": varde[0], f"{namn}Till": varde[1]} if isinstance(varde, list) else {namn: varde}
            rad |= {n: "" if v is None else str(v) for n, v in delar.items()}
        rader.append(rad)
    kolumner = list(dict.fromkeys(namn for rad in rader for namn in rad))
    skriv_csv(kolumner, rader, [f"bakåttest: kommun {svar.fraga.prognos.kommun}", basis_som_text(svar.underlag)])
