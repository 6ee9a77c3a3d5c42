"""Events are the same after being stored, and known by what Facebook's redeliveries share."""

from datetime import UTC, datetime, timedelta
from typing import get_args, get_origin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messenger.decode import decode_body
from bot.messenger.event import Event, dump
from bot.messenger.events import (
    AnyEvent,
    AttachmentMessage,
    Delivery,
    Echo,
    MessageEdit,
    Postback,
    QuickReply,
    Reaction,
    Read,
    TextMessage,
    Unknown,
    Unsend,
    Unsupported,
    load,
)
from bot.messenger.parts import Attachment
from tests.bot.messenger.bodies import OWN

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
ALL = [event for name, body in OWN.items() if name != "instagram" for event in decode_body(body, NOW)]

PLAIN: dict[object, st.SearchStrategy[object]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=20),
    bool: st.booleans(),
    int: st.integers(-(2**31), 2**31),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(timezones=st.just(UTC)),
    type(None): st.none(),
}


def anything_of(kind: object) -> st.SearchStrategy[object]:
    """Values of a type that events are made of."""
    if kind in PLAIN:
        return PLAIN[kind]
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        return st.lists(anything_of(inner[0]), max_size=2).map(tuple)
    if inner:
        return st.one_of([anything_of(one) for one in inner])
    assert isinstance(kind, type)
    return st.builds(kind, **{field.name: anything_of(field.type) for field in msgspec.structs.fields(kind)})


events = st.one_of([anything_of(kind) for kind in get_args(AnyEvent)])


@given(events)
@settings(max_examples=300)
def test_what_is_stored_comes_back(event: object) -> None:
    assert isinstance(event, Event)
    assert load(dump(event)) == event
    assert load(dump(event).decode()) == event
    assert len(event.key) == 16
    assert event.key == load(dump(event)).key


def test_stored_names_stay() -> None:
    """Renaming one would lose what is stored under it."""
    names = {kind.__struct_config__.tag for kind in get_args(AnyEvent)}
    assert names == {
        *("account_linking", "attachment_message", "customer_information", "dashboard_test", "delivery", "echo"),
        *("feedback", "message_edit", "optin", "page_change", "policy_enforcement", "postback", "quick_reply"),
        *("reaction", "read", "referral", "send_cart", "text_message", "thread_control", "unknown", "unsend"),
        *("unsupported", "comment", "page_post"),
    }


@pytest.mark.parametrize(
    ("stored", "psid"),
    [
        (b'{"kind":"from_the_future","page_id":"2","psid":"7","sent_at":"2026-11-24T04:00:00Z","new":[1]}', "7"),
        (b'{"kind":"text_message","page_id":"2","psid":"7","sent_at":"2026-11-24T04:00:00Z"}', "7"),
        (b'{"page_id":"2","psid":"7"}', "7"),
        (b'{"kind":"text_message","psid":5}', ""),
        (b"[]", ""),
        (b"", ""),
        (b"\xff", ""),
        (b"[" * 5000, ""),
    ],
)
def test_what_this_version_cannot_read_is_unknown_but_kept(stored: bytes, psid: str) -> None:
    event = load(stored)
    assert isinstance(event, Unknown)
    assert event.item == stored.decode(errors="replace")
    assert event.psid == psid
    assert not event.is_turn
    assert load(dump(event)) == event


@given(st.binary(max_size=40))
def test_loading_never_raises(stored: bytes) -> None:
    assert isinstance(load(stored), Unknown)


def text(mid: str = "m1", **more: object) -> TextMessage:
    fields: dict[str, object] = {"page_id": "2", "psid": "7", "sent_at": NOW, "mid": mid, "text": "hi", **more}
    return msgspec.convert(fields, TextMessage)


def test_all_recorded_events_have_different_keys() -> None:
    assert len({event.key for event in ALL}) == len(ALL)


def test_a_redelivery_has_the_same_key_whenever_it_comes() -> None:
    for name, body in OWN.items():
        if name != "instagram":
            first, again = decode_body(body, NOW), decode_body(body, LATER)
            assert [event.key for event in first] == [event.key for event in again], name


def test_one_mid_is_one_act_whatever_shape_it_comes_in() -> None:
    common = {"page_id": "2", "psid": "7", "sent_at": NOW, "mid": "m1"}
    acts = [
        text(),
        text(text="other words", sent_at=LATER, psid="8"),
        msgspec.convert(common, QuickReply),
        msgspec.convert(common, Postback),
        msgspec.convert(common, Unsupported),
        AttachmentMessage(page_id="2", psid="7", sent_at=NOW, mid="m1", attachments=(Attachment(type="image"),)),
    ]
    assert len({act.key for act in acts}) == 1
    assert text("m2").key != text("m1").key


def test_what_is_about_a_message_is_not_that_message() -> None:
    def about(kind: type[Event], **more: object) -> bytes:
        return msgspec.convert({"page_id": "2", "psid": "7", "sent_at": NOW, "mid": "m1", **more}, kind).key

    keys = [
        text().key,
        text(standby=True).key,
        about(Unsend),
        about(Echo),
        about(MessageEdit, text="x", num_edit=1),
        about(MessageEdit, text="x", num_edit=2),
        about(Reaction, action="react"),
        about(Reaction, action="unreact"),
        about(Reaction, action="react", sent_at=LATER),
    ]
    assert len(set(keys)) == len(keys)
    assert about(MessageEdit, text="other", num_edit=1, sent_at=LATER) == keys[4]
    assert about(Unsend, sent_at=LATER) == keys[2]


@pytest.mark.parametrize("changed", ["page_id", "psid", "sent_at", "text", "standby"])
def test_without_a_mid_page_person_time_and_payload_make_the_key(changed: str) -> None:
    other = {"page_id": "3", "psid": "8", "sent_at": LATER, "text": "hello", "standby": True}[changed]
    assert text(mid="").key == text(mid="").key
    assert text(mid="").key != text(mid="", **{changed: other}).key
    assert text(mid="").key != text(mid="m1").key


def test_without_mid_and_time_a_redelivery_still_has_the_same_key() -> None:
    body = b'{"object":"page","entry":[{"id":"2","messaging":[{"sender":{"id":"7"},"message":{"text":"hi"}}]}]}'
    (first,), (again,) = decode_body(body, NOW), decode_body(body, LATER)
    assert first.sent_at != again.sent_at
    assert first.key == again.key


def test_receipts_are_told_apart() -> None:
    watermarks = (None, NOW, LATER)
    keys = {
        kind(page_id="2", psid="7", sent_at=sent_at, watermark=watermark).key
        for kind in (Read, Delivery)
        for sent_at in (NOW, LATER)
        for watermark in watermarks
    }
    assert len(keys) == 12


def test_nothing_on_standby_and_nobodys_event_is_a_turn() -> None:
    assert text().is_turn
    assert not text(standby=True).is_turn
    assert not text(psid="").is_turn
    assert not text(psid="").opens_window
    assert text(standby=True).opens_window
