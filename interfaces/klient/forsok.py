"""When to try again, and after how long.

A request is tried again when there was no answer, or one that says that the server could not: 409 for an event that is
being recorded, 429, 502, 503, 504, 507. Everything else is an answer. A writing request is safe to try again because it
carries the same event id every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

_KAN_INTE = frozenset({429, 502, 503, 504, 507})
_KROCK = 409
_PA_VAG = "redan-pa-vag"


@dataclass(frozen=True)
class Forsok:
    """How many times, and how long between.

    Attributes:
        forst: seconds before the second try, doubled for each one after; the wait is drawn between half of it and all.
        langst: seconds that are waited at most, whatever the server says.
    """

    antal: int = 6
    forst: float = 0.2
    langst: float = 60.0
    slump: Random = field(default_factory=Random, repr=False)

    def vantor(self) -> Iterator[float]:
        """Yield how long to wait before each try after the first."""
        for nr in range(self.antal - 1):
            hela = min(self.forst * 2**nr, self.langst)
            yield hela * (0.5 + self.slump.random() / 2)

    def vantan(self, egen: float, retry_after: str | None) -> float:
        """Return how long to wait: as long as the server says, but never less than of one's own accord."""
        try:
            sagd = float(retry_after) if retry_after else 0.0
        except ValueError:
            sagd = 0.0
        return min(max(sagd, egen), self.langst)


def lonar_sig_igen(status: int, kod: str) -> bool:
    """Return whether another try can have another outcome."""
    return status in _KAN_INTE or (status == _KROCK and kod == _PA_VAG)
