"""Measures over HTTP: the catalogue, and one question at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi import Response

from application.fragetolkning import SAKNAS, Franvaro, tolka_fraga
from application.mattkatalog import matt_som_data
from application.queries import Fraga, Svar, filterdimensioner_i_nagot_val, hamta_matt
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.pengar import avrunda
from domain.rojande import NOT
from domain.tid import som_rfc3339
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Mattlista, Mattsvar
from interfaces.http.parametrar import DIMENSIONER, MATTFRAGA, las_parametrar
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.svar import json_svar
from interfaces.http.tider import Tider, las_jamforelse, las_tider, svar_med_tider
from interfaces.somdata.underlag import regel_som_data


def lista(anrop: Anrop) -> Response:
    """List the measures."""
    las_parametrar(anrop.request, ())
    return json_svar({"matt": [matt_som_data(matt) for matt in MATT.values()]})


def fraga(anrop: Anrop) -> Response:
    """Answer a question to a measure."""
    p, tider, fragan = las_mattfraga(anrop, MATTFRAGA)
    da = las_jamforelse(anrop, p, tider)
    svar = anrop.tjanster.redovisning.matt(fragan)
    innehall = _svarspost(svar)
    if da is not None:
        forr = anrop.tjanster.redovisning.matt(replace(fragan, tidssnitt=da.snitt))
        innehall["jamforelse"] = _jamforelse(svar, forr, da)
    return svar_med_tider(anrop, tider, innehall)


def las_mattfraga(
    anrop: Anrop, tillatna: Iterable[str], ovriga: Iterable[str] = ()
) -> tuple[dict[str, str], Tider, Fraga]:
    """Return the parameters of a question to the measure that the path names, its times, and the question.

    Args:
        tillatna: the parameters of a question that are taken, dimensions not counted.
        ovriga: other parameters that are taken.

    Raises:
        Problem: a parameter is unknown.
        FraganGarInte: there is no such measure, or it cannot answer the question.
    """
    namn = anrop.request.path_params["namn"]
    dimensioner = _dimensioner(namn)
    p = las_parametrar(anrop.request, (*tillatna, *ovriga, *dimensioner))
    tider = las_tider(anrop, p)
    fragan = tolka_fraga(
        namn,
        nu=anrop.tjanster.klocka(),
        fran=p.get("fran"),
        till=p.get("till"),
        galler_den=tider.snitt.galler_den.isoformat(),
        gruppera=p.get("gruppera"),
        urval={d: p[d] for d in dimensioner if d in p},
        vardygnsregel=p.get("vardygnsregel"),
        franvaro=p.get("franvaro"),
        vagning=p.get("vagning"),
        period_efter=p.get("periodEfter"),
        organisation_den=p.get("organisationDen"),
        variant=p.get("variant"),
    )
    return p, tider, replace(fragan, tidssnitt=tider.snitt)


@lru_cache(maxsize=512)
def _dimensioner(namn: str) -> tuple[str, ...]:
    """Return the dimensions that a measure may be filtered by; remembered, since they follow from its name."""
    return filterdimensioner_i_nagot_val(hamta_matt(namn))


def _jamforelse(svar: Svar, forr: Svar, da: Tider) -> dict[str, Any]:
    """Return the values of an earlier knowledge, and how each differs: what is not there counts as nothing."""
    matt, grupper = svar.fraga.matt, svar.fraga.gruppera
    noll = Fraction(0)
    # What is hidden at either time has no difference to show.
    dolda = {*svar.dolda, *forr.dolda}
    helheten_dold = svar.helheten_dold or forr.helheten_dold
    return {
        "underlag": da.kunskapen(),
        "grupper": [
            {
                **dict(zip(grupper, map(_dimensionsvarde, grupp), strict=True)),
                "varde": _tal(forr.varden[grupp], matt) if grupp in forr.varden else None,
                "skillnad": None
                if grupp in dolda
                else _tal(svar.varden.get(grupp, noll) - forr.varden.get(grupp, noll), matt),
            }
            for grupp in dict.fromkeys((*svar.grupper, *forr.grupper))
            if grupper
        ],
        "totalt": None if forr.totalt is None else _tal(forr.totalt, matt),
        "skillnad": None if helheten_dold else _tal((svar.totalt or noll) - (forr.totalt or noll), matt),
    }


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
            "regler": [regel_som_data(regel) for regel in underlag.regler],
            "definition": matt.definition,
            "kalla": matt.kalla,
        },
        "grupper": [
            {
                **dict(zip(fraga.gruppera, map(_dimensionsvarde, grupp), strict=True)),
                "varde": _tal(svar.varden[grupp], matt) if grupp in svar.varden else None,
                **({"dold": True} if grupp in svar.dolda else {}),
            }
            for grupp in svar.grupper
            if fraga.gruppera
        ],
        "totalt": None if svar.totalt is None else _tal(svar.totalt, matt),
        **({"sekretess": {"helhetenDold": svar.helheten_dold, "not": NOT}} if svar.skyddat else {}),
        "jamforelse": None,
    }


def _dimensionsvarde(varde: Any) -> Any:
    return str(varde) if isinstance(varde, UUID) else varde


def _tal(varde: Fraction, matt: Matt) -> str:
    """Return a value with the measure's decimals, as text: a JSON number may be read as a binary float."""
    return f"{avrunda(varde, matt.enhet.decimaler):f}"


LISTA = Operation(
    lista,
    "Lista måtten",
    "Alla mått med enhet, definition, källa och dimensioner.",
    "Mått",
    {200: Svarsslag("Måtten.", Mattlista)},
)
FRAGA = Operation(
    fraga,
    "Fråga ett mått",
    "Måttets värde för en period, som det gällde en dag och enligt vad som var känt vid en tidpunkt. Underlaget räcker "
    "för att ställa samma fråga igen och få samma svar. Med jamfor sägs också vad måttet var enligt vad som var känt "
    "vid en tidigare position.",
    "Mått",
    {
        200: Svarsslag("Värdet, per grupp och totalt.", Mattsvar),
        304: OFORANDRAT,
    },
    parametrar=(*MATTFRAGA, *DIMENSIONER),
)
