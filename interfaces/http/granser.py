"""How much a page holds, and how long what is asked with may be."""

from __future__ import annotations

VANLIGT_ANTAL, HOGSTA_ANTAL = 20, 1000

LANGSTA_PARAMETER = 8000
"""Characters of the value of a parameter: two hundred ids with commas between them. The access log keeps it whole."""
