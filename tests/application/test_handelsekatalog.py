"""The event catalogue: every event is explained, its examples are true, and the files say what the code says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from application.handelsekatalog.dokument import filer, samlingens_sida, sida
from application.handelsekatalog.exempel import Exempel, ExempletHallerInte, godtaget, godtagna, nekade, prova
from application.handelsekatalog.falt import Falt, falt
from application.handelsekatalog.post import Post, gemensamma_falt, handelsetyper, post, poster, samlingar
from application.handelsekatalog.schema import alla_klasser, bunt, innehallsschema, radschema
from domain.begrepp import Samling
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import TIDIGARE
from interfaces.dokument import innehallet, skriv, skrivna
from tests.application.jsonschema import fel_mot
from tests.domain.exempel import FULLA
from tests.frysta.test_handelser import FILER, namn_och_version

DOCS = Path(__file__).parents[2] / "docs"
BUNT = bunt()
TYPER = sorted(HANDELSETYPER)
SIDOR = {namn: text for namn, text in filer().items() if namn.endswith(".md")}
alla_typer = pytest.mark.parametrize("typ", TYPER)

# What is written by hand


def test_varje_handelse_har_en_post() -> None:
    # A new event gets a file application/handelsekatalog/poster/<typ>.json; see ADR 0009.
    assert set(HANDELSETYPER) - set(poster()) == set()


def test_varje_post_har_en_handelse_som_gar_att_sanda() -> None:
    assert set(poster()) - set(HANDELSETYPER) == set()
    assert {klass.typ for klass in handelsetyper()} == set(HANDELSETYPER)


@pytest.mark.parametrize("typ", sorted(poster()))
def test_varje_post_ar_hel(typ: str) -> None:
    p = post(typ)
    assert p.rubrik[0].isupper() and not p.rubrik.endswith(".")
    assert p.beskrivning.endswith(".")
    assert all(text.endswith(".") for text in p.falt.values())
    assert p.exempel is not None and p.nekas, "ett godtaget och minst ett nekat exempel"


def test_falten_som_forklaras_finns() -> None:
    def namn(klass: Any) -> set[str]:
        return {f.namn.rpartition(".")[2] for f in falt(klass)}

    kuvert = {"id"}
    for klass in handelsetyper():
        aldre = [TIDIGARE[nyckel] for nyckel in TIDIGARE if nyckel[0] == klass.typ]
        finns = kuvert.union(namn(klass), *map(namn, aldre))
        assert set(post(klass.typ).falt) <= finns, klass.typ


def test_gemensamma_falt_ar_meningar() -> None:
    assert all(text.endswith(".") for text in gemensamma_falt().values())


def test_en_handelse_utan_post_heter_som_den_lagras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("application.handelsekatalog.post.poster", dict)
    assert post("pris.andrat") == Post(rubrik="pris.andrat")
    assert (godtaget("pris.andrat"), godtagna("pris.andrat"), nekade("pris.andrat")) == (None, [], [])
    schema = radschema(HANDELSETYPER["pris.andrat"])
    assert "examples" not in schema and "description" not in schema
    assert "## `pris.andrat` – pris.andrat\n" in samlingens_sida(Samling.PLACERINGAR)


# Examples


@alla_typer
def test_de_godtagna_exemplen_godtas(typ: str) -> None:
    for exempel in godtagna(typ):
        assert prova(exempel.rader) == (), exempel.nar
        assert exempel.rader[-1]["typ"] == typ


@alla_typer
def test_de_nekade_exemplen_nekas_med_en_svensk_mening(typ: str) -> None:
    for exempel in nekade(typ):
        assert exempel.rader[-1]["typ"] == typ
        assert all(fel.falt and fel.kod and fel.mening.endswith(".") for fel in exempel.fel), exempel.nar


def test_exemplen_ar_desamma_varje_gang_och_har_egna_id() -> None:
    assert [godtaget(typ) for typ in TYPER] == [godtaget(typ) for typ in TYPER]
    idn = [rad["handelseId"] for typ in TYPER for e in (*godtagna(typ), *nekade(typ)) for rad in e.rader]
    assert len(idn) == len(set(idn))


def _med_post(monkeypatch: pytest.MonkeyPatch, typ: str, **falt: Any) -> None:
    ny = Post.model_validate({**post(typ).model_dump(), **falt})
    alla = {**poster(), typ: ny}
    monkeypatch.setattr("application.handelsekatalog.post.poster", lambda: alla)


def test_ett_nekat_exempel_som_godtas_avslojas(monkeypatch: pytest.MonkeyPatch) -> None:
    _med_post(monkeypatch, "pris.andrat", nekas=[{"nar": "Priset är högt", "handelse": {"datum": "2024-04-02"}}])
    with pytest.raises(ExempletHallerInte, match=r"Priset är högt.*nekas inte"):
        nekade("pris.andrat")


def test_en_historia_som_inte_haller_avslojas(monkeypatch: pytest.MonkeyPatch) -> None:
    _med_post(monkeypatch, "pris.andrat", historia=["placering.avslutad"])
    exempel = godtaget("pris.andrat")
    assert exempel is not None
    with pytest.raises(ExempletHallerInte, match=r"placering\.avslutad i historien nekas"):
        prova(exempel.rader)


def test_ett_exempel_som_inte_sager_nagot_nytt_avslojas(monkeypatch: pytest.MonkeyPatch) -> None:
    _med_post(monkeypatch, "pris.andrat", historia=["placering.paborjad", "pris.andrat"])
    exempel = godtaget("pris.andrat")
    assert exempel is not None
    with pytest.raises(ExempletHallerInte, match=r"pris\.andrat säger ingenting nytt"):
        prova(exempel.rader)


def test_inga_rader_ar_inget_fel() -> None:
    assert prova(Exempel("tomt", ()).rader) == ()


# Schemas


@pytest.mark.parametrize("klass", list(alla_klasser()), ids=lambda k: f"{k.typ}.v{k.schemaversion}")
def test_ett_schema_ar_helt_och_pa_svenska(klass: Any) -> None:
    schema = radschema(klass)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:liggare:handelse:{klass.typ}:{klass.schemaversion}"
    egna = {falt.alias or namn for namn, falt in klass.model_fields.items()}
    assert egna <= set(schema["properties"])
    kravs = {falt.alias or namn for namn, falt in klass.model_fields.items() if falt.is_required()}
    assert kravs == egna & set(schema["required"])
    assert {ref.removeprefix("#/$defs/") for ref in _alla(schema, "$ref")} <= set(schema.get("$defs", {}))
    engelska = {"the", "of", "and", "is", "not", "whether", "was"}
    for text in _alla(schema, "description"):
        assert not engelska & set(re.findall(r"\w+", str(text).lower())), text


def _alla(nod: Any, nyckel: str) -> Iterator[Any]:
    if isinstance(nod, dict):
        if isinstance(nod.get(nyckel), str):
            yield nod[nyckel]
        for barn in nod.values():
            yield from _alla(barn, nyckel)
    elif isinstance(nod, list):
        for barn in nod:
            yield from _alla(barn, nyckel)


@alla_typer
def test_godtagna_exempel_foljer_schemat_och_bara_sin_handelses(typ: str) -> None:
    for exempel in godtagna(typ):
        for rad in exempel.rader:
            assert fel_mot(radschema(HANDELSETYPER[rad["typ"]]), rad) == []
            assert fel_mot(BUNT, rad) == []


@pytest.mark.parametrize("typ", [klass.typ for klass in FULLA])
def test_en_handelse_med_varde_i_varje_falt_foljer_schemat(typ: str) -> None:
    handelse = FULLA[HANDELSETYPER[typ]]()
    schema = innehallsschema(HANDELSETYPER[typ])
    assert fel_mot({**schema, "additionalProperties": False}, handelse.innehall()) == []


@pytest.mark.parametrize("fil", FILER, ids=lambda fil: fil.stem)
def test_frysta_handelser_foljer_sin_versions_schema(fil: Path) -> None:
    nyckel = namn_och_version(fil)
    klass = TIDIGARE.get(nyckel) or HANDELSETYPER[nyckel[0]]
    assert fel_mot(innehallsschema(klass), json.loads(fil.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "fel",
    [
        {"pris": {"sort": "dygn", "belopp": 4990}}, {"pris": {"sort": "dygn", "belopp": "-1.00"}},
        {"pris": {"sort": "dygn", "belopp": "1.005"}}, {"pris": {"sort": "vecka", "belopp": "1.00"}}, {"pris": None},
        {"datum": 20190101}, {"annat": 1}, {"typ": "pris.andrad"}, {"version": 2}, {"samling": "utforare"},
        {"id": None},
    ],
    ids=str,
)  # fmt: skip
def test_ett_felaktigt_falt_foljer_inte_schemat(fel: Mapping[str, Any]) -> None:
    exempel = godtaget("pris.andrat")
    assert exempel is not None
    rad = {**exempel.rader[-1], **fel}
    assert fel_mot(radschema(HANDELSETYPER["pris.andrat"]), rad)
    assert fel_mot(BUNT, rad)


def test_kuvertets_krav_beror_pa_handelsen() -> None:
    def kravs(typ: str) -> set[str]:
        return {"id", "version", "rattar"} & set(radschema(HANDELSETYPER[typ])["required"])

    assert kravs("pris.andrat") == {"id"}
    assert kravs("budget.faststalld") == set()
    assert kravs("franvaro.registrerad") == {"id", "version"}
    assert kravs("handelse.makulerad") == {"id", "rattar"}
    v1 = radschema(TIDIGARE["franvaro.registrerad", 1])
    assert "version" not in v1["required"]
    assert v1["title"] == "Personen var borta (version 1)"
    assert radschema(HANDELSETYPER["handelse.makulerad"])["properties"]["samling"]["enum"] == [
        samling.value for samling in samlingar(HANDELSETYPER["handelse.makulerad"])
    ]


def test_orden_i_schemat_har_etiketter() -> None:
    schema = innehallsschema(HANDELSETYPER["malgrupp.andrad"])["$defs"]["Malgrupp"]
    assert {"const": "barn", "title": "Barn"} in schema["oneOf"]


@pytest.mark.parametrize(("fil", "foljer"), [("handelser.jsonl", [True] * 3), ("fel.jsonl", [True, False])])
def test_raderna_i_rundturen_foljer_schemat_utom_den_som_ska_vara_fel(fil: str, foljer: list[bool]) -> None:
    rader = (DOCS / "exempel" / fil).read_text(encoding="utf-8").splitlines()
    assert [fel_mot(BUNT, json.loads(rad)) == [] for rad in rader] == foljer


# Tables of fields


def _falt(typ: str) -> dict[str, Falt]:
    return {f.namn: f for f in falt(HANDELSETYPER[typ])}


def test_falten_beskrivs_med_typ_granser_och_ord() -> None:
    f = _falt("placering.paborjad")
    assert (f["datum"].typ, f["datum"].kravs) == ("datum", True)
    assert f["fodelsear"].typ == "heltal 1880–2200"
    assert f["kommun"].typ == "text av formen [0-9]{4}"
    assert (f["malgrupp"].typ, f["malgrupp"].lista, f["malgrupp"].ord[0]) == ("ord", "Malgrupp", ("barn", "Barn"))
    assert f["pris.belopp"].typ == "decimaltal som text 0–10 000 000"
    assert not f["pris"].kravs and f["pris.belopp"].kravs
    assert f["arendeId"].typ == "UUID"


def test_falt_i_listor_och_objekt_beskrivs_pa_sin_plats() -> None:
    f = _falt("prognos.faststalld")
    assert f["rader"].typ == "lista av objekt"
    assert f["rader[].kontogrupp"].lista == "Kontogrupp"
    assert f["kand"].typ == "tidpunkt"
    assert f["beslut.datum"].betydelse == "Beslutsdagen."
    assert _falt("uppfoljning.gjord")["omraden"].typ == "objekt med namn och heltal 1–5"
    assert _falt("budget.faststalld")["periodisering"].typ == "lista av heltal, minst 0"
    assert _falt("tillstand.kontrollerat")["giltigt"].typ == "true/false"


def test_ett_falt_i_ett_varde_beskrivs_som_vardets_och_inte_som_handelsens() -> None:
    f = _falt("uppgift.lamnad")
    assert f["namn"].betydelse == "Vad talet är ett mått på."
    assert f["dimensioner[].namn"].betydelse == "Vad indelningen kallas."


def test_granser_skrivs_med_sina_decimaler() -> None:
    assert _falt("ersattning.sokt")["belopp"].typ == "decimaltal som text, minst 0,01"
    assert _falt("mal.faststallt")["malvarde"].typ == "decimaltal som text -1 000 000 000 000–1 000 000 000 000"


def test_en_lista_med_ord_ar_en_lista_av_ord() -> None:
    class MedOrd(Handelse):
        typ = "pris.andrat"
        i: tuple[Samling, ...]

    (_, ett) = falt(MedOrd)
    assert (ett.typ, ett.lista) == ("lista av ord", "Samling")


# Files


def test_dokumenten_ar_de_som_genereras() -> None:
    # If this fails: make dokument.
    innehall = innehallet(DOCS)
    assert "matt.md" in innehall
    assert set(skrivna(DOCS)) == set(innehall)
    olika = [namn for namn, text in innehall.items() if (DOCS / namn).read_text(encoding="utf-8") != text]
    assert olika == []


def test_att_skriva_dokumenten_tar_bort_det_som_inte_finns_langre(tmp_path: Path) -> None:
    skriv(tmp_path)
    gamla = [tmp_path / "schema" / "borta.v1.json", tmp_path / "handelser" / "borta.md"]
    for gammal in gamla:
        gammal.write_text("{}", encoding="utf-8")
    skriv(tmp_path)
    assert not any(gammal.exists() for gammal in gamla)
    assert (tmp_path / "handelser.md").read_text(encoding="utf-8") == (DOCS / "handelser.md").read_text(
        encoding="utf-8"
    )


def test_sidorna_har_varje_handelse_varje_nekande_och_varje_ord() -> None:
    text = "".join(SIDOR.values())
    assert all(f"## `{typ}` – {post(typ).rubrik}\n" in text for typ in TYPER)
    assert "(`placeringen-ar-redan-avslutad`, fält `datum`)" in text
    assert "Version 1 tas fortfarande emot: `datum`, `fran`, `till`, `betald`." in text
    assert "\n### Malgrupp\n\n`barn` Barn; " in sida()
    assert f"- [`pris.andrat`](handelser/placeringar.md#pris.andrat) – {post('pris.andrat').rubrik}\n" in sida()


@pytest.mark.parametrize("namn", list(SIDOR))
def test_varje_lank_leder_nagonstans(namn: str) -> None:
    for adress in re.findall(r"\]\(([^)]+)\)", SIDOR[namn]):
        fil, _, plats = adress.partition("#")
        mal = namn if not fil else str((DOCS / namn).parent.joinpath(fil).resolve().relative_to(DOCS.resolve()))
        assert mal in SIDOR or mal in filer(), adress
        rubriker = re.findall(r"^#+ (.+)$", SIDOR.get(mal, ""), re.MULTILINE)
        assert not plats or f'<a id="{plats}"></a>' in SIDOR[mal] or plats in map(str.lower, rubriker), adress


def test_det_som_hant_fore_ett_nekat_exempel_sags_bara_dar_det_ar_annat(monkeypatch: pytest.MonkeyPatch) -> None:
    efter = ["placering.paborjad", "placering.avslutad"]
    _med_post(
        monkeypatch, "pris.andrat",
        nekas=[
            {"nar": "Samma", "handelse": {"datum": "2024-02-29"}},
            {"nar": "Mer", "historia": efter, "handelse": {"datum": "2024-06-01"}},
            {"nar": "Inget", "historia": [], "handelse": {}},
            {"nar": "Annat", "historia": [{"typ": "placering.paborjad", "datum": "2024-04-02", "regi": "egen",
             "avtalsform": "egenRegi"}], "handelse": {}},
        ],
    )  # fmt: skip
    text = samlingens_sida(Samling.PLACERINGAR)
    assert '- **Samma.** Med `"datum": "2024-02-29"`.\n  → ' in text
    assert '- **Mer.** Före det också: `placering.avslutad` 2024-05-31. Med `"datum": "2024-06-01"`.' in text
    assert "- **Inget.** Ingenting har hänt före.\n  → " in text
    annat = '`placering.paborjad` 2024-04-02 (`"regi": "egen", "avtalsform": "egenRegi"`)'
    assert f"- **Annat.** Före det i stället: {annat}.\n  → " in text
