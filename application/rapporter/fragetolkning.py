"""From words to a table question, checked; shared by the command line and HTTP."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from application.faltfel import visa
from application.fragetolkning import tolka_dag, tolka_kommun, tolka_regel, tolka_tidssnitt
from application.queries import FraganGarInte
from application.rapporter.katalog import TABELLER
from application.rapporter.modell import Tabell
from application.rapporter.radmappning import (
    Radmappning,
    RadmappningGarInte,
    las_radmappningar,
    valj_radmappning,
)
from application.rapporter.tabellfraga import Tabellfraga
from domain.matt.deklaration import Familj
from domain.matt.katalog import MATT


def tolka_tabellfraga(  # noqa: PLR0913 - one argument per parameter of a question
    tabell: str,
    *,
    kommun: str,
    ar: int,
    nu: datetime,
    galler_den: str | None = None,
    kant_den: str | None = None,
    vardygnsregel: str | None = None,
    franvaro: str | None = None,
    radmappning: Path | None = None,
    namnd: str | None = None,
    organisation_den: str | None = None,
    radmappning_den: str | None = None,
    till_manad: int | None = None,
    sedan_den: str | None = None,
    atgard: UUID | None = None,
) -> Tabellfraga:
    """Return the table question that the words ask.

    The row mapping is the one in force on ``radmappning_den``; without it on ``galler_den``, or at the end of the
    report's year if that is earlier.

    Raises:
        FraganGarInte: a value is not allowed.
        RadmappningGarInte: the mapping cannot be read, or none is in force.
    """
    tabellen = _tabellen(tabell)
    tidssnitt, kommun = tolka_tidssnitt(galler_den, kant_den, nu), tolka_kommun(kommun)
    rader_den = tolka_dag("radmappningDen", radmappning_den)
    rader = _raderna(tabell, radmappning, kommun, rader_den or min(tidssnitt.galler_den, date(ar, 12, 31)))
    fraga = Tabellfraga(
        tabellen, kommun, ar, tidssnitt, rader, tolka_regel(vardygnsregel, franvaro), namnd,
        tolka_dag("organisationDen", organisation_den), rader_den, tolka_dag("sedanDen", sedan_den), till_manad, atgard,
    )  # fmt: skip
    return _har_verkan(fraga)


def _raderna(tabell: str, fil: Path | None, kommun: str, dag: date) -> Radmappning:
    mappningar = las_radmappningar(fil)
    egna = mappningar.get(tabell, ())
    with suppress(RadmappningGarInte):
        return valj_radmappning(egna, kommun, dag)
    finns = ", ".join(sorted({f"kommun {m.kommun} från {m.galler_fran}" for m in egna}))
    mening = f"Tabellen {tabell} har ingen radmappning för kommun {kommun} den {dag}."
    if finns:
        mening += f" Det finns en för {finns}."
    elif fil is not None:
        mening += f" {fil.name} har rader för {', '.join(mappningar) or 'ingen tabell'}."
    raise RadmappningGarInte(f"{mening} Skriv kommunens egna rader i en radmappning.")


def _tabellen(namn: str) -> Tabell:
    if namn not in TABELLER:
        raise FraganGarInte("tabell", f"Tabellen {visa(namn)} finns inte. Tillåtna: {', '.join(TABELLER)}.")
    return TABELLER[namn]


def _har_verkan(fraga: Tabellfraga) -> Tabellfraga:
    """Refuse a day of organisation where no row speaks of it, and an åtgärd where no column is about any."""
    if fraga.atgard and not any(k.matt and MATT[k.matt].familj is Familj.ATGARDER for k in fraga.mattkolumner):
        raise FraganGarInte("atgard", f"Tabellen {fraga.tabell.namn} handlar inte om åtgärder.")
    if fraga.organisation_den and not fraga.organisationsdag:
        mening = "organisationDen har ingen verkan: tabellens rader talar inte om enhet, overordnad eller avdelning."
        raise FraganGarInte("organisationDen", mening)
    return fraga
