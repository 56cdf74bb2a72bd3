"""Åtgärd: how its effect is reckoned. All sums are whole öre and whole days; a saving is positive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from uuid import UUID

from domain.atgard.begrepp import Effektmetod
from domain.atgard.handelser import AlternativkostnadBeraknad, ArendeBedomt, SlutdatumHypotetiskt
from domain.atgard.tillstand import Atgard, senast
from domain.pengar import ore


class Hypoteser:
    """The hypothetical ends of an åtgärd, found by case: a large one has hundreds, and as many judgements."""

    def __init__(self, alla: Iterable[SlutdatumHypotetiskt]) -> None:
        """Take them in the order they were stated."""
        self._om: dict[UUID, dict[int, SlutdatumHypotetiskt]] = defaultdict(dict)
        for nr, h in enumerate(alla):
            for fall in (h.placering_id, h.arende_id):
                if fall is not None:
                    self._om[fall][nr] = h

    def slut(self, bedomning: ArendeBedomt) -> SlutdatumHypotetiskt | None:
        """Return what was thought, on the day of the judgement, of when the care would have ended; None if nothing."""
        tankta: dict[int, SlutdatumHypotetiskt] = {}
        for fall in (bedomning.placering_id, bedomning.arende_id):
            tankta |= self._om.get(fall, {}) if fall is not None else {}
        egna = (h for _, h in sorted(tankta.items(), key=itemgetter(0)))
        return senast(h for h in egna if h.datum <= bedomning.datum and h.samma_fall(bedomning))


def hypotetiskt_slut(bedomning: ArendeBedomt, alla: Iterable[SlutdatumHypotetiskt]) -> SlutdatumHypotetiskt | None:
    """Return the same for one judgement."""
    return Hypoteser(alla).slut(bedomning)


def dygn_enligt_slutdagarna(bedomning: ArendeBedomt, slut: SlutdatumHypotetiskt | None) -> int | None:
    """Return the days from the real end to the hypothetical one (negative if it came first), if both are known."""
    if bedomning.faktiskt_slut is None or slut is None:
        return None
    return (slut.hypotetiskt_slut - bedomning.faktiskt_slut).days


def forkortade_dygn(bedomning: ArendeBedomt, slut: SlutdatumHypotetiskt | None) -> int:
    """Return by how many days the care was shortened: as the judgement says, otherwise from the two ends.

    Raises:
        ValueError: neither is known (the domain refuses such a judgement).
    """
    dygn = bedomning.forkortade_dygn
    if dygn is None:
        dygn = dygn_enligt_slutdagarna(bedomning, slut)
    if dygn is None:
        msg = f"Bedömningen av {bedomning.fall} har varken förkortade dygn eller hypotetiskt slut."
        raise ValueError(msg)
    return dygn


def netto(bedomning: ArendeBedomt, dygn: int) -> int:
    """Return the net effect of a case in öre: shortened days × cost per day, less what the åtgärd cost there."""
    return dygn * ore(bedomning.dygnskostnad) - ore(bedomning.insatskostnad)


def alternativ_effekt(h: AlternativkostnadBeraknad) -> int:
    """Return in öre what the occupied days would have cost elsewhere, less what they cost."""
    return h.belagda_dygn * ore(h.externt_dygnspris) - ore(h.egen_kostnad)


def effektgrund(a: Atgard) -> Effektmetod | None:
    """Return the firmest ground that any achieved effect of the åtgärd rests on; None when no effect is claimed.

    A judged case and an alternative cost compare with what never happened, so they are hypothetical grounds.
    """
    metoder = {h.metod for h in a.uppnadda}
    if a.bedomda or a.alternativ:
        metoder.add(Effektmetod.HYPOTETISK)
    return next((metod for metod in Effektmetod if metod in metoder), None)


def ar_bara_hypotetisk(a: Atgard) -> bool:
    """Return whether an effect is claimed but rests on hypotheses only; such an åtgärd is shown as hypothetical."""
    return effektgrund(a) is Effektmetod.HYPOTETISK
