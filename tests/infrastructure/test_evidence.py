"""The evidence of an event: golden vectors that fix the byte form for ever, and what the two levels promise."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from application.tolkning import tolka
from infrastructure.database import oppna
from infrastructure.evidence import Lovhuvud, atagande, lov
from infrastructure.tables import handelser
from interfaces.bootstrap import koppla
from tests.facit.test_externa_insatser import sen_placering

HUVUD = Lovhuvud(
    position=1,
    strom=UUID("018f0000-0000-7000-8000-000000000001"),
    stromversion=1,
    typ="placering.paborjad",
    schemaversion=1,
    registrerad=1_568_930_400_000_000,
    handelse_id=UUID("018f0000-0000-7000-8000-000000000002"),
    rattar=None,
    roll="registrerare",
)
HEMLIGT = hashlib.sha256(b"den personliga delen").digest()
SALT, INNEHALL = bytes(range(16)), b'{"datum":"2019-01-10"}'


def test_gyllene_varden() -> None:
    # Computed once by hand from the description in infrastructure/evidence.py with hashlib alone (see below).
    assert atagande(SALT, INNEHALL).hex() == hashlib.sha256(SALT + INNEHALL).hexdigest()
    assert atagande(SALT, INNEHALL).hex() == "bdd016507bc84a91649f029b60b86ed89eaca5ad65f1cd613c65e3a13ff9c29f"
    assert (
        lov(HUVUD, atagande(SALT, INNEHALL)).hex() == "cedf6a9e2256c0ec241a3210d3f6502ead4cc1ff5ee036bd47627c75c3a16d04"
    )
    med_hemligt = lov(HUVUD, atagande(SALT, INNEHALL), HEMLIGT)
    assert med_hemligt.hex() == "1cea213de6a432c2d197977a22c8d102b9f52dadccc6533ab073d139d792f218"


def test_lovet_binder_bada_delarna_var_for_sig() -> None:
    oppen, annan = atagande(SALT, INNEHALL), atagande(SALT, INNEHALL + b" ")
    alla = {lov(HUVUD, oppen), lov(HUVUD, oppen, HEMLIGT), lov(HUVUD, annan, HEMLIGT), lov(HUVUD, HEMLIGT, oppen)}
    assert len(alla) == 4


def _for_hand(huvud: Lovhuvud, lofte: bytes, hemligt_lofte: bytes | None = None) -> bytes:
    """Return the leaf written out field by field, as the format is described."""
    falt = [
        b"liggare/lov/2" if hemligt_lofte else b"liggare/lov/1",
        huvud.position.to_bytes(8, "big"),
        huvud.strom.bytes,
        huvud.stromversion.to_bytes(8, "big"),
        huvud.typ.encode(),
        huvud.schemaversion.to_bytes(8, "big"),
        huvud.registrerad.to_bytes(8, "big", signed=True),
        huvud.handelse_id.bytes,
        huvud.rattar.bytes if huvud.rattar else b"",
        huvud.roll.encode(),
        lofte,
        *([hemligt_lofte] if hemligt_lofte else []),
    ]
    return hashlib.sha256(b"\x00" + b"".join(len(f).to_bytes(4, "big") + f for f in falt)).digest()


@pytest.mark.parametrize(
    "andring",
    [
        {},
        {"position": 2},
        {"strom": UUID(int=7)},
        {"stromversion": 2},
        {"typ": "å.ä"},
        {"schemaversion": 2},
        {"registrerad": -1},
        {"handelse_id": UUID(int=9)},
        {"rattar": UUID(int=3)},
        {"roll": ""},
    ],
)
def test_lovet_ar_det_som_beskrivningen_sager_och_varje_falt_spelar_roll(andring: dict[str, Any]) -> None:
    huvud = HUVUD._replace(**andring)
    lofte = atagande(SALT, INNEHALL)
    assert lov(huvud, lofte) == _for_hand(huvud, lofte)
    assert (lov(huvud, lofte) == lov(HUVUD, lofte)) is (not andring)
    assert lov(huvud, lofte, HEMLIGT) == _for_hand(huvud, lofte, HEMLIGT)
    assert (lov(huvud, lofte, HEMLIGT) == lov(HUVUD, lofte, HEMLIGT)) is (not andring)


def test_varje_lagrad_rad_har_ett_lov_som_gar_att_rakna_fram(databas: str) -> None:
    tjanster = koppla(databas)
    kvitto = tjanster.registrator.registrera(tolka(sen_placering()))
    tjanster.stang()
    motor = oppna(databas)
    with motor.begin() as forbindelse:
        rad = forbindelse.execute(select(handelser)).one()
    motor.dispose()
    huvud = Lovhuvud(
        rad.position, rad.strom, rad.stromversion, rad.typ, rad.schemaversion, rad.registrerad, rad.handelse_id,
        rad.rattar, rad.roll,
    )  # fmt: skip
    assert len(rad.salt) == 16
    assert rad.atagande == atagande(rad.salt, rad.innehall)
    assert len(rad.hemligt_salt) == 16
    assert rad.hemligt_salt != rad.salt
    assert rad.hemligt_atagande == atagande(rad.hemligt_salt, rad.hemligt)
    assert rad.lov == kvitto.lov == _for_hand(huvud, rad.atagande, rad.hemligt_atagande)


def test_lovet_kan_provas_sedan_innehall_och_salt_har_forstorts() -> None:
    lofte = atagande(SALT, INNEHALL)
    fore = lov(HUVUD, lofte)
    # The payload and its salt are gone; header and commitment are all that is left, and all that is needed.
    assert lov(HUVUD, lofte) == fore == _for_hand(HUVUD, lofte)
