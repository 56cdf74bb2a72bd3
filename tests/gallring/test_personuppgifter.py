"""Every field that could be about a person is marked, or listed here with the reason why it is not."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID, uuid4

import pytest

from domain.handelse import HANDELSETYPER, KOMMUNKOD, MANAD, Begreppsdata, Handelse, HandelseMakulerad
from domain.katalog import AGGREGAT, TIDIGARE
from domain.personuppgift import Personuppgift, akt, personfalt
from tests.domain.exempel_atgard import ett_hypotetiskt_slut
from tests.domain.exempel_utforare import en_koplats

ENHET = "the name of a unit, a home or a provider; a private family is registered under a code"
ROLL = "a role or a body that decides, never the name of somebody"
EKONOMI = "a line of the accounts, as the ledger of the board's finances has it"
OM_ATGARDEN = "about the way of working that the board decided on, not about a case"
OM_NAMNDEN = "about the board's goals, rules, figures or reports"
ORD = "a word that figures are grouped by"
SAKENS_ID = "the id of a thing (a decision, a contract, a stream), chosen by the sender"

ICKE_PERSONLIGA: dict[str, frozenset[str]] = {
    ENHET: frozenset({
        "enhet", "overordnad", "avdelning", "utforare.registrerad.namn", "utforare.andrad.namn",
        "organisation.andrad.verksamhet",
    }),
    ROLL: frozenset({"beslutsfattare", "ansvarig", "namnd", "organ", "motpart"}),
    EKONOMI: frozenset({
        "verksamhet", "konto", "projekt", "verifikation", "paragraf", "diarienummer", "beteckning", "benamning",
        "ersattning.aterbetald.orsak", "ersattning.avslagen.orsak",
    }),
    OM_ATGARDEN: frozenset({
        "atgard.identifierad.namn", "atgard.identifierad.beskrivning", "hypotes", "forvantad_effekt",
        "deluppdrag.lagtTill.namn", "alternativkostnad.beraknad.underlag", "atgard.avbruten.orsak",
    }),
    OM_NAMNDEN: frozenset({
        "atagande.startat.namn", "mal.faststallt.namn", "indikator", "riktlinje.beslutad.namn", "ersatter", "villkor",
        "motivering", "kallregister", "kallversion", "matt", "definition.andrad.beskrivning", "tidigare", "rapport",
        "plats", "tryckt", "ratt", "risk", "iakttagelse", "uppgift.lamnad.namn", "mattenhet", "uppgift.lamnad.orsak",
        "dimensioner.namn", "dimensioner.varde", "perspektiv",
    }),
    ORD: frozenset({"inriktning", "primar_orsak", "kategori", "omrade", "omraden", "grupp"}),
    SAKENS_ID: frozenset({
        "arende_id", "placering_id", "foregaende_placering_id", "utforare_id", "beslut_id", "utredning_id", "insats_id",
        "aktualisering_id", "overklagande_id", "avvikelse_id", "ko_id", "abonnemang_id", "deluppdrag_id", "mal_id",
        "atagande_id", "ersattning_id",
    }),
}  # fmt: skip
"""Why a field is open, and which: by its name, or by event and name where a name says different things."""

SKAL = {falt: skal for skal, alla in ICKE_PERSONLIGA.items() for falt in alla}


_KODER = (KOMMUNKOD, MANAD)


def fria_falt(anteckning: Any, vag: str, markt: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the fields that hold text or an identity of the sender's choice, and whether each is marked."""
    if get_origin(anteckning) is Annotated:
        bas, *tillagg = get_args(anteckning)
        if any(t in _KODER for t in tillagg):
            return
        yield from fria_falt(bas, vag, markt or any(isinstance(t, Personuppgift) for t in tillagg))
    elif get_origin(anteckning) is not None:
        for del_ in get_args(anteckning):
            yield from fria_falt(del_, vag, markt)
    elif isinstance(anteckning, type) and issubclass(anteckning, Begreppsdata):
        for namn, falt in anteckning.model_fields.items():
            yield from fria_falt(_hel(falt), f"{vag}.{namn}")
    elif isinstance(anteckning, type) and issubclass(anteckning, UUID | str) and not issubclass(anteckning, Enum):
        yield vag, markt


def _hel(falt: Any) -> Any:
    return Annotated[falt.annotation, *falt.metadata] if falt.metadata else falt.annotation


def alla_fria_falt() -> Iterator[tuple[str, bool]]:
    klasser = [(klass.typ, klass.model_fields) for klass in HANDELSETYPER.values()]
    klasser += [(klass.typ, klass.model_fields) for klass in TIDIGARE.values()]
    for typ, falten in klasser:
        for namn, falt in falten.items():
            for vag, markt in fria_falt(_hel(falt), namn):
                yield f"{typ}.{vag}", markt


def skal_for(falt: str) -> str | None:
    """Return why a field is not personal: by its event and name, or by its name alone."""
    *_, bararen, namn = falt.split(".")
    typ = falt[: -len(namn) - 1]
    return SKAL.get(f"{typ}.{namn}") or SKAL.get(f"{bararen}.{namn}") or SKAL.get(namn)


def test_varje_fritext_och_identitet_ar_markt_eller_har_ett_skal_att_inte_vara_det() -> None:
    alla = list(alla_fria_falt())
    assert len({falt.rpartition(".")[0] for falt, _ in alla}) > 60
    assert [falt for falt, markt in alla if not markt and skal_for(falt) is None] == []


def test_inget_skal_star_kvar_utan_sitt_falt() -> None:
    anvanda = {falt for falt, markt in alla_fria_falt() if not markt}
    namn = {n for falt in anvanda for n in (falt, falt.rpartition(".")[2], ".".join(falt.split(".")[-2:]))}
    assert set(SKAL) - namn == set()


def test_det_som_ar_markt_ar_det_som_skyddas() -> None:
    markta = {falt for falt, markt in alla_fria_falt() if markt}
    skyddade = {
        f"{typ}.{namn}"
        for typ, klass in HANDELSETYPER.items()
        for namn in (*personfalt(klass).fritexter, *(n for n, _ in personfalt(klass).identiteter))
    }
    assert markta == skyddade
    assert {"arende.aktualiserat.person_id", "handelse.makulerad.orsak", "ko.stalld.person_id"} <= skyddade


@pytest.mark.parametrize("klass", [k for k in HANDELSETYPER.values() if k.om], ids=lambda k: k.typ)
def test_den_som_sager_vems_akt_det_ar_pekar_pa_ett_falt_med_en_identitet(klass: type[Handelse]) -> None:
    for namn in klass.om:
        assert UUID in {klass.model_fields[namn].annotation, *get_args(klass.model_fields[namn].annotation)}


def test_en_handelse_hor_till_sin_strom_om_den_inte_sager_nagot_annat() -> None:
    strom = uuid4()
    assert akt(strom, HandelseMakulerad.model_validate({"datum": "2019-01-01", "orsak": "Fel"})) == strom
    plats, slut = en_koplats(), ett_hypotetiskt_slut()
    assert akt(strom, plats) == plats.ko_id
    assert akt(strom, slut) == slut.placering_id
    om_arendet = slut.model_copy(update={"placering_id": None, "arende_id": UUID(int=9)})
    assert akt(strom, om_arendet) == UUID(int=9)


def test_varje_samling_med_personer_har_sina_identiteter_i_handelsen_som_borjar() -> None:
    # By the personal part of its beginning a stream is seen to be erased.
    med_personer = {a.samling.value for a in AGGREGAT.values() if personfalt(a.borjan).identiteter}
    assert med_personer == {"arenden", "placeringar"}
