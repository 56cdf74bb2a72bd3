"""Streams over HTTP: which there are, what was in force in one, and everything that was recorded in it."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from application.envelope import Kuvert
from application.ports import Handelsehuvud
from application.queries import FraganGarInte
from application.strombild import gallande_den, handelseobjekt, las_kanda
from domain.historik import rattade
from domain.tid import som_rfc3339
from interfaces.http.adress import Anrop, Operation, Svarsslag
from interfaces.http.modeller import Handelselista, Stromlista, Tillstand
from interfaces.http.parametrar import las_parametrar
from interfaces.http.problem import Problem
from interfaces.http.sidor import SIDA, lankar, las_sida
from interfaces.http.tider import KUNSKAP, TIDER, Tider, las_jamforelse, las_tider, svar_med_tider

OFORANDRAT = Svarsslag("Svaret är detsamma som klienten redan har (If-None-Match).")


def lista(anrop: Anrop) -> Response:
    """List the streams of a collection that had begun, in the order they began."""
    parametrar = las_parametrar(anrop.request, LISTA.parametrar)
    tider, sida = las_tider(anrop, parametrar), las_sida(parametrar)
    huvuden = anrop.tjanster.huvudbok.begynnelser(anrop.samling, sida.efter, tider.position, sida.antal + 1)
    nasta = huvuden[sida.antal - 1].position if len(huvuden) > sida.antal else None
    innehall = {
        "samling": anrop.samling.value,
        "underlag": tider.kunskapen(),
        "strommar": [_strompost(anrop, huvud) for huvud in huvuden[: sida.antal]],
        "lankar": lankar(anrop, tider, nasta),
    }
    return svar_med_tider(anrop, tider, innehall)


def _strompost(anrop: Anrop, huvud: Handelsehuvud) -> dict[str, Any]:
    return {
        "id": str(huvud.strom),
        "adress": anrop.rum.utifran(f"/v1/{huvud.samling}/{huvud.strom}"),
        "typ": huvud.typ,
        "registrerad": som_rfc3339(huvud.registrerad),
        "position": huvud.position,
    }


def handelser(anrop: Anrop) -> Response:
    """Read the entries of a stream that were known."""
    parametrar = las_parametrar(anrop.request, HANDELSER.parametrar)
    tider, sida = las_tider(anrop, parametrar), las_sida(parametrar)
    kuvert = _las(anrop, tider)
    rattelser = rattade([ett.notering() for ett in kuvert])
    denna = kuvert[sida.efter : sida.efter + sida.antal]
    nasta = sida.efter + sida.antal if len(kuvert) > sida.efter + sida.antal else None
    innehall = {
        "samling": anrop.samling.value,
        "id": str(anrop.strommen),
        "version": len(kuvert),
        "underlag": tider.kunskapen(),
        "handelser": [handelseobjekt(ett, rattelser) for ett in denna],
        "lankar": lankar(anrop, tider, nasta),
    }
    return svar_med_tider(anrop, tider, innehall, len(kuvert))


def tillstand(anrop: Anrop) -> Response:
    """Read the effective events of a stream as of a day and a moment of knowledge."""
    parametrar = las_parametrar(anrop.request, TILLSTAND.parametrar)
    tider = las_tider(anrop, parametrar)
    da = las_jamforelse(anrop, parametrar, tider)
    kuvert = _las(anrop, tider)
    galler = gallande_den(kuvert, tider.snitt.galler_den)
    innehall = {
        "samling": anrop.samling.value,
        "id": str(anrop.strommen),
        "version": len(kuvert),
        "underlag": tider.underlag(),
        "handelser": [handelseobjekt(ett, {}) for ett in galler],
        "jamforelse": None if da is None else _jamforelse(kuvert, galler, da),
    }
    return svar_med_tider(anrop, tider, innehall, len(kuvert))


def _jamforelse(kuvert: list[Kuvert], galler: list[Kuvert], da: Tider) -> dict[str, Any]:
    """Return what holds now and did not by an earlier knowledge, and what did and no longer does."""
    tidigare = gallande_den([ett for ett in kuvert if ett.position <= da.position], da.snitt.galler_den)
    positioner = ({ett.position for ett in tidigare}, {ett.position for ett in galler})
    return {
        "underlag": da.kunskapen(),
        "tillkomna": [handelseobjekt(ett, {}) for ett in galler if ett.position not in positioner[0]],
        "borttagna": [handelseobjekt(ett, {}) for ett in tidigare if ett.position not in positioner[1]],
    }


def _las(anrop: Anrop, tider: Tider) -> list[Kuvert]:
    """Return the entries of a stream up to a position.

    Raises:
        Problem: nothing of the stream was known then.
    """
    try:
        return las_kanda(anrop.tjanster.huvudbok, anrop.samling, anrop.strommen, tider.position)
    except FraganGarInte as fel:
        raise Problem(404, "okand-strom", str(fel)) from None


LISTA = Operation(
    lista,
    "Lista strömmarna",
    "Strömmarna i samlingen i den ordning de började, med den händelse som började var och en. offset är en position i "
    "liggaren; nästa sida står i lankar och avser samma position.",
    "Strömmar",
    {200: Svarsslag("En sida av strömmarna.", Stromlista), 304: OFORANDRAT},
    parametrar=(*SIDA, *KUNSKAP),
)
HANDELSER = Operation(
    handelser,
    "Läs en ströms händelser",
    "Alla händelser som var kända, i registreringsordning, även de rättade. rattad säger om händelsen var rättad "
    "enligt vad som var känt. offset är en plats i strömmen.",
    "Strömmar",
    {200: Svarsslag("En sida av händelserna.", Handelselista), 304: OFORANDRAT},
    parametrar=(*SIDA, *KUNSKAP),
)
TILLSTAND = Operation(
    tillstand,
    "Läs vad som gällde i en ström",
    "De gällande händelserna till och med gallerDen, enligt vad som var känt, i den ordning de fick verkan. Rättade "
    "och makulerade händelser är borta. Med jamfor sägs också vad som skiljer från vad som var känt vid en tidigare "
    "position.",
    "Strömmar",
    {200: Svarsslag("De gällande händelserna.", Tillstand), 304: OFORANDRAT},
    parametrar=(*TIDER, "jamfor"),
)
