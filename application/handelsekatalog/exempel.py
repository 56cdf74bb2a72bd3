"""Examples as lines to import, and what comes out when they are tried: nothing here is typed by hand.

A line is tried as an import tries it: read, decided on in its stream. The day of the trial is fixed, so that the
sentences are the same every day.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from application.faltfel import Faltfel, OgiltigHandelse, faltfel_av
from application.handelsekatalog.post import Fall, Steg, post, samlingar
from application.strom import Strom
from application.tolkning import tolka
from domain.begrepp import Samling
from domain.fel import Regelbrott
from domain.handelse import HANDELSETYPER, Notering
from domain.strom import budgetperiodens_id

PROVDAG = date(2025, 12, 31)
"""The day of registration on which the examples are tried."""

_NAMNRYMD = uuid.uuid5(uuid.NAMESPACE_URL, "urn:liggare:exempel")

Rad = dict[str, Any]


class ExempletHallerInte(Exception):
    """An example does not do what it is an example of."""


@dataclass(frozen=True)
class Exempel:
    """Lines to import in order; the last is what it is an example of, the others what came before.

    Attributes:
        nar: what the example shows.
        fel: why the last line is refused; nothing if it is accepted.
    """

    nar: str
    rader: tuple[Rad, ...]
    fel: tuple[Faltfel, ...] = ()


def godtaget(typ: str) -> Exempel | None:
    """Return the ordinary example of an event, or None if nobody has written one."""
    p = post(typ)
    return None if p.exempel is None else Exempel(p.rubrik, _rader(typ, p.historia, {}, typ))


def godtagna(typ: str) -> list[Exempel]:
    """Return every accepted example of an event, the ordinary one first."""
    forsta = godtaget(typ)
    if forsta is None:
        return []
    return [forsta, *(Exempel(f.nar, _fallets_rader(typ, f, f"fler-{nr}")) for nr, f in enumerate(post(typ).fler))]


def nekade(typ: str) -> list[Exempel]:
    """Return the refused examples of an event, each with the sentences that come out when it is tried.

    Raises:
        ExempletHallerInte: one of them is not refused.
    """
    resultat = []
    for nr, fall in enumerate(post(typ).nekas):
        rader = _fallets_rader(typ, fall, f"nekas-{nr}")
        fel = prova(rader)
        if not fel:
            raise ExempletHallerInte(f"{typ}: exemplet ”{fall.nar}” nekas inte.")
        resultat.append(Exempel(fall.nar, rader, fel))
    return resultat


def prova(rader: Sequence[Mapping[str, Any]]) -> tuple[Faltfel, ...]:
    """Return why the last line is refused, or nothing if it would be recorded.

    Raises:
        ExempletHallerInte: an earlier line is refused, or a line says nothing new.
    """
    strom: Strom | None = None
    for nr, rad in enumerate(rader, start=1):
        try:
            forslag = tolka(dict(rad))
            strom = strom or Strom(forslag.samling, forslag.strom)
            beslutat = strom.besluta(forslag, PROVDAG)
        except (OgiltigHandelse, Regelbrott) as fel:
            if nr == len(rader):
                return fel.fel if isinstance(fel, OgiltigHandelse) else (faltfel_av(fel),)
            raise ExempletHallerInte(f"{rad['typ']} i historien nekas: {fel}") from fel
        if not beslutat:
            raise ExempletHallerInte(f"{rad['typ']} säger ingenting nytt.")
        strom.anteckna(Notering(nr, forslag.handelse_id, forslag.handelse, forslag.rattar))
    return ()


def _fallets_rader(typ: str, fall: Fall, nyckel: str) -> tuple[Rad, ...]:
    historia = post(typ).historia if fall.historia is None else fall.historia
    return _rader(typ, historia, fall.handelse, f"{typ}/{nyckel}")


def _rader(typ: str, historia: Sequence[Steg], andrat: Mapping[str, Any], nyckel: str) -> tuple[Rad, ...]:
    """Return the history and the event as lines; ids follow from the key, so that they are the same every time."""
    steg = [_falten(s) for s in (*historia, {**andrat, "typ": typ})]
    idn = [uuid.uuid5(_NAMNRYMD, f"{nyckel}/{nr}") for nr in range(len(steg))]
    samling = samlingar(HANDELSETYPER[steg[0]["typ"]])[0]
    strom = _strom(samling, steg[0], uuid.uuid5(_NAMNRYMD, nyckel))
    return tuple(_rad(samling, strom, falt, id_, idn) for falt, id_ in zip(steg, idn, strict=True))


def _falten(steg: Steg) -> dict[str, Any]:
    skillnad: Mapping[str, Any] = {"typ": steg} if isinstance(steg, str) else steg
    return {**(post(skillnad["typ"]).exempel or {}), **skillnad}


def _strom(samling: Samling, borjan: Mapping[str, Any], annars: UUID) -> UUID:
    """Return the stream of an example; a budget period's follows from what it is about."""
    if samling is Samling.BUDGETPERIODER and {"kommun", "namnd", "ar"} <= borjan.keys():
        return budgetperiodens_id(borjan["kommun"], borjan["namnd"], borjan["ar"])
    return annars


def _rad(samling: Samling, strom: UUID, falt: Mapping[str, Any], id_: UUID, idn: Sequence[UUID]) -> Rad:
    version = HANDELSETYPER[falt["typ"]].schemaversion
    rattar = falt.get("rattar")
    kuvert = {
        "samling": samling.value,
        "id": str(strom),
        "typ": falt["typ"],
        "version": version if version > 1 else None,
        "datum": falt.get("datum"),
        "handelseId": str(id_),
        "rattar": str(idn[rattar - 1]) if isinstance(rattar, int) else rattar,
    }
    eget = {namn: varde for namn, varde in falt.items() if namn not in ("typ", "datum", "rattar")}
    return {namn: varde for namn, varde in {**kuvert, **eget}.items() if varde is not None}
