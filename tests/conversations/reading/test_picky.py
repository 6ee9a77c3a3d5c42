"""What picky shoppers type: words that only lead in, questions about what is on show, facts that nobody asked for."""

from collections.abc import Sequence

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart

LEADS: Sequence[tuple[str, int]] = (
    ("wait make it 3", 3),
    ("no just 2", 2),
    ("hindi po, 4 lang", 4),
    ("ay sorry, isa lang po pala", 1),
)


async def zones(shop: Shop) -> None:
    await shop.zone("Davao del Sur", base="150.00", per_kg="0", estimated_days="5-8 days")


async def test_words_that_lead_in_change_nothing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=50)
    await puts_in_cart(ana, "mug")
    for text, pieces in LEADS:
        await ana.says(text)
        assert await shop.look("SELECT quantity FROM cart_items") == pieces, text
    await ana.says("sige check out na po")
    ana.hears("tatanggap")


async def test_the_one_product_in_a_list_is_asked_about(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Rain boots", left=0, sizes={"38": 4, "39": 4, "40": 4})
    await ana.says("rain boots")
    await ana.says("What sizes do they come in?")
    ana.hears("38, 39, 40")
    await ana.says("Is there a bigger one? 40?")
    ana.hears("1 × Rain boots (40)")
    await ana.says("are they heavy?")
    ana.hears("I only know what's on its card above. Shall I ask our team?")
    ana.sees_buttons("Talk to a person")


async def test_a_pair_of_boots_is_one_piece_and_a_pair_of_mugs_two(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Rain boots", price="300.00")
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("rain boots", "just one pair po")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["1"]
    await shop.run("DELETE FROM cart_items")
    await ana.says("blue mug")
    await ana.says("a pair po")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["2"]


@pytest.mark.parametrize(
    "text", ["magkano sf to Davao City?", "shipping fee po sa davao city", "hm po shipping pa davao"]
)
async def test_what_it_costs_to_send_to_a_place_is_said_for_that_place(shop: Shop, ana: Chat, text: str) -> None:
    await zones(shop)
    await shop.answers("shipping fee", "It depends on the place.")
    await ana.says(text)
    ana.hears("Davao City (Davao del Sur): mula ₱150.00, 5-8 araw")


async def test_what_it_costs_to_send_the_cart_is_said_in_checkout_too(shop: Shop, ana: Chat) -> None:
    await zones(shop)
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "how much is shipping to Davao City?")
    ana.hears("Shipping what's in your cart to Davao City (Davao del Sur): ₱150.00")
    ana.hears("Who will receive")


async def test_several_things_go_into_the_cart_together(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Stone mug", left=0, price="120.00", sizes={"Navy": 9, "Cream": 9})
    await shop.stocks("Iron kawali", price="500.00")
    await ana.says("2 mug na navy, 1 kawali")
    ana.hears("2 × Stone mug", "1 × Iron kawali")
    await shop.run("DELETE FROM cart_items")
    await ana.says("1 kawali tsaka 3 mug")
    ana.hears("1 × Iron kawali")
    ana.sees_buttons("Navy", "Cream")
    await ana.says("cream po")
    assert await shop.texts("SELECT quantity FROM cart_items ORDER BY id") == ["1", "3"]


async def test_what_was_offered_stays_wanted_when_another_thing_is_named(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Stone mug", left=0, price="120.00", sizes={"Navy": 9, "Cream": 9})
    await shop.stocks("Iron kawali", price="500.00")
    await ana.says("2 mug na navy")
    ana.hears("2 × Stone mug (Navy)")
    await ana.says("1 kawali din po")
    ana.hears("1 × Iron kawali")
    await ana.says("checkout na po")
    assert await shop.texts("SELECT quantity FROM cart_items ORDER BY id") == ["2", "1"]


async def test_what_an_order_needs_is_taken_unasked(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("0917 123 4567")
    ana.hears("0917 123 4567", "Who will receive")
    await ana.says("Tess Aquino")
    ana.hears("Where shall we deliver")
    await ana.says("cancel")
    await ana.says("Tess Aquino, 0917 123 4567, 19 Kalayaan Ave, Brgy Pinyahan, Quezon City")
    ana.hears("Tess Aquino", "0917 123 4567", "19 Kalayaan Ave", "landmark")


WHOLE = """Hi po order po ako 2 mug navy, 1 kawali. Grace Tolentino 0917 555 0166
Unit 5B, 88 Shaw Blvd, Brgy Wack-Wack Greenhills, Mandaluyong City. COD po"""


async def test_a_whole_order_in_one_message(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Stone mug", left=0, price="120.00", sizes={"Navy": 9, "Cream": 9})
    await shop.stocks("Iron kawali", price="500.00")
    await ana.says(WHOLE)
    ana.hears("Grace Tolentino", "0917 555 0166", "88 Shaw Blvd", "landmark")
    assert await shop.texts("SELECT quantity FROM cart_items ORDER BY id") == ["2", "1"]
    await ana.says("wala po")
    ana.hears("Cash on delivery", "Total")


async def test_a_whole_order_asks_for_the_kind_first(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Stone mug", left=0, price="120.00", sizes={"Navy": 9, "Cream": 9})
    await ana.says("3 mug. Lea Navarro / 0920 555 0133 / 12 Mabini St, Brgy San Roque, Marikina City / gcash")
    ana.sees_buttons("Navy", "Cream")
    await ana.says("cream po")
    ana.hears("landmark")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["3"]


async def test_a_name_where_checkout_is_offered_begins_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("Rosa Magtanggol po")
    ana.hears("Rosa Magtanggol", "number")


async def test_a_number_beside_a_size_is_that_size(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Running shoes", left=0, sizes={"41": 4, "42": 4, "43": 4})
    await ana.says("running shoes")
    await ana.says("42")
    kind = "SELECT CONCAT_WS('|', v.variant_value, c.quantity) FROM cart_items c"
    for text, wanted in (("nvm make it 41", "41|1"), ("wait actually 43", "43|1"), ("2 na lang", "43|2")):
        await ana.says(text)
        assert await shop.texts(f"{kind} JOIN product_variants v ON v.id = c.variant_id") == [wanted], text


async def test_what_somebody_would_pay_is_no_number_of_pieces(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Rice dispenser", price="899.00", left=2000)
    await ana.says("rice dispenser")
    await ana.says("750 last na")
    assert await shop.count("cart_items") == 0


async def test_a_number_after_an_answer_takes_what_was_shown_once(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Ring light", price="649.00")
    await shop.answers("gcash", "Yes, GCash.")
    await ana.says("ring light")
    await ana.says("pwede po ba gcash")
    await ana.says("ok po 1 po")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["1"]


async def test_a_phone_without_a_cart_is_left_for_a_person(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await ana.says("0917 123 4567")
    ana.hears("Our team will read your message")


async def test_what_comes_late_in_checkout_is_put_where_it_belongs(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "Mika Reyes", "sorry it's Mikaela Reyes-Tan")
    ana.hears("Mikaela Reyes-Tan", "Which number")
    await ana.says("0917 123 4567", "19 Kalayaan Ave, Brgy Pinyahan, Quezon City")
    await ana.says("no, cod nalang")
    ana.hears("Cash on delivery")
    assert not any("Which area" in words for words in ana.heard), "the zone of Quezon City is known"
    await ana.says("ok po")
    ana.hears("Total")
    await ana.says("katapat ng simbahan")
    ana.hears("katapat ng simbahan", "Total")
    await ana.says("wala po akong voucher")
    ana.hears("Total")
    await ana.says("opo tama po lahat")
    assert await shop.texts("SELECT ship_landmark FROM orders") == ["katapat ng simbahan"]


async def test_an_address_is_no_name(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "Sitio Bato, Brgy Pinyahan, Quezon City")
    ana.hears("Address: Sitio Bato", "Who will receive")
    await ana.says("near Holy Cross Chapel")
    ana.hears("Landmark: near Holy Cross Chapel", "Who will receive")
    await ana.says("Inday Labra")
    ana.hears("Which number")


async def test_an_okay_with_something_in_the_cart_leads_to_checkout(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("ok po")
    ana.sees_buttons("Checkout")


async def test_how_many_are_left_is_said_of_the_product(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=3)
    await ana.says("ilan pa stock nyo ng mug")
    ana.hears("3")


async def test_a_color_of_what_comes_in_one_kind_is_offered_and_not_put_in(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Speaker", price="799.00")
    await ana.says("speaker")
    await ana.says("ISA PO BLACK")
    ana.hears("1 × Speaker")
    assert await shop.count("cart_items") == 0


async def test_who_goes_on_with_their_name_wants_what_was_offered(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Cotton shorts", price="159.00")
    await ana.says("Pa order po 2 cotton shorts")
    ana.hears("2 × Cotton shorts")
    await ana.says("Carlo Jimenez")
    ana.hears("Carlo Jimenez")
    await ana.says("0917 555 9900")
    ana.hears("ihahatid")
    assert await shop.texts("SELECT quantity FROM cart_items") == ["2"]
