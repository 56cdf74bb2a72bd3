"""What the description of the API says of the whole: what it is, what it promises, and its limits."""

from __future__ import annotations

from typing import Any

from interfaces.http.adress import EN_HANDELSE, MANGA_HANDELSER
from interfaces.http.drift import UTGIVEN, VERSION
from interfaces.http.granser import HOGSTA_ANTAL, VANLIGT_ANTAL

_SVENSKA = f"""Liggare är socialnämndens händelseliggare: uppgifter läggs till och ändras aldrig.

Varje fråga har två tider: **gallerDen** är dagen som frågan gäller, **kantDen** är vad som var känt. Det kan också
sägas som **position** i liggaren eller med Accept-Datetime. Varje svar säger vilken position det är enligt, och var
just det svaret finns för alltid (Link, rel=memento). Ett fel rättas med en ny händelse som anger vilken den rättar.

Den som registrerar anger händelsens id (handelseId eller Idempotency-Key) och vilken version av strömmen händelsen
bygger på (If-Match). Samma händelse kan sändas hur många gånger som helst: den registreras en gång.

Datum skrivs ÅÅÅÅ-MM-DD, tidpunkter i UTC enligt RFC 3339 och belopp som text i kronor. Fel svaras enligt RFC 9457.

Kända begränsningar: en händelse är högst {EN_HANDELSE.hogst // 1024} KiB och en inlämning
{MANGA_HANDELSER.hogst // 1024**2} MiB; en sida är {VANLIGT_ANTAL} poster om inget sägs och högst {HOGSTA_ANTAL}. När
något personligt har gallrats svarar en beständig adress utan det."""

_ENGELSKA = """In English: Liggare is the event ledger of a Swedish social services board. Things are added and never
changed. Every question has two times: the day it is about (gallerDen) and what was known (kantDen, position or
Accept-Datetime). Every answer tells its position and the address that answers the same for ever. Each description has
an English counterpart in x-description-en; the names of the domain are Swedish."""

INFO: dict[str, Any] = {
    "title": "Liggare",
    "summary": "Socialnämndens händelseliggare",
    "description": f"{_SVENSKA}\n\n{_ENGELSKA}",
    "version": VERSION,
    "x-released": UTGIVEN,
    "contact": {"name": "Den som driver liggaren", "url": "https://liggare.example", "email": "drift@liggare.example"},
    "license": {"name": "EUPL-1.2", "url": "https://interoperable-europe.ec.europa.eu/collection/eupl"},
    "x-sla": {
        "availability": "Som den som driver liggaren lovar; se /v1/readyz för läget.",
        "responseTime": "En händelse eller ett mått: 50 ms för 95 av 100 svar på en tvåkärnig server utan annan last.",
        "support": "Den som driver liggaren; uppge referensen i svaret.",
    },
}

SERVER: dict[str, Any] = {"description": "Där liggaren nås; adressen sätts med LIGGARE_PUBLIK_ADRESS."}
