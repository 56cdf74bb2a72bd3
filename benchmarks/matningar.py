"""What is measured: each piece of work beside the barest way to the same result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.tabell import Tabellverk
from benchmarks.bibliotek import I_PROJEKTIONEN, kor_projektion
from benchmarks.data import AR, KOMMUN, Plats, Radskrivning
from benchmarks.matning import OMGANGAR, Krav, Rad, millisekunder, per_sekund, turvis
from infrastructure.tables import DRAGTABELLER, FAKTATABELLER
from interfaces.bootstrap import Tjanster, koppla

IMPORT = Krav(hogst=1 / 25_000, kvot=1 / 0.4)
"""What an import has to reach: its rate, and how much of the rate of bare inserts of the same rows."""

_GOLV_IMPORT = Krav(hogst=1 / 10_000)
LOGG_OCH_FAKTA = ("handelser", *(tabell.name for tabell in (*FAKTATABELLER.values(), *DRAGTABELLER.values())))
"""The tables whose rows an import is compared with: what stands in them is the ledger's in any case."""

_KANT = datetime(AR, 6, 1, tzinfo=UTC)


def import_mot_executemany(plats: Plats, fil: str) -> Iterator[Rad]:
    """Time an import by two processes and by one, beside putting the same rows in equal tables.

    All write to databases that are open.
    """
    antal = len(plats.rader)
    tomma = [koppla(plats.ny_fil()) for _ in range(2 * OMGANGAR)]
    fyllda = []

    def importera(processer: int) -> None:
        fyllda.append(tomma.pop())
        assert fyllda[-1].importor(processer=processer).importera(plats.rader).nya == antal

    loggen, allt = Radskrivning(fil, plats, ("handelser",)), Radskrivning(fil, plats, LOGG_OCH_FAKTA)
    tva, en, bara_loggen, med_fakta = turvis(partial(importera, 2), partial(importera, 1), loggen.skriv, allt.skriv)
    for tjanster in fyllda:
        tjanster.stang()
    skriv = per_sekund("händelser")
    arbete = "Import med validering, beslut, bevis och fakta"
    yield Rad(arbete, tva / antal, skriv, "executemany av loggens rader", bara_loggen / antal, _GOLV_IMPORT)
    yield Rad(arbete, tva / antal, skriv, "executemany av loggens och faktas rader", med_fakta / antal, IMPORT)
    yield Rad(f"{arbete}, i en process", en / antal, skriv, "i två", tva / antal)


def utan_arenden(plats: Plats) -> Iterator[Rad]:
    """Time import and rebuild of placements, budget and providers alone: a case takes longer per event than they do."""
    utan = Plats(plats.mapp / "utan", [rad for rad in plats.rader if b'"samling":"arenden"' not in rad[:40]])
    utan.mapp.mkdir()
    fil, antal = utan.ny_fil(), len(utan.rader)
    tjanster = koppla(fil)
    tjanster.importor().importera(utan.rader)
    allt = Radskrivning(fil, utan, LOGG_OCH_FAKTA)

    def importera() -> None:
        nya = koppla(utan.ny_fil())
        assert nya.importor().importera(utan.rader).nya == antal
        nya.stang()

    importen, raa, ombyggnaden = turvis(importera, allt.skriv, tjanster.ombyggare.bygg_om)
    tjanster.stang()
    skriv = per_sekund("händelser")
    yield Rad(
        f"Import utan ärenden ({antal} händelser)", importen / antal, skriv, "executemany av samma rader", raa / antal
    )
    yield Rad("Ombyggnad utan ärenden", ombyggnaden / antal, skriv)


def ombyggnad_mot_biblioteket(plats: Plats, fil: str, tjanster: Tjanster) -> Iterator[Rad]:
    """Time a rebuild of all facts, beside the library's runner doing the same work for the first events."""
    antal = len(plats.rader)
    vi, biblioteket = turvis(
        tjanster.ombyggare.bygg_om,
        lambda: kor_projektion(fil, plats.ny_fil(), I_PROJEKTIONEN),
    )
    skriv = per_sekund("händelser")
    yield Rad(
        "Ombyggnad av alla fakta", vi / antal, skriv, "bibliotekets ProjectionRunner", biblioteket / I_PROJEKTIONEN,
        Krav(hogst=1 / 50_000, kvot=1 / 20),
    )  # fmt: skip


def tabell(tjanster: Tjanster) -> Iterator[Rad]:
    """Time the whole printed table of external care, all its measures and columns."""
    fraga = tolka_tabellfraga(
        "externa-insatser", kommun=KOMMUN, ar=AR, nu=_KANT, galler_den=f"{AR}-08-31", kant_den=f"{AR}-09-19"
    )
    verk = Tabellverk(tjanster.fragor)
    celler = sum(len(rad) for rad in verk.svara(fraga).rader)
    (tid,) = turvis(lambda: verk.svara(fraga))
    yield Rad(f"Tabellen externa-insatser, {celler} celler", tid, millisekunder, krav=Krav(hogst=0.1))
