"""A ledger with the matters of two units behind the real guard, and the walk over every cell of the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from fastapi.testclient import TestClient
from httpx2 import Response

from application.atkomst import Antecknad, Atkomst, Atkomstlogg
from application.behorighet.enheter import UTAN_ENHET, Enhetsbok
from application.behorighet.matris import PER_ENHET, SYFTEN, avgor
from application.behorighet.ord import OPPNA, Lage, Rojer, Roll, Syfte
from application.envelope import Forslag
from domain.begrepp import Samling
from domain.handelse import Handelse
from domain.strom import budgetperiodens_id
from interfaces.bootstrap import Tjanster, koppla
from interfaces.http.adress import Adress
from interfaces.http.adresser import ADRESSER
from interfaces.http.app import skapa_app
from interfaces.http.behorighet.nycklar import Nyckelfil
from interfaces.http.behorighet.token import Tokenlasare
from interfaces.http.behorighet.vakt import Tokenvakt
from tests.behorighet.nyckelknippa import RESURS, UTGIVARE, Utgivare, nycklar_av_varje_slag, skriv_nycklar
from tests.domain.exempel import en_budget, en_placering, en_utforare
from tests.domain.exempel_arende import en_ny_enhet, ett_arende
from tests.domain.exempel_atgard import en_identifierad_atgard

NU = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NORR, SODER = "Norr", "Söder"

_ARENDE_N, _ARENDE_S = UUID(int=0xA1), UUID(int=0xA2)
_BUDGET = en_budget()
_EGNA: Mapping[Samling, Sequence[tuple[UUID, Handelse]]] = {
    Samling.ARENDEN: [(_ARENDE_N, ett_arende(enhet=NORR)), (_ARENDE_S, ett_arende(enhet=SODER))],
    Samling.PLACERINGAR: [
        (UUID(int=0xB1), en_placering(arende_id=_ARENDE_N)),
        (UUID(int=0xB2), en_placering(arende_id=_ARENDE_S)),
        (UUID(int=0xB3), en_placering(arende_id=UUID(int=0xAF))),
        (UUID(int=0xB4), en_placering(arende_id=UUID(int=0xAF), enhet=NORR)),
    ],
    Samling.ATGARDER: [(UUID(int=0xC1), en_identifierad_atgard())],
    Samling.BUDGETPERIODER: [(budgetperiodens_id(_BUDGET.kommun, _BUDGET.namnd, _BUDGET.ar), _BUDGET)],
    Samling.UTFORARE: [(UUID(int=0xE1), en_utforare())],
}
_LAGEN: Mapping[UUID, Lage] = {
    _ARENDE_N: Lage.EGEN, _ARENDE_S: Lage.ANNAN, UUID(int=0xB1): Lage.EGEN, UUID(int=0xB2): Lage.ANNAN,
    UUID(int=0xB3): Lage.ANNAN, UUID(int=0xB4): Lage.EGEN,
}  # fmt: skip
"""Whose each matter is, seen from Norr."""

SAKNAD = UUID(int=0xFF)
"""A stream that is not there."""

_I_VAGEN: Mapping[str, str] = {"namn": "vardygn", "typ": "placering.paborjad"}
_TABELL = {"kommun": "1880", "ar": "2019"}
_I_FRAGAN: Mapping[str, Mapping[str, str]] = {
    "fraga-matt": {"fran": "2019-01-01", "till": "2019-12-31"},
    "las-tabell": _TABELL,
    "gor-prognos": _TABELL,
    "oppna-tabell": {**_TABELL, "rad": "1", "kolumn": "kostnad_prognos_2019"},
    "forklara-matt": {"fran": "2019-01-01", "till": "2019-12-31", "jamfor": "0"},
}
"""What a route is asked with in the walk; one with another variable in its path names its value here."""


class Minneslogg:
    """Keeps notes in memory; refuses when told to."""

    def __init__(self) -> None:
        self.rader: list[Atkomst] = []
        self.fel: Exception | None = None

    def skriv(self, atkomst: Atkomst) -> None:
        if self.fel is not None:
            raise self.fel
        self.rader.append(atkomst)

    def las(self, **_: Any) -> Sequence[Antecknad]:
        return [Antecknad(nr, NU, 1, rad) for nr, rad in enumerate(self.rader, start=1)]


class OcksaILiggaren(Minneslogg):
    """Keeps notes in a ledger's own log too."""

    def __init__(self, logg: Atkomstlogg) -> None:
        super().__init__()
        self._logg = logg

    def skriv(self, atkomst: Atkomst) -> None:
        self._logg.skriv(atkomst)
        super().skriv(atkomst)


class Strom(NamedTuple):
    samling: Samling
    id: UUID
    handelse: Handelse
    handelse_id: UUID
    lage: Lage

    @property
    def kropp(self) -> dict[str, Any]:
        """Return its first event again: sent by whoever may record in it, it changes nothing."""
        return {"typ": self.handelse.typ, "handelseId": str(self.handelse_id), **self.handelse.innehall()}


@dataclass
class Varld:
    """Sends requests as anybody."""

    http: TestClient
    tjanster: Tjanster
    logg: Minneslogg
    strommar: Sequence[Strom]
    utgivare: Utgivare = field(default_factory=lambda: Utgivare(NU))

    def token(self, roll: str = "registrerare", syfte: str = "handlaggning", **annat: Any) -> str:
        enhet = {"enhet": NORR} if roll in PER_ENHET else {}
        return self.utgivare.token(**{"roll": roll, "syfte": syfte, **enhet, **annat})

    def sand(self, metod: str, vag: str, token: str | None, **annat: Any) -> Response:
        huvuden = {"Authorization": f"Bearer {token}"} if token is not None else {}
        return self.http.request(metod, vag, headers={**huvuden, **annat.pop("headers", {})}, **annat)

    def las(self, vag: str, **vem: Any) -> Response:
        return self.sand("GET", vag, self.token(**vem))

    def i(self, samling: Samling, lage: Lage) -> Strom:
        return next(s for s in self.strommar if s.samling is samling and s.lage is lage)


@contextmanager
def varlden(
    mapp: Path, *, sabotage: Callable[[Tokenvakt], Any] = lambda vakt: vakt, databas: str | None = None
) -> Iterator[Varld]:
    """Open a ledger with the matters behind a guard, or behind what somebody made of it.

    Given a database, notes are written there too; otherwise in memory only.
    """
    tjanster = koppla(databas or str(mapp / "liggare.db"), klocka=lambda: NU)
    logg = OcksaILiggaren(tjanster.atkomstlogg) if databas else Minneslogg()
    tjanster = replace(tjanster, atkomstlogg=logg)
    strommar = []
    for samling, egna in _EGNA.items():
        for strom, handelse in egna:
            handelse_id = UUID(int=strom.int ^ 0x1000)
            kvitto = tjanster.registrator.registrera(Forslag(samling, strom, handelse, handelse_id))
            lage = UTAN_ENHET.get(samling) or _LAGEN[strom]
            strommar.append(Strom(samling, kvitto.strom, handelse, handelse_id, lage))
    fil = skriv_nycklar(mapp / "jwks.json", *nycklar_av_varje_slag())
    lasare = Tokenlasare(UTGIVARE, RESURS, Nyckelfil(fil), lambda: NU)
    vakt = sabotage(Tokenvakt(lasare, Enhetsbok(tjanster.huvudbok), logg))
    with TestClient(skapa_app(tjanster, vakt), raise_server_exceptions=False) as http:
        yield Varld(http, tjanster, logg, strommar)


def overlamna(varld: Varld, arende: UUID, enhet: str) -> None:
    """Let another unit take over a case."""
    forslag = Forslag(Samling.ARENDEN, arende, en_ny_enhet("2026-02-01", enhet=enhet), UUID(int=0x9999))
    varld.tjanster.registrator.registrera(forslag)


# The walk -------------------------------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """One request: to a route, in a role, for a purpose, about something of a unit's."""

    adress: Adress
    roll: Roll
    syfte: Syfte
    lage: Lage
    strom: Strom | None


def celler(varld: Varld, adresser: Sequence[Adress] = ADRESSER) -> Iterator[Cell]:
    """Yield every route × role × purpose of the role × whose it is."""
    for adress in adresser:
        strommar: Sequence[Strom | None] = [None]
        if "{id}" in adress.vag:
            strommar = [s for s in varld.strommar if s.samling is adress.samling]
        for roll in Roll:
            for syfte in Syfte:
                if syfte in SYFTEN[roll]:
                    for strom in strommar:
                        lage = strom.lage if strom and roll in PER_ENHET else Lage.ALLA
                        yield Cell(adress, roll, syfte, lage, strom)


def fraga(varld: Varld, cell: Cell, token: str | None) -> Response:
    adress = cell.adress
    namn = {"namn": "externa-insatser"} if "/tabeller/" in adress.vag else {}
    vag = adress.vag.format(**{**_I_VAGEN, **namn}, id=cell.strom.id if cell.strom else "")
    kropp: dict[str, Any] = {}
    if adress.operation.kropp is not None and cell.strom is not None:
        kropp = {"json": cell.strom.kropp, "headers": {"If-Match": '"1"'}}
    elif adress.operation.kropp is not None:
        kropp = {"content": b"", "headers": {"Content-Type": adress.operation.intag.medietyper[0]}}
    return varld.sand(adress.metod, vag, token, params=dict(_I_FRAGAN.get(adress.namn, {})), **kropp)


def utfall(svar: Response) -> str:
    """Return what the guard made of a request, as the answer tells it."""
    if svar.status_code == 401:
        return "okänd"
    if svar.status_code == 403:
        return "nekad"
    if svar.status_code == 404 and "tokenens enheter" in svar.json()["detail"]:
        return "dold"
    return "släppt" if svar.status_code < 500 else f"fel {svar.status_code}"


def vantat(cell: Cell) -> str:
    """Return what the matrix says of a request."""
    avgorande = avgor(cell.adress.rojer, cell.roll, cell.syfte, cell.lage)
    if avgorande.beviljas:
        return "släppt"
    return "dold" if avgorande.dolt else "nekad"


def avvikelser(varld: Varld, adresser: Sequence[Adress] = ADRESSER) -> list[str]:
    """Return where the answers are not what the matrix says, over all cells; and where one was not noted as it is."""
    funna = []
    for cell in celler(varld, adresser):
        rader = len(varld.logg.rader)
        svar = fraga(varld, cell, varld.token(cell.roll.value, cell.syfte.value))
        skrivna = [(rad.vad, rad.roll, rad.beviljad) for rad in varld.logg.rader[rader:]]
        var = f"{cell.adress.namn} som {cell.roll.value}/{cell.syfte.value} i {cell.lage.value}"
        if utfall(svar) != vantat(cell):
            funna.append(f"{var}: {utfall(svar)}, inte {vantat(cell)} ({svar.text[:100]})")
        if skrivna != vantade_rader(cell):
            funna.append(f"{var}: antecknat {skrivna}, inte {vantade_rader(cell)}")
    return funna


def vantade_rader(cell: Cell) -> list[tuple[str, str, bool]]:
    """Return what must be noted of a request: a reading of what is personal, and every refusal."""
    beviljas = vantat(cell) == "släppt"
    laser = cell.adress.rojer in (Rojer.PERSONUPPGIFT, Rojer.ATKOMSTLOGG)
    if cell.adress.rojer in OPPNA or (beviljas and not laser):
        return []
    return [(cell.adress.namn, cell.roll.value, beviljas)]
