"""Eight processes that write at once, on one stream and on fifty: every attempt has one outcome with a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing.connection import Connection
from random import Random
from typing import Any
from uuid import UUID

import pytest

from application.commands import Utfall
from application.ports import LiggarenUpptagen
from interfaces.bootstrap import Tjanster, koppla
from tests.faults.konto import Konto, Skrivarprocess, bastabell, svaret_fore
from tests.faults.skrivare import Nekad, Uppdrag, registrera
from tests.infrastructure.test_ombyggnad import FORSTA_DAG, _borjan

SKRIVARE = 8
UPPTAGEN = LiggarenUpptagen.__name__
STROM_ETT, DELAT_ID = 10**9, 10**12


TUNG = pytest.mark.tung


@pytest.mark.parametrize(
    ("strommar", "antal"), [(1, 10), (50, 15), pytest.param(1, 100, marks=TUNG), pytest.param(50, 300, marks=TUNG)]
)
def test_atta_skrivare_samtidigt(databas: str, strommar: int, antal: int, protokoll: Callable[..., None]) -> None:
    gor = pa_en_strom if strommar == 1 else pa_femtio_strommar
    with ExitStack() as oppna:
        processer = [
            oppna.enter_context(Skrivarprocess(Uppdrag(databas, fro=nr, antal=antal), gor)) for nr in range(SKRIVARE)
        ]
        konton = [process.bokfor_allt() for process in processer]
    tjanster = koppla(databas)
    assert tjanster.verifierare.verifiera().hel
    assert bastabell(tjanster) == svaret_fore()
    utfall = Counter(post.utfall for konto in konton for post in konto.bekraftade)
    nekade = Counter(post.fel for konto in konton for post in konto.nekade)
    upptagna = nekade.pop(UPPTAGEN, 0)
    assert utfall.total() + nekade.total() == SKRIVARE * (2 * antal + strommar)
    _strommarna_ar_de_som_lyckades(tjanster, konton, strommar)
    # The same event from all eight, for each number: one records it and seven hear that it is recorded.
    delade = Counter(post.utfall for konto in konton for post in konto.bekraftade if _ar_delad(post.handelse_id))
    assert delade == {Utfall.REGISTRERAD: antal, Utfall.REDAN_REGISTRERAD: antal * (SKRIVARE - 1)}
    # All begin every stream: one does, the others are refused by the rule that a stream begins once.
    assert nekade == {"StrommenHarRedanBorjat": strommar * (SKRIVARE - 1)}
    tjanster.stang()
    nya, redan = utfall[Utfall.REGISTRERAD], utfall[Utfall.REDAN_REGISTRERAD]
    text = f"{nya} registrerade, {redan} redan registrerade, {nekade.total()} nekade vid namn, {upptagna} fick vänta"
    vad = f"{SKRIVARE} samtidiga skrivare på {'en ström' if strommar == 1 else f'{strommar} strömmar'}"
    protokoll(vad, utfall.total() + nekade.total(), text, databas)


def _strommarna_ar_de_som_lyckades(tjanster: Tjanster, konton: list[Konto], strommar: int) -> None:
    lyckade = {post.handelse_id for konto in konton for post in konto.bekraftade if post.utfall == Utfall.REGISTRERAD}
    i_strommarna = 0
    for nr in range(strommar):
        kuvert = tjanster.huvudbok.las_strom(UUID(int=STROM_ETT + nr))
        assert [k.originator_version for k in kuvert] == list(range(1, len(kuvert) + 1))
        assert {str(k.forslag.handelse_id) for k in kuvert} <= lyckade
        i_strommarna += len(kuvert)
    assert i_strommarna == len(lyckade)


def pa_en_strom(uppdrag: Uppdrag, ror: Connection) -> None:
    _skriv(uppdrag, ror, 1)


def pa_femtio_strommar(uppdrag: Uppdrag, ror: Connection) -> None:
    _skriv(uppdrag, ror, 50)


def _skriv(uppdrag: Uppdrag, ror: Connection, strommar: int) -> None:
    """Begin the stream that all begin, then record events of one's own and events that all the others send too."""
    tjanster = koppla(uppdrag.databas)
    for nr in range(strommar):
        _sand(tjanster, ror, _paborja(STROM_ETT + nr, uppdrag.fro))
    for nr in range(uppdrag.antal):
        strom = STROM_ETT + nr % strommar
        eget = 100_000 * (uppdrag.fro + 1) + nr
        _sand(tjanster, ror, _nytt_pris(strom, eget, nr, belopp=uppdrag.fro + 1))
        _sand(tjanster, ror, _nytt_pris(strom, DELAT_ID + nr, nr, belopp=99))
    tjanster.stang()


def _sand(tjanster: Tjanster, ror: Connection, data: dict[str, Any]) -> None:
    """Send an event as a client does: again, when the ledger was busy for longer than one waits."""
    while True:
        post = registrera(tjanster, data)
        ror.send(post)
        if not (isinstance(post, Nekad) and post.fel == UPPTAGEN):
            return


def _paborja(strom: int, skrivare: int) -> dict[str, Any]:
    ids = {"samling": "placeringar", "id": str(UUID(int=strom)), "handelseId": str(UUID(int=strom + 1000 * skrivare))}
    return {**_borjan(Random(skrivare)), "datum": str(FORSTA_DAG), **ids}


def _nytt_pris(strom: int, handelse_id: int, nr: int, *, belopp: int) -> dict[str, Any]:
    ids = {"samling": "placeringar", "id": str(UUID(int=strom)), "handelseId": str(UUID(int=handelse_id))}
    dag = FORSTA_DAG + timedelta(days=nr % 300)
    return {"typ": "pris.andrat", "datum": str(dag), "pris": {"sort": "dygn", "belopp": f"{belopp}{nr:05}.00"}, **ids}


def _ar_delad(handelse_id: str) -> bool:
    return DELAT_ID <= UUID(handelse_id).int < DELAT_ID + 100_000
