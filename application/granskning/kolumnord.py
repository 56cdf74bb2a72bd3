"""What a printed name or unit says of figures: that they do not add up, are a difference, or are no whole number.

Names of columns are written in many ways: *Avvikelse %*, *avvikelse_%*. They are compared in one form, small letters a
to z with ``_`` between words, and shown as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LIKA = str.maketrans("åäö", "aao")
_ORD = re.compile(r"[^\W_]+|%")
_KVOT = re.compile(
    r"(^|_)(procent|%|\w*andel(ar)?|per|kpb|index|medel(varde|tal|betyg|kostnad|alder)?|forbrukning|betyg"
    r"|[a-z]*grad|snitt[a-z]+|genomsnitt\w*|belaggning\w*)(_|$)"
)
_SKILLNAD = re.compile(r"(^|_)\w*(avvikelse|forandring|okning)(_|$)")
_RAKNAS_INTE = re.compile(
    r"\bper\b(?! \d)|/(?:inv|dygn|dag|vecka|månad|år)|snitt|medel(?:tal|värde|antal)|omräknad|andel|procent|%"
    r"|årsarbet|heltids(?:tjänst|ekvivalent)|tusental|[nt]kr\b|kronor",
    re.IGNORECASE,
)


def enhetligt(kolumn: str) -> str:
    """Return a column's name in the form that names are compared in; as it is where it has no letters or figures."""
    return "_".join(_ORD.findall(kolumn.casefold().translate(_LIKA))) or kolumn


def enhetliga(kolumner: Sequence[str]) -> dict[str, str]:
    """Return the printed names of columns by the form they are compared in; two that become alike stay as printed."""
    former = {kolumn: enhetligt(kolumn) for kolumn in kolumner}
    antal = Counter(former.values())
    return {form if antal[form] == 1 else kolumn: kolumn for kolumn, form in former.items()}


def ar_kvot(kolumn: str) -> bool:
    """Return whether a column's name says that its figures do not add up: shares, prices, grades."""
    return bool(_KVOT.search(kolumn))


def ar_skillnad(kolumn: str) -> bool:
    """Return whether a column's name says that it is a difference between two others."""
    return bool(_SKILLNAD.search(kolumn))


def raknas_inte(text: str) -> bool:
    """Return whether a name or a unit says that a number of something is none that is counted, but rounded.

    It may be a mean, in thousands, a rate, or converted into whole posts.
    """
    return bool(_RAKNAS_INTE.search(text))
