"""What is searched for: several things in one message, each with its number; the list on show, by its price."""

import re

from bot.language.fold import fold
from bot.language.lexicon import pattern
from bot.language.texts import subject
from bot.language.values.money import limits_in
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import State
from dialogs.showing.adding import origin_of
from dialogs.showing.listing import show_list
from dialogs.states_looking import (
    Searching,
)
from replies.base import Reply

_BETWEEN = re.compile(rf"\s+{pattern('search.between')}\s+|[,&/+\n]+", re.IGNORECASE)
_COUNT = re.compile(rf"\b(?:\d{{1,3}}(?:x|pcs?)?|x\d{{1,3}}|{pattern('quantity.unit')})\b")
_PARTS_MOST = 3  # products that are looked for in one message
_ALONE = 3  # words of a text that asks for the cheapest and says nothing else


def names_several(text: str) -> bool:
    """Whether a text names several things, each with its number: "2 powerbank at 3 banana chips".

    Args:
        text: What was typed.
    """
    parts = _BETWEEN.split(text)
    return len(parts) > 1 and all(_COUNT.search(fold(part)) for part in parts) and limits_in(text) is None


async def show_several(text: str, wanted: str, turn: Turn) -> Next[Searching] | None:
    """What is found without the numbers in a text, or of each part of it: "2 powerbank at 3 banana chips".

    Args:
        text: What was typed.
        wanted: What was looked for already.
        turn: The facts.
    """
    parts = [_COUNT.sub(" ", subject(part)).strip() for part in _BETWEEN.split(text)]
    replies: list[Reply] = []
    state: Searching | None = None
    for part in [part for part in parts if part and part != wanted][:_PARTS_MOST]:
        shown = await show_list(Searching(text=part), turn)
        if isinstance(shown.state, Searching):
            replies, state = [*replies, *shown.replies], shown.state
    return Next(state, replies, intent="search") if state else None


def wanted_of(state: State, wanted: str) -> str:
    """What is searched for: of the search that is on show, where only its price is spoken of: "yung pinakamura".

    Args:
        state: Where the conversation stands.
        wanted: What was typed, without little words.
    """
    origin, limits = origin_of(state), limits_in(wanted)
    is_alone = limits is not None and limits.cheapest and limits.most is None and len(wanted.split()) < _ALONE
    if not isinstance(origin, Searching) or not is_alone or (limits and limits.about):
        return wanted
    before = limits_in(origin.text)
    about = before.about if before else origin.text
    return f"{wanted} {about}" if about else wanted
