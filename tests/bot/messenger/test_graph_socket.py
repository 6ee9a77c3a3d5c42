"""The Graph client on a real socket: connections, time limits, and whether a message may have arrived."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pytest_aiohttp.plugin import AiohttpServer

from bot.messenger.errors import RateLimited, TemporaryError, Unconfirmed
from bot.messenger.graph import Graph
from bot.messenger.messages import Text

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HELLO = Text("hello").payload()


class Facebook:
    """A server that answers each call with what `handler` says, and keeps what it heard."""

    def __init__(self) -> None:
        self.handler: Handler = self.take
        self.bodies: list[object] = []
        self.tokens: list[str] = []
        self.addresses: set[str] = set()
        self.connections: set[object] = set()
        self.running = self.most_running = 0
        self.silence = asyncio.Event()  # set once the test is over

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.tokens.append(request.headers["Authorization"])
        self.addresses.add(request.path_qs)
        self.connections.add(request.transport)
        return await self.handler(request)

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(json.loads(await request.read()))
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        await asyncio.sleep(0)
        self.running -= 1
        return web.json_response({"recipient_id": "7", "message_id": f"m_{len(self.bodies)}"})


@pytest.fixture
def facebook() -> Facebook:
    return Facebook()


@pytest.fixture
async def server(facebook: Facebook, aiohttp_server: AiohttpServer) -> AsyncIterator[TestServer]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", facebook.answer)
    yield await aiohttp_server(app)
    facebook.silence.set()


def graph_to(server: TestServer, seconds: float = 60.0, connections: int = 100) -> Graph:
    return Graph("TOKEN", app_secret="s", base_url=str(server.make_url("/")), seconds=seconds, connections=connections)


async def test_messages_arrive_in_order_over_one_connection(facebook: Facebook, server: TestServer) -> None:
    async with graph_to(server) as graph:
        ids = [(await graph.send("7", Text(f"no. {n} 😍").payload())).message_id for n in range(5)]
    assert ids == ["m_1", "m_2", "m_3", "m_4", "m_5"]
    assert [body["message"]["text"] for body in facebook.bodies if isinstance(body, dict)] == [
        f"no. {n} 😍" for n in range(5)
    ]
    assert len(facebook.connections) == 1
    assert set(facebook.tokens) == {"Bearer TOKEN"}
    assert not any("TOKEN" in address for address in facebook.addresses)


async def test_no_more_calls_run_at_once_than_allowed(facebook: Facebook, server: TestServer) -> None:
    async with graph_to(server, connections=3) as graph:
        await asyncio.gather(*(graph.send("7", HELLO) for _ in range(30)))
    assert len(facebook.bodies) == 30
    assert facebook.most_running <= 3
    assert len(facebook.connections) <= 3


async def test_a_message_delivered_without_an_answer_is_unconfirmed(facebook: Facebook, server: TestServer) -> None:
    async def hang(request: web.Request) -> web.StreamResponse:
        answer = await facebook.take(request)
        await facebook.silence.wait()
        return answer

    facebook.handler = hang
    async with graph_to(server, seconds=1.0) as graph:
        with pytest.raises(Unconfirmed) as caught:
            await graph.send("7", HELLO)
    assert len(facebook.bodies) == 1
    assert caught.value.retry == "unconfirmed"


async def test_a_connection_cut_after_sending_is_unconfirmed(facebook: Facebook, server: TestServer) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        answer = await facebook.take(request)
        assert request.transport is not None
        request.transport.abort()
        return answer

    facebook.handler = cut
    async with graph_to(server) as graph:
        with pytest.raises(Unconfirmed):
            await graph.send("7", HELLO)
    assert len(facebook.bodies) == 1


async def test_reading_and_typing_that_get_no_answer_may_simply_be_repeated(
    facebook: Facebook, server: TestServer
) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    facebook.handler = cut
    async with graph_to(server) as graph:
        with pytest.raises(TemporaryError):
            await graph.profile("7")
        with pytest.raises(TemporaryError):
            await graph.action("7", "typing_on")


async def test_what_never_left_is_not_unconfirmed() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        async with Graph("TOKEN", base_url=f"http://127.0.0.1:{port}") as graph:
            with pytest.raises(TemporaryError) as caught:
                await graph.send("7", HELLO)
    assert caught.value.retry == "later"


async def test_a_gateways_error_leaves_open_whether_the_message_arrived(facebook: Facebook, server: TestServer) -> None:
    async def gateway(request: web.Request) -> web.StreamResponse:
        return web.Response(status=504, text="<html>Gateway Timeout</html>", content_type="text/html")

    facebook.handler = gateway
    async with graph_to(server) as graph:
        with pytest.raises(Unconfirmed) as caught:
            await graph.send("7", HELLO)
    assert caught.value.status == 504


async def test_a_redirect_is_not_followed_with_the_token(facebook: Facebook, server: TestServer) -> None:
    async def elsewhere(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/elsewhere")

    facebook.handler = elsewhere
    async with graph_to(server) as graph:
        with pytest.raises(TemporaryError):
            await graph.send("7", HELLO)
    assert len(facebook.tokens) == 1


async def test_a_rate_limit_says_how_long(facebook: Facebook, server: TestServer) -> None:
    async def limited(request: web.Request) -> web.StreamResponse:
        usage = {"77": [{"type": "messenger", "call_count": 101, "estimated_time_to_regain_access": 3}]}
        headers = {"X-Business-Use-Case-Usage": json.dumps(usage)}
        return web.json_response({"error": {"message": "slow", "code": 80006}}, status=400, headers=headers)

    facebook.handler = limited
    async with graph_to(server) as graph:
        with pytest.raises(RateLimited) as caught:
            await graph.send("7", HELLO)
        assert (caught.value.retry_after, caught.value.pauses_page) == (180, True)
        assert graph.usage.percent == 101


async def test_a_file_is_uploaded_once_and_has_an_id(facebook: Facebook, server: TestServer) -> None:
    heard: dict[str, object] = {}

    async def keep(request: web.Request) -> web.StreamResponse:
        form = await request.post()
        heard["message"] = json.loads(str(form["message"]))
        upload = form["filedata"]
        assert isinstance(upload, web.FileField)
        heard["file"] = (upload.filename, upload.content_type, upload.file.read())
        return web.json_response({"attachment_id": "88001"})

    facebook.handler = keep
    async with graph_to(server) as graph:
        assert await graph.upload(b"\x89PNG", name="mug.png", content_type="image/png") == "88001"
    assert heard["message"] == {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    assert heard["file"] == ("mug.png", "image/png", b"\x89PNG")


async def test_a_cancelled_send_leaves_the_client_usable(facebook: Facebook, server: TestServer) -> None:
    came = asyncio.Event()

    async def hang(request: web.Request) -> web.StreamResponse:
        came.set()
        await facebook.silence.wait()
        return web.Response()

    facebook.handler = hang
    async with graph_to(server, connections=1) as graph:
        task = asyncio.create_task(graph.send("7", HELLO))
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        facebook.handler = facebook.take
        assert (await graph.send("7", HELLO)).message_id == "m_1"


async def test_a_closed_client_opens_again(facebook: Facebook, server: TestServer) -> None:
    graph = graph_to(server)
    await graph.send("7", HELLO)
    await graph.close()
    await graph.close()
    assert (await graph.send("7", HELLO)).message_id == "m_2"
    await graph.close()


async def test_no_token_can_put_a_line_into_a_request(facebook: Facebook, server: TestServer) -> None:
    async with graph_to(server) as graph:
        graph.use_token("TOKEN\r\nX-Injected: yes")
        with pytest.raises(ValueError, match="end of a line"):
            await graph.send("7", HELLO)
    assert facebook.bodies == []


async def test_what_comes_before_an_answer_is_passed_over() -> None:
    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.decode().splitlines() if line.startswith("Content-Length"))
        await reader.readexactly(int(length.split()[1]))
        body = b'{"recipient_id": "7", "message_id": "m_1"}'
        writer.write(
            b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        writer.close()

    listening = await asyncio.start_server(answers, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening, Graph("TOKEN", base_url=f"http://127.0.0.1:{port}") as graph:
        assert (await graph.send("7", HELLO)).message_id == "m_1"
