"""The composition root: the only place where the parts are joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from application.atkomst import Atkomstlogg
from application.commands import Registrator
from application.forklara import Forklarare
from application.framsteg import Framsteg, Skede
from application.gallring import Gallring
from application.importera import Importor
from application.ledger import Liggaren
from application.ombyggnad import Ombyggare, Ombyggnad
from application.oppna import Oppnare
from application.ports import Faktahistorik, Faktaoppning, Huvudbok, Klocka
from application.queries import Fragor
from application.redovisning import Redovisning
from application.rojandekontroll import SkyddadeFakta, SkyddadRedovisning
from application.verification import Verifierare
from infrastructure import faktaform, migrering, nyckelbyte, rights, sqlite
from infrastructure.atkomstlogg import Atkomstbok
from infrastructure.database import oppna, oppnad
from infrastructure.dberrors import som_liggarens
from infrastructure.delprocess import antal_karnor
from infrastructure.faktahistorik import Faktakolumner
from infrastructure.gallring import Forstorare
from infrastructure.huvudbok import Bok
from infrastructure.importprocess import i_annan_process
from infrastructure.mapper import Kuvertmappare
from infrastructure.nyckelprov import las_ringen, ringen_for_uppgradering
from infrastructure.ombyggnad import Faktabyggare
from infrastructure.oppning import Faktaoppnare
from infrastructure.personregister import slumpat_pseudonym
from infrastructure.recorder import Recorder, utc_nu
from infrastructure.verification import Liggarverifierare

if TYPE_CHECKING:
    from application.prognos.tjanst import Prognostiserare


@dataclass(frozen=True)
class Tjanster:
    """Everything the command line and the HTTP interface use."""

    liggaren: Liggaren
    huvudbok: Huvudbok
    registrator: Registrator
    fragor: Fragor
    redovisning: Redovisning
    fakta: Faktaoppning
    oppnare: Oppnare
    forklarare: Forklarare
    ge_prognostiserare: Callable[[], Prognostiserare]
    """Returns what answers forecasts, loaded when somebody asks for one: with arrays it takes a fifth of a second."""
    ombyggare: Ombyggare
    verifierare: Verifierare
    gallring: Gallring
    atkomstlogg: Atkomstlogg
    klocka: Klocka
    svagheter: Callable[[], tuple[str, ...]]
    """Tells what the database lets the ledger do that it need not, as sentences for whoever runs it."""
    stang: Callable[[], None]
    ny_nyckelfil: Path | None = None

    @property
    def prognostiserare(self) -> Prognostiserare:
        """Return what answers forecasts."""
        return self.ge_prognostiserare()

    def importor(self, kommun: str | None = None, processer: int | None = None) -> Importor:
        """Return an importer; ``kommun`` fills in where an event lacks it. See ``Importor``.

        Where there is one core, two processes would only wait for each other.
        """
        processer = processer or (1 if antal_karnor() == 1 else None)
        return Importor(self.huvudbok, self.klocka, kommun=kommun, i_annan_process=i_annan_process, processer=processer)

    def under_skydd(self) -> Tjanster:
        """Return the services of those who may count but not meet anybody: small figures kept, single facts not met."""
        utom: Any = UtomRackhall()
        return replace(
            self,
            fragor=Fragor(self.huvudbok, SkyddadeFakta(self.fakta)),
            redovisning=SkyddadRedovisning(self.huvudbok, self.fakta),
            fakta=utom,
            oppnare=utom,
            forklarare=utom,
            ge_prognostiserare=partial(_skyddad_prognostiserare, self),
        )


class UtomRackhall:
    """Stands where there is something that must not be used."""

    def __getattr__(self, namn: str) -> NoReturn:
        """Refuse; a route that comes here reveals more than it says that it does."""
        msg = f"{namn} must not be used under disclosure control"
        raise PermissionError(msg)


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
    try:
        ring, ny_nyckelfil = las_ringen(motor, nyckelfil)
    except Exception:
        motor.dispose()
        raise
    recorder, mappare = Recorder(motor, klocka, ring, nytt_pseudonym), Kuvertmappare()
    bok = Bok(recorder, mappare)
    liggaren = Liggaren(mappare, recorder)
    fakta, ombyggare = Faktaoppnare(recorder), Faktabyggare(recorder, motor.url)
    gallring = Gallring(Forstorare(motor, recorder, bok, klocka))
    return Tjanster(
        liggaren, bok, Registrator(bok, klocka), Fragor(bok, fakta), Redovisning(bok, fakta),
        fakta, Oppnare(bok, fakta), Forklarare(bok, fakta), partial(_prognostiserare, bok, Faktakolumner(recorder)),
        ombyggare, Liggarverifierare(recorder), gallring, Atkomstbok(recorder, klocka), klocka,
        partial(_svagheter, recorder), partial(_stang, liggaren, motor.dispose), ny_nyckelfil,
    )  # fmt: skip


def _prognostiserare(huvudbok: Huvudbok, historik: Faktahistorik) -> Prognostiserare:
    from application.prognos.tjanst import Prognostiserare  # noqa: PLC0415 - see Tjanster.ge_prognostiserare

    return Prognostiserare(huvudbok, historik)


def _skyddad_prognostiserare(oskyddade: Tjanster) -> Prognostiserare:
    from application.prognos.skydd import SkyddadPrognostiserare  # noqa: PLC0415 - see Tjanster.ge_prognostiserare

    return SkyddadPrognostiserare(oskyddade.huvudbok, oskyddade.prognostiserare.historik)


def _svagheter(recorder: Recorder) -> tuple[str, ...]:
    with recorder.lasning() as forbindelse:
        return rights.svagheter(forbindelse)


def _stang(liggaren: Liggaren, slapp_databasen: Callable[[], None]) -> None:
    liggaren.close()
    slapp_databasen()


@dataclass(frozen=True, slots=True)
class Uppgradering:
    """What an upgrade came to: schema steps taken, and the facts built anew, if they had to be."""

    steg: int
    ombyggnad: Ombyggnad | None
    ny_nyckelfil: Path | None = None


def uppgradera(databas: str, framsteg: Framsteg, skede: Skede, nyckelfil: Path | None = None) -> Uppgradering:
    """Make a ledger of an older version one of today's: step by step, and then the facts anew.

    Raises:
        OsakerDatabas: the database cannot be opened safely, or is of a newer version.
    """
    with oppnad(databas, skapa=False, krav_pa_version=False, krav_pa_fakta=False) as motor:
        ring, ny = ringen_for_uppgradering(motor, nyckelfil)
        steg = migrering.uppgradera(motor, framsteg, skede, ring)
        with motor.begin() as forbindelse:
            behover_byggas = not faktaform.duger(forbindelse)
    if not behover_byggas:
        return Uppgradering(steg, None, ny)
    tjanster = koppla(databas, skapa=False, krav_pa_fakta=False, nyckelfil=nyckelfil)
    try:
        return Uppgradering(steg, tjanster.ombyggare.bygg_om(framsteg, skede), ny)
    finally:
        tjanster.stang()


def byt_nyckel(databas: str, nyckelfil: Path | None, framsteg: Framsteg) -> int:
    """Change the key-encryption key of a ledger; see ``infrastructure.nyckelbyte``."""
    with oppnad(databas, skapa=False, krav_pa_fakta=False) as motor:
        return nyckelbyte.byt(motor, nyckelfil, framsteg)


def forstor_aldre_nycklar(databas: str, nyckelfil: Path | None) -> int:
    """Destroy the keys of a ledger that have been changed; see ``infrastructure.nyckelbyte``."""
    with oppnad(databas, skapa=False, krav_pa_fakta=False) as motor:
        return nyckelbyte.forstor_aldre(motor, nyckelfil)


def ta_bort(fil: Path) -> None:
    """Remove a ledger in a file for good; see ``infrastructure.sqlite.ta_bort``."""
    sqlite.ta_bort(fil)


def ge_rattigheter(databas: str, roll: str) -> None:
    """Let a role run the ledger of a PostgreSQL database and do no more; whoever calls owns the ledger.

    Raises:
        OsakerDatabas: the database has no such role, or none that rights can hold back.
    """
    with (
        oppnad(databas, skapa=True) as motor,
        som_liggarens(),
        motor.execution_options(liggare_skriv=True).begin() as forbindelse,
    ):
        rights.ge_rattigheter(forbindelse, roll)
