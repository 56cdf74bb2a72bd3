"""``make frys``: freeze what is new – an event's JSON and shape – and refuse what a landed event may not become."""

from __future__ import annotations

import sys

from application.handelsekatalog.schema import alla_klasser
from domain.handelse import HANDELSETYPER
from tests.frysta.former import fil_for, frys
from tests.frysta.test_handelser import FILER, namn_och_version, skriv


def kor() -> None:
    frysta = set(map(namn_och_version, FILER))
    for typ in HANDELSETYPER.values():
        if (typ.typ, typ.schemaversion) not in frysta:
            sys.stdout.write(f"{skriv(typ).name}: händelsen är fryst\n")
    for klass in alla_klasser():
        if frys(klass):
            sys.stdout.write(f"{fil_for(klass).name}: formen är fryst\n")


if __name__ == "__main__":
    kor()
