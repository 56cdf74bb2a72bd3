"""What the label of a printed row says that the row is: a sum of others, a mean of them, or a part of the one before.

The words are declared here once. They are all that a label consists of, but for a few that may follow: *Totalt* is a
row that adds up others, *Totalt antal vårddygn i institutionsvård* is a figure like any other.
"""

from __future__ import annotations

import re

_VEM = r"(?:ifo|kommunen|driften|verksamheten|\w*nämnden?s?|\w*förvaltningens?|\w*enheten|\w*avdelningen)"
_VAD = r"(?:kostnad(?:er)?|intäkt(?:er)?|nettokostnad(?:er)?|netto|utfall|budget|resultat|belopp)"
_VEMS = r"(?:redovisade|periodens|årets|verksamhetens|nämndens|\w+nämndens|förvaltningens|kommunens)"

_UNDANTAG = r"(?: (?:före|efter|exkl|inkl|utom)\b.*)?"

SUMMAORD: tuple[str, ...] = (
    r"(?:del|total|slut|netto)?summa\b.*",
    r"s:a\b.*",
    r"tot\.?",
    rf"total[ta]?{_UNDANTAG}",
    rf"total[ta]? {_VAD}",
    r"totalt (?:för |alla |samtliga )?(?!antal\b)[^\s,]+",
    rf"{_VEM} totalt",
    r"samman(?:lagt|taget)",
    r"(?:samtliga|alla)(?: [^\s,]+)?",
    rf"netto(?:kostnad(?:er)?|resultat|utfall|budget)?(?: \d{{4}})?{_UNDANTAG}",
    rf"{_VEMS} nettokostnad(?:er)?(?: \d{{4}})?{_UNDANTAG}",
    rf"(?:{_VEMS} |ekonomiskt )?resultat(?: \d{{4}})?{_UNDANTAG}",
)
"""Labels of rows that add up others; a pattern is the whole label, in small letters and without what is in brackets."""

MEDELORD: tuple[str, ...] = (r"(?:i )?(?:o?vägt )?(?:medel(?:värde|tal)?|genomsnitt|snitt)(?: [^\s,]+)?",)
"""Labels of rows that are means of others."""

_SUMMA = re.compile("|".join(SUMMAORD))
_MEDEL = re.compile("|".join(MEDELORD))
_VARAV = re.compile(r"\s*(?:[-–—•·*]\s*)?(?:varav|därav)\b\s*:?\s*", re.IGNORECASE)
_I_PARENTES = re.compile(r"\([^()]*\)")


def summerar(etikett: str) -> bool:
    """Return whether a label says that its row adds up others."""
    return bool(_SUMMA.fullmatch(_ord(etikett)))


def ar_medel(etikett: str) -> bool:
    """Return whether a label says that its row is a mean of others."""
    return bool(_MEDEL.fullmatch(_ord(etikett)))


def sammanfattar(etikett: str) -> bool:
    """Return whether a label says that its row has nothing of its own: it adds up others, or is a mean of them."""
    return summerar(etikett) or ar_medel(etikett)


def ar_varav(etikett: str) -> bool:
    """Return whether a label says that its row is a part of the one before."""
    return bool(_VARAV.match(etikett))


def utan_varav(etikett: str) -> str:
    """Return a label without the word that makes it a part of the one before."""
    return _VARAV.sub("", etikett, count=1) if ar_varav(etikett) else etikett


def _ord(etikett: str) -> str:
    """Return what a label says, in small letters, without remarks in brackets and signs around it."""
    return " ".join(_I_PARENTES.sub(" ", etikett.casefold()).split()).strip(" :*=-\N{EN DASH}")
