"""The way to the emulator for programs that know only https://graph.facebook.com: a proxy that leads nowhere else."""

import asyncio
from contextlib import suppress

_LONGEST = 8192
_PATIENCE_S = 10.0
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"


class Tunnel:
    """A proxy on this machine for one host.

    Args:
        host: The host that it leads to, by its name elsewhere.
        port: Where that host's part is played on this machine, encrypted.
        plain: Where it is played in the clear, for old clients that ask a proxy for a whole https address.
    """

    def __init__(self, host: str, port: int, plain: int) -> None:
        self._line = f"CONNECT {host}:443 "
        self._address = f" https://{host}/"
        self._host = host
        self._port = port
        self._plain = plain
        self._server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> str:
        """Listen.

        Args:
            port: The port; 0 takes a free one.

        Returns:
            What a program's `HTTPS_PROXY` must be.

        Raises:
            OSError: The port is taken.
        """
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=_LONGEST)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                head = await reader.readuntil(b"\r\n\r\n")
            line = head.decode("latin-1").split("\r\n", 1)[0]
            if line.startswith(self._line):
                there, back = await asyncio.open_connection("127.0.0.1", self._port)
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            elif self._address in line:
                there, back = await asyncio.open_connection("127.0.0.1", self._plain)
                back.write(head)
            else:
                writer.write(_REFUSED + f"This proxy leads to https://{self._host} only.\n".encode())
                await writer.drain()
                return
            async with asyncio.TaskGroup() as both:
                both.create_task(_pipe(reader, back))
                both.create_task(_pipe(there, writer))
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass
        finally:
            writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until their end."""
    with suppress(OSError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    writer.close()
