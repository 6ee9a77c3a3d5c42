"""What Graph takes, and what it refuses and how, over a real socket."""

import aiohttp
import msgspec
import pytest

from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from tests.bot.workshop.emulator.peer import Peer
from tests.bot.workshop.emulator.tiny_shop import button, quick, template


def refusal(answer: tuple[int, Json]) -> tuple[int, int, int]:
    """Status, code and subcode of an error, 0 for none."""
    status, body = answer
    error = as_object(body.get("error"))
    code, subcode = error.get("code", 0), error.get("error_subcode", 0)
    assert isinstance(code, int)
    assert isinstance(subcode, int)
    assert not error or (error["message"] and error["type"] and error["fbtrace_id"])
    return status, code, subcode


@pytest.fixture
async def ben(peer: Peer, ana: Shopper) -> Shopper:
    """Somebody who has written, so that the window is open."""
    await ana.says("hello", answered=False)
    return ana


async def test_a_message_is_taken_and_kept_in_order(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    first = await peer.send(ben.psid, {"text": "one", "metadata": "turn-1"})
    await peer.send(ben.psid, {"text": "two"})
    assert first[0] == 200
    assert first[1] == {"recipient_id": ben.psid, "message_id": emulator.sent(ben.psid)[0].mid}
    assert [sent.bubble.text for sent in emulator.sent(ben.psid)] == ["one", "two"]
    assert (await emulator.next_message(ben.psid)).bubble.text == "one"
    assert (await emulator.next_message(ben.psid)).bubble.text == "two"
    with pytest.raises(TimeoutError):
        await emulator.next_message(ben.psid, 0.01)


@pytest.mark.parametrize("path", ["me/messages", "{page}/messages"])
@pytest.mark.parametrize("version", ["v26.0/", "v19.0/", ""])
async def test_the_page_is_reached_by_me_or_its_id_below_any_version(
    emulator: Emulator, ben: Shopper, path: str, version: str
) -> None:
    body: Json = {"recipient": {"id": ben.psid}, "messaging_type": "RESPONSE", "message": {"text": "hi"}}
    url = f"{emulator.base_url}/{version}{path.format(page=emulator.app.page_id)}"
    token = {"access_token": emulator.app.page_token}
    async with aiohttp.ClientSession() as session, session.post(url, json=body, params=token) as answered:
        assert answered.status == 200


async def test_a_form_that_holds_json_is_as_good_as_json(emulator: Emulator, ben: Shopper) -> None:
    form = {
        "recipient": msgspec.json.encode({"id": ben.psid}).decode(),
        "messaging_type": "RESPONSE",
        "message": '{"text":"from a form"}',
        "access_token": emulator.app.page_token,
    }
    url = f"{emulator.base_url}/v26.0/me/messages"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answered:
        assert answered.status == 200
    assert emulator.sent(ben.psid)[0].bubble.text == "from a form"
    assert emulator.app.page_token.encode() not in bytes(emulator.sent(ben.psid)[0].body)


async def test_a_file_that_comes_with_the_message_is_served(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    form = aiohttp.FormData()
    form.add_field("recipient", msgspec.json.encode({"id": ben.psid}).decode())
    form.add_field("messaging_type", "RESPONSE")
    form.add_field("message", '{"attachment":{"type":"image","payload":{"is_reusable":true}}}')
    form.add_field("filedata", b"\x89PNG\r\n\x1a\n1234", filename="proof.png", content_type="image/png")
    url = f"{emulator.base_url}/v26.0/me/messages"
    bearer = {"Authorization": f"Bearer {emulator.app.page_token}"}
    async with aiohttp.ClientSession(headers=bearer) as session, session.post(url, data=form) as answered:
        told = await answered.json()
    (picture,) = emulator.sent(ben.psid)[0].bubble.pictures
    assert await peer.fetch(picture) == (200, "image/png", b"\x89PNG\r\n\x1a\n1234")
    again: Json = {"attachment": {"type": "image", "payload": {"attachment_id": told["attachment_id"]}}}
    assert (await peer.send(ben.psid, again))[0] == 200
    other: Json = {"attachment": {"type": "image", "payload": {"attachment_id": "123"}}}
    assert refusal(await peer.send(ben.psid, other)) == (400, 100, 2018074)


TOO_MUCH: dict[str, Json] = {
    "text of 2000": {"text": "x" * 2000},
    "no content": {},
    "metadata of 1000": {"text": "x", "metadata": "x" * 1000},
    "14 quick replies": {"text": "x", "quick_replies": [quick(str(n), "P") for n in range(14)]},
    "quick reply title of 21": {"text": "x", "quick_replies": [quick("x" * 21, "P")]},
    "payload of 1001": {"text": "x", "quick_replies": [quick("x", "p" * 1001)]},
    "11 cards": template("generic", elements=[{"title": "x", "subtitle": "y"}] * 11),
    "card title of 81": template("generic", elements=[{"title": "x" * 81, "subtitle": "y"}]),
    "card subtitle of 81": template("generic", elements=[{"title": "x", "subtitle": "y" * 81}]),
    "card of a title only": template("generic", elements=[{"title": "x"}]),
    "4 buttons on a card": template("generic", elements=[{"title": "x", "buttons": [button("b", "P")] * 4}]),
    "button title of 21": template("button", text="x", buttons=[button("b" * 21, "P")]),
    "button text of 641": template("button", text="x" * 641, buttons=[button("b", "P")]),
    "no button": template("button", text="x", buttons=[]),
    "retired list template": template("list", elements=[{"title": "x", "subtitle": "y"}] * 2),
    "receipt without number": template("receipt", recipient_name="A", currency="PHP", payment_method="COD", summary={}),
}


@pytest.mark.parametrize("name", TOO_MUCH)
async def test_what_is_past_a_limit_is_refused_with_100_and_never_kept(
    peer: Peer, emulator: Emulator, ben: Shopper, name: str
) -> None:
    assert refusal(await peer.send(ben.psid, TOO_MUCH[name]))[:2] == (400, 100)
    assert emulator.sent(ben.psid) == ()


async def test_the_limits_themselves_are_taken(peer: Peer, ben: Shopper) -> None:
    most = template(
        "generic",
        elements=[{"title": "x" * 80, "subtitle": "é" * 80, "buttons": [button("b" * 20, "p" * 1000)] * 3}] * 10,
    )
    replies = [quick("x" * 20, "p" * 1000) for _ in range(13)]
    longest: Json = {"text": "₱" * 1999, "metadata": "x" * 999, "quick_replies": replies}
    for message in (most, longest):
        assert (await peer.send(ben.psid, message))[0] == 200


async def test_a_message_and_an_action_do_not_go_together(peer: Peer, ben: Shopper) -> None:
    both = await peer.send(ben.psid, {"text": "x"}, sender_action="typing_on")
    assert refusal(both) == (400, 100, 2018014)


async def test_actions_are_taken_and_are_no_messages(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    for action in ("mark_seen", "typing_on", "typing_off"):
        told = await peer.post("me/messages", {"recipient": {"id": ben.psid}, "sender_action": action})
        assert told == (200, {"recipient_id": ben.psid})
    unknown = await peer.post("me/messages", {"recipient": {"id": ben.psid}, "sender_action": "dance"})
    assert refusal(unknown)[:2] == (400, 100)
    assert emulator.sent(ben.psid) == ()


async def test_nobody_is_written_to_who_is_unknown_or_never_wrote(peer: Peer, emulator: Emulator) -> None:
    assert refusal(await peer.send("123", {"text": "x"})) == (400, 100, 2018001)
    silent = emulator.meet("Never Wrote")
    assert refusal(await peer.send(silent.psid, {"text": "x"})) == (400, 100, 2018001)


async def test_the_window_closes_after_24_hours_and_a_reaction_opens_it(
    peer: Peer, emulator: Emulator, ben: Shopper
) -> None:
    emulator.time.advance(hours=23, minutes=59)
    assert (await peer.send(ben.psid, {"text": "in time"}))[0] == 200
    emulator.time.advance(minutes=1)
    assert refusal(await peer.send(ben.psid, {"text": "late"})) == (403, 10, 2018278)
    action: Json = {"recipient": {"id": ben.psid}, "sender_action": "mark_seen"}
    assert (await peer.post("me/messages", action))[0] == 200
    await ben.reacts()
    assert (await peer.send(ben.psid, {"text": "again"}))[0] == 200


async def test_a_person_may_answer_for_7_days_under_the_human_agent_tag(
    peer: Peer, emulator: Emulator, ben: Shopper
) -> None:
    emulator.time.advance(days=6)
    human: Json = {"recipient": {"id": ben.psid}, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    assert (await peer.post("me/messages", {**human, "message": {"text": "by hand"}}))[0] == 200
    emulator.time.advance(days=1)
    assert refusal(await peer.post("me/messages", {**human, "message": {"text": "late"}})) == (403, 10, 2018278)


@pytest.mark.parametrize("tag", ["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", "MADE_UP"])
async def test_dead_tags_are_refused_with_100(peer: Peer, ben: Shopper, tag: str) -> None:
    body: Json = {"recipient": {"id": ben.psid}, "messaging_type": "MESSAGE_TAG", "tag": tag, "message": {"text": "x"}}
    assert refusal(await peer.post("me/messages", body))[:2] == (400, 100)


async def test_a_utility_template_goes_out_after_the_window_once_it_is_approved(
    peer: Peer, emulator: Emulator, ben: Shopper
) -> None:
    emulator.time.advance(days=3)
    shipped: Json = {"template": {"name": "order_shipped", "language": {"code": "en"}, "components": []}}
    body: Json = {"recipient": {"id": ben.psid}, "messaging_type": "UTILITY", "message": shipped}
    assert refusal(await peer.post("me/messages", body))[:2] == (400, 100)
    made = await peer.post(
        "me/message_templates",
        {
            "name": "order_shipped",
            "language": "en",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": "!"}],
        },
    )
    assert made[1]["status"] == "APPROVED"
    assert (await peer.post("me/messages", body))[0] == 200


async def test_a_wrong_token_and_a_wrong_proof_are_refused(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    body: Json = {"recipient": {"id": ben.psid}, "messaging_type": "RESPONSE", "message": {"text": "x"}}
    assert refusal(await peer.call("POST", "me/messages", body, token="wrong")) == (401, 190, 0)
    assert refusal(await peer.post("me/messages?appsecret_proof=00", body)) == (400, 100, 0)
    proof = emulator.app.proof(emulator.app.page_token)
    assert (await peer.post(f"me/messages?appsecret_proof={proof}", body))[0] == 200
    emulator.facebook.requires_proof = True
    assert refusal(await peer.post("me/messages", body)) == (400, 100, 0)
    async with aiohttp.ClientSession() as session, session.post(f"{emulator.base_url}/v26.0/me/messages") as answered:
        assert (answered.status, (await answered.json())["error"]["code"]) == (401, 104)


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff\xfe", b"null", b""])
async def test_a_body_that_is_no_send_is_refused_not_a_crash(peer: Peer, emulator: Emulator, body: bytes) -> None:
    url = f"{emulator.base_url}/v26.0/me/messages"
    headers = {"Authorization": f"Bearer {emulator.app.page_token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, data=body) as answered:
        assert (answered.status, (await answered.json())["error"]["code"]) == (400, 100)


async def test_unknown_paths_answer_as_graph_does(peer: Peer) -> None:
    assert refusal(await peer.call("GET", "me/cows")) == (400, 2500, 0)
    assert refusal(await peer.call("GET", "987654321")) == (400, 100, 33)
    assert refusal(await peer.call("POST", "")) == (400, 2500, 0)


async def test_every_answer_says_how_much_of_the_allowance_is_used(emulator: Emulator, ben: Shopper) -> None:
    url = f"{emulator.base_url}/v26.0/me?access_token={emulator.app.page_token}"
    async with aiohttp.ClientSession() as session, session.get(url) as answered:
        app = msgspec.json.decode(answered.headers["X-App-Usage"])
        (use,) = msgspec.json.decode(answered.headers["X-Business-Use-Case-Usage"])[emulator.app.page_id]
    assert app["call_count"] == use["call_count"] == 1
    assert use["estimated_time_to_regain_access"] == 0


async def test_a_batch_answers_each_request_by_itself(peer: Peer, ben: Shopper) -> None:
    send = f"recipient=%7B%22id%22%3A%22{ben.psid}%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22hi%22%7D"
    status, answers = await peer.post_list(
        "",
        {
            "batch": [
                {"method": "POST", "relative_url": "me/messages", "body": send},
                {"method": "GET", "relative_url": "v26.0/me?fields=name"},
                {"method": "GET", "relative_url": "me/cows"},
            ]
        },
    )
    assert status == 200
    assert [answer["code"] for answer in answers] == [200, 200, 400]
    assert msgspec.json.decode(str(answers[1]["body"]))["name"] == "Isla Goods"
    assert ben.person.sent[0].bubble.text == "hi"
