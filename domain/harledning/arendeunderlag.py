"""What every fact of a case draws on: the things in it, what happened to each, and what held in the case on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.arende.handelser import ArendeAktualiserat, ArendeAvslutat, BeslutAndrat, BeslutFattat
from domain.fakta import Identitet, Intervall, Punkt, identitet
from domain.handelse import Notering
from domain.harledning.skeden import Andring, Skede, skeden, snitt
from domain.sak import Harledning, Rad, Sak, i_ordning
from domain.tid import OANDLIG_DAG


def par(ena: int, andra: int) -> str:
    """Return two log positions, or the one that both are, as facts store them."""
    if ena == andra:
        return str(ena)
    return f"{ena} {andra}" if ena < andra else f"{andra} {ena}"


class Inkommen(Sak):
    """An intake: the day it came in, its id if it has one, how it came, and where that is said.

    Attributes:
        bedomd: what ended its preliminary assessment, if anything did.
    """

    __slots__ = ("bedomd", "dag", "id", "position", "satt")

    def __init__(self, rad: Rad) -> None:
        """Make the intake that an entry is."""
        super().__init__(_inget)
        h, self.dag, self.position = rad
        self.id: UUID | None = h.aktualisering_id
        self.satt: str = h.satt.lagrat
        self.bedomd: Rad | None = None


class Utredning(Sak):
    """An investigation: its beginning, the acts it rests on by the day from which it does, and its end."""

    __slots__ = ("borjan", "lagrum", "slut")

    borjan: Rad

    def __init__(self) -> None:
        """Make one that has not begun."""
        super().__init__(_inget)
        self.lagrum: list[Rad] = []
        self.slut: Rad | None = None


class Beslut(Sak):
    """A decision: its beginning, what it said in turn, how it was effected and interrupted, and that it ceased."""

    __slots__ = ("borjan", "gang", "lydelser", "slut")

    borjan: Rad

    def __init__(self) -> None:
        """Make one that has not been made."""
        super().__init__(_inget)
        self.lydelser: list[Rad] = []
        self.gang: list[Rad] = []
        self.slut: Rad | None = None


class Insats(Sak):
    """A service: its beginning, and that and everything that paused, resumed and ended it."""

    __slots__ = ("borjan", "gang")

    borjan: Rad

    def __init__(self) -> None:
        """Make one that has not begun."""
        super().__init__(_inget)
        self.gang: list[Rad] = []


def _inget(_: Underlag, __: Sak) -> list[Intervall]:
    return []


class Underlag(Harledning):
    """A case as the facts need it.

    Things that a correction moved may be spoken of before they begin (on the same day), so each is made when first
    spoken of. They are kept by the whole numbers of their ids: a UUID hashes and compares in Python.

    Attributes:
        start: the event that began it.
        vandningar: what opened and closed it, ``oppet`` the phases it was open.
        problem: what was said of its troubles; likewise ``ansvar``, after the beginning, of who is responsible for the
            person and on what ground.
        orsaker: why it was closed or handed over, by position.
        malgrupper: the target groups in force, as phases; ``lagen`` target groups and units together.
        overklaganden: the entries that began appeals, by id.
    """

    __slots__ = (
        "_arende",
        "_bedomda",
        "_beslut",
        "_enheter",
        "_fodelsear",
        "_insatser",
        "_kommun",
        "_kon",
        "_malgrupper",
        "_person",
        "_utredningar",
        "ansvar",
        "bedomningar",
        "intag",
        "lagen",
        "malgrupper",
        "oppet",
        "orsaker",
        "overklaganden",
        "problem",
        "start",
        "vandningar",
    )

    borjan = ArendeAktualiserat

    def __init__(self, strom: UUID, borjan: Notering) -> None:
        """Begin with whose case it is."""
        h = borjan.handelse
        assert type(h) is ArendeAktualiserat
        self.saker: list[Sak] = []
        self.start = h
        self._kommun, self._person, self._kon = h.kommun, identitet(h.person_id), h.kon.lagrat
        self._fodelsear, self._arende = h.fodelsear, identitet(strom)
        self.vandningar: list[Rad] = []
        self.oppet: Sequence[Skede] = ()
        self.problem: list[Rad] = []
        self.ansvar: list[Rad] = []
        self.orsaker: dict[int, str] = {}
        self.intag: list[Inkommen] = []
        self.bedomningar: list[Rad] = []
        self._bedomda: dict[int, list[Inkommen]] | None = None
        self._utredningar: dict[int, Utredning] = {}
        self._beslut: dict[int, Beslut] = {}
        self._insatser: dict[int, Insats] = {}
        self.overklaganden: dict[int, Rad] = {}
        dag, position, malgrupp = h.datum.toordinal(), borjan.position, h.malgrupp.lagrat
        self._malgrupper = [Andring(dag, (malgrupp,), position)]
        self._enheter = [Andring(dag, (h.enhet,), position)]
        self.malgrupper = [Skede(dag, OANDLIG_DAG, (malgrupp,), (position,))]
        self.lagen = [Skede(dag, OANDLIG_DAG, (malgrupp, h.enhet), (position,))]

    # What changes --------------------------------------------------------------------------------------------------

    def vand(self, rad: Rad) -> None:
        """Let the case open or close."""
        self.vandningar.append(rad)
        self.oppet = skeden(
            Andring(dag, None if type(h) is ArendeAvslutat else ("oppet",), position)
            for h, dag, position in self.vandningar
        )

    def byt_malgrupp(self, rad: Rad) -> None:
        """Let another target group hold from a day on."""
        self._malgrupper.append(Andring(rad[1], (rad[0].malgrupp.lagrat,), rad[2]))
        self._byt_lage()

    def byt_enhet(self, rad: Rad) -> None:
        """Let another unit hold from a day on."""
        self._enheter.append(Andring(rad[1], (rad[0].enhet,), rad[2]))
        self._byt_lage()

    def _byt_lage(self) -> None:
        self.malgrupper = skeden(self._malgrupper)
        self.lagen = snitt(self.malgrupper, skeden(self._enheter))

    def inkom(self, rad: Rad) -> Inkommen:
        """Let something come in."""
        intag = Inkommen(rad)
        self.intag.append(intag)
        self.saker.append(intag)
        self._bedomda = None
        return intag

    def bedom(self, rad: Rad) -> None:
        """Let a preliminary assessment end."""
        i_ordning(self.bedomningar, rad)
        self._bedomda = None

    # What there is -------------------------------------------------------------------------------------------------

    def utredning(self, nyckel: UUID) -> Utredning:
        """Return the investigation with an id."""
        sak = self._utredningar.get(nyckel.int)
        if sak is None:
            sak = self._utredningar[nyckel.int] = Utredning()
            self.saker.append(sak)
        return sak

    def utredningar(self) -> list[Utredning]:
        """Return the investigations in the order they began."""
        return list(self._utredningar.values())

    def beslut(self, nyckel: UUID) -> Beslut:
        """Return the decision with an id."""
        sak = self._beslut.get(nyckel.int)
        if sak is None:
            sak = self._beslut[nyckel.int] = Beslut()
            self.saker.append(sak)
        return sak

    def insats(self, nyckel: UUID) -> Insats:
        """Return the service with an id."""
        sak = self._insatser.get(nyckel.int)
        if sak is None:
            sak = self._insatser[nyckel.int] = Insats()
            self.saker.append(sak)
        return sak

    def insatser(self) -> list[Insats]:
        """Return the services in the order they began."""
        return list(self._insatser.values())

    # What held on a day --------------------------------------------------------------------------------------------

    def lydelse(self, beslut: Beslut, dag: int) -> BeslutFattat | BeslutAndrat:
        """Return what a decision says on a day."""
        svar: BeslutFattat | BeslutAndrat = _den(beslut.lydelser, dag)
        return svar

    def utredningslagrum(self, nyckel: UUID, dag: int) -> str:
        """Return the act an investigation rests on on a day."""
        lagrum: str = _den(self.utredning(nyckel).lagrum, dag).lagrum.lagrat
        return lagrum

    def inkomna(self) -> list[Inkommen]:
        """Return the intakes in the order they came in."""
        return self.intag

    def bedomd(self, intag: Inkommen) -> Rad | None:
        """Return what ended the preliminary assessment of an intake, if anything did."""
        self.bedomda(0)
        return intag.bedomd

    def bedomda(self, position: int) -> list[Inkommen]:
        """Return the intakes whose preliminary assessment ended with the entry at a position."""
        if self._bedomda is None:
            self._bedomda = {}
            kvar = self.inkomna()
            for i in kvar:
                i.bedomd = None
            for rad in self.bedomningar:
                h, dag, plats = rad
                vilka = h.aktualisering_id
                bedomda = self._bedomda[plats] = [i for i in kvar if i.dag <= dag and vilka in (None, i.id)]
                kvar = [i for i in kvar if i not in bedomda]
                for i in bedomda:
                    i.bedomd = rad
        return self._bedomda.get(position, [])

    def vid(self, dag: int) -> tuple[str, str]:
        """Return target group and unit on a day."""
        if len(self.lagen) > 1:
            return next((s.varde[0], s.varde[1]) for s in self.lagen if s.fran <= dag < s.till)
        malgrupp, enhet = self.lagen[0].varde
        return malgrupp, enhet

    # The facts -----------------------------------------------------------------------------------------------------
    # They are made by place: ``_replace`` costs four times as much, and cases are half of all events.

    def punkt(  # noqa: PLR0913 (a column each)
        self, handelser: str, slag: str, dag: int, malgrupp: str, enhet: str | None, *, insatsform: str | None = None,
        regi: str | None = None, lagrum: str | None = None, utforare: Identitet | None = None,
        utfall: str | None = None, planerat: int | None = None, underslag: str | None = None,
        avsandare: str | None = None, antal: int = 1000,
    ) -> Punkt:  # fmt: skip
        """Return a point on a day, of a target group and a unit."""
        return Punkt(
            handelser, slag, self._kommun, dag, self._person, malgrupp, self._kon, insatsform, regi, lagrum, None,
            utforare, utfall, planerat, self._fodelsear, self._arende, enhet, underslag, avsandare, antal,
        )  # fmt: skip

    def intervall(  # noqa: PLR0913 (a column each)
        self, handelser: str, slag: str, fran: int, till: int, malgrupp: str, enhet: str | None, *,
        insatsform: str | None = None, regi: str | None = None, lagrum: str | None = None,
        utforare: Identitet | None = None, underslag: str | None = None, utfall: str | None = None,
        planerat: int | None = None,
    ) -> Intervall:  # fmt: skip
        """Return an interval of a target group and a unit."""
        return Intervall(
            handelser, slag, self._kommun, fran, till, 0, 0, self._person, malgrupp, self._kon, insatsform, regi,
            lagrum, None, utforare, None, None, 1, 1000, self._fodelsear, self._arende, enhet, underslag, utfall,
            planerat,
        )  # fmt: skip


def _den(rader: Sequence[Rad], dag: int) -> Any:
    """Return the last of some events up to and including a day."""
    nr = len(rader) - 1
    while rader[nr][1] > dag:
        nr -= 1
    return rader[nr][0]
