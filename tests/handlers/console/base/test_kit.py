"""The page kit: errors by kind, the menu by rights, events that end with the server, and pages that are compressed."""

import asyncio
from collections.abc import AsyncIterator
from typing import NoReturn

import msgspec
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from dialogs.conversation import TABLE
from handlers.console.app import GROUPS, setup_console
from handlers.console.base.events import Event, stream
from handlers.console.base.pages import Page, Screen
from handlers.console.base.visit import Declined, Visit, masked, unmasked
from handlers.turns.in_force import Shop as TurnShop
from repository.database.errors import NotFound, Stale
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import HELLO, Visitor, nena

__all__ = ["nena"]


class Bell(msgspec.Struct, frozen=True):
    """What the stream of this test tells."""

    rung: int


async def rings(visit: Visit) -> web.StreamResponse:
    async def bells() -> AsyncIterator[Event]:
        yield Event("bell", Bell(1))
        yield Event("bell", Bell(2))
        await asyncio.Event().wait()

    return await stream(visit, bells())


async def cracks(visit: Visit) -> web.StreamResponse:
    async def bells() -> AsyncIterator[Event]:
        yield Event("bell", Bell(1))
        raise RuntimeError("cracked")

    return await stream(visit, bells())


async def lost(visit: Visit) -> NoReturn:
    raise NotFound("it")


async def late(visit: Visit) -> NoReturn:
    raise Stale("Ana")


async def refused(visit: Visit) -> NoReturn:
    raise Declined("There is none <left>.", "/account")


async def too_long(visit: Visit) -> NoReturn:
    async with visit.shop.database.transaction() as conn:
        await conn.run("INSERT INTO processes (name, alive_until) VALUES (%(name)s, NOW())", name="x" * 99)
    raise AssertionError("it has fitted")


BELLS = Screen(
    (
        Page("GET", "/bells", rings, "replies.delete"),
        Page("GET", "/bells/cracked", cracks, "replies.delete"),
        Page("POST", "/bells/lost", lost, "replies.delete"),
        Page("POST", "/bells/late", late, "replies.delete"),
        Page("POST", "/bells/refused", refused, "replies.delete"),
        Page("POST", "/bells/too-long", too_long, "replies.delete"),
    ),
    name="Bells",
    icon="clock",
)


@pytest.fixture
async def runner(shop: Shop, nena: Visitor) -> AsyncIterator[web.AppRunner]:
    """A console with one screen more, which the browser looks at."""
    app = web.Application()
    groups = (*GROUPS, ("Bells", (BELLS,)))
    setup_console(app, TurnShop(shop.stage.parts.settings, shop.database, TABLE), rounds=4, groups=groups)
    runner = web.AppRunner(app, shutdown_timeout=60)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    nena.base = f"http://127.0.0.1:{runner.addresses[0][1]}/console"
    yield runner
    await runner.cleanup()


async def test_events_reach_the_browser_until_the_server_stops(nena: Visitor, runner: web.AppRunner) -> None:
    await nena.logs_in()
    async with nena.listens("/bells") as answer:
        assert answer.content_type == "text/event-stream"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        told = [await asyncio.wait_for(answer.content.readline(), 60) for _ in range(6)]
        words = b"".join(told).decode().split()
        assert words == ["event:", "bell", "data:", '{"rung":1}', "event:", "bell", "data:", '{"rung":2}']
        stopping = asyncio.create_task(runner.cleanup())
        assert await asyncio.wait_for(answer.content.read(), 60) == b""
    await asyncio.wait_for(stopping, 60)


@pytest.mark.usefixtures("runner")
async def test_events_that_fail_end_the_stream_and_are_logged(nena: Visitor) -> None:
    await nena.logs_in()
    with capture_logs() as logged:
        async with nena.listens("/bells/cracked") as answer:
            told = await asyncio.wait_for(answer.content.read(), 60)
    assert told.decode().split() == ["event:", "bell", "data:", '{"rung":1}'], "nothing but events is in a stream"
    assert [(line["event"], line["error"]) for line in logged] == [("a stream of events failed", "RuntimeError")]


@pytest.mark.usefixtures("runner")
async def test_each_kind_of_error_is_answered_in_words_to_people_and_to_scripts(nena: Visitor) -> None:
    await nena.logs_in()
    for path, status, words in (
        ("lost", 404, "Nothing is here"),
        ("late", 409, "Ana was faster"),
        ("too-long", 422, "That does not fit"),
        ("refused", 422, "There is none &lt;left&gt;."),
    ):
        await nena.opens("/account")
        token = nena.values("csrf")[0]
        await nena.sends(f"/bells/{path}", csrf=token, accept="application/json")
        assert nena.status == status
        assert words.replace("&lt;", "<").replace("&gt;", ">") in msgspec.json.decode(nena.page)["error"]
        await nena.sends(f"/bells/{path}", csrf=token)
        assert words in nena.page
        assert nena.status == (200 if path == "refused" else status)
    assert nena.path == "/console/account", "who is refused goes on to a page that can help"


@pytest.mark.usefixtures("runner")
async def test_the_menu_shows_only_what_a_person_may_see(nena: Visitor) -> None:
    await nena.logs_in("jun")
    assert "Replies</a>" in nena.page
    assert "Bells</a>" not in nena.page
    await nena.opens("/bells")
    assert nena.status == 403
    await nena.opens("/account")
    await nena.sends("/logout")
    await nena.logs_in("nena")
    assert "Bells</a>" in nena.page


async def test_a_right_that_is_in_no_table_is_told_when_the_console_is_made() -> None:
    with pytest.raises(AssertionError, match=r"bells\.ring: put it into base/roles\.py"):
        Page("GET", "/bells", lost, "bells.ring")


async def test_pages_are_compressed_and_their_token_looks_different_each_time(nena: Visitor) -> None:
    await nena.logs_in()
    tokens = []
    for _ in range(2):
        await nena.opens(HELLO)
        assert nena.headers["Content-Encoding"] in ("gzip", "deflate")
        tokens.append(nena.values("csrf")[0])
    assert tokens[0] != tokens[1]
    for token in tokens:
        await nena.sends("/replies/preview", csrf=token, words="Hi")
        assert nena.status == 200
    for token in ("", ".", "x.zz", "é.61", tokens[0][1:], tokens[0][:-2], unmasked(tokens[0])):
        await nena.sends("/replies/preview", csrf=token, words="Hi")
        assert nena.status == 403, token


def test_a_masked_token_is_the_token_again() -> None:
    assert unmasked(masked("a-token_of_ours")) == "a-token_of_ours"
    assert masked("") == ""


async def test_a_password_that_was_typed_is_never_sent_back(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/account")
    await nena.sends("/password", old="my old secret", new="my new secret", again="my other secret")
    assert nena.status == 422
    assert "That is not your password now." in nena.page
    assert " secret" not in nena.page.replace("new-password", "")
