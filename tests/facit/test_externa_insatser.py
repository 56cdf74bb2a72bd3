"""The table of external care that the board of Örebro decided on 19 September 2019, from events alone."""

from __future__ import annotations

import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest

from application.queries import FraganGarInte
from application.rapporter.fragetolkning import tolka_tabellfraga
from application.rapporter.jamforelse import Cellpar, TryckfilenGarInte, Utslag, jamfor, las_forklaringar
from application.rapporter.tabellfraga import Tabellsvar
from application.tolkning import tolka
from application.tryckt import las_trycktabell
from interfaces.bootstrap import Tjanster, koppla
from tests.facit.conftest import tabell
from tests.facit.historia import bygg_historia

TRYCKT = Path(__file__).parent / "orebro-2019-externa-insatser.csv"


def jamforelse(svar: Tabellsvar, fil: Path = TRYCKT) -> list[Cellpar]:
    return jamfor(svar, las_trycktabell(fil), las_forklaringar(fil))


def kolumn(par: list[Cellpar], namn: str) -> list[Cellpar]:
    return [p for p in par if p.kolumn == namn]


@pytest.mark.parametrize("ar", [2017, 2018])
def test_varje_tryckt_cell_for_utfallet_ar_lika(beslutad: Tabellsvar, ar: int) -> None:
    celler = kolumn(jamforelse(beslutad), f"snitt_utfall_{ar}")
    assert len(celler) == 21
    assert [p for p in celler if p.utslag is not Utslag.LIKA] == []


def test_budget_och_prognos_ar_lika_de_tryckta(beslutad: Tabellsvar) -> None:
    par = jamforelse(beslutad)
    assert len(par) == 21 * 10
    assert [p for p in par if p.utslag is Utslag.OFORKLARAD] == []


def test_den_enda_skillnaden_ar_rapportens_eget_raknefel(beslutad: Tabellsvar) -> None:
    (avvikande,) = [p for p in jamforelse(beslutad) if p.utslag is not Utslag.LIKA]
    assert (avvikande.rad, avvikande.kolumn) == ("Totalt / Totalt / totalt", "kostnad_prognos_2019")
    assert (avvikande.tryckt, avvikande.raknat) == ("2465", "2468")
    assert "Ö19-07" in avvikande.forklaring


def test_streck_i_trycket_ar_en_tom_cell(beslutad: Tabellsvar, tmp_path: Path) -> None:
    med_streck = TRYCKT.read_text(encoding="utf-8").replace("/familj,post,,,,", "/familj,post,-,--,\N{EN DASH},")
    fil = tmp_path / TRYCKT.name
    fil.write_text(med_streck, encoding="utf-8")
    par = jamfor(beslutad, las_trycktabell(fil), las_forklaringar(TRYCKT))
    assert "--" in [p.tryckt for p in par]
    assert [p for p in par if p.utslag is Utslag.OFORKLARAD] == []


def test_totalens_dygnskostnad_ar_det_ovagda_medlet_av_raderna(beslutad: Tabellsvar) -> None:
    totalt = beslutad.rader[-1]
    assert totalt["kostnad_budget_2019"] == 2325
    assert totalt["kostnad_prognos_2019"] == Fraction("2467.5")


def test_rader_och_kolumner_har_den_tryckta_tabellens_form(beslutad: Tabellsvar) -> None:
    tryckt = las_trycktabell(TRYCKT)
    assert tuple(k.nyckel for k in beslutad.kolumner) == tryckt.kolumner
    etiketter = ("malgrupp", "insatsform", "radtyp")
    assert [tuple(rad[e] for e in etiketter) for rad in beslutad.rader] == [
        tuple(rad[e] for e in etiketter) for rad in tryckt.rader
    ]


def test_i_juni_fanns_bara_den_forsta_prognosen(historia: Tjanster) -> None:
    juni = tabell(historia, "2019-06-15")
    assert all(rad["budgetavvikelse_delar2_mnkr"] is None for rad in juni.rader)
    assert [p for p in kolumn(jamforelse(juni), "budgetavvikelse_delar1_mnkr") if p.utslag is not Utslag.LIKA] == []
    assert "delår 1 per 2019-04-30" in juni.noter[0]
    assert "delår 2" not in juni.noter[0]


def test_innan_nagot_var_kant_ar_tabellen_tom_eller_noll(historia: Tjanster) -> None:
    tom = tabell(historia, "1990-01-01")
    assert tom.underlag.position == 0
    assert all(rad["budget_2019_mnkr"] in (None, 0) for rad in tom.rader)
    assert {rad["snitt_utfall_2018"] for rad in tom.rader} <= {None, Fraction(0)}


def test_en_sen_placering_andrar_inte_vad_som_var_kant(tmp_path: Path) -> None:
    with_late = koppla(str(tmp_path / "liggare.db"))
    with_late.importor().importera(bygg_historia(TRYCKT.parent, "1880", 2019))
    fore = {dag: tabell(with_late, dag).rader for dag in ("2019-06-15", "2019-09-19")}
    nu_fore = tabell(with_late, "2100-01-01").rader
    with_late.registrator.registrera(tolka(sen_placering()))
    assert {dag: tabell(with_late, dag).rader for dag in fore} == fore
    nu_efter = tabell(with_late, "2100-01-01").rader
    assert nu_efter[0]["snitt_utfall_2018"] == Fraction(nu_fore[0]["snitt_utfall_2018"] or 0) + 1
    with_late.stang()


def sen_placering() -> dict[str, object]:
    """Return a stay in institutional care for a child, begun on the last day of 2017."""
    return {
        "samling": "placeringar",
        "id": "018f0000-0000-7000-8000-000000000001",
        "handelseId": "018f0000-0000-7000-8000-000000000002",
        "typ": "placering.paborjad",
        "datum": "2018-01-01",
        "kommun": "1880",
        "arendeId": "018f0000-0000-7000-8000-000000000003",
        "personId": "018f0000-0000-7000-8000-000000000004",
        "malgrupp": "barn",
        "kon": "kvinna",
        "fodelsear": 2010,
        "insatsform": "hvb",
        "regi": "extern",
        "lagrum": "SoL",
        "avtalsform": "ramavtal",
    }


def test_ett_andrat_tal_i_den_tryckta_tabellen_syns(beslutad: Tabellsvar, tmp_path: Path) -> None:
    fil = tmp_path / TRYCKT.name
    fil.write_text(TRYCKT.read_text(encoding="utf-8").replace("Barn,Summa,summa,133,139", "Barn,Summa,summa,133,140"))
    (fel,) = [p for p in kolumn(jamforelse(beslutad, fil), "snitt_utfall_2018") if p.utslag is Utslag.OFORKLARAD]
    assert (fel.rad, fel.tryckt, fel.raknat, fel.skillnad) == ("Barn / Summa / summa", "140", "139", Decimal(-1))


def test_en_forklaring_galler_bara_sitt_eget_par_av_tal(beslutad: Tabellsvar, tmp_path: Path) -> None:
    fil = tmp_path / TRYCKT.name
    fil.write_text(TRYCKT.read_text(encoding="utf-8").replace("2325,2465", "2325,2466"))
    shutil.copy(TRYCKT.with_suffix(".avvikelser.csv"), tmp_path)
    (fel,) = [p for p in kolumn(jamforelse(beslutad, fil), "kostnad_prognos_2019") if p.utslag is Utslag.OFORKLARAD]
    assert fel.tryckt == "2466"


def test_rader_och_kolumner_som_bara_finns_pa_ett_stalle_syns(beslutad: Tabellsvar, tmp_path: Path) -> None:
    rader = TRYCKT.read_text(encoding="utf-8").splitlines()
    borta = [rad for rad in rader if not rad.startswith("Jourhem")]
    fil = tmp_path / "annan.csv"
    fil.write_text("\n".join([*borta, "Barn,Ny form,post,1,1,1,1,kr_per_dygn,1,1,1.0,0.0,0.0"]) + "\n")
    skal = {(p.rad, p.forklaring) for p in jamforelse(beslutad, fil) if p.utslag is Utslag.OFORKLARAD and p.forklaring}
    assert ("Jourhem / Jourhem, kontrakterade / post", "raden saknas i den tryckta tabellen") in skal
    assert ("Barn / Ny form / post", "raden saknas i den räknade") in skal


def test_summor_ar_summan_av_oavrundade_rader(beslutad: Tabellsvar) -> None:
    poster = [rad for rad in beslutad.rader if rad["radtyp"] == "post"]
    for namn in ("snitt_utfall_2017", "snitt_utfall_2018", "budget_2019_mnkr", "budgetavvikelse_delar2_mnkr"):
        assert beslutad.rader[-1][namn] == sum(Fraction(v) for rad in poster if (v := rad[namn]) is not None)


def test_tva_tryckta_rader_med_samma_etikett_vagras(beslutad: Tabellsvar, tmp_path: Path) -> None:
    rader = TRYCKT.read_text(encoding="utf-8").splitlines()
    fil = tmp_path / TRYCKT.name
    fil.write_text("\n".join([*rader, next(rad for rad in rader if rad.startswith("Barn,Institutionsvård"))]) + "\n")
    with pytest.raises(TryckfilenGarInte, match="Barn / Institutionsvård / post"):
        jamforelse(beslutad, fil)


def test_en_forklaring_av_text_galler_bara_den_texten(beslutad: Tabellsvar, tmp_path: Path) -> None:
    fil = tmp_path / TRYCKT.name
    fil.write_text(TRYCKT.read_text(encoding="utf-8").replace("kr_per_dygn,4100", "kr_per_manad,4100"))
    kand = "Barn / Institutionsvård / post,kostnadsenhet,xxx,yyy,1,ENHET,gäller något annat"
    fil.with_suffix(".avvikelser.csv").write_text(f"rad,kolumn,tryckt,raknat,nr,klass,forklaring\n{kand}\n")
    (fel,) = [p for p in kolumn(jamforelse(beslutad, fil), "kostnadsenhet") if p.utslag is Utslag.OFORKLARAD]
    assert (fel.tryckt, fel.raknat) == ("kr_per_manad", "kr_per_dygn")


def test_tal_med_fasta_mellanslag_och_minustecken_lases(beslutad: Tabellsvar, tmp_path: Path) -> None:
    fil = tmp_path / TRYCKT.name
    text = TRYCKT.read_text(encoding="utf-8").replace("24000,26362", "24\N{NO-BREAK SPACE}000,26362")
    fil.write_text(text.replace(",27.5,-0.5", ",27.5,\N{MINUS SIGN}0.5"), encoding="utf-8")
    assert [p for p in jamforelse(beslutad, fil) if p.utslag is Utslag.OFORKLARAD and "internt" in p.rad] == []


def test_vard_utanfor_raderna_namns(tmp_path: Path) -> None:
    tjanster = koppla(str(tmp_path / "liggare.db"))
    tjanster.registrator.registrera(tolka(sen_placering()))
    annan_form = {"id": str(UUID(int=7)), "handelseId": str(UUID(int=8)), "insatsform": "stodboende"}
    tjanster.registrator.registrera(tolka({**sen_placering(), **annan_form}))
    noter = tabell(tjanster, "2100-01-01").noter
    assert "Utfall 2018: 1,00 personer per dygn hör inte till någon rad." in noter
    tjanster.stang()


def test_flera_namnder_blandas_inte(tmp_path: Path) -> None:
    tjanster = koppla(str(tmp_path / "liggare.db"))
    for nr, namnd in enumerate(("vuxennamnden", "barnnamnden"), start=1):
        rad = {"verksamhet": "Vård", "kontogrupp": "kopAvVerksamhet", "malgrupp": "barn", "insatsform": "hvb"}
        budget = {
            "samling": "budgetperioder", "typ": "budget.faststalld", "datum": "2018-12-01", "kommun": "1880",
            "ar": 2019, "namnd": namnd, "handelseId": str(UUID(int=nr)), "rader": [{**rad, "belopp": f"{nr}000000.00"}],
        }  # fmt: skip
        tjanster.registrator.registrera(tolka(budget))
    with pytest.raises(FraganGarInte, match="barnnamnden, vuxennamnden"):
        tabell(tjanster, "2100-01-01")
    utan_budget = "Nämnden barnamnden har ingen budget 2019; det har barnnamnden, vuxennamnden."
    for namnd, sags in (("barnnamnden", False), ("barnamnden", True)):
        assert (utan_budget in tabell(tjanster, "2100-01-01", namnd=namnd).noter) is sags
    # An åtgärd is one board's, so a table of one mixes none.
    for namn in ("effektiviseringar", "beslutade-atgarder", "effektuppfoljning"):
        fraga = tolka_tabellfraga(namn, kommun="1880", ar=2019, nu=tjanster.klocka(), atgard=UUID(int=9))
        assert tjanster.redovisning.tabell(fraga).fraga is fraga
    tjanster.stang()
