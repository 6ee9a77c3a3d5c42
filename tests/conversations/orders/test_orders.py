"""What becomes of an order: confirmed, held, cancelled, with the stock and the history right at each step."""

import asyncio

from bot.workshop.emulator.shopper import Shopper
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, buys, comes_to_summary

STOCK = "SELECT stock_quantity FROM products WHERE name = 'Blue mug'"
RESERVED = "SELECT CONCAT_WS('|', status, quantity) FROM inventory_reservations ORDER BY id"
HISTORY = "SELECT CONCAT_WS('>', COALESCE(from_status, ''), to_status) FROM order_state_history ORDER BY id"
WHO = "SELECT changed_by_type FROM order_state_history ORDER BY id"
STATUS = "SELECT CONCAT_WS('|', order_status, verification_status) FROM orders ORDER BY id"


async def test_the_worker_confirms_and_the_shopper_hears_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    assert await shop.texts(STATUS) == ["pending|not_required"]
    assert (await shop.texts(STOCK), await shop.texts(RESERVED)) == (["9"], ["reserved|1"])
    assert await shop.texts("SELECT status FROM order_processing_queue") == ["pending"]
    await shop.works()
    ana.hears("is confirmed!", "Please have ₱200.00 ready")
    assert await shop.texts(STATUS) == ["confirmed|not_required"]
    assert (await shop.texts(STOCK), await shop.texts(RESERVED)) == (["9"], ["committed|1"])
    assert await shop.texts("SELECT DISTINCT status FROM order_processing_queue") == ["completed"]
    assert (await shop.texts(HISTORY))[-1] == "pending>confirmed"
    said = len(ana.person.sent)
    await shop.works()
    assert len(ana.person.sent) == said
    assert await shop.texts(STOCK) == ["9"]


async def test_the_notice_is_in_the_shoppers_language(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00")
    liza = shop.stage.shopper("Liza Reyes", locale="tl_PH")
    await liza.opens_chat()
    await liza.says("filipino")
    await puts_in_cart_in_filipino(liza)
    await shop.works()
    liza.hears("Confirmed na po ang order ninyong ORD-")


async def puts_in_cart_in_filipino(liza: Shopper) -> None:
    await liza.says("blue mug")
    await liza.taps("Add to cart")
    await liza.says("checkout")
    await liza.taps("Liza Reyes")
    await liza.says("0917 123 4567")
    await liza.says("12 Mabini St, Brgy San Roque, Marikina City 1801")
    await liza.says("wala")
    await liza.says("cod")
    await liza.says("opo")
    liza.hears("ORD-")


async def test_an_order_to_be_verified_says_so_and_is_held(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(verification_orders=3)
    await comes_to_summary(ana, "mug")
    ana.hears("We'll do a quick verification before we pack it, since you're new to COD here")
    await ana.taps(CONFIRM)
    ana.hears("We verify this order first", "We hold your items until")
    await shop.works()
    ana.hears("One more step for ORD-")
    assert await shop.texts(STATUS) == ["pending|pending"]
    assert (await shop.texts(STOCK), await shop.texts(RESERVED)) == (["9"], ["reserved|1"])
    until = await shop.look(
        "SELECT TIMESTAMPDIFF(MINUTE, o.created_at, o.verification_expires_at) FROM orders o"
        " JOIN inventory_reservations r ON r.order_id = o.id AND r.expires_at = o.verification_expires_at"
    )
    assert until == 60


async def test_when_its_time_runs_out_it_is_cancelled_and_the_stock_given_back(
    shop: Shop, ana: Chat, ben: Chat
) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(verification_orders=3)
    await shop.run("UPDATE products SET stock_quantity = 1")
    await buys(ana, "mug")
    await shop.works()
    await ben.says("mug")
    ben.hears("Sold out")
    await hour_passes(shop)
    await shop.works()
    ana.hears("was cancelled because it wasn't verified in time", "You have nothing to pay")
    assert (await shop.texts("SELECT order_status FROM orders")) == ["cancelled"]
    assert (await shop.texts(HISTORY))[-1] == "pending>cancelled"
    assert (await shop.texts(STOCK), [one.split("|")[0] for one in await shop.texts(RESERVED)]) == (["1"], ["expired"])
    said = len(ana.person.sent)
    await shop.works()
    assert len(ana.person.sent) == said
    await buys(ben, "mug")
    await ana.says("my orders")
    ana.hears("Cancelled")


async def hour_passes(shop: Shop) -> None:
    """Let the orders have been placed two hours ago: the database's own clock cannot be moved for every connection."""
    await shop.run(
        "UPDATE orders SET created_at = created_at - INTERVAL 2 HOUR,"
        " verification_expires_at = verification_expires_at - INTERVAL 2 HOUR"
    )
    await shop.run(
        "UPDATE inventory_reservations SET reserved_at = reserved_at - INTERVAL 2 HOUR,"
        " expires_at = expires_at - INTERVAL 2 HOUR"
    )


async def test_one_that_is_confirmed_outlives_its_reservation(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.works()
    await hour_passes(shop)
    await shop.works()
    assert await shop.texts(STATUS) == ["confirmed|not_required"]
    assert await shop.texts(STOCK) == ["9"]


async def test_a_large_order_needs_verification_whoever_buys(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.run("UPDATE products SET base_price = 5200")
    await comes_to_summary(ana, "mug")
    ana.hears("Shipping (Metro Manila, 1-3 days): free", "since it's a bigger COD order")
    await ana.taps(CONFIRM)
    assert await shop.texts(STATUS) == ["pending|pending"]


async def test_my_orders_and_one_of_them(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("my orders")
    ana.hears("You have no orders yet")
    await buys(ana, "mug")
    await ana.says("order ko")
    ana.hears("ORD-", "· Pending", "₱200.00 · Blue mug")
    await ana.taps("See order")
    ana.hears("• 1 × Blue mug: ₱120.00", "Shipping: ₱80.00", "Total: ₱200.00, Cash on delivery", "12 Mabini St")
    number = str(await shop.look("SELECT order_number FROM orders"))
    await ana.says(f"where is {number}?")
    ana.hears(number)


async def test_cancel_a_pending_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await ana.says("my orders")
    await ana.taps("Cancel order")
    ana.hears("Cancel order ORD-", "can't be undone")
    assert await shop.texts(STATUS) == ["pending|not_required"]
    await ana.taps("Yes, cancel it")
    ana.hears("is cancelled and the items are back on our shelf")
    assert (await shop.texts(HISTORY))[-1] == "pending>cancelled"
    assert (await shop.texts(WHO))[-1] == "customer"
    assert (await shop.texts(STOCK), await shop.texts(RESERVED)) == (["10"], ["released|1"])
    await shop.works()
    assert await shop.texts("SELECT order_status FROM orders") == ["cancelled"]
    ana.hears_no("is confirmed")


async def test_cancel_a_confirmed_order_gives_the_stock_back(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.works()
    assert await shop.texts(STOCK) == ["9"]
    await ana.says("my orders")
    await ana.taps("Cancel order")
    await ana.says("oo")
    ana.hears("ORD-")
    assert await shop.texts("SELECT order_status FROM orders") == ["cancelled"]
    assert await shop.texts(STOCK) == ["10"]
    assert (await shop.texts(HISTORY))[-2:] == ["pending>confirmed", "confirmed>cancelled"]


async def test_no_keeps_the_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await ana.says("my orders")
    await ana.taps("Cancel order")
    await ana.taps("No, keep it")
    ana.hears("ORD-", "Pending")
    assert await shop.texts("SELECT order_status FROM orders") == ["pending"]


async def test_two_taps_on_cancel_cancel_once(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await ana.says("my orders")
    await ana.taps("Cancel order")
    yes = next(button for button in ana.tappable if button.title == "Yes, cancel it")
    await asyncio.gather(
        *(
            shop.gets(
                ana, "message", {"mid": f"m_{number}", "text": yes.title, "quick_reply": {"payload": yes.payload}}
            )
            for number in range(3)
        )
    )
    assert await shop.texts(RESERVED) == ["released|1"]
    assert (await shop.texts(HISTORY)).count("pending>cancelled") == 1
    ana.hears("already cancelled")


async def test_a_shipped_order_cannot_be_cancelled_here(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.works()
    await ana.says("my orders")
    await ana.taps("Cancel order")
    await shop.run("UPDATE orders SET order_status = 'shipped'")
    await ana.taps("Yes, cancel it")
    ana.hears("already on its way")
    assert await shop.texts("SELECT order_status FROM orders") == ["shipped"]
    assert await shop.texts(STOCK) == ["9"]


async def test_somebody_elses_order_gives_nothing_of_it(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    order_id = str(await shop.look("SELECT id FROM orders"))
    number = str(await shop.look("SELECT order_number FROM orders"))
    await ben.opens_chat()
    await ana.says("my orders")
    stolen = {button.title: button.payload for button in ana.tappable if button.title in ("See order", "Cancel order")}
    await ana.taps("Cancel order")
    stolen["Yes"] = next(button.payload for button in ana.tappable if button.title == "Yes, cancel it")
    tries = [*stolen.items(), ("Old", f"ORDER_{order_id}"), ("Old", f"VERIFY_ID_{order_id}"),
             ("Old", f"PAY_UPFRONT_GCASH_{number}"), ("Old", f"ORDER_{number}")]  # fmt: skip
    for place, (title, payload) in enumerate(tries):
        before = len(ben.person.sent)
        await shop.gets(ben, "postback", {"mid": f"m_{place}", "title": title, "payload": payload})
        words = "\n".join(sent.bubble.words() for sent in ben.person.sent[before:])
        assert words, payload
        for secret in (number, "200.00", "Mabini", "Ana Cruz", "Blue mug"):
            assert secret not in words, payload
    await ben.says(number)
    ben.hears_no("200.00", "Mabini", "Blue mug")
    assert await shop.texts("SELECT order_status FROM orders") == ["pending"]


async def test_many_orders_are_shown_page_by_page(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(page_size=2)
    await shop.sets(open_orders_most=50)
    await buys(ana, "mug")
    for _ in range(2):
        await ana.says("mug")
        await ana.taps("Buy now")
        await ana.taps("Pay another way")
        await ana.taps("Cash on delivery")
        await ana.says("yes")
    await ana.says("my orders")
    ana.hears("page 1 of 2")
    await ana.says("more")
    ana.hears("page 2 of 2")
    await ana.says("more")
    ana.hears("That's all there is")
    await ana.taps("‹ Back to the list")
    ana.hears("page 2 of 2")
    await ana.says("more")
    await ana.taps("‹ Previous")
    ana.hears("page 1 of 2")


async def test_what_is_reserved_cannot_be_bought_by_somebody_else(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await buys(ana, "mug")
    await ben.says("mug")
    ben.hears("Sold out")
    ben.hears_no("Only 1 left")


async def test_a_newcomers_cash_order_is_held_where_the_shop_wants_history(shop: Shop, ana: Chat) -> None:
    await shop.sets(verification_orders=3)
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    ana.hears("since you're new to COD here")
    await ana.taps("✅ Confirm order")
    await shop.works()
    ana.hears("One more step for")
    await ana.taps("Pay ahead")
    ana.hears("To pay ₱20.00 for")


async def test_an_order_cancelled_before_the_worker_came_stays_cancelled(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=10)
    await buys(ana, "mug")
    await ana.says("cancel")
    ana.hears("This can't be undone.")
    await ana.taps("Yes, cancel it")
    await shop.works()
    ana.hears_no("confirmed")
    assert await shop.texts(STATUS) == ["cancelled|not_required"]
    assert await shop.look("SELECT stock_quantity FROM products WHERE id = %(id)s", id=mug) == 10
