"""What the Graph API answers, typed."""

from typing import TypeVar

import msgspec

from bot.messenger.errors import TemporaryError

Answer = TypeVar("Answer")


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A message that Facebook took. `attachment_id` comes with a reusable attachment."""

    recipient_id: str = ""
    message_id: str = ""
    attachment_id: str = ""


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file that Facebook keeps for the page."""

    attachment_id: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What Facebook tells of a person; it may tell nothing. The picture's address expires."""

    first_name: str = ""
    last_name: str = ""
    name: str = ""
    profile_pic: str = ""
    locale: str = ""
    timezone: float | None = None
    gender: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a change was made."""

    success: bool = False


class TokenState(msgspec.Struct, frozen=True, kw_only=True):
    """What Facebook says about a token. `expires_at` is in seconds since 1970, 0 for never."""

    is_valid: bool = False
    app_id: str = ""
    type: str = ""
    expires_at: int = 0
    scopes: tuple[str, ...] = ()


class App(msgspec.Struct, frozen=True, kw_only=True):
    """An app, as Facebook calls it."""

    id: str = ""
    name: str = ""


class SubscribedApp(msgspec.Struct, frozen=True, kw_only=True):
    """An app that is told of a page's events, and of which."""

    id: str = ""
    name: str = ""
    subscribed_fields: tuple[str, ...] = ()


class Callback(msgspec.Struct, frozen=True, kw_only=True):
    """Where Facebook sends an app's events about one kind of thing, such as "page"."""

    object: str = ""
    callback_url: str = ""
    active: bool = False


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """How much of Meta's limits is used up.

    Attributes:
        percent: Of the limit that is nearest, slow down from 80, stop at 100.
        regain_minutes: How long until calls are taken again, 0 while they are.
    """

    percent: float = 0
    regain_minutes: float = 0


def read_answer(answer: bytes, kind: type[Answer]) -> Answer:
    """An answer, typed: null and an empty list are as good as left out, and a number is read where an id is text.

    Raises:
        TemporaryError: What is left is not as documented.
    """
    try:
        return msgspec.json.decode(answer, type=kind)
    except ValueError:
        pass
    try:
        return msgspec.convert(_mended(msgspec.json.decode(answer)), kind, strict=False)
    except ValueError as error:
        raise TemporaryError("the answer is not what the Graph API documents", status=200) from error


def _mended(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {
        key: str(each) if str(key).endswith("id") and isinstance(each, int) else _mended(each)
        for key, each in value.items()
        if each is not None and each != []
    }
