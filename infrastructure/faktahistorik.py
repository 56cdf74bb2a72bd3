"""Whole columns of facts with when each was known, for what is worked out beside the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
from pydantic.alias_generators import to_camel
from sqlalchemy import select

from application.ports import REGISTRERAD
from domain.fakta import Fakta
from domain.matt.modell import Urval
from infrastructure.facts import som_siffror
from infrastructure.kalla import Kalla
from infrastructure.recorder import Recorder
from infrastructure.rows import bitar
from infrastructure.tables import handelser

_PLANERAT_SLUT = to_camel("planerat_slut")


class Faktakolumner:
    """Implements ``application.ports.Faktahistorik``."""

    def __init__(self, recorder: Recorder) -> None:
        """Read through the recorder's connections."""
        self._recorder = recorder

    def kolumner(
        self, form: type[Fakta], kolumner: Sequence[str], urval: Urval, position: int
    ) -> Sequence[tuple[Any, ...]]:
        """Return columns of every fact that had become known at a position, whether or not it still was."""
        kalla = Kalla(form)
        villkor = [kalla[namn].in_(varden) for namn, varden in urval.items()]
        alla = {**{namn: som_siffror(kalla[namn]) for namn in kalla.kolumner}, REGISTRERAD: handelser.c.registrerad}
        fraga = select(*(alla[namn] for namn in kolumner)).select_from(kalla.tabeller)
        if REGISTRERAD in kolumner:
            fraga = fraga.join(handelser, handelser.c.position == kalla["kand_fran"])
        with self._recorder.lasning() as forbindelse:
            svar = forbindelse.execute(fraga.where(*villkor, kalla["kand_fran"] <= position))
            return [tuple(rad) for rad in svar.fetchall()]

    def planerade_slut(self, positioner: Iterable[int]) -> Mapping[int, int]:
        """Return the planned last day (its number) that the events at some positions state; absent where none does."""
        k = handelser.c
        svar = {}
        with self._recorder.lasning() as forbindelse:
            for nagra in bitar(sorted(set(positioner))):
                for position, innehall in forbindelse.execute(
                    select(k.position, k.innehall).where(k.position.in_(nagra))
                ):
                    dag = orjson.loads(innehall).get(_PLANERAT_SLUT)
                    if dag is not None:
                        svar[position] = date.fromisoformat(dag).toordinal()
        return svar
