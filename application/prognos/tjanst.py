"""Forecasts answered: the facts read once, the model learnt as of the question, the method that the past speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from application.ports import Faktahistorik, Huvudbok, Kunskap
from application.prognos.arbete import Arbete
from application.prognos.fakta import Prognosfakta, las_fakta
from application.prognos.fragan import Prognosfraga
from application.prognos.rader import Prognosrader
from application.prognos.svar import Metodval, Prognossvar, radsvar
from application.queries import Underlag
from domain.prognos.kalibrering import Kalibrering, Tidigare, basta, kalibrera, med_spridning, prova, tidigare_dagar
from domain.prognos.simulering import Uppdrag
from domain.prognos.stegar import FLODESMODELL, STEGAR
from domain.prognos.underlag import Ursprung
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import dagens_slut, svensk_dag


class Prognostiserare:
    """Answers forecasts."""

    def __init__(self, huvudbok: Huvudbok, historik: Faktahistorik) -> None:
        """Use the log (to resolve time) and the history of the facts."""
        self._huvudbok = huvudbok
        self._historik = historik

    def svara(self, fraga: Prognosfraga) -> Prognossvar:
        """Return the forecast of every row.

        Raises:
            FraganGarInte: the rows cannot be forecast.
        """
        kunskap = self._huvudbok.kunskap(fraga.tidssnitt.kant_den)
        rader = Prognosrader(fraga.radmappning)
        fakta = las_fakta(self._historik, rader, fraga.kommun, fraga.namnd, kunskap.position)
        arbete = Arbete(fakta, ursprung_vid(fraga.tidssnitt.galler_den, kunskap), fraga.fonster)
        uppdrag = Uppdrag(fraga.fonster, arbete.antal, fraga.vagar, fraga.fro)
        provade = self.provade(arbete, uppdrag)
        val, kalibrering = valj(fraga.metod, provade)
        banor = STEGAR[val.metod].metod(fakta.delar, arbete.modell, uppdrag)
        banor = med_spridning(banor, kalibrering, uppdrag)
        underlag = Underlag(kunskap.position, fraga.tidssnitt.galler_den, kunskap.kant_den, IN_EJ_UT)
        return Prognossvar(fraga, underlag, val, radsvar(arbete, arbete.med_bokforing(banor, uppdrag)), (), ())

    def provade(self, arbete: Arbete, uppdrag: Uppdrag) -> list[Tidigare]:
        """Return how the methods did at earlier origins like this one, by what was known then."""
        dagar = tidigare_dagar(arbete.fakta.delar, arbete.ursprung, arbete.fonster)
        nu = arbete.ursprung
        tidigare = [self.ursprung_dagen(dag, nu.kand - nu.dag) for dag in dagar]
        return prova(arbete.fakta.delar, arbete.fakta.segment, nu, tidigare, uppdrag)

    def ursprung_dagen(self, dag: int, efter: int = 0) -> Ursprung:
        """Return the origin of a day, as known at the end of the day so many days later."""
        kand = date.fromordinal(dag) + timedelta(days=efter)
        kunskap = self._huvudbok.kunskap(dagens_slut(kand))
        return Ursprung(dag, kand.toordinal(), kunskap.position)


def ursprung_vid(galler_den: date, kunskap: Kunskap) -> Ursprung:
    """Return the origin of a question: nothing is past that was not known."""
    kand = svensk_dag(kunskap.kant_den)
    return Ursprung(min(galler_den, kand).toordinal(), kand.toordinal(), kunskap.position)


def valj(metod: str | None, provade: Sequence[Tidigare]) -> tuple[Metodval, Kalibrering]:
    """Return which method is used – the one asked for, or the best on the own past – and what its past says of it."""
    poang = {
        namn: float(np.mean([t.totalens_crps for t in provade if t.metod == namn]))
        for namn in STEGAR
        if any(t.metod == namn for t in provade)
    }
    bast = basta(provade)
    vald = metod or bast or FLODESMODELL
    kalibrering = kalibrera(vald, provade)
    val = Metodval(vald, metod is None and bast is not None, poang, kalibrering.antal, kalibrering.faktor)
    return val, kalibrering
