"""What an import writes: the ledger asked for what a batch needs, and decided entries written with their facts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from application.commands import kontrollera_tyst, oppna_strom
from application.envelope import Nedskrift
from application.importbeslut import STROMMAR_I_MINNET, Batchfraga, Batchsvar, Beslutat, Utgangslage, avvisad
from application.ports import Skrivning
from application.strom import Strom
from domain.faktaspar import Faktaandring
from domain.fel import Regelbrott


class Importskrivare:
    """Writes batch after batch within one transaction."""

    def __init__(self, bok: Skrivning) -> None:
        """Use an open write transaction."""
        self._bok = bok
        self._strommar: OrderedDict[int, Strom] = OrderedDict()

    @property
    def lage(self) -> Utgangslage:
        """Return what the ledger holds; of an empty one nothing has to be asked."""
        position = self._bok.antal()
        inga = None if position else frozenset[int]()
        return Utgangslage(position, self._bok.senast_registrerad, self._bok.gallrade_akter(), inga, inga)

    def svara(self, fraga: Batchfraga) -> Batchsvar:
        """Return what the ledger holds of what a batch asks for."""
        bok = self._bok
        return Batchsvar(
            {ett.int: kuvert for ett, kuvert in bok.kanda(_identiteter(fraga.mojligen_kanda)).items()},
            {ett.int: tyst for ett, tyst in bok.tysta(_identiteter(fraga.handelse_id)).items()},
            {ett.int: kuvert for ett, kuvert in bok.las_strommar(_identiteter(fraga.strommar)).items()},
            bok.pseudonymer(fraga.identiteter),
        )

    def skriv(self, beslutat: Beslutat) -> None:
        """Write a batch, and try what only the ledger can tell; what that comes to is noted in the batch."""
        if beslutat.kuvert:
            self._bok.skriv(beslutat.kuvert, self._andringar(beslutat), beslutat.nu)
        self._bok.minns_tysta([replace(ett, avtryck=self._bok.avtryck(ett.avtryck)) for ett in beslutat.tysta])
        for prov in beslutat.tystprov:
            try:
                utfall = kontrollera_tyst(prov.tidigare, self._bok.avtryck(prov.avtryck)).utfall
            except Regelbrott as fel:
                beslutat.avvisade.append(avvisad(prov.tolkad, fel))
            else:
                beslutat.antal[utfall] += 1

    def _andringar(self, beslutat: Beslutat) -> list[Faktaandring]:
        """Return how the facts change by each entry, those worked out that were left to us."""
        vara = [ett for ett, andring in zip(beslutat.kuvert, beslutat.andringar, strict=True) if andring is None]
        self._hamta(vara)
        strommar = self._strommar
        andringar = [
            strommar[ett.originator_id.int].anteckna(ett.notering()) if andring is None else andring
            for ett, andring in zip(beslutat.kuvert, beslutat.andringar, strict=True)
        ]
        while len(strommar) > STROMMAR_I_MINNET:
            strommar.popitem(last=False)
        return andringar

    def _hamta(self, nedskrifter: Sequence[Nedskrift]) -> None:
        """Have the streams of some entries in memory as they were before them, most recently used last."""
        strommar, forsta = self._strommar, {ett.originator_id.int: ett for ett in reversed(nedskrifter)}
        saknas = [ett.originator_id for nr, ett in forsta.items() if ett.originator_version > 1 and nr not in strommar]
        for strom, kuvert in self._bok.las_strommar(saknas).items():
            strommar[strom.int] = oppna_strom(kuvert[0].forslag, kuvert)
        for nummer, forst in forsta.items():
            if nummer not in strommar:
                strommar[nummer] = Strom(forst.samling, forst.originator_id)
            strommar.move_to_end(nummer)


def _identiteter(nummer: Iterable[int]) -> Iterator[UUID]:
    return (UUID(int=ett) for ett in nummer)
