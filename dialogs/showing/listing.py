"""Lists of products and categories, as the states remember them: shown, turned over, gone back to."""

from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.meaning import GOODS, meaning
from bot.language.spelling import singular
from bot.language.texts import is_greeting, subject
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.showing.answers import page_size
from dialogs.states_looking import (
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    Listed,
    Looking,
    Searching,
)
from replies.base import Reply
from replies.browsing import Categories, NothingFound, Products
from replies.codec import Tap
from replies.promos import Promos
from replies.talk import CannedAnswer
from replies.taps import MoreResults, OpenCategory, OpenFeatured
from replies.taps_looking import OpenList
from repository.catalogue import products, search
from repository.catalogue.looking import lists
from repository.catalogue.products import ProductPage
from repository.database.errors import UnknownCategory, UnknownProduct
from repository.orders import promos

_WORDS_MOST = 8  # of a search: what is longer is a sentence
_NAME_MOST = 3  # words of an answer that may name a product
OneList = TypeVar("OneList", bound=Listed)
"""The list that is shown: another page of it is the same list."""


async def show_categories(turn: Turn, *, page: int = 1, note: str = "", within: int = 0) -> Next[BrowsingCategories]:
    """A page of the categories.

    Args:
        turn: The facts.
        page: Which page, from 1; one that is not there shows the nearest.
        note: "gone" where a category was asked for that is no longer there.
        within: The category in which they stand, 0 for those of the top level.
    """
    found = await ask(products.categories, page=max(1, page), page_size=page_size(turn), within=within or None)
    if within and not found.items:
        return await show_categories(turn, note="gone")
    standing = BrowsingCategories(page=found.page, within=within)
    return Next(standing, [Categories(page=found, note=note, within=within)])


async def show_list(where: OneList, turn: Turn) -> Next[OneList | BrowsingCategories | Idle]:
    """A page of products.

    Args:
        where: Which list, and which page of it.
        turn: The facts.
    """
    page, size = max(1, where.page), page_size(turn)
    if isinstance(where, BrowsingCategory):
        try:
            listed = await ask(
                products.products_in, category_id=where.category_id, page=page, page_size=size, sort=where.sort
            )
        except UnknownCategory:
            return await show_categories(turn, note="gone")
        above = listed.above[-1].id if listed.above else 0
        where = msgspec.structs.replace(where, above=above)
        more = OpenCategory(category_id=where.category_id, sort=where.sort)
        return _shown(where, listed, "category", more, sort=where.sort, category_id=where.category_id)
    if isinstance(where, BrowsingFeatured):
        listed = await ask(products.featured, page=page, page_size=size)
        return _shown(where, listed, "featured", OpenFeatured())
    if isinstance(where, BrowsingList):
        return await _list(where, turn)
    listed = await ask(search.search, text=where.text, page=page, page_size=size, sort=where.sort)
    if not listed.total:
        return Next(Idle(), [NothingFound(text=where.text, near=listed.near)], intent="search_nothing")
    return _shown(where, listed, "search", MoreResults(page=1), sort=where.sort)


async def _list(where: BrowsingList, turn: Turn) -> Next[Any]:
    """A page of a list by what is said of its products; what comes nearest where it is empty."""
    size = page_size(turn)
    try:
        listed = await ask(
            lists.listed, kind=where.kind, of=where.of, sort=where.sort, page=max(1, where.page), page_size=size
        )
    except UnknownProduct:
        return await show_categories(turn, note="gone")
    more = OpenList(kind=where.kind, of=where.of, sort=where.sort)
    shown = _shown(where, listed, where.kind, more, sort=where.sort)
    if listed.total:
        return shown
    if where.kind == "best":  # nothing has been sold yet
        featured = await ask(products.featured, page=1, page_size=size)
        return _shown(where, featured, "featured", OpenFeatured())
    if where.kind == "sale" and (running := await ask(promos.live, shopper_id=turn.shopper_id)):
        return msgspec.structs.replace(shown, replies=[Promos(promos=running)])
    return shown


async def goods_named(text: str, turn: Turn) -> Next[Searching] | None:
    """The products that a short text names word for word, where something else was asked; None where it names none.

    Args:
        text: What was typed.
        turn: The facts.
    """
    words = subject(text).split()
    if not words or len(words) > _NAME_MOST or not any(map(str.isalpha, text)) or is_greeting(text):
        return None
    listed = await show_list(Searching(text=" ".join(words)), turn)
    named = {singular(word) for word in words}
    for said in listed.replies if isinstance(listed.state, Searching) else ():
        if isinstance(said, Products) and any(named <= _words(card.name) for card in said.page.items):
            return Next(Searching(text=" ".join(words)), listed.replies, intent="search")
    return None


async def show_origin(origin: Listed | None, turn: Turn) -> Next[Looking]:
    """The list that a product was opened from; the categories where it was none.

    Args:
        origin: The list.
        turn: The facts.
    """
    return await (show_list(origin, turn) if origin else show_categories(turn))


async def category_named(slug: str, turn: Turn) -> Next[BrowsingCategory | BrowsingCategories | Idle]:
    """The products of a category that an old button or a link knows by its slug; the categories where there is none.

    Args:
        slug: `categories.slug`, in any case.
        turn: The facts.
    """
    category = await ask(products.category_by_slug, slug=slug.strip().lower().replace("_", "-"))
    if category is None:
        return await show_categories(turn, note="gone")
    return await show_list(BrowsingCategory(category_id=category.id), turn)


def _words(name: str) -> set[str]:
    return {singular(word) for word in fold(name).split()}


def _shown(
    where: OneList, listed: ProductPage, kind: str, more: Tap, *, sort: str | None = None, category_id: int = 0
) -> Next[OneList]:
    reply: Reply = Products(page=listed, kind=kind, more=more, sort=sort, category_id=category_id)
    return Next(msgspec.structs.replace(where, page=listed.page), [reply])


async def with_products(said: Next[Here], category: str, keyword: str, wanted: str, turn: Turn) -> Next[Here | Looking]:
    """A merchant's answer, and below it the products, where the question named some.

    What is asked of products in general is searched for by every word that is left, anything else ("pwede ba ibalik
    yung payong") by words for things that shops sell.

    Args:
        said: The answer.
        category: The category of the merchant's reply.
        keyword: Its keyword, which names no product.
        wanted: What was asked, without the words that stand around products.
        turn: The facts.
    """
    named = set(meaning(wanted).rest) - set(fold(keyword).split())
    if category != "product":
        named = {word for word in named if {word, singular(word)} & GOODS}
    words = [word for word in wanted.split() if word in named]
    if not words or len(words) > _WORDS_MOST:
        return said
    shown = await show_list(Searching(text=" ".join(words)), turn)
    if not isinstance(shown.state, Searching):
        return said
    told = [replace(one, alone=False) if isinstance(one, CannedAnswer) else one for one in said.replies]
    return replace(shown, replies=[*told, *shown.replies], intent="canned", language=said.language)
