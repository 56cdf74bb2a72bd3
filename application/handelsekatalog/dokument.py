"""Pages about the events, written from the catalogue: ``docs/handelser.md`` and the files of ``docs/schema``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from application.handelsekatalog.exempel import Exempel, Rad, godtaget, godtagna, nekade
from application.handelsekatalog.falt import Falt, falt
from application.handelsekatalog.post import handelsetyper, post
from application.handelsekatalog.schema import alla_klasser, bunt, radschema
from domain.handelse import Handelse
from domain.katalog import AGGREGAT, TIDIGARE, lasbara_versioner

_INLEDNING = """# Händelser

Det som kan sägas till liggaren, samling för samling. Sidan är skriven ur koden (`make dokument`) och ändras inte för
hand. Samma uppgifter ges av `liggare handelser` och, som JSON Schema, i [schema/](schema/handelser.schema.json).

En händelse är ett platt JSON-objekt: en rad i en importfil, eller det som sänds till
`POST /v1/{samling}/{id}/handelser`, där `samling` och `id` står i adressen. Datum skrivs ÅÅÅÅ-MM-DD och belopp som text
i kronor, till exempel `"1953.00"`. Utöver händelsens egna fält har varje rad de här:

"""

_OM_REGLERNA = """
Gemensamt för alla: ett fel i ett fält nekas med fältets namn och vad som är tillåtet; ett datum efter idag nekas, utom
för händelser som får ligga i framtiden; en ström börjar med sin första händelse och börjar en gång; en händelse som
säger det som redan är känt ändrar ingenting. Att något registreras sent är aldrig ett fel. En felaktig uppgift rättas
med samma händelse igen och `rattar`, eller makuleras.
"""


def filer() -> Mapping[str, str]:
    """Return every generated file under ``docs``, by path, as text."""
    scheman = {f"schema/{k.typ}.v{k.schemaversion}.json": radschema(k) for k in alla_klasser()}
    alla = {"schema/handelser.schema.json": bunt(), **scheman}
    return {"handelser.md": sida(), **{namn: som_json(schema) for namn, schema in alla.items()}}


def som_json(data: Any) -> str:
    """Return data as JSON for a file that people also read."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def som_rad(rad: Mapping[str, Any]) -> str:
    """Return an event as one line to import."""
    return json.dumps(rad, ensure_ascii=False)


def sida() -> str:
    """Return the page about all events."""
    listor: dict[str, Falt] = {}
    delar = [_INLEDNING, "".join(_tabell(kuvertets_falt())), _OM_REGLERNA]
    for samling, aggregat in AGGREGAT.items():
        delar.append(f"\n## {samling.etikett} (`{samling.value}`)\n")
        delar += (_handelse(klass, listor) for klass in aggregat.beslut)
    delar.append("\n## Alla samlingar\n")
    i_nagon = {klass for aggregat in AGGREGAT.values() for klass in aggregat.beslut}
    delar += (_handelse(klass, listor) for klass in handelsetyper() if klass not in i_nagon)
    delar.append("\n## Ord\n\nSlutna listor. Orden byts aldrig ut, men listorna kan bli längre.\n")
    for namn in sorted(listor):
        ord_ = "; ".join(f"`{o}` {etikett}" for o, etikett in listor[namn].ord)
        delar.append(f"\n### {namn}\n\n{ord_}\n")
    return "".join(delar)


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


def _handelse(klass: type[Handelse], listor: dict[str, Falt]) -> str:
    p, falten = post(klass.typ), falt(klass)
    listor.update({f.lista: f for f in falten if f.lista})
    delar = [f"\n### `{klass.typ}` – {p.rubrik}\n\n"]
    if p.beskrivning:
        delar.append(f"{p.beskrivning}\n\n")
    delar += _tabell(falten)
    delar += _versioner(klass)
    for exempel in godtagna(klass.typ):
        delar.append(
            f"\n**Exempel.** {exempel.nar}{_efter(exempel)}:\n\n```json\n{_uppstalld(exempel.rader[-1])}\n```\n"
        )
    delar += _nekas(klass.typ)
    return "".join(delar)


def _nekas(typ: str) -> Iterator[str]:
    """Yield the refused examples as a table: how they differ from the accepted one, and what is answered."""
    fall, vanligt = nekade(typ), godtaget(typ)
    if not fall or vanligt is None:
        return
    yield "\n**Nekas.**\n\n| när | exemplet med | svar |\n|---|---|---|\n"
    for ett in fall:
        svar = " ".join(f"{fel.mening} (`{fel.kod}`, fält `{fel.falt}`)" for fel in ett.fel).replace("|", "\\|")
        efter = "" if _efter(ett) == _efter(vanligt) else _efter(ett)
        andrat = ", ".join(f"`{falt}`" for falt in skillnad(vanligt.rader[-1], ett.rader[-1]))
        yield f"| {ett.nar}{efter} | {andrat} | {svar} |\n"


def skillnad(vanlig: Rad, annan: Rad) -> list[str]:
    """Return the fields in which a line differs from another, as JSON; its identities left out."""
    namn = [n for n in {**annan, **vanlig} if n not in ("id", "handelseId") and annan.get(n) != vanlig.get(n)]
    return [som_rad({n: annan.get(n)})[1:-1] for n in namn]


def _versioner(klass: type[Handelse]) -> Iterator[str]:
    *aldre, senaste = lasbara_versioner(klass.typ)
    for version in aldre:
        namn = ", ".join(f"`{f.namn}`" for f in falt(TIDIGARE[klass.typ, version]))
        yield f"\nDen senaste versionen är {senaste}. Version {version} tas fortfarande emot: {namn}.\n"


def _efter(exempel: Exempel) -> str:
    """Return in words what came before an example."""
    fore = [f"`{rad['typ']}` {rad['datum']}" for rad in exempel.rader[:-1]]
    return f", efter {', '.join(fore)}" if fore else ""


def _uppstalld(rad: Rad) -> str:
    """Return a line as JSON with a field a line, and values within values on one."""
    falt = (f"  {som_rad({namn: varde})[1:-1]}" for namn, varde in rad.items())
    return "{\n" + ",\n".join(falt) + "\n}"


def _tabell(falten: Iterable[Falt]) -> Iterator[str]:
    yield "| fält | typ | krävs | betydelse |\n|---|---|---|---|\n"
    for f in falten:
        typ = f.typ.replace("ord", f"[{f.lista}](#{f.lista.lower()})") if f.lista else f.typ
        cell = typ.replace("|", "\\|")
        yield f"| `{f.namn}` | {cell} | {'ja' if f.kravs else ''} | {f.betydelse} |\n"
