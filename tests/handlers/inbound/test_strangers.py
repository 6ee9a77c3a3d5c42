"""Who a request comes from, who is told no, what is unpacked, and how much of one shopper is answered."""

import gzip
import zlib

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from bot.base import clock
from bot.base.settings import Settings
from bot.messenger.signature import sign
from handlers.inbound.addresses import PROXIES, address_of, network_of_peer
from handlers.inbound.floods import AT_ONCE, Floods
from handlers.inbound.strangers import MOST, Strangers
from handlers.inbound.unpacking import BadPacking, TooLarge, UnknownPacking, unpacked
from tests.conversations.conftest import Chat, Shop
from tests.handlers.inbound.test_webhook import message, page, rows

OURS = Settings(trusted_proxies="10.1.0.0/16, 2001:db8::/32").proxies


class Wire:
    """The other end of a connection."""

    def __init__(self, peer: str) -> None:
        self._peer = (peer, 4711)

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._peer if name == "peername" else default

    def is_closing(self) -> bool:
        return False


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.1.4.4", "198.51.100.1", "198.51.100.1"),
        ("10.2.4.4", "198.51.100.1", "10.2.4.4"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.9.9", "198.51.100.1"),
        ("::ffff:10.1.4.4", "2001:db8:1::7, 198.51.100.1, 2001:db8:1::8", "198.51.100.1"),
        ("127.0.0.1", "10.1.0.1, 10.1.0.2", "10.1.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", "127.0.0.1"),
    ],
)
def test_only_a_proxy_that_is_trusted_says_where_a_request_comes_from(peer: str, forwarded: str, expected: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers, transport=Wire(peer))
    request.app[PROXIES] = OURS
    assert address_of(request) == expected
    assert network_of_peer((peer, 1), OURS) == ("" if peer != expected or peer == "127.0.0.1" else expected)


def test_a_network_of_strangers_has_an_end_and_no_other_pays_for_it() -> None:
    strangers = Strangers()
    assert [strangers.is_too_much("203.0.113.7") for _ in range(MOST + 2)] == [False] * MOST + [True] * 2
    assert not strangers.is_too_much("203.0.113.8")


def test_what_is_packed_is_unpacked_within_limits() -> None:
    body = b'{"object": "page"}'
    assert unpacked(body, "", most=100) == unpacked(body, "identity", most=1) == body
    assert (
        unpacked(gzip.compress(body), " GZip", most=100) == unpacked(zlib.compress(body), "deflate", most=100) == body
    )
    with pytest.raises(TooLarge):
        unpacked(gzip.compress(b"0" * 50_000_000), "gzip", most=1_000_000)
    for wrong in (b"", b"not packed", gzip.compress(body)[:-9], zlib.compress(body)):
        with pytest.raises(BadPacking):
            unpacked(wrong, "gzip", most=100)
    for unknown in ("br", "zstd", "gzip, gzip", "x" * 1000):
        with pytest.raises(UnknownPacking):
            unpacked(body, unknown, most=100)


async def test_the_webhook_takes_what_is_signed_packed_or_not_and_tells_the_rest_what_is_wrong(shop: Shop) -> None:
    secret = shop.stage.parts.settings.app_secret
    plain = page(message("41", "m_1", "menu"))
    packed = gzip.compress(plain)
    bomb = gzip.compress(b" " * 5 * 1024 * 1024)
    asked = [
        ("gzip", packed, sign(secret, packed), 200),
        ("gzip", packed, sign(secret, plain), 200),
        ("deflate", zlib.compress(plain), sign(secret, plain), 200),
        ("gzip", plain, sign(secret, plain), 400),
        ("br", plain, sign(secret, plain), 415),
        ("gzip", bomb, sign(secret, bomb), 413),
        ("gzip", packed, "sha256=" + "0" * 64, 403),
        ("gzip", plain, "", 403),
        ("gzip", plain, "sha256=" + "0" * 64, 403),
        ("br", b"", "sha1=", 403),
        ("gzip", bomb, "sha256=" + "0" * 64, 403),
    ]
    async with aiohttp.ClientSession() as http:
        for encoding, body, signature, expected in asked:
            headers = {"Content-Encoding": encoding, "Content-Type": "application/json"}
            headers |= {"X-Hub-Signature-256": signature} if signature else {}
            async with http.post(f"{shop.stage.url}/webhook", data=body, headers=headers) as answer:
                assert answer.status == expected, (encoding, signature[:12], await answer.text())
        for number in range(MOST + 1):
            headers = {"X-Forwarded-For": "203.0.113.7"}
            async with http.post(f"{shop.stage.url}/webhook", data=plain, headers=headers) as answer:
                assert answer.status == (403 if number < MOST else 429)
        headers |= {"X-Hub-Signature-256": sign(secret, plain)}
        async with http.post(f"{shop.stage.url}/webhook", data=plain, headers=headers) as answer:
            assert answer.status == 200, "what is signed is never refused"
    await shop.settles()
    assert await rows(shop, "chat_logs") == 1


async def test_what_is_measured_is_for_this_machine_alone(shop: Shop) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{shop.stage.url}/metrics") as answer:
            assert answer.status == 200
            assert "quicksell_turns" in await answer.text()
        for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"):
            async with http.get(f"{shop.stage.url}/metrics", headers={header: "127.0.0.1"}) as answer:
                assert answer.status == 404, header


def test_a_shopper_has_so_many_a_minute_and_gets_them_back_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(clock, "monotonic", lambda: now)
    counted = Floods(lambda: 30)
    for number in range(31):
        counted.came("ana")
        assert counted.is_on("ana", 1) == (number == 30)
    assert [counted.tells("ana"), counted.tells("ana")] == [True, False]
    assert not counted.is_on("ben", 1)
    now += 5
    counted.came("ana")
    assert not counted.is_on("ana", 1)
    assert counted.is_on("ana", AT_ONCE + 1)
    now += 60
    assert counted.tells("ana")
    assert not Floods(lambda: 0).is_on("ana", 1000)


def test_who_has_not_written_for_a_minute_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(clock, "monotonic", lambda: now)
    counted = Floods(lambda: 30)
    for psid in ("ana", "ben"):
        counted.came(psid)
    assert counted.known == 2
    now += 59
    counted.came("ben")
    now += 2
    counted.came("cora")
    assert counted.known == 2, "Ben has written since"


async def test_a_thousand_texts_in_one_body_get_one_kind_word(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    heard = len(ana.person.sent)
    facebook = shop.stage.emulator
    items = [message(ana.psid, f"m_{number}", "menu") for number in range(1000)]
    body = page(*items)
    headers = {"Content-Type": "application/json", **facebook.courier.signature(body)}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{shop.stage.url}/webhook", data=body, headers=headers) as answer,
    ):
        assert answer.status == 200
    await shop.settles()
    said = [sent.bubble.words() for sent in ana.person.sent[heard:]]
    assert len(said) == 1
    assert said[0].startswith("That was a lot at once")
    async with shop.database.connection() as conn:
        found = await conn.run(
            "SELECT turn_status, intent, COUNT(*) FROM chat_logs WHERE user_message = 'menu' GROUP BY 1, 2"
        )
    assert found.rows == (("done", "flood", 1000),), "they are kept, and nothing waits"
    await shop.sets(messages_a_minute=0)
    await ana.says("menu")  # it is still too much, and from now on it no longer is
    await ana.says("help")
    ana.hears("Here's how I can help")
