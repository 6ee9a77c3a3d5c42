"""The simulator's addresses: for its own page on this machine, and for nobody else."""

from collections.abc import AsyncIterator

import aiohttp
import msgspec
import pytest
from aiohttp import web

from bot.workshop.emulator import Emulator, Shopper, simulator_routes
from bot.workshop.emulator.emulator import NotLoopback
from bot.workshop.emulator.people import Sent
from handlers.transcripts.reading import parse
from tests.bot.workshop.emulator.peer import Peer

GUARD = {"X-Simulator": "test"}


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def test_the_page_may_load_nothing_from_elsewhere(emulator: Emulator, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{emulator.base_url}/simulator/") as answered:
        policy = answered.headers["Content-Security-Policy"]
        page = await answered.text()
    assert "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in page.replace("http-equiv", "")
    for name in ("app.js", "tokens.css", "icon.svg"):
        async with session.get(f"{emulator.base_url}/simulator/page/{name}") as answered:
            assert answered.status == 200
            assert answered.headers["X-Content-Type-Options"] == "nosniff"
    async with session.get(f"{emulator.base_url}/simulator/page/routes.py") as answered:
        assert answered.status == 404


async def test_other_sites_and_other_names_are_refused(
    emulator: Emulator, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    url = f"{emulator.base_url}/simulator/api/people/{ana.psid}/text"
    async with session.post(url, data=b'{"text":"x"}') as answered:
        assert answered.status == 403
    async with session.get(f"{emulator.base_url}/simulator/", headers={"Host": "rebound.example"}) as answered:
        assert answered.status == 403


async def test_the_emulator_listens_on_this_machine_only() -> None:
    with pytest.raises(NotLoopback):
        await Emulator().start("0.0.0.0", 0)


async def test_only_what_is_on_the_screen_can_be_tapped(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    url = f"{emulator.base_url}/simulator/api/people/{ana.psid}/tap"
    async with session.post(url, json={"title": "Free mug", "payload": "FREE"}, headers=GUARD) as answered:
        assert (answered.status, await answered.text()) == (409, "'Free mug' is not on the screen any more.")
    assert peer.items() == []


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [("text", b'{"text":"  "}', 400), ("text", b"{", 400), ("dance", b"{}", 404), ("start", b"{}", 409)],
)
async def test_what_cannot_be_done_is_said(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper, action: str, body: bytes, status: int
) -> None:
    url = f"{emulator.base_url}/simulator/api/people/{ana.psid}/{action}"
    async with session.post(url, data=body, headers=GUARD) as answered:
        assert answered.status == status


async def test_without_a_bot_the_page_is_told_so(
    emulator: Emulator, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    url = f"{emulator.base_url}/simulator/api/people/{ana.psid}/text"
    async with session.post(url, json={"text": "hi"}, headers=GUARD) as answered:
        assert answered.status == 503


async def test_a_file_that_is_no_picture_is_refused_and_never_shown_as_a_page(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    url = f"{emulator.base_url}/simulator/api/people/{ana.psid}/picture"
    headers = {**GUARD, "Content-Type": "text/html"}
    async with session.post(url, data=b"<script>", headers=headers) as answered:
        assert answered.status == 415
    async with session.get(emulator.serves(b"<script>alert(1)</script>", "text/html")) as answered:
        assert answered.content_type == "application/octet-stream"
        assert answered.headers["Content-Disposition"] == "attachment"


async def test_the_stream_begins_with_everything_and_goes_on_with_what_happens(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    async with session.get(f"{emulator.base_url}/simulator/api/events") as stream:
        lines = (line async for line in stream.content if line.startswith(b"data: "))
        first = msgspec.json.decode((await anext(lines))[6:])
        assert first["kind"] == "state"
        assert [person["name"] for person in first["state"]["people"]] == ["Ana Cruz"]
        await ana.says("hi", answered=False)
        second = msgspec.json.decode((await anext(lines))[6:])
        assert (second["kind"], second["item"]["text"]) == ("item", "hi")


async def test_the_simulator_can_be_served_by_another_application(
    emulator: Emulator, session: aiohttp.ClientSession
) -> None:
    application = web.Application()
    application.add_routes(simulator_routes(emulator, "/try/"))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with session.get(f"{base}/try") as answered:
        assert (answered.status, answered.url.path) == (200, "/try/")
    async with session.post(f"{base}/try/api/people", json={"name": "Carla"}, headers=GUARD) as answered:
        assert answered.status == 201
    assert [person.name for person in emulator.facebook.people][-1] == "Carla"
    await runner.cleanup()


async def test_time_moves_on_and_never_back(emulator: Emulator, session: aiohttp.ClientSession) -> None:
    url = f"{emulator.base_url}/simulator/api/time"
    before = emulator.time.now()
    async with session.post(url, json={"hours": 24}, headers=GUARD) as answered:
        assert answered.status == 200
    assert (emulator.time.now() - before).total_seconds() >= 86_400
    async with session.post(url, json={"hours": -1}, headers=GUARD) as answered:
        assert answered.status == 400


async def test_a_chat_becomes_a_test_with_stand_ins_for_whoever_is_in_it(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    url = f"{emulator.base_url}/simulator/api/people/{ana.psid}/test.transcript"
    async with session.get(url) as answered:
        assert answered.status == 409
    for text in ("[mug]", "Liwayway Panlilio", "88 Kalayaan Ave, Brgy Malusak, Makati City", "0918 555 0147"):
        await ana.says(text, answered=False)
    ana.person.add(
        Sent(number=99, psid=ana.psid, mid="m", at=emulator.time.now_ms(), body=msgspec.Raw(SAID_TO_LIWAYWAY))
    )
    emulator.time.advance(hours=25)
    await ana.likes(answered=False)
    async with session.get(url) as answered:
        assert (answered.status, answered.headers["Content-Disposition"][:10]) == (200, "attachment")
        text = await answered.text()
    transcript = parse(text)
    assert transcript.exchanges[0].did == "\\[mug]"
    assert [(each.passes, each.did) for each in transcript.exchanges][-2:] == [("+1d 1h", ""), ("", "(like)")]
    assert transcript.exchanges[3].answers[0][0].startswith(f"Thanks, {transcript.exchanges[1].did.split()[0]}!")
    for word in ("Ana", "Cruz", "Liwayway", "Panlilio", "Kalayaan", "Malusak", "0147"):
        assert word not in text


SAID_TO_LIWAYWAY = b'{"message":{"text":"Thanks, Liwayway! We ring 0918 555 0147.","quick_replies":[]}}'
