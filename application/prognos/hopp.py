"""The change since the last adopted forecast, in parts, for the rows of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from application.prognos.arbete import Arbete
from domain.begrepp import Prognosslag
from domain.prognos.banor import Uppdrag
from domain.prognos.bokfort import Beloppsrader, Beloppsslag
from domain.prognos.hopp import Hopp, Lage, dela_hopp, lage
from domain.prognos.simulering import simulera
from domain.prognos.underlag import F64, Ursprung, borjade_efter, rakna

_VAGAR = 500


@dataclass(frozen=True)
class AntagenPrognos:
    """A forecast that the board adopted: the occasion, the day it speaks of, the event's position, kronor per row."""

    vid: Prognosslag | None
    dag: date
    position: int
    per_rad: tuple[float, ...]


@dataclass(frozen=True)
class Hoppsvar:
    """The change since an adopted forecast, per row."""

    antagen: AntagenPrognos
    hopp: Hopp


def antagna(belopp: Beloppsrader, ursprung: Ursprung, arbete: Arbete) -> list[AntagenPrognos]:
    """Return the forecasts of the year that the board had adopted, as known at an origin, oldest first."""
    alla = belopp.kanda(Beloppsslag.PROGNOS, ursprung.dag, ursprung.position)
    alla = alla.valda((alla.manad >= arbete.fonster.fran) & (alla.manad < arbete.fonster.till))
    svar = []
    for ordning in np.unique(alla.ordning):
        egna = alla.valda(alla.ordning == ordning)
        vid = int(egna.vid[0])
        svar.append(AntagenPrognos(
            None if vid < 0 else tuple(Prognosslag)[vid], date.fromordinal(int(egna.dag[0])),
            int(egna.position[0]), tuple(egna.per_rad(arbete.antal).tolist()),
        ))  # fmt: skip
    return svar


def hoppet(
    arbete: Arbete, prognos: F64, uppdrag: Uppdrag, ursprung_fore: Callable[[int, int], Ursprung]
) -> Hoppsvar | None:
    """Return why a forecast (expected kronor per row) differs from the last adopted; None where there is none.

    Args:
        arbete: the origin that it was made at.
        prognos: the forecast.
        uppdrag: what it was made with.
        ursprung_fore: gives the origin of a day as known just before a position.
    """
    nu = arbete.ursprung
    alla = [a for a in antagna(arbete.fakta.belopp, nu, arbete) if a.dag.toordinal() < nu.dag]
    if not alla:
        return None
    sista = alla[-1]
    fore = ursprung_fore(sista.position, sista.dag.toordinal())
    uppdrag = uppdrag._replace(vagar=min(_VAGAR, uppdrag.vagar), nya_efter=fore.dag)
    da, da_som_kant_nu, nu_lage = (
        _lage(vid, uppdrag)
        for vid in (
            Arbete(arbete.fakta, fore, arbete.fonster),
            Arbete(arbete.fakta, Ursprung(fore.dag, nu.kand, nu.position), arbete.fonster),
            arbete,
        )
    )
    return Hoppsvar(sista, dela_hopp(np.array(sista.per_rad), da, da_som_kant_nu, nu_lage, prognos))


def _lage(arbete: Arbete, uppdrag: Uppdrag) -> Lage:
    fakta, u = arbete.fakta, arbete.ursprung
    banor = simulera(arbete.modell, uppdrag)
    nya = borjade_efter(arbete.modell.kanda, u, uppdrag.nya_efter)
    registrerade = rakna(nya, arbete.fonster, u.dag + 1, fakta.historia.segment, arbete.antal)
    return lage(banor, registrerade, arbete.med_bokforing(banor, uppdrag).kostnad.mean(axis=1))
