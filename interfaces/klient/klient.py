"""The client: record, read, ask and follow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import sleep
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from interfaces.klient.fel import NaddesInte, Nekad
from interfaces.klient.forsok import Forsok, lonar_sig_igen
from interfaces.klient.svar import Kvitto, Sida

_FORSTA_FEL = 400


class _Svar(NamedTuple):
    status: int
    huvuden: Mapping[str, str]
    innehall: Any


class Klient:
    """Speaks to one server.

    Every method raises ``Nekad`` where the server refuses, and ``NaddesInte`` where it could not be asked.
    """

    def __init__(
        self,
        adress: str,
        token: Callable[[], str] | None = None,
        *,
        forsok: Forsok | None = None,
        tidsgrans: float = 30.0,
        vanta: Callable[[float], None] = sleep,
    ) -> None:
        """Use the API at an address, with its version: ``https://…/v1``.

        Args:
            adress: where the API is.
            token: returns a bearer token; asked before every try, so that it can be renewed.
            forsok: how often to try again.
            tidsgrans: seconds to wait for an answer.
            vanta: waits so many seconds.
        """
        delar = urlsplit(adress.rstrip("/"))
        self._bas, self._vard, self._tls = delar.path, delar.netloc, delar.scheme == "https"
        self._token, self._forsok, self._tidsgrans, self._vanta = token, forsok or Forsok(), tidsgrans, vanta

    def registrera(
        self, samling: str, strom: UUID, handelse: Mapping[str, Any], *, version: int | None = None
    ) -> Kvitto:
        """Record an event in a stream; it keeps its id through every try, and gets one if it has none.

        Args:
            samling: the collection.
            strom: the stream.
            handelse: the event, as the API takes it.
            version: the stream's version that it builds upon; 0: the stream is to begin; None: any that has begun.
        """
        handelse = {**handelse, "handelseId": str(handelse.get("handelseId") or uuid4())}
        villkor = {"If-None-Match": "*"} if version == 0 else {"If-Match": "*" if version is None else f'"{version}"'}
        svar = self._sand("POST", f"/{samling}/{strom}/handelser", json.dumps(handelse).encode(), villkor)
        return Kvitto.av(svar.innehall)

    def lamna_in(self, handelser: Sequence[Mapping[str, Any]]) -> list[Kvitto | Nekad]:
        """Record many events, each by itself; every one must have ``samling``, ``id`` and ``handelseId``."""
        rader = "\n".join(map(json.dumps, handelser)).encode()
        svar = self._sand("POST", "/handelser", rader, {"Content-Type": "application/x-ndjson"})
        return [
            Kvitto.av(ett["kvitto"]) if "kvitto" in ett else Nekad(ett["status"], ett["problem"])
            for ett in svar.innehall["resultat"]
        ]

    def las(self, vag: str, **fraga: str | int) -> Any:
        """Read a resource, for example ``las("/matt/vardygn", gallerDen="2019-08-31")``."""
        return self._sand("GET", f"{vag}?{urlencode(fraga)}" if fraga else vag).innehall

    def flodet(self, efter: int = 0, *, limit: int = 100, **urval: str) -> Iterator[Sida]:
        """Yield pages of the feed after a position until there is no more; keep ``fortsatt_efter`` for later."""
        while True:
            data = self.las("/handelser", offset=efter, limit=limit, **urval)
            sida = Sida(data["handelser"], data["fortsattEfter"])
            if sida.fortsatt_efter == efter:
                return
            yield sida
            efter = sida.fortsatt_efter

    def _sand(
        self, metod: str, vag: str, kropp: bytes | None = None, huvuden: Mapping[str, str] | None = None
    ) -> _Svar:
        vantor = self._forsok.vantor()
        while True:
            orsak: Exception
            sagd = None
            try:
                svar = self._en_gang(metod, self._bas + vag, kropp, huvuden or {})
            except (OSError, HTTPException) as fel:
                orsak = fel
            else:
                if svar.status < _FORSTA_FEL:
                    return svar
                problem = svar.innehall if isinstance(svar.innehall, dict) else {}
                nekad = Nekad(svar.status, problem)
                if not lonar_sig_igen(svar.status, nekad.kod):
                    raise nekad
                orsak, sagd = nekad, svar.huvuden.get("retry-after")
            egen = next(vantor, None)
            if egen is None:
                raise NaddesInte(
                    f"{metod} {vag.partition('?')[0]}: inget svar på {self._forsok.antal} försök."
                ) from orsak
            self._vanta(self._forsok.vantan(egen, sagd))

    def _en_gang(self, metod: str, vag: str, kropp: bytes | None, huvuden: Mapping[str, str]) -> _Svar:
        klass = HTTPSConnection if self._tls else HTTPConnection
        forbindelse = klass(self._vard, timeout=self._tidsgrans)
        alla = {"Accept": "application/json", **({"Content-Type": "application/json"} if kropp else {}), **huvuden}
        if self._token is not None:
            alla["Authorization"] = f"Bearer {self._token()}"
        try:
            forbindelse.request(metod, vag, kropp, alla)
            svar = forbindelse.getresponse()
            text = svar.read()
            data = json.loads(text) if "json" in svar.headers.get("content-type", "") else text
            return _Svar(svar.status, {namn.lower(): varde for namn, varde in svar.getheaders()}, data)
        except ValueError as fel:  # half an answer
            raise HTTPException(str(fel)) from fel
        finally:
            forbindelse.close()
