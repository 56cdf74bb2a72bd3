"""The rules of the house, kept by tests: dependencies, style, types, size, and nothing local in the tree."""

import ast
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api as mypy_api

ROT = Path(__file__).resolve().parents[2]
PAKET = ("domain", "application", "infrastructure", "interfaces")
MODULER = sorted(fil for paket in PAKET for fil in (ROT / paket).rglob("*.py"))
MAX_RADER_FIL = 400
MAX_RADER_FUNKTION = 45

Funktion = ast.FunctionDef | ast.AsyncFunctionDef

# Put together from pieces, so that this file does not break its own rule.
LOKALA_SPAR = tuple(
    "".join(bitar)
    for bitar in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("deb.", "debian", ".org"),
        ("registry.", "npmjs", ".org"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
    )
)


def kor(verktyg: str, *argument: str) -> None:
    """Run a tool that is installed beside this interpreter, and show its findings if it has any."""
    program = Path(sysconfig.get_path("scripts")) / verktyg
    svar = subprocess.run([program, *argument], cwd=ROT, capture_output=True, text=True, check=False)
    assert svar.returncode == 0, f"{svar.stdout}\n{svar.stderr}"


def filer_i_tradet() -> list[Path]:
    """Give the files that are tracked, or would be if everything in the tree were added."""
    svar = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROT,
        capture_output=True,
        text=True,
        check=False,
    )
    if svar.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROT / namn for namn in svar.stdout.split("\0") if namn and (ROT / namn).is_file()]


def plats(fil: Path, nod: ast.AST | None = None) -> str:
    """Say where a finding is, as `path:line`."""
    return f"{fil.relative_to(ROT)}:{getattr(nod, 'lineno', 1)}"


def publika_utan_docstring(fil: Path) -> Iterator[str]:
    """Find the public module, classes, functions and methods of a file that lack a docstring."""
    trad = ast.parse(fil.read_text(encoding="utf-8"))
    if not ast.get_docstring(trad):
        yield plats(fil)
    yield from _utan_docstring(fil, trad)


def _utan_docstring(fil: Path, agare: ast.Module | ast.ClassDef) -> Iterator[str]:
    for nod in agare.body:
        if not isinstance(nod, ast.ClassDef | Funktion) or nod.name.startswith("_") or _ar_overlagring(nod):
            continue
        nastlad_klass = isinstance(nod, ast.ClassDef) and isinstance(agare, ast.ClassDef)
        if not nastlad_klass and not ast.get_docstring(nod):
            yield f"{plats(fil, nod)} {nod.name}"
        if isinstance(nod, ast.ClassDef):
            yield from _utan_docstring(fil, nod)


def _ar_overlagring(nod: ast.ClassDef | Funktion) -> bool:
    namn = {ast.unparse(dekorator).rpartition(".")[2] for dekorator in nod.decorator_list}
    return bool(namn & {"overload", "override", "setter"})


def test_beroenden_pekar_inat() -> None:
    kor("lint-imports", "--no-cache")


def test_koden_foljer_stilen() -> None:
    kor("ruff", "check", "--quiet", ".")


def test_koden_ar_formaterad() -> None:
    kor("ruff", "format", "--quiet", "--check", ".")


def test_typerna_stammer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROT)
    ut, fel, status = mypy_api.run(["--config-file", "pyproject.toml"])
    assert status == 0, f"{ut}\n{fel}"


def test_inget_lokalt_star_i_tradet() -> None:
    fynd = [
        f"{plats(fil)} {spar}" for fil in filer_i_tradet() for spar in LOKALA_SPAR if spar.encode() in fil.read_bytes()
    ]
    assert not fynd


def test_ingen_fil_ar_for_lang() -> None:
    rader = {plats(fil): len(fil.read_text(encoding="utf-8").splitlines()) for fil in MODULER}
    assert not {fil: antal for fil, antal in rader.items() if antal > MAX_RADER_FIL}


def test_ingen_funktion_ar_for_lang() -> None:
    rader = {
        f"{plats(fil, nod)} {nod.name}": (nod.end_lineno or nod.lineno) - nod.lineno + 1
        for fil in MODULER
        for nod in ast.walk(ast.parse(fil.read_text(encoding="utf-8")))
        if isinstance(nod, Funktion)
    }
    assert not {funktion: antal for funktion, antal in rader.items() if antal > MAX_RADER_FUNKTION}


def test_allt_publikt_har_docstring() -> None:
    assert not [fynd for fil in MODULER for fynd in publika_utan_docstring(fil)]


def test_varje_mapp_med_kod_ar_ett_paket() -> None:
    # A folder without __init__.py is invisible to both the dependency check and the packaging.
    mappar = {fil.parent for fil in MODULER}
    assert not sorted(plats(mapp) for mapp in mappar if not (mapp / "__init__.py").exists())


def test_husordningen_ser_koden() -> None:
    assert {fil.relative_to(ROT).parts[0] for fil in MODULER} == set(PAKET)
