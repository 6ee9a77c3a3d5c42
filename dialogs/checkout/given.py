"""Checkout that begins with what was told unasked: a phone, an address, a name."""

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.buying.naming import name_in
from bot.language.buying.whole import whole_in
from bot.language.phones import phone_in
from bot.language.places import Place
from dialogs.checkout.draft import NAME_MOST, spoken_address, with_whole
from dialogs.checkout.form import begin
from dialogs.engine.claimed import Gives
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.reading.given import is_address
from dialogs.showing.adding import Added, put_in
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.closer import fee_to
from dialogs.showing.kinds import which_kind
from dialogs.showing.listing import goods_named
from dialogs.states import Ordering
from dialogs.states_looking import ChoosingVariant
from replies.understood import Noted
from repository.catalogue import products
from repository.database.errors import UnknownProduct
from repository.orders import carts


async def kind_first(state: Here) -> Next[ChoosingVariant] | None:
    """The question which kind of a product is wanted once more, to be bought then; None where that is not asked.

    Args:
        state: Where the conversation stands; the cart is empty.
    """
    if not isinstance(state, ChoosingVariant):
        return None
    try:
        product = await ask(products.product, product_id=state.product_id)
    except UnknownProduct:
        return None
    asked = which_kind(product, state.said, quantity=state.quantity, buying=True)
    return Next(replace(state, buying=True), [replace(asked, unheard="")], intent="choose_variant")


async def begin_with(state: Here, heard: Gives, turn: Turn) -> Next[Here | Ordering | Told | Added]:
    """Begin to order what is in the cart with what was told unasked; with an empty one only say what sending costs."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    whole = whole_in(heard.text)
    parsed = parse(whole.address)
    spoken = await spoken_to(heard.text, turn)
    phone = whole.phone or phone_in(heard.text) or ""
    is_place = is_address(heard.text)
    name = "" if is_place or phone else name_in(heard.text).name
    if name and (not (cart.lines or heard.beside) or await goods_named(heard.text, spoken)):
        return await answer_text(state, heard.text, turn)
    if heard.beside:
        product_id, variant_id, quantity = heard.beside
        put = await put_in(
            state, spoken, product_id=product_id, variant_id=variant_id, buying=True, quantity=quantity
        )  # fmt: skip
        if isinstance(put, Next):
            return put
        cart = put
    first = await kind_first(state) if not cart.lines else None
    if not cart.lines and first is None:
        if not is_place:
            return await answer_text(state, heard.text, turn)
        fee = await fee_to(Place(parsed.city, parsed.province), spoken)
        return Next(state, [*hello(spoken), fee], language=spoken.language, intent="shipping_info")
    if is_place:
        draft = with_whole(turn.draft, whole, methods=turn.rules.payment_methods)
    else:
        draft = replace(
            turn.draft,
            phone=phone or turn.draft.phone,
            recipient=name[:NAME_MOST] or turn.draft.recipient,
            address_id=None,
        )
    noted = Noted(
        phone=phone,
        recipient=draft.recipient if draft.recipient != turn.draft.recipient else "",
        address=spoken_address(draft) if is_place else "",
    )
    if first:
        return replace(first, replies=[*hello(spoken), noted, *first.replies], draft=draft, language=spoken.language)
    going_on = await begin(replace(spoken, draft=draft))
    return replace(going_on, replies=[*hello(spoken), noted, *going_on.replies], language=spoken.language)
