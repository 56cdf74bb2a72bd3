"""One grammar of printed numbers: what is a number, which one, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from application.tryckta_tal import inget_tryckt, kan_vara_tusental, som_tal


@pytest.mark.parametrize(
    ("text", "tal"),
    [
        ("4314", "4314"), ("0", "0"), (" 12 ", "12"), ("4 314", "4314"), ("4\u00a0314", "4314"),
        ("4\u202f314", "4314"), ("4\u2009314", "4314"), ("1 234 567", "1234567"), ("4 314,7", "4314.7"),
        ("4314,7", "4314.7"), ("7.75", "7.75"), (",5", "0.5"), ("7.0", "7.0"), ("+4314", "4314"), ("-4314", "-4314"),
        ("\N{MINUS SIGN}4314", "-4314"), ("\N{EN DASH}4 314", "-4314"), ("- 196,6", "-196.6"),
    ],
)  # fmt: skip
def test_tal(text: str, tal: str) -> None:
    last = som_tal(text)
    assert last == Decimal(tal)
    assert str(last) == str(Decimal(tal)), "decimalerna är de tryckta"


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "--", "\N{EN DASH}", "..", "*", "i.u.", "x", "17 18", "4 31 4", "1234 567", "12 3456", "4.314.000",
        "1,234.5", "1e3", "4_314", "NaN", "Infinity", "\u0664\u0663\u0661\u0664", "4314*", "4314 1)", "4314\u00b9",
        "(300)", "300-", "300,-", "300 %", "300 tkr", "ca 300", "4'314", "1,", "+/-0", "--5", "1\t234", "1\n234",
        "9" * 21, ".", ",",
    ],
)  # fmt: skip
def test_inget_tal(text: str) -> None:
    assert som_tal(text) is None


@pytest.mark.parametrize("text", ["4.314", "4,314", "-12.500", "100,000", "4.314.000"])
def test_punkt_eller_komma_kan_skilja_tusental(text: str) -> None:
    assert kan_vara_tusental(text)


@pytest.mark.parametrize("text", ["4314", "4 314", "0,314", "4314,000", "4,3145", "4,31", "i.u."])
def test_annat_skiljer_inte_tusental(text: str) -> None:
    assert not kan_vara_tusental(text)


def test_inget_tryckt() -> None:
    assert all(map(inget_tryckt, ("", " ", "-", "--", "\N{EN DASH}", "\N{EM DASH}")))
    assert not any(map(inget_tryckt, ("0", "..", "i.u.", "*")))
