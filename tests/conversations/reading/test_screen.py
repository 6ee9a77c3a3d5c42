"""What is on the screen, as shoppers speak of it: few chats with many lines, each with what must come."""

from collections.abc import Sequence

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart

Line = tuple[str, str]
"""What is typed, and words of the answer; "cart: ..." is what the cart holds then, "-" is no change of it."""

OPEN_PRODUCT: Sequence[Line] = (
    ("isa po nito", "cart: 1 Kettle"),
    ("One please", "cart: 1 Kettle"),
    ("Yes, I would like to order one of those, thank you.", "cart: 1 Kettle"),
    ("2 po nito", "cart: 2 Kettle"),
    ("ito po 2", "cart: 2 Kettle"),
    ("mine po", "cart: 1 Kettle"),
    ("mine 3", "cart: 3 Kettle"),
    ("kunin ko po to", "cart: 1 Kettle"),
    ("this one?", "₱599.00"),
    ("hm po ito?", "₱599.00"),
    ("avail pa po?", "May stock"),
    ("ilan pa po stock", "May stock"),
)
VARIANTS: Sequence[Line] = (
    ("teal po", "cart: 1 Tumbler Teal"),
    ("yung teal", "cart: 1 Tumbler Teal"),
    ("2 teal", "cart: 2 Tumbler Teal"),
    ("2 po na blush", "cart: 2 Tumbler Blush"),
    ("pabili po 2 charcoal", "cart: 2 Tumbler Charcoal"),
    ("charcol po", "cart: 1 Tumbler Charcoal"),
    ("may blue?", "“blue”"),
    ("may teal po ba?", "1 × Tumbler (Teal)"),
    ("meron pong blush?", "1 × Tumbler (Blush)"),
    ("may unicorn po?", "card"),
    ("anong kulay po available?", "Teal"),
    ("isa po", "Teal"),
    ("yung pula", "“pula”"),
)
LISTED: Sequence[Line] = (
    ("yung una", "Blue mug"),
    ("the second one", "Green mug"),
    ("yung huli po", "Red mug"),
    ("number 2", "Green mug"),
    ("2", "Green mug"),
    ("isa po nung huli", "cart: 1 Red mug"),
    ("2 po nung pangalawa", "cart: 2 Green mug"),
    ("yung green mug", "Green mug"),
    ("3 red mug", "cart: 3 Red mug"),
    ("isa po nito", "1. Blue mug"),
    ("this one?", "1. Blue mug"),
    ("mine po", "1. Blue mug"),
    ("mine 2 red L", "1. Blue mug"),
)


async def holds(shop: Shop) -> str:
    """What is in the only cart of the shop."""
    lines = await shop.texts(
        "SELECT CONCAT_WS(' ', c.quantity, p.name, v.variant_value) FROM cart_items c"
        " JOIN products p ON p.id = c.product_id LEFT JOIN product_variants v ON v.id = c.variant_id ORDER BY c.id"
    )
    return ", ".join(lines)


async def checks(shop: Shop, ana: Chat, text: str, comes: str) -> None:
    before = await holds(shop)
    await ana.says(text)
    if comes.startswith("cart: "):
        assert f"cart: {await holds(shop)}" == comes, text
        await shop.run("DELETE FROM cart_items")
    else:
        ana.hears(comes)
        assert await holds(shop) == before, text


async def test_the_open_product_is_meant(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Kettle", price="599.00")
    await shop.stocks("Aloe Vera gel", price="99.00", description="one of those for you, thank you")
    for text, comes in OPEN_PRODUCT:
        await ana.says("kettle")
        await ana.taps("Details")
        await checks(shop, ana, text, comes)


async def test_a_kind_of_the_open_product_is_meant(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", sizes={"Teal": 9, "Blush": 9, "Charcoal": 9})
    await shop.stocks("Blue paint", price="50.00")
    for text, comes in VARIANTS:
        await ana.says("tumbler")
        await ana.taps("Details")
        await checks(shop, ana, text, comes)


async def test_one_of_the_list_is_meant(shop: Shop, ana: Chat) -> None:
    for name in ("Blue mug", "Green mug", "Red mug"):
        await shop.stocks(name, price="120.00")
    for text, comes in LISTED:
        await ana.says("mug")
        await checks(shop, ana, text, comes)
    await ana.says("mug", "2 po nito")
    await ana.taps("2. Green mug")
    assert await holds(shop) == "2 Green mug"


async def test_a_reply_to_an_older_card_is_about_that_card(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Kettle", price="599.00")
    await shop.stocks("Frying pan", price="399.00")
    await ana.says("kettle")
    await ana.says("frying pan")
    await ana.replies("Kettle", "hm po?")
    ana.hears("₱599.00")
    await ana.says("frying pan")
    await ana.replies("Kettle", "mine po")
    assert await holds(shop) == "1 Kettle"
    await ana.replies("Frying pan", "2 po nito")
    assert await holds(shop) == "1 Kettle, 2 Frying pan"


async def test_a_variant_is_the_second_the_same_or_said_back(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Slippers", price="150.00", sizes={"8": 5, "9": 5})
    await shop.stocks("Tumbler", price="349.00", sizes={"Teal": 9, "Blush": 9})
    await shop.stocks("Towel", price="199.00", sizes={"Teal": 9, "Sand": 9})
    await ana.says("tumbler")
    await ana.taps("Options")
    await ana.says("2")
    assert await holds(shop) == "1 Tumbler Blush"
    await ana.says("tumbler")
    await ana.taps("Options")
    await ana.says("teal po")
    await ana.says("towel")
    await ana.taps("Detalye")
    await ana.says("same color po")
    assert await holds(shop) == "1 Tumbler Blush, 1 Tumbler Teal, 1 Towel Teal"
    await ana.says("slippers")
    await ana.taps("Options")
    await ana.says("7")
    ana.hears("7")
    ana.sees_buttons("8", "9")


async def test_another_kind_takes_the_place_of_what_was_taken(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", sizes={"Teal": 9, "Blush": 9, "Navy": 1})
    await ana.says("tumbler")
    await ana.taps("Details")
    for text, cart in (
        ("navy na lang po", "1 Tumbler Navy"), ("2 teal", "1 Tumbler Navy, 2 Tumbler Teal"),
        ("blush na lang pala", "1 Tumbler Navy, 2 Tumbler Blush"), ("wag na yung navy", "2 Tumbler Blush"),
        ("palitan ng teal", "2 Tumbler Teal"), ("navy na lang", "2 Tumbler Teal"),
    ):  # fmt: skip
        await ana.says(text)
        assert await holds(shop) == cart, text


CLAIMS: Sequence[tuple[str, str, str]] = (
    ("mine po tshirt black L 2pcs", "2 × Cotton Tshirt (Black, L): ₱398.00", "2 Cotton Tshirt Black, L"),
    ("pa reserve po ng tsinelas size 8", "1 × Rubber Tsinelas (8): ₱150.00", "1 Rubber Tsinelas 8"),
    ("2 tumbler na teal", "2 × Steel Tumbler (Teal): ₱698.00", "2 Steel Tumbler Teal"),
    ("two tumblers in teal please", "2 × Steel Tumbler (Teal): ₱698.00", "2 Steel Tumbler Teal"),
    ("add 5 kettles", "5 × Whistling Kettle: ₱2,995.00", "5 Whistling Kettle"),
    ("mine 2 kettle", "2 × Whistling Kettle: ₱1,198.00", "2 Whistling Kettle"),
    ("Tshirt white M isa", "1 × Cotton Tshirt (White, M): ₱199.00", "1 Cotton Tshirt White, M"),
)


async def test_what_is_claimed_is_confirmed_with_one_tap(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Cotton Tshirt", price="199.00", sizes={"White, M": 9, "Black, M": 9, "Black, L": 9})
    await shop.stocks("Rubber Tsinelas", price="150.00", sizes={"8": 5, "9": 5})
    await shop.stocks("Steel Tumbler", price="349.00", sizes={"Teal": 9, "Blush": 9})
    await shop.stocks("Whistling Kettle", price="599.00")
    for text, comes, cart in CLAIMS:
        await ana.says("menu", text)
        ana.hears(comes)
        assert await holds(shop) == ""
        await ana.taps("Add to cart")
        assert await holds(shop) == cart, text
        await shop.run("DELETE FROM cart_items")
    await ana.says("mine 2 unicorn")
    ana.hears_no("Whistling", "Steel")
    await ana.says("mine po 2 tumbler")
    ana.sees_buttons("Teal", "Blush")
    await ana.says("blush")
    assert await holds(shop) in ("1 Steel Tumbler Blush", "2 Steel Tumbler Blush")


@pytest.mark.parametrize("text", ["yung una", "isa po nito", "this one?", "teal po", "same color"])
async def test_nothing_on_the_screen_is_no_trouble(shop: Shop, ana: Chat, text: str) -> None:
    await ana.says(text)
    assert ana.heard
    assert await holds(shop) == ""


async def test_what_was_just_added_is_counted_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=50)
    await puts_in_cart(ana, "mug")
    for text, cart in (
        ("2 more", 3),
        ("bawasan ng isa", 2),
        ("1 less", 1),
        ("2 more", 3),
        ("dagdagan ng isa yung mug", 4),
        ("gawin mong 2 yung mug", 2),
        ("3 na lang", 3),
    ):
        await ana.says(text)
        assert await holds(shop) == f"{cart} Blue mug", text
    await ana.says("wag na yung mug")
    assert await holds(shop) == ""
