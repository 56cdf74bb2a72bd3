"""Budgetperiod: the events about grants and reimbursements. Their names and fields are the storage format.

Unlike a line of the budget, these amounts are what somebody is to pay the board, so they are positive (a repayment
too: it is what the board pays back). They are not the books: what has been booked is ``utfall.bokfort``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool

from domain.budgetperiod.begrepp import Ersattningsslag
from domain.gemensamt import Ar
from domain.handelse import Handelse, Manad, Text
from domain.pengar import Kronor

Ersattningsbelopp = Annotated[Kronor, Field(ge=Decimal("0.01"))]
"""An amount in kronor that somebody applies for, grants, refuses or pays back."""


class ErsattningSokt(Handelse, typ="ersattning.sokt"):
    """The board applied for a grant or a reimbursement.

    It is about ``avser_ar``, which may be an earlier year than that of the stream, and about one of its months if
    ``avser_manad`` is given. ``verksamhet`` is what it is for, ``motpart`` from whom.
    """

    ersattning_id: UUID
    slag: Ersattningsslag
    belopp: Ersattningsbelopp
    avser_ar: Ar
    avser_manad: Manad | None = None
    motpart: Text
    verksamhet: Text | None = None


class ErsattningBeviljad(Handelse, typ="ersattning.beviljad"):
    """An amount was granted, all or a part; ``utover_ansokan`` if the decision gives more than was applied for.

    ``beteckning`` is the decision's own number: two equal decisions on one day are two if it differs.
    """

    ersattning_id: UUID
    belopp: Ersattningsbelopp
    utover_ansokan: StrictBool | None = None
    beteckning: Text | None = None


class ErsattningAvslagen(Handelse, typ="ersattning.avslagen"):
    """An amount was refused, all or a part, and why."""

    ersattning_id: UUID
    belopp: Ersattningsbelopp
    orsak: Text
    beteckning: Text | None = None


class ErsattningAterbetald(Handelse, typ="ersattning.aterbetald"):
    """An amount that had been granted was paid back."""

    ersattning_id: UUID
    belopp: Ersattningsbelopp
    orsak: Text | None = None
    beteckning: Text | None = None
