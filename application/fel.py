"""What may be expected to go wrong, and is told to whoever asked as it reads."""

from __future__ import annotations


class VantatFel(Exception):
    """Something that goes wrong though the program is right; its text is a whole Swedish sentence.

    Whoever shows errors to a person knows them by this class, and need not import every module that has one.
    """
