"""What the tests of reading printed tables share: small tables, and what a history makes of them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from application.syntet import SyntetGarInte, Syntetuppdrag
from application.syntet.tabeller import Underlag, las_underlag
from application.tryckt import Trycktabell
from tests.application.test_syntet_hjalp import tabell
from tests.application.test_syntet_tabeller_hjalp import skapa

DYGN = "Antal utnyttjade vårddygn på institution, vuxna|7690|7000"


def volymer(*rader: str, kolumner: str = "utfall_2021|utfall_2022") -> Trycktabell:
    """Give a table of volumes with care days and some more rows."""
    return tabell("volymer", "\n".join((f"volymmatt|{kolumner}", DYGN, *rader)), enhet="antal")


def uppdrag(*tabeller: Trycktabell) -> Syntetuppdrag:
    return Syntetuppdrag("2480", tabeller, (), 2022)


def last(*tabeller: Trycktabell) -> Underlag:
    return las_underlag(uppdrag(*tabeller))


def kronor(*tabeller: Trycktabell) -> dict[str, Decimal]:
    """Give the budget of the report year in kronor per operation."""
    handelser, _ = skapa(uppdrag(*tabeller))
    belopp: dict[str, Decimal] = defaultdict(Decimal)
    for h in handelser:
        if h["typ"] == "budget.faststalld" and h["ar"] == 2022:
            for rad in h["rader"]:
                belopp[rad["verksamhet"]] += Decimal(rad["belopp"])
    return dict(belopp)


def vagras(*tabeller: Trycktabell, mening: str) -> None:
    with pytest.raises(SyntetGarInte, match=mening):
        skapa(uppdrag(*tabeller))
