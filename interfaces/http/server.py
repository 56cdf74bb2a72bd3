"""Serving the HTTP application."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

from interfaces.bootstrap import Tjanster
from interfaces.http.adress import Vakt
from interfaces.http.app import skapa_app
from interfaces.http.logg import borja_logga
from interfaces.http.protokoll import Protokoll

VANLIG_ADRESS, VANLIG_PORT = "127.0.0.1", 8000


class _Server(uvicorn.Server):
    """Tells the application that it stops, so that feeds end instead of being waited for."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.rum.vackare.stanna()
        await super().shutdown(sockets)


def kor(
    tjanster: Tjanster,
    vakt: Vakt,
    *,
    adress: str = VANLIG_ADRESS,
    port: int = VANLIG_PORT,
    kommun: str | None = None,
    publik_adress: str | None = None,
    loggniva: str = "warning",
    avslut: int = 10,
) -> None:
    """Serve a ledger until the process is told to stop, then let requests finish and close it.

    Args:
        publik_adress: where the API is reached from outside, without the version.
        avslut: seconds that requests have to finish in.
    """
    borja_logga(loggniva)
    app = skapa_app(tjanster, vakt, kommun=kommun, publik_adress=publik_adress)
    config = uvicorn.Config(
        app,
        host=adress,
        port=port,
        http=Protokoll,
        log_config=None,
        log_level=loggniva,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=avslut,
    )
    _Server(config, app).run()
