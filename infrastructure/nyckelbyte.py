"""Changing the key-encryption key of a ledger: every wrapped secret is wrapped anew, and nothing sealed is touched.

A new key is put in the key file beside the old one, then the secrets in the database are wrapped by it some thousands
at a time, each batch in a transaction of its own; an interrupted change goes on where it was. The old key is destroyed
by a command of its own, when no backup needs it: then every copy that others have of the ledger is unreadable.

The file is read and written by whoever holds the ledger's write lock only: of two that each put a key of their own in
it one would go on wrapping by a key that no file holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Engine, Table, and_, bindparam, delete, func, select, update

from application.framsteg import Framsteg
from application.ports import OsakerDatabas
from infrastructure.dberrors import som_liggarens
from infrastructure.keyring import Nyckelring, behall_nyaste, lagg_till_nyckel, las_nyckelfil
from infrastructure.nyckelprov import kravd_nyckelfil, las_ringen, stall_prov
from infrastructure.tables import akter, nyckelprov, personer

_PER_BUNT = 5_000
_LINDADE = ((akter, akter.c.akt, akter.c.nyckel), (personer, personer.c.pseudonym, personer.c.lank))
"""The tables with wrapped secrets: what a secret is wrapped for, and the secret."""


@som_liggarens()
def byt(motor: Engine, nyckelfil: Path | None, framsteg: Framsteg) -> int:
    """Wrap every secret of a ledger by a new key, or by the newest if a change was interrupted; return how many.

    Raises:
        OsakerDatabas: the key ring is missing or another ledger's.
    """
    with _ringen(motor, nyckelfil) as (forbindelse, fil, nuvarande):
        avbrutet = nuvarande.antal_nycklar > 1 and _antal_aldre(forbindelse, nuvarande)
        ring = nuvarande if avbrutet else lagg_till_nyckel(fil)
        # From now on a program that has the old ring only can wrap nothing.
        forbindelse.execute(delete(nyckelprov))
        stall_prov(forbindelse, ring)
    totalt, klara = aldre(motor, ring), 0
    for tabell, plats, hemlighet in _LINDADE:
        while antal := _linda_om(motor, ring, tabell, plats, hemlighet):
            klara += antal
            framsteg(klara, totalt)
    return klara


@som_liggarens()
def forstor_aldre(motor: Engine, nyckelfil: Path | None) -> int:
    """Destroy the keys that the newest has replaced; return how many.

    Raises:
        OsakerDatabas: something is still wrapped by one of them, or the key ring is missing or another ledger's.
    """
    with _ringen(motor, nyckelfil) as (forbindelse, fil, ring):  # nothing is wrapped meanwhile
        kvar = _antal_aldre(forbindelse, ring)
        if kvar:
            raise OsakerDatabas("nyckelbytet", f"inte klart: {kvar} hemligheter kvar", "klart; kör liggare nyckel byt")
        if ring.antal_nycklar > 1:
            behall_nyaste(fil)
    return ring.antal_nycklar - 1


@contextmanager
def _ringen(motor: Engine, nyckelfil: Path | None) -> Iterator[tuple[Connection, Path, Nyckelring]]:
    """Hold the write lock, and give the ledger's ring as its file has it then."""
    las_ringen(motor, nyckelfil)
    fil = kravd_nyckelfil(motor, nyckelfil)
    with _skrivning(motor) as forbindelse:
        yield forbindelse, fil, las_nyckelfil(fil)


def aldre(motor: Engine, ring: Nyckelring) -> int:
    """Return how many secrets are wrapped by another key than the newest."""
    with motor.begin() as forbindelse:
        return _antal_aldre(forbindelse, ring)


def _antal_aldre(forbindelse: Connection, ring: Nyckelring) -> int:
    hemligheter = (nyckelprov.c.prov, *(hemlighet for _, _, hemlighet in _LINDADE))
    return sum(
        forbindelse.execute(select(func.count()).where(_ar_aldre(hemlighet, ring))).scalar_one()
        for hemlighet in hemligheter
    )


def _ar_aldre(hemlighet: Column[bytes], ring: Nyckelring) -> ColumnElement[bool]:
    namn = ring.nyastes_namn
    return and_(hemlighet.is_not(None), func.substr(hemlighet, 1, len(namn)) != namn)


def _linda_om(motor: Engine, ring: Nyckelring, tabell: Table, plats: Column[UUID], hemlighet: Column[bytes]) -> int:
    with _skrivning(motor) as forbindelse:
        fraga = select(plats, hemlighet).where(_ar_aldre(hemlighet, ring)).limit(_PER_BUNT)
        nya = [
            {"vilken": vad, "ny": ring.linda(ring.linda_upp(gammal, vad.bytes), vad.bytes)}
            for vad, gammal in forbindelse.execute(fraga)
        ]
        if nya:
            sats = update(tabell).where(plats == bindparam("vilken")).values({hemlighet: bindparam("ny")})
            forbindelse.execute(sats, nya)
    return len(nya)


def _skrivning(motor: Engine) -> AbstractContextManager[Connection]:
    return motor.execution_options(liggare_skriv=True).begin()
