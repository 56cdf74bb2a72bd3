"""Taking any part of the guard away, or widening any right, is noticed by the walk over the matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import Request, Response

from application.behorighet.behorig import Behorig
from application.behorighet.enheter import Enhetsbok
from application.behorighet.matris import MATRIS, PER_ENHET, Avgorande, avgor
from application.behorighet.ord import OPPNA, Lage, Rojer, Roll, Syfte
from application.commands import Obehorig, Provning
from application.envelope import Forslag, Kuvert
from domain.begrepp import Samling
from interfaces.http.adress import Adress, Anrop
from interfaces.http.adresser import ADRESSER
from interfaces.http.behorighet.vakt import Tokenvakt
from interfaces.http.problem import Problem
from tests.behorighet.varlden import Varld, avvikelser, celler, varlden

_VEM_SOM_HELST = "vem som helst"
SKYDDADE = [adress for adress in ADRESSER if adress.rojer not in OPPNA]


@dataclass
class Utan:
    """A guard that lets everything through at one route."""

    vakt: Tokenvakt
    namn: str

    @property
    def metadata(self) -> Any:
        return self.vakt.metadata

    def legitimera(self, request: Request, adress: Adress) -> Behorig | None:
        if adress.namn == self.namn:
            return Behorig(_VEM_SOM_HELST, Roll.MIGRERING, Syfte.MIGRERING)
        return self.vakt.legitimera(request, adress)

    def fragar_liggaren(self, adress: Adress, behorig: Behorig) -> bool:
        return adress.namn != self.namn and self.vakt.fragar_liggaren(adress, behorig)

    def slapp_in(self, request: Request, adress: Adress, behorig: Behorig, strom: UUID | None) -> None:
        if adress.namn != self.namn:
            self.vakt.slapp_in(request, adress, behorig, strom)

    def anteckna_sida(self, anrop: Anrop, efter: int, till: int) -> None:
        self.vakt.anteckna_sida(anrop, efter, till)

    def provning(self, behorig: Behorig) -> Provning | None:
        return None if behorig.subjekt == _VEM_SOM_HELST else self.vakt.provning(behorig)

    def nekat(self, anrop: Anrop, forslag: Forslag, nekande: Obehorig) -> Problem:
        return self.vakt.nekat(anrop, forslag, nekande)

    def slapp_ut(self, anrop: Anrop, svar: Response) -> Response:
        return self.vakt.slapp_ut(anrop, svar)


@pytest.mark.parametrize("adress", SKYDDADE, ids=lambda adress: adress.namn)
def test_en_adress_utan_vakt_marks(adress: Adress, tmp_path: Path) -> None:
    with varlden(tmp_path, sabotage=lambda vakt: Utan(vakt, adress.namn)) as varld:
        assert avvikelser(varld, [adress])


class _Egna(Enhetsbok):
    def lage(self, behorig: Behorig, samling: Samling, strom: UUID) -> Lage:
        return Lage.EGEN


class _EgnaForslag(Enhetsbok):
    def lage_for(self, behorig: Behorig, forslag: Forslag, i_strommen: Sequence[Kuvert]) -> Lage:
        return Lage.EGEN


@dataclass(frozen=True)
class _ProvarInteHandelser(Tokenvakt):
    def provning(self, behorig: Behorig) -> Provning:
        return lambda forslag, i_strommen: None


@dataclass(frozen=True)
class _AntecknarInte(Tokenvakt):
    def _anteckna(self, *_: Any) -> None:
        pass


@dataclass(frozen=True)
class _Avslojar(Tokenvakt):
    def _nekande(self, avgorande: Avgorande, *rest: Any) -> Any:
        return super()._nekande(replace(avgorande, dolt=False), *rest)


def _bok(vakt: Tokenvakt, bok: type[Enhetsbok]) -> Tokenvakt:
    return replace(vakt, enhetsbok=bok(vakt.enhetsbok._huvudbok))


def _som(klass: type[Tokenvakt]) -> Callable[[Tokenvakt], Tokenvakt]:
    return lambda vakt: klass(vakt.tokenlasare, vakt.enhetsbok, vakt.atkomstlogg)


SABOTAGE: dict[str, Callable[[Tokenvakt], Any]] = {
    "alla strömmar är egna": lambda vakt: _bok(vakt, _Egna),
    "alla händelser hör till egna": lambda vakt: _bok(vakt, _EgnaForslag),
    "händelser prövas inte": _som(_ProvarInteHandelser),
    "ingenting antecknas": _som(_AntecknarInte),
    "andras strömmar röjs": _som(_Avslojar),
}


@pytest.mark.parametrize("namn", SABOTAGE)
def test_en_borttagen_del_av_vakten_marks(namn: str, tmp_path: Path) -> None:
    with varlden(tmp_path, sabotage=SABOTAGE[namn]) as varld:
        assert avvikelser(varld, SKYDDADE)


@pytest.mark.parametrize("cell", [cell for cell, avgorande in MATRIS.items() if not avgorande.beviljas])
def test_en_vidgad_ratt_marks(cell: tuple[Rojer, Roll, Lage], v: Varld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is turned from refused to allowed, in the guard only, is seen by the walk."""

    def vidgat(rojer: Rojer, roll: Roll, syfte: Syfte, lage: Lage) -> Avgorande:
        ratta = avgor(rojer, roll, syfte, lage)
        traffad = (rojer, roll) == cell[:2] and (roll not in PER_ENHET or lage is cell[2])
        return replace(ratta, beviljas=True) if traffad else ratta

    monkeypatch.setattr("application.behorighet.behorig.avgor", vidgat)
    besokta = [c for c in celler(v) if (c.adress.rojer, c.roll, c.lage) == cell]
    assert avvikelser(v, [a for a in SKYDDADE if a.rojer is cell[0]]) or not besokta
