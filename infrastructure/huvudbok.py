"""The log as the application sees it: one write transaction at a time, envelopes in and out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, insert, select

from application.envelope import Kuvert, Nedskrift
from application.framsteg import Skede
from application.personskydd import i_klartext, med_det_glomda
from application.ports import ALLT, Handelsehuvud, Inskriven, Kunskap, Loggurval, Tidigare, TystHandelse
from domain.begrepp import Samling
from domain.faktaspar import Faktaandring
from domain.katalog import AGGREGAT
from domain.personuppgift import KandIdentitet
from domain.tid import mikrosekunder, ogonblick_av
from infrastructure.huvuden import HUVUDEN, huvud
from infrastructure.identitetslasning import identitet_ur
from infrastructure.loggurval import positioner
from infrastructure.mapper import LASTA, Kuvertmappare
from infrastructure.nedskrift import nedskrivet
from infrastructure.personregister import identiteter_av, lankade
from infrastructure.postgres import samla_statistik
from infrastructure.recorder import Recorder
from infrastructure.rows import Fragesats, bitar
from infrastructure.rowsum import tyst_summa
from infrastructure.sqlite import mycket_i_minnet, sokindex_sist
from infrastructure.tables import GALLANDE, akter, handelser, tysta

# Made once: building a statement takes longer than executing it.
_STROMMAR = LASTA.where(handelser.c.strom.in_(bindparam("strommar", expanding=True))).order_by(
    handelser.c.strom, handelser.c.stromversion
)
_I_STROMMEN = LASTA.where(handelser.c.strom == bindparam("strom")).order_by(handelser.c.stromversion)
_STROM = Fragesats(_I_STROMMEN, ("strom",))
_STROM_TILL = Fragesats(_I_STROMMEN.where(handelser.c.position <= bindparam("position")), ("strom", "position"))
_KANDA = LASTA.where(handelser.c.handelse_id.in_(bindparam("handelse_id", expanding=True)))
_KAND = Fragesats(LASTA.where(handelser.c.handelse_id == bindparam("handelse_id")), ("handelse_id",))
_NAGON_TYST = select(tysta.c.version).limit(1)
_TYSTA = select(tysta).where(tysta.c.handelse_id.in_(bindparam("handelse_id", expanding=True)))
_TYST = Fragesats(select(tysta).where(tysta.c.handelse_id == bindparam("handelse_id")), ("handelse_id",))
_GALLRADE = select(akter.c.akt).where(akter.c.gallrad.is_not(None))
_GALLRAD = Fragesats(_GALLRADE.where(akter.c.akt == bindparam("akt")), ("akt",))


class Bok:
    """Implements ``application.ports.Huvudbok`` and ``Skrivning`` on a recorder."""

    def __init__(self, recorder: Recorder, mappare: Kuvertmappare) -> None:
        """Use a recorder and a mapper."""
        self._recorder = recorder
        self._mappare = mappare

    @contextmanager
    def skrivning(self) -> Iterator[Bok]:
        """Hold the write lock; commit when the block ends without an exception."""
        with self._recorder.transaktion():
            yield self

    @property
    def senast_registrerad(self) -> datetime | None:
        """Return the last registration time in the ledger."""
        position, registrerad = self._recorder.slutet()
        return ogonblick_av(registrerad) if position else None

    def tidigare(self, handelse_id: UUID, strom: UUID) -> Tidigare:
        """Return what is known under an event id, and of a stream; all is asked at once."""
        sokt, strommen = (handelse_id.hex,), (strom.hex,)
        kanda, tysta_, i_strommen, gallrad = self._recorder.samtidigt(
            (_KAND, sokt), (_TYST, sokt), (_STROM, strommen), (_GALLRAD, strommen)
        )
        kand = next(iter(med_det_glomda(self._lasta(kanda), self._lankade)), None)
        return Tidigare(kand, next(map(_tyst, tysta_), None), self._lasta(i_strommen), bool(gallrad))

    def las_strommar(self, strommar: Iterable[UUID]) -> Mapping[UUID, list[Kuvert]]:
        """Return the entries of each stream, in order."""
        resultat: dict[UUID, list[Kuvert]] = defaultdict(list)
        for del_ in bitar(strommar):
            for rad in self._recorder.las(_STROMMAR, strommar=del_):
                kuvert = self._mappare.to_domain_event(rad)
                resultat[kuvert.originator_id].append(kuvert)
        return resultat

    def kanda(self, handelse_id: Iterable[UUID]) -> Mapping[UUID, Kuvert]:
        """Return the entries that the ledger already holds under the event ids."""
        rader = (rad for del_ in bitar(handelse_id) for rad in self._recorder.las(_KANDA, handelse_id=del_))
        kuvert = med_det_glomda([self._mappare.to_domain_event(rad) for rad in rader], self._lankade)
        return {ett.forslag.handelse_id: ett for ett in kuvert}

    def tysta(self, handelse_id: Iterable[UUID]) -> Mapping[UUID, TystHandelse]:
        """Return which of the event ids were sent before and said nothing new."""
        resultat: dict[UUID, TystHandelse] = {}
        with self._recorder.lasning() as forbindelse:
            # Most ledgers have none, and naming thousands of ids to hear that costs an import 4 µs per event.
            if forbindelse.execute(_NAGON_TYST).first() is None:
                return {}
            for del_ in bitar(handelse_id):
                for rad in forbindelse.execute(_TYSTA, {"handelse_id": del_}):
                    resultat[rad.handelse_id] = _tyst(rad)
        return resultat

    def minns_tysta(self, nya: Sequence[TystHandelse]) -> None:
        """Remember event ids that said nothing new."""
        if nya:
            with self._recorder.transaktion() as forbindelse:
                forbindelse.execute(insert(tysta), [asdict(ny) | {"radsumma": _summa(ny)} for ny in nya])

    def avtryck(self, avtryck: bytes) -> bytes:
        """Return a hash of something personal as one that says nothing without the key ring."""
        return self._recorder.ring.avtryck(avtryck)

    def pseudonymer(self, identiteter: Iterable[KandIdentitet]) -> Mapping[KandIdentitet, UUID]:
        """Return the pseudonym of each identity; a new one is stored when an event that has it is."""
        return self._recorder.personregister().pseudonymer(identiteter)

    def ar_gallrad(self, akt: UUID) -> bool:
        """Return whether a file has been erased."""
        with self._recorder.lasning() as forbindelse:
            return bool(_GALLRAD.rader(forbindelse, akt.hex))

    def gallrade_akter(self) -> Set[int]:
        """Return the files that have been erased, by their whole number."""
        with self._recorder.lasning() as forbindelse:
            return {akt.int for akt in forbindelse.scalars(_GALLRADE)}

    @contextmanager
    def fyllning(self, skede: Skede) -> Iterator[None]:
        """Write many events within this block; if the ledger is empty, what only serves questions is made last."""
        tabeller = [] if self.antal() else [handelser.name, *(tabell.name for tabell in GALLANDE.fakta.values())]
        with (
            self._recorder.transaktion() as forbindelse,
            mycket_i_minnet(forbindelse),
            sokindex_sist(forbindelse, tabeller, skede),
        ):
            yield

    def samla_statistik(self) -> None:
        """Let the database see how much it holds now; see ``infrastructure.postgres.samla_statistik``."""
        with self._recorder.transaktion() as forbindelse:
            samla_statistik(forbindelse, (handelser, *GALLANDE.alla))

    def skriv(self, kuvert: Sequence[Nedskrift], andringar: Sequence[Faktaandring], nu: datetime) -> list[Inskriven]:
        """Append decided events and the changes of facts they bring; see ``application.ports.Skrivning``."""
        with self._recorder.i_ett_svep(len(kuvert)):
            self._recorder.personregister().skriv(kuvert)
            return self._recorder.skriv([nedskrivet(k) for k in kuvert], andringar=andringar, nu=nu)

    def i_strommen(self, strom: UUID) -> list[Kuvert]:
        """Return the entries of a stream, in order, with pseudonyms: as they are decided on."""
        return self._kuvert(_STROM, strom.hex)

    def las_strom(self, strom: UUID, till_position: int | None = None) -> list[Kuvert]:
        """Return the entries of a stream, in order, up to a position, with the identities that pseudonyms stand for."""
        if till_position is None:
            return self._i_klartext(self._kuvert(_STROM, strom.hex))
        return self._i_klartext(self._kuvert(_STROM_TILL, strom.hex, till_position))

    def strommar(self, samling: Samling, position: int) -> list[UUID]:
        """Return the streams of a collection that had begun at a position, in the order they began."""
        k = handelser.c
        fraga = select(k.strom).where(*_begynnelse(samling), k.position <= position).order_by(k.position)
        with self._recorder.lasning() as forbindelse:
            return list(forbindelse.scalars(fraga))

    def begynnelser(self, samling: Samling, efter: int, till: int, antal: int) -> list[Handelsehuvud]:
        """Return the first events of a collection's streams between two positions, in log order; at most so many."""
        k = handelser.c
        fraga = HUVUDEN.where(*_begynnelse(samling), k.position > efter, k.position <= till)
        with self._recorder.lasning() as forbindelse:
            return [huvud(rad) for rad in forbindelse.execute(fraga.order_by(k.position).limit(antal))]

    def las_logg(self, efter: int, antal: int, urval: Loggurval = ALLT) -> list[Kuvert]:
        """Return at most so many entries after a position, in log order, as ``las_strom`` does."""
        position = handelser.c.position
        if urval.samlingar or urval.typer:
            with self._recorder.lasning() as forbindelse:
                fraga = LASTA.where(position.in_(positioner(forbindelse, efter, antal, urval)))
        else:
            fraga = LASTA.where(position > efter).limit(antal)
            fraga = fraga.where(position <= urval.till) if urval.till is not None else fraga
        rader = self._recorder.las(fraga.order_by(position))
        return self._i_klartext([self._mappare.to_domain_event(rad) for rad in rader])

    def registrerad(self, position: int) -> datetime:
        """Return when the event at a position was registered."""
        with self._recorder.lasning() as forbindelse:
            fraga = select(handelser.c.registrerad).where(handelser.c.position == position)
            return ogonblick_av(forbindelse.execute(fraga).scalar_one())

    def kunskap(self, kant_den: datetime | None) -> Kunskap:
        """Resolve a moment of knowledge, or the last registration, to a position."""
        tid = handelser.c.registrerad
        fraga = select(handelser.c.position, tid).order_by(tid.desc(), handelser.c.position.desc()).limit(1)
        if kant_den is not None:
            fraga = fraga.where(tid <= mikrosekunder(kant_den))
        with self._recorder.lasning() as forbindelse:
            rad = forbindelse.execute(fraga).first()
        position, senast = (rad.position, ogonblick_av(rad.registrerad)) if rad else (0, ogonblick_av(0))
        return Kunskap(position, kant_den or senast)

    def antal(self) -> int:
        """Return the number of events."""
        return self._recorder.slutet()[0]

    def _kuvert(self, fraga: Fragesats, *varden: Any) -> list[Kuvert]:
        return [self._mappare.to_domain_event(rad) for rad in self._recorder.rader(fraga, *varden)]

    def _lasta(self, rader: Iterable[Sequence[Any]]) -> list[Kuvert]:
        return [self._mappare.to_domain_event(rad) for rad in self._recorder.lagrade(rader)]

    def _lankade(self, pseudonymer: Iterable[UUID]) -> Set[UUID]:
        with self._recorder.lasning() as forbindelse:
            return lankade(forbindelse, pseudonymer)

    def _i_klartext(self, kuvert: list[Kuvert]) -> list[Kuvert]:
        def kanda(pseudonymer: Iterable[UUID]) -> Mapping[UUID, UUID]:
            with self._recorder.lasning() as forbindelse:
                return identiteter_av(forbindelse, self._recorder.ring, pseudonymer)

        return i_klartext(kuvert, kanda)


def _begynnelse(samling: Samling) -> Sequence[ColumnElement[bool]]:
    """Return what holds of the first events of a collection's streams; a type that begins them can also correct."""
    k = handelser.c
    return k.samling == samling.value, k.typ == AGGREGAT[samling].borjan.typ, k.stromversion == 1


def _tyst(rad: Sequence[Any]) -> TystHandelse:
    handelse_id, strom, version, avtryck, akt, _ = rad
    return TystHandelse(identitet_ur(handelse_id), identitet_ur(strom), version, avtryck, identitet_ur(akt))


def _summa(tyst: TystHandelse) -> bytes:
    return tyst_summa(tyst.handelse_id.hex, tyst.strom.hex, tyst.version, tyst.avtryck, tyst.akt.hex)
