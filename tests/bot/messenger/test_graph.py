"""What the Graph client asks of Facebook, and what it makes of the answers."""

import hashlib
import hmac
import inspect
import json
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pymessenger
import pytest

from bot.messenger import connecting
from bot.messenger.answers import Profile, Sent, TokenState, read_answer
from bot.messenger.errors import BadRequest, NotFound, OutsideWindow, TemporaryError, TokenDead, Unconfirmed
from bot.messenger.graph import Graph
from bot.messenger.messages import Card, Cards, PostbackButton, Text
from tests.bot.messenger.conftest import Facebook

TOKEN, SECRET = "EAAG-a-page-token", "3f1c0a9be2"
PROOF = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
MESSAGES = f"https://graph.facebook.com/v25.0/me/messages?appsecret_proof={PROOF}"
SENT = {"recipient_id": "7", "message_id": "m_1"}


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    async with Graph(TOKEN, app_secret=SECRET) as graph:
        yield graph


def sent_body(facebook: Facebook) -> Any:
    (call,) = facebook.calls
    return msgspec.json.decode(call[2]["data"])


async def test_a_message_carries_its_type_and_our_metadata(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload=SENT)
    sent = await graph.send("7", Text("Salamat po! ₱120").payload(), metadata="out-17")
    assert (sent.recipient_id, sent.message_id) == ("7", "m_1")
    assert sent_body(facebook) == {
        "recipient": {"id": "7"},
        "messaging_type": "RESPONSE",
        "message": {"text": "Salamat po! ₱120", "metadata": "out-17"},
    }


async def test_the_token_travels_in_a_header_only(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload=SENT)
    await graph.send("7", {"text": "hi"})
    ((method, url, call),) = facebook.calls
    assert (method, url.query["appsecret_proof"]) == ("POST", PROOF)
    assert TOKEN not in str(url) + call["data"].decode()
    assert call["headers"]["Authorization"] == f"Bearer {TOKEN}"
    assert call["headers"]["Content-Type"] == "application/json"
    assert call["allow_redirects"] is False


async def test_the_other_lanes_name_themselves(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload=SENT)
    await graph.send(
        "7",
        {"text": "Si Liza po ito"},
        messaging_type="MESSAGE_TAG",
        tag="HUMAN_AGENT",
        persona_id="55",
        notification_type="SILENT_PUSH",
    )
    body = sent_body(facebook)
    assert (body["messaging_type"], body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    assert (body["persona_id"], body["notification_type"]) == ("55", "SILENT_PUSH")
    assert "metadata" not in body["message"]


async def test_a_message_beyond_the_limits_is_not_sent(facebook: Facebook, graph: Graph) -> None:
    with pytest.raises(BadRequest) as caught:
        await graph.send("7", {"text": "x" * 2000})
    assert (caught.value.code, caught.value.retry) == (100, "never")
    assert facebook.calls == []


async def test_refusals_are_typed_and_have_metas_facts(facebook: Facebook, graph: Graph) -> None:
    fault = {"message": "(#10) outside", "type": "OAuthException", "code": 10, "error_subcode": 2018278}
    facebook.post(MESSAGES, status=400, payload={"error": {**fault, "fbtrace_id": "Az8"}})
    with pytest.raises(OutsideWindow) as caught:
        await graph.send("7", {"text": "hi"})
    error = caught.value
    assert (error.code, error.subcode, error.status, error.trace_id) == (10, 2018278, 400, "Az8")


async def test_an_error_with_status_200_is_an_error(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload={"error": {"message": "dead", "code": 190}})
    with pytest.raises(TokenDead):
        await graph.send("7", {"text": "hi"})


@pytest.mark.parametrize("body", ["", "OK", "[]", "{}", '{"recipient_id":"7"}'])
async def test_a_success_that_cannot_be_read_is_unconfirmed(facebook: Facebook, graph: Graph, body: str) -> None:
    facebook.post(MESSAGES, body=body)
    with pytest.raises(Unconfirmed):
        await graph.send("7", {"text": "hi"})


async def test_errors_hold_neither_the_token_nor_the_text(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, exception=ConnectionResetError("reset"))
    facebook.post(MESSAGES, status=502, body="oops")
    for _ in range(2):
        with pytest.raises(Unconfirmed) as caught:
            await graph.send("7", {"text": "lihim"})
        told = repr(caught.value) + str(caught.value) + repr(vars(caught.value))
        assert TOKEN not in told
        assert "lihim" not in told
    with pytest.raises(BadRequest) as refused:
        await graph.send("7", {"text": "lihim" * 500})
    assert "lihim" not in str(refused.value)


async def test_usage_headers_are_noted(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload=SENT, headers={"X-App-Usage": '{"call_count":85,"total_time":3}'})
    await graph.send("7", {"text": "hi"})
    assert graph.usage.percent == 85


async def test_an_action_is_sent_alone(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload={"recipient_id": "7"})
    await graph.action("7", "typing_on")
    assert sent_body(facebook) == {"recipient": {"id": "7"}, "sender_action": "typing_on"}


async def test_a_rotated_token_is_used_at_once_with_its_own_proof(facebook: Facebook, graph: Graph) -> None:
    graph.use_token("EAAG-another")
    proof = hmac.new(SECRET.encode(), b"EAAG-another", hashlib.sha256).hexdigest()
    facebook.post(MESSAGES.replace(PROOF, proof), payload=SENT)
    await graph.send("7", {"text": "hi"})
    assert facebook.calls[0][2]["headers"]["Authorization"] == "Bearer EAAG-another"


async def test_without_an_app_secret_there_is_no_proof(facebook: Facebook) -> None:
    facebook.post("http://127.0.0.1:9/v24.0/me/messages", payload=SENT)
    async with Graph(TOKEN, base_url="http://127.0.0.1:9/", version="24.0") as graph:
        assert (await graph.send("7", {"text": "hi"})).message_id == "m_1"


async def test_pymessengers_own_methods_can_be_awaited(facebook: Facebook, graph: Graph) -> None:
    facebook.post(MESSAGES, payload=SENT, repeat=True)
    assert isinstance(graph, pymessenger.Bot)
    payload: Any = Cards((Card("Mug", "Blue", buttons=(PostbackButton("Add", "add:7"),)),)).payload()
    elements = payload["attachment"]["payload"]["elements"]
    assert (await graph.send_text_message("7", "hi")).message_id == "m_1"
    await graph.send_generic_message("7", elements)
    await graph.send_image_url("7", "https://x.example/m.png")
    await graph.send_video_url("7", "https://x.example/m.mp4")
    await graph.send_action("7", "mark_seen")
    bodies = [json.loads(call[2]["data"]) for call in facebook.calls]
    assert bodies[0] == {"recipient": {"id": "7"}, "message": {"text": "hi"}, "messaging_type": "RESPONSE"}
    assert bodies[1]["message"]["attachment"]["payload"]["elements"][0]["title"] == "Mug"
    assert bodies[2]["message"]["attachment"] == {"type": "image", "payload": {"url": "https://x.example/m.png"}}
    assert bodies[3]["message"]["attachment"]["type"] == "video"
    assert bodies[4] == {"recipient": {"id": "7"}, "sender_action": "mark_seen"}


async def test_nothing_that_pymessenger_can_send_blocks(facebook: Facebook, graph: Graph) -> None:
    """The guard in conftest raises if one of its methods still reaches `requests`."""
    facebook.post(MESSAGES, payload=SENT, repeat=True)
    uploads = {"send_image", "send_audio", "send_video", "send_file"}
    sends = {name: method for name, method in vars(pymessenger.Bot).items() if name.startswith(("send_", "_send"))}
    assert uploads < sends.keys()
    for name, method in sends.items():
        arguments: list[object] = [{"recipient": {"id": "7"}, "message": {"text": "hi"}}]
        if len(inspect.signature(method).parameters) > 2:
            arguments = ["7", *["typing_on"] * (len(inspect.signature(method).parameters) - 2)]
        if name in uploads:
            with pytest.raises(NotImplementedError, match="upload"):
                getattr(graph, name)(*arguments)
        else:
            assert (await getattr(graph, name)(*arguments)).message_id == "m_1"


def test_the_guard_guards() -> None:
    with pytest.raises(AssertionError, match="pymessenger called requests"):
        pymessenger.Bot("token").send_text_message("7", "hi")


async def test_a_profile_says_what_facebook_says(facebook: Facebook, graph: Graph) -> None:
    url = f"https://graph.facebook.com/v25.0/7?fields=first_name,last_name,name,profile_pic&appsecret_proof={PROOF}"
    facebook.get(url, payload={"first_name": "Ana", "profile_pic": "https://x.example/a.jpg", "id": "7"})
    assert await graph.profile("7") == Profile(first_name="Ana", profile_pic="https://x.example/a.jpg")
    for code, subcode in ((100, 33), (2018218, 0), (2018247, 0), (100, 2018001)):
        facebook.get(url, status=400, payload={"error": {"message": "", "code": code, "error_subcode": subcode}})
        assert await graph.profile("7") == Profile()
    facebook.get(url, payload={})
    assert await graph.profile("7") == Profile()
    facebook.get(url, body="<html>")
    with pytest.raises(TemporaryError):
        await graph.profile("7")


async def test_the_messenger_profile_is_read_written_and_removed(facebook: Facebook, graph: Graph) -> None:
    at = "https://graph.facebook.com/v25.0/me/messenger_profile"
    greeting = [{"locale": "default", "text": "Hi!"}]
    facebook.get(
        f"{at}?fields=greeting,get_started&appsecret_proof={PROOF}", payload={"data": [{"greeting": greeting}]}
    )
    facebook.post(f"{at}?appsecret_proof={PROOF}", payload={"result": "success"})
    facebook.delete(f"{at}?appsecret_proof={PROOF}", payload={"result": "success"})
    assert await graph.messenger_profile(["greeting", "get_started"]) == {"greeting": greeting}
    await graph.set_messenger_profile({"greeting": greeting})
    await graph.delete_messenger_profile(["greeting"])
    bodies = [json.loads(call[2]["data"]) for call in facebook.calls if call[2]["data"]]
    assert bodies == [{"greeting": greeting}, {"fields": ["greeting"]}]


async def test_the_page_is_subscribed_and_conversations_handed_over(facebook: Facebook, graph: Graph) -> None:
    at = "https://graph.facebook.com/v25.0"
    subscribed = f"{at}/12/subscribed_apps?subscribed_fields=messages,message_echoes&appsecret_proof={PROOF}"
    facebook.post(subscribed, payload={"success": True})
    facebook.post(f"{at}/me/pass_thread_control?appsecret_proof={PROOF}", payload={"success": True})
    assert await connecting.subscribe(graph, ["messages", "message_echoes"], "12")
    assert await graph.thread_control("7", "pass", app_id="263902037430900", metadata="human please")
    assert json.loads(facebook.calls[1][2]["data"]) == {
        "recipient": {"id": "7"},
        "target_app_id": "263902037430900",
        "metadata": "human please",
    }


async def test_facebook_says_how_long_the_token_works(facebook: Facebook, graph: Graph) -> None:
    state = {"is_valid": True, "app_id": "900", "type": "PAGE", "expires_at": 0, "scopes": ["pages_messaging"]}
    facebook.get(f"https://graph.facebook.com/v25.0/debug_token?input_token={TOKEN}", payload={"data": state})
    found = await graph.debug_token("900")
    assert (found.is_valid, found.expires_at, found.scopes) == (True, 0, ("pages_messaging",))
    assert facebook.calls[0][2]["headers"]["Authorization"] == f"Bearer 900|{SECRET}"


async def test_not_found_is_told_apart(facebook: Facebook, graph: Graph) -> None:
    url = f"https://graph.facebook.com/v25.0/me/subscribed_apps?subscribed_fields=messages&appsecret_proof={PROOF}"
    facebook.post(url, status=404, payload={"error": {"message": "", "code": 100, "error_subcode": 33}})
    with pytest.raises(NotFound):
        await connecting.subscribe(graph, ["messages"])


def test_answers_are_read_leniently() -> None:
    said = b'{"first_name": null, "last_name": null, "name": "Ana Cruz"}'
    assert read_answer(said, Profile) == Profile(name="Ana Cruz")
    assert read_answer(b'{"recipient_id": 123, "message_id": "m_1"}', Sent) == Sent(
        recipient_id="123", message_id="m_1"
    )
    assert read_answer(b'{"data": []}', dict[str, TokenState]) == {}
    told = read_answer(b'{"data": {"is_valid": true, "expires_at": null}}', dict[str, TokenState])
    assert told == {"data": TokenState(is_valid=True)}
    with pytest.raises(TemporaryError):
        read_answer(b"[]", Profile)
