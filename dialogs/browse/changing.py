"""What was taken, changed by its name or its kind; what is in no cart yet is offered as it was said."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace

from dialogs.browse.claiming import claim
from dialogs.browse.named import Pointed, Wanted, one_named, put_all, thing_named, which_kind_of
from dialogs.cart.naming import lines_named, pieces_of, swapped
from dialogs.cart.pieces import cart_shown, change_pieces, changed_pieces, pick_line, set_quantity
from dialogs.engine.claimed import ChangesLine, ChangesSeveral, Claims, Swaps
from dialogs.engine.heard import ChangesKind
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import put_in_and_say
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.kinds import is_look, kind_meant, without_looks
from dialogs.states import ChangingLine
from dialogs.states_looking import ChoosingVariant
from replies.asked import NotChanged
from replies.base import Reply
from replies.product import Variants
from replies.taps import PickLine, SetQuantity
from repository.catalogue import products
from repository.database.errors import CartFull, OutOfStock, TooMany, UnknownProduct
from repository.orders import carts
from repository.orders.carts import CartLine


async def change_named(state: Here, heard: ChangesLine, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    """Have another number of the line that was named, or none.

    What is not in the cart is offered in that number, and is not taken out; where nothing is called so, the text is
    answered as any other.
    """
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if heard.others:
        return await _without_others(state, heard, turn)
    lines = await lines_named(cart, heard.goods, turn, every=heard.every)
    if not lines:
        return await _not_there(state, heard, turn)
    await spoken_to(heard.text, turn)
    if heard.every and heard.quantity == 0:
        return await _without(state, lines, heard, turn)
    if len(lines) > 1:
        return await pick_line(state, PickLine(), turn)
    return await change_pieces(state, turn, lines[0].id, pieces_of(lines[0], heard))


async def _without_others(state: Here, heard: ChangesLine, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    """Take out all but what is named; nothing where nothing of the cart is called so."""
    turn = await spoken_to(heard.text, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    kept = {line.id for word in heard.goods.split() for line in await lines_named(cart, word, turn)}
    going = await lines_named(cart, heard.of, turn, every=True) if heard.of else cart.lines
    return await _without(state, [line for line in going if kept and line.id not in kept], heard, turn)


async def _without(
    state: Here, lines: Sequence[CartLine], heard: ChangesLine, turn: Turn
) -> Next[Here | Pointed | ChangingLine]:
    """The cart without some lines."""
    for line in lines:
        await changed_pieces(state, turn, line.id, 0)
    shown = cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id), note="removed" if lines else "absent")
    return replace(shown, replies=[*hello(turn), *shown.replies], language=turn.language)


async def swap(state: Here, heard: Swaps, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    """Have another thing in place of a line of the cart; nothing is taken out where that other is not found."""
    turn = await spoken_to(heard.text, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if heard.line_id:
        lines = [line for line in cart.lines if line.id == heard.line_id]
    else:
        lines = await lines_named(cart, heard.goods, turn)
    if len(lines) > 1:
        return await pick_line(state, PickLine(), turn)
    if not lines:
        return await answer_text(state, heard.text, turn)
    quantity = heard.quantity or lines[0].quantity
    thing = await thing_named(quantity, heard.said, turn)
    if thing is None and heard.goods:  # "palitan ng cocoa yung wallet" may be a kind of it
        return await change_kind(state, ChangesKind(text=heard.text, said=heard.said, goods=heard.goods), turn)
    if thing is None:
        return await answer_text(state, heard.said, turn)
    await changed_pieces(state, turn, lines[0].id, 0)
    told = await put_all(state, [thing], [], turn)
    return replace(told, replies=[*hello(turn), *told.replies], language=turn.language)


async def _not_there(state: Here, heard: ChangesLine, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    named, _ = without_looks(heard.goods)
    if not named or not await one_named(named, turn):
        return await answer_text(state, heard.text, turn)
    if heard.quantity > 0 and not heard.times and not heard.others:
        return await claim(state, Claims(text=heard.text, said=heard.goods, quantity=heard.quantity), turn)
    turn = await spoken_to(heard.text, turn)
    shown = cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id), note="absent")
    return replace(shown, replies=[*hello(turn), *shown.replies], language=turn.language)


async def change_kind(state: Here, heard: ChangesKind, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    """Have another color or size of what was taken, or say which there are; answer the text where nothing is meant."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    sized = next((line for line in cart.lines if line.id == heard.line_id), None)
    if sized:
        with suppress(UnknownProduct):
            if not kind_meant(await ask(products.product, product_id=sized.product_id), heard.said):
                return await set_quantity(state, SetQuantity(line_id=sized.id, quantity=int(heard.said)), turn)
        heard = replace(heard, product_id=sized.product_id)
    try:
        changed = await swapped(cart, heard, turn)
    except (OutOfStock, TooMany, UnknownProduct, CartFull):
        return await answer_text(state, heard.text, turn)
    if isinstance(changed, Variants):
        return Next(ChoosingVariant(product_id=changed.product.id), [changed])
    if changed is not None:
        return cart_shown(changed, note="changed")
    with suppress(UnknownProduct):
        product = await ask(products.product, product_id=heard.product_id) if heard.product_id else None
        if product and (variant := kind_meant(product, heard.said)):  # nothing of it was taken before
            return await put_in_and_say(state, turn, product.id, variant.id, quantity=max(1, heard.quantity))
        if product and product.variants and is_look(heard.said):
            return which_kind_of(state, product, max(1, heard.quantity), unheard=heard.said)
    if heard.goods and await lines_named(cart, heard.goods, turn) and await thing_named(1, heard.said, turn):
        return await swap(state, Swaps(heard.text, heard.goods, 0, heard.said, max(0, heard.quantity)), turn)
    if heard.goods:
        said = f"{heard.goods} {heard.said}"
        return await claim(state, Claims(text=heard.text, said=said, quantity=max(1, heard.quantity)), turn)
    return await answer_text(state, heard.text, turn)


async def change_several(state: Here, heard: ChangesSeveral, turn: Turn) -> Next[Here | Pointed | ChangingLine]:
    """Change everything that is named, put in what is not there yet, and say what could not be done."""
    turn = await spoken_to(heard.text, turn)
    refused: list[Reply] = []
    found: list[Wanted] = []
    missed: list[str] = []
    absent: list[str] = []
    for change in heard.changes:
        if isinstance(change, ChangesKind):
            refused += await _kind_changed(change, turn)
            continue
        goods = change.said if isinstance(change, Claims) else change.goods
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
        lines = [] if isinstance(change, Claims) else await lines_named(cart, goods, turn)
        if isinstance(change, ChangesLine) and len(lines) == 1:
            put = await changed_pieces(state, turn, lines[0].id, pieces_of(lines[0], change))
            refused += put.replies if isinstance(put, Next) else []
        elif lines or change.quantity < 1:
            absent.append(goods)
        elif thing := await thing_named(change.quantity, goods, turn):
            found.append(thing)
        else:
            missed.append(goods)
    if absent:
        refused.append(NotChanged(said=", ".join(absent)))
    if found or missed:
        told = await put_all(state, found, missed, turn)
        return replace(told, replies=[*hello(turn), *refused, *told.replies], language=turn.language)
    note = "removed" if all(change.quantity == 0 for change in heard.changes) else "changed"
    shown = cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id), note="" if refused else note)
    return replace(shown, replies=[*hello(turn), *refused, *shown.replies], language=turn.language)


async def _kind_changed(change: ChangesKind, turn: Turn) -> Sequence[Reply]:
    """Another kind of what was taken; what is said where that cannot be."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    said = f"{change.goods} {change.said}".strip()
    try:
        changed = await swapped(cart, change, turn)
    except (OutOfStock, TooMany, UnknownProduct, CartFull):
        return [NotChanged(said=said)]
    return [changed] if isinstance(changed, Variants) else [] if changed else [NotChanged(said=said)]


CHANGING = Dialog(
    "changes by name",
    (
        On(ANYWHERE, ChangesSeveral, change_several),
        On(ANYWHERE, Swaps, swap),
    ),
)
