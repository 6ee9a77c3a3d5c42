"""Replies become Messenger messages: the merchant's words where there are any, else ours."""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from bot.messenger.messages import Message, QuickReplyOption
from replies.base import Reply
from replies.payloads import CODEC
from replies.taps import SetLanguage
from replies.words import LANGUAGES, Speaker, Words


def render(
    replies: Iterable[Reply], words: Words, language: str, *, choices: Collection[str] = LANGUAGES
) -> list[Message]:
    """The messages that say these replies, in order.

    Args:
        replies: What the bot says.
        words: Every block.
        language: "en" or "fil".
        choices: The languages that the shop offers; where there is but one, no button changes to another.
    """
    say = Speaker(words, language)
    messages = [message for reply in replies for message in reply.messages(say)]
    return messages if len(choices) > 1 else [_without_languages(message) for message in messages]


def _without_languages(message: Message) -> Message:
    """A message without the button that changes the language."""
    below = getattr(message, "quick_replies", ())
    kept = tuple(one for one in below if not isinstance(one, QuickReplyOption) or not _chooses_language(one.payload))
    return message if len(kept) == len(below) else replace(message, quick_replies=kept)


def _chooses_language(payload: str) -> bool:
    return isinstance(CODEC.unpack(payload), SetLanguage)
