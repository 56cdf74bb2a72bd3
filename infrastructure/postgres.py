"""PostgreSQL: one writer at a time by an advisory lock, every wait bounded, and refused where a commit could be lost.

The lock is advisory because ``LOCK TABLE`` demands rights that a role which may only append does not have. It is held
to the end of the transaction and so gives what SQLite's write lock gives: positions without gaps in the order of
commits, and registration times that never decrease.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import URL

from application.ports import OsakerDatabas
from infrastructure.rows import utfor

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic

SORT = "PostgreSQL"
DRIVRUTIN = "postgresql+psycopg"

GRANSER: Mapping[str, str] = MappingProxyType(
    {
        # Whoever waits longer for the write lock is told that the ledger is busy.
        "lock_timeout": "2500",
        "statement_timeout": "60000",
        # A writer that has stopped answering loses the lock. An import that waits for its lines is given time.
        "idle_in_transaction_session_timeout": "300000",
        # Compiling, and starting processes to help, pay for a query that takes seconds; ours take milliseconds.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        # What is asked for lies in memory or on a disk without a head. With the server's own guess, for a disk that
        # has one, it rather reads every fact than the few hundred that an index points out (measured: 2,4 seconds
        # became 1,1 for the whole catalogue among a million facts).
        "random_page_cost": "1.1",
    }
)
"""The limits every connection has, and what its plans are chosen by; times in milliseconds."""

KRAV: Mapping[str, str] = MappingProxyType(
    {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}
)
"""The server's settings without which an acknowledged event can be lost, or a damaged page be read as a whole one."""

_LIKA_GODA: Mapping[str, frozenset[str]] = MappingProxyType(
    {"synchronous_commit": frozenset({"local", "remote_write", "remote_apply"})}
)
"""Values that promise the same of this server's disk, or more."""

_SKRIVLAS = 0x4C494747415245  # "LIGGARE"
_BORJA_SKRIVA = f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({_SKRIVLAS})"
_UTAN_TIDSGRANS = "SET LOCAL statement_timeout = 0"
# Building an index may take longer than any question.
_BORJA_VID_SIDAN = f"BEGIN ISOLATION LEVEL READ COMMITTED; {_UTAN_TIDSGRANS}"
# A plan that is made for any municipality, day and kind alike guesses so badly that a question of some milliseconds was
# measured to take a minute; it would be taken up once a statement has been asked ten times.
_PLANERA = "SET LOCAL plan_cache_mode = force_custom_plan"
_BORJA_LASA = f"BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; {_PLANERA}"
_BORJA_BILD = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_PLANERA}"


def motor(url: URL) -> Engine:
    """Return an engine whose connections have the limits and whose transactions are begun as readers or writers.

    A writer sees, once it has the lock, all that was committed; each question of a reader does too, unless the reader
    says that its questions belong together (``liggare_bild``).
    """
    granser = " ".join(f"-c {namn}={varde}" for namn, varde in GRANSER.items())
    egna = url.query.get("options", "")
    ny = create_engine(
        url.set(drivername=DRIVRUTIN).difference_update_query(["options"]),
        pool_size=10,
        max_overflow=10,
        pool_timeout=int(GRANSER["lock_timeout"]) / 1000,
        connect_args={
            "options": f"{granser} {egna}",
            "connect_timeout": 10,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "application_name": "liggare",
        },
    )

    @event.listens_for(ny, "connect")
    def _egna_transaktioner(dbapi: Any, _: Any) -> None:
        dbapi.autocommit = True  # transactions are begun below, not by the driver

    @event.listens_for(ny, "begin")
    def _borja(forbindelse: Connection) -> None:
        val = forbindelse.get_execution_options()
        if val.get("liggare_skriv", False):
            borja = _BORJA_SKRIVA
        elif val.get("liggare_vid_sidan", False):
            borja = _BORJA_VID_SIDAN
        else:
            borja = _BORJA_BILD if val.get("liggare_bild", False) else _BORJA_LASA
        # The driver prepares what it has seen some times, and two statements in one cannot be prepared.
        utfor(forbindelse, borja, prepare=False)

    return ny


def kontrollera(forbindelse: Connection) -> None:
    """Read the server's settings.

    Raises:
        OsakerDatabas: a setting is one under which an acknowledged event can be lost.
    """
    for namn, kravt in KRAV.items():
        faktiskt = str(forbindelse.exec_driver_sql(f"SHOW {namn}").scalar())
        if faktiskt != kravt and faktiskt not in _LIKA_GODA.get(namn, ()):
            raise OsakerDatabas(namn, faktiskt, kravt)


def utan_tidsgrans(forbindelse: Connection) -> None:
    """Let the statements of this transaction take the time they take: what goes through all there is, for nobody who
    waits for an answer. SQLite has no such limit.
    """
    if forbindelse.dialect.name != "sqlite":
        forbindelse.exec_driver_sql(_UTAN_TIDSGRANS)


def samla_statistik(forbindelse: Connection, tabeller: Iterable[Table]) -> None:
    """Gather what the server plans its answers by, and otherwise gathers a minute later; SQLite plans without any.

    A question asked in that minute was measured to take a thousand times as long.
    """
    if forbindelse.dialect.name != "sqlite":
        for tabell in tabeller:
            forbindelse.exec_driver_sql(f"ANALYZE {tabell.name}")


def skriv_om(motor: Engine, tabeller: Iterable[str]) -> bool:
    """Write tables anew without their dead rows, and what the server has sampled of them; always true.

    The planner's statistics hold whole values, wrapped keys and sealed texts among them: they are made of what is left,
    and the table they are kept in is written anew too.

    Raises:
        OsakerDatabas: the role does not own them or the database, so the server leaves them as they are.
        psycopg.errors.LockNotAvailable: somebody else uses them.
    """
    forbindelse = motor.raw_connection()
    overhoppat: list[str] = []

    def hor(sagt: Diagnostic) -> None:
        if sagt.severity_nonlocalized == "WARNING":
            overhoppat.append(sagt.message_primary or "")

    forbindelse.driver_connection.add_notice_handler(hor)  # type: ignore[union-attr]
    try:
        markor = forbindelse.cursor()
        markor.execute("SET statement_timeout = 0")
        for tabell in tabeller:
            markor.execute(f"VACUUM (FULL, ANALYZE) {tabell}")
        markor.execute("VACUUM (FULL) pg_statistic")
    finally:
        forbindelse.invalidate()  # with its own limits
    if overhoppat:
        raise OsakerDatabas("rollen", "; ".join(overhoppat), "den som äger databasen och dess tabeller när någon gloms")
    return True
