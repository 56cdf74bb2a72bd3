"""How whoever does something that takes time tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable

Framsteg = Callable[[int, int], None]
"""Is told how many are done and how many there are: events or secrets."""

Skede = Callable[[str], None]
"""Is told what is being done now, in Swedish."""
