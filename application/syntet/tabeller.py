"""The printed tables that an invented history must meet, recognised by their columns and read into figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from application.rapporter.radmappning import Rad
from application.syntet.kolumntid import rimligt_ar
from application.syntet.krav import Krav
from application.syntet.kravlasning import las_krav
from application.syntet.matt import Matt
from application.syntet.tabellslag import Lasning, slag_av
from application.syntet.tal import cellfel, egna_rader, enhetsfaktor, tal
from application.syntet.tal import krav as krav_pa
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from application.tryckt import Trycktabell
from application.tryckta_tal import inget_tryckt
from domain.begrepp import Prissort

_MNKR = Decimal(1_000_000)
_UTFALL = re.compile(r"^(?:snitt_)?utfall_(\d{4})$")
_KOSTNADSENHET = {"kr_dygn": Prissort.DYGN, "kr_manad": Prissort.MANAD, "kr_månad": Prissort.MANAD}


@dataclass(frozen=True)
class Post:
    """One printed row of the external care table; averages in persons per day, prices and amounts in kronor."""

    rad: Rad
    snitt_utfall: dict[int, Decimal]
    snitt_budget: Decimal | None
    snitt_prognos: Decimal | None
    prissort: Prissort
    kostnad_budget: Decimal | None
    kostnad_prognos: Decimal | None
    budget: Decimal
    avvikelse_delar1: Decimal
    avvikelse_delar2: Decimal

    @property
    def etikett(self) -> str:
        """The row's two printed labels."""
        return self.rad.nyckel

    @property
    def har_vardygn(self) -> bool:
        """Whether the row is counted in persons per day."""
        return bool(self.snitt_utfall) or self.snitt_prognos is not None or self.snitt_budget is not None


@dataclass(frozen=True)
class Summarad:
    """A printed sum: its label, which rows (by index) it adds up, and its printed averages per outcome year."""

    etikett: str
    poster: tuple[int, ...]
    snitt_utfall: dict[int, Decimal]


@dataclass(frozen=True)
class Externtabell:
    """The external care table: outcome years in order, rows, group sums and the sum of all (if printed)."""

    utfallsar: tuple[int, ...]
    poster: tuple[Post, ...]
    summor: tuple[Summarad, ...]
    totalt: Summarad | None


UTAN_EXTERN = Externtabell((), (), (), None)
"""Stands for no external care table."""


@dataclass(frozen=True)
class Enhet:
    """A unit outside the external care table; NET COST in kronor (cost positive)."""

    verksamhet: str
    budget: Decimal
    avvikelse_delar1: Decimal
    avvikelse_delar2: Decimal


@dataclass(frozen=True)
class Underlag:
    """Everything printed that the history is invented from.

    ``invanarkalla`` says where the population is printed, ``krav`` holds what the other tables demand.
    """

    extern: Externtabell
    enheter: tuple[Enhet, ...]
    invanare: dict[int, int]
    invanarkalla: str
    krav: Krav


def las_underlag(uppdrag: Syntetuppdrag) -> Underlag:
    """Read the tables of an order that are about external care, units and population.

    Raises:
        SyntetGarInte: several external care tables, an unknown kind of table, a missing column, a cell that is not a
            number, or a printed row without a mapped row.
    """
    externa: list[Trycktabell] = []
    enheter: tuple[Enhet, ...] = ()
    krav = las_krav(uppdrag)
    for tabell in uppdrag.tabeller:
        lasning = getattr(slag_av(tabell), "lasning", None)
        if lasning is Lasning.EXTERN:
            externa.append(tabell)
        elif lasning is Lasning.ENHETER:
            enheter += _las_enheter(tabell, uppdrag)
    if len(externa) > 1:
        raise SyntetGarInte(f"Det får finnas en tabell med kolumner snitt_utfall_ÅÅÅÅ, men {len(externa)} gavs.")
    extern = _las_extern(externa[0], uppdrag) if externa else UTAN_EXTERN
    if enheter and not externa:
        krav.noter.append("Enheternas resultat möts inte: det behövs också en tabell över externa insatser.")
    return Underlag(extern, enheter, krav.per_ar(Matt.INVANARE), _invanarkalla(uppdrag, krav), krav)


def _invanarkalla(uppdrag: Syntetuppdrag, krav: Krav) -> str:
    """Return where the population is printed."""
    namn = {t.tabell for t in krav.av(Matt.INVANARE)}
    rubriker = [tabell.huvud.get("tabell", tabell.namn) for tabell in uppdrag.tabeller if tabell.namn in namn]
    return f"tryckt tabell: {rubriker[0]}" if rubriker else ""


def _las_extern(tabell: Trycktabell, uppdrag: Syntetuppdrag) -> Externtabell:
    """Read the external care table."""
    ar = uppdrag.ar
    for namn in ("malgrupp", "insatsform", "radtyp", *_radens_kolumner(ar)):
        krav_pa(tabell, namn)
    utfallsar = _utfallsar(tabell, "snitt_utfall_")
    if not utfallsar or utfallsar[-1] >= ar:
        raise SyntetGarInte(f"Tabellen {tabell.namn} behöver minst en kolumn snitt_utfall_ÅÅÅÅ före rapportåret {ar}.")
    poster: list[Post] = []
    summor: list[dict[str, str]] = []
    for rad in tabell.rader:
        if rad["radtyp"] == "post":
            poster.append(_las_post(tabell, rad, uppdrag, utfallsar))
        elif rad["radtyp"] in ("summa", "totalt"):
            summor.append(rad)
        else:
            problem = f"Radtypen {rad['radtyp']!r} i {tabell.namn} är okänd"
            raise SyntetGarInte(f"{problem}; tillåtna är post, summa, totalt.")
    dubbla = [post.etikett for nr, post in enumerate(poster) if post.etikett in {p.etikett for p in poster[:nr]}]
    if dubbla:
        raise SyntetGarInte(f"Raden {dubbla[0]} i {tabell.namn} finns flera gånger; varje rad får stå en gång.")
    if not any(post.har_vardygn for post in poster):
        raise SyntetGarInte(f"Tabellen {tabell.namn} har ingen rad med personer per dygn.")
    grupper = [_las_summa(tabell, rad, poster, utfallsar) for rad in summor if rad["radtyp"] == "summa"]
    totaler = [_las_summa(tabell, rad, poster, utfallsar) for rad in summor if rad["radtyp"] == "totalt"]
    if len(totaler) > 1:
        raise SyntetGarInte(f"Tabellen {tabell.namn} har flera rader av typen totalt.")
    return Externtabell(utfallsar, tuple(poster), tuple(grupper), totaler[0] if totaler else None)


def _radens_kolumner(ar: int) -> tuple[str, ...]:
    """Return the columns, besides labels and outcomes, that the external care table must have."""
    return (
        f"snitt_budget_{ar}",
        f"snitt_prognos_{ar}",
        "kostnadsenhet",
        f"kostnad_budget_{ar}",
        f"kostnad_prognos_{ar}",
        f"budget_{ar}_mnkr",
        "budgetavvikelse_delar1_mnkr",
        "budgetavvikelse_delar2_mnkr",
    )


def _las_post(tabell: Trycktabell, rad: dict[str, str], uppdrag: Syntetuppdrag, utfallsar: tuple[int, ...]) -> Post:
    """Read one printed row."""
    ar = uppdrag.ar
    mappad = _mappad(tabell, rad, uppdrag.radmappning)
    enhet = _prissort(tabell, rad, uppdrag.ar)
    post = Post(
        rad=mappad,
        snitt_utfall=_per_ar(tabell, rad, utfallsar),
        snitt_budget=tal(tabell, rad, f"snitt_budget_{ar}"),
        snitt_prognos=tal(tabell, rad, f"snitt_prognos_{ar}"),
        prissort=mappad.prissort or enhet,
        kostnad_budget=tal(tabell, rad, f"kostnad_budget_{ar}"),
        kostnad_prognos=tal(tabell, rad, f"kostnad_prognos_{ar}"),
        budget=(tal(tabell, rad, f"budget_{ar}_mnkr") or Decimal(0)) * _MNKR,
        avvikelse_delar1=(tal(tabell, rad, "budgetavvikelse_delar1_mnkr") or Decimal(0)) * _MNKR,
        avvikelse_delar2=(tal(tabell, rad, "budgetavvikelse_delar2_mnkr") or Decimal(0)) * _MNKR,
    )
    if post.har_vardygn:
        _kontrollera_vardrad(tabell, post)
    return post


def _prissort(tabell: Trycktabell, rad: dict[str, str], ar: int) -> Prissort:
    """Return what a row's price is per; a row without price needs none.

    Raises:
        SyntetGarInte: it is not printed as it may be.
    """
    enhet = "_".join(re.split(r"[_\s/]+(?:per[_\s]+)?", rad["kostnadsenhet"].casefold()))
    prislos = all(inget_tryckt(rad[f"kostnad_{vad}_{ar}"]) for vad in ("budget", "prognos"))
    if prislos and inget_tryckt(enhet):
        return Prissort.DYGN
    if enhet not in _KOSTNADSENHET:
        raise cellfel(tabell, rad, "kostnadsenhet", "är ingen känd prisenhet", "kr_per_dygn eller kr_per_manad")
    return _KOSTNADSENHET[enhet]


def _kontrollera_vardrad(tabell: Trycktabell, post: Post) -> None:
    """Refuse a row with persons per day whose forms have no care days, or that has no price at all."""
    utan = [form.value for form in post.rad.urval.insatsform or () if form is not None and not form.har_vardygn]
    if utan or not post.rad.urval.insatsform:
        vad = f"formen {utan[0]} räknas inte i vårddygn" if utan else "radmappningen anger ingen insatsform"
        raise SyntetGarInte(f"Raden {post.etikett} i {tabell.namn} har personer per dygn, men {vad}.")
    if post.kostnad_prognos is None and post.kostnad_budget is None:
        raise SyntetGarInte(f"Raden {post.etikett} i {tabell.namn} har personer per dygn men inget pris.")
    snitten = [*post.snitt_utfall.values(), post.snitt_budget or Decimal(0), post.snitt_prognos or Decimal(0)]
    if min(snitten) < 0:
        raise SyntetGarInte(f"Raden {post.etikett} i {tabell.namn} har ett negativt antal personer.")


def _mappad(tabell: Trycktabell, rad: dict[str, str], radmappning: tuple[Rad, ...]) -> Rad:
    """Return the mapped row with the printed row's two labels."""
    for mappad in radmappning:
        if mappad.raknar and mappad.etiketter == (rad["malgrupp"], rad["insatsform"]):
            return mappad
    finns = "; ".join(m.nyckel for m in radmappning if m.raknar)
    vilken = f"{rad['malgrupp']} / {rad['insatsform']}"
    raise SyntetGarInte(f"Raden {vilken} i {tabell.namn} saknas i radmappningen. Där finns: {finns}.")


def _las_summa(tabell: Trycktabell, rad: dict[str, str], poster: list[Post], utfallsar: tuple[int, ...]) -> Summarad:
    """Read a printed sum: all rows for a total, else the rows with the same first label."""
    alla = rad["radtyp"] == "totalt"
    delar = tuple(i for i, post in enumerate(poster) if alla or post.rad.etiketter[0] == rad["malgrupp"])
    etikett = f"{rad['malgrupp']} / {rad['insatsform']}"
    if not delar:
        raise SyntetGarInte(f"Summan {etikett} i {tabell.namn} har inga rader att summera.")
    return Summarad(etikett, delar, _per_ar(tabell, rad, utfallsar))


def _las_enheter(tabell: Trycktabell, uppdrag: Syntetuppdrag) -> tuple[Enhet, ...]:
    """Read the unit result table, where cost is negative; skip its sum and the unit the external table specifies."""
    kolumner = (f"budget_{uppdrag.ar}", "prognos_avvikelse_delar1", "prognos_avvikelse_delar2")
    for namn in kolumner:
        krav_pa(tabell, namn)
    enheter: list[Enhet] = []
    faktor = enhetsfaktor(tabell)
    for rad in egna_rader(tabell, "verksamhet"):
        namn = rad["verksamhet"]
        if namn == uppdrag.verksamhet:
            continue
        budget, delar1, delar2 = ((tal(tabell, rad, kolumn) or Decimal(0)) * faktor for kolumn in kolumner)
        enheter.append(Enhet(namn, -budget, delar1, delar2))
    return tuple(enheter)


def _utfallsar(tabell: Trycktabell, forled: str) -> tuple[int, ...]:
    """Return the years of the outcome columns, in order."""
    traffar = (_UTFALL.match(namn) for namn in tabell.kolumner if namn.startswith(forled))
    return tuple(sorted(rimligt_ar(tabell, traff[0], traff[1]) for traff in traffar if traff is not None))


def _per_ar(tabell: Trycktabell, rad: dict[str, str], utfallsar: tuple[int, ...]) -> dict[int, Decimal]:
    """Return the printed averages of a row for the years that have one."""
    tryckta = {ar: tal(tabell, rad, f"snitt_utfall_{ar}") for ar in utfallsar}
    return {ar: snitt for ar, snitt in tryckta.items() if snitt is not None}
