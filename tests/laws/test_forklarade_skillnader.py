"""A difference has causes that add up to it: for every measure, history, pair of times and pair of rules."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from application.forklara import Forklaring
from application.queries import Fraga
from domain.matt.orsaker import Cellforklaring, Orsak
from tests.laws.grund import LAGAR
from tests.laws.historier import forlopp
from tests.laws.mattfragor_om_allt import DAGAR, REGLER, fragor_om, matt_med_fakta
from tests.laws.provliggare import Provliggare, Steg, bokford

MATT_PER_HISTORIA = 6


def forklaringen_haller(liggare: Provliggare, fran: Fraga, till: Fraga) -> Forklaring:
    """Explain, and hold every cell to the answers and its parts to the cell."""
    forklaring = liggare.tjanster.forklarare.forklara(fran, till)
    svar_fran, svar_till = (liggare.tjanster.fragor.svara(fraga) for fraga in (fran, till))
    for cell in forklaring.celler:
        nyckel = tuple(cell.cell.values())
        assert (cell.fran, cell.till) == (svar_fran.varden.get(nyckel), svar_till.varden.get(nyckel))
        delarna_ger_skillnaden(cell)
    assert (forklaring.totalt.fran, forklaring.totalt.till) == (svar_fran.totalt, svar_till.totalt)
    delarna_ger_skillnaden(forklaring.totalt)
    return forklaring


def delarna_ger_skillnaden(cell: Cellforklaring) -> None:
    assert sum(cell.delar.values(), Fraction(0)) == cell.skillnad
    for orsak in Orsak:
        effekter = [post.effekt for post in cell.poster if post.orsak is orsak]
        if None not in effekter:
            assert sum((e or 0 for e in effekter), Fraction(0)) == cell.delar.get(orsak, 0)


@settings(LAGAR, max_examples=15)
@given(forlopp(), st.data())
def test_delarna_ger_skillnaden_mellan_tva_tider_och_tva_regler(steg: list[Steg], data: st.DataObject) -> None:
    with bokford(steg) as liggare:
        matten = matt_med_fakta(liggare.recorder)
        for _ in range(MATT_PER_HISTORIA if matten else 0):
            ogonblick = st.sampled_from([post.registrerad for post in liggare.poster])
            fraga = data.draw(fragor_om(matten))
            forr, sedan = sorted((data.draw(ogonblick), data.draw(ogonblick)))
            snitt = fraga.tidssnitt
            fran = replace(fraga, tidssnitt=replace(snitt, kant_den=forr))
            till = replace(
                fraga,
                tidssnitt=replace(snitt, kant_den=data.draw(st.sampled_from([sedan, None]))),
                regel=data.draw(st.sampled_from([fraga.regel, *REGLER])),
            )
            if data.draw(st.booleans()):
                dag = data.draw(st.sampled_from(DAGAR))
                till = replace(till, tidssnitt=replace(till.tidssnitt, galler_den=dag))
            forklaringen_haller(liggare, fran, till)
