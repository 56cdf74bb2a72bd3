"""How care days are counted: a named parameter of every measure, printed with every figure.

No national rule exists for individual and family care. Socialstyrelsen's term bank counts the same stay in two ways:
*vårddag* (term 263) counts every begun day, both ends; *vårdtid* (term 268) is the day out minus the day in. Contracts
use either. So the rule is chosen, dated and shown, never assumed.

Common to all rules: a stay that begins and ends the same day is one day, and at a move the day belongs to the
receiving placement, so that a chain of placements never counts a day twice. (A move is one if both its ends say so,
see ADR 0005.) Parts of a period always add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Vardygnsregel:
    """A way of counting care days.

    Attributes:
        namn: stored word of the rule.
        etikett: what is printed with a figure.
        raknar_inskrivningsdag: whether the day of admission counts.
        raknar_utskrivningsdag: whether the day of discharge counts.
        raknar_franvaro: whether days of absence count.
        kalla: where the rule comes from.
    """

    namn: str
    etikett: str
    raknar_inskrivningsdag: bool
    raknar_utskrivningsdag: bool
    kalla: str
    raknar_franvaro: bool = True

    def utan_franvaro(self) -> Vardygnsregel:
        """Return the same rule with days of absence left out."""
        return replace(self, raknar_franvaro=False, etikett=f"{self.etikett}; frånvaro räknas inte")


IN_EJ_UT = Vardygnsregel(
    "inEjUt",
    "inskrivningsdagen räknas, utskrivningsdagen inte",
    raknar_inskrivningsdag=True,
    raknar_utskrivningsdag=False,
    kalla="Termbanken fTid=268 (vårdtid: ut minus in), med minst ett dygn",
)
IN_OCH_UT = Vardygnsregel(
    "inOchUt",
    "både inskrivnings- och utskrivningsdagen räknas",
    raknar_inskrivningsdag=True,
    raknar_utskrivningsdag=True,
    kalla="Termbanken fTid=263 (vårddag: varje påbörjat dygn)",
)
EJ_IN_UT = Vardygnsregel(
    "ejInUt",
    "utskrivningsdagen räknas, inskrivningsdagen inte",
    raknar_inskrivningsdag=False,
    raknar_utskrivningsdag=True,
    kalla="Avtalspraxis: dygnet räknas när det har gått",
)

VARDYGNSREGLER: Mapping[str, Vardygnsregel] = MappingProxyType(
    {regel.namn: regel for regel in (IN_EJ_UT, IN_OCH_UT, EJ_IN_UT)}
)
"""Every rule by its stored word; ``inEjUt`` is the default."""
