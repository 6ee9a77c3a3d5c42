"""The summary and its confirmation: an order is placed once, whatever is tapped or typed twice."""

from msgspec.structs import replace

from dialogs.answers import canned_question, first_name
from dialogs.drafts import delivery_of
from dialogs.engine import Next, Turn, ask
from dialogs.heard import Typed
from dialogs.ordering import ask_again, change, refused_order, review, summary
from dialogs.promo_codes import looks_like_code, with_promo
from dialogs.questions import part_in
from dialogs.state import State
from dialogs.states import ChoosingChange, InCheckout, OrderPlaced, ReviewingOrder
from dialogs.table import ANYWHERE, Dialog, On
from dialogs.texts import is_no, is_yes, plain, words_of
from replies.promos import PromoRefusal
from replies.summary import AlreadyPlaced, OrderReceipt, Placed
from replies.talk import CannedAnswer, NotNow
from replies.taps import Confirm
from repository import carts, orders, placed
from repository.errors import EmptyCart, OutOfStock, PromoRefused, UnknownOrder, UnknownZone
from repository.orders import PriceChanged

_CHANGE = words_of("change edit baguhin palitan mali wrong iba ibahin update")


async def confirm(state: ReviewingOrder, tap: Confirm, turn: Turn) -> Next:
    """Place the order of the summary on show; an older summary's button only shows what became of it."""
    if tap.nonce in ("", state.nonce):
        return await _place(state, turn)
    if earlier := await ask(placed.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce):
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again)
    return await review(state.draft, turn, note="old")


async def confirm_elsewhere(state: State, tap: Confirm, turn: Turn) -> Next:
    """Confirm, tapped where no summary is on show: the order it placed, or the next sensible step."""
    earlier = await ask(placed.placed_with, shopper_id=turn.shopper_id, nonce=tap.nonce) if tap.nonce else None
    if earlier:
        again = AlreadyPlaced(order_id=earlier.order_id, number=earlier.order_number, total=earlier.total)
        return await ask_again(state, turn, again) if isinstance(state, InCheckout) else Next(state, [again])
    if isinstance(state, InCheckout):
        return await ask_again(state, turn)
    if isinstance(state, OrderPlaced) and not tap.nonce:
        return await _placed_before(state, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(state, [NotNow(has_cart=bool(cart.lines))])


async def answer_summary(state: ReviewingOrder, heard: Typed, turn: Turn) -> Next:
    """Place the order on a typed yes; on a no, ask what to change; a promo code is tried at once."""
    if is_yes(heard.text):
        return await _place(state, turn)
    if is_no(heard.text) or _CHANGE & set(plain(heard.text).split()):
        part = part_in(heard.text)
        return await (change(state, part, turn) if part else ask_again(ChoosingChange(draft=state.draft), turn))
    if answer := await canned_question(heard.text, turn):
        return await ask_again(state, turn, CannedAnswer(response=answer.response, alone=False))
    if looks_like_code(heard.text):
        return await with_promo(state.draft, heard.text.strip(), turn)
    return await ask_again(state, turn)


async def _place(state: ReviewingOrder, turn: Turn) -> Next:
    draft = state.draft
    try:
        done = await ask(
            orders.place,
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
    order = await ask(orders.order, shopper_id=turn.shopper_id, order_id=done.order_id)
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


async def _placed_before(state: OrderPlaced, turn: Turn) -> Next:
    try:
        order = await ask(orders.order, shopper_id=turn.shopper_id, order_id=state.order_id)
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
