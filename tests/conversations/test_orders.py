"""What becomes of an order: confirmed, held, expired, looked at, taken back."""

from tests.conversations.buying import buys, comes_to_summary, order_number
from tests.conversations.conftest import Chat, Shop

STATUS = "SELECT order_status FROM orders"
HISTORY = (
    "SELECT GROUP_CONCAT(CONCAT(COALESCE(from_status, '-'), '>', to_status) ORDER BY id SEPARATOR ' ')"
    " FROM order_state_history"
)
RESERVATIONS = "SELECT GROUP_CONCAT(status, ' ', quantity) FROM inventory_reservations"
ON_SHELF = "SELECT stock_quantity FROM products WHERE id = %(id)s"
NONE_OF_THEIRS = "I can't find that order among yours."


async def test_the_worker_confirms_what_needs_no_verification(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=10)
    number = await buys(ana, "mug")
    ana.hears("We'll confirm it here in a moment")
    assert await shop.look(STATUS) == "pending"
    assert await shop.look(RESERVATIONS) == "reserved 1"
    assert await shop.look(ON_SHELF, id=mug) == 9
    await shop.works()
    ana.hears(f"✅ Your order {number} is confirmed", "Please have ₱200.00 ready", "🚚 Delivery: 1-3 days")
    assert await shop.look(STATUS) == "confirmed"
    assert await shop.look(RESERVATIONS) == "committed 1"
    assert await shop.look(ON_SHELF, id=mug) == 9
    assert await shop.look(HISTORY) == "->pending pending>confirmed"
    assert await shop.look(
        "SELECT transaction_type, quantity_change, previous_stock, new_stock FROM inventory_logs"
        " WHERE transaction_type <> 'stock_in'"
    ) == ("stock_out", -1, 10, 9)
    heard = len(ana.person.sent)
    await shop.works()
    assert len(ana.person.sent) == heard


async def test_what_is_reserved_cannot_be_bought_by_somebody_else(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=1)
    await buys(ana, "mug")
    await ben.says("mug")
    ben.hears("Sold out")
    ben.hears_no("Only 1 left")


async def test_an_order_that_needs_verification_is_held_and_then_expires(shop: Shop, ana: Chat) -> None:
    sofa = await shop.stocks("Sofa", price="6000.00", left=2)
    await comes_to_summary(ana, "sofa")
    ana.hears("We'll do a quick verification before we pack it, since it's a bigger COD order.")
    await ana.taps("✅ Confirm order")
    ana.hears("We verify this order first.", "We hold your items until")
    number = order_number(ana)
    await shop.works()
    ana.hears(f"One more step for {number}", "pay ₱600.00 ahead")
    assert await shop.look("SELECT order_status, verification_status FROM orders") == ("pending", "pending")
    assert await shop.look(RESERVATIONS) == "reserved 1"
    await shop.works()
    assert await shop.look(STATUS) == "pending"
    await ana.says("my orders")
    ana.hears(f"{number} · Pending")

    await shop.run("UPDATE orders SET verification_expires_at = NOW() - INTERVAL 1 SECOND")
    await shop.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND")
    await shop.works()
    ana.hears(f"Your order {number} was cancelled because it could not be confirmed in time.")
    assert await shop.look(STATUS) == "cancelled"
    assert str(await shop.look(RESERVATIONS)) in ("expired 1", "released 1")
    assert await shop.look(ON_SHELF, id=sofa) == 2
    assert await shop.look(HISTORY) == "->pending pending>cancelled"
    heard = len(ana.person.sent)
    await shop.works()
    assert len(ana.person.sent) == heard
    await ana.says("sofa")
    ana.hears("Only 2 left")


async def test_a_newcomers_cash_order_is_held_where_the_shop_wants_history(shop: Shop, ana: Chat) -> None:
    await shop.sets(verification_orders=3)
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    ana.hears("since you're new to COD here")
    await ana.taps("✅ Confirm order")
    await shop.works()
    ana.hears("One more step for")
    await ana.taps("Pay ahead")
    ana.hears("by paying ahead, send ₱20.00")


async def test_my_orders_and_one_of_them(shop: Shop, ana: Chat) -> None:
    await ana.says("my orders")
    ana.hears("You have no orders yet.")
    await shop.stocks("Blue mug", price="120.00")
    number = await buys(ana, "mug")
    await shop.works()
    await ana.says("order ko po")
    ana.hears(f"{number} · Confirmed", "₱200.00 · Blue mug")
    await ana.taps("See order")
    ana.hears(f"📦 {number} · Confirmed", "• 1 × Blue mug: ₱120.00", "📍 Ana Cruz, 0917 123 4567")
    await ana.says("menu")
    await ana.says(f"where is {number}?")
    ana.hears(f"📦 {number} · Confirmed")


async def test_a_confirmed_order_is_cancelled_and_its_stock_given_back(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=10)
    number = await buys(ana, "mug")
    await shop.works()
    await ana.says("my orders")
    await ana.taps("Cancel order")
    ana.hears(f"Cancel order {number} (₱200.00)?")
    await ana.taps("No, keep it")
    assert await shop.look(STATUS) == "confirmed"
    await ana.taps("Cancel order")
    await ana.says("oo")
    ana.hears(f"order {number} is cancelled and the items are back on our shelf.")
    assert await shop.look(STATUS) == "cancelled"
    assert await shop.look(ON_SHELF, id=mug) == 10
    assert await shop.look(RESERVATIONS) == "released 1"
    assert await shop.look(HISTORY) == "->pending pending>confirmed confirmed>cancelled"
    cancelled_by = "SELECT changed_by_type FROM order_state_history WHERE to_status = 'cancelled'"
    assert await shop.look(cancelled_by) == "customer"
    await ana.taps("Cancel order")
    ana.hears("That order is already cancelled.")


async def test_an_order_cancelled_before_the_worker_came_stays_cancelled(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00", left=10)
    await buys(ana, "mug")
    await ana.says("cancel")
    ana.hears("This can't be undone.")
    await ana.taps("Yes, cancel it")
    await shop.works()
    ana.hears_no("confirmed")
    assert await shop.look(STATUS) == "cancelled"
    assert await shop.look(ON_SHELF, id=mug) == 10


async def test_a_shipped_order_cannot_be_cancelled_here(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.works()
    await ana.says("my orders")
    await shop.run("UPDATE orders SET order_status = 'shipped'")
    await ana.taps("Cancel order")
    ana.hears("already on its way, so it can't be cancelled here")
    assert await shop.look(STATUS) == "shipped"


async def test_somebody_elses_order_gets_nothing(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await buys(ana, "mug")
    await ana.says("my orders")
    buttons = [button for button in ana.tappable if button.title in ("See order", "Cancel order")]
    assert len(buttons) == 2
    await ana.taps("Cancel order")
    yes = next(button for button in ana.tappable if button.title == "Yes, cancel it")
    order_id = int(str(await shop.look("SELECT id FROM orders")))
    await ben.says("hello")
    payloads = [one.payload for one in (*buttons, yes)]
    payloads += [f"ORDER_{order_id}", f"VERIFY_ID_{order_id}", f"VERIFY_ID_{number}", f"PAY_UPFRONT_GCASH_{order_id}"]
    for number_, payload in enumerate(payloads):
        before = len(ben.person.sent)
        await shop.gets(ben, "postback", {"mid": f"m_{number_}", "title": "x", "payload": payload})
        said = "\n".join(sent.bubble.words() for sent in ben.person.sent[before:])
        assert NONE_OF_THEIRS in said
        assert not any(secret in said for secret in (number, "Ana", "Mabini", "200.00", "mug"))
    await ben.says(f"where is my order {number}")
    ben.hears(NONE_OF_THEIRS)
    ben.hears_no(number, "Ana", "₱200.00")
    assert await shop.look(STATUS) == "pending"
