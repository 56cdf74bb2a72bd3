"""Disclosure control: what is hidden cannot be worked out, what is shown adds up, and rounding hides a person."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rojande import TROSKEL, Cell, avrundad, dolda

F = Fraction


def celler_av(tabell: list[list[int]]) -> dict[str, Cell]:
    """Return the cells of a table of counts: rows × columns, the sums of both, and the whole."""
    rader, kolumner = len(tabell), len(tabell[0])
    celler = {
        f"{r}.{k}": Cell(tabell[r][k], {(r, k): F(1)} if tabell[r][k] else {})
        for r in range(rader) for k in range(kolumner)
    }  # fmt: skip
    rad = {f"rad {r}": [f"{r}.{k}" for k in range(kolumner)] for r in range(rader)}
    kolumn = {f"kolumn {k}": [f"{r}.{k}" for r in range(rader)] for k in range(kolumner)}
    for namn, delar in {**rad, **kolumn, "totalt": list(celler)}.items():
        egna = [celler[d] for d in delar]
        celler[namn] = Cell(sum(c.personer or 0 for c in egna), {d: f for c in egna for d, f in c.delar.items()})
    return celler


def rang(vektorer: list[dict[object, Fraction]]) -> int:
    """Return the rank, by plain elimination: another way than the code that is tested."""
    namn = sorted({d for v in vektorer for d in v}, key=str)
    rader = [[v.get(d, F(0)) for d in namn] for v in vektorer]
    r = 0
    for k in range(len(namn)):
        pivot = next((i for i in range(r, len(rader)) if rader[i][k]), None)
        if pivot is None:
            continue
        rader[r], rader[pivot] = rader[pivot], rader[r]
        for i in range(r + 1, len(rader)):
            if rader[i][k]:
                faktor = rader[i][k] / rader[r][k]
                rader[i] = [a - faktor * b for a, b in zip(rader[i], rader[r], strict=True)]
        r += 1
    return r


def losbara(celler: dict[str, Cell], borta: frozenset[str]) -> list[str]:
    """Return the hidden cells that follow from the shown ones."""
    visade = [dict(c.delar) for namn, c in celler.items() if namn not in borta and c.delar]
    grund = rang(visade)
    return [namn for namn in borta if celler[namn].delar and rang([*visade, dict(celler[namn].delar)]) == grund]


tabeller = st.integers(1, 4).flatmap(
    lambda kolumner: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=kolumner, max_size=kolumner),
        min_size=1, max_size=4,
    )
)  # fmt: skip


@given(tabeller)
def test_ingen_dold_cell_gar_att_losa_ut(tabell: list[list[int]]) -> None:
    celler = celler_av(tabell)
    borta = dolda(celler)
    assert {namn for namn, c in celler.items() if 0 < (c.personer or 0) < TROSKEL} <= borta
    assert losbara(celler, borta) == []


@given(tabeller)
def test_det_som_visas_behover_inte_doljas_igen(tabell: list[list[int]]) -> None:
    celler = celler_av(tabell)
    borta = dolda(celler)
    assert dolda({namn: c for namn, c in celler.items() if namn not in borta}) == frozenset()


@given(st.lists(st.integers(0, 8), min_size=2, max_size=6))
def test_det_som_ar_kvar_av_en_summa_ar_inte_for_fa(tal: list[int]) -> None:
    """In a column with its sum, what the hidden ones are together is no fewer than the threshold."""
    celler = celler_av([[antal] for antal in tal])
    borta = dolda(celler)
    gomda = [namn for namn in borta if "." in namn]
    if gomda and "totalt" not in borta:
        assert len(gomda) > 1
        assert sum(celler[namn].personer or 0 for namn in gomda) >= TROSKEL


@pytest.mark.parametrize(("tal", "visas"), [
    ([10, 20, 30], ["0.0", "1.0", "2.0"]),
    ([2, 20, 30], ["2.0"]),
    ([2, 4, 30], ["2.0"]),
    ([1, 1, 30, 40], ["3.0"]),
    ([2], []),
    ([2, 0, 0], ["1.0", "2.0"]),
])  # fmt: skip
def test_vad_som_visas_i_en_kolumn(tal: list[int], visas: list[str]) -> None:
    celler = celler_av([[antal] for antal in tal])
    borta = dolda(celler)
    assert [namn for namn in celler if "." in namn and namn not in borta] == visas


def test_tal_som_inte_handlar_om_personer_doljs_inte() -> None:
    celler = {"budget": Cell(None, {}), "personer": Cell(2, {"p": F(1)}), "kostnad per person": Cell(2, {"p": F(500)})}
    assert dolda(celler) == {"personer", "kostnad per person"}


def test_en_kvot_av_det_dolda_doljs_ocksa() -> None:
    celler = {"kostnad": Cell(3, {"k": F(1)}), "per dygn": Cell(40, {"k": F(1, 90)}), "dygn": Cell(40, {"d": F(1)})}
    assert dolda(celler) == {"kostnad", "per dygn"}


# Rounding -------------------------------------------------------------------------------------------------------------

personer = st.integers(TROSKEL, 3000)
varden = st.one_of(
    st.integers(1, 10**7).map(F), st.fractions(min_value=F(1, 100), max_value=10**7, max_denominator=100)
)


@given(personer)
def test_ett_antal_personer_avrundas_till_tal_delbara_med_troskeln(antal: int) -> None:
    svar = avrundad(F(antal), antal)
    assert svar % TROSKEL == 0
    assert abs(svar - antal) <= F(TROSKEL, 2)


@given(varden, personer)
def test_det_avrundade_avrundas_inte_igen(varde: Fraction, antal: int) -> None:
    svar = avrundad(varde, antal)
    assert avrundad(svar, antal) == svar
    assert avrundad(-varde, antal) == -svar


@given(varden, personer)
def test_steget_ar_vad_troskelns_antal_personer_bidrar_med(varde: Fraction, antal: int) -> None:
    """What is shown is a multiple of such a step, no more than half a step away."""
    svar = avrundad(varde, antal)
    stegen = [TROSKEL * F(2) ** n for n in range(-30, 30)]
    minst = TROSKEL * abs(svar) / (antal + F(TROSKEL, 2))
    assert any(steg >= minst and svar % steg == 0 and abs(svar - varde) <= steg / 2 for steg in stegen)


SANNA: dict[Fraction, list[int]] = {}
for antalet in range(TROSKEL, 400):
    SANNA.setdefault(avrundad(F(antalet), antalet), []).append(antalet)
"""The true counts behind each shown one."""


@given(st.integers(TROSKEL, 300), st.integers(TROSKEL, 300))
def test_skillnaden_mellan_tva_dagar_rojer_ingen(forr: int, nu: int) -> None:
    """As of two days a count differs by whole steps, and each answer is that of at least as many true counts."""
    visat_forr, visat_nu = avrundad(F(forr), forr), avrundad(F(nu), nu)
    assert (visat_nu - visat_forr) % TROSKEL == 0
    mojliga_forr, mojliga_nu = SANNA[visat_forr], SANNA[visat_nu]
    skillnader = {b - a for a in mojliga_forr for b in mojliga_nu}
    assert len(skillnader) >= TROSKEL


@given(varden, st.integers(1, TROSKEL - 1))
def test_fa_vager_som_troskelns_antal(bidrag: Fraction, antal: int) -> None:
    assert avrundad(bidrag * antal, antal) == avrundad(bidrag * TROSKEL, TROSKEL)


def test_nagra_avrundade_tal() -> None:
    assert [avrundad(F(v), 30) for v in (5110, 96, 1_234_567, 7)] == [5120, 100, 1_310_720, F(15, 2)]
