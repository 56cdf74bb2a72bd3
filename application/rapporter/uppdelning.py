"""One row per value of a dimension: for tables whose rows are the units, the months or whatever the facts have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from application.queries import Fraga, Fragor, Underlag, hamta_matt
from application.rapporter.celler import Cellram, med_val, tillatet
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


def en_rad_per_varde(  # noqa: PLR0913 - what the answering of a table has at hand
    fragor: Fragor,
    rad: Rad,
    kolumner: Sequence[Mattkolumn],
    ram: Cellram,
    underlag: Underlag,
    period: Callable[[Tid], Period],
) -> Iterator[Rad]:
    """Yield the row itself, or one for each value that its dimension has in any column, in order of the values."""
    if rad.per is None:
        yield rad
        return
    varden: set[str | None] = set()
    for namn in dict.fromkeys(m for k in kolumner if (m := rad.matt or k.matt)):
        perioder = tuple(sorted({period(k.tid) for k in kolumner if (rad.matt or k.matt) == namn}))
        matt = hamta_matt(namn)
        fraga = Fraga(
            matt, perioder[0], replace(ram.tidssnitt, galler_den=underlag.galler_den), gruppera=(rad.per,),
            urval={**tillatet(ram.urval, matt), **rad.urval.som_filter()}, regel=ram.regel,
            organisation_den=ram.organisation_den,
        )  # fmt: skip
        varden |= {varde for _, varde in fragor.per_del(med_val(fraga, rad.val), perioder, underlag)}
    for varde in sorted(varden, key=lambda v: (v is None, v or "")):
        namn = _etikett(rad.per, varde)
        yield rad.model_copy(update={
            "per": None,
            "etiketter": tuple(etikett.replace(_PLATS, namn) for etikett in rad.etiketter),
            "urval": Urval.model_validate({**rad.urval.som_filter(), rad.per: (varde,)}),
        })  # fmt: skip


def _etikett(dimension: str, varde: str | None) -> str:
    if varde is None:
        return _OKANT
    ordlista = _ORDLISTOR.get(dimension)
    return ordlista(varde).etikett if ordlista else varde
