"""The search that the proof of forgetting rests on finds a mark wherever it lies."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests.gallring.personer import traffar


@pytest.mark.parametrize("plats", range(17))
def test_ett_marke_hittas_pa_varje_plats_och_ett_annat_inte(tmp_path: Path, plats: int) -> None:
    marke, annat = uuid4().bytes, uuid4().bytes
    nastan = marke[:15] + bytes([marke[15] ^ 1])
    fil = tmp_path / "fil"
    fil.write_bytes(bytes(plats) + nastan + b"x" * plats + marke)
    assert traffar([fil], [marke, annat]) == [("fil", marke)]
    fil.write_bytes(bytes(plats) + nastan + marke[:15])
    assert traffar([fil], [marke, annat]) == []
