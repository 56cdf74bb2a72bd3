"""Why a figure has changed: the same cells at two moments of knowledge, two days, or by two rules.

The way from the one question to the other goes in steps, and what each step does to a cell is a part of the difference:

1. from the first moment of knowledge to the second, event by event in log order,
2. from the first day to the second: first the formula (more days to divide by), then what had begun, then what is new,
3. from the first rule, variants and organisation to the second.

Where units belong as it is known later is taken in first, as a rule of its own.

A cell's value on the way is worked out by the ordinary expression from other sums, so any measure can be followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from application.forlopp import NOLL, Forlopp, byten_vid, i_rad, las_forlopp, summans_poster
from application.oppna import Spararen
from application.ports import Faktalasare, Faktaoppning, Handelsehuvud, Huvudbok
from application.queries import Fraga, FraganGarInte, Fragor, Svar, Underlag
from domain.matt.bidrag import Faktarad, bidragen, sammanlagt
from domain.matt.modell import Berakning, utan_tid
from domain.matt.orsaker import Cellforklaring, Faktabyte, Orsak, Orsakspost, handelsens_orsak
from domain.matt.spartal import Blad, Spartal
from domain.matt.uttryck import INTE_SUMMERBARA
from domain.tid import svensk_dag

Cell = tuple[Any, ...]
Steg = tuple[Mapping[Orsak, Fraction], Sequence[Orsakspost]]
"""What a step of the way does to a cell, cause by cause, and the trail of it."""

_INGET: Steg = ({}, ())


@dataclass(frozen=True)
class Forklaring:
    """Why each cell has changed; ``totalt`` is the same for the whole."""

    fran: Svar
    till: Svar
    celler: tuple[Cellforklaring, ...]
    totalt: Cellforklaring


@dataclass
class _Placerade:
    """Answers calculations with units placed as known at a position of its own."""

    fakta: Faktalasare
    kand: int

    def rakna(self, berakning: Berakning, position: int) -> Mapping[tuple[Any, ...], Fraction]:
        return self.fakta.rakna(replace(berakning, organisation_kand=self.kand), position)


@dataclass
class _Givna:
    """Answers calculations with given values, in the order they are asked."""

    varden: Mapping[Blad, Fraction | None]
    _nr: int = field(default=0)

    def rakna(self, _: Berakning, __: int) -> Mapping[tuple[Any, ...], Fraction]:
        nr, self._nr = self._nr, self._nr + 1
        return {blad.grupp: v for blad, v in self.varden.items() if blad.berakning == nr and v is not None}


@dataclass
class _Besvarad:
    """An answered question with the trail of every cell."""

    fraga: Fraga
    svar: Svar
    sparare: Spararen

    def varde(self, cell: Cell) -> Fraction:
        """Return the value of a cell; one with nothing to say counts as zero."""
        return Fraction(self.svar.varden.get(cell, NOLL))

    def blad(self, cell: Cell) -> dict[Blad, Fraction | None]:
        """Return the counted parts of a cell with their factors."""
        return self.sparare.blad(self.svar.varden.get(cell), utan_tid(self.fraga.gruppera, cell))

    def berakning(self, blad: Blad) -> Berakning:
        """Return the calculation of a part."""
        return self.sparare.berakningar[blad.berakning][0]

    def ar_summa(self, cell: Cell) -> bool:
        """Return whether the cell is a sum of its parts, each of them a sum of its facts."""
        varde = self.svar.varden.get(cell)
        return not (isinstance(varde, Spartal) and varde.villkor) and all(
            faktor is not None and self.berakning(blad).raknesatt not in INTE_SUMMERBARA
            for blad, faktor in self.blad(cell).items()
        )


class Forklarare:
    """Explains differences."""

    def __init__(self, huvudbok: Huvudbok, fakta: Faktaoppning) -> None:
        """Use the log (to resolve time) and the facts."""
        self._huvudbok = huvudbok
        self._fakta = fakta

    def forklara(self, fran: Fraga, till: Fraga) -> Forklaring:
        """Explain why a question's cells differ from another's about the same measure, period and groups.

        Raises:
            FraganGarInte: the questions are about different things, or one of them cannot be answered.
        """
        samma = [(f.matt, f.period, f.gruppera, f.urval) for f in (fran, till)]
        if samma[0] != samma[1] or fran.rader or till.rader:
            raise FraganGarInte("mot", "En skillnad förklaras för samma mått, period, uppdelning och urval.")
        vag = self._vag(fran, till)
        celler = sorted({cell for b in vag for cell in b.svar.varden}, key=lambda c: [(v is None, str(v)) for v in c])
        forklarade = tuple(self._cell(vag, cell) for cell in celler if fran.gruppera)
        hela = self._vag(replace(fran, gruppera=()), replace(till, gruppera=())) if fran.gruppera else vag
        return Forklaring(vag[0].svar, vag[-1].svar, forklarade, self._cell(hela, ()))

    def handelser(self, poster: Sequence[Orsakspost]) -> Mapping[int, Handelsehuvud]:
        """Return what the log says of the events of a trail, by position."""
        return self._fakta.handelsehuvuden(
            p for post in poster for p in (post.position, *(b.rad.kand_fran for b in post.fakta)) if p is not None
        )

    def _vag(self, fran: Fraga, till: Fraga) -> list[_Besvarad]:
        """Return the questions on the way, answered.

        They are the first; the first with units placed as known later; as known later; as of the later day; the second.
        """
        kant = replace(fran, tidssnitt=replace(fran.tidssnitt, kant_den=till.tidssnitt.kant_den))
        senare = replace(fran, tidssnitt=till.tidssnitt)
        nu, da = self._underlag(fran), self._underlag(kant)
        sagda = fran.tidssnitt.kant_den, till.tidssnitt.kant_den
        if da.position < nu.position or (sagda[0] and sagda[1] and sagda[1] < sagda[0]):
            raise FraganGarInte("motKantDen", "motKantDen ska inte ligga före kantDen.")
        vag = [self._svara(fran, nu)]
        vag.append(vag[0] if fran.organisationsdag is None else self._svara(fran, nu, da.position))
        placerade = None if fran.organisationsdag is None else da.position
        vag.append(vag[1] if da.position == nu.position else self._svara(kant, da, placerade))
        vag.append(vag[2] if senare == kant else self._svara(senare, self._underlag(senare), placerade))
        vag.append(vag[3] if till == senare else self._svara(till, self._underlag(till)))
        return vag

    def _underlag(self, fraga: Fraga) -> Underlag:
        return Fragor(self._huvudbok, self._fakta).underlag(fraga.tidssnitt, fraga.regel)

    def _svara(self, fraga: Fraga, underlag: Underlag, placerade: int | None = None) -> _Besvarad:
        sparare = Spararen(self._fakta)
        fakta = sparare if placerade is None else _Placerade(sparare, placerade)
        return _Besvarad(fraga, Fragor(self._huvudbok, fakta).svara(fraga, underlag), sparare)

    def _med(self, b: _Besvarad, cell: Cell, varden: Mapping[Blad, Fraction | None]) -> Fraction:
        """Return the value of a cell made of other values of its parts."""
        return Fragor(self._huvudbok, _Givna(varden)).svara(b.fraga, b.svar.underlag).varden.get(cell, NOLL)

    def _cell(self, vag: list[_Besvarad], cell: Cell) -> Cellforklaring:
        fran, placerad, kant, senare, till = vag
        stegen = (
            self._regeln(fran, placerad, cell),
            self._kunskapen(placerad, kant, cell),
            self._dagen(kant, senare, cell),
            self._regeln(senare, till, cell),
        )
        delar: dict[Orsak, Fraction] = {}
        for egna, _ in stegen:
            for orsak, belopp in egna.items():
                delar[orsak] = delar.get(orsak, NOLL) + belopp
        return Cellforklaring(
            dict(zip(fran.fraga.gruppera, cell, strict=True)),
            fran.svar.varden.get(cell, None if cell else fran.svar.totalt),
            till.svar.varden.get(cell, None if cell else till.svar.totalt),
            {orsak: delar[orsak] for orsak in Orsak if orsak in delar},
            tuple(post for _, poster in stegen for post in poster),
        )

    # From one moment of knowledge to another -------------------------------------------------------------------------

    def _kunskapen(self, a: _Besvarad, b: _Besvarad, cell: Cell) -> Steg:
        if a is b:
            return _INGET
        fran, till = a.svar.underlag.position, b.svar.underlag.position
        faktorer = {**a.blad(cell), **b.blad(cell)}
        forlopp = {blad: las_forlopp(self._fakta, b.berakning(blad), blad.grupp, fran, till) for blad in faktorer}
        orsaker = self._orsaker({p for f in forlopp.values() for p in f.byten}, a.svar.underlag)
        summa = a.ar_summa(cell) and b.ar_summa(cell)
        poster = summans_poster(forlopp, faktorer, orsaker) if summa else self._foljda(a, b, cell, forlopp, orsaker)
        med_effekt = [post for post in poster if post.effekt]
        delar: dict[Orsak, Fraction] = {}
        for post in med_effekt:
            delar[post.orsak] = delar.get(post.orsak, NOLL) + (post.effekt or NOLL)
        return delar, med_effekt

    def _orsaker(self, positioner: set[int], underlag: Underlag) -> dict[int, Orsak]:
        dag = svensk_dag(underlag.kant_den).toordinal()
        return {
            p: handelsens_orsak(ar_rattelse=h.rattar is not None, datum=h.datum, kand_dag=dag)
            for p, h in sorted(self._fakta.handelsehuvuden(positioner).items())
        }

    def _foljda(
        self, a: _Besvarad, b: _Besvarad, cell: Cell, forlopp: Mapping[Blad, Forlopp], orsaker: Mapping[int, Orsak]
    ) -> Iterator[Orsakspost]:
        """Yield what each event does to a cell, by working it out anew after each of them."""
        summor = {blad: sammanlagt(b.berakning(blad).raknesatt) for blad in forlopp}
        for blad, f in forlopp.items():
            for rad in f.fran_borjan:
                summor[blad].lagg_till(rad)
        varde = a.varde(cell)
        for positioner in i_rad(orsaker):
            byten = byten_vid(forlopp, positioner)
            for blad, byte in byten:
                (summor[blad].lagg_till if byte.kom else summor[blad].ta_bort)(byte.rad)
            nytt = self._med(b, cell, {blad: summa.varde for blad, summa in summor.items()})
            par = ((byte.rad, *((NOLL, byte.rad.varde) if byte.kom else (byte.rad.varde, NOLL))) for _, byte in byten)
            yield Orsakspost(orsaker[positioner[-1]], positioner[-1], nytt - varde, tuple(Faktabyte(*p) for p in par))
            varde = nytt

    # From one day to another, and from one rule to another ----------------------------------------------------------

    def _dagen(self, a: _Besvarad, b: _Besvarad, cell: Cell) -> Steg:
        if a is b:
            return _INGET
        if b.fraga.tidssnitt.galler_den < a.fraga.tidssnitt.galler_den:
            return _baklanges(self._dagen(b, a, cell))
        grans = a.fraga.tidssnitt.galler_den.toordinal()
        blad = b.blad(cell)
        langre_tid = self._med(b, cell, {ett: a.sparare.varden.get(ett) for ett in {**a.blad(cell), **blad}})
        borjade: dict[Blad, Fraction | None] = {}
        for ett in blad:
            summa = sammanlagt(b.berakning(ett).raknesatt)
            for rad in self._rader(b, ett):
                if rad.forsta_dag <= grans:
                    summa.lagg_till(rad)
            borjade[ett] = summa.varde
        pagaende = self._med(b, cell, borjade)
        delar = {
            Orsak.NYTT: b.varde(cell) - pagaende,
            Orsak.PAGAENDE: pagaende - langre_tid,
            Orsak.TID: langre_tid - a.varde(cell),
        }
        tidigare, med_tid = self._bidragen(a, cell), self._bidragen(a, cell, blad)
        ar_summa = a.ar_summa(cell) and b.ar_summa(cell)
        poster: list[Orsakspost] = []
        if ar_summa:
            poster = _faktaposter(tidigare, med_tid, Orsak.TID, ar_summa)
        elif delar[Orsak.TID]:
            # Their factors depend on each other, so it is the same facts together that say something else.
            samma = tuple(Faktabyte(rad, varde, varde) for rad, varde in tidigare.values())
            poster = [Orsakspost(Orsak.TID, None, delar[Orsak.TID], samma)]
        poster += [
            replace(post, orsak=Orsak.NYTT if post.fakta[0].rad.forsta_dag > grans else Orsak.PAGAENDE)
            for post in _faktaposter(med_tid, self._bidragen(b, cell), Orsak.PAGAENDE, ar_summa)
        ]
        return {orsak: belopp for orsak, belopp in delar.items() if belopp}, poster

    def _regeln(self, a: _Besvarad, b: _Besvarad, cell: Cell) -> Steg:
        if a is b:
            return _INGET
        skillnad = b.varde(cell) - a.varde(cell)
        summa = a.ar_summa(cell) and b.ar_summa(cell)
        poster = _faktaposter(self._bidragen(a, cell), self._bidragen(b, cell), Orsak.REGEL, summa)
        return ({Orsak.REGEL: skillnad} if skillnad else {}), poster

    def _bidragen(
        self, b: _Besvarad, cell: Cell, andra_faktorer: Mapping[Blad, Fraction | None] | None = None
    ) -> _Bidrag:
        """Return what each fact contributes to a cell, or would with other factors; of a divisor, to the divisor."""
        alla: _Bidrag = {}
        for blad, egen in b.blad(cell).items():
            faktor = (andra_faktorer or {}).get(blad, egen)
            rader = self._rader(b, blad)
            for rad, eget in zip(rader, bidragen(b.berakning(blad).raknesatt, rader), strict=True):
                nyckel = (*rad.nyckel, blad.berakning if faktor is None else None)
                tidigare = alla[nyckel][1] if nyckel in alla else NOLL
                alla[nyckel] = rad, tidigare + eget * (1 if faktor is None else faktor)
        return alla

    def _rader(self, b: _Besvarad, blad: Blad) -> list[Faktarad]:
        berakning, position = b.sparare.berakningar[blad.berakning]
        return self._fakta.rader(berakning, blad.grupp, position)


def _baklanges(steg: Steg) -> Steg:
    """Return a step taken the other way."""
    delar, poster = steg
    omvanda = [
        replace(
            post,
            effekt=None if post.effekt is None else -post.effekt,
            fakta=tuple(Faktabyte(byte.rad, byte.efter, byte.fore) for byte in post.fakta),
        )
        for post in poster
    ]
    return {orsak: -belopp for orsak, belopp in delar.items()}, omvanda


_Bidrag = dict[tuple[Any, ...], tuple[Faktarad, Fraction]]


def _faktaposter(fore: _Bidrag, efter: _Bidrag, orsak: Orsak, summa: bool) -> list[Orsakspost]:
    """Return the facts that contribute differently, one by one; ``summa`` when the cell is a sum of them."""
    poster = []
    for nyckel in fore | efter:
        rad = (efter.get(nyckel) or fore[nyckel])[0]
        da, nu = (bidrag[nyckel][1] if nyckel in bidrag else NOLL for bidrag in (fore, efter))
        if da != nu:
            poster.append(Orsakspost(orsak, None, nu - da if summa else None, (Faktabyte(rad, da, nu),)))
    return poster
