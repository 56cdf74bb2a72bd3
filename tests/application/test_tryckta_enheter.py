"""What one unit of a printed table's amounts is in kronor."""

from __future__ import annotations

import pytest

from application.tryckta_enheter import penningenheter


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("kr", 1), ("Kronor", 1), ("SEK", 1), ("tkr", 1000), ("Tkr", 1000), ("TKR; kostnad negativ", 1000),
        ("kkr", 1000), ("tusen kronor", 1000), ("tusentals kronor", 1000), ("1 000 kr", 1000), ("1000-tal kr", 1000),
        ("Belopp i tkr", 1000), ("mnkr", 10**6), ("Mnkr", 10**6), ("mkr", 10**6), ("MSEK", 10**6),
        ("miljoner kronor", 10**6), ("Belopp i milj. kr", 10**6), ("mnkr (mkr i källan)", 10**6),
        ("mnkr (procent i sista kolumnen); intäkt positiv", 10**6), ("kr per dygn; mnkr", 10**6),
        ("kr/dygn; tkr", 1000),
    ],
)  # fmt: skip
def test_enheten(text: str, kronor: int) -> None:
    assert penningenheter(text) == {kronor}


@pytest.mark.parametrize(
    "text",
    ["", "procent", "antal", "hkr", "kr per invånare", "kr/dygn", "miljarder kronor", "10 000 kr", "tiotusental kr",
     "kräver", "se kolumnen enhet"],
)  # fmt: skip
def test_ingen_kand_enhet(text: str) -> None:
    assert not penningenheter(text)


def test_flera_enheter() -> None:
    assert penningenheter("kr; tkr") == {1, 1000}
