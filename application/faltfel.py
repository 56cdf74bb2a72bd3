"""Errors in fields, in Swedish: which field, which value, what is allowed.

Turns pydantic's findings into sentences. The wording lives in one table; an error type that is not in it still gets a
sentence with field and value, never an English one. What a text may look like is said by its form
(``domain.textform``), in words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from application.ports import TidenGarBaklanges
from domain.fel import Regelbrott

HELHETEN = "händelsen"
"""What stands for a field where the event as a whole is at fault."""

_LANGSTA_VARDE = 80

_MENINGAR: Mapping[str, str] = {
    "json_invalid": "{falt} är inte giltig JSON.",
    "missing": "Fältet {falt} saknas.",
    "extra_forbidden": "Fältet {falt} finns inte i händelsen.",
    "enum": "{varde} är inte ett tillåtet värde för {falt}. Tillåtna: {expected}.",
    "date_from_datetime_parsing": "{falt} ska vara ett datum ÅÅÅÅ-MM-DD, inte {varde}.",
    "date_parsing": "{falt} ska vara ett datum ÅÅÅÅ-MM-DD, inte {varde}.",
    "date_type": "{falt} ska vara ett datum ÅÅÅÅ-MM-DD, inte {varde}.",
    "date_from_datetime_inexact": "{falt} ska vara ett datum utan klockslag, inte {varde}.",
    "datetime_parsing": "{falt} ska vara en tidpunkt enligt RFC 3339, inte {varde}.",
    "datetime_from_date_parsing": "{falt} ska vara en tidpunkt enligt RFC 3339, inte {varde}.",
    "datetime_type": "{falt} ska vara en tidpunkt enligt RFC 3339, inte {varde}.",
    "timezone_aware": "{falt} ska ha en tidszon, till exempel Z; {varde} saknar den.",
    "uuid_parsing": "{falt} ska vara ett UUID, inte {varde}.",
    "uuid_type": "{falt} ska vara ett UUID, inte {varde}.",
    "decimal_parsing": '{falt} ska vara ett decimaltal som text, till exempel "1953.00", inte {varde}.',
    "decimal_type": '{falt} ska vara ett decimaltal som text, till exempel "1953.00", inte {varde}.',
    "decimal_max_places": "{falt} får ha högst {decimal_places} decimaler; {varde} har fler.",
    "int_type": "{falt} ska vara ett heltal, inte {varde}.",
    "int_from_float": "{falt} ska vara ett heltal, inte {varde}.",
    "int_parsing": "{falt} ska vara ett heltal, inte {varde}.",
    "float_type": "{falt} ska vara ett tal, inte {varde}.",
    "float_parsing": "{falt} ska vara ett tal, inte {varde}.",
    "bool_type": "{falt} ska vara true eller false, inte {varde}.",
    "bool_parsing": "{falt} ska vara true eller false, inte {varde}.",
    "string_type": "{falt} ska vara text, inte {varde}.",
    "string_too_short": "{falt} får inte vara tomt.",
    "string_too_long": "{falt} får ha högst {max_length} tecken.",
    "string_pattern_mismatch": "{falt} ska vara {pattern}, inte {varde}.",
    "too_short": "{falt} ska ha minst {min_length} element.",
    "too_long": "{falt} ska ha högst {max_length} element.",
    "tuple_type": "{falt} ska vara en lista, inte {varde}.",
    "mapping_type": "{falt} ska vara ett objekt, inte {varde}.",
    "model_type": "{falt} ska vara ett objekt, inte {varde}.",
    "model_attributes_type": "{falt} ska vara ett objekt, inte {varde}.",
    "dict_type": "{falt} ska vara ett objekt, inte {varde}.",
    "greater_than_equal": "{falt} ska vara minst {ge}, inte {varde}.",
    "less_than_equal": "{falt} ska vara högst {le}, inte {varde}.",
    "greater_than": "{falt} ska vara större än {gt}, inte {varde}.",
    "finite_number": "{falt} ska vara ett ändligt tal, inte {varde}.",
}


@dataclass(frozen=True, slots=True)
class Faltfel:
    """One thing wrong with one field."""

    falt: str
    kod: str
    mening: str


class OgiltigHandelse(Exception):
    """The event cannot be read; says every fault it has."""

    def __init__(self, fel: Sequence[Faltfel]) -> None:
        """Keep the faults; the first is the message."""
        super().__init__(" ".join(f.mening for f in fel))
        self.fel = tuple(fel)


def ogiltig(falt: str, kod: str, mening: str) -> OgiltigHandelse:
    """Return the error of a single fault."""
    return OgiltigHandelse([Faltfel(falt, kod, mening)])


def faltfel_av(fel: Regelbrott | TidenGarBaklanges) -> Faltfel:
    """Return what a rule, or the order of registration, has against an event."""
    if isinstance(fel, Regelbrott):
        return Faltfel(fel.falt or HELHETEN, fel.kod, fel.mening)
    return Faltfel("registrerad", "tiden-gar-baklanges", str(fel))


def oversatt(fel: ValidationError, benamn: Callable[[str], str] = str, helheten: str = HELHETEN) -> OgiltigHandelse:
    """Return pydantic's findings as faults in Swedish.

    ``benamn`` gives the name that its sender knows a field by, and ``helheten`` is what the fields are of.
    """
    poster = fel.errors(include_url=False)
    return OgiltigHandelse([_oversatt(post, benamn, helheten) for post in poster if not _ar_foljdfel(post, poster)])


def _ar_foljdfel(post: Any, poster: Sequence[Any]) -> bool:
    """Return whether a list is only too short because pydantic left out elements that are themselves at fault."""
    plats = post["loc"]
    return post["type"] == "too_short" and any(
        len(annan["loc"]) > len(plats) and annan["loc"][: len(plats)] == plats for annan in poster
    )


def _oversatt(post: Any, benamn: Callable[[str], str], helheten: str) -> Faltfel:
    falt = benamn(".".join(map(str, post["loc"]))) if post["loc"] else helheten
    kod, sammanhang = post["type"], dict(post.get("ctx", {}))
    varde = visa(post["input"])
    if kod in ("value_error", "assertion_error"):
        regel = str(sammanhang.get("error", post["msg"]))
        # A rule about several fields names them itself, and the value it was given is the whole event.
        mening = f"{falt}: {regel} (angivet: {varde})." if post["loc"] else f"{regel}."
        return Faltfel(falt, "ogiltigt-varde", mening)
    if "expected" in sammanhang:
        sammanhang["expected"] = str(sammanhang["expected"]).replace(" or ", ", ").replace("'", "")
    for grans in ("ge", "le"):
        if grans in sammanhang:  # pydantic gives a decimal limit as Python would write it
            sammanhang[grans] = str(sammanhang[grans]).removeprefix("Decimal('").removesuffix("')")
    mall = _MENINGAR.get(kod, "{falt} har ett otillåtet värde: {varde}.")
    return Faltfel(falt, kod.replace("_", "-"), mall.format_map({**sammanhang, "falt": falt, "varde": varde}))


def visa(varde: Any) -> str:
    """Return a value as an error shows it: quoted if text, shortened if long, and never a whole structure."""
    if isinstance(varde, dict | list | tuple):
        return "ett objekt" if isinstance(varde, dict) else "en lista"
    text = f"”{varde}”" if isinstance(varde, str) else json.dumps(varde, default=str)
    return text if len(text) <= _LANGSTA_VARDE else text[: _LANGSTA_VARDE - 1] + "…"
