"""What is searched for: several things in one message, each with its number; the list on show, by its price."""

import re
from typing import Any

from msgspec.structs import replace

from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import asks_left
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.texts import is_greeting, is_polite, is_question, subject
from bot.language.values.money import limits_in, search_within
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import State
from dialogs.showing.adding import origin_of
from dialogs.showing.closer import detail
from dialogs.showing.kinds import is_look, kind_of_it, looks_beside, offer_of, which_kind
from dialogs.showing.listing import goods_named, show_list
from dialogs.states_looking import BrowsingList, ChoosingVariant, Searching, ViewingProduct
from replies.base import Reply
from replies.browsing import Products
from repository.catalogue import products
from repository.database.errors import UnknownProduct

_BETWEEN = re.compile(rf"\s+{pattern('search.between')}\s+|[,&/+\n]+", re.IGNORECASE)
_COUNT = re.compile(rf"\b(?:\d{{1,3}}(?:x|pcs?)?|x\d{{1,3}}|{pattern('quantity.unit')})\b")
_PARTS_MOST = 3  # products that are looked for in one message
_HOW_MANY = words_for("pointing.how_many")
_OF_THOSE = words_for("pointing.this", "money.anything", "all.only", "edit.only", "look.around")
"""Words beside a limit that name nothing: "those below 200 only"."""
_PURPOSE = words_for("search.purpose")
_OF_PURPOSE = words_for("search.any_goods", "small.article", "small.me")
"""Words beside what something is for that name nothing."""
_AT_HOME = words_for("search.at_home")
"""Where something is used that is for something else: "pang linis ng bahay" asks for no houses."""
_ANY = words_for("money.anything")
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
    said = (part for part in _BETWEEN.split(text) if not (is_greeting(part) or is_polite(part)))
    parts = [_COUNT.sub(" ", subject(part)).strip() for part in said]
    replies: list[Reply] = []
    state: Searching | None = None
    for part in [part for part in parts if part and part != wanted][:_PARTS_MOST]:
        shown = await show_list(Searching(text=part), turn)
        if isinstance(shown.state, Searching):
            replies, state = [*replies, *shown.replies], shown.state
    return Next(state, replies, intent="search") if state else None


async def show_apart(text: str, wanted: str, turn: Turn) -> Next[Searching] | None:
    """What is found of each of several things, where a text names several; None where it does not.

    Args:
        text: What was typed.
        wanted: The same without little words.
        turn: The facts.
    """
    return await (show_several(text, wanted, turn) if names_several(text) else show_each(text, turn))


async def show_each(text: str, turn: Turn) -> Next[Searching] | None:
    """What is found of each of several things that are named without numbers: "kawali and red rice".

    Args:
        text: What was typed.
        turn: The facts.
    """
    parts = [subject(part) for part in _BETWEEN.split(without_lead(text)) if not (is_greeting(part) or is_polite(part))]
    if not 1 < len(parts) <= _PARTS_MOST or limits_in(text) or any(not part or is_look(part) for part in parts):
        return None
    if await goods_named(" ".join(parts), turn):
        return None  # "spoon & fork" is one thing
    found = [await goods_named(part, turn) for part in parts]
    each = [shown for shown in found if shown]
    if len(each) < len(parts):
        return None
    return Next(each[-1].state, [reply for shown in each for reply in shown.replies], intent="search")


async def show_over(text: str, about: str, turn: Turn) -> Next[Any] | None:
    """The cheapest of what is wanted, where nothing costs as little as was said; None where there is none of it.

    Args:
        text: What was looked for, with its limit.
        about: The same without its limit; empty for anything.
        turn: The facts.
    """
    where = Searching(text=about, sort="cheap") if about else BrowsingList(kind="all", sort="cheap")
    shown: Next[Any] = await show_list(where, turn)
    if not any(isinstance(reply, Products) and reply.page.total for reply in shown.replies):
        return None
    replies = [
        replace(reply, kind="over", page=replace(reply.page, title=text)) if isinstance(reply, Products) else reply
        for reply in shown.replies
    ]
    return replace(shown, replies=replies, intent="search")


def what_for(wanted: str) -> str:
    """The words of a search without those that only say that it is for something: "gamit pang kusina" is "kusina".

    Args:
        wanted: What was typed, without little words.
    """
    words = wanted.split()
    if not _PURPOSE & set(words):
        return wanted
    named = [word for word in words if word not in _PURPOSE | _OF_PURPOSE]
    bare = [word for word in named if word not in _AT_HOME]
    return " ".join(bare or named) or wanted


def without_purpose(text: str) -> str:
    """What is wanted, without what it is for: "toys for 5 yrs old", "ilaw pang brownout"; empty where it says nothing.

    Args:
        text: What was typed.
    """
    words = fold(without_lead(text)).split()
    at = next((at for at, word in enumerate(words) if word in _PURPOSE), 0)
    wanted = subject(" ".join(words[:at])).split()
    return "" if _OF_PURPOSE.issuperset(wanted) else " ".join(wanted)


def wanted_of(state: State, wanted: str) -> str:
    """What is searched for: of the search that is on show, where only its price is spoken of: "yung pinakamura".

    Args:
        state: Where the conversation stands.
        wanted: What was typed, without little words.
    """
    wanted = what_for(wanted)
    origin, limits = origin_of(state), limits_in(wanted)
    is_alone = limits is not None and (not limits.cheapest or limits.most is not None or len(wanted.split()) < _ALONE)
    if limits and _ANY & set(fold(wanted).split()):
        return wanted  # "items 500 to 800" are of the whole shop
    if (
        not isinstance(origin, Searching)
        or limits is None
        or not is_alone
        or not _OF_THOSE.issuperset(limits.about.split())
    ):
        return wanted
    wanted = search_within(wanted).removeprefix(limits.about).strip()
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
    if len(found) != 1 or len(found[0]) != 1 or not (is_question(text) or _HOW_MANY & set(fold(text).split())):
        return shown
    try:
        product = await ask(products.product, product_id=found[0][0].id)
    except UnknownProduct:
        return shown
    variant = kind_of_it(product, subject(text))
    if variant or (asks_left(text) and not product.variants):
        viewing = ViewingProduct(product_id=product.id, origin=origin_of(shown.state))
        return Next(viewing, [offer_of(product, variant, 1, text=text)])
    if not variant and (unheard := looks_beside(product, subject(text))):
        choosing = ChoosingVariant(product_id=product.id, origin=origin_of(shown.state))
        return Next(choosing, [which_kind(product, unheard)])
    if not _HOW_MANY & set(fold(text).split()):
        return shown
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(shown.state)), [detail(product, turn)])
