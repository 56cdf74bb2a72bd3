"""How much a page holds."""

from __future__ import annotations

VANLIGT_ANTAL, HOGSTA_ANTAL = 20, 1000
