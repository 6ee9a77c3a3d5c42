"""How many pieces there are of what is in the cart: asked, set, and the cart as it is then."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import State
from dialogs.states import ChangingLine, ReviewingCart
from replies.cart import CartSummary, EmptyCartText, HowMany, SoldOut, TooManyOfIt, WhichLine
from replies.taps import PickLine, SetQuantity
from repository.database.errors import OutOfStock, TooMany, UnknownLine
from repository.orders import carts
from repository.orders.carts import Cart


async def pick_line(state: State, tap: PickLine, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Ask which line to change; with a single one, how many pieces of it."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines:
        return cart_shown(cart)
    if len(cart.lines) == 1:
        return how_many(cart, cart.lines[0].id, turn)
    return Next(ReviewingCart(), [WhichLine(cart=cart, page=tap.page)])


async def set_quantity(state: State, tap: SetQuantity, turn: Turn) -> Next[ReviewingCart | ChangingLine]:
    """Have this many pieces in a line, or say what is left."""
    return await change_pieces(state, turn, tap.line_id, tap.quantity)


async def change_pieces(state: State, turn: Turn, line_id: int, quantity: int) -> Next[ReviewingCart | ChangingLine]:
    """Have this many pieces in a line and show the cart, or say what is left.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        line_id: `cart_items.id`.
        quantity: Pieces, 0 for none.
    """
    cart = await changed_pieces(state, turn, line_id, quantity)
    return cart if isinstance(cart, Next) else cart_shown(cart, note="changed" if quantity else "removed")


async def changed_pieces(
    state: State, turn: Turn, line_id: int, quantity: int
) -> Cart | Next[ReviewingCart | ChangingLine]:
    """The cart with this many pieces in a line; or what is said instead, where it cannot be.

    Args:
        state: Where the conversation stands.
        turn: The facts.
        line_id: `cart_items.id`.
        quantity: Pieces, 0 for none.
    """
    try:
        cart: Cart = await ask(
            carts.set_quantity, shopper_id=turn.shopper_id, line_id=line_id, quantity=quantity, rules=turn.rules
        )
    except UnknownLine:
        return cart_shown(await ask(carts.cart, shopper_id=turn.shopper_id))
    except OutOfStock as short:
        return Next(ChangingLine(line_id=line_id), [SoldOut(left=short.left)])
    except TooMany as many:
        return Next(ChangingLine(line_id=line_id), [TooManyOfIt(most=many.most)])
    return cart


def how_many(cart: Cart, line_id: int, turn: Turn, *, unheard: str = "") -> Next[ReviewingCart | ChangingLine]:
    """The question how many pieces of a line there shall be.

    Args:
        cart: The cart.
        line_id: `cart_items.id`.
        turn: The facts.
        unheard: What was typed and is no number, empty for nothing.
    """
    line = next((line for line in cart.lines if line.id == line_id), None)
    if line is None:
        return Next(ReviewingCart(), [CartSummary(cart=cart)])
    asked = HowMany(line=line, most=turn.rules.line_quantity_most, unheard=unheard)
    return Next(ChangingLine(line_id=line_id), [asked])


def cart_shown(cart: Cart, *, note: str = "") -> Next[ReviewingCart]:
    """What is in the cart, after something happened to it.

    Args:
        cart: The cart.
        note: What happened, as `CartSummary` knows it.
    """
    if not cart.lines:
        return Next(ReviewingCart(), [EmptyCartText(note=note)])
    return Next(ReviewingCart(), [CartSummary(cart=cart, note=note)])
