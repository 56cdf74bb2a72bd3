"""One row per value of a dimension: for tables whose rows are the units, the months or whatever the facts have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from application.dimensionsord import etikett_av
from application.queries import Fraga, Fragor, Underlag, hamta_matt
from application.rapporter.atgarder import Atgarder
from application.rapporter.celler import Cellram, atskilda, i_ramen
from application.rapporter.modell import Mattkolumn, Tid
from application.rapporter.radmappning import Rad, Urval
from domain.matt.modell import Urval as Filter
from domain.tid import Period

_PLATS = "*"


def en_rad_per_varde(
    fragor: Fragor,
    rad: Rad,
    kolumner: Sequence[Mattkolumn],
    ram: Cellram,
    underlag: Underlag,
    period: Callable[[Tid], Period],
    atgarder: Atgarder,
) -> Iterator[Rad]:
    """Yield the row itself, or one for each value that its dimension has in any column, in order of the values.

    An åtgärd that is decided on in the year is a row even before any effect of it is known.
    """
    if rad.per is None:
        yield rad
        return
    varden: set[str | None] = set(atgarder.beslutade()) if rad.per == "atgard" else set()
    for namn in dict.fromkeys(m for k in kolumner if (m := rad.matt or k.matt)):
        perioder = tuple(sorted({period(k.tid) for k in kolumner if (rad.matt or k.matt) == namn}))
        amne = Amne(namn, rad.per, rad.val, perioder)
        varden |= set(radernas_varden(fragor, amne, {0: rad.urval.som_filter()}, ram, underlag)[0])
    for varde in sorted(varden, key=lambda v: (v is None, v or "")):
        etikett = atgarder.namn(varde) if rad.per == "atgard" and varde else etikett_av(rad.per, varde)
        yield rad.model_copy(update={
            "per": None,
            "etiketter": tuple(text.replace(_PLATS, etikett) for text in rad.etiketter),
            "urval": Urval.model_validate({**rad.urval.som_filter(), rad.per: (varde,)}),
        })  # fmt: skip


class Amne(NamedTuple):
    """Of which facts it is asked what values they have in a dimension: those a measure counts in some periods."""

    matt: str
    dimension: str
    val: Mapping[str, str]
    perioder: tuple[Period, ...]


def radernas_varden(
    fragor: Fragor, amne: Amne, urval: Mapping[int, Filter], ram: Cellram, underlag: Underlag
) -> dict[int, list[str | None]]:
    """Return the values that the facts of each row have in a dimension, in order.

    Rows that no fact fits two of are asked together.
    """
    tidssnitt = replace(ram.tidssnitt, galler_den=underlag.galler_den)
    varden: dict[int, list[str | None]] = {}
    for rader in atskilda(urval):
        valda = tuple(urval[nr] for nr in rader)
        fraga = Fraga(hamta_matt(amne.matt), amne.perioder[0], tidssnitt, gruppera=(amne.dimension,), rader=valda)
        svar = fragor.per_del(i_ramen(fraga, ram, amne.val), amne.perioder, underlag)
        for plats, nr in enumerate(rader):
            egna = {varde for _, rad, varde in svar if rad == plats}
            varden[nr] = sorted(egna, key=lambda v: (v is None, v or ""))
    return varden
