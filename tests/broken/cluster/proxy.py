"""What stands between a program and a cluster: it leads to a node that may be used, and cuts off one that may no more.

HAProxy does the same with `option httpchk` or an agent, `on-marked-down shutdown-sessions` and a look every second.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from tests.broken.cluster.nodes import Node


class Proxy:
    """Leads to the first node of its list that may be used.

    Args:
        nodes: The nodes, those that it leads to first before the others.

    Attributes:
        port: Where it listens on this machine.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._open: dict[asyncio.StreamWriter, Node] = {}
        self._leading: set[asyncio.Task[None]] = set()
        self.port = 0

    async def starts(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._comes, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        for node in self._nodes:
            node.when_down.append(partial(self._cuts_off, node))

    async def ends(self) -> None:
        """Listen no more."""
        self._server.close()
        for leading in self._leading:
            leading.cancel()
        await asyncio.gather(*self._leading, return_exceptions=True)
        await asyncio.sleep(0)  # the transports close in the next round

    def _cuts_off(self, node: Node) -> None:
        for writer in [one for one, to in self._open.items() if to is node]:
            writer.transport.abort()

    def _comes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        leading = asyncio.create_task(self._leads(reader, writer))
        self._leading.add(leading)
        leading.add_done_callback(self._leading.discard)

    async def _leads(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        node = next((one for one in self._nodes if one.is_up), None)
        if node is None:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_unix_connection(str(node.account.socket))
        except OSError:
            writer.transport.abort()
            return
        self._open[writer] = self._open[back] = node
        try:
            await asyncio.gather(_carries(reader, back), _carries(there, writer))
        finally:
            for one in (writer, back):
                self._open.pop(one, None)
                one.transport.abort()


async def _carries(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while read := await reader.read(1 << 16):
            writer.write(read)
            await writer.drain()
    with suppress(OSError, RuntimeError):
        writer.transport.abort()
