"""``make frys``: freeze what is new – an event's JSON and shape – and refuse what a landed event may not become."""

from __future__ import annotations

import sys

from application.handelsekatalog.schema import alla_klasser
from domain.handelse import HANDELSETYPER
from tests.frysta import fore_tillagg, former


def kor() -> None:
    for typ in HANDELSETYPER.values():
        if fil := fore_tillagg.frys(typ):
            sys.stdout.write(f"{fil.name}: händelsen är fryst\n")
    for klass in alla_klasser():
        if former.frys(klass):
            sys.stdout.write(f"{former.fil_for(klass).name}: formen är fryst\n")


if __name__ == "__main__":
    kor()
