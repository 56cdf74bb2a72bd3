"""The books against care days: what explains that what was booked is not care days times price.

    bokfört = beräknat + obetald frånvaro + oprissatt + moms + felkontering + periodisering + oförklarat

- *beräknat*: all care days at the price of each day, absence included.
- *obetald frånvaro*: absence that nobody pays for (never positive).
- *oprissatt*: care days whose price is not recorded, at the mean price of their like – the one part that is estimated.
- *moms*: VAT on bought care, as far as it has been granted back (lag 2005:807); its sign depends on whether the board
  books with it or without (``Moms``).
- *felkontering*: booked on the form of care, but on an account group that is not for it, or on an activity that its
  budget does not have.
- *periodisering*: booked this month for care of other months, less care of this month booked in others.
- *oförklarat*: the rest.

All are whole öre, so the parts add up exactly whatever they are added over. Positive means that more was booked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from domain.begrepp import Begrepp, Insatsform, Kontogrupp, Regi


class Gap(Begrepp):
    """Why what was booked differs from what care days cost, in the order it is told."""

    OBETALD_FRANVARO = "obetaldFranvaro", "Obetald frånvaro"
    OPRISSATT = "oprissatt", "Oprissatt"
    MOMS = "moms", "Moms"
    FELKONTERING = "felkontering", "Felkontering"
    PERIODISERING = "periodisering", "Periodisering"
    OFORKLARAT = "oforklarat", "Oförklarat"


class Moms(Begrepp):
    """How a board books the VAT that it gets back, against prices that are without it."""

    INGAR = "ingar", "det bokförda innehåller den moms som återsöks, priset inte"
    AVDRAGEN = "avdragen", "momsen är avdragen från det bokförda men ingår i priset"
    RAKNAS_INTE = "raknasInte", "momsen räknas inte som förklaring"

    @property
    def tecken(self) -> int:
        """Return the sign with which VAT granted back explains that more was booked."""
        return {Moms.INGAR: 1, Moms.AVDRAGEN: -1, Moms.RAKNAS_INTE: 0}[self]


_INGET = Fraction(0)
_KOPT = frozenset({Kontogrupp.KOP_AV_VERKSAMHET, Kontogrupp.OFORDELAT})
_ARVODERAT = _KOPT | {Kontogrupp.PERSONAL, Kontogrupp.OVRIGA_KOSTNADER}
_ARVODERADE_FORMER = frozenset({Insatsform.FAMILJEHEM_EGET, Insatsform.JOURHEM})


def passar(insatsform: str, regi: str | None, kontogrupp: str | None) -> bool:
    """Return whether care of a form belongs on an account group, all by their stored words.

    Bought care is *köp av verksamhet*; own foster homes are fees and expenses; own homes cost of every kind. An amount
    that is not divided on account groups, or does not say, fits.
    """
    if kontogrupp is None or regi == Regi.EGEN.lagrat:
        return True
    tillatna = _ARVODERAT if Insatsform(insatsform) in _ARVODERADE_FORMER else _KOPT
    return Kontogrupp(kontogrupp) in tillatna


@dataclass(frozen=True, slots=True)
class Avstamd:
    """What was reckoned and what was booked, in whole öre, with what is known of the difference.

    They are exact numbers of the kind that may remember what they were made of (``domain.matt.spartal``).
    """

    beraknat: Fraction = _INGET
    bokfort: Fraction = _INGET
    kant: Mapping[Gap, Fraction] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def skillnad(self) -> Fraction:
        """Return how much more was booked."""
        return self.bokfort - self.beraknat

    @property
    def delar(self) -> dict[Gap, Fraction]:
        """Return the difference in parts that add up to it: the known ones, and the rest."""
        kanda = {gap: self.kant.get(gap, _INGET) for gap in Gap if gap is not Gap.OFORKLARAT}
        return kanda | {Gap.OFORKLARAT: self.skillnad - sum(kanda.values(), _INGET)}

    def tal(self, kolumn: str) -> Fraction:
        """Return a figure by name: ``beraknat``, ``bokfort`` or one of the parts."""
        egna = {"beraknat": self.beraknat, "bokfort": self.bokfort}
        return egna[kolumn] if kolumn in egna else self.delar[Gap(kolumn)]

    def plus(self, andra: Avstamd) -> Avstamd:
        """Return both together."""
        kant = {
            gap: self.kant.get(gap, _INGET) + andra.kant.get(gap, _INGET)
            for gap in self.kant.keys() | andra.kant.keys()
        }
        return Avstamd(self.beraknat + andra.beraknat, self.bokfort + andra.bokfort, kant)
