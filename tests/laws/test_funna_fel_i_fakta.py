"""Mistakes that the laws once found in the facts of a stream, each as its smallest example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.arende.begrepp import Aktualiseringssatt, Ansvarspart, Arendeslut, Arendetyp, Insatsslut, Overlamningsorsak
from domain.arende.handelser import (
    AnsvarOverlamnat,
    AnsvarOvertaget,
    ArendeAktualiserat,
    ArendeAteroppnat,
    ArendeAvslutat,
    InsatsAterupptagen,
    InsatsAvslutad,
    InsatsPaborjad,
    InsatsPausad,
)
from domain.atgard.handelser import AtgardBeslutad, AtgardIdentifierad, AtgardPaborjad, AtgardSlutford
from domain.begrepp import Insatsform, Kon, Malgrupp, Regi, Samling
from tests.laws.exempel import Berattelse, dag
from tests.laws.faktafragor import DRAG, FAKTASLAG, Faktafraga
from tests.laws.grund import NAMND, plus
from tests.laws.provliggare import bokford, orakel

ARENDET = Samling.ARENDEN, UUID(int=300)
ATGARDEN = Samling.ATGARDER, UUID(int=400)


def stammer(b: Berattelse, slag: str, galler_den: str, fran: str = "2023-01-01") -> dict[Any, Any]:
    """Return what the ledger answers of a kind of fact up to a day; the oracle must say the same of every column."""
    with bokford(b.steg) as liggare:
        assert not liggare.avslag
        till = plus(dag(galler_den), 1)
        fraga = Faktafraga(
            slag, dag(fran), till, dag(galler_den), liggare.position, gruppera=DRAG[FAKTASLAG[slag].form]
        )
        assert liggare.svar(fraga) == orakel(liggare.poster, fraga)
        return dict(liggare.svar(replace(fraga, gruppera=("utfall", "antal"))).varden)


def ett_arende() -> Berattelse:
    """Begin a case."""
    b = Berattelse()
    b.hander(ARENDET, arende_aktualiserat("01-10"))
    return b


def test_ett_arende_som_oppnas_den_dag_det_stangs_var_oppet_fram_till_dess() -> None:
    b = ett_arende()
    b.hander(ARENDET, ArendeAvslutat(datum=dag("01-20"), orsak=Arendeslut.ANNAN))
    b.hander(ARENDET, ArendeAteroppnat(datum=dag("01-20")))
    assert stammer(b, "arende.avslutat", "12-31") == {("annan", 10_000): 1}


def test_ett_ansvar_som_overtas_den_dag_det_overlamnas_varade_fram_till_dess() -> None:
    b = ett_arende()
    b.hander(ARENDET, AnsvarOverlamnat(datum=dag("01-20"), orsak=Overlamningsorsak.ANNAT))
    b.hander(ARENDET, AnsvarOvertaget(datum=dag("01-20"), fran=Ansvarspart.ANNAN))
    assert stammer(b, "ansvar.overlamnat", "12-31") == {("annat", 10_000): 1}


@pytest.mark.parametrize("typ", [InsatsPausad, InsatsAterupptagen])
def test_en_insats_som_har_slutat_har_slutat_vad_som_an_sags_om_dagen(typ: type[Any]) -> None:
    b = ett_arende()
    insats = UUID(int=340)
    b.hander(ARENDET, insats_paborjad("01-15", insats))
    if typ is InsatsAterupptagen:
        b.hander(ARENDET, InsatsPausad(datum=dag("01-18"), insats_id=insats))
    b.hander(ARENDET, InsatsAvslutad(datum=dag("01-20"), insats_id=insats, planerat=True, orsak=Insatsslut.FLYTT))
    b.hander(ARENDET, typ(datum=dag("01-20"), insats_id=insats))
    # Five days up to the end; or three up to the pause, and the day when it was both taken up and ended.
    vantat = {(None, 1000): 3, ("flytt", 1000): 1} if typ is InsatsAterupptagen else {("flytt", 1000): 5}
    assert stammer(b, "insats", "02-01") == vantat


def test_fasen_som_tog_over_ar_den_som_stod_efterat() -> None:
    b = Berattelse()
    b.hander(ATGARDEN, atgard_identifierad("01-01"))
    b.hander(ATGARDEN, AtgardBeslutad(datum=dag("01-02")))
    b.hander(ATGARDEN, AtgardPaborjad(datum=dag("01-05")))
    b.hander(ATGARDEN, AtgardSlutford(datum=dag("01-05")))
    assert stammer(b, "atgardsfas", "01-05", "01-02") == {("slutford", 1000): 3, (None, 1000): 1}


def arende_aktualiserat(nar: str) -> ArendeAktualiserat:
    """Return an intake."""
    return ArendeAktualiserat(
        datum=dag(nar),
        kommun="0180",
        arendetyp=Arendetyp.BARN_OCH_UNGA,
        enhet="Mottagningen",
        malgrupp=Malgrupp.BARN,
        kon=Kon.KVINNA,
        satt=Aktualiseringssatt.ANMALAN,
    )


def insats_paborjad(nar: str, insats: UUID) -> InsatsPaborjad:
    """Return the beginning of a service."""
    return InsatsPaborjad(
        datum=dag(nar), insats_id=insats, insatsform=Insatsform.KONTAKTPERSON, behovsprovad=True, regi=Regi.EGEN
    )


def atgard_identifierad(nar: str) -> AtgardIdentifierad:
    """Return how an åtgärd was first seen."""
    return AtgardIdentifierad(
        datum=dag(nar), kommun="0180", namnd=NAMND, namn="Kortare vård", beskrivning="Text", ansvarig="Chef"
    )
