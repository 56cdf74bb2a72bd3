"""Budgetperiod: what is refused, what is already known, and what is recorded, for the year and its money."""

from __future__ import annotations

from domain.aggregat import Aggregat
from domain.begrepp import Justeringsslag, Samling
from domain.budgetperiod.begrepp import Post, Underlag
from domain.budgetperiod.beslut_foljda import (
    avgor_ersattning,
    avsluta_atagande,
    bedom_mal,
    faststall_mal,
    granska_foljda,
    redovisa_avvikelse,
    sok_ersattning,
    starta_atagande,
)
from domain.budgetperiod.beslut_uppgift import (
    besluta_riktlinje,
    faststall_invanare,
    faststall_rapport,
    lamna_uppgift,
    notera,
    upptack_tryckfel,
)
from domain.budgetperiod.ersattning import ErsattningAterbetald, ErsattningAvslagen, ErsattningBeviljad, ErsattningSokt
from domain.budgetperiod.handelser import (
    BokslutFaststallt,
    BudgetFaststalld,
    BudgetJusterad,
    InvanareFaststallda,
    ManadStangd,
    PeriodiseringsprincipAndrad,
    PrognosFaststalld,
    Rad,
    UtfallBokfort,
)
from domain.budgetperiod.mal import AtagandeAvslutat, AtagandeStartat, MalBedomt, MalFaststallt
from domain.budgetperiod.rapport import (
    AvvikelseRedovisad,
    DefinitionAndrad,
    InternkontrollGenomford,
    RapportFaststalld,
    RiktlinjeBeslutad,
    TryckfelUpptackt,
)
from domain.budgetperiod.tillstand import Budgetperiod, utveckla
from domain.budgetperiod.uppgift import RegisterInlast, UppgiftLamnad
from domain.fel import DatumArInteVerkansdag, Regelbrott
from domain.handelse import Handelse
from domain.tid import kalenderar, kalendermanad

# Refusals ------------------------------------------------------------------------------------------------------------


class ManadenArStangd(Regelbrott):
    """A closed month takes no new postings, only ones in an open month that name the month they belong to."""

    mall = "Månaden {manad} är stängd. Bokför i en öppen månad och ange avserManad {manad}."
    falt = "manad"


class AretArAvslutat(Regelbrott):
    """After the year-end nothing is booked, adjusted or forecast in the year."""

    mall = "Bokslutet för {ar} fastställdes {datum}; {typ} kan inte längre registreras."
    falt = "datum"


class ManadenHarInteTagitSlut(Regelbrott):
    """A month is closed when it is over."""

    mall = "Månaden {manad} kan stängas tidigast på sin sista dag, {sista}."
    falt = "datum"


class AretHarInteTagitSlut(Regelbrott):
    """A year is closed when it is over."""

    mall = "Bokslut för {ar} kan fastställas tidigast på årets sista dag, {sista}."
    falt = "datum"


class ManadenHorTillEttAnnatAr(Regelbrott):
    """A posting or closing belongs to the year of its stream."""

    mall = "Månaden {manad} ligger inte i budgetåret {ar}."
    falt = "manad"


class VerifikationenArUpptagen(Regelbrott):
    """A voucher number is used once; a wrong voucher is corrected."""

    mall = "Verifikation {verifikation} är redan bokförd med annat innehåll. Rätta den händelsen (rattar)."
    falt = "verifikation"


class PrognosenGallerEttAnnatAr(Regelbrott):
    """A forecast speaks of a day in its own year."""

    mall = "Prognosens avläsningsdag {galler} ligger inte i budgetåret {ar}."
    falt = "galler"


class BudgetenSaknas(Regelbrott):
    """The budget cannot be annulled while anything rests on it."""

    mall = "Budgeten kan inte makuleras så länge andra händelser i budgetperioden står kvar."
    falt = "rattar"


class JusteringenLiggerForeBudgeten(Regelbrott):
    """An adjustment changes an adopted budget, and falls on months by its weights."""

    mall = "Justeringen den {datum} ligger före dagen då budgeten fastställdes ({faststalld})."
    falt = "datum"


class InvesteringUtanProjekt(Regelbrott):
    """An investment belongs to a project; investments are shown one by one and never mixed with operation."""

    mall = "Raden {verksamhet} är en investering och måste ange projekt."
    falt = "rader"


class VerksamhetsflyttUtanMotpart(Regelbrott):
    """An operation moves from or to another board."""

    mall = "En verksamhetsflytt måste ange motpart: den nämnd som verksamheten kommer från eller går till."
    falt = "motpart"


class OmfordelningenAndrarRamen(Regelbrott):
    """What is redistributed within the board neither adds nor takes away."""

    mall = (
        "Raderna i en {slag} inom nämnden ska summera till noll, inte {summa} kr. "
        "Går pengar till eller från en annan nämnd ska motpart anges."
    )
    falt = "rader"


class PeriodiseringUtanManad(Regelbrott):
    """An accrual says which month it belongs to; that is what it is for."""

    mall = "En bokning med underlaget periodisering måste ange avserManad."
    falt = "avserManad"


class KreditnotanOkarKostnaden(Regelbrott):
    """A supplier's credit note lowers the cost, so its net cost is negative."""

    mall = (
        "En kreditnota från en leverantör minskar kostnaden, men raderna summerar till {summa} kr. Kostnad är positiv."
    )
    falt = "rader"


# Decisions -----------------------------------------------------------------------------------------------------------

_INOM_RAMEN = frozenset((Justeringsslag.OMFORDELNING, Justeringsslag.BALANSPOST_FORDELAD))
"""Changes that, unless another board is named, only move money within the board."""


def _ar(b: Budgetperiod, h: Handelse) -> int:
    return b.faststalld.ar if b.faststalld is not None else h.datum.year


def kraver_oppet_ar(b: Budgetperiod, h: Handelse) -> None:
    """Refuse a new event in a year that is closed for good."""
    if b.bokslut is not None:
        raise AretArAvslutat(ar=_ar(b, h), datum=b.bokslut.datum, typ=h.typ)


def kraver_oppen_manad(b: Budgetperiod, h: UtfallBokfort) -> None:
    """Refuse a new posting in a closed month or year."""
    kraver_oppet_ar(b, h)
    if h.manad in b.stangda:
        raise ManadenArStangd(manad=h.manad)


def _i_aret(b: Budgetperiod, h: UtfallBokfort | ManadStangd) -> None:
    if h.manad[:4] != str(_ar(b, h)):
        raise ManadenHorTillEttAnnatAr(manad=h.manad, ar=_ar(b, h))


def _granska_rader(rader: tuple[Rad, ...]) -> None:
    for rad in rader:
        if rad.post is Post.INVESTERING and rad.projekt is None:
            raise InvesteringUtanProjekt(verksamhet=rad.verksamhet)


def faststall(_: Budgetperiod, h: BudgetFaststalld) -> bool:
    """Adopt the budget; the stream begins with it."""
    _granska_rader(h.rader)
    return True


def justera(b: Budgetperiod, h: BudgetJusterad) -> bool:
    """Change the budget; quiet if the same change on the same day is known."""
    _granska_rader(h.rader)
    if h.motpart is None:
        if h.slag is Justeringsslag.VERKSAMHETSFLYTT:
            raise VerksamhetsflyttUtanMotpart
        summa = sum(rad.belopp for rad in h.rader)
        if h.slag in _INOM_RAMEN and summa:
            raise OmfordelningenAndrarRamen(slag=h.slag, summa=summa)
    return h not in b.kanda


def bokfor(b: Budgetperiod, h: UtfallBokfort) -> bool:
    """Book amounts in a month of the year.

    Two equal postings without a voucher number are two postings: money is never dropped because it looks alike.
    """
    if h.verifikation is not None:
        tidigare = b.verifikationer.get(h.verifikation)
        if tidigare == h:
            return False
        if tidigare is not None:
            raise VerifikationenArUpptagen(verifikation=h.verifikation)
    _i_aret(b, h)
    _granska_rader(h.rader)
    if h.underlag is Underlag.PERIODISERING and h.avser_manad is None:
        raise PeriodiseringUtanManad
    if h.underlag is Underlag.KREDITNOTA:
        summa = sum(rad.belopp for rad in h.rader)
        if summa >= 0:
            raise KreditnotanOkarKostnaden(summa=summa)
    return True


def flytta_bokning(b: Budgetperiod, gammal: UtfallBokfort, ny: UtfallBokfort) -> None:
    """Refuse a correction that moves a posting into a closed month: there it is a new posting."""
    if ny.manad != gammal.manad:
        kraver_oppen_manad(b, ny)


def faststall_prognos(b: Budgetperiod, h: PrognosFaststalld) -> bool:
    """Adopt a forecast; it takes effect on the day it speaks of, and is never recomputed."""
    if h in b.kanda:
        return False
    _granska_rader(h.rader)
    if h.galler != h.datum:
        raise DatumArInteVerkansdag(namn="galler", varde=h.galler, datum=h.datum)
    if h.galler.year != _ar(b, h):
        raise PrognosenGallerEttAnnatAr(galler=h.galler, ar=_ar(b, h))
    return True


def stang_manad(b: Budgetperiod, h: ManadStangd) -> bool:
    """Close a month that is over; quiet if it is closed."""
    if h.manad in b.stangda:
        return False
    _i_aret(b, h)
    sista = kalendermanad(h.manad).sista_dag
    if h.datum < sista:
        raise ManadenHarInteTagitSlut(manad=h.manad, sista=sista)
    return True


def faststall_bokslut(b: Budgetperiod, h: BokslutFaststallt) -> bool:
    """Close the year when it is over; quiet if it is closed in the same way."""
    if b.bokslut == h:
        return False
    kraver_oppet_ar(b, h)
    sista = kalenderar(_ar(b, h)).sista_dag
    if h.datum < sista:
        raise AretHarInteTagitSlut(ar=_ar(b, h), sista=sista)
    return True


# Invariants ----------------------------------------------------------------------------------------------------------


def granska(b: Budgetperiod) -> None:
    """Refuse a year whose budget is gone while other events remain, or in which something rests on nothing."""
    if b.faststalld is None:
        if b.antal:
            raise BudgetenSaknas
    elif b.forsta_justering is not None and b.forsta_justering < b.faststalld.datum:
        raise JusteringenLiggerForeBudgeten(datum=b.forsta_justering, faststalld=b.faststalld.datum)
    granska_foljda(b)


BUDGETPERIOD: Aggregat[Budgetperiod] = Aggregat(
    samling=Samling.BUDGETPERIODER,
    borjan=BudgetFaststalld,
    tom=Budgetperiod(),
    utveckla=utveckla,
    beslut={
        BudgetFaststalld: faststall,
        BudgetJusterad: justera,
        UtfallBokfort: bokfor,
        PrognosFaststalld: faststall_prognos,
        ManadStangd: stang_manad,
        BokslutFaststallt: faststall_bokslut,
        InvanareFaststallda: faststall_invanare,
        PeriodiseringsprincipAndrad: notera,
        ErsattningSokt: sok_ersattning,
        ErsattningBeviljad: avgor_ersattning,
        ErsattningAvslagen: avgor_ersattning,
        ErsattningAterbetald: avgor_ersattning,
        MalFaststallt: faststall_mal,
        MalBedomt: bedom_mal,
        AtagandeStartat: starta_atagande,
        AtagandeAvslutat: avsluta_atagande,
        UppgiftLamnad: lamna_uppgift,
        RegisterInlast: notera,
        RapportFaststalld: faststall_rapport,
        TryckfelUpptackt: upptack_tryckfel,
        DefinitionAndrad: notera,
        AvvikelseRedovisad: redovisa_avvikelse,
        InternkontrollGenomford: notera,
        RiktlinjeBeslutad: besluta_riktlinje,
    },
    granska=granska,
    bara_nya={
        BudgetJusterad: kraver_oppet_ar,
        UtfallBokfort: kraver_oppen_manad,
        PrognosFaststalld: kraver_oppet_ar,
        ManadStangd: kraver_oppet_ar,
        PeriodiseringsprincipAndrad: kraver_oppet_ar,
    },
    flyttar={UtfallBokfort: flytta_bokning},
)
