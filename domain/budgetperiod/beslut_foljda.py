"""Budgetperiod: decisions on what is followed by its id – grants, goals, commitments, deviations.

What began must be known before anything rests on it, and nothing rests on it earlier than its own day. All of it may
come late, and after the year-end: authorities decide long after the year.
"""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import AvvikelseRedovisad
from domain.budgetperiod.tillstand import Budgetperiod, Foljd
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Handelse

# Refusals ------------------------------------------------------------------------------------------------------------


class ErsattningenArRedanSokt(Regelbrott):
    """A grant is applied for once under one id; a wrong application is corrected."""

    mall = "Ersättningen {id} är redan sökt med annat innehåll. Rätta den händelsen (rattar) eller ange ett nytt id."
    falt = "ersattningId"


class ErsattningenArInteSokt(Regelbrott):
    """What was not applied for is neither granted, refused nor paid back."""

    mall = "Det finns ingen ansökan för ersättningen {id}, så {typ} kan inte gälla den."
    falt = "ersattningId"


class ErsattningensManadLiggerIEttAnnatAr(Regelbrott):
    """The month that a grant is about lies in the year it is about."""

    mall = "Månaden {manad} ligger inte i året {ar} som ersättningen avser."
    falt = "avserManad"


class ErsattningenBeslutadesForeAnsokan(Regelbrott):
    """An application is decided on the day it was made or later."""

    mall = "{typ} den {datum} ligger före dagen då ersättningen söktes ({sokt})."
    falt = "datum"


class MerBeslutatAnSokt(Regelbrott):
    """What is granted and refused is together no more than was applied for, unless the decision says so."""

    mall = (
        "Beviljat och avslaget blir tillsammans {beslutat} kr, men bara {sokt} kr har sökts. "
        "Ger beslutet mer än ansökan ska utoverAnsokan anges."
    )
    falt = "belopp"


class MerAterbetaltAnBeviljat(Regelbrott):
    """No more is paid back than was granted."""

    mall = "Återbetalat blir {aterbetalt} kr, men bara {beviljat} kr har beviljats."
    falt = "belopp"


class MaletArRedanFaststallt(Regelbrott):
    """A goal is set once under one id."""

    mall = "Målet {id} är redan fastställt med annat innehåll. Rätta den händelsen (rattar) eller ange ett nytt id."
    falt = "malId"


class MaletArInteFaststallt(Regelbrott):
    """Only a goal that has been set is judged."""

    mall = "Det finns inget fastställt mål {id} att bedöma."
    falt = "malId"


class MaletBedomdesForeDetFaststalldes(Regelbrott):
    """A goal is judged on the day it was set or later."""

    mall = "Bedömningen den {datum} ligger före dagen då målet fastställdes ({faststalld})."
    falt = "datum"


class AtagandetArRedanStartat(Regelbrott):
    """A commitment begins once under one id."""

    mall = "Åtagandet {id} är redan startat med annat innehåll. Rätta den händelsen (rattar) eller ange ett nytt id."
    falt = "atagandeId"


class AtagandetArInteStartat(Regelbrott):
    """Only a commitment that has begun can end."""

    mall = "Det finns inget startat åtagande {id} att avsluta."
    falt = "atagandeId"


class AtagandetArRedanAvslutat(Regelbrott):
    """A commitment ends once."""

    mall = "Åtagandet {id} avslutades {datum}. Är uppgiften fel ska den händelsen rättas (rattar)."
    falt = "atagandeId"


class AtagandetSlutarForeSinStart(Regelbrott):
    """A commitment ends on or after the day it began."""

    mall = "Åtagandet kan inte avslutas {datum}: det startade {start}."
    falt = "datum"


class AtagandetsPlanSlutarForeSinStart(Regelbrott):
    """A commitment is not planned to be finished before it begins."""

    mall = "Planerat slut ({planerat_slut}) ligger före dagen då åtagandet startar ({start})."
    falt = "planeratSlut"


class AvvikelsenArRedanRedovisad(Regelbrott):
    """A deviation is reported once under one id."""

    mall = (
        "Avvikelsen {id} är redan rapporterad med annat innehåll. Rätta den händelsen (rattar) eller ange ett nytt id."
    )
    falt = "avvikelseId"


# Decisions -----------------------------------------------------------------------------------------------------------


def _ny(foljd: Foljd, h: Handelse, id_: UUID, upptagen: type[Regelbrott]) -> bool:
    """Tell whether a beginning is new; refuse another one under the same id."""
    if foljd.borjan is not None and foljd.borjan != h:
        raise upptagen(id=id_)
    return foljd.borjan is None


def sok_ersattning(b: Budgetperiod, h: ErsattningSokt) -> bool:
    """Apply for a grant, for this year or another."""
    if h.avser_manad is not None and h.avser_manad[:4] != str(h.avser_ar):
        raise ErsattningensManadLiggerIEttAnnatAr(manad=h.avser_manad, ar=h.avser_ar)
    return _ny(b.foljd(ErsattningSokt, h.ersattning_id), h, h.ersattning_id, ErsattningenArRedanSokt)


def avgor_ersattning(b: Budgetperiod, h: ErsattningBeviljad | ErsattningAvslagen | ErsattningAterbetald) -> bool:
    """Grant, refuse or pay back; what it may amount to is asked of the state it would lead to."""
    if b.foljd(ErsattningSokt, h.ersattning_id).borjan is None:
        raise ErsattningenArInteSokt(id=h.ersattning_id, typ=h.typ)
    return h not in b.kanda


def faststall_mal(b: Budgetperiod, h: MalFaststallt) -> bool:
    """Set a goal."""
    return _ny(b.foljd(MalFaststallt, h.mal_id), h, h.mal_id, MaletArRedanFaststallt)


def bedom_mal(b: Budgetperiod, h: MalBedomt) -> bool:
    """Judge a goal on the day the judgement speaks of; two judgements of a day may differ, as they do in print."""
    if h.galler != h.datum:
        raise DatumArInteVerkansdag(namn="galler", varde=h.galler, datum=h.datum)
    if b.foljd(MalFaststallt, h.mal_id).borjan is None:
        raise MaletArInteFaststallt(id=h.mal_id)
    return h not in b.kanda


def starta_atagande(b: Budgetperiod, h: AtagandeStartat) -> bool:
    """Begin a commitment."""
    if h.planerat_slut is not None and h.planerat_slut < h.datum:
        raise AtagandetsPlanSlutarForeSinStart(planerat_slut=h.planerat_slut, start=h.datum)
    return _ny(b.foljd(AtagandeStartat, h.atagande_id), h, h.atagande_id, AtagandetArRedanStartat)


def avsluta_atagande(b: Budgetperiod, h: AtagandeAvslutat) -> bool:
    """End a commitment, once; quiet if it ended in the same way on the same day."""
    foljd = b.foljd(AtagandeStartat, h.atagande_id)
    if foljd.avslut is not None and foljd.avslut != h:
        raise AtagandetArRedanAvslutat(id=h.atagande_id, datum=foljd.avslut.datum)
    if foljd.borjan is None:
        raise AtagandetArInteStartat(id=h.atagande_id)
    return foljd.avslut is None


def redovisa_avvikelse(b: Budgetperiod, h: AvvikelseRedovisad) -> bool:
    """Report a shortcoming; equal ones are told apart by their id."""
    return _ny(b.foljd(AvvikelseRedovisad, h.avvikelse_id), h, h.avvikelse_id, AvvikelsenArRedanRedovisad)


# Invariants ----------------------------------------------------------------------------------------------------------


def granska_foljda(b: Budgetperiod) -> None:
    """Refuse a state in which anything followed rests on what is not there, comes before it or exceeds it."""
    for typ, id_ in sorted(b.brustna, key=str):
        _granska_foljd(id_, typ, b.foljd(typ, id_))


def _granska_foljd(id_: UUID, typ: type[Handelse], foljd: Foljd) -> NoReturn:
    borjan, senare = foljd.borjan, foljd.senare
    if borjan is None:
        assert senare is not None  # otherwise nothing would be broken
        _saknas(id_, typ, senare)
    if senare is not None and senare.datum < borjan.datum:
        _for_tidigt(typ, borjan, senare)
    if foljd.beviljat + foljd.avslaget > foljd.sokt and not foljd.utover:
        raise MerBeslutatAnSokt(beslutat=foljd.beviljat + foljd.avslaget, sokt=foljd.sokt)
    raise MerAterbetaltAnBeviljat(aterbetalt=foljd.aterbetalt, beviljat=foljd.beviljat)


def _saknas(id_: UUID, typ: type[Handelse], senare: Handelse) -> NoReturn:
    if typ is ErsattningSokt:
        raise ErsattningenArInteSokt(id=id_, typ=senare.typ)
    if typ is MalFaststallt:
        raise MaletArInteFaststallt(id=id_)
    raise AtagandetArInteStartat(id=id_)


def _for_tidigt(typ: type[Handelse], borjan: Handelse, senare: Handelse) -> NoReturn:
    if typ is ErsattningSokt:
        raise ErsattningenBeslutadesForeAnsokan(typ=senare.typ, datum=senare.datum, sokt=borjan.datum)
    if typ is MalFaststallt:
        raise MaletBedomdesForeDetFaststalldes(datum=senare.datum, faststalld=borjan.datum)
    raise AtagandetSlutarForeSinStart(datum=senare.datum, start=borjan.datum)
