"""A way to the database on which an answer can be lost, though the server has done what it was asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec.structs import replace

from bot.base.settings import DatabaseSettings

_AT_ONCE = 1 << 16


class Way:
    """What stands between a shop and its database.

    Attributes:
        loses: The next answer is lost to what holds all of these; empty loses none.
        has_lost: Set once the server was asked that, and whoever asked hears nothing.
    """

    def __init__(self) -> None:
        self.loses: tuple[str, ...] = ()
        self.has_lost = asyncio.Event()
        self._lost: list[asyncio.StreamWriter] = []
        self._carrying: set[asyncio.Task[None]] = set()

    def breaks(self) -> None:
        """Cut off whoever waits for the answer that is lost."""
        for one in self._lost:
            one.transport.abort()

    @asynccontextmanager
    async def to(self, server: DatabaseSettings, folder: Path) -> AsyncIterator[DatabaseSettings]:
        """How the server is reached on this way, until the block is left.

        Args:
            server: How it is reached without.
            folder: For the socket.
        """

        async def leads(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if server.socket:
                there, ours = await asyncio.open_unix_connection(server.socket)
            else:
                there, ours = await asyncio.open_connection(server.host, server.port)
            for one in (self._asks(reader, ours, writer), self._answers(there, writer)):
                self._carrying.add(asyncio.create_task(one))

        async with await asyncio.start_unix_server(leads, folder / "way"):
            yield replace(server, socket=str(folder / "way"))
            for one in self._carrying:
                one.cancel()
            await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _asks(
        self, reader: asyncio.StreamReader, server: asyncio.StreamWriter, shop: asyncio.StreamWriter
    ) -> None:
        asked = b""
        try:
            while part := await reader.read(_AT_ONCE):
                asked = asked[-_AT_ONCE:] + part
                if self.loses and all(word.encode() in asked for word in self.loses):
                    self.loses = ()
                    self._lost.append(shop)
                    self.has_lost.set()
                server.write(part)
        finally:
            server.close()

    async def _answers(self, there: asyncio.StreamReader, shop: asyncio.StreamWriter) -> None:
        try:
            while part := await there.read(_AT_ONCE):
                if shop not in self._lost:
                    shop.write(part)
        finally:
            shop.close()
