"""What is written with the end of a turn though it is no part of it: one commit for both, and one round trip."""

from collections.abc import Callable, Sequence
from typing import Protocol

from repository.chats import conversations
from repository.chats.conversations import Decided
from repository.database.connection import Connection, Result, Statement
from repository.database.errors import DatabaseError, TryAgain, Unavailable


class Passengers(Protocol):
    """Something that waits to be written. One of `arrived` and `stay` must be called."""

    @property
    def statements(self) -> Sequence[Statement]:
        """What writes it."""

    def arrived(self, results: Sequence[Result]) -> None:
        """It is committed.

        Args:
            results: What the statements have answered.
        """

    def stay(self) -> None:
        """It is not, or nobody knows: it must be written in another way, and once all the same."""


Boards = Callable[[], Passengers | None]


def nobody() -> None:
    """Nothing waits."""


async def finish(conn: Connection, decided: Decided, boards: Boards) -> list[int]:
    """Write everything that a turn came to and commit, and with it what waits to be written.

    The turn is no worse for it: what fails together is done again, each by itself. Where the end of a turn may wait
    for anybody, nothing waits with it.

    Args:
        conn: The connection in the turn's transaction.
        decided: What it came to.
        boards: Gives what waits.

    Returns:
        `outbox.id` of each message, in order.

    Raises:
        TryAgain: The turn must be taken again.
    """
    may_wait = decided.reopens_for is not None or decided.referred is not None
    if may_wait or (passengers := boards()) is None:
        return (await conversations.finish_turn(conn, decided))[0]
    try:
        ids, results = await conversations.finish_turn(conn, decided, along=passengers.statements)
    except BaseException as error:
        passengers.stay()
        if isinstance(error, DatabaseError) and not isinstance(error, TryAgain | Unavailable):
            raise TryAgain("it may be no fault of the turn") from error
        raise
    passengers.arrived(results)
    return ids
