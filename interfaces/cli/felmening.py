"""What is said when something has gone wrong: one sentence, and a trace in the log where it was not expected.

Apart from the entry point, since a command that goes well needs none of it.
"""

from __future__ import annotations

import errno
import logging
import re
from pathlib import Path

import click
from eventsourcing.persistence import OperationalError
from pydantic.alias_generators import to_camel

from application.fel import VantatFel
from application.queries import FraganGarInte

logger = logging.getLogger(__name__)

_SKAL = {
    errno.ENOENT: "finns inte",
    errno.EACCES: "åtkomst nekad",
    errno.EISDIR: "är en mapp, inte en fil",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.EADDRINUSE: "adressen är upptagen av ett annat program",
    errno.EADDRNOTAVAIL: "adressen finns inte på den här datorn",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "disken är skrivskyddad",
}


def som_mening(fel: Exception, kommando: click.Command) -> str:
    """Return what went wrong in a command, in Swedish; what nobody expected, with how to see where it was."""
    if isinstance(fel, FraganGarInte):
        return _med_flaggor(str(fel), kommando)
    if isinstance(fel, VantatFel):
        return str(fel)
    if isinstance(fel, OperationalError):
        logger.debug("fel från databasen", exc_info=fel)
        return "Databasen går inte att läsa eller skriva: den kan vara skrivskyddad, upptagen eller skadad."
    if isinstance(fel, OSError):
        logger.debug("fel från operativsystemet", exc_info=fel)
        return f"{fel.filename or 'Filen'}: {_skal(fel)}."
    logger.debug("oväntat fel", exc_info=fel)
    return f"Oväntat fel ({type(fel).__name__}: {fel}). Kör igen med liggare --spar … för ett spår."


def _skal(fel: OSError) -> str:
    """Return why the system refused; a file to be written is missing only where its folder is."""
    if fel.errno == errno.ENOENT and isinstance(fel.filename, str) and not Path(fel.filename).parent.is_dir():
        return f"mappen {Path(fel.filename).parent} finns inte"
    return _SKAL.get(fel.errno or 0, str(fel.strerror or fel))


def _med_flaggor(mening: str, kommando: click.Command) -> str:
    """Return a sentence that names parameters as the HTTP interface does (``kantDen``) with a command's options."""
    flaggor = {to_camel(val.name): val.opts[0] for val in kommando.params if "_" in (val.name or "")}
    return re.sub(r"\b[a-z]+[A-Z]\w*\b", lambda ord_: flaggor.get(ord_[0], ord_[0]), mening)
