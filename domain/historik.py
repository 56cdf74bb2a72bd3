"""From entries to what was true: corrections resolved, events put in the order they took effect.

Known → effective → state, exactly as the law of time says (ADR 0002):

1. known: a prefix of the log (the caller chooses the prefix),
2. effective: known, less what a known and itself effective correction annuls or replaces (what a replacement
   replaced stays away when the replacement is itself replaced),
3. state at a day: fold of the effective events up to that day, in order of (``datum``, place).

A replacement takes the *place* of the event it replaces, so that a corrected history equals the right one even when
several events share a day (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.handelse import Handelse, HandelseMakulerad, Notering


def rattade(noteringar: Sequence[Notering]) -> dict[UUID, Notering]:
    """Return which events are corrected, each with the effective correction that does it.

    A correction always comes after what it corrects, so one pass from the end settles corrections of corrections:
    annulled, it no longer corrects anything; replaced, its replacement corrects in its stead.
    """
    resultat: dict[UUID, Notering] = {}
    for notering in reversed(noteringar):
        if notering.rattar is None:
            continue
        verksam = resultat.get(notering.handelse_id, notering)
        if verksam is notering or not isinstance(verksam.handelse, HandelseMakulerad):
            resultat[notering.rattar] = verksam
    return resultat


def gallande(noteringar: Sequence[Notering]) -> list[Notering]:
    """Return the effective entries in the order their events took effect; annulments themselves are left out."""
    borta = rattade(noteringar)
    if not borta:
        return sorted(noteringar, key=lambda n: (n.handelse.datum, n.position))
    plats = {n.handelse_id: n.position for n in noteringar}
    for notering in noteringar:
        if notering.rattar is not None:
            plats[notering.handelse_id] = plats[notering.rattar]
    kvar = [n for n in noteringar if n.handelse_id not in borta and not isinstance(n.handelse, HandelseMakulerad)]
    return sorted(kvar, key=lambda n: (n.handelse.datum, plats[n.handelse_id]))


def handelser(noteringar: Iterable[Notering]) -> list[Handelse]:
    """Return the events of entries."""
    return [n.handelse for n in noteringar]
