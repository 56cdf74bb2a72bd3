"""What a reader of a forecast must know of how it was made: remarks, each made from the facts it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from application.prognos.arbete import Arbete
from application.prognos.svar import Metodval, Prognosrad
from domain.pengar import skriv_tal
from domain.prognos.stegar import FLODESMODELL, STEGAR
from domain.prognos.underlag import INGET_PRIS, UTANFOR
from domain.tid import OANDLIG_DAG

_KORT_HISTORIA = 730
_TYST = 31
_FA = 5


def noter(arbete: Arbete, val: Metodval, rader: tuple[Prognosrad, ...]) -> tuple[str, ...]:
    """Return the remarks of an answered forecast."""
    return tuple(_noter(arbete, val, rader))


def _noter(arbete: Arbete, val: Metodval, rader: tuple[Prognosrad, ...]) -> Iterator[str]:
    yield from metodnoter(val)
    yield from _om_historien(arbete)
    yield from _om_priser(arbete)
    budget = [r.rad.nyckel for r in rader if r.metod == "budget" and r.budget]
    if budget:
        yield f"Inget är bokfört på {_rakna_upp(budget)}: där är prognosen budgeten."
    utan = [r.rad.nyckel for r in rader if not r.sammansatt and not r.budget and r.kostnad.vantat >= 1]
    if utan:
        yield f"Ingen budget är känd för {_rakna_upp(utan)}: avvikelsen är där hela kostnaden."


def metodnoter(val: Metodval) -> Iterator[str]:
    """Yield what must be known of the method, which is about nobody."""
    namn = STEGAR[val.metod].etikett.lower()
    if not val.ursprung:
        yield (
            f"Liggaren är för ung för att metoderna ska kunna prövas på den: {namn} är vald utan att ha jämförts, och "
            "intervallen är inte justerade efter hur den har träffat."
        )
    elif val.ursprung < _FA:
        yield f"Metoderna är prövade på bara {val.ursprung} tidigare dagar: valet av metod är osäkert."
    if val.poang and val.metod != min(val.poang, key=lambda m: val.poang[m]):
        bast = STEGAR[min(val.poang, key=lambda m: val.poang[m])].etikett.lower()
        yield f"Metoden {namn} är vald i frågan; på liggarens egen historia har {bast} träffat bättre."
    elif val.metod != FLODESMODELL and val.poang:
        yield f"På liggarens egen historia har den enkla metoden {namn} träffat bättre än flödesmodellen."


def _om_historien(arbete: Arbete) -> Iterator[str]:
    kanda, dag = arbete.modell.kanda, arbete.ursprung.dag
    slutade = kanda.till[(kanda.till < OANDLIG_DAG) & (kanda.till <= dag)]
    if len(slutade) and dag - int(slutade.min()) < _KORT_HISTORIA:
        yield f"Liggaren har följt vården bara sedan {date.fromordinal(int(slutade.min()))}: säsong och nivå är osäkra."
    hant = np.concatenate([kanda.fran[kanda.fran <= dag], slutade])
    if len(hant) and dag - int(hant.max()) > _TYST:
        yield (
            f"Ingen vård har börjat eller slutat sedan {date.fromordinal(int(hant.max()))}: är det inte så i "
            "verkligheten saknas registreringar, och prognosen är för låg eller för hög."
        )


def _om_priser(arbete: Arbete) -> Iterator[str]:
    f = arbete.modell.flode
    utan = int((f.pagar & (f.prissort == INGET_PRIS)).sum())
    if utan:
        yield (
            f"{skriv_tal(utan)} pågående vistelser saknar pris. Hittills kostar de inget; framåt räknas de till det "
            "som nya vistelser av samma slag kostar."
        )
    kanda, dag = arbete.modell.kanda, arbete.ursprung.dag
    utanfor = int(((kanda.segment == UTANFOR) & ~kanda.franvaro & (kanda.fran <= dag) & (kanda.till > dag)).sum())
    if utanfor:
        yield f"{skriv_tal(utanfor)} pågående vistelser hör inte till någon rad och är inte med."


def _rakna_upp(namn: list[str]) -> str:
    return " och ".join(filter(None, [", ".join(namn[:-1]), namn[-1]]))
