"""Settings of the server, from the environment: ``LIGGARE_`` and the name of the setting in capitals.

A name that is no setting is an error that names the closest one: a misspelt setting would otherwise be a setting that
silently does nothing.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from application.faltfel import oversatt
from domain.handelse import Kommunkod
from domain.textform import Textform

PREFIX = "LIGGARE_"

_ANDRAS = frozenset({"LIGGARE_FELPROTOKOLL"})
"""Names that belong to the tests, which start servers."""


class Loggniva(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class OgiltigInstallning(Exception):
    """A setting has a value that is not allowed, or a name that no setting has."""


_PublikAdress = Annotated[
    str,
    Textform(
        r"https://[^/?# ]+(/[a-z0-9.~-]+)*",
        "en adress som börjar med https://, bara har små bokstäver, siffror, punkt, streck och tilde i sin väg och "
        "slutar utan snedstreck, till exempel https://api.kommun.se/liggare",
    ),
]
_Utgivare = Annotated[str, Textform(r"https://[^ ]+", "en adress som börjar med https:// och är utan mellanslag")]
_Resurs = Annotated[
    str, Textform(r"https://[^?# ]+", "en adress som börjar med https:// och är utan mellanslag, ? och #")
]


class Installningar(BaseSettings):
    """How a server is run.

    Attributes:
        databas: a file or an address.
        nyckel: the key ring; beside the file by default.
        adress: what to listen on; ``port`` 0 lets the system choose.
        kommun: municipality code to fill in where an event has the field and lacks it.
        publik_adress: where the API is reached from outside, through a proxy that speaks TLS; without the version.
        utgivare: who issues tokens, as their ``iss`` says.
        resurs: this server as the issuer knows it; their ``aud``.
        nycklar: the issuer's public keys, a JWK set.
        utveckling: whether tokens of ``liggare token`` are accepted instead; anything else is production.
        avslut: seconds that requests have to finish in when the server is told to stop.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    databas: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = "liggare.db"
    nyckel: Path | None = None
    adress: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    kommun: Kommunkod | None = None
    publik_adress: _PublikAdress | None = None
    utgivare: _Utgivare | None = None
    resurs: _Resurs | None = None
    nycklar: Path | None = None
    utveckling: bool = False
    loggniva: Loggniva = Loggniva.INFO
    avslut: Annotated[int, Field(ge=0, le=600)] = 10


def las_installningar(**sagda: Any) -> Installningar:
    """Return the settings of the environment; what is said otherwise (and is not None) goes before.

    Raises:
        OgiltigInstallning: one is misspelt, or has a value that is not allowed.
    """
    kanda = set(map(_i_miljon, Installningar.model_fields))
    for namn in sorted(os.environ):
        if namn.startswith(PREFIX) and namn not in kanda | _ANDRAS:
            nara = get_close_matches(namn, sorted(kanda), 1, 0)[0]
            alla = ", ".join(sorted(kanda))
            raise OgiltigInstallning(f"{namn} är ingen inställning. Menade du {nara}? Inställningarna är {alla}.")
    try:
        return Installningar(**{namn: varde for namn, varde in sagda.items() if varde is not None})
    except ValidationError as fel:
        raise OgiltigInstallning(str(oversatt(fel, _i_miljon))) from None


def _i_miljon(namn: str) -> str:
    """Return what a setting is called in the environment."""
    return PREFIX + namn.upper()
