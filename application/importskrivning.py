"""What an import writes: the ledger asked for what a batch needs, and decided entries written with their facts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from application.commands import kontrollera_tyst
from application.envelope import Kuvert, Nedskrift
from application.importbeslut import STROMMAR_I_MINNET, Beslutat, Fraga, Lage, Svar, avvisad
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
    def lage(self) -> Lage:
        """Return what the ledger holds."""
        return Lage(self._bok.antal(), self._bok.senast_registrerad, self._bok.gallrade_akter())

    def svara(self, fraga: Fraga) -> Svar:
        """Return what the ledger holds of what a batch asks for."""
        bok = self._bok
        kanda = bok.kanda(fraga.mojligen_kanda) if fraga.mojligen_kanda else {}
        strommar = bok.las_strommar(fraga.strommar) if fraga.strommar else {}
        svar = Svar(
            {ett.int: kuvert for ett, kuvert in kanda.items()},
            {ett.int: tyst for ett, tyst in bok.tysta(fraga.handelse_id).items()},
            {ett.int: kuvert for ett, kuvert in strommar.items()},
            bok.pseudonymer(fraga.identiteter),
        )
        for nummer, kuvert in svar.strommar.items():
            self._oppna(nummer, kuvert)
        return svar

    def skriv(self, beslutat: Beslutat) -> None:
        """Write a batch, and try what only the ledger can tell; what that comes to is noted in the batch."""
        if beslutat.kuvert:
            self._bok.skriv(beslutat.kuvert, self._andringar(beslutat.kuvert))
        self._bok.minns_tysta([replace(ett, avtryck=self._bok.avtryck(ett.avtryck)) for ett in beslutat.tysta])
        for prov in beslutat.tystprov:
            try:
                utfall = kontrollera_tyst(prov.tidigare, self._bok.avtryck(prov.avtryck)).utfall
            except Regelbrott as fel:
                beslutat.avvisade.append(avvisad(prov.tolkad, fel))
            else:
                beslutat.antal[utfall] += 1

    def _andringar(self, nedskrifter: Sequence[Nedskrift]) -> list[Faktaandring]:
        """Return how the facts change by each entry."""
        strommar, forsta = self._strommar, {n.originator_id.int: n for n in reversed(nedskrifter)}
        saknas = [n.originator_id for nr, n in forsta.items() if n.originator_version > 1 and nr not in strommar]
        for strom, kuvert in self._bok.las_strommar(saknas).items():
            self._oppna(strom.int, kuvert)
        for nummer, forst in forsta.items():
            strommar.setdefault(nummer, Strom(forst.samling, forst.originator_id))
            strommar.move_to_end(nummer)
        andringar = [strommar[n.originator_id.int].anteckna(n.notering()) for n in nedskrifter]
        while len(strommar) > STROMMAR_I_MINNET:
            strommar.popitem(last=False)
        return andringar

    def _oppna(self, nummer: int, kuvert: Sequence[Kuvert]) -> None:
        """Have a stream in memory, as the ledger has it; one that is there has all that this import has written too."""
        if nummer in self._strommar:
            return
        self._strommar[nummer] = strom = Strom(kuvert[0].samling, kuvert[0].originator_id)
        for ett in kuvert:
            strom.anteckna(ett.notering())
