"""The server's log: one JSON object per line on standard error, without personal data.

A line about a request names the operation and never its address, since addresses have ids in them; a line about an
unforeseen error names kinds and places in the code and never values (``problem.logga_fel``).
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime

import orjson

BEGARAN = logging.getLogger("liggare.begaran")


class Jsonrader(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what would break a line or steer a terminal is escaped by being JSON."""
        tid = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        rad = {"tid": tid, "niva": record.levelname.lower(), "logg": record.name, "meddelande": record.getMessage()}
        rad |= getattr(record, "falt", {})
        if record.exc_info and record.exc_info[0] is not None:
            rad["fel"] = record.exc_info[0].__qualname__
        return orjson.dumps(rad, default=str).decode()


def borja_logga(niva: str) -> None:
    """Log to standard error from now on, and nowhere else."""
    hanterare = logging.StreamHandler(sys.stderr)
    hanterare.setFormatter(Jsonrader())
    logging.basicConfig(level=niva.upper(), handlers=[hanterare], force=True)
