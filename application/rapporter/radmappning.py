"""Row mappings: which facts belong to which printed row, as dated data per municipality.

Reports regroup their rows between years and municipalities, so a mapping is a record with dates in force, never
code. Standard mappings ship in ``radmappningar.json``; a user gives another file of the same shape instead.
"""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from application.faltfel import oversatt
from domain.begrepp import Insatsform, Kon, Lagrum, Malgrupp, Prissort, Regi

ALLA_KOMMUNER = "*"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Urval(_Data):
    """Which facts a row counts: allowed values per dimension; an absent dimension is not restricted."""

    malgrupp: tuple[Malgrupp | None, ...] | None = None
    insatsform: tuple[Insatsform, ...] | None = None
    regi: tuple[Regi | None, ...] | None = None
    lagrum: tuple[Lagrum, ...] | None = None
    kon: tuple[Kon, ...] | None = None
    enhet: tuple[str | None, ...] | None = None
    overordnad: tuple[str | None, ...] | None = None
    avdelning: tuple[str | None, ...] | None = None

    def som_filter(self) -> dict[str, tuple[str | None, ...]]:
        """Return the restrictions as dimension -> allowed stored words; null allows amounts that do not say."""
        return {namn: tuple(varden) for namn, varden in self if varden is not None}


class Rad(_Data):
    """One printed row: its two labels, what it counts, and what its price is per (none: only amounts)."""

    malgrupp: str
    insatsform: str
    urval: Urval
    prissort: Prissort | None = None


class Radmappning(_Data):
    """The rows of one table in one municipality for the days ``[galler_fran, galler_till)``."""

    kommun: str
    galler_fran: date
    galler_till: date | None = None
    kalla: str = Field(description="Where the grouping comes from")
    rader: tuple[Rad, ...]

    @model_validator(mode="after")
    def _egna_etiketter(self) -> Self:
        etiketter = [(rad.malgrupp, rad.insatsform) for rad in self.rader]
        if len(set(etiketter)) < len(etiketter):
            msg = "två rader har samma malgrupp och insatsform"
            raise ValueError(msg)
        return self

    def galler(self, kommun: str, dag: date) -> bool:
        """Return whether the mapping is in force in a municipality on a day."""
        return self.kommun in (ALLA_KOMMUNER, kommun) and self.galler_fran <= dag < (self.galler_till or date.max)


class RadmappningGarInte(ValueError):
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
    kalla = fil if fil is not None else resources.files(__package__).joinpath("radmappningar.json")
    try:
        return _MAPPNINGAR.validate_json(kalla.read_text(encoding="utf-8"))
    except ValidationError as fel:
        msg = f"Radmappningen {kalla} går inte att läsa. {oversatt(fel)}"
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
