"""Comments and posts in the `feed` field, as Facebook writes them and as it does not."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.messenger.decode import decode_body
from bot.messenger.event import Event
from bot.messenger.events import Comment, DashboardTest, PageChange, PagePost
from tests.support.workers.rows import rows

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AT = datetime(2026, 11, 25, 11, 59, 30, tzinfo=UTC)
PAGE = "104512236677889"
COMMENT = {
    "item": "comment", "verb": "add", "comment_id": "9_1", "post_id": f"{PAGE}_9", "parent_id": f"{PAGE}_9",
    "from": {"id": "77", "name": "Ben Santos"}, "created_time": int(AT.timestamp()), "message": "mine A12 po",
}  # fmt: skip


def only(value: object, *, field: str = "feed", page: str = PAGE) -> Event:
    """The event of a change, whose value comes before its field, as Facebook has it."""
    entry = {"id": page, "time": int(NOW.timestamp()), "changes": [{"value": value, "field": field}]}
    (event,) = decode_body(json.dumps({"object": "page", "entry": [entry]}).encode(), NOW)
    return event


def test_a_comment() -> None:
    event = only(COMMENT)
    assert event == Comment(
        page_id=PAGE, sent_at=AT, verb="add", comment_id="9_1", post_id=f"{PAGE}_9", from_id="77",
        from_name="Ben Santos", text="mine A12 po",
    )  # fmt: skip
    assert not event.is_turn
    assert not event.opens_window


def test_a_change_is_as_old_as_it_is_told() -> None:
    for verb in ("edited", "remove", "hide", "unhide"):
        event = only({**COMMENT, "verb": verb})
        assert isinstance(event, Comment)
        assert (event.verb, event.sent_at) == (verb, NOW)


def test_an_answer_to_a_comment_says_to_which() -> None:
    event = only({**COMMENT, "parent_id": "9_4"})
    assert isinstance(event, Comment)
    assert (event.parent_id, event.post_id) == ("9_4", f"{PAGE}_9")


@pytest.mark.parametrize(
    "value",
    [
        {**COMMENT, "post": {"id": f"{PAGE}_9", "status_type": "added_live_video"}},
        {**COMMENT, "is_live": True},
        {key: value for key, value in COMMENT.items() if key != "post_id"} | {"video_id": f"{PAGE}_9"},
    ],
)
def test_a_comment_below_a_live_video(value: dict[str, object]) -> None:
    event = only(value)
    assert isinstance(event, Comment)
    assert event.post_id == f"{PAGE}_9"


def test_live_comments_of_their_own_field() -> None:
    value = {"id": "9_1", "text": "mine", "from": {"id": "77", "username": "ben"}, "media": {"id": f"{PAGE}_9"}}
    event = only(value, field="live_comments")
    assert isinstance(event, Comment)
    assert (event.is_live, event.text, event.from_name, event.post_id) == (True, "mine", "ben", f"{PAGE}_9")


@rows(
    "value",
    [
        {**COMMENT, "from": {"id": PAGE, "name": "The page"}},  # the page's own
        {**COMMENT, "comment_id": ""}, {**COMMENT, "comment_id": "x" * 101}, {**COMMENT, "comment_id": "ñ"},
        {**COMMENT, "comment_id": None}, {**COMMENT, "post_id": [], "parent_id": {}}, {**COMMENT, "verb": "like"},
        {"item": "reaction", "verb": "add", "post_id": f"{PAGE}_9"}, {"item": "like"}, {}, None, [], "text",
    ],
)  # fmt: skip
def test_everything_else_stays_a_change_of_the_page(value: object) -> None:
    assert isinstance(only(value), PageChange)


def test_numbers_nulls_and_absurd_lengths_lose_nothing() -> None:
    event = only(
        {**COMMENT, "comment_id": 91, "from": {"id": 77, "name": None}, "message": "m" * 9000, "created_time": "soon"}
    )
    assert isinstance(event, Comment)
    assert (event.comment_id, event.from_id, event.from_name, len(event.text)) == ("91", "77", "", 2000)
    assert abs(event.sent_at - NOW) < timedelta(seconds=1)


def test_who_wrote_it_may_be_withheld() -> None:
    event = only({key: value for key, value in COMMENT.items() if key != "from"})
    assert isinstance(event, Comment)
    assert (event.from_id, event.from_name) == ("", "")


def test_the_pages_own_posts_are_learned_and_those_of_visitors_are_not() -> None:
    post = {"item": "status", "verb": "add", "post_id": f"{PAGE}_9", "message": "A1 - Mug"}
    event = only({**post, "from": {"id": PAGE}})
    assert event == PagePost(page_id=PAGE, sent_at=NOW, post_id=f"{PAGE}_9", text="A1 - Mug")
    assert isinstance(only({**post, "from": {"id": "77"}}), PageChange)
    assert isinstance(only({**post, "from": {"id": PAGE}, "verb": "remove"}), PageChange)


def test_the_dashboards_sample_is_no_comment() -> None:
    assert isinstance(only(COMMENT, page="0"), DashboardTest)
