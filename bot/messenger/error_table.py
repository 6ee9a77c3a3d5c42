"""Which error an answer of the Graph API is. Contract, section 6, row by row."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from bot.messenger.answers import Usage
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
    Retry,
    TemporaryError,
    TokenDead,
    Unconfirmed,
    Unreachable,
    ValueRefused,
)

RATE_PAUSE = 60.0
"""Seconds to pause a page after a rate limit that does not say how long it lasts."""


class Row(NamedTuple):
    """What a code, or a code with a subcode, means."""

    kind: type[GraphError]
    stops_page: bool = False
    retry: Retry | None = None
    retry_after: float = 0.0


BY_CODE: dict[int, Row] = {
    1: Row(TemporaryError),
    2: Row(TemporaryError),
    4: Row(RateLimited),
    10: Row(NoPermission, stops_page=True),
    17: Row(RateLimited),
    32: Row(RateLimited),
    100: Row(BadRequest),
    190: Row(TokenDead, stops_page=True),
    200: Row(NoPermission),
    230: Row(NoPermission, stops_page=True),
    368: Row(PageRestricted, stops_page=True),
    551: Row(Unreachable),
    613: Row(RateLimited),
    1200: Row(TemporaryError),
    2022: Row(PageRestricted, stops_page=True),
    2635: Row(BadRequest, stops_page=True),
    10303: Row(BadRequest),
    80001: Row(RateLimited),
    80006: Row(RateLimited),
    9000001: Row(Declined),
}

BY_SUBCODE: dict[tuple[int, int], Row] = {
    (1, 1357046): Row(Unconfirmed),
    (2, 2018344): Row(Unreachable),
    (4, 2018354): Row(Declined),
    (9, 2018352): Row(Declined),
    (10, 1404170): Row(Declined),
    (10, 1893015): Row(Declined),
    (10, 1893063): Row(PageRestricted, stops_page=True),
    (10, 2018065): Row(OutsideWindow),
    (10, 2018108): Row(Unreachable),
    (10, 2018278): Row(OutsideWindow),
    (10, 2018336): Row(Declined),
    (10, 2534022): Row(OutsideWindow),
    (100, 33): Row(NotFound),
    (100, 1893043): Row(ValueRefused),
    (100, 2018001): Row(Unreachable),
    (100, 2018008): Row(MediaRefused, retry="later"),
    (100, 2018047): Row(MediaRefused),
    (100, 2018074): Row(AttachmentGone),
    (100, 2018109): Row(MediaRefused),
    (100, 2018294): Row(MediaRefused),
    (100, 2534025): Row(CommentClosed),
    (100, 2534037): Row(NotThreadOwner),
    (200, 1545041): Row(Unreachable),
    (613, 1893016): Row(Declined),
    (613, 2018338): Row(Declined),
}

ANYWHERE: dict[int, Row] = {
    10900: Row(CommentClosed),
    10903: Row(CommentClosed),
    2018218: Row(NotFound),
    2018247: Row(NotFound),
    2018300: Row(NotThreadOwner),
    2018321: Row(TemporaryError, retry_after=60.0),
}
"""Numbers that Meta gives now as code and now as subcode."""


class _Fault(msgspec.Struct):
    message: str = ""
    code: int = 0
    error_subcode: int | None = None
    is_transient: bool | None = None
    fbtrace_id: str | None = None


class _Answer(msgspec.Struct):
    error: _Fault


class _Counts(msgspec.Struct):
    call_count: float = 0
    total_time: float = 0
    total_cputime: float = 0
    estimated_time_to_regain_access: float = 0


_answer = msgspec.json.Decoder(_Answer)
_app_usage = msgspec.json.Decoder(_Counts)
_page_usage = msgspec.json.Decoder(dict[str, list[_Counts]])


def read_error(status: int, body: bytes, headers: Mapping[str, str], *, may_have_happened: bool) -> GraphError:
    """The error that an answer other than success stands for.

    Args:
        status: The HTTP status.
        body: The answer, of whatever kind.
        headers: The answer's headers, for how long a limit lasts.
        may_have_happened: The call does something that must not be done twice, and an answer that is not Meta's own
            (a success that can't be read, a gateway that lost its server) leaves open whether it was done.
    """
    try:
        fault = _answer.decode(body).error
    except (ValueError, RecursionError):
        return _without_fault(status, headers, may_have_happened)
    subcode = fault.error_subcode or 0
    row = _row(fault.code, subcode) or _unknown(fault, status)
    return row.kind(
        fault.message,
        code=fault.code,
        subcode=subcode,
        status=status,
        trace_id=fault.fbtrace_id or "",
        retry=row.retry,
        retry_after=_pause(headers) if row.kind is RateLimited else row.retry_after,
        stops_page=row.stops_page,
    )


def _row(code: int, subcode: int) -> Row | None:
    return BY_SUBCODE.get((code, subcode)) or ANYWHERE.get(subcode) or ANYWHERE.get(code) or BY_CODE.get(code)


def meaning_of(code: int, subcode: int = 0) -> type[GraphError]:
    """Which error a code stands for; `GraphError` itself where nobody knows.

    Args:
        code, subcode: Meta's numbers, 0 where there is none.
    """
    row = _row(code, subcode)
    return row.kind if row else GraphError


def _without_fault(status: int, headers: Mapping[str, str], may_have_happened: bool) -> GraphError:
    message = "the answer is not the Graph API's"
    if status == 429:
        return RateLimited(message, status=status, retry_after=_pause(headers))
    if may_have_happened and (status < 300 or status in (502, 504)):
        return Unconfirmed(message, status=status)
    return TemporaryError(message, status=status)


def _unknown(fault: _Fault, status: int) -> Row:
    if status == 429:
        return Row(RateLimited)
    if fault.is_transient or status >= 500:
        return Row(TemporaryError)
    return Row(GraphError)


def _pause(headers: Mapping[str, str]) -> float:
    minutes = read_usage(headers).regain_minutes
    if minutes > 0:
        return minutes * 60
    after = headers.get("Retry-After", "")
    return float(after) if after.isdecimal() and after.isascii() and len(after) < 6 else RATE_PAUSE


def read_usage(headers: Mapping[str, str]) -> Usage:
    """How much of the nearest limit is used up, by an answer's headers."""
    counts: list[_Counts] = []
    try:
        if "X-App-Usage" in headers:
            counts.append(_app_usage.decode(headers["X-App-Usage"]))
        if "X-Business-Use-Case-Usage" in headers:
            for some in _page_usage.decode(headers["X-Business-Use-Case-Usage"]).values():
                counts += some
    except (ValueError, RecursionError):
        pass
    return Usage(
        percent=max((max(one.call_count, one.total_time, one.total_cputime) for one in counts), default=0),
        regain_minutes=max((one.estimated_time_to_regain_access for one in counts), default=0),
    )
