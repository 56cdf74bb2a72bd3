"""Lines of files, packed or not: what a file is packed with is seen by how it begins, whatever it is called."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import zstandard

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BIT = 1 << 17

SKADAD = (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError)
"""What reading a packed file that is damaged or cut off raises."""


@contextmanager
def oppna_rader(fil: str) -> Iterator[tuple[Iterator[bytes], float | None]]:
    """Yield the lines of a file (- is standard in), unpacked, and its size if it can be known before it is read."""
    with ExitStack() as oppna:
        ra: Any = sys.stdin.buffer if fil == "-" else oppna.enter_context(Path(fil).open("rb"))
        borjan = ra.peek(len(_ZSTD))
        if borjan.startswith(_GZIP):
            yield oppna.enter_context(gzip.open(ra)), None
        elif borjan.startswith(_ZSTD):
            yield _rader(_uppackat(ra)), None
        else:
            yield ra, None if fil == "-" else float(Path(fil).stat().st_size)


def _uppackat(ra: Any) -> Iterator[bytes]:
    """Yield what is packed with zstd, frame after frame.

    The library's own reader ends in silence where a file is cut off, so each frame is seen to its end here.
    """
    ram = zstandard.ZstdDecompressor().decompressobj()
    while packat := ra.read(_BIT):
        while packat:
            if ram.eof:
                ram = zstandard.ZstdDecompressor().decompressobj()
            yield ram.decompress(packat)
            packat = ram.unused_data if ram.eof else b""
    if not ram.eof:
        raise EOFError


def _rader(bitar: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for bit in bitar:
        *hela, rest = (rest + bit).split(b"\n")
        yield from (rad + b"\n" for rad in hela)
    if rest:
        yield rest
