"""The door of the web server beside strangers who say half of something and stay."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web

from bot.run.door import Door, Limits
from tests.support.waiting import PATIENCE

HALF_HEAD = b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Hub-Signa"
HALF_BODY = b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\nContent-Length: 500\r\n\r\n{half of"
WHOLE = b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: 203.0.113.9\r\nContent-Length: 4\r\n\r\nping"

Says = Callable[[bytes], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]
Opens = Callable[[Limits], Awaitable[Says]]


async def echo(request: web.Request) -> web.Response:
    """What was sent."""
    return web.Response(body=await request.read())


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Opens a door with these limits; gives how to connect and say something."""
    async with AsyncExitStack() as stack:

        async def open_door(limits: Limits) -> Says:
            app = web.Application()
            app.router.add_post("/webhook", echo)
            held = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            await stack.enter_async_context(Door(limits).open(app, held, shutdown_timeout=1))

            async def says(words: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
                reader, writer = await asyncio.open_connection(*held.getsockname())
                stack.callback(writer.close)
                writer.write(words)
                await writer.drain()
                return reader, writer

            return says

        yield open_door


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Wait until the other end has closed, without a word."""
    async with asyncio.timeout(PATIENCE):
        try:
            return await reader.read() == b""
        except ConnectionResetError:
            return True


async def answered(reader: asyncio.StreamReader) -> bytes:
    """The status line of an answer, and its body."""
    async with asyncio.timeout(PATIENCE):
        head = await reader.readuntil(b"\r\n\r\n")
        return head.split(b"\r\n")[0] + b" " + await reader.readexactly(4)


@pytest.mark.parametrize("half", [b"", HALF_HEAD, HALF_BODY % b"203.0.113.7"], ids=["nothing", "head", "body"])
async def test_a_request_that_never_ends_has_its_time(opens: Opens, half: bytes) -> None:
    says = await opens(Limits(head=0.05, body=0.05))
    reader, _ = await says(half)
    assert await is_closed(reader)


async def test_a_slow_request_that_ends_in_time_is_answered_and_so_is_the_next(opens: Opens) -> None:
    says = await opens(Limits())
    reader, writer = await says(HALF_HEAD)
    for piece in (b"ture: x\r\nContent-Length: 4\r\n", b"\r\npi", b"ng"):
        await asyncio.sleep(0)
        writer.write(piece)
        await writer.drain()
    assert await answered(reader) == b"HTTP/1.1 200 OK ping"
    writer.write(WHOLE)
    assert await answered(reader) == b"HTTP/1.1 200 OK ping"


async def test_of_too_many_halves_the_oldest_go_and_a_whole_one_is_answered(opens: Opens) -> None:
    says = await opens(Limits(most=20))
    strangers = [(await says(HALF_HEAD))[0] for _ in range(60)]
    for stranger in strangers[:40]:
        assert await is_closed(stranger)
    reader, _ = await says(WHOLE)
    assert await answered(reader) == b"HTTP/1.1 200 OK ping"
    assert not strangers[-1].at_eof(), "who came last has their time yet"


async def test_one_network_has_only_so_many_unfinished_bodies_behind_a_proxy(opens: Opens) -> None:
    says = await opens(Limits(network_most=5))
    mine = [(await says(HALF_BODY % b"203.0.113.7"))[0] for _ in range(6)]
    async with asyncio.timeout(PATIENCE):
        first, _ = await asyncio.wait(
            [asyncio.ensure_future(is_closed(one)) for one in mine], return_when=asyncio.FIRST_COMPLETED
        )
    assert len(first) == 1
    reader, writer = await says(HALF_BODY % b"203.0.113.8")
    writer.write(b"x" * (500 - len(b"{half of")))
    async with asyncio.timeout(PATIENCE):
        assert (await reader.readline()).startswith(b"HTTP/1.1 200"), "another network is let in"
