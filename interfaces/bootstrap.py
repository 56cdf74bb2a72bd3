"""The composition root: the only place where the parts are joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from application.commands import Registrator
from application.gallring import Gallring
from application.importera import Importor
from application.ledger import Liggaren
from application.ports import Huvudbok, Klocka
from application.queries import Fragor
from application.replay import Framsteg, Ombyggare, Ombyggnad, Skede
from application.verification import Verifierare
from infrastructure import faktaform, migrering
from infrastructure.database import oppna
from infrastructure.gallring import Forstorare
from infrastructure.huvudbok import Bok
from infrastructure.mapper import Kuvertmappare
from infrastructure.measures import Matverk
from infrastructure.nyckelprov import las_ringen
from infrastructure.ombyggnad import Faktabyggare
from infrastructure.personregister import slumpat_pseudonym
from infrastructure.recorder import Recorder, utc_nu
from infrastructure.verification import Granskare


@dataclass(frozen=True)
class Tjanster:
    """Everything the command line and the HTTP interface use."""

    liggaren: Liggaren
    huvudbok: Huvudbok
    registrator: Registrator
    fragor: Fragor
    ombyggare: Ombyggare
    verifierare: Verifierare
    gallring: Gallring
    klocka: Klocka
    stang: Callable[[], None]
    ny_nyckelfil: Path | None = None

    def importor(self, kommun: str | None = None) -> Importor:
        """Return an importer; ``kommun`` fills in where an event lacks it."""
        return Importor(self.huvudbok, self.klocka, kommun=kommun)


def koppla(
    databas: str,
    *,
    klocka: Klocka = utc_nu,
    skapa: bool = True,
    krav_pa_fakta: bool = True,
    nyckelfil: Path | None = None,
    nytt_pseudonym: Callable[[UUID], UUID] = slumpat_pseudonym,
) -> Tjanster:
    """Open a ledger and join its parts; see ``infrastructure.database.oppna``.

    Args:
        databas: a file, ``:memory:`` or an address.
        klocka: tells the time.
        skapa: whether a ledger that is missing is made.
        krav_pa_fakta: whether its facts must be those that this program derives.
        nyckelfil: its key ring; beside the file by default, and made with a new ledger.
        nytt_pseudonym: makes the pseudonym of an identity.

    Raises:
        OsakerDatabas: the database cannot be opened safely, or the key ring is not its own.
    """
    motor = oppna(databas, skapa=skapa, krav_pa_fakta=krav_pa_fakta)
    ring, ny_nyckelfil = las_ringen(motor, nyckelfil)
    recorder, mappare = Recorder(motor, klocka, ring, nytt_pseudonym), Kuvertmappare()
    bok = Bok(recorder, mappare)

    def stang() -> None:
        liggaren.close()
        motor.dispose()

    liggaren = Liggaren(mappare, recorder)
    fragor, ombyggare = Fragor(bok, Matverk(recorder)), Faktabyggare(recorder, motor.url)
    gallring = Gallring(Forstorare(motor, recorder, bok, klocka))
    return Tjanster(
        liggaren, bok, Registrator(bok, klocka), fragor, ombyggare, Granskare(recorder), gallring, klocka, stang,
        ny_nyckelfil,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uppgradering:
    """What an upgrade came to: schema steps taken, and the facts built anew, if they had to be."""

    steg: int
    ombyggnad: Ombyggnad | None


def uppgradera(databas: str, framsteg: Framsteg, skede: Skede) -> Uppgradering:
    """Make a ledger of an older version one of today's: step by step, and then the facts anew.

    Raises:
        OsakerDatabas: the database cannot be opened safely, or is of a newer version.
    """
    motor = oppna(databas, skapa=False, krav_pa_version=False, krav_pa_fakta=False)
    try:
        steg = migrering.uppgradera(motor, framsteg, skede)
        with motor.begin() as forbindelse:
            behover_byggas = not faktaform.duger(forbindelse)
    finally:
        motor.dispose()
    if not behover_byggas:
        return Uppgradering(steg, None)
    tjanster = koppla(databas, skapa=False, krav_pa_fakta=False)
    try:
        return Uppgradering(steg, tjanster.ombyggare.bygg_om(framsteg, skede))
    finally:
        tjanster.stang()
