"""What all of Messenger's events have in common: where and when, a key, and how they are stored."""

import re
from datetime import UTC, datetime
from hashlib import blake2b
from typing import ClassVar

import msgspec

MAX_MID = 512
"""The longest `mid` that an event carries, in characters; the longest seen had 164."""

MAX_ID = 100
"""The longest page id, PSID or app id that an event carries, in characters."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _stored_name(class_name: str) -> str:
    """TextMessage -> text_message."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", class_name).lower()


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag=_stored_name):
    """Something that happened on a page.

    Attributes:
        page_id: The page.
        psid: The person, or "" where Facebook names none.
        sent_at: When it happened, by Facebook's clock.
        standby: Another app holds the conversation: note it, never answer it.
        undated: Facebook gave no usable time, so `sent_at` is when it was received.
    """

    is_a_turn: ClassVar[bool] = False
    is_a_visit: ClassVar[bool] = False

    page_id: str
    psid: str = ""
    sent_at: datetime
    standby: bool = False
    undated: bool = False

    @property
    def key(self) -> bytes:
        """16 bytes that are the same whenever Facebook delivers this again, and different for everything else.

        Made from what `identity` names; where that is nothing, from page, person, time, kind and payload.
        """
        identity = self.identity()
        if identity is not None:
            return keyed(identity, standby=self.standby)
        known = dump(msgspec.structs.replace(self, sent_at=_EPOCH) if self.undated else self)
        return blake2b(known, digest_size=16).digest()

    def identity(self) -> tuple[str, ...] | None:
        """The kind and the ids that this is known by, or None where Facebook gives it no id."""
        return None

    @property
    def is_turn(self) -> bool:
        """Whether a shopper did something that the bot must react to."""
        return self.is_a_turn and not self.standby and self.psid != ""

    @property
    def opens_window(self) -> bool:
        """Whether the page may write freely to this person for a while: `bot.messenger.window` knows how long.

        The window belongs to the page and not to an app, so an event on standby opens it too.
        """
        return self.is_a_visit and self.psid != ""


def keyed(identity: tuple[str, ...], *, standby: bool) -> bytes:
    """The key of what is known by its kind and ids.

    Args:
        identity: The kind and the ids.
        standby: Whether another app holds the conversation.
    """
    return blake2b(msgspec.json.encode((standby, *identity)), digest_size=16).digest()


_encoder = msgspec.json.Encoder()


def dump(event: Event) -> bytes:
    """The event as JSON, to be stored; `bot.messenger.events.load` reads it back."""
    return _encoder.encode(event)
