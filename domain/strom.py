"""Stream identities that follow from what the stream is about."""

from __future__ import annotations

import uuid
from uuid import UUID

_BUDGETPERIOD = uuid.uuid5(uuid.NAMESPACE_URL, "urn:liggare:budgetperiod")


def budgetperiodens_id(kommun: str, namnd: str, ar: int) -> UUID:
    """Return the stream id of one board's budget year.

    The id derives from municipality code, board and year (UUID version 5), so that everybody who books, forecasts or
    imports arrives at the same stream without asking.
    """
    return uuid.uuid5(_BUDGETPERIOD, f"{kommun}/{namnd}/{ar}")
