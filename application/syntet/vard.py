"""All care with care days: which rows there are, whose stays they have, and what each stay was bought as.

Rows come in this order: those of the external care table, care days per form, the board's own units, stays by
contract, and care beside all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from application.rapporter.radmappning import Rad, Urval
from application.syntet.avtalsvard import DRAS, bygg_avtalsvard, med_flyttar, med_orsaker
from application.syntet.boenden import FORM, MALGRUPP, platser_i, vistelser_i
from application.syntet.dagar import dagnr, nyar
from application.syntet.egen_regi import HELDYGN, dygn_i_aret, kopta, tidigare_ar
from application.syntet.fyllnad import Arskrav, fyll
from application.syntet.krav import Krav, Tal
from application.syntet.matt import Matt, Vardord, vard_av
from application.syntet.personer import Folk, langsta, skapa_folk
from application.syntet.placeringar import Placeringar, bygg_placeringar, former_i, kravda_kon, malgrupper_i
from application.syntet.profiler import FORMER, I8, I32, KON, MALGRUPPER, VANLIGT_PRIS, B
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from application.syntet.vistelser import Period, Vistelser, simulera
from domain.begrepp import Insatsform, Kon, Malgrupp, Prissort, Regi
from domain.tid import kalenderar

Slump = Callable[[int, int], np.random.Generator]
_ROR, _ENHET, _AVTAL, _FYLL, _FOLK = range(20, 25)
_OVRIG = "Övrig vård"
_INSTITUTION = (Insatsform.HVB, Insatsform.SIS)
_FAMILJEHEM = (Insatsform.FAMILJEHEM_EGET, Insatsform.FAMILJEHEM_KONSULENT)


@dataclass(frozen=True)
class Vardrad:
    """A row of care: what it counts, what its price is per, and the usual price."""

    rad: Rad
    prissort: Prissort
    pris: float


@dataclass
class Vard:
    """Placements and persons, and what is settled about them.

    Attributes:
        p: placements.
        folk: persons.
        rader: the rows that placements belong to.
        enheter: row -> number among the board's own units.
        platser: per own unit, its places.
        direkt: per placement, 1 + index of the reason of a direct procurement, 0 for none, DRAS to be drawn.
        noter: Swedish sentences about what was not met.
    """

    p: Placeringar
    folk: Folk
    rader: tuple[Vardrad, ...]
    enheter: dict[int, int]
    platser: tuple[int, ...]
    direkt: I8
    noter: list[str] = field(default_factory=list)


def vardrad(etikett: str, vard: Vardord) -> Vardrad:
    """Return the row for a form of care that a label names."""
    sort, pris = VANLIGT_PRIS[vard.former[0]]
    urval = Urval(malgrupp=vard.malgrupper, insatsform=vard.former, regi=(vard.regi,))
    return Vardrad(Rad(etiketter=(etikett,), urval=urval, prissort=sort), sort, pris)


def dygnsrader(krav: Krav, utom: tuple[Rad, ...]) -> list[tuple[Vardrad, dict[int, int]]]:
    """Return the rows of care days per form, with care days per year, that are not already rows of another table."""
    resultat: dict[Vardord, tuple[Vardrad, dict[int, int]]] = {}
    for t in krav.av(Matt.VARDYGN):
        vard = vard_av(t.etikett)
        if vard is None or t.period != kalenderar(t.period.fran.year) or radnummer(t, utom) is not None:
            continue
        rad = resultat.setdefault(vard, (vardrad(t.etikett, vard), {}))
        rad[1][t.period.fran.year] = int(t.varde)
    return list(resultat.values())


def radnummer(t: Tal, rader: tuple[Rad, ...]) -> int | None:
    """Return the number of the row that counts the same form for the same groups as a figure, if there is one."""
    vard = vard_av(t.etikett)
    if vard is None:
        return None
    for nr, rad in enumerate(rader):
        if rad.urval.malgrupp == vard.malgrupper and rad.urval.insatsform == vard.former:
            return nr
    return None


class Vardbygge:
    """Builds all care of an order."""

    def __init__(self, uppdrag: Syntetuppdrag, krav: Krav, slump: Slump, externa: list[Vardrad]) -> None:
        """Prepare; ``externa`` are the rows of the external care table."""
        self._u, self._krav, self._slump = uppdrag, krav, slump
        self._slutdag = dagnr(uppdrag.slutdag)
        self._rader = list(externa)
        self._noter: list[str] = []

    def bygg(self, vistelser: dict[int, Vistelser]) -> Vard:
        """Return all care; ``vistelser`` are the stays of the external care table by row.

        Raises:
            SyntetGarInte: there is no care at all in the tables, or figures that cannot be met.
        """
        vistelser = {**vistelser, **self._dygnsrader()}
        enheter, platser = {}, []
        for nr, boende in enumerate(self._krav.boenden):
            rad = len(self._rader)
            self._rader.append(vardrad(boende.namn, Vardord("", (FORM,), (MALGRUPP,), Regi.EGEN)))
            slump = self._slump(_ENHET, nr)
            vistelser[rad] = vistelser_i(slump, boende, self._u.ar, self._slutdag + 1, self._u.skala)
            enheter[rad] = nr
            platser.append(platser_i(boende) * self._u.skala)
        delar: list[Placeringar] = []
        if any(len(v.start) for v in vistelser.values()):
            rader = tuple(rad.rad for rad in self._rader)
            delar.append(bygg_placeringar(self._slump(2, 0), rader, vistelser, self._slutdag, frozenset(enheter)))
        direkt = [np.full(len(del_), DRAS, dtype=np.int8) for del_ in delar]
        self._avtal(delar, direkt)
        self._fyll(delar, direkt)
        if not delar:
            raise SyntetGarInte(
                "Tabellerna trycker inga vårddygn eller insatser över noll; det finns ingen vård att hitta på."
            )
        p = _ihop(delar)
        folk = self._folk(p)
        self._konsandelar(p, folk)
        return Vard(p, folk, tuple(self._rader), enheter, tuple(platser), np.concatenate(direkt), self._noter)

    # Rows by care days ------------------------------------------------------------------------------------------

    def _dygnsrader(self) -> dict[int, Vistelser]:
        """Return the stays of rows whose care days per year are printed."""
        resultat: dict[int, Vistelser] = {}
        for rad, per_ar in dygnsrader(self._krav, tuple(r.rad for r in self._rader)):
            nummer = len(self._rader)
            self._rader.append(rad)
            slump = self._slump(_ROR, nummer)
            langst = langsta(malgrupper_i(rad.rad))
            resultat[nummer] = simulera(slump, former_i(rad.rad), langst, self._perioder(per_ar))
        return resultat

    def _perioder(self, per_ar: dict[int, int]) -> list[Period]:
        """Return the years from the first printed one to the end of the history."""
        perioder: list[Period] = []
        for ar in range(min(per_ar), self._u.ar + 1):
            fran, till = nyar(ar), min(nyar(ar + 1), self._slutdag + 1)
            tryckt = per_ar.get(ar)
            if tryckt is None or till < nyar(ar + 1):
                niva = perioder[-1].niva if perioder else per_ar[min(per_ar)] * self._u.skala / 365
                perioder.append(Period(fran, till, niva, None))
            else:
                dygn = tryckt * self._u.skala
                perioder.append(Period(fran, till, dygn / (till - fran), dygn))
        return perioder

    # Stays by contract ------------------------------------------------------------------------------------------

    def _avtal(self, delar: list[Placeringar], direkt: list[I8]) -> None:
        """Add the stays counted by contract: of the report year, up to the end of the history."""
        if not self._krav.avtal:
            return
        slump = self._slump(_AVTAL, 0)
        period = (nyar(self._u.ar), self._slutdag + 1)
        forsta = len(self._rader)
        self._rader += [vardrad(rad.etikett, rad.vard) for rad in self._krav.avtal]
        v = bygg_avtalsvard(slump, self._krav.avtal, forsta, period, self._slutdag, self._u.skala)
        v = med_orsaker(slump, v, self._krav.orsaker, period, self._u.skala)
        andelar = [t for t in self._krav.av(Matt.OPLANERADE) if t.period.fran.year == self._u.ar]
        p = v.p
        for t in andelar:
            granser = (dagnr(t.period.fran), min(dagnr(t.period.till), self._slutdag + 1))
            p = med_flyttar(slump, p, float(t.varde) / 100, granser)
        delar.append(p)
        direkt.append(v.direkt)

    # Care beside the rows ---------------------------------------------------------------------------------------

    def _fyll(self, delar: list[Placeringar], direkt: list[I8]) -> None:
        """Add stays so that all care in a form has the printed days and persons."""
        for nr, former in enumerate((_INSTITUTION, _FAMILJEHEM)):
            krav = self._brister(delar, former)
            if not krav:
                continue
            egna = Vardord("", former[:1], (Malgrupp.UNGA if nr == 0 else Malgrupp.ENSAMKOMMANDE,), Regi.EGEN)
            start, slut = fyll(self._slump(_FYLL, nr), krav, former[0].etikett, self._slutdag)
            bort = self._kopta(delar, start, slut) if nr == 0 else np.zeros(len(start), dtype=np.bool_)
            # What is bought beside the rows of external care is what those leave out: unaccompanied children's.
            andras = Vardord("", former[:1], (Malgrupp.ENSAMKOMMANDE,), Regi.EXTERN)
            for vard, vilka in ((egna, ~bort), (andras, bort)):
                if vilka.any():
                    delar.append(self._ovrig(vard, start[vilka], slut[vilka]))
                    direkt.append(np.zeros(int(vilka.sum()), dtype=np.int8))

    def _kopta(self, delar: list[Placeringar], start: I32, slut: I32) -> B:
        """Return which of the stays beside the rows were bought, so that the own units' share is as printed."""
        mal = tidigare_ar(self._u, "andel-dygn-egen-regi")
        andra: dict[int, tuple[float, float]] = dict.fromkeys(mal, (0.0, 0.0))
        if delar:
            p = _ihop(delar)
            heldygn = np.isin(p.form, [FORMER.index(f) for f in HELDYGN])
            for ar in mal:
                dygn = dygn_i_aret(p.start, p.slut, ar) * heldygn
                andra[ar] = float(dygn[p.egen == 1].sum()), float(dygn.sum())
        return kopta(self._slump(_FYLL, len(self._rader)), start, slut, andra, mal)

    def _ovrig(self, vard: Vardord, start: I32, slut: I32) -> Placeringar:
        """Return stays beside the rows, each of a person of its own, in a row of their own."""
        rad, antal = len(self._rader), len(start)
        etikett = f"{_OVRIG}, {vard.former[0].etikett}"
        self._rader.append(vardrad(etikett if vard.regi is Regi.EGEN else f"{etikett}, köpt", vard))
        return Placeringar(
            rad=np.full(antal, rad, dtype=np.int32),
            form=np.full(antal, FORMER.index(vard.former[0]), dtype=np.int8),
            malgrupp=np.full(antal, MALGRUPPER.index(vard.malgrupper[0]), dtype=np.int8),
            egen=np.full(antal, vard.regi is Regi.EGEN, dtype=np.int8),
            start=start,
            slut=slut,
            person=np.arange(antal, dtype=np.int32),
            fore=np.full(antal, -1, dtype=np.int32),
            byte=np.zeros(antal, dtype=np.int8),
        )

    def _brister(self, delar: list[Placeringar], former: tuple[Insatsform, ...]) -> list[Arskrav]:
        """Return the consecutive years' days and persons in some forms that the rows do not have."""
        dygn, personer = (self._av_form(m, former) for m in (Matt.ALLA_VARDYGN, Matt.UNIKA))
        resultat: list[Arskrav] = []
        for ar in sorted(set(dygn) & set(personer)):
            har_dygn, har_personer = _i_formerna(delar, former, nyar(ar), nyar(ar + 1))
            brist = Arskrav(
                ar, dygn[ar] * self._u.skala - har_dygn, personer[ar] * self._u.skala - har_personer
            )  # fmt: skip
            if brist.vardygn < brist.personer or brist.personer < 1:
                raise SyntetGarInte(
                    f"{former[0].etikett} {ar}: raderna har {har_dygn} vårddygn och {har_personer} personer, och det "
                    "som återstår till de tryckta för all vård i formen går inte ihop."
                )
            resultat.append(brist)
        return resultat

    def _av_form(self, matt: Matt, former: tuple[Insatsform, ...]) -> dict[int, int]:
        hela = [t for t in self._krav.av(matt) if t.period.fran.year < self._u.ar]
        return {t.period.fran.year: int(t.varde) for t in hela if (v := vard_av(t.etikett)) and v.former[0] in former}

    # Persons ----------------------------------------------------------------------------------------------------

    def _folk(self, p: Placeringar) -> Folk:
        kon = kravda_kon(tuple(rad.rad for rad in self._rader))[p.rad]
        sist = np.minimum(p.slut, self._slutdag)
        return skapa_folk(self._slump(_FOLK, 0), p.person, p.malgrupp, p.start, np.asarray(sist, dtype=np.int32), kon)

    def _konsandelar(self, p: Placeringar, folk: Folk) -> None:
        """Set the sex of those beside the rows so that the share of women in a form is as printed, year by year."""
        forsta: set[Insatsform] = set()
        for t, procent in self._krav.procent_kvinnor(Matt.UNIKA):
            vard = vard_av(t.etikett)
            if vard is None or t.period.fran.year >= self._u.ar:
                continue
            former = _INSTITUTION if vard.former[0] in _INSTITUTION else _FAMILJEHEM
            fran, till = dagnr(t.period.fran), dagnr(t.period.till)
            i_aret = np.isin(p.form, [FORMER.index(f) for f in former])
            i_aret &= (p.start < till) & (np.maximum(p.slut, p.start + 1) > fran)
            personer = np.unique(p.person[i_aret])
            # Those who came before are as an earlier year's share has made them, unless this is the first.
            nya = (p.start >= fran) | (former[0] not in forsta)
            forsta.add(former[0])
            fria = np.unique(p.person[i_aret & nya & np.isin(p.rad, self._ovriga_rader())])
            kvinna = folk.kon == KON.index(Kon.KVINNA)
            fasta = int(kvinna[personer].sum()) - int(kvinna[fria].sum())
            mal = round(procent / 100 * len(personer)) - fasta
            if not 0 <= mal <= len(fria):
                self._noter.append(f"{t.etikett} {t.period.fran.year}: andelen {procent:.3g} procent nåddes inte helt.")
            blandade = self._slump(_FOLK, t.period.fran.year).permutation(fria)
            folk.kon[blandade[: max(0, mal)]] = KON.index(Kon.KVINNA)
            folk.kon[blandade[max(0, mal) :]] = KON.index(Kon.MAN)

    def _ovriga_rader(self) -> list[int]:
        return [nr for nr, rad in enumerate(self._rader) if rad.rad.etiketter[-1].startswith(_OVRIG)]


def _i_formerna(delar: list[Placeringar], former: tuple[Insatsform, ...], fran: int, till: int) -> tuple[int, int]:
    """Return care days and persons that stays in some forms have in a period."""
    if not delar:
        return 0, 0
    p = _ihop(delar)
    egna = np.isin(p.form, [FORMER.index(f) for f in former])
    dygn = np.maximum(np.minimum(np.maximum(p.slut, p.start + 1), till) - np.maximum(p.start, fran), 0) * egna
    return int(dygn.sum()), len(np.unique(p.person[dygn > 0]))


def _ihop(delar: list[Placeringar]) -> Placeringar:
    """Return the parts as one; persons and earlier placements of each are its own."""
    p = delar[0]
    for del_ in delar[1:]:
        personer = int(p.person.max()) + 1
        fore = np.where(del_.fore >= 0, del_.fore + len(p), -1).astype(np.int32)
        p = p.utokade(replace(del_, person=(del_.person + personer).astype(np.int32), fore=fore))
    return p
