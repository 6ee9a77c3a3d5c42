"""How long a session waits for a server that says nothing.

A server that is frozen, or on a machine that is gone, closes no connection: whoever waits for its answer would wait for
ever, and hold a place of the pool meanwhile. A machine that is gone is found out by the system itself; a frozen one
still takes what is sent, so the sessions that wait are looked through now and then, which costs a statement nothing.
"""

import asyncio
import socket
from collections.abc import Collection
from typing import Final, Protocol

GONE_AFTER: Final = 5.0
"""Seconds after which a machine that does not even take what is sent is given up."""
LOOK_EVERY: Final = 1.0
_KEEP_ALIVE: Final = (("TCP_KEEPIDLE", 3), ("TCP_KEEPINTVL", 1), ("TCP_KEEPCNT", 2))


class Waiting(Protocol):
    """A session, as it is seen here."""

    @property
    def waits_since(self) -> float:
        """Since when it waits for an answer, by the event loop's clock; 0 where it does not."""

    def give_up(self) -> None:
        """End the connection at once, whatever is under way."""


def tell_when_gone(connected: socket.socket) -> None:
    """Let the system end a connection whose other machine is gone, also while an answer is waited for.

    Args:
        connected: Of a session; a local one is left as it is.
    """
    if connected.family not in (socket.AF_INET, socket.AF_INET6):
        return
    for name, value in (*_KEEP_ALIVE, ("TCP_USER_TIMEOUT", int(GONE_AFTER * 1000))):
        if (option := getattr(socket, name, None)) is not None:  # not every system has all of them
            connected.setsockopt(socket.IPPROTO_TCP, option, value)


class Patience:
    """Gives up sessions that have waited too long.

    Args:
        seconds: How long they may; None without end, for work on the schema, which takes its time.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._watch: asyncio.Task[None] | None = None

    def begin(self, opened: Collection[Waiting]) -> None:
        """Watch from now on, where nobody does yet.

        Args:
            opened: Every session, as they come and go.
        """
        if self._seconds is not None and self._watch is None:
            self._watch = asyncio.create_task(self._look(opened, self._seconds))

    def end(self) -> None:
        """Watch no more."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    async def _look(self, opened: Collection[Waiting], seconds: float) -> None:
        while True:
            await asyncio.sleep(min(LOOK_EVERY, seconds))
            since = asyncio.get_running_loop().time() - seconds
            for session in [one for one in opened if 0 < one.waits_since < since]:
                session.give_up()
