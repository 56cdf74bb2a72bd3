"""README tells the truth: every command in its tour gives exactly the output that stands there.

Run this file as a program to write the output anew: ``.venv/bin/python tests/interfaces/test_readme.py``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROT = Path(__file__).parents[2]
README = ROT / "README.md"
_BLOCK = re.compile(r"```console\n(?P<innehall>.*?)```", re.DOTALL)


def med_verklig_utskrift(text: str, mapp: Path) -> str:
    """Return the text with the output of each ``$ liggare …`` line replaced by what it gives in a folder."""
    _kor("liggare demo", mapp)

    def ersatt(block: re.Match[str]) -> str:
        kommandon = [rad for rad in block["innehall"].splitlines() if rad.startswith("$ ")]
        return "```console\n" + "".join(f"{rad}\n{_kor(rad[2:], mapp)}" for rad in kommandon) + "```"

    return _BLOCK.sub(ersatt, text)


def _kor(kommando: str, mapp: Path) -> str:
    assert kommando.startswith("liggare ")
    miljo = {**os.environ, "PYTHONPATH": str(ROT), "LIGGARE_DATABAS": "demo/liggare.db"}
    argument = [sys.executable, "-m", "interfaces.cli.main", *kommando.split()[1:]]
    svar = subprocess.run(argument, cwd=mapp, env=miljo, capture_output=True, text=True, check=False)
    rader = (svar.stdout + svar.stderr).splitlines()
    return "".join(f"{rad.rstrip()}\n" for rad in rader if rad.strip())


def _skriv_om() -> str:
    with tempfile.TemporaryDirectory() as mapp:
        (Path(mapp) / "docs").symlink_to(ROT / "docs")
        (Path(mapp) / "tests").symlink_to(ROT / "tests")
        return med_verklig_utskrift(README.read_text(encoding="utf-8"), Path(mapp))


def test_varje_kommando_i_rundturen_ger_just_den_utskriften() -> None:
    assert _skriv_om() == README.read_text(encoding="utf-8")


if __name__ == "__main__":
    README.write_text(_skriv_om(), encoding="utf-8")
