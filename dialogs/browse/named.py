"""One product that words name, and which kind of it: what is shared by all that take something by its name."""

from itertools import pairwise

from bot.language.fold import fold
from bot.language.spelling import singular
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.showing.adding import Added, origin_of
from dialogs.showing.answering import Told
from dialogs.showing.answers import page_size
from dialogs.showing.kinds import said_of_kind, which_kind
from dialogs.states_looking import ChoosingVariant
from repository.catalogue import products, search
from repository.catalogue.products import Product
from repository.database.errors import UnknownProduct

Pointed = Added | Told
"""Where words about what is on the screen can lead."""


async def one_named(named: str, turn: Turn, *, found_alone: bool = False) -> Product | bool:
    """The product that words name; whether there are others to be shown where they name no single one.

    Args:
        named: The words, such as "iron pan".
        turn: The facts.
        found_alone: Whether the one product that a search finds is named too: "kandila" for a candle.
    """
    page = await ask(search.search, text=named, page=1, page_size=page_size(turn))
    wanted = {singular(word) for word in named.split()}
    whole = [card for card in page.items if wanted <= _words(card.name)]
    if not whole and found_alone and len(page.items) == 1:
        return await product_or_none(page.items[0].id) or False
    if len(whole) != 1:
        return bool(whole)
    return await product_or_none(whole[0].id) or False


async def product_or_none(product_id: int) -> Product | None:
    """A product, None where it is sold no more.

    Args:
        product_id: `products.id`.
    """
    try:
        found: Product = await ask(products.product, product_id=product_id)
    except UnknownProduct:
        return None
    return found


def _words(name: str) -> set[str]:
    """The words of a name, two that stand beside each other also as one: a T-Shirt is a tshirt."""
    words = fold(name).split()
    return {singular(word) for word in (*words, *map("".join, pairwise(words)))}


def which_kind_of(state: Here, product: Product, quantity: int, *, unheard: str) -> Next[Here | Pointed]:
    """The question which kind of a product is wanted; how many are is kept until that is known.

    Args:
        state: Where the conversation stands.
        product: The product.
        quantity: Pieces.
        unheard: Words that may have named a kind, empty for none.
    """
    is_buying = isinstance(state, ChoosingVariant) and state.buying
    before = state.said if isinstance(state, ChoosingVariant) and state.product_id == product.id else ""
    said = said_of_kind(product, unheard, before)
    choosing = ChoosingVariant(
        product_id=product.id,
        buying=is_buying,
        origin=origin_of(state),
        said=said,
        quantity=quantity,
    )
    return Next(choosing, [which_kind(product, said or unheard, quantity=quantity)], intent="choose_variant")
