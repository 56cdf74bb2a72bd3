"""Examples of what is done in a stay, how it is bought and who pays for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.handelse import Handelse
from domain.placering.handelser import (
    AvtalsformAndrad,
    BetalningsansvarOverlamnat,
    BetalningsansvarOvertaget,
    HalsoundersokningGjord,
    HemtagningPaborjad,
    PlaceringsslagAndrat,
    VardplanUpprattad,
)
from tests.domain.gor import gor


def ett_nytt_placeringsslag(datum: str = "2019-03-05", **andra: Any) -> PlaceringsslagAndrat:
    return gor(PlaceringsslagAndrat, andra, datum=datum, placeringsslag="stadigvarande")


def en_ny_avtalsform(datum: str = "2019-03-06", **andra: Any) -> AvtalsformAndrad:
    return gor(AvtalsformAndrad, andra, datum=datum, avtalsform="uppdragsavtal")


def ett_overlamnat_ansvar(datum: str = "2019-03-07", **andra: Any) -> BetalningsansvarOverlamnat:
    return gor(BetalningsansvarOverlamnat, andra, datum=datum, betalare="migrationsverket")


def ett_overtaget_ansvar(datum: str = "2019-03-08", **andra: Any) -> BetalningsansvarOvertaget:
    return gor(BetalningsansvarOvertaget, andra, datum=datum)


def en_halsoundersokning(datum: str = "2019-03-11", **andra: Any) -> HalsoundersokningGjord:
    return gor(HalsoundersokningGjord, andra, datum=datum, slag="halsa")


def en_vardplan(datum: str = "2019-03-12", **andra: Any) -> VardplanUpprattad:
    return gor(VardplanUpprattad, andra, datum=datum, reviderad=False)


def en_hemtagning(datum: str = "2019-05-02", **andra: Any) -> HemtagningPaborjad:
    return gor(HemtagningPaborjad, andra, datum=datum)


VANLIGA: Mapping[type[Handelse], Callable[..., Handelse]] = {
    PlaceringsslagAndrat: ett_nytt_placeringsslag,
    AvtalsformAndrad: en_ny_avtalsform,
    BetalningsansvarOverlamnat: ett_overlamnat_ansvar,
    BetalningsansvarOvertaget: ett_overtaget_ansvar,
    HalsoundersokningGjord: en_halsoundersokning,
    VardplanUpprattad: en_vardplan,
    HemtagningPaborjad: en_hemtagning,
}

FULLA: Mapping[type[Handelse], Callable[[], Handelse]] = {
    AvtalsformAndrad: lambda: en_ny_avtalsform(avtalsform="direktupphandling", direktupphandlingsorsak="platsbrist"),
}
