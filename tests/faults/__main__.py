"""Writes the table of what was tried, how many times and what came of it, from the protocol of a run: ``make fel``."""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
from pathlib import Path
from typing import Any

_HUVUD = """\
# Fel som liggaren är prövad mot

Tabellen är skriven av `make fel`, som kör den tunga delen av `tests/faults` på riktiga databaser. En lätt del av samma
prov körs vid varje ändring. Bekräftad är en händelse som liggaren har svarat att den är registrerad; kontot över dem
förs av en annan process än den som dör. Efter varje fel öppnas liggaren på nytt, verifieras i sin helhet (`liggare
verifiera`: varje löv, luckfria positioner, registreringstider som aldrig minskar, fakta lika med en ombyggnad) och
svarar på samma fråga som före felet.

Kontrollerna är osäkra inställningar som liggaren annars vägrar att öppna med. De måste förlora händelser, annars visar
metoden ingenting.

"""
_FOT = """
## Hur felen görs

- **kill -9**: skrivande processer dödas mitt i skrivningen; det som skrivaren hann berätta ligger i ett rör som
  överlever den.
- **Strömavbrott**: ext4 i en fil på btrfs; `cp --reflink` är en ögonblicksbild av vad som nått disken, utan det som
  bara fanns i minnet. Bilden monteras och databasen återhämtar sig. Visar inte en disk som ljuger om sitt eget minne.
- **Full disk**: tmpfs med liten plats. **Fel från operativsystemet**: `fiu-run` låter en del av anropen misslyckas.
- **Skadade filer**: vad filen säger läses före och efter förbi liggaren, genom varje tabell och varje index; varje
  skada som ändrar något ska hittas, och den första felaktiga positionen ska vara rätt.
- **Skadad WAL**: SQLite släpper tyst det sista från den första felaktiga ramen. Liggaren är då hel men kortare, och
  bara ett kvitto som sparats utanför den (`liggare verifiera --kvitto`) avslöjar det.

Det som behöver monteras (`losetup`, btrfs-progs) eller `fiu-utils` hoppas över med ett tydligt skäl där det saknas.
"""


def skriv(protokoll: Path, dokument: Path) -> None:
    """Write the document from the lines of a protocol."""
    storst: dict[tuple[str, str], dict[str, Any]] = {}
    for rad in protokoll.read_text(encoding="utf-8").splitlines():
        post = json.loads(rad)
        nyckel = post["fel"], post["databas"]
        if nyckel not in storst or post["antal"] >= storst[nyckel]["antal"]:
            storst[nyckel] = post
    rader = ["| fel | databas | antal | utfall |", "|---|---|---:|---|"]
    for post in sorted(
        storst.values(), key=lambda post: (post["fel"].startswith("kontroll"), post["fel"], post["databas"])
    ):
        rader.append(f"| {post['fel']} | {post['databas']} | {post['antal']} | {post['utfall']} |")
    miljo = f"\nSenaste körning: Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.\n"
    dokument.write_text(_HUVUD + "\n".join(rader) + "\n" + miljo + _FOT, encoding="utf-8")


if __name__ == "__main__":
    skriv(Path(sys.argv[1]), Path(sys.argv[2]))
