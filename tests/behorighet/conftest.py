"""The world behind the guard, shared by the tests that change nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.behorighet.varlden import Varld, varlden


@pytest.fixture(scope="module")
def v(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Varld]:
    with varlden(tmp_path_factory.mktemp("varlden")) as varld:
        yield varld
