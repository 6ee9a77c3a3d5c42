"""What the doctor says of automations that answer beside the bot."""

from datetime import UTC, datetime

from handlers.doctor.voices import judge_voices
from handlers.inbound.others import PAGE_INBOX
from repository.chats.automations import Automation

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_nobody_else_is_well() -> None:
    (look,) = judge_voices([])
    assert look.light == "good"


def test_each_is_quoted_with_where_to_switch_it_off() -> None:
    away = Automation(PAGE_INBOX, "Thanks for your message! We will answer within a day, dear shopper.", 1, 4, NOON)
    bot = Automation("4711", "", 5, 0, NOON)
    first, second = judge_voices([away, bot])
    assert "“Thanks for your message!" in first.found
    assert "Meta Business Suite" in first.what_to_do
    assert "a picture" in second.found
    assert "4711" in second.what_to_do
