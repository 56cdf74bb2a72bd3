"""The composition root: the only place where the parts are joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from application.commands import Registrator
from application.importera import Importor
from application.ledger import Liggaren
from application.ports import Huvudbok, Klocka
from application.queries import Fragor
from application.replay import Ombyggare
from application.verification import Verifierare
from infrastructure import rights
from infrastructure.database import oppna
from infrastructure.dberrors import som_liggarens
from infrastructure.huvudbok import Bok
from infrastructure.mapper import Kuvertmappare
from infrastructure.measures import Matverk
from infrastructure.ombyggnad import Faktabyggare
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
    klocka: Klocka
    svagheter: Callable[[], tuple[str, ...]]
    """Tells what the database lets the ledger do that it need not, as sentences for whoever runs it."""
    stang: Callable[[], None]

    def importor(self, kommun: str | None = None) -> Importor:
        """Return an importer; ``kommun`` fills in where an event lacks it."""
        return Importor(self.huvudbok, self.klocka, kommun=kommun)


def koppla(databas: str, *, klocka: Klocka = utc_nu, skapa: bool = True, krav_pa_fakta: bool = True) -> Tjanster:
    """Open a ledger and join its parts; see ``infrastructure.database.oppna``.

    Raises:
        OsakerDatabas: the database cannot be opened safely.
    """
    motor = oppna(databas, skapa=skapa, krav_pa_fakta=krav_pa_fakta)
    recorder, mappare = Recorder(motor, klocka), Kuvertmappare()
    bok = Bok(recorder, mappare)

    def svagheter() -> tuple[str, ...]:
        with recorder.lasning() as forbindelse:
            return rights.svagheter(forbindelse)

    def stang() -> None:
        liggaren.close()
        motor.dispose()

    liggaren = Liggaren(mappare, recorder)
    fragor, ombyggare = Fragor(bok, Matverk(recorder)), Faktabyggare(recorder, motor.url)
    return Tjanster(
        liggaren, bok, Registrator(bok, klocka), fragor, ombyggare, Granskare(recorder), klocka, svagheter, stang
    )  # fmt: skip


def ge_rattigheter(databas: str, roll: str) -> None:
    """Let a role run the ledger of a PostgreSQL database and do no more; whoever calls owns the ledger.

    Raises:
        OsakerDatabas: the database has no such role, or none that rights can hold back.
    """
    motor = oppna(databas, skapa=True)
    try:
        with som_liggarens(), motor.execution_options(liggare_skriv=True).begin() as forbindelse:
            rights.ge_rattigheter(forbindelse, roll)
    finally:
        motor.dispose()
