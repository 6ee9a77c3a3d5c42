"""The rest of Graph that a bot and its doctor call."""

import base64
import hashlib
import hmac

import aiohttp
import msgspec
import pytest

from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.app import SCOPES
from bot.workshop.emulator.calls import as_object
from tests.bot.workshop.emulator import tiny_shop
from tests.bot.workshop.emulator.peer import Peer
from tests.bot.workshop.emulator.test_sending import refusal
from tests.bot.workshop.emulator.tiny_shop import button


def menu(*items: Json, locale: str = "default") -> Json:
    """A persistent menu in one locale."""
    return {"locale": locale, "call_to_actions": list(items)}


async def test_the_profile_is_kept_property_by_property(peer: Peer) -> None:
    assert await peer.post("me/messenger_profile", tiny_shop.PROFILE) == (200, {"result": "success"})
    await peer.post("me/messenger_profile", {"greeting": [{"locale": "default", "text": "Hello"}]})
    _, found = await peer.call("GET", "me/messenger_profile?fields=greeting,get_started,ice_breakers")
    assert found["data"] == [
        {"greeting": [{"locale": "default", "text": "Hello"}], "get_started": {"payload": "GET_STARTED"}}
    ]
    gone: Json = {"fields": ["persistent_menu", "greeting"]}
    assert (await peer.call("DELETE", "me/messenger_profile", gone))[0] == 200
    _, found = await peer.call("GET", "me/messenger_profile?fields=greeting")
    assert found == {"data": []}


BAD_PROFILES: dict[str, Json] = {
    "nothing": {"unknown": 1},
    "menu without get started": {"persistent_menu": [menu(button("x", "X"))]},
    "21 items": {"get_started": {"payload": "X"}, "persistent_menu": [menu(*[button("x", "X")] * 21)]},
    "title of 31": {"get_started": {"payload": "X"}, "persistent_menu": [menu(button("x" * 31, "X"))]},
    "nested": {"get_started": {"payload": "X"}, "persistent_menu": [menu({"type": "nested", "title": "x"})]},
    "no default": {"get_started": {"payload": "X"}, "persistent_menu": [menu(button("x", "X"), locale="tl_PH")]},
    "payload of 1001": {"get_started": {"payload": "x" * 1001}},
    "greeting of 161": {"greeting": [{"locale": "default", "text": "x" * 161}]},
    "5 ice breakers": {"ice_breakers": [{"question": "?", "payload": "X"}] * 5},
}


@pytest.mark.parametrize("name", BAD_PROFILES)
async def test_a_profile_past_a_limit_is_refused_and_changes_nothing(peer: Peer, emulator: Emulator, name: str) -> None:
    assert refusal(await peer.post("me/messenger_profile", BAD_PROFILES[name]))[:2] == (400, 100)
    assert emulator.facebook.profile.properties == {}


async def test_get_started_cannot_go_while_there_is_a_menu(peer: Peer) -> None:
    await peer.post("me/messenger_profile", tiny_shop.PROFILE)
    gone: Json = {"fields": ["get_started"]}
    assert refusal(await peer.call("DELETE", "me/messenger_profile", gone)) == (400, 100, 2018145)


async def test_the_profile_takes_ten_changes_in_ten_minutes(peer: Peer, emulator: Emulator) -> None:
    change: Json = {"get_started": {"payload": "X"}}
    assert [(await peer.post("me/messenger_profile", change))[0] for _ in range(10)] == [200] * 10
    assert refusal(await peer.post("me/messenger_profile", change))[1] == 613
    emulator.time.advance(minutes=10)
    assert (await peer.post("me/messenger_profile", change))[0] == 200


async def test_a_person_may_have_a_menu_of_their_own(peer: Peer, ana: Shopper) -> None:
    await peer.post("me/messenger_profile", tiny_shop.PROFILE)
    own: Json = {"psid": ana.psid, "persistent_menu": [menu(button("Just for Ana", "ANA"))]}
    assert (await peer.post("me/custom_user_settings", own))[0] == 200
    await ana.taps_menu("Just for Ana", answered=False)
    _, found = await peer.call("GET", f"me/custom_user_settings?psid={ana.psid}")
    assert isinstance(found["data"], list)
    assert found["data"][0]["user_level_persistent_menu"] == own["persistent_menu"]
    await peer.call("DELETE", f'me/custom_user_settings?psid={ana.psid}&params=["persistent_menu"]')
    await ana.taps_menu("Browse products", answered=False)
    assert len(peer.items("postback")) == 2


async def test_a_profile_tells_names_only_of_those_who_wrote(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    path = f"{ana.psid}?fields=first_name,last_name,locale"
    assert refusal(await peer.call("GET", path)) == (400, 100, 33)
    await ana.says("hi", answered=False)
    assert (await peer.call("GET", path))[1] == {
        "id": ana.psid,
        "first_name": "Ana",
        "last_name": "Cruz",
        "locale": "en_US",
    }
    ana.person.hides_profile = True
    assert refusal(await peer.call("GET", path))[1] == 2018247


async def test_attachments_are_kept_by_address_and_by_file(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    await ana.says("hi", answered=False)
    by_url: Json = {"message": {"attachment": {"type": "image", "payload": {"url": "https://example.com/a.png"}}}}
    status, kept = await peer.post("me/message_attachments", by_url)
    assert status == 200
    form = aiohttp.FormData()
    form.add_field("message", '{"attachment":{"type":"image","payload":{"is_reusable":true}}}')
    form.add_field("filedata", b"\xff\xd8\xff1234", filename="a.jpg", content_type="image/jpeg")
    url = f"{emulator.base_url}/v26.0/me/message_attachments?access_token={emulator.app.page_token}"
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=form) as answered:
            uploaded = await answered.json()
        mounted = f"{emulator.base_url}/simulator/attachments/{uploaded['attachment_id']}"
        async with session.get(mounted) as answered:
            assert (answered.status, await answered.read()) == (200, b"\xff\xd8\xff1234")
    for number in (kept["attachment_id"], uploaded["attachment_id"]):
        message: Json = {"attachment": {"type": "image", "payload": {"attachment_id": number}}}
        assert (await peer.send(ana.psid, message))[0] == 200


async def test_a_page_is_subscribed_listed_and_unsubscribed(peer: Peer, emulator: Emulator) -> None:
    assert (await peer.call("GET", "me/subscribed_apps"))[1] == {"data": []}
    page = emulator.app.page_id
    assert (await peer.call("POST", f"{page}/subscribed_apps?subscribed_fields=messages,messaging_postbacks"))[1] == {
        "success": True
    }
    _, found = await peer.call("GET", "me/subscribed_apps")
    assert isinstance(found["data"], list)
    assert found["data"][0]["id"] == emulator.app.app_id
    assert found["data"][0]["subscribed_fields"] == ["messages", "messaging_postbacks"]
    await peer.call("DELETE", "me/subscribed_apps")
    assert (await peer.call("GET", "me/subscribed_apps"))[1] == {"data": []}


async def test_tokens_are_told_apart(peer: Peer, emulator: Emulator) -> None:
    app = emulator.app

    async def debug(given: str) -> Json:
        _, found = await peer.call("GET", f"debug_token?input_token={given}", token=app.app_token)
        return as_object(found["data"])

    page = await debug(app.page_token)
    assert (page["type"], page["is_valid"], page["profile_id"], page["expires_at"]) == ("PAGE", True, app.page_id, 0)
    assert page["scopes"] == list(SCOPES)
    assert (await debug(app.user_token))["type"] == "USER"
    assert (await debug("nonsense"))["is_valid"] is False
    emulator.facebook.dead_token = 460
    assert (await debug(app.page_token))["is_valid"] is False
    assert refusal(await peer.call("GET", "me")) == (401, 190, 460)


async def test_a_page_is_connected_step_by_step(peer: Peer, emulator: Emulator) -> None:
    app = emulator.app
    exchange = (
        f"oauth/access_token?grant_type=fb_exchange_token&client_id={app.app_id}&fb_exchange_token={app.user_token}"
    )
    assert refusal(await peer.call("GET", f"{exchange}&client_secret=wrong"))[1] == 1
    _, long_lived = await peer.call("GET", f"{exchange}&client_secret={app.app_secret}")
    assert long_lived["expires_in"] == 5_184_000
    _, accounts = await peer.call("GET", "me/accounts", token=str(long_lived["access_token"]))
    assert isinstance(accounts["data"], list)
    assert (accounts["data"][0]["id"], accounts["data"][0]["access_token"]) == (app.page_id, app.page_token)
    _, named = await peer.call("GET", app.app_id, token=app.app_token)
    assert named["name"] == app.app_name


async def test_a_callback_is_asked_for_its_challenge_when_it_is_saved(peer: Peer, emulator: Emulator) -> None:
    app = emulator.app
    wanted: Json = {"object": "page", "callback_url": peer.url, "verify_token": app.verify_token, "fields": "messages"}
    path = f"{app.app_id}/subscriptions"
    assert refusal(await peer.post(path, wanted))[1] == 15
    wrong = await peer.call("POST", path, {**wanted, "verify_token": "wrong"}, token=app.app_token)
    assert refusal(wrong)[1] == 2200
    assert (await peer.call("POST", path, wanted, token=app.app_token))[0] == 200
    _, found = await peer.call("GET", path, token=app.app_token)
    assert isinstance(found["data"], list)
    assert found["data"][0]["callback_url"] == peer.url


async def test_personas_are_made_used_and_deleted(peer: Peer, ana: Shopper) -> None:
    await ana.says("hi", answered=False)
    _, made = await peer.post("me/personas", {"name": "Anna", "profile_picture_url": "https://example.com/a.png"})
    assert (await peer.send(ana.psid, {"text": "x"}, persona_id=made["id"]))[0] == 200
    assert (await peer.call("GET", str(made["id"])))[1]["name"] == "Anna"
    assert (await peer.call("DELETE", str(made["id"])))[1] == {"success": True}
    assert refusal(await peer.send(ana.psid, {"text": "x"}, persona_id=made["id"]))[1] == 100
    assert refusal(await peer.post("me/personas", {"name": "x" * 51, "profile_picture_url": "https://e.com"}))[1] == 100


def test_a_data_deletion_request_is_signed_over_its_encoded_payload() -> None:
    app = Emulator(app_secret="s").app
    signature, payload = app.signed_request("10159", 1_795_600_000).split(".")
    expected = hmac.new(b"s", payload.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected
    asked = msgspec.json.decode(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert asked == {"user_id": "10159", "algorithm": "HMAC-SHA256", "issued_at": 1_795_600_000}


async def test_control_of_a_conversation_is_passed_and_taken_and_who_asked_for_it_is_told_nothing(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    await ana.says("hi", answered=False)
    inbox = "263902037430900"
    to: Json = {"recipient": {"id": ana.psid}}
    assert (await peer.post("me/take_thread_control", to))[1] == {"success": True}
    assert (await peer.post("me/pass_thread_control", {**to, "target_app_id": inbox, "metadata": "help"}))[0] == 200
    _, owner = await peer.call("GET", f"me/thread_owner?recipient={ana.psid}")
    assert isinstance(owner["data"], list)
    assert owner["data"][0]["thread_owner"]["app_id"] == inbox
    await emulator.courier.idle()
    assert not peer.items("pass_thread_control")
    assert not peer.items("take_thread_control")
    assert refusal(await peer.post("me/pass_thread_control", {**to, "target_app_id": "x"})) == (400, 100, 2018164)
    assert (await peer.post("me/release_thread_control", to))[0] == 200
