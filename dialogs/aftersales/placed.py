"""A change by name that may be for an order: "paalis po ng mug", "gawing 2 yung lamp" where the cart has none."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.language.buying.correcting import addition_in, line_change_in
from bot.language.changes.kinds import kind_change_in
from bot.language.fold import fold
from bot.language.lexicon import words_for
from dialogs.aftersales import items
from dialogs.aftersales.items import Items
from dialogs.aftersales.kinds import line_meant, of_another_kind
from dialogs.browse.changing import change_kind, change_named
from dialogs.browse.claiming import claim
from dialogs.browse.named import Pointed
from dialogs.cart.naming import lines_called
from dialogs.cart.pieces import cart_shown
from dialogs.engine.claimed import ChangesLine, Claims
from dialogs.engine.heard import ChangesKind, Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import spoken_to
from dialogs.showing.tracking import UNDER_WAY, detail, my_orders_that
from dialogs.states import ChangingLine, ListingOrders
from dialogs.states_after import ChoosingCartOrOrder, ChoosingOrder
from replies.changing import WhichOrder
from replies.taps import Cancel, GoBack, OpenCart
from replies.taps_after import PickOrder
from replies.troubled import CartOrOrder
from repository.aftersales import changing
from repository.aftersales.changing import CHANGEABLE
from repository.orders import carts
from repository.orders.placed_orders import OrderSummary

Changed = Items | ChoosingOrder | ChoosingCartOrOrder
"""Where a change leads that is for an order."""
_ADD, _CART, _ORDER = words_for("wish.add"), words_for("command_word.cart"), words_for("wish.order")
_LOOKED_INTO = 3  # orders in which something is looked for


async def change_line(
    state: Here, heard: ChangesLine, turn: Turn
) -> Next[Here | Pointed | ChangingLine | Changed | Told]:
    """Change a line of the cart; where the cart has none of that name and an order under way does, change the order."""
    return await _for_order(state, heard, turn) or await change_named(state, heard, turn)


async def change_look(
    state: Here, heard: ChangesKind, turn: Turn
) -> Next[Here | Pointed | ChangingLine | Changed | Told]:
    """The same for another color or size."""
    return await _for_order(state, heard, turn) or await change_kind(state, heard, turn)


async def add_to_order(state: Idle | ListingOrders, heard: Claims, turn: Turn) -> Next[Here | Pointed | Changed]:
    """Something added with nothing on show and nothing in the cart is for the order that is not packed yet."""
    adds = set(fold(heard.text).split())
    if not adds & _ADD or adds & _CART:
        return await claim(state, heard, turn)
    open_ones = await my_orders_that(lambda one: one.status in CHANGEABLE, turn)
    if not open_ones:
        return await claim(state, heard, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    spoken = await spoken_to(heard.text, turn)
    if cart.lines:
        return _asked_which(open_ones[0], heard.text, spoken)
    return await _in_order(state, open_ones, heard.text, spoken)


async def in_cart(state: ChoosingCartOrOrder, tap: OpenCart, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    """It was meant for the cart."""
    return await _in_cart(state.said, turn)


async def in_order(state: ChoosingCartOrOrder, tap: PickOrder, turn: Turn) -> Next[Here | Changed]:
    """It was meant for the order."""
    return await items.begin(state, tap.order_id, state.said, turn)


async def type_which(
    state: ChoosingCartOrOrder, heard: Typed, turn: Turn
) -> Next[Here | Pointed | ChangingLine | Changed | Told]:
    """Take the one that was typed; anything else is answered as ever."""
    said = set(fold(heard.text).split())
    if said & _CART:
        return await _in_cart(state.said, turn)
    number = (await detail(state.order_id, turn)).order.order_number
    typed = heard.text.upper().strip(" .!#")
    if said & _ORDER or (len(typed) > 3 and number.endswith(typed[-13:])):
        return await items.begin(state, state.order_id, state.said, turn)
    return await answer_text(Idle(), heard.text, turn)


async def leave_both(
    state: ChoosingCartOrOrder, tap: Cancel | GoBack, turn: Turn
) -> Next[Here | Pointed | ChangingLine]:
    """Leave both as they are."""
    return await _in_cart("", turn)


async def _for_order(state: Here, heard: ChangesLine | ChangesKind, turn: Turn) -> Next[Here | Changed] | None:
    """The change where it is for an order under way, or the question which is meant; None where it is for the cart."""
    if isinstance(heard, ChangesLine) and (heard.others or heard.every):
        return None
    if isinstance(heard, ChangesKind) and (heard.product_id or heard.line_id):
        return None  # of what is on show
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    in_cart = bool(lines_called(cart, heard.goods) if heard.goods else cart.lines)
    if in_cart and not isinstance(state, Idle | ListingOrders):
        return None
    mine = await my_orders_that(lambda one: one.status in UNDER_WAY, turn)
    mine = [one for one in mine if one.status in CHANGEABLE] or mine
    fitting = [one for one in mine[:_LOOKED_INTO] if await _is_of(one, heard, turn)]
    if not fitting or (in_cart and fitting[0].status not in CHANGEABLE):
        return None
    spoken = await spoken_to(heard.text, turn)
    if in_cart:
        return _asked_which(fitting[0], heard.text, spoken)
    return await _in_order(state, fitting, heard.text, spoken)


async def _is_of(order: OrderSummary, heard: ChangesLine | ChangesKind, turn: Turn) -> bool:
    """Whether an order has what shall be changed."""
    lines = await ask(changing.lines_of, shopper_id=turn.shopper_id, order_id=order.id)
    if isinstance(heard, ChangesKind):
        return await of_another_kind(lines, heard.text, turn) is not None
    return await line_meant(lines, heard.goods, turn) is not None


def _asked_which(order: OrderSummary, said: str, turn: Turn) -> Next[ChoosingCartOrOrder]:
    asked = CartOrOrder(order_id=order.id, number=order.order_number)
    choosing = ChoosingCartOrOrder(order_id=order.id, said=said)
    return Next(choosing, [asked], language=turn.language, intent="cart_or_order")


async def _in_order(state: Here, orders: Sequence[OrderSummary], text: str, turn: Turn) -> Next[Here | Changed]:
    """The change in the order that is meant, or the question which."""
    if len(orders) > 1:
        which = Next(ChoosingOrder(wish="items", said=text), [WhichOrder(orders=tuple(orders))])
        return replace(which, language=turn.language, intent="items")
    return replace(await items.begin(state, orders[0].id, text, turn), language=turn.language, intent="items")


async def _in_cart(said: str, turn: Turn) -> Next[Idle | Pointed | ChangingLine]:
    """The change in the cart; the cart as it is where nothing is said."""
    if added := addition_in(said):
        return await claim(Idle(), Claims(text=said, said=added.goods, quantity=added.quantity), turn)
    if line := line_change_in(said, in_cart=True):
        return await change_named(Idle(), ChangesLine(said, line.goods, line.quantity, line.more, line.times), turn)
    if kind := kind_change_in(said, in_cart=True):
        heard = ChangesKind(text=said, said=kind.said, goods=kind.goods, quantity=kind.quantity)
        return await change_kind(Idle(), heard, turn)
    return cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id))


ROWS = (
    On(ANYWHERE, ChangesLine, change_line),
    On(ANYWHERE, ChangesKind, change_look),
    On((Idle, ListingOrders), Claims, add_to_order),
    On(ChoosingCartOrOrder, OpenCart, in_cart),
    On(ChoosingCartOrOrder, PickOrder, in_order),
    On(ChoosingCartOrOrder, Typed, type_which),
    On(ChoosingCartOrOrder, (Cancel, GoBack), leave_both),
)
