"""The flow model: what was learnt at an origin, all in one."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.prognos.efterregistrering import Drojsmal, skatta_drojsmal
from domain.prognos.inflode import Inflodesmodell, skatta_inflode
from domain.prognos.ledare import Forebud, inga_forebud
from domain.prognos.overlevnad import Langdmodell, skatta_langder
from domain.prognos.plan import Planverkan, skatta_planverkan
from domain.prognos.pris import Prisbank, prisbanker, senaste_hojning
from domain.prognos.underlag import Flode, Segment, Ursprung, Vistelsedelar, avlas
from domain.tid import OANDLIG_DAG


@dataclass(frozen=True)
class Flodesmodell:
    """Everything a forecast needs: the parts of stays known at the origin, how care read, and what was learnt from it.

    ``sena_starter`` and ``sena_slut`` are how late beginnings and ends are registered; ``hojning`` how much prices rose
    at the last turn of the year.
    """

    segment: tuple[Segment, ...]
    kanda: Vistelsedelar
    flode: Flode
    sena_starter: Drojsmal
    sena_slut: Drojsmal
    langder: Langdmodell
    plan: Planverkan
    inflode: Inflodesmodell
    priser: tuple[Prisbank, ...]
    hojning: float


@dataclass(frozen=True)
class Historia:
    """All that was ever known: parts of stays, the segments they are in, and what comes before care."""

    delar: Vistelsedelar
    segment: tuple[Segment, ...]
    forebud: Forebud = field(default_factory=inga_forebud)


def lar(historia: Historia, ursprung: Ursprung, horisont: int) -> Flodesmodell:
    """Learn the flow model from what was known at an origin, and nothing else.

    ``horisont`` is how many days ahead it shall see.
    """
    segment = historia.segment
    kanda = historia.delar.kanda(ursprung.position)
    flode = avlas(kanda, ursprung)
    former = [s.insatsform for s in segment]
    # An end that was learnt together with a late beginning says nothing of how late ends are where care is known.
    slutade = (flode.slut < OANDLIG_DAG) & (flode.reg_start <= flode.slut)
    sena_starter = skatta_drojsmal(flode.start, flode.reg_start, ursprung.kand)
    sena_slut = skatta_drojsmal(flode.slut[slutade], flode.reg_slut[slutade], ursprung.kand)
    langder = skatta_langder(flode, former, sena_slut)
    hojning = senaste_hojning(kanda, ursprung)
    return Flodesmodell(
        tuple(segment), kanda, flode, sena_starter, sena_slut,
        langder, skatta_planverkan(flode, langder),
        skatta_inflode(
            flode, len(segment), sena_starter, horisont, historia.forebud.kanda(ursprung.position, ursprung.dag)
        ),
        prisbanker(flode, former, hojning), hojning,
    )  # fmt: skip
