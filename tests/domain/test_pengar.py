"""Money: exact inside, rounded half away from zero once and last, printed the Swedish way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.pengar import Decimaltext, Kronor, Pris, Tal, avrunda, fordela, kronor, ore, skriv_tal

ORE = st.integers(-(10**15), 10**15)
VIKTER = st.lists(st.integers(0, 10**6), min_size=1, max_size=24).filter(sum)

# Rounding


@pytest.mark.parametrize(
    ("tal", "decimaler", "avrundat"),
    [
        (Decimal("0.5"), 0, "1"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal("1.5"), 0, "2"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.125"), 2, "-0.13"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-2, 3), 2, "-0.67"),
        (7, 0, "7"),
        (-7, 2, "-7.00"),
        (Decimal("1.0049999999999999999999"), 2, "1.00"),
    ],
)
def test_halften_avrundas_fran_noll(tal: Tal, decimaler: int, avrundat: str) -> None:
    assert str(avrunda(tal, decimaler)) == avrundat


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 4))
def test_brak_och_decimaltal_avrundas_lika(tal: Decimal, decimaler: int) -> None:
    assert avrunda(Fraction(tal), decimaler) == avrunda(tal, decimaler)
    assert avrunda(tal, decimaler) == tal.quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4))
def test_avrundningen_ar_densamma_pa_bada_sidor_om_noll(tal: Fraction, decimaler: int) -> None:
    assert avrunda(-tal, decimaler) == -avrunda(tal, decimaler)
    assert abs(Fraction(avrunda(tal, decimaler)) - tal) <= Fraction(1, 2 * 10**decimaler)


# Printing


@pytest.mark.parametrize(
    ("tal", "decimaler", "text"),
    [
        (Decimal("1953"), 2, "1 953,00"),
        (Decimal("-39.84"), 1, "-39,8"),
        (Decimal("-39.85"), 1, "-39,9"),
        (Decimal("1234567.895"), 2, "1 234 567,90"),
        (999, 0, "999"),
        (1000, 0, "1 000"),
        (-1000, 0, "-1 000"),
        (0, 0, "0"),
        (0, 2, "0,00"),
        (Decimal("-0.4"), 0, "0"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("-0.00"), 2, "0,00"),
        (Fraction(-1, 1000), 2, "0,00"),
        (Fraction(-1, 200), 2, "-0,01"),
        (Decimal("-0.5"), 0, "-1"),
        (-100, 0, "-100"),
    ],
)
def test_tal_skrivs_pa_svenska(tal: Tal, decimaler: int, text: str) -> None:
    assert skriv_tal(tal, decimaler) == text


@given(st.fractions(-(10**12), 10**12), st.integers(0, 3))
def test_ett_skrivet_tal_kan_lasas_tillbaka_och_ar_aldrig_minus_noll(tal: Fraction, decimaler: int) -> None:
    text = skriv_tal(tal, decimaler)
    assert Decimal(text.replace(" ", "").replace(",", ".")) == avrunda(tal, decimaler)
    assert not (text.startswith("-") and not text.strip("-0, "))


# Whole öre


@given(ORE)
def test_ore_och_kronor_ar_samma_belopp(antal: int) -> None:
    assert ore(kronor(antal)) == antal


@given(ORE, VIKTER)
def test_fordelade_delar_summerar_pa_oret(antal: int, vikter: list[int]) -> None:
    delar = fordela(antal, vikter)
    assert sum(delar) == antal
    assert len(delar) == len(vikter)
    summa = sum(vikter)
    assert all(abs(Fraction(antal * vikt, summa) - del_) <= 1 for vikt, del_ in zip(vikter, delar, strict=True))
    assert all(del_ == 0 for vikt, del_ in zip(vikter, delar, strict=True) if not vikt)


@given(ORE, VIKTER)
def test_en_intakt_fordelas_som_en_kostnad_med_omvant_tecken(antal: int, vikter: list[int]) -> None:
    assert fordela(-antal, vikter) == [-del_ for del_ in fordela(antal, vikter)]


@given(ORE, st.integers(1, 40))
def test_lika_vikter_skiljer_hogst_ett_ore(antal: int, delar: int) -> None:
    resultat = fordela(antal, [1] * delar)
    assert sum(resultat) == antal
    assert max(resultat) - min(resultat) <= 1


@pytest.mark.parametrize("vikter", [[], [0, 0]])
def test_utan_vikt_kan_ingenting_fordelas(vikter: list[int]) -> None:
    with pytest.raises(ValueError, match="positiv summa"):
        fordela(100, vikter)


# Amounts that come from outside


@pytest.mark.parametrize(
    ("text", "belopp"),
    [
        ("1953", "1953.00"),
        ("1953.5", "1953.50"),
        ("-12.30", "-12.30"),
        ("0001.00", "1.00"),
        ("-0", "0.00"),
        ("-0.00", "0.00"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_ett_belopp_lagras_med_tva_decimaler(text: str, belopp: str) -> None:
    kronor_in = TypeAdapter(Kronor)
    assert kronor_in.dump_python(kronor_in.validate_python(text), mode="json") == belopp


@pytest.mark.parametrize(
    "varde",
    ["1.005", "1000000000000", "1e3", "1_000", "1 000", " 1", "1,00", "+1", ".5", "5.", "", "NaN", "Infinity",
     "-Infinity", "sNaN", "١٢", "kr", 12, 12.5, True, None, [], {}, Decimal("NaN"), Decimal("Infinity")],
)  # fmt: skip
def test_det_som_inte_ar_ett_belopp_nekas(varde: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Kronor).validate_python(varde)


def test_ett_pris_ar_inte_negativt() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Pris).validate_python("-0.01")
    assert TypeAdapter(Pris).validate_python("0") == 0


def test_ett_decimaltal_reser_som_text() -> None:
    adapter = TypeAdapter(Decimaltext)
    assert adapter.dump_json(adapter.validate_json('"5.250"')) == b'"5.250"'
