"""Orders changed before they are packed, taken back after, and drafts that a shopper confirms in the chat."""

import html
from decimal import Decimal

from repository.aftersales import returning
from repository.aftersales.returning import Picked
from repository.aftersales.returns import receive_return
from repository.orders.history import Actor
from repository.orders.moves import move
from repository.rules import Rules
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.orders.conftest import Clerk
from tests.handlers.console.orders.test_acting import does, notices, ordered, status
from tests.handlers.console.test_console import Visitor, version_of

ADDRESS = {
    "recipient_name": "Ana Cruz",
    "phone": "0917 123 4567",
    "address_line1": "5 Rizal Ave",
    "address_line2": "",
    "barangay": "San Roque",
    "city": "Makati",
    "province": "Metro Manila",
    "region": "NCR",
    "postal_code": "1200",
    "landmark": "blue gate",
}
MIA = Actor("Mia", "admin")


async def delivered(shop: Shop, mia: Visitor, jun: Visitor, *, quantity: int = 3) -> int:
    """An order that has reached Ana, paid in cash."""
    order_id = await ordered(shop, left=5, quantity=quantity)
    await does(mia, order_id, "confirm")
    await does(jun, order_id, "pack")
    await does(jun, order_id, "ship", courier="LBC", tracking="1")
    await does(jun, order_id, "deliver")
    assert await status(shop, order_id) == "delivered"
    return order_id


async def test_an_address_is_changed_before_packing_and_the_shopper_is_told(shop: Shop, clerk: Clerk) -> None:
    jun, mia = await clerk("jun"), await clerk("mia")
    order_id = await ordered(shop)
    await does(jun, order_id, "address", **{**ADDRESS, "phone": "12"})
    assert jun.status == 422
    assert "Please write a Philippine number" in jun.page
    await does(jun, order_id, "address", **{**ADDRESS, "city": "Atlantis", "province": "Nowhere", "region": ""})
    assert jun.status == 422
    assert "The shop does not send there" in jun.page
    await does(jun, order_id, "address", **ADDRESS)
    assert jun.path == f"/console/orders/{order_id}"
    assert await shop.look("SELECT ship_address_line1, ship_phone FROM orders") == ("5 Rizal Ave", "+639171234567")
    assert await notices(shop) == ["notices.delivery_changed"]
    page = html.unescape(await jun.opens(f"/orders/{order_id}"))
    assert "Jun</b> changed the address" in page
    assert "<ins>5 Rizal Ave</ins>" in page
    await does(mia, order_id, "confirm")
    await does(jun, order_id, "pack")
    await jun.opens(f"/orders/{order_id}/address")
    assert "cannot be changed any more" in jun.page


async def test_items_are_changed_with_stock_and_total_and_the_shopper_is_told(shop: Shop, clerk: Clerk) -> None:
    jun = await clerk("jun")
    order_id = await ordered(shop, left=5, quantity=2)
    lid = await shop.stocks("Bamboo lid", price="50.00", left=3)
    mug = await shop.look("SELECT product_id FROM order_items")
    await jun.opens(f"/orders/{order_id}/items")
    version = version_of(jun.page)
    page = await jun.sends(
        f"/orders/{order_id}/items", do="find", find="bamboo", version=version, **{f"quantity_{mug}_0": "4"}
    )
    assert "Bamboo lid" in page
    assert f'name="quantity_{mug}_0" value="4"' in page, "looking for more keeps what was typed"
    assert "4 × Blue mug" in html.unescape(page), "the shopper’s words are shown first"
    assert await shop.look("SELECT quantity FROM order_items") == 2
    fields = {f"quantity_{mug}_0": "4", f"quantity_{lid}_0": "9"}
    await jun.sends(f"/orders/{order_id}/items", do="save", version=version, **fields)
    assert jun.status == 422
    assert "Only 3 of Bamboo lid can be had" in jun.page
    await jun.sends(f"/orders/{order_id}/items", do="save", version=version, **{**fields, f"quantity_{lid}_0": "1"})
    assert jun.path == f"/console/orders/{order_id}", jun.page[:3000]
    assert await shop.texts("SELECT CONCAT(quantity, ' ', total_price) FROM order_items ORDER BY id") == [
        "4 400.00",
        "1 50.00",
    ]
    assert (
        await shop.look("SELECT subtotal, remaining_balance = total_amount FROM orders WHERE subtotal = 450")
        is not None
    )
    assert (await shop.left(int(str(mug))), await shop.left(lid)) == (1, 2)
    assert await notices(shop) == ["notices.items_changed"]
    await jun.sends(f"/orders/{order_id}/items", do="save", version=version, **fields)
    assert "Nothing of yours was done" in jun.page or "The items are changed." in jun.page
    assert await shop.look("SELECT COUNT(*) FROM order_edits") == 1


async def test_a_return_is_answered_before_the_parcel_comes(shop: Shop, clerk: Clerk) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    order_id = await delivered(shop, mia, jun, quantity=1)
    line = int(str(await shop.look("SELECT id FROM order_items")))
    shopper_id = int(str(await shop.look("SELECT user_id FROM orders")))
    for key, words, told in (
        ("refuse-return", "It was worn.", "we can't take it back.\nIt was worn."),
        ("accept-return", "By LBC to Makati.", "You can send back"),
    ):
        async with shop.database.transaction() as conn:
            await returning.request(
                conn, shopper_id=shopper_id, order_id=order_id, picked=(Picked(line, 1),),
                reason="Too small", file_ids=(), days=7,
            )  # fmt: skip
        assert told.partition("\n")[0] in html.unescape(await mia.opens(f"/orders/{order_id}/{key}"))
        if key == "refuse-return":
            await does(mia, order_id, key)
            assert "Please write why" in mia.page
        await does(mia, order_id, key, words=words)
        assert (await notices(shop))[-1] == "notices.return_answered"
        assert await shop.look("SELECT COUNT(*) FROM order_flags WHERE resolved_at IS NULL") == 0
    assert await shop.texts("SELECT status FROM order_returns ORDER BY id") == ["refused", "accepted"]
    assert "Accept the return" not in await mia.opens(f"/orders/{order_id}")
    await does(mia, order_id, "return", restock="on", **{f"back_{line}": "1"})
    assert await shop.texts("SELECT status FROM order_returns ORDER BY id") == ["refused", "received"]


async def test_a_chat_that_was_left_to_a_person_is_given_back_on_the_page_of_the_order(
    shop: Shop, clerk: Clerk
) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    order_id = await delivered(shop, mia, jun, quantity=1)
    assert "Give the chat back" not in await jun.opens(f"/orders/{order_id}")
    await shop.run("UPDATE conversations SET quiet_since = NOW(), quiet_reason = 'complaint'")
    assert "Give the chat back" in await jun.opens(f"/orders/{order_id}")
    await jun.sends(f"/orders/{order_id}/give-back")
    assert "Give the chat back" not in await jun.opens(f"/orders/{order_id}")


async def test_some_pieces_come_back_and_the_order_stays_delivered_until_the_last(shop: Shop, clerk: Clerk) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    order_id = await delivered(shop, mia, jun, quantity=3)
    total = await shop.look("SELECT total_amount FROM orders")
    assert await shop.look("SELECT total_spent FROM users") == total
    mug = int(str(await shop.look("SELECT product_id FROM order_items")))
    line = await shop.look("SELECT id FROM order_items")
    page = html.unescape(await mia.opens(f"/orders/{order_id}/return"))
    assert "is back with us" in page, "all of it, unless something else is typed"
    await mia.sends(
        f"/orders/{order_id}/return", version=version_of(page), restock="on", reason="Chipped", **{f"back_{line}": "1"}
    )
    assert await status(shop, order_id) == "delivered"
    assert await shop.left(mug) == 3
    assert await shop.look("SELECT returned_quantity, quantity FROM order_items") == (1, 3)
    assert await shop.look("SELECT total_amount - total_spent FROM orders JOIN users ON users.id = user_id") == 100
    assert await shop.look("SELECT status, requested_by FROM order_returns") == ("received", "merchant")
    assert (await notices(shop))[-1] == "notices.items_returned"
    await mia.opens("/orders?tab=needs")
    assert "Money is to go back" in mia.page
    assert "1 came back" in await mia.opens(f"/orders/{order_id}")
    await does(mia, order_id, "refund", amount="100", method="gcash", reference="1")
    assert "Money is to go back" not in await mia.opens("/orders?tab=needs")
    # The rest cannot be sold again.
    await does(mia, order_id, "return", reason="Broken", **{f"back_{line}": "99"})
    assert await status(shop, order_id) == "returned"
    assert await shop.left(mug) == 3, "what is broken does not go back on the shelf"
    assert await shop.look("SELECT total_spent, total_orders FROM users") == (0, 0)
    assert await shop.look("SELECT returned_quantity FROM order_items") == 3
    assert await shop.texts("SELECT quantity FROM order_return_lines ORDER BY return_id") == ["1", "2"]


async def test_a_double_click_takes_one_return(shop: Shop, clerk: Clerk) -> None:
    mia, jun = await clerk("mia"), await clerk("jun")
    order_id = await delivered(shop, mia, jun, quantity=3)
    line = await shop.look("SELECT id FROM order_items")
    version = version_of(await mia.opens(f"/orders/{order_id}/return"))
    for _ in range(2):
        await mia.opens(f"/orders/{order_id}/return")
        await mia.sends(f"/orders/{order_id}/return", version=version, restock="on", **{f"back_{line}": "1"})
    assert await shop.look("SELECT returned_quantity FROM order_items") == 1
    assert await shop.count("order_returns") == 1


async def test_stock_and_spend_add_up_however_an_order_comes_back(shop: Shop) -> None:
    """Piece by piece, or all at once: in the end nothing is sold, and nothing was spent."""
    shopper, zone = await shop.shopper("Ana"), await shop.zone()
    mug = await shop.stocks("Mug", price="33.33", left=9)
    shirt = await shop.stocks("Shirt", price="100.00", sizes={"L": 5})
    large = await shop.variant(shirt, "L")
    await shop.puts(shopper, mug, 3)
    await shop.puts(shopper, shirt, 2, large)
    order_id = (await shop.orders(shopper, zone)).order_id
    rules = Rules(spend_per_point=Decimal(7))
    for to in ("confirmed", "processing", "shipped", "delivered"):
        async with shop.database.transaction() as conn:
            await move(conn, order_id=order_id, to=to, actor=MIA, rules=rules)
    lines = [int(one) for one in await shop.texts("SELECT id FROM order_items ORDER BY id")]
    for item, pieces in ((lines[0], 1), (lines[1], 1), (lines[0], 1), (lines[1], 1), (lines[0], 5)):
        async with shop.database.transaction() as conn:
            await receive_return(
                conn, order_id=order_id, picked=[Picked(item, pieces)], restock=True, actor=MIA, rules=rules
            )
    assert await status(shop, order_id) == "returned"
    assert await shop.left(mug) == 9
    assert await shop.look("SELECT stock_quantity FROM product_variants WHERE id = %(id)s", id=large) == 5
    assert await shop.look("SELECT total_spent, total_orders, loyalty_points FROM users") == (0, 0, 0)
    assert await shop.look("SELECT SUM(sales_count) FROM products") == 0
    for table, stock in (("products", "variant_id IS NULL"), ("product_variants", "variant_id IS NOT NULL")):
        logged = await shop.look(f"SELECT SUM(quantity_change) FROM inventory_logs WHERE {stock}")
        assert logged == await shop.look(f"SELECT SUM(stock_quantity) FROM {table}"), "the log adds up"


async def test_a_draft_is_confirmed_by_a_tap_in_the_chat(shop: Shop, clerk: Clerk, ana: Chat) -> None:
    mia = await clerk("mia")
    await shop.zone()
    mug = await shop.stocks("Blue mug", price="100.00", left=5)
    await ana.says("hello")
    shopper = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid)
    page = await mia.opens(f"/orders/drafts/new?shopper={shopper}")
    assert f'<option value="{shopper}" selected>' in page
    page = await mia.sends("/orders/drafts/new", do="find", find="blue", shopper=str(shopper))
    assert "Blue mug" in page
    fields = {f"quantity_{mug}_0": "2", "shopper": str(shopper), "words": "As you asked po!", "do": "send"}
    await mia.sends("/orders/drafts/new", **{**fields, f"quantity_{mug}_0": "0"})
    assert "There is nothing in it yet" in html.unescape(mia.page)
    await mia.sends("/orders/drafts/new", **{**fields, f"quantity_{mug}_0": "50"})
    assert "Only 5 of Blue mug can be had" in mia.page
    await mia.sends("/orders/drafts/new", **fields)
    assert "The draft is on its way" in mia.page
    await shop.works()
    ana.hears("As you asked po!")
    ana.hears("2 × Blue mug")
    await ana.taps("Order these")
    assert await shop.look("SELECT product_id, quantity FROM cart_items") == (mug, 2)
    assert await shop.look("SELECT status FROM draft_orders") == "taken"
    await ana.taps("Order these")
    assert await shop.look("SELECT quantity FROM cart_items") == 2, "tapped again it fills the cart again, not more"


async def test_a_draft_that_nobody_tapped_is_taken_back(shop: Shop, clerk: Clerk, ana: Chat) -> None:
    mia = await clerk("mia")
    mug = await shop.stocks("Blue mug", price="100.00", left=5)
    await ana.says("hello")
    shopper = str(await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid))
    await mia.opens(f"/orders/drafts/new?shopper={shopper}")
    assert "Not tapped yet" not in mia.page
    await mia.sends("/orders/drafts/new", **{f"quantity_{mug}_0": "2", "shopper": shopper, "do": "send"})
    await shop.works()
    await mia.opens("/orders/drafts/new")
    assert "2 × Blue mug" in mia.page
    draft = await shop.look("SELECT id FROM draft_orders")
    await mia.sends(f"/orders/drafts/{draft}/withdraw")
    assert "The draft is taken back." in mia.page
    assert "Not tapped yet" not in mia.page
    await ana.taps("Order these")
    ana.hears("isn't there any more")
    assert await shop.count("cart_items") == 0
    await mia.opens("/orders/drafts/new")
    await mia.sends(f"/orders/drafts/{draft}/withdraw")
    assert "Too late" in mia.page, "it is gone already"


async def test_a_draft_waits_on_today_for_as_long_as_the_rule_says(shop: Shop, clerk: Clerk, ana: Chat) -> None:
    mia = await clerk("mia")
    mug = await shop.stocks("Blue mug", price="100.00", left=50)
    await ana.says("hello")
    shopper = str(await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid))
    await mia.opens(f"/orders/drafts/new?shopper={shopper}")
    await mia.sends("/orders/drafts/new", **{f"quantity_{mug}_0": "2", "shopper": shopper, "do": "send"})
    await shop.works()
    assert "Drafts that nobody has tapped yet" in await mia.opens("/day")
    await shop.sets(draft_days=3)
    await shop.run("UPDATE draft_orders SET created_at = NOW() - INTERVAL 4 DAY")
    assert "Drafts that nobody has tapped yet" not in await mia.opens("/day")
    assert "Not tapped yet" not in await mia.opens("/orders/drafts/new")
    await ana.taps("Order these")
    ana.hears("isn't there any more")
    assert await shop.count("cart_items") == 0


async def test_a_draft_is_its_shoppers_alone(shop: Shop, ana: Chat, ben: Chat) -> None:
    mug = await shop.stocks("Blue mug", left=5)
    await ana.says("hello")
    await ben.says("hello")
    await shop.run(
        "INSERT INTO draft_orders (user_id, items) SELECT id, %(items)s FROM users WHERE messenger_id = %(psid)s",
        items=f'[{{"product_id": {mug}, "variant_id": null, "quantity": 2}}]',
        psid=ana.psid,
    )
    draft = await shop.look("SELECT id FROM draft_orders")
    await shop.gets(ben, "postback", {"mid": "m_draft", "title": "Order these", "payload": f"take_draft:{draft}"})
    await shop.settles()
    ben.hears("isn't there any more")
    assert await shop.count("cart_items") == 0
