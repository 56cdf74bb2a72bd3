"""How an example is made: shared by the files of examples, which know nothing of each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from domain.handelse import Handelse

H = TypeVar("H", bound=Handelse)


def gor(klass: type[H], andra: Mapping[str, Any], **vanligt: Any) -> H:
    """Make an event from ordinary values and those a test changes; ``None`` leaves a value out."""
    falt = {namn: varde for namn, varde in {**vanligt, **andra}.items() if varde is not None}
    return klass.model_validate(falt)
