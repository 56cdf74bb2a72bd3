"""Forecasts answered: the facts read once, the model learnt as of the question, the method that the past speaks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from application.ports import Faktahistorik, Huvudbok
from application.prognos.arbete import Arbete, Radbanor
from application.prognos.fakta import Prognosfakta, las_fakta
from application.prognos.fragan import Prognosfraga
from application.prognos.hopp import hoppet
from application.prognos.noter import noter
from application.prognos.rader import Prognosrader
from application.prognos.svar import Metodval, Prognossvar, radsvar
from application.prognos.text import drivkrafter
from application.queries import FraganGarInte, Underlag, kunskap_vid
from application.rapporter.noter import ange_namnd, namnden_utan_budget
from domain.fakta import BUDGET, Belopp
from domain.prognos.banor import Uppdrag
from domain.prognos.kalibrering import (
    Kalibrering,
    Tidigare,
    basta,
    kalibrera,
    med_spridning,
    medelpoang,
    prova,
    tidigare_dagar,
)
from domain.prognos.stegar import FLODESMODELL, STEGAR
from domain.prognos.underlag import Ursprung
from domain.regler.vardygn import IN_EJ_UT
from domain.tid import dagens_slut, svensk_dag


class Prognostiserare:
    """Answers forecasts."""

    def __init__(self, huvudbok: Huvudbok, historik: Faktahistorik) -> None:
        """Use the log (to resolve time) and the history of the facts."""
        self._huvudbok = huvudbok
        self.historik = historik

    def svara(self, fraga: Prognosfraga) -> Prognossvar:
        """Return the forecast of every row.

        Raises:
            FraganGarInte: the rows cannot be forecast.
        """
        return self.svar_och_arbete(fraga)[0]

    def svar_och_arbete(self, fraga: Prognosfraga) -> tuple[Prognossvar, Arbete]:
        """Return the forecast of every row, and what it was made from; raises as ``svara``."""
        fakta, underlag = self.fakta_och_underlag(fraga)
        arbete = Arbete(fakta, ursprung_vid(underlag), fraga.fonster)
        uppdrag = Uppdrag(fraga.fonster, arbete.antal, fraga.vagar, fraga.fro)
        banor, val = self.banor(arbete, uppdrag, fraga.metod)
        hopp = hoppet(arbete, banor.kostnad.mean(axis=1), uppdrag, self.ursprung_fore)
        rader = radsvar(arbete, banor, hopp)
        antagen = hopp.antagen if hopp else None
        om = (*self._om_namnden(fraga, arbete), *noter(arbete, val, rader))
        return Prognossvar(fraga, underlag, val, rader, antagen, drivkrafter(rader, antagen), om), arbete

    def _om_namnden(self, fraga: Prognosfraga, arbete: Arbete) -> Iterator[str]:
        """Yield a remark where the board asked for has no budget and another has: its name may be mistyped."""
        if fraga.namnd is None or arbete.budget.any():
            return
        namnder = self._namnder(fraga, arbete.ursprung.position).get(fraga.ar, ())
        if namnder and fraga.namnd not in namnder:
            yield namnden_utan_budget(fraga.namnd, fraga.ar, namnder)

    def _namnder(self, fraga: Prognosfraga, position: int) -> Mapping[int, Sequence[str]]:
        """Return the boards of the municipality with a budget, by year, as of a question and known at a position."""
        urval = {"kommun": (fraga.kommun,), "slag": (BUDGET,)}
        kanda = self.historik.kolumner(Belopp, ("namnd", "manad", "dag", "kand_till"), urval, position)
        dag = fraga.tidssnitt.galler_den.toordinal()
        galler = {(date.fromordinal(m).year, n) for n, m, fran, till in kanda if till > position and fran <= dag}
        return {ar: [n for ett, n in sorted(galler) if ett == ar] for ar, _ in galler}

    def fakta_och_underlag(
        self, fraga: Prognosfraga, aren: Iterable[int] | None = None
    ) -> tuple[Prognosfakta, Underlag]:
        """Return all facts that a question may see, and the position that decides it.

        ``aren`` are the years it is about, where that is not only its own.

        Raises:
            FraganGarInte: there is nothing to make a forecast from, or boards would be mixed.
        """
        kunskap = kunskap_vid(self._huvudbok, fraga.tidssnitt)
        self._en_namnd(fraga, aren or (fraga.ar,), kunskap.position)
        rader = Prognosrader(fraga.radmappning)
        fakta = las_fakta(self.historik, self._huvudbok, rader, fraga.kommun, fraga.namnd, kunskap.position)
        if not fakta.historia.segment:
            mening = (
                f"Ingen vård är känd i kommun {fraga.kommun} vid position {kunskap.position}; en prognos görs på den."
            )
            raise FraganGarInte("kommun", mening)
        return fakta, Underlag(kunskap.position, fraga.tidssnitt.galler_den, kunskap.kant_den, IN_EJ_UT)

    def _en_namnd(self, fraga: Prognosfraga, aren: Iterable[int], position: int) -> None:
        """Refuse to mix boards: each has its own budget, books and adopted forecasts, adopted on days of its own."""
        if fraga.namnd is None:
            namnder = self._namnder(fraga, position)
            for ar in aren:
                if len(namnder.get(ar, ())) > 1:
                    raise ange_namnd(namnder[ar])

    def banor(self, arbete: Arbete, uppdrag: Uppdrag, metod: str | None) -> tuple[Radbanor, Metodval]:
        """Return the courses by a method, or by the one that the past speaks for, booked cost included."""
        val, kalibrering = valj(metod, self.provade(arbete, uppdrag))
        banor = STEGAR[val.metod].metod(arbete.modell, uppdrag)
        return arbete.med_bokforing(med_spridning(banor, kalibrering, uppdrag), uppdrag), val

    def provade(self, arbete: Arbete, uppdrag: Uppdrag) -> list[Tidigare]:
        """Return how the methods did at earlier origins like this one, by what was known then."""
        dagar = tidigare_dagar(arbete.modell.kanda, arbete.ursprung, arbete.fonster)
        nu = arbete.ursprung
        tidigare = [self.ursprung_dagen(dag, nu.kand - nu.dag) for dag in dagar]
        return prova(arbete.fakta.historia, nu, tidigare, uppdrag)

    def ursprung_dagen(self, dag: int, efter: int = 0) -> Ursprung:
        """Return the origin of a day, as known at the end of the day so many days later."""
        kand = date.fromordinal(dag) + timedelta(days=efter)
        kunskap = self._huvudbok.kunskap(dagens_slut(kand))
        return Ursprung(dag, kand.toordinal(), kunskap.position)

    def ursprung_fore(self, position: int, dag: int) -> Ursprung:
        """Return the origin of a day, as known just before the event at a position."""
        registrerad = self._huvudbok.registrerad(position)
        kand = svensk_dag(registrerad).toordinal()
        return Ursprung(min(dag, kand), kand, position - 1)


def ursprung_vid(underlag: Underlag) -> Ursprung:
    """Return the origin of a question: nothing is past that was not known."""
    kand = svensk_dag(underlag.kant_den)
    return Ursprung(min(underlag.galler_den, kand).toordinal(), kand.toordinal(), underlag.position)


def valj(metod: str | None, provade: Sequence[Tidigare]) -> tuple[Metodval, Kalibrering]:
    """Return which method is used – the one asked for, or the best on the own past – and what its past says of it."""
    poang, bast = medelpoang(provade), basta(provade)
    vald = metod or bast or FLODESMODELL
    kalibrering = kalibrera(vald, provade)
    val = Metodval(vald, metod is None and bast is not None, poang, kalibrering.antal, kalibrering.faktor)
    return val, kalibrering
