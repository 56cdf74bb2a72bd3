"""Which events the facts of each kind follow from: what a reader looks for when a figure seems wrong.

The tests hold this to the derivations (``domain.harledning``): no fact of a kind follows from any other event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType

from domain import fakta
from domain.handelse import HANDELSETYPER

_ARENDET = ("arende.aktualiserat", "arende.avslutat", "arende.ateroppnat", "malgrupp.andrad", "enhet.andrad")
_INTAGET = ("arende.aktualiserat", "aktualisering.inkommen")
_UTREDNINGEN = ("utredning.paborjad", "utredning.avslutad")
_BESLUTET = (
    *("beslut.fattat", "beslut.andrat", "beslut.verkstallt", "verkstallighet.avbruten", "beslut.upphort"),
    "insats.paborjad",
)
_INSATSEN = ("insats.paborjad", "insats.pausad", "insats.aterupptagen", "insats.avslutad")
_VISTELSEN = (
    *("placering.paborjad", "placering.avslutad", "pris.andrat", "lagrum.andrat", "malgrupp.andrad"),
    *("avtalsform.andrad", "placeringsslag.andrat", "betalningsansvar.overlamnat", "betalningsansvar.overtaget"),
)
_PROFILEN = ("utforare.registrerad", "utforare.andrad", "utforare.avslutad")
_FASERNA = (
    *("atgard.identifierad", "atgard.beslutad", "atgard.paborjad", "atgard.permanentad", "atgard.slutford"),
    "atgard.avbruten",
)

_BAKOM: Mapping[str, tuple[str, ...]] = {
    fakta.ARENDE: (*_ARENDET, "ansvar.overlamnat"),
    fakta.PROBLEMATIK: (*_ARENDET, "problematik.angiven", "ansvar.overlamnat"),
    fakta.ENSAMKOMMANDE: (*_ARENDET, "status.andrad", "ansvar.overtaget", "ansvar.overlamnat"),
    fakta.INSATS: (*_ARENDET, *_INSATSEN),
    fakta.SERVICEINSATS: (*_ARENDET, *_INSATSEN),
    fakta.FORHANDSBEDOMNING: (
        *(*_INTAGET, "forhandsbedomning.avslutad", "utredning.paborjad", "arende.avslutat"),
    ),
    fakta.UTREDNING: _UTREDNINGEN,
    fakta.BESLUT_EJ_VERKSTALLT: _BESLUTET,
    fakta.OMBUDSTIMMAR: ("beslut.overklagat", "overklagande.avgjort"),
    "utredning.avslutad": _UTREDNINGEN,
    "forhandsbedomning.avslutad": (*_INTAGET, "forhandsbedomning.avslutad"),
    "skyddsbedomning.gjord": (*_INTAGET, "skyddsbedomning.gjord"),
    "insats.avslutad": ("insats.paborjad", "insats.avslutad"),
    "serviceinsats.paborjad": ("insats.paborjad",),
    "ansvar.overlamnat": ("arende.aktualiserat", "ansvar.overtaget", "ansvar.overlamnat"),
    fakta.VISTELSE: _VISTELSEN,
    fakta.FRANVARO: (*_VISTELSEN, "franvaro.registrerad"),
    fakta.DIREKTUPPHANDLING: ("placering.paborjad", "avtalsform.andrad"),
    fakta.UTFORARE: _PROFILEN,
    fakta.PLATS: ("platser.andrade", "utforare.avslutad"),
    fakta.AVTALSVOLYM: ("avtalsvolym.avtalad", "utforare.avslutad"),
    fakta.RAMAVTAL: ("ramavtal.tecknat", "ramavtal.upphort"),
    fakta.ABONNEMANG: ("abonnemang.tecknat", "abonnemang.upphort"),
    fakta.KO: ("ko.stalld", "ko.upphord"),
    fakta.SERVICEDYGN: ("serviceinsats.redovisad",),
    fakta.AVTALSUPPFOLJNING: ("uppfoljning.gjord",),
    fakta.BUDGET: ("budget.faststalld", "budget.justerad"),
    fakta.BUDGETVOLYM: ("budget.faststalld",),
    fakta.UTFALL: ("utfall.bokfort",),
    fakta.PROGNOS: ("prognos.faststalld",),
    fakta.PROGNOSVOLYM: ("prognos.faststalld",),
    fakta.INVESTERINGSBUDGET: ("budget.faststalld", "budget.justerad"),
    fakta.INVESTERINGSUTFALL: ("utfall.bokfort",),
    fakta.INVESTERINGSPROGNOS: ("prognos.faststalld",),
    fakta.INVANARE: ("invanare.faststallda",),
    fakta.INVANARGRUPP: ("invanare.faststallda",),
    **{slag: (fakta.ERSATTNING_SOKT, slag) for slag in (
        fakta.ERSATTNING_BEVILJAD, fakta.ERSATTNING_AVSLAGEN, fakta.ERSATTNING_ATERBETALD)},
    fakta.MALVARDE: ("mal.faststallt",),
    fakta.MALUTFALL: ("mal.faststallt", "mal.bedomt"),
    "mal.bedomt": ("mal.faststallt", "mal.bedomt"),
    fakta.ATAGANDE: ("atagande.startat", "atagande.avslutat"),
    "atagande.avslutat": ("atagande.startat", "atagande.avslutat"),
    fakta.REGISTER: ("register.inlast",),
    fakta.UPPGIFT: ("uppgift.lamnad",),
    fakta.UPPGIFT_EJ_REDOVISBAR: ("uppgift.lamnad",),
    fakta.INTERNKONTROLLRISK: ("internkontroll.genomford",),
    fakta.ATGARDSFAS: _FASERNA,
    fakta.BUDGETERAD_EFFEKT: ("effekt.budgeterad",),
    fakta.FORVANTAD_EFFEKT: ("effekt.beraknad",),
    fakta.FORVANTAD_TOTALEFFEKT: ("effekt.beraknad",),
    fakta.UPPNADD_EFFEKT: ("effekt.uppnadd",),
    fakta.BEDOMT_ARENDE: ("arende.bedomt", "slutdatum.hypotetiskt"),
    fakta.ALTERNATIVKOSTNAD: ("alternativkostnad.beraknad",),
}  # fmt: skip

BAKOM: Mapping[str, tuple[str, ...]] = MappingProxyType(dict(_BAKOM))
"""The events behind each kind of fact that is not just one event of its own name."""


def handelser_bakom(slagen: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the events that facts of some kinds follow from, each once.

    Raises:
        KeyError: a kind is neither declared nor the name of an event.
    """
    egna = ((slag,) if slag in HANDELSETYPER and slag not in BAKOM else BAKOM[slag] for slag in slagen)
    return tuple(dict.fromkeys(chain.from_iterable(egna)))
