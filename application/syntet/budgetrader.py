"""The lines that budgets, outcomes and forecasts are made of, and how their amounts hang together.

Amounts are whole öre, NET COST: costs positive, incomes negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from application.syntet.beloppsplan import Beloppsplan
from application.syntet.profiler import EGNA_FORMER, F64, PRISUPPRAKNING
from application.syntet.tabeller import Post, Underlag
from application.syntet.uppdrag import Syntetuppdrag
from domain.begrepp import Insatsform, Justeringsslag, Kontogrupp, Prognosslag

_ARVODESFORMER = (*EGNA_FORMER, Insatsform.KONTAKTPERSON, Insatsform.KONTAKTFAMILJ)
_LONEUPPRAKNING = Decimal("0.008")
_OMFORD_ANDEL = Decimal("0.05")
_TUSEN_KRONOR = 100_000  # in öre


@dataclass(frozen=True)
class Kontorad:
    """One line: what it is called, its printed row if any, öre of the report year, and its line in the plan."""

    nyckel: dict[str, str]
    post: int | None
    budget: int
    delar1: int
    delar2: int
    linje: int | None = None

    def med(self, ore: int) -> dict[str, str]:
        """Return the line with an amount."""
        return {**self.nyckel, "belopp": kronor(ore)}


@dataclass(frozen=True)
class Justering:
    """A change of the budget during the year: kind, name, and öre per line (by index)."""

    slag: Justeringsslag
    benamning: str
    belopp: dict[int, int]


def kronor(ore: int) -> str:
    """Return öre as a decimal string in kronor."""
    tecken = "-" if ore < 0 else ""
    return f"{tecken}{abs(ore) // 100}.{abs(ore) % 100:02d}"


def ore_av(belopp: str) -> int:
    """Return a decimal string in kronor as öre."""
    return int(Decimal(belopp).scaleb(2))


def bygg_kontorader(uppdrag: Syntetuppdrag, underlag: Underlag) -> list[Kontorad]:
    """Return all lines: the external rows first, in printed order, then the other units."""
    rader = [
        Kontorad(
            _nyckel(uppdrag, post),
            nummer,
            *_ore(uppdrag, post.budget, post.avvikelse_delar1, post.avvikelse_delar2),
        )
        for nummer, post in enumerate(underlag.extern.poster)
    ]
    return rader + _enheternas_rader(uppdrag, underlag)


def _enheternas_rader(uppdrag: Syntetuppdrag, underlag: Underlag) -> list[Kontorad]:
    """Return a line for each unit beside the external care table."""
    return [
        Kontorad(
            {"verksamhet": enhet.verksamhet, "kontogrupp": Kontogrupp.OFORDELAT.value},
            None,
            *_ore(uppdrag, enhet.budget, enhet.avvikelse_delar1, enhet.avvikelse_delar2),
        )
        for enhet in underlag.enheter
    ]


def planens_rader(uppdrag: Syntetuppdrag, underlag: Underlag, plan: Beloppsplan) -> list[Kontorad]:
    """Return the lines of a plan that meets several tables of amounts; none where there is no plan.

    Units that no table of the plan has amounts of stand beside it.
    """
    if not plan.linjer:
        return []
    nycklar = [volymnyckel(post) for post in underlag.extern.poster]
    noll = [0] * len(plan.linjer)
    budget = plan.av("budget", uppdrag.ar) or noll
    delar2 = plan.av("prognos", uppdrag.ar, prognos=Prognosslag.DELAR2.value) or budget
    delar1 = plan.av("prognos", uppdrag.ar, prognos=Prognosslag.DELAR1.value) or delar2
    rader = []
    for nr, linje in enumerate(plan.linjer):
        if any(belopp[nr] for belopp in plan.belopp.values()):
            vard: dict[str, str] = {n: linje[n] for n in ("malgrupp", "insatsform") if n in linje}
            post = nycklar.index(vard) if vard in nycklar else None
            nyckel = {"verksamhet": uppdrag.verksamhet, **linje}
            if post is not None and linje["kontogrupp"] == Kontogrupp.OFORDELAT:
                # No table tells account groups apart; what care is booked on follows from its form.
                nyckel["kontogrupp"] = _nyckel(uppdrag, underlag.extern.poster[post])["kontogrupp"]
            rader.append(Kontorad(nyckel, post, budget[nr], delar1[nr], delar2[nr], nr))
    return rader + (_enheternas_rader(uppdrag, underlag) if plan.bara_externa else [])


def _ore(uppdrag: Syntetuppdrag, budget: Decimal, avvikelse1: Decimal, avvikelse2: Decimal) -> tuple[int, int, int]:
    """Return (budget, forecast at delår 1, forecast at delår 2) in öre; a forecast is budget less deviation."""
    faktor = 100 * uppdrag.skala
    return (
        int((budget * faktor).to_integral_value()),
        int(((budget - avvikelse1) * faktor).to_integral_value()),
        int(((budget - avvikelse2) * faktor).to_integral_value()),
    )


def _nyckel(uppdrag: Syntetuppdrag, post: Post) -> dict[str, str]:
    """Return what an external row is called in the books."""
    nyckel = {"verksamhet": uppdrag.verksamhet}
    form = (post.rad.urval.insatsform or (None,))[0]
    arvode = form in _ARVODESFORMER
    nyckel["kontogrupp"] = (Kontogrupp.PERSONAL if arvode else Kontogrupp.KOP_AV_VERKSAMHET).value
    return {**nyckel, **volymnyckel(post)}


def volymnyckel(post: Post) -> dict[str, str]:
    """Return the target group (if the row has only one) and the form of a row."""
    grupper, former = post.rad.urval.malgrupp, post.rad.urval.insatsform
    nyckel: dict[str, str] = {}
    if grupper is not None and len(grupper) == 1 and grupper[0] is not None:
        nyckel["malgrupp"] = grupper[0].value
    if former and former[0] is not None:
        nyckel["insatsform"] = former[0].value
    return nyckel


def bygg_justeringar(rader: list[Kontorad]) -> list[Justering]:
    """Return the year's changes: compensation for wages where fees are paid, and a transfer between two lines."""
    externa = [i for i, rad in enumerate(rader) if rad.post is not None and rad.budget > 0]
    arvoden = [i for i in externa if rader[i].nyckel["kontogrupp"] == Kontogrupp.PERSONAL.value]
    justeringar: list[Justering] = []
    if arvoden:
        belopp = {i: _jamnt(rader[i].budget * _LONEUPPRAKNING) for i in arvoden}
        justeringar.append(Justering(Justeringsslag.TILLAGGSANSLAG, "Kompensation för löneökningar", belopp))
    kopta = sorted((i for i in externa if i not in arvoden), key=lambda i: (rader[i].budget, i))
    if len(kopta) > 1:
        till, fran = kopta[0], kopta[-1]
        summa = _jamnt(rader[till].budget * _OMFORD_ANDEL)
        justeringar.append(
            Justering(Justeringsslag.OMBUDGETERING, "Omfördelning mellan insatser", {fran: -summa, till: summa})
        )
    return justeringar


def _jamnt(ore: Decimal) -> int:
    """Return an amount in öre rounded to whole thousands of kronor, at least one thousand."""
    return max(1, round(ore / _TUSEN_KRONOR)) * _TUSEN_KRONOR


def manadsutfall(
    rng: np.random.Generator,
    rader: list[Kontorad],
    kostnader: F64,
    andelar: list[list[int]],
    rapportar: int,
    dagar: tuple[int, int],
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return booked öre per (line, month).

    A row with care days follows its computed cost times a factor such that the report year's part makes up its share
    of the adopted full-year forecast (delår 2); other lines follow their yearly amount with a little noise.

    Args:
        rng: source of chance.
        rader: the lines.
        kostnader: computed cost in kronor per (printed row, month).
        andelar: per month [year, days in month].
        rapportar: the report year.
        dagar: (days of the report year that the months cover, days of the report year).
    """
    manadens_ar = np.array([ar for ar, _ in andelar])
    manadsdagar = np.array([dygn for _, dygn in andelar])
    iar = manadens_ar == rapportar
    prisniva = (1 + PRISUPPRAKNING) ** (manadens_ar - float(rapportar))
    utfall = np.zeros((len(rader), len(andelar)), dtype=np.int64)
    for i, rad in enumerate(rader):
        egen = kostnader[rad.post] * 100 if rad.post is not None else np.zeros(len(andelar))
        arets = float(egen[iar].sum())
        if arets > 0 and dagar[0] > 0:
            belopp = egen * (rad.delar2 * dagar[0] / dagar[1] / arets)
        else:
            slump = 1 + rng.normal(0, 0.03, len(andelar))
            belopp = rad.delar2 * prisniva * manadsdagar / dagar[1] * slump
        utfall[i] = np.rint(belopp).astype(np.int64)
    return utfall
