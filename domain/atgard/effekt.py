"""Åtgärd: how its effect is reckoned. All sums are whole öre and whole days; a saving is positive."""

from __future__ import annotations

from collections.abc import Sequence

from domain.atgard.begrepp import Effektmetod
from domain.atgard.handelser import AlternativkostnadBeraknad, ArendeBedomt, SlutdatumHypotetiskt
from domain.atgard.tillstand import Atgard, senast
from domain.pengar import ore


def hypotetiskt_slut(bedomning: ArendeBedomt, alla: Sequence[SlutdatumHypotetiskt]) -> SlutdatumHypotetiskt | None:
    """Return what was thought, on the day of the judgement, of when the care would have ended; None if nothing was."""
    return senast(h for h in alla if h.datum <= bedomning.datum and h.samma_fall(bedomning))


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
