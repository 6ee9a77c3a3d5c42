"""What holds of every figure that is said: lines add up to carts, carts and fees to totals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.workshop.replay.always.taken import Facts


def wrong_figures(replies: Sequence[tuple[str, Facts]]) -> Iterator[str]:
    """What does not add up in some replies, in words.

    Args:
        replies: Each reply's name and its facts.
    """
    for name, facts in replies:
        for each in _all(facts):
            if "lines" in each and "subtotal" in each:
                yield from (f"{wrong}, in {name}." for wrong in _in_cart(each))


def _all(value: object) -> Iterator[Facts]:
    """Every struct among some facts, however deep."""
    if isinstance(value, dict):
        yield value
        for under in value.values():
            yield from _all(under)
    elif isinstance(value, list):
        for under in value:
            yield from _all(under)


def _in_cart(cart: Facts) -> Iterator[str]:
    lines = cart["lines"]
    for line in lines:
        if Decimal(line["total"]) != line["quantity"] * Decimal(line["unit_price"]):
            yield "A line is not its pieces times its price"
        if line["quantity"] < 1:
            yield "A line has no pieces"
    if sum((Decimal(line["total"]) for line in lines), Decimal(0)) != Decimal(cart["subtotal"]):
        yield "The lines do not add up to their subtotal"
    pieces = cart.get("count", cart.get("item_count"))
    if pieces is not None and sum(line["quantity"] for line in lines) != pieces:
        yield "The pieces are not as many as is said"
    if "total" in cart and "shipping_fee" in cart:
        due = Decimal(cart["subtotal"]) + Decimal(cart["shipping_fee"]) - Decimal(cart.get("discount", 0))
        if due != Decimal(cart["total"]):
            yield "What is charged is not what it is made of"
