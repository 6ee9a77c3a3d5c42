"""What several dialogs answer alike: canned replies, greetings, the language of a text."""

from replies.base import Reply
from replies.welcome import ShortHello
from repository import canned
from repository.canned import CannedReply

from dialogs.engine import Turn, ask
from dialogs.texts import is_filipino, is_question

PAGE_MOST = 10
"""Cards that one carousel holds (contract/messenger.md 3.3)."""


def first_name(turn: Turn) -> str:
    """The shopper's first name, empty where Facebook has not told the name."""
    words = turn.name.split()
    if not words:
        return ""
    if words[0].endswith(".") and len(words) > 1:  # Ma. Cristina
        return " ".join(words[:2])
    return words[0]


def page_size(turn: Turn) -> int:
    """How many cards a page holds, by the shop's rules and Messenger's."""
    return max(1, min(turn.rules.page_size, PAGE_MOST))


def hello(turn: Turn) -> list[Reply]:
    """Who is answering, for somebody new; nothing for anybody else."""
    if not turn.is_new:
        return []
    return [ShortHello(first_name=first_name(turn), shop_name=turn.rules.shop_name)]


def language_of(text: str, turn: Turn) -> str:
    """The language to answer a text in: Filipino for one that clearly is, else the shopper's own."""
    return "fil" if is_filipino(text) else turn.language


async def canned_answer(text: str, turn: Turn) -> CannedReply | None:
    """The merchant's answer to a text, None where no keyword is in it.

    Args:
        text: What was typed.
        turn: The facts.
    """
    return await ask(canned.best, text=text, language=language_of(text, turn))


async def canned_question(text: str, turn: Turn) -> CannedReply | None:
    """The merchant's answer to a question that was typed in place of what was asked for; None where it is none.

    Args:
        text: What was typed.
        turn: The facts.
    """
    return await canned_answer(text, turn) if is_question(text) else None
