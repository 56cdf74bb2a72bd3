"""The queue of recordings: committed together, answered each by itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError

from application.behorighet.matris import Avgorande
from application.commands import Kvitto, Obehorig, Registrator, Utfall
from application.envelope import Aktor, Forslag, Kuvert
from application.ports import DiskenFull, LiggarenUpptagen, Skrivning, TidenGarBaklanges
from application.registreringsko import HOGST_I_KO, Onskan, RedanPaVag, Registreringsko, Utslag
from application.tolkning import tolka
from domain.fel import Regelbrott
from interfaces.bootstrap import Tjanster, koppla
from tests.interfaces.http_klient import avslutad, paborjad

NU = datetime(2019, 2, 1, tzinfo=UTC)


@pytest.fixture
def tjanster(tmp_path: Path) -> Iterator[Tjanster]:
    ny = koppla(str(tmp_path / "liggare.db"), klocka=lambda: NU)
    yield ny
    ny.stang()


class Grind:
    """A log whose write transactions wait until they are let through, and are counted."""

    def __init__(self, tjanster: Tjanster) -> None:
        self._bok = tjanster.huvudbok
        self.oppen, self.vantar = threading.Event(), threading.Event()
        self.transaktioner = 0

    @contextmanager
    def skrivning(self) -> Iterator[Skrivning]:
        self.transaktioner += 1
        self.vantar.set()
        assert self.oppen.wait(30)
        with self._bok.skrivning() as bok:
            yield bok

    def __getattr__(self, namn: str) -> Any:
        return getattr(self._bok, namn)


def onskan(handelse: dict[str, Any], strom: UUID | None = None) -> Onskan:
    return Onskan(tolka({**handelse, "samling": "placeringar", "id": str(strom or uuid4())}))


def test_det_som_koat_skrivs_tillsammans_och_besvaras_var_for_sig(tjanster: Tjanster) -> None:
    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    # Two at once, so that the first transaction goes through the gate too.
    forsta = ko.lamna([onskan(paborjad()), onskan(paborjad())])
    assert grind.vantar.wait(30)
    svar = [ko.lamna([onskan(paborjad() if nr % 3 else avslutad("2019-01-05"))]) for nr in range(9)]
    grind.oppen.set()
    assert [ett.utfall for ett in forsta.result(30) if isinstance(ett, Kvitto)] == [Utfall.REGISTRERAD] * 2
    utslag = [ett.result(30)[0] for ett in svar]
    assert [isinstance(ett, Regelbrott) for ett in utslag] == [nr % 3 == 0 for nr in range(9)]
    assert [ett.position for ett in utslag if isinstance(ett, Kvitto)] == list(range(3, 9))
    assert grind.transaktioner == 2
    ko.stang()
    assert tjanster.huvudbok.antal() == 8


def test_ett_ovantat_fel_drabbar_bara_den_vars_det_ar(tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch) -> None:
    gift = uuid4()
    ratt = Registrator.registrera

    def forgiftad(self: Registrator, forslag: Any, *annat: Any) -> Kvitto:
        kvitto = ratt(self, forslag, *annat)
        if forslag.strom == gift:
            raise ZeroDivisionError
        return kvitto

    monkeypatch.setattr(Registrator, "registrera", forgiftad)
    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    ko.lamna([onskan(paborjad()), onskan(paborjad())])
    assert grind.vantar.wait(30)
    svar = [ko.lamna([onskan(paborjad(), strom)]) for strom in (uuid4(), gift, uuid4())]
    grind.oppen.set()
    assert isinstance(svar[1].exception(30), ZeroDivisionError)
    assert [type(svar[nr].result(30)[0]) for nr in (0, 2)] == [Kvitto, Kvitto]
    ko.stang()
    assert tjanster.huvudbok.las_strom(gift) == []
    assert tjanster.huvudbok.antal() == 4


@pytest.mark.parametrize("fel", [DiskenFull("full"), LiggarenUpptagen("busy"), OperationalError("lost")])
def test_nar_databasen_inte_kan_far_alla_veta_det(
    tjanster: Tjanster, monkeypatch: pytest.MonkeyPatch, fel: OperationalError
) -> None:
    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    forsta = ko.lamna([onskan(paborjad()), onskan(paborjad())])
    assert grind.vantar.wait(30)
    handelser = [onskan(paborjad()) for _ in range(3)]
    svar = [ko.lamna([ett]) for ett in handelser]

    def brister() -> Any:
        raise fel

    grind.oppen.set()
    forsta.result(30)
    monkeypatch.setattr(grind, "skrivning", brister)
    # Those that came too late for the failing transaction were recorded; the others were told, and can come again.
    for ett in svar:
        assert ett.exception(30) in (None, fel)
    monkeypatch.undo()
    igen: list[Utslag] = [ko.lamna([ett]).result(30)[0] for ett in handelser]
    assert all(isinstance(ett, Kvitto) for ett in igen)
    ko.stang()
    assert tjanster.huvudbok.antal() == 5


def test_en_migrering_som_gar_bakat_lamnar_inget_efter_sig_bland_dem_som_skrivs_tillsammans(
    tjanster: Tjanster,
) -> None:
    ko = Registreringsko(tjanster.huvudbok, tjanster.registrator)
    sen = tolka(
        {**paborjad(), "samling": "placeringar", "id": str(uuid4()), "registrerad": "2018-01-01T00:00:00Z"},
        far_ange_registrerad=True,
    )
    utslag = ko.lamna([onskan(paborjad()), Onskan(sen)]).result(30)
    assert [type(ett) for ett in utslag] == [Kvitto, TidenGarBaklanges]
    ko.stang()
    assert tjanster.verifierare.verifiera().brister == ()


def test_den_som_inte_vantar_pa_svaret_hindrar_ingen_annan(tjanster: Tjanster) -> None:
    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    svar = [ko.lamna([onskan(paborjad())]) for _ in range(3)]
    assert not svar[1].cancel()
    grind.oppen.set()
    assert all(isinstance(ett.result(30)[0], Kvitto) for ett in svar)
    assert isinstance(ko.lamna([onskan(paborjad())]).result(30)[0], Kvitto)
    ko.stang()
    assert tjanster.huvudbok.antal() == 4


def test_samma_id_ar_pa_vag_en_gang_at_gangen(tjanster: Tjanster) -> None:
    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    ett, annat = onskan(paborjad()), onskan(paborjad())
    svar = ko.lamna([ett, annat])
    for _ in range(3):
        (nej,) = ko.lamna([annat]).result(0)
        assert isinstance(nej, RedanPaVag) and nej.handelse_id == annat.forslag.handelse_id
    egna = [onskan(paborjad()) for _ in range(2)]
    blandat = ko.lamna([egna[0], annat, egna[1]])
    grind.oppen.set()
    assert [type(utslag) for utslag in blandat.result(30)] == [Kvitto, RedanPaVag, Kvitto]
    svar.result(30)
    igen = ko.lamna([ett]).result(30)[0]
    assert isinstance(igen, Kvitto) and igen.utfall is Utfall.REDAN_REGISTRERAD
    ko.stang()


def test_ingen_far_veta_vad_en_annan_har_pa_vag(tjanster: Tjanster) -> None:
    def far_inte(forslag: Forslag, i_strommen: Sequence[Kuvert]) -> None:
        raise Obehorig(Avgorande(beviljas=False, skal="nej"))

    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    ens = onskan(paborjad())
    annans = Onskan(ens.forslag._replace(aktor=Aktor("annan", "registrerare")), provning=far_inte)
    svar = [ko.lamna([ens]), ko.lamna([annans]), ko.lamna([onskan(paborjad())])]
    grind.oppen.set()
    assert [type(ett.result(30)[0]) for ett in svar] == [Kvitto, Obehorig, Kvitto]
    ko.stang()


def test_den_som_inte_far_lamnar_inget_efter_sig(tjanster: Tjanster, tmp_path: Path) -> None:
    def far_inte(forslag: Forslag, i_strommen: Sequence[Kuvert]) -> None:
        raise Obehorig(Avgorande(beviljas=False, skal="nej"))

    ko = Registreringsko(tjanster.huvudbok, tjanster.registrator)
    svar = ko.lamna([onskan(paborjad())._replace(provning=far_inte), onskan(paborjad())])
    assert [type(ett) for ett in svar.result(30)] == [Obehorig, Kvitto]
    ko.stang()
    with closing(sqlite3.connect(tmp_path / "liggare.db")) as databas:
        for tabell in ("handelser", "personer"):
            assert databas.execute(f"SELECT count(*) FROM {tabell}").fetchone() == (1,), tabell


def test_en_full_ko_sager_ifran_och_en_stangd_tar_inte_emot(tjanster: Tjanster) -> None:
    grind = Grind(tjanster)
    ko = Registreringsko(grind, tjanster.registrator)
    svar = [ko.lamna([onskan(paborjad()), onskan(paborjad())])]
    assert grind.vantar.wait(30)
    svar += [ko.lamna([onskan(paborjad())]) for _ in range(HOGST_I_KO)]
    sen = onskan(paborjad())
    with pytest.raises(LiggarenUpptagen):
        ko.lamna([sen])
    grind.oppen.set()
    ko.stang()
    assert all(ett.done() for ett in svar)
    assert tjanster.huvudbok.antal() == HOGST_I_KO + 2
    with pytest.raises(LiggarenUpptagen):
        ko.lamna([sen])
