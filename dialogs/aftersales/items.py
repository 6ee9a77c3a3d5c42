"""What is in an order that is not packed yet: one more, one less, something else; shown, and changed with a tap."""

from collections.abc import Sequence

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import STOP
from bot.language.quantities import amount_in, number_in
from bot.language.texts import is_no, is_question, is_yes, subject
from dialogs.aftersales.kinds import line_changed, line_named, of_another_kind
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.tracking import ask_cancel, detail, show_order
from dialogs.states import CancellingOrder, ViewingOrder
from dialogs.states_after import ChangingItem, ChangingItems, ConfirmingItems, Wanted
from replies.changing import NotChanged, OrderChanged, TooLateToChange
from replies.items import AddWhich, HowManyOfIt, ItemsCheck, ItemsOfOrder
from replies.orders import UnknownOrderText
from replies.taps import Cancel, GoBack
from replies.taps_after import AddItem, ChangeItem, ChangeItems, ConfirmItems, SetItem
from repository.aftersales import changing
from repository.aftersales.changing import CHANGEABLE, Changed, Item, ItemLine
from repository.catalogue import search
from repository.database.errors import NotChangeable, NothingToOrder, OutOfStock, TooMany, UnknownOrder, UnknownProduct
from repository.orders.placed_orders import Order

Items = ChangingItems | ChangingItem | ConfirmingItems | CancellingOrder | ViewingOrder
"""Where a change of what is in an order leads."""
_REMOVE = words_for("wish.remove")
_LESS = words_for("items.less")
_ADD = words_for("wish.add", "quantity.more")
_AROUND = words_for(
    "wish.order", "wish.mine", "wish.add", "wish.remove", "wish.change", "wish.quantity", "wish.kind", "wish.around",
    "quantity.around", "quantity.unit", "quantity.more", "quantity.make", "small.polite", "small.particle",
    "small.please", "small.me", "small.you", "small.this", "small.article", "items.less", "pointing.same",
)  # fmt: skip
_SHOWN = 8  # products that may be meant
_NAMED_MOST = 4  # words of what shall be added, where no product is called so


async def begin(state: Here, order_id: int, text: str, turn: Turn) -> Next[Here | Items]:
    """Show what is in an order, or what it would hold where the text says.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`.
        text: What was typed, such as "alisin yung kettle sa order ko", or empty.
        turn: The facts.
    """
    try:
        order, lines = await _opened(order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    if order.status not in CHANGEABLE:
        late = TooLateToChange(order_id=order.id, number=order.order_number, status=order.status)
        return Next(ViewingOrder(order_id=order.id), [late])
    return await _understood(order, lines, text, turn) or _listed(order, lines)


async def change_items(state: Here, tap: ChangeItems, turn: Turn) -> Next[Here | Items]:
    """Show what is in an order, to change it."""
    return await begin(state, tap.order_id, "", turn)


async def hear_items(state: ChangingItems, heard: Typed, turn: Turn) -> Next[ChangingItems | Items | Told]:
    """Take what was typed for a change of a line, or for something to be added; a question is answered as ever."""
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    try:
        order, lines = await _opened(state.order_id, turn)
    except UnknownOrder:
        return Next(ViewingOrder(order_id=state.order_id), [UnknownOrderText()])
    if decided := await _understood(order, lines, heard.text, turn):
        return decided
    if is_question(heard.text) or is_yes(heard.text) or len(fold(heard.text).split()) > _NAMED_MOST:
        return await answer_text(ViewingOrder(order_id=order.id), heard.text, turn)
    refused = NotChanged(
        order_id=order.id, number=order.order_number, reason="not_found", product=subject(heard.text)[:100]
    )
    return Next(ChangingItems(order_id=order.id), [refused])


async def change_item(state: Here, tap: ChangeItem, turn: Turn) -> Next[Here | Items]:
    """Ask how many of a line there shall be."""
    try:
        order, lines = await _opened(tap.order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    line = next((line for line in lines if line.item_id == tap.item_id), None)
    if line is None or order.status not in CHANGEABLE:
        return await begin(state, tap.order_id, "", turn)
    asked = HowManyOfIt(
        order_id=order.id, number=order.order_number, item_id=line.item_id, product=line.name, quantity=line.quantity
    )
    return Next(ChangingItem(order_id=order.id, item_id=line.item_id), [asked])


async def hear_item(state: ChangingItem, heard: Typed, turn: Turn) -> Next[ChangingItem | Items]:
    """Take the number that was typed for the line; ask again where it is none."""
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    number = number_in(heard.text)
    if number is None and set(fold(heard.text).split()) & _REMOVE:
        number = 0
    if number is None:
        return await change_item(state, ChangeItem(order_id=state.order_id, item_id=state.item_id), turn)
    return await set_item(state, SetItem(order_id=state.order_id, item_id=state.item_id, quantity=number), turn)


async def set_item(state: Here, tap: SetItem, turn: Turn) -> Next[Here | Items]:
    """Show what the order would hold with so many of a line."""
    try:
        order, lines = await _opened(tap.order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    return await with_pieces(order, lines, tap.item_id, tap.quantity, turn)


async def add_item(state: Here, tap: AddItem, turn: Turn) -> Next[Here | Items]:
    """Show what the order would hold with one more product."""
    try:
        order, lines = await _opened(tap.order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    wanted = [*_items(lines), Item(tap.product_id, tap.variant_id, 1)]
    return await _shown(order, wanted, turn)


async def confirm_items(state: ConfirmingItems, tap: ConfirmItems, turn: Turn) -> Next[Items]:
    """Change what is in the order to what was understood and shown."""
    if tap.order_id != state.order_id:
        return await begin(state, tap.order_id, "", turn)
    return await _change(state, turn)


async def confirm_items_elsewhere(state: Here, tap: ConfirmItems, turn: Turn) -> Next[Here | Items]:
    """An old button: show what is in the order."""
    return await begin(state, tap.order_id, "", turn)


async def answer_items(state: ConfirmingItems, heard: Typed, turn: Turn) -> Next[Items | Told]:
    """Change it on a typed yes, leave it on a typed no; anything else is another change."""
    if is_yes(heard.text):
        return await _change(state, turn)
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    return await hear_items(ChangingItems(order_id=state.order_id), heard, turn)


async def leave_items(
    state: ChangingItems | ChangingItem | ConfirmingItems, tap: Cancel | GoBack, turn: Turn
) -> Next[Items]:
    """Leave the order as it is."""
    return await show_order(state, state.order_id, turn)


async def _opened(order_id: int, turn: Turn) -> tuple[Order, tuple[ItemLine, ...]]:
    order = (await detail(order_id, turn)).order
    lines = await ask(changing.lines_of, shopper_id=turn.shopper_id, order_id=order_id)
    return order, lines


def _listed(order: Order, lines: tuple[ItemLine, ...]) -> Next[ChangingItems]:
    listed = ItemsOfOrder(order_id=order.id, number=order.order_number, lines=lines)
    return Next(ChangingItems(order_id=order.id), [listed])


async def _understood(order: Order, lines: tuple[ItemLine, ...], text: str, turn: Turn) -> Next[Items] | None:
    """What a text says of the order's items; None where it says nothing of the kind."""
    if changed := await line_changed(lines, text, turn):
        return await with_pieces(order, lines, changed[0].item_id, changed[1], turn)
    words = fold(text).split()
    said = set(words)
    about = [word for word in words if word not in _AROUND and number_in(word) is None]
    about = [] if said & _ADD and set(about) <= STOP else about  # "can you add one more of the same?"
    line = line_named(lines, about)
    number = next((count for word in words if (count := number_in(word)) is not None), None)
    if line is None and not about and len(lines) == 1 and (said & (_REMOVE | _LESS) or number is not None):
        line = lines[0] if amount_in(text) or said & (_LESS | _ADD) else None
    if line is not None:
        if said & _LESS:
            return await with_pieces(order, lines, line.item_id, line.quantity - (number or 1), turn)
        if said & _REMOVE:
            return await with_pieces(order, lines, line.item_id, line.quantity - number if number else 0, turn)
        if said & _ADD:
            return await with_pieces(order, lines, line.item_id, line.quantity + (number or 1), turn)
        return await with_pieces(order, lines, line.item_id, number, turn) if number is not None else None
    if other := await of_another_kind(lines, text, turn):
        return await _shown(order, other, turn)
    if not about or said & (_REMOVE | _LESS) or is_question(text):
        return None
    found = await ask(search.search, text=" ".join(about), page=1, page_size=_SHOWN)
    left = [card for card in found.items if card.left > 0]
    if len(left) == 1 and not left[0].has_variants:
        return await _shown(order, [*_items(lines), Item(left[0].id, None, number or 1)], turn)
    if not left:
        return None
    asked = AddWhich(order_id=order.id, number=order.order_number, cards=tuple(left))
    return Next(ChangingItems(order_id=order.id), [asked])


def _items(lines: Sequence[ItemLine]) -> list[Item]:
    return [Item(line.product_id, line.variant_id, line.quantity) for line in lines]


async def with_pieces(
    order: Order, lines: tuple[ItemLine, ...], item_id: int, quantity: int, turn: Turn
) -> Next[Items]:
    """What the order would hold with so many of a line."""
    quantity = max(quantity, 0)
    before = next((line for line in lines if line.item_id == item_id), None)
    if before is None:
        return _listed(order, lines)
    if before.quantity == quantity:
        same = NotChanged(order_id=order.id, number=order.order_number, reason="same")
        return Next(ChangingItems(order_id=order.id), [same])
    wanted = [
        Item(line.product_id, line.variant_id, quantity if line.item_id == item_id else line.quantity) for line in lines
    ]
    return await _shown(order, wanted, turn)


async def _shown(order: Order, wanted: list[Item], turn: Turn) -> Next[Items]:
    """What the order would hold, and what it would come to."""
    try:
        changed: Changed = await ask(
            changing.preview_items, order_id=order.id, shopper_id=turn.shopper_id, items=tuple(wanted), rules=turn.rules
        )
    except NothingToOrder:
        return await ask_cancel(ViewingOrder(order_id=order.id), order.id, turn)
    except (UnknownOrder, NotChangeable, UnknownProduct, OutOfStock, TooMany) as refused:
        return _refused(order, refused)
    check = ItemsCheck(
        order_id=order.id,
        number=order.order_number,
        lines=changed.lines,
        total_before=changed.was.total,
        total=changed.sums.total,
        fee=changed.sums.shipping_fee,
    )
    items = tuple(Wanted(line.product_id, line.variant_id, line.quantity) for line in changed.lines)
    return Next(ConfirmingItems(order_id=order.id, items=items), [check])


async def _change(state: ConfirmingItems, turn: Turn) -> Next[Items]:
    viewing = ViewingOrder(order_id=state.order_id)
    try:
        order = (await detail(state.order_id, turn)).order
    except UnknownOrder:
        return Next(viewing, [UnknownOrderText()])
    wanted = [Item(one.product_id, one.variant_id, one.quantity) for one in state.items]
    try:
        changed: Changed = await ask(
            changing.change_items, order_id=order.id, shopper_id=turn.shopper_id, items=tuple(wanted), rules=turn.rules
        )
    except NothingToOrder:
        return await ask_cancel(viewing, order.id, turn)
    except (UnknownOrder, NotChangeable, UnknownProduct, OutOfStock, TooMany) as refused:
        return _refused(order, refused)
    done = OrderChanged(order_id=order.id, number=order.order_number, part="items", total=changed.sums.total)
    return Next(viewing, [done])


def _refused(order: Order, refused: Exception) -> Next[ChangingItems | ViewingOrder]:
    viewing = ViewingOrder(order_id=order.id)
    said = NotChanged(order_id=order.id, number=order.order_number, reason="not_found")
    match refused:
        case NotChangeable(reason="status"):
            late = TooLateToChange(order_id=order.id, number=order.order_number, status=refused.status)
            return Next(viewing, [late])
        case NotChangeable():
            said = NotChanged(order_id=order.id, number=order.order_number, reason=refused.reason)
            return Next(viewing, [said])
        case OutOfStock():
            said = NotChanged(
                order_id=order.id, number=order.order_number, reason="stock", left=refused.left, product=refused.product
            )
        case TooMany():
            said = NotChanged(
                order_id=order.id, number=order.order_number, reason="stock", left=refused.most, product=""
            )
    return Next(ChangingItems(order_id=order.id), [said])


ROWS = (
    On(ANYWHERE, ChangeItems, change_items),
    On(ChangingItems, Typed, hear_items),
    On(ANYWHERE, ChangeItem, change_item),
    On(ChangingItem, Typed, hear_item),
    On(ANYWHERE, SetItem, set_item),
    On(ANYWHERE, AddItem, add_item),
    On(ConfirmingItems, ConfirmItems, confirm_items),
    On(ANYWHERE, ConfirmItems, confirm_items_elsewhere),
    On(ConfirmingItems, Typed, answer_items),
    On((ChangingItems, ChangingItem, ConfirmingItems), (Cancel, GoBack), leave_items),
)
