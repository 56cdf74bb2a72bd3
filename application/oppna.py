"""Opening a figure: the facts behind a cell, how much each contributes, and the events that made each.

A cell is worked out again by the ordinary questions, with numbers that remember what they were made of
(``domain.matt.spartal``); each counted part is then opened by its own statement. So the contributions of the facts add
up to the cell exactly, whatever the measure's expression or the table's sums and shares are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from application.avstamning import TALKOLUMNER, Avstamning, Avstamningsfraga
from application.ports import Faktalasare, Faktaoppning, Handelsehuvud, Huvudbok
from application.queries import Fraga, FraganGarInte, Fragor, Underlag
from application.rapporter.tabell import Tabellverk
from application.rapporter.tabellfraga import Kolumnsvar, Tabellfraga, Tabellsvar
from domain.fakta import handelse_av
from domain.matt.bidrag import Faktarad, bidragen
from domain.matt.modell import Berakning, utan_tid
from domain.matt.spartal import Blad, Spartal

_NOLL = Fraction(0)


@dataclass(frozen=True, slots=True)
class OppnatFaktum:
    """A fact behind a cell.

    Attributes:
        eget: what it contributes to its calculation: days, kronor, a number.
        bidrag: what it contributes to the cell; of a divisor, nothing.
    """

    rad: Faktarad
    eget: Fraction
    bidrag: Fraction

    @property
    def positioner(self) -> tuple[int, ...]:
        """Return the events it follows from, and the one that made it known where that is another (a correction)."""
        return tuple(sorted({*handelse_av(self.rad.fakta), self.rad.kand_fran}))


@dataclass(frozen=True, slots=True)
class Led:
    """A counted part of a cell.

    Attributes:
        faktor: what its value is multiplied by in the cell; None: it adds nothing (the cell is divided by it).
        varde: its own value.
    """

    berakning: Berakning
    grupp: tuple[Any, ...]
    faktor: Fraction | None
    varde: Fraction
    fakta: tuple[OppnatFaktum, ...]


@dataclass(frozen=True, slots=True)
class Oppning:
    """An opened cell: its value, what that rests on, and every fact behind it.

    ``konstant`` is what in the value follows from no fact; ``varde`` is None for a cell with nothing to say.
    """

    cell: Mapping[str, str | None]
    varde: Fraction | None
    konstant: Fraction
    underlag: Underlag
    led: tuple[Led, ...]

    @property
    def antal(self) -> int:
        """Return the number of facts."""
        return sum(len(led.fakta) for led in self.led)

    @property
    def bidrag(self) -> Fraction:
        """Return what the facts contribute together."""
        return sum((f.bidrag for led in self.led for f in led.fakta), _NOLL)

    def forsta(self, hogst: int) -> Oppning:
        """Return the opening with no more than so many facts."""
        kvar, led = hogst, []
        for ett in self.led:
            led.append(replace(ett, fakta=ett.fakta[:kvar]))
            kvar -= len(led[-1].fakta)
        return replace(self, led=tuple(led))


class Spararen:
    """Answers calculations with numbers that remember which calculation and group they came from."""

    def __init__(self, fakta: Faktalasare) -> None:
        """Ask another for the answers."""
        self._fakta = fakta
        self.berakningar: list[tuple[Berakning, int]] = []
        self.varden: dict[Blad, Fraction] = {}

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        """Return the value per group."""
        nr = len(self.berakningar)
        self.berakningar.append((berakning, position))
        svar = {}
        for grupp, varde in self._fakta.rakna(berakning, position).items():
            blad = Blad(nr, grupp)
            self.varden[blad] = varde
            svar[grupp] = Spartal.blad(varde, blad)
        return svar

    def blad(self, varde: Fraction | None, grupp: tuple[Any, ...] = ()) -> dict[Blad, Fraction | None]:
        """Return the counted parts behind a value, each with its factor or None.

        Calculations that leave no trace in a number – it was asked whether they have anything, or how many cells were
        above zero – count with every group that the cell is made of.
        """
        delar: Mapping[Blad, Fraction] = varde.delar if isinstance(varde, Spartal) else {}
        villkor = varde.villkor if isinstance(varde, Spartal) else ()
        resultat: dict[Blad, Fraction | None] = {blad: faktor for blad, faktor in delar.items() if faktor}
        resultat |= dict.fromkeys(sorted((b for b in villkor if b not in resultat), key=_plats))
        ovriga = set(range(len(self.berakningar))) - {blad.berakning for blad in (*delar, *villkor)}
        if not ovriga:
            return resultat
        tysta = (b for b in self.varden if b.berakning in ovriga and b.grupp[1 : 1 + len(grupp)] == grupp)
        return resultat | dict.fromkeys(sorted(tysta, key=_plats))


def _plats(blad: Blad) -> tuple[int, str]:
    return blad.berakning, str(blad.grupp)


class Oppnare:
    """Opens cells of measures and tables."""

    def __init__(self, huvudbok: Huvudbok, fakta: Faktaoppning) -> None:
        """Use the log (to resolve time) and the facts."""
        self._huvudbok = huvudbok
        self._fakta = fakta

    def oppna_matt(self, fraga: Fraga, cell: tuple[str | None, ...] = ()) -> Oppning:
        """Open the cell of a measure that has these values in the question's dimensions; without any, the whole.

        Raises:
            FraganGarInte: the measure cannot answer the question.
        """
        sparare = Spararen(self._fakta)
        svar = Fragor(self._huvudbok, sparare).svara(fraga)
        varde = svar.varden.get(cell) if fraga.gruppera else svar.totalt
        namngiven = dict(zip(fraga.gruppera, cell, strict=True))
        blad = sparare.blad(varde, utan_tid(fraga.gruppera, cell))
        return self._oppna(sparare, varde, svar.underlag, namngiven, blad)

    def oppna_tabell(self, fraga: Tabellfraga, rad: str, kolumn: str) -> Oppning:
        """Open a table's cell, by the row's number or label and the column's name or heading.

        Raises:
            FraganGarInte: there is no such cell, or it holds no figure.
        """
        sparare = Spararen(self._fakta)
        svar = Tabellverk(Fragor(self._huvudbok, sparare)).svara(fraga)
        raden, kolumnen = svar.rader[_plats_av(rad, [svar.etikett(r) for r in svar.rader])], _kolumnen(svar, kolumn)
        varde = raden[kolumnen.nyckel]
        cell = {"rad": svar.etikett(raden), "kolumn": kolumnen.nyckel}
        if isinstance(varde, str):
            raise FraganGarInte("oppna", f"Cellen {cell['rad']}, {kolumnen.nyckel} är text ({varde}) och räknas inte.")
        return self._oppna(sparare, varde, svar.underlag, cell, _spar(sparare, varde))

    def oppna_avstamning(self, fraga: Avstamningsfraga, rad: str, kolumn: str) -> Oppning:
        """Open a reconciliation's cell, by the row's number or label and the column's name; its value is in kronor.

        What is rounded to öre shows as what follows from no fact.

        Raises:
            FraganGarInte: there is no such cell.
        """
        sparare = Spararen(self._fakta)
        svar = Avstamning(Fragor(self._huvudbok, sparare)).stam_av(fraga)
        rader = list(svar.med_totalt)
        raden, kolumnen = rader[_plats_av(rad, rader)], _talkolumnen(kolumn)
        varde = svar.med_totalt[raden].tal(kolumnen) / 100
        cell = {"rad": raden, "kolumn": kolumnen}
        return self._oppna(sparare, varde, svar.underlag, cell, _spar(sparare, varde))

    def handelser(self, oppning: Oppning) -> Mapping[int, Handelsehuvud]:
        """Return what the log says of the events behind the facts, by position.

        What a fact follows from may have happened after the day asked about: it ended the days that are not counted.
        Of that nothing is said, as in the stream; a correction counts whatever its day (ADR 0003).
        """
        positioner = (position for led in oppning.led for faktum in led.fakta for position in faktum.positioner)
        sista = oppning.underlag.galler_den.toordinal()
        huvuden = self._fakta.handelsehuvuden(positioner)
        return {p: h for p, h in huvuden.items() if h.datum <= sista or h.rattar is not None}

    def _oppna(
        self,
        sparare: Spararen,
        varde: Fraction | None,
        underlag: Underlag,
        cell: Mapping[str, str | None],
        blad: Mapping[Blad, Fraction | None],
    ) -> Oppning:
        led = tuple(self._led(sparare, ett, faktor) for ett, faktor in blad.items())
        kand = sum((ett.faktor * ett.varde for ett in led if ett.faktor is not None), _NOLL)
        konstant = _NOLL if varde is None else Fraction(varde) - kand
        return Oppning(cell, None if varde is None else Fraction(varde), konstant, underlag, led)

    def _led(self, sparare: Spararen, blad: Blad, faktor: Fraction | None) -> Led:
        berakning, position = sparare.berakningar[blad.berakning]
        rader = self._fakta.rader(berakning, blad.grupp, position)
        egna = bidragen(berakning.raknesatt, rader)
        fakta = tuple(OppnatFaktum(rad, eget, eget * (faktor or 0)) for rad, eget in zip(rader, egna, strict=True))
        return Led(berakning, blad.grupp, faktor, sparare.varden[blad], fakta)


def i_talet(varde: Fraction, blad: Blad) -> bool:
    """Return whether a counted part left its trace in a number."""
    return isinstance(varde, Spartal) and (blad in varde.delar or blad in varde.villkor)


def _spar(sparare: Spararen, varde: Fraction | None) -> dict[Blad, Fraction | None]:
    """Return the parts of a table's cell: what leaves no trace in it cannot be told from what other cells asked for."""
    return {} if varde is None else {b: f for b, f in sparare.blad(varde).items() if i_talet(varde, b)}


def _plats_av(rad: str, etiketter: Sequence[str]) -> int:
    """Return which row is meant by its number, its label or a part of that which only it has."""
    sokt = rad.strip().casefold()
    if sokt.isdigit() and 1 <= int(sokt) <= len(etiketter):
        return int(sokt) - 1
    numrerade = list(enumerate(etiketter))
    hela = [nr for nr, etikett in numrerade if etikett.casefold() == sokt]
    traffar = hela or [nr for nr, etikett in numrerade if sokt in _delarna(etikett)]
    if len(traffar) == 1:
        return traffar[0]
    namn = "; ".join(f"{nr + 1} {etikett}" for nr, etikett in numrerade if nr in traffar or not traffar)
    mening = f"Raden {rad} finns inte." if not traffar else f"Raden {rad} är flera rader."
    raise FraganGarInte("oppna", f"{mening} Ange nummer eller hela etiketten: {namn}.")


def _delarna(etikett: str) -> Iterable[str]:
    return [del_.strip().casefold() for del_ in etikett.split(" / ")]


def _kolumnen(svar: Tabellsvar, kolumn: str) -> Kolumnsvar:
    sokt = kolumn.strip().casefold()
    for k in svar.kolumner:
        if sokt in (k.nyckel.casefold(), k.rubrik.casefold()):
            return k
    raise _ingen_kolumn(kolumn, (k.nyckel for k in svar.kolumner if k.decimaler is not None))


def _talkolumnen(kolumn: str) -> str:
    namnen = {namn.casefold(): namn for namn in TALKOLUMNER}
    sokt = kolumn.strip().casefold()
    if sokt not in namnen:
        raise _ingen_kolumn(kolumn, TALKOLUMNER)
    return namnen[sokt]


def _ingen_kolumn(kolumn: str, tillatna: Iterable[str]) -> FraganGarInte:
    return FraganGarInte("oppna", f"Kolumnen {kolumn} finns inte. Tillåtna: {', '.join(tillatna)}.")
