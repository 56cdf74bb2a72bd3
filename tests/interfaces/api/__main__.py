"""``python -m tests.interfaces.api``: freeze what is new in the description of the API, unless something is broken.

The self-assessment against the national profile is written too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from interfaces.dokument import EXEMPELADRESS
from interfaces.http.openapi import beskrivning
from tests.interfaces.api.brytande import FRYST, brytande, fryst
from tests.interfaces.api.profil import sida

ROT = Path(__file__).parents[3]


def kor() -> None:
    ny = beskrivning(EXEMPELADRESS)
    fel = brytande(fryst(), ny) if FRYST.exists() else []
    if fel:
        sys.exit("Beskrivningen bryter för den som följer den frysta:\n" + "\n".join(fel))
    FRYST.write_text(json.dumps(ny, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    (ROT / "docs" / "api-profil.md").write_text(sida(ny), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    kor()
