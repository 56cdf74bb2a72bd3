"""Every route there is, with what it reveals. A route that is not here does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from application.behorighet.ord import Rojer
from domain.begrepp import Samling
from domain.katalog import AGGREGAT
from interfaces.http import atkomster, drift, handelsetyper, matt, openapi, skyddad_resurs, strommar
from interfaces.http.adress import Adress


def _samlingens(samling: Samling) -> Iterable[Adress]:
    """Return the routes of a collection."""
    bas = f"/v1/{samling.value}"
    strom, handelser = f"{bas}/{{id}}", f"{bas}/{{id}}/handelser"
    yield Adress("GET", strom, f"las-{samling.value}", Rojer.PERSONUPPGIFT, strommar.TILLSTAND, samling)
    yield Adress("GET", handelser, f"las-handelser-i-{samling.value}", Rojer.PERSONUPPGIFT, strommar.HANDELSER, samling)
    yield Adress("POST", handelser, f"registrera-i-{samling.value}", Rojer.SKRIVNING, strommar.REGISTRERA, samling)


ADRESSER: tuple[Adress, ...] = (
    Adress("GET", "/v1/openapi.json", "las-beskrivningen", Rojer.KATALOG, openapi.LAS),
    Adress("GET", "/.well-known/oauth-protected-resource", "las-skyddad-resurs", Rojer.KATALOG, skyddad_resurs.LAS),
    Adress("GET", "/v1/livez", "livez", Rojer.DRIFT, drift.LIVEZ),
    Adress("GET", "/v1/readyz", "readyz", Rojer.DRIFT, drift.READYZ),
    Adress("GET", "/v1/handelsetyper", "lista-handelsetyper", Rojer.KATALOG, handelsetyper.LISTA),
    Adress("GET", "/v1/handelsetyper/{typ}", "las-handelseschema", Rojer.KATALOG, handelsetyper.SCHEMA),
    Adress("GET", "/v1/matt", "lista-matt", Rojer.KATALOG, matt.LISTA),
    Adress("GET", "/v1/matt/{namn}", "fraga-matt", Rojer.AGGREGAT, matt.FRAGA),
    Adress("GET", "/v1/atkomster", "las-atkomster", Rojer.ATKOMSTLOGG, atkomster.LAS),
    *(adress for samling in AGGREGAT for adress in _samlingens(samling)),
)
