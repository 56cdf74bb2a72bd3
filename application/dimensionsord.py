"""What a person reads for a dimension and its values: Swedish with å, ä and ö, and labels for stored words.

Files and other programs get the stored words; see ADR 0001.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.arende.begrepp import Avsandare
from domain.begrepp import Avtalsform, Begrepp, Insatsform, Kon, Kontogrupp, Lagrum, Malgrupp, Prissort, Regi
from domain.fakta import ANNAN_BETALAR

_ORDLISTOR: Mapping[str, type[Begrepp]] = MappingProxyType({
    "malgrupp": Malgrupp, "kon": Kon, "insatsform": Insatsform, "regi": Regi, "lagrum": Lagrum,
    "avtalsform": Avtalsform, "kontogrupp": Kontogrupp, "avsandare": Avsandare, "prissort": Prissort,
})  # fmt: skip

_UTANFOR_ORDLISTAN = MappingProxyType({("prissort", ANNAN_BETALAR): "någon annan betalar"})
"""What facts say of a dimension beside the words that events may use."""

_RUBRIKER = MappingProxyType({
    "aldersgrupp": "Åldersgrupp", "ar": "År", "arende": "Ärende", "atgard": "Åtgärd", "avsandare": "Avsändare",
    "kon": "Kön", "mal": "Mål", "malgrupp": "Målgrupp", "manad": "Månad", "matt": "Mått", "namnd": "Nämnd",
    "niva": "Nivå", "omrade": "Område", "overordnad": "Överordnad", "projektbenamning": "Projektbenämning",
    "utforare": "Utförare", "vardform": "Vårdform", "volymmatt": "Volymmått", "delvarde": "Delvärde",
    "fore": "Före", "strom": "Ström", "rattar": "Rättar",
})  # fmt: skip
"""The names whose Swedish has letters that names in code have not; any other is its own heading."""


def rubrik_av(namn: str) -> str:
    """Return the heading of a dimension or a column by its name."""
    return _RUBRIKER.get(namn, namn.capitalize())


def etikett_av(dimension: str, varde: object, *, saknas: str = "Ej angivet") -> str:
    """Return what a person reads for a value of a dimension, and ``saknas`` where there is none."""
    if varde is None:
        return saknas
    ord_ = str(varde)
    utanfor = _UTANFOR_ORDLISTAN.get((dimension, ord_))
    if utanfor is not None:
        return utanfor
    ordlista = _ORDLISTOR.get(dimension)
    return ordlista(ord_).etikett if ordlista else ord_
