"""Budgetperiod: decisions on figures from outside, reports, printed errors, controls and guidelines.

None of it changes the year's money, so all of it may be recorded after the year-end.
"""

from __future__ import annotations

from domain.begrepp import Kon
from domain.budgetperiod.handelser import InvanareFaststallda
from domain.budgetperiod.rapport import RapportFaststalld, RiktlinjeBeslutad, TryckfelUpptackt
from domain.budgetperiod.tillstand import Budgetperiod, uppgiftens_nyckel
from domain.budgetperiod.uppgift import UppgiftLamnad
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Handelse

# Refusals ------------------------------------------------------------------------------------------------------------


class UppgiftenSaknarVarde(Regelbrott):
    """A figure has a value, or it is said that it cannot be reported."""

    mall = "Uppgiften {namn} har inget värde. Ange varde, eller ejRedovisbar om den inte går att redovisa."
    falt = "varde"


class UppgiftenArBadeVardeOchEjRedovisbar(Regelbrott):
    """What cannot be reported has no value, not even zero."""

    mall = "Uppgiften {namn} kan inte både ha värdet {varde} och vara ejRedovisbar."
    falt = "ejRedovisbar"


class EjRedovisbarUtanOrsak(Regelbrott):
    """A figure that cannot be reported says why."""

    mall = "Uppgiften {namn} går inte att redovisa; ange orsak."
    falt = "orsak"


class UppgiftenArRedanLamnad(Regelbrott):
    """A measure has one figure for a period, a division and a method; a wrong one is corrected."""

    mall = "Uppgiften {namn} är redan lämnad för {fran}–{sista_dag} med annat innehåll. Rätta den händelsen (rattar)."
    falt = "varde"


class AldersgruppenArOmvand(Regelbrott):
    """An age group ends at the age it begins with, or at a higher one."""

    mall = "Åldersgruppen {fran}–{till} slutar före sin början."
    falt = "grupper"


class AldersgruppenArAngivenTvaGanger(Regelbrott):
    """An age group has one number for each sex, and one as a whole."""

    mall = "Åldersgruppen {fran}–{till} ({kon}) är angiven två gånger."
    falt = "grupper"


class KonenArFlerAnAldersgruppen(Regelbrott):
    """A group that is given both as a whole and by sex is at least as large as the sexes together."""

    mall = "Åldersgruppen {fran}–{till} är {antal} invånare, men könen är tillsammans {summa}."
    falt = "grupper"


class RapportenFaststalldesEnAnnanDag(Regelbrott):
    """A report is adopted on the day of the decision."""

    mall = "Rapporten beslutades {beslut}; datum ({datum}) ska vara samma dag."
    falt = "datum"


class RapportenGallerEnSenareDag(Regelbrott):
    """A report does not speak of a day after it was adopted; a plan does."""

    mall = "Rapporten gäller {galler}, som ligger efter dagen då den fastställdes ({datum})."
    falt = "galler"


class DetTrycktaArRatt(Regelbrott):
    """A printed error is something else than what is right."""

    mall = "Det tryckta ({tryckt}) är detsamma som det rätta; då är det inget tryckfel."
    falt = "ratt"


class RiktlinjenGallerForeBeslutet(Regelbrott):
    """A guideline is in force from the day it was decided, or from a later one."""

    mall = "Riktlinjen beslutades {datum} och kan inte gälla redan från {galler_fran}."
    falt = "gallerFran"


class RiktlinjenErsatterSigSjalv(Regelbrott):
    """A guideline replaces another; a revised one has a name that tells them apart."""

    mall = (
        "Riktlinjen {namn} kan inte ersätta sig själv. Ge den reviderade riktlinjen ett eget namn, till exempel med år."
    )
    falt = "ersatter"


# Decisions -----------------------------------------------------------------------------------------------------------


def notera(b: Budgetperiod, h: Handelse) -> bool:
    """Record what speaks for itself; quiet if just this is known."""
    return h not in b.kanda


def faststall_invanare(b: Budgetperiod, h: InvanareFaststallda) -> bool:
    """Record the number of inhabitants; also allowed after the year-end, since registers are published late."""
    for grupp in h.grupper:
        if grupp.alder_fran is not None and grupp.alder_till is not None and grupp.alder_till < grupp.alder_fran:
            raise AldersgruppenArOmvand(fran=grupp.alder_fran, till=grupp.alder_till)
    _granska_konen(h)
    return notera(b, h)


def _granska_konen(h: InvanareFaststallda) -> None:
    """See that no group is there twice, and that a whole holds the sexes that are given beside it."""
    antal: dict[tuple[int | None, int | None], dict[Kon | None, int]] = {}
    for grupp in h.grupper:
        per_kon = antal.setdefault((grupp.alder_fran, grupp.alder_till), {})
        if grupp.kon in per_kon:
            kon = grupp.kon.lagrat if grupp.kon else "båda könen"
            raise AldersgruppenArAngivenTvaGanger(fran=_grans(grupp.alder_fran), till=_grans(grupp.alder_till), kon=kon)
        per_kon[grupp.kon] = grupp.antal
    for (fran, till), per_kon in antal.items():
        hela = per_kon.pop(None, None)
        summa = sum(per_kon.values())
        if hela is not None and summa > hela:
            raise KonenArFlerAnAldersgruppen(fran=_grans(fran), till=_grans(till), antal=hela, summa=summa)


def _grans(alder: int | None) -> int | str:
    return "" if alder is None else alder


def lamna_uppgift(b: Budgetperiod, h: UppgiftLamnad) -> bool:
    """Give a figure, or say that it cannot be reported: exactly one of the two."""
    if h.sista_dag != h.datum:
        raise DatumArInteVerkansdag(namn="sistaDag", varde=h.sista_dag, datum=h.datum)
    if h.ej_redovisbar and h.varde is not None:
        raise UppgiftenArBadeVardeOchEjRedovisbar(namn=h.namn, varde=h.varde)
    if h.ej_redovisbar and h.orsak is None:
        raise EjRedovisbarUtanOrsak(namn=h.namn)
    if not h.ej_redovisbar and h.varde is None:
        raise UppgiftenSaknarVarde(namn=h.namn)
    tidigare = b.uppgifter.get(uppgiftens_nyckel(h))
    if tidigare is not None and tidigare != h:
        raise UppgiftenArRedanLamnad(namn=h.namn, fran=h.fran, sista_dag=h.sista_dag)
    return tidigare is None


def faststall_rapport(b: Budgetperiod, h: RapportFaststalld) -> bool:
    """Adopt a report."""
    if h.beslut.datum != h.datum:
        raise RapportenFaststalldesEnAnnanDag(beslut=h.beslut.datum, datum=h.datum)
    if h.galler > h.datum:
        raise RapportenGallerEnSenareDag(galler=h.galler, datum=h.datum)
    return notera(b, h)


def upptack_tryckfel(b: Budgetperiod, h: TryckfelUpptackt) -> bool:
    """Record a printed error."""
    if h.ratt == h.tryckt:
        raise DetTrycktaArRatt(tryckt=h.tryckt)
    return notera(b, h)


def besluta_riktlinje(b: Budgetperiod, h: RiktlinjeBeslutad) -> bool:
    """Decide a guideline; it may come into force later (Eskilstuna 2023: decided in May, in force in July)."""
    if h.galler_fran < h.datum:
        raise RiktlinjenGallerForeBeslutet(galler_fran=h.galler_fran, datum=h.datum)
    if h.ersatter == h.namn:
        raise RiktlinjenErsatterSigSjalv(namn=h.namn)
    return notera(b, h)
