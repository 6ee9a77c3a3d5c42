"""The door of the web server: nobody holds it shut with connections on which a request never ends.

aiohttp waits without end for a head or a body that was begun. Whoever opens connections and says half of something on
each takes every file descriptor of the process, and Facebook is not answered any more. So every connection on which no
whole request has come yet is counted here: it has a limit of time, a network may have only so many of them, and where
there are too many altogether, the one that has kept us waiting longest goes first. A request that came whole is never
refused.
"""

import asyncio
import resource
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from socket import socket
from typing import Final, cast

import msgspec
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.base import metrics
from bot.base.settings import Network
from handlers.inbound.addresses import network_of, network_of_peer

HEAD_SECONDS: Final = 10.0
"""From the first byte of a request, or from the connection where there is none yet, to the end of its headers."""
BODY_SECONDS: Final = 20.0
"""For any body, and beyond it a second more for each `BODY_RATE` bytes: phones upload pictures over bad networks."""
BODY_RATE: Final = 20_000
NETWORK_MOST: Final = 100
"""Connections without a whole request from one network; a proxy on this machine speaks for many."""
SHARE: Final = 2
"""One in so many of the file descriptors may be a connection without a whole request."""
_CLOSED_AT_ONCE: Final = 50
_UNLIMITED: Final = 100_000
"""Where the system sets no limit to descriptors."""
_NEVER: Final = float("inf")


def _share() -> int:
    """How many of this process's file descriptors may be connections without a whole request."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _UNLIMITED if soft == resource.RLIM_INFINITY else soft // SHARE


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how many.

    Attributes:
        head: Seconds for a head.
        body: Seconds for a body, but for its length.
        network_most: Unfinished connections of one network.
        most: Unfinished connections altogether; as many as the process's descriptors allow where it is left out.
    """

    head: float = HEAD_SECONDS
    body: float = BODY_SECONDS
    network_most: int = NETWORK_MOST
    most: int = msgspec.field(default_factory=_share)


class _Connection(asyncio.Protocol):
    """One connection: it passes everything on to aiohttp, and knows whether a whole request has come."""

    def __init__(self, door: "Door", inner: asyncio.Protocol) -> None:
        self._door = door
        self._inner = inner
        self.transport: asyncio.Transport | None = None
        self.peer = ""  # network of the other end; empty for a proxy on this machine
        self.network = ""  # for which it is counted while it is unfinished
        self.until = _NEVER
        self.is_answering = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is one by what it does, not by its class
        self._inner.connection_made(transport)
        self._door.came(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.left(self)
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.until == _NEVER and not self.is_answering:
            self._door.begins(self)
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()


class Door:
    """Lets connections in, and closes those on which nothing whole ever comes.

    Args:
        limits: How long and how many.
        proxies: Networks of proxies, which speak for many.
    """

    def __init__(self, limits: Limits | None = None, *, proxies: Sequence[Network] = ()) -> None:
        self._limits = limits or Limits()
        self._proxies = proxies
        self._open: dict[asyncio.BaseTransport, _Connection] = {}
        self._waiting: OrderedDict[_Connection, None] = OrderedDict()  # no whole request yet, the longest first
        self._networks: Counter[str] = Counter()

    @asynccontextmanager
    async def open(self, app: web.Application, held: socket, *, shutdown_timeout: float) -> AsyncIterator[None]:
        """Serve an application on a socket.

        Args:
            app: The application; not started yet.
            held: A bound socket.
            shutdown_timeout: Seconds that requests have to end when it closes.
        """
        app.middlewares.insert(0, self._middleware())
        # A body is what was sent: the webhook's signature is over these bytes, and nothing is unpacked unasked.
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=shutdown_timeout, auto_decompress=False)
        await runner.setup()
        try:
            answering = runner.server
            assert answering is not None
            loop = asyncio.get_running_loop()
            server = await loop.create_server(lambda: _Connection(self, answering()), sock=held, backlog=1024)
            watching = asyncio.create_task(self._watch())
            try:
                yield
            finally:
                server.close()
                watching.cancel()
        finally:
            await runner.cleanup()

    def came(self, connection: _Connection) -> None:
        """A connection was made."""
        transport = connection.transport
        assert transport is not None
        self._open[transport] = connection
        connection.peer = network_of_peer(transport.get_extra_info("peername"), self._proxies)
        self.begins(connection)

    def left(self, connection: _Connection) -> None:
        """A connection is over."""
        if connection.transport is not None:
            self._open.pop(connection.transport, None)
        self._is_whole(connection)

    def begins(self, connection: _Connection) -> None:
        """A request begins, or is due to: it has its time from now on."""
        self._count(connection, connection.peer)
        self._wait(connection, self._limits.head)
        if connection.network and self._networks[connection.network] > self._limits.network_most:
            self._close(connection, "network")
        while len(self._waiting) > self._limits.most:
            self._close(next(iter(self._waiting)), "many")

    def _wait(self, connection: _Connection, seconds: float) -> None:
        connection.until = asyncio.get_running_loop().time() + seconds
        self._waiting[connection] = None
        self._waiting.move_to_end(connection)

    def _count(self, connection: _Connection, network: str) -> None:
        """Count an unfinished connection for a network, and no more for the one that it was counted for."""
        if connection.network:
            self._networks[connection.network] -= 1
            if self._networks[connection.network] <= 0:
                del self._networks[connection.network]
        connection.network = network
        if network:
            self._networks[network] += 1

    def _is_whole(self, connection: _Connection) -> None:
        connection.until = _NEVER
        self._waiting.pop(connection, None)
        self._count(connection, "")

    def _middleware(self) -> Middleware:
        @web.middleware
        async def passing(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            """Note that a request's head has come; that its body has; that it was answered."""
            transport = request.transport
            connection = self._open.get(transport) if transport is not None else None
            if connection is None:
                return await handler(request)
            connection.is_answering = True
            if request.content.is_eof():
                self._is_whole(connection)
            else:
                self._count(connection, network_of(request))
                self._wait(connection, self._limits.body + (request.content_length or 0) / BODY_RATE)
                if self._networks[connection.network] > self._limits.network_most:
                    self._close(connection, "network")
                request.content.on_eof(lambda: self._is_whole(connection))
            try:
                return await handler(request)
            except ConnectionError:
                if request.transport is not None and not request.transport.is_closing():
                    raise
                return web.Response(status=400)  # who would read it has left
            finally:
                connection.is_answering = False
                if connection.transport in self._open:
                    connection.until = _NEVER
                    self._waiting[connection] = None  # quiet ones go first where there are too many
                    self._waiting.move_to_end(connection)

        return passing

    async def _watch(self) -> None:
        """Close what has had its time."""
        while True:
            await asyncio.sleep(min(1.0, self._limits.head / 4))
            now = asyncio.get_running_loop().time()
            for number, connection in enumerate([one for one in self._waiting if one.until <= now], 1):
                if connection.until <= now:
                    self._close(connection, "time")
                if number % _CLOSED_AT_ONCE == 0:
                    await asyncio.sleep(0)  # others are answered between

    def _close(self, connection: _Connection, why: str) -> None:
        metrics.connections_closed.labels(why).inc()
        self._is_whole(connection)
        if connection.transport is not None:
            connection.transport.abort()
