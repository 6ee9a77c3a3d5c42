"""What the bot gets: signed, escaped as Facebook does it, in order, again after a failure."""

import re

import msgspec
import pytest

from bot.workshop.emulator import Emulator, Shopper, events
from bot.workshop.emulator.answers import Json
from tests.bot.workshop.emulator.conftest import done
from tests.bot.workshop.emulator.peer import Peer, kind_of, text_of
from tests.bot.workshop.emulator.tiny_shop import quick
from tests.support.waiting import PATIENCE


async def test_an_echo_then_a_delivery_then_a_read_follow_each_send(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    peer.script = lambda item: [{"text": "one", "metadata": "m-1"}, {"text": "two"}] if text_of(item) == "hi" else []
    ana.person.looking = True
    await ana.says("hi")
    about = [(kind_of(item), text_of(item)) for item in peer.items()]
    assert about[0] == ("message", "hi")
    assert [kind for kind, _ in about if kind != "read"] == ["message", "echo", "delivery", "echo", "delivery"]
    reads = [item["read"] for item in peer.items("read")]
    assert isinstance(reads[-1], dict)
    assert reads[-1]["watermark"] >= emulator.sent(ana.psid)[-1].at


async def test_an_echo_names_the_app_the_mid_and_our_metadata(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    peer.script = lambda item: [{"text": "yes", "metadata": "turn-7"}]
    await ana.says("hi")
    (item,) = peer.items("echo")
    assert item["sender"] == {"id": emulator.app.page_id}
    assert item["recipient"] == {"id": ana.psid}
    assert item["message"] == {
        "mid": emulator.sent(ana.psid)[0].mid,
        "is_echo": True,
        "app_id": int(emulator.app.app_id),
        "text": "yes",
        "metadata": "turn-7",
    }
    (delivery,) = peer.items("delivery")
    sent = emulator.sent(ana.psid)[0]
    assert delivery["delivery"] == {"mids": [sent.mid], "watermark": sent.at}


async def test_each_receipt_can_be_switched_off(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    peer.script = lambda item: [{"text": "yes"}]
    emulator.receipts.echoes = False
    await ana.says("hi")
    emulator.receipts.deliveries = False
    await ana.says("hi")
    emulator.receipts.echoes = True
    await ana.says("hi")
    assert (len(peer.items("echo")), len(peer.items("delivery"))) == (1, 1)


async def test_receipts_can_come_together_in_one_post(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    peer.script = lambda item: [{"text": "one"}, {"text": "two"}]
    emulator.courier.most = 10
    await ana.says("hi")
    await emulator.courier.idle()
    assert [len(heard.items) for heard in peer.heard] == [1, 4]


@pytest.mark.parametrize("text", ["ñandú ₱5 😀", "a/b <i> 100% @you", 'quote " and \\ and \n', "\x00\x7f\u2028"])
async def test_bodies_are_escaped_as_facebook_escapes_them(
    peer: Peer, emulator: Emulator, ana: Shopper, text: str
) -> None:
    await ana.says(text, answered=False)
    (heard,) = peer.heard
    assert heard.signed
    assert heard.body.isascii()
    assert not re.search(rb"(?<!\\)/|[<%@]", heard.body)
    assert text_of(heard.items[0]) == text
    emulator.courier.escaped = False
    await ana.says(text, answered=False)
    plain = peer.heard[-1]
    assert plain.signed
    assert plain.body.isascii() == text.isascii()
    assert text_of(plain.items[0]) == text


def test_the_escapes_are_spelled_as_in_real_captures() -> None:
    body = events.body_of({"text": "é/<%@😀"})
    assert body == b'{"text":"\\u00e9\\/\\u003C\\u0025\\u0040\\ud83d\\ude00"}'
    assert msgspec.json.decode(body) == {"text": "é/<%@😀"}


async def test_what_was_not_taken_comes_again_before_what_is_later(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    peer.status = 503
    emulator.courier.pauses = (0.01, 0.02, 0.05, 0.1, 0.2)
    first = emulator.courier.send(ana.psid, "message", _typed(emulator, ana, "one"))
    second = emulator.courier.send(ana.psid, "message", _typed(emulator, ana, "two"))
    assert first
    assert second
    while len(peer.heard) < 3:
        await emulator.courier.outcome()
    peer.status = 200
    await emulator.courier.idle()
    texts = [text_of(heard.items[0]) for heard in peer.heard]
    assert texts[:3] == ["one", "one", "one"]
    assert texts[-2:] == ["one", "two"]
    outcomes = [(outcome.status, outcome.attempt) for outcome in emulator.courier.outcomes]
    assert outcomes[:3] == [(503, 1), (503, 2), (503, 3)]
    assert outcomes[-1] == (200, 1)
    assert emulator.courier.lost == 0


async def test_after_the_last_try_an_event_is_lost_and_counted(peer: Peer, emulator: Emulator, ana: Shopper) -> None:
    peer.status = 500
    await emulator.courier.bring(ana.psid, "message", _typed(emulator, ana, "one"))
    assert len(peer.heard) == 3
    assert emulator.courier.lost == 1


async def test_a_bot_that_is_down_is_recorded_not_raised(emulator: Emulator, ana: Shopper) -> None:
    emulator.webhook_url = "http://127.0.0.1:9/webhook"
    delivery = await emulator.courier.bring(ana.psid, "message", _typed(emulator, ana, "one"))
    assert delivery
    assert (delivery.status, delivery.attempt) == (0, 3)
    assert "Connect" in delivery.answer


async def test_shoppers_do_not_wait_for_each_other(emulator: Emulator, peer: Peer, ana: Shopper) -> None:
    ben = Shopper(emulator, "Ben Reyes", idle=done, timeout=PATIENCE)
    emulator.faults.arm("one_batch", psid=ana.psid, seconds=1.0)
    slow = emulator.courier.send(ana.psid, "message", _typed(emulator, ana, "slow"))
    assert slow
    await ben.says("quick", answered=False)
    assert [text_of(item) for item in peer.items("message")] == ["quick"]
    await emulator.courier.idle()
    assert [text_of(item) for item in peer.items("message")] == ["quick", "slow"]


async def test_a_quick_reply_is_a_message_and_a_button_is_a_postback(peer: Peer, ana: Shopper) -> None:
    peer.script = lambda item: [{"text": "?", "quick_replies": [quick("Yes", "YES")]}] if text_of(item) == "hi" else []
    await ana.says("hi")
    await ana.taps("Yes", answered=False)
    message = peer.items("message")[-1]["message"]
    assert isinstance(message, dict)
    assert (message["text"], message["quick_reply"]) == ("Yes", {"payload": "YES"})


async def test_get_started_carries_the_profiles_payload_and_the_ref(peer: Peer, ana: Shopper) -> None:
    assert (await peer.post("me/messenger_profile", {"get_started": {"payload": "BEGIN"}}))[0] == 200
    await ana.opens_chat(ref="flyer", answered=False)
    (item,) = peer.items("postback")
    postback = item["postback"]
    assert isinstance(postback, dict)
    assert (postback["title"], postback["payload"]) == ("Get Started", "BEGIN")
    assert postback["referral"] == {"ref": "flyer", "source": "SHORTLINK", "type": "OPEN_THREAD"}


def _typed(emulator: Emulator, ana: Shopper, text: str) -> Json:
    message: Json = {"mid": emulator.facebook.new_mid(), "text": text}
    return events.from_shopper(ana.psid, emulator.app.page_id, emulator.time.now_ms(), "message", message)


async def test_what_is_told_of_a_message_can_travel_with_what_the_shopper_does_next(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    peer.script = lambda item: [{"text": "yes"}] if text_of(item) else []
    emulator.courier.most = 10
    emulator.courier.company.patience = 600.0
    await ana.says("hi")
    posted = emulator.courier.posted
    assert [kind_of(item) for item in peer.items()] == ["message"]
    await ana.says("and?")
    assert emulator.courier.posted == posted + 1
    assert [kind_of(item) for item in peer.items()] == ["message", "echo", "message"]
    emulator.courier.company.release()
    await emulator.courier.idle()
    assert [kind_of(item) for item in peer.items()[3:]] == ["echo", "delivery"], "one tells of both messages"
    (told,) = (item["delivery"] for item in peer.items("delivery"))
    assert isinstance(told, dict)
    assert told["watermark"] >= emulator.sent(ana.psid)[-1].at, "up to the newest of them"


async def test_while_something_is_to_go_wrong_nothing_waits_for_company(
    peer: Peer, emulator: Emulator, ana: Shopper
) -> None:
    peer.script = lambda item: [{"text": "yes"}] if text_of(item) else []
    emulator.courier.company.patience = 600.0
    emulator.faults.arm("window_closed", times=5, psid="somebody else")
    await ana.says("hi")
    assert [kind_of(item) for item in peer.items()] == ["message", "echo", "delivery"]
