"""Every row of Meta's error list becomes the error that says what to do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger import errors
from bot.messenger.error_table import ANYWHERE, BY_CODE, BY_SUBCODE, RATE_PAUSE, read_error, read_usage
from bot.messenger.errors import (
    AttachmentGone,
    BadRequest,
    CommentClosed,
    Declined,
    GraphError,
    MediaRefused,
    NoPermission,
    NotFound,
    NotThreadOwner,
    OutsideWindow,
    PageRestricted,
    RateLimited,
    TemporaryError,
    TokenDead,
    Unconfirmed,
    Unreachable,
    ValueRefused,
)
from tests.support.workers.rows import rows


def answer(code: int, subcode: int = 0, **more: object) -> bytes:
    error: dict[str, object] = {"message": f"(#{code}) no", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    if subcode:
        error["error_subcode"] = subcode
    return json.dumps({"error": {**error, **more}}).encode()


def read(code: int, subcode: int = 0, status: int = 400, headers: dict[str, str] | None = None) -> GraphError:
    return read_error(status, answer(code, subcode), headers or {}, may_have_happened=True)


NEVER, LATER, UNCONFIRMED = "never", "later", "unconfirmed"

ROWS: list[tuple[str, type[GraphError], str, bool]] = [
    ("1", TemporaryError, LATER, False),
    ("1/99", TemporaryError, LATER, False),
    ("1/1357046", Unconfirmed, UNCONFIRMED, False),
    ("2", TemporaryError, LATER, False),
    ("2/2018344", Unreachable, NEVER, False),
    ("1200", TemporaryError, LATER, False),
    ("4", RateLimited, LATER, False),
    ("17", RateLimited, LATER, False),
    ("32", RateLimited, LATER, False),
    ("613", RateLimited, LATER, False),
    ("613/2534040", RateLimited, LATER, False),
    ("80001", RateLimited, LATER, False),
    ("80006", RateLimited, LATER, False),
    ("613/2018338", Declined, NEVER, False),
    ("613/1893016", Declined, NEVER, False),
    ("4/2018354", Declined, NEVER, False),
    ("9/2018352", Declined, NEVER, False),
    ("10", NoPermission, NEVER, True),
    ("10/2018278", OutsideWindow, NEVER, False),
    ("10/2534022", OutsideWindow, NEVER, False),
    ("10/2018065", OutsideWindow, NEVER, False),
    ("10/2018108", Unreachable, NEVER, False),
    ("10/1893063", PageRestricted, NEVER, True),
    ("10/1893015", Declined, NEVER, False),
    ("10/1404170", Declined, NEVER, False),
    ("10/2018336", Declined, NEVER, False),
    ("10/2018300", NotThreadOwner, NEVER, False),
    ("2018300", NotThreadOwner, NEVER, False),
    ("100/2534025", CommentClosed, NEVER, False),
    ("10900", CommentClosed, NEVER, False),
    ("10903", CommentClosed, NEVER, False),
    ("100/2534037", NotThreadOwner, NEVER, False),
    ("2018321", TemporaryError, LATER, False),
    ("100", BadRequest, NEVER, False),
    ("100/1893043", ValueRefused, NEVER, False),
    ("100/2018001", Unreachable, NEVER, False),
    ("100/33", NotFound, NEVER, False),
    ("100/2018008", MediaRefused, LATER, False),
    ("100/2018047", MediaRefused, NEVER, False),
    ("100/2018294", MediaRefused, NEVER, False),
    ("100/2018109", MediaRefused, NEVER, False),
    ("100/2018074", AttachmentGone, NEVER, False),
    ("100/2018014", BadRequest, NEVER, False),
    ("100/2018164", BadRequest, NEVER, False),
    ("100/2018320", BadRequest, NEVER, False),
    ("100/2018328", BadRequest, NEVER, False),
    ("190", TokenDead, NEVER, True),
    *[(f"190/{subcode}", TokenDead, NEVER, True) for subcode in (458, 459, 460, 463, 464, 467)],
    ("200", NoPermission, NEVER, False),
    ("200/2018028", NoPermission, NEVER, False),
    ("200/2018027", NoPermission, NEVER, False),
    ("200/1545041", Unreachable, NEVER, False),
    ("551", Unreachable, NEVER, False),
    ("551/1545041", Unreachable, NEVER, False),
    ("230", NoPermission, NEVER, True),
    ("2018247", NotFound, NEVER, False),
    ("2018218", NotFound, NEVER, False),
    ("368", PageRestricted, NEVER, True),
    ("2022", PageRestricted, NEVER, True),
    ("2635", BadRequest, NEVER, True),
    ("10303", BadRequest, NEVER, False),
    ("9000001", Declined, NEVER, False),
    ("1006", GraphError, NEVER, False),
]


@rows(("numbers", "kind", "retry", "stops"), ROWS, ids=[row[0] for row in ROWS])
def test_each_row(numbers: str, kind: type[GraphError], retry: str, stops: bool) -> None:
    code, _, subcode = numbers.partition("/")
    error = read(int(code), int(subcode or 0))
    assert type(error) is kind
    assert (error.retry, error.stops_page) == (retry, stops)
    assert (error.code, error.subcode, error.status, error.trace_id) == (int(code), int(subcode or 0), 400, "A1")
    assert error.pauses_page == (kind is RateLimited)


def test_the_table_has_no_row_that_is_not_checked() -> None:
    checked = {row[0] for row in ROWS}
    assert {str(code) for code in BY_CODE} <= checked
    assert {f"{code}/{subcode}" for code, subcode in BY_SUBCODE} <= checked
    assert {str(code) for code in ANYWHERE} <= checked


def test_every_error_is_a_graph_error_and_says_what_it_is() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert all(issubclass(kind, GraphError) for kind in kinds)
    assert str(read(10, 2018278)) == "OutsideWindow 10/2018278, HTTP 400: (#10) no"
    assert str(read(190)) == "TokenDead 190, HTTP 400: (#190) no"


def test_the_code_decides_and_not_the_http_status() -> None:
    assert type(read(190, status=500)) is TokenDead
    assert type(read(4, status=403)) is RateLimited
    assert type(read(2, status=200)) is TemporaryError


def test_an_unknown_code_goes_by_what_meta_says_of_it() -> None:
    assert type(read(99_999, status=503)) is TemporaryError
    assert type(read(99_999, status=429)) is RateLimited
    transient = read_error(400, answer(99_999, is_transient=True), {}, may_have_happened=True)
    assert type(transient) is TemporaryError


def test_a_rate_limit_lasts_as_long_as_meta_says() -> None:
    usage = {"77": [{"type": "messenger", "call_count": 100, "estimated_time_to_regain_access": 7}, {"call_count": 3}]}
    headers = {"X-Business-Use-Case-Usage": json.dumps(usage)}
    assert read(80006, headers=headers).retry_after == 420
    assert read(613, headers={"Retry-After": "30"}).retry_after == 30
    assert read(613, headers={"Retry-After": "Wed, 25 Nov 2026 12:00:00 GMT"}).retry_after == RATE_PAUSE
    assert read(4).retry_after == RATE_PAUSE
    assert read(2018321).retry_after == 60
    assert read(2).retry_after == 0


def test_usage_is_that_of_the_nearest_limit() -> None:
    headers = {
        "X-App-Usage": '{"call_count":28,"total_time":91,"total_cputime":5}',
        "X-Business-Use-Case-Usage": '{"77":[{"call_count":40,"total_time":3,"total_cputime":4}]}',
    }
    usage = read_usage(headers)
    assert (usage.percent, usage.regain_minutes) == (91, 0)
    assert read_usage({}).percent == 0
    assert read_usage({"X-App-Usage": "often"}).percent == 0


@pytest.mark.parametrize(
    ("status", "kind", "for_reading"),
    [
        (502, Unconfirmed, TemporaryError),
        (504, Unconfirmed, TemporaryError),
        (500, TemporaryError, TemporaryError),
        (503, TemporaryError, TemporaryError),
        (200, Unconfirmed, TemporaryError),
        (429, RateLimited, RateLimited),
        (404, TemporaryError, TemporaryError),
        (302, TemporaryError, TemporaryError),
    ],
)
def test_an_answer_that_is_not_metas_leaves_open_whether_a_message_arrived(
    status: int, kind: type[GraphError], for_reading: type[GraphError]
) -> None:
    page = b"<html>Bad Gateway</html>"
    assert type(read_error(status, page, {}, may_have_happened=True)) is kind
    assert type(read_error(status, page, {}, may_have_happened=False)) is for_reading


@given(st.integers(100, 599), st.binary(max_size=80) | st.just(b'{"error":' * 3000), st.booleans())
def test_any_answer_is_an_error_and_none_upsets(status: int, body: bytes, may: bool) -> None:
    assert isinstance(read_error(status, body, {}, may_have_happened=may), GraphError)
