"""Identities in SQL: 32 digits in every database, however it holds them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class siffror(GenericFunction[str]):  # noqa: N801 - the name of a SQL function
    """An identity as its 32 hexadecimal digits, which is ``UUID.hex``.

    SQLite holds them so. PostgreSQL has a type of its own, half the size, and writes it with hyphens.
    """

    type = String()
    inherit_cache = True


@compiles(siffror)
def _som_den_ar(element: Any, compiler: Any, **kw: Any) -> str:
    (kolumn,) = element.clauses
    return str(compiler.process(kolumn, **kw))


@compiles(siffror, "postgresql")
def _utan_bindestreck(element: Any, compiler: Any, **kw: Any) -> str:
    return f"replace(CAST({_som_den_ar(element, compiler, **kw)} AS TEXT), '-', '')"
