"""An order that is not packed yet is changed as its shopper says, once they have seen what was understood."""

import pytest

from tests.conversations.aftersales.clerk import has_order
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys

GOES = "SELECT CONCAT_WS('|', ship_address_line1, ship_barangay, ship_city, ship_province) FROM orders"
SUMS = "SELECT CONCAT_WS('|', subtotal, shipping_fee, discount_amount, total_amount, remaining_balance) FROM orders"
ITEMS = "SELECT CONCAT_WS('|', product_name, quantity, total_price) FROM order_items ORDER BY id"
STOCK = "SELECT stock_quantity FROM products WHERE name = 'Blue mug'"
LUZON = {"base": "150.00", "per_kg": "0", "free_from": "2000"}


async def luzon(shop: Shop) -> None:
    await shop.zone("Rizal", **LUZON)


async def test_another_address_is_read_shown_and_changed_with_a_tap(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await luzon(shop)
    await has_order(shop, ana, "confirmed")
    await ana.says("pa change po ng address, sa Cainta na lang")
    ana.hears("Cainta, Rizal", "house number")
    assert "Marikina" in str(await shop.look(GOES))
    await ana.says("45 Sampaguita St, Brgy San Isidro")
    ana.hears(
        "45 Sampaguita St, San Isidro, Cainta, Rizal", "₱150.00 mula ₱80.00", "Bagong total: ₱270.00", "Tama po ba?"
    )
    assert "Marikina" in str(await shop.look(GOES)), "nothing is changed before the tap"
    await ana.taps("Oo, palitan")
    ana.hears("Napalitan na po", "₱270.00")
    assert await shop.look(GOES) == "45 Sampaguita St|San Isidro|Cainta|Rizal"
    assert await shop.look(SUMS) == "120.00|150.00|0.00|270.00|270.00"
    assert await shop.look("SELECT CONCAT_WS('|', what, actor_type) FROM order_edits") == "address|customer"
    await shop.works()
    assert await shop.look("SELECT order_status FROM orders") == "confirmed"


async def test_a_whole_address_at_once_and_yes_typed(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("please change my address to 7 Rizal Ave, Brgy Sto Nino, Marikina City")
    ana.hears("7 Rizal Ave", "Shipping stays ₱80.00", "Is that right?")
    await ana.says("yes")
    ana.hears("✅ Changed")
    assert str(await shop.look(GOES)).startswith("7 Rizal Ave|")


async def test_no_leaves_it_as_it_is(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    before = await shop.look(GOES)
    await ana.says("change address to 7 Rizal Ave, Brgy Sto Nino, Marikina City")
    await ana.says("no")
    ana.hears("📝 Placed")
    assert await shop.look(GOES) == before


async def test_another_phone_in_one_message(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("change phone 0928 555 0143")
    ana.hears("0928 555 0143", "Is that right?")
    await ana.taps("Yes, change it")
    ana.hears("the rider will call the new number")
    assert await shop.look("SELECT ship_phone FROM orders") == "+639285550143"


async def test_once_it_is_packed_a_plain_no_and_what_can_be_done(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "processing")
    before = await shop.look(GOES)
    for text in ("change address", "change phone 0928 555 0143", "remove the mug from my order"):
        await ana.says(text)
        ana.hears(number, "is being packed already", "Talk to a person")
    await ana.says("cancel order")
    ana.hears("can't be cancelled here")
    assert "Talk to a person" in [button.title for button in ana.tappable]
    assert await shop.look(GOES) == before


async def test_more_pieces_fewer_pieces_and_something_else(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Whistling kettle", price="599.00", left=3)
    await has_order(shop, ana, "confirmed")
    assert await shop.look(STOCK) == 9
    await ana.says("add 2 more mug to my order")
    ana.hears("• 3 × Blue mug: ₱360.00", "Total: ₱440.00 (now ₱200.00)")
    await ana.taps("Yes, change it")
    ana.hears("now comes to ₱440.00")
    assert (await shop.texts(ITEMS), await shop.look(STOCK)) == (["Blue mug|3|360.00"], 7)
    await ana.says("padagdag po ng kettle sa order ko")
    ana.hears("Whistling kettle: ₱599.00", "Tama po ba?")
    await ana.taps("Oo, palitan")
    assert await shop.texts(ITEMS) == ["Blue mug|3|360.00", "Whistling kettle|1|599.00"]
    await ana.says("alisin nyo po yung kettle sa order ko")
    await ana.says("opo")
    assert await shop.texts(ITEMS) == ["Blue mug|3|360.00"]
    await ana.says("bawasan po order ko ng isa")
    ana.hears("• 2 × Blue mug")
    await ana.says("oo")
    assert (await shop.texts(ITEMS), await shop.look(STOCK)) == (["Blue mug|2|240.00"], 8)
    assert await shop.look(SUMS) == "240.00|80.00|0.00|320.00|320.00"
    kettles = "SELECT stock_quantity FROM products WHERE name = 'Whistling kettle'"
    assert await shop.look(kettles) == 3


async def test_more_than_there_is_changes_nothing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=3)
    await has_order(shop, ana, "confirmed")
    await ana.says("add 7 more mug to my order")
    ana.hears("only 3 of Blue mug can be had")
    assert (await shop.texts(ITEMS), await shop.look(STOCK)) == (["Blue mug|1|120.00"], 2)


async def test_taking_the_last_thing_out_is_cancelling(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "confirmed")
    await ana.says("remove the mug from my order")
    ana.hears(f"Cancel order {number}")


async def test_by_taps_alone(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("order status")
    await ana.taps("Change items")
    await ana.taps("Blue mug")
    await ana.taps("3")
    ana.hears("• 3 × Blue mug: ₱360.00")
    await ana.taps("Yes, change it")
    assert await shop.texts(ITEMS) == ["Blue mug|3|360.00"]
    await ana.taps("See my order")
    await ana.taps("Change phone")
    await ana.says("9285550143")
    await ana.taps("Leave it as it is")
    ana.hears("📝 Placed")


async def test_a_promo_is_reckoned_anew(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.promo("SUKI10", value="10", minimum="200")
    await has_order(shop, ana, "confirmed")
    await shop.run("UPDATE orders SET promo_code = 'SUKI10'")
    await ana.says("add 1 more mug to my order")
    ana.hears("Total: ₱296.00")
    await ana.taps("Yes, change it")
    assert await shop.look(SUMS) == "240.00|80.00|24.00|296.00|296.00"


async def test_what_was_paid_is_for_a_person_where_the_total_would_change(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await luzon(shop)
    await has_order(shop, ana, "confirmed")
    await shop.run(
        "INSERT INTO order_payments (order_id, kind, amount, method) SELECT id, 'payment', 200, 'gcash' FROM orders"
    )
    await ana.says("change address to 7 Rizal Ave, Brgy San Isidro, Cainta, Rizal")
    ana.hears("a person has to do this")
    await ana.says("change address to 7 Rizal Ave, Brgy Sto Nino, Marikina City")
    await ana.taps("Yes, change it")
    assert str(await shop.look(GOES)).startswith("7 Rizal Ave|")


async def test_which_of_two_orders(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    first = await has_order(shop, ana, "confirmed")
    await ana.says("mug")
    await ana.taps("Buy now")
    await ana.taps("Pay another way")
    await ana.taps("Cash on delivery")
    await ana.says("yes")
    await ana.says("menu")
    await ana.says("change phone 0928 555 0143")
    ana.hears("Which order do you mean?")
    await ana.taps(first[-13:])
    ana.hears("0928 555 0143", "Is that right?")
    await ana.taps("Yes, change it")
    changed = "SELECT order_number FROM orders WHERE ship_phone = '+639285550143'"
    assert await shop.texts(changed) == [first]


async def test_somebody_elses_order_stays_as_it_is(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "confirmed")
    order_id = str(await shop.look("SELECT id FROM orders"))
    await buys(ben, "mug")
    await ben.says(f"change address of {number} to 7 Rizal Ave, Brgy Sto Nino, Marikina City")
    ben.hears_no("Mabini St, San Roque, Marikina, Metro Manila 1801\nAna")
    for payload in (f"change_items:{order_id}", f"set_item:{order_id}:1:9", f"confirm_items:{order_id}",
                    f"confirm_delivery:{order_id}", f"order_again:{order_id}", f"return_order:{order_id}",
                    f"rate_order:{order_id}:5", f"add_item:{order_id}:1", f"send_return:{order_id}"):  # fmt: skip
        await shop.gets(ben, "postback", {"mid": f"m_{payload}", "title": "Old", "payload": payload})
    assert await shop.look("SELECT COUNT(*) FROM order_edits") == 0
    assert await shop.look("SELECT COUNT(*) FROM order_returns") == 0


async def test_can_you_change_is_a_wish_and_no_question_to_the_shop(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await luzon(shop)
    await has_order(shop, ana, "confirmed")
    await ana.says("can you change my phone number to 0928 555 0143")
    ana.hears("0928 555 0143", "Is that right?")
    await ana.says("yes")
    ana.hears("Changed: the rider will call the new number")
    assert await shop.look("SELECT ship_phone FROM orders") == "+639285550143"
    await ana.says("can you change the address to 45 Sampaguita St, Brgy San Isidro, Cainta, Rizal")
    ana.hears("45 Sampaguita St, San Isidro, Cainta, Rizal", "Is that right?")


@pytest.mark.parametrize(
    "said",
    [
        "mali po napili ko kulay, gumamela po dapat",
        "pa change po ng kulay, gumamela na lang",
        "pabago po ng kulay, gumamela po sana",
    ],
)
async def test_another_kind_of_what_was_ordered(shop: Shop, ana: Chat, said: str) -> None:
    await shop.stocks("Lip tint", price="129.00", left=0, sizes={"Rosas": 9, "Gumamela": 9})
    await ana.says("lip tint")
    await ana.says("rosas 2")
    await ana.says("checkout")
    await ana.says("Jen Uy")
    await ana.says("0917 123 4567")
    await ana.says("12 Mabini St, Brgy San Roque, Marikina City")
    await ana.says("skip")
    await ana.says("cod")
    await ana.says("yes")
    await ana.says(said)
    ana.hears("2 × Lip tint", "Gumamela", "Tama po ba?")
    await ana.says("oo")
    kinds = await shop.texts(
        "SELECT CONCAT_WS('|', variant_value, quantity) FROM order_items i"
        " JOIN product_variants v ON v.id = i.variant_id"
    )
    assert kinds == ["Gumamela|2"]


async def test_what_is_asked_while_something_may_be_added_is_answered(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("pa change po ng items sa order ko")
    await ana.says("bakit po ang mahal ng shipping?")
    ana.hears("₱80.00")
    await ana.says("paki cancel na lang po")
    ana.hears("I-cancel po ba")
    await ana.says("wag na lang po pala icancel")
    assert await shop.look("SELECT order_status FROM orders") == "confirmed"


@pytest.mark.parametrize(
    "said", ["ituloy na lang po", "wag na pala, ituloy nyo na lang", "order na yan", "no, please continue my order"]
)
async def test_to_go_on_with_an_order_is_no_yes_to_cancelling_it(shop: Shop, ana: Chat, said: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("cancel order")
    await ana.says(said)
    assert await shop.look("SELECT order_status FROM orders") == "confirmed"
    await ana.says("cancel order")
    await ana.says("oo")
    assert await shop.look("SELECT order_status FROM orders") == "cancelled"


@pytest.mark.parametrize("said", ["di ko na po kukunin", "hindi ko na kukunin", "paki cancel na po, nagbago isip ko"])
async def test_who_does_not_want_it_any_more_is_asked(shop: Shop, ana: Chat, said: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await ana.says(said)
    ana.hears("I-cancel po ba")
    await ana.says("oo")
    assert await shop.look("SELECT order_status FROM orders") == "cancelled"
