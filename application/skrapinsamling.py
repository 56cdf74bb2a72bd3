"""Python's garbage collector, held still while many objects are made that all stay or all go by themselves."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def utan_skrapinsamling() -> Iterator[None]:
    """Turn the cyclic garbage collector off for a while.

    Bulk work makes events, entries and facts by the million, none in cycles: they go when they are no longer used.
    The collector would still walk through all that are kept, again and again: a third of the time of an import.
    """
    var_pa = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if var_pa:
            gc.enable()
