"""What the libraries of other bots send, and Graph takes: forms, fields without a value, no types, their own ways."""

from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.ad_window import heard
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from bot.workshop.emulator.facebook import CIRCLE
from bot.workshop.emulator.forms import fields_of
from bot.workshop.emulator.linking_api import begins
from bot.workshop.emulator.people import Person, Refused
from tests.bot.workshop.emulator.peer import Peer, kind_of
from tests.bot.workshop.emulator.test_sending import refusal
from tests.bot.workshop.emulator.tiny_shop import quick, template


@pytest.fixture
async def ben(peer: Peer, ana: Shopper) -> Shopper:
    """Somebody who has written, so that the window is open."""
    await ana.says("hello", answered=False)
    return ana


def rows(told: Json) -> list[dict[str, Any]]:
    """The entries of a list that Graph has answered with."""
    data = told["data"]
    assert isinstance(data, list)
    return data


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


async def test_stickers_are_found_by_the_app_and_sent_by_the_page(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    app = emulator.app.app_token
    _, packs = await peer.call("GET", "sticker_packs", token=app)
    pack = rows(packs)[0]["id"]
    _, stickers = await peer.call("GET", f"sticker_packs/{pack}/stickers", token=app)
    _, found = await peer.call("GET", "sticker_search?q=thumbs&locale=en_US", token=app)
    assert len(rows(found)) < len(rows(stickers))
    number = rows(found)[0]["id"]
    assert (await peer.send(ben.psid, {"sticker_id": int(number)}))[0] == 200
    assert refusal(await peer.call("GET", "sticker_packs"))[1] == 15


async def test_a_page_reads_its_own_token_and_that_of_its_owner(peer: Peer, emulator: Emulator) -> None:
    _, told = await peer.call("GET", f"{emulator.app.page_id}?fields=access_token", token=emulator.app.user_token)
    assert told == {"access_token": emulator.app.page_token, "id": emulator.app.page_id}


async def test_what_was_missed_is_read_from_the_conversations(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    await peer.send(ben.psid, {"text": "one"})
    await ben.says("two", answered=False)
    fields = "participants,can_reply,unread_count,messages.limit(2){message,from,tags}"
    _, told = await peer.call("GET", f"me/conversations?platform=messenger&user_id={ben.psid}&fields={fields}")
    (found,) = rows(told)
    assert [one["message"] for one in found["messages"]["data"]] == ["two", "one"]
    assert [one["from"]["id"] for one in found["messages"]["data"]] == [ben.psid, emulator.app.page_id]
    assert (found["can_reply"], found["unread_count"]) == (True, 2)
    _, rest = await peer.call("GET", f"{found['id']}/messages?fields=message&limit=2")
    assert [one["message"] for one in rows(rest)] == ["two", "one"]
    after = as_object(as_object(rest["paging"])["cursors"])["after"]
    _, last = await peer.call("GET", f"{found['id']}/messages?fields=message&limit=2&after={after}")
    assert [one["message"] for one in rows(last)] == ["hello"]
    mid = rows(last)[0]["id"]
    _, one = await peer.call("GET", f"{mid}?fields=message,created_time,from")
    assert (one["id"], one["message"]) == (mid, "hello")
    assert refusal(await peer.call("GET", f"{mid}?fields=colour"))[1] == 100
    assert refusal(await peer.call("GET", "me/conversations?fields=messages{id"))[1] == 2500


async def test_labels_are_stuck_on_people_and_taken_off(peer: Peer, ben: Shopper) -> None:
    _, made = await peer.post("me/custom_labels", {"page_label_name": "suki"})
    label = made["id"]
    assert refusal(await peer.post("me/custom_labels", {"page_label_name": "suki"}))[:2] == (400, 100)
    assert (await peer.post(f"{label}/label", {"user": ben.psid}))[1] == {"success": True}
    _, worn = await peer.call("GET", f"{ben.psid}/custom_labels?fields=page_label_name")
    assert worn["data"] == [{"page_label_name": "suki", "id": label}]
    assert (await peer.call("DELETE", f"{label}/label?user={ben.psid}"))[1] == {"success": True}
    assert (await peer.call("GET", f"{ben.psid}/custom_labels"))[1] == {"data": []}
    assert (await peer.call("GET", f"{label}?fields=page_label_name"))[1] == {"page_label_name": "suki", "id": label}
    assert (await peer.call("DELETE", str(label)))[1] == {"success": True}
    assert refusal(await peer.call("GET", str(label)))[:2] == (400, 100)


async def test_templates_are_picked_from_the_library_and_deleted(peer: Peer) -> None:
    _, library = await peer.call("GET", "message_template_library?name_or_content=shipped&language=en")
    (found,) = rows(library)
    examples = [{"param_name": name, "example": "x"} for name in ("name", "number", "tracking")]
    body = {"type": "BODY", "text": found["body"], "example": {"body_text_named_params": examples}}
    made: Json = {"name": found["name"], "language": "en", "category": "UTILITY", "components": [body]}
    assert (await peer.post("me/message_templates", made))[0] == 200
    assert (await peer.call("DELETE", f"me/message_templates?name={found['name']}"))[1] == {"success": True}
    assert (await peer.call("GET", "me/message_templates"))[1]["data"] == []
    assert refusal(await peer.call("DELETE", "me/message_templates?name=gone"))[1] == 100


async def test_a_callback_is_taken_off(peer: Peer, emulator: Emulator) -> None:
    at, token = f"{emulator.app.app_id}/subscriptions", emulator.app.app_token
    wanted: Json = {
        "object": "page",
        "callback_url": peer.url,
        "verify_token": emulator.app.verify_token,
        "fields": "messages,feed",
    }
    assert (await peer.call("POST", at, wanted, token=token))[0] == 200
    assert (await peer.call("DELETE", f"{at}?object=page&fields=feed", token=token))[1] == {"success": True}
    _, left = await peer.call("GET", at, token=token)
    assert [one["name"] for one in rows(left)[0]["fields"]] == ["messages"]
    assert (await peer.call("DELETE", f"{at}?object=page", token=token))[0] == 200
    assert (await peer.call("GET", at, token=token))[1] == {"data": []}


async def test_a_shopper_logs_in_on_the_bots_own_page(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    opened = URL(begins(emulator.facebook, ben.person, "https://shop.example/login?lang=fil"))
    assert opened.query["lang"] == "fil"
    token = opened.query["account_linking_token"]
    _, told = await peer.call("GET", f"me?fields=recipient&account_linking_token={token}")
    assert told["recipient"] == ben.psid
    back = URL(opened.query["redirect_uri"]).update_query(authorization_code="c-1")
    status, _, said = await peer.fetch(str(back))
    assert (status, said) == (200, b"You are logged in. You can close this page.")
    assert (await peer.fetch(str(back)))[0] == 404, "a log-in is used once"
    assert refusal(await peer.call("GET", f"me?fields=recipient&account_linking_token={token}"))[1] == 10303
    assert (await peer.post("me/unlink_accounts", {"psid": ben.psid}))[1] == {"result": "unlink account success"}
    await emulator.courier.idle()
    linked, unlinked = [item["account_linking"] for item in peer.items("account_linking")]
    assert linked == {"status": "linked", "authorization_code": "c-1"}
    assert unlinked == {"status": "unlinked"}


async def test_insights_count_todays_chats(peer: Peer, ben: Shopper) -> None:
    _, told = await peer.call("GET", "me/insights?metric=page_messages_new_conversations_unique&period=day")
    assert rows(told)[0]["values"][0]["value"] == 1
    assert (await peer.call("GET", "me/insights/page_messages_active_threads_unique"))[0] == 200
    assert refusal(await peer.call("GET", "me/insights?metric=page_fans"))[1] == 100


def test_the_first_message_behind_an_ad_opens_seven_days_and_the_longer_end_wins() -> None:
    hour = 3_600_000
    ana = Person("7", "Ana Cruz", "en_US")
    heard(ana, "referral", {"source": "ADS", "ad_id": "120208"}, 0)
    ana.acts(hour)
    heard(ana, "message", {"text": "interested"}, hour)
    assert ana.window_open(7 * 24 * hour)
    ana.acts(6 * 24 * hour)
    heard(ana, "message", {"text": "a later one"}, 6 * 24 * hour)
    assert ana.window_open(7 * 24 * hour)
    assert not ana.window_open(7 * 24 * hour + hour)
