"""What if: scenarios beside the forecast they change, by the flow model and on the same chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from application.prognos.arbete import Arbete, Radbanor
from application.prognos.bakattest import utfallet
from application.prognos.fragan import Prognosfraga
from application.prognos.scenario import Scenariodata, som_spelas
from application.prognos.svar import Fordelning, Metodval, fordelning, radvikter
from application.prognos.tjanst import Prognostiserare, ursprung_vid, valj
from application.queries import FraganGarInte, Underlag
from application.rapporter.radmappning import Rad
from domain.prognos.banor import Uppdrag
from domain.prognos.enheter import med_enheter
from domain.prognos.kalibrering import Kalibrering, med_spridning
from domain.prognos.scenario import INGET, Scenario
from domain.prognos.simulering import simulera
from domain.prognos.stegar import FLODESMODELL
from domain.prognos.underlag import F64
from domain.tid import Tidssnitt


@dataclass(frozen=True)
class Effekt:
    """What a scenario does to a row: care days and kronor with it, and the change path by path (plus: more)."""

    dygn: Fordelning
    kostnad: Fordelning
    dygnsandring: Fordelning
    kostnadsandring: Fordelning


@dataclass(frozen=True)
class Tankrad:
    """A row without the scenarios, and what each does to it; ``utfall`` is what it came to, when that was asked for."""

    rad: Rad
    dygn: Fordelning
    kostnad: Fordelning
    effekter: tuple[Effekt, ...]
    utfall: float | None = None

    @property
    def berors(self) -> bool:
        """Return whether any scenario changes it."""
        return any(e.dygnsandring.vantat or e.kostnadsandring.vantat for e in self.effekter)


@dataclass(frozen=True)
class Tanksvar:
    """Scenarios side by side."""

    fraga: Prognosfraga
    underlag: Underlag
    val: Metodval
    scenarier: tuple[Scenariodata, ...]
    rader: tuple[Tankrad, ...]

    @property
    def mot_utfall(self) -> bool:
        """Return whether what the year came to was asked for."""
        return any(rad.utfall is not None for rad in self.rader)


def tank_om(
    tjanst: Prognostiserare, fraga: Prognosfraga, scenarier: Sequence[Scenariodata], mot_utfall: Tidssnitt | None = None
) -> Tanksvar:
    """Return what scenarios would do; with ``mot_utfall`` also what the year came to, as known then.

    Raises:
        FraganGarInte: the rows cannot be forecast, or the year has no outcome yet.
        ScenarioGarInte: a scenario is about nothing there is.
    """
    fakta, underlag = tjanst.fakta_och_underlag(fraga)
    arbete = Arbete(fakta, ursprung_vid(underlag), fraga.fonster)
    uppdrag = Uppdrag(fraga.fonster, arbete.antal, fraga.vagar, fraga.fro)
    spelas = [som_spelas(data, fakta.historia.segment, fakta.rader) for data in scenarier]
    val, kalibrering = valj(FLODESMODELL, tjanst.provade(arbete, uppdrag))
    utan, *med = (_banor(arbete, uppdrag, scenario, kalibrering) for scenario in (INGET, *spelas))
    blev = None if mot_utfall is None else _utfallet(tjanst, replace(fraga, tidssnitt=mot_utfall))
    rader = tuple(
        Tankrad(
            rad, fordelning(vikter @ utan.dygn), fordelning(vikter @ utan.kostnad),
            tuple(_effekt(vikter, utan, annat) for annat in med), None if blev is None else float(vikter @ blev),
        )
        for rad, vikter in radvikter(arbete)
    )  # fmt: skip
    return Tanksvar(fraga, underlag, val, tuple(scenarier), rader)


def _utfallet(tjanst: Prognostiserare, fraga: Prognosfraga) -> F64:
    """Return what the year came to per post.

    Raises:
        FraganGarInte: that is not known yet.
    """
    blev = utfallet(*tjanst.fakta_och_underlag(fraga), fraga.fonster)
    if blev is None:
        mening = f"Året {fraga.ar} har inget utfall att jämföra med: det är inte slut, eller inte helt känt."
        raise FraganGarInte("ar", mening)
    return blev


def _banor(arbete: Arbete, uppdrag: Uppdrag, scenario: Scenario, kalibrering: Kalibrering) -> Radbanor:
    banor = simulera(arbete.modell, uppdrag, scenario)
    banor = med_enheter(banor, scenario, uppdrag, arbete.ursprung.dag)
    return arbete.med_bokforing(med_spridning(banor, kalibrering, uppdrag), uppdrag)


def _effekt(vikter: F64, utan: Radbanor, med: Radbanor) -> Effekt:
    dygn, kostnad = vikter @ med.dygn, vikter @ med.kostnad
    return Effekt(
        fordelning(dygn), fordelning(kostnad),
        fordelning(dygn - vikter @ utan.dygn), fordelning(kostnad - vikter @ utan.kostnad),
    )  # fmt: skip
