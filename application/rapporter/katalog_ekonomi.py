"""Tables of money: budget, outcome, forecast, investments."""

from __future__ import annotations

from application.rapporter.modell import Tabell

TABELLER: tuple[Tabell, ...] = ()
