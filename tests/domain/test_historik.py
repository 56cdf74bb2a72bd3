"""Which events are effective, and in what order: corrections, and corrections of corrections."""

from __future__ import annotations

from domain.handelse import Handelse
from domain.historik import gallande, handelser, rattade
from tests.domain.exempel import en_makulering, en_placering, ett_nytt_lagrum, ett_nytt_pris
from tests.givet import Rattelse, id_for, noteringar, rattelse

BORJAN = en_placering()
HUNDRA, TVAHUNDRA, TREHUNDRA = (ett_nytt_pris(belopp=f"{n}00.00") for n in (1, 2, 3))
MAKULERING = en_makulering()


def galler(*historia: Handelse | Rattelse) -> list[Handelse]:
    return handelser(gallande(noteringar(*historia)))


def test_utan_rattelser_galler_allt_i_den_ordning_det_verkade() -> None:
    tidig, sen = ett_nytt_pris("2019-02-01"), ett_nytt_pris("2019-05-01")
    assert galler(BORJAN, sen, tidig) == [BORJAN, tidig, sen]


def test_samma_dag_galler_det_som_registrerades_sist_sist() -> None:
    assert galler(BORJAN, HUNDRA, TVAHUNDRA) == [BORJAN, HUNDRA, TVAHUNDRA]


def test_en_tom_strom_har_ingen_historia() -> None:
    assert galler() == []
    assert rattade([]) == {}


def test_en_makulerad_handelse_har_aldrig_hant() -> None:
    assert galler(BORJAN, HUNDRA, rattelse(2, MAKULERING)) == [BORJAN]


def test_en_ersatt_handelse_ar_den_nya() -> None:
    assert galler(BORJAN, HUNDRA, rattelse(2, TVAHUNDRA)) == [BORJAN, TVAHUNDRA]


def test_ersattaren_tar_den_ersattas_plats_bland_handelser_samma_dag() -> None:
    # Right: first 300, then 200 on the same day. Wrong at first: 100, then 200.
    assert galler(BORJAN, HUNDRA, TVAHUNDRA, rattelse(2, TREHUNDRA)) == [BORJAN, TREHUNDRA, TVAHUNDRA]


def test_ersattarens_ersattare_tar_ocksa_platsen() -> None:
    mellan = ett_nytt_pris("2019-08-01", "150.00")
    historia = (BORJAN, HUNDRA, TVAHUNDRA, rattelse(2, mellan), rattelse(4, TREHUNDRA))
    assert galler(*historia) == [BORJAN, TREHUNDRA, TVAHUNDRA]


def test_en_ersattare_med_annat_datum_flyttar_handelsen() -> None:
    flyttad = ett_nytt_pris("2019-02-01", "100.00")
    lagrum = ett_nytt_lagrum("2019-02-15")
    assert galler(BORJAN, HUNDRA, lagrum, rattelse(2, flyttad)) == [BORJAN, flyttad, lagrum]


def test_nar_en_rattelse_ersatts_kommer_det_ursprungliga_inte_tillbaka() -> None:
    assert galler(BORJAN, HUNDRA, rattelse(2, TVAHUNDRA), rattelse(3, TREHUNDRA)) == [BORJAN, TREHUNDRA]


def test_nar_en_rattelse_makuleras_galler_det_ursprungliga_igen() -> None:
    assert galler(BORJAN, HUNDRA, rattelse(2, TVAHUNDRA), rattelse(3, MAKULERING)) == [BORJAN, HUNDRA]


def test_nar_en_makulering_makuleras_galler_handelsen_igen() -> None:
    assert galler(BORJAN, HUNDRA, rattelse(2, MAKULERING), rattelse(3, MAKULERING)) == [BORJAN, HUNDRA]


def test_tredje_makuleringen_i_rad_tar_bort_handelsen_igen() -> None:
    historia = (BORJAN, HUNDRA, rattelse(2, MAKULERING), rattelse(3, MAKULERING), rattelse(4, MAKULERING))
    assert galler(*historia) == [BORJAN]


def test_en_kedja_av_ersattningar_slutar_i_den_sista() -> None:
    fyra = ett_nytt_pris(belopp="400.00")
    historia = (HUNDRA, rattelse(1, TVAHUNDRA), rattelse(2, TREHUNDRA), rattelse(3, fyra))
    assert galler(*historia) == [fyra]


def test_nar_kedjans_sista_makuleras_galler_den_nast_sista() -> None:
    historia = (HUNDRA, rattelse(1, TVAHUNDRA), rattelse(2, TREHUNDRA), rattelse(3, MAKULERING))
    assert galler(*historia) == [TVAHUNDRA]


def test_ny_rattelse_efter_en_makulerad_rattelse() -> None:
    historia = (HUNDRA, rattelse(1, TVAHUNDRA), rattelse(2, MAKULERING), rattelse(1, TREHUNDRA))
    assert galler(*historia) == [TREHUNDRA]


def test_varje_led_i_kedjan_sager_vem_som_rattar_det_nu() -> None:
    rader = noteringar(HUNDRA, rattelse(1, TVAHUNDRA), rattelse(2, TREHUNDRA))
    assert rattade(rader) == {id_for(1): rader[2], id_for(2): rader[2]}


def test_det_som_var_kant_tidigare_andras_inte_av_en_senare_rattelse() -> None:
    rader = noteringar(BORJAN, HUNDRA, rattelse(2, TVAHUNDRA))
    assert handelser(gallande(rader[:2])) == [BORJAN, HUNDRA]
    assert handelser(gallande(rader)) == [BORJAN, TVAHUNDRA]
