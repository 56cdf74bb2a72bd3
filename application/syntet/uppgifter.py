"""What tables print of goals, registers and figures from outside: recorded as it stands, never invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from application.rapporter.katalog import TABELLER
from application.rapporter.modell import HELAR, Malltext, Mattkolumn, Tabell, Tid
from application.rapporter.radmappning import Rad, Radmappning
from application.syntet.dagar import dagnr
from application.syntet.fardig import Fardig
from application.syntet.tal import tal
from application.syntet.tider import Klocka
from application.syntet.uppdrag import Syntetuppdrag
from application.tryckt import Trycktabell
from domain.budgetperiod.begrepp import Malbedomning, Riktning

_RIKTNINGAR = {ord_.etikett.lower(): ord_ for ord_ in Riktning} | {"nivå": Riktning.NIVA, "minska": Riktning.MINSKA}
_BEDOMNINGAR = {ord_.etikett.lower(): ord_ for ord_ in Malbedomning}


def uppgifter(uppdrag: Syntetuppdrag, klocka: Klocka) -> Iterator[Fardig]:
    """Yield goals, judgements, register values and given figures of the tables whose rows ask for them."""
    manad = min(uppdrag.slutdag, date(uppdrag.ar, 12, 31)).month
    for tryckt in uppdrag.tabeller:
        for tabell in TABELLER.values():
            mall = Malltext(uppdrag.ar, manad)
            synliga = {
                mall(k.nyckel) for k in tabell.kolumner if not getattr(k, "dold", False) and hasattr(k, "nyckel")
            }
            if {*tabell.etikettkolumner, *synliga} != set(tryckt.kolumner):
                continue
            egna = [m for m in uppdrag.mappningar.get(tabell.namn, ()) if m.kommun in ("*", uppdrag.kommun)]
            for mappning in egna[-1:]:
                yield from _tabellens(uppdrag, klocka, tryckt, tabell, mappning, mall)


def _tabellens(
    u: Syntetuppdrag, klocka: Klocka, tryckt: Trycktabell, tabell: Tabell, mappning: Radmappning, mall: Malltext
) -> Iterator[Fardig]:
    papper = {tuple(rad[n] for n in tabell.etikettkolumner): rad for rad in tryckt.rader}
    register: list[dict[str, object]] = []
    for nr, rad in enumerate(mappning.rader):
        celler = papper.get(rad.etiketter)
        if celler is None:
            continue
        for k in tabell.kolumner:
            nyckel = getattr(k, "nyckel", "")
            matt = rad.celler[nyckel].matt if nyckel in rad.celler else rad.matt or getattr(k, "matt", None)
            text = celler.get(mall(nyckel), "") if nyckel and not getattr(k, "dold", False) else ""
            if text and matt in _SORTER:
                yield from _SORTER[matt](u, klocka, (tryckt, rad, celler, k, mall(nyckel), nr), register)
    if register:
        slag = str(register[0].pop("slag"))
        for rad_ in register[1:]:
            rad_.pop("slag")
        datum = dagnr(date(u.ar, 6, 15))
        innehall = {"slag": slag, "kallversion": tryckt.huvud.get("tabell", tryckt.namn), "rader": register}
        yield Fardig(u.ar, klocka.klockslag(datum + 1, 11, 0), "register.inlast", datum, innehall)


_Cell = tuple[Trycktabell, Rad, dict[str, str], object, str, int]


def _urvalet(rad: Rad, k: object) -> dict[str, tuple[str | None, ...]]:
    nyckel = getattr(k, "nyckel", "")
    eget = rad.celler[nyckel].urval if nyckel in rad.celler else rad.urval
    return {**eget.som_filter(), **getattr(k, "urval", {})}


def _tid(k: object) -> Tid:
    return k.tid if isinstance(k, Mattkolumn) else HELAR


def _mal_id(u: Syntetuppdrag, namn: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{u.kommun} {u.namnd} {u.ar} {u.fro} {namn}"))


def _malet(u: Syntetuppdrag, klocka: Klocka, namn: str, nr: int, **annat: object) -> Fardig:
    datum = dagnr(date(u.ar, 1, 2))
    innehall = {"malId": _mal_id(u, namn), "namn": namn, "riktning": Riktning.NIVA.value, **annat}
    return Fardig(u.ar, klocka.klockslag(datum + 1, 9, nr % 60), "mal.faststallt", datum, innehall)


def _register(u: Syntetuppdrag, _: Klocka, cell: _Cell, register: list[dict[str, object]]) -> Iterator[Fardig]:
    tryckt, rad, celler, k, kolumn, _nr = cell
    urval = _urvalet(rad, k)
    ar = u.ar + _tid(k).ar + rad.ar
    register.append({
        "slag": (urval.get("underslag") or ("annat",))[0], "omrade": (urval.get("enhet") or (u.kommun,))[0],
        "matt": (urval.get("verksamhet") or (kolumn,))[0], "ar": ar, "varde": str(tal(tryckt, celler, kolumn)),
        **({"grupp": urval["utfall"][0]} if "utfall" in urval else {}),
    })  # fmt: skip
    yield from ()


def _bedomning(u: Syntetuppdrag, klocka: Klocka, cell: _Cell, _: list[dict[str, object]]) -> Iterator[Fardig]:
    """Yield a goal and how it is judged; where a report judges it twice, the later chapter's word."""
    _tryckt, rad, celler, k, kolumn, nr = cell
    namn = str(_urvalet(rad, k)["underslag"][0])
    ord_ = _BEDOMNINGAR.get(celler[kolumn].lower())
    if ord_ is not None and kolumn == list(celler)[-1]:
        yield _malet(u, klocka, namn, nr)
        datum = dagnr(u.slutdag)
        innehall = {"malId": _mal_id(u, namn), "galler": u.slutdag.isoformat(), "bedomning": ord_.value}
        yield Fardig(u.ar, klocka.klockslag(datum + 5, 9, nr % 60), "mal.bedomt", datum, innehall)


def _malutfall(u: Syntetuppdrag, klocka: Klocka, cell: _Cell, _: list[dict[str, object]]) -> Iterator[Fardig]:
    """Yield a goal whose indicator is forecast to end at a value."""
    tryckt, rad, celler, k, kolumn, nr = cell
    namn = str(_urvalet(rad, k)["verksamhet"][0])
    varde = tal(tryckt, celler, kolumn)
    malvarde = tal(tryckt, celler, f"malvarde_{u.ar}") if f"malvarde_{u.ar}" in celler else None
    yield _malet(u, klocka, namn, nr, **({} if malvarde is None else {"malvarde": str(malvarde)}))
    datum = dagnr(u.slutdag)
    innehall = {
        "malId": _mal_id(u, namn), "galler": u.slutdag.isoformat(), "varde": str(varde),
        "bedomning": Malbedomning.KAN_INTE_BEDOMAS.value,
    }  # fmt: skip
    yield Fardig(u.ar, klocka.klockslag(datum + 5, 10, nr % 60), "mal.bedomt", datum, innehall)


def _malvarde(u: Syntetuppdrag, klocka: Klocka, cell: _Cell, _: list[dict[str, object]]) -> Iterator[Fardig]:
    tryckt, rad, celler, k, kolumn, nr = cell
    if not any(kalla.matt == "malutfall" for kalla in rad.celler.values()):
        namn = str(_urvalet(rad, k)["verksamhet"][0])
        yield _malet(u, klocka, namn, nr, malvarde=str(tal(tryckt, celler, kolumn)))


def _riktning(u: Syntetuppdrag, klocka: Klocka, cell: _Cell, _: list[dict[str, object]]) -> Iterator[Fardig]:
    _tryckt, rad, celler, k, kolumn, nr = cell
    ord_ = _RIKTNINGAR.get(celler[kolumn].lower())
    if ord_ is not None:
        yield _malet(u, klocka, str(_urvalet(rad, k)["underslag"][0]), nr, riktning=ord_.value)


def _uppgift(u: Syntetuppdrag, klocka: Klocka, cell: _Cell, _: list[dict[str, object]]) -> Iterator[Fardig]:
    """Yield a figure that the ledger cannot count."""
    tryckt, rad, celler, k, kolumn, nr = cell
    period = _tid(k).period(u.ar, u.slutdag.month)
    fran, sista = period.fran, period.sista_dag
    varde = tal(tryckt, celler, kolumn) or Decimal(0)
    innehall = {
        "namn": str(_urvalet(rad, k)["underslag"][0]), "fran": fran.isoformat(), "sistaDag": sista.isoformat(),
        "metod": "manuell", "mattenhet": tryckt.huvud.get("enhet", "antal"), "varde": str(varde),
    }  # fmt: skip
    datum = dagnr(sista)
    yield Fardig(fran.year, klocka.klockslag(datum + 3, 13, nr % 60), "uppgift.lamnad", datum, innehall)


_SORTER = {
    "registervarde": _register, "malbedomningar": _bedomning, "malutfall": _malutfall, "malvarde": _malvarde,
    "mal-faststallda": _riktning, "uppgift": _uppgift,
}  # fmt: skip
"""How the cells of a measure become events."""
