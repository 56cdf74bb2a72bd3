"""The links of the log: each row's payload → commitment → leaf → row sum, its place and its time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from application.verification import Brist, Provningsframsteg
from domain.handelse import har_personlig_del
from infrastructure.evidence import Lovhuvud, atagande, lov
from infrastructure.rowsum import UTANFOR_LOVET, radsumma
from infrastructure.tables import handelser

LOGGEN = handelser.name

_RADER_PER_LASNING = 5_000
LASTA_KOLUMNER = (
    "position", "strom", "stromversion", "typ", "schemaversion", "registrerad", "handelse_id", "rattar", "roll",
    "innehall", "salt", "atagande", "hemligt", "hemligt_salt", "hemligt_atagande", "lov", "radsumma", *UTANFOR_LOVET,
)  # fmt: skip
"""All columns of the log; the first nine are those of ``Lovhuvud``."""
_LOV = LASTA_KOLUMNER.index("lov")


class Loggprov:
    """Reads the whole log in order once.

    Attributes:
        position: the position of the last row that was read.
        lov: the leaf of that row.
        lasta: how many rows were read.
    """

    def __init__(self, forbindelse: Connection, framsteg: Provningsframsteg | None) -> None:
        """Read through a connection that sees one moment."""
        self._forbindelse = forbindelse
        self._framsteg = framsteg
        self.position = 0
        self.lov = b""
        self.lasta = 0

    def brister(self) -> Iterator[Brist]:
        """Yield every row that is not as it was written, in order."""
        senast = 0
        for rad in self._rader():
            position, registrerad = rad[0], rad[5]
            vantad = self.position + 1
            if position != vantad:
                yield Brist(LOGGEN, vantad, f"position {position} följer på {self.position}")
            # A damaged position says nothing of where the row stands.
            plats = position if isinstance(position, int) and position > vantad else vantad
            if not isinstance(registrerad, int) or registrerad < senast:
                yield Brist(LOGGEN, plats, "registrerad ligger före raden innan")
            else:
                senast = registrerad
            mening = radens_fel(rad)
            if mening:
                yield Brist(LOGGEN, plats, mening)
            self.position, self.lov = plats, rad[_LOV]

    def _rader(self) -> Iterator[Any]:
        totalt = self._forbindelse.execute(select(func.count()).select_from(handelser)).scalar_one()
        # As the driver gives them: nothing is to be made into an object before it is verified.
        fraga = select(*(handelser.c[namn] for namn in LASTA_KOLUMNER)).order_by(handelser.c.position)
        text = str(fraga.compile(dialect=self._forbindelse.dialect))
        svar = self._forbindelse.exec_driver_sql(text, execution_options={"yield_per": _RADER_PER_LASNING})
        for del_ in svar.partitions():
            yield from del_
            self.lasta += len(del_)
            if self._framsteg is not None:
                self._framsteg("loggen", self.lasta, totalt)


def radens_fel(rad: Any) -> str | None:
    """Return what breaks the links of a row (``LASTA_KOLUMNER``), or None if they hold."""
    (
        position, strom, stromversion, typ, schemaversion, registrerad, handelse_id, rattar, roll,
        innehall, salt, lofte, hemligt, hemligt_salt, hemligt_lofte, lovet, summa, *ovriga, akt,
    ) = rad  # fmt: skip
    try:
        if not _ar_fran_fore_delningen(rad) and (salt is None or atagande(salt, innehall) != lofte):
            return "innehållet stämmer inte med sitt åtagande"
        if hemligt is None and hemligt_salt is not None:
            return "den personliga delen saknas, men inte dess salt"
        if hemligt is not None and hemligt_lofte is not None and atagande(hemligt_salt, hemligt) != hemligt_lofte:
            return "den personliga delen stämmer inte med sitt åtagande"
        huvud = Lovhuvud(
            position, _strom(strom), stromversion, typ, schemaversion, registrerad, _identitet(handelse_id),
            _identitet(rattar) if rattar is not None else None, roll,
        )  # fmt: skip
        if lov(huvud, lofte, hemligt_lofte) != lovet:
            return "huvudet och åtagandet stämmer inte med lövet"
        if radsumma(lovet, *ovriga, _identitet(akt).hex if akt is not None else None) != summa:
            return f"{', '.join(UTANFOR_LOVET)} eller lövet stämmer inte med radsumman"
    except Exception as fel:
        # A damaged value may be of any kind and break any of the calculations above.
        return f"raden har ett värde som inte går att läsa ({fel})"
    return None


def _ar_fran_fore_delningen(rad: Any) -> bool:
    """Return whether a row was written before there was a personal part and has been given one since.

    Its commitment is to what it said as a whole, which is seen when the personal part is opened (``filecheck``) and can
    no longer be seen when that has been erased. A row of a type that says nothing about anybody has no such excuse.
    """
    varden = (rad[LASTA_KOLUMNER.index(namn)] for namn in ("typ", "salt", "hemligt", "hemligt_atagande"))
    typ, salt, hemligt, hemligt_lofte = varden
    if hemligt_lofte is not None:
        return False
    return hemligt is not None or (salt is None and har_personlig_del(typ))


def _identitet(lagrad: str | UUID) -> UUID:
    """Return a stored identity; as text only the one way of writing it will do, since it is looked up as text."""
    if isinstance(lagrad, UUID):
        return lagrad
    identitet = UUID(int=int(lagrad, 16))
    if f"{identitet.int:032x}" != lagrad:
        msg = f"identiteten {lagrad}"
        raise ValueError(msg)
    return identitet


_strom = lru_cache(maxsize=10_000)(_identitet)
