"""A ledger of a million facts to ask questions of, kept between runs.

The facts are invented as such, without the events they would follow from: a history that long takes an hour to decide
and a question reads nothing but facts. They are written by the product's own writer, into its own tables. Each stay is
first known without an end, and a month after its end as the stay it was; one in ten is corrected later still, and one
in four changes its price once. So half of the rows are no longer known to be true, as in a real ledger. All facts of a
municipality but its register of units are of the kinds that a question about care days goes through, which in a ledger
of everything are a third.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count, islice, product
from pathlib import Path
from random import Random

from sqlalchemy import Engine

from application.ombyggnad import Faktarad
from application.skrapinsamling import utan_skrapinsamling
from domain.fakta import FRANVARO, UTFORARE, VISTELSE, Identitet, Intervall
from domain.faktaspar import ALLTJAMT
from domain.tid import OANDLIG_DAG
from infrastructure.database import oppna
from infrastructure.faktaform import FORM
from infrastructure.recorder import Recorder
from infrastructure.tables import FAKTATABELLER, SCHEMAVERSION

PER_KOMMUN = 100_000
FORSTA_AR, SISTA_AR = 2000, 2019
_BORJAN, _SLUTET = date(FORSTA_AR, 1, 1).toordinal(), date(SISTA_AR, 12, 31).toordinal()
_POSITIONER_PER_DAG = 1_000
_PER_SKRIVNING = 20_000
_MEDELTID = 160
_ENHETER = 500
_ORD = tuple(
    product(
        ("barn", "ungdomar", "vuxna"),
        ("kvinna", "man"),
        ("hvb", "familjehemKonsulent", "stodboende", "institutionMissbruk", "sis"),
        ("SoL", "LVU"),
        ("direktupphandling", "ramavtal"),
    )
)


def kommunkod(nr: int) -> str:
    """Return the code of a municipality of the ledger; number 0 is the one that is asked about."""
    return f"{1000 + nr}"


def position_den(dag: date) -> int:
    """Return the last log position that was registered by a day."""
    return (dag.toordinal() - _BORJAN + 1) * _POSITIONER_PER_DAG


def stor_liggare(mapp: Path, kommuner: int) -> str:
    """Return the path of a ledger of so many municipalities, building it the first time."""
    return byggd_en_gang(mapp, f"{kommuner * PER_KOMMUN}-fakta", lambda halvfardig: _bygg(halvfardig, kommuner))


def byggd_en_gang(mapp: Path, namn: str, bygg: Callable[[str], None]) -> str:
    """Return the path of a ledger of today's form, built the first time, and anew if that was interrupted."""
    fil = mapp / f"{namn}-{SCHEMAVERSION}-{FORM[:8]}.db"
    if not fil.exists():
        fil.parent.mkdir(parents=True, exist_ok=True)
        halvfardig = fil.with_suffix(".halv")
        for rest in fil.parent.glob(f"{halvfardig.name}*"):
            rest.unlink()
        bygg(str(halvfardig))
        nyckelfil = Path(f"{halvfardig}.nyckel")
        if nyckelfil.exists():
            nyckelfil.rename(f"{fil}.nyckel")
        halvfardig.rename(fil)
    return str(fil)


def _bygg(fil: str, kommuner: int) -> None:
    motor = oppna(fil)
    _fyll(motor, kommuner)
    motor.dispose()


def _fyll(motor: Engine, kommuner: int) -> None:
    recorder, index = Recorder(motor), FAKTATABELLER[Intervall].indexes
    with utan_skrapinsamling(), recorder.transaktion() as forbindelse:
        for ett in index:
            ett.drop(forbindelse)
        skrivare = recorder.faktaskrivare()
        for nr in range(kommuner):
            rader = _kommunens_fakta(nr)
            while nasta := list(islice(rader, _PER_SKRIVNING)):
                skrivare.infoga(Intervall, nasta)
        for ett in index:
            ett.create(forbindelse)


def _kommunens_fakta(nr: int) -> Iterator[Faktarad]:
    """Yield the facts of a municipality: stream, row number, known from, known to, fact."""
    slump = Random(nr)
    return islice(_strommar(slump, nr), PER_KOMMUN)


def _strommar(slump: Random, nr: int) -> Iterator[Faktarad]:
    lopnummer = count(nr * PER_KOMMUN + 1)
    for nummer in range(_ENHETER):
        # Each is a combination of traits of its own; a question has to find its few among them.
        strom = Identitet(f"{next(lopnummer):032x}")
        enhet = Intervall("1", UTFORARE, kommunkod(nr), _BORJAN, OANDLIG_DAG, utforare=strom, enhet=f"Enhet {nummer}")
        yield strom, 0, 1, ALLTJAMT, enhet
    while True:
        strom = Identitet(f"{next(lopnummer):032x}")
        for radnr, (kand_fran, kand_till, fakta) in enumerate(_en_vistelse(slump, kommunkod(nr))):
            yield strom, radnr, kand_fran, kand_till, fakta


def _en_vistelse(slump: Random, kommun: str) -> Iterator[tuple[int, int, Intervall]]:
    """Yield what was known of one stay, and when."""
    malgrupp, kon, insatsform, lagrum, avtalsform = slump.choice(_ORD)
    fran = slump.randint(_BORJAN, _SLUTET)
    till = fran + 1 + int(slump.expovariate(1 / _MEDELTID))
    byte = slump.randrange(fran, till)
    kant, kant_byte, kant_slut = sorted(
        _position(dag, slump) for dag in (fran + slump.randint(0, 10), byte, till + slump.randint(0, 30))
    )
    oppen = Intervall(
        f"{kant}", VISTELSE, kommun, fran, OANDLIG_DAG, person=Identitet(f"{slump.getrandbits(128):032x}"),
        malgrupp=malgrupp, kon=kon, insatsform=insatsform, regi="extern", lagrum=lagrum, avtalsform=avtalsform,
        prissort="dygn", pris=slump.randrange(100_000, 900_000, 1_000), inskrivning=1,
    )  # fmt: skip
    if till > _SLUTET:
        yield kant, ALLTJAMT, oppen
        return
    slut = oppen._replace(handelser=f"{kant} {kant_slut}", till=till, utskrivning=1)
    if slump.random() < 0.25 and byte > fran:
        yield kant, kant_byte, oppen
        yield kant_byte, ALLTJAMT, oppen._replace(till=byte)
        slut = slut._replace(fran=byte, inskrivning=0, pris=(oppen.pris or 0) + 10_000)
        yield kant_byte, kant_slut, slut._replace(till=OANDLIG_DAG, utskrivning=0)
    else:
        yield kant, kant_slut, oppen
    if slump.random() < 0.1:
        rattat = kant_slut + _POSITIONER_PER_DAG * slump.randint(1, 400)
        yield kant_slut, rattat, slut
        yield rattat, ALLTJAMT, slut._replace(till=till + 1)
    else:
        yield kant_slut, ALLTJAMT, slut
    if slump.random() < 0.05:
        borta = slump.randrange(slut.fran, till)
        vistelse = slut._replace(inskrivning=0, utskrivning=0)
        yield kant_slut, ALLTJAMT, vistelse._replace(slag=FRANVARO, fran=borta, till=borta + 1)


def _position(dag: int, slump: Random) -> int:
    return (dag - _BORJAN) * _POSITIONER_PER_DAG + slump.randrange(_POSITIONER_PER_DAG)
