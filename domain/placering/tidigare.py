"""Placering: events as older versions had them. They are read for ever; nothing here is ever changed."""

from __future__ import annotations

from typing import Any, Self

from pydantic import StrictBool, model_validator

from domain.fel import DatumArInteVerkansdag
from domain.handelse import Dag, TidigareVersion


class FranvaroRegistreradV1(TidigareVersion, typ="franvaro.registrerad", version=1):
    """The first day stood twice, as ``datum`` and ``fran``; a day that differed was refused, so version 2 has one."""

    fran: Dag
    till: Dag
    betald: StrictBool

    @model_validator(mode="after")
    def _inte_bakvand(self) -> Self:
        if self.till <= self.fran:
            msg = "till (återkomstdagen) ska vara efter fran"
            raise ValueError(msg)
        return self

    def till_nasta(self) -> dict[str, Any]:
        """Return the absence without the repeated day."""
        if self.fran != self.datum:
            raise DatumArInteVerkansdag(namn="fran", varde=self.fran, datum=self.datum)
        return self.model_dump(mode="json", by_alias=True, exclude={"fran"})
