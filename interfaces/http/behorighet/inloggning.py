"""How sign-in is set up, and the guard that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from application.behorighet.enheter import Enhetsbok
from interfaces.bootstrap import Tjanster
from interfaces.http.behorighet.nycklar import Nyckelfil
from interfaces.http.behorighet.token import Tokenlasare
from interfaces.http.behorighet.utgivare import RESURS, UTGIVARE
from interfaces.http.behorighet.vakt import Tokenvakt


@dataclass(frozen=True, slots=True)
class Inloggning:
    """Whose tokens are accepted.

    Attributes:
        utgivare: who issues them, as their ``iss`` says.
        resurs: the address of this server as the issuer knows it; their ``aud``.
        nyckelfil: the issuer's public keys.
    """

    utgivare: str
    resurs: str
    nyckelfil: Nyckelfil

    @classmethod
    def hos(cls, utgivare: str, resurs: str, nycklar: Path) -> Inloggning:
        """Return the set-up of an issuer, with the JWK set in a file.

        Raises:
            NycklarnaGarInte: the keys cannot be used; the server does not start.
        """
        return cls(utgivare, resurs, Nyckelfil(nycklar))

    @classmethod
    def for_utveckling(cls, nycklar: Path) -> Inloggning:
        """Return the set-up of the development issuer; it alone is not production.

        Raises:
            NycklarnaGarInte: the keys cannot be used.
        """
        return cls(UTGIVARE, RESURS, Nyckelfil(nycklar, utveckling=True))

    def vakt(self, tjanster: Tjanster) -> Tokenvakt:
        """Return the guard of a ledger."""
        lasare = Tokenlasare(self.utgivare, self.resurs, self.nyckelfil, tjanster.klocka)
        return Tokenvakt(lasare, Enhetsbok(tjanster.huvudbok), tjanster.atkomstlogg)
