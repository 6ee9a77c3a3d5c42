"""A shopper who is driven by code reads like a chat."""

import msgspec
import pytest

from bot.workshop.emulator import ChatFailed, Emulator, Shopper
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.people import Refused
from tests.bot.workshop.emulator.conftest import done
from tests.bot.workshop.emulator.peer import Peer, text_of
from tests.support.waiting import PATIENCE


def card(title: str, *buttons: Json) -> Json:
    element: Json = {"title": title, "subtitle": "₱120.00", "buttons": list(buttons)}
    return {"attachment": {"type": "template", "payload": {"template_type": "generic", "elements": [element]}}}


def button(title: str, payload: str) -> Json:
    return {"type": "postback", "title": title, "payload": payload}


def quick(title: str, payload: str) -> Json:
    return {"content_type": "text", "title": title, "payload": payload}


def mug_shop(item: Json) -> list[Json]:
    """A shop with one mug."""
    words = text_of(item)
    if words == "mug":
        return [card("Blue mug", button("Add to cart", "ADD:7"))]
    if words == "ADD:7":
        return [{"text": "1 item, ₱120.00", "quick_replies": [quick("Check out", "BUY"), quick("Menu", "MENU")]}]
    if words == "BUY":
        return [{"text": "Thank you!"}]
    return []


async def test_a_shopper_buys_a_mug(peer: Peer, ana: Shopper) -> None:
    peer.script = mug_shop
    await ana.says("mug")
    ana.sees_cards("Blue mug")
    ana.sees_buttons("Add to cart")
    await ana.taps("Add to cart")
    ana.hears("1 item, ₱120.00")
    await ana.taps("Check out")
    ana.hears("Thank you!")
    ana.hears_no("1 item")
    assert [text_of(item) for item in peer.items("message")] == ["mug", "BUY"]
    assert [text_of(item) for item in peer.items("postback")] == ["ADD:7"]


async def test_quick_replies_are_gone_after_the_next_message_but_buttons_stay(peer: Peer, ana: Shopper) -> None:
    peer.script = mug_shop
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("hm", answered=False)
    with pytest.raises(ChatFailed, match=r"cannot tap 'Check out'\. On the screen: 'Add to cart'"):
        await ana.taps("Check out")
    await ana.taps("Add to cart")
    ana.hears("1 item")


async def test_what_facebook_refused_nobody_has_seen_and_quick_replies_stay(peer: Peer, ana: Shopper) -> None:
    peer.script = mug_shop
    await ana.says("mug")
    await ana.taps("Add to cart")
    ana.person.chat.append(Refused(number=9, at=0, code=2, subcode=0, reason="temporary", body=msgspec.Raw(b"{}")))
    await ana.taps("Check out")
    ana.hears("Thank you!")


async def test_a_wrong_expectation_tells_the_whole_story(peer: Peer, ana: Shopper) -> None:
    peer.script = mug_shop
    await ana.says("mug")
    with pytest.raises(ChatFailed) as failed:
        ana.hears("2 items")
    assert "Ana did not hear '2 items'" in str(failed.value)
    assert "Ana said 'mug'" in str(failed.value)
    assert "bot: Blue mug" in str(failed.value)
    assert "bot: [Add to cart]" in str(failed.value)


async def test_silence_fails_after_the_timeout_and_says_so(emulator: Emulator, peer: Peer) -> None:
    ben = Shopper(emulator, "Ben Reyes", timeout=0.1)
    with pytest.raises(ChatFailed, match=r"not finished after 0.1 s.*\n.*Ben said 'hello'"):
        await ben.says("hello")


async def test_with_an_idle_hook_silence_is_an_answer(emulator: Emulator, peer: Peer) -> None:
    asked = 0

    async def idle() -> None:
        nonlocal asked
        asked += 1

    ben = Shopper(emulator, "Ben Reyes", timeout=PATIENCE, idle=idle)
    await ben.says("hello")
    ben.hears_nothing()
    assert asked >= 1


async def test_with_an_idle_hook_a_turn_ends_when_all_echoes_have_arrived(emulator: Emulator, peer: Peer) -> None:
    async def idle() -> None:
        return None

    peer.script = mug_shop
    ben = Shopper(emulator, "Ben Reyes", timeout=PATIENCE, idle=idle)
    await ben.says("mug")
    ben.sees_cards("Blue mug")
    assert len(peer.items("echo")) == len(peer.items("delivery")) == 1


async def test_a_refused_webhook_fails_with_what_the_bot_answered(peer: Peer, ana: Shopper) -> None:
    peer.status = 503
    with pytest.raises(ChatFailed, match=r"answered the webhook with 503 'EVENT_RECEIVED', 3 times"):
        await ana.says("mug")


async def test_several_messages_in_a_row_arrive_in_order(peer: Peer, ana: Shopper) -> None:
    peer.script = lambda item: [{"text": f"you said {text_of(item)}"}]
    await ana.says("one", "two", "three")
    assert ana.heard == ("you said one", "you said two", "you said three")


async def test_without_a_bot_the_shopper_says_what_is_missing(emulator: Emulator, ana: Shopper) -> None:
    with pytest.raises(ChatFailed, match="webhook_url is not set"):
        await ana.says("hello")


async def test_two_shoppers_do_not_hear_each_other(emulator: Emulator, peer: Peer, ana: Shopper) -> None:
    ben = Shopper(emulator, "Ben Reyes", idle=done, timeout=PATIENCE)
    peer.script = mug_shop
    await ana.says("mug")
    await ben.says("hello", answered=False)
    ben.hears_nothing()
    ana.sees_cards("Blue mug")


async def test_a_picture_can_be_fetched_by_the_bot(peer: Peer, ana: Shopper) -> None:
    peer.script = lambda item: [{"text": "Nice picture"}]
    await ana.sends_picture(b"\x89PNG\r\n\x1a\nnot much of a picture", text="look")
    ana.hears("Nice picture")
    (item,) = peer.items("message")
    message = item["message"]
    assert isinstance(message, dict)
    assert message["text"] == "look"
    (attachment,) = message["attachments"]
    assert attachment["type"] == "image"
    status, content_type, content = await peer.fetch(attachment["payload"]["url"])
    assert (status, content_type) == (200, "image/png")
    assert content.startswith(b"\x89PNG")


async def test_stickers_reactions_links_and_reads_are_events_of_their_own(peer: Peer, ana: Shopper) -> None:
    peer.script = mug_shop
    await ana.says("mug")
    await ana.likes(answered=False)
    await ana.reacts()
    await ana.follows_link("summer-sale", answered=False)
    await ana.reads()
    sticker = peer.items("message")[-1]["message"]
    assert isinstance(sticker, dict)
    assert sticker["attachments"][0]["payload"]["sticker_id"] == 369239263222822
    (reaction,) = peer.items("reaction")
    assert reaction["reaction"] == {
        "reaction": "love",
        "emoji": "❤",
        "action": "react",
        "mid": ana.person.sent[-1].mid,
    }
    (referral,) = peer.items("referral")
    assert referral["referral"] == {"ref": "summer-sale", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    assert len(peer.items("read")) == 1
