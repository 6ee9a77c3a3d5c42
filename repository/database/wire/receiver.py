"""What a server's answers arrive in: the bytes of one session, read as they come, with nobody woken for a part of one.

asyncio's streams, with which the driver logs in, copy every byte twice and ask three objects about each answer.
"""

import asyncio
from collections.abc import Callable

from repository.database.wire.packets import PACKET_MOST

_ENOUGH = 1024 * 1024
"""Bytes that wait to be read, from which on the server is let wait."""
_LITTLE = 4096  # bytes that are copied without a thought


class Receiver(asyncio.Protocol):
    """Takes a session's bytes from its driver's stream once it is logged in, and keeps those that nobody has read.

    Args:
        transport: The session's.
        begun: What the stream had in hand already.

    Attributes:
        unread: What has come and is not read yet.
        is_lost: Whether the connection has ended.
    """

    def __init__(self, transport: asyncio.Transport, begun: bytes) -> None:
        self.unread: bytes | bytearray = begun
        self.is_lost = transport.is_closing()
        self._transport = transport
        self._is_paused = False
        self._waits: asyncio.Future[bool] | None = None
        self._is_enough: Callable[[], bool] | None = None
        transport.set_protocol(self)

    def data_received(self, data: bytes) -> None:
        """Keep what has come."""
        if not self.unread:
            self.unread = data
        else:
            if not isinstance(self.unread, bytearray):
                self.unread = bytearray(self.unread)
            self.unread += data
            if len(self.unread) > _ENOUGH and not self._is_paused:
                self._transport.pause_reading()
                self._is_paused = True
        if (waits := self._waits) is None or waits.done():
            return
        try:
            is_enough = self._is_enough is None or self._is_enough()
        except Exception as error:  # noqa: BLE001  (whoever waits gets it)
            waits.set_exception(error)
        else:
            if is_enough:
                waits.set_result(True)

    def connection_lost(self, _: Exception | None) -> None:
        """Let whoever waits find that nothing more comes."""
        self.is_lost = True
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(False)

    def have_read(self, size: int) -> None:
        """Forget the first bytes.

        Args:
            size: How many are read.
        """
        if isinstance(self.unread, bytearray):
            del self.unread[:size]
        elif len(self.unread) - size < _LITTLE:
            self.unread = self.unread[size:]
        else:  # much more is read from it in small steps
            self.unread = bytearray(memoryview(self.unread)[size:])

    async def more(self, is_enough: Callable[[], bool] | None = None) -> None:
        """Return once more has come.

        A server sends the answers to statements that came together one by one: whoever waits for them all is not woken
        for each.

        Args:
            is_enough: Says whether what has come by now is worth waking for; what it raises is raised here. None wakes
                for anything.

        Raises:
            EOFError: Nothing will.
        """
        if self.is_lost:
            raise EOFError("the connection has ended")
        if self._is_paused:
            self._transport.resume_reading()
            self._is_paused = False
        self._is_enough = is_enough
        self._waits = asyncio.get_running_loop().create_future()
        try:
            if not await self._waits:
                raise EOFError("the connection has ended")
        finally:
            self._waits = self._is_enough = None

    async def packet(self) -> bytes:
        """The next packet, put together where it came as several.

        Raises:
            EOFError: It will not come.
        """
        whole = b""
        while True:
            head = await self._bytes(4)
            size = head[0] | head[1] << 8 | head[2] << 16
            whole += await self._bytes(size)
            if size < PACKET_MOST:
                return whole

    async def _bytes(self, size: int) -> bytes:
        while len(self.unread) < size:
            await self.more()
        taken = bytes(self.unread[:size])
        self.have_read(size)
        return taken
