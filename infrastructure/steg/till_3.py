"""To schema version 3: what is personal is taken out of the log and sealed, and every row gets its sum.

Only SQLite had ledgers of the version before, with identities as digits. A leaf never changes, and an old one vouches
for all that its event said in one piece. So a row with something personal keeps that piece (``ursprung``) in its sealed
part, where it can be held against the leaf until it is erased; the open part says the same with pseudonyms and without
texts. A quiet event id keeps no hash: the old one was of the identities themselves, and could be guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from infrastructure.keyring import Datanyckel
from infrastructure.rowsum import gallringssumma, radsumma, tyst_summa
from infrastructure.steg.verktyg import Verktyg

_HANDELSER = (
    """CREATE TABLE handelser (
        position INTEGER NOT NULL, strom CHAR(32) NOT NULL, stromversion INTEGER NOT NULL, samling VARCHAR(20) NOT NULL,
        typ VARCHAR(60) NOT NULL, schemaversion SMALLINT NOT NULL, datum INTEGER NOT NULL, registrerad BIGINT NOT NULL,
        infort BIGINT, handelse_id CHAR(32) NOT NULL, rattar CHAR(32), aktor VARCHAR(100) NOT NULL,
        roll VARCHAR(40) NOT NULL, kalla VARCHAR(100), innehall BLOB NOT NULL, salt BLOB, atagande BLOB NOT NULL,
        akt CHAR(32), hemligt BLOB, hemligt_salt BLOB, hemligt_atagande BLOB, lov BLOB NOT NULL, radsumma BLOB NOT NULL,
        PRIMARY KEY (position),
        CONSTRAINT uq_handelser_strom UNIQUE (strom, stromversion),
        CONSTRAINT uq_handelser_handelse_id UNIQUE (handelse_id)
    )""",
    "CREATE INDEX ix_handelser_registrerad ON handelser (registrerad)",
    "CREATE INDEX ix_handelser_akt ON handelser (akt) WHERE akt IS NOT NULL",
)
_TYSTA = (
    """CREATE TABLE tysta (
        handelse_id CHAR(32) NOT NULL, strom CHAR(32) NOT NULL, version INTEGER NOT NULL, avtryck BLOB NOT NULL,
        akt CHAR(32) NOT NULL, radsumma BLOB NOT NULL, PRIMARY KEY (handelse_id)
    )""",
)
_NYA = (
    "CREATE TABLE akter (akt CHAR(32) NOT NULL, nyckel BLOB, gallrad BIGINT, PRIMARY KEY (akt))",
    """CREATE TABLE personer (
        pseudonym CHAR(32) NOT NULL, slag VARCHAR(10) NOT NULL, sok BLOB, lank BLOB, gallrad BIGINT,
        PRIMARY KEY (pseudonym), UNIQUE (sok)
    )""",
    "CREATE TABLE personakter (pseudonym CHAR(32) NOT NULL, akt CHAR(32) NOT NULL, PRIMARY KEY (pseudonym, akt))",
    "CREATE INDEX ix_personakter_akt ON personakter (akt)",
    """CREATE TABLE gallringar (
        nr INTEGER NOT NULL, gallrad BIGINT NOT NULL, position BIGINT NOT NULL, personer INTEGER NOT NULL,
        akter INTEGER NOT NULL, handelser INTEGER NOT NULL, beslut VARCHAR(200), stadad BIGINT, radsumma BLOB NOT NULL,
        PRIMARY KEY (nr)
    )""",
    "CREATE TABLE nyckelprov (prov BLOB NOT NULL, PRIMARY KEY (prov))",
)
# What was personal, and whose file an event belongs to, as the fields were called then.
_IDENTITETER: Mapping[str, Mapping[str, str]] = {
    "arende.aktualiserat": {"personId": "person", "familjId": "familj"},
    "placering.paborjad": {"personId": "person"},
    "ko.stalld": {"personId": "person"},
}
_FRITEXTER = {
    "handelse.makulerad": "orsak",
    "slutdatum.hypotetiskt": "underlag",
    "effekt.uppnadd": "underlag",
    "atgard.kommenterad": "text",
    "utforare.registrerad": "organisationsnummer",
}
_ETT_FALL = ("placeringId", "arendeId")
_OM: Mapping[str, tuple[str, ...]] = {
    "ko.stalld": ("koId",),
    "ko.upphord": ("koId",),
    "platsforfragan.avbojd": _ETT_FALL,
    "arende.bedomt": _ETT_FALL,
    "slutdatum.hypotetiskt": _ETT_FALL,
}
_UTANFOR_LOVET = ("samling", "datum", "infort", "aktor", "kalla", "akt")


def utfor(verktyg: Verktyg) -> None:
    """Take the step."""
    for sats in _NYA:
        verktyg.gor(sats)
    verktyg.lagg_till("nyckelprov", [{"prov": verktyg.ring.prov()}])
    delning = _Delning(verktyg)
    for rader in verktyg.gor_om("handelser", _HANDELSER):
        verktyg.lagg_till("handelser", [delning.ny_rad(rad) for rad in rader])
    delning.skriv_registret()
    delning.begar_stadning()
    for rader in verktyg.gor_om("tysta", _TYSTA):
        verktyg.lagg_till("tysta", [_tyst(rad) for rad in rader])


def _tyst(rad: dict[str, Any]) -> dict[str, Any]:
    ny = {**rad, "avtryck": b"", "akt": rad["strom"]}
    return {**ny, "radsumma": tyst_summa(rad["handelse_id"], rad["strom"], rad["version"], b"", rad["strom"])}


class _Delning:
    """Parts what is personal from the rest, row by row, and remembers whom and what it has met."""

    def __init__(self, verktyg: Verktyg) -> None:
        self._verktyg = verktyg
        self._pseudonymer: dict[tuple[str, UUID], UUID] = {}
        self._personakter: dict[tuple[UUID, UUID], None] = {}
        self._nycklar: dict[UUID, Datanyckel] = {}
        self._sist: tuple[int, int] | None = None
        self._akter: dict[str, UUID] = {}
        """The file of each event that is in another than its stream."""

    def ny_rad(self, rad: dict[str, Any]) -> dict[str, Any]:
        """Return a row of the old log as it is in the new one."""
        typ, strom = rad["typ"], UUID(rad["strom"])
        self._sist = rad["position"], rad["registrerad"]
        data = orjson.loads(rad["innehall"])
        akt = self._akt(rad, data)
        texter = self._ta_ut(typ, data, akt or strom)
        ar_delad = bool(texter) or typ in _IDENTITETER
        innehall = orjson.dumps(data) if ar_delad else rad["innehall"]
        if ar_delad:
            texter["ursprung"] = rad["innehall"].decode()
        extern_id = rad.pop("extern_id")
        if extern_id is not None:
            texter["externId"] = extern_id
        ny = {
            **rad,
            "innehall": innehall,
            "akt": akt.hex if akt else None,
            "hemligt": self._forseglat(texter, akt or strom, rad) if texter else None,
            "hemligt_salt": None,
            "hemligt_atagande": None,
        }
        return {**ny, "radsumma": radsumma(rad["lov"], *(ny[namn] for namn in _UTANFOR_LOVET))}

    def _akt(self, rad: dict[str, Any], data: dict[str, Any]) -> UUID | None:
        """Return the file of an event, if that is not its stream; an annulment's is that of its target."""
        if rad["typ"] == "handelse.makulerad":
            akt = self._akter.get(rad["rattar"])
        else:
            falten = _OM.get(rad["typ"], ())
            akt = next((UUID(varde) for falt in falten if (varde := data.get(falt)) is not None), None)
        if akt is None or akt == UUID(rad["strom"]):
            return None
        self._akter[rad["handelse_id"]] = akt
        return akt

    def _ta_ut(self, typ: str, data: dict[str, Any], akt: UUID) -> dict[str, Any]:
        """Take free texts out of an event and put pseudonyms in it; return the texts."""
        for namn, slag in _IDENTITETER.get(typ, {}).items():
            if (varde := data.get(namn)) is not None:
                identitet = slag, UUID(varde)
                if identitet not in self._pseudonymer:
                    self._pseudonymer[identitet] = self._verktyg.nytt_pseudonym(identitet[1])
                pseudonym = self._pseudonymer[identitet]
                data[namn] = str(pseudonym)
                self._personakter[pseudonym, akt] = None
        fritext = _FRITEXTER.get(typ)
        return {fritext: data.pop(fritext)} if fritext in data else {}

    def _forseglat(self, texter: dict[str, Any], akt: UUID, rad: dict[str, Any]) -> bytes:
        if akt not in self._nycklar:
            self._nycklar[akt] = self._verktyg.ring.ny_nyckel(akt)
        plats = UUID(rad["handelse_id"]).bytes + UUID(rad["strom"]).bytes
        return self._nycklar[akt].forsegla(orjson.dumps(texter), plats)

    def skriv_registret(self) -> None:
        """Write the keys of all files, and whom the pseudonyms stand for."""
        ring, lagg_till = self._verktyg.ring, self._verktyg.lagg_till
        lagg_till("akter", [{"akt": a.hex, "nyckel": nyckel.lindad} for a, nyckel in self._nycklar.items()])
        personer = [
            {
                "pseudonym": pseudonym.hex,
                "slag": slag,
                "sok": ring.sokvarde(slag, identitet),
                "lank": ring.linda(identitet.bytes, pseudonym.bytes),
            }
            for (slag, identitet), pseudonym in self._pseudonymer.items()
        ]
        lagg_till("personer", personer)
        lagg_till("personakter", [{"pseudonym": p.hex, "akt": akt.hex} for p, akt in self._personakter])

    def begar_stadning(self) -> None:
        """Note that the old rows, with all they said of persons, still lie in the file's free pages."""
        if self._sist is not None:
            position, registrerad = self._sist
            rad = (1, registrerad, position, 0, 0, 0, "uppgradering till schemaversion 3", None)
            kolumner = ("nr", "gallrad", "position", "personer", "akter", "handelser", "beslut", "stadad")
            ny = dict(zip(kolumner, rad, strict=True))
            self._verktyg.lagg_till("gallringar", [{**ny, "radsumma": gallringssumma(*rad)}])
