"""Which printed rows add up others, are means of them, or are parts of the one before."""

from __future__ import annotations

import pytest

from application.tryckta_rader import ar_medel, ar_varav, sammanfattar, summerar, utan_varav


@pytest.mark.parametrize(
    "etikett",
    [
        "Summa", "SUMMA", "Summa kostnader", "Summa (etikett saknas i källan)", "Summa ÅRETS RESULTAT exkl underskott",
        "Totalsumma", "Delsumma", "S:a", "S:a vård", "Total", "Totalt", "Totalt:", "Totalt IFO", "Totala kostnader",
        "Total kostnad", "Socialnämnden totalt", "Samtliga", "Samtliga boenden", "Sammanlagt", "Netto",
        "Nettokostnad", "Verksamhetens nettokostnad", "Verksamhetens nettokostnader 2019", "Redovisade nettokostnader",
        "Resultat", "Årets resultat", "Totalt *", "Nettokostnader exkl avskrivningar", "Totalt exkl. ensamkommande",
    ],
)  # fmt: skip
def test_summerar(etikett: str) -> None:
    assert summerar(etikett)
    assert sammanfattar(etikett)
    assert not ar_medel(etikett)


@pytest.mark.parametrize("etikett", ["Medel", "Medelvärde", "Genomsnitt", "Snitt", "Ovägt medel", "Medel samtliga"])
def test_medel(etikett: str) -> None:
    assert ar_medel(etikett)
    assert sammanfattar(etikett)
    assert not summerar(etikett)


@pytest.mark.parametrize(
    "etikett",
    [
        "Personalkostnader", "Totalt antal vårddygn institutionsvård", "Total sjukfrånvaro, månadsavlönade",
        "Befolkning, antal invånare totalt", "HME totalt", "Samtliga ramavtalsutförare har tackat nej",
        "Nettokostnad som andel av skatt", "Årets resultat som andel av skatt", "Genomsnittlig kostnad per vårddygn",
        "Resultat vård vuxna - Avvikelse mot budget", "Omfördelning AFA-medel", "Planerade effektiviseringar",
        "Finansnetto", "Nettoinvesteringar", "",
    ],
)  # fmt: skip
def test_en_rad_som_alla_andra(etikett: str) -> None:
    assert not sammanfattar(etikett)
    assert not ar_varav(etikett)
    assert utan_varav(etikett) == etikett


@pytest.mark.parametrize("forled", ["varav ", "Varav ", "VARAV ", "- varav ", "\N{EN DASH} Varav: ", "därav "])
def test_delar_av_raden_fore(forled: str) -> None:
    assert ar_varav(f"{forled}ekonomiskt bistånd")
    assert utan_varav(f"{forled}ekonomiskt bistånd") == "ekonomiskt bistånd"
    assert not ar_varav("Varaktigt stöd")
