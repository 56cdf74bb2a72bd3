"""All cases of a history: those of the placed, those that figures are printed for, and the rest."""

from __future__ import annotations

import numpy as np

from application.syntet.arendeflode import ovriga
from application.syntet.arendemal import (
    ensamkommande,
    insatser,
    med_syskon,
    mot_fristerna,
    valj_kon,
    valj_typer,
)
from application.syntet.arenden import Arenden, placerades
from application.syntet.arsmal import bygg_arsserie
from application.syntet.dagar import dagnr
from application.syntet.krav import Krav
from application.syntet.matt import Matt
from application.syntet.personer import Folk
from application.syntet.uppdrag import Amne, Syntetuppdrag
from application.syntet.vard import Vard
from domain.begrepp import Insatsform

_BESTAND = (
    (Matt.KONTAKT, (Insatsform.KONTAKTPERSON, Insatsform.KONTAKTFAMILJ)),
    (Matt.KONTRAKT, (Insatsform.SOCIALT_KONTRAKT,)),
)


def bygg_arenden(
    rng: np.random.Generator, uppdrag: Syntetuppdrag, krav: Krav, vard: Vard
) -> tuple[Arenden, Folk, list[str]]:
    """Return the cases, the persons in them (the placed first), and notes on what was not met."""
    slutdag, skala = dagnr(uppdrag.slutdag), uppdrag.skala
    a, folk = placerades(rng, vard.p, vard.folk, slutdag), vard.folk
    placerade = len(a)
    block: list[tuple[Arenden, Folk]] = []
    for matt, former in _BESTAND:
        mal = [(dagnr(t.period.till) - 1, int(t.varde) * skala) for t in krav.av(matt)]
        mal = [(dag, antal) for dag, antal in mal if dag <= slutdag]
        if mal:
            block.append(insatser(rng, mal, former, slutdag))
    fler, noter = ensamkommande(rng, krav.av(Matt.ENSAMKOMMANDE), a, slutdag, skala)
    for ett, manniskor in [*block, *fler]:
        a, folk = a.utokade(ett), _fler(folk, manniskor)
    fasta = len(a)
    if Amne.OVRIGA_ARENDEN not in uppdrag.utan:
        serie = bygg_arsserie(krav, a, uppdrag.ar, uppdrag.slutdag, skala)
        if serie is not None:
            rest, manniskor = ovriga(rng, serie, a, folk, slutdag)
            a, folk = a.utokade(rest), _fler(folk, manniskor)
            noter += serie.noter
        fria = np.arange(len(a)) >= fasta
        noter += mot_fristerna(rng, a, folk, krav)
        noter += valj_typer(rng, a, fria, krav, skala)
        valj_kon(rng, a, folk, placerade, krav)
    med_syskon(rng, a)
    return a, folk, noter


def _fler(folk: Folk, andra: Folk) -> Folk:
    """Return persons followed by others."""
    return Folk(np.concatenate([folk.kon, andra.kon]), np.concatenate([folk.fodelsear, andra.fodelsear]))
