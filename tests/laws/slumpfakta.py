"""Facts drawn at random, dense enough that every measure has something to say, and what is asked of them.

They are not what any events would give: a measure must answer from whatever facts there are. Values are those that the
declarations restrict by, and a few others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from application.ombyggnad import Faktarad
from domain.fakta import FAKTAFORMER, UTFORARE, Belopp, Fakta, Identitet, Intervall
from domain.faktaspar import ALLTJAMT
from domain.matt.deklaration import Matt
from domain.matt.katalog import MATT
from domain.matt.modell import IDENTITETER
from domain.matt.uttryck import Grund
from infrastructure.facts import Dragregister, Faktaskrivare
from infrastructure.recorder import Recorder
from tests.laws.matorakel import Faktum

KOMMUNER = ("0180", "1880")
FORSTA, SISTA = date(2022, 6, 1).toordinal(), date(2025, 2, 1).toordinal()
POSITIONER = 40
_PER_SLAG = {"vistelse": 150, "placering.avslutad": 80, "aktualisering.inkommen": 150}
_ANNARS = 45

Rad = tuple[type[Fakta], Faktarad]
"""A fact of a shape, with stream, number and life in the ledger."""
_ENHETER = ("Norr", "Söder", None)


def alla_grunder() -> list[Grund]:
    """Return the calculations of every measure and choice."""
    return [g for matt in MATT.values() for ett in med_alla_val(matt) for g in ett.grunder]


def alla_val(matt: Matt) -> Iterator[dict[str, str]]:
    """Yield the choices of a measure: its defaults, each of the others by itself, and the last ones together.

    Of a choice that may be any word there is another word than the declared example.
    """
    andra = {v.namn: [val.namn for val in v.val[1:]] + (["Norr"] if v.fri else []) for v in matt.varianter}
    yield {}
    yield from ({namn: val} for namn, valen in andra.items() for val in valen)
    if len(andra) > 1:
        yield {namn: valen[-1] for namn, valen in andra.items()}


def med_alla_val(matt: Matt) -> Iterator[Matt]:
    """Yield a measure with its defaults, then with each of its other choices."""
    yield from (replace(matt.med(val), varianter=()) for val in alla_val(matt))


def _varden() -> Mapping[tuple[str, str], list[Any]]:
    """Return the values of each kind's columns that some measure restricts by."""
    varden: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for grund in alla_grunder():
        for namn, tillatna in grund.urval.items():
            for slag in grund.slag:
                varden[slag, namn] += [v for v in tillatna if v not in varden[slag, namn]]
    return varden


def _slag() -> Mapping[type[Fakta], list[str]]:
    return {
        form: sorted({slag for g in alla_grunder() if g.form is form for slag in (*g.slag, *g.foljd)})
        for form in FAKTAFORMER
    }


@dataclass
class Slump:
    """Draws facts with a seed."""

    ratt: Random

    def fakta(self) -> list[Rad]:
        """Return facts with stream, number and life in the ledger."""
        varden = _varden()
        rader: list[Rad] = []
        for form, slagen in _slag().items():
            for slag in slagen:
                for _ in range(_PER_SLAG.get(slag, _ANNARS)):
                    fran = self.ratt.randrange(1, POSITIONER)
                    till = self.ratt.choice([ALLTJAMT, ALLTJAMT, self.ratt.randrange(fran + 1, POSITIONER + 2)])
                    strom = Identitet(UUID(int=self.ratt.randrange(40)).hex)
                    rader.append((form, (strom, len(rader), fran, till, self._ett(form, slag, varden))))
        return rader

    def _ett(self, form: type[Fakta], slag: str, varden: Mapping[tuple[str, str], Sequence[Any]]) -> Fakta:
        r = self.ratt
        dag = r.randrange(FORSTA, SISTA)
        manad = date.fromordinal(dag).replace(day=1)
        arets = manad.replace(month=1)
        tid = r.choice([1, 2, 40, 119, 120, 121, 122, 123, r.randrange(1, 500)])
        gemensamt: dict[str, Any] = {
            "handelser": "1", "slag": slag, "kommun": r.choice(KOMMUNER), "dag": dag, "fran": dag, "till": dag + tid,
            "inskrivning": r.randrange(2), "utskrivning": r.randrange(2), "namnd": "Socialnämnden",
            "manad": r.choice([manad, arets]).toordinal(), "avser_manad": r.choice(
                [manad.toordinal(), arets.toordinal(), date(arets.year - 1, 12, 1).toordinal(), None]),
            "belopp": r.randrange(-500_000, 900_000), "antal": 1000 * r.choice([1, 7, 14, 15, tid]),
            "pris": r.randrange(100_000, 500_000), "betald": r.randrange(2), "ordning": r.randrange(1, 4),
            "fodelsear": r.choice([None, 1950, 1990, 2003, 2003, 2004, 2006, 2006, 2007, 2010, 2012, 2020]),
            "planerat": r.choice([0, 1, 3, 4, 5]), "prissort": r.choice(["dygn", "manad", "annanBetalar", None]),
            "enhet": r.choice(_ENHETER), "konto": None, "projekt": r.choice(["P1", None]),
            "verksamhet": r.choice(["Vuxna", "Barn", "Kostnad vuxenvård"]), "kontogrupp": r.choice(
                ["personal", "kopAvVerksamhet", "bemanningsforetag"]), "avsandare": r.choice(["skola", None]),
            **{namn: self._id() for namn in ("person", "arende", "utforare", "atgard")},
        }  # fmt: skip
        if form is Intervall:
            gemensamt["antal"] = 1000 * r.randrange(0, 9)
        if slag == UTFORARE:
            gemensamt["enhet"] = None  # no unit bears a name, so that a name is just a name
        if form is Belopp and slag == "register":
            gemensamt["enhet"] = r.choice(["Liknande", "Egen kommun", "Norr"])
            gemensamt["antal"] = r.choice([None, 12_500, 40_000])
        for namn in ("malgrupp", "kon", "insatsform", "regi", "lagrum", "avtalsform", "underslag", "utfall"):
            gemensamt[namn] = r.choice([*varden.get((slag, namn), ("egen", "extern")), None])
        return form(**{namn: gemensamt[namn] for namn in form._fields})

    def _id(self) -> Identitet | None:
        nr = self.ratt.randrange(6)
        return Identitet(UUID(int=1000 + nr).hex) if nr else None


def skriv(recorder: Recorder, rader: Sequence[Rad]) -> None:
    """Store the facts past the ledger."""
    with recorder.transaktion() as forbindelse:
        skrivare = Faktaskrivare(forbindelse, Dragregister())
        for form in FAKTAFORMER:
            skrivare.infoga(form, [rad for egen, rad in rader if egen is form])


def kanda(rader: Sequence[Rad], position: int) -> list[Faktum]:
    """Return the facts known at a position, as the oracle has them: no unit is registered, so a name is a name."""
    return [
        Faktum(form, {**fakta._asdict(), **_skrivna(fakta), "strom": strom, "overordnad": None, "avdelning": None})
        for form, (strom, _, fran, till, fakta) in rader
        if fran <= position < till
    ]  # fmt: skip


def _skrivna(fakta: Fakta) -> dict[str, str]:
    """Return the identities that answers are split by, as answers write them."""
    return {namn: str(UUID(varde)) for namn in IDENTITETER if (varde := getattr(fakta, namn, None))}
