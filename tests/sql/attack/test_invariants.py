"""Each invariant of the attack notices what breaks it, so that an attack that finds nothing means something."""

import pytest

from tests.sql.attack.invariants import BREAKS, broken
from tests.sql.shop import Shop

DAMAGE = {
    "a product's log adds up to its stock": "UPDATE inventory_logs SET new_stock = new_stock + 1,"
    " quantity_change = quantity_change + 1 WHERE variant_id IS NULL AND reference_type = 'order' LIMIT 1",
    "a variant's log adds up to its stock": "DELETE FROM inventory_logs WHERE variant_id IS NOT NULL"
    " AND reference_type = 'order' LIMIT 1",
    "on the shelf and reserved and sold is what was received": "UPDATE inventory_reservations SET status = 'released'"
    " WHERE status = 'reserved' LIMIT 1",
    "sales are counted once": "UPDATE products SET sales_count = sales_count + 1 LIMIT 1",
    "an order holds all its lines or none": "UPDATE inventory_reservations SET status = 'released'"
    " WHERE status = 'reserved' LIMIT 1",
    "a line says whether it is held": "UPDATE order_items SET inventory_reserved = FALSE LIMIT 1",
    "a reservation is for what its line says": "UPDATE order_items SET quantity = quantity + 1 LIMIT 1",
    "the history is one chain": "DELETE FROM order_state_history WHERE to_status = 'confirmed' LIMIT 1",
    "the history ends where the order stands": "DELETE FROM order_state_history WHERE to_status = 'delivered' LIMIT 1",
    "every order has a history": "DELETE FROM order_state_history WHERE to_status = 'pending' ORDER BY id DESC LIMIT 1",
    "an order that was swept has told its shopper once": "DELETE FROM notification_queue LIMIT 1",
    "a shopper's sums are those of the delivered orders": "UPDATE users SET total_spent = total_spent + 1 LIMIT 1",
}


@pytest.fixture
def lively(empty_shop: Shop) -> Shop:
    """A shop with an order that was delivered, one that is held, and one that was swept."""
    shop = empty_shop
    mug, cup = shop.product(10), shop.product(10)
    red = shop.variant(mug, 10)
    shop.move(shop.committed([(mug, None, 1), (mug, red, 2)]), "shipped", "delivered")
    shop.overdue(shop.reserved([(cup, None, 1)]))
    shop.call("sp_cleanup_expired_reservations")
    shop.reserved([(mug, red, 1), (cup, None, 3)])
    shop.order([(cup, None, 1)])
    assert broken(shop) == {}
    return shop


@pytest.mark.parametrize("invariant", DAMAGE)
def test_it_notices(lively: Shop, invariant: str) -> None:
    lively.run(DAMAGE[invariant])
    assert invariant in broken(lively)


def test_stock_below_zero_is_noticed(lively: Shop) -> None:
    checks = [f"ALTER TABLE {table} ALTER CHECK ck_{table}_stock" for table in ("products", "inventory_logs")]
    for off in (
        [f"{check} NOT ENFORCED" for check in checks] if lively.is_mysql else ["SET check_constraint_checks = 0"]
    ):
        lively.run(off)
    lively.run("UPDATE products SET stock_quantity = -1 ORDER BY id LIMIT 1")
    assert "stock is never negative" in broken(lively)
    lively.run("UPDATE products SET stock_quantity = 1 WHERE stock_quantity < 0")
    lively.run("DELETE FROM inventory_logs WHERE new_stock < 0 OR previous_stock < 0")
    for on in [f"{check} ENFORCED" for check in checks] if lively.is_mysql else []:
        lively.run(on)


def test_none_is_left_out() -> None:
    assert set(BREAKS) == {"stock is never negative", *DAMAGE}
