"""Serving the HTTP application."""

from __future__ import annotations

import uvicorn

from interfaces.bootstrap import Tjanster
from interfaces.http.adress import Vakt
from interfaces.http.app import skapa_app

VANLIG_ADRESS, VANLIG_PORT = "127.0.0.1", 8000


def kor(
    tjanster: Tjanster,
    vakt: Vakt,
    *,
    adress: str = VANLIG_ADRESS,
    port: int = VANLIG_PORT,
    kommun: str | None = None,
    loggniva: str = "warning",
) -> None:
    """Serve a ledger until the process is told to stop, then let requests finish and close it."""
    uvicorn.run(
        skapa_app(tjanster, vakt, kommun=kommun),
        host=adress,
        port=port,
        log_level=loggniva,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
