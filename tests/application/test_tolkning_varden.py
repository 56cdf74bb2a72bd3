"""From a JSON object to a proposal: faults in the event's own values."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch
from typing import Any

import pytest

from application.faltfel import Faltfel, OgiltigHandelse
from application.tolkning import tolka
from domain.begrepp import Begrepp
from domain.handelse import HANDELSETYPER, Handelse
from tests.application.test_tolkning import fel_for, placering
from tests.domain.exempel import (
    FULLA,
    en_bokning,
    en_franvaro,
    en_placering,
    en_prognos,
    en_rad,
    en_uppfoljning,
    ett_platsantal,
    ett_pris,
)
from tests.domain.importrader import rad

# The event's own values


@pytest.mark.parametrize("falt", ["malgrupp", "kon", "insatsform", "regi", "lagrum", "avtalsform"])
@pytest.mark.parametrize("varde", ["annat", "Barn", "SOL", "", None, 3, []], ids=repr)
def test_ett_okant_ord_namner_de_tillatna(falt: str, varde: Any) -> None:
    (fel,) = fel_for(placering(**{falt: varde}))
    assert fel.falt == falt
    tillatna: type[Begrepp] = type(getattr(en_placering(), falt))
    assert fel.mening.endswith(f"Tillåtna: {', '.join(tillatna)}.")
    assert fel.mening.count("”") in (0, 2)


@pytest.mark.parametrize(
    "belopp",
    [12.5, 12, "12.345", "NaN", "Infinity", "-Infinity", "1e3", "12,50", "1 200", "", "kr", None, True, [], "1" * 400],
    ids=lambda varde: repr(varde)[:20],
)
def test_ett_felaktigt_belopp_nekas(belopp: Any) -> None:
    (fel,) = fel_for(placering(pris={"sort": "dygn", "belopp": belopp}))
    assert fel.falt == "pris.belopp"
    assert len(fel.mening) < 250


def test_ett_negativt_pris_nekas() -> None:
    (fel,) = fel_for(placering(pris=ett_pris("-0.01")))
    assert fel == Faltfel("pris.belopp", "greater-than-equal", "pris.belopp ska vara minst 0, inte ”-0.01”.")


def test_ett_belopp_i_en_rad_namns_med_sin_plats() -> None:
    data = rad(en_bokning(rader=[en_rad(), en_rad()]), 1)
    data["rader"][1]["belopp"] = 12.5
    (fel,) = fel_for(data)
    assert fel.falt == "rader.1.belopp"
    assert "inte 12.5" in fel.mening


@pytest.mark.parametrize(
    "datum",
    ["2019-02-29", "2019-13-01", "2019-1-1", "19-01-01", "20190101", "2019-01-01T00:00:00", "2019-01-01T12:00:00Z",
     "2019-01-01 ", "i dag", "", "1546300800", 1546300800, 0, 1.5, True, None, [], {}, "٢٠١٩-٠١-٠١"],
    ids=repr,
)  # fmt: skip
def test_ett_datum_ar_en_dag_och_ingenting_annat(datum: Any) -> None:
    (fel,) = fel_for(placering(datum=datum))
    assert fel.falt == "datum"
    assert fel.mening.startswith("datum ska vara ett datum ÅÅÅÅ-MM-DD, inte ")


def test_en_bakvand_franvaro_nekas() -> None:
    data = rad(en_franvaro(), 1)
    (fel,) = fel_for({**data, "till": data["datum"]})
    assert "återkomstdagen" in fel.mening
    assert fel.falt == "händelsen"


def test_en_prognos_kand_utan_tidszon_nekas() -> None:
    (fel,) = fel_for({**rad(en_prognos(), 1), "kand": "2019-05-06T23:59:59"})
    assert fel.falt == "kand"
    assert "tidszon" in fel.mening


@pytest.mark.parametrize("manad", ["2019-13", "2019-2", "feb", "2019-02-01", 201902, None, "0000-01", "9999-12"])
def test_en_manad_har_sin_form(manad: Any) -> None:
    (fel,) = fel_for({**rad(en_bokning(), 1), "manad": manad})
    assert fel.falt == "manad"


@pytest.mark.parametrize("kommun", ["188", "18800", "188a", " 1880", "1880\n", 1880, "١٨٨٠"], ids=repr)
def test_en_kommunkod_ar_fyra_siffror_som_text(kommun: Any) -> None:
    (fel,) = fel_for(placering(kommun=kommun))
    assert fel.falt == "kommun"


@pytest.mark.parametrize("fodelsear", ["2004", 2004.0, True, 1879, 2201, None, 10**30], ids=repr)
def test_ett_fodelsear_ar_ett_rimligt_heltal(fodelsear: Any) -> None:
    (fel,) = fel_for(placering(fodelsear=fodelsear))
    assert fel.falt == "fodelsear"


@pytest.mark.parametrize("platser", [-1, "8", 8.5, None])
def test_platser_ar_ett_heltal(platser: Any) -> None:
    (fel,) = fel_for({**rad(ett_platsantal(), 1), "platser": platser})
    assert fel.falt == "platser"


@pytest.mark.parametrize("omraden", [{}, [], {"A": 9}, {"A": "4"}, {"": 4}, None], ids=repr)
def test_omraden_ar_ett_objekt_med_betyg(omraden: Any) -> None:
    assert fel_for({**rad(en_uppfoljning(), 1), "omraden": omraden})[0].falt.startswith("omraden")


@pytest.mark.parametrize("betald", ["ja", 1, 0, None, "true"], ids=repr)
def test_ja_eller_nej_ar_true_eller_false(betald: Any) -> None:
    (fel,) = fel_for({**rad(en_franvaro(), 1), "betald": betald})
    assert fel.falt == "betald"


def test_alla_fel_i_handelsen_sags_pa_en_gang() -> None:
    fel = fel_for(placering(datum="i dag", malgrupp="annat", fodelsear="2004", okant=1))
    assert {f.falt for f in fel} == {"datum", "malgrupp", "fodelsear", "okant"}


def test_ett_djupt_varde_ar_ocksa_bara_ett_fel() -> None:
    djupt: Any = []
    for _ in range(900):
        djupt = [djupt]
    for falt in ("datum", "pris", "kommun", "aktor", "typ"):
        assert fel_for(placering(**{falt: djupt}))[0].falt == falt


# Days that no question reaches


def _med_dagen(varde: Any, dag: str, plats: str = "") -> Iterator[tuple[str, Any]]:
    """Yield an object with each of its days changed, one at a time, and where."""
    if isinstance(varde, str) and fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", varde):
        yield plats, dag
    elif isinstance(varde, dict | list):
        for namn, ett in varde.items() if isinstance(varde, dict) else enumerate(varde):
            for falt, nytt in _med_dagen(ett, dag, f"{plats}.{namn}".lstrip(".")):
                kopia = varde.copy()
                kopia[namn] = nytt
                yield falt, kopia


@pytest.mark.parametrize("dag", ["0025-07-07", "1899-12-31", "2201-01-01", "9999-12-31"])
@pytest.mark.parametrize("typ", HANDELSETYPER.values(), ids=lambda typ: typ.typ)
def test_en_dag_som_ingen_fraga_nar_tas_inte_emot(typ: type[Handelse], dag: str) -> None:
    prov = list(_med_dagen(rad(FULLA[typ](), 1), dag))
    assert "datum" in [falt for falt, _ in prov]
    for falt, objekt in prov:
        if falt == "registrerad":
            continue
        with pytest.raises(OgiltigHandelse) as fangat:
            tolka(objekt)
        # A rule of the event about how its days lie may come before.
        utanfor = [fel for fel in fangat.value.fel if fel.kod == "dag-utanfor"]
        mening = f"{falt} ska ligga mellan 1900-01-01 och 2200-12-31, inte ”{dag}”."
        assert [(fel.falt, fel.mening) for fel in utanfor] in ([], [(falt, mening)])
        assert utanfor or fangat.value.fel[0].kod == "ogiltigt-varde", fangat.value.fel
