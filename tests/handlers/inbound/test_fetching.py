"""Pictures come from Facebook's hosts and the emulator's, whole, in time and not too large; and nothing else does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from yarl import URL

from handlers.inbound import fetching
from handlers.inbound.fetching import Fetcher, PublicOnly
from handlers.turns.sent_pictures import NotFetched
from repository.files.pictures import SIZE_MOST

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _whole(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"a picture")


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b"\0" * 65536)


async def _boasting(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"\0" * (SIZE_MOST + 1))


async def _silent(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    raise AssertionError("nobody waits that long")


async def _moved(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(request.query["to"])


async def _broken(_: web.Request) -> web.StreamResponse:
    raise web.HTTPInternalServerError


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A server that is asked for pictures."""
    app = web.Application()
    for name, handler in (
        ("whole", _whole), ("endless", _endless), ("boasting", _boasting), ("silent", _silent), ("moved", _moved),
        ("broken", _broken),
    ):  # fmt: skip
        app.router.add_get(f"/{name}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def fetcher(address: str) -> AsyncIterator[Fetcher]:
    """One that takes that server for the emulated Facebook."""
    fetcher = Fetcher(f"{address}/v26.0")
    yield fetcher
    await fetcher.close()


async def _trouble(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(NotFetched) as refused:
        await fetcher.get(address)
    return refused.value.trouble


async def test_a_picture_of_the_emulated_facebook_is_had(fetcher: Fetcher, address: str) -> None:
    assert await fetcher.get(f"{address}/whole") == b"a picture"
    assert await fetcher.get(f"{address}/moved?to=/whole") == b"a picture"


async def test_a_shop_with_the_real_facebook_never_asks_the_machine_itself(address: str) -> None:
    fetcher = Fetcher("https://graph.facebook.com")
    try:
        assert await _trouble(fetcher, f"{address}/whole") == "elsewhere"
    finally:
        await fetcher.close()


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/a", "http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/a", "file:///etc/passwd",
     "//evil.example/a", "http://scontent.xx.fbcdn.net/a"],
)  # fmt: skip
async def test_a_redirect_is_looked_at_like_any_address(fetcher: Fetcher, address: str, to: str) -> None:
    moved = URL(f"{address}/moved").with_query(to=to)
    assert await _trouble(fetcher, str(moved)) == "elsewhere"


async def test_a_circle_of_redirects_ends(fetcher: Fetcher, address: str) -> None:
    circle = URL(f"{address}/moved").with_query(to="/moved?to=/moved%3Fto%3D/moved%253Fto%253D/moved")
    assert await _trouble(fetcher, str(circle)) == "dead"


@pytest.mark.parametrize(("name", "trouble"), [("endless", "too_large"), ("boasting", "too_large"), ("broken", "dead")])
async def test_what_is_too_much_or_nothing(fetcher: Fetcher, address: str, name: str, trouble: str) -> None:
    assert await _trouble(fetcher, f"{address}/{name}") == trouble
    assert await _trouble(fetcher, f"{address}/gone") == "dead"


async def test_nobody_waits_for_ever(fetcher: Fetcher, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.05)
    assert await _trouble(fetcher, f"{address}/silent") == "dead"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "100.64.0.1"]
)
async def test_a_name_that_leads_into_our_own_network_leads_nowhere(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = PublicOnly()

    async def resolved(*_: object) -> list[dict[str, object]]:
        return [{"hostname": "a.fbcdn.net", "host": host, "port": 443, "family": 2, "proto": 0, "flags": 0}]

    monkeypatch.setattr(resolver._resolver, "resolve", resolved)
    with pytest.raises(OSError, match="no public address"):
        await resolver.resolve("a.fbcdn.net", 443)
    await resolver.close()


async def test_a_name_with_a_public_address_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = PublicOnly()

    async def resolved(*_: object) -> list[dict[str, object]]:
        return [{"host": host} for host in ("10.0.0.7", "157.240.1.35")]

    monkeypatch.setattr(resolver._resolver, "resolve", resolved)
    assert [each["host"] for each in await resolver.resolve("a.fbcdn.net")] == ["157.240.1.35"]
    await resolver.close()
