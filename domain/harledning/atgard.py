"""Facts of an åtgärd: its phases, its points, and its effects as amounts (kronor saved, a saving is positive).

The åtgärd itself is the stream of every fact, and ``atgard`` of every amount. What the columns hold:

* interval ``ATGARDSFAS``: ``underslag`` is the phase (``Atgardsfas``), ``utfall`` the phase that took over, if one has;
  the two ends (completed, given up) go on for ever, so that what stands on a day adds up to all åtgärder. ``utfall``
  is known first when ``till`` has passed. ``ATGARDSFORSENING``: past the planned last day and not ended.
  ``DELUPPDRAG``: a part of the work not yet done.
* points: decided, begun, made permanent, completed, given up; degree of completion, ``antal`` in thousandths of a per
  cent (one point per day: what the day ended with).
* amounts ``BUDGETERAD_EFFEKT`` and ``FORVANTAD_EFFEKT`` (``manad`` is the first month of the year spoken of) and
  ``FORVANTAD_TOTALEFFEKT`` (of all years; ``manad`` that of the year it was stated for): every statement is a row, and
  ``ordning`` numbers the statements of the åtgärd in the order they took effect, so that the latest rules.
* amounts ``UPPNADD_EFFEKT`` (``underslag`` is the method) and ``ALTERNATIVKOSTNAD`` (``antal`` occupied days, ``pris``
  the external price, ``enhet``): spread over the months of the period by days, to the öre.
* amount ``BEDOMT_ARENDE``, a row per judged case in the month it was judged: ``belopp`` net effect, ``antal`` shortened
  days, ``pris`` cost per day, ``arende`` the placement (or ärende), ``utfall`` the effect class, ``underslag`` the
  primary reason. Gross is ``antal`` × ``pris``; what the åtgärd cost is gross less net.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from uuid import UUID

from domain.atgard.begrepp import Atgardsfas
from domain.atgard.effekt import alternativ_effekt, forkortade_dygn, hypotetiskt_slut, netto
from domain.atgard.handelser import (
    AlternativkostnadBeraknad,
    ArendeBedomt,
    AtgardAvbruten,
    AtgardBeslutad,
    AtgardIdentifierad,
    AtgardPaborjad,
    AtgardPermanentad,
    AtgardSlutford,
    DeluppdragAvslutat,
    DeluppdragLagtTill,
    EffektBeraknad,
    EffektBudgeterad,
    Effektperiod,
    EffektUppnadd,
    FardiggradSatt,
    SlutdatumHypotetiskt,
)
from domain.fakta import (
    ALTERNATIVKOSTNAD,
    ATGARDSFAS,
    ATGARDSFORSENING,
    BEDOMT_ARENDE,
    BUDGETERAD_EFFEKT,
    DELUPPDRAG,
    FORVANTAD_EFFEKT,
    FORVANTAD_TOTALEFFEKT,
    UPPNADD_EFFEKT,
    Belopp,
    Fakta,
    Intervall,
    Punkt,
    identitet,
    spar,
)
from domain.handelse import Handelse, Notering
from domain.pengar import fordela, ore
from domain.sak import Enskild, Harledning, Rad, Sak, i_ordning
from domain.tid import OANDLIG_DAG, Period, kalenderar

_FASER: Mapping[type[Handelse], Atgardsfas] = MappingProxyType(
    {
        AtgardIdentifierad: Atgardsfas.IDENTIFIERAD,
        AtgardBeslutad: Atgardsfas.BESLUTAD,
        AtgardPaborjad: Atgardsfas.PAGAENDE,
        AtgardPermanentad: Atgardsfas.PERMANENT,
        AtgardSlutford: Atgardsfas.SLUTFORD,
        AtgardAvbruten: Atgardsfas.AVBRUTEN,
    }
)
_RANG = {fas: nr for nr, fas in enumerate(Atgardsfas)}
_SLUT: frozenset[type[Handelse]] = frozenset((AtgardSlutford, AtgardAvbruten))
_PUNKTER = frozenset(_FASER) - {AtgardIdentifierad}


# Intervals and points ------------------------------------------------------------------------------------------------


def _punkt(f: Atgardsfakta, sak: Enskild) -> list[Punkt]:
    n = sak.notering
    return [Punkt(str(n.position), n.handelse.typ, f.start.kommun, n.handelse.datum.toordinal())]


def _faser(f: Atgardsfakta, _: Sak) -> list[Intervall]:
    """Return the phases: from the day each is reached, as long as none that stands later is.

    Of several reached on one day only the last was a phase; the others took over from nothing.
    """
    steg: list[tuple[int, Atgardsfas, int]] = []
    for h, dag, position in f.av(_faser):
        fas = _FASER[type(h)]
        if not steg or _RANG[fas] > _RANG[steg[-1][1]]:
            if steg and steg[-1][0] == dag:
                steg.pop()
            steg.append((dag, fas, position))
    delar = []
    for nr, (fran, fas, position) in enumerate(steg):
        till, nasta, slut = steg[nr + 1] if nr + 1 < len(steg) else (OANDLIG_DAG, None, position)
        delar.append(
            Intervall(
                spar(sorted({position, slut})), ATGARDSFAS, f.start.kommun, fran, till,
                underslag=fas.lagrat, utfall=nasta.lagrat if nasta else None,
            )
        )  # fmt: skip
    return delar


def _forsening(f: Atgardsfakta, _: Sak) -> list[Intervall]:
    """Return the days after the planned last day, as the plan was on each of them, until the åtgärd ended."""
    planer: dict[int, tuple[int, int]] = {}
    slut = OANDLIG_DAG, 0
    for h, dag, position in f.av(_forsening):
        if type(h) in _SLUT:
            slut = dag, position
        elif h.planerat_slut is not None:
            planer[dag] = h.planerat_slut.toordinal(), position
    granser = [*((dag, position) for dag, (_, position) in planer.items()), slut]
    delar = []
    for (fran, position), (till, avslutad_av) in pairwise(granser):
        forsenad = max(fran, planer[fran][0] + 1)
        if forsenad < till:
            kallor = sorted({position, avslutad_av or position})
            delar.append(Intervall(spar(kallor), ATGARDSFORSENING, f.start.kommun, forsenad, till))
    return delar


def _deluppdrag(f: Atgardsfakta, _: Sak) -> list[Intervall]:
    rader = f.av(_deluppdrag)
    avslutade = {h.deluppdrag_id: (dag, position) for h, dag, position in rader if type(h) is DeluppdragAvslutat}
    delar = []
    for h, fran, position in rader:
        if type(h) is DeluppdragLagtTill:
            till, slut = avslutade.get(h.deluppdrag_id, (OANDLIG_DAG, position))
            if fran < till:
                delar.append(Intervall(spar(sorted({position, slut})), DELUPPDRAG, f.start.kommun, fran, till))
    return delar


def _fardiggrader(f: Atgardsfakta, _: Sak) -> list[Punkt]:
    per_dag = {dag: (h.procent, position) for h, dag, position in f.av(_fardiggrader)}
    return [
        Punkt(str(position), FardiggradSatt.typ, f.start.kommun, dag, antal=procent * 1000)
        for dag, (procent, position) in per_dag.items()
    ]


# Amounts -------------------------------------------------------------------------------------------------------------


def _vantade(f: Atgardsfakta, _: Sak) -> list[Belopp]:
    """Return what was expected, each kind of statement numbered in the order it took effect."""
    rader = f.av(_vantade)
    delar = [
        _vantad(f, rad, ordning, BUDGETERAD_EFFEKT, rad[0].belopp)
        for ordning, rad in enumerate((rad for rad in rader if type(rad[0]) is EffektBudgeterad), start=1)
    ]
    for ordning, rad in enumerate((rad for rad in rader if type(rad[0]) is EffektBeraknad), start=1):
        if rad[0].prognos_under_aret is not None:
            delar.append(_vantad(f, rad, ordning, FORVANTAD_EFFEKT, rad[0].prognos_under_aret))
        if rad[0].beraknad_total is not None:
            delar.append(_vantad(f, rad, ordning, FORVANTAD_TOTALEFFEKT, rad[0].beraknad_total))
    return delar


def _vantad(f: Atgardsfakta, rad: Rad, ordning: int, slag: str, belopp: Decimal) -> Belopp:
    h, dag, position = rad
    return Belopp(
        str(position), slag, f.start.kommun, f.start.namnd, dag, kalenderar(h.ar).fran.toordinal(), ore(belopp),
        ordning=ordning, atgard=f.atgard,
    )  # fmt: skip


def _effekter(f: Atgardsfakta, sak: Enskild) -> list[Belopp]:
    """Return the amounts that an entry makes by itself."""
    n = sak.notering
    dag = n.handelse.datum
    manad = dag.replace(day=1).toordinal()
    bas = Belopp(str(n.position), "", f.start.kommun, f.start.namnd, dag.toordinal(), manad, atgard=f.atgard)
    return list(_EFFEKTER[type(n.handelse)](bas, n, f.av(_effekter)))


def _uppnadd(bas: Belopp, n: Notering, _: Sequence[Rad]) -> Iterator[Belopp]:
    h = n.handelse
    assert type(h) is EffektUppnadd
    for period, belopp in _per_manad(h, ore(h.belopp)):
        yield _i_manaden(bas, period)._replace(slag=UPPNADD_EFFEKT, belopp=belopp, underslag=h.metod.lagrat)


def _alternativ(bas: Belopp, n: Notering, _: Sequence[Rad]) -> Iterator[Belopp]:
    h = n.handelse
    assert type(h) is AlternativkostnadBeraknad
    dygn = [antal for _, antal in _per_manad(h, h.belagda_dygn * 1000)]
    for (period, belopp), antal in zip(_per_manad(h, alternativ_effekt(h)), dygn, strict=True):
        yield _i_manaden(bas, period)._replace(
            slag=ALTERNATIVKOSTNAD, belopp=belopp, antal=antal, prissort="dygn", pris=ore(h.externt_dygnspris),
            enhet=h.enhet,
        )  # fmt: skip


def _bedomt(bas: Belopp, n: Notering, slut_enligt: Sequence[Rad]) -> Iterator[Belopp]:
    h = n.handelse
    assert type(h) is ArendeBedomt
    kallor, slut = [n.position], None
    if h.forkortade_dygn is None:
        slut = hypotetiskt_slut(h, [rad[0] for rad in slut_enligt])
        kallor += [position for hypotes, _, position in slut_enligt if hypotes is slut]
    dygn = forkortade_dygn(h, slut)
    yield bas._replace(
        handelser=spar(sorted(kallor)), slag=BEDOMT_ARENDE, belopp=netto(h, dygn), antal=dygn * 1000, prissort="dygn",
        pris=ore(h.dygnskostnad), arende=identitet(h.fall), utfall=h.effektklass.lagrat, underslag=h.primar_orsak,
        insatsform=h.insatsform.lagrat if h.insatsform else None,
    )  # fmt: skip


_EFFEKTER: Mapping[type[Handelse], Callable[[Belopp, Notering, Sequence[Rad]], Iterator[Belopp]]] = {
    EffektUppnadd: _uppnadd,
    AlternativkostnadBeraknad: _alternativ,
    ArendeBedomt: _bedomt,
}


def _per_manad(h: Effektperiod, helt: int) -> list[tuple[Period, int]]:
    """Return the parts of an effect's period that lie in each month, with their share of a whole number by days."""
    delar = list(h.period.manader())
    return list(zip(delar, fordela(helt, [d.dagar for d in delar]), strict=True))


def _i_manaden(bas: Belopp, period: Period) -> Belopp:
    manad = period.fran.replace(day=1).toordinal()
    return bas._replace(manad=manad, avser_manad=manad)


# Which things an entry touches ---------------------------------------------------------------------------------------

_HELA: Mapping[Callable[[Atgardsfakta, Sak], Sequence[Fakta]], frozenset[type[Handelse]]] = MappingProxyType(
    {
        _fardiggrader: frozenset((FardiggradSatt,)),
        _faser: frozenset(_FASER),
        _forsening: frozenset((AtgardBeslutad, *_SLUT)),
        _deluppdrag: frozenset((DeluppdragLagtTill, DeluppdragAvslutat)),
        _vantade: frozenset((EffektBudgeterad, EffektBeraknad)),
    }
)
"""What of an åtgärd is one thing from first to last, and the events that it follows from."""


def _kan_vila_pa(bedomning: Handelse, h: SlutdatumHypotetiskt) -> bool:
    """Return whether an entry is a judgement that may rest on a hypothetical end."""
    return type(bedomning) is ArendeBedomt and bedomning.datum >= h.datum and h.samma_fall(bedomning)


class Atgardsfakta(Harledning):
    """The derivation of an åtgärd's facts.

    Attributes:
        start: the event that began it.
        atgard: its identity, which every amount names.
    """

    __slots__ = ("_hela", "_rader", "atgard", "start")

    borjan = AtgardIdentifierad

    def __init__(self, strom: UUID, borjan: Notering) -> None:
        """Begin with whose facts they are."""
        h = borjan.handelse
        assert type(h) is AtgardIdentifierad
        self.start = h
        self.atgard = identitet(strom)
        self._hela = [(harled, typer, Sak(harled)) for harled, typer in _HELA.items()]
        self._rader: dict[object, list[Rad]] = {harled: [] for harled in (*_HELA, _effekter)}
        self.saker = [sak for _, _, sak in self._hela]

    def av(self, harled: object) -> Sequence[Rad]:
        """Return the entries that facts follow from, in the order they took effect, by how the facts are derived.

        For the amounts of single entries they are the hypothetical ends that judgements may rest on.
        """
        return self._rader[harled]

    def ta_in(self, ny: Notering) -> Sequence[Sak]:
        """Take in an entry; a hypothetical end may change what is judged of its case from its day on."""
        h = ny.handelse
        typ = type(h)
        rad = h, h.datum.toordinal(), ny.position
        if type(h) is SlutdatumHypotetiskt:
            hypotes = h
            i_ordning(self._rader[_effekter], rad)
            return self.enskilda(lambda n: _kan_vila_pa(n.handelse, hypotes))
        berorda = []
        for harled, typer, sak in self._hela:
            if typ in typer:
                i_ordning(self._rader[harled], rad)
                berorda.append(sak)
        if typ in _PUNKTER:
            berorda.append(self.en(_punkt, ny))
        elif typ in _EFFEKTER:
            berorda.append(self.en(_effekter, ny))
        return berorda
