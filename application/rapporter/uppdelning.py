"""One row per value of a dimension: for tables whose rows are the units, the months or whatever the facts have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from application.queries import Fraga, Fragor, Underlag, hamta_matt
from application.rapporter.atgarder import Atgarder
from application.rapporter.celler import Cellram, i_ramen
from application.rapporter.modell import Mattkolumn, Tid
from application.rapporter.radmappning import Rad, Urval
from domain.begrepp import Avtalsform, Begrepp, Insatsform, Kon, Kontogrupp, Lagrum, Malgrupp, Regi
from domain.tid import Period

_ORDLISTOR: Mapping[str, type[Begrepp]] = MappingProxyType({
    "malgrupp": Malgrupp, "kon": Kon, "insatsform": Insatsform, "regi": Regi, "lagrum": Lagrum,
    "avtalsform": Avtalsform, "kontogrupp": Kontogrupp,
})  # fmt: skip
_OKANT = "Ej angivet"
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
        urval = rad.urval.som_filter()
        varden |= set(dimensionens_varden(fragor, namn, rad.per, urval, rad.val, ram, underlag, perioder))
    for varde in sorted(varden, key=lambda v: (v is None, v or "")):
        etikett = atgarder.namn(varde) if rad.per == "atgard" and varde else etikett_av(rad.per, varde)
        yield rad.model_copy(update={
            "per": None,
            "etiketter": tuple(text.replace(_PLATS, etikett) for text in rad.etiketter),
            "urval": Urval.model_validate({**rad.urval.som_filter(), rad.per: (varde,)}),
        })  # fmt: skip


def dimensionens_varden(
    fragor: Fragor,
    matt: str,
    dimension: str,
    urval: Mapping[str, tuple[str | None, ...]],
    val: Mapping[str, str],
    ram: Cellram,
    underlag: Underlag,
    perioder: tuple[Period, ...],
) -> list[str | None]:
    """Return the values that the facts of a measure have in a dimension, in order."""
    tidssnitt = replace(ram.tidssnitt, galler_den=underlag.galler_den)
    fraga = Fraga(hamta_matt(matt), perioder[0], tidssnitt, gruppera=(dimension,), urval=urval)
    svar = fragor.per_del(i_ramen(fraga, ram, val), perioder, underlag)
    return sorted({varde for _, varde in svar}, key=lambda v: (v is None, v or ""))


def etikett_av(dimension: str, varde: str | None) -> str:
    """Return what a person reads for a value of a dimension."""
    if varde is None:
        return _OKANT
    ordlista = _ORDLISTOR.get(dimension)
    return ordlista(varde).etikett if ordlista else varde
