"""Between the identities that senders know and the pseudonyms that the ledger works with.

Everything inside – decisions, facts, measures – sees pseudonyms; what is read out is translated back while the link
exists. So that erasing a link changes no figure, and no rebuild has to know who anybody is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any
from uuid import UUID

from application.envelope import Forslag, Kuvert
from application.strom import Beslutsstrom
from domain.handelse import Handelse, HandelseMakulerad
from domain.personuppgift import KandIdentitet, Personuppgift, akt, personfalt


def identiteter(forslag: Iterable[Forslag]) -> Set[KandIdentitet]:
    """Return the identities of persons and families that proposals name."""
    return {(slag, varde) for ett in forslag for _, slag, varde in _identiteter(ett.handelse)}


def bakom_pseudonym(forslag: Iterable[Forslag], pseudonymer: Mapping[KandIdentitet, UUID]) -> list[Forslag]:
    """Return proposals with every identity of a person or family replaced by its pseudonym."""
    return [_bakom_pseudonym(ett, pseudonymer) for ett in forslag]


def _bakom_pseudonym(forslag: Forslag, pseudonymer: Mapping[KandIdentitet, UUID]) -> Forslag:
    if not personfalt(type(forslag.handelse)).identiteter:
        return forslag  # most events name nobody
    nya = {namn: pseudonymer[slag, varde] for namn, slag, varde in _identiteter(forslag.handelse)}
    return forslag._replace(handelse=forslag.handelse.model_copy(update=nya)) if nya else forslag


def i_klartext(
    kuvert: Sequence[Kuvert], identiteter_av: Callable[[Iterable[UUID]], Mapping[UUID, UUID]]
) -> list[Kuvert]:
    """Return entries with the identities that pseudonyms stand for; one that is erased keeps its pseudonym."""
    pseudonymer = {varde for ett in kuvert for _, _, varde in _identiteter(ett.handelse)}
    if not pseudonymer:
        return list(kuvert)
    identiteter = identiteter_av(pseudonymer)

    def bytt(ett: Kuvert) -> Kuvert:
        falt = list(_identiteter(ett.handelse))
        if not falt:
            return ett
        kanda: dict[str, Any] = {namn: identiteter[varde] for namn, _, varde in falt if varde in identiteter}
        forslag = ett.forslag._replace(handelse=ett.handelse.model_copy(update=kanda))
        return ett._replace(forslag=forslag, gallrad=ett.gallrad or len(kanda) < len(falt))

    return [bytt(ett) for ett in kuvert]


def med_det_glomda(kuvert: Sequence[Kuvert], lankade: Callable[[Iterable[UUID]], Set[UUID]]) -> list[Kuvert]:
    """Return entries marked as erased where the link of somebody they name is; ``lankade`` tells whose are left."""
    namngivna = [{varde for _, _, varde in _identiteter(ett.handelse)} for ett in kuvert]
    alla = set().union(*namngivna)
    if not alla:
        return list(kuvert)
    kvar = lankade(alla)
    return [ett if vilka <= kvar else ett._replace(gallrad=True) for ett, vilka in zip(kuvert, namngivna, strict=True)]


def _identiteter(handelse: Handelse) -> Iterable[tuple[str, Personuppgift, UUID]]:
    for namn, slag in personfalt(type(handelse)).identiteter:
        varde = getattr(handelse, namn)
        if varde is not None:
            yield namn, slag, varde


def akt_for(strom: Beslutsstrom, forslag: Forslag) -> UUID | None:
    """Return the file that a proposal belongs to, if that is not its stream; an annulment's is that of its target."""
    handelse, mal = forslag.handelse, forslag.rattar
    if not type(handelse).om and type(handelse) is not HandelseMakulerad:
        return None  # most events: their stream is asked no more
    while type(handelse) is HandelseMakulerad and mal is not None:
        rattad = next(notering for notering in strom.noteringar if notering.handelse_id == mal)
        handelse, mal = rattad.handelse, rattad.rattar
    en_akt = akt(strom.id, handelse) if type(handelse).om else strom.id
    return None if en_akt == strom.id else en_akt
