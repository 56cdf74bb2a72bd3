"""What the printed tables demand of a history, table by table read into figures, with notes on what was not met.

Where two tables print the same figure differently, the table whose kind stands first in ``TABELLSLAG`` is followed,
and the note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from application.syntet.matt import KVINNOORD, MANSORD, Matt, Vardord, matt_av, vard_av
from application.syntet.tabellslag import TABELLSLAG, Lasning, Tabellslag, slag_av
from application.syntet.tal import antal, kolumnens_tid, manad_av, tal
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from application.tryckt import Trycktabell
from domain.begrepp import Kon
from domain.tid import Period, kalenderar

_PARET = re.compile(r"(\d+) till (\d+)\s*=")
_KO = re.compile(r"^(?P<familj>familjer|\w+) i kö$")
_ALDST = 120  # stands for no upper limit
_ALDRAR = re.compile(r"^(\d+)-(\d*)")


@dataclass(frozen=True)
class Tal:
    """One printed figure: what it is, whose or which (part of) label, about which days, and in which table."""

    matt: Matt
    etikett: str
    del_: str
    period: Period
    varde: Decimal
    tabell: str

    @property
    def kon(self) -> Kon | None:
        """The sex it is about, if it is about one."""
        ord_ = self.del_.removeprefix("andel ")
        return Kon.KVINNA if ord_ in KVINNOORD else Kon.MAN if ord_ in MANSORD else None


@dataclass(frozen=True)
class Boende:
    """A unit's printed occupancy: month number -> share of places."""

    namn: str
    manader: dict[int, Decimal]


@dataclass(frozen=True)
class Avtalsrad:
    """Stays begun in a form: how many under framework agreements and how many bought directly."""

    etikett: str
    vard: Vardord
    inom: int
    direkt: int


@dataclass(frozen=True)
class Uppfoljning:
    """Follow-ups of one contract: how many, how thorough, the names printed, and area -> (mean grade, share 4–5)."""

    avtal: str
    vard: Vardord
    antal: int
    begransad: bool
    namn: tuple[str, ...] = ()
    betyg: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Atgardsrad:
    """An åtgärd: its name and its budgeted and forecast effect in kronor."""

    namn: str
    budgeterad: Decimal
    prognos: Decimal


@dataclass(frozen=True)
class Koplats:
    """A queue as printed: whose, how many, and whether families are counted."""

    enhet: str
    antal: int
    familj: bool


@dataclass
class Krav:
    """All that the tables demand beside external care, units and population; ``noter`` are Swedish sentences."""

    tal: list[Tal] = field(default_factory=list)
    boenden: list[Boende] = field(default_factory=list)
    avtal: list[Avtalsrad] = field(default_factory=list)
    orsaker: dict[str, int] = field(default_factory=dict)
    uppfoljningar: list[Uppfoljning] = field(default_factory=list)
    atgarder: list[Atgardsrad] = field(default_factory=list)
    ataganden: dict[str, int] = field(default_factory=dict)
    brukare: dict[int, dict[tuple[int, int] | None, int]] = field(default_factory=dict)
    ekonomi: list[Trycktabell] = field(default_factory=list)
    koer: list[Koplats] = field(default_factory=list)
    noter: list[str] = field(default_factory=list)

    def av(self, *matt: Matt) -> list[Tal]:
        """Return the figures of some kinds, in order of time."""
        return sorted((t for t in self.tal if t.matt in matt), key=lambda t: t.period)

    def trycker_vard(self, ar: int) -> bool:
        """Return whether anything that happened in care or cases in a year is printed."""
        i_aret = (t for t in self.tal if t.matt is not Matt.INVANARE and t.period.fran.year == ar)
        return bool(self.boenden or self.avtal) or next(i_aret, None) is not None

    def per_ar(self, matt: Matt, kon: Kon | None = None) -> dict[int, int]:
        """Return a whole figure per calendar year (of the whole, or of one sex)."""
        hela = [t for t in self.av(matt) if t.period == kalenderar(t.period.fran.year) and t.kon == kon]
        return {t.period.fran.year: int(t.varde) for t in hela}


def las_krav(uppdrag: Syntetuppdrag) -> Krav:
    """Read every table but external care and units.

    Raises:
        SyntetGarInte: a table of no known kind, or a cell that is not what its column says.
    """
    krav = Krav()
    slagna = [(_slag(tabell), tabell) for tabell in uppdrag.tabeller]
    for slag, tabell in sorted(slagna, key=lambda par: TABELLSLAG.index(par[0])):
        las = _LASARE.get(slag.lasning)
        if slag.lasning is Lasning.INGET:
            krav.noter.append(f"Tabellen {tabell.namn} ({slag.namn}) möts inte: {slag.skal}.")
        elif las is not None:
            las(krav, slag, tabell, uppdrag)
    _rensa(krav)
    return krav


def _slag(tabell: Trycktabell) -> Tabellslag:
    slag = slag_av(tabell)
    if slag is None:
        kolumner = ", ".join(tabell.kolumner)
        raise SyntetGarInte(f"Tabellen {tabell.namn} känns inte igen på sina kolumner: {kolumner}.")
    return slag


# One reader per kind ------------------------------------------------------------------------------------------------


def _las_tal(krav: Krav, slag: Tabellslag, tabell: Trycktabell, uppdrag: Syntetuppdrag) -> None:
    """Read figures per label and period; a label may itself print the two levels that its change is between."""
    fore = len(krav.tal)
    tider = {kolumn: kolumnens_tid(kolumn) for kolumn in tabell.kolumner}
    if "utfall" in tabell.kolumner:
        tider["utfall"] = kalenderar(uppdrag.ar)
    for rad in tabell.rader:
        etikett = rad[slag.etikett]
        matt = matt_av(etikett)
        if matt is None:
            continue
        par = _PARET.search(etikett)
        nivaer = iter(par.groups()) if par else None
        for kolumn, period in sorted((k, p) for k, p in tider.items() if p is not None):
            text = next(nivaer, "") if nivaer else None
            varde = Decimal(text) if text else tal(tabell, rad, kolumn)
            if varde is not None and period.fran.year <= uppdrag.ar:
                del_ = rad[slag.del_].lower() if slag.del_ else ""
                krav.tal.append(Tal(matt, etikett, "" if del_ == "totalt" else del_, period, varde, tabell.namn))
    if len(krav.tal) == fore:
        krav.noter.append(
            f"Tabellen {tabell.namn} ({slag.namn}) möts inte: den har inget mått som händelser i nämndens vård räknar."
        )


def _las_belaggning(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Read the occupancy of units; the sum row and the accumulated column follow from the months."""
    manader = {kolumn: nr for kolumn in tabell.kolumner if (nr := manad_av(kolumn))}
    for rad in tabell.rader:
        if rad[slag.etikett].lower().startswith(("totalt", "summa")):
            continue
        tryckta = {nr: tal(tabell, rad, kolumn) for kolumn, nr in manader.items()}
        krav.boenden.append(Boende(rad[slag.etikett], {nr: v for nr, v in tryckta.items() if v is not None}))
    krav.noter.append(
        f"Tabellen {tabell.namn}: enheternas månader möts; antalet platser är inte tryckt och är härlett ur andelarna, "
        "och raden för samtliga och den ackumulerade kolumnen följer av månaderna."
    )


def _las_avtal(krav: Krav, _: Tabellslag, tabell: Trycktabell, __: Syntetuppdrag) -> None:
    for rad in tabell.rader:
        vard = vard_av(rad["vardform"])
        if vard is None:
            raise SyntetGarInte(f"Vårdformen {rad['vardform']!r} i {tabell.namn} känns inte igen.")
        tryckta = (antal(tabell, rad, kolumn) for kolumn in ("inom_ramavtal_antal", "direktupphandling_antal"))
        krav.avtal.append(Avtalsrad(rad["vardform"].split(" - ")[0], vard, *tryckta))


def _las_orsaker(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    krav.orsaker |= {rad[slag.etikett]: antal(tabell, rad, "antal") for rad in tabell.rader}


def _las_uppfoljningar(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    for rad in tabell.rader:
        vard = vard_av(rad[slag.etikett])
        if vard is None:
            raise SyntetGarInte(f"Ramavtalet {rad[slag.etikett]!r} i {tabell.namn} känns inte igen.")
        begransad = "begränsad" in " ".join(rad.values()).lower()
        antalet = antal(tabell, rad, "genomforda_uppfoljningar")
        krav.uppfoljningar.append(Uppfoljning(rad[slag.etikett], vard, antalet, begransad))


def _las_uppfoljda(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    for nr, rad in enumerate(krav.uppfoljningar):
        namn = tuple(r["utforare"] for r in tabell.rader if r[slag.etikett] == rad.avtal)
        krav.uppfoljningar[nr] = Uppfoljning(rad.avtal, rad.vard, rad.antal, rad.begransad, namn)
        if len(namn) != rad.antal:
            krav.noter.append(
                f"{rad.avtal}: {rad.antal} uppföljningar enligt den ena tabellen men {len(namn)} utförare i "
                f"{tabell.namn}; antalet följs."
            )


def _las_betyg(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Give the grades to the contract that the table's heading names, else to the first."""
    betyg = {
        rad[slag.etikett]: (varden[0] or Decimal(0), varden[1] or Decimal(0))
        for rad in tabell.rader
        if (varden := [tal(tabell, rad, kolumn) for kolumn in ("medelbetyg", "andel_betyg_4_och_5")])
    }
    rubrik = tabell.huvud.get("tabell", "")
    mal = next((nr for nr, u in enumerate(krav.uppfoljningar) if u.avtal in rubrik), 0)
    if not krav.uppfoljningar:
        krav.noter.append(f"Tabellen {tabell.namn} möts inte: antalet uppföljningar saknas.")
        return
    u = krav.uppfoljningar[mal]
    krav.uppfoljningar[mal] = Uppfoljning(u.avtal, u.vard, u.antal, u.begransad, u.namn, betyg)


def _las_ataganden(krav: Krav, _: Tabellslag, tabell: Trycktabell, __: Syntetuppdrag) -> None:
    for kolumn in ("ej_paborjad", "pagar", "klart_avslutat", "forsenat"):
        if kolumn in tabell.kolumner:
            krav.ataganden[kolumn] = sum(antal(tabell, rad, kolumn) for rad in tabell.rader)


def _las_atgarder(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    for rad in tabell.rader:
        if not rad[slag.etikett].lower().startswith("summa"):
            effekter = [(tal(tabell, rad, k) or Decimal(0)) for k in ("budgeterad_effekt_helar", "prognos_effekt")]
            krav.atgarder.append(Atgardsrad(rad[slag.etikett], *(effekt * 1_000_000 for effekt in effekter)))


def _las_brukare(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Read persons per year and age group; a total is kept only where no ages are printed."""
    for rad in tabell.rader:
        ar, personer = antal(tabell, rad, "ar"), antal(tabell, rad, "antal_brukare")
        aldrar = _ALDRAR.match(rad[slag.etikett])
        if aldrar:
            grupp = int(aldrar[1]), int(aldrar[2] or _ALDST)
            krav.brukare.setdefault(ar, {})[grupp] = personer
        elif rad[slag.etikett].lower() == "totalt" and not krav.brukare.get(ar):
            krav.brukare[ar] = {None: personer}


def _las_ekonomi(krav: Krav, _: Tabellslag, tabell: Trycktabell, __: Syntetuppdrag) -> None:
    krav.ekonomi.append(tabell)


def _las_pastaenden(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Read the queues; other claims are what the tables print, in words."""
    enhet = ""
    for rad in tabell.rader:
        ko = _KO.match(rad["enhet"])
        if ko:
            familj = ko["familj"] == "familjer"
            enhet = enhet if familj else rad[slag.etikett].partition(" har ")[0]
            krav.koer.append(Koplats(enhet, antal(tabell, rad, "varde"), familj))
    krav.noter.append(f"Tabellen {tabell.namn} (löptext): bara köerna möts; övriga påståenden är omdömen och citat.")


_LASARE = {
    Lasning.TAL: _las_tal,
    Lasning.BELAGGNING: _las_belaggning,
    Lasning.AVTAL: _las_avtal,
    Lasning.ORSAKER: _las_orsaker,
    Lasning.UPPFOLJNINGAR: _las_uppfoljningar,
    Lasning.UPPFOLJDA: _las_uppfoljda,
    Lasning.BETYG: _las_betyg,
    Lasning.ATAGANDEN: _las_ataganden,
    Lasning.ATGARDER: _las_atgarder,
    Lasning.BRUKARE: _las_brukare,
    Lasning.EKONOMI: _las_ekonomi,
    Lasning.PASTAENDEN: _las_pastaenden,
}


def _rensa(krav: Krav) -> None:
    """Keep one figure of each kind and period; note the ones that are not followed."""
    kanda: dict[tuple[object, ...], Tal] = {}
    for t in krav.tal:
        nyckel = (t.matt, _vad(t), t.del_, t.period)
        forst = kanda.setdefault(nyckel, t)
        if forst.varde != t.varde:
            krav.noter.append(
                f"{t.matt.value.capitalize()} {_ar(t.period)}: {forst.tabell} har {forst.varde} och {t.tabell} "
                f"{t.varde}; {forst.varde} följs."
            )
    krav.tal = list(kanda.values())


def _vad(t: Tal) -> object:
    """Return what a figure is about within its kind: a form of care, or a label that tells kinds apart."""
    vard = vard_av(t.etikett)
    if t.matt in (Matt.VARDYGN, Matt.ALLA_VARDYGN, Matt.UNIKA) and vard is not None:
        return vard
    return t.etikett.lower() if t.matt in (Matt.LAGRUM, Matt.ENSAMKOMMANDE) else None


def _ar(period: Period) -> str:
    return str(period.fran.year) if period == kalenderar(period.fran.year) else str(period)


def tryckta_ar(tal_: Iterable[Tal]) -> tuple[int, ...]:
    """Return the years that figures are about, in order."""
    return tuple(sorted({t.period.fran.year for t in tal_}))
