"""A cart that was filled in Facebook's own shop: what of it can be had here is in the cart, and the rest is said."""

from msgspec.structs import replace

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.sent import SentCart
from dialogs.engine.state import Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import hello
from dialogs.states import ReviewingCart
from dialogs.states_looking import (
    ChoosingVariant,
)
from replies.arriving import CartTaken
from replies.base import Reply
from replies.cart import CartSummary
from replies.product import Variants
from repository.catalogue import products
from repository.database.errors import UnknownProduct
from repository.referrals import sent_carts
from repository.referrals.sent_carts import SentLine

NOTE_MOST = 500
"""Characters of a note that are kept."""


async def take_sent_cart(state: State, heard: SentCart, turn: Turn) -> Next[ReviewingCart | ChoosingVariant | Idle]:
    """Put what was sent into the cart and say what is other than it was sent; then the first variant is asked for."""
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


SENT_CART = Dialog("a cart from Facebook", (On(ANYWHERE, SentCart, take_sent_cart),))
