"""What happens at providers and to åtgärder and commitments: follow-ups with grades, queues, effects, states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from application.syntet.budgetrader import kronor
from application.syntet.dagar import dag, dagnr, nyar
from application.syntet.fardig import Fardig, identitet
from application.syntet.krav import Krav
from application.syntet.matt import Matt
from application.syntet.omstandigheter import Utforare
from application.syntet.profiler import FORMER
from application.syntet.tider import Klocka, nasta_arbetsdag
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from domain.begrepp import Insatsform, Samling
from domain.budgetperiod.begrepp import Ataganderesultat
from domain.utforare.begrepp import Omfattning

_SORT_KO, _SORT_ATAGANDE = 30, 31
_HOGT, _LAGST, _HOGST = 4, 1, 5
_ALLMANT = "avtalskrav"


class Uppfoljningar:
    """Makes these events."""

    def __init__(
        self, uppdrag: Syntetuppdrag, krav: Krav, utforare: Utforare, klocka: Klocka, rng: np.random.Generator
    ) -> None:
        """Prepare."""
        self._u, self._krav, self._utforare, self._klocka, self._rng = uppdrag, krav, utforare, klocka, rng
        self._slut = dagnr(uppdrag.slutdag)

    def handelser(self, ovriga_utforare: int, *, har_budget: bool) -> Iterator[Fardig]:
        """Yield all events; providers from number ``ovriga_utforare`` on are those of queues and open intake.

        Commitments are those of a budget year, and need its budget.
        """
        yield from self._uppfoljda()
        yield from self._atgarder()
        if har_budget and any(self._krav.ataganden.values()):
            yield from self._ataganden()
        yield from self._ovriga(ovriga_utforare)

    def _tid(self, dagen: int, minut: int = 0) -> int:
        return self._klocka.klockslag(nasta_arbetsdag(dagen), 10, minut)

    def _dag(self, fran: int, till: int) -> int:
        return min(nasta_arbetsdag(int(self._rng.integers(fran, max(till, fran + 1)))), max(till, fran))

    # Providers --------------------------------------------------------------------------------------------------

    def _uppfoljda(self) -> Iterator[Fardig]:
        """Yield the follow-ups, one per provider as long as there are enough, and checks of permit and finances."""
        for u in self._krav.uppfoljningar:
            form = FORMER.index(u.vard.former[0])
            nummer = np.flatnonzero((self._utforare.form == form) & (self._utforare.avtal == 1))
            betyg = {namn: _betyg(namn, *tryckt, u.antal) for namn, tryckt in u.betyg.items()}
            for nr in range(u.antal * self._u.skala):
                vem = int(nummer[nr % len(nummer)])
                dagen = self._dag(nyar(self._u.ar) + 20, self._slut - 5)
                yield self._kontroll(vem, dagen, "tillstand.kontrollerat", {"giltigt": True}, nr)
                yield self._kontroll(vem, dagen, "ekonomi.kontrollerad", {"skatteskuld": False}, nr)
                omraden = {namn: varden[nr % u.antal] for namn, varden in betyg.items()} or {_ALLMANT: 4 + nr % 2}
                omfattning = Omfattning.BEGRANSAD if u.begransad else Omfattning.FULL
                innehall = {"omraden": omraden, "omfattning": omfattning.value, "avtalsomrade": u.vard.former[0].value}
                yield self._kontroll(vem, dagen, "uppfoljning.gjord", innehall, nr)

    def _kontroll(self, vem: int, dagen: int, typ: str, innehall: Mapping[str, object], nr: int) -> Fardig:
        tid = self._tid(dagen + 2, nr % 50)
        return Fardig(self._u.ar, tid, typ, dagen, dict(innehall), Samling.UTFORARE, vem)

    def _ovriga(self, forsta: int) -> Iterator[Fardig]:
        """Yield the queues as they stand on the last day, and care days without decision."""
        enheter = ovriga_enheter(self._krav)
        for nr, ko in enumerate(self._krav.koer):
            vem = forsta + enheter.index(ko.enhet)
            for plats in range(ko.antal * self._u.skala):
                dagen = self._slut - int(self._rng.integers(1, 200))
                tid = self._tid(dagen + 1, plats % 50)
                innehall = {"koId": identitet(tid, self._u.fro, _SORT_KO, 100_000 * nr + plats), "familj": ko.familj}
                yield Fardig(self._u.ar, tid, "ko.stalld", dagen, innehall, Samling.UTFORARE, vem)
        for t in self._krav.av(Matt.SERVICEDYGN):
            if t.period.till > date.fromordinal(self._u.slutdag.toordinal() + 1):
                continue
            vem = forsta + enheter.index(t.etikett)
            innehall = {"till": t.period.till.isoformat(), "dygn": int(t.varde) * self._u.skala}
            tid = self._tid(dagnr(t.period.till) + 20)
            datum = dagnr(t.period.fran)
            yield Fardig(self._u.ar, tid, "serviceinsats.redovisad", datum, innehall, Samling.UTFORARE, vem)

    # Åtgärder and commitments -----------------------------------------------------------------------------------

    def _atgarder(self) -> Iterator[Fardig]:
        """Yield the åtgärder with the effects that budget and forecast reckon with."""
        ar = self._u.ar
        for nr, atgard in enumerate(self._krav.atgarder):
            beslutad = nasta_arbetsdag(dagnr(date(ar - 1, 11, 12)) + nr)
            borjad = nasta_arbetsdag(nyar(ar) + 10 + int(self._rng.integers(0, 60)))
            prognos = min(self._slut, dagnr(date(ar, 8, 31)))
            steg: list[tuple[int, str, dict[str, object]]] = [
                (beslutad - 30, "atgard.identifierad", {
                    "kommun": self._u.kommun, "namnd": self._u.namnd, "namn": atgard.namn,
                    "beskrivning": atgard.namn, "ansvarig": "Verksamhetschef",
                }),
                (beslutad, "atgard.beslutad", {"beslutsdatum": [dag(beslutad).isoformat()]}),
                (beslutad, "effekt.budgeterad", {"ar": ar, "belopp": self._ore(atgard.budgeterad)}),
                (borjad, "atgard.paborjad", {}),
                (prognos, "effekt.beraknad", {"ar": ar, "prognosUnderAret": self._ore(atgard.prognos)}),
            ]  # fmt: skip
            for minut, (datum, typ, innehall) in enumerate(steg):
                if datum <= self._slut:
                    tid = self._tid(datum + 1, 5 * minut)
                    yield Fardig(ar, tid, typ, datum, innehall, Samling.ATGARDER, nr)

    def _ore(self, belopp: Decimal) -> str:
        return kronor(int((belopp * 100 * self._u.skala).to_integral_value()))

    def _ataganden(self) -> Iterator[Fardig]:
        """Yield the commitments that were begun, and the end of those that are finished."""
        ar, har = self._u.ar, self._krav.ataganden
        klara = har.get("klart_avslutat", 0)
        for nr in range((har.get("pagar", 0) + har.get("forsenat", 0) + klara) * self._u.skala):
            start = nasta_arbetsdag(nyar(ar) + int(self._rng.integers(5, 60)))
            tid = self._tid(start + 1, nr % 50)
            id_ = identitet(tid, self._u.fro, _SORT_ATAGANDE, nr)
            yield Fardig(ar, tid, "atagande.startat", start, {"atagandeId": id_, "namn": f"Åtagande {nr + 1}"})
            if nr < klara * self._u.skala:
                slut = self._dag(start + 30, self._slut - 3)
                innehall = {"atagandeId": id_, "resultat": Ataganderesultat.KLART.value}
                yield Fardig(ar, self._tid(slut + 1), "atagande.avslutat", slut, innehall)


def ovriga_enheter(krav: Krav) -> list[str]:
    """Return the names of units that have a queue or care days without decision, in order."""
    service = [t.etikett for t in krav.av(Matt.SERVICEDYGN)]
    return list(dict.fromkeys([*(ko.enhet for ko in krav.koer), *service]))


def med_ovriga(utforare: Utforare, krav: Krav) -> Utforare:
    """Return the providers followed by the units that have a queue or care days without decision."""
    namn = ovriga_enheter(krav)
    antal = len(namn)
    form = np.full(antal, FORMER.index(Insatsform.OPPENVARD_DYGN), dtype=np.int8)
    return Utforare(
        np.concatenate([utforare.form, form]),
        np.concatenate([utforare.egen, np.ones(antal, dtype=np.int8)]),
        np.concatenate([utforare.avtal, np.zeros(antal, dtype=np.int8)]),
        np.concatenate([utforare.platser, np.full(antal, 10, dtype=np.int32)]),
        (*utforare.namn, *namn),
    )


def _betyg(omrade: str, medel: Decimal, andel: Decimal, antal: int) -> list[int]:
    """Return whole grades whose mean and share of four and five round to the printed ones.

    Raises:
        SyntetGarInte: no whole grades do.
    """
    decimaler = -int(medel.as_tuple().exponent)
    for hoga in range(antal + 1):
        if _avrundat(Decimal(100 * hoga) / antal, 0) != andel.quantize(Decimal(1), ROUND_HALF_UP):
            continue
        laga = antal - hoga
        for summa in range(_HOGT * hoga + _LAGST * laga, _HOGST * hoga + 3 * laga + 1):
            if _avrundat(Decimal(summa) / antal, decimaler) == medel:
                return _fordelade(hoga, laga, summa)
    raise SyntetGarInte(f"Betygen för {omrade} går inte ihop: inga {antal} hela betyg ger {medel} och {andel} procent.")


def _avrundat(tal: Decimal, decimaler: int) -> Decimal:
    return tal.quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)


def _fordelade(hoga: int, laga: int, summa: int) -> list[int]:
    """Return so many high and low grades with a sum: low ones as near the middle as they can be."""
    betyg = [_HOGT] * hoga + [3] * laga
    skillnad = summa - sum(betyg)
    for nr in range(len(betyg)):
        rum = (_HOGST - betyg[nr]) if skillnad > 0 and nr < hoga else 0
        rum = (_LAGST - betyg[nr]) if skillnad < 0 and nr >= hoga else rum
        steg = min(skillnad, rum) if skillnad > 0 else max(skillnad, rum)
        betyg[nr] += steg
        skillnad -= steg
    return betyg
