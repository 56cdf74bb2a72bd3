"""What is said of the mutants: how many of each file were killed, which are equivalent, and why.

A mutant is equivalent when no test can tell it from the code. It is named in ``likvardiga.json`` by what it changes,
with the reason, and does not count. One that is named there and killed all the same is not equivalent, and is told.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutanter import Andring

DOKUMENT = Path("docs/mutation.md")
LIKVARDIGA = Path(__file__).with_name("likvardiga.json")
KRAV = 0.9

Likvardiga = Mapping[Andring, str]


@dataclass(frozen=True)
class Filrad:
    """What became of the mutants of one file."""

    fil: str
    antal: int
    overlevande: tuple[Andring, ...]
    skal: tuple[tuple[Andring, str], ...]

    @property
    def likvardiga(self) -> int:
        """Return how many no test can find."""
        return len(self.skal)

    @property
    def dodade(self) -> int:
        """Return how many the tests found."""
        return self.antal - self.likvardiga - len(self.overlevande)

    @property
    def andel(self) -> float:
        """Return the killed as a share of those that can be."""
        mojliga = self.antal - self.likvardiga
        return self.dodade / mojliga if mojliga else 1.0

    @property
    def racker(self) -> bool:
        """Return whether that is enough."""
        return self.andel >= KRAV


def las_likvardiga() -> Likvardiga:
    """Read the equivalent mutants and the reason for each."""
    poster = json.loads(LIKVARDIGA.read_text(encoding="utf-8"))
    return {Andring(p["fil"], p["funktion"], p["fran"], p["till"]): p["skal"] for p in poster}


def filrader(filer: Iterable[str], overlevande: Iterable[Andring], likvardiga: Likvardiga) -> list[Filrad]:
    """Count the mutants of each file, given the file of every one that was tried and those that were not found."""
    alla = list(overlevande)
    return [
        Filrad(
            fil,
            antal,
            tuple(ett for ett in alla if ett.fil == fil and ett not in likvardiga),
            tuple((ett, likvardiga[ett]) for ett in alla if ett.fil == fil and ett in likvardiga),
        )
        for fil, antal in Counter(filer).items()
    ]


def som_dokument(rader: list[Filrad]) -> str:
    """Return the page on mutation, as Markdown."""
    antal, likvardiga, dodade = (sum(getattr(rad, falt) for rad in rader) for falt in ("antal", "likvardiga", "dodade"))
    return "\n".join(
        [
            _INGRESS,
            "| file | mutants | killed | equivalent | survived | share |",
            "|---|---:|---:|---:|---:|---:|",
            *(
                f"| {rad.fil} | {rad.antal} | {rad.dodade} | {rad.likvardiga} | {len(rad.overlevande)} "
                f"| {100 * rad.andel:.1f} % |"
                for rad in rader
            ),
            f"| **all** | {antal} | {dodade} | {likvardiga} | {antal - likvardiga - dodade} "
            f"| {100 * dodade / (antal - likvardiga):.1f} % |",
            "",
            "## Equivalent mutants",
            "",
            "| file | function | instead of | the mutant has | why no test can tell |",
            "|---|---|---|---|---|",
            *(
                f"| {ett.fil} | `{ett.funktion}` | `{_cell(ett.fran)}` | `{_cell(ett.till)}` | {skal} |"
                for rad in rader
                for ett, skal in rad.skal
            ),
            "",
        ]
    )


def _cell(kod: str) -> str:
    return kod.replace("|", "\\|") or " "


_INGRESS = """# Faults that the tests find

Written by `make mutera`, which puts small faults (*mutants*) into the functions of `domain/`, one at a time, and runs
the fast tests that reach the function: `tests/domain`, `tests/frysta` and `tests/application/test_commands.py`. A
mutant is killed when a test fails. In every file nine in ten must be, not counting those that no test can tell from the
code; those are named below with the reason (`tests/mutation/likvardiga.json`).

Not mutated: docstrings, labels and the Swedish sentences of refusals, which are class attributes; messages to
developers; what stands outside functions (fields, tables, declarations), properties and pydantic validators, which
the tool leaves alone; and annotations.
"""
