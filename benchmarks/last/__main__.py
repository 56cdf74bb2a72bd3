"""Measure load, print a table and write it to ``benchmarks/LAST.md``: ``python -m benchmarks.last``.

A server in a process of its own, eight clients in another. The bare ledger records the same kind of events one after
another in one process. All run on the same machine, so the clients' work is paid from the same cores.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple
from uuid import UUID

from benchmarks.data import AR, KOMMUN
from benchmarks.last.begaran import ENHET, Sandning, lasningar, mattfragor, registreringar
from benchmarks.last.klienter import Matning, Sort, belasta, minne
from benchmarks.last.servern import Plats, Server, bar_takt, i_postgresql, i_sqlite, server, strommar
from benchmarks.matning import INGET_KRAV, OMGANGAR, Krav, Rad, Skrivsatt, megabyte, millisekunder, tal
from benchmarks.utskrift import maskinen, som_tabell, visade
from domain.tid import svensk_dag

_RESULTAT = Path(__file__).resolve().parents[1] / "LAST.md"
_BIBLIOTEK = ("uvicorn", "fastapi", "SQLAlchemy", "pydantic", "orjson")

_KLIENTER, _SKRIVARE = 8, 6
_ANDEL = 0.4
"""Of the bare ledger's rate, what recording through HTTP has to reach; and the rate of recording in a bounded mix."""
_FRAGOR, _LASNINGAR = 10.0, 20.0
"""Per second, in a bounded mix: measures asked, and stays read."""
_INOM = Krav(hogst=0.05)
_FYLLS = 2 / 3
"""The part of a long run in which what the server keeps is filled: opened keys, and pages of the database."""
_UTHALLIGT_FRO = 100
"""The seed of a long run's first minute: beyond those of the rounds, so that no event has been sent before."""
_VAXER_HOGST = 1.05
"""How many times what it held by then a server may hold at the end."""

_i_sekunden = Skrivsatt(lambda tid: f"{tal(1 / tid)} händelser/s", "≥")


class Last(NamedTuple):
    """A running server and what it is asked."""

    server: Server
    strommar: list[UUID]

    def skrivare(self, antal: int, fro: int) -> list[Sandning]:
        """Return clients that record."""
        token = self.server.token("registrerare", "handlaggning", ENHET)
        return [registreringar(token, fro * 100 + nr) for nr in range(antal)]

    def fragare(self, roll: str = "revisor", syfte: str = "revision") -> list[Sandning]:
        """Return a client that asks for a measure."""
        return [mattfragor(self.server.token(roll, syfte), KOMMUN, AR)]

    def lasare(self) -> list[Sandning]:
        """Return a client that reads what is personal."""
        return [lasningar(self.server.token("revisor", "revision"), self.strommar, 1)]

    def mot(self, sorter: Sequence[Sort], sekunder: float) -> list[Matning]:
        """Send."""
        return belasta(self.server.port, self.server.process, sorter, sekunder)

    def bunden(self, takt: float, fro: int, sekunder: float) -> list[Matning]:
        """Send a bounded mix: so many events per second, some measures and readings."""
        sorter = (
            Sort(self.skrivare(_SKRIVARE, fro), takt), Sort(self.fragare(), _FRAGOR), Sort(self.lasare(), _LASNINGAR),
        )  # fmt: skip
        return self.mot(sorter, sekunder)


class Omgang(NamedTuple):
    """One round of everything: what the bare ledger did, and then what the clients met."""

    bar_takt: float
    bar_cpu: float
    skriver: Sequence[Matning]
    fragar: Sequence[Matning]
    fragar_skyddat: Sequence[Matning]
    bundet: Sequence[Matning]
    allt: Sequence[Matning]

    @classmethod
    def av(cls, last: Last, plats: Plats, sekunder: float, fro: int) -> Omgang:
        """Measure a round; the bounded mix is bound to what the bare ledger did in the same round."""
        bar, bar_cpu = bar_takt(plats, sekunder, fro)
        sorter = (Sort(last.skrivare(_SKRIVARE, fro)), Sort(last.fragare()), Sort(last.lasare()))
        return cls(
            bar,
            bar_cpu,
            last.mot([Sort(last.skrivare(_KLIENTER, fro + 1))], sekunder),
            last.mot([Sort(last.fragare())], sekunder / 2),
            last.mot([Sort(last.fragare("controller", "uppfoljning"))], sekunder / 2),
            last.bunden(_ANDEL * bar, fro + 2, sekunder),
            last.mot(sorter, sekunder),
        )


def mat(plats: Plats, var: str, sekunder: float, minuter: int) -> Iterator[Rad]:
    """Measure a database: the bare ledger in one ledger and the server in the other, in turns."""
    with server(plats) as en:
        last = Last(en, strommar(plats))
        last.mot([Sort(last.skrivare(_KLIENTER, 1)), Sort(last.fragare())], min(3.0, sekunder))
        omgangar = [Omgang.av(last, plats, sekunder, 3 * nr + 2) for nr in range(OMGANGAR)]
        yield from _redovisade(omgangar, var)
        if minuter:
            bar = median(omgang.bar_takt for omgang in omgangar)
            yield from _uthalligt(f"{var}blandat, bundet", last, _ANDEL * bar, minuter)


def _redovisade(omgangar: Sequence[Omgang], var: str) -> Iterator[Rad]:
    """Yield what rounds came to, as the median of each figure."""
    bar_takt_, bar_cpu, *alla = zip(*omgangar, strict=True)
    bar = median(bar_takt_)
    skriver, fragar, skyddat, bundet, allt = (
        [Matning.medianen(en_sorts) for en_sorts in zip(*omgang, strict=True)] for omgang in alla
    )
    vad = f"{var}registrering, {_KLIENTER} klienter som skriver allt de kan"
    yield Rad(vad, 1 / skriver[0].takt, _i_sekunden, "den bara liggaren", 1 / bar, Krav(kvot=1 / _ANDEL))
    yield from _tider(vad, skriver[0], INGET_KRAV, sist="p99", bar_cpu=median(bar_cpu))
    yield from _tider(f"{var}mått, en klient, inget annat", fragar[0], _INOM)
    yield from _tider(f"{var}mått med små tal skyddade, en klient, inget annat", skyddat[0], _INOM)
    yield from _blandat(f"{var}blandat, bundet ({tal(_ANDEL * bar)}+{_FRAGOR:.0f}+{_LASNINGAR:.0f}/s)", bundet)
    yield from _blandat(f"{var}blandat, alla allt de kan", allt, INGET_KRAV)


def _blandat(vad: str, matningar: Sequence[Matning], krav: Krav = _INOM) -> Iterator[Rad]:
    skriver, fragar, laser = matningar
    yield from _tider(f"{vad}: registrering", skriver, krav, sist="p99")
    yield from _tider(f"{vad}: mått", fragar, krav)
    yield from _tider(f"{vad}: läsning av en placering, med anteckning", laser, INGET_KRAV)


def _tider(vad: str, m: Matning, krav: Krav, *, sist: str = "p95", bar_cpu: float | None = None) -> Iterator[Rad]:
    """Yield the time within which most were answered, with what else was met in the words of the row."""
    if m.fel:
        vad = f"{vad} – {m.fel} FEL"
    om = f"{tal(m.takt)}/s, median {tal(m.median)} ms"
    yield Rad(f"{vad} ({om}): {sist}", (m.p99 if sist == "p99" else m.p95) / 1000, millisekunder, krav=krav)
    if bar_cpu is not None:
        yield Rad(f"{vad}: CPU per händelse", m.cpu / 1000, millisekunder, "den bara liggaren", bar_cpu / 1000)


def _uthalligt(vad: str, last: Last, takt: float, minuter: int) -> Iterator[Rad]:
    """Go on for minutes, and tell what memory the server holds after each."""
    holl: list[int] = []
    for minut in range(minuter):
        last.bunden(takt, _UTHALLIGT_FRO + minut, 60)
        holl.append(minne(last.server.process))
        print(f"  {vad}, minut {minut + 1}: {holl[-1] / 2**20:.1f} MiB", file=sys.stderr, flush=True)
    fyllt = max(1, int(minuter * _FYLLS))
    efter = f"efter {fyllt} minuter, när det som sparas är fyllt"
    yield Rad(f"{vad}, {minuter} minuter: minne", holl[-1], megabyte, efter, holl[fyllt - 1], Krav(kvot=_VAXER_HOGST))


def som_text(rader: Sequence[Rad]) -> str:
    """Return the table with what it was measured on, as Markdown."""
    return "\n".join([
        "# Mätt belastning", "",
        f"Mätt {svensk_dag(datetime.now(UTC))} med `make last`. {maskinen(_BIBLIOTEK)}", "",
        f"Liggaren har en påhittad kommuns historia (som {KOMMUN}, fem år). Servern är `liggare starta` med token,",
        f"behörighet, åtkomstlogg och logg. {_KLIENTER} klienter på samma dator börjar och avslutar vistelser i 290",
        "andra kommuner och frågar efter vårddygn per månad och målgrupp i den med historia. Bundet: så många per",
        f"sekund som står (registreringarna: {_ANDEL * 100:.0f} % av den bara liggarens takt i samma omgång),",
        f"räknat från när en begäran skulle sändas. Varje tal är medianen av {OMGANGAR} omgångar, turvis. Kvot är",
        "Liggarens tid delad med jämförelsens. Krav är vad som ska nås på en maskin som inte gör annat.", "",
        *som_tabell(rader), "",
    ])  # fmt: skip


def huvud() -> None:
    """Run from the command line."""
    sorter: dict[str, tuple[AbstractContextManager[Plats], str]] = {
        "sqlite": (i_sqlite(), ""), "postgresql": (i_postgresql(), "PostgreSQL: "),
    }  # fmt: skip
    tolk = argparse.ArgumentParser(prog="python -m benchmarks.last", description="Mät belastning genom HTTP.")
    tolk.add_argument(
        "--sekunder", type=float, default=5.0, help="hur länge varje sak mäts i var och en av omgångarna (standard: 5)"
    )
    tolk.add_argument("--databas", choices=sorter, action="append", help="bara denna (standard: båda)")
    tolk.add_argument("--minuter", type=int, default=0, help="så länge till, för att se om minnet växer")
    tolk.add_argument("--ut", type=Path, default=_RESULTAT, help="fil att skriva tabellen till")
    val = tolk.parse_args()
    rader: list[Rad] = []
    for namn in val.databas or sorter:
        oppna, var = sorter[namn]
        with oppna as plats:
            rader += visade(mat(plats, var, val.sekunder, val.minuter))
    text = som_text(rader)
    print(text)
    val.ut.write_text(text, encoding="utf-8")


huvud()
