"""The catalogue of measures as data and as a page: what is declared, and what of the printed measures it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from domain.matt.deklaration import Familj, Matt
from domain.matt.katalog import MATT, MED_ID
from domain.matt.ursprung import handelser_bakom
from domain.matt.uttryck import Grund


def alla_grunder(m: Matt) -> tuple[Grund, ...]:
    """Return the calculations of a measure and of all its choices, each once."""
    matten = [m, *(m.med({v.namn: val.namn}) for v in m.varianter for val in v.val)]
    grunder: list[Grund] = []
    for ett in matten:
        grunder += [g for g in ett.grunder if g not in grunder]
    return tuple(grunder)


def matt_som_data(m: Matt) -> dict[str, Any]:
    """Return a measure's declaration for a program."""
    return {
        "namn": m.namn, "id": list(m.id), "familj": m.familj.value, "etikett": m.etikett, "enhet": m.enhet.namn,
        "decimaler": m.enhet.decimaler, "definition": m.definition, "kalla": m.kalla, "tecken": m.tecken.value,
        "gallerFran": m.galler_fran.isoformat() if m.galler_fran else None, "dimensioner": list(m.dimensioner),
        "summerbart": m.additivt, "summerbartITid": m.additivt_i_tid, "helaManader": m.hela_manader,
        "helaAr": m.hela_ar,
        "varianter": [
            {"namn": v.namn, "etikett": v.etikett, "fri": v.fri,
             "val": [{"namn": val.namn, "etikett": val.etikett} for val in v.val]}
            for v in m.varianter
        ],
        "fakta": sorted({slag for g in alla_grunder(m) for slag in g.slag}),
        "handelser": list(handelser_bakom(s for g in alla_grunder(m) for s in g.slag)),
    }  # fmt: skip


class Tryckt(NamedTuple):
    """A measure as published reports print it, from the catalogue of them (``docs/kallor/MATT.md``)."""

    id: str
    namn: str
    definition: str
    gar: str

    @property
    def kan_raknas(self) -> bool:
        """Return whether it can be counted from what the ledger records."""
        return not self.gar.startswith("nej")


def las_forteckning(text: str) -> list[Tryckt]:
    """Return the printed measures that a catalogue lists in its tables."""
    rader = (
        [cell.strip() for cell in rad.strip("|").split("|")]
        for rad in text.splitlines()
        if re.match(r"\| [A-Z][0-9]{2} \|", rad)
    )
    return [Tryckt(rad[0], rad[1], rad[5], rad[6].replace("**", "")) for rad in rader]


def saknade(tryckta: Sequence[Tryckt]) -> list[str]:
    """Return the numbers of the printed measures that can be counted but are not."""
    return [t.id for t in tryckta if t.kan_raknas and t.id not in MED_ID]


_INLEDNING = """# Mått

Måtten är deklarationer; sidan är skriven ur dem (`make dokument`) och ändras inte för hand. Samma uppgifter ges av
`liggare matt --lista` och, för ett mått, `liggare matt NAMN --forklara`. Ett mått frågas med sitt namn eller med sitt
nummer i förteckningen över tryckta mått ([kallor/MATT.md](kallor/MATT.md)), där numret bara har ett mått.

Tal avrundas en gång, sist, halva bort från noll. Val där rapporter räknar olika har namn och skrivs `--variant
namn=val`; det första gäller när inget sägs. Gemensamt för alla mått är `gallerDen`, `kantDen` och perioden; mått på
vårddygn har vårddygnsregel och frånvaro, mått på belopp perioden efter bokföringsmånad eller vårdmånad. Det som inte
avser någon annan månad än sin egen (en prognos, en volym, ett antal invånare) räknas i den båda gångerna.
"""


def sida(forteckning: str) -> str:
    """Return the page about all measures, given the catalogue of printed ones."""
    tryckta = las_forteckning(forteckning)
    rader = [_INLEDNING]
    for familj in Familj:
        rader.append(f"\n## {familj.value}\n")
        for matt in (m for m in MATT.values() if m.familj is familj):
            rader += _avsnitt(matt)
    rader += _tryckta(tryckta)
    return "\n".join(rader).rstrip() + "\n"


def _avsnitt(m: Matt) -> Iterator[str]:
    nummer = f" · {', '.join(m.id)}" if m.id else ""
    yield f"### {m.namn}\n\n**{m.etikett}**, {m.enhet.namn}{nummer}. {m.definition}\n"
    yield f"- Källa: {m.kalla}. Tecken: {m.tecken.value}"
    yield f"- Dimensioner: {', '.join(m.dimensioner)}"
    if m.galler_fran is not None:
        yield f"- Gäller från {m.galler_fran}."
    for v in m.varianter:
        val = ", ".join(f"`{val.namn}` ({val.etikett})" for val in v.val)
        yield f"- Val `{v.namn}` – {v.etikett}: {val}{', eller ett annat ord' if v.fri else ''}"
    yield ""


def _tryckta(tryckta: Sequence[Tryckt]) -> Iterator[str]:
    raknas = sum(t.id in MED_ID for t in tryckta)
    yield f"\n## De {len(tryckta)} tryckta måtten\n"
    yield f"{raknas} räknas; {sum(not t.kan_raknas for t in tryckta)} kan inte räknas ur det som registreras i liggaren"
    yield f"(skälet står i raden); {len(saknade(tryckta))} kan räknas men är inte byggda.\n"
    yield "| nummer | tryckt mått | går | räknas som, eller varför inte |\n|---|---|---|---|"
    for t in tryckta:
        matten = MED_ID.get(t.id, ())
        hur = ", ".join(f"[{m.namn}](#{m.namn})" for m in matten) or (t.definition if t.gar == "nej" else t.gar)
        yield f"| {t.id} | {t.namn} | {t.gar} | {hur} |"
