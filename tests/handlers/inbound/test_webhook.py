"""The webhook's answers (INTERFACE, "Webhook answers"), and what a body does and does not cause."""

import asyncio
import json
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings, Settings
from bot.messenger.signature import sign
from bot.run.app import application
from bot.run.parts import running
from bot.workshop.stage import PATIENCE
from handlers.inbound.receiving import STORED_WITHIN
from tests.conversations.conftest import Chat, Shop

OWN = Path(__file__).resolve().parents[2] / "bot" / "messenger" / "bodies"


def _shared() -> Path | None:
    for folder in Path(__file__).resolve().parents:
        found = folder / "shared" / "data" / "webhooks"
        if found.is_dir():
            return found
    return None


SHARED = _shared()
BODIES = sorted([*OWN.glob("*.json"), *(SHARED.glob("*.json") if SHARED else ())])


async def post(shop: Shop, body: bytes, *, signature: str | None = None) -> tuple[int, str]:
    headers = {"Content-Type": "application/json"}
    signed = sign(shop.stage.parts.settings.app_secret, body) if signature is None else signature
    if signed:
        headers["X-Hub-Signature-256"] = signed
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{shop.stage.url}/webhook", data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status, await answer.text()


def message(psid: str, mid: str, text: str) -> dict[str, object]:
    return {
        "sender": {"id": psid},
        "recipient": {"id": "100200300400500"},
        "timestamp": 1764043200000,
        "message": {"mid": mid, "text": text},
    }


PAGE = "100200300400500"
"""The page of every stage."""


def page(*items: object) -> bytes:
    return json.dumps({"object": "page", "entry": [{"id": PAGE, "time": 1764043200000, "messaging": items}]}).encode()


async def rows(shop: Shop, table: str) -> int:
    async with shop.database.connection() as conn:
        return int(str(await conn.value(f"SELECT COUNT(*) FROM {table}")))


async def test_every_body_gets_its_answer_and_no_trace(shop: Shop) -> None:
    for path in BODIES:
        body = path.read_bytes()
        try:
            document = json.loads(body)
        except ValueError:
            document = None
        expected = 400 if not isinstance(document, dict) else 200 if document.get("object") == "page" else 404
        status, text = await post(shop, body)
        assert status == expected, path.stem
        assert text == "EVENT_RECEIVED" if status == 200 else len(text) < 80, path.stem
        await shop.stage.parts.idle()
        # The same again, as Facebook repeats it, does nothing more.
        turns, events = await rows(shop, "chat_logs"), await rows(shop, "webhook_events")
        assert (await post(shop, body))[0] == expected, path.stem
        await shop.stage.parts.idle()
        assert (await rows(shop, "chat_logs"), await rows(shop, "webhook_events")) == (turns, events), path.stem


async def test_a_warning_of_the_page_reaches_its_people(shop: Shop) -> None:
    told = json.loads((OWN / "policy_enforcement.json").read_bytes())
    told["entry"][0]["id"] = PAGE
    for _ in range(2):  # Facebook repeats itself
        assert (await post(shop, json.dumps(told).encode()))[0] == 200
    assert await shop.texts("SELECT CONCAT_WS('|', kind, words) FROM merchant_notices WHERE recipient = ''") == [
        "policy|Slow answers."
    ]


@pytest.mark.parametrize(
    ("name", "body", "signature", "expected"),
    [
        ("no signature", page(), "", 403),
        ("a wrong signature", page(), "sha256=" + "0" * 64, 403),
        ("another algorithm", page(), "sha1=" + "0" * 40, 403),
        ("not JSON", b"hello", None, 400),
        ("not an object", b"[]", None, 400),
        ("nothing", b"", None, 400),
        ("not a page", b'{"object": "instagram", "entry": []}', None, 404),
        ("an empty page", page(), None, 200),
        ("entries of the wrong kind", b'{"object": "page", "entry": "no"}', None, 200),
        ("too large", b'{"object": "page", "x": "' + b"a" * (4 * 1024 * 1024) + b'"}', None, 413),
    ],
)
async def test_answers(shop: Shop, name: str, body: bytes, signature: str | None, expected: int) -> None:
    status, _ = await post(shop, body, signature=signature)
    assert status == expected, name
    assert await rows(shop, "chat_logs") == 0


async def test_verification_answers_the_bare_challenge(shop: Shop) -> None:
    token = shop.stage.parts.settings.verify_token
    async with aiohttp.ClientSession() as http:
        asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "<b>1158201444</b>"}
        async with http.get(f"{shop.stage.url}/webhook", params=asked) as answer:
            assert (answer.status, answer.content_type, await answer.text()) == (200, "text/plain", "<b>1158201444</b>")
        for wrong in ({"hub.verify_token": "guess"}, {"hub.mode": "unsubscribe"}, {"hub.verify_token": ""}):
            async with http.get(f"{shop.stage.url}/webhook", params=asked | wrong) as answer:
                assert answer.status == 403


async def test_one_bad_item_does_not_lose_the_others(shop: Shop) -> None:
    status, _ = await post(shop, page(None, 7, {"message": "?"}, message("41", "m_1", "menu"), {"sender": []}))
    assert status == 200
    async with shop.database.connection() as conn:
        found = await conn.run("SELECT user_id, user_message FROM chat_logs")
    assert found.rows == (("41", "menu"),)


async def test_the_same_message_twice_in_one_body_is_one_turn(shop: Shop) -> None:
    await post(shop, page(message("41", "m_1", "menu"), message("41", "m_1", "menu")))
    await asyncio.gather(*(post(shop, page(message("41", "m_1", "menu"))) for _ in range(5)))
    assert await rows(shop, "chat_logs") == 1


async def test_a_shopper_who_types_fast_is_answered_in_order(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    said = ["menu", "help", "cart", "menu", "help"]
    await ana.says(*said)
    async with shop.database.connection() as conn:
        found = await conn.run(
            "SELECT c.user_message FROM outbox o JOIN chat_logs c ON c.id = o.turn_id"
            " WHERE c.message_type = 'text' GROUP BY c.id, c.user_message ORDER BY MIN(o.id)"
        )
    assert [row[0] for row in found.rows] == said


async def test_without_its_secrets_the_webhook_says_503(schema: DatabaseSettings) -> None:
    async with running(Settings(database=schema), with_workers=False) as parts:
        runner = web.AppRunner(application(parts))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
        async with aiohttp.ClientSession() as http:
            async with http.post(url, data=page(message("41", "m_1", "menu"))) as answer:
                assert answer.status == 503
            async with http.get(url, params={"hub.mode": "subscribe", "hub.verify_token": ""}) as answer:
                assert answer.status == 503
        await runner.cleanup()


async def test_a_database_that_does_not_answer_makes_facebook_send_again(schema: DatabaseSettings) -> None:
    nowhere = replace(schema, socket="/nonexistent/socket")
    settings = Settings(database=nowhere, page_access_token="t", app_secret="s", verify_token="v")
    async with running(settings, with_workers=False) as parts:
        runner = web.AppRunner(application(parts))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        body = page(message("41", "m_1", "menu"))
        async with aiohttp.ClientSession() as http:
            headers = {"X-Hub-Signature-256": sign("s", body)}
            async with http.post(f"{url}/webhook", data=body, headers=headers) as answer:
                assert answer.status == 503
            async with http.get(f"{url}/readyz") as answer:
                assert answer.status == 503
            async with http.get(f"{url}/healthz") as answer:
                assert answer.status == 200
        await runner.cleanup()


async def test_a_database_that_hangs_is_told_in_time_and_nothing_is_lost_or_doubled(shop: Shop) -> None:
    shop.stage.parts.receiving.stored_within = STORED_WITHIN
    body = page(message("41", "m_1", "menu"))
    async with shop.database.connection() as conn:
        await conn.run("LOCK TABLES chat_logs WRITE, shop_versions WRITE")
        assert (await post(shop, body))[0] == 503
        shop.stage.parts.receiving.stored_within = PATIENCE
        async with aiohttp.ClientSession() as http, http.get(f"{shop.stage.url}/readyz") as answer:
            assert answer.status == 503
        await conn.run("UNLOCK TABLES")
    assert (await post(shop, body))[0] == 200
    await shop.settles()
    assert await rows(shop, "chat_logs") == 1
