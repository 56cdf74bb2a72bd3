"""The vocabularies: every word has a label, and a stored word is never renamed.

``tests/frysta/begrepp.json`` holds the stored words as they have landed, and ``begrepp-<package>.json`` those of a
package's own ``begrepp`` module. A new word is added to the file together with the code; a word that stands there is
never changed or taken away.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import domain
from domain.begrepp import Avtalsform, Begrepp, Insatsform, Kon, Malgrupp, Samling

FRYSTA = Path(__file__).parents[1] / "frysta"

LISTOR = [
    klass
    for modul in sorted(m.name for m in pkgutil.walk_packages(domain.__path__, "domain."))
    if modul.endswith(".begrepp")
    for _, klass in inspect.getmembers(import_module(modul), inspect.isclass)
    if issubclass(klass, Begrepp) and klass is not Begrepp and klass.__module__ == modul
]
alla_listor = pytest.mark.parametrize("lista", LISTOR, ids=lambda lista: lista.__name__)


def frysta() -> dict[str, dict[str, str]]:
    innehall: dict[str, dict[str, str]] = {}
    for fil in FRYSTA.glob("begrepp*.json"):
        innehall |= json.loads(fil.read_text(encoding="utf-8"))
    return innehall


@alla_listor
def test_varje_ord_har_en_etikett(lista: type[Begrepp]) -> None:
    assert all(ord_.etikett.strip() for ord_ in lista)
    assert len({ord_.etikett for ord_ in lista}) == len(lista)


@alla_listor
def test_lagrade_ord_ar_ascii_i_kamelnotation(lista: type[Begrepp]) -> None:
    assert [ord_.value for ord_ in lista if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", ord_.value)] == []


@alla_listor
def test_varje_lista_sager_vad_den_ar(lista: type[Begrepp]) -> None:
    assert "__doc__" in vars(lista)
    assert lista.__doc__


@alla_listor
def test_orden_ar_de_frysta(lista: type[Begrepp]) -> None:
    assert {ord_.name: ord_.value for ord_ in lista} == frysta()[lista.__name__]


def test_ingen_fryst_lista_har_forsvunnit() -> None:
    assert set(frysta()) == {lista.__name__ for lista in LISTOR}


def test_ingen_lista_heter_som_en_annan() -> None:
    assert len({lista.__name__ for lista in LISTOR}) == len(LISTOR)


def test_ett_ord_ar_sitt_lagrade_varde() -> None:
    assert str(Malgrupp.BARN) == "barn" == Malgrupp("barn")
    assert Kon.KVINNA.etikett == "Flickor/kvinnor"
    assert Avtalsform.EGEN_REGI.etikett == "Egen regi"
    assert Samling.ATGARDER.etikett == "Åtgärder"


def test_ett_ord_utan_etikett_skrivs_som_det_lagras() -> None:
    class Prov(Begrepp):
        ETT = "ett"

    assert Prov.ETT.etikett == "ett"


def test_ett_okant_ord_finns_inte() -> None:
    with pytest.raises(ValueError, match="Barn"):
        Malgrupp("Barn")


def test_fem_insatsformer_saknar_vardygn() -> None:
    assert {form.value for form in Insatsform if not form.har_vardygn} == {
        "kontaktperson",
        "kontaktfamilj",
        "oppenvardOvrig",
        "socialtKontrakt",
        "sarskiltKvalificeradKontaktperson",
    }
