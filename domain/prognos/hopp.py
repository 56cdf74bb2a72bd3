"""Why a forecast changed since the last one that was adopted: parts that add up to the whole change, row by row.

The flow model is asked again where the last forecast stood: with what was known then, and with what is known now of the
same days. Between those two lies what was registered late. What is left is care in the days since and to come, split by
whether it had begun then and into days (at the prices expected then) and prices. What the flow model does not say –
another method, the board's own judgement – is the part *metod*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from domain.prognos.banor import Banor, Del
from domain.prognos.underlag import F64, Raknat

DELAR = ("nya_vistelser", "langre_vistelser", "pris", "sena_registreringar", "bokfort", "metod")
"""The parts in the order they are shown."""


class Hopp(NamedTuple):
    """A change in kronor per row, in parts.

    Attributes:
        nya_vistelser: more or fewer days of care begun since, than was expected, at the prices expected.
        langre_vistelser: the same of care that went on then.
        pris: those days at other prices than expected.
        sena_registreringar: what is known now of the days before, and was not.
        bokfort: booked cost, and rows without care days, against what was reckoned with.
        metod: the board's own judgement, or another method, against the flow model.
    """

    nya_vistelser: F64
    langre_vistelser: F64
    pris: F64
    sena_registreringar: F64
    bokfort: F64
    metod: F64

    @property
    def hela(self) -> F64:
        """Return the whole change per row."""
        return np.asarray(sum(self))


@dataclass(frozen=True)
class Lage:
    """What the flow model expects at one place: days and kronor per row, by whether the care had begun at the last one.

    ``sena`` is the cost reckoned to be unregistered of passed days; ``hela`` what the whole row is expected to cost,
    booked cost included.
    """

    gamla: Raknat
    nya: Raknat
    sena: F64
    hela: F64

    @property
    def raknat(self) -> F64:
        """Return the cost that days and prices make."""
        return self.gamla.kostnad + self.nya.kostnad + self.sena


def lage(banor: Banor, registrerade_nya: Raknat, hela: F64) -> Lage:
    """Return what some courses expect, where open care begun since the last forecast is counted as new.

    Args:
        banor: courses drawn with ``nya_efter``.
        registrerade_nya: what is registered of care begun since.
        hela: the whole cost per row, booked included.
    """
    dygn, kostnad = (x.mean(axis=2) for x in (banor.dygn, banor.kostnad))
    gamla = Raknat(*(
        reg - ny + del_[Del.PAGAENDE]
        for reg, ny, del_ in zip(banor.registrerat, registrerade_nya, (dygn, kostnad), strict=True)
    ))  # fmt: skip
    nya = Raknat(*(ny + del_[Del.NYA] for ny, del_ in zip(registrerade_nya, (dygn, kostnad), strict=True)))
    return Lage(gamla, nya, kostnad[Del.SENA], hela)


def dela_hopp(antagen: F64, da: Lage, da_som_kant_nu: Lage, nu: Lage, prognos: F64) -> Hopp:
    """Return why a forecast differs from the last adopted one.

    Args:
        antagen: the adopted forecast, per row in kronor.
        da: what the flow model expected then.
        da_som_kant_nu: the same, with what is known now of the days before it.
        nu: what it expects now.
        prognos: the forecast now.
    """
    nya, nya_till_annat_pris = _dygn_och_pris(da_som_kant_nu.nya, nu.nya)
    langre, langre_till_annat_pris = _dygn_och_pris(da_som_kant_nu.gamla, nu.gamla)
    sena = (da_som_kant_nu.raknat - da.raknat) + (nu.sena - da_som_kant_nu.sena)
    bokfort = (nu.hela - nu.raknat) - (da.hela - da.raknat)
    metod = (prognos - nu.hela) + (da.hela - antagen)
    return Hopp(nya, langre, nya_till_annat_pris + langre_till_annat_pris, sena, bokfort, metod)


def _dygn_och_pris(da: Raknat, nu: Raknat) -> tuple[F64, F64]:
    """Return a change of cost split into days, at the price before (or now, where there were none), and prices."""
    pris = np.where(da.dygn >= 1, da.kostnad / np.maximum(da.dygn, 1), nu.kostnad / np.maximum(nu.dygn, 1))
    dygn = (nu.dygn - da.dygn) * np.where((da.dygn >= 1) | (nu.dygn >= 1), pris, 0.0)
    return dygn, nu.kostnad - da.kostnad - dygn
