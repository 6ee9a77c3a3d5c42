"""What the simulator's menu sends: true webhook bodies of each kind, which the program's own decoder knows."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import msgspec
import pytest

from bot.messenger.decode import decode_body
from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, MessageEdit, Postback, Reaction, Unsend
from bot.messenger.referring import Came, Shared, came_from
from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.people import Said
from bot.workshop.emulator.simulator.sending import SENDING
from tests.bot.workshop.emulator.peer import Peer

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={"X-Simulator": "test"}) as made:
        yield made


async def sends(session: aiohttp.ClientSession, emulator: Emulator, ana: Shopper, action: str, what: Json) -> int:
    async with session.post(f"{emulator.base_url}/simulator/api/people/{ana.psid}/{action}", json=what) as answered:
        status = answered.status
    await emulator.courier.idle(ana.psid)
    return status


BODIES: dict[str, tuple[Json, str, Came | None]] = {
    "ad": (
        {"title": "Blue mug", "text": "hi", "post_id": "1_77", "ref": "mug"},
        "message",
        Came(kind="ad", ref="mug", ad_id="6045246247433", ad_title="Blue mug", post_id="77", titles=("Blue mug",)),
    ),
    "link": ({"ref": "promo_X"}, "referral", Came(kind="link", ref="promo_X")),
    "shop": ({"code": "KIT-1"}, "message", Came(kind="shop", goods=(Shared("KIT-1"),))),
    "post": (
        {"title": "Sale!", "kind": "reel", "post_id": 888},
        "message",
        Came(kind="post", post_id="888", titles=("Sale!",)),
    ),
    "product": (
        {"code": "KIT-1", "title": "Mug", "text": "hm"},
        "message",
        Came(kind="product", goods=(Shared("KIT-1", "Mug"),)),
    ),
    "cart": ({"lines": [{"retailer_id": "KIT-1", "quantity": 2}], "note": "wrap"}, "order", Came(kind="cart")),
    "location": ({"latitude": 14.5, "longitude": 121.0}, "message", None),
    "media": ({"kind": "audio"}, "message", None),
    "form": ({"answers": {"name": "Ana", "zipcode": " "}}, "messaging_customer_information", None),
    "booking": ({"status": "declined"}, "message", None),
    "unsupported": ({}, "message", None),
}


@pytest.mark.parametrize("action", BODIES)
async def test_each_is_what_facebook_sends(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper, action: str
) -> None:
    what, key, came = BODIES[action]
    assert await sends(session, emulator, ana, action, what) == 202
    (item,) = peer.items(key)
    body = msgspec.json.encode({"object": "page", "entry": [{"id": emulator.app.page_id, "messaging": [item]}]})
    (event,) = decode_body(body, NOW)
    assert type(event).__name__ != "Unknown"
    told = came_from(event)
    if told and told.goods:  # Facebook's own number is another each time
        told = msgspec.structs.replace(
            told, goods=tuple(msgspec.structs.replace(one, facebook_id="") for one in told.goods)
        )
    assert told == came
    assert isinstance(ana.person.chat[-1], Said)
    assert ana.person.chat[-1].kind or came


async def test_a_newcomer_comes_by_a_link_through_get_started(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    await peer.post("me/messenger_profile", {"get_started": {"payload": "GO"}})
    await sends(session, emulator, ana, "link", {"ref": "mug"})
    (item,) = peer.items("postback")
    body = msgspec.json.encode({"object": "page", "entry": [{"id": emulator.app.page_id, "messaging": [item]}]})
    (event,) = decode_body(body, NOW)
    assert isinstance(event, Postback)
    assert came_from(event) == Came(kind="link", ref="mug")


async def test_messages_are_edited_unsent_and_reacted_to(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    await ana.says("kettel", answered=False)
    mid = next(item.mid for item in ana.person.chat if isinstance(item, Said))
    assert await sends(session, emulator, ana, "edit", {"mid": mid, "text": "kettle"}) == 202
    assert await sends(session, emulator, ana, "edit", {"mid": mid, "text": "kettles"}) == 202
    assert [item["message_edit"]["num_edit"] for item in peer.items("message_edit")] == [1, 2]  # type: ignore[index]
    assert await sends(session, emulator, ana, "unsend", {"mid": mid}) == 202
    assert await sends(session, emulator, ana, "unsend", {"mid": mid}) == 409
    assert (await peer.send(ana.psid, {"text": "Hello"}))[0] == 200
    sent = ana.person.sent[-1].mid
    for emoji in ("👎", "👎"):
        assert await sends(session, emulator, ana, "react", {"mid": sent, "emoji": emoji}) == 202
    events: list[Event] = []
    for key in ("message_edit", "message", "reaction"):
        for item in peer.items(key):
            whole = {"object": "page", "entry": [{"id": emulator.app.page_id, "messaging": [item]}]}
            events += decode_body(msgspec.json.encode(whole), NOW)
    assert [type(event) for event in events if isinstance(event, MessageEdit | Unsend | Reaction)] == [
        MessageEdit, MessageEdit, Unsend, Reaction, Reaction,
    ]  # fmt: skip
    assert [(one.action, one.reaction) for one in events if isinstance(one, Reaction)] == [
        ("react", "dislike"), ("unreact", ""),
    ]  # fmt: skip
    assert [item.is_gone for item in ana.person.chat if isinstance(item, Said)] == [True]


async def test_a_recording_can_be_fetched(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    await sends(session, emulator, ana, "media", {"kind": "audio"})
    (item,) = peer.items("message")
    body = msgspec.json.encode({"object": "page", "entry": [{"id": emulator.app.page_id, "messaging": [item]}]})
    (event,) = decode_body(body, NOW)
    assert isinstance(event, AttachmentMessage)
    status, kind, content = await peer.fetch(event.attachments[0].url)
    assert (status, kind, content[:4]) == (200, "audio/wav", b"RIFF")


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ("ad", {}), ("link", {"ref": 7}), ("cart", {"lines": []}), ("cart", {"lines": [{"quantity": 1}]}),
        ("location", {"latitude": 99, "longitude": 0}), ("media", {"kind": "poem"}), ("booking", {"status": "paid"}),
        ("form", {"answers": ["x"]}), ("post", {"title": "x" * 2001}), ("edit", {"mid": "m", "text": "  "}),
    ],
)  # fmt: skip
async def test_what_cannot_be_sent_is_said(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper, action: str, what: Json
) -> None:
    assert await sends(session, emulator, ana, action, what) == 400
    assert peer.items() == []


async def test_what_is_not_there_can_not_be_marked(
    emulator: Emulator, peer: Peer, session: aiohttp.ClientSession, ana: Shopper
) -> None:
    for action in ("edit", "unsend", "react"):
        assert await sends(session, emulator, ana, action, {"mid": "m_none", "text": "x"}) == 409
    assert set(SENDING) == {*BODIES, "edit", "unsend", "react"}
