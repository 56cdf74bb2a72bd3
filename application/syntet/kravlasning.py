"""The printed tables read into what they demand of a history, table by table.

Where two tables print the same figure differently, the table whose kind stands first in ``TABELLSLAG`` is followed,
and the note says so.
"""

from __future__ import annotations

import re
from decimal import Decimal

from application.syntet.kolumntid import SA_SKRIVS_PERIODER, arets_manad, kolumnens_tid, liknar_utfall, rimligt_ar
from application.syntet.krav import Atgardsrad, Avtalsrad, Boende, Koplats, Krav, Tal, Uppfoljning
from application.syntet.matt import ANDELAR, DELORD, HELA, PER_DEL_AV_AR, PER_KON, Del, Matt, del_av, matt_av, vard_av
from application.syntet.tabellslag import TABELLSLAG, Lasning, Tabellslag, slag_av
from application.syntet.tal import (
    antal,
    antal_eller_inget,
    cellfel,
    egna_rader,
    enhetsfaktor,
    tal,
)
from application.syntet.uppdrag import SyntetGarInte, Syntetuppdrag
from application.tryckt import Trycktabell
from application.tryckta_rader import sammanfattar
from application.tryckta_tal import som_tal
from domain.tid import Period, kalenderar

_NIVA = r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+)"
_PARET = re.compile(rf"(?<!\d){_NIVA} till {_NIVA}\s*=")
_PROCENT = 100
_HOGSTA_BELAGGNING = Decimal("1.5")
_ACKUMULERAD = "ack"
_I_PARENTES = re.compile(r"\([^()]*\)")
_KO = re.compile(r"^(?P<familj>familjer|\w+) i kö$")
_ALDST = 120  # stands for no upper limit
_ALDRAR = re.compile(
    r"(\d+)\s*(?:[-–—]\s*(\d*)\s*(?:år)?|(?:år)?\s*\+|(?:år )?(?:och|eller) (?:äldre|uppåt))", re.IGNORECASE
)


def las_krav(uppdrag: Syntetuppdrag) -> Krav:
    """Read every table but external care and units.

    Raises:
        SyntetGarInte: a table of no known kind, or a cell that is not what its column says.
    """
    krav = Krav()
    slagna = [(_slag(tabell), tabell) for tabell in uppdrag.tabeller]
    for slag, tabell in sorted(slagna, key=lambda par: TABELLSLAG.index(par[0])):
        las = _LASARE.get(slag.lasning)
        if las is not None:
            las(krav, slag, tabell, uppdrag)
    _rensa(krav)
    return krav


def _slag(tabell: Trycktabell) -> Tabellslag:
    slag = slag_av(tabell)
    if slag is None:
        kolumner = ", ".join(tabell.kolumner)
        raise SyntetGarInte(f"Tabellen {tabell.namn} känns inte igen på sina kolumner: {kolumner}.")
    return slag


# One reader per kind ------------------------------------------------------------------------------------------------


def _las_tal(krav: Krav, slag: Tabellslag, tabell: Trycktabell, uppdrag: Syntetuppdrag) -> None:
    """Read figures per label and period; a label may itself print the two levels that its change is between."""
    tider = {kolumn: kolumnens_tid(tabell, kolumn) for kolumn in tabell.kolumner}
    if "utfall" in tabell.kolumner:
        tider["utfall"] = kalenderar(uppdrag.ar)
    perioder = sorted((p, k) for k, p in tider.items() if p is not None and p.fran.year <= uppdrag.ar)
    okanda = [kolumn for kolumn, p in tider.items() if p is None and liknar_utfall(kolumn)]
    olasta: set[str] = set()
    for nr, rad in enumerate(tabell.rader):
        etikett = rad[slag.etikett]
        matt = matt_av(etikett)
        if matt is None:
            continue
        del_ = _del(tabell, rad, slag.del_)
        olasta |= {kolumn for kolumn in okanda if som_tal(rad[kolumn]) is not None}
        varden = _nivaer(etikett, perioder) or {p: _varde(tabell, rad, kolumn, matt, del_) for p, kolumn in perioder}
        egna = [Tal(matt, etikett, del_, p, v, tabell.namn) for p, v in varden.items() if v is not None]
        hela = [t for t in egna if matt in PER_DEL_AV_AR or t.period == kalenderar(t.period.fran.year)]
        krav.noter += [
            f"{etikett} {t.period} i {tabell.namn} möts inte: måttet möts bara för hela år."
            for t in egna
            if t not in hela
        ]
        if not egna or del_ == HELA or matt in PER_KON:
            krav.lasta.setdefault(tabell.namn, set()).add(nr)
            krav.tal += hela
    krav.noter += [_obegriplig(tabell, kolumn) for kolumn in okanda if kolumn in olasta]


def _obegriplig(tabell: Trycktabell, kolumn: str) -> str:
    return (
        f"Kolumnen {kolumn} i {tabell.namn} möts inte: den anger ingen period som känns igen, som {SA_SKRIVS_PERIODER}."
    )


def _del(tabell: Trycktabell, rad: dict[str, str], kolumn: str) -> Del:
    """Return which part of its label a row is about."""
    del_ = del_av(rad[kolumn]) if kolumn else HELA
    if del_ is None:
        raise cellfel(tabell, rad, kolumn, "är ingen känd del av måttet", DELORD)
    return del_


def _nivaer(etikett: str, perioder: list[tuple[Period, str]]) -> dict[Period, Decimal | None]:
    """Return the levels that a label prints of its last two periods, if it does."""
    par = _PARET.search(etikett)
    return dict(zip([p for p, _ in perioder][-2:][::-1], map(som_tal, par.groups()[::-1]), strict=False)) if par else {}


def _varde(tabell: Trycktabell, rad: dict[str, str], kolumn: str, matt: Matt, del_: Del) -> Decimal | None:
    """Return a figure: a number of something, or a per cent."""
    if matt not in ANDELAR and not del_.andel:
        return antal_eller_inget(tabell, rad, kolumn)
    varde = tal(tabell, rad, kolumn)
    if varde is not None and not 0 <= varde <= _PROCENT:
        raise cellfel(tabell, rad, kolumn, "är ingen andel", "procent från 0 till 100")
    return varde


def _las_belaggning(krav: Krav, slag: Tabellslag, tabell: Trycktabell, uppdrag: Syntetuppdrag) -> None:
    """Read the occupancy of units; the sum row and the accumulated column follow from the months."""
    manader = _manadskolumner(krav, tabell, uppdrag.ar)
    for rad in egna_rader(tabell, slag.etikett):
        tryckta = {nr: _belaggning(tabell, rad, kolumn) for nr, kolumn in manader.items()}
        if any(v is not None for v in tryckta.values()):
            krav.boenden.append(Boende(rad[slag.etikett], {nr: v for nr, v in tryckta.items() if v is not None}))
        else:
            krav.noter.append(f"{rad[slag.etikett]} i {tabell.namn} möts inte: ingen månads beläggning är tryckt.")
    krav.noter.append(
        f"Tabellen {tabell.namn}: enheternas månader möts; antalet platser är inte tryckt och är härlett ur andelarna, "
        "och raden för samtliga och den ackumulerade kolumnen följer av månaderna."
    )


def _manadskolumner(krav: Krav, tabell: Trycktabell, ar: int) -> dict[int, str]:
    """Return the columns of the year's months by month; others that have figures are noted."""
    manader: dict[int, str] = {}
    for kolumn in tabell.kolumner[1:]:
        nr = arets_manad(tabell, kolumn, ar)
        if nr is not None and nr in manader:
            raise SyntetGarInte(f"Kolumnerna {manader[nr]} och {kolumn} i {tabell.namn} är samma månad.")
        if nr is not None:
            manader[nr] = kolumn
        elif not kolumn.startswith(_ACKUMULERAD) and any(som_tal(rad[kolumn]) is not None for rad in tabell.rader):
            namn = f"Kolumnen {kolumn} i {tabell.namn}"
            krav.noter.append(f"{namn} möts inte: den är ingen månad {ar}, som jan eller mars.")
    if not manader:
        raise SyntetGarInte(
            f"Tabellen {tabell.namn} har ingen kolumn för en månad {ar}, som jan, mars eller {ar}-08: "
            f"{', '.join(tabell.kolumner[1:])}."
        )
    return manader


def _belaggning(tabell: Trycktabell, rad: dict[str, str], kolumn: str) -> Decimal | None:
    """Return the share of places occupied; the heading says whether it is printed in per cent."""
    varde = tal(tabell, rad, kolumn)
    if varde is None:
        return None
    andel = varde / _PROCENT if re.search("procent|%", _I_PARENTES.sub("", tabell.huvud.get("enhet", ""))) else varde
    if not 0 <= andel <= _HOGSTA_BELAGGNING:
        tillatet = "en andel från 0 till 1,5, eller procent från 0 till 150 om tabellen har # enhet: procent"
        raise cellfel(tabell, rad, kolumn, "är ingen beläggning", tillatet)
    return andel


def _las_avtal(krav: Krav, _: Tabellslag, tabell: Trycktabell, __: Syntetuppdrag) -> None:
    for rad in egna_rader(tabell, "vardform"):
        vard = vard_av(rad["vardform"])
        if vard is None:
            raise SyntetGarInte(f"Vårdformen {rad['vardform']!r} i {tabell.namn} känns inte igen.")
        tryckta = (antal(tabell, rad, kolumn) for kolumn in ("inom_ramavtal_antal", "direktupphandling_antal"))
        krav.avtal.append(Avtalsrad(rad["vardform"].split(" - ")[0], vard, *tryckta))


def _las_orsaker(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    krav.orsaker |= {rad[slag.etikett]: antal(tabell, rad, "antal") for rad in egna_rader(tabell, slag.etikett)}


def _las_uppfoljningar(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    for rad in egna_rader(tabell, slag.etikett):
        vard = vard_av(rad[slag.etikett])
        if vard is None:
            raise SyntetGarInte(f"Ramavtalet {rad[slag.etikett]!r} i {tabell.namn} känns inte igen.")
        begransad = "begränsad" in " ".join(rad.values()).lower()
        antalet = antal(tabell, rad, "genomforda_uppfoljningar")
        krav.uppfoljningar.append(Uppfoljning(rad[slag.etikett], vard, antalet, begransad))


def _las_uppfoljda(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    for nr, rad in enumerate(krav.uppfoljningar):
        namn = tuple(r["utforare"] for r in tabell.rader if r[slag.etikett] == rad.avtal)
        krav.uppfoljningar[nr] = Uppfoljning(rad.avtal, rad.vard, rad.antal, rad.begransad, namn)
        if len(namn) != rad.antal:
            krav.noter.append(
                f"{rad.avtal}: {rad.antal} uppföljningar enligt den ena tabellen men {len(namn)} utförare i "
                f"{tabell.namn}; antalet följs."
            )


def _las_betyg(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Give the grades to the contract that the table's heading names, else to the first."""
    betyg = {
        rad[slag.etikett]: (varden[0] or Decimal(0), varden[1] or Decimal(0))
        for rad in tabell.rader
        if (varden := [tal(tabell, rad, kolumn) for kolumn in ("medelbetyg", "andel_betyg_4_och_5")])
    }
    rubrik = tabell.huvud.get("tabell", "")
    mal = next((nr for nr, u in enumerate(krav.uppfoljningar) if u.avtal in rubrik), 0)
    if not krav.uppfoljningar:
        krav.noter.append(f"Tabellen {tabell.namn} möts inte: antalet uppföljningar saknas.")
        return
    u = krav.uppfoljningar[mal]
    krav.uppfoljningar[mal] = Uppfoljning(u.avtal, u.vard, u.antal, u.begransad, u.namn, betyg)


def _las_ataganden(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    rader = egna_rader(tabell, *(k for k in (slag.etikett,) if k in tabell.kolumner))
    for kolumn in ("ej_paborjad", "pagar", "klart_avslutat", "forsenat"):
        if kolumn in tabell.kolumner:
            krav.ataganden[kolumn] = sum(antal(tabell, rad, kolumn) for rad in rader)


def _las_atgarder(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    faktor = enhetsfaktor(tabell)
    for rad in egna_rader(tabell, slag.etikett):
        effekter = [(tal(tabell, rad, k) or Decimal(0)) for k in ("budgeterad_effekt_helar", "prognos_effekt")]
        krav.atgarder.append(Atgardsrad(rad[slag.etikett], *(effekt * faktor for effekt in effekter)))


def _las_brukare(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Read persons per year and age group; a total is kept only where no ages are printed."""
    egna = egna_rader(tabell, "ar", slag.etikett)
    for rad in (*egna, *(rad for rad in tabell.rader if sammanfattar(rad[slag.etikett]))):
        ar = rimligt_ar(tabell, "ar", str(antal(tabell, rad, "ar")))
        personer = antal(tabell, rad, "antal_brukare")
        aldrar = _ALDRAR.fullmatch(rad[slag.etikett])
        if aldrar:
            krav.brukare.setdefault(ar, {})[int(aldrar[1]), int(aldrar[2] or _ALDST)] = personer
        elif sammanfattar(rad[slag.etikett]):
            krav.brukare.setdefault(ar, {None: personer})
        elif personer:
            namn = f"{rad[slag.etikett]} {ar} i {tabell.namn}"
            krav.noter.append(f"{namn} möts inte: åldrar skrivs som 0-17 år, 18 år och äldre eller 65+.")


def _las_ekonomi(krav: Krav, _: Tabellslag, tabell: Trycktabell, __: Syntetuppdrag) -> None:
    krav.ekonomi.append(tabell)


def _las_pastaenden(krav: Krav, slag: Tabellslag, tabell: Trycktabell, _: Syntetuppdrag) -> None:
    """Read the queues; other claims are what the tables print, in words."""
    enhet = ""
    for rad in tabell.rader:
        ko = _KO.match(rad["enhet"])
        if ko:
            familj = ko["familj"] == "familjer"
            enhet = enhet if familj else rad[slag.etikett].partition(" har ")[0]
            krav.koer.append(Koplats(enhet, antal(tabell, rad, "varde"), familj))
    krav.noter.append(f"Tabellen {tabell.namn} (löptext): bara köerna möts; övriga påståenden är omdömen och citat.")


_LASARE = {
    Lasning.TAL: _las_tal,
    Lasning.BELAGGNING: _las_belaggning,
    Lasning.AVTAL: _las_avtal,
    Lasning.ORSAKER: _las_orsaker,
    Lasning.UPPFOLJNINGAR: _las_uppfoljningar,
    Lasning.UPPFOLJDA: _las_uppfoljda,
    Lasning.BETYG: _las_betyg,
    Lasning.ATAGANDEN: _las_ataganden,
    Lasning.ATGARDER: _las_atgarder,
    Lasning.BRUKARE: _las_brukare,
    Lasning.EKONOMI: _las_ekonomi,
    Lasning.PASTAENDEN: _las_pastaenden,
}


def _rensa(krav: Krav) -> None:
    """Keep one figure of each kind and period; note the ones that are not followed."""
    kanda: dict[tuple[object, ...], Tal] = {}
    for t in krav.tal:
        nyckel = (t.matt, _vad(t), t.del_, t.period)
        forst = kanda.setdefault(nyckel, t)
        if forst.varde != t.varde:
            krav.noter.append(
                f"{t.matt.value.capitalize()} {_ar(t.period)}: {forst.tabell} har {forst.varde} och {t.tabell} "
                f"{t.varde}; {forst.varde} följs."
            )
    krav.tal = list(kanda.values())


def _vad(t: Tal) -> object:
    """Return what a figure is about within its kind: a form of care, or a label that tells kinds apart."""
    vard = vard_av(t.etikett)
    if t.matt in (Matt.VARDYGN, Matt.ALLA_VARDYGN, Matt.UNIKA) and vard is not None:
        return vard
    return t.etikett.lower() if t.matt in (Matt.LAGRUM, Matt.ENSAMKOMMANDE) else None


def _ar(period: Period) -> str:
    return str(period.fran.year) if period == kalenderar(period.fran.year) else str(period)
