"""Reading the log by collection, type and position, and the streams that began, in both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.ports import Loggurval
from application.registreringsko import Onskan, Registreringsko
from application.tolkning import tolka
from domain.begrepp import Samling
from interfaces.bootstrap import Tjanster, koppla
from tests.interfaces.http_klient import avslutad, paborjad

UTFORARE = {
    "typ": "utforare.registrerad", "datum": "2019-01-01", "kommun": "0000", "namn": "Enheten", "regi": "egen",
    "slag": "hvb",
}  # fmt: skip


@pytest.fixture
def tjanster(databas: str, tmp_path: Path) -> Iterator[Tjanster]:
    ny = koppla(databas, nyckelfil=tmp_path / "nyckel")
    yield ny
    ny.stang()


def registrera(tjanster: Tjanster, samling: str, strom: UUID, handelse: Mapping[str, object]) -> None:
    handelse = {"handelseId": str(uuid4()), **handelse, "samling": samling, "id": str(strom)}
    tjanster.registrator.registrera(tolka(handelse))


def test_ett_urval_ur_loggen(tjanster: Tjanster) -> None:
    placering, utforare = uuid4(), uuid4()
    registrera(tjanster, "placeringar", placering, paborjad())
    registrera(tjanster, "utforare", utforare, UTFORARE)
    registrera(tjanster, "placeringar", placering, avslutad("2019-01-05"))
    registrera(tjanster, "placeringar", uuid4(), paborjad())

    def positioner(efter: int = 0, antal: int = 10, **urval: object) -> list[int]:
        return [ett.position for ett in tjanster.huvudbok.las_logg(efter, antal, Loggurval(**urval))]  # type: ignore[arg-type]

    assert positioner() == [1, 2, 3, 4]
    assert positioner(till=3) == [1, 2, 3]
    assert positioner(samlingar=frozenset({Samling.PLACERINGAR})) == [1, 3, 4]
    assert positioner(typer=frozenset({"placering.avslutad", "utforare.registrerad"})) == [2, 3]
    assert positioner(1, 1, samlingar=frozenset({Samling.PLACERINGAR}), till=4) == [3]
    begynnelser = tjanster.huvudbok.begynnelser(Samling.PLACERINGAR, 0, 4, 10)
    assert [(b.position, b.typ) for b in begynnelser] == [(1, "placering.paborjad"), (4, "placering.paborjad")]
    assert begynnelser[0].strom == placering
    assert [b.position for b in tjanster.huvudbok.begynnelser(Samling.PLACERINGAR, 1, 3, 10)] == []
    assert len(tjanster.huvudbok.begynnelser(Samling.PLACERINGAR, 0, 4, 1)) == 1


def test_den_som_foljer_medan_atta_skriver_far_allt_i_ordning(tjanster: Tjanster) -> None:
    """What a reader sees is always the whole log up to a position, whoever writes it and however it is committed."""
    antal, skrivare = 25, 8
    ko = Registreringsko(tjanster.huvudbok, tjanster.registrator)

    def skriv() -> None:
        for _ in range(antal):
            forslag = tolka({**paborjad(), "samling": "placeringar", "id": str(uuid4())})
            ko.lamna([Onskan(forslag)]).result(60)

    tradar = [threading.Thread(target=skriv) for _ in range(skrivare)]
    for trad in tradar:
        trad.start()
    sedda: list[int] = []
    while len(sedda) < antal * skrivare:
        till = tjanster.huvudbok.antal()
        sedda += [e.position for e in tjanster.huvudbok.las_logg(len(sedda), 50, Loggurval(till=till))]
    for trad in tradar:
        trad.join()
    ko.stang()
    assert sedda == list(range(1, antal * skrivare + 1))
