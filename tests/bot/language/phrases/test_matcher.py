"""Which of a merchant's replies a text is for."""

import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest

from bot.language.phrases.matcher import Matcher
from bot.language.phrases.taught import Taught
from tests.support.workers.rows import rows

NOON = 12 * 60
TraceFunction = Callable[[FrameType, str, Any], Any]
TRACKING = Taught(
    id=1,
    phrases=("where is my parcel", "my order has not arrived", "when will my package come", "status of my order"),
)
RETURNS = Taught(
    id=2,
    phrases=("i want to return it", "can i send this back", "it does not fit, can i swap it", "refund my money"),
)
HOURS = Taught(id=3, phrases=("hours",))
ORAS = Taught(id=4, phrases=("oras",), language="fil")
HELLO = Taught(id=5, phrases=("Hello", "hi", "heart ❤️"), rule="exact")
WIFI = Taught(id=6, phrases=("wifi",), rule="contains")
NIGHT = Taught(id=7, phrases=("open now",), opens=22 * 60, closes=6 * 60)
RESTOCK = Taught(id=8, phrases=("pwede ibalik",), language="fil")
MATCHER = Matcher((TRACKING, RETURNS, HOURS, ORAS, HELLO, WIFI, NIGHT, RESTOCK))


@rows(
    ("text", "reply", "how"),
    [
        ("HELLO!", HELLO, "same"),
        ("Héart ❤", HELLO, "same"),
        ("my order has not arrived...", TRACKING, "same"),
        ("what are your hours?", HOURS, "stands"),
        ("freewifipls", WIFI, "stands"),
        ("Pwede po bang ibalik?", RESTOCK, "stands"),
        ("my parcell has still not arrived", TRACKING, "like"),
        ("can i swap, it doesnt fit", RETURNS, "like"),
        ("whn will my pckage com", TRACKING, "like"),
        ("hello there", None, ""),
        ("do you have a blue mug", None, ""),
        ("hourglass", None, ""),
        ("", None, ""),
        ("👍", None, ""),
        ("x" * 20_000, None, ""),
    ],
)
def test_the_reply_that_a_text_is_for(text: str, reply: Taught | None, how: str) -> None:
    found = MATCHER.best(text, language="en", minute=NOON)
    assert (found.reply if found else None, found.how if found else "") == (reply, how)


def test_what_may_have_been_meant() -> None:
    near = MATCHER.near("the order, my money", language="en", minute=NOON)
    assert {one.reply for one in near} <= {TRACKING, RETURNS}
    assert near
    assert not MATCHER.near("blue mug", language="en", minute=NOON)


def test_a_meaning_is_found_in_whatever_words() -> None:
    found = MATCHER.closest("anong schedule nyo", language="fil", minute=NOON)
    assert found is not None
    assert found.reply == ORAS
    assert MATCHER.closest("blue mug", language="en", minute=NOON) is None


def test_a_meaning_that_phrases_speak_against_is_not_believed() -> None:
    """Both have several phrases: what they are like counts more than one word that means something."""
    ship = Taught(id=1, phrases=("shipping", "do you ship to the province", "delivery fee please"))
    late = Taught(id=2, phrases=("the courier lost my box", "my box was lost on the way", "lost by the courier"))
    text = "they were shipping it and lost my box on the way"
    alone = Matcher((ship,)).closest(text, language="en", minute=NOON)
    assert (alone.reply.id, alone.how) == (ship.id, "means") if alone else False
    both = Matcher((ship, late)).closest(text, language="en", minute=NOON)
    assert both is None or both.reply.id == late.id


@pytest.mark.parametrize(("hour", "answers"), [(21, False), (22, True), (2, True), (6, False), (12, False)])
def test_a_reply_answers_at_its_hours(hour: int, answers: bool) -> None:
    assert NIGHT.answers_at(hour * 60) is answers
    assert (MATCHER.best("are you open now", language="en", minute=hour * 60) is not None) is answers


def test_the_shoppers_language_comes_first_then_the_higher_priority() -> None:
    english, filipino = Taught(id=1, phrases=("cod",)), Taught(id=2, phrases=("cod",), language="fil")
    higher = Taught(id=3, phrases=("cod",), priority=5)
    matcher = Matcher((english, filipino, higher))
    for language, reply in (("en", higher), ("fil", filipino)):
        found = matcher.best("cod?", language=language, minute=NOON)
        assert found is not None
        assert found.reply == reply


def test_a_text_that_is_surely_for_another_reply_overrules_a_word_that_stands_in_it() -> None:
    order = Taught(id=1, phrases=("order", "buy", "how do i purchase something"))
    matcher = Matcher((order, Taught(id=2, phrases=TRACKING.phrases), Taught(id=3, phrases=("x",))))
    found = matcher.best("my order has not come, where is it? it has still not arrived", language="en", minute=NOON)
    assert found is not None
    assert (found.reply.id, found.how) == (2, "like")


def test_the_same_is_learned_whenever_it_is_learned() -> None:
    text = "my parcell has still not arrived"
    again = Matcher((TRACKING, RETURNS, HOURS, ORAS, HELLO, WIFI, NIGHT, RESTOCK))
    assert again.likely(text, language="en", minute=NOON) == MATCHER.likely(text, language="en", minute=NOON)


def test_no_replies_answer_nothing() -> None:
    empty = Matcher(())
    assert empty.best("hello", language="en", minute=0) is None
    assert empty.closest("refund", language="en", minute=0) is None
    assert empty.near("hello", language="en", minute=0) == ()


def test_what_is_new_is_learned_at_once_beside_what_was_learned_before() -> None:
    more = Taught(id=TRACKING.id, phrases=(*TRACKING.phrases, "has the courier picked up my box"))
    parking = Taught(id=9, phrases=("is there parking", "where do i leave my car", "can i park my motorbike there"))
    grown = Matcher((more, HOURS, parking), before=MATCHER)
    for text, reply in (
        ("did the courier pick up my box", more),
        ("where can i park my car", parking),
        ("my parcel has still not arrived", more),
    ):
        found = grown.best(text, language="en", minute=NOON)
        assert (found.reply if found else None, found.how if found else "") == (reply, "like")
    assert grown.best("can i swap, it doesnt fit", language="en", minute=NOON) is None, "that reply is gone"
    kept = MATCHER.likely("did the courier pick up my box", language="en", minute=NOON)
    assert all(one.id != parking.id for one in kept), "what was learned before stays as it is"


def test_others_have_their_turn_after_every_phrase() -> None:
    rests: list[None] = []
    Matcher((TRACKING, RETURNS), rest=lambda: rests.append(None))
    assert len(rests) >= 2 * len(TRACKING.phrases + RETURNS.phrases)


def test_learning_holds_nobody_for_long_however_many_phrases_there_are() -> None:
    """What is done between two rests is the same for 40 replies as for 160: counted in lines, not in time."""
    most = [_most_lines_between_rests(replies) for replies in (40, 160)]
    assert most[1] <= max(1.2 * most[0], 3_000)


def _most_lines_between_rests(replies: int) -> int:
    lines = most = 0

    def count(frame: FrameType, event: str, _: object) -> TraceFunction:
        nonlocal lines
        lines += event == "line"
        return count

    def rest() -> None:
        nonlocal lines, most
        most, lines = max(most, lines), 0

    words = ("parcel", "refund", "size", "color", "courier", "payment", "branch", "voucher", "receipt", "warranty")
    taught = [
        Taught(id=at, phrases=tuple(f"{one} of {two} number {at} please" for one, two in pairwise(words)))
        for at in range(replies)
    ]
    before = sys.gettrace()
    sys.settrace(count)
    try:
        Matcher(taught, rest=rest)
        rest()
    finally:
        sys.settrace(before)
    return most
