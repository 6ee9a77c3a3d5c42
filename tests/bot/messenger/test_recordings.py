"""Every recorded body is known for what it is: which kinds, whether the bot must react, whether the window opens."""

from datetime import UTC, datetime

import pytest

from bot.messenger.decode import NotAPage, decode_body
from bot.messenger.events import Event, Unknown
from tests.bot.messenger.bodies import OWN, collected
from tests.support.workers.rows import rows

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

TURN, VISIT = "turn", "visit"
BOTH = {TURN, VISIT}
NEITHER: set[str] = set()

EXPECTED: dict[str, list[tuple[str, set[str]]]] = {
    "account_linking": [("account_linking", NEITHER)],
    "app_roles": [("thread_control", NEITHER)],
    "audio": [("attachment_message", BOTH)],
    "batch_of_two_pages": [
        ("text_message", BOTH),
        ("delivery", NEITHER),
        ("text_message", BOTH),
        ("text_message", BOTH),
    ],
    "batch_with_bad_items": [
        *[("unknown", NEITHER)] * 6,
        ("text_message", BOTH),
        ("unknown", NEITHER),
        ("unsupported", BOTH),
        ("unknown", NEITHER),
    ],
    "comment": [("comment", NEITHER)],
    "customer_information": [("customer_information", BOTH)],
    "dashboard_test": [("dashboard_test", NEITHER)],
    "delivery": [("delivery", NEITHER)],
    "delivery_without_mids": [("delivery", NEITHER)],
    "echo": [("echo", NEITHER)],
    "echo_of_a_person": [("echo", NEITHER)],
    "echo_template": [("echo", NEITHER)],
    "edit": [("message_edit", {TURN})],
    "get_started_from_link": [("postback", BOTH)],
    "half_emoji": [("text_message", BOTH)],
    "images": [("attachment_message", BOTH)],
    "like_old_shape": [("attachment_message", BOTH)],
    "link_null_payload": [("attachment_message", BOTH)],
    "location_old_shape": [("attachment_message", BOTH)],
    "messaging_feedback": [("feedback", NEITHER)],
    "numbers_and_seconds": [("text_message", BOTH)],
    "optin": [("optin", BOTH)],
    "optin_checkbox": [("optin", NEITHER)],
    "optin_marketing": [("optin", NEITHER)],
    "optin_one_time": [("optin", NEITHER)],
    "pass_thread_control": [("thread_control", NEITHER)],
    "plain_utf8": [("text_message", BOTH)],
    "policy_enforcement": [("policy_enforcement", NEITHER)],
    "policy_enforcement_hyphen": [("policy_enforcement", NEITHER)],
    "postback": [("postback", BOTH)],
    "products": [("attachment_message", BOTH)],
    "quick_reply": [("quick_reply", BOTH)],
    "quick_reply_phone": [("quick_reply", BOTH)],
    "reaction": [("reaction", BOTH)],
    "read": [("read", NEITHER)],
    "reel": [("attachment_message", BOTH)],
    "referral": [("referral", BOTH)],
    "request_thread_control": [("thread_control", NEITHER)],
    "response_feedback": [("feedback", NEITHER)],
    "send_cart": [("send_cart", BOTH)],
    "standby_echo": [("echo", NEITHER)],
    "standby_postback": [("postback", {VISIT})],
    "standby_text": [("text_message", {VISIT})],
    "sticker": [("attachment_message", BOTH)],
    "take_thread_control": [("thread_control", NEITHER)],
    "template_status": [("page_change", NEITHER)],
    "text": [("text_message", BOTH)],
    "text_command": [("text_message", BOTH)],
    "text_from_ad": [("text_message", BOTH)],
    "text_from_shop_page": [("text_message", BOTH)],
    "text_reply": [("text_message", BOTH)],
    "text_with_extras": [("text_message", BOTH)],
    "text_with_link": [("text_message", BOTH)],
    "unknown_kind": [("unknown", NEITHER)],
    "unreaction": [("reaction", NEITHER)],
    "unsend": [("unsend", {TURN})],
    "unsupported": [("unsupported", BOTH)],
}


def tag(event: Event) -> str:
    name = type(event).__struct_config__.tag
    assert isinstance(name, str)
    return name


@rows("name", [name for name in OWN if name != "instagram"])
def test_each_recorded_body_is_known(name: str) -> None:
    events = decode_body(OWN[name], NOW)
    seen = [(tag(e), {word for word, is_so in ((TURN, e.is_turn), (VISIT, e.opens_window)) if is_so}) for e in events]
    assert seen == EXPECTED[name]


UNKNOWN_AMONG_COLLECTED = (
    "messaging-checkout-updates",
    "messaging-game-plays",
    "messaging-payments",
    "messaging-pre-checkouts",
    "standby__",
    "standby-messaging__",
    "unknown-event",
    "unknown_kind",
    "batch_with_bad_items",
)
NOT_PAGES = ("instagram", "malformed", "permissions-object")
SILENT = (
    "echo",
    "standby_",
    "standby-",
    "message-deliveries",
    "message-echoes",
    "message-reads",
    "feed",
    "dashboard",
    "policy",
    "messaging-handovers",
    "read",
    "del",
)


def test_every_collected_body_gets_its_answer() -> None:
    for name, body in collected().items():
        if name.startswith(NOT_PAGES):
            with pytest.raises(NotAPage):
                decode_body(body, NOW)
            continue
        events = decode_body(body, NOW)
        assert events, name
        assert any(isinstance(event, Unknown) for event in events) == name.startswith(UNKNOWN_AMONG_COLLECTED), name
        if name.startswith(SILENT) and name != "standby-messaging__botbuilder_PayloadWithStandby":
            assert not any(event.is_turn for event in events), name
        if name.startswith(("messages", "text")) and "is-deleted" not in name:
            assert [event.is_turn for event in events] == [True], name
