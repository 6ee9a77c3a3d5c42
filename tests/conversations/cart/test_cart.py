"""The cart: what goes in, what comes out, what there is not enough of."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart


async def test_the_last_mug_cannot_be_added_twice(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await ana.says("mug")
    await ana.taps("Add to cart")
    ana.hears("1 item, ₱120.00")
    await ana.taps("Add to cart")
    ana.hears("Sorry, only 1 left.")


async def test_a_quantity_is_changed_by_tapping_and_by_typing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("View cart")
    await ana.taps("Change items")
    ana.hears("Blue mug: you have 1.", "How many would you like?")
    await ana.taps("3")
    ana.hears("Done! 🛒 Your cart:\n• 3 × Blue mug: ₱360.00", "3 items, ₱360.00 before shipping.")
    await ana.says("change items")
    await ana.says("lots")
    ana.hears("“lots” isn't a number I can use.")
    await ana.says("11")
    ana.hears("Sorry, only 10 left.")
    await ana.says("7")
    ana.hears("7 × Blue mug: ₱840.00")
    await ana.says("change items")
    await ana.says("back")
    ana.hears("7 × Blue mug: ₱840.00")


async def test_a_line_is_taken_out_and_the_cart_emptied(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Bamboo tray", price="250.00")
    await puts_in_cart(ana, "mug")
    await puts_in_cart(ana, "tray")
    await ana.says("change items")
    await ana.taps("1× Blue mug")
    await ana.taps("Remove it")
    ana.hears("Taken out.", "1 item, ₱250.00")
    ana.hears_no("Blue mug")
    await ana.taps("Empty cart")
    ana.hears("Take the item out of your cart?")
    await ana.taps("No, keep it")
    ana.hears("1 × Bamboo tray")
    await ana.says("empty cart")
    await ana.says("yes")
    ana.hears("Done, your cart is empty now.")
    assert await shop.count("cart_items") == 0


async def test_one_line_holds_99_pieces(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Button", price="1.00", left=500)
    await puts_in_cart(ana, "button")
    await ana.says("change items")
    await ana.says("100")
    ana.hears("One order can have 99 pieces of one item at most.")
    await ana.says("99")
    ana.hears("99 items, ₱99.00")


async def test_the_cart_shows_todays_price_and_what_ran_short(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("change items")
    await ana.says("4")
    await shop.run("UPDATE products SET base_price = 125, stock_quantity = 2 WHERE id = %(mug)s", mug=mug)
    await ana.says("cart")
    ana.hears("4 × Blue mug: ₱500.00 ⚠️ only 2 left", "Some items are short.")
    await ana.taps("Checkout")
    ana.hears("⚠️ only 2 left")
    ana.hears_no("Who will receive")


async def test_a_product_that_is_no_longer_sold_cannot_be_added(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await shop.run("UPDATE products SET status = 'discontinued'")
    await ana.taps("Add to cart")
    ana.hears("Sorry, that item is no longer sold here.")


async def test_what_has_sold_out_cannot_be_added(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await ana.says("mug")
    await shop.run("UPDATE products SET stock_quantity = 0")
    await ana.taps("Add to cart")
    ana.hears("just sold out")
    assert await shop.look("SELECT COUNT(*) FROM cart_items") == 0


async def test_a_full_cart_takes_no_further_line(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red plate", price="80.00")
    await shop.sets(cart_lines_most=1)
    await puts_in_cart(ana, "mug")
    await ana.says("plate")
    await ana.taps("Add to cart")
    ana.hears("Your cart is full: it holds 1")


async def test_empty_the_cart_only_when_sure(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("empty cart")
    ana.hears("Take the item out of your cart?")
    await ana.says("hindi po")
    ana.hears("1 × Blue mug")
    await ana.says("empty cart")
    await ana.taps("Yes, empty it")
    ana.hears("your cart is empty now")
    assert await shop.look("SELECT COUNT(*) FROM cart_items") == 0
    await ana.says("cart")
    ana.hears("Your cart is empty")


async def test_two_shoppers_have_two_carts(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ben.says("cart")
    ben.hears("Your cart is empty")
    await ana.says("cart")
    ana.hears("1 × Blue mug")


async def test_more_or_another_number_of_what_was_just_added(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await shop.stocks("Red rice, 2 more packs", price="50.00")
    await puts_in_cart(ana, "blue mug")
    await ana.says("2 more")
    ana.hears("Blue mug × 3", "3 items, ₱360.00")
    await ana.says("isa pa po")
    ana.hears("Blue mug × 4", "4 items, ₱480.00")
    await ana.says("gawin mong 2")
    ana.hears("2 × Blue mug: ₱240.00")
    await ana.says("english please")
    await ana.says("cart")
    await ana.says("make it 3")
    ana.hears("Done! 🛒 Your cart:", "3 × Blue mug: ₱360.00")
    await puts_in_cart(ana, "red rice")
    await ana.says("make it 2")
    ana.hears("3 × Blue mug: ₱360.00", "2 × Red rice, 2 more packs: ₱100.00")
    await puts_in_cart(ana, "blue mug")
    await ana.says("20 more")
    ana.hears("only 9 left")


async def test_going_on_looking_after_more_of_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await puts_in_cart(ana, "mug")
    await ana.says("2 more")
    await ana.taps("Keep shopping")
    ana.hears("Here's what I found for “mug”")
    await ana.taps("Add to cart")
    await ana.taps("Change quantity")
    ana.hears("How many would you like?")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("add to cart", 1),
        ("mine po", 1),
        ("pabili po dalawa", 2),
        ("2pcs po", 2),
        ("3", 3),
        ("isang dosena po", 12),
        ("labing dalawa", 12),
    ],
)
async def test_the_one_product_on_show_is_taken_by_typing_it(shop: Shop, ana: Chat, text: str, count: int) -> None:
    await shop.stocks("Blue mug", price="120.00", left=20)
    await ana.says("mug", text)
    ana.hears(f"{count} item")
    assert await shop.look("SELECT quantity FROM cart_items") == count


async def test_a_product_with_sizes_is_taken_by_its_size(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue shirt", price="120.00", sizes={"S": 3, "L": 3})
    await ana.says("shirt", "add to cart")
    ana.sees_buttons("S", "L")
    await ana.says("L")
    ana.hears("1 item")


async def test_more_than_there_are_is_not_taken(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=2)
    await ana.says("mug", "5 pcs")
    ana.hears("only 2 left")
    assert await shop.count("cart_items") == 0


async def test_nothing_more_does_not_empty_the_cart(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("wala na po")
    assert await shop.look("SELECT quantity FROM cart_items") == 1


async def test_the_only_line_of_the_cart_on_show_is_changed_by_typing_how_many(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=20)
    await puts_in_cart(ana, "mug")
    await ana.says("cart", "add 2 more")
    ana.hears("Blue mug × 3")
    await ana.says("cart", "may cod po ba?", "change qty to 5")
    ana.hears("5 × Blue mug")
    await ana.says("gawin mong isang dosena")
    ana.hears("12 × Blue mug")


async def test_with_several_lines_it_is_asked_which(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await puts_in_cart(ana, "mug")
    await puts_in_cart(ana, "kettle")
    await ana.says("cart", "make it 3")
    ana.sees_buttons("1× Blue mug", "1× Steel kettle")
