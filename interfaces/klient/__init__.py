"""A client of the API: thin, typed, on the standard library alone, with retries done right."""

from interfaces.klient.fel import NaddesInte, Nekad
from interfaces.klient.klient import Klient
from interfaces.klient.svar import Kvitto, Sida

__all__ = ["Klient", "Kvitto", "NaddesInte", "Nekad", "Sida"]
