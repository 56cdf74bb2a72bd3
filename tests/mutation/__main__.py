"""``make mutera``: put faults into ``domain/``, one at a time, and see whether the tests find them.

``python -m tests.mutation domain/tid.py 'domain/atgard/*'`` tries only those files. Without files everything is tried
and ``docs/mutation.md`` is written anew. Nine faults in ten must be found in every file.
"""

from __future__ import annotations

import subprocess
import sys
from fnmatch import fnmatch

from mutmut.configuration import config

from tests.mutation.mutanter import KOPIA, andring, las_resultat, skapa, skriv_valda
from tests.mutation.protokoll import DOKUMENT, Filrad, filrader, las_likvardiga, som_dokument

# Failing tests need not be explained, and their explanations are slow.
_PYTEST = ("pytest", "-p", "tests.mutation.korning", "-p", "no:cacheprovider", "-s", "--assert=plain", "--tb=native")


def kor(monster: list[str]) -> int:
    """Try the mutants of the files that match, or of all files, and return the exit code."""
    mutanter = [m for m in skapa() if not monster or any(fnmatch(m.fil, ett) for ett in monster)]
    skriv_valda(mutanter)
    _prova()
    resultat = las_resultat()
    overlevande = [andring(mutant) for mutant in mutanter if not resultat[mutant.namn]]
    rader = filrader((mutant.fil for mutant in mutanter), overlevande, las_likvardiga())
    for rad in rader:
        for ett in rad.overlevande:
            sys.stdout.write(f"{ett.fil} {ett.funktion}\n  - {ett.fran}\n  + {ett.till}\n")
    sys.stdout.write(_tabell(rader))
    if not monster:
        DOKUMENT.write_text(som_dokument(rader), encoding="utf-8")
    return 0 if all(rad.racker for rad in rader) else 1


def _prova() -> None:
    installningar = config()
    argument = [*installningar.pytest_add_cli_args, *installningar.pytest_add_cli_args_test_selection]
    svar = subprocess.run([sys.executable, "-m", *_PYTEST, *argument], cwd=KOPIA, check=False)
    if svar.returncode:
        sys.exit("Proven går inte utan fel; då säger mutanterna ingenting.")


def _tabell(rader: list[Filrad]) -> str:
    bredd = max(len(rad.fil) for rad in rader)
    rubrik = f"{'Fil':{bredd}} Mutanter Dödade Likvärdiga Överlevde  Andel\n"
    return rubrik + "".join(
        f"{rad.fil:{bredd}} {rad.antal:8} {rad.dodade:6} {rad.likvardiga:10} {len(rad.overlevande):9} "
        f"{rad.andel:6.1%}{'' if rad.racker else '  för låg'}\n"
        for rad in rader
    )


if __name__ == "__main__":
    sys.exit(kor(sys.argv[1:]))
