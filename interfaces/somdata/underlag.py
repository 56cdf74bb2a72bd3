"""The basis of an answer as data: with it anyone can ask again and get the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from application.fragetolkning import Franvaro
from application.queries import Regelversion, Underlag
from domain.tid import som_rfc3339


def tider_som_data(galler_den: date, kant_den: datetime, position: int) -> dict[str, Any]:
    """Return both times and the position for a program; instants in UTC."""
    return {"position": position, "gallerDen": galler_den.isoformat(), "kantDen": som_rfc3339(kant_den)}


def underlag_som_data(underlag: Underlag) -> dict[str, Any]:
    """Return the basis for a program; instants in UTC."""
    return {
        **tider_som_data(underlag.galler_den, underlag.kant_den, underlag.position),
        "vardygnsregel": underlag.regel.namn,
        "franvaro": (Franvaro.RAKNAS if underlag.regel.raknar_franvaro else Franvaro.RAKNAS_INTE).value,
        "organisationDen": underlag.organisation_den.isoformat() if underlag.organisation_den else None,
        "raknadeFakta": underlag.fakta,
        "regler": [regel_som_data(regel) for regel in underlag.regler],
    }


def regel_som_data(regel: Regelversion) -> dict[str, Any]:
    """Return a rule as it read on the day of the question, for a program."""
    return {
        "namn": regel.namn,
        "etikett": regel.etikett,
        "kalla": regel.kalla,
        "gallerFran": regel.galler_fran.isoformat() if regel.galler_fran else None,
    }
