"""What tables print of goals, registers and figures from outside: recorded as it stands, never invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from application.syntet.dagar import dagnr
from application.syntet.fardig import Fardig
from application.syntet.radceller import Radcell, radceller
from application.syntet.tal import tal
from application.syntet.tider import Klocka
from application.syntet.uppdrag import Syntetuppdrag
from application.tryckt import Trycktabell
from domain.budgetperiod.begrepp import Malbedomning, Riktning

_RIKTNINGAR = {ord_.etikett.lower(): ord_ for ord_ in Riktning} | {"nivå": Riktning.NIVA, "minska": Riktning.MINSKA}
_BEDOMNINGAR = {ord_.etikett.lower(): ord_ for ord_ in Malbedomning}


def uppgifter(uppdrag: Syntetuppdrag, klocka: Klocka) -> Iterator[Fardig]:
    """Yield goals, judgements, register values and given figures of the tables whose rows ask for them."""
    register: dict[str, tuple[Trycktabell, list[dict[str, object]]]] = {}
    for cell in radceller(uppdrag, "registervarde", *_SORTER):
        if cell.matt == "registervarde":
            slag, rad = _registerrad(uppdrag, cell)
            register.setdefault(f"{cell.tryckt.namn} {slag}", (cell.tryckt, []))[1].append(rad | {"slag": slag})
        else:
            yield from _SORTER[cell.matt](uppdrag, klocka, cell)
    for tryckt, rader in register.values():
        datum = dagnr(date(uppdrag.ar, 6, 15))
        innehall = {
            "slag": rader[0]["slag"], "kallversion": tryckt.huvud.get("tabell", tryckt.namn),
            "rader": [{n: v for n, v in rad.items() if n != "slag"} for rad in rader],
        }  # fmt: skip
        yield Fardig(uppdrag.ar, klocka.klockslag(datum + 1, 11, 0), "register.inlast", datum, innehall)


def _mal_id(u: Syntetuppdrag, namn: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{u.kommun} {u.namnd} {u.ar} {u.fro} {namn}"))


def _malet(u: Syntetuppdrag, klocka: Klocka, namn: str, nr: int, **annat: object) -> Fardig:
    datum = dagnr(date(u.ar, 1, 2))
    innehall = {"malId": _mal_id(u, namn), "namn": namn, "riktning": Riktning.NIVA.value, **annat}
    return Fardig(u.ar, klocka.klockslag(datum + 1, 9, nr % 60), "mal.faststallt", datum, innehall)


def _registerrad(u: Syntetuppdrag, cell: Radcell) -> tuple[str, dict[str, object]]:
    """Return which register a cell is of, and its figure."""
    urval = cell.urval
    return str((urval.get("underslag") or ("annat",))[0]), {
        "omrade": (urval.get("enhet") or (u.kommun,))[0],
        "matt": (urval.get("verksamhet") or (cell.namn,))[0], "ar": cell.period.fran.year, "varde": str(cell.varde),
        **({"grupp": urval["utfall"][0]} if "utfall" in urval else {}),
    }  # fmt: skip


def _bedomning(u: Syntetuppdrag, klocka: Klocka, cell: Radcell) -> Iterator[Fardig]:
    """Yield a goal and how it is judged; where a report judges it twice, the later chapter's word."""
    namn = _ordet(cell, "underslag")
    ord_ = _BEDOMNINGAR.get(cell.text.lower())
    if ord_ is not None and cell.namn == list(cell.papper)[-1]:
        yield _malet(u, klocka, namn, cell.nr)
        datum = dagnr(u.slutdag)
        innehall = {"malId": _mal_id(u, namn), "galler": u.slutdag.isoformat(), "bedomning": ord_.value}
        yield Fardig(u.ar, klocka.klockslag(datum + 5, 9, cell.nr % 60), "mal.bedomt", datum, innehall)


def _malutfall(u: Syntetuppdrag, klocka: Klocka, cell: Radcell) -> Iterator[Fardig]:
    """Yield a goal whose indicator is forecast to end at a value."""
    namn, mal = _ordet(cell, "verksamhet"), f"malvarde_{u.ar}"
    malvarde = tal(cell.tryckt, cell.papper, mal) if mal in cell.papper else None
    yield _malet(u, klocka, namn, cell.nr, **({} if malvarde is None else {"malvarde": str(malvarde)}))
    datum = dagnr(u.slutdag)
    innehall = {
        "malId": _mal_id(u, namn), "galler": u.slutdag.isoformat(), "varde": str(cell.varde),
        "bedomning": Malbedomning.KAN_INTE_BEDOMAS.value,
    }  # fmt: skip
    yield Fardig(u.ar, klocka.klockslag(datum + 5, 10, cell.nr % 60), "mal.bedomt", datum, innehall)


def _malvarde(u: Syntetuppdrag, klocka: Klocka, cell: Radcell) -> Iterator[Fardig]:
    if not any(kalla.matt == "malutfall" for kalla in cell.rad.celler.values()):
        yield _malet(u, klocka, _ordet(cell, "verksamhet"), cell.nr, malvarde=str(cell.varde))


def _riktning(u: Syntetuppdrag, klocka: Klocka, cell: Radcell) -> Iterator[Fardig]:
    ord_ = _RIKTNINGAR.get(cell.text.lower())
    if ord_ is not None:
        yield _malet(u, klocka, _ordet(cell, "underslag"), cell.nr, riktning=ord_.value)


def _uppgift(_: Syntetuppdrag, klocka: Klocka, cell: Radcell) -> Iterator[Fardig]:
    """Yield a figure that the ledger cannot count."""
    fran, sista = cell.period.fran, cell.period.sista_dag
    innehall = {
        "namn": _ordet(cell, "underslag"), "fran": fran.isoformat(), "sistaDag": sista.isoformat(),
        "metod": "manuell", "mattenhet": cell.tryckt.huvud.get("enhet", "antal"), "varde": str(cell.varde),
    }  # fmt: skip
    datum = dagnr(sista)
    yield Fardig(fran.year, klocka.klockslag(datum + 3, 13, cell.nr % 60), "uppgift.lamnad", datum, innehall)


def _ordet(cell: Radcell, dimension: str) -> str:
    return str(cell.urval[dimension][0])


_SORTER: Mapping[str, Callable[[Syntetuppdrag, Klocka, Radcell], Iterator[Fardig]]] = MappingProxyType({
    "malbedomningar": _bedomning, "malutfall": _malutfall, "malvarde": _malvarde, "mal-faststallda": _riktning,
    "uppgift": _uppgift,
})  # fmt: skip
"""How the cells of a measure become events."""
