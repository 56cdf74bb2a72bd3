"""Destroying what is personal: in the rows first, in one transaction, then in the files of the database.

Overwriting a row leaves its old bytes in write-ahead logs and free pages, so the files are written anew afterwards; an
interruption between the two is remembered (``gallringar.stadad``) and made good by the next call. Copies that others
have taken – backups, archived logs – hold wrapped keys still: they become unreadable when the key ring's key is
changed and the old one is destroyed (ADR 0014).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from application.envelope import Kuvert
from application.gallring import Gallrat, StadningenVantar
from application.ports import DiskenFull, Klocka, LiggarenUpptagen
from domain.handelse import HANDELSETYPER, har_personlig_del
from domain.personuppgift import Personuppgift
from domain.tid import mikrosekunder
from infrastructure import postgres, sqlite
from infrastructure.dberrors import namngivet
from infrastructure.huvudbok import Bok
from infrastructure.recorder import Recorder
from infrastructure.rows import bitar
from infrastructure.rowsum import gallringssumma, tyst_summa
from infrastructure.tables import akter, gallringar, handelser, personakter, personer, tysta

_h = handelser.c
_LASES = "någon annan läser eller skriver i dem"
_HINDER: Mapping[type[Exception], str] = {LiggarenUpptagen: _LASES, DiskenFull: "disken är full"}

_PERSONLIGA = [typ for typ in HANDELSETYPER if har_personlig_del(typ)]

# A row written before there was a personal part has been given one, and its salt is then for what it said as a whole.
_DET_PERSONLIGA: Mapping[str, Any] = {
    "hemligt": None,
    "hemligt_salt": None,
    "salt": case((and_(_h.hemligt_atagande.is_(None), _h.typ.in_(_PERSONLIGA)), None), else_=_h.salt),
}


class Gallringsbok:
    """Implements ``application.gallring.Gallringsskrivning`` on an open write transaction."""

    def __init__(self, forbindelse: Connection, recorder: Recorder, bok: Bok, nu: datetime) -> None:
        """Use a connection that holds the write lock."""
        self._forbindelse = forbindelse
        self._recorder = recorder
        self._bok = bok
        self._nu = mikrosekunder(nu)

    def pseudonymer_for(self, identiteter: Iterable[UUID]) -> Mapping[UUID, UUID]:
        """Return the pseudonyms of the persons that are known."""
        slag = Personuppgift.PERSON.value
        sokvarden = {self._recorder.ring.sokvarde(slag, identitet): identitet for identitet in identiteter}
        fraga = select(personer.c.sok, personer.c.pseudonym).where(personer.c.sok == bindparam("sok"))
        svar = (self._forbindelse.execute(fraga, {"sok": sok}).first() for sok in sokvarden)
        return {sokvarden[rad.sok]: rad.pseudonym for rad in svar if rad is not None}

    def akter_om(self, pseudonymer: Iterable[UUID]) -> Set[UUID]:
        """Return the files that some event, effective or not, says are about somebody."""
        return self._alla(lambda del_: select(personakter.c.akt).where(personakter.c.pseudonym.in_(del_)), pseudonymer)

    def strommar_i(self, akt: UUID) -> Sequence[UUID]:
        """Return the streams that have events in a file."""
        return list(self._forbindelse.scalars(select(_h.strom).where(_i_akterna([akt])).distinct()))

    def i_strommen(self, strom: UUID) -> list[Kuvert]:
        """Return the entries of a stream, in order, with pseudonyms."""
        return self._bok.i_strommen(strom)

    def forstor(self, valda: Collection[UUID], pseudonymer: Collection[UUID], beslut: str | None) -> Gallrat:
        """Destroy what is personal in files, the links of pseudonyms, and the links of those who have no file left."""
        antal_handelser = antal_akter = 0
        for del_ in bitar(valda):
            villkor = and_(_h.hemligt.is_not(None), _i_akterna(del_))
            antal_handelser += self._andra(update(handelser).where(villkor).values(_DET_PERSONLIGA))
            self._glom_tysta(del_)
            fanns = set(self._forbindelse.scalars(select(akter.c.akt).where(akter.c.akt.in_(del_))))
            utan_nyckel = [{"akt": akt, "gallrad": None} for akt in del_ if akt not in fanns]
            if utan_nyckel:
                self._forbindelse.execute(insert(akter), utan_nyckel)
            levande = and_(akter.c.akt.in_(del_), akter.c.gallrad.is_(None))
            antal_akter += self._andra(update(akter).where(levande).values(nyckel=None, gallrad=self._nu))
        antal_personer = self._glom({*pseudonymer, *self._utan_akt(valda)})
        gallrat = Gallrat(antal_personer, antal_akter, antal_handelser)
        self._anteckna(gallrat, beslut)
        return gallrat

    def _glom_tysta(self, valda: Sequence[UUID]) -> None:
        borta = [
            {"b_id": t.handelse_id, "summa": tyst_summa(t.handelse_id.hex, t.strom.hex, t.version, b"", t.akt.hex)}
            for t in self._forbindelse.execute(select(tysta).where(tysta.c.akt.in_(valda)))
        ]
        if borta:
            sats = update(tysta).where(tysta.c.handelse_id == bindparam("b_id"))
            self._forbindelse.execute(sats.values(avtryck=b"", radsumma=bindparam("summa")), borta)

    def _utan_akt(self, gallrade: Iterable[UUID]) -> Set[UUID]:
        """Return those named in erased files who have no other file."""
        annan = personakter.alias()
        levande = exists().where(
            annan.c.pseudonym == personakter.c.pseudonym, annan.c.akt == akter.c.akt, akter.c.gallrad.is_(None)
        )
        return self._alla(
            lambda del_: select(personakter.c.pseudonym).where(personakter.c.akt.in_(del_), ~levande), gallrade
        )

    def _glom(self, pseudonymer: Iterable[UUID]) -> int:
        borta = {"sok": None, "lank": None, "gallrad": self._nu}
        return sum(
            self._andra(
                update(personer).where(personer.c.pseudonym.in_(del_), personer.c.gallrad.is_(None)).values(borta)
            )
            for del_ in bitar(pseudonymer)
        )

    def _anteckna(self, gallrat: Gallrat, beslut: str | None) -> None:
        nr = self._forbindelse.execute(select(func.coalesce(func.max(gallringar.c.nr), 0))).scalar_one() + 1
        position, _ = self._recorder.slutet()
        rad = (nr, self._nu, position, gallrat.personer, gallrat.akter, gallrat.handelser, beslut, None)
        self._forbindelse.execute(insert(gallringar).values((*rad, gallringssumma(*rad))))

    def _andra(self, sats: Any) -> int:
        return int(self._forbindelse.execute(sats).rowcount)

    def _alla(self, fraga: Any, varden: Iterable[UUID]) -> Set[UUID]:
        return {svar for del_ in bitar(varden) for svar in self._forbindelse.scalars(fraga(del_))}


class Forstorare:
    """Implements ``application.gallring.Forstorare``."""

    def __init__(self, motor: Engine, recorder: Recorder, bok: Bok, klocka: Klocka) -> None:
        """Write through the recorder's one write transaction."""
        self._motor = motor
        self._recorder = recorder
        self._bok = bok
        self._klocka = klocka

    @contextmanager
    def gallring(self) -> Iterator[Gallringsbok]:
        """Begin the one write transaction; what was destroyed in it is gone when it has committed."""
        with self._recorder.transaktion() as forbindelse:
            yield Gallringsbok(forbindelse, self._recorder, self._bok, self._klocka())

    def ostadat(self) -> bool:
        """Return whether something destroyed may still lie in the database's files."""
        with self._recorder.lasning() as forbindelse:
            fraga = select(gallringar.c.nr).where(gallringar.c.stadad.is_(None)).limit(1)
            return forbindelse.execute(fraga).first() is not None

    def stada(self) -> None:
        """Write the database's files anew, without what has been destroyed.

        Raises:
            StadningenVantar: somebody else reads or writes, so the old pages cannot be let go, or the files cannot be
                written.
        """
        sort = sqlite if self._motor.dialect.name == "sqlite" else postgres
        with self._recorder.lasning() as forbindelse:
            # What somebody else destroys while the files are written is not out of them.
            ostadade = forbindelse.execute(select(gallringar).where(gallringar.c.stadad.is_(None))).all()
        try:
            omskrivna = sort.skriv_om(self._motor, [handelser.name, akter.name, personer.name, tysta.name])
        except Exception as fel:
            namngivna = namngivet(fel)
            if namngivna is None:
                raise
            raise StadningenVantar(_HINDER.get(type(namngivna), "de går inte att skriva")) from fel
        if not omskrivna:
            raise StadningenVantar(_LASES)
        with self._recorder.transaktion() as forbindelse:
            nu = mikrosekunder(self._klocka())
            for *rad, _, _ in ostadade:
                sats = update(gallringar).where(gallringar.c.nr == rad[0])
                forbindelse.execute(sats.values(stadad=nu, radsumma=gallringssumma(rad[0], *rad[1:], nu)))


def _i_akterna(valda: Sequence[UUID]) -> ColumnElement[bool]:
    return or_(_h.akt.in_(valda), and_(_h.akt.is_(None), _h.strom.in_(valda)))
