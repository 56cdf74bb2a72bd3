"""Units whose stays are not recorded report their days, and are no emptier for that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from application.fragetolkning import tolka_fraga
from application.tolkning import tolka
from interfaces.bootstrap import koppla
from tests.facit.test_pahittad_kommun import KOMMUN
from tests.facit.test_pahittad_vard import placering

VARNAS, ALVEN = UUID(int=0xE1), UUID(int=0xE2)


def enheten(id_: UUID, namn: str, platser: int) -> list[dict[str, Any]]:
    bas = {"samling": "utforare", "id": str(id_)}
    return [
        {
            **bas, "typ": "utforare.registrerad", "datum": "2023-01-01", "kommun": KOMMUN, "namn": namn,
            "regi": "egen", "slag": "hvb",
        },
        {**bas, "typ": "platser.andrade", "datum": "2023-01-01", "platser": platser},
    ]  # fmt: skip


def redovisat(manad: str, datum: str, dygn: int, malgrupp: str | None = None) -> dict[str, Any]:
    bas = {"samling": "utforare", "id": str(VARNAS), "typ": "belaggning.redovisad", "datum": datum}
    return {**bas, "manad": manad, "dygn": dygn, **({"malgrupp": malgrupp} if malgrupp else {})}


HANDELSER = [
    *enheten(VARNAS, "Vårnäs", 10),
    *enheten(ALVEN, "Älven", 1),
    redovisat("2024-06", "2024-06-30", 240, "vuxna"),
    redovisat("2024-06", "2024-06-30", 30, "ensamkommande"),
    redovisat("2024-07", "2024-07-31", 155),
    *placering(
        1, "unga", "hvb", "2024-06-16", None,
        {"regi": "egen", "avtalsform": "egenRegi", "utforareId": str(ALVEN)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("matt", "manad", "urval", "vantat"),
    [
        ("belaggning", "2024-06", {"utforare": (str(VARNAS),)}, 90),  # 270 of 300
        ("belaggning", "2024-07", {"utforare": (str(VARNAS),)}, 50),  # 155 of 310
        ("belaggning-exkl-ensamkommande", "2024-06", {"utforare": (str(VARNAS),)}, 80),
        ("belaggning", "2024-06", {"utforare": (str(ALVEN),)}, 50),
        ("belaggning", "2024-06", {}, pytest.approx(100 * 285 / 330)),
    ],
)
def test_redovisade_dygn_ar_belagda(matt: str, manad: str, urval: dict[str, tuple[str]], vantat: object) -> None:
    tjanster = koppla(":memory:")
    for nr, handelse in enumerate(HANDELSER, start=1):
        tjanster.registrator.registrera(tolka({**handelse, "handelseId": str(UUID(int=0x3000 + nr))}))
    sista = {"2024-06": "2024-06-30", "2024-07": "2024-07-31"}[manad]
    fraga = tolka_fraga(
        matt, nu=tjanster.klocka(), fran=f"{manad}-01", till=sista, galler_den="2024-12-31", urval=urval
    )
    assert tjanster.fragor.svara(fraga).totalt == vantat
    tjanster.stang()
