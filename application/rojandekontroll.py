"""Answers for those who may count but not meet anybody: the ordinary questions, under disclosure control.

Counted parts are rounded where they come from (``SkyddadeFakta``), so whatever is worked out from them is too. Numbers
remember which parts they were made of (``domain.matt.spartal``), so what is hidden in an answer, and what it could be
worked out from, follows from the very steps that worked it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from application import enskilda
from application.oppna import Spararen, i_talet
from application.ports import Faktalasare, Faktaoppning
from application.queries import Fraga, Fragor, Svar
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Svarsrad, Tabellfraga, Tabellsvar
from application.redovisning import Redovisning, regler
from domain.begrepp import Samling
from domain.fakta import Belopp
from domain.handelse import HANDELSETYPER
from domain.katalog import AGGREGAT
from domain.matt.modell import Berakning, Raknesatt, utan_tid
from domain.matt.spartal import Blad
from domain.matt.ursprung import handelser_bakom
from domain.rojande import NOT, TROSKEL, Cell, avrundad, dolda, summan

_OM_PERSONER = frozenset(
    typ.typ for samling in (Samling.ARENDEN, Samling.PLACERINGAR) for typ in AGGREGAT[samling].typer
)
_NAGRA_AV = (Raknesatt.INOM_FRIST, Raknesatt.UTAN_FOLJD)

Grupper = Mapping[tuple[Any, ...], int]


class Bakom(NamedTuple):
    """How many are behind the groups of a calculation.

    Attributes:
        talet: behind the value of each; none are behind nothing.
        gruppen: behind each being there at all, whatever its value is.
    """

    talet: Grupper
    gruppen: Grupper


@cache
def om_personer(slag: str) -> bool:
    """Return whether facts of a kind are about persons: made in a case or a stay, or in somebody's file elsewhere."""
    return any(typ in _OM_PERSONER or bool(HANDELSETYPER[typ].om) for typ in handelser_bakom((slag,)))


class SkyddadeFakta:
    """Answers calculations with the parts that are about persons rounded."""

    def __init__(self, fakta: Faktalasare, minne: list[Bakom | None] | None = None) -> None:
        """Ask another for the answers; given a memory, how many were behind each calculation's groups is put there."""
        self._fakta, self._minne = fakta, minne

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group."""
        varden = self._fakta.rakna(berakning, position)
        bakom = self._bakom(berakning, position, varden) if any(map(om_personer, berakning.slag)) else None
        if self._minne is not None:
            self._minne.append(bakom)
        return varden if bakom is None else {g: avrundad(v, bakom.talet[g]) for g, v in varden.items()}

    def _bakom(self, b: Berakning, position: int, varden: Mapping[tuple[Any, ...], Fraction]) -> Bakom:
        """Return how many are behind each group; where no person is named, the cases, and never none of something."""
        enkel = replace(b, raknesatt=Raknesatt.ANTAL if b.form is Belopp else Raknesatt.UNIKA_PERSONER)
        enkel = replace(enkel, frist=None, foljd=()) if b.raknesatt in _NAGRA_AV else enkel
        personer = varden if enkel == b else self._fakta.rakna(enkel, position)
        arenden: Mapping[tuple[Any, ...], Fraction] = {}
        if b.form is not Belopp and any(v and not personer.get(g) for g, v in varden.items()):
            arenden = self._fakta.rakna(replace(enkel, raknesatt=Raknesatt.UNIKA_ARENDEN), position)
        gruppen = {g: int(personer.get(g) or arenden.get(g) or bool(v)) for g, v in varden.items()}
        talet = {g: antal if varden[g] else 0 for g, antal in gruppen.items()}
        if b.raknesatt in _NAGRA_AV:
            talet = {g: min(antal, int(varden[g])) for g, antal in talet.items()}
        return Bakom(talet, gruppen)


class SkyddadRedovisning(Redovisning):
    """Answers measures and tables under disclosure control; how many facts were counted is not said."""

    def matt(self, fraga: Fraga) -> Svar:
        """Answer a question to a measure; raises as ``Fragor.svara``, and where single cases are asked for."""
        _vagra_enskilda(enskilda.i_mattfragan(None, (*fraga.gruppera, *fraga.urval)))
        provare = _Provare(self._fakta)
        svar = Fragor(self._huvudbok, provare.sparare).svara(fraga)
        celler = {grupp: provare.cell(varde, utan_tid(fraga.gruppera, grupp)) for grupp, varde in svar.varden.items()}
        if fraga.gruppera and svar.totalt is not None:
            # A whole that is counted by itself is told by its parts all the same, or nearly; a mean by who they are.
            celler[_HELHETEN] = provare.cell(svar.totalt)._replace(delar=summan(celler.values()))
        borta = dolda(celler)
        # That a group is there is told by the data itself, also where its value is nothing.
        utelamnade = {
            g for g, v in svar.varden.items() if g in borta or (g and provare.fa(v, utan_tid(fraga.gruppera, g)))
        }
        return replace(
            svar,
            underlag=replace(svar.underlag, regler=provare.regler()),
            varden={grupp: Fraction(varde) for grupp, varde in svar.varden.items() if grupp not in utelamnade},
            totalt=None if svar.totalt is None or borta & {_HELHETEN, ()} else Fraction(svar.totalt),
            skyddat=True,
            utelamnade=frozenset(utelamnade) if fraga.gruppera else frozenset(),
            helheten_dold=bool(borta & {_HELHETEN, ()}),
        )

    def tabell(self, fraga: Tabellfraga) -> Tabellsvar:
        """Answer a table; raises as ``Tabellverk.svara``, and where its rows are single cases."""
        _vagra_enskilda(enskilda.i_raderna(fraga.tabell, (fraga.radmappning,)))
        provare = _Provare(self._fakta)
        svar = Tabellverk(Fragor(self._huvudbok, provare.sparare), med_talnoter=False).svara(fraga)
        celler = {
            (nr, kolumn): provare.cell(varde, spar=True)
            for nr, rad in enumerate(svar.rader)
            for kolumn, varde in rad.items()
            if isinstance(varde, Fraction)
        }
        borta = dolda(celler)
        rader = tuple(
            Svarsrad({k: None if (nr, k) in borta else _utan_spar(v) for k, v in rad.items()}, rad.rad)
            for nr, rad in enumerate(svar.rader)
        )
        # A row that is there because the data has its value is told by its being there, where nothing in it is shown.
        tomma = {nr for nr, _ in borta if svar.ur_uppgifterna(rader[nr]) and not _visar_nagot(rader[nr])}
        kvar = [nr for nr in range(len(rader)) if nr not in tomma]
        return replace(
            svar,
            underlag=replace(svar.underlag, regler=provare.regler()),
            rader=tuple(rader[nr] for nr in kvar),
            noter=(*svar.noter, NOT),
            skyddat=True,
            dolda=frozenset((kvar.index(nr), kolumn) for nr, kolumn in borta if nr not in tomma),
            rader_utelamnade=bool(tomma),
        )


_HELHETEN = ("",)
"""The whole, among groups: no group of an answer has an empty word."""


def _vagra_enskilda(dimension: str | None) -> None:
    """Stop what whoever lets questions in should have refused."""
    if dimension is not None:
        msg = f"single cases ({dimension}) are out of reach"
        raise PermissionError(msg)


class _Provare:
    """One question's facts, and what its cells rest on."""

    def __init__(self, fakta: Faktaoppning) -> None:
        """Ask another for the answers."""
        self._bakom: list[Bakom | None] = []
        self.sparare = Spararen(SkyddadeFakta(fakta, self._bakom))

    def cell(self, varde: Fraction, grupp: tuple[Any, ...] = (), *, spar: bool = False) -> Cell:
        """Return a figure with how many are behind it: the fewest behind any of the calculations it was made of."""
        blad = self.sparare.blad(varde, grupp)
        if spar:  # what leaves no trace in a table's cell cannot be told from what other cells asked for
            blad = {b: f for b, f in blad.items() if i_talet(varde, b)}
        antal: dict[int, int] = {}
        delar: dict[Blad, Fraction] = {}
        for ett, faktor in blad.items():
            bakom = self._bakom[ett.berakning]
            if bakom is not None:
                antal[ett.berakning] = antal.get(ett.berakning, 0) + bakom.talet.get(ett.grupp, 0)
                if faktor is not None:
                    delar[ett] = faktor
        return Cell(min(antal.values(), default=None), delar)

    def fa(self, varde: Fraction, grupp: tuple[Any, ...]) -> bool:
        """Return whether a group of an answer is there for few persons only, or for none that its figure tells of."""
        antal: dict[int, int] = {}
        for ett in self.sparare.blad(varde, grupp):
            bakom = self._bakom[ett.berakning]
            if bakom is None:
                return False
            antal[ett.berakning] = antal.get(ett.berakning, 0) + bakom.gruppen.get(ett.grupp, 0)
        return max(antal.values(), default=TROSKEL) < TROSKEL

    def regler(self) -> tuple[Any, ...]:
        """Return the rules that the calculations were made by."""
        return tuple(regler(b for b, _ in self.sparare.berakningar))


def _visar_nagot(rad: Svarsrad) -> bool:
    return any(isinstance(varde, Fraction) and varde for varde in rad.values())


def _utan_spar(varde: Any) -> Any:
    return Fraction(varde) if isinstance(varde, Fraction) else varde
