"""Recording one event: read the stream, decide, append – in one transaction, idempotent by ``handelseId``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from application.behorighet.matris import Avgorande
from application.envelope import Forslag, Kuvert
from application.personskydd import akt_for, bakom_pseudonym, identiteter
from application.ports import Huvudbok, Klocka, TidenGarBaklanges, TystHandelse
from application.strom import Beslutsstrom, Strom
from domain.fel import AktenArGallrad, Regelbrott
from domain.tid import ogonblick_av, svensk_dag


class Utfall(StrEnum):
    """What became of a proposed event."""

    REGISTRERAD = "registrerad"
    """It is recorded now."""
    REDAN_REGISTRERAD = "redanRegistrerad"
    """The same event was recorded before under the same id; nothing changed."""
    OFORANDRAT = "oforandrat"
    """The stream already says exactly this; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Kvitto:
    """The answer to a recorded event.

    Attributes:
        version: the stream's number of entries when the event is in it.
        position: place in the log; None where nothing was recorded.
        lov: the evidence leaf.
    """

    utfall: Utfall
    strom: UUID
    version: int
    position: int | None = None
    registrerad: datetime | None = None
    lov: bytes = b""


class HandelseIdUpptaget(Regelbrott):
    """An event id names one event for ever; which, is told only where the stream is the sender's own."""

    mall = "handelseId {handelse_id} är redan använt för {vad}."
    falt = "handelseId"


class StrommenHarEnAnnanVersion(Regelbrott):
    """The sender takes the stream to be another than it is by now."""

    mall = "Strömmen {strom} har version {version}, inte den som anges ({angiven}). Läs den igen och pröva på nytt."
    falt = "strommen"


@dataclass(frozen=True, slots=True)
class Versionsvillkor:
    """Which versions of its stream an event may be recorded upon; a stream that has not begun has version 0.

    Attributes:
        versioner: these; None: any that has begun.
    """

    versioner: frozenset[int] | None = None

    def prova(self, strom: UUID, version: int) -> None:
        """Refuse a stream of another version.

        Raises:
            StrommenHarEnAnnanVersion: it is of another.
        """
        if version == 0 if self.versioner is None else version not in self.versioner:
            angiven = "någon" if self.versioner is None else ", ".join(map(str, sorted(self.versioner))) or "en annan"
            raise StrommenHarEnAnnanVersion(strom=strom, version=version, angiven=angiven)


class Obehorig(Exception):
    """Whoever sends an event may not record it; what it says is not judged.

    Attributes:
        avgorande: what the matrix says.
    """

    def __init__(self, avgorande: Avgorande) -> None:
        """Give what the matrix says."""
        super().__init__(avgorande.skal)
        self.avgorande = avgorande


Provning = Callable[[Forslag, Sequence[Kuvert]], None]
"""Tries whether an event may be recorded by whoever sends it, given what its stream holds; raises ``Obehorig``."""


class RegistreradIFramtiden(Regelbrott):
    """A migration states when something was learnt, which cannot be later than now."""

    mall = "Tidpunkten registrerad {registrerad} ligger efter nu ({nu})."
    falt = "registrerad"


class StrommenHorTillEnAnnanSamling(Regelbrott):
    """A stream id belongs to one collection."""

    mall = "Strömmen {strom} hör till samlingen {samling}."
    falt = "samling"


def kontrollera_kand(tidigare: Kuvert, forslag: Forslag) -> Kvitto:
    """Return the receipt of an event that is already recorded under its id.

    Raises:
        HandelseIdUpptaget: the id was used for something else.
    """
    vad = _annat(tidigare, forslag)
    if vad is not None:
        raise HandelseIdUpptaget(handelse_id=forslag.handelse_id, vad=vad)
    return Kvitto(
        Utfall.REDAN_REGISTRERAD,
        tidigare.originator_id,
        tidigare.originator_version,
        tidigare.position,
        tidigare.registrerad,
        tidigare.lov,
    )


def _annat(tidigare: Kuvert, forslag: Forslag) -> str | None:
    """Return what an id was used for, where it is something else than a proposal; None: the same."""
    if tidigare.originator_id != forslag.strom:
        return "en händelse i en annan ström"
    if tidigare.gallrad:  # what it said is gone, so no more can be asked of a repetition than that it is of its kind
        samma = type(tidigare.handelse) is type(forslag.handelse)
    else:
        samma = tidigare.handelse == forslag.handelse
    if not samma or tidigare.forslag.rattar != forslag.rattar:
        return f"en annan händelse i strömmen ({tidigare.handelse.typ})"
    ursprung = (tidigare.forslag.kalla, tidigare.forslag.extern_id)
    if tidigare.gallrad or ursprung == (forslag.kalla, forslag.extern_id):
        return None
    kalla, extern_id = ("saknas" if ett is None else f"”{ett}”" for ett in ursprung)
    return f"samma händelse med ett annat ursprung (kalla {kalla}, externId {extern_id})"


def tyst(strom: Beslutsstrom, forslag: Forslag, avtryck: bytes) -> TystHandelse:
    """Return what is remembered of a proposal that said nothing new, given the hash that a repetition is known by.

    Without it a file that is imported again could record the repetition later, when the stream no longer says the same.
    """
    en_akt = akt_for(strom, forslag) or strom.id
    return TystHandelse(forslag.handelse_id, forslag.strom, strom.version, avtryck, en_akt)


def avtryck_av(forslag: Forslag) -> bytes:
    """Return the hash that a repetition of a proposal is known by."""
    delar = (forslag.handelse_id.bytes, forslag.strom.bytes, forslag.rattar.bytes if forslag.rattar else b"")
    # As it was sent and without what it leaves out: neither a later version nor a new optional field changes the hash.
    sant = forslag.tidigare or forslag.handelse
    innehall = f"{sant.typ} {sant.model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True)}".encode()
    return sha256(b"".join((*delar, innehall))).digest()


def kontrollera_tyst(tidigare: TystHandelse, avtryck: bytes) -> Kvitto:
    """Return the receipt of a proposal that said nothing new when it was first sent, given the hash of what came now.

    Raises:
        HandelseIdUpptaget: the id was used for something else.
    """
    if tidigare.avtryck and avtryck != tidigare.avtryck:
        raise HandelseIdUpptaget(handelse_id=tidigare.handelse_id, vad="en annan händelse, som inget nytt sade")
    return Kvitto(Utfall.OFORANDRAT, tidigare.strom, tidigare.version)


class Registrator:
    """Records events one at a time."""

    def __init__(self, huvudbok: Huvudbok, klocka: Klocka) -> None:
        """Use a log and a clock."""
        self._huvudbok = huvudbok
        self._klocka = klocka

    def registrera(
        self, forslag: Forslag, villkor: Versionsvillkor | None = None, provning: Provning | None = None
    ) -> Kvitto:
        """Decide on a proposed event and record it.

        Sending the same event again answers as the first time and changes nothing, whatever the stream has become.

        Raises:
            Obehorig: whoever sends it may not, whether or not somebody else has recorded it already.
            StrommenHarEnAnnanVersion: the stream is not of a version that the condition allows.
            AktenArGallrad: it belongs to a file that has been erased.
            Regelbrott: a rule refuses the event; nothing is recorded.
            TidenGarBaklanges: a stated registration time lies before the ledger's last.
        """
        with self._huvudbok.skrivning() as bok:
            kand, var_tyst, i_strommen, gallrad = bok.tidigare(forslag.handelse_id, forslag.strom)
            sant, (forslag,) = forslag, bakom_pseudonym([forslag], bok.pseudonymer(identiteter([forslag])))
            if provning is not None and not _egen_upprepning(kand, forslag):
                provning(sant, i_strommen)
            if kand is not None:
                return kontrollera_kand(kand, forslag)
            if var_tyst is not None:
                return kontrollera_tyst(var_tyst, bok.avtryck(avtryck_av(sant)))
            strom = oppna_strom(forslag, i_strommen)
            if villkor is not None:
                villkor.prova(strom.id, strom.version)
            if gallrad:
                raise AktenArGallrad(akt=strom.id)
            nu = self._klocka()
            if not strom.besluta(forslag, svensk_dag(registreringstid(forslag, nu, bok.senast_registrerad))):
                bok.minns_tysta([tyst(strom, forslag, bok.avtryck(avtryck_av(sant)))])
                return Kvitto(Utfall.OFORANDRAT, strom.id, strom.version)
            akt = akt_for(strom, forslag)
            if akt is not None and bok.ar_gallrad(akt):
                raise AktenArGallrad(akt=akt)
            kuvert = Kuvert(strom.id, strom.version + 1, forslag, bok.antal() + 1, akt=akt)
            andring = strom.anteckna(kuvert.notering())
            (inskriven,) = bok.skriv([kuvert], [andring], nu)
            tid = ogonblick_av(inskriven.registrerad)
            return Kvitto(Utfall.REGISTRERAD, strom.id, strom.version, inskriven.position, tid, inskriven.lov)


def _egen_upprepning(kand: Kuvert | None, forslag: Forslag) -> bool:
    """Return whether a proposal is what the same sender has recorded: its receipt tells it nothing that is new.

    Its right may have ended with that very event, which gave the case to another unit.
    """
    return kand is not None and kand.forslag.aktor == forslag.aktor and _annat(kand, forslag) is None


def registreringstid(forslag: Forslag, nu: datetime, senast: datetime | None) -> datetime:
    """Return when the ledger learns of a proposal: now, or when a migration says it was learnt.

    Args:
        forslag: the proposal.
        nu: the instant now.
        senast: the ledger's last registration.

    Raises:
        RegistreradIFramtiden: the migration says later than now.
        TidenGarBaklanges: it says earlier than the last registration.
    """
    angiven = forslag.registrerad
    if angiven is None:
        return nu
    if angiven > nu:
        raise RegistreradIFramtiden(registrerad=angiven.isoformat(), nu=nu.isoformat(timespec="seconds"))
    if senast is not None and angiven < senast:
        raise TidenGarBaklanges(angiven, senast)
    return angiven


def oppna_strom(forslag: Forslag, kuvert: list[Kuvert]) -> Strom:
    """Return the stream a proposal is about, with its entries.

    Raises:
        StrommenHorTillEnAnnanSamling: the id belongs to a stream of another collection.
    """
    strom = Strom(kuvert[0].forslag.samling if kuvert else forslag.samling, forslag.strom)
    kontrollera_samling(strom, forslag)
    for ett in kuvert:
        strom.anteckna(ett.notering())
    return strom


def kontrollera_samling(strom: Beslutsstrom, forslag: Forslag) -> None:
    """Refuse a proposal that puts a stream in another collection than it belongs to.

    Raises:
        StrommenHorTillEnAnnanSamling: it does.
    """
    if strom.samling is not forslag.samling:
        raise StrommenHorTillEnAnnanSamling(strom=strom.id, samling=strom.samling.value)
