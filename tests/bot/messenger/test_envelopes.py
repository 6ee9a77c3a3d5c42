"""What stands around a message, and whatever else may be posted to Graph."""

import pytest

from bot.messenger.checks import check_send
from tests.bot.messenger.sendable import send, text
from tests.support.workers.rows import rows


@pytest.mark.parametrize(
    "body",
    [
        send(text(), messaging_type="UPDATE"),
        send(text(), messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT"),
        send({"template": {"name": "order_shipped", "language": {"code": "en"}}}, messaging_type="UTILITY"),
        send(text(), notification_type="NO_PUSH", persona_id="5", reply_to={"mid": "m"}),
        send(text(), thread_control={"control_type": "pass", "app_id": "1"}),
        send(text(), recipient={"comment_id": "1_2"}),
        send(text(), recipient={"id": 1}),
        {"recipient": {"id": "7"}, "sender_action": "typing_on"},
        {"recipient": {"id": "7"}, "sender_action": "react", "payload": {"message_id": "m", "reaction": "😍"}},
        {"recipient": {"id": "7"}, "sender_action": "unreact", "payload": {"message_id": "m"}},
    ],
)
def test_envelopes_that_messenger_takes(body: dict[str, object]) -> None:
    assert check_send(body) is None


@rows(
    "body",
    [
        {},
        {"recipient": {"id": "7"}},
        send("hi"),
        send(text(), recipient=None),
        send(text(), recipient={}),
        send(text(), recipient={"id": ""}),
        send(text(), recipient={"id": True}),
        send(text(), recipient={"id": "7", "user_ref": "8"}),
        send(text(), messaging_type=None),
        send(text(), messaging_type="REPLY"),
        send(text(), messaging_type=["RESPONSE"]),
        send(text(), messaging_type="MESSAGE_TAG"),
        *[
            send(text(), messaging_type="MESSAGE_TAG", tag=tag)
            for tag in ("CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", "SHIPPING_UPDATE", "", [1])
        ],
        send(text(), tag="HUMAN_AGENT"),
        send(text(), messaging_type="UTILITY"),
        send({"template": {"name": "order_shipped", "language": {"code": "en"}}}),
        send({"template": {"name": "order_shipped"}}, messaging_type="UTILITY"),
        send(text(), notification_type="LOUD"),
        send(text(), notification_type=["REGULAR"]),
        send(text(), persona_id=None),
        send(text(), reply_to="m"),
        send(text(), thread_control={"control_type": "take"}),
        {"recipient": {"id": "7"}, "sender_action": "dance"},
        {"recipient": {"id": "7"}, "sender_action": ["typing_on"]},
        {"recipient": {"id": "7"}, "sender_action": "react", "payload": {"message_id": "m"}},
    ],
)
def test_envelopes_that_messenger_refuses(body: dict[str, object]) -> None:
    fault = check_send(body)
    assert fault is not None
    assert fault.code == 100


def test_a_message_with_an_action_has_its_own_subcode() -> None:
    fault = check_send(send(text(), sender_action="typing_on"))
    assert fault is not None
    assert (fault.code, fault.subcode) == (100, 2018014)
    assert fault.body("A1b2")["error"] == {
        "message": "(#100) Sender action can't be sent together with a message",
        "type": "OAuthException",
        "code": 100,
        "error_subcode": 2018014,
        "fbtrace_id": "A1b2",
    }


def test_a_file_may_come_beside_the_message() -> None:
    body = send({"attachment": {"type": "image", "payload": {}}})
    assert check_send(body) is not None
    assert check_send(body, has_file=True) is None
