"""What is printed but not met, in Swedish: whole tables, and rows with figures that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from application.syntet.beloppsplan import Planer, las_former
from application.syntet.krav import Krav
from application.syntet.radceller import UTAN_BOCKER, radceller
from application.syntet.tabellslag import Lasning, Tabellslag, slag_av
from application.syntet.tal import radnamn
from application.syntet.uppdrag import Syntetuppdrag
from application.tryckt import Trycktabell
from application.tryckta_rader import sammanfattar
from application.tryckta_tal import som_tal

_RADVIS = (Lasning.TAL, Lasning.INGET)
"""Readings of which some rows may be met and others not."""


def omott(uppdrag: Syntetuppdrag, krav: Krav, planer: Planer, *, externa: bool) -> Iterator[str]:
    """Yield a sentence for each table, or some rows of it, that the history does not meet.

    Args:
        uppdrag: the order.
        krav: what was read, and from which rows.
        planer: the amounts that the books are made from.
        externa: whether there is a table of external care, which the books then follow row by row.
    """
    bocker = externa or bool(krav.ekonomi or planer.drift.linjer)
    i_planen = _planens_rader(uppdrag) if bocker else {}
    motta = _motta_rader(uppdrag, krav, bocker=bocker)
    for tabell in uppdrag.tabeller:
        slag = slag_av(tabell)
        if slag is None:
            continue
        rader = motta.get(tabell.namn, set()) | i_planen.get(tabell.namn, set())
        foljer_annat = (
            (slag.lasning is Lasning.EKONOMI and (externa or planer.drift.linjer))
            or (slag.lasning is Lasning.ENHETER and externa and not planer.drift.bara_externa)
        )  # fmt: skip
        if foljer_annat and tabell.namn not in i_planen:
            foljda = ", ".join(i_planen) or "externa insatser"
            yield f"Tabellen {tabell.namn} ({slag.namn}) möts inte: böckerna följer {foljda}."
        elif slag.lasning in _RADVIS and not rader:
            yield f"Tabellen {tabell.namn} ({slag.namn}) möts inte: {slag.skal or _UTAN_MATT}."
        elif slag.lasning in _RADVIS or tabell.namn in i_planen:
            yield from _rader(tabell, slag, rader)


_UTAN_MATT = "den har inget mått som händelser i nämndens vård räknar"


def _rader(tabell: Trycktabell, slag: Tabellslag, motta: set[int]) -> Iterator[str]:
    """Yield a sentence about rows with figures that are not met; what sums up others follows from them."""
    etikett = slag.etikett or tabell.kolumner[0]
    namn = dict.fromkeys(
        ", ".join(rad[k] for k in (etikett, slag.del_) if k and rad[k]) or radnamn(tabell, rad)
        for nr, rad in enumerate(tabell.rader)
        if nr not in motta and _har_tal(tabell, rad) and not sammanfattar(rad[etikett])
    )
    if namn:
        vilka = f"Raderna {'; '.join(namn)}" if len(namn) > 1 else f"Raden {next(iter(namn))}"
        yield f"{vilka} i {tabell.namn} ({slag.namn}) möts inte: där finns inget mått som historien har."


def _har_tal(tabell: Trycktabell, rad: Mapping[str, str]) -> bool:
    return any(som_tal(rad[kolumn]) is not None for kolumn in tabell.kolumner[1:])


def _planens_rader(uppdrag: Syntetuppdrag) -> dict[str, set[int]]:
    """Return, by table of amounts that is declared, the numbers of the rows that its declaration has."""
    resultat: dict[str, set[int]] = {}
    for form in las_former(uppdrag):
        nycklar = form.tabell.etikettkolumner
        antal = len(form.mappning.rader[0].etiketter)
        kanda = {rad.etiketter for rad in form.mappning.rader}
        etiketter = (tuple(rad[n] for n in nycklar)[:antal] for rad in form.tryckt.rader)
        resultat[form.tryckt.namn] = {nr for nr, etikett in enumerate(etiketter) if etikett in kanda}
    return resultat


def _motta_rader(uppdrag: Syntetuppdrag, krav: Krav, *, bocker: bool) -> dict[str, set[int]]:
    """Return, by table, the numbers of the rows that figures were read from, by their labels or declarations."""
    resultat = {namn: set(rader) for namn, rader in krav.lasta.items()}
    for cell in radceller(uppdrag, *(() if bocker else UTAN_BOCKER)):
        nummer = cell.tryckt.rader.index(dict(cell.papper))
        resultat.setdefault(cell.tryckt.namn, set()).add(nummer)
    return resultat
