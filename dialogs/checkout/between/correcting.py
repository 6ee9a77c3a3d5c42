"""Corrections of an order that is being made: what was said is changed, the rest stays, nothing old is placed."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.fold import fold
from dialogs.cart.naming import lines_named, pieces_of, swapped
from dialogs.checkout.between.hearing import hear_answer
from dialogs.checkout.draft import LINE_MOST, asked, beside_address, with_address, with_extra, with_more
from dialogs.checkout.form import CHECKOUT, ask_again, begin, change, is_changing, proceed, question_of
from dialogs.checkout.payment import payment_again
from dialogs.checkout.question import When
from dialogs.checkout.questions import DELIVERY_WISH, REQUEST, WISH_MOST, part_in
from dialogs.engine.claimed import ChangesLine
from dialogs.engine.heard import ChangesKind, Corrects, Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import spoken_to
from dialogs.showing.listing import show_list
from dialogs.states import ChoosingAddress, ChoosingChange, Draft, InCheckout, Ordering, ReviewingCart, ReviewingOrder
from dialogs.states_looking import Searching
from replies.base import Reply
from replies.cart import CartSummary, SoldOut, TooManyOfIt
from replies.product import Variants
from replies.understood import Noted
from repository.database.errors import CartFull, OutOfStock, TooMany, UnknownLine, UnknownProduct
from repository.orders import carts


async def correct(state: InCheckout, heard: Corrects, turn: Turn) -> Next[Ordering]:
    """Change what was said, say so, and go on; ask for it where it was not said what it shall be."""
    spoken = await spoken_to(heard.text, turn)
    decided = await _corrected(state, heard, spoken)
    return replace(decided, language=spoken.language, intent="correction")


async def correct_later(state: Here, heard: Corrects, turn: Turn) -> Next[Here | Ordering]:
    """Change what is known of the order that was being made, and take it up again."""
    spoken = await spoken_to(heard.text, turn)
    if heard.method and heard.method not in turn.rules.payment_methods:
        return replace(await begin(spoken), language=spoken.language)
    going_on = await begin(replace(spoken, draft=corrected(turn.draft, heard)))
    return replace(going_on, replies=[_noted(heard), *going_on.replies], language=spoken.language, intent="correction")


async def change_line(state: InCheckout, heard: ChangesLine, turn: Turn) -> Next[Ordering | Searching]:
    """Change the cart in the middle of checkout, and ask again; a new summary where the order was on show."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    lines = await lines_named(cart, heard.goods, turn)
    if not lines and heard.more and heard.quantity > 0 and isinstance(state, ReviewingOrder):
        listed = await show_list(Searching(text=heard.goods), turn)
        if isinstance(listed.state, Searching):  # it is something else than is being ordered
            return Next(listed.state, listed.replies, draft=turn.draft, language=turn.language, intent="search")
    if not lines:
        return await _unmet(state, heard.text, turn)
    spoken = await spoken_to(heard.text, turn)
    if len(lines) > 1:
        return Next(ReviewingCart(), [CartSummary(cart=cart)], draft=turn.draft, language=spoken.language)
    said: Sequence[Reply]
    try:
        cart = await ask(
            carts.set_quantity,
            shopper_id=turn.shopper_id,
            line_id=lines[0].id,
            quantity=pieces_of(lines[0], heard),
            rules=turn.rules,
        )
    except OutOfStock as short:
        said = [SoldOut(left=short.left)]
    except TooMany as many:
        said = [TooManyOfIt(most=many.most)]
    except UnknownLine:
        said = []
    else:
        said = [CartSummary(cart=cart, note="changed" if heard.quantity else "removed")]
        if not cart.lines:
            return Next(ReviewingCart(), said, draft=turn.draft, language=spoken.language, intent="correction")
    return replace(await _go_on(state, spoken, said), language=spoken.language, intent="correction")


async def change_kind_meanwhile(state: InCheckout, heard: ChangesKind, turn: Turn) -> Next[Ordering]:
    """Have another color or size of what is being ordered, and ask again; a new summary where the order was on show."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    try:
        changed = await swapped(cart, heard, turn)
    except (OutOfStock, TooMany, UnknownProduct, CartFull):
        changed = None
    spoken = await spoken_to(heard.text, turn)
    if changed is None:
        return await _unmet(state, heard.text, turn)
    if isinstance(changed, Variants):
        return replace(await ask_again(ChoosingChange(), spoken, changed), language=spoken.language)
    said = [CartSummary(cart=changed, note="changed")]
    return replace(await _go_on(state, spoken, said), language=spoken.language, intent="correction")


async def _unmet(state: InCheckout, text: str, turn: Turn) -> Next[Ordering]:
    """A change of what is not in the cart: at the summary it is asked what shall be other, for something shall."""
    if isinstance(state, ReviewingOrder):
        return await change(state, part_in(text), turn)
    return await hear_answer(state, Typed(text=text), turn)


def corrected(draft: Draft, heard: Corrects) -> Draft:
    """What is known, with what a correction says in place of what was said before.

    Args:
        draft: What is known.
        heard: The correction.
    """
    if heard.phone:
        return replace(draft, phone=heard.phone, address_id=None)
    if heard.method:
        return replace(draft, payment_method=heard.method)
    if heard.promo:
        return replace(draft, promo_code=heard.promo)
    if heard.wish:
        return with_extra(draft, DELIVERY_WISH, heard.wish[:WISH_MOST])
    if heard.request:
        return with_extra(draft, REQUEST, heard.request[:WISH_MOST])
    if heard.recipient:
        return replace(draft, recipient=heard.recipient, address_id=None)
    if heard.landmark:
        return asked(replace(draft, landmark=heard.landmark[:LINE_MOST], address_id=None), "landmark")
    if not heard.address:
        return draft
    told = parse(heard.address)
    is_same = told.city and fold(told.city) == fold(draft.city)
    is_part = bool(not told.city and told.barangay and draft.city)  # "mali pala, sa brgy Concepcion pala"
    return (with_more if (is_same and not told.line1) or is_part else with_address)(draft, heard.address)


async def _corrected(state: InCheckout, heard: Corrects, turn: Turn) -> Next[Ordering]:
    if replace(heard, text="", part="") == Corrects(text=""):
        return await change(state, heard.part or part_in(heard.text), turn)
    if heard.method and heard.method not in turn.rules.payment_methods:
        if turn.draft.zone_id:
            return await payment_again(turn, refused=heard.method.replace("_", " "))
        return await ask_again(state, replace(turn, draft=corrected(turn.draft, heard)))  # said at the payment
    return await _go_on(state, replace(turn, draft=corrected(turn.draft, heard)), [_noted(heard)])


async def _go_on(state: InCheckout, turn: Turn, said: Sequence[Reply]) -> Next[Ordering]:
    """What is asked next: what is asked now, where that is not answered or is being changed; else what is missing.

    A new summary shows by itself what was changed in the cart.
    """
    question = question_of(state)
    keeps_address = isinstance(state, ChoosingAddress) and turn.draft == beside_address(turn.draft)
    is_open = (
        keeps_address
        or question.is_missing(turn.draft)
        or is_changing(question, turn.draft)
        or question.when is When.OPEN
    )
    going_on = await (ask_again(state, turn) if is_open else proceed(turn))
    if isinstance(going_on.state, ReviewingOrder):
        said = [reply for reply in said if not isinstance(reply, CartSummary)]
    return replace(going_on, replies=[*said, *going_on.replies])


def _noted(heard: Corrects) -> Noted:
    return Noted(
        phone=heard.phone,
        method=heard.method,
        recipient=heard.recipient,
        address=heard.address,
        promo=heard.promo,
        wish=heard.wish,
        landmark=heard.landmark,
        request=heard.request,
    )


CORRECTING = Dialog(
    "corrections",
    (
        On(CHECKOUT, Corrects, correct),
        On(ANYWHERE, Corrects, correct_later),
        On(CHECKOUT, ChangesLine, change_line),
        On(CHECKOUT, ChangesKind, change_kind_meanwhile),
    ),
)
