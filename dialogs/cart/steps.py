"""The cart: shown, changed, emptied."""

from contextlib import suppress

from msgspec.structs import replace

from bot.language.quantities import amount_in, number_in
from bot.language.texts import is_no, is_yes
from dialogs.cart.naming import lines_named, pieces_of, swapped
from dialogs.engine.claimed import NamesLine
from dialogs.engine.heard import ChangesKind, ChangesLine, Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import Added, added, after_adding, put_in_and_say
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import canned_question, in_merchants_words, spoken_to
from dialogs.showing.kinds import kind_meant
from dialogs.states import ChangingLine, EmptyingCart, ReviewingCart
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from replies.cart import CartSummary, EmptyCartText, HowMany, ReallyEmpty, SoldOut, TooManyOfIt, WhichLine
from replies.product import Variants
from replies.taps import (
    AddPieces,
    ChangeLine,
    ConfirmEmptyCart,
    EmptyCart,
    GoBack,
    OpenCart,
    PickLine,
    RemoveLine,
    SetQuantity,
)
from repository.catalogue import products
from repository.database.errors import CartFull, OutOfStock, TooMany, UnknownLine, UnknownProduct
from repository.orders import carts
from repository.orders.carts import Cart


async def open_cart(state: State, tap: OpenCart, turn: Turn) -> Next[ReviewingCart]:
    """Show what is in the cart."""
    return _shown(await ask(carts.cart, shopper_id=turn.shopper_id))


async def pick_line(state: State, tap: PickLine, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Ask which line to change; with a single one, how many pieces of it."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines:
        return _shown(cart)
    if len(cart.lines) == 1:
        return _how_many(cart, cart.lines[0].id, turn)
    return Next(ReviewingCart(), [WhichLine(cart=cart, page=tap.page)])


async def change_line(state: State, tap: ChangeLine, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Ask how many pieces of a line."""
    return _how_many(await ask(carts.cart, shopper_id=turn.shopper_id), tap.line_id, turn)


async def set_quantity(state: State, tap: SetQuantity, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Have this many pieces in a line, or say what is left."""
    return await change_pieces(state, turn, tap.line_id, tap.quantity)


async def add_pieces(
    state: Here, tap: AddPieces, turn: Turn
) -> Next[Here | ViewingProduct | ReviewingCart | ChangingLine]:
    """Have more pieces in a line than there are, or fewer; the shopper goes on looking where they were."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    line = next((one for one in cart.lines if one.id == tap.line_id), None)
    if line is None:
        return _shown(cart)
    changed = await _changed(state, turn, line.id, max(0, line.quantity + tap.quantity))
    if isinstance(changed, Next):
        return changed
    line = next((one for one in changed.lines if one.id == tap.line_id), None)
    if tap.quantity < 0:
        return _shown(changed, note="changed" if line else "removed")
    return Next(after_adding(state), [added(state, changed, line)]) if line else _shown(changed)


async def type_quantity(state: ChangingLine, heard: Typed, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Have as many pieces in the line as were typed; ask again where that is no number."""
    quantity = number_in(heard.text)
    if quantity is not None:
        return await change_pieces(state, turn, state.line_id, quantity)
    if answer := await canned_question(heard.text, turn):
        again = await change_line(state, ChangeLine(line_id=state.line_id), turn)
        replies = [await in_merchants_words(answer, turn, alone=False), *again.replies]
        return Next(again.state, replies, intent="canned")
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return _how_many(cart, state.line_id, turn, unheard=heard.text)


async def speak_of_cart(state: ReviewingCart, heard: Typed, turn: Turn) -> Next[Told | ChangingLine]:
    """Change how many there are where that is what was typed: of the only line, or of one that is asked for."""
    amount = amount_in(heard.text)
    if amount is None:
        return await answer_text(state, heard.text, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if len(cart.lines) != 1:
        return await (pick_line(state, PickLine(), turn) if cart.lines else answer_text(state, heard.text, turn))
    line = cart.lines[0]
    quantity = line.quantity + amount.number if amount.more else amount.number
    return await change_pieces(state, turn, line.id, quantity)


async def change_named(state: Here, heard: ChangesLine, turn: Turn) -> Next[Here | Told | ChangingLine]:
    """Have another number of the line that was named, or none; answer the text as any other where no line is meant."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    lines = await lines_named(cart, heard.goods, turn)
    if not lines:
        return await answer_text(state, heard.text, turn)
    await spoken_to(heard.text, turn)
    if len(lines) > 1:
        return await pick_line(state, PickLine(), turn)
    return await change_pieces(state, turn, lines[0].id, pieces_of(lines[0], heard))


async def change_kind(state: Here, heard: ChangesKind, turn: Turn) -> Next[Here | Told | Added | ChangingLine]:
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
        return _shown(changed, note="changed")
    with suppress(UnknownProduct):
        product = await ask(products.product, product_id=heard.product_id) if heard.product_id else None
        if product and (variant := kind_meant(product, heard.said)):  # nothing of it was taken before
            return await put_in_and_say(state, turn, product.id, variant.id)
    return await answer_text(state, heard.text, turn)


async def name_line(state: Here, heard: NamesLine, turn: Turn) -> Next[Here | Told | ReviewingCart | ChangingLine]:
    """Ask how many pieces there shall be of the line that is named; answer the text where it is none, or several."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    lines = await lines_named(cart, heard.said, turn)
    if len(lines) != 1:
        return await answer_text(state, heard.text, turn)
    return _how_many(cart, lines[0].id, turn)


async def remove_line(state: State, tap: RemoveLine, turn: Turn) -> Next[ReviewingCart]:
    """Take a line out of the cart."""
    try:
        cart = await ask(carts.remove_line, shopper_id=turn.shopper_id, line_id=tap.line_id)
    except UnknownLine:
        return _shown(await ask(carts.cart, shopper_id=turn.shopper_id))
    return _shown(cart, note="removed")


async def empty_cart(state: State, tap: EmptyCart, turn: Turn) -> Next[ReviewingCart | EmptyingCart]:
    """Ask whether to empty the cart."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines:
        return _shown(cart)
    return Next(EmptyingCart(), [ReallyEmpty(count=cart.count)])


async def confirm_empty_cart(state: State, tap: ConfirmEmptyCart, turn: Turn) -> Next[ReviewingCart]:
    """Empty the cart."""
    await ask(carts.empty, shopper_id=turn.shopper_id)
    return Next(ReviewingCart(), [EmptyCartText(note="emptied")])


async def answer_emptying(state: EmptyingCart, heard: Typed, turn: Turn) -> Next[ReviewingCart | EmptyingCart]:
    """Empty the cart on a typed yes, keep it on a typed no, ask again on anything else."""
    if is_yes(heard.text):
        return await confirm_empty_cart(state, ConfirmEmptyCart(), turn)
    if is_no(heard.text):
        return await open_cart(state, OpenCart(), turn)
    return await empty_cart(state, EmptyCart(), turn)


async def back_to_cart(state: ChangingLine | EmptyingCart, tap: GoBack, turn: Turn) -> Next[ReviewingCart]:
    """Show the cart again, as it was."""
    return await open_cart(state, OpenCart(), turn)


async def change_pieces(state: State, turn: Turn, line_id: int, quantity: int) -> Next[ReviewingCart | ChangingLine]:
    """Have this many pieces in a line and show the cart, or say what is left.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        line_id: `cart_items.id`.
        quantity: Pieces, 0 for none.
    """
    cart = await _changed(state, turn, line_id, quantity)
    return cart if isinstance(cart, Next) else _shown(cart, note="changed" if quantity else "removed")


async def _changed(state: State, turn: Turn, line_id: int, quantity: int) -> Cart | Next[ReviewingCart | ChangingLine]:
    """The cart with this many pieces in a line; or what is said instead, where it cannot be."""
    try:
        cart: Cart = await ask(
            carts.set_quantity, shopper_id=turn.shopper_id, line_id=line_id, quantity=quantity, rules=turn.rules
        )
    except UnknownLine:
        return _shown(await ask(carts.cart, shopper_id=turn.shopper_id))
    except OutOfStock as short:
        return Next(ChangingLine(line_id=line_id), [SoldOut(left=short.left)])
    except TooMany as many:
        return Next(ChangingLine(line_id=line_id), [TooManyOfIt(most=many.most)])
    return cart


def _how_many(cart: Cart, line_id: int, turn: Turn, *, unheard: str = "") -> Next[ReviewingCart | ChangingLine]:
    line = next((line for line in cart.lines if line.id == line_id), None)
    if line is None:
        return Next(ReviewingCart(), [CartSummary(cart=cart)])
    asked = HowMany(line=line, most=turn.rules.line_quantity_most, unheard=unheard)
    return Next(ChangingLine(line_id=line_id), [asked])


def _shown(cart: Cart, *, note: str = "") -> Next[ReviewingCart]:
    if not cart.lines:
        return Next(ReviewingCart(), [EmptyCartText(note=note)])
    return Next(ReviewingCart(), [CartSummary(cart=cart, note=note)])


CART = Dialog(
    "cart",
    (
        On(ANYWHERE, OpenCart, open_cart),
        On(ANYWHERE, PickLine, pick_line),
        On(ANYWHERE, ChangeLine, change_line),
        On(ANYWHERE, SetQuantity, set_quantity),
        On(ANYWHERE, AddPieces, add_pieces),
        On(ChangingLine, Typed, type_quantity),
        On(ReviewingCart, Typed, speak_of_cart),
        On(ANYWHERE, ChangesLine, change_named),
        On(ANYWHERE, ChangesKind, change_kind),
        On(ANYWHERE, NamesLine, name_line),
        On(ANYWHERE, RemoveLine, remove_line),
        On(ANYWHERE, EmptyCart, empty_cart),
        On(ANYWHERE, ConfirmEmptyCart, confirm_empty_cart),
        On(EmptyingCart, Typed, answer_emptying),
        On((ChangingLine, EmptyingCart), GoBack, back_to_cart),
    ),
)
