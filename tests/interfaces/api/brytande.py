"""What a new description of the API breaks for a client that was made from an older one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FRYST = Path(__file__).with_name("fryst.json")
"""The description that clients may have been made from. ``python -m tests.interfaces.api`` adds to it what is new."""

_METODER = ("get", "post", "put", "patch", "delete")


def brytande(gammal: Any, ny: Any) -> list[str]:
    """Return what a client of the old description would meet, in words; nothing if all it uses is there as before."""
    return list(_brott(gammal, ny))


def _brott(gammal: Any, ny: Any) -> Iterator[str]:
    for vag, metoder in gammal["paths"].items():
        for metod in _METODER:
            if metod not in metoder:
                continue
            plats = f"{metod.upper()} {vag}"
            if metod not in ny["paths"].get(vag, {}):
                yield f"{plats}: är borta"
                continue
            yield from _operation(plats, metoder[metod], ny["paths"][vag][metod], (gammal, ny))


def _operation(plats: str, gammal: Any, ny: Any, dokument: tuple[Any, Any]) -> Iterator[str]:
    if gammal["operationId"] != ny["operationId"]:
        yield f"{plats}: heter {ny['operationId']} i stället för {gammal['operationId']}"
    forr, nu = ({(p["in"], p["name"]): p for p in o.get("parameters", ())} for o in (gammal, ny))
    for nyckel in forr:
        if nyckel not in nu:
            yield f"{plats}: parametern {nyckel[1]} är borta"
        else:
            yield from _schema(f"{plats} {nyckel[1]}", forr[nyckel]["schema"], nu[nyckel]["schema"], dokument, True)
    yield from (
        f"{plats}: parametern {namn} krävs"
        for (var, namn), p in nu.items()
        if p["required"] and not forr.get((var, namn), {}).get("required", False)
    )
    yield from _kropp(plats, gammal.get("requestBody"), ny.get("requestBody"), dokument)
    for status, svar in gammal["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in ny["responses"]:
            yield f"{plats}: svarar inte längre {status}"
            continue
        yield from _innehall(f"{plats} {status}", svar, ny["responses"][status], dokument, False)


def _kropp(plats: str, gammal: Any, ny: Any, dokument: tuple[Any, Any]) -> Iterator[str]:
    if gammal is None and ny is not None and ny.get("required"):
        yield f"{plats}: innehåll krävs"
    if gammal is not None:
        if ny is None:
            yield f"{plats}: tar inte emot innehåll"
        else:
            yield from _innehall(f"{plats} innehållet", gammal, ny, dokument, True)


def _innehall(plats: str, gammal: Any, ny: Any, dokument: tuple[Any, Any], sands: bool) -> Iterator[str]:
    for medietyp, ett in gammal.get("content", {}).items():
        if medietyp not in ny.get("content", {}):
            yield f"{plats}: inte längre {medietyp}"
        else:
            yield from _schema(plats, ett["schema"], ny["content"][medietyp]["schema"], dokument, sands)


def _schema(plats: str, gammal: Any, ny: Any, dokument: tuple[Any, Any], sands: bool) -> Iterator[str]:
    """Compare two schemas; of what is sent nothing may be asked more, of what is answered nothing may be given less."""
    gammal, ny = _upplost(gammal, dokument[0]), _upplost(ny, dokument[1])
    if gammal.get("type") != ny.get("type"):
        yield f"{plats}: typen är {ny.get('type')} i stället för {gammal.get('type')}"
        return
    forr, nu = set(map(str, gammal.get("enum", ()))), set(map(str, ny.get("enum", ())))
    if forr and nu and (borta := (forr - nu if sands else nu - forr)):
        yield f"{plats}: {'tar inte emot' if sands else 'svarar också'} {', '.join(sorted(borta))}"
    egna, nya = gammal.get("properties", {}), ny.get("properties", {})
    for namn, falt in egna.items():
        if namn not in nya:
            yield f"{plats}: fältet {namn} är borta"
        else:
            yield from _schema(f"{plats}.{namn}", falt, nya[namn], dokument, sands)
    kravda, var = set(ny.get("required", ())), set(gammal.get("required", ()))
    for namn in sorted(kravda - var if sands else (var - kravda) & set(nya)):
        yield f"{plats}: fältet {namn} {'krävs' if sands else 'kan saknas'}"
    if "items" in gammal and "items" in ny:
        yield from _schema(f"{plats}[]", gammal["items"], ny["items"], dokument, sands)
    for nr, (ett, annat) in enumerate(zip(gammal.get("anyOf", ()), ny.get("anyOf", ()), strict=False)):
        yield from _schema(f"{plats}|{nr}", ett, annat, dokument, sands)


def _upplost(schema: Any, dokument: Any) -> Any:
    while "$ref" in schema:
        schema = dokument["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def fryst() -> Any:
    """Return the frozen description."""
    return json.loads(FRYST.read_text(encoding="utf-8"))
