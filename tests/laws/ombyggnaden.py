"""An invented municipality, 2018–2019, whose whole organisation is rebuilt on 1 November 2019.

Every way to name a unit, and everything a rebuild does to one:

=================  ==============================  =====================================================
unit               before                          from 1 November 2019
=================  ==============================  =====================================================
``BARN``           Barngruppen, Barn och unga      renamed Barn och familj
``UNGDOM``         Ungdomsgruppen, Barn och unga   merged into ``BARN``: closed
``FAMILJEHEM``     Familjehem, Barn och unga       takes the name Ungdomsgruppen, and moves to Resurs
``VUXEN``          Vuxengruppen, Vuxna             split: renamed Vuxengruppen 1
``VUXEN_2``        –                               split off: Vuxengruppen 2, Vuxna
``VILAN``          Vilan (own home), Vuxna         moves to Resurs
=================  ==============================  =====================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from domain.arende.begrepp import Aktualiseringssatt, Arendetyp
from domain.arende.handelser import ArendeAktualiserat, EnhetAndrad
from domain.begrepp import Kon, Malgrupp, Regi, Samling, Utforarslag
from domain.budgetperiod.handelser import UtfallBokfort
from domain.handelse import Handelse
from domain.utforare.begrepp import Utforarslut
from domain.utforare.handelser import OrganisationAndrad, UtforareAndrad, UtforareAvslutad, UtforareRegistrerad
from tests.laws.exempel import (
    Berattelse,
    borjar,
    borta,
    budget,
    budgetar,
    dag,
    dygnspris,
    manadspris,
    nytt_pris,
    placering,
    rad,
    slutar,
)

KOMMUN = "0180"
BARN, UNGDOM, FAMILJEHEM, VUXEN, VUXEN_2, VILAN = (UUID(int=900 + nr) for nr in range(6))
OMBYGGNAD = date(2019, 11, 1)
I_TID, SENT = "2019-10-15", "2020-03-10"
"""When the rebuild reaches the ledger: half of it ahead, half of it months later."""


def _enhet(strom: UUID) -> tuple[Samling, UUID]:
    return Samling.UTFORARE, strom


def _arende(nr: int) -> tuple[Samling, UUID]:
    return Samling.ARENDEN, UUID(int=3000 + nr)


def _registrerad(namn: str, nar: str = "2017-12-01") -> UtforareRegistrerad:
    return UtforareRegistrerad(datum=dag(nar), kommun=KOMMUN, namn=namn, regi=Regi.EGEN, slag=Utforarslag.HVB)


def _hor_till(nar: str, overordnad: str, avdelning: str | None = None) -> OrganisationAndrad:
    return OrganisationAndrad(datum=dag(nar), overordnad=overordnad, avdelning=avdelning)


def _heter(nar: str, namn: str) -> UtforareAndrad:
    return UtforareAndrad(datum=dag(nar), namn=namn)


def _aktualiserat(nar: str, enhet: str, malgrupp: Malgrupp = Malgrupp.UNGA) -> ArendeAktualiserat:
    return ArendeAktualiserat(
        datum=dag(nar), kommun=KOMMUN, arendetyp=Arendetyp.BARN_OCH_UNGA, enhet=enhet, malgrupp=malgrupp,
        kon=Kon.KVINNA, satt=Aktualiseringssatt.ANMALAN,
    )  # fmt: skip


def fore() -> Iterator[tuple[str, tuple[Samling, UUID], Handelse]]:
    """Yield the organisation as it was, and the care given, with the day each reaches the ledger."""
    for strom, namn, overordnad, avdelning in (
        (BARN, "Barngruppen", "Barn och unga", "Myndighet"),
        (UNGDOM, "Ungdomsgruppen", "Barn och unga", "Myndighet"),
        (FAMILJEHEM, "Familjehem", "Barn och unga", "Utförande"),
        (VUXEN, "Vuxengruppen", "Vuxna", None),
        (VILAN, "Vilan", "Vuxna", None),
    ):
        yield "2017-12-01", _enhet(strom), _registrerad(namn)
        yield "2017-12-01", _enhet(strom), _hor_till("2018-01-01", overordnad, avdelning)
    # A year before the rebuild one unit moved between departments: told late, and seen from its own day on.
    yield "2019-02-20", _enhet(BARN), _hor_till("2018-10-01", "Barn och unga", "Barn")
    yield from _vard()
    yield from _arenden()
    for ar, belopp in ((2018, "1200.00"), (2019, "2400.00")):
        rader = (rad(belopp, enhet="Barngruppen"), rad("36.00", enhet=str(VUXEN)), rad("12.00"))
        yield f"{ar - 1}-12-10", budgetar(ar), budget(f"{ar - 1}-12-10", *rader, ar=ar)
        for manad in ("02", "09"):
            rader = (rad("70.00", enhet="Ungdomsgruppen"), rad("5.00", enhet="Kansliet"), rad("1.00"))
            bokfort = UtfallBokfort(datum=dag(f"{ar}-{manad}-25"), manad=f"{ar}-{manad}", rader=rader)
            yield f"{ar}-{manad}-25", budgetar(ar), bokfort


def _vard() -> Iterator[tuple[str, tuple[Samling, UUID], Handelse]]:
    for nr, nar, falt in (
        (1, "2018-01-10", {"enhet": "Barngruppen", "pris": dygnspris("1000.00")}),
        (2, "2018-03-01", {"enhet": "Ungdomsgruppen", "pris": dygnspris("1500.00"), "malgrupp": Malgrupp.UNGA}),
        (3, "2018-05-15", {"enhet": "Familjehem", "pris": manadspris("24000.00")}),
        (4, "2018-06-01", {"enhet": str(VUXEN), "pris": dygnspris("900.00"), "malgrupp": Malgrupp.VUXNA}),
        (5, "2018-09-01", {"utforare_id": VILAN, "malgrupp": Malgrupp.VUXNA}),
        (6, "2019-01-20", {"pris": dygnspris("700.00")}),
        (7, "2019-02-01", {"enhet": "Kansliet", "pris": dygnspris("10.00")}),
        (8, "2019-06-01", {"enhet": "Ungdomsgruppen", "utforare_id": VILAN, "pris": dygnspris("1600.00")}),
    ):
        yield nar, placering(nr), borjar(nar, nr % 5 + 1, **falt)
    yield "2018-08-20", placering(1), nytt_pris("2018-08-01", dygnspris("1100.00"))
    yield "2018-12-30", placering(1), slutar("2018-12-20")
    yield "2019-03-09", placering(3), borta("2019-03-02", "2019-03-09", betald=False)
    yield "2019-05-02", placering(4), slutar("2019-04-30")


def _arenden() -> Iterator[tuple[str, tuple[Samling, UUID], Handelse]]:
    for nr, nar, enhet in (
        (1, "2018-02-05", "Barngruppen"),
        (2, "2018-11-30", "Ungdomsgruppen"),
        (3, "2019-01-15", "Vuxengruppen"),
        (4, "2019-08-01", str(FAMILJEHEM)),
        (5, "2019-09-09", "Kansliet"),
    ):
        yield nar, _arende(nr), _aktualiserat(nar, enhet)
    yield "2019-04-01", _arende(1), EnhetAndrad(datum=dag("2019-04-01"), enhet="Familjehem")


def _ombyggnad() -> Iterator[tuple[str, tuple[Samling, UUID], Handelse]]:
    """Yield the rebuild: half of it ahead of its day, half of it late."""
    fran = OMBYGGNAD.isoformat()
    yield I_TID, _enhet(BARN), _heter(fran, "Barn och familj")
    yield I_TID, _enhet(BARN), _hor_till(fran, "Barn, unga och familj")
    yield SENT, _enhet(UNGDOM), UtforareAvslutad(datum=dag(fran), orsak=Utforarslut.SAMMANSLAGEN)
    yield SENT, _enhet(FAMILJEHEM), _heter(fran, "Ungdomsgruppen")
    yield SENT, _enhet(FAMILJEHEM), _hor_till(fran, "Resurs", "Familjehem")
    yield I_TID, _enhet(VUXEN), _heter(fran, "Vuxengruppen 1")
    yield SENT, _enhet(VUXEN_2), _registrerad("Vuxengruppen 2", fran)
    yield SENT, _enhet(VUXEN_2), _hor_till(fran, "Vuxna")
    yield I_TID, _enhet(VILAN), _hor_till(fran, "Resurs")


def _efter() -> Iterator[tuple[str, tuple[Samling, UUID], Handelse]]:
    """Yield what goes on after the rebuild, told with the new names."""
    yield "2019-12-02", placering(2), nytt_pris("2019-12-01", dygnspris("1550.00"))
    yield "2019-12-10", placering(9), borjar("2019-12-10", 4, enhet="Barn och familj", pris=dygnspris("1.00"))
    yield "2020-03-11", placering(10), borjar("2019-11-20", 5, enhet="Ungdomsgruppen", pris=dygnspris("2.00"))
    yield "2020-03-12", placering(11), borjar("2019-12-20", 3, enhet="Vuxengruppen 2", pris=dygnspris("3.00"))
    yield "2020-04-01", placering(8), slutar("2020-03-31")


def berattad(*delar: Iterator[tuple[str, tuple[Samling, UUID], Any]]) -> Berattelse:
    """Return parts of the history, told in the order they reach the ledger."""
    b = Berattelse()
    for nar, strom, handelse in sorted((inslag for del_ in delar for inslag in del_), key=itemgetter(0)):
        b.hander(strom, handelse, nar)
    return b


def utan_ombyggnad() -> Berattelse:
    """Return the history of a municipality that never rebuilt anything."""
    return berattad(fore())


def med_ombyggnad() -> Berattelse:
    """Return the whole history."""
    return berattad(fore(), _ombyggnad(), _efter())
