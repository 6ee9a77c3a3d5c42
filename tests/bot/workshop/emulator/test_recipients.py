"""Writing to people who did not write first, and to those whose conversation another app holds."""

import pytest

from bot.workshop.emulator import Emulator, Shopper
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from tests.bot.workshop.emulator.peer import Peer, text_of
from tests.bot.workshop.emulator.test_sending import refusal


def to(way: str, value: object) -> Json:
    """A send to somebody in another way than by PSID."""
    return {"recipient": {way: value}, "messaging_type": "RESPONSE", "message": {"text": "Salamat!"}}


async def test_a_comment_is_answered_once_in_private_within_seven_days(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    await ana.comments("Magkano po?", post="77")
    await ana.comments("Available pa?", post="77")
    first, second = [as_object(change["value"]) for change in peer.changes()]
    assert (first["item"], first["verb"], first["message"]) == ("comment", "add", "Magkano po?")
    assert first["from"] == {"id": ana.psid, "name": "Ana Cruz"}
    status, told = await peer.post("me/messages", to("comment_id", first["comment_id"]))
    assert (status, told["recipient_id"]) == (200, ana.psid)
    ana.hears("Salamat!")
    assert refusal(await peer.post("me/messages", to("comment_id", first["comment_id"]))) == (400, 100, 2534025)
    assert refusal(await peer.send(ana.psid, {"text": "and more"})) == (400, 100, 2018001)
    emulator.time.advance(days=7)
    assert refusal(await peer.post("me/messages", to("comment_id", second["comment_id"]))) == (400, 100, 2534025)


async def test_a_one_time_token_is_good_for_one_message_after_the_window(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    await ana.says("hi", answered=False)
    await ana.wants_notice("STOCK:7")
    (item,) = peer.items("optin")
    token = as_object(item["optin"])["one_time_notif_token"]
    emulator.time.advance(days=30)
    assert refusal(await peer.send(ana.psid, {"text": "x"}))[1] == 10
    assert (await peer.post("me/messages", to("one_time_notif_token", token)))[0] == 200
    assert refusal(await peer.post("me/messages", to("one_time_notif_token", token)))[1] == 100


async def test_a_checkbox_is_answered_without_learning_who_ticked_it(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    await ana.ticks_checkbox("newsletter")
    (item,) = peer.items("optin")
    optin = as_object(item["optin"])
    assert "sender" not in item
    assert optin["ref"] == "newsletter"
    status, told = await peer.post("me/messages", to("user_ref", optin["user_ref"]))
    assert status == 200
    assert list(told) == ["message_id"]
    ana.hears("Salamat!")


async def test_while_another_app_holds_the_conversation_the_bot_only_listens(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    await ana.says("hi", answered=False)
    inbox: Json = {"recipient": {"id": ana.psid}, "target_app_id": "263902037430900"}
    await peer.post("me/pass_thread_control", inbox)
    assert refusal(await peer.send(ana.psid, {"text": "x"})) == (403, 10, 2018300)
    await ana.says("is anybody there?", answered=False)
    assert [text_of(item) for item in peer.standby()] == ["is anybody there?"]
    await peer.post("me/take_thread_control", {"recipient": {"id": ana.psid}})
    assert (await peer.send(ana.psid, {"text": "x"}))[0] == 200


@pytest.mark.parametrize("way", ["comment_id", "one_time_notif_token", "user_ref", "post_id"])
async def test_a_ticket_that_was_never_given_reaches_nobody(peer: Peer, emulator: Emulator, way: str) -> None:
    expected = 2534025 if way == "comment_id" else 2018001
    assert refusal(await peer.post("me/messages", to(way, "123"))) == (400, 100, expected)
