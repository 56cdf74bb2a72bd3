"""Invented histories: a realistic, wholly invented event history whose volumes meet published tables.

For training, tests and load tests at any scale. No person, provider or case in it exists. What the tables print is met
exactly after rounding, care days known as of the report's decision day and later; everything else is plausible. What
cannot be met, and which of two tables that differ is followed, is said in the plan's notes. The same order (seed,
tables, options) gives the same bytes.

The way of a history: tables → figures (``krav``, ``tabeller``) → stays (``vard``) → cases (``arendebygge``) → events as
columns (``forlopp``, ``arendehandelser``, ``fardig``) → mistakes (``rattelser``) → lines (``utskrift``).

Care of those placed when the first year begins goes back to their first day, so the years before the first printed
one are not complete. A printed average is met as the average divided by the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from application.syntet.plan import Sammanfattning, Syntetplan
from application.syntet.uppdrag import Amne, SyntetGarInte, Syntetuppdrag

__all__ = ["Amne", "Sammanfattning", "SyntetGarInte", "Syntetplan", "Syntetuppdrag", "generera"]


def generera(uppdrag: Syntetuppdrag, framsteg: Callable[[int, int], None] | None = None) -> Iterator[bytes]:
    """Return the history of an order as JSON lines (UTF-8, each ending with a line feed), sorted by ``registrerad``.

    The history is worked out at once; the lines are made one by one as they are asked for.

    Args:
        uppdrag: what to invent.
        framsteg: is told (lines written, lines in all) now and then.

    Raises:
        SyntetGarInte: the tables cannot be read or met.
    """
    return Syntetplan(uppdrag).rader(framsteg)
