"""Version 3 of the schema: what is personal in every row is taken apart and sealed (ADR 0014).

As in ``infrastructure.steg`` all that is needed is spelled out as it was when version 2 was the latest. A row's leaf
and commitment stay as they are: they are to what the row said as a whole, so that is kept in the sealed part
(``URSPRUNG``) for as long as the file is. The row's open part is then what is left of it, with pseudonyms.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection

from infrastructure.keyring import Datanyckel, Nyckelring
from infrastructure.personregister import slumpat_pseudonym
from infrastructure.rowsum import radsumma

Rad = dict[str, Any]

TABELLER = (
    "CREATE TABLE akter (akt CHAR(32) NOT NULL, nyckel BLOB, gallrad BIGINT, PRIMARY KEY (akt)) WITHOUT ROWID",
    "CREATE TABLE personer (pseudonym CHAR(32) NOT NULL, slag VARCHAR(10) NOT NULL, sok BLOB, lank BLOB, "
    "gallrad BIGINT, PRIMARY KEY (pseudonym), UNIQUE (sok)) WITHOUT ROWID",
    "CREATE TABLE personakter (pseudonym CHAR(32) NOT NULL, akt CHAR(32) NOT NULL, PRIMARY KEY (pseudonym, akt)) "
    "WITHOUT ROWID",
    "CREATE INDEX ix_personakter_akt ON personakter (akt)",
    "CREATE TABLE gallringar (nr INTEGER NOT NULL, gallrad BIGINT NOT NULL, position BIGINT NOT NULL, "
    "personer INTEGER NOT NULL, akter INTEGER NOT NULL, handelser INTEGER NOT NULL, beslut VARCHAR(200), "
    "stadad BIGINT, radsumma BLOB NOT NULL, PRIMARY KEY (nr))",
    "CREATE TABLE nyckelprov (prov BLOB NOT NULL, PRIMARY KEY (prov))",
)

_IDENTITETER = {
    "arende.aktualiserat": (("personId", "person"), ("familjId", "familj")),
    "placering.paborjad": (("personId", "person"),),
    "ko.stalld": (("personId", "person"),),
}
_FRITEXTER = {
    "handelse.makulerad": "orsak", "slutdatum.hypotetiskt": "underlag", "effekt.uppnadd": "underlag",
    "atgard.kommenterad": "text", "utforare.registrerad": "organisationsnummer",
}  # fmt: skip
_ETT_FALL = ("placeringId", "arendeId")
_OM = {
    "ko.stalld": ("koId",), "ko.upphord": ("koId",), "platsforfragan.avbojd": _ETT_FALL, "arende.bedomt": _ETT_FALL,
    "slutdatum.hypotetiskt": _ETT_FALL,
}  # fmt: skip


class Delning:
    """Takes rows of version 2 apart, in the order of the log."""

    def __init__(self, forbindelse: Connection, ring: Nyckelring) -> None:
        """Make the tables of keys and persons."""
        self._forbindelse = forbindelse
        self._ring = ring
        self._nycklar: dict[UUID, Datanyckel] = {}
        self._pseudonymer: dict[tuple[str, str], UUID] = {}
        self._personakter: set[tuple[UUID, UUID]] = set()
        self._annan_akt: dict[str, str] = {}
        for sats in TABELLER:
            forbindelse.exec_driver_sql(sats)
        forbindelse.exec_driver_sql("INSERT INTO nyckelprov VALUES (?)", (ring.prov(),))

    def handelse(self, rad: Rad) -> Rad:
        """Return a row of version 2 as one of version 3."""
        extern_id, typ, fore = rad.pop("extern_id"), rad["typ"], rad["innehall"]
        data = orjson.loads(fore)
        rad["akt"] = akt = self._akt(rad, data)
        fritext = _FRITEXTER.get(typ)
        hemligt = {fritext: data.pop(fritext)} if fritext in data else {}
        for falt, slag in _IDENTITETER.get(typ, ()):
            if falt in data:
                data[falt] = str(self._pseudonym(slag, data[falt], UUID(akt or rad["strom"])))
        if hemligt or typ in _IDENTITETER:
            hemligt["ursprung"] = fore.decode()
            rad["innehall"] = orjson.dumps(data)
        if extern_id is not None:
            hemligt["externId"] = extern_id
        rad["hemligt"] = self._forsegla(rad, orjson.dumps(hemligt)) if hemligt else None
        lov = rad.pop("lov")
        ovriga = (rad[namn] for namn in ("samling", "datum", "infort", "aktor", "kalla"))
        return {
            **rad, "hemligt_salt": None, "hemligt_atagande": None, "lov": lov, "radsumma": radsumma(lov, *ovriga, akt)
        }  # fmt: skip

    def tyst(self, rad: Rad) -> Rad:
        """Return a quiet event id of version 2 as one of version 3; what it was about is no longer known.

        The hash of what was sent cannot be kept: it has been reckoned in several ways, and of identities that now are
        pseudonyms. Without one, whatever is sent again under the id is answered as the first time.
        """
        summa = radsumma(b"", rad["handelse_id"], rad["strom"], rad["version"], "", rad["strom"])
        return {**rad, "avtryck": b"", "akt": rad["strom"], "radsumma": summa}

    def _akt(self, rad: Rad, data: Rad) -> str | None:
        """Return the file of a row if that is not its stream; an annulment's is that of what it annuls."""
        namngivna = (data[falt] for falt in _OM.get(rad["typ"], ()) if falt in data)
        akt = UUID(namngiven).hex if (namngiven := next(namngivna, None)) else None
        if rad["typ"] == "handelse.makulerad":
            akt = self._annan_akt.get(rad["rattar"])
        if akt is not None:
            self._annan_akt[rad["handelse_id"]] = akt
        return akt

    def _pseudonym(self, slag: str, identitet: str, akt: UUID) -> UUID:
        pseudonym = self._pseudonymer.get((slag, identitet))
        if pseudonym is None:
            vem = UUID(identitet)
            pseudonym = self._pseudonymer[slag, identitet] = slumpat_pseudonym(vem)
            lank = self._ring.linda(vem.bytes, pseudonym.bytes)
            varden = (pseudonym.hex, slag, self._ring.sokvarde(slag, vem), lank, None)
            self._forbindelse.exec_driver_sql("INSERT INTO personer VALUES (?, ?, ?, ?, ?)", varden)
        if (pseudonym, akt) not in self._personakter:
            self._personakter.add((pseudonym, akt))
            self._forbindelse.exec_driver_sql("INSERT INTO personakter VALUES (?, ?)", (pseudonym.hex, akt.hex))
        return pseudonym

    def _forsegla(self, rad: Rad, text: bytes) -> bytes:
        akt = UUID(rad["akt"] or rad["strom"])
        nyckel = self._nycklar.get(akt)
        if nyckel is None:
            nyckel = self._nycklar[akt] = self._ring.ny_nyckel(akt)
            self._forbindelse.exec_driver_sql("INSERT INTO akter VALUES (?, ?, ?)", (akt.hex, nyckel.lindad, None))
        return nyckel.forsegla(text, UUID(rad["handelse_id"]).bytes + UUID(rad["strom"]).bytes)
