"""Putting something into the cart, which several dialogs do: with a button, by name, or to buy it at once."""

from collections.abc import Iterable

from msgspec.structs import replace

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.sent import SentCart
from dialogs.engine.state import Here, Idle, State
from dialogs.showing.answers import hello
from dialogs.states import InCheckout, ReviewingCart
from dialogs.states_looking import (
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    ChoosingVariant,
    Listed,
    Searching,
    ViewingProduct,
)
from replies import cart as said_of_cart
from replies.arriving import CartTaken
from replies.base import Reply
from replies.cart import CartIsFull, CartSummary, SoldOut, TooManyOfIt
from replies.codec import Tap
from replies.product import ProductGone, Variants
from replies.taps import BrowseCategories, MoreResults, OpenCategory, OpenFeatured
from replies.taps_looking import OpenList
from repository.catalogue import products
from repository.database.errors import CartFull, OutOfStock, TooMany, UnknownProduct, VariantNeeded
from repository.orders import carts
from repository.orders.carts import Cart, CartLine
from repository.referrals import sent_carts
from repository.referrals.sent_carts import SentLine

NOTE_MOST = 500
"""Characters of a note that are kept."""
Added = ViewingProduct | ChoosingVariant | ReviewingCart
"""Where putting something into the cart can lead, where the conversation does not stay."""


async def put_in(
    state: Here, turn: Turn, *, product_id: int, variant_id: int | None, buying: bool, quantity: int = 1
) -> Cart | Next[Here | ViewingProduct | ChoosingVariant | ReviewingCart]:
    """Put something into the cart.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        product_id: What.
        variant_id: Which variant, None where none was chosen.
        buying: Whether it goes on to checkout, where a variant must be chosen first.
        quantity: Pieces, at least 1.

    Returns:
        The cart with it; or what is said instead, where it cannot be put in as it is.
    """
    refusal: Reply
    try:
        cart: Cart = await ask(
            carts.add_line,
            shopper_id=turn.shopper_id,
            product_id=product_id,
            variant_id=variant_id,
            quantity=quantity,
            rules=turn.rules,
        )
    except VariantNeeded:
        product = await ask(products.product, product_id=product_id)
        choosing = ChoosingVariant(product_id=product_id, buying=buying, origin=origin_of(state), quantity=quantity)
        asked = Variants(product=product, buying=buying, quantity=quantity)
        return Next(choosing, [asked], intent="choose_variant")
    except UnknownProduct:
        refusal = ProductGone()
    except OutOfStock as short:
        refusal = SoldOut(left=short.left, product_id=product_id, variant_id=variant_id)
    except TooMany as many:
        refusal = TooManyOfIt(most=many.most)
    except CartFull as full:
        refusal = CartIsFull(most=full.most)
    else:
        return cart
    return Next(after_adding(state), [refusal])


async def put_in_and_say(
    state: Here, turn: Turn, product_id: int, variant_id: int | None, quantity: int = 1
) -> Next[Here | Added]:
    """Put pieces into the cart and say so, or ask which variant, or say what is left.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        product_id: What.
        variant_id: Which variant; None where none was chosen.
        quantity: Pieces, at least 1.
    """
    cart = await put_in(state, turn, product_id=product_id, variant_id=variant_id, buying=False, quantity=quantity)
    if isinstance(cart, Next):
        return cart
    line = next((one for one in cart.lines if (one.product_id, one.variant_id) == (product_id, variant_id)), None)
    if line is None:  # taken out again at the same moment
        return Next(after_adding(state), [CartSummary(cart=cart)])
    return Next(after_adding(state), [added(state, cart, line)])


async def put_in_each(
    state: Here, turn: Turn, lines: Iterable[tuple[int, int | None, int]]
) -> tuple[Cart | None, list[Reply]]:
    """Put several things into the cart, one after the other.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        lines: Of each the product, its variant, None where it has none, and pieces, at least 1.

    Returns:
        The cart with all that went in, None where nothing did; and what is said of what did not.
    """
    cart: Cart | None = None
    refused: list[Reply] = []
    for product_id, variant_id, quantity in lines:
        put = await put_in(
            state, turn, product_id=product_id, variant_id=variant_id, buying=False, quantity=quantity
        )  # fmt: skip
        if isinstance(put, Next):
            refused += put.replies
        else:
            cart = put
    return cart, refused


def after_adding(state: Here) -> Here | ViewingProduct | ReviewingCart:
    """Where the conversation stands once something was put into the cart: where it was, unless that was checkout."""
    if isinstance(state, ChoosingVariant):
        return ViewingProduct(product_id=state.product_id, origin=state.origin)
    if isinstance(state, InCheckout):
        return ReviewingCart()
    return state


def added(state: State, cart: Cart, line: CartLine) -> said_of_cart.Added:
    """What is said of a line that something was put into.

    Args:
        state: Where the conversation stood.
        cart: The cart, with it.
        line: The line.
    """
    return said_of_cart.Added(
        line_id=line.id,
        product=line.name,
        variant=line.variant,
        quantity=line.quantity,
        count=cart.count,
        subtotal=cart.subtotal,
        onward=onward(state),
    )


def origin_of(state: State) -> Listed | None:
    """The list of products that is open, or that the product on show was opened from."""
    if isinstance(state, BrowsingCategory | BrowsingFeatured | BrowsingList | Searching):
        return state
    return state.origin if isinstance(state, ViewingProduct | ChoosingVariant) else None


def onward(state: State) -> Tap:
    """The tap that goes on looking where the shopper left off."""
    origin = origin_of(state)
    return again(origin) if origin else BrowseCategories()


def again(shown: Listed) -> OpenCategory | OpenFeatured | OpenList | MoreResults:
    """The tap that shows a list once more, as it was.

    Args:
        shown: The list.
    """
    match shown:
        case BrowsingCategory(category_id=category_id, page=page, sort=sort):
            return OpenCategory(category_id=category_id, page=page, sort=sort)
        case BrowsingList(kind=kind, of=of, sort=sort, page=page):
            return OpenList(kind=kind, of=of, sort=sort, page=page)
        case BrowsingFeatured(page=page):
            return OpenFeatured(page=page)
        case Searching(page=page):
            return MoreResults(page=page)


async def taken_cart(heard: SentCart, turn: Turn) -> Next[ReviewingCart | ChoosingVariant | Idle]:
    """What was sent, put into the cart, and what is other than it was sent; then the first variant is asked for.

    Args:
        heard: What was sent.
        turn: The facts.

    Returns:
        What is said, and where it leads: to nothing in particular where nothing of it can be had.
    """
    lines = tuple(
        SentLine(
            code=line.retailer_id or line.id,
            facebook_id=line.id,
            title=line.name,
            quantity=line.quantity,
            unit_price=line.unit_price,
            currency=line.currency,
        )
        for line in heard.lines
    )
    taken = await ask(sent_carts.take_cart, shopper_id=turn.shopper_id, lines=lines, rules=turn.rules)
    note = heard.note[:NOTE_MOST]
    draft = replace(turn.draft, note=note) if note else None
    said: list[Reply] = [*hello(turn), CartTaken(put=taken.put, differences=taken.differences, note=note)]
    if taken.put:
        said.append(CartSummary(cart=taken.cart))
    for one in taken.differences:
        if one.why == "variant" and one.product_id is not None:
            try:
                product = await ask(products.product, product_id=one.product_id)
            except UnknownProduct:
                continue
            said.append(Variants(product=product, quantity=max(one.wanted, 1)))
            return Next(ChoosingVariant(product_id=product.id), said, draft=draft, intent="sent_cart")
    return Next(ReviewingCart() if taken.put else Idle(), said, draft=draft, intent="sent_cart")
