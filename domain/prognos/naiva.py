"""The simple rungs of the ladder: what a spreadsheet does. They are yardsticks, and sometimes they win.

Each sees only what was registered at the origin, and gives one number per row.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from domain.prognos.banor import Uppdrag
from domain.prognos.modell import Flodesmodell
from domain.prognos.underlag import Fonster, Raknat, kalender, rakna


def hittills(modell: Flodesmodell, uppdrag: Uppdrag) -> Raknat:
    """Return what is registered of the window at the origin."""
    u = modell.flode.ursprung
    return rakna(modell.kanda, uppdrag.fonster, u.dag + 1, modell.segment, uppdrag.rader)


def oforandrad_niva(modell: Flodesmodell, uppdrag: Uppdrag) -> Raknat:
    """Return what is registered, and those who are placed now staying out the window at today's prices."""
    hit, f, fonster = hittills(modell, uppdrag), modell.flode, uppdrag.fonster
    oppna = f.pagar
    nasta = min(max(f.ursprung.dag + 1, fonster.fran), fonster.till)
    rad = _rad(modell)[f.segment[oppna]]
    per_krona = kalender(*fonster).mellan(
        np.full(int(oppna.sum()), nasta), np.full(int(oppna.sum()), fonster.till), f.prissort[oppna]
    )
    dygn = np.bincount(rad, minlength=uppdrag.rader) * float(fonster.till - nasta)
    kostnad = np.bincount(rad, weights=per_krona * f.pris[oppna] / 100, minlength=uppdrag.rader)
    return Raknat(hit.dygn + dygn, hit.kostnad + kostnad)


def takt(modell: Flodesmodell, uppdrag: Uppdrag) -> Raknat:
    """Return the window at the pace of what has been registered of it."""
    hit, fonster = hittills(modell, uppdrag), uppdrag.fonster
    gatt = min(max(modell.flode.ursprung.dag + 1 - fonster.fran, 1), fonster.dagar)
    faktor = fonster.dagar / gatt
    return Raknat(hit.dygn * faktor, hit.kostnad * faktor)


def forra_arets_rest(modell: Flodesmodell, uppdrag: Uppdrag) -> Raknat:
    """Return what is registered, and for the rest what the same days came to a year ago."""
    hit, fonster, u = hittills(modell, uppdrag), uppdrag.fonster, modell.flode.ursprung
    nasta = min(max(u.dag + 1, fonster.fran), fonster.till)
    rest = Fonster(_ett_ar_tidigare(nasta), max(_ett_ar_tidigare(fonster.till), _ett_ar_tidigare(nasta)))
    i_fjol = rakna(modell.kanda, rest, rest.till, modell.segment, uppdrag.rader)
    return Raknat(hit.dygn + i_fjol.dygn, hit.kostnad + i_fjol.kostnad)


def _rad(modell: Flodesmodell) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([s.rad for s in modell.segment], dtype=np.int64)


def _ett_ar_tidigare(dag: int) -> int:
    d = date.fromordinal(dag)
    try:
        return d.replace(year=d.year - 1).toordinal()
    except ValueError:
        return date(d.year - 1, 3, 1).toordinal()
