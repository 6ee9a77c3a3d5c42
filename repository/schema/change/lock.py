"""Keeps two processes from changing one schema at the same time, on one server and in a cluster."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator

from bot.base import clock
from repository.database.errors import DatabaseError
from repository.schema.base.errors import Busy
from repository.schema.base.scripts import FOLDER, LEDGER, read
from repository.schema.base.session import Connect, Session, literal, name
from repository.schema.base.statements import names_database

LEASE = 60
BEAT = 15


class Lock:
    """The right to change the schema; `check` says whether it still holds.

    Attributes:
        lost: Why it no longer holds; empty while it does.
        made_ledger: Whether the database had no ledger before.
    """

    def __init__(self) -> None:
        self.lost = ""
        self.made_ledger = False

    def check(self) -> None:
        """Go on only while the lock is ours.

        Raises:
            Busy: It was lost, as when the connection that kept it broke.
        """
        if self.lost:
            raise Busy(f"The lock on the schema was lost: {self.lost}.", "Run the same command again.")


@contextlib.asynccontextmanager
async def hold(connect: Connect, database: str, *, wait: float = 30) -> AsyncIterator[Lock]:
    """Hold the lock on a database's schema, and make the ledger where there is none.

    `GET_LOCK` keeps processes on one server apart and is given back when they die. In a Galera cluster it is local to
    a node, so a lease in the ledger, whose row every holder writes, keeps the nodes apart; one that was never given
    back ends after a minute.

    Args:
        connect: Opens a session of an account that may change the schema.
        database: Whose schema; it exists.
        wait: Seconds to wait for somebody else to finish.

    Raises:
        Busy: Somebody else held it all that time.
    """
    keeper = await connect()
    word = literal("quicksell_schema_" + hashlib.sha256(database.encode()).hexdigest()[:40])
    beat: asyncio.Task[None] | None = None
    try:
        await keeper.run(f"USE {name(database)}")
        if await keeper.value(f"SELECT GET_LOCK({word}, {int(wait)})") != 1:
            raise Busy(f"Another process is changing the schema of {database}.", "Wait for it, then run this again.")
        lock = Lock()
        lock.made_ledger = not await keeper.value(
            "SELECT COUNT(*) FROM information_schema.TABLES"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'schema_ledger'"
        )
        for statement in read(FOLDER / LEDGER).statements:
            if not names_database(statement):
                await keeper.run(statement.text)
        holder = await _lease(keeper, wait)
        beat = asyncio.create_task(_beat(keeper, holder, lock))
        yield lock
        await _stop(beat)
        with contextlib.suppress(DatabaseError):  # it ends by itself
            await keeper.run(
                "UPDATE schema_ledger SET holder = '', expires_at = NULL"
                " WHERE kind = 'lock' AND name = 'schema' AND holder = %(holder)s",
                holder=holder,
            )
    finally:
        if beat is not None:
            await _stop(beat)
        # A session's end gives it back too, but only when the server comes round to that.
        with contextlib.suppress(DatabaseError):
            await keeper.run(f"DO RELEASE_LOCK({word})")
        await keeper.close()


async def _lease(keeper: Session, wait: float) -> str:
    here = str(await keeper.value("SELECT CONCAT(@@hostname, ':', @@port, ':', @@datadir)"))[:140]
    holder = f"{here} {clock.token(12)}"
    await keeper.run("INSERT IGNORE INTO schema_ledger (kind, name) VALUES ('lock', 'schema')")
    until = clock.monotonic() + wait
    while True:
        try:
            # Whoever held it on this very server is gone, or GET_LOCK would not have answered.
            took = await keeper.run(
                "UPDATE schema_ledger SET holder = %(holder)s, started_at = NOW(6),"
                " expires_at = NOW(6) + INTERVAL %(lease)s SECOND"
                " WHERE kind = 'lock' AND name = 'schema'"
                " AND (holder = '' OR expires_at < NOW(6) OR LEFT(holder, %(length)s) = %(here)s)",
                holder=holder,
                lease=LEASE,
                length=len(here),
                here=here,
            )
        except DatabaseError:
            took = 0
        if took:
            return holder
        if clock.monotonic() >= until:
            rival = await keeper.value("SELECT holder FROM schema_ledger WHERE kind = 'lock' AND name = 'schema'")
            raise Busy(
                f"Another process is changing the schema, from the node {str(rival).rpartition(' ')[0]}.",
                f"Wait for it; if it died, its lock ends by itself within {LEASE} seconds.",
            )
        await asyncio.sleep(0.5)


async def _beat(keeper: Session, holder: str, lock: Lock) -> None:
    while True:
        await asyncio.sleep(BEAT)
        try:
            kept = await keeper.run(
                "UPDATE schema_ledger SET expires_at = NOW(6) + INTERVAL %(lease)s SECOND"
                " WHERE kind = 'lock' AND name = 'schema' AND holder = %(holder)s",
                lease=LEASE,
                holder=holder,
            )
        except DatabaseError as error:
            lock.lost = str(error)
            return
        if not kept:
            lock.lost = "another process took it"
            return


async def _stop(beat: "asyncio.Task[None]") -> None:
    beat.cancel()
    await asyncio.gather(beat, return_exceptions=True)
