"""Checkout, from the cart to an order: who, where, how, and what may come between."""

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, COD, buys, comes_to_payment, comes_to_summary, puts_in_cart

ACCOUNT = "0917 000 0000, Tindahan"


async def test_a_whole_purchase_by_cash_on_delivery(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    ana.hears("Who will receive the parcel?")
    await ana.says("Lola Nena Cruz")
    ana.hears("Which number can the rider call?")
    await ana.says("09171234567")
    ana.hears("Where shall we deliver?")
    await ana.says(ADDRESS)
    ana.hears("Any landmark")
    await ana.says("beside the bakery")
    ana.hears("Shipping to Marikina (Metro Manila): ₱80.00, 1-3 days.", "How would you like to pay?")
    await ana.taps(COD)
    ana.hears("• 1 × Blue mug: ₱120.00")
    ana.hears("📍 Lola Nena Cruz, 0917 123 4567", "Marikina, Metro Manila 1801 (beside the bakery)")
    ana.hears("Items: ₱120.00", "Shipping (Metro Manila, 1-3 days): ₱80.00", "Total: ₱200.00, Cash on delivery")
    await ana.taps("✅ Confirm order")
    ana.hears("Blue mug x 1", "Total 200.0", "🎉 Thank you, Ana!", "Please have ₱200.00 ready when the rider comes.")
    assert await shop.look(
        "SELECT order_status, payment_method, CAST(total_amount AS CHAR), ship_recipient_name, ship_phone, ship_city,"
        " ship_landmark, order_source FROM orders"
    ) == ("pending", "cod", "200.00", "Lola Nena Cruz", "+639171234567", "Marikina", "beside the bakery", "messenger")
    await ana.says("cart")
    ana.hears("Your cart is empty.")


async def test_a_whole_purchase_by_gcash(shop: Shop, ana: Chat) -> None:
    await shop.sets(payment_account=ACCOUNT)
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    await ana.says("gcash")
    ana.hears("Total: ₱200.00, GCash")
    await ana.taps("✅ Confirm order")
    ana.hears(f"Please send ₱200.00 by GCash to {ACCOUNT}, then type the reference number here.")
    await shop.works()
    assert await shop.look("SELECT order_status FROM orders") == "pending"
    await ana.says("1234567890123")
    ana.hears("Got reference 1234567890123", "Our team will check your payment")
    assert await shop.look("SELECT payment_method, payment_status FROM orders") == ("gcash", "pending")


async def test_the_address_is_offered_the_next_time(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    ana.hears("Welcome back, Ana! Same as last time?", "12 Mabini St, San Roque, Marikina", "Cash on delivery")
    await ana.taps("✅ Use these")
    ana.hears("Total: ₱200.00, Cash on delivery")
    await ana.says("yes")
    assert await shop.count("orders") == 2
    assert await shop.count("user_addresses") == 1
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Another address")
    ana.hears("Who will receive the parcel?")


async def test_everything_but_the_money_can_be_changed_at_the_summary(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.taps("Change")
    ana.hears("what would you like to change?")
    await ana.taps("Phone")
    ana.hears("Now: 0917 123 4567")
    await ana.says("0998 765 4321")
    ana.hears("0998 765 4321", "Total: ₱200.00")
    await ana.says("change the payment")
    await ana.taps("GCash")
    ana.hears("Total: ₱200.00, GCash")
    await ana.says("no")
    await ana.taps("Items")
    ana.hears("1 × Blue mug")


async def test_back_goes_one_question_back_and_keeps_what_was_given(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("back")
    ana.hears("How would you like to pay?", "Now: Cash on delivery")
    await ana.says("balik")
    ana.hears("Any landmark")
    await ana.says("back")
    ana.hears("Where shall we deliver?", "Now: 12 Mabini St, San Roque, Marikina")
    await ana.says("back")
    ana.hears("Now: 0917 123 4567")
    await ana.says("back")
    ana.hears("Who will receive the parcel?", "Now: Ana Cruz")
    await ana.says("back")
    ana.hears("Your cart:", "1 × Blue mug")
    await ana.taps("Checkout")
    ana.hears("12 Mabini St", "Total: ₱200.00, Cash on delivery")


async def test_back_from_another_address_leads_to_the_saved_ones_and_then_to_the_cart(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.promo("SUKI20", kind="fixed_amount", value="20.00")
    await buys(ana, "mug")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Pay another way")
    await ana.taps("GCash")
    await ana.says("SUKI20")
    ana.hears("Discount (SUKI20): −₱20.00")
    await ana.taps("Change")
    await ana.taps("Address")
    await ana.says("back")
    ana.hears("what would you like to change?")
    await ana.taps("Nothing, go on")
    await ana.says("back")
    ana.hears("How would you like to pay?")
    await ana.says("back")
    ana.hears("Deliver to this address?", "12 Mabini St")
    await ana.taps("Another address")
    ana.hears("Who will receive the parcel?")
    await ana.says("back")
    ana.hears("Deliver to this address?", "12 Mabini St")
    await ana.taps("Yes, deliver there")
    ana.hears("Discount (SUKI20): −₱20.00", "Total: ₱180.00, GCash")
    await ana.says("back")
    await ana.says("back")
    ana.hears("Deliver to this address?")
    await ana.says("back")
    ana.hears("Your cart:", "1 × Blue mug")


async def test_cancel_stops_checkout_and_keeps_the_cart(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says("cancel")
    ana.hears("Okay, checkout stopped.", "1 × Blue mug")
    await ana.says("yes")
    assert await shop.count("orders") == 0
    await ana.says("cancel")
    ana.hears("There's nothing to stop right now.")


async def test_menu_and_help_in_the_middle(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("help")
    ana.hears("Here's how I can help:", "Who will receive the parcel?")
    await ana.says("menu")
    ana.hears("What would you like to do")
    await ana.says("checkout")
    ana.hears("Who will receive the parcel?")


async def test_a_wrong_answer_is_said_back_and_asked_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("12345")
    ana.hears("“12345” doesn't look like a name.")
    await ana.says("Ana Cruz")
    await ana.says("call me maybe")
    ana.hears("“call me maybe” doesn't look like a Philippine number.")
    await ana.says("+63 917 123 4567")
    await ana.says("12 Mabini St")
    ana.hears("Which barangay?")
    await ana.says("San Roque")
    ana.hears("Which city or town?")
    await ana.says("Marikina")
    await ana.taps("Skip")
    await ana.says("bitcoin")
    ana.hears("We can't take “bitcoin” for this order.", "How would you like to pay?")


async def test_a_phone_number_is_no_address(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Ana Cruz")
    await ana.says("0917 123 4567")
    await ana.says("0917 123 4567")
    ana.hears("Where shall we deliver?")
    await ana.says(ADDRESS)
    ana.hears("Any landmark")


async def test_a_place_that_no_zone_names_is_asked_about(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Ana Cruz")
    await ana.says("0917 123 4567")
    await ana.says("Purok 3, Brgy Lahug, Cebu City")
    await ana.taps("Skip")
    ana.hears("Which area is Cebu City", "Metro Manila: from ₱80.00")
    await ana.taps("Metro Manila")
    ana.hears("How would you like to pay?")


async def test_shipping_is_free_from_the_zones_threshold(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Espresso machine", price="2000.00")
    await comes_to_summary(ana, "espresso")
    ana.hears("Shipping (Metro Manila, 1-3 days): free", "Total: ₱2,000.00")


async def test_an_empty_cart_cannot_be_checked_out(ana: Chat) -> None:
    await ana.says("checkout")
    ana.hears("Your cart is empty.")


async def test_buy_now_goes_straight_to_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug")
    await ana.taps("Buy now")
    ana.hears("Who will receive the parcel?")
    await ana.says("cart")
    ana.hears("1 × Blue mug: ₱120.00")


async def test_everything_in_one_message(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.says(f"Ana Cruz\n09171234567\n{ADDRESS}")
    ana.hears("Any landmark")
    await ana.says("wala po")
    await ana.says("cod")
    ana.hears("Total: ₱200.00", "12 Mabini St, San Roque, Marikina, Metro Manila 1801")


async def test_another_address_next_time(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.taps("Another address")
    ana.hears("Who will receive the parcel?")
    await ana.says("Lola Ising")
    await ana.says("0918 765 4321")
    await ana.says("5 Rizal Ave, Brgy Poblacion, Makati City")
    await ana.taps("Skip")
    await ana.taps("Cash on delivery")
    ana.hears("Lola Ising, 0918 765 4321", "5 Rizal Ave, Poblacion, Makati, Metro Manila")
    await ana.says("oo")
    ana.hears("Your order ORD-")
    assert await shop.texts("SELECT ship_city FROM orders ORDER BY id") == ["Marikina", "Makati"]


async def test_a_canned_reply_in_the_middle_and_on_with_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("open kayo", "Bukas kami araw-araw, 9 AM hanggang 6 PM.")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.taps("Ana Cruz")
    await ana.says("0917 123 4567")
    await ana.says("open kayo bukas?")
    ana.hears("Bukas kami araw-araw", "Saan po ihahatid?")
    await ana.says(ADDRESS)
    await ana.taps("Skip")
    await ana.taps("Cash on delivery")
    ana.hears("12 Mabini St, San Roque")
    ana.hears_no("open kayo")
