"""The cart: what goes in, how it is changed and emptied."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from dialogs.states import (
    ChangingLine,
)
from replies.taps import (
    AddToCart,
    OpenCart,
)
from repository.database.errors import (
    CartFull,
    OutOfStock,
    TooMany,
    UnknownLine,
    UnknownProduct,
)
from repository.orders import carts
from tests.dialogs.stock import (
    CART,
    FULL_CART,
    NO_CART,
    SHIRT_LINE,
    SHOP,
)
from tests.support.chat import Chat


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (OutOfStock(left=1), "Sorry, only 1 left."),
        (OutOfStock(left=0), "Sorry, that just sold out."),
        (TooMany(most=99), "99 pieces"),
        (CartFull(most=50), "50 different items"),
        (UnknownProduct(), "no longer sold here"),
    ],
)
def test_what_cannot_be_added(refusal: Exception, words: str) -> None:
    chat = Chat(SHOP)
    chat.answers[carts.add_line] = refusal
    chat.taps(AddToCart(product_id=7)).hears(words)


def test_the_cart_is_shown_and_changed() -> None:
    chat = Chat(SHOP)
    chat.answers[carts.cart] = FULL_CART
    chat.says("cart ko").hears("1 × Blue mug", "2 × Linen shirt (Size: Large): ₱1,098.00", "3 items, ₱1,218.00")
    chat.taps("Change items").hears("Which item").says("2").hears("Linen shirt (Size: Large): you have 2")
    assert chat.state == ChangingLine(line_id=32)
    chat.answers[carts.set_quantity] = FULL_CART
    chat.says("3 pcs po").hears("Done!")
    assert chat.asked(carts.set_quantity)["quantity"] == 3


def test_one_line_needs_no_choosing() -> None:
    chat = Chat(SHOP).taps(OpenCart()).taps("Change items").hears("Blue mug: you have 1")
    chat.taps("3")
    assert chat.asked(carts.set_quantity)["quantity"] == 3
    chat.taps("Change items").says("dalawa")
    assert chat.asked(carts.set_quantity)["quantity"] == 2
    chat.taps("Change items").says("many").hears("“many” isn't a number").taps("Remove it").hears("Taken out")
    assert chat.asked(carts.remove_line)["line_id"] == 31


def test_more_than_there_is() -> None:
    chat = Chat(SHOP, state=ChangingLine(line_id=31))
    chat.answers[carts.set_quantity] = OutOfStock(left=9)
    chat.says("12").hears("only 9 left").says("back").hears("Your cart")
    chat.answers[carts.set_quantity] = UnknownLine()
    chat.presses("set_quantity:99:2").hears("Your cart")


def test_emptying_the_cart_is_confirmed() -> None:
    chat = Chat(SHOP).taps(OpenCart()).taps("Empty cart").hears("Take the item out")
    chat.says("no").hears("Your cart")
    chat.taps("Empty cart").says("what").hears("Take the item out").says("oo").hears("your cart is empty now")
    assert chat.asked(carts.empty)


def test_an_empty_cart_leads_to_the_shelves() -> None:
    chat = Chat(SHOP)
    chat.answers[carts.cart] = NO_CART
    for tap in ("open_cart", "pick_line", "empty_cart", "checkout", "change_line:4"):
        chat.presses(tap).hears("Your cart is empty")
        assert "🛍️ Shop now" in chat.titles


def test_a_long_cart_shows_its_total() -> None:
    chat = Chat(SHOP)
    lines = tuple(replace(SHIRT_LINE, id=number, name=f"{number} " + "very long name " * 16) for number in range(50))
    chat.answers[carts.cart] = replace(CART, lines=lines, count=100, subtotal=Decimal("54900.00"))
    chat.says("cart").hears("more", "100 items, ₱54,900.00")
    assert len(chat.messages) == 2
    chat.taps("Change items").taps("More ›").hears("9 very long")
