"""The days that an event may speak of: those that a question can be about. A day outside them is mistyped.

Refused where events are taken in and not where they are read: what is recorded stays readable, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from application.faltfel import Faltfel, OgiltigHandelse, visa
from domain.tid import FORSTA_DAG, SISTA_DAG


def vagra_dagar_utom_fragan(handelse: BaseModel) -> None:
    """Refuse an event that speaks of a day no question reaches.

    Raises:
        OgiltigHandelse: names each such field.
    """
    fel = [
        Faltfel(falt, "dag-utanfor", f"{falt} ska ligga mellan {FORSTA_DAG} och {SISTA_DAG}, inte {visa(str(dag))}.")
        for falt, dag in _dagar(handelse)
        if not FORSTA_DAG <= dag <= SISTA_DAG
    ]
    if fel:
        raise OgiltigHandelse(fel)


def _dagar(varde: Any, plats: str = "") -> Iterator[tuple[str, date]]:
    """Yield every day of a value, with the name of its field."""
    if isinstance(varde, date):
        yield plats, varde
    elif isinstance(varde, tuple):
        for nr, ett in enumerate(varde):
            yield from _dagar(ett, f"{plats}.{nr}")
    elif varde is not None:
        klass: type[BaseModel] = type(varde)
        for namn, alias in _falt_med_dagar(klass):
            yield from _dagar(getattr(varde, namn), f"{plats}.{alias}" if plats else alias)


@cache
def _falt_med_dagar(klass: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a class that may hold days, by name and as they are sent: few of them do."""
    falten = klass.model_fields.items()
    return tuple((namn, falt.alias or namn) for namn, falt in falten if _rymmer_dagar(falt.annotation))


def _rymmer_dagar(typ: Any) -> bool:
    if isinstance(typ, type) and issubclass(typ, BaseModel):
        return bool(_falt_med_dagar(typ))
    return typ is date or any(map(_rymmer_dagar, get_args(typ)))
