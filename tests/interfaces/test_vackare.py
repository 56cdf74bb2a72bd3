"""Readers that wait for something new: one asks the ledger for all of them."""

from __future__ import annotations

import asyncio
import threading

import pytest
from eventsourcing.persistence import OperationalError

from interfaces.http.vackare import Vackare

LANGE = 30.0


class Slutet:
    """The ledger's last position, and how often it was asked for."""

    def __init__(self, position: int = 0) -> None:
        self.position, self.fragor = position, 0
        self.fel: Exception | None = None
        self.fragad = threading.Event()

    def __call__(self) -> int:
        self.fragor += 1
        self.fragad.set()
        if self.fel is not None:
            raise self.fel
        return self.position


def test_en_fragar_for_alla_som_vantar() -> None:
    slutet = Slutet()

    async def alla() -> list[int]:
        vackare = Vackare(slutet)
        lasare = [asyncio.create_task(vackare.slutet_efter(0, LANGE)) for _ in range(100)]
        await asyncio.to_thread(slutet.fragad.wait, LANGE)
        slutet.position = 3
        await asyncio.to_thread(vackare.vack)
        return await asyncio.gather(*lasare)

    assert asyncio.run(alla()) == [3] * 100
    assert slutet.fragor < 10


def test_den_som_ar_efter_vantar_inte() -> None:
    async def tva() -> tuple[int, int]:
        vackare = Vackare(Slutet(7))
        return await vackare.slutet_efter(0, LANGE), await vackare.slutet_efter(6, LANGE)

    assert asyncio.run(tva()) == (7, 7)


def test_vad_en_annan_process_skriver_ses_utan_att_nagon_vacker() -> None:
    slutet = Slutet(1)

    async def en() -> int:
        vackare = Vackare(slutet)
        assert await vackare.slutet_efter(0, LANGE) == 1
        lasare = asyncio.create_task(vackare.slutet_efter(1, LANGE))
        slutet.fragad.clear()
        await asyncio.to_thread(slutet.fragad.wait, LANGE)
        slutet.position = 2
        return await lasare

    assert asyncio.run(en()) == 2


def test_den_som_vantat_nog_far_veta_att_inget_hant() -> None:
    async def en() -> int:
        return await Vackare(Slutet(5)).slutet_efter(5, 0.01)

    assert asyncio.run(en()) in (0, 5)  # asked or not yet: nothing after 5 all the same


def test_ett_fel_nar_alla_som_vantar_och_nasta_fragar_igen() -> None:
    slutet = Slutet(4)
    slutet.fel = OperationalError("borta")

    async def tre_och_en() -> int:
        vackare = Vackare(slutet)
        svar = await asyncio.gather(*(vackare.slutet_efter(0, LANGE) for _ in range(3)), return_exceptions=True)
        assert svar == [slutet.fel] * 3
        slutet.fel = None
        return await vackare.slutet_efter(0, LANGE)

    assert asyncio.run(tre_och_en()) == 4


@pytest.mark.parametrize("fore", [True, False], ids=["redan", "under"])
def test_ingen_vantar_nar_servern_stannar(fore: bool) -> None:
    async def en() -> int:
        vackare = Vackare(Slutet())
        if fore:
            vackare.stanna()
            return await vackare.slutet_efter(0, LANGE)
        lasare = asyncio.create_task(vackare.slutet_efter(0, LANGE))
        await asyncio.sleep(0)
        await asyncio.to_thread(vackare.stanna)
        return await lasare

    assert asyncio.run(en()) == 0
