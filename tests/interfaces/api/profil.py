"""The rules of the national REST API profile (version 1.2.0) that can be tried on the description or the server.

A rule is tried by a function that returns what is wrong; one that is the operator's, or that we depart from, says why.
Identifiers and kinds are those of the profile; what each asks for is said in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Dokument = dict[str, Any]
Prov = Callable[[Dokument], Iterable[str]]

_CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
_PERSONNAMN = {"pnr", "personalidentitynumber", "personnummer", "personnr", "ssn", "socialsecuritynumber"}


@dataclass(frozen=True)
class Regel:
    """A rule: what it asks for, and how it is tried or why it is not."""

    id: str
    typ: str
    krav: str
    prov: Prov | None = None
    skal: str = ""


def operationer(d: Dokument) -> Iterator[tuple[str, Any]]:
    """Yield every operation with what it is called."""
    for vag, metoder in d["paths"].items():
        for metod, operation in metoder.items():
            yield f"{metod.upper()} {vag}", operation


def parametrar(d: Dokument, var: str) -> Iterator[tuple[str, Any]]:
    """Yield every parameter of a kind with where it is."""
    for plats, operation in operationer(d):
        yield from ((plats, p) for p in operation["parameters"] if p["in"] == var)


def svar(d: Dokument) -> Iterator[tuple[str, str, Any]]:
    """Yield every answer with where it is and its status."""
    for plats, operation in operationer(d):
        for status, ett in operation["responses"].items():
            ref = ett.get("$ref")
            yield plats, status, d["components"]["responses"][ref.rpartition("/")[2]] if ref else ett


def falt(d: Dokument) -> Iterator[tuple[str, str, Any]]:
    """Yield every field of every shape."""
    for modell, schema in d["components"]["schemas"].items():
        for namn, ett in schema.get("properties", {}).items():
            yield modell, namn, ett


def _info(d: Dokument, *namn: str) -> Iterator[str]:
    nod: Any = d["info"]
    for ett in namn:
        nod = nod.get(ett, {}) if isinstance(nod, dict) else {}
    if not nod:
        yield f"info.{'.'.join(namn)} saknas"


def dok_03(d: Dokument) -> Iterator[str]:
    for namn in ("version", "title", "description"):
        yield from _info(d, namn)
    for agare, delar in (("contact", ("name", "url", "email")), ("license", ("name", "url"))):
        for del_ in delar:
            yield from _info(d, agare, del_)


def dok_06(d: Dokument) -> Iterator[str]:
    if not {"och", "är"} & set(d["info"]["description"].split()) or "In English" not in d["info"]["description"]:
        yield "info.description är inte på båda språken"
    for plats, operation in operationer(d):
        if "x-description-en" not in operation:
            yield f"{plats} saknar engelska"


def dok_15(d: Dokument) -> Iterator[str]:
    for plats, operation in operationer(d):
        for medietyp, innehall in operation.get("requestBody", {}).get("content", {}).items():
            if not innehall.get("examples"):
                yield f"{plats} {medietyp} saknar exempel"
    for plats, status, ett in svar(d):
        for innehall in ett.get("content", {}).values():
            if not innehall.get("examples") or any(e["value"] is None for e in innehall["examples"].values()):
                yield f"{plats} {status} saknar exempel"


def dok_20(d: Dokument) -> Iterator[str]:
    for plats, operation in operationer(d):
        if not {"400", "500", "503"} <= operation["responses"].keys():
            yield f"{plats} har inte alla felkoder"
    yield from (f"{plats} {status}" for plats, status, ett in svar(d) if not ett.get("description"))


def dot_01(d: Dokument) -> Iterator[str]:
    for plats, _, ett in svar(d):
        for innehall in ett.get("content", {}).values():
            for exempel in innehall["examples"].values():
                yield from (f"{plats}: {text}" for text in _texter(exempel["value"]) if _felaktig_tid(text))


def _texter(nod: Any) -> Iterator[str]:
    if isinstance(nod, str):
        yield nod
    elif isinstance(nod, dict | list):
        for barn in nod.values() if isinstance(nod, dict) else nod:
            yield from _texter(barn)


def _felaktig_tid(text: str) -> bool:
    return bool(re.match(r"\d{4}-\d\d-\d\d[T ]", text)) and not re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text
    )


def res_02(d: Dokument) -> Iterator[str]:
    for var in ("query", "path"):
        yield from (f"{plats} {p['name']}" for plats, p in parametrar(d, var) if p["name"].lower() in _PERSONNAMN)


def res_06(d: Dokument) -> Iterator[str]:
    for vag in d["paths"]:
        yield from (vag for del_ in vag.split("/")[1:] if not re.fullmatch(r"[a-z0-9-]+|{[a-zA-Z]+}", del_))


def ufn_01(d: Dokument) -> Iterator[str]:
    for server in d["servers"]:
        if not re.fullmatch(r"https://[^/]+/[a-z0-9-]+/v\d+", server["url"]):
            yield server["url"]


def https(d: Dokument) -> Iterator[str]:
    for server in d["servers"]:
        delar = urlsplit(server["url"])
        if delar.scheme != "https" or delar.port not in (None, 443):
            yield server["url"]


def ufn_05(d: Dokument) -> Iterator[str]:
    langst = max(map(len, d["paths"])) + max(len(server["url"]) for server in d["servers"])
    if langst > 2048:
        yield str(langst)


def ufn_07(d: Dokument) -> Iterator[str]:
    for vag in d["paths"]:
        if not re.fullmatch(r"(/([a-z0-9.~-]+|{[a-zA-Z]+}))+", vag):
            yield vag


def ufn_09(d: Dokument) -> Iterator[str]:
    yield from (vag for vag in d["paths"] if "_" in vag or " " in vag)


def ame_01(d: Dokument) -> Iterator[str]:
    for plats, status, ett in svar(d):
        if (
            status < "400"
            and not plats.endswith("/metrics")
            and ett.get("content")
            and not any("json" in typ for typ in ett["content"])
        ):
            yield f"{plats} {status}"


def ame_05(d: Dokument) -> Iterator[str]:
    yield from (f"{modell}.{namn}" for modell, namn, _ in falt(d) if not _CAMEL.fullmatch(namn))


def arq_05(d: Dokument) -> Iterator[str]:
    yield from (f"{plats} {p['name']}" for plats, p in parametrar(d, "header") if p["schema"]["type"] != "string")


def fel_01(d: Dokument) -> Iterator[str]:
    saknas = {"type", "title", "status", "detail", "instance"} - set(
        d["components"]["schemas"]["Problemsvar"]["required"]
    )
    yield from saknas


def fel_02(d: Dokument) -> Iterator[str]:
    for plats, status, ett in svar(d):
        if status >= "400" and list(ett["content"]) != ["application/problem+json"]:
            yield f"{plats} {status}"


def ver_05(d: Dokument) -> Iterator[str]:
    yield from (server["url"] for server in d["servers"] if not re.search(r"/v\d+$", server["url"]))


def ver_06(d: Dokument) -> Iterator[str]:
    if "/api-info" not in d["paths"]:
        yield "api-info saknas"


def fns_01(d: Dokument) -> Iterator[str]:
    yield from (f"{plats} {p['name']}" for plats, p in parametrar(d, "query") if not _CAMEL.fullmatch(p["name"]))


def fns_05(d: Dokument) -> Iterator[str]:
    yield from (f"{plats} {p['name']}" for plats, p in parametrar(d, "query") if p["required"])


def fns_07(d: Dokument) -> Iterator[str]:
    for plats, operation in operationer(d):
        namn = {p["name"] for p in operation["parameters"]}
        if namn & {"page", "offset"} and "limit" not in namn:
            yield plats


def fns_09(d: Dokument) -> Iterator[str]:
    yield from (
        plats for plats, p in parametrar(d, "query") if p["name"] == "limit" and p["schema"].get("default") != 20
    )


def sak_09(d: Dokument) -> Iterator[str]:
    for namn, ett in d["components"].get("securitySchemes", {}).items():
        if ett.get("scheme", "").lower() in ("basic", "digest") or ett["type"] == "apiKey":
            yield namn


def sak_10(d: Dokument) -> Iterator[str]:
    for namn, ett in d["components"].get("securitySchemes", {}).items():
        if ett["type"] == "http" and ett["scheme"].lower() != "bearer":
            yield namn


def for_02(d: Dokument) -> Iterator[str]:
    yield from (plats for plats, operation in operationer(d) if plats.startswith("GET") and "requestBody" in operation)


_DRIFTENS = "Den som driver liggaren publicerar; docs/openapi.json följer med koden."
REGLER: tuple[Regel, ...] = (
    Regel("DOK.01", "BÖR", "Beskrivningen finns öppet på nätet.", skal=_DRIFTENS),
    Regel("DOK.03", "SKALL", "Övergripande information: namn, version, kontakt, licens.", dok_03),
    Regel("DOK.06", "BÖR", "Dokumentation på svenska och engelska.", dok_06),
    Regel("DOK.07", "BÖR", "En beskrivning av helheten.", lambda d: _info(d, "description")),
    Regel("DOK.08", "SKALL", "Servicenivån är beskriven.", lambda d: _info(d, "x-sla", "availability")),
    Regel(
        "DOK.09", "SKALL", "Kända begränsningar är beskrivna.",
        lambda d: [] if "begränsning" in d["info"]["description"] else ["begränsningar saknas"],
    ),
    Regel("DOK.11", "SKALL", "Avsikt och beteende är beskrivna.", lambda d: _info(d, "description")),
    Regel("DOK.15", "SKALL", "Exempel på varje fråga och svar.", dok_15),
    Regel("DOK.17", "BÖR", "Senaste OpenAPI.", lambda d: [] if d["openapi"].startswith("3.1") else [d["openapi"]]),
    Regel(
        "DOK.19", "SKALL", "Varje resurs och operation är beskriven.",
        lambda d: [plats for plats, o in operationer(d) if not o["description"]],
    ),
    Regel("DOK.20", "SKALL", "Alla returkoder och felkoder är dokumenterade.", dok_20),
    Regel("DOT.01", "SKALL", "RFC 3339, svar i UTC.", dot_01),
    Regel("DOT.04", "SKALL", "Tidsdelen används bara där den behövs, alla zoner tas emot.", dot_01),
    Regel("RES.02", "BÖR", "Inga personnummer i adresser.", res_02),
    Regel("RES.06", "SKALL", "Resurser med gemener, siffror och bindestreck.", res_06),
    Regel("UFN.01", "BÖR", "Adressen är protokoll, domän, API och version.", ufn_01),
    Regel("UFN.02", "SKALL", "HTTPS på port 443.", https),
    Regel("UFN.05", "BÖR", "Högst 2048 tecken.", ufn_05),
    Regel("UFN.07", "SKALL", "Bara a–z, 0–9, bindestreck, punkt och tilde.", ufn_07),
    Regel("UFN.08", "SKALL", "Bindestreck mellan ord.", ufn_07),
    Regel("UFN.09", "SKALL", "Inga blanksteg eller understreck.", ufn_09),
    Regel("AME.01", "BÖR", "Svar i JSON.", ame_01, "Mätvärden (/metrics) är Prometheus textform."),
    Regel("AME.02", "BÖR", "JSON är förvalt.", skal="Uppfylls: utan Accept svaras JSON. Inlämning av många är NDJSON."),
    Regel("AME.04", "BÖR", "camelCase eller snake_case.", ame_05),
    Regel("AME.05", "SKALL", "En namnform i hela API:et.", ame_05),
    Regel("AME.07", "BÖR", "Fältnamn av bokstäver och siffror.", ame_05),
    Regel("ARQ.01", "BÖR", "UTF-8.", skal="Uppfylls: annan teckenkodning ger 415 (tests/interfaces/test_http_fel.py)."),
    Regel("ARQ.03", "BÖR", "Vanliga huvuden stöds.", skal="Uppfylls: Accept, Cache-Control, ETag och Connection."),
    Regel("ARQ.05", "SKALL", "Inget innehåll i huvuden.", arq_05),
    Regel("FEL.01", "SKALL", "RFC 9457 med type, title, status, detail och instance.", fel_01),
    Regel("FEL.02", "SKALL", "application/problem+json.", fel_02),
    Regel("FNS.01", "SKALL", "En namnform för parametrar.", fns_01),
    Regel("FNS.03", "SKALL", "Parametrar börjar med en bokstav.", fns_01),
    Regel("FNS.05", "BÖR", "Sökparametrar är frivilliga.", fns_05),
    Regel("FNS.06", "BÖR", "Parametrar av URL-säkra tecken.", fns_01),
    Regel("FNS.07", "SKALL", "limit tillsammans med page eller offset.", fns_07),
    Regel("FNS.08", "SKALL", "page börjar med 1.", skal="Uppfylls: page används inte; offset är en plats i liggaren."),
    Regel("FNS.09", "BÖR", "limit är 20 om inget sägs.", fns_09),
    Regel("SAK.01", "SKALL", "HTTPS med minst TLS 1.2.", https, "TLS avslutas i en omvänd proxy (docs/drift.md)."),
    Regel("SAK.09", "SKALL", "Ingen Basic eller Digest.", sak_09),
    Regel("SAK.10", "SKALL", "Authorization: Bearer.", sak_10),
    Regel("SAK.15", "SKALL", "Inga nycklar i adressen.", sak_09),
    Regel("SAK.16", "SKALL", "API-nycklar i huvudet.", sak_09),
    Regel("SAK.18", "BÖR", "OAuth 2.0 eller senare.", sak_10),
    Regel("VER.05", "BÖR", "Huvudversionen i adressen.", ver_05),
    Regel("VER.06", "SKALL", "Resursen api-info.", ver_06),
    Regel("FOR.02", "SKALL", "GET utan innehåll.", for_02),
)  # fmt: skip


def brister(d: Dokument) -> dict[str, list[str]]:
    """Return what is wrong, by rule."""
    return {regel.id: fel for regel in REGLER if regel.prov is not None and (fel := sorted(set(regel.prov(d))))}


def sida(d: Dokument) -> str:
    """Return the self-assessment."""
    fel = brister(d)
    rader = []
    for regel in REGLER:
        utfall = "Uppfylls inte: " + "; ".join(fel[regel.id]) if regel.id in fel else "Uppfylls (prövas)."
        utfall = regel.skal if regel.prov is None else f"{utfall} {regel.skal}".strip()
        rader.append(f"| {regel.id} | {regel.typ} | {regel.krav} | {utfall} |")
    return "\n".join([
        "# Självskattning mot den nationella REST API-profilen 1.2.0", "",
        "Skriven av `python -m tests.interfaces.api`; en regel som prövas fäller testet om den inte längre uppfylls.",
        "Numren är profilens; kraven är återgivna i korthet.", "",
        "| Regel | Typ | Krav | Utfall |", "|---|---|---|---|", *rader, "",
    ])  # fmt: skip
