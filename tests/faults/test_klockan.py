"""Clocks that are wrong and jump: the order of the log is the order of its times all the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest

from application.tolkning import tolka
from interfaces.bootstrap import koppla
from tests.faults.konto import Skrivarprocess, granska
from tests.faults.skrivare import Uppdrag, bekraftad, historia

TIMME, DYGN = 3_600, 86_400
KLOCKOR = ((0,), (0, -TIMME, 5, -DYGN), (0, DYGN, -TIMME, 7))
"""One clock that is right, one that jumps back, one that jumps ahead and back."""


@pytest.mark.parametrize("antal", [40, pytest.param(400, marks=pytest.mark.tung)])
def test_registrerad_minskar_aldrig_vilka_klockor_skrivarna_an_har(
    databas: str, antal: int, protokoll: Callable[..., None]
) -> None:
    with ExitStack() as oppna:
        processer = [
            oppna.enter_context(Skrivarprocess(Uppdrag(databas, fro=20 + nr, antal=antal, klockfel=klocka)))
            for nr, klocka in enumerate(KLOCKOR)
        ]
        konton = [process.bokfor_allt() for process in processer]
    utslag = granska(databas, konton)
    utslag.kontrollera()
    tjanster = koppla(databas)
    logg = tjanster.huvudbok.las_logg(0, 100_000)
    tider = [kuvert.registrerad for kuvert in logg if kuvert.registrerad]
    assert tider == sorted(tider) and len(tider) == utslag.i_loggen
    # A moment of knowledge still sees just the beginning of the log that was registered by then.
    for kuvert in logg[:: len(logg) // 20]:
        assert kuvert.registrerad is not None
        sedd = tjanster.huvudbok.kunskap(kuvert.registrerad).position
        assert sedd == max(k.position for k in logg if k.registrerad and k.registrerad <= kuvert.registrerad)
        fore = kuvert.registrerad - timedelta(microseconds=1)
        assert tjanster.huvudbok.kunskap(fore).position < kuvert.position
    tjanster.stang()
    protokoll("klockor som hoppar bakåt en timme och ett dygn, framåt ett dygn", len(tider), utslag.som_text(), databas)


def test_samma_handelse_efter_ett_klockhopp_far_samma_svar(databas: str) -> None:
    uppdrag = Uppdrag(databas, fro=30, antal=20, klockfel=(DYGN,))
    with Skrivarprocess(uppdrag) as process:
        konto = process.bokfor_allt()
    tjanster = koppla(databas)  # the right time: a day earlier
    forsta = {post.handelse_id: post for post in konto.bekraftade}
    for data in historia(uppdrag):
        if (post := forsta.get(data["handelseId"])) is not None:
            svar = bekraftad(data["handelseId"], tjanster.registrator.registrera(tolka(data)))
            assert svar[2:] == post[2:]
    tjanster.stang()
    granska(databas, [konto]).kontrollera()
