"""The report tables: every one a declaration."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from application.rapporter import katalog_atgarder, katalog_ekonomi, katalog_kvalitet, katalog_vard
from application.rapporter.modell import Tabell

EXTERNA_INSATSER = katalog_vard.EXTERNA_INSATSER

TABELLER: Mapping[str, Tabell] = MappingProxyType(
    {
        tabell.namn: tabell
        for katalog in (katalog_vard, katalog_ekonomi, katalog_kvalitet, katalog_atgarder)
        for tabell in katalog.TABELLER
    }
)
"""Every table by name."""
