"""Functions that databases name differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, String
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


class jsonpar(GenericFunction[str]):  # noqa: N801 - the name of a SQL function
    """The members of a JSON object, each as a row with the columns ``key`` and ``value``."""

    inherit_cache = True


class jsonrader(GenericFunction[str]):  # noqa: N801 - the name of a SQL function
    """The elements of a JSON list, each as a row with the column ``value``."""

    inherit_cache = True


class jsonfalt(GenericFunction[str]):  # noqa: N801 - the name of a SQL function
    """An element of a JSON list by its number, as text."""

    type = String()
    inherit_cache = True


@compiles(jsonpar, "postgresql")
def _json_each_av_text(element: Any, compiler: Any, **kw: Any) -> str:
    return f"jsonb_each(CAST({compiler.process(element.clauses, **kw)} AS JSONB))"


@compiles(jsonpar, "sqlite")
@compiles(jsonrader, "sqlite")
def _json_each(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(jsonrader, "postgresql")
def _json_array_elements(element: Any, compiler: Any, **kw: Any) -> str:
    return f"jsonb_array_elements({compiler.process(element.clauses, **kw)})"


@compiles(jsonfalt, "sqlite")
def _json_extract(element: Any, compiler: Any, **kw: Any) -> str:
    varde, nr = element.clauses
    return f"json_extract({compiler.process(varde, **kw)}, '$[{nr.value:d}]')"


@compiles(jsonfalt, "postgresql")
def _json_pil(element: Any, compiler: Any, **kw: Any) -> str:
    varde, nr = element.clauses
    return f"({compiler.process(varde, **kw)} ->> {nr.value:d})"
