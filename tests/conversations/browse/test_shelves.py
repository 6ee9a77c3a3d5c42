"""Shelves in shelves, lists by what is said of products, closer looks, and coming back: by tap and by words."""

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys


async def test_down_into_a_shelf_and_up_again(shop: Shop, ana: Chat) -> None:
    home = await shop.category("Home")
    kitchen = await shop.category("Kitchen", parent=home)
    await shop.category("Pans", parent=kitchen)
    await shop.stocks("Wok", category="Pans")
    await shop.stocks("Spoon", category="Kitchen")
    await shop.stocks("Lamp", category="Home")
    await ana.says("shop")
    await ana.taps("See items")
    ana.hears("Home:")
    await ana.taps("Kitchen ›")
    ana.hears("Home › Kitchen")
    ana.sees_cards("Wok", "Spoon")
    await ana.taps("Pans ›")
    ana.hears("Home › Kitchen › Pans")
    await ana.taps("‹ Kitchen")
    ana.hears("Home › Kitchen")
    await ana.says("back")
    ana.hears("Home")
    ana.sees_cards("Lamp")
    await ana.says("back")
    ana.hears("What are you in the mood for?")


async def test_more_shelves_than_fit_have_a_page_of_their_own(shop: Shop, ana: Chat) -> None:
    home = await shop.category("Home")
    for number in range(7):
        await shop.category(f"Shelf {number}", parent=home)
        await shop.stocks(f"Thing {number}", category=f"Shelf {number}")
    await ana.says("shop")
    await ana.taps("See items")
    await ana.taps("All in Home")
    ana.sees_cards("Shelf 0", "Shelf 6")
    await ana.taps("See items")
    ana.hears("Home › Shelf 0")


async def test_lists_in_words_of_both_languages(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red lamp", price="900.00")
    await shop.stocks("Old vase", price="50.00")
    await shop.run("UPDATE products SET sales_count = 9, was_price = 1200 WHERE name = 'Red lamp'")
    await shop.run("UPDATE products SET created_at = NOW() - INTERVAL 1 YEAR WHERE name <> 'Blue mug'")
    await ana.says("what's new?")
    ana.hears("New arrivals")
    await ana.says("best sellers")
    ana.hears("Our best sellers")
    ana.sees_cards("Red lamp")
    ana.hears("₱900.00 (was ₱1,200.00)")
    await ana.says("may sale po ba?")
    ana.hears("Naka-sale ngayon")
    ana.sees_cards("Red lamp")
    await ana.says("menu po")
    await ana.says("ano po pinakamura nyo")
    ana.hears("Ang pinakamura namin")
    await ana.says("magkano po range")
    ana.hears("mula ₱50.00 hanggang ₱900.00")


async def test_a_closer_look_at_one_product(shop: Shop, ana: Chat) -> None:
    await shop.zone("Cebu")
    shirt = await shop.stocks("Linen shirt", price="499.00", sizes={"S": ("0", 5), "L": ("50.00", 2)})
    for number in range(3):
        await shop.insert("product_images", product_id=shirt, image_url=f"https://shop.example/{number}.jpg")
    await shop.stocks("Linen dress", price="550.00")
    await shop.run("UPDATE products SET size_guide = 'S: dibdib 36', specifications = '{\"Tela\": \"linen\"}'")
    await ana.says("linen shirt")
    await ana.taps("Details")
    ana.hears("₱499.00 – ₱549.00", "• Tela: linen")
    ana.sees_buttons("📏 Size guide", "More like this", "🚚 When will I get it")
    assert await shop.look("SELECT COUNT(*) FROM outbox WHERE message LIKE '%%image_grid%%'") == 1
    await ana.taps("📏 Size guide")
    ana.hears("S: dibdib 36")
    await ana.says("gaano katagal sa cebu")
    ana.hears("🚚 To Cebu City: order today")
    await ana.says("may iba pang ganito?")
    ana.sees_cards("Linen dress")


async def test_a_shared_link_arrives_at_its_product(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await ana.taps("Details")
    await ana.says("share")
    link = next(line for line in "\n".join(ana.heard).splitlines() if "m.me/" in line)
    await ben.follows_link(link.partition("?ref=")[2])
    ben.hears("Blue mug\n₱120.00")


async def test_a_suki_orders_again_in_three_taps_and_knows_the_points(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.run("UPDATE users SET customer_tier = 'gold', loyalty_points = 512, total_spent = 51200")
    await shop.promo("GOLDSUKI", value="50")
    await shop.run("UPDATE promos SET for_tier = 'gold'")
    await ana.says("mug")
    await ana.taps("Buy now")
    ana.hears("Same as last time? (512 points, Gold suki)", "12 Mabini St", "Cash on delivery")
    await ana.taps("✅ Use these")
    await ana.taps("✅ Confirm order")
    assert await shop.count("orders") == 2
    await ana.says("points ko po")
    ana.hears("512 points", "Gold suki", "May promo po na para lang sa inyo!")
    await ana.says("promos")
    ana.hears("GOLDSUKI")
    await shop.run("UPDATE users SET customer_tier = 'regular'")
    await ana.says("promos")
    ana.hears_no("GOLDSUKI")


async def test_the_usual_is_taken_by_a_typed_yes_too(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.says("oo")
    ana.hears("Cash on delivery")
    await ana.says("back", "back")
    ana.hears("12 Mabini St")
