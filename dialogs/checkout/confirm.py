"""The summary and its confirmation: an order is placed once, whatever is tapped or typed twice."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.phones import phone_in
from bot.language.texts import is_no, is_yes
from dialogs.checkout.asides import aside
from dialogs.checkout.draft import delivery_of
from dialogs.checkout.form import ask_again, change, proceed, refused_order, review, summary
from dialogs.checkout.promo import code_in, code_within, looks_like_code, with_promo
from dialogs.checkout.questions import part_in, wants_change
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import first_name
from dialogs.states import ChoosingChange, EnteringPromo, InCheckout, Ordering, OrderPlaced, ReviewingOrder
from replies.promos import PromoRefusal
from replies.summary import AlreadyPlaced, OrderReceipt, Placed
from replies.talk import NotNow
from replies.taps import Confirm
from repository.database.errors import EmptyCart, OutOfStock, PromoRefused, UnknownOrder, UnknownZone
from repository.orders import carts, placed_orders, placing
from repository.orders.placed_orders import PriceChanged

_REMOVE = words_for("edit.remove")
_LONGEST_PART = 3  # words of a text that names a part of the order to change it


async def confirm(state: ReviewingOrder, tap: Confirm, turn: Turn) -> Next[OrderPlaced | Ordering]:
    """Place the order of the summary on show; an older summary's button only shows what became of it."""
    if tap.nonce in ("", state.nonce):
        return await _place(state, turn)
    if earlier := await ask(placing.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce):
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again)
    return await review(state.draft, turn, note="old")


async def confirm_elsewhere(state: Here, tap: Confirm, turn: Turn) -> Next[Here | Ordering]:
    """Confirm, tapped where no summary is on show: the order it placed, or the next sensible step."""
    earlier = await ask(placing.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce) if tap.nonce else None
    if earlier:
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again) if isinstance(state, InCheckout) else Next(state, [again])
    if isinstance(state, EnteringPromo | ChoosingChange):
        return await proceed(state.draft, turn)
    if isinstance(state, InCheckout):
        return await ask_again(state, turn)
    if isinstance(state, OrderPlaced) and not tap.nonce:
        return await _placed_before(state, state.order_id, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(state, [NotNow(has_cart=bool(cart.lines))])


async def answer_summary(state: ReviewingOrder, heard: Typed, turn: Turn) -> Next[OrderPlaced | Ordering]:
    """Place the order on a typed yes; on a no, ask what to change; a promo code is tried at once."""
    if is_yes(heard.text):
        return await _place(state, turn)
    if is_no(heard.text) or wants_change(heard.text):
        part = part_in(heard.text)
        return await (change(state, part, turn) if part else ask_again(ChoosingChange(draft=state.draft), turn))
    if answered := await aside(state, heard.text, turn):
        return answered
    if phone := phone_in(heard.text):
        return await proceed(replace(state.draft, phone=phone, address_id=None), turn)
    if (part := part_in(heard.text)) and len(words := fold(heard.text).split()) <= _LONGEST_PART:
        if part == "promo" and _REMOVE & set(words):
            return await proceed(replace(state.draft, promo_code=""), turn)
        if part == "promo" and looks_like_code(code := code_in(heard.text)):
            return await with_promo(state.draft, code, turn)
        return await change(state, part, turn)
    if code := code_within(heard.text):
        return await with_promo(state.draft, code, turn)
    return await ask_again(state, turn)


async def _place(state: ReviewingOrder, turn: Turn) -> Next[OrderPlaced | Ordering]:
    draft = state.draft
    try:
        done = await ask(
            placed_orders.place,
            shopper_id=turn.shopper_id,
            nonce=state.nonce,
            delivery=delivery_of(draft),
            address_id=draft.address_id,
            zone_id=draft.zone_id or 0,
            payment_method=draft.payment_method,
            promo_code=draft.promo_code,
            expected_total=state.total,
            language=turn.language,
            rules=turn.rules,
        )
    except PriceChanged as changed:
        return replace(summary(draft, changed.quote, turn, note="price_changed"), intent="price_changed")
    except PromoRefused as refused:
        refusal = PromoRefusal(code=draft.promo_code, reason=refused.reason, minimum=refused.minimum, alone=False)
        without = await review(replace(draft, promo_code=""), turn)
        return replace(without, replies=[refusal, *without.replies], intent="promo_refused")
    except (EmptyCart, OutOfStock, UnknownZone) as refused:
        return await refused_order(refused, draft, turn)
    standing = OrderPlaced(order_id=done.order_id, nonce=state.nonce)
    if done.already:
        again = AlreadyPlaced(order_id=done.order_id, number=done.order_number, total=done.total)
        return Next(standing, [again], intent="already_placed")
    order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=done.order_id)
    receipt = OrderReceipt(order=order, currency=turn.rules.currency, shop_name=turn.rules.shop_name)
    thanks = Placed(
        order_id=done.order_id,
        number=done.order_number,
        total=done.total,
        method=draft.payment_method,
        account=turn.rules.payment_account,
        verify_until=done.verification_expires_at if done.needs_verification else None,
        first_name=first_name(turn),
    )
    return Next(standing, [receipt, thanks], intent="order_placed")


async def _placed_before(state: Here, order_id: int, turn: Turn) -> Next[Here]:
    try:
        order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=order_id)
    except UnknownOrder:
        return Next(state, [NotNow(has_cart=False)])
    return Next(state, [AlreadyPlaced(order_id=order.id, number=order.order_number, total=order.total)])


CHECKOUT_CONFIRM = Dialog(
    "checkout confirm",
    (
        On(ReviewingOrder, Confirm, confirm),
        On(ANYWHERE, Confirm, confirm_elsewhere),
        On(ReviewingOrder, Typed, answer_summary),
    ),
)
