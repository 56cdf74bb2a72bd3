"""Measures over HTTP: the catalogue, and one question at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from fastapi import Request, Response

from application import enskilda
from application.fragetolkning import tolka_fraga
from application.mattkatalog import matt_som_data
from application.queries import Fraga, Svar, filterdimensioner_i_nagot_val, hamta_matt
from domain.matt.katalog import MATT
from domain.rojande import NOT
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Mattlista, Mattsvar, Mattunderlag
from interfaces.http.parametrar import DIMENSIONER, MATTFRAGA, las_parametrar
from interfaces.http.strommar import OFORANDRAT
from interfaces.http.svar import json_svar
from interfaces.http.tider import Tider, las_jamforelse, las_tider, svar_med_tider
from interfaces.somdata.matt import grupp_som_data, mattunderlag_som_data, tal_som_data

_UNDERLAGETS_ORDNING = tuple(dict.fromkeys(("position", "gallerDen", "kantDen", *Mattunderlag.model_fields)))
"""An address that lasts answers the same bytes for ever, so nothing in an answer changes places."""


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


def _skiljer_ut(request: Request) -> str | None:
    """Return the dimension that a question singles cases out by, before it is read further."""
    return enskilda.i_mattfragan(",".join(request.query_params.getlist("gruppera")), request.query_params)


@lru_cache(maxsize=512)
def _dimensioner(namn: str) -> tuple[str, ...]:
    """Return the dimensions that a measure may be filtered by; remembered, since they follow from its name."""
    return filterdimensioner_i_nagot_val(hamta_matt(namn))


def _jamforelse(svar: Svar, forr: Svar, da: Tider) -> dict[str, Any]:
    """Return the values of an earlier knowledge, and how each differs: what is not there counts as nothing."""
    matt, noll = svar.fraga.matt, Fraction(0)
    # What is left out at either time has no difference to show; that it is there at the other would be one.
    utelamnade = svar.utelamnade | forr.utelamnade
    helheten_dold = svar.helheten_dold or forr.helheten_dold
    return {
        "underlag": da.kunskapen(),
        "grupper": [
            {
                **grupp_som_data(forr, grupp),
                "skillnad": tal_som_data(svar.varden.get(grupp, noll) - forr.varden.get(grupp, noll), matt),
            }
            for grupp in dict.fromkeys((*svar.varden, *forr.varden))
            if svar.fraga.gruppera and grupp not in utelamnade
        ],
        "totalt": tal_som_data(forr.totalt, matt),
        "skillnad": None if helheten_dold else tal_som_data((svar.totalt or noll) - (forr.totalt or noll), matt),
    }


def _svarspost(svar: Svar) -> dict[str, Any]:
    fraga, matt = svar.fraga, svar.fraga.matt
    underlag = mattunderlag_som_data(svar) | {
        "fran": fraga.period.fran.isoformat(),
        "till": fraga.period.sista_dag.isoformat(),
        "definition": matt.definition,
        "kalla": matt.kalla,
    }
    return {
        "matt": matt.namn,
        "etikett": matt.etikett,
        "enhet": matt.enhet.namn,
        "underlag": {namn: underlag[namn] for namn in _UNDERLAGETS_ORDNING},
        "grupper": [grupp_som_data(svar, grupp) for grupp in svar.varden if fraga.gruppera],
        "totalt": tal_som_data(svar.totalt, matt),
        **_sekretess(svar),
        "jamforelse": None,
    }


def _sekretess(svar: Svar) -> dict[str, Any]:
    """Return what is not shown, under disclosure control: that groups are left out, not how many."""
    if not svar.skyddat:
        return {}
    return {"sekretess": {"helhetenDold": svar.helheten_dold, "grupperUtelamnade": bool(svar.utelamnade), "not": NOT}}


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
    "vid en tidigare position. Grupperat på eller begränsat till arende gäller svaret enskilda ärenden, och lämnas då "
    "bara till den som får läsa dem.",
    "Mått",
    {
        200: Svarsslag("Värdet, per grupp och totalt.", Mattsvar),
        304: OFORANDRAT,
    },
    parametrar=(*MATTFRAGA, *DIMENSIONER),
    skiljer_ut=_skiljer_ut,
)
