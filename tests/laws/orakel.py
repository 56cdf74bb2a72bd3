"""The oracle: a plain, slow reference fold over the log; what each stream means is in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence

from tests.laws.loggen import Orakelfraga, Post, Tabell
from tests.laws.orakel_pengar import UR_BELOPP
from tests.laws.orakel_placering import UR_VISTELSER, alla_dygn


def svara(poster: Sequence[Post], fraga: Orakelfraga) -> Tabell:
    """Answer a question to a measure."""
    if fraga.matt in UR_VISTELSER:
        return UR_VISTELSER[fraga.matt](alla_dygn(poster, fraga), fraga)
    return UR_BELOPP[fraga.matt](poster, fraga)
