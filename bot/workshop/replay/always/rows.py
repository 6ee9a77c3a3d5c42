"""What holds between what is said and the rows behind it: carts, orders, and who answers."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from bot.workshop.replay.always.taken import Facts, Taken
from dialogs.engine.heard import Typed
from dialogs.states import ChangingLine, InCheckout
from replies import taps
from repository.workshop.replay.seen import OrderRow, Seen

_LOOKS = (
    *(taps.OpenCart, taps.BrowseCategories, taps.OpenCategory, taps.OpenFeatured, taps.OpenProduct, taps.OpenMenu),
    *(taps.MyOrders, taps.OpenOrder, taps.Help, taps.EmptyCart, taps.PickLine, taps.ChangeLine, taps.ViewPromos),
    *(taps.ShippingInfo, taps.TalkToPerson, taps.SetLanguage, taps.Checkout, taps.Skip, taps.Keep, taps.PayWith),
    *(taps.UseAddress, taps.EditCheckout, taps.ReviewOrder, taps.GoBack, taps.Cancel, taps.ShowMore, taps.ShowPrevious),
    *(taps.MoreResults, taps.CancelOrder, taps.ChooseVariant, taps.SearchAgain, taps.EnterPromo, taps.RemovePromo),
)
"""Taps that leave the cart as it is."""
_Cart = Counter[tuple[int, int | None]]


def wrong_rows(turn: Taken, before: Seen, now: Seen) -> Iterator[str]:
    """What is not as it was said, in words.

    Args:
        turn: The turn that was taken.
        before: What there was to see before it.
        now: What there is to see after it.
    """
    yield from _cart(turn, before, now)
    yield from _said_cart(turn, now)
    yield from _orders(turn, before, now)
    yield from _said_orders(turn, now)
    if "talk.person" in turn.said and not (now.is_left_to_person or now.waits_for_person):
        yield "A person was promised, and nobody is told to answer."
    for name, facts in turn.replies:
        if name == "welcome.language" and now.language != facts["language"]:
            yield "The language is another than was said."


def _goods(seen: Seen) -> _Cart:
    return Counter({(line.product_id, line.variant_id): line.quantity for line in seen.cart})


def _cart(turn: Taken, before: Seen, now: Seen) -> Iterator[str]:
    """A tap changes what it says of the cart, and nothing else."""
    then, today = _goods(before), _goods(now)
    tap, name = turn.heard, type(turn.heard).__name__
    if isinstance(tap, taps.AddToCart) and "cart.added" in turn.said:
        wanted = then + Counter({(tap.product_id, tap.variant_id): tap.quantity or 1})
        if today != wanted:
            yield f"{tap.quantity or 1} were to be added to the cart, and it changed otherwise."
    elif isinstance(tap, taps.BuyNow) and isinstance(turn.after, InCheckout):
        if not today[tap.product_id, tap.variant_id]:
            yield "What was to be bought is not in the cart."
    elif isinstance(tap, taps.ConfirmEmptyCart) and today:
        yield "The cart was emptied, and is not empty."
    elif isinstance(tap, _LOOKS) and today != then:
        yield f"{name} changed the cart."
    elif isinstance(tap, taps.RemoveLine | taps.SetQuantity | taps.AddPieces):
        yield from _line(tap, turn, before, now)
    if isinstance(turn.before, ChangingLine) and isinstance(tap, Typed) and re.fullmatch(r"[1-9]\d?", tap.text):
        pieces = {line.id: line.quantity for line in now.cart}.get(turn.before.line_id, 0)
        if turn.said == ("cart.summary",) and turn.replies[0][1]["note"] == "changed" and pieces != int(tap.text):
            yield f"{tap.text} was typed, and the line has {pieces}."
    if "cart.added" in turn.said and not isinstance(tap, taps.AddToCart) and sum(today.values()) <= sum(then.values()):
        yield "Something was added to the cart, and it holds no more than before."


def _line(
    tap: taps.RemoveLine | taps.SetQuantity | taps.AddPieces, turn: Taken, before: Seen, now: Seen
) -> Iterator[str]:
    then, today = ({line.id: line.quantity for line in seen.cart} for seen in (before, now))
    if tap.line_id not in then or not any(name in ("cart.summary", "cart.empty", "cart.added") for name in turn.said):
        return
    others = {line: count for line, count in today.items() if line != tap.line_id}
    if others != {line: count for line, count in then.items() if line != tap.line_id}:
        yield "One line of the cart was to be changed, and another has changed."
    pieces = today.get(tap.line_id, 0)
    match tap:
        case taps.RemoveLine() if pieces:
            yield "A line was taken out of the cart, and is still there."
        case taps.SetQuantity(quantity=quantity) if pieces != quantity and "short" not in str(turn.replies):
            yield f"A line was to have {quantity} pieces, and has {pieces}."
        case taps.AddPieces(quantity=quantity) if pieces != then[tap.line_id] + quantity:
            yield f"{quantity} pieces were to be added to {then[tap.line_id]}, and there are {pieces}."


def _said_cart(turn: Taken, now: Seen) -> Iterator[str]:
    """A cart that is shown is the cart."""
    today = Counter({line.id: line.quantity for line in now.cart})
    for name, facts in turn.replies[-1:]:
        shown = facts.get("cart") or facts.get("quote")
        if name in ("cart.summary", "summary.summary", "cart.which_line") and shown:
            if Counter({line["id"]: line["quantity"] for line in shown["lines"]}) != today:
                yield f"What {name} shows is not what is in the cart."
        elif name == "cart.added" and (facts["count"] != now.pieces or today[facts["line_id"]] != facts["quantity"]):
            yield "What is said to be in the cart now is not."
        elif name == "cart.empty" and today:
            yield "The cart was called empty, and is not."


def _orders(turn: Taken, before: Seen, now: Seen) -> Iterator[str]:
    """An order is what was confirmed, and none comes or goes without a word."""
    old = {order.id: order for order in before.orders}
    new = [order for order in now.orders if order.id not in old]
    placed = [facts for name, facts in turn.replies if name == "summary.placed"]
    if len(new) != len(placed):
        yield f"{len(placed)} orders were called placed, and there are {len(new)} more."
    elif new:
        yield from _placed(new[0], placed[0], turn, before, now)
    tells = any("cancel" in name or name.startswith(("changing.", "leaving.")) for name in turn.said)
    for order in now.orders:
        if order.status == "cancelled" and order.id in old and old[order.id].status != "cancelled" and not tells:
            yield "An order was cancelled that nobody was told of."
    for name, facts in turn.replies:
        if name == "orders.cancelled":
            cancelled = [order.status for order in now.orders if order.number == facts["number"]]
            if cancelled != ["cancelled"]:
                yield "An order was called cancelled, and is not."


def _placed(order: OrderRow, said: Facts, turn: Taken, before: Seen, now: Seen) -> Iterator[str]:
    draft = turn.draft
    if (order.number, Decimal(order.total), order.method) != (said["number"], Decimal(said["total"]), said["method"]):
        yield "The order is another than was said: its number, total or way to pay."
    if order.pieces != before.pieces:
        yield f"An order of {order.pieces} pieces was made of a cart of {before.pieces}."
    wanted = (draft.recipient, draft.phone, draft.line1, draft.city, draft.payment_method)
    for value, kept in zip(wanted, (order.recipient, order.phone, order.line1, order.city, order.method), strict=True):
        if value and value != kept:
            yield f"The order has {kept!r} where {value!r} was agreed."
    if now.cart:
        yield "An order was placed, and its things are still in the cart."


def _said_orders(turn: Taken, now: Seen) -> Iterator[str]:
    """An order that is shown is the shopper's, with its total."""
    known = {order.id: order for order in now.orders}
    for name, facts in turn.replies:
        shown = [facts["order"]] if name in ("orders.order", "summary.receipt") else []
        shown += facts["page"]["items"] if name == "orders.list" else []
        for each in shown:
            order = known.get(each["id"])
            if order is None:
                yield "An order was shown that is not the shopper's."
            elif Decimal(each["total"]) != Decimal(order.total) or each["payment_method"] != order.method:
                yield "An order was shown with another total or way to pay than it has."
        if name == "orders.list" and not shown and known and facts["page"]["page"] == 1:
            yield "There are orders, and none is shown."
