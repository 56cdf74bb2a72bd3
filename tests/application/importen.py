"""What tests of the import share: lines to import, and an import whose reasons are checked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from application import importbeslut, importera, importskrivning
from application.commands import Utfall
from application.importbeslut import Batchfraga, Batchsvar, Beslutat, Omgang, Utgangslage
from application.importera import Importresultat
from application.importrader import Avvisad
from infrastructure.importprocess import stegvis, uppackat
from interfaces import bootstrap
from interfaces.bootstrap import Tjanster
from tests.domain.exempel import (
    en_placering,
    ett_avslut,
    ett_nytt_lagrum,
    ett_nytt_pris,
)
from tests.domain.importrader import rad, utan_engelska

NU = datetime(2020, 6, 1, 8, tzinfo=UTC)
FAKTATABELLER = ("fakta_intervall", "fakta_punkt", "fakta_belopp")
LOGGEN = "SELECT position, strom, stromversion, typ, datum, registrerad, handelse_id, rattar, innehall FROM handelser"

Tabeller = dict[str, list[tuple[Any, ...]]]


def i_forvag(
    lage: Utgangslage, kommun: str | None, omgangar: Iterator[Omgang], svara: Callable[[Batchfraga], Batchsvar]
) -> Generator[Beslutat, None, None]:
    """Decide here, but in the order that two processes do it in at the earliest; a ``Beslutsgang``."""
    svar: deque[Batchsvar] = deque()
    for ett in stegvis(lage, kommun, omgangar, svar.popleft):
        if isinstance(ett, Batchfraga):
            svar.append(svara(ett))
        else:
            yield uppackat(ett)


def importera_i_forvag(mp: pytest.MonkeyPatch) -> None:
    """Let every import decide in that order."""
    mp.setattr(bootstrap, "i_annan_process", i_forvag)
    mp.setattr(importera, "OMGANGAR_FOR_TVA", 0)


def i_omgangar(mp: pytest.MonkeyPatch, rader: int, strommar: int) -> None:
    """Let every import take so many lines at a time, and keep so many streams in memory."""
    mp.setattr(importera, "RADER_PER_OMGANG", rader)
    for modul in (importbeslut, importskrivning):
        mp.setattr(modul, "STROMMAR_I_MINNET", strommar)


def importera_rader(tjanster: Tjanster, rader: Iterable[bytes], **sa: Any) -> tuple[Importresultat, list[Avvisad]]:
    """Import with a place for rejects; each reason is checked to be a Swedish sentence."""
    avvisade: list[Avvisad] = []
    resultat = tjanster.importor().importera(rader, avvisa=avvisade.append, **sa)
    assert resultat.avvisade == len(avvisade)
    for avvisad in avvisade:
        assert avvisad.fel
        for fel in avvisad.fel:
            assert fel.falt
            assert fel.kod
            utan_engelska(fel.mening)
    return resultat, avvisade


def skalet(tjanster: Tjanster, *rader: bytes) -> Avvisad:
    """Return why the last of some lines is refused; the others are recorded."""
    resultat, avvisade = importera_rader(tjanster, rader)
    assert [avvisad.rad for avvisad in avvisade] == [len(rader)]
    assert resultat.nya == len(rader) - 1
    assert avvisade[0].innehall == rader[-1]
    return avvisade[0]


def antal(resultat: Importresultat) -> tuple[int, int, int, int]:
    utfall = [resultat.antal[u] for u in (Utfall.REGISTRERAD, Utfall.REDAN_REGISTRERAD, Utfall.OFORANDRAT)]
    return utfall[0], utfall[1], utfall[2], resultat.avvisade


GODA = [rad(en_placering(), 1), rad(ett_nytt_pris(), 2), rad(ett_avslut(), 3)]
DALIG = rad(ett_nytt_lagrum("2019-01-01"), 4)  # before the placement
