"""The cart: shown, changed, emptied."""

from bot.language.chatting.clauses import clauses
from bot.language.quantities import amount_in, number_in
from bot.language.texts import is_no, is_yes
from dialogs.cart.naming import lines_named
from dialogs.cart.pieces import cart_shown, change_pieces, changed_pieces, how_many, pick_line, set_quantity
from dialogs.engine.claimed import NamesLine
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import added, after_adding
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import canned_question, in_merchants_words
from dialogs.states import ChangingLine, EmptyingCart, ReviewingCart
from dialogs.states_looking import (
    ViewingProduct,
)
from replies.cart import EmptyCartText, ReallyEmpty
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
from repository.database.errors import UnknownLine
from repository.orders import carts


async def open_cart(state: State, tap: OpenCart, turn: Turn) -> Next[ReviewingCart]:
    """Show what is in the cart."""
    return cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id))


async def change_line(state: State, tap: ChangeLine, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Ask how many pieces of a line."""
    return how_many(await ask(carts.cart, shopper_id=turn.shopper_id), tap.line_id, turn)


async def add_pieces(
    state: Here, tap: AddPieces, turn: Turn
) -> Next[Here | ViewingProduct | ReviewingCart | ChangingLine]:
    """Have more pieces in a line than there are, or fewer; the shopper goes on looking where they were."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    line = next((one for one in cart.lines if one.id == tap.line_id), None)
    if line is None:
        return cart_shown(cart)
    changed = await changed_pieces(state, turn, line.id, max(0, line.quantity + tap.quantity))
    if isinstance(changed, Next):
        return changed
    line = next((one for one in changed.lines if one.id == tap.line_id), None)
    if tap.quantity < 0:
        return cart_shown(changed, note="changed" if line else "removed")
    return Next(after_adding(state), [added(state, changed, line)]) if line else cart_shown(changed)


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
    return how_many(cart, state.line_id, turn, unheard=heard.text)


async def speak_of_cart(state: ReviewingCart, heard: Typed, turn: Turn) -> Next[Told | ChangingLine]:
    """Change how many there are where that is what was typed: of the only line, or of one that is asked for."""
    told = clauses(heard.text) or (heard.text,)
    amount = next((amount for part in told if (amount := amount_in(part))), None)  # "sobra yata, 6 lang"
    if amount is None:
        return await answer_text(state, heard.text, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if len(cart.lines) != 1:
        return await (pick_line(state, PickLine(), turn) if cart.lines else answer_text(state, heard.text, turn))
    line = cart.lines[0]
    quantity = line.quantity + amount.number if amount.more else amount.number
    return await change_pieces(state, turn, line.id, quantity)


async def name_line(state: Here, heard: NamesLine, turn: Turn) -> Next[Here | Told | ReviewingCart | ChangingLine]:
    """Ask how many pieces there shall be of the line that is named; answer the text where it is none, or several."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    lines = await lines_named(cart, heard.said, turn)
    if len(lines) != 1:
        return await answer_text(state, heard.text, turn)
    return how_many(cart, lines[0].id, turn)


async def remove_line(state: State, tap: RemoveLine, turn: Turn) -> Next[ReviewingCart]:
    """Take a line out of the cart."""
    try:
        cart = await ask(carts.remove_line, shopper_id=turn.shopper_id, line_id=tap.line_id)
    except UnknownLine:
        return cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id))
    return cart_shown(cart, note="removed")


async def empty_cart(state: State, tap: EmptyCart, turn: Turn) -> Next[ReviewingCart | EmptyingCart]:
    """Ask whether to empty the cart."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines:
        return cart_shown(cart)
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
        On(ANYWHERE, NamesLine, name_line),
        On(ANYWHERE, RemoveLine, remove_line),
        On(ANYWHERE, EmptyCart, empty_cart),
        On(ANYWHERE, ConfirmEmptyCart, confirm_empty_cart),
        On(EmptyingCart, Typed, answer_emptying),
        On((ChangingLine, EmptyingCart), GoBack, back_to_cart),
    ),
)
