"""Replies become Messenger messages: the merchant's words where there are any, else ours."""

from collections.abc import Iterable

from bot.messenger.messages import Message
from replies.base import Reply
from replies.words import Speaker, Words


def render(replies: Iterable[Reply], words: Words, language: str) -> list[Message]:
    """The messages that say these replies, in order.

    Args:
        replies: What the bot says.
        words: Every block.
        language: "en" or "fil".
    """
    say = Speaker(words, language)
    return [message for reply in replies for message in reply.messages(say)]
