"""One codec for every button's payload: a tap travels as a short readable string."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, get_type_hints
from urllib.parse import quote, unquote

import msgspec

PAYLOAD_MOST = 1000  # characters, contract/messenger.md 3.3
_KNOWN_MOST = 2000  # payloads whose taps are kept: the same buttons are read in turn after turn


class Tap(msgspec.Struct, frozen=True, tag_field="tap"):
    """What tapping a button means. Fields are ids and nonces, never a price and never a person's name.

    A released tag is decoded for ever, so it is never reused for something else; a field added later has a default.
    """


Legacy = tuple[re.Pattern[str], Callable[[re.Match[str]], Tap]]


class Codec:
    """Packs taps into payloads and reads them back.

    Args:
        taps: Every tap there is.
        legacy: Payloads of earlier bots that are still in people's chats, and what they mean.

    Attributes:
        unpack: The tap of a payload as Messenger sends it back, which may be anything at all; None where nobody can
            tell what it meant.

    Raises:
        ValueError: Two taps share a tag.
    """

    def __init__(self, taps: Iterable[type[Tap]], legacy: Iterable[Legacy] = ()) -> None:
        self._kinds: dict[str, type[Tap]] = {}
        for kind in taps:
            if self._kinds.setdefault(tag_of(kind), kind) is not kind:
                raise ValueError(f"two taps are called {tag_of(kind)!r}")
        self._legacy = tuple(legacy)
        self.unpack = lru_cache(maxsize=_KNOWN_MOST)(self._unpacked)

    @property
    def taps(self) -> tuple[type[Tap], ...]:
        """Every tap that can be decoded."""
        return tuple(self._kinds.values())

    def pack(self, tap: Tap) -> str:
        """The payload of a button: the tap's tag and its fields, such as "add_to_cart:7:3".

        Raises:
            ValueError: It would be longer than Messenger takes, or the tap is not of this codec.
        """
        tag = tag_of(type(tap))
        if tag not in self._kinds:
            raise ValueError(f"{tag!r} is no tap that could be decoded again")
        fields = [_packed(getattr(tap, name)) for name in tap.__struct_fields__]
        while fields and not fields[-1]:
            fields.pop()
        payload = ":".join((tag, *fields))
        if len(payload) > PAYLOAD_MOST:
            raise ValueError(f"the payload of {tag} is {len(payload)} characters long, {PAYLOAD_MOST} are possible")
        return payload

    def _unpacked(self, payload: str) -> Tap | None:
        tag, *fields = payload.split(":")
        kind = self._kinds.get(tag)
        if kind is None:
            return self._earlier(payload)
        names = kind.__struct_fields__
        if len(fields) > len(names):
            return None
        hints = _hints(kind)
        given: dict[str, Any] = {}
        for name, field in zip(names, fields, strict=False):
            if field:
                given[name] = unquote(field)
            elif hints[name] is str:
                given[name] = ""
        try:
            return msgspec.convert({"tap": tag, **given}, kind, strict=False)
        except (msgspec.ValidationError, ValueError):
            return None

    def _earlier(self, payload: str) -> Tap | None:
        for pattern, meaning in self._legacy:
            if match := pattern.fullmatch(payload):
                return meaning(match)
        return None


@cache
def tag_of(kind: type[Tap]) -> str:
    """The name under which a tap travels: its tag, or its class's name in small letters with underscores."""
    tag = kind.__struct_config__.tag
    if isinstance(tag, str) and tag != kind.__name__:
        return tag
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _packed(value: object) -> str:
    if type(value) is int:  # most fields are ids
        return str(value)
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return quote(str(value), safe=" -._~")


@cache
def _hints(kind: type[Tap]) -> dict[str, object]:
    return get_type_hints(kind)
