"""The mutants of ``domain/``: the small faults that mutmut can put into a function, side by side in a copy of the tree.

A function in the copy is a switch between itself and its mutants; ``korning`` turns it from test to test. What is
mutated, copied and run is configured under ``[tool.mutmut]`` in ``pyproject.toml``.
"""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from libcst import FunctionDef, Module
from mutmut.configuration import config
from mutmut.mutation.data import MutantLineSpans
from mutmut.mutation.diff_apply import read_functions_from_index
from mutmut.mutation.file_mutation import mutate_file_contents

KOPIA = Path("mutants")
VALDA, RESULTAT = "valda.json", "resultat.json"


@dataclass(frozen=True)
class Mutant:
    """One fault in one function."""

    fil: str
    namn: str

    @property
    def funktion(self) -> str:
        """Return the name by which the switch of the function reports its calls."""
        return self.namn.partition("__mutmut_")[0]


class Andring(NamedTuple):
    """What a mutant does: in which function, which lines it takes away and which it puts there."""

    fil: str
    funktion: str
    fran: str
    till: str


def skapa() -> list[Mutant]:
    """Copy the tree, and replace the functions of the source by switches."""
    shutil.rmtree(KOPIA, ignore_errors=True)
    for sokvag in config().also_copy:
        if sokvag.is_dir():
            shutil.copytree(sokvag, KOPIA / sokvag, ignore=shutil.ignore_patterns("__pycache__"))
        elif sokvag.is_file():
            shutil.copy2(sokvag, KOPIA / sokvag)
    return [mutant for rot in config().source_paths for fil in sorted(rot.rglob("*.py")) for mutant in _mutera(fil)]


def _mutera(fil: Path) -> Iterator[Mutant]:
    muterad = mutate_file_contents(str(fil), fil.read_text(encoding="utf-8"))
    (KOPIA / fil).parent.mkdir(parents=True, exist_ok=True)
    (KOPIA / fil).write_text(muterad.code, encoding="utf-8")
    MutantLineSpans(path=fil, span_by_function_name=muterad.line_span_by_function_name).save()
    modul = ".".join(fil.with_suffix("").parts).removesuffix(".__init__")
    for namn in muterad.mutant_names:
        yield Mutant(str(fil), f"{modul}.{namn}")


def skriv_valda(mutanter: Iterable[Mutant]) -> None:
    """Write down which mutants are to be tried."""
    rader = [[mutant.fil, mutant.namn] for mutant in mutanter]
    (KOPIA / VALDA).write_text(json.dumps(rader), encoding="utf-8")


def las_resultat() -> dict[str, bool]:
    """Read, for each mutant that was tried, whether it was killed."""
    resultat: dict[str, bool] = json.loads((KOPIA / RESULTAT).read_text(encoding="utf-8"))
    return resultat


def andring(mutant: Mutant) -> Andring:
    """Read what a mutant does out of the copy."""
    funktioner = read_functions_from_index(mutant.namn, mutant.fil)
    assert funktioner is not None, mutant
    fore, efter = map(_rader, funktioner)
    skillnad = list(difflib.unified_diff(fore, efter, lineterm="", n=0))[2:]
    borttaget, tillagt = (" ".join(rad[1:].strip() for rad in skillnad if rad[0] == tecken) for tecken in "-+")
    return Andring(mutant.fil, funktioner[0].name.value, borttaget, tillagt)


def _rader(funktion: FunctionDef) -> list[str]:
    kod: str = Module([funktion]).code
    return kod.splitlines()
