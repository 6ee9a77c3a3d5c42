"""Nothing that a sender can put into a body upsets the decoder or takes the other items with it."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from timeit import repeat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.messenger.decode import NotAPage, NotJsonObject, decode_body
from bot.messenger.events import MAX_ID, MAX_MID, Event, TextMessage, Unknown, dump, load
from bot.messenger.readers import READERS
from tests.bot.messenger.bodies import OWN

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

KEYS = [
    *READERS,
    *("sender", "recipient", "timestamp", "message", "id", "mid", "text", "attachments", "payload", "quick_reply"),
    *("is_echo", "is_deleted", "is_unsupported", "app_id", "metadata", "reply_to", "commands", "sticker_id", "type"),
    *("coordinates", "lat", "long", "product", "products", "elements", "mids", "watermark", "num_edit", "quantity"),
    *("screens", "responses", "feedback_screens", "questions", "follow_up", "user_ref", "ref", "action", "title"),
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud83d", "\udc00\ud800", "\x00", "1e999", "9" * 40, "true", "0", 10**30, 1795492800000, -0.0])
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner),
    max_leaves=12,
)
items = st.dictionaries(st.sampled_from(KEYS), values, max_size=5) | values
entries = st.dictionaries(
    st.sampled_from(["id", "time", "messaging", "standby", "changes", "messaging_handovers", "other"]),
    st.lists(items | st.fixed_dictionaries({"field": values, "value": values}), max_size=3) | values,
)

GOOD = {
    "sender": {"id": "7"},
    "recipient": {"id": "2"},
    "timestamp": 1795492800000,
    "message": {"mid": "m", "text": "hi"},
}


def body_of(*some: object) -> bytes:
    return json.dumps({"object": "page", "entry": [{"id": "2", "messaging": list(some)}]}).encode()


def check(events: tuple[Event, ...]) -> None:
    for event in events:
        assert load(dump(event)) == event
        assert len(event.key) == 16
        assert event.sent_at.tzinfo is not None
        assert max(len(event.page_id), len(event.psid)) <= MAX_ID
        assert len(getattr(event, "mid", "")) <= MAX_MID
        assert not (event.is_turn and (event.standby or not event.psid))
        if isinstance(event, Unknown):
            json.loads(event.item)


@given(st.lists(entries | values, max_size=3))
@settings(max_examples=400)
def test_any_entries_become_events(some: list[object]) -> None:
    check(decode_body(json.dumps({"object": "page", "entry": some}).encode(), NOW))


@given(items)
@settings(max_examples=400)
@example({"message": {"mid": ["m"], "text": {}}, "sender": [1]})
@example({"timestamp": float("nan"), "message": {"mid": float("inf")}})
def test_a_bad_item_never_takes_the_next_one_with_it(bad: object) -> None:
    events = decode_body(body_of(bad, GOOD, bad), NOW)
    check(events)
    assert (
        TextMessage(page_id="2", psid="7", sent_at=datetime(2026, 11, 24, 4, tzinfo=UTC), mid="m", text="hi") in events
    )
    assert len(events) >= 3


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_refused_or_decoded(body: bytes) -> None:
    with suppress(NotJsonObject, NotAPage):
        check(decode_body(body, NOW))


@given(st.sampled_from(sorted(OWN)), st.integers(0, 400), st.binary(max_size=4), st.integers(0, 6))
@settings(max_examples=400)
def test_a_damaged_body_is_refused_or_decoded(name: str, at: int, junk: bytes, cut: int) -> None:
    body = OWN[name]
    with suppress(NotJsonObject, NotAPage):
        check(decode_body(body[:at] + junk + body[at + cut :], NOW))


@pytest.mark.parametrize(
    ("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}"), (b'{"":[', b"]}"), (b'[{"x":"]\\"","y":', b"}]")]
)
def test_absurd_nesting_costs_only_what_is_nested(opening: bytes, closing: bytes) -> None:
    nested = opening * 20_000 + b"1" + closing * 20_000
    body = body_of({**GOOD, "message": {"mid": "deep", "text": "hi", "nlp": "NESTED"}}, "NESTED", GOOD)
    events = decode_body(body.replace(b'"NESTED"', nested), NOW)
    check(events)
    assert [type(event) for event in events] == [TextMessage, Unknown, TextMessage]


def test_brackets_inside_strings_are_no_nesting() -> None:
    text = '[[[{{{ \\" ]]] ' * 30
    body = body_of(GOOD | {"message": {"mid": "m", "text": text}}, "NESTED")
    first, second = decode_body(body.replace(b'"NESTED"', b"[" * 9_000 + b"]" * 9_000), NOW)
    assert isinstance(first, TextMessage)
    assert first.text == text
    assert isinstance(second, Unknown)


def test_of_duplicate_keys_the_last_counts() -> None:
    body = body_of(GOOD).replace(b'"text": "hi"', b'"text": "first", "text": "last"')
    (event,) = decode_body(body, NOW)
    assert isinstance(event, TextMessage)
    assert event.text == "last"


@pytest.mark.parametrize("number", [b"1" * 5_000, b"-" + b"9" * 400, b"1e999", b"1E-999", b"NaN", b"-Infinity"])
def test_absurd_numbers_count_as_missing(number: bytes) -> None:
    body = body_of(GOOD | {"timestamp": "NUMBER"}, {"sender": {"id": "7"}, "odd": "NUMBER"})
    first, second = decode_body(body.replace(b'"NUMBER"', number), NOW)
    check((first, second))
    assert isinstance(first, TextMessage)
    assert (first.sent_at, first.undated) == (NOW, True)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"\ud83d", "\ufffd"),
        (rb"\uDE0D", "\ufffd"),
        (rb"\ud83d\ud83d\ude0d", "\ufffd😍"),
        (rb"\ude0d\ud83d", "\ufffd\ufffd"),
        (rb"\ud83dA", "\ufffdA"),
        (rb"\ud83d\u0041", "\ufffdA"),
        (rb"\\ud83d", r"\ud83d"),
        (rb"\\\ud83d", "\\\ufffd"),
        (rb"\u0000", "\x00"),
    ],
)
def test_half_emoji_are_replaced(written: bytes, read: str) -> None:
    (event,) = decode_body(body_of(GOOD).replace(b'"hi"', b'"' + written + b'"'), NOW)
    assert isinstance(event, TextMessage)
    assert event.text == read
    check((event,))


def test_a_text_message_takes_little_longer_than_its_json() -> None:
    def fastest(work: Callable[[], object]) -> float:
        return min(repeat(work, number=200, repeat=15))  # whatever else the machine does only ever adds time

    # About twice as long, eight microseconds on a machine of 2025.
    assert fastest(lambda: decode_body(OWN["text"], NOW)) < 8 * fastest(lambda: json.loads(OWN["text"]))
