"""Several things taken by their names with one message: those that are plain are put into the cart together."""

import msgspec
from msgspec.structs import replace

from dialogs.browse.named import Pointed, one_named, which_kind_of
from dialogs.engine.claimed import ClaimsSeveral
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import put_in
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.kinds import kind_meant, without_looks
from dialogs.states import ReviewingCart
from replies.base import Reply
from replies.cart import CartSummary
from repository.catalogue.products import Product, Variant
from repository.orders.carts import Cart


class _Wanted(msgspec.Struct, frozen=True):
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


async def claim_several(state: Here, heard: ClaimsSeveral, turn: Turn) -> Next[Here | Pointed]:
    """Put everything that is named into the cart, and ask for the kind of the one whose kind is not said.

    Where something is not found, or kinds of several are not said, each is searched for instead.
    """
    turn = await spoken_to(heard.text, turn)
    wanted = [await _one(quantity, said, turn) for quantity, said in heard.wanted]
    found = [one for one in wanted if one]
    unsaid = [one for one in found if one.is_open]
    if len(found) < len(wanted) or len(unsaid) > 1:
        return await answer_text(state, heard.text, turn)
    plain = [
        (one.product.id, one.variant.id if one.variant else None, one.quantity) for one in found if not one.is_open
    ]
    refused: list[Reply] = []
    cart: Cart | None = None
    for product_id, variant_id, quantity in [*([heard.beside] if heard.beside else []), *plain]:
        put = await put_in(
            state, turn, product_id=product_id, variant_id=variant_id, buying=False, quantity=quantity
        )  # fmt: skip
        if isinstance(put, Next):
            refused += put.replies
        else:
            cart = put
    shown: list[Reply] = [*hello(turn), *refused, *([CartSummary(cart=cart)] if cart else [])]
    if unsaid:
        asked = which_kind_of(state, unsaid[0].product, unsaid[0].quantity, unheard=unsaid[0].looks)
        return replace(asked, replies=[*shown, *asked.replies], language=turn.language)
    return Next(ReviewingCart(), shown, language=turn.language, intent="view_cart")


async def _one(quantity: int, said: str, turn: Turn) -> _Wanted | None:
    named, looks = without_looks(said)
    product = await one_named(named, turn) if named else None
    if not isinstance(product, Product):
        return None
    variant = kind_meant(product, looks) if looks else None
    return _Wanted(product, variant, quantity, looks)


SEVERAL = Dialog("several things", (On(ANYWHERE, ClaimsSeveral, claim_several),))
