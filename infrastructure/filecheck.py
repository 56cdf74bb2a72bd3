"""The files of persons: what has been erased is gone, what has not is there, and every personal part opens."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any
from uuid import UUID

import orjson
from eventsourcing.persistence import MapperDeserialisationError
from pydantic.alias_generators import to_camel
from sqlalchemy import Connection, Select, and_, case, or_, select

from application.verification import Brist
from domain.handelse import HANDELSETYPER
from domain.personuppgift import personfalt
from infrastructure.aktskap import AKTEN, PERSONDELEN_BORTA, Fack, oppna
from infrastructure.evidence import atagande
from infrastructure.keyring import NyckelnPassarInte, Nyckelring
from infrastructure.mapper import URSPRUNG
from infrastructure.rowsum import gallringssumma
from infrastructure.tables import akter, gallringar, handelser, personakter, personer

_h = handelser.c
_SAKNAS = and_(PERSONDELEN_BORTA, akter.c.gallrad.is_(None))
_KVAR = and_(_h.hemligt.is_not(None), akter.c.nyckel.is_(None))


def aktbrister(forbindelse: Connection, ring: Nyckelring) -> Iterator[Brist]:
    """Yield every row whose personal part is missing without having been erased, left after that, or does not open."""
    mening = case(
        (_SAKNAS, "den personliga delen saknas, fast akten inte är gallrad"),
        (_KVAR, "den personliga delen finns kvar, fast akten är gallrad"),
    )
    fraga = _med_akt(select(_h.position, mening.label("mening"))).where(or_(_SAKNAS, _KVAR)).order_by(_h.position)
    for position, varfor in forbindelse.execute(fraga):
        yield Brist(handelser.name, position, varfor)
    # Only what no commitment vouches for is opened: in rows from before there was a personal part.
    fraga = _med_akt(select(handelser, akter.c.nyckel)).where(
        _h.hemligt.is_not(None), _h.hemligt_atagande.is_(None), akter.c.nyckel.is_not(None)
    )
    for rad in forbindelse.execute(fraga.order_by(_h.position)):
        try:
            fack = Fack(rad.akt or rad.strom, rad.handelse_id, rad.strom)
            texter = orjson.loads(oppna(ring, rad.nyckel, fack, rad.hemligt, rad.position))
        except (MapperDeserialisationError, ValueError):
            yield Brist(handelser.name, rad.position, "den personliga delen går inte att öppna")
            continue
        ursprung = texter.get(URSPRUNG)
        if atagande(rad.salt, ursprung.encode() if ursprung else rad.innehall) != rad.atagande:
            yield Brist(handelser.name, rad.position, "innehållet stämmer inte med sitt åtagande")


def registerbrister(forbindelse: Connection, ring: Nyckelring) -> Iterator[Brist]:
    """Yield what is wrong with keys, links and the notes of what has been erased."""
    gallringarna: set[int] = set()
    for vantat, (nr, gallrad, *ovriga, summa) in enumerate(
        forbindelse.execute(select(gallringar).order_by(gallringar.c.nr)), start=1
    ):
        gallringarna.add(gallrad)
        if nr != vantat:
            yield Brist(gallringar.name, None, f"gallring {vantat} saknas")
        if gallringssumma(nr, gallrad, *ovriga) != summa:
            yield Brist(gallringar.name, None, f"gallring {nr} stämmer inte med sin radsumma")
    for akt, nyckel, gallrad in forbindelse.execute(select(akter)):
        if not _ar_gallrad(nyckel, gallrad, gallringarna) and not _oppnas(ring, nyckel, akt, gallrad):
            yield Brist(akter.name, None, f"nyckeln till akten {akt} går inte att öppna")
    registrerade = set()
    for pseudonym, slag, sok, lank, gallrad in forbindelse.execute(select(personer)):
        registrerade.add(pseudonym)
        borta = sok is None and _ar_gallrad(lank, gallrad, gallringarna)
        if not borta and (gallrad is not None or _sokvarde(ring, slag, lank, pseudonym) != sok):
            yield Brist(personer.name, None, f"länken från pseudonymen {pseudonym} stämmer inte")
    ratt, finns = _namngivna(forbindelse), {tuple(rad) for rad in forbindelse.execute(select(personakter))}
    for pseudonym, akt in sorted(ratt ^ finns):
        yield Brist(personakter.name, None, f"raden för {pseudonym} i akten {akt} följer inte av händelserna")
    for pseudonym in sorted({pseudonym for pseudonym, _ in ratt} - registrerade):
        yield Brist(personer.name, None, f"pseudonymen {pseudonym} saknas, fast händelser nämner den")


def _ar_gallrad(hemlighet: bytes | None, gallrad: int | None, gallringarna: Set[int]) -> bool:
    return hemlighet is None and gallrad in gallringarna


def _oppnas(ring: Nyckelring, nyckel: bytes | None, akt: UUID, gallrad: int | None) -> bool:
    try:
        return nyckel is not None and gallrad is None and bool(ring.oppna_nyckel(nyckel, akt))
    except NyckelnPassarInte:
        return False


def _sokvarde(ring: Nyckelring, slag: str, lank: bytes | None, pseudonym: UUID) -> bytes | None:
    """Return what a link's identity is found by; it is there to be compared, so nothing if the link does not open."""
    try:
        return ring.sokvarde(slag, UUID(bytes=ring.linda_upp(lank or b"", pseudonym.bytes)))
    except NyckelnPassarInte:
        return b""


def _namngivna(forbindelse: Connection) -> Set[tuple[UUID, UUID]]:
    """Return the files that events say are about somebody."""
    typer = {typ: falt for typ, klass in HANDELSETYPER.items() if (falt := personfalt(klass).identiteter)}
    fraga = select(_h.typ, _h.strom, _h.akt, _h.innehall).where(_h.typ.in_(typer))
    return {
        (UUID(pseudonym), akt or strom)
        for typ, strom, akt, innehall in forbindelse.execute(fraga, execution_options={"yield_per": 5_000})
        for data in (orjson.loads(innehall),)
        for namn, _ in typer[typ]
        if (pseudonym := data.get(to_camel(namn))) is not None
    }


def _med_akt(fraga: Select[Any]) -> Select[Any]:
    return fraga.join_from(handelser, akter, akter.c.akt == AKTEN, isouter=True)
