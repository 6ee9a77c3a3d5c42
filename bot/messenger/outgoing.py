"""What every outgoing message is, and what surrounds a template. Contract, section 3.1."""

from collections.abc import Sequence

import msgspec

from bot.messenger import limits
from bot.messenger.buttons import AnyQuickReply


class Message(msgspec.Struct, frozen=True):
    """Something that a page can send."""

    def payload(self) -> dict[str, object]:
        """The `message` object of the Send API."""
        raise NotImplementedError


def template(payload: dict[str, object], quick_replies: Sequence[AnyQuickReply] = ()) -> dict[str, object]:
    """The `message` object around a template's payload."""
    return with_quick_replies({"attachment": {"type": "template", "payload": payload}}, quick_replies)


def with_quick_replies(message: dict[str, object], quick_replies: Sequence[AnyQuickReply]) -> dict[str, object]:
    """The same message with as many of the quick replies as Messenger shows."""
    if quick_replies:
        message["quick_replies"] = [option.shape() for option in quick_replies[: limits.QUICK_REPLIES]]
    return message
