"""From the private reply to a comment into the cart and to checkout, with what the comment claims."""

from msgspec.structs import replace

from dialogs.checkout.draft import with_saved
from dialogs.checkout.form import begin
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import after_adding
from dialogs.states import Ordering, ReviewingCart
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from replies.base import Reply
from replies.cart import CartIsFull, CartSummary, SoldOut, TooManyOfIt
from replies.comments import CommentAtMost, CommentGone, CommentStillWaits
from replies.product import ProductGone, Variants
from replies.taps_posts import TakeCommented
from repository.catalogue import products
from repository.database.errors import CartFull, NotFound, OutOfStock, TooMany, UnknownProduct
from repository.orders import addresses
from repository.posts import taking
from repository.posts.taking import AtMost, InLine, ToChoose


async def take_commented(
    state: Here, tap: TakeCommented, turn: Turn
) -> Next[Here | ViewingProduct | ChoosingVariant | ReviewingCart | Ordering]:
    """Put what a comment claims into the cart, and check out where that was tapped; say why not where it is gone."""
    said: Reply
    try:
        taken = await ask(
            taking.take_up,
            shopper_id=turn.shopper_id,
            comment=tap.comment,
            variant_id=tap.variant_id,
            product_id=tap.product_id,
            rules=turn.rules,
        )
    except NotFound:
        said = CommentGone()
    except AtMost as limit:
        said = CommentAtMost(most=limit.most)
    except UnknownProduct:
        said = ProductGone()
    except OutOfStock as short:
        said = SoldOut(left=short.left)
    except TooMany as many:
        said = TooManyOfIt(most=many.most)
    except CartFull as full:
        said = CartIsFull(most=full.most)
    else:
        if isinstance(taken, InLine):
            return Next(state, [CommentStillWaits(place=taken.ahead + 1)])
        if isinstance(taken, ToChoose):
            product = await ask(products.product, product_id=taken.product_id)
            choosing = ChoosingVariant(product_id=product.id, buying=tap.buying)
            return Next(choosing, [Variants(product=product, buying=tap.buying)], intent="choose_variant")
        if tap.buying:
            return await begin(await _with_usual_address(turn))
        return Next(ReviewingCart(), [CartSummary(cart=taken)])
    return Next(after_adding(state), [said])


async def _with_usual_address(turn: Turn) -> Turn:
    """The facts, with the address that the shopper usually has things sent to, where none was given."""
    if turn.draft.line1 or turn.draft.asked:
        return turn
    saved = await ask(addresses.addresses, shopper_id=turn.shopper_id)
    return replace(turn, draft=with_saved(turn.draft, saved[0])) if saved else turn


COMMENTED = Dialog("comments", (On(ANYWHERE, TakeCommented, take_commented),))
