"""A payment is proved: a screenshot, a reference, words; for the one order that waits, or the one that is chosen."""

from decimal import Decimal

from repository.files.files import open_file
from tests.conversations.conftest import Chat, Shop
from tests.conversations.proving.conftest import SAME_ADDRESS, Clerk, orders_a_mug
from tests.support.buying import CONFIRM, comes_to_payment, puts_in_cart
from tests.support.pictures import photo, receipt

PROOFS = "SELECT COALESCE(reference, ''), file_id IS NOT NULL, status FROM order_proofs"


async def test_a_screenshot_and_then_its_reference_are_one_proof(shop: Shop, ana: Chat, clerk: Clerk) -> None:
    number = await orders_a_mug(shop, ana)
    await ana.sends_picture(receipt())
    ana.hears(f"Got your screenshot for {number}", "please type the reference number too")
    await ana.says("1002 345\n678901")
    ana.hears("Got reference 1002345678901", number)
    assert await shop.look(PROOFS) == ("1002345678901", 1, "waiting")
    assert await clerk.decides(True) == "confirmed"
    ana.hears(f"Your order {number} is confirmed!")
    assert await shop.look("SELECT amount, reference FROM order_payments") == (Decimal("200.00"), "1002345678901")


async def test_what_is_kept_is_the_picture_without_its_metadata(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    await ana.sends_picture(photo(size=(900, 600)))
    file_id = int(str(await shop.look("SELECT file_id FROM order_proofs")))
    async with shop.database.connection() as conn:
        file = await open_file(conn, file_id=file_id)
    assert (file.purpose, file.media_type, file.width, file.height) == ("proof", "image/jpeg", 900, 600)
    assert b"tells" not in file.content


async def test_a_reference_is_enough_anywhere(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    await ana.says("mug")
    await ana.says("Maya ref id 4D7F 2A91 B3C8")
    ana.hears("Got reference 4D7F2A91B3C8", "please send the screenshot too")
    await ana.says("my orders")
    await ana.says("paid already ref 4D7F 2A91 B3C8")
    ana.hears("We have that already")
    assert await shop.count("order_proofs") == 1


async def test_words_that_somebody_paid_ask_for_what_shows_it(shop: Shop, ana: Chat) -> None:
    number = await orders_a_mug(shop, ana)
    for words in ("bayad na po", "nagsend na po ako", "paid na", "sent na po"):
        await ana.says(words)
        assert number in ana.last.words(), words
        assert "₱200.00" in ana.last.words(), words
    assert await shop.count("order_proofs") == 0
    await ana.says("menu")
    await ana.says("po 20034455667788")
    assert await shop.look(PROOFS) == ("20034455667788", 0, "waiting")


async def test_where_several_orders_wait_the_shopper_says_which(shop: Shop, ana: Chat) -> None:
    first = await orders_a_mug(shop, ana)
    second = await orders_a_mug(shop, ana)
    await ana.says("menu")
    await ana.sends_picture(receipt())
    ana.hears("Which order is this for?", first, second)
    await ana.taps(first[-8:])
    ana.hears(f"Got your screenshot for {first}")
    await ana.says(f"already paid {second} 1002 345 678901")
    ana.hears(f"Got reference 1002345678901 for {second}")
    sql = "SELECT o.order_number FROM order_proofs p JOIN orders o ON o.id = p.order_id ORDER BY p.id"
    proved = await shop.texts(sql)
    assert proved == [first, second]


async def test_the_order_on_show_is_the_one_that_is_meant(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    second = await orders_a_mug(shop, ana)
    await ana.sends_picture(receipt())
    ana.hears(f"Got your screenshot for {second}")


async def test_in_the_middle_of_checkout_nothing_of_it_is_lost(shop: Shop, ana: Chat) -> None:
    first = await orders_a_mug(shop, ana)
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.taps("Checkout")
    asked = ana.last.words()
    await ana.sends_picture(receipt())
    ana.hears(f"Got your screenshot for {first}")
    assert ana.last.words() == asked, "the question is asked again"
    await ana.says("1002 345 678901")
    ana.hears("Got reference 1002345678901")
    assert ana.last.words() == asked
    await ana.says("bayad na po")
    assert await shop.look(PROOFS) == ("1002345678901", 1, "waiting")


async def test_a_summary_that_is_on_show_is_still_confirmed_after_a_proof(shop: Shop, ana: Chat) -> None:
    first = await orders_a_mug(shop, ana)
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps(SAME_ADDRESS)
    await ana.taps("GCash")
    await ana.says(f"already paid {first} 1002 345 678901")
    ana.hears("Got reference")
    await ana.taps(CONFIRM)
    assert await shop.count("orders") == 2


async def test_a_rejected_proof_says_why_and_may_be_sent_again(shop: Shop, ana: Chat, clerk: Clerk) -> None:
    number = await orders_a_mug(shop, ana)
    await ana.sends_picture(receipt())
    assert await clerk.decides(False, note="Show us all of it, please.") == "rejected"
    ana.hears(f"the payment that you sent for {number}, and it isn't right yet", "Show us all of it, please.", "until")
    await ana.taps("Send it again")
    ana.hears("₱200.00", number, "screenshot")
    await ana.sends_picture(receipt(2))
    ana.hears("Got your screenshot")
    assert await shop.texts("SELECT status FROM order_proofs ORDER BY id") == ["rejected", "waiting"]


async def test_the_same_proof_on_two_orders_is_flagged_and_the_shopper_hears_nothing_of_it(
    shop: Shop, ana: Chat, ben: Chat
) -> None:
    await orders_a_mug(shop, ana)
    await orders_a_mug(shop, ben)
    for chat in (ana, ben):
        await chat.sends_picture(receipt())
        chat.hears("Got your screenshot")
    assert await shop.texts("SELECT warnings FROM order_proofs ORDER BY id") == ["[]", '["same_file"]']
    assert await shop.count("stored_files") == 1


async def test_in_filipino(shop: Shop, ana: Chat) -> None:
    number = await orders_a_mug(shop, ana)
    await ana.says("bayad ko na po sa gcash kanina")
    ana.hears("Salamat po!", number, "reference number")
    await ana.sends_picture(receipt())
    ana.hears("Natanggap na po namin ang screenshot ninyo")


async def test_paying_ahead_for_a_cod_order(shop: Shop, ana: Chat, clerk: Clerk) -> None:
    await shop.sets(verification_orders=3, payment_account="GCash 0917 000 0000")
    number = await orders_a_mug(shop, ana, pay="Cash on delivery")
    await ana.taps("Pay ahead")
    ana.hears("₱20.00", "GCash 0917 000 0000")
    await ana.says("ref no 1002 345 678901")
    ana.hears(f"Got reference 1002345678901 for {number}")
    await clerk.decides(True)
    assert await shop.look("SELECT verification_status, upfront_paid FROM orders") == ("verified", Decimal("20.00"))


async def test_the_earlier_bots_buttons_still_pay_ahead(shop: Shop, ana: Chat) -> None:
    await shop.sets(verification_orders=3)
    await orders_a_mug(shop, ana, pay="Cash on delivery")
    order_id = await shop.look("SELECT id FROM orders")
    await shop.gets(ana, "postback", {"mid": "m_old", "title": "Maya", "payload": f"PAY_UPFRONT_MAYA_{order_id}"})
    assert "₱20.00" in ana.last.words()
    await ana.sends_picture(receipt())
    ana.hears("Got your screenshot")


async def test_a_payment_is_not_waited_for_where_nothing_was_ordered(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("paid already")
    ana.hears("I don't see an order of yours that waits for a payment")
    await comes_to_payment(ana, "mug")
    await ana.says("bayad na po")
    assert await shop.count("order_proofs") == 0
