"""Who wants a person: in any words, and what they are told of when one is there."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.showing.calling import presence
from repository.aftersales import calling
from repository.catalogue import search
from repository.rules import Rules
from tests.dialogs.stock import SHOP, a_page
from tests.support.chat import RULES, Chat, a_turn
from tests.support.workers.rows import rows

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
WEEK = ("0", "1", "2", "3", "4")


def rules(**changes: object) -> Rules:
    """The shop's rules with people who answer from nine to six, Monday to Friday."""
    known = {"people_from": 9, "people_until": 18, "people_days": WEEK}
    return Rules(**{**known, **changes})  # type: ignore[arg-type]  # each test gives fitting ones


@rows(
    "text",
    [
        "talk to a person", "can I speak to someone", "is there a real person here?", "human please", "stop the bot",
        "live agent please", "let me talk to your manager", "are you a bot? I want a human", "customer support",
        "may tao po ba dyan", "may tao ba jan?", "pwede makausap ang tao", "gusto ko makausap ang may ari",
        "admin please", "ayoko sa bot", "ayaw ko ng bot", "gusto ko ng totoong tao", "may sasagot ba dito",
        "pakausap po sa seller", "pa connect po sa representative", "pwede po bang makausap ang seller",
        "hello sir may tao ba?",
    ],
)  # fmt: skip
def test_a_person_is_asked_for_in_any_words(text: str) -> None:
    chat = Chat(SHOP).says(text)
    assert chat.asked(calling.call)["why"] == "asked"


@pytest.mark.parametrize(
    ("now", "there", "clock", "days", "weekday"),
    [
        (MONDAY + timedelta(hours=9), "yes", "6 PM", 0, 0),
        (MONDAY + timedelta(hours=17, minutes=59), "yes", "6 PM", 0, 0),
        (MONDAY + timedelta(hours=3), "no", "9 AM", 0, 0),
        (MONDAY + timedelta(hours=18), "no", "9 AM", 1, 1),
        (MONDAY + timedelta(days=4, hours=20), "no", "9 AM", 3, 0),
        (MONDAY + timedelta(days=5, hours=10), "no", "9 AM", 2, 0),
    ],
)
def test_whether_somebody_is_there(now: datetime, there: str, clock: str, days: int, weekday: int) -> None:
    said = presence(rules(), now)
    assert (said.there, said.clock, said.days, said.weekday) == (there, clock, days, weekday)


def test_one_day_a_week_and_hours_that_nobody_set() -> None:
    assert presence(rules(people_days=("0",)), MONDAY + timedelta(hours=19)).days == 7
    assert presence(rules(people_from=0, people_until=24), MONDAY).clock == "12 AM"
    assert presence(rules(people_until=0), MONDAY).there == presence(rules(people_days=()), MONDAY).there == ""
    assert presence(RULES, a_turn().now).there == ""


def test_being_lost_three_times_calls_a_person() -> None:
    lost = {**SHOP, calling.is_lost: True, search.search: a_page(title="x")}
    chat = Chat(lost).says("qwertyuiop asdfghjkl zxcvbnm?").hears("I keep missing what you mean")
    assert chat.asked(calling.call)["why"] == "lost"
