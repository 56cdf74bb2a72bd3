"""What the log says of events without opening what is in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from application.ports import Handelsehuvud
from domain.tid import ogonblick_av
from infrastructure.tables import handelser

HUVUDEN = select(*(handelser.c[namn] for namn in Handelsehuvud.__dataclass_fields__))


def huvud(rad: Row[Any]) -> Handelsehuvud:
    """Return a row of ``HUVUDEN``."""
    return Handelsehuvud(**{**rad._asdict(), "registrerad": ogonblick_av(rad.registrerad)})
