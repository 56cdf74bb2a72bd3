"""The measures: every one a declaration, gathered from the families.

Sources name the catalogue of measures in published reports (V13, E16 …) and the convention it was decided by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.matt.deklaration import Matt
from domain.matt.familjer.atgarder import ATGARDSMATT
from domain.matt.familjer.avtal import AVTALSMATT
from domain.matt.familjer.belaggning import BELAGGNINGSMATT
from domain.matt.familjer.ekonomi import EKONOMIMATT
from domain.matt.familjer.insatser import INSATSMATT
from domain.matt.familjer.jamforelse import JAMFORELSEMATT
from domain.matt.familjer.kvalitet import KVALITETSMATT
from domain.matt.familjer.prognos import PROGNOSMATT
from domain.matt.familjer.vardygn import VARDYGNSMATT
from domain.matt.familjer.volym import VOLYMMATT

_MATT: tuple[Matt, ...] = (
    *VARDYGNSMATT,
    *VOLYMMATT,
    *INSATSMATT,
    *EKONOMIMATT,
    *PROGNOSMATT,
    *BELAGGNINGSMATT,
    *KVALITETSMATT,
    *ATGARDSMATT,
    *AVTALSMATT,
    *JAMFORELSEMATT,
)


def _efter_id(matten: Iterable[Matt]) -> dict[str, tuple[Matt, ...]]:
    efter: dict[str, list[Matt]] = defaultdict(list)
    for matt in matten:
        for nummer in matt.id:
            efter[nummer].append(matt)
    return {nummer: tuple(efter[nummer]) for nummer in sorted(efter)}


MATT: Mapping[str, Matt] = MappingProxyType({matt.namn: matt for matt in _MATT})
"""Every measure by name."""

MED_ID: Mapping[str, tuple[Matt, ...]] = MappingProxyType(_efter_id(_MATT))
"""The measures by their number in the catalogue of printed measures; a number may be of several."""
