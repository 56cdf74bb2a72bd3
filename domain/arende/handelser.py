"""Ärende: the events. Their names and fields are the storage format.

What has a beginning and an end in a case (an intake, an investigation, a decision, a service, an appeal) has an id of
its own, chosen by the sender and unique within the case.
"""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, model_validator

from domain.arende.begrepp import (
    Aktualiseringssatt,
    Ansvarspart,
    Arendeslut,
    Arendetyp,
    Avbojandeorsak,
    Avsandare,
    Avvikelseomrade,
    Beslutsniva,
    Domslut,
    Ensamkommandestatus,
    Foretradare,
    Forhandsutfall,
    Insatsslut,
    Instans,
    Overlamningsorsak,
    Problematik,
    Samverkansslag,
    Upphorandeorsak,
    Utredningslagrum,
    Utredningstyp,
    Utredningsutfall,
)
from domain.begrepp import Avvikelseslag, Insatsform, Kon, Lagrum, Malgrupp, Maluppfyllelse, Regi
from domain.gemensamt import Benamning, Fodelsear
from domain.handelse import Dag, Handelse, Kommunkod
from domain.pengar import Decimaltext
from domain.personuppgift import Familjeidentitet, Personidentitet

Timmar = Annotated[Decimaltext, Field(ge=0, le=10_000, decimal_places=2)]
"""Hours of work, at most two decimals, as text."""

# Intake --------------------------------------------------------------------------------------------------------------


class ArendeAktualiserat(Handelse, typ="arende.aktualiserat"):
    """A matter came to the board and became a case; ``datum`` is the day it came in.

    ``person_id`` is absent where the identity is not documented (SoL 14:5). ``familj_id`` joins the cases of one
    family's members.
    """

    kommun: Kommunkod
    arendetyp: Arendetyp
    enhet: Benamning
    malgrupp: Malgrupp
    kon: Kon
    satt: Aktualiseringssatt
    person_id: Personidentitet | None = None
    fodelsear: Fodelsear | None = None
    avsandare: Avsandare | None = None
    aktualisering_id: UUID | None = None
    familj_id: Familjeidentitet | None = None


class AktualiseringInkommen(Handelse, typ="aktualisering.inkommen"):
    """Something more came in about the person while the case was open (a second report): one more intake."""

    aktualisering_id: UUID
    satt: Aktualiseringssatt
    avsandare: Avsandare | None = None


class SkyddsbedomningGjord(Handelse, typ="skyddsbedomning.gjord"):
    """Whether a child needs protection at once was judged (SoL 20:1); of the latest intake unless another is named."""

    behov_av_skydd: StrictBool
    aktualisering_id: UUID | None = None


class ForhandsbedomningAvslutad(Handelse, typ="forhandsbedomning.avslutad"):
    """Whether to begin an investigation was decided (SoL 20:2, within fourteen days of the report).

    It begins with the intake and has no event of its own for that. Without ``aktualisering_id`` it ends the
    assessment of every intake not yet assessed.
    """

    utfall: Forhandsutfall
    aktualisering_id: UUID | None = None


# Investigation -------------------------------------------------------------------------------------------------------


class UtredningPaborjad(Handelse, typ="utredning.paborjad"):
    """An investigation began (SoL 14:2)."""

    utredning_id: UUID
    lagrum: Utredningslagrum
    utredningstyp: Utredningstyp


class UtredningForlangd(Handelse, typ="utredning.forlangd"):
    """On ``datum`` it was decided that the investigation may last until ``till`` (SoL 20:3)."""

    utredning_id: UUID
    till: Dag


class UtredningslagrumAndrat(Handelse, typ="utredningslagrum.andrat"):
    """From ``datum`` the investigation rests on another act."""

    utredning_id: UUID
    lagrum: Utredningslagrum


class UtredningAvslutad(Handelse, typ="utredning.avslutad"):
    """The investigation ended."""

    utredning_id: UUID
    utfall: Utredningsutfall


# Decision ------------------------------------------------------------------------------------------------------------


class BeslutFattat(Handelse, typ="beslut.fattat"):
    """A service was granted or refused; ``datum`` is the day of the decision.

    ``galler_fran`` and ``galler_till`` (both included) may lie ahead. ``beslutsfattare`` is the role that decided, as
    the delegation rules name it, never the name of a person.
    """

    beslut_id: UUID
    insatsform: Insatsform
    lagrum: Lagrum
    bifall: StrictBool
    beslutsniva: Beslutsniva
    beslutsfattare: Benamning
    galler_fran: Dag | None = None
    galler_till: Dag | None = None


class BeslutAndrat(Handelse, typ="beslut.andrat"):
    """From ``datum`` the decision says this instead; what is absent no longer holds."""

    beslut_id: UUID
    insatsform: Insatsform
    lagrum: Lagrum
    beslutsniva: Beslutsniva
    beslutsfattare: Benamning
    galler_fran: Dag | None = None
    galler_till: Dag | None = None


class BeslutVerkstallt(Handelse, typ="beslut.verkstallt"):
    """What was granted began to be given.

    A service of the case that names the decision says so by itself; for a placement, a stream of its own, this is sent.
    """

    beslut_id: UUID


class VerkstallighetAvbruten(Handelse, typ="verkstallighet.avbruten"):
    """What was granted ceased to be given while the decision is still in force (SoL 34:1)."""

    beslut_id: UUID


class BeslutUpphort(Handelse, typ="beslut.upphort"):
    """The decision ceased to be in force."""

    beslut_id: UUID
    orsak: Upphorandeorsak


class ErbjudandeAvbojt(Handelse, typ="erbjudande.avbojt"):
    """The person said no to what was offered in order to effect the decision."""

    beslut_id: UUID
    utforare_id: UUID | None = None


class ForfraganAvbojd(Handelse, typ="forfragan.avbojd"):
    """A provider that was asked to effect the decision said no."""

    beslut_id: UUID
    orsak: Avbojandeorsak
    utforare_id: UUID | None = None


class BeslutOverklagat(Handelse, typ="beslut.overklagat"):
    """The decision was appealed to a court; a further appeal to a higher court has an id of its own."""

    overklagande_id: UUID
    beslut_id: UUID
    instans: Instans
    foretradare: Foretradare


class OverklagandeAvgjort(Handelse, typ="overklagande.avgjort"):
    """The court ruled; ``timmar`` is the work of the one who spoke for the board."""

    overklagande_id: UUID
    utfall: Domslut
    timmar: Timmar | None = None


# Service without care days -------------------------------------------------------------------------------------------


class InsatsPaborjad(Handelse, typ="insats.paborjad"):
    """A service without care days began; ``enhet`` is the unit that gives it, ``inriktning`` a local name of the work.

    Without needs assessment (``behovsprovad`` false, SoL 11:5) it rests on no decision.
    """

    insats_id: UUID
    insatsform: Insatsform
    behovsprovad: StrictBool
    regi: Regi
    beslut_id: UUID | None = None
    enhet: Benamning | None = None
    utforare_id: UUID | None = None
    inriktning: Benamning | None = None


class InsatsPausad(Handelse, typ="insats.pausad"):
    """From ``datum`` the service is not given for the time being."""

    insats_id: UUID


class InsatsAterupptagen(Handelse, typ="insats.aterupptagen"):
    """From ``datum`` the service is given again."""

    insats_id: UUID


class InsatsAvslutad(Handelse, typ="insats.avslutad"):
    """The service ended; ``datum`` is the first day it is not given."""

    insats_id: UUID
    planerat: StrictBool
    orsak: Insatsslut


class InsatsuppfoljningGjord(Handelse, typ="insatsuppfoljning.gjord"):
    """How the service went, judged when it was over or near its end."""

    insats_id: UUID
    mal_uppnadda: Maluppfyllelse
    arbetade_med_problematiken: StrictBool


# What holds in the case from a day on --------------------------------------------------------------------------------


class EnhetAndrad(Handelse, typ="enhet.andrad"):
    """From ``datum`` another unit has the case."""

    enhet: Benamning


class ProblematikAngiven(Handelse, typ="problematik.angiven"):
    """From ``datum`` these are the person's troubles: all of them, in place of what was said before."""

    koder: tuple[Problematik, ...]

    @model_validator(mode="after")
    def _en_gang_var(self) -> Self:
        if len(set(self.koder)) != len(self.koder):
            msg = "koder ska ange varje problematik en gång"
            raise ValueError(msg)
        return self


class StatusAndrad(Handelse, typ="status.andrad"):
    """From ``datum`` the unaccompanied child is the board's responsibility on this ground."""

    status: Ensamkommandestatus


class AnsvarOvertaget(Handelse, typ="ansvar.overtaget"):
    """The board took over the responsibility for the person."""

    fran: Ansvarspart


class AnsvarOverlamnat(Handelse, typ="ansvar.overlamnat"):
    """The board's responsibility for the person ceased; ``till`` is absent where nobody has it after (came of age)."""

    orsak: Overlamningsorsak
    till: Ansvarspart | None = None


# Beside the course of the case ---------------------------------------------------------------------------------------


class SamverkanGenomford(Handelse, typ="samverkan.genomford"):
    """The board met others about the person."""

    slag: Samverkansslag


class AvvikelseRapporterad(Handelse, typ="avvikelse.rapporterad"):
    """Somebody reported that something had gone wrong in the case (lex Sarah: SoL 27:2)."""

    avvikelse_id: UUID
    slag: Avvikelseslag
    omrade: Avvikelseomrade


class ArendeAvslutat(Handelse, typ="arende.avslutat"):
    """The case was closed."""

    orsak: Arendeslut


class ArendeAteroppnat(Handelse, typ="arende.ateroppnat"):
    """A closed case was opened again."""
