"""Scenarios as data: what would be changed, from when and for whom, checked and turned into a simulation's terms.

A scenario is a JSON file: a name and a list of changes, each with its ``slag``. What a change is about is given by
``insatsform``, ``malgrupp`` or ``rad`` (the labels of a row); what is not named is all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from application.faltfel import oversatt, visa
from application.fel import VantatFel
from application.prognos.rader import Prognosrader
from domain.begrepp import Insatsform, Malgrupp
from domain.prognos.scenario import Andring, Andringsslag, Enhet, Scenario
from domain.prognos.underlag import Segment

Faktor = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]


class ScenarioGarInte(VantatFel, ValueError):
    """A scenario cannot be read or played; a Swedish sentence says why."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class _Andring(_Data):
    """What every change has: from which day, and for whom."""

    fran: date
    insatsform: tuple[Insatsform, ...] | None = None
    malgrupp: tuple[Malgrupp | None, ...] | None = None
    rad: tuple[str, ...] | None = None

    def galler(self, segment: Segment, rader: Prognosrader) -> bool:
        """Return whether the change is about a segment."""
        return (
            (self.insatsform is None or segment.insatsform in self.insatsform)
            and (self.malgrupp is None or segment.malgrupp in self.malgrupp)
            and (self.rad is None or rader.poster[segment.rad].nyckel in self.rad)
        )


class Vistelsetid(_Andring):
    """What is left of every stay from the day on is ``faktor`` times as long: 0.8 is 20 per cent shorter."""

    slag: Literal["vistelsetid"]
    faktor: Faktor


class Prisandring(_Andring):
    """Every day from then on costs ``faktor`` times as much: 1.03 is three per cent more."""

    slag: Literal["pris"]
    faktor: Faktor


class Infloderandring(_Andring):
    """``faktor`` times as much care begins, or ``tillagg_per_manad`` more stays a month in all."""

    slag: Literal["inflode"]
    faktor: Faktor | None = None
    tillagg_per_manad: Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _ett_av_dem(self) -> Self:
        if (self.faktor is None) == (self.tillagg_per_manad is None):
            msg = "en inflödesändring ska ha antingen faktor eller tillaggPerManad"
            raise ValueError(msg)
        return self


class NyEnhet(_Andring):
    """A unit of ``platser`` opens; each place costs ``kostnad_per_platsdygn`` kronor a day, used or not."""

    slag: Literal["enhet"]
    platser: Annotated[int, Field(ge=1, le=10_000)]
    kostnad_per_platsdygn: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    belaggning: Annotated[float, Field(gt=0, le=1)] = 1.0


class Scenariodata(_Data):
    """A scenario as it is written."""

    namn: Annotated[str, Field(min_length=1, max_length=200)]
    beskrivning: str | None = None
    andringar: Annotated[
        tuple[Annotated[Vistelsetid | Prisandring | Infloderandring | NyEnhet, Field(discriminator="slag")], ...],
        Field(min_length=1),
    ]


def las_scenario(fil: Path) -> Scenariodata:
    """Return the scenario in a file.

    Raises:
        ScenarioGarInte: it is not JSON of the right shape (names the field, the value and what is allowed).
    """
    return tolka_scenario(fil.read_bytes(), str(fil))


def tolka_scenario(innehall: bytes, kalla: str) -> Scenariodata:
    """Return a scenario from JSON; ``kalla`` names it in an error.

    Raises:
        ScenarioGarInte: it is not JSON of the right shape.
    """
    try:
        return Scenariodata.model_validate_json(innehall)
    except ValidationError as fel:
        slag = next((f for f in fel.errors() if f["type"].startswith("union_tag")), None)
        vad = _okant_slag(slag) if slag else str(oversatt(fel, helheten="Filen"))
        raise ScenarioGarInte(f"Scenariot {kalla} går inte att läsa. {vad}") from None


def _okant_slag(fel: Any) -> str:
    plats = ".".join(str(del_) for del_ in fel["loc"])
    given = f", inte {visa(fel['ctx']['tag'])}" if "tag" in fel.get("ctx", {}) else ""
    return f"{plats}.slag ska vara vistelsetid, pris, inflode eller enhet{given}."


def som_spelas(data: Scenariodata, segment: Sequence[Segment], rader: Prognosrader) -> Scenario:
    """Return a scenario in the terms of a simulation.

    Raises:
        ScenarioGarInte: a change is about a row that does not exist, or about no care at all.
    """
    andringar: list[Andring] = []
    enheter: list[Enhet] = []
    for nr, andring in enumerate(data.andringar, start=1):
        okand = next((rad for rad in andring.rad or () if rad not in {r.nyckel for r in rader.poster}), None)
        if okand is not None:
            alla = "; ".join(r.nyckel for r in rader.poster)
            raise ScenarioGarInte(f"Scenariot {data.namn}, ändring {nr}: raden {okand!r} finns inte. Rader: {alla}.")
        berors = frozenset(n for n, s in enumerate(segment) if andring.galler(s, rader))
        if not berors:
            mening = f"Scenariot {data.namn}, ändring {nr}, rör ingen vård som finns i liggaren."
            raise ScenarioGarInte(mening)
        fran = andring.fran.toordinal()
        match andring:
            case Vistelsetid():
                andringar.append(Andring(Andringsslag.VISTELSETID, fran, berors, andring.faktor))
            case Prisandring():
                andringar.append(Andring(Andringsslag.PRIS, fran, berors, andring.faktor))
            case Infloderandring(faktor=None):
                andringar.append(Andring(Andringsslag.TILLAGG, fran, berors, andring.tillagg_per_manad or 0.0))
            case Infloderandring():
                andringar.append(Andring(Andringsslag.INFLODE, fran, berors, andring.faktor or 1.0))
            case NyEnhet():
                raderna = frozenset(segment[n].rad for n in berors)
                enheter.append(Enhet(fran, raderna, andring.platser, andring.belaggning, andring.kostnad_per_platsdygn))
    return Scenario(tuple(andringar), tuple(enheter))
