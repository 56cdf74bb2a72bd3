"""A forecast as the event that adopts it, and a scenario as the expected effect of an åtgärd: lines for an import.

The amounts of a row are laid on the lines of operation that the budget has in it, adjustments too: each has its own
amount and its share, by size, of what the forecast differs. Lines of one sign are so in proportion to the budget, and
an income stays one. An investment is no part of it: it is forecast by its own, and the last such forecast goes on
holding. Persons are laid on the budgeted volumes in proportion, and all prices of a row change alike. The import checks
and records the events as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from application.ports import Huvudbok
from application.prognos.rader import Prognosrader
from application.prognos.svar import Prognosrad, Prognossvar, prisets_dagar
from application.prognos.tankom import Tanksvar
from application.queries import FraganGarInte
from application.rapporter.noter import ange_namnd
from domain.atgard.begrepp import Effektmetod
from domain.begrepp import Prognosslag, Samling
from domain.budgetperiod.begrepp import Post
from domain.budgetperiod.handelser import BudgetFaststalld, BudgetJusterad, Rad, Volymrad
from domain.gemensamt import Pris
from domain.handelse import Notering
from domain.historik import gallande
from domain.pengar import avrunda, fordela, kronor, ore
from domain.prognos.underlag import Fonster
from domain.strom import budgetperiodens_id
from domain.tid import kalenderar, som_rfc3339

_NAMNRYMD = UUID("3b1f7a52-5c0e-5d0b-9f1f-0d6f0c4c6a24")


@dataclass(frozen=True)
class Beslut:
    """Who adopts the forecast, when, in which paragraph, and at which occasion."""

    slag: Prognosslag
    organ: str
    datum: date
    paragraf: str | None = None


def prognoshandelse(huvudbok: Huvudbok, svar: Prognossvar, beslut: Beslut) -> dict[str, Any]:
    """Return the event ``prognos.faststalld`` of an answered forecast, with its medians.

    Raises:
        FraganGarInte: the year has no adopted budget to lay the amounts on, or several boards have one.
    """
    strom, budget, budgetrader = _budget(huvudbok, svar)
    rader = Prognosrader(svar.fraga.radmappning)
    protokoll: dict[str, Any] = {"organ": beslut.organ, "datum": beslut.datum.isoformat()}
    if beslut.paragraf:
        protokoll["paragraf"] = beslut.paragraf
    u = svar.underlag
    return {
        "samling": Samling.BUDGETPERIODER.value, "id": str(strom), "typ": "prognos.faststalld",
        "datum": u.galler_den.isoformat(),
        "handelseId": str(uuid5(_NAMNRYMD, f"{strom} {u.position} {u.galler_den} {beslut.slag} {svar.fraga.fro}")),
        "slag": beslut.slag.value, "galler": u.galler_den.isoformat(), "kand": som_rfc3339(u.kant_den),
        "beslut": protokoll,
        "rader": list(_belopp(svar, budget.namnd, budgetrader, rader)),
        "volymrader": list(_volymer(svar, budget, rader)),
    }  # fmt: skip


def _budget(huvudbok: Huvudbok, svar: Prognossvar) -> tuple[UUID, BudgetFaststalld, list[Rad]]:
    """Return the stream of the year, its budget as it is in force, and the budget's lines with what adjusted them."""
    f, den = svar.fraga, svar.underlag.galler_den
    funna = []
    for strom, noteringar in _arets(huvudbok, svar):
        galler = [n.handelse for n in gallande(noteringar) if n.handelse.datum <= den]
        for budget in (h for h in galler if isinstance(h, BudgetFaststalld)):
            justerade = (rad for h in galler if isinstance(h, BudgetJusterad) for rad in h.rader)
            drift = (rad for rad in (*budget.rader, *justerade) if rad.post is not Post.INVESTERING)
            funna.append((strom, budget, _lagda_samman(drift)))
    if not funna:
        mening = f"Kommun {f.kommun} har ingen antagen budget för {f.ar}, så prognosen har inga rader att läggas på."
        raise FraganGarInte("ar", mening)
    if len(funna) > 1:
        raise ange_namnd([budget.namnd for _, budget, _ in funna])
    return funna[0]


def _arets(huvudbok: Huvudbok, svar: Prognossvar) -> Iterator[tuple[UUID, list[Notering]]]:
    """Yield the streams that are the year of a board asked for, with their entries."""
    f, position = svar.fraga, svar.underlag.position
    strommar = huvudbok.strommar(Samling.BUDGETPERIODER, position)
    if f.namnd is not None:
        namndens = budgetperiodens_id(f.kommun, f.namnd, f.ar)
        strommar = [strom for strom in strommar if strom == namndens]
    for strom in strommar:
        noteringar = [kuvert.notering() for kuvert in huvudbok.las_strom(strom, position)]
        forst = noteringar[0].handelse
        # The identity of the stream follows from what its first event is about, and no correction can change that.
        if isinstance(forst, BudgetFaststalld) and (forst.kommun, forst.ar) == (f.kommun, f.ar):
            yield strom, noteringar


def _lagda_samman(rader: Iterable[Rad]) -> list[Rad]:
    """Return lines with the amounts of those that are alike together."""
    summor: dict[Rad, Decimal] = {}
    for rad in rader:
        utan = rad.model_copy(update={"belopp": Decimal(0)})
        summor[utan] = summor.get(utan, Decimal(0)) + rad.belopp
    return [rad.model_copy(update={"belopp": summa}) for rad, summa in summor.items()]


def _ord(rad: Rad | Volymrad) -> dict[str, Any]:
    """Return the dimensions of a line by their words; those it has not are absent from it."""
    return {
        namn: getattr(varde, "lagrat", varde) for namn, varde in rad if namn not in ("belopp", "pris", "placering_id")
    }


def _belopp(
    svar: Prognossvar, namnd: str, budgetrader: Iterable[Rad], rader: Prognosrader
) -> Iterator[Mapping[str, Any]]:
    per_post: dict[int, list[Rad]] = {}
    for rad in budgetrader:
        post = rader.plats({**_ord(rad), "namnd": namnd})
        if post is not None:
            per_post.setdefault(post, []).append(rad)
    for nr, prognosrad in enumerate(r for r in svar.rader if not r.sammansatt):
        egna = per_post.get(nr, [])
        hela = 100 * int(avrunda(Fraction(prognosrad.kostnad.median)))
        if not egna:
            if not hela:
                continue
            mening = f"Raden {prognosrad.rad.nyckel} har en prognos men ingen budgetrad att läggas på."
            raise FraganGarInte("radmappning", mening)
        budgeterat = [ore(rad.belopp) for rad in egna]
        vikter = [abs(belopp) for belopp in budgeterat]
        skillnader = fordela(hela - sum(budgeterat), vikter if sum(vikter) else [1] * len(egna))
        for rad, belopp, skillnad in zip(egna, budgeterat, skillnader, strict=True):
            data = rad.model_dump(mode="json", by_alias=True, exclude_none=True)
            yield {**data, "belopp": str(kronor(belopp + skillnad))}


def _volymer(svar: Prognossvar, budget: BudgetFaststalld, rader: Prognosrader) -> Iterator[Mapping[str, Any]]:
    poster = [r for r in svar.rader if not r.sammansatt]
    per_post: dict[int, list[Volymrad]] = {}
    for rad in budget.volymrader:
        prissort = rad.pris.sort.lagrat if rad.pris else None
        post = rader.plats({**_ord(rad), "namnd": budget.namnd, "prissort": prissort})
        if post is not None:
            per_post.setdefault(post, []).append(rad)
    for post, egna in per_post.items():
        if poster[post].personer is not None:
            yield from _delade(poster[post], egna, svar.fraga.fonster)


def _delade(prognosrad: Prognosrad, egna: Sequence[Volymrad], aret: Fonster) -> Iterator[Mapping[str, Any]]:
    """Yield the volumes of a row: its persons in proportion to the budgeted, all prices changed alike.

    So the lines cost together what the row is forecast to cost per person.
    """
    budgeterade = [int(rad.personer_per_dygn.scaleb(3)) for rad in egna]
    vikter = budgeterade if sum(budgeterade) else [1] * len(egna)
    delar = fordela(int(avrunda(Fraction(prognosrad.personer or 0), 3).scaleb(3)), vikter)
    prissatta = [(vikt, rad.pris) for vikt, rad in zip(vikter, egna, strict=True) if rad.pris is not None]
    budgeterat = sum((vikt * _per_dygn(pris, aret) for vikt, pris in prissatta), Fraction(0))
    for rad, personer in zip(egna, delar, strict=True):
        data = rad.model_dump(mode="json", by_alias=True, exclude_none=True)
        data["personerPerDygn"] = str(Decimal(personer).scaleb(-3))
        if rad.pris is not None and prognosrad.pris is not None:
            nytt = Fraction(prognosrad.pris) / prisets_dagar(prognosrad.rad.prissort, aret)
            if budgeterat:
                nytt *= _per_dygn(rad.pris, aret) * sum(vikt for vikt, _ in prissatta) / budgeterat
            data["pris"] = {**data["pris"], "belopp": str(avrunda(nytt * prisets_dagar(rad.pris.sort, aret), 2))}
        yield data


def _per_dygn(pris: Pris, aret: Fonster) -> Fraction:
    return Fraction(pris.belopp) / prisets_dagar(pris.sort, aret)


def effekthandelse(svar: Tanksvar, atgard: UUID) -> dict[str, Any]:
    """Return the event ``effekt.beraknad``: what the only scenario is expected to save during the year (minus: cost).

    Raises:
        FraganGarInte: there is not exactly one scenario.
    """
    atgardens = _atgardens(svar, atgard, "effekt.beraknad")
    sparat = -round(sum(r.effekter[0].kostnadsandring.vantat for r in svar.rader if r.rad.raknar))
    return {
        **atgardens, "datum": svar.underlag.galler_den.isoformat(),
        "ar": svar.fraga.ar, "prognosUnderAret": str(kronor(sparat * 100)),
    }  # fmt: skip


def uppnaddhandelse(svar: Tanksvar, atgard: UUID, idag: date) -> dict[str, Any]:
    """Return the event ``effekt.uppnadd``: what the rows that the only scenario is about cost less than foreseen.

    What was foreseen without the åtgärd stands against what the year came to; whatever else happened to those rows
    since is in the difference too, and the sentence says so.

    Raises:
        FraganGarInte: there is not exactly one scenario, or the year had passed already.
    """
    atgardens = _atgardens(svar, atgard, "effekt.uppnadd")
    rader = [r for r in svar.rader if r.rad.raknar and r.berors and r.utfall is not None]
    sparat = round(sum(r.kostnad.vantat - (r.utfall or 0.0) for r in rader))
    aret = kalenderar(svar.fraga.ar)
    fran = max(svar.underlag.galler_den + timedelta(days=1), aret.fran)
    if fran >= aret.till:
        raise FraganGarInte("gallerDen", f"Prognosen ska stå före årets slut; {svar.underlag.galler_den} gör inte det.")
    underlag = (
        f"Utfallet {svar.fraga.ar} mot prognosen utan åtgärden, gjord för {svar.underlag.galler_den}, för raderna "
        f"{'; '.join(r.rad.nyckel for r in rader)}. Annat som hänt i raderna sedan dess är med i skillnaden."
    )
    return {
        **atgardens, "datum": max(idag, aret.till).isoformat(),
        "fran": fran.isoformat(), "till": aret.till.isoformat(), "belopp": str(kronor(sparat * 100)),
        "metod": Effektmetod.BERAKNAD.value, "underlag": underlag,
    }  # fmt: skip


def _atgardens(svar: Tanksvar, atgard: UUID, typ: str) -> dict[str, Any]:
    """Return what an event of an åtgärd begins with, its id one for each question and scenario."""
    if len(svar.scenarier) != 1:
        raise FraganGarInte("scenario", f"En åtgärds effekt är ett scenario; {len(svar.scenarier)} angavs.")
    u = svar.underlag
    nyckel = f"{atgard} {u.position} {u.galler_den} {svar.scenarier[0].model_dump_json()} {svar.fraga.fro}"
    # The first of the types has ids without its name, in events that are recorded already.
    nyckel = nyckel if typ == "effekt.beraknad" else f"{typ} {nyckel}"
    return {
        "samling": Samling.ATGARDER.value, "id": str(atgard), "typ": typ,
        "handelseId": str(uuid5(_NAMNRYMD, nyckel)),
    }  # fmt: skip
