"""The processes that run this shop: a row each, renewed while it lives, so that others know when one is gone."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection, Statement


class Other(msgspec.Struct, frozen=True):
    """Another process.

    Attributes:
        name: As in `conversations.sender`.
        place: Its machine, as `handlers/outbound/life.py` writes it; empty where nobody can tell.
        pid: Its number there.
        is_late: Whether it has not renewed its row in time.
    """

    name: str
    place: str
    pid: int
    is_late: bool


class Renewed(msgspec.Struct, frozen=True):
    """What a process learns when it renews its row.

    Attributes:
        was_there: Whether its row was there; else it is new, or another process has taken it for dead.
        others: The other processes.
    """

    was_there: bool
    others: Sequence[Other]


async def renew(conn: Connection, *, name: str, place: str, pid: int, seconds: int) -> Renewed:
    """Say that a process lives, and see which others do, in one round trip.

    Args:
        conn: An open connection, in no transaction.
        name: The process.
        place: Its machine.
        pid: Its number there.
        seconds: How long that is to be believed, by the database's clock.
    """
    mine, others = await conn.batch(
        Statement(
            "INSERT INTO processes (name, place, pid, alive_until)"
            " VALUES (%(name)s, %(place)s, %(pid)s, NOW(3) + INTERVAL %(seconds)s SECOND)"
            " ON DUPLICATE KEY UPDATE alive_until = VALUES(alive_until)",
            {"name": name, "place": place, "pid": pid, "seconds": seconds},
        ),
        Statement(
            "SELECT name, place, pid, alive_until < NOW(3) FROM processes WHERE name <> %(name)s", {"name": name}
        ),
    )
    # The server counts a row that it inserts once and a row that it updates twice.
    return Renewed(mine.rowcount != 1, [conn.read(Other, row) for row in others.rows])


async def bury(conn: Connection, *, dead: Sequence[str] = (), late: Sequence[str] = ()) -> None:
    """Delete the rows of processes that are gone; whatever they had claimed is free from then on.

    Args:
        conn: An open connection.
        dead: Processes that are known to be gone.
        late: Processes that are gone unless they have renewed their rows since.
    """
    await conn.run(
        "DELETE FROM processes WHERE name IN %(dead)s OR (name IN %(late)s AND alive_until < NOW(3))",
        dead=dead,
        late=late,
    )
