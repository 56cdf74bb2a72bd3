"""A measure's answer as data: what it rests on, the groups' values and the numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from application.fragetolkning import SAKNAS
from application.queries import Svar
from domain.matt.deklaration import Matt
from domain.pengar import avrunda
from interfaces.somdata.underlag import underlag_som_data


def mattunderlag_som_data(svar: Svar) -> dict[str, Any]:
    """Return the basis of an answer with what the question said of the measure, period aside."""
    fraga = svar.fraga
    return underlag_som_data(svar.underlag) | {
        "vagning": fraga.vagning.value,
        "periodEfter": fraga.period_efter.value,
        "varianter": fraga.gjorda_val,
        "urval": {namn: [SAKNAS if v is None else str(v) for v in varden] for namn, varden in fraga.urval.items()},
    }


def grupp_som_data(svar: Svar, grupp: tuple[Any, ...]) -> dict[str, str | None]:
    """Return a group's values in the dimensions, and the measure's; null where there is none."""
    varden = (None if v is None else str(v) for v in grupp)
    tal = tal_som_data(svar.varden.get(grupp), svar.fraga.matt)
    return dict(zip(svar.fraga.gruppera, varden, strict=True)) | {"varde": tal}


def tal_som_data(varde: Fraction | None, matt: Matt) -> str | None:
    """Return a value with the measure's decimals, as text: a JSON number may be read as a binary float."""
    return None if varde is None else f"{avrunda(varde, matt.enhet.decimaler):f}"
