"""What shoppers do on their way to an order, in as many words as it takes."""

import re

from bot.workshop.emulator.shopper import Shopper

ADDRESS = "12 Mabini St, Brgy San Roque, Marikina City 1801"
COD = "Cash on delivery"
CONFIRM = "✅ Confirm order"


async def puts_in_cart(shopper: Shopper, what: str) -> None:
    """Look for something and put one of it into the cart."""
    await shopper.says(what)
    await shopper.taps("Add to cart")


async def comes_to_payment(shopper: Shopper, what: str, *, types_name: bool = False) -> None:
    """Put one of something into the cart and answer everything that checkout asks before the payment."""
    await puts_in_cart(shopper, what)
    await shopper.taps("Checkout")
    await (shopper.says if types_name else shopper.taps)(shopper.person.name)
    await shopper.says("0917 123 4567")
    await shopper.says(ADDRESS)
    await shopper.taps("Skip")


async def comes_to_summary(shopper: Shopper, what: str, *, pay: str = COD, types_name: bool = False) -> None:
    """Come as far as the summary of an order of one of something."""
    await comes_to_payment(shopper, what, types_name=types_name)
    await shopper.taps(pay)


async def buys(shopper: Shopper, what: str, *, pay: str = COD, types_name: bool = False) -> str:
    """Order one of something; gives the order number."""
    await comes_to_summary(shopper, what, pay=pay, types_name=types_name)
    await shopper.taps(CONFIRM)
    await shopper.hears_soon("ORD-")
    return order_number(shopper)


def order_number(shopper: Shopper) -> str:
    """The order number that the bot just said."""
    match = re.search(r"ORD-\d{8}-\w+", "\n".join(shopper.heard))
    assert match, f"no order number in {shopper.heard}"
    return match[0]
