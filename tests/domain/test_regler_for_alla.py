"""What holds for every aggregate, every event type and every refusal, found from the catalogue and not by hand."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import domain.katalog
from application.strom import Strom
from application.tolkning import KUVERTFALT
from domain.aggregat import Aggregat, besluta
from domain.begrepp import Samling
from domain.fakta import Fakta
from domain.fel import Regelbrott
from domain.handelse import HANDELSETYPER, Handelse, HandelseMakulerad, Notering
from domain.harledning import fakta
from domain.historik import gallande, handelser, rattade
from domain.katalog import AGGREGAT
from domain.placering.handelser import FranvaroRegistrerad, PlaceringAvslutad
from tests.domain.exempel import FULLA, VANLIGA, en_bokning, en_franvaro, forutsatta
from tests.givet import IDAG, id_for

SENASTE_DAG = date(2020, 2, 20)
# The one event that may be recorded twice: money is never dropped because it looks alike.
UPPREPAS = en_bokning(verifikation=None)

ALLA = [(aggregat, typ) for aggregat in AGGREGAT.values() for typ in aggregat.beslut]
alla_handelsetyper = pytest.mark.parametrize(
    ("aggregat", "typ"), ALLA, ids=[f"{a.samling.value}-{typ.typ}" for a, typ in ALLA]
)


def alla_fel(klass: type[Regelbrott] = Regelbrott) -> Iterator[type[Regelbrott]]:
    for under in klass.__subclasses__():
        if under.__module__.startswith(("domain.", "application.")):
            yield under
            yield from alla_fel(under)


FEL = sorted(alla_fel(), key=lambda klass: klass.__name__)
alla_felklasser = pytest.mark.parametrize("felklass", FEL, ids=lambda klass: klass.__name__)


def strom_med(aggregat: Aggregat[Any], forslag: Handelse) -> list[Notering]:
    """Return a stream to which the event has just been accepted."""
    fore: list[Handelse] = [] if isinstance(forslag, aggregat.borjan) else [VANLIGA[aggregat.borjan]()]
    fore += forutsatta(type(forslag))
    rader = [Notering(nr, id_for(nr), h) for nr, h in enumerate(fore, start=1)]
    svar = besluta(aggregat, rader, forslag, idag=IDAG)
    assert svar == (forslag,)
    return [*rader, Notering(len(rader) + 1, id_for(len(rader) + 1), forslag)]


# Decisions


@alla_handelsetyper
@pytest.mark.parametrize("exempel", [VANLIGA, FULLA], ids=["vanlig", "full"])
def test_en_upprepad_handelse_registreras_aldrig_tva_ganger(aggregat: Any, typ: type[Handelse], exempel: Any) -> None:
    forslag = exempel[typ]()
    rader = strom_med(aggregat, forslag)
    try:
        svar = besluta(aggregat, rader, forslag, idag=IDAG)
    except Regelbrott as fel:
        assert type(fel) is not Regelbrott
    else:
        assert svar == ()


def test_bara_en_bokning_utan_verifikation_far_upprepas() -> None:
    aggregat = AGGREGAT[Samling.BUDGETPERIODER]
    assert besluta(aggregat, strom_med(aggregat, UPPREPAS), UPPREPAS, idag=IDAG) == (UPPREPAS,)


@alla_handelsetyper
def test_en_makulerad_handelse_lamnar_strommen_som_om_den_aldrig_funnits(aggregat: Any, typ: type[Handelse]) -> None:
    rader = strom_med(aggregat, VANLIGA[typ]())
    makulering = HandelseMakulerad(datum=SENASTE_DAG, orsak="Fel")
    assert besluta(aggregat, rader, makulering, idag=IDAG, rattar=rader[-1].handelse_id) == (makulering,)
    efter = [*rader, Notering(9, id_for(9), makulering, rader[-1].handelse_id)]
    assert handelser(gallande(efter)) == handelser(rader[:-1])


@alla_handelsetyper
def test_besked_ges_utan_att_strommen_andras(aggregat: Any, typ: type[Handelse]) -> None:
    rader = strom_med(aggregat, VANLIGA[typ]())
    fore = [(n.position, n.handelse_id, n.handelse, n.rattar) for n in rader]
    besluta(aggregat, rader, HandelseMakulerad(datum=SENASTE_DAG, orsak="Fel"), idag=IDAG, rattar=id_for(len(rader)))
    assert [(n.position, n.handelse_id, n.handelse, n.rattar) for n in rader] == fore


@st.composite
def forlopp(draw: st.DrawFn) -> tuple[Aggregat[Any], list[tuple[Handelse, int | None]]]:
    """Draw proposals to a stream: ordinary events on varying days, and corrections of what came before."""
    aggregat = draw(st.sampled_from(list(AGGREGAT.values())))
    dagar = st.integers(0, 40).map(lambda n: date(2019, 1, 1) + timedelta(days=n))
    steg: list[tuple[Handelse, int | None]] = [(VANLIGA[aggregat.borjan](datum="2019-01-01"), None)]
    for _ in range(draw(st.integers(0, 14))):
        typ = draw(st.sampled_from(aggregat.typer))
        datum = draw(dagar)
        rattar = draw(st.integers(0, 8)) if typ is HandelseMakulerad or draw(st.booleans()) else None
        if typ is FranvaroRegistrerad:
            steg.append((en_franvaro(str(datum), str(datum + timedelta(days=3))), rattar))
        else:
            steg.append((VANLIGA[typ](datum=str(datum)), rattar))
    return aggregat, steg


@settings(max_examples=300, deadline=None)
@given(forlopp())
def test_vad_som_an_foreslas_ar_strommen_hel(fall: tuple[Aggregat[Any], list[tuple[Handelse, int | None]]]) -> None:
    aggregat, steg = fall
    rader: list[Notering] = []
    strom = Strom(aggregat.samling, UUID(int=77))
    kanda: dict[int, Fakta] = {}
    for forslag, nummer in steg:
        rattar = None if nummer is None else id_for(nummer)
        try:
            svar = besluta(aggregat, rader, forslag, idag=IDAG, rattar=rattar)
        except Regelbrott as fel:
            assert fel.mening
            continue
        for handelse in svar:
            rader.append(Notering(len(rader) + 1, id_for(len(rader) + 1), handelse, rattar))
            _folj_fakta(strom, kanda, rader)
        galler = gallande(rader)
        typer = [type(n.handelse) for n in galler]
        assert typer.count(aggregat.borjan) <= 1
        assert aggregat.borjan in typer or not typer
        assert typer.count(PlaceringAvslutad) <= 1
        assert HandelseMakulerad not in typer
        aggregat.granska(aggregat.vik(handelser(galler)))
        ursprung = [_ursprung(n, rader) for n in galler]
        assert len(ursprung) == len(set(ursprung))
        borta = rattade(rader)
        verksamma = [n.rattar for n in rader if n.rattar is not None and n.handelse_id not in borta]
        assert len(verksamma) == len(set(verksamma))


def _folj_fakta(strom: Strom, kanda: dict[int, Fakta], rader: list[Notering]) -> None:
    """Let the stream take in the last entry step by step, and compare with all facts worked out anew."""
    andring = strom.anteckna(rader[-1])
    for form, radnr in andring.stangda:
        assert type(kanda.pop(radnr)) is form
    for radnr, rad in andring.nya:
        assert radnr not in kanda
        kanda[radnr] = rad
    assert Counter(kanda.values()) == Counter(fakta(strom.samling, strom.id, gallande(rader)))


def _ursprung(notering: Notering, rader: list[Notering]) -> UUID:
    """Return the event that an entry in the end stands for, through all corrections."""
    per_id = {n.handelse_id: n for n in rader}
    while notering.rattar is not None:
        notering = per_id[notering.rattar]
    return notering.handelse_id


# Refusals


@alla_felklasser
def test_varje_nekande_forklarar_sin_regel(felklass: type[Regelbrott]) -> None:
    assert "__doc__" in vars(felklass)
    assert (inspect.getdoc(felklass) or "").endswith(".")
    assert "mall" in vars(felklass)
    assert felklass.mall[0].isupper() or felklass.mall[0] == "{" or felklass.mall.startswith("handelseId")
    assert felklass.mall.endswith(".")
    assert felklass.falt


def test_varje_nekande_har_sin_egen_kod() -> None:
    koder = [klass(**dict.fromkeys(re.findall(r"{(\w+)}", klass.mall), "x")).kod for klass in FEL]
    assert len(koder) == len(set(koder))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", kod) for kod in koder)
    assert "placeringen-ar-redan-avslutad" in koder


@alla_felklasser
def test_varje_nekande_har_ett_prov(felklass: type[Regelbrott]) -> None:
    mappar = (Path(__file__).parent, *(Path(__file__).parents[1] / namn for namn in ("application", "gallring")))
    prov = [fil for mapp in mappar for fil in mapp.glob("test_*.py") if fil.name != Path(__file__).name]
    assert any(re.search(rf"\b{felklass.__name__}\b", fil.read_text(encoding="utf-8")) for fil in prov)


@alla_felklasser
def test_mallen_fylls_helt_av_sina_varden(felklass: type[Regelbrott]) -> None:
    namn = re.findall(r"{(\w+)}", felklass.mall)
    fel = felklass(**{n: f"<{n}>" for n in namn})
    assert all(f"<{n}>" in str(fel) for n in namn)
    assert str(fel) == fel.mening


def test_det_finns_nekanden_att_prova() -> None:
    assert len(FEL) > 30


# Event classes


def falt_i(typ: type[Handelse]) -> set[str]:
    return {falt.alias or namn for namn, falt in typ.model_fields.items()}


@pytest.mark.parametrize("typ", HANDELSETYPER.values(), ids=lambda typ: typ.typ)
def test_handelsens_falt_krockar_inte_med_kuvertets(typ: type[Handelse]) -> None:
    assert not falt_i(typ) & KUVERTFALT
    assert "typ" not in typ.model_fields


@pytest.mark.parametrize("typ", HANDELSETYPER.values(), ids=lambda typ: typ.typ)
def test_lagrade_namn_ar_ren_ascii_i_kamelnotation(typ: type[Handelse]) -> None:
    assert re.fullmatch(r"[a-z][A-Za-z]*\.[a-z][A-Za-z]*", typ.typ)
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", falt) for falt in falt_i(typ))


@pytest.mark.parametrize("typ", HANDELSETYPER.values(), ids=lambda typ: typ.typ)
def test_handelser_kan_inte_andras_och_tar_inte_emot_okanda_falt(typ: type[Handelse]) -> None:
    handelse = FULLA[typ]()
    with pytest.raises(ValidationError):
        setattr(handelse, "datum", date(2019, 1, 1))  # noqa: B010
    with pytest.raises(ValidationError):
        typ.model_validate({**handelse.innehall(), "okant": 1})


def test_varje_handelsetyp_hor_till_en_samling_och_har_exempel() -> None:
    hor_hemma = {typ for aggregat in AGGREGAT.values() for typ in aggregat.typer}
    assert set(HANDELSETYPER.values()) == hor_hemma == set(VANLIGA) == set(FULLA)


@pytest.mark.parametrize("typ", FULLA, ids=lambda typ: typ.typ)
def test_det_fulla_exemplet_har_varde_i_varje_falt(typ: type[Handelse]) -> None:
    handelse = FULLA[typ]()
    assert [namn for namn in typ.model_fields if getattr(handelse, namn) in (None, ())] == []


def test_ett_lagrat_namn_kan_bara_tas_en_gang() -> None:
    with pytest.raises(TypeError, match=r"pris\.andrat är redan taget av PrisAndrat"):
        type("EttTill", (Handelse,), {"__module__": __name__}, typ="pris.andrat")
    assert HANDELSETYPER["pris.andrat"].__name__ == "PrisAndrat"


def test_en_klass_utan_lagrat_namn_registreras_inte() -> None:
    fore = set(HANDELSETYPER)
    type("Mellanklass", (Handelse,), {"__module__": __name__})
    assert set(HANDELSETYPER) == fore


def test_katalogen_hor_ihop_med_samlingarna() -> None:
    assert all(aggregat.samling is samling for samling, aggregat in AGGREGAT.items())
    assert isinstance(domain.katalog.AGGREGAT[Samling.PLACERINGAR], Aggregat)


def test_en_notering_visar_sig_pa_en_rad() -> None:
    rad = Notering(7, id_for(1), en_bokning(), UUID(int=2))
    assert repr(rad) == "<7 utfall.bokfort 2019-02-28 rättar 00000000-0000-0000-0000-000000000002>"
    assert repr(Notering(7, id_for(1), en_bokning())) == "<7 utfall.bokfort 2019-02-28>"
