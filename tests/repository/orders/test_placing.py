"""Placing an order: once, whole, at today's prices, with its stock held."""

import asyncio
from decimal import Decimal

import pytest
from msgspec.structs import replace

from repository.database.connection import Connection, Database
from repository.database.errors import NothingToOrder, OutOfStock, PromoRefused, UnknownZone
from repository.orders import carts, placed_orders
from repository.orders.extras import Extra
from repository.orders.placed_orders import Placed, PriceChanged
from repository.rules import Rules
from tests.support.keeper import EASY, HOME, Keeper
from tests.support.waiting import comes


async def test_an_order_is_written_whole(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Blue mug", price="120.00", left=5, weight="0.400")
    shirt = await keeper.stocks("Shirt", price="250.00", left=0, sizes={"Large": ("50.00", 4)}, weight="0.200")
    large = await keeper.variant(shirt, "Large")
    await keeper.puts(ana, mug, 2)
    await keeper.puts(ana, shirt, 1, large)

    placed = await keeper.orders(ana, zone, total="640.00")  # 240 + 300 + 80 + 1 kg at 20

    assert placed.order_number.startswith("ORD-20")
    assert not placed.already
    assert not placed.needs_verification
    order = await keeper.order(ana, placed.order_id)
    assert (order.status, order.subtotal, order.shipping_fee, order.total) == (
        "pending",
        Decimal("540.00"),
        Decimal("100.00"),
        Decimal("640.00"),
    )
    assert [(line.name, line.variant, line.quantity, line.total) for line in order.lines] == [
        ("Blue mug", "", 2, Decimal("240.00")),
        ("Shirt", "Size: Large", 1, Decimal("300.00")),
    ]
    assert order.delivery.landmark == "beside the bakery"
    assert order.estimated_days == "2-3 days"
    assert await keeper.left(mug) == 3
    assert await keeper.look("SELECT stock_quantity FROM product_variants WHERE id = %(id)s", id=large) == 3
    assert await keeper.look("SELECT COUNT(*) FROM cart_items") == 0
    assert await keeper.look("SELECT queue_type FROM order_processing_queue") == "new_order"
    assert await keeper.look("SELECT validation_duration_ms >= 0 FROM order_metrics") == 1
    assert (
        await keeper.look("SELECT CONCAT_WS('|', to_status, changed_by, changed_by_type) FROM order_state_history")
        == "pending|shopper|customer"
    )
    assert await keeper.look("SELECT COUNT(*) FROM inventory_reservations WHERE status = 'reserved'") == 2


async def test_what_else_was_answered_stands_in_the_notes(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Blue mug", left=5)
    notes = "SELECT notes FROM orders WHERE placement_nonce = %(nonce)s"
    for nonce, extras, kept in (
        ("n1", (), None),
        ("n2", (Extra("gift_message", ""),), None),
        (
            "n3",
            (Extra("gift_message", "Don't open! 🎂"), Extra("greeting", ""), Extra("delivery_time", "after 5 pm")),
            "Gift message: Don't open! 🎂\nDelivery time: after 5 pm",
        ),
    ):
        await keeper.puts(ana, mug)
        await keeper.orders(ana, zone, nonce=nonce, extras=extras)
        assert await keeper.look(notes, nonce=nonce) == kept


async def test_placing_takes_three_round_trips(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    for name in ("Mug", "Plate", "Spoon"):
        await keeper.puts(ana, await keeper.stocks(name))
    async with database.connection() as conn:
        total = await keeper.total(conn, ana, zone, "", "cod", EASY)
    before = replace(database.counts)
    await keeper.orders(ana, zone, total=str(total))
    # the three, and the commit
    assert database.counts.round_trips - before.round_trips == 4


async def test_two_taps_on_one_confirmation_place_one_order(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("Mug"))
    first = await keeper.orders(ana, zone, nonce="same")
    second = await keeper.orders(ana, zone, nonce="same", total="1.00")
    assert (second.order_id, second.order_number, second.total) == (first.order_id, first.order_number, first.total)
    assert second.already
    assert await keeper.look("SELECT COUNT(*) FROM orders") == 1


async def test_a_refusal_leaves_nothing_and_the_turn_goes_on(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", left=3)
    await keeper.puts(ana, mug, 3)
    await keeper.run("UPDATE products SET stock_quantity = 2 WHERE id = %(id)s", id=mug)
    async with database.transaction() as conn:
        await conn.run("UPDATE users SET phone = '1' WHERE id = %(id)s", id=ana)
        with pytest.raises(OutOfStock) as refused:
            await _place(conn, ana, zone)
    assert refused.value.left == 2
    await _nothing_placed(keeper)
    assert await keeper.look("SELECT phone FROM users") == "1"
    assert await keeper.look("SELECT quantity FROM cart_items") == 3


async def test_what_the_procedure_refuses_is_undone(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    await keeper.promo("SALE", kind="free_shipping", value=None, limit=5)
    shirt = await keeper.stocks("Shirt", left=0, price="100.00", sizes={"Small": ("0", 1)}, weight="0")
    await keeper.puts(ana, shirt, 1, await keeper.variant(shirt, "Small"))

    async def turn() -> OutOfStock:
        async with database.transaction() as conn:
            await conn.run("UPDATE users SET phone = '1' WHERE id = %(id)s", id=ana)
            with pytest.raises(OutOfStock) as refused:
                await _place(conn, ana, zone, promo="SALE", total="100.00")
            assert await conn.value("SELECT @qs_actor") is None
        return refused.value

    # Somebody holds the zone, so that placing waits between its look and its lock; meanwhile the variant goes.
    async with database.transaction() as holder:
        await holder.run("SELECT id FROM shipping_zones FOR UPDATE")
        placing = asyncio.create_task(turn())
        await _somebody_waits(keeper)
        await keeper.run("UPDATE product_variants SET is_available = FALSE")
    refused = await placing
    assert (refused.left, refused.product) == (0, "Shirt (Size: Small)")
    await _nothing_placed(keeper)
    assert await keeper.look("SELECT phone FROM users") == "1"
    assert await keeper.look("SELECT COUNT(*) FROM cart_items") == 1


async def test_a_changed_price_is_shown_again(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", price="100.00", weight="0")
    await keeper.puts(ana, mug)
    await keeper.run("UPDATE products SET base_price = 150 WHERE id = %(id)s", id=mug)
    with pytest.raises(PriceChanged) as changed:
        await keeper.orders(ana, zone, total="180.00")
    assert changed.value.quote.total == Decimal("230.00")
    await _nothing_placed(keeper)
    assert (await keeper.orders(ana, zone, total="230.00")).total == Decimal("230.00")


async def test_an_empty_cart_and_an_unknown_zone_are_refused(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    with pytest.raises(NothingToOrder):
        await keeper.orders(ana, zone, total="1.00")
    await keeper.puts(ana, await keeper.stocks("Mug"))
    await keeper.run("UPDATE shipping_zones SET is_active = FALSE")
    with pytest.raises(UnknownZone):
        await keeper.orders(ana, zone, total="1.00")
    await _nothing_placed(keeper)


async def test_a_product_taken_off_the_shelf_is_refused(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug")
    await keeper.puts(ana, mug)
    await keeper.run("UPDATE products SET status = 'inactive'")
    with pytest.raises(OutOfStock) as refused:
        await keeper.orders(ana, zone, total="1.00")
    assert (refused.value.left, refused.value.product) == (0, "Mug")


async def test_a_promo_is_counted_once_per_order(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", price="1000.00", weight="0")
    await keeper.promo("Sale", value="15", most="100.00")
    await keeper.puts(ana, mug)
    placed = await keeper.orders(ana, zone, promo="SALE", total="980.00")
    order = await keeper.order(ana, placed.order_id)
    assert (order.discount, order.promo_code) == (Decimal("100.00"), "Sale")
    assert await keeper.look("SELECT usage_count FROM promos") == 1
    assert await keeper.look("SELECT order_id FROM promo_redemptions") == placed.order_id
    await keeper.puts(ana, mug)
    with pytest.raises(PromoRefused) as refused:
        await keeper.orders(ana, zone, promo="sale", nonce="n2", total="980.00")
    assert refused.value.reason == "used_by_shopper"
    assert await keeper.look("SELECT usage_count FROM promos") == 1


@pytest.mark.parametrize(
    ("price", "payment", "rules", "reason"),
    [
        ("100.00", "cod", Rules(verification_orders=0), ""),
        ("100.00", "cod", Rules(), "history"),
        ("100.00", "gcash", Rules(), ""),
        ("5000.00", "cod", Rules(verification_orders=0), "amount"),
        ("4999.99", "cod", Rules(verification_orders=0), ""),
        ("50000.00", "cod", Rules(verification_orders=0), "id"),
        ("5000.00", "gcash", Rules(), ""),
        ("100.00", "gcash", Rules(open_orders_most=0), "open_orders"),
        ("100.00", "gcash", Rules(cancellations_most=0), "cancellations"),
    ],
)
async def test_who_must_verify(keeper: Keeper, price: str, payment: str, rules: Rules, reason: str) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone(base="0.00", per_kg="0.00")
    await keeper.puts(ana, await keeper.stocks("Thing", price=price))
    async with keeper.database.connection() as conn:
        quote = await placed_orders.quote(
            conn, shopper_id=ana, zone_id=zone, promo_code="", payment_method=payment, rules=rules
        )
    assert (quote.verification_reason, quote.needs_verification) == (reason, bool(reason))
    placed = await keeper.orders(ana, zone, total=price, payment=payment, rules=rules)
    assert placed.needs_verification == bool(reason)
    assert (placed.verification_expires_at is not None) == bool(reason or payment != "cod")
    held = await keeper.look("SELECT TIMESTAMPDIFF(MINUTE, reserved_at, expires_at) FROM inventory_reservations")
    assert held == (60 if reason or payment != "cod" else 30)
    kind = await keeper.look("SELECT verification_type FROM orders")
    assert kind == ("id_verification" if reason == "id" else None)


async def test_a_trusted_buyer_skips_verification_but_not_the_id(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone(base="0.00", per_kg="0.00")
    await keeper.insert("trusted_buyers", user_id=ana, verification_skip_enabled=True)
    await keeper.puts(ana, await keeper.stocks("Television", price="20000.00"))
    placed = await keeper.orders(ana, zone, rules=Rules())
    assert not placed.needs_verification
    await keeper.puts(ana, await keeper.stocks("Big television", price="60000.00"))
    placed = await keeper.orders(ana, zone, rules=Rules(), nonce="n2")
    assert placed.needs_verification


async def test_a_sixth_open_order_waits_for_a_person(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", left=20)
    waits = []
    for number in range(6):
        await keeper.puts(ana, mug)
        waits.append((await keeper.orders(ana, zone, nonce=f"n{number}")).needs_verification)
    assert waits == [False] * 5 + [True]


async def test_an_address_with_every_odd_letter_is_kept(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("100% cotton 'shirt' \\ %(nonce)s", weight="0"))
    street = "Unit 5% \"B\" \\ 'Niño' 😀 %s %(total)s"
    async with database.transaction() as conn:
        placed = await _place(conn, ana, zone, total="180.00", street=street)
    order = await keeper.order(ana, placed.order_id)
    assert order.delivery.address_line1 == street
    assert order.lines[0].name == "100% cotton 'shirt' \\ %(nonce)s"


async def test_the_stock_of_a_full_cart_is_held_line_by_line(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    products = [await keeper.stocks(f"Thing {number}", left=2) for number in range(12)]
    for product in reversed(products):
        await keeper.puts(ana, product, 2)
    await keeper.orders(ana, zone)
    assert [await keeper.left(product) for product in products] == [0] * 12
    async with database.connection() as conn:
        assert (await carts.cart(conn, shopper_id=ana)).count == 0


async def _place(
    conn: Connection, shopper: int, zone: int, *, total: str = "1.00", promo: str = "", street: str = "12 Mabini St."
) -> Placed:
    return await placed_orders.place(
        conn,
        shopper_id=shopper,
        nonce="n",
        delivery=replace(HOME, address_line1=street),
        address_id=None,
        zone_id=zone,
        payment_method="cod",
        promo_code=promo,
        expected_total=Decimal(total),
        language="fil",
        rules=EASY,
    )


async def _somebody_waits(keeper: Keeper) -> None:
    """Until a transaction waits for a lock. The server looks again only a tenth of a second after it was asked."""

    async def waits() -> bool:
        await asyncio.sleep(0.12)
        waiting = "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"
        return bool(await keeper.look(waiting))

    await comes(waits, "somebody who waits for a lock")


async def _nothing_placed(keeper: Keeper) -> None:
    for table in ("orders", "order_items", "order_processing_queue", "order_metrics", "promo_redemptions"):
        assert await keeper.look(f"SELECT COUNT(*) FROM {table}") == 0, table
    assert await keeper.look("SELECT COALESCE(SUM(usage_count), 0) FROM promos") == 0
