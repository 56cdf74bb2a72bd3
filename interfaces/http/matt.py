"""Measures over HTTP: the catalogue, and one question at a time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, Path, Request, Response

from application.fragetolkning import SAKNAS, Franvaro, tolka_fraga
from application.mattkatalog import matt_som_data
from application.queries import Regelversion, Svar, filterdimensioner_i_nagot_val, hamta_matt
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.pengar import avrunda
from domain.tid import som_rfc3339
from interfaces.bootstrap import Tjanster
from interfaces.http.modeller import Mattlista, Mattsvar
from interfaces.http.parametrar import DIMENSIONER, MATTFRAGA, beskrivna, las_parametrar
from interfaces.http.svar import ar_forflutet, json_svar, lasbart_svar


@dataclass(frozen=True)
class Mattadresser:
    """The endpoints on measures."""

    tjanster: Tjanster

    def lagg_till(self, app: FastAPI) -> None:
        """Add the routes to an application."""
        app.add_api_route(
            "/v1/matt",
            self.lista,
            methods=["GET"],
            response_model=Mattlista,
            summary="Lista måtten",
            description="Alla mått med enhet, definition, källa och dimensioner.",
            response_description="Måtten.",
            tags=["Mått"],
        )
        app.add_api_route(
            "/v1/matt/{namn}",
            self.fraga,
            methods=["GET"],
            response_model=Mattsvar,
            summary="Fråga ett mått",
            description="Måttets värde för en period, som det gällde en dag och enligt vad som var känt vid en "
            "tidpunkt. Underlaget räcker för att ställa samma fråga igen och få samma svar. När kantDen ligger i det "
            "förflutna har svaret en ETag och If-None-Match ger 304.",
            response_description="Värdet, per grupp och totalt.",
            responses={304: {"description": "Svaret är detsamma som klienten redan har."}},
            openapi_extra=beskrivna((*MATTFRAGA, *DIMENSIONER)),
            tags=["Mått"],
        )

    def lista(self, request: Request) -> Response:
        """List the measures."""
        las_parametrar(request, ())
        return json_svar({"matt": [matt_som_data(matt) for matt in MATT.values()]})

    def fraga(self, request: Request, namn: Annotated[str, Path(description="Måttets namn; se /v1/matt.")]) -> Response:
        """Answer a question to a measure."""
        dimensioner = filterdimensioner_i_nagot_val(hamta_matt(namn))
        p = las_parametrar(request, (*MATTFRAGA, *dimensioner))
        nu = self.tjanster.klocka()
        fraga = tolka_fraga(
            namn,
            nu=nu,
            fran=p.get("fran"),
            till=p.get("till"),
            galler_den=p.get("gallerDen"),
            kant_den=p.get("kantDen"),
            gruppera=p.get("gruppera"),
            urval={d: p[d] for d in dimensioner if d in p},
            vardygnsregel=p.get("vardygnsregel"),
            franvaro=p.get("franvaro"),
            vagning=p.get("vagning"),
            period_efter=p.get("periodEfter"),
            organisation_den=p.get("organisationDen"),
            variant=p.get("variant"),
        )
        svar = self.tjanster.redovisning.matt(fraga)
        return lasbart_svar(request, _svarspost(svar), fast=ar_forflutet(fraga.tidssnitt.kant_den, nu))


def _svarspost(svar: Svar) -> dict[str, Any]:
    fraga, underlag, matt = svar.fraga, svar.underlag, svar.fraga.matt
    return {
        "matt": matt.namn,
        "etikett": matt.etikett,
        "enhet": matt.enhet.namn,
        "underlag": {
            "position": underlag.position,
            "gallerDen": underlag.galler_den.isoformat(),
            "kantDen": som_rfc3339(underlag.kant_den),
            "fran": fraga.period.fran.isoformat(),
            "till": fraga.period.sista_dag.isoformat(),
            "vardygnsregel": underlag.regel.namn,
            "franvaro": (Franvaro.RAKNAS if underlag.regel.raknar_franvaro else Franvaro.RAKNAS_INTE).value,
            "vagning": fraga.vagning.value,
            "periodEfter": fraga.period_efter.value,
            "varianter": fraga.gjorda_val,
            "organisationDen": underlag.organisation_den.isoformat() if underlag.organisation_den else None,
            "urval": {namn: [SAKNAS if v is None else str(v) for v in varden] for namn, varden in fraga.urval.items()},
            "raknadeFakta": underlag.fakta,
            "regler": [_regel(regel) for regel in underlag.regler],
            "definition": matt.definition,
            "kalla": matt.kalla,
        },
        "grupper": [
            {**dict(zip(fraga.gruppera, map(_dimensionsvarde, grupp), strict=True)), "varde": _tal(varde, matt)}
            for grupp, varde in svar.varden.items()
            if fraga.gruppera
        ],
        "totalt": None if svar.totalt is None else _tal(svar.totalt, matt),
    }


def _regel(regel: Regelversion) -> dict[str, str | None]:
    fran = regel.galler_fran.isoformat() if regel.galler_fran else None
    return {"namn": regel.namn, "etikett": regel.etikett, "kalla": regel.kalla, "gallerFran": fran}


def _dimensionsvarde(varde: Any) -> Any:
    return str(varde) if isinstance(varde, UUID) else varde


def _tal(varde: Fraction, matt: Matt) -> str:
    """Return a value with the measure's decimals, as text: a JSON number may be read as a binary float."""
    return f"{avrunda(varde, matt.enhet.decimaler):f}"
