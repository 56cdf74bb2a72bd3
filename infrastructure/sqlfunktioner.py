"""Functions that databases name differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class minst(GenericFunction[int]):  # noqa: N801 - the name of a SQL function
    """The smaller of two values: ``least`` in standard SQL, ``min`` in SQLite."""

    type = BigInteger()
    inherit_cache = True


class storst(GenericFunction[int]):  # noqa: N801 - the name of a SQL function
    """The larger of two values: ``greatest`` in standard SQL, ``max`` in SQLite."""

    type = BigInteger()
    inherit_cache = True


@compiles(minst)
def _least(element: Any, compiler: Any, **kw: Any) -> str:
    return f"least({compiler.process(element.clauses, **kw)})"


@compiles(storst)
def _greatest(element: Any, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


@compiles(minst, "sqlite")
def _min(element: Any, compiler: Any, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"


@compiles(storst, "sqlite")
def _max(element: Any, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"
