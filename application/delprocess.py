"""What can happen to work that several processes share."""

from __future__ import annotations

from application.fel import VantatFel


class DelprocessenForsvann(VantatFel):
    """A process that did a part of the work ended before it had answered."""

    def __init__(self, arbetets: str, kommando: str) -> None:
        """Say whose work and which command; nothing is lost, since what the work comes to takes effect as a whole."""
        super().__init__(
            f"En av {arbetets} processer avslutades i förtid, troligen för att minnet tog slut. Ingenting är ändrat. "
            f"Försök igen med en enda: liggare {kommando} --processer 1."
        )
