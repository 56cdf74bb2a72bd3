"""Units of money as printed above a table: what one printed unit is in kronor."""

from __future__ import annotations

import re

from application.tryckt import Trycktabell

_KR = r"(?:kr|kronor|sek)\b"

PENNINGORD: tuple[tuple[str, int], ...] = (
    (rf"\b(?:mnkr|mkr|msek)\b|\b(?:mn|milj(?:on|oner)?\.?) ?{_KR}", 1_000_000),
    (rf"\b(?:tkr|kkr|tsek|ksek)\b|\btusen(?:tals?)? ?{_KR}|(?<!\d)(?<!\d )1 ?000(?:-?tals?)? ?{_KR}", 1_000),
    (rf"(?<!\w)(?<!\d )(?<!tal )(?<!tusen )(?<!miljarder )(?<!miljard ){_KR}(?! ?(?:per\b|/))", 1),
)
"""Words for kronor, the longer before the shorter: what they match, and how many kronor one unit is. A price (kronor
per something) is no unit of amounts."""

PENNINGENHETER = "kr, tkr (kkr, tusen kronor) eller mnkr (mkr, miljoner kronor)"
"""What is allowed, for sentences that refuse a unit."""


def penningenheter(text: str) -> frozenset[int]:
    """Return what the units of money that a text names are in kronor; none where it names none that is known."""
    kvar = " ".join(text.casefold().split())
    funna = set()
    for monster, faktor in PENNINGORD:
        kvar, antal = re.subn(monster, " ", f" {kvar}")
        if antal:
            funna.add(faktor)
    return frozenset(funna)


def penningenhet(tabell: Trycktabell) -> int | None:
    """Return what one unit of a table's amounts is in kronor, or None where its heading does not say it of one."""
    funna = penningenheter(tabell.huvud.get("enhet", ""))
    return next(iter(funna)) if len(funna) == 1 else None
