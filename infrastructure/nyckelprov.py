"""Finding a ledger's key ring, and refusing any other: a ledger keeps something that only its own ring opens."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from application.ports import OsakerDatabas
from infrastructure.dberrors import som_liggarens
from infrastructure.keyring import NyckelnPassarInte, NyckelnSaknas, Nyckelring, las_nyckelfil, skapa_nyckelfil
from infrastructure.rows import Fragesats
from infrastructure.sqlite import i_minnet
from infrastructure.tables import akter, nyckelprov

_PROV = select(nyckelprov.c.prov)
_EN_AKT = select(akter.c.akt, akter.c.nyckel).where(akter.c.nyckel.is_not(None)).limit(1)
_PROV_I_FARTEN = Fragesats(_PROV, ())


def vanlig_nyckelfil(motor: Engine) -> Path | None:
    """Return where a ledger's key ring is kept if nobody says: where the environment does, or beside an SQLite file."""
    angiven = os.environ.get("LIGGARE_NYCKEL")
    if angiven:
        return Path(angiven)
    if motor.dialect.name != "sqlite" or i_minnet(motor.url):
        return None
    return Path(f"{motor.url.database}.nyckel")


def kravd_nyckelfil(motor: Engine, nyckelfil: Path | None) -> Path:
    """Return where a ledger's key ring is kept: where somebody says, or where it is if nobody does.

    Raises:
        OsakerDatabas: nobody says, and it is kept nowhere then.
    """
    fil = nyckelfil or vanlig_nyckelfil(motor)
    if fil is None:
        raise OsakerDatabas("nyckelfil", "inte angiven", "angiven med --nyckelfil eller LIGGARE_NYCKEL")
    return fil


@som_liggarens()
def las_ringen(motor: Engine, nyckelfil: Path | None) -> tuple[Nyckelring, Path | None]:
    """Return the key ring of a ledger, and the file if it was made now: a new ledger without one gets a new ring.

    Raises:
        OsakerDatabas: the ring is missing, cannot be read or is another ledger's.
        Databasfel: what the ledger knows it by cannot be read.
    """
    ring, ny, fil = _ringen(motor, nyckelfil, har_ring=_har_ring(motor))
    if not _ar_liggarens(motor, ring):
        raise OsakerDatabas("nyckelfil", str(fil), "den nyckelfil som liggaren skrevs med")
    return ring, ny


def ringen_for_uppgradering(motor: Engine, nyckelfil: Path | None) -> tuple[Nyckelring, Path | None]:
    """Return the key ring of a ledger that may be from before there was one; ``las_ringen`` says the rest."""
    if inspect(motor).has_table(nyckelprov.name):
        return las_ringen(motor, nyckelfil)
    ring, ny, _ = _ringen(motor, nyckelfil, har_ring=False)
    return ring, ny


def _ringen(motor: Engine, nyckelfil: Path | None, *, har_ring: bool) -> tuple[Nyckelring, Path | None, Path | None]:
    """Return the ring that is found or made, the file if it was made now, and the file it is kept in."""
    if motor.dialect.name == "sqlite" and nyckelfil is None and vanlig_nyckelfil(motor) is None:
        return Nyckelring.ny(), None, None
    fil = kravd_nyckelfil(motor, nyckelfil)
    if har_ring or fil.exists():
        return las_nyckelfil(fil), None, fil
    with suppress(FileExistsError):  # somebody else opens the same new ledger
        skapa_nyckelfil(fil)
    return las_nyckelfil(fil), fil, fil


def stall_prov(forbindelse: Connection, ring: Nyckelring) -> None:
    """Let a ledger know its ring again; the caller holds the write lock."""
    forbindelse.execute(insert(nyckelprov).values(prov=ring.prov()))


def krav_pa_nyaste(forbindelse: Connection, ring: Nyckelring) -> None:
    """See that a ring's newest key is still the ledger's, before anything is wrapped by it.

    It may be newer: a change of keys that was interrupted has put it in the file and not come to the ledger.

    Raises:
        NyckelnSaknas: the key has been changed since this program opened the ledger, and the old one may be destroyed.
    """
    if not all(ring.ar_nyast(prov) or ring.kanns_igen(prov) for (prov,) in _PROV_I_FARTEN.rader(forbindelse)):
        raise NyckelnSaknas


def _har_ring(motor: Engine) -> bool:
    with motor.begin() as forbindelse:
        return forbindelse.execute(_PROV).first() is not None


def _ar_liggarens(motor: Engine, ring: Nyckelring) -> bool:
    if not _har_ring(motor):
        with motor.execution_options(liggare_skriv=True).begin() as forbindelse:
            if not _oppnar_akterna(forbindelse, ring):
                return False
            if forbindelse.execute(_PROV).first() is None:  # nobody else did while we waited for the lock
                stall_prov(forbindelse, ring)
    with motor.begin() as forbindelse:
        return all(ring.kanns_igen(prov) for prov in forbindelse.scalars(_PROV))


def _oppnar_akterna(forbindelse: Connection, ring: Nyckelring) -> bool:
    """Return whether a ring opens the files there are: a ledger that has lost its proof is no new ledger."""
    for akt, nyckel in forbindelse.execute(_EN_AKT):
        try:
            ring.oppna_nyckel(nyckel, akt)
        except NyckelnPassarInte:
            return False
    return True
