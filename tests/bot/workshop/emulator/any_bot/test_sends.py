"""What the libraries of other bots send, and Graph takes: forms, fields without a value, no types, their own ways."""

import aiohttp
import pytest

from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from bot.workshop.emulator.circles import CIRCLE
from bot.workshop.emulator.forms import fields_of
from bot.workshop.emulator.people import Refused
from tests.bot.workshop.emulator.peer import Peer, kind_of
from tests.bot.workshop.emulator.test_sending import refusal
from tests.bot.workshop.emulator.tiny_shop import quick, template


@pytest.fixture
async def ben(peer: Peer, ana: Shopper) -> Shopper:
    """Somebody who has written, so that the window is open."""
    await ana.says("hello", answered=False)
    return ana


FORMS: list[tuple[list[tuple[str, str]], Json]] = [
    ([("a", "1")], {"a": "1"}),
    ([("recipient[id]", "7"), ("recipient[x]", "8")], {"recipient": {"id": "7", "x": "8"}}),
    ([("m[words][]", "a"), ("m[words][]", "b")], {"m": {"words": ["a", "b"]}}),
    ([("m[0][t]", "a"), ("m[0][p]", "b"), ("m[1][t]", "c")], {"m": [{"t": "a", "p": "b"}, {"t": "c"}]}),
    ([("message", '{"text":"hi"}')], {"message": {"text": "hi"}}),
    ([("message[text]", "[hi")], {"message": {"text": "[hi"}}),
    ([("a[", "1"), ("[b]", "2"), ("", "3")], {"a[": "1", "[b]": "2", "": "3"}),
]


@pytest.mark.parametrize(("pairs", "fields"), FORMS)
def test_names_with_brackets_are_objects_and_lists(pairs: list[tuple[str, str]], fields: Json) -> None:
    assert fields_of(pairs) == fields


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", ""])
async def test_a_form_with_bracketed_fields_is_read_whatever_its_type_says(
    emulator: Emulator, ben: Shopper, content_type: str
) -> None:
    form = f"recipient[id]={ben.psid}&message[text]=hi&message[quick_replies][0][content_type]=user_email"
    url = f"{emulator.base_url}/v26.0/me/messages?access_token={emulator.app.page_token}"
    headers = {"Content-Type": content_type} if content_type else {}
    async with (
        aiohttp.ClientSession(skip_auto_headers=("Content-Type",)) as session,
        session.post(url, data=form.encode(), headers=headers) as answered,
    ):
        assert answered.status == 200, await answered.text()
    assert ben.last.text == "hi"
    assert ben.last.quick_replies[0].content_type == "user_email"


async def test_what_is_null_is_left_out(peer: Peer, ben: Shopper) -> None:
    body: Json = {
        "recipient": {"id": ben.psid, "user_ref": None},
        "sender_action": None,
        "notification_type": None,
        "persona_id": None,
        "reply_to": None,
        "message": {"text": "hi", "quick_replies": [{**quick("Yes", "YES"), "image_url": None}], "attachment": None},
    }
    status, told = await peer.post("me/messages", body)
    assert (status, "message_id" in told) == (200, True)
    assert ben.last.text == "hi"


@pytest.mark.parametrize(
    ("more", "meant"),
    [({}, "RESPONSE"), ({"tag": "HUMAN_AGENT"}, "MESSAGE_TAG"), ({"messaging_type": None}, "RESPONSE")],
)
async def test_a_send_without_its_type_is_taken_and_warned_about(
    peer: Peer, emulator: Emulator, ben: Shopper, more: Json, meant: str
) -> None:
    body: Json = {"recipient": {"id": ben.psid}, "message": {"text": "hi"}, **more}
    assert (await peer.post("me/messages", body))[0] == 200
    (sent,) = emulator.sent(ben.psid)
    assert sent.warnings == (f"messaging_type is missing; it was taken for {meant}.",)


async def test_what_asks_for_phone_or_address_is_answered_with_the_value(peer: Peer, ben: Shopper) -> None:
    asking: list[Json] = [{"content_type": "user_phone_number"}, {"content_type": "user_email"}]
    for option, value in zip(asking, (ben.person.phone, ben.person.email), strict=True):
        await peer.send(ben.psid, {"text": "How do we reach you?", "quick_replies": [option]})
        await ben.taps("", answered=False)
        message = as_object(peer.items("message")[-1]["message"])
        assert message["text"] == value
        assert message["quick_reply"] == {"payload": value}


async def test_only_what_the_app_has_subscribed_to_is_brought(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    await peer.send(ben.psid, {"text": "told of everything"})
    await emulator.courier.idle()
    assert {kind_of(item) for item in peer.items()} == {"message", "echo", "delivery"}
    await peer.post("me/subscribed_apps", {"subscribed_fields": "messages"})
    peer.heard.clear()
    await ben.says("and now?", answered=False)
    await peer.send(ben.psid, {"text": "messages only"})
    await emulator.courier.idle()
    assert {kind_of(item) for item in peer.items()} == {"message"}
    await peer.call("DELETE", "me/subscribed_apps")
    peer.heard.clear()
    await ben.says("anybody?", answered=False)
    assert not peer.items()


async def test_a_bot_that_answers_its_own_echoes_is_stopped_and_the_page_says_so(
    peer: Peer, emulator: Emulator, ben: Shopper
) -> None:
    peer.script = lambda _item: [{"text": "I said that"}]
    peer.hears_itself = True
    await ben.says("hello", answered=False)
    await emulator.courier.idle()
    assert len(emulator.sent(ben.psid)) == CIRCLE
    (said,) = [item for item in ben.person.chat if isinstance(item, Refused)]
    assert "answering its own echoes" in said.reason
    peer.hears_itself = False
    peer.script = lambda _item: [{"text": "Sorry!"}]
    await ben.says("stop", answered=False)
    ben.hears("Sorry!")


async def test_a_receipt_bears_a_number_of_its_own(peer: Peer, ben: Shopper) -> None:
    receipt = template(
        "receipt",
        recipient_name="Ana Cruz",
        order_number="ORD-1",
        currency="PHP",
        payment_method="COD",
        summary={"total_cost": 100},
        adjustments=[{"name": "WELCOME10", "amount": -10}],
    )
    assert (await peer.send(ben.psid, receipt))[0] == 200
    assert refusal(await peer.send(ben.psid, receipt)) == (400, 100, 0)


async def test_a_reply_quotes_a_message_of_its_own_chat(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    _, told = await peer.send(ben.psid, {"text": "one"})
    assert (await peer.send(ben.psid, {"text": "two"}, reply_to={"mid": told["message_id"]}))[0] == 200
    assert refusal(await peer.send(ben.psid, {"text": "x"}, reply_to={"mid": "m_elsewhere"})) == (400, 100, 0)


async def test_a_message_can_hand_the_conversation_on(peer: Peer, ben: Shopper) -> None:
    control: Json = {"control_type": "pass", "app_id": "263902037430900"}
    assert (await peer.send(ben.psid, {"text": "A person takes over"}, thread_control=control))[0] == 200
    assert ben.person.owner == "263902037430900"
    assert refusal(await peer.send(ben.psid, {"text": "x"}))[1:] == (10, 2018300)


async def test_the_bot_reacts_and_takes_it_back(peer: Peer, ben: Shopper) -> None:
    mid = ben.person.chat[0].mid  # type: ignore[union-attr]
    act: Json = {"recipient": {"id": ben.psid}, "payload": {"message_id": mid, "reaction": "👍"}}
    assert (await peer.post("me/messages", {**act, "sender_action": "react"}))[0] == 200
    assert ben.person.reactions == {mid: "👍"}
    assert (await peer.post("me/messages", {**act, "sender_action": "unreact"}))[0] == 200
    assert ben.person.reactions == {}
    elsewhere: Json = {"message_id": "m_elsewhere", "reaction": "👍"}
    assert refusal(await peer.post("me/messages", {**act, "sender_action": "react", "payload": elsewhere}))[1] == 100


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("v99.0/me", 2500),
        ("v26.1/me", 2500),
        ("v2.12/me", 0),
        ("me?date_format=U", 100),
        ("?ids=1,2", 100),
        ("v26.0/?ids=1,2", 100),
        ("me?method=delete", 100),
        ("me?callback=show", 100),
        ("me/conversations?fields=id.as(number)", 100),
        ("me?pretty=1&debug=all", 0),
    ],
)
async def test_what_graph_has_ended(emulator: Emulator, path: str, code: int) -> None:
    headers = {"Authorization": f"Bearer {emulator.app.page_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{emulator.base_url}/{path}") as answered,
    ):
        body = await answered.json()
    assert as_object(body.get("error")).get("code", 0) == code
