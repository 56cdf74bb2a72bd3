"""Pages about the events, written from the catalogue, and the files of ``docs/schema``.

``docs/handelser.md`` says what all events have in common and lists them; ``docs/handelser/<samling>.md`` has the
events of one collection.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from application.handelsekatalog.exempel import Exempel, Rad, godtaget, godtagna, nekade
from application.handelsekatalog.falt import Falt, falt
from application.handelsekatalog.post import handelsetyper, post, samlingar
from application.handelsekatalog.schema import alla_klasser, bunt, radschema
from domain.begrepp import Samling
from domain.handelse import HANDELSETYPER, Handelse
from domain.katalog import AGGREGAT, TIDIGARE, lasbara_versioner
from domain.tid import FORSTA_DAG, SISTA_DAG

_GEMENSAM = "handelser.md"
"""The page about all events."""

_INLEDNING = f"""# Händelser

Det som kan sägas till liggaren, samling för samling. Sidorna är skrivna ur koden (`make dokument`) och ändras inte för
hand. Samma uppgifter ges av `liggare handelser` och, som JSON Schema, i [schema/](schema/handelser.schema.json).

En händelse är ett platt JSON-objekt: en rad i en importfil, eller det som sänds till
`POST /v1/{{samling}}/{{id}}/handelser`, där `samling` och `id` står i adressen. Datum skrivs ÅÅÅÅ-MM-DD, mellan
{FORSTA_DAG} och {SISTA_DAG}, och belopp som text i kronor, till exempel `"1953.00"`. Utöver händelsens egna fält har
varje rad de här:

"""

_OM_REGLERNA = """
Gemensamt för alla: ett fel i ett fält nekas med fältets namn och vad som är tillåtet; ett datum efter idag nekas, utom
för händelser som får ligga i framtiden; en ström börjar med sin första händelse och börjar en gång; en händelse som
säger det som redan är känt ändrar ingenting. Att något registreras sent är aldrig ett fel. En felaktig uppgift rättas
med samma händelse igen och `rattar`, eller makuleras.
"""

_OM_EXEMPLEN = """
Exemplen är sådana de sänds i en importfil. Det som nekas är det första exemplet, ändrat som det står, och svaret är det
som liggaren ger. Står inget annat har samma sak hänt före. Vad alla rader har gemensamt och vad orden betyder står i
[Händelser](../handelser.md).
"""

_I_NAGON = {klass for aggregat in AGGREGAT.values() for klass in aggregat.beslut}
"""The events of the collections; those of no collection in particular are on the page about all."""

_IDENTITETER = ("id", "handelseId")
_BEROR_PA_HISTORIEN = (*_IDENTITETER, "datum", "rattar", "kalla", "externId")
"""What differs between two lines with an event though they say the same of it."""


def filer() -> Mapping[str, str]:
    """Return every generated file under ``docs``, by path, as text."""
    sidor = {_fil(samling): samlingens_sida(samling) for samling in AGGREGAT}
    scheman = {f"schema/{k.typ}.v{k.schemaversion}.json": radschema(k) for k in alla_klasser()}
    alla = {"schema/handelser.schema.json": bunt(), **scheman}
    return {_GEMENSAM: sida(), **sidor, **{namn: som_json(schema) for namn, schema in alla.items()}}


def som_json(data: Any) -> str:
    """Return data as JSON for a file that people also read."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def som_rad(rad: Mapping[str, Any]) -> str:
    """Return an event as one line to import."""
    return json.dumps(rad, ensure_ascii=False)


# Pages ---------------------------------------------------------------------------------------------------------------


def sida() -> str:
    """Return the page about all events: what they share, which there are, and what the words mean."""
    delar = [_INLEDNING, "".join(_tabell(kuvertets_falt(), _GEMENSAM)), _OM_REGLERNA]
    for samling, aggregat in AGGREGAT.items():
        delar.append(f"\n## {samling.etikett} (`{samling.value}`)\n\n")
        delar += _innehall(aggregat.beslut, _fil(samling))
    delar.append("\n## Alla samlingar\n")
    delar += (_handelse(klass, _GEMENSAM) for klass in handelsetyper() if klass not in _I_NAGON)
    delar.append("\n## Ord\n\nSlutna listor. Orden byts aldrig ut, men listorna kan bli längre.\n")
    listor = {f.lista: f for klass in handelsetyper() for f in falt(klass) if f.lista}
    for namn in sorted(listor):
        ord_ = "; ".join(f"`{o}` {etikett}" for o, etikett in listor[namn].ord)
        delar.append(f"\n### {namn}\n\n{ord_}\n")
    return "".join(delar)


def samlingens_sida(samling: Samling) -> str:
    """Return the page about the events of a collection, with its contents first."""
    klasser = list(AGGREGAT[samling].beslut)
    delar = [f"# {samling.etikett} (`{samling.value}`)\n{_OM_EXEMPLEN}\n"]
    delar += _innehall(klasser, "")
    delar += (_handelse(klass, _fil(samling)) for klass in klasser)
    return "".join(delar)


def _fil(samling: Samling) -> str:
    return f"handelser/{samling.value}.md"


def _innehall(klasser: Iterable[type[Handelse]], fil: str) -> Iterator[str]:
    """Yield a list of events with links to where they are explained."""
    yield from (f"- [`{klass.typ}`]({fil}#{klass.typ}) – {post(klass.typ).rubrik}\n" for klass in klasser)


def kuvertets_falt() -> list[Falt]:
    """Return the fields that every line has beside the event's own."""
    schema = radschema(handelsetyper()[0])
    egna = {f.namn for f in falt(handelsetyper()[0])}
    former = {"id": "UUID", "handelseId": "UUID", "rattar": "UUID", "version": "heltal", "aktor": "objekt"}
    former["registrerad"] = "tidpunkt"
    return [
        Falt(namn, former.get(namn, "text"), namn in schema["required"], betydelse=ett.get("description", ""))
        for namn, ett in schema["properties"].items()
        if namn not in egna
    ]


# One event -----------------------------------------------------------------------------------------------------------


def _handelse(klass: type[Handelse], fil: str) -> str:
    """Return what is said of an event; the anchor is its stored name, which stays when its heading is reworded."""
    p = post(klass.typ)
    niva = "###" if fil == _GEMENSAM else "##"
    delar = [f'\n<a id="{klass.typ}"></a>\n\n{niva} `{klass.typ}` – {p.rubrik}\n\n']
    if p.beskrivning:
        delar.append(f"{_med_lankar(p.beskrivning, fil, klass.typ)}\n\n")
    delar += _tabell(falt(klass), fil)
    delar += _versioner(klass)
    for exempel in godtagna(klass.typ):
        fore = f"Före det: {', '.join(_steg(exempel))}.\n\n" if _steg(exempel) else ""
        delar.append(f"\n**Exempel: {exempel.nar}**\n\n{fore}```json\n{_uppstalld(exempel.rader[-1])}\n```\n")
    delar += _nekas(klass.typ)
    return "".join(delar)


def _med_lankar(text: str, fil: str, egen: str = "") -> str:
    """Return a text with links from the names of other events to where they are explained."""

    def lank(traff: re.Match[str]) -> str:
        klass = HANDELSETYPER.get(traff[0])
        if klass is None or klass.typ == egen:
            return traff[0]
        i = [_fil(samling) for samling in samlingar(klass)] if klass in _I_NAGON else [_GEMENSAM]
        return f"[`{klass.typ}`]({_vag(fil, fil if fil in i else i[0])}#{klass.typ})"

    return re.sub(r"[a-zA-Z]+\.[a-zA-Z]+", lank, text)


def _vag(fran: str, till: str) -> str:
    """Return the relative address of one page from another."""
    if fran == till:
        return ""
    return till if fran == _GEMENSAM else f"../{till}"


def _nekas(typ: str) -> Iterator[str]:
    """Yield the refused examples: when it is, how they differ from the accepted one, and what is answered."""
    fall, vanligt = nekade(typ), godtaget(typ)
    if not fall or vanligt is None:
        return
    yield "\n**Nekas:**\n\n"
    for ett in fall:
        andrat = ", ".join(f"`{falt}`" for falt in skillnad(vanligt.rader[-1], ett.rader[-1]))
        svar = " ".join(f"{fel.mening} (`{fel.kod}`, fält `{fel.falt}`)" for fel in ett.fel)
        yield f"- **{ett.nar}.**{_annat_fore(ett, vanligt)}{f' Med {andrat}.' if andrat else ''}\n  → {svar}\n"


def _annat_fore(ett: Exempel, vanligt: Exempel) -> str:
    """Return in words how what came before an example differs from what came before the ordinary one."""
    steg, vanliga = _steg(ett), _steg(vanligt)
    if steg == vanliga:
        return ""
    if not steg:
        return " Ingenting har hänt före."
    if steg[: len(vanliga)] == vanliga:
        return f" Före det{' också' if vanliga else ''}: {', '.join(steg[len(vanliga) :])}."
    return f" Före det {'bara' if set(steg) < set(vanliga) else 'i stället'}: {', '.join(steg)}."


def _steg(exempel: Exempel) -> list[str]:
    """Return in words the events before an example, with what is not as in their own examples."""
    return [_ett_steg(rad) for rad in exempel.rader[:-1]]


def _ett_steg(rad: Rad) -> str:
    vanligt = godtaget(rad["typ"])
    andrat = [] if vanligt is None else skillnad(vanligt.rader[-1], rad, utom=_BEROR_PA_HISTORIEN)
    return f"`{rad['typ']}` {rad['datum']}" + (f" (`{', '.join(andrat)}`)" if andrat else "")


def skillnad(vanlig: Rad, annan: Rad, utom: Collection[str] = _IDENTITETER) -> list[str]:
    """Return the fields in which a line differs from another, as JSON; some left out, ordinarily its identities."""
    namn = [n for n in {**annan, **vanlig} if n not in utom and annan.get(n) != vanlig.get(n)]
    return [som_rad({n: annan.get(n)})[1:-1] for n in namn]


def _versioner(klass: type[Handelse]) -> Iterator[str]:
    *aldre, senaste = lasbara_versioner(klass.typ)
    for version in aldre:
        namn = ", ".join(f"`{f.namn}`" for f in falt(TIDIGARE[klass.typ, version]))
        yield f"\nDen senaste versionen är {senaste}. Version {version} tas fortfarande emot: {namn}.\n"


def _uppstalld(rad: Rad) -> str:
    """Return a line as JSON with a field a line, and values within values on one."""
    falt = (f"  {som_rad({namn: varde})[1:-1]}" for namn, varde in rad.items())
    return "{\n" + ",\n".join(falt) + "\n}"


def _tabell(falten: Iterable[Falt], fil: str) -> Iterator[str]:
    yield "| fält | typ | krävs | betydelse |\n|---|---|---|---|\n"
    for f in falten:
        typ = f.typ.replace("ord", f"[{f.lista}]({_vag(fil, _GEMENSAM)}#{f.lista.lower()})") if f.lista else f.typ
        cell = typ.replace("|", "\\|")
        yield f"| `{f.namn}` | {cell} | {'ja' if f.kravs else ''} | {_med_lankar(f.betydelse, fil)} |\n"
