"""Every route there is, with what it reveals. A route that is not here does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from application.behorighet.ord import Rojer
from domain.begrepp import Samling
from domain.katalog import AGGREGAT
from interfaces.http import (
    atkomster,
    drift,
    fakta,
    flode,
    forklaringar,
    handelsetyper,
    inlamning,
    matt,
    openapi,
    prognoser,
    registrering,
    skyddad_resurs,
    strommar,
    tabeller,
)
from interfaces.http.adress import Adress


def _samlingens(samling: Samling) -> Iterable[Adress]:
    """Return the routes of a collection."""
    namn, rojer = samling.value, Rojer.PERSONUPPGIFT
    lista, strom, handelser = f"/v1/{namn}", f"/v1/{namn}/{{id}}", f"/v1/{namn}/{{id}}/handelser"
    yield Adress("GET", lista, f"lista-{namn}", rojer, strommar.LISTA, samling)
    yield Adress("GET", strom, f"las-{namn}", rojer, strommar.TILLSTAND, samling)
    yield Adress("GET", handelser, f"las-handelser-i-{namn}", rojer, strommar.HANDELSER, samling)
    registrera = registrering.registrera_i(samling)
    yield Adress("POST", handelser, f"registrera-i-{namn}", Rojer.SKRIVNING, registrera, samling)


ADRESSER: tuple[Adress, ...] = (
    Adress("GET", "/v1/openapi", "las-beskrivningen", Rojer.KATALOG, openapi.LAS),
    Adress("GET", "/v1/api-info", "las-om-granssnittet", Rojer.KATALOG, drift.API_INFO),
    Adress("GET", "/v1/metrics", "metrics", Rojer.DRIFT, drift.METRICS),
    Adress("GET", "/.well-known/oauth-protected-resource", "las-skyddad-resurs", Rojer.KATALOG, skyddad_resurs.LAS),
    Adress("GET", "/v1/livez", "livez", Rojer.DRIFT, drift.LIVEZ),
    Adress("GET", "/v1/readyz", "readyz", Rojer.DRIFT, drift.READYZ),
    Adress("GET", "/v1/handelsetyper", "lista-handelsetyper", Rojer.KATALOG, handelsetyper.LISTA),
    Adress("GET", "/v1/handelsetyper/{typ}", "las-handelseschema", Rojer.KATALOG, handelsetyper.SCHEMA),
    Adress("GET", "/v1/matt", "lista-matt", Rojer.KATALOG, matt.LISTA),
    Adress("GET", "/v1/matt/{namn}", "fraga-matt", Rojer.AGGREGAT, matt.FRAGA),
    Adress("GET", "/v1/matt/{namn}/fakta", "oppna-matt", Rojer.PERSONUPPGIFT, fakta.MATT),
    Adress("GET", "/v1/forklaringar/{namn}", "forklara-matt", Rojer.PERSONUPPGIFT, forklaringar.FORKLARA),
    Adress("GET", "/v1/tabeller", "lista-tabeller", Rojer.KATALOG, tabeller.LISTA),
    Adress("GET", "/v1/tabeller/{namn}", "las-tabell", Rojer.AGGREGAT, tabeller.FRAGA),
    Adress("GET", "/v1/tabeller/{namn}/fakta", "oppna-tabell", Rojer.PERSONUPPGIFT, fakta.TABELL),
    Adress("GET", "/v1/atkomster", "las-atkomster", Rojer.ATKOMSTLOGG, atkomster.LAS),
    Adress("GET", "/v1/prognoser", "gor-prognos", Rojer.MODELL, prognoser.PROGNOS),
    Adress("GET", "/v1/handelser", "folj-handelser", Rojer.PERSONUPPGIFT, flode.FLODE),
    Adress("POST", "/v1/handelser", "lamna-in-handelser", Rojer.SKRIVNING, inlamning.LAMNA_IN),
    *(adress for samling in AGGREGAT for adress in _samlingens(samling)),
)
