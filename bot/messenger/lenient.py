"""JSON from outside, read so that nothing in it can raise: whatever has the wrong type counts as missing.

Facebook's bodies hold numbers where its manual says strings, nulls, half emoji and a byte order mark. One of those must
not cost a whole delivery.
"""

import json
import math
import re
from datetime import UTC, datetime, timedelta

import msgspec

Object = dict[str, object]

EARLIEST_MILLISECONDS = 10**12
"""A timestamp below this is in seconds (contract, section 1)."""

MAX_AHEAD = timedelta(days=1)
"""A timestamp further in the future than this is not believed."""

MAX_DEPTH = 64
"""How deep values may be nested in JSON that we keep; what lies deeper becomes null."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_STRING_OR_BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]+|[\]}]+', re.DOTALL)

_decode = msgspec.json.Decoder().decode


def parse(body: bytes) -> object:
    """What the JSON says, with half surrogates, NaN, absurd numbers and absurd nesting replaced.

    Raises:
        ValueError: The bytes are not JSON in UTF-8.
    """
    try:
        return _decode(body)
    except (ValueError, RecursionError):
        pass
    body = _ESCAPE.sub(_whole_characters, body.removeprefix(_BYTE_ORDER_MARK))
    try:
        return _parse_slowly(body)
    except RecursionError:
        return _parse_slowly(_flatten(body))


def _parse_slowly(body: bytes) -> object:
    parsed: object = json.loads(
        body.decode(), parse_constant=lambda _: None, parse_int=_whole_number, parse_float=_finite_number
    )
    return parsed


def _whole_characters(escape: re.Match[bytes]) -> bytes:
    """A surrogate without its other half becomes U+FFFD, since no database stores it."""
    return rb"\ufffd" if escape["half"] else escape[0]


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= 40 else None


def _finite_number(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _flatten(body: bytes) -> bytes:
    """The same JSON with null for what is nested too deep to be read."""
    kept: list[bytes] = []
    depth = start = 0
    for run in _STRING_OR_BRACKETS.finditer(body):
        first = body[run.start()]
        length = run.end() - run.start()
        if first in b"[{":
            if depth <= MAX_DEPTH < depth + length:
                kept += (body[start : run.start() + MAX_DEPTH - depth], b"null")
            depth += length
        elif first in b"]}":
            depth -= length
            if depth <= MAX_DEPTH < depth + length:
                start = run.end() - (MAX_DEPTH - depth)
    if depth <= MAX_DEPTH:
        kept.append(body[start:])
    return b"".join(kept)


def keep(value: object) -> str:
    """The value as JSON in ASCII, to be looked at later."""
    return json.dumps(_pruned(value, MAX_DEPTH), separators=(",", ":"))


def _pruned(value: object, depth: int) -> object:
    if depth == 0:
        return None
    if isinstance(value, dict):
        return {key: _pruned(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_pruned(inner, depth - 1) for inner in value]
    return value


def an_object(value: object) -> Object:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def a_list(value: object) -> list[object]:
    """The list; a lone value counts as a list of one, null as an empty one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text(value: object) -> str:
    """The string, or a number as Facebook would have written it in one, or ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return ""


def flag(value: object) -> bool:
    """Whether it says yes."""
    return value is True or value in (1, "1", "true")


def number(value: object) -> float | None:
    """The number, where it is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def whole(value: object, default: int) -> int:
    """The whole number that fits a database's integer, or the default."""
    result = number(value)
    return default if result is None or abs(result) > 2**31 - 1 else int(result)


def moment(value: object, received_at: datetime) -> datetime | None:
    """The time of a timestamp in milliseconds or seconds, number or string; None where it can't be true."""
    if type(value) is not int:
        value = number(value)
        if value is None:
            return None
    if value < EARLIEST_MILLISECONDS:
        value *= 1000
    if not 0 < value < 10**14:
        return None
    when = _EPOCH + timedelta(milliseconds=int(value))
    return when if when <= received_at + MAX_AHEAD else None
