"""The tables of the ledger, as SQLAlchemy Core; one schema for SQLite and PostgreSQL.

``handelser`` is the log and the only truth; the tables beside it say whom its pseudonyms stand for and hold the keys of
what is sealed in it (ADR 0014). The fact tables are derived: their columns, and those of the tables of
traits beside them, are the fields of the fact shapes in ``domain.fakta`` (declared there, once) plus the stream, a row
number within it, and the log positions between which the row was the known truth. Instants are whole microseconds since
1970 and days are day numbers, so that every comparison is one of integers in every database.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    BigInteger,
    Column,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.types import TypeEngine

from application.gallring import LANGSTA_BESLUT
from domain.fakta import FAKTAFORMER, Belopp, Fakta, Identitet, Intervall, Punkt

SCHEMAVERSION = 6

metadata = MetaData()

_POSITION = BigInteger().with_variant(Integer(), "sqlite")

schema = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

handelser = Table(
    "handelser",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=False),
    Column("strom", Uuid, nullable=False),
    Column("stromversion", Integer, nullable=False),
    Column("samling", String(20), nullable=False),
    Column("typ", String(60), nullable=False),
    Column("schemaversion", SmallInteger, nullable=False),
    Column("datum", Integer, nullable=False, comment="day number the event took effect"),
    Column("registrerad", BigInteger, nullable=False, comment="microseconds; when the ledger learnt it"),
    Column("infort", BigInteger, comment="microseconds; when a migrated row really was entered"),
    Column("handelse_id", Uuid, nullable=False),
    Column("rattar", Uuid),
    Column("aktor", String(100), nullable=False),
    Column("roll", String(40), nullable=False),
    Column("kalla", String(100)),
    Column("innehall", LargeBinary, nullable=False, comment="the open part of the event as JSON; nothing personal"),
    Column("salt", LargeBinary, comment="erased only in a row written before there was a personal part"),
    Column("atagande", LargeBinary, nullable=False, comment="SHA-256(salt, open part)"),
    Column("akt", Uuid, comment="the file it belongs to, where that is not the stream"),
    Column("hemligt", LargeBinary, comment="the personal part as JSON, sealed with the file's key"),
    Column("hemligt_salt", LargeBinary),
    Column("hemligt_atagande", LargeBinary, comment="SHA-256(salt, sealed personal part)"),
    Column("lov", LargeBinary, nullable=False, comment="SHA-256 leaf over header and commitments"),
    Column("radsumma", LargeBinary, nullable=False, comment="over the leaf and the columns outside it"),
    UniqueConstraint("strom", "stromversion", name="uq_handelser_strom"),
    UniqueConstraint("handelse_id", name="uq_handelser_handelse_id"),
)
Index("ix_handelser_registrerad", handelser.c.registrerad)
# Who follows a few types, or asks for the streams of a collection, meets none of the rest of the log.
Index("ix_handelser_typ", handelser.c.samling, handelser.c.typ, handelser.c.position)
_I_ANNAN_AKT = handelser.c.akt.is_not(None)
Index("ix_handelser_akt", handelser.c.akt, sqlite_where=_I_ANNAN_AKT, postgresql_where=_I_ANNAN_AKT)

akter = Table(
    "akter",
    metadata,
    Column("akt", Uuid, primary_key=True, comment="a file: what is kept or erased as a whole"),
    Column("nyckel", LargeBinary, comment="its data key, wrapped; absent when the file is erased"),
    Column("gallrad", BigInteger, comment="microseconds; when it was erased"),
    sqlite_with_rowid=False,
)

personer = Table(
    "personer",
    metadata,
    Column("pseudonym", Uuid, primary_key=True, comment="what the ledger calls the person, or the family"),
    Column("slag", String(10), nullable=False),
    Column("sok", LargeBinary, unique=True, comment="keyed hash of the identity; absent when erased"),
    Column("lank", LargeBinary, comment="the identity, wrapped; absent when erased"),
    Column("gallrad", BigInteger, comment="microseconds; when the link was erased"),
    sqlite_with_rowid=False,
)

personakter = Table(
    "personakter",
    metadata,
    Column("pseudonym", Uuid, primary_key=True),
    Column("akt", Uuid, primary_key=True, comment="a file that some event says is about the person"),
    sqlite_with_rowid=False,
)
Index("ix_personakter_akt", personakter.c.akt)

gallringar = Table(
    "gallringar",
    metadata,
    Column("nr", Integer, primary_key=True, autoincrement=False),
    Column("gallrad", BigInteger, nullable=False, comment="microseconds"),
    Column("position", BigInteger, nullable=False, comment="the last position of the log then"),
    Column("personer", Integer, nullable=False),
    Column("akter", Integer, nullable=False),
    Column("handelser", Integer, nullable=False),
    Column("beslut", String(LANGSTA_BESLUT), comment="where the decision is found; never who it is about"),
    Column("stadad", BigInteger, comment="microseconds; when the database's files were rid of it"),
    Column("radsumma", LargeBinary, nullable=False, comment="over the other columns"),
)

nyckelprov = Table(
    "nyckelprov", metadata, Column("prov", LargeBinary, primary_key=True, comment="tells the ledger's own key ring")
)

tysta = Table(
    "tysta",
    metadata,
    Column("handelse_id", Uuid, primary_key=True, comment="an event id that said nothing new, taken all the same"),
    Column("strom", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("avtryck", LargeBinary, nullable=False, comment="keyed hash of what was sent; empty when erased"),
    Column("akt", Uuid, nullable=False, comment="the file it belongs to"),
    Column("radsumma", LargeBinary, nullable=False, comment="over the other columns"),
)

atkomster = Table(
    "atkomster",
    metadata,
    Column("nr", _POSITION, Identity(), primary_key=True, comment="by which they are read; numbers may be left out"),
    Column("tidpunkt", BigInteger, nullable=False, comment="microseconds"),
    Column("position", BigInteger, nullable=False, comment="the last position of the log then"),
    Column("aktor", String(100), nullable=False),
    Column("roll", String(40), nullable=False),
    Column("syfte", String(60), nullable=False),
    Column("enhet", String(200)),
    Column("vad", String(80), nullable=False, comment="the operation, by its name in the API"),
    Column("mal", String(200), comment="the stream or table; never what it says"),
    Column("fraga", Text, nullable=False, comment="the parameters as a JSON object"),
    Column("beviljad", SmallInteger, nullable=False),
    Column("radsumma", LargeBinary, nullable=False, comment="over the other columns, less the number"),
)
Index("ix_atkomster_tidpunkt", atkomster.c.tidpunkt)
# What somebody has read, and who has read of somebody: the two questions that the log is kept for.
Index("ix_atkomster_aktor", atkomster.c.aktor, atkomster.c.nr)
Index("ix_atkomster_mal", atkomster.c.mal, atkomster.c.nr)

generationer = Table(
    "generationer",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=False),
    Column("lage", String(10), nullable=False, comment="galler: questions are answered from it; byggs: not yet"),
    Column("form", String(64), nullable=False, comment="what derived it; see infrastructure.faktaform"),
    Column("position", BigInteger, comment="facts follow from the log so far; NULL: from all of it, always"),
)
"""The generations of fact tables: the one that answers, and one that is being built beside it."""
GALLER, BYGGS = "galler", "byggs"

lasposition = Table(
    "lasposition",
    metadata,
    Column("tillampning", String(60), primary_key=True),
    Column("position", BigInteger, nullable=False),
)


def _kolumntyp(anteckning: Any) -> tuple[TypeEngine[Any], bool]:
    """Return the column type of a field of a fact, and whether it may be absent."""
    if get_origin(anteckning) in (Union, types.UnionType):
        bas = next(del_ for del_ in get_args(anteckning) if del_ is not type(None))
        return _kolumntyp(bas)[0], True
    kolumntyper: dict[Any, TypeEngine[Any]] = {int: BigInteger(), str: String(), Identitet: Uuid(as_uuid=False)}
    return kolumntyper[anteckning], False


_OVERALLT = {"handelser", "antal", "arende"}
_OM_EN_PERSON = {"person", "fodelsear", "utforare"}

EGNA_FALT: Mapping[type[Fakta], Set[str]] = MappingProxyType(
    {
        Intervall: _OVERALLT | _OM_EN_PERSON | {"fran", "till", "inskrivning", "utskrivning", "pris", "betald"},
        Punkt: _OVERALLT | _OM_EN_PERSON | {"dag", "belopp"},
        Belopp: _OVERALLT | {"dag", "manad", "avser_manad", "belopp", "pris", "ordning", "underslag", "atgard"},
    }
)
"""The fields that each fact has for itself. All others are its traits (``drag``): some hundred combinations of words
stand for millions of facts, so a combination is stored once and a fact names it by number."""


def _faltkolumner(form: type[Fakta], falt: Iterable[str]) -> list[Column[Any]]:
    anteckningar = get_type_hints(form)
    typer = {namn: _kolumntyp(anteckningar[namn]) for namn in falt}
    return [Column(namn, kolumntyp, nullable=far_saknas) for namn, (kolumntyp, far_saknas) in typer.items()]


def _faktatabell(form: type[Fakta]) -> Table:
    return Table(
        f"fakta_{form.__name__.lower()}",
        metadata,
        Column("strom", Uuid(as_uuid=False), primary_key=True),
        Column("radnr", Integer, primary_key=True, autoincrement=False),
        Column("kand_fran", BigInteger, nullable=False),
        Column("kand_till", BigInteger, nullable=False),
        Column("drag", BigInteger, nullable=False),
        *_faltkolumner(form, (namn for namn in form._fields if namn in EGNA_FALT[form])),
        sqlite_with_rowid=False,
    )


def _dragtabell(form: type[Fakta]) -> Table:
    return Table(
        f"drag_{form.__name__.lower()}",
        metadata,
        Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
        *_faltkolumner(form, (namn for namn in form._fields if namn not in EGNA_FALT[form])),
    )


class Faktatabeller(NamedTuple):
    """One generation of the tables of facts and of their traits."""

    fakta: Mapping[type[Fakta], Table]
    drag: Mapping[type[Fakta], Table]

    @property
    def alla(self) -> tuple[Table, ...]:
        """Return every table."""
        return (*self.fakta.values(), *self.drag.values())


FAKTATABELLER: Mapping[type[Fakta], Table] = {form: _faktatabell(form) for form in FAKTAFORMER}
DRAGTABELLER: Mapping[type[Fakta], Table] = {form: _dragtabell(form) for form in FAKTAFORMER}
GALLANDE = Faktatabeller(FAKTATABELLER, DRAGTABELLER)
"""The tables that answer, whichever generation they are: a new one takes over their names."""

# A question names traits (kind, municipality, target group ...) and asks for a period near the end of what is known:
# within a combination of traits, the closed end (till) before the open beginning halves the rows looked at. What else
# most questions ask for follows, so that they are answered from the index alone: counting a year's points by it took an
# eighth of the time.
_i, _p, _b = (FAKTATABELLER[form].c for form in FAKTAFORMER)
Index(
    "ix_fakta_intervall",
    *(_i.drag, _i.till, _i.fran, _i.kand_fran, _i.kand_till),
    *(_i.pris, _i.betald, _i.inskrivning, _i.utskrivning, _i.person, _i.fodelsear),
)
Index("ix_fakta_punkt", _p.drag, _p.dag, _p.kand_fran, _p.kand_till)
Index("ix_fakta_belopp", _b.drag, _b.manad, _b.dag, _b.kand_fran, _b.kand_till, _b.belopp)

# A nation's ledger has the traits of some three hundred municipalities; a question is most often about one.
for _drag in DRAGTABELLER.values():
    Index(f"ix_{_drag.name}", _drag.c.slag, _drag.c.kommun)
