"""A line of the cart, changed by its name: "gawin mong 2 yung kawali", "wag na yung tumbler"."""

from rapidfuzz.distance import OSA

from bot.language.buying.pairs import pieces_of_pairs
from bot.language.fold import fold
from bot.language.spelling import singular
from bot.language.values.looks import COLORS, HUES
from dialogs.engine.claimed import ChangesLine
from dialogs.engine.heard import ChangesKind
from dialogs.engine.run import Turn, ask
from dialogs.showing.answers import page_size
from dialogs.showing.kinds import is_look, kind_instead, kind_meant, which_kind
from replies.product import Variants
from repository.catalogue import products, search
from repository.orders import carts
from repository.orders.carts import Cart, CartLine

_SLIP_LEAST = 5
"""Letters of a word in which a slip is forgiven."""


async def lines_named(cart: Cart, goods: str, turn: Turn, *, every: bool = False) -> list[CartLine]:
    """The lines of a cart that words name: by their own names, else by what a search for the words finds.

    Args:
        cart: The cart.
        goods: The words, such as "kawali".
        turn: The facts.
        every: Whether all that is called so is meant: by their names, and by what a search finds.
    """
    if not cart.lines:
        return []
    words = [singular(word) for word in fold(goods).split()]
    named = lines_called(cart, goods)
    looks = [word for word in words if is_look(word) or (word in HUES and len(words) > 1)]
    if (named and not every) or any(not any(_has(line, word) for line in cart.lines) for word in looks):
        return named  # "the navy one", where nothing is navy, is none of what there is
    page = await ask(search.search, text=goods, page=1, page_size=page_size(turn))
    found = {card.id for card in page.items}
    return [line for line in cart.lines if line in named or line.product_id in found]


def lines_called(cart: Cart, goods: str) -> list[CartLine]:
    """The lines of a cart that words name by their own names.

    Args:
        cart: The cart.
        goods: The words, such as "kawali".
    """
    words = [singular(word) for word in fold(goods).split()]
    return [line for line in cart.lines if all(_has(line, word) for word in words)]


def pieces_of(line: CartLine, heard: ChangesLine) -> int:
    """How many pieces a line shall have."""
    if heard.times:
        return line.quantity * heard.quantity
    pieces = pieces_of_pairs(heard.text, heard.quantity, line.name)
    return max(0, line.quantity + pieces) if heard.more else pieces


def _has(line: CartLine, word: str) -> bool:
    known = {singular(one) for one in fold(f"{line.name} {line.variant}").split()}
    is_hue = word in COLORS.values() and any(HUES.get(one) == word for one in known)
    return (
        word in known
        or is_hue
        or (len(word) >= _SLIP_LEAST and any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in known))
    )


async def swapped(cart: Cart, heard: ChangesKind, turn: Turn) -> Cart | Variants | None:
    """The cart with another kind of what was taken; which kinds there are where that one is not; None for no such line.

    Args:
        cart: The cart.
        heard: What shall be instead.
        turn: The facts.

    Raises:
        OutOfStock: There are not as many of that kind.
    """
    named = await lines_named(cart, heard.goods, turn) if heard.goods else cart.lines
    with_kinds = [line for line in named if line.variant_id is not None]
    meant = [line for line in with_kinds if line.product_id == heard.product_id] or with_kinds
    if not meant or (heard.product_id and meant[-1].product_id != heard.product_id):
        return None
    line = meant[-1]
    if heard.quantity > 0 and not heard.goods:  # "make the mint one 2", where one is mint
        of_kind = [one for one in with_kinds if all(_has(one, word) for word in fold(heard.said).split())]
        line = of_kind[-1] if of_kind else line
    product = await ask(products.product, product_id=line.product_id)
    variant = kind_instead(product, line.variant, heard.said) or kind_meant(product, heard.said)
    if variant is None and not is_look(heard.said):
        return None
    if variant is None:
        return which_kind(product, heard.said, quantity=line.quantity)
    if variant.id == line.variant_id:
        return cart if heard.quantity < 1 else await _with_pieces(line, heard.quantity, turn)
    await ask(
        carts.add_line,
        shopper_id=turn.shopper_id,
        product_id=product.id,
        variant_id=variant.id,
        quantity=1 if heard.quantity < 0 else heard.quantity or line.quantity,
        rules=turn.rules,
    )
    if heard.quantity < 0 and line.quantity > 1:  # "xl na lang yung isa"
        return await _with_pieces(line, line.quantity - 1, turn)
    changed: Cart = await ask(carts.remove_line, shopper_id=turn.shopper_id, line_id=line.id)
    return changed


async def _with_pieces(line: CartLine, quantity: int, turn: Turn) -> Cart:
    changed: Cart = await ask(
        carts.set_quantity, shopper_id=turn.shopper_id, line_id=line.id, quantity=quantity, rules=turn.rules
    )
    return changed
