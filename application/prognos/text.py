"""What drives a forecast, in Swedish: sentences made from the figures of the answer and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from application.prognos.hopp import AntagenPrognos
from application.prognos.svar import Cellslag, Prognosrad
from application.rapporter.radmappning import Radslag
from domain.pengar import skriv_tal

_MNKR = 1_000_000
_FLEST_RADER = 3
_MINST = 50_000
"""Kronor: what is less is not worth a sentence."""

_HOPP: Mapping[str, str] = {
    "nya_vistelser": "nya vistelser",
    "langre_vistelser": "längre vistelser",
    "pris": "pris",
    "sena_registreringar": "sena registreringar",
    "bokfort": "bokfört mot beräknat",
    "metod": "annan metod eller bedömning",
}


def mnkr(belopp: float | Fraction, *, tecken: bool = False) -> str:
    """Return kronor in millions with one decimal, with its sign if asked for."""
    tal = skriv_tal(Fraction(belopp) / _MNKR, 1)
    return f"+{tal}" if tecken and belopp > 0 and not tal.startswith("0,0") else tal


def drivkrafter(rader: Sequence[Prognosrad], antagen: AntagenPrognos | None) -> tuple[str, ...]:
    """Return what drives a forecast, the largest first."""
    return tuple(_meningar(rader, antagen))


def _meningar(rader: Sequence[Prognosrad], antagen: AntagenPrognos | None) -> Iterator[str]:
    totalt = next((r for r in reversed(rader) if r.rad.slag is Radslag.TOTALT), None)
    if totalt is not None and Cellslag.PROGNOS not in totalt.dolt:
        yield _helheten(totalt)
    yield from (_mot_budget(r) for r in _storst(rader))
    hel = totalt or (rader[0] if len(rader) == 1 else None)
    if hel is None or Cellslag.HITTILLS in hel.dolt:
        return
    if hel.tillkommande_dygn is not None and round(hel.tillkommande_dygn):
        yield _efterhand(hel.tillkommande_dygn, hel.tillkommande_kostnad)
    if hel.hopp is not None and antagen is not None:
        yield _hopp(hel.hopp, antagen)


def _efterhand(dygn: float, kostnad: float) -> str:
    """Return what is expected to be registered late of the days that have passed, more or less than is registered."""
    antal, belopp = skriv_tal(Fraction(abs(dygn))), mnkr(kostnad, tecken=True)
    if dygn > 0:
        return f"Av de dagar som gått väntas {antal} vårddygn ({belopp} mnkr) till, som inte är registrerade än."
    return (
        f"Av de dagar som gått väntas {antal} vårddygn ({belopp} mnkr) falla bort: fler vistelser har slutat utan att "
        "det är registrerat än det finns sena inskrivningar."
    )


def _helheten(r: Prognosrad) -> str:
    lag, hog = (mnkr(g) for g in r.kostnad.intervall[0.80])
    text = f"Året väntas kosta {mnkr(r.kostnad.median)} mnkr (80 %: {lag}–{hog})"
    if not r.budget:
        return f"{text}."
    avvikelse = r.avvikelse.median
    if abs(avvikelse) < _MINST:
        return f"{text}, vilket är budgeten."
    return f"{text}, {mnkr(abs(avvikelse))} mnkr {'under' if avvikelse > 0 else 'över'} budgeten {mnkr(r.budget)}."


def _storst(rader: Sequence[Prognosrad]) -> list[Prognosrad]:
    """Return the rows that differ most from their budget."""
    visade = [r for r in rader if not r.sammansatt and r.budget and Cellslag.PROGNOS not in r.dolt]
    poster = [r for r in visade if abs(r.avvikelse.vantat) >= _MINST]
    return sorted(poster, key=lambda r: -abs(r.avvikelse.vantat))[:_FLEST_RADER]


def _mot_budget(r: Prognosrad) -> str:
    riktning = "under" if r.avvikelse.vantat > 0 else "över"
    text = f"{r.rad.nyckel}, {mnkr(abs(r.avvikelse.vantat))} mnkr {riktning} budget"
    dygn = r.plan.volym + r.plan.mix
    poster = {"fler dygn" if dygn > 0 else "färre dygn": dygn, "pris": r.plan.pris, "övrigt": r.plan.ovrigt}
    delar = [f"{ord_} {mnkr(belopp, tecken=True)}" for ord_, belopp in poster.items() if abs(belopp) >= _MINST]
    return f"{text}: {', '.join(delar)}." if (dygn or r.plan.pris) and delar else f"{text}."


def _hopp(hopp: Mapping[str, float], antagen: AntagenPrognos) -> str:
    hela = sum(hopp.values())
    vid = antagen.vid.etikett.lower() if antagen.vid else "den senast antagna prognosen"
    delar = [f"{_HOPP[namn]} {mnkr(belopp, tecken=True)}" for namn, belopp in hopp.items() if abs(belopp) >= _MINST]
    return (
        f"Sedan {vid} (gällde {antagen.dag}) har prognosen ändrats {mnkr(hela, tecken=True)} mnkr: "
        f"{', '.join(delar) or 'inget av vikt'}."
    )
