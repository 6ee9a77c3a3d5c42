"""The two pages that show the whole order: what shall be changed, and the summary that is confirmed."""

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.payments import method_in
from bot.language.phones import phone_in
from bot.language.texts import is_no, is_question
from dialogs.checkout.address import address_within
from dialogs.checkout.draft import delivery_of, extra_of, unsure_parts, with_address
from dialogs.checkout.promo import code_in, code_within, is_without, looks_like_code, with_promo
from dialogs.checkout.question import Question, Read, When
from dialogs.checkout.questions import CHANGEABLE, EXTRAS, part_in, wants_change
from dialogs.checkout.summary import refused_order, summary, without_promo
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.showing.answers import first_name
from dialogs.states import ChoosingChange, Draft, InCheckout, Ordering, OrderPlaced, ReviewingOrder
from replies.base import Reply
from replies.paying import AskChange
from replies.summary import AlreadyPlaced, OrderPlacedText, OrderReceipt, TapConfirm
from replies.taps import EditCheckout
from repository.database.errors import NothingToOrder, OutOfStock, PromoRefused, UnknownZone
from repository.orders import placed_orders
from repository.orders.placed_orders import PriceChanged
from repository.orders.standing import AHEAD
from repository.payments import accounts
from repository.payments.accounts import Account, parts_of

_REMOVE = words_for("edit.remove")
_LITTLE = words_for("small.polite", "small.particle", "small.me", "small.article", "pointing.have")
_LONGEST_PART = 3  # words of a text that names a part of the order to change it


async def read_change(state: InCheckout, text: str, turn: Turn) -> Read:
    """The part that shall be changed, or the new address at once; a typed no goes on with the order as it is."""
    if _is_address(text):
        return with_address(turn.draft, text)
    if part := part_in(text):
        return EditCheckout(part=part)
    return turn.draft if is_without(text) else None


async def read_summary(state: InCheckout, text: str, turn: Turn) -> Read:
    """A typed no asks what to change; what is plainly another answer is taken at once."""
    draft, part = turn.draft, part_in(text)
    if address := address_within(text):
        return with_address(draft, address)
    if phone := phone_in(text):
        return replace(draft, phone=phone, address_id=None)
    method = method_in(text)
    if method in turn.rules.payment_methods and method != draft.payment_method:
        return replace(draft, payment_method=method)
    if part == "promo" and is_without(text):
        return replace(draft, promo_code="")  # "no voucher": the summary, without one
    if is_no(text) or wants_change(text):
        return EditCheckout(part=part)
    if part and len(words := [word for word in fold(text).split() if word not in _LITTLE]) <= _LONGEST_PART:
        if part == "promo" and _REMOVE & set(words):
            return replace(draft, promo_code="")
        if part == "promo" and looks_like_code(code := code_in(text)):
            return await with_promo(code, turn)
        if part != "promo" or not is_question(text):
            return EditCheckout(part=part)
    code = code_within(text)
    return await with_promo(code, turn) if code else None


async def place(state: ReviewingOrder, turn: Turn) -> Next[Ordering | OrderPlaced]:
    """Place the order of the summary on show, once.

    Args:
        state: The summary.
        turn: The facts, with the draft.
    """
    draft = turn.draft
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
            extras=draft.extras,
            note=draft.note,
            pin=draft.pin,
            referral_id=turn.referral_id,
            unsure=unsure_parts(draft),
            language=turn.language,
            rules=turn.rules,
        )
    except PriceChanged as changed:
        return replace(summary(changed.quote, turn, note="price_changed"), intent="price_changed")
    except PromoRefused as refused:
        return replace(await without_promo(refused, turn), intent="promo_refused")
    except (NothingToOrder, OutOfStock, UnknownZone) as refused:
        return await refused_order(refused, turn)
    standing = OrderPlaced(order_id=done.order_id, nonce=state.nonce)
    if done.already:
        again = AlreadyPlaced(order_id=done.order_id, number=done.order_number, total=done.total)
        return Next(standing, [again], draft=Draft(), intent="already_placed")
    looked_at = ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=done.order_id)
    pay_to: tuple[Account, ...] = ()
    if done.pay_now:
        method = draft.payment_method if draft.payment_method in AHEAD else ""
        order, pay_to = await together(
            looked_at, ask(accounts.accounts_for, method=method, public_url=turn.rules.public_url)
        )
    else:
        order = await looked_at
    receipt = OrderReceipt(order=order, currency=turn.rules.currency, shop_name=turn.rules.shop_name)
    thanks = OrderPlacedText(
        order_id=done.order_id,
        number=done.order_number,
        total=done.total,
        method=draft.payment_method,
        account=turn.rules.payment_account,
        verify_until=done.verification_expires_at if done.needs_verification else None,
        first_name=first_name(turn),
        pay_now=done.pay_now,
        pay_until=done.verification_expires_at if done.pay_now else None,
        accounts=pay_to,
        parts=parts_of(done.pay_now, most=turn.rules.transfer_most) if done.pay_now else (),
        no_invoice=turn.rules.says_no_invoice,
    )
    return Next(standing, [receipt, thanks], draft=Draft(), intent="order_placed")


def _is_address(text: str) -> bool:
    return any(part.isdigit() for part in text) and bool(parse(text).city)


def _ask_change(state: InCheckout, turn: Turn) -> Reply:
    usual = tuple(part for part in CHANGEABLE if part != "promo" and part not in EXTRAS)
    told = tuple(part for part, one in EXTRAS.items() if one.when is not When.ON_WISH or extra_of(turn.draft, part))
    return AskChange(parts=usual, extras=told, has_promo=bool(turn.draft.promo_code))


def _tap_confirm(state: InCheckout, turn: Turn) -> Reply:
    assert isinstance(state, ReviewingOrder), "the row names its state"
    return TapConfirm(nonce=state.nonce, total=state.total)


CHANGE = Question(
    part="change",
    state=ChoosingChange(),
    when=When.ON_WISH,
    asks=_ask_change,
    reads=read_change,
    is_sure=lambda text: bool(part_in(text)) or is_without(text) or _is_address(text),
)
REVIEW = Question(
    part="review",
    state=ReviewingOrder(),
    when=When.ON_WISH,
    asks=_tap_confirm,
    reads=read_summary,
    is_sure=lambda text: is_no(text) or wants_change(text) or bool(code_within(text)),
)
