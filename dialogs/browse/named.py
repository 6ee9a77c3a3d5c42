"""One product that words name, and which kind of it: what is shared by all that take something by its name."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.spelling import singular
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.showing.adding import Added, origin_of, put_in_each
from dialogs.showing.answering import Told
from dialogs.showing.answers import page_size
from dialogs.showing.kinds import kind_meant, kind_of_it, near_kind, offer_of, said_of_kind, which_kind, without_looks
from dialogs.showing.listing import show_list
from dialogs.states import ReviewingCart
from dialogs.states_looking import ChoosingVariant, Searching, ViewingProduct
from replies.base import Reply
from replies.cart import CartSummary
from repository.catalogue import products, search
from repository.catalogue.products import Product, Variant
from repository.database.errors import UnknownProduct

Pointed = Added | Told
"""Where words about what is on the screen can lead."""


class Wanted(msgspec.Struct, frozen=True):
    """One of the things: the product, its kind where one is known, pieces, and the words for a kind."""

    product: Product
    variant: Variant | None
    quantity: int
    looks: str

    @property
    def is_open(self) -> bool:
        """Whether it must be asked which kind of it."""
        return bool(self.product.variants) and self.variant is None

    @property
    def line(self) -> tuple[int, int | None, int]:
        """Product, kind and pieces, as they are put into the cart."""
        return self.product.id, self.variant.id if self.variant else None, self.quantity


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


async def named_with_looks(said: str, turn: Turn, *, found_alone: bool = False) -> tuple[Product | bool, str]:
    """The product that words name, as `one_named` has it, and the words beside it for a kind of it.

    A color may be part of a name: red rice is no rice in red.

    Args:
        said: The words, such as "mug navy".
        turn: The facts.
        found_alone: As for `one_named`.
    """
    named, looks = without_looks(said)
    if named and looks:
        whole = await one_named(said, turn)
        if isinstance(whole, Product):
            return whole, ""
    return (await one_named(named, turn, found_alone=found_alone) if named else False), looks


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
    near = near_kind(product, unheard) if unheard else None
    if near:
        offer = offer_of(product, near, quantity)
        return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [offer], intent="offer")
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


async def thing_named(quantity: int, said: str, turn: Turn) -> Wanted | None:
    """The thing that words name; the last of them may name its kind: "kulambo family".

    Args:
        quantity: Pieces.
        said: The words.
        turn: The facts.
    """
    product, looks = await named_with_looks(said, turn)
    named, _ = without_looks(said)
    if not isinstance(product, Product) and " " in named:
        named, _, last = named.rpartition(" ")
        product, looks = await one_named(named, turn), f"{last} {looks}".strip()
        if not isinstance(product, Product) or kind_meant(product, looks) is None:
            return None
    if not isinstance(product, Product):
        return None
    variant = (kind_meant(product, looks) if looks else None) or kind_of_it(product, said, sold_out=False)
    return Wanted(product, variant, quantity, looks)


async def put_all(
    state: Here,
    found: Sequence[Wanted],
    missed: Sequence[str],
    turn: Turn,
    *,
    beside: tuple[int, int | None, int] | None = None,
) -> Next[Here | Pointed]:
    """Put what is found into the cart, look for what is not, and ask for the kind of what comes in several.

    Args:
        state: Where the conversation stands.
        found: What is found.
        missed: The words of what is not, or is several things.
        turn: The facts.
        beside: What goes in besides: product, kind or None, pieces.
    """
    unsaid = [one for one in found if one.is_open]
    plain = [one.line for one in found if not one.is_open]
    cart, refused = await put_in_each(state, turn, [*([beside] if beside else []), *plain])
    shown: list[Reply] = [*refused, *([CartSummary(cart=cart)] if cart else [])]
    looked: Next[Here | Pointed] | None = None
    for said in [*missed, *(one.product.name for one in unsaid[1:])]:
        looked = await show_list(Searching(text=said), turn)
        shown += looked.replies
    if unsaid:
        asked = which_kind_of(state, unsaid[0].product, unsaid[0].quantity, unheard=unsaid[0].looks)
        return replace(asked, replies=[*shown, *asked.replies])
    if looked and isinstance(looked.state, Searching):
        return replace(looked, replies=shown)
    return Next(ReviewingCart(), shown, intent="view_cart")
