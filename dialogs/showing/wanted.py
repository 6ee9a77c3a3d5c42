"""What is searched for: several things in one message, each with its number; the list on show, by its price."""

import re
from typing import Any

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.texts import subject
from bot.language.values.money import limits_in
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import State
from dialogs.showing.adding import origin_of
from dialogs.showing.closer import detail
from dialogs.showing.listing import show_list
from dialogs.states_looking import Searching, ViewingProduct
from replies.base import Reply
from replies.browsing import Products
from repository.catalogue import products
from repository.database.errors import UnknownProduct

_BETWEEN = re.compile(rf"\s+{pattern('search.between')}\s+|[,&/+\n]+", re.IGNORECASE)
_COUNT = re.compile(rf"\b(?:\d{{1,3}}(?:x|pcs?)?|x\d{{1,3}}|{pattern('quantity.unit')})\b")
_PARTS_MOST = 3  # products that are looked for in one message
_HOW_MANY = words_for("pointing.how_many")
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


async def with_stock(shown: Next[Any], text: str, turn: Turn) -> Next[Any]:
    """What was found; where it is one product, and it is asked how many are left, that product itself says so.

    Args:
        shown: What is said, with the products.
        text: What was typed.
        turn: The facts.
    """
    found = [reply.page.items for reply in shown.replies if isinstance(reply, Products)]
    if len(found) != 1 or len(found[0]) != 1 or not _HOW_MANY & set(fold(text).split()):
        return shown
    try:
        product = await ask(products.product, product_id=found[0][0].id)
    except UnknownProduct:
        return shown
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(shown.state)), [detail(product, turn)])
