"""The way into checkout and out of it: begin, buy at once, a saved address, one step back, cancel."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.texts import is_yes
from dialogs.checkout.asides import aside
from dialogs.checkout.draft import is_changing
from dialogs.checkout.form import Known, ask_again, begin, choose_address, proceed
from dialogs.checkout.questions import question
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask, together
from dialogs.engine.state import Here, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import draft_of, put_in
from dialogs.states import (
    CHECKOUT,
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    ChoosingAddress,
    ChoosingChange,
    ChoosingPayment,
    ChoosingVariant,
    ChoosingZone,
    Draft,
    EnteringPromo,
    InCheckout,
    Ordering,
    ReviewingCart,
    ReviewingOrder,
    ViewingProduct,
)
from replies.cart import CartSummary
from replies.taps import BuyNow, Cancel, Checkout, GoBack, NewAddress, UseAddress
from repository.database.errors import UnknownAddress
from repository.orders import addresses, carts, shipping
from repository.orders.addresses import Address

SAVED = "saved"
"""What `Draft.asked` holds where a saved address is used."""
NEW = "new"
"""What `Draft.asked` holds where another address than the saved ones is typed."""
_BEFORE: dict[type[InCheckout], type[InCheckout]] = {
    AskingPhone: AskingRecipient,
    AskingAddress: AskingPhone,
    AskingBarangay: AskingAddress,
    AskingCity: AskingBarangay,
    AskingProvince: AskingCity,
    AskingLandmark: AskingAddress,
    ChoosingZone: AskingLandmark,
    ChoosingPayment: AskingLandmark,
}
"""What was asked before, in a state that has no step back of its own."""
_ANOTHER = words_for("edit.another")


async def checkout(state: State, tap: Checkout, turn: Turn) -> Next[Ordering]:
    """Begin to order what is in the cart, or go on where it was left."""
    return await begin(draft_of(state), turn)


async def buy_now(state: Here, tap: BuyNow, turn: Turn) -> Next[Here | ViewingProduct | ChoosingVariant | Ordering]:
    """Put one piece into the cart and check out."""
    cart = await put_in(state, turn, product_id=tap.product_id, variant_id=tap.variant_id, buying=True)
    return cart if isinstance(cart, Next) else await begin(draft_of(state), turn)


async def use_address(state: State, tap: UseAddress, turn: Turn) -> Next[Ordering]:
    """Deliver to a saved address."""
    try:
        address, cart, zones = await together(
            ask(addresses.address, shopper_id=turn.shopper_id, address_id=tap.address_id),
            ask(carts.cart, shopper_id=turn.shopper_id),
            ask(shipping.zones),
        )
    except UnknownAddress:
        return await begin(draft_of(state), turn)
    return await begin(_with(draft_of(state), address), turn, known=Known(cart, zones))


async def new_address(state: State, tap: NewAddress, turn: Turn) -> Next[Ordering]:
    """Deliver to an address that is typed now."""
    draft = draft_of(state)
    asked = (NEW,) if isinstance(state, ChoosingAddress) else ()
    fresh = Draft(payment_method=draft.payment_method, promo_code=draft.promo_code, asked=asked)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return await (proceed(fresh, turn) if cart.lines else begin(fresh, turn))


async def name_saved_address(state: ChoosingAddress, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the saved address that was meant; a typed yes takes the only one."""
    if answered := await aside(state, heard.text, turn):
        return answered
    said = fold(heard.text)
    if _ANOTHER & set(said.split()):
        return await new_address(state, NewAddress(), turn)
    saved = await ask(addresses.addresses, shopper_id=turn.shopper_id)
    meant = [address for address in saved if len(said) >= 3 and said in fold(_words(address))]
    if is_yes(heard.text) and len(saved) == 1:
        meant = list(saved)
    if len(meant) == 1:
        return await begin(_with(state.draft, meant[0]), turn)
    return await ask_again(state, turn)


async def back_to_cart(state: ChoosingAddress, tap: GoBack, turn: Turn) -> Next[ReviewingCart]:
    """From the first question back to the cart."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(ReviewingCart(draft=state.draft), [CartSummary(cart=cart)])


async def back_from_recipient(state: AskingRecipient, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """From the recipient back to the saved addresses where one of them was not wanted, else to the cart."""
    if is_changing(state):
        return await ask_again(ChoosingChange(draft=state.draft), turn)
    if {NEW, SAVED} & set(state.draft.asked):
        return await choose_address(state.draft, turn)
    return await back_to_cart(ChoosingAddress(draft=state.draft), tap, turn)


async def back_one_question(state: InCheckout, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """One question back; what was given is kept and can be left as it is."""
    if is_changing(state):
        return await ask_again(ChoosingChange(draft=state.draft), turn)
    if SAVED in state.draft.asked:
        return await choose_address(state.draft, turn)
    before = _BEFORE[type(state)](draft=state.draft)
    return Next(before, [question(before, turn)])


async def back_to_payment(state: ReviewingOrder, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """From the summary back to the payment."""
    return await ask_again(ChoosingPayment(draft=state.draft), turn)


async def back_to_summary(state: EnteringPromo | ChoosingChange, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """Back to the summary."""
    return await proceed(state.draft, turn)


async def cancel(state: InCheckout, tap: Cancel, turn: Turn) -> Next[ReviewingCart]:
    """Stop checkout; the cart stays as it is."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(ReviewingCart(), [CartSummary(cart=cart, note="kept")], intent="cancel_checkout")


def _with(draft: Draft, address: Address) -> Draft:
    return replace(
        draft,
        recipient=address.recipient_name,
        phone=address.phone,
        line1=", ".join(part for part in (address.address_line1, address.address_line2) if part),
        barangay=address.barangay,
        city=address.city,
        province=address.province,
        region=address.region,
        postal_code=address.postal_code,
        landmark=address.landmark,
        address_id=address.id,
        zone_id=None,
        asked=(SAVED, "barangay", "landmark"),
    )


def _words(address: Address) -> str:
    return f"{address.recipient_name} {address.address_line1} {address.barangay} {address.city} {address.province}"


CHECKOUT_START = Dialog(
    "checkout",
    (
        On(ANYWHERE, Checkout, checkout),
        On(ANYWHERE, BuyNow, buy_now),
        On(ANYWHERE, UseAddress, use_address),
        On(ANYWHERE, NewAddress, new_address),
        On(ChoosingAddress, Typed, name_saved_address),
        On(ChoosingAddress, GoBack, back_to_cart),
        On(AskingRecipient, GoBack, back_from_recipient),
        On(tuple(_BEFORE), GoBack, back_one_question),
        On(ReviewingOrder, GoBack, back_to_payment),
        On((EnteringPromo, ChoosingChange), GoBack, back_to_summary),
        On(CHECKOUT, Cancel, cancel),
    ),
)
