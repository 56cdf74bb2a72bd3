"""Reading requests off a connection: what is none, and what has too large a heading, is told so like any other problem.

The library reads bytes as they come and sets no limit to a heading: whoever never ends one would fill the memory.
"""

from __future__ import annotations

from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from interfaces.http.problem import MEDIETYP, Problem

STORSTA_HUVUD = 64 * 1024
"""Bytes of a request's first line and headings; proxies take less."""


class Protokoll(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *argument: Any, **namngivna: Any) -> None:
        """Begin with no request."""
        super().__init__(*argument, **namngivna)
        self._borjade = self._mottaget = 0
        self._i_huvudet = True
        self._vagrad = False

    def data_received(self, data: bytes) -> None:
        """Read what has come, unless the connection is being closed."""
        if self._vagrad:
            return
        borjade = self._borjade
        super().data_received(data)
        if self._i_huvudet and borjade == self._borjade:  # the same heading goes on
            self._mottaget += len(data)
            if self._mottaget > STORSTA_HUVUD:
                self._for_stort()

    def on_message_begin(self) -> None:
        """Begin a heading."""
        super().on_message_begin()
        self._borjade += 1
        self._mottaget = 0
        self._i_huvudet = True

    def on_headers_complete(self) -> None:
        """Answer the request that the heading is of, if it is small enough."""
        self._i_huvudet = False
        if len(self.url) + sum(len(namn) + len(varde) for namn, varde in self.headers) > STORSTA_HUVUD:
            self._for_stort()
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, if its heading was taken."""
        if not self._vagrad:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request, if its heading was taken."""
        if not self._vagrad:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - what it says is the same every time
        """Answer what is no request."""
        self._vagra(Problem(400, "ogiltig-begaran", "Det som sändes går inte att läsa som en HTTP-begäran."))

    def _for_stort(self) -> None:
        detalj = f"Begärans huvud får vara högst {STORSTA_HUVUD} byte ({STORSTA_HUVUD // 1024} KiB)."
        self._vagra(Problem(431, "for-stort-huvud", detalj))

    def _vagra(self, problem: Problem) -> None:
        """Answer, unless another answer is on its way, and close the connection."""
        if self._vagrad or self.transport.is_closing():
            return
        self._vagrad = True
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            kropp = orjson.dumps(problem.innehall)
            huvuden = (
                f"content-type: {MEDIETYP}\r\ncontent-length: {len(kropp)}\r\ncache-control: no-store\r\n"
                "x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(STATUS_LINE[problem.status] + huvuden.encode() + kropp)
        self.transport.close()
