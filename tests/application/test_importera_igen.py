"""Import once more, of what was registered elsewhere, and in any size of batches: the same ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.handelse import Handelse
from interfaces.bootstrap import Tjanster
from tests.application.importen import (
    DALIG,
    GODA,
    NU,
    Tabeller,
    antal,
    i_omgangar,
    importera_rader,
    skalet,
)
from tests.domain.exempel import (
    en_bokning,
    en_budget,
    en_franvaro,
    en_justering,
    en_makulering,
    en_ny_malgrupp,
    en_placering,
    en_rad,
    en_stangd_manad,
    en_utforare,
    en_utvardering,
    ett_avslut,
    ett_nytt_pris,
    ett_overvagande,
    ett_platsantal,
    ett_ramavtal,
    ett_upphort_ramavtal,
)
from tests.domain.importrader import PLACERING_ID, rad, som_rader

pytestmark = pytest.mark.usefixtures("i_bada_ordningar")

# Once is enough


def test_samma_fil_en_gang_till_andrar_ingenting(tjanster: Tjanster, innehallet: Callable[..., Tabeller]) -> None:
    tjanster.importor().importera(som_rader(BLANDAT))
    fore = innehallet()
    resultat = tjanster.importor().importera(som_rader(BLANDAT))
    assert antal(resultat) == (0, len(BLANDAT), 0, 0)
    assert innehallet() == fore


def test_en_upprepad_rad_i_filen_registreras_en_gang(tjanster: Tjanster) -> None:
    assert antal(tjanster.importor().importera(som_rader([*GODA, GODA[1], GODA[0]]))) == (3, 2, 0, 0)


def test_samma_uppgift_under_nytt_id_ar_oforandrad(tjanster: Tjanster) -> None:
    igen = {**GODA[1], "handelseId": str(UUID(int=50))}
    assert antal(tjanster.importor().importera(som_rader([*GODA, igen]))) == (3, 0, 1, 0)


def test_en_fil_med_en_upprepning_andrar_ingenting_nar_den_lases_igen(
    tjanster: Tjanster, innehallet: Callable[..., Tabeller]
) -> None:
    pris = {**GODA[1], "typ": "pris.andrat", "pris": {"sort": "dygn", "belopp": "100.00"}}
    fil = [
        GODA[0],
        {**pris, "handelseId": str(UUID(int=61))},
        {**pris, "handelseId": str(UUID(int=62))},
        {**pris, "handelseId": str(UUID(int=63)), "pris": {"sort": "dygn", "belopp": "200.00"}},
    ]
    assert antal(tjanster.importor().importera(som_rader(fil))) == (3, 0, 1, 0)
    fore = innehallet()
    assert antal(tjanster.importor().importera(som_rader(fil))) == (0, 3, 1, 0)
    assert innehallet() == fore


def test_avvisade_rader_kommer_i_filens_ordning(tjanster: Tjanster) -> None:
    okand_malgrupp = {**GODA[0], "malgrupp": "ungdom"}
    _, avvisade = importera_rader(tjanster, som_rader([GODA[1], okand_malgrupp, GODA[2], GODA[1]]))
    assert [a.rad for a in avvisade] == sorted(a.rad for a in avvisade)


@pytest.mark.parametrize("i_samma_fil", [True, False])
def test_samma_id_med_annat_innehall_avvisas(tjanster: Tjanster, i_samma_fil: bool) -> None:
    annan = {**GODA[1], "datum": "2019-03-02"}
    if i_samma_fil:
        avvisad = skalet(tjanster, *som_rader([*GODA, annan]))
    else:
        importera_rader(tjanster, som_rader(GODA))
        avvisad = skalet(tjanster, *som_rader([annan]))
    (fel,) = avvisad.fel
    assert (fel.kod, fel.falt) == ("handelse-id-upptaget", "handelseId")
    assert str(UUID(int=2)) in fel.mening


def test_en_avbruten_import_kan_goras_om_med_resten(tjanster: Tjanster) -> None:
    tjanster.importor().importera(som_rader(BLANDAT[:7]))
    resultat = tjanster.importor().importera(som_rader(BLANDAT))
    assert antal(resultat) == (len(BLANDAT) - 7, 7, 0, 0)


# When the ledger learnt it


def vid(objekt: dict[str, Any], tid: datetime) -> dict[str, Any]:
    return {**objekt, "registrerad": tid.isoformat()}


def test_ursprungliga_registreringar_bevaras_i_ordning(tjanster: Tjanster) -> None:
    tider = [datetime(2019, 7, dag, 12, tzinfo=UTC) for dag in (1, 1, 9)]
    tjanster.importor().importera(som_rader(map(vid, GODA, tider)))
    rader = tjanster.huvudbok.las_strom(PLACERING_ID)
    assert [k.registrerad for k in rader] == tider
    assert {k.infort for k in rader} == {NU}


def test_en_registrering_som_gar_bakat_avvisas(tjanster: Tjanster) -> None:
    sent = datetime(2019, 7, 9, 12, tzinfo=UTC)
    rader = som_rader([vid(GODA[0], sent), vid(GODA[1], sent - timedelta(microseconds=1))])
    (fel,) = skalet(tjanster, *rader).fel
    assert (fel.falt, fel.kod) == ("registrerad", "tiden-gar-baklanges")
    assert "2019-07-09" in fel.mening


def test_en_registrering_fore_det_som_redan_finns_avvisas(tjanster: Tjanster) -> None:
    tjanster.importor().importera(som_rader(GODA[:1]))
    (fel,) = skalet(tjanster, *som_rader([vid(GODA[1], NU - timedelta(days=1))])).fel
    assert fel.kod == "tiden-gar-baklanges"


def test_en_avvisad_rads_tid_binder_inte_de_foljande(tjanster: Tjanster) -> None:
    tid = datetime(2019, 7, 1, 12, tzinfo=UTC)
    rader = som_rader([vid(GODA[0], tid), vid(DALIG, tid + timedelta(days=9)), vid(GODA[1], tid)])
    resultat, avvisade = importera_rader(tjanster, rader)
    assert (resultat.nya, [avvisad.rad for avvisad in avvisade]) == (2, [2])


def test_vad_som_var_framtid_avgors_av_registreringen(tjanster: Tjanster) -> None:
    (fel,) = skalet(tjanster, *som_rader([vid(GODA[0], datetime(2019, 1, 9, 12, tzinfo=UTC))])).fel
    assert fel.kod == "framtida-datum"


# Batches and memory


def _andra_strommar() -> list[dict[str, Any]]:
    """Return an interleaved history of several streams, late entries and corrections included."""
    rader: list[dict[str, Any]] = []
    nummer = iter(range(1000, 9999))

    def till(strom: UUID, handelse: Handelse, **andra: Any) -> str:
        handelse_id = next(nummer)
        rader.append(rad(handelse, handelse_id, **{"id": str(strom), **andra}))
        return str(UUID(int=handelse_id))

    strommar = [UUID(int=0xC0 + nr) for nr in range(9)]
    for strom in strommar:
        till(strom, en_placering())
    priser = {strom: till(strom, ett_nytt_pris("2019-05-01")) for strom in strommar}
    for strom in strommar[::2]:
        till(strom, en_franvaro())
        till(strom, ett_nytt_pris("2019-03-01", "2050.00"))
    rattelser = {s: till(s, ett_nytt_pris("2019-05-02"), rattar=priser[s]) for s in strommar[1::2]}
    for strom in reversed(strommar):
        till(strom, en_ny_malgrupp("2019-05-20"))
        till(strom, ett_avslut())
    for strom, rattelse in rattelser.items():
        till(strom, ett_nytt_pris("2019-05-03"), rattar=rattelse)
    makulerad = till(strommar[0], ett_overvagande())
    till(strommar[0], en_makulering(), rattar=makulerad)
    for strom in strommar[::3]:
        till(strom, en_utvardering())
    return rader


BLANDAT = [
    rad(en_budget(), 1),
    rad(en_utforare(), 2),
    *_andra_strommar()[:20],
    rad(en_bokning(rader=[en_rad("5.00"), en_rad("5.00")]), 3),
    rad(ett_platsantal(), 4),
    rad(ett_ramavtal(), 5),
    *_andra_strommar()[20:],
    rad(en_bokning(verifikation=None), 6),
    rad(en_bokning(verifikation=None), 7),
    rad(en_justering(), 8),
    rad(ett_upphort_ramavtal(), 9),
    rad(en_bokning(rader=[en_rad("6.00")]), 10, rattar=str(UUID(int=3))),
    rad(en_stangd_manad(), 11),
]


@pytest.mark.parametrize(("i_minnet", "per_omgang"), [(1, 1), (1, 2), (2, 3), (0, 1), (3, 7), (20_000, 1)])
def test_liten_eller_stor_omgang_ger_exakt_samma_liggare(
    oppna: Callable[..., Tjanster],
    innehallet: Callable[..., Tabeller],
    monkeypatch: pytest.MonkeyPatch,
    i_minnet: int,
    per_omgang: int,
) -> None:
    oppna("stor").importor().importera(som_rader(BLANDAT))
    i_omgangar(monkeypatch, per_omgang, i_minnet)
    assert oppna("liten").importor().importera(som_rader(BLANDAT)).nya == len(BLANDAT)
    assert innehallet("liten") == innehallet("stor")
    assert all(innehallet("liten").values())


def test_en_i_taget_ger_samma_liggare_som_en_import(
    oppna: Callable[..., Tjanster], innehallet: Callable[..., Tabeller]
) -> None:
    oppna("import").importor().importera(som_rader(BLANDAT))
    en_i_taget = oppna("entaget").importor()
    for ett in som_rader(BLANDAT):
        en_i_taget.importera([ett])
    assert innehallet("entaget") == innehallet("import")


def test_avvisade_rader_mellan_de_goda_andrar_inte_de_goda(
    oppna: Callable[..., Tjanster], innehallet: Callable[..., Tabeller], monkeypatch: pytest.MonkeyPatch
) -> None:
    oppna("ren").importor().importera(som_rader(BLANDAT))
    i_omgangar(monkeypatch, 3, 20_000)
    blandade = [del_ for ett in som_rader(BLANDAT) for del_ in (ett, b"?\n")]
    resultat, _ = importera_rader(oppna("smutsig"), blandade)
    assert resultat.avvisade == len(BLANDAT)
    assert innehallet("smutsig") == innehallet("ren")


def test_en_gammal_fil_laser_in_som_en_ny(
    oppna: Callable[[str], Tjanster], innehallet: Callable[..., Tabeller]
) -> None:
    ny = [rad(en_placering(), 1), rad(en_franvaro(), 2)]
    gammal = [ny[0], {**ny[1], "fran": ny[1]["datum"]}]
    del gammal[1]["version"]
    for namn, rader in (("ny", ny), ("gammal", gammal)):
        tjanster = oppna(namn)
        assert antal(tjanster.importor().importera(som_rader(rader))) == (2, 0, 0, 0)
        assert antal(tjanster.importor().importera(som_rader(rader))) == (0, 2, 0, 0)
        assert antal(tjanster.importor().importera(som_rader(ny))) == (0, 2, 0, 0)
    assert innehallet("gammal") == innehallet("ny")
