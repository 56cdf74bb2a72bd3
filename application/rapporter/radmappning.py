"""Row mappings: which facts belong to which printed row, as dated data per municipality.

Reports regroup their rows between years and municipalities, so a mapping is a record with dates in force, never code.
Standard mappings ship in ``radmappningar/``, a file per table; a user gives another file of the same shape instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from application.faltfel import oversatt
from application.fel import VantatFel
from domain.begrepp import Avtalsform, Insatsform, Kon, Kontogrupp, Lagrum, Malgrupp, Prissort, Regi

ALLA_KOMMUNER = "*"
_MAPP = "radmappningar"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Radslag(StrEnum):
    """What kind of row it is."""

    POST = "post"
    """Counts its own facts; a fact is counted in the first of the table's rows that it fits."""
    VARAV = "varav"
    """Counts its own facts, which are also in another row; never part of a sum."""
    ANDEL = "andel"
    """Its own figure in per cent of that of another row."""
    SUMMA = "summa"
    """Adds up the rows above it with the same leading labels, back to the nearest sum; or those it names."""
    TOTALT = "totalt"
    """Adds up all rows that count; or those it names."""
    MEDEL = "medel"
    """The mean of the rows it names, all weighing the same; unnamed, of all rows that count."""
    RUBRIK = "rubrik"
    """Only its labels."""
    UTANFOR = "utanfor"
    """Printed, but of something that no event of the board's work tells; its ``skal`` says what."""


_Ord = tuple[str | None, ...]


class Urval(_Data):
    """Which facts a row counts: allowed values per dimension; an absent dimension is not restricted."""

    malgrupp: tuple[Malgrupp | None, ...] | None = None
    insatsform: tuple[Insatsform | None, ...] | None = None
    regi: tuple[Regi | None, ...] | None = None
    lagrum: tuple[Lagrum | None, ...] | None = None
    kon: tuple[Kon | None, ...] | None = None
    avtalsform: tuple[Avtalsform | None, ...] | None = None
    kontogrupp: tuple[Kontogrupp | None, ...] | None = None
    prissort: _Ord | None = None
    enhet: _Ord | None = None
    overordnad: _Ord | None = None
    avdelning: _Ord | None = None
    namnd: _Ord | None = None
    verksamhet: _Ord | None = None
    konto: _Ord | None = None
    projekt: _Ord | None = None
    atgard: _Ord | None = None
    arende: _Ord | None = None
    utforare: _Ord | None = None
    underslag: _Ord | None = None
    utfall: _Ord | None = None

    def som_filter(self) -> dict[str, tuple[str | None, ...]]:
        """Return the restrictions as dimension -> allowed stored words; null allows facts that do not say."""
        return {namn: tuple(varden) for namn, varden in self if varden is not None}


class Cellkalla(_Data):
    """What one cell of a row counts, where it is not what the row and the column say."""

    matt: str
    urval: Urval = Urval()
    val: Mapping[str, str] = Field(default_factory=dict)
    per_enhet: int | None = None


class Rad(_Data):
    """One printed row.

    Attributes:
        etiketter: its labels, one per label column; a last label column that is the row's kind is left out.
        per: a dimension; the row stands for one row per value of it, and ``*`` in a label for the value.
        matt: its measure, where the columns have none; ``val`` are variants of it.
        prissort: what its price is per (none: only amounts).
        summerar: the rows that a sum or mean is of, by their labels joined with `` / ``, and how often each counts.
        andel_av: the row that a share is of.
        tecken: turns the row's figures, or those of named columns (``teckenI``), where the table prints them so.
        bara: the only columns the row has; ``utan`` those it has not. Both by the declared names.
        decimaler, per_enhet: other than the columns', for rows in different units.
        texter: words for the table's text columns.
        ar: years from those of the columns, for rows that are years.
        celler: by column name, the cells that count something else than the row.
        mot_kolumn: of a row made from others: each column shows how it differs from this one.
        skal: why the row is outside what events tell.
        utanfor: by the declared name of a column, why just that cell of the row is.
    """

    etiketter: Annotated[tuple[str, ...], Field(min_length=1)]
    slag: Radslag = Radslag.POST
    urval: Urval = Urval()
    per: str | None = None
    matt: str | None = None
    val: Mapping[str, str] = Field(default_factory=dict)
    prissort: Prissort | None = None
    summerar: Mapping[str, int] | tuple[str, ...] | None = None
    andel_av: str | None = None
    tecken: int = 1
    tecken_i: Mapping[str, int] = Field(default_factory=dict)
    bara: tuple[str, ...] | None = None
    utan: tuple[str, ...] = ()
    decimaler: int | None = None
    per_enhet: int | None = None
    texter: Mapping[str, str] = Field(default_factory=dict)
    ar: int = 0
    celler: Mapping[str, Cellkalla] = Field(default_factory=dict)
    mot_kolumn: str | None = None
    skal: str | None = None
    utanfor: Mapping[str, str] = Field(default_factory=dict)

    @property
    def nyckel(self) -> str:
        """Return the labels as one text, which other rows name it by."""
        return " / ".join(self.etiketter)

    @property
    def raknar(self) -> bool:
        """Return whether the row counts facts of its own."""
        return self.slag in (Radslag.POST, Radslag.VARAV, Radslag.ANDEL)

    def har(self, kolumn: str) -> bool:
        """Return whether the row has anything in a column."""
        return kolumn not in (*self.utan, *self.utanfor) and (self.bara is None or kolumn in self.bara)


class Radmappning(_Data):
    """The rows of one table in one municipality for the days ``[galler_fran, galler_till)``."""

    kommun: str
    galler_fran: date
    galler_till: date | None = None
    kalla: str = Field(description="Where the grouping comes from")
    rader: tuple[Rad, ...]

    @model_validator(mode="after")
    def _egna_etiketter(self) -> Self:
        nycklar = [rad.nyckel for rad in self.rader]
        dubbla = sorted({nyckel for nyckel in nycklar if nycklar.count(nyckel) > 1})
        if dubbla:
            msg = f"två rader har samma etiketter: {dubbla[0]}"
            raise ValueError(msg)
        namnda = [n for rad in self.rader for n in (*(rad.summerar or ()), *([rad.andel_av] if rad.andel_av else []))]
        okanda = [namn for namn in namnda if namn not in nycklar]
        if okanda:
            msg = f"raden {okanda[0]!r} finns inte. Rader: {'; '.join(nycklar)}"
            raise ValueError(msg)
        utan = [rad.nyckel for rad in self.rader if (rad.slag is Radslag.ANDEL) != (rad.andel_av is not None)]
        if utan:
            msg = f"{utan[0]}: en andel ska ange andelAv, och bara en andel"
            raise ValueError(msg)
        return self

    @property
    def poster(self) -> tuple[Rad, ...]:
        """Return the rows that count facts of their own."""
        return tuple(rad for rad in self.rader if rad.raknar)

    def galler(self, kommun: str, dag: date) -> bool:
        """Return whether the mapping is in force in a municipality on a day."""
        return self.kommun in (ALLA_KOMMUNER, kommun) and self.galler_fran <= dag < (self.galler_till or date.max)


class RadmappningGarInte(VantatFel, ValueError):
    """A mapping cannot be read, or none is in force; a Swedish sentence says which."""


def las_radmappningar(fil: Path | None = None) -> dict[str, tuple[Radmappning, ...]]:
    """Return all mappings per table name, from a file or from those that ship with the product.

    Raises:
        RadmappningGarInte: the file is not JSON of the right shape (names the field), or two of its mappings of a table
            and municipality begin the same day.
    """
    mappningar = _las(fil)
    for tabell, egna in mappningar.items():
        borjar = [(m.kommun, m.galler_fran) for m in egna]
        dubbla = [nyckel for nr, nyckel in enumerate(borjar) if nyckel in borjar[:nr]]
        if dubbla:
            msg = f"{tabell}: två radmappningar för kommun {dubbla[0][0]} gäller från {dubbla[0][1]}."
            raise RadmappningGarInte(msg)
    return mappningar


def _las(fil: Path | None) -> dict[str, tuple[Radmappning, ...]]:
    if fil is not None:
        return _ur(fil.read_bytes(), str(fil))
    medfoljande = resources.files(__package__).joinpath(_MAPP)
    filer = sorted((f for f in medfoljande.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return {tabell: egna for f in filer for tabell, egna in _medfoljande(f.name).items()}


@lru_cache(maxsize=64)
def _medfoljande(namn: str) -> dict[str, tuple[Radmappning, ...]]:
    fil = resources.files(__package__).joinpath(_MAPP, namn)
    return _ur(fil.read_bytes(), namn)


def _ur(innehall: bytes, kalla: str) -> dict[str, tuple[Radmappning, ...]]:
    try:
        return _MAPPNINGAR.validate_json(innehall.decode("utf-8"))
    except ValidationError as fel:
        msg = f"Radmappningen {kalla} går inte att läsa. {oversatt(fel, helheten='Filen')}"
        raise RadmappningGarInte(msg) from None
    except UnicodeDecodeError as fel:
        msg = f"Radmappningen {kalla} är inte UTF-8."
        raise RadmappningGarInte(msg) from fel


_MAPPNINGAR = TypeAdapter(dict[str, tuple[Radmappning, ...]])


def valj_radmappning(mappningar: tuple[Radmappning, ...], kommun: str, dag: date) -> Radmappning:
    """Return the mapping in force; the municipality's own goes before the general one, a later before an earlier.

    So one that is added from a day on says nothing of the days before it.

    Raises:
        RadmappningGarInte: none is in force.
    """
    gallande = [m for m in mappningar if m.galler(kommun, dag)]
    if not gallande:
        msg = f"Ingen radmappning gäller för kommun {kommun} den {dag}."
        raise RadmappningGarInte(msg)
    return max(gallande, key=lambda m: (m.kommun != ALLA_KOMMUNER, m.galler_fran))
