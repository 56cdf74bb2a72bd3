"""click's own words are Swedish: all of them, whatever the environment asks for."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import interfaces.cli.sprak

ROT = Path(__file__).resolve().parents[2]
TEXTER = Path(interfaces.cli.sprak.__file__).parent / "sv" / "LC_MESSAGES"

Former = tuple[str, ...]

SPRAK = "from interfaces.cli.sprak import forsvenska, svenska\nsvenska()\n"
CLICK = "import click\n"
PROV = """
@click.group()
@click.version_option("1")
def prov():
    "Ett prov."

@prov.command()
@click.argument("fil", type=click.Path(exists=True))
@click.option("--antal", type=int, required=True, help="Hur många.")
@click.option("--del", "delen", type=click.FloatRange(0, 1), default=0.5, show_default=True)
@click.option("--slag", type=click.Choice(["vuxna", "barn"]))
@click.option("--dag", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--ja", type=bool)
@click.option("--indata", type=click.File(), envvar="INDATA", show_envvar=True)
@click.option("--ut", type=click.Path(file_okay=False), default=lambda: "ut", show_default=True)
@click.option("--par", type=int, nargs=2)
@click.option("--forr", deprecated=True)
def visa(**_):
    "Visa."
    raise click.Abort

@prov.command(deprecated=True)
def gammal():
    "Gammal."

"""
KOR = """
import json, sys
from click.testing import CliRunner
print(json.dumps([CliRunner().invoke(prov, rad).output for rad in json.loads(sys.argv[1])]))
"""
FORSVENSKA = "forsvenska(prov)\n"

HJALP = [["--help"], ["visa", "--help"], ["gammal", "--help"]]
FEL = {
    "Du måste ange valet '--antal'.": ["visa", "/"],
    "Du måste ange argumentet 'FIL'.": ["visa", "--antal", "1"],
    "Valet '--versio' finns inte. Menade du '--version'?": ["--versio"],
    "Valet '--d' finns inte. (Menade du något av '--dag', '--del'?)": ["visa", "--d", "1"],
    "Valet '--dag' kräver ett värde.": ["visa", "--dag"],
    "Kommandot 'vis' finns inte. Menade du 'visa'?": ["vis"],
    "För många argument (x y)": ["visa", "/", "x", "y", "--antal", "1"],
    "Ogiltigt värde för 'FIL': Sökväg 'saknas' finns inte.": ["visa", "saknas", "--antal", "1"],
    "'--antal': 'ett' är inte ett giltigt heltal.": ["visa", "/", "--antal", "ett"],
    "'--del': 2.0 ligger inte i intervallet 0<=x<=1.": ["visa", "/", "--antal", "1", "--del", "2"],
    "'--del': 'x' är inte ett giltigt tal.": ["visa", "/", "--antal", "1", "--del", "x"],
    "'alla' är inte något av 'vuxna', 'barn'.": ["visa", "/", "--antal", "1", "--slag", "alla"],
    "'igår' stämmer inte med formatet '%Y-%m-%d'.": ["visa", "/", "--antal", "1", "--dag", "igår"],
    "Valet '--par' kräver 2 värden.": ["visa", "/", "--antal", "1", "--par", "1"],
    "Varning: Kommandot 'gammal' är utfasat.": ["gammal"],
    "Varning: 'forr' är utfasat.": ["visa", "/", "--antal", "1", "--forr", "x"],
    "Avbrutet!": ["visa", "/", "--antal", "1"],
}
MILJOER = [
    {"LANG": "C"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX"},
    {"LANG": "en_US.UTF-8", "LANGUAGE": "en"},
    {},
]
# Words that click shows without looking them up.
FASTA_ORD = {"args", "boolean", "command", "filename", "float", "integer", "options", "range"}


def former(text: object) -> Former:
    """Give the singular and plural of a text, or its only form."""
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, list | tuple) else ()


def texter(katalog: Catalog) -> dict[Former, Former]:
    return {former(text.id): former(text.string) for text in katalog if text.id}


def las_po() -> Catalog:
    with (TEXTER / "messages.po").open("rb") as fil:
        return read_po(fil, locale="sv", domain="messages")


@cache
def clicks_texter() -> set[Former]:
    return {former(text) for _, _, text, _, _ in extract_from_dir(Path(click.__file__).parent)}


def platser(text: str) -> set[tuple[str, str | None]]:
    """Give the placeholders of a text, of both kinds, with the conversion of each."""
    klamrar = {(namn, omvandling) for _, namn, _, omvandling in Formatter().parse(text) if namn is not None}
    return klamrar | {(namn, "%") for namn in re.findall(r"%\((\w+)\)s", text)}


def ord_i(*texter: str) -> set[str]:
    """Give the words of texts, other than their placeholders and the names of options."""
    return {
        ord_
        for text in texter
        for ord_ in re.findall(r"[a-zåäö]+", re.sub(r"\{.*?\}|%\(\w+\)s|--\w+", " ", text.lower()))
    }


@cache
def engelska_ord() -> set[str]:
    svenska = {ord_ for svar in texter(las_po()).values() for ord_ in ord_i(*svar)}
    return (FASTA_ORD | {ord_ for text in clicks_texter() for ord_ in ord_i(*text)}) - svenska


def kor(program: str, miljo: dict[str, str], rader: list[list[str]]) -> list[str]:
    """Run a program that has a command `prov`, in a process of its own, and give what each line made it write."""
    ren = {
        namn: varde for namn, varde in os.environ.items() if namn != "LANGUAGE" and not namn.startswith(("LANG", "LC_"))
    }
    svar = subprocess.run(
        [sys.executable, "-c", program, json.dumps(rader)],
        cwd=ROT,
        env=ren | miljo,
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
    utskrifter: list[str] = json.loads(svar.stdout)
    return utskrifter


def test_det_kompilerade_ar_det_som_star_i_texten() -> None:
    kompilerat = BytesIO()
    write_mo(kompilerat, las_po())
    kompilerat.seek(0)
    with (TEXTER / "messages.mo").open("rb") as fil:
        assert texter(read_mo(fil)) == texter(read_mo(kompilerat)), "run `make sprak`"


def test_varje_text_i_click_ar_oversatt() -> None:
    oversatta = {text for text, svar in texter(las_po()).items() if len(svar) == len(text) and all(svar)}
    assert oversatta == clicks_texter()
    assert not any(text.fuzzy for text in las_po() if text.id)


def test_oversattningarna_behaller_sina_platser() -> None:
    fel = [
        (form, svar)
        for former_, svaren in texter(las_po()).items()
        for form, svar in zip(former_, svaren, strict=True)
        if platser(form) != platser(svar)
    ]
    assert not fel


@pytest.mark.parametrize("miljo", MILJOER, ids=str)
@pytest.mark.parametrize("program", [CLICK + SPRAK, SPRAK + CLICK], ids=["click first", "click last"])
def test_click_skriver_svenska_i_varje_miljo(program: str, miljo: dict[str, str]) -> None:
    utskrifter = kor(program + PROV + FORSVENSKA + KOR, miljo, HJALP + list(FEL.values()))
    assert not [(utskrift, fynd) for utskrift in utskrifter if (fynd := ord_i(utskrift) & engelska_ord())]
    for vantat, utskrift in zip(FEL, utskrifter[len(HJALP) :], strict=True):
        assert vantat in utskrift


def test_provet_kanner_igen_engelska() -> None:
    utskrifter = kor(CLICK + PROV + KOR, {"LANG": "C"}, HJALP + list(FEL.values()))
    assert all(ord_i(utskrift) & engelska_ord() for utskrift in utskrifter)
