"""Åtgärd: the events. Their names and fields are the storage format.

Sign convention, here and in every fact of an åtgärd: an effect is kronor **saved**, so a saving is positive and an
åtgärd that cost more than it saved has a negative effect. (Budgets, outcomes and forecasts elsewhere are net cost,
where cost is positive; an effect is subtracted from them.) A price or a cost given beside an effect is positive.
"""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictInt, model_validator

from domain.atgard.begrepp import Effektklass, Effektmetod
from domain.begrepp import Insatsform
from domain.gemensamt import Ar, Benamning
from domain.handelse import Dag, Handelse, Kommunkod, Persontext, Text
from domain.pengar import Kronor, Pris
from domain.tid import Period

Procent = Annotated[StrictInt, Field(ge=0, le=100)]
"""Whole per cent, 0–100."""

Dygnsskillnad = Annotated[StrictInt, Field(ge=-36_525, le=36_525)]
"""Days of care fewer than without the åtgärd; negative if the care became longer."""

Dygnsantal = Annotated[StrictInt, Field(ge=0, le=36_525_000)]
"""Days of care, places together."""

Kostnad = Annotated[Kronor, Field(ge=0)]
"""A cost in kronor, not negative."""


class OmEttFall(Handelse):
    """What is said of one case in the åtgärd: a placement, or a whole ärende where no placement can be named.

    With both, the placement is the case and ``arende_id`` tells whose it is.
    """

    om = ("placering_id", "arende_id")

    placering_id: UUID | None = None
    arende_id: UUID | None = None

    @model_validator(mode="after")
    def _nagot_fall(self) -> Self:
        if self.placering_id is None and self.arende_id is None:
            msg = "placeringId eller arendeId måste anges"
            raise ValueError(msg)
        return self

    @property
    def fall(self) -> UUID:
        """Return the id of the case: the placement if it is named, otherwise the ärende."""
        fall = self.placering_id or self.arende_id
        assert fall is not None
        return fall

    def samma_fall(self, annan: OmEttFall) -> bool:
        """Return whether two events speak of one case: the same placement, or the same ärende if one names no more."""
        if self.placering_id is not None and annan.placering_id is not None:
            return self.placering_id == annan.placering_id
        return self.arende_id is not None and self.arende_id == annan.arende_id


class Effektperiod(Handelse):
    """What is said of the effect during some days that have passed: from ``fran`` up to but not including ``till``."""

    fran: Dag
    till: Dag

    @model_validator(mode="after")
    def _inte_bakvand(self) -> Self:
        if self.till <= self.fran:
            msg = "till (första dagen efter perioden) ska vara efter fran"
            raise ValueError(msg)
        return self

    @property
    def period(self) -> Period:
        """Return the days the effect belongs to."""
        return Period(self.fran, self.till)


class AtgardIdentifierad(Handelse, typ="atgard.identifierad"):
    """Somebody saw what could be done; ``ansvarig`` is a role, ``hypotes`` what is expected to happen and why."""

    kommun: Kommunkod
    namnd: Text
    namn: Text
    beskrivning: Text
    ansvarig: Text
    hypotes: Text | None = None


class AtgardBeslutad(Handelse, typ="atgard.beslutad"):
    """The åtgärd was decided on; more decisions may follow, and ``datum`` is the latest of ``beslutsdatum``.

    ``planerat_slut`` is the last day it is meant to take; a later decision without one leaves it as it was.
    """

    diarienummer: tuple[Benamning, ...] = ()
    beslutsdatum: tuple[Dag, ...] = ()
    forvantad_effekt: Text | None = None
    planerat_slut: Dag | None = None


class EffektBudgeterad(Handelse, typ="effekt.budgeterad"):
    """The budget of a year reckons with this effect, kronor saved; the latest by ``datum`` rules."""

    ar: Ar
    belopp: Kronor


class EffektBeraknad(Handelse, typ="effekt.beraknad"):
    """What is expected, kronor saved: during the year, and in all. Stated again, the latest by ``datum`` rules."""

    ar: Ar
    prognos_under_aret: Kronor | None = None
    beraknad_total: Kronor | None = None

    @model_validator(mode="after")
    def _nagot_belopp(self) -> Self:
        if self.prognos_under_aret is None and self.beraknad_total is None:
            msg = "prognosUnderAret eller beraknadTotal måste anges"
            raise ValueError(msg)
        return self


class AtgardPaborjad(Handelse, typ="atgard.paborjad"):
    """The work began; ``datum`` is its first day."""


class FardiggradSatt(Handelse, typ="fardiggrad.satt"):
    """How much of the work was done on ``datum``, whole per cent."""

    procent: Procent


class DeluppdragLagtTill(Handelse, typ="deluppdrag.lagtTill"):
    """A part of the work was given its own name, responsible role and last planned day."""

    deluppdrag_id: UUID
    namn: Text
    ansvarig: Text | None = None
    planerat_slut: Dag | None = None


class DeluppdragAvslutat(Handelse, typ="deluppdrag.avslutat"):
    """A part of the work was done."""

    deluppdrag_id: UUID


class SlutdatumHypotetiskt(OmEttFall, typ="slutdatum.hypotetiskt"):
    """What day the care would have ended without the åtgärd, as it was thought on ``datum``; the latest rules."""

    hypotetiskt_slut: Dag
    underlag: Persontext


class ArendeBedomt(OmEttFall, typ="arende.bedomt"):
    """What the åtgärd meant in one case, judged once.

    The net effect in kronor is ``forkortade_dygn`` × ``dygnskostnad`` − ``insatskostnad``. Without
    ``forkortade_dygn`` the days are those from ``faktiskt_slut`` to the hypothetical end known on ``datum``.
    ``dygnskostnad`` is kronor per day of the care that was shortened, ``insatskostnad`` what the åtgärd cost here.
    """

    insatsform: Insatsform | None = None
    primar_orsak: Benamning | None = None
    effektklass: Effektklass
    forkortade_dygn: Dygnsskillnad | None = None
    faktiskt_slut: Dag | None = None
    dygnskostnad: Pris
    insatskostnad: Kostnad

    @model_validator(mode="after")
    def _nagra_dygn(self) -> Self:
        if self.forkortade_dygn is None and self.faktiskt_slut is None:
            msg = "forkortadeDygn eller faktisktSlut måste anges"
            raise ValueError(msg)
        return self


class AlternativkostnadBeraknad(Effektperiod, typ="alternativkostnad.beraknad"):
    """What the days occupied in a unit would have cost elsewhere.

    The effect in kronor is ``belagda_dygn`` × ``externt_dygnspris`` − ``egen_kostnad`` (the unit's cost in the period).
    """

    enhet: Benamning
    belagda_dygn: Dygnsantal
    externt_dygnspris: Pris
    egen_kostnad: Kostnad
    underlag: Text | None = None


class EffektUppnadd(Effektperiod, typ="effekt.uppnadd"):
    """What was achieved in a period, kronor saved; ``datum`` is the day it was established."""

    belopp: Kronor
    metod: Effektmetod
    underlag: Persontext


class AtgardKommenterad(Handelse, typ="atgard.kommenterad"):
    """Somebody wrote how it goes."""

    text: Persontext


class AtgardPermanentad(Handelse, typ="atgard.permanentad"):
    """From ``datum`` the åtgärd is an ordinary way of working."""


class AtgardSlutford(Handelse, typ="atgard.slutford"):
    """The work was done."""


class AtgardAvbruten(Handelse, typ="atgard.avbruten"):
    """The åtgärd was given up; from ``datum`` on it has no effect."""

    orsak: Text
