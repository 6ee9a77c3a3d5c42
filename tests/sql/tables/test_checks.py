"""What the tables refuse, and what is deleted with what."""

import pymysql
import pytest

from tests.sql.shop import Shop

CHECK = {3819, 4025}  # MySQL, MariaDB
DUPLICATE = {1062}
PARENT = {1451}


def refuses(shop: Shop, codes: set[int], sql: str, *values: object) -> None:
    with pytest.raises(pymysql.err.MySQLError) as caught:
        shop.run(sql, *values)
    assert caught.value.args[0] in codes, caught.value


@pytest.mark.parametrize(
    ("table", "setting"),
    [
        ("products", "stock_quantity = -1"),
        ("products", "base_price = -0.01"),
        ("products", "cost_price = -0.01"),
        ("products", "low_stock_threshold = -1"),
        ("products", "weight_kg = -0.001"),
        ("products", "sales_count = -1"),
        ("products", "view_count = -1"),
        ("products", "review_count = -1"),
        ("products", "average_rating = 5.01"),
        ("product_variants", "stock_quantity = -1"),
        ("users", "total_spent = -0.01"),
        ("users", "total_orders = -1"),
        ("users", "loyalty_points = -1"),
        ("orders", "subtotal = -0.01"),
        ("orders", "shipping_fee = -0.01"),
        ("orders", "discount_amount = -0.01"),
        ("orders", "tax_amount = -0.01"),
        ("orders", "total_amount = -0.01"),
        ("orders", "upfront_paid = -0.01"),
        ("orders", "remaining_balance = -0.01"),
        ("orders", "error_count = -1"),
        ("order_items", "quantity = 0"),
        ("order_items", "quantity = -1"),
        ("order_items", "unit_price = -0.01"),
        ("order_items", "total_price = -0.01"),
        ("inventory_reservations", "quantity = 0"),
        ("inventory_logs", "quantity_change = quantity_change + 1"),
        ("inventory_logs", "previous_stock = -1, new_stock = quantity_change - 1"),
        ("cart_items", "quantity = 0"),
        ("product_reviews", "rating = 0"),
        ("product_reviews", "rating = 6"),
        ("product_reviews", "helpful_count = -1"),
        ("promos", "start_date = end_date + INTERVAL 1 SECOND"),
        ("promos", "usage_count = usage_limit + 1"),
        ("promos", "usage_count = -1"),
        ("promos", "usage_limit = -1"),
        ("promos", "discount_value = -1"),
        ("promos", "discount_value = 101"),
        ("promos", "min_purchase_amount = -1"),
        ("promos", "max_discount_amount = -1"),
        ("shipping_zones", "base_fee = -1"),
        ("shipping_zones", "per_kg_fee = -1"),
        ("shipping_zones", "free_shipping_threshold = -1"),
        ("order_verifications", "upfront_amount = -1"),
        ("user_verification_history", "verification_count = -1"),
        ("trusted_buyers", "total_spent = -1"),
        ("order_metrics", "retry_count = -1"),
        ("order_processing_queue", "priority = 0"),
        ("order_processing_queue", "priority = 11"),
        ("order_processing_queue", "attempts = -1"),
        ("notification_queue", "attempts = -1"),
        ("chatbot_replies", "usage_count = -1"),
        ("chat_logs", "attempts = -1"),
        ("analytics_daily", "total_sales = -1"),
    ],
)
def test_a_number_that_cannot_be_is_refused(everything: Shop, table: str, setting: str) -> None:
    before = everything.rows(f"SELECT * FROM {table}")
    refuses(everything, CHECK, f"UPDATE {table} SET {setting}")
    assert everything.rows(f"SELECT * FROM {table}") == before


def test_a_cart_line_is_unique_with_and_without_a_variant(shop: Shop) -> None:
    ana, mug = shop.shopper(), shop.product()
    red, blue = shop.variant(mug), shop.variant(mug)
    for variant in (None, red, blue):
        shop.insert("cart_items", user_id=ana, product_id=mug, variant_id=variant)
        refuses(
            shop,
            DUPLICATE,
            "INSERT INTO cart_items (user_id, product_id, variant_id) VALUES (%s, %s, %s)",
            ana,
            mug,
            variant,
        )


def test_one_verification_is_open_per_order(shop: Shop) -> None:
    ana = shop.shopper()
    order = shop.order(user_id=ana)
    add = "INSERT INTO order_verifications (order_id, user_id, verification_type) VALUES (%s, %s, 'id_verification')"
    shop.run(add, order, ana)
    refuses(shop, DUPLICATE, add, order, ana)
    shop.run("UPDATE order_verifications SET verification_status = 'under_review' WHERE order_id = %s", order)
    refuses(shop, DUPLICATE, add, order, ana)
    shop.run("UPDATE order_verifications SET verification_status = 'rejected' WHERE order_id = %s", order)
    shop.run(add, order, ana)
    shop.run("UPDATE order_verifications SET verification_status = 'approved' WHERE open_order_id = %s", order)
    shop.run(add, order, ana)
    assert shop.number("SELECT COUNT(*) FROM order_verifications WHERE order_id = %s", order) == 3


def test_one_review_per_shopper_product_and_order(shop: Shop) -> None:
    ana, mug = shop.shopper(), shop.product()
    add = "INSERT INTO product_reviews (user_id, product_id, order_id, rating) VALUES (%s, %s, %s, 5)"
    for order in (None, shop.order(user_id=ana), shop.order(user_id=ana)):
        shop.run(add, ana, mug, order)
        refuses(shop, DUPLICATE, add, ana, mug, order)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("categories", ("slug",)),
        ("brands", ("slug",)),
        ("products", ("sku",)),
        ("products", ("slug",)),
        ("users", ("messenger_id",)),
        ("users", ("email",)),
        ("admin_users", ("username",)),
        ("admin_users", ("email",)),
        ("orders", ("order_number",)),
        ("orders", ("placement_nonce",)),
        ("promos", ("promo_code",)),
        ("promo_products", ("promo_id", "product_id")),
        ("product_variants", ("product_id", "variant_name", "variant_value")),
        ("wishlists", ("user_id", "product_id")),
        ("order_metrics", ("order_id",)),
        ("user_verification_history", ("user_id",)),
        ("trusted_buyers", ("user_id",)),
        ("chatbot_replies", ("keyword", "language")),
        ("chat_logs", ("event_key",)),
        ("analytics_daily", ("date",)),
    ],
)
def test_it_is_unique(shop: Shop, table: str, columns: tuple[str, ...]) -> None:
    keys = shop.rows(
        "SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columns FROM information_schema.STATISTICS"
        " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s AND NON_UNIQUE = 0 GROUP BY INDEX_NAME",
        table,
    )
    assert ",".join(columns) in {key["columns"] for key in keys}


def test_replies_may_share_a_keyword_across_languages(shop: Shop) -> None:
    shop.insert("chatbot_replies", keyword="bayad", response="Pay", language="en")
    shop.insert("chatbot_replies", keyword="bayad", response="Bayad", language="fil")
    refuses(shop, DUPLICATE, "INSERT INTO chatbot_replies (keyword, response) VALUES ('BAYAD', 'x')")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("orders", "order"),
        ("order_items", "item"),
        ("products", "mug"),
        ("product_variants", "red"),
        ("users", "ana"),
        ("categories", "shelf"),
        ("brands", "brand"),
    ],
)
def test_what_has_a_history_is_not_deleted(empty_shop: Shop, table: str, key: str) -> None:
    shop = empty_shop
    ana, shelf = shop.shopper(), shop.category()
    mug = shop.product(10, category_id=shelf)
    red = shop.variant(mug, 5)
    order = shop.reserved([(mug, red, 1)], user_id=ana)
    ids = {
        "ana": ana,
        "shelf": shelf,
        "mug": mug,
        "red": red,
        "order": order,
        "item": shop.number("SELECT id FROM order_items"),
        "brand": shop.number("SELECT brand_id FROM products"),
    }
    refuses(shop, PARENT, f"DELETE FROM {table} WHERE id = %s", ids[key])
    assert shop.number("SELECT COUNT(*) FROM inventory_reservations WHERE variant_id = %s", red) == 1


@pytest.mark.parametrize("table", ["order_errors", "order_state_history", "inventory_reservations"])
def test_an_orders_audit_rows_each_keep_it(bare_shop: Shop, table: str) -> None:
    shop = bare_shop
    order = shop.order()
    if table == "order_errors":
        shop.insert("order_errors", order_id=order, error_type="system", error_message="x")
    elif table == "order_state_history":
        shop.move(order, "cancelled")
    else:
        shop.line(order, (shop.product(), None, 1))
        shop.call("sp_reserve_order_inventory", order, 30)
    refuses(shop, PARENT, "DELETE FROM orders WHERE id = %s", order)


def test_a_log_keeps_its_product_and_variant(shop: Shop) -> None:
    mug = shop.product(0)
    red = shop.variant(mug, 1)
    refuses(shop, PARENT, "DELETE FROM product_variants WHERE id = %s", red)
    refuses(shop, PARENT, "DELETE FROM products WHERE id = %s", mug)


def test_a_product_without_a_history_may_go_with_what_is_only_its_own(shop: Shop) -> None:
    ana, mug = shop.shopper(), shop.product(0)
    shop.variant(mug, 0)
    shop.insert("product_images", product_id=mug, image_url="https://example.test/mug.jpg")
    shop.insert("cart_items", user_id=ana, product_id=mug)
    shop.insert("wishlists", user_id=ana, product_id=mug)
    shop.run("DELETE FROM products WHERE id = %s", mug)
    assert shop.number("SELECT COUNT(*) FROM cart_items WHERE user_id = %s", ana) == 0


def test_text_of_20000_emoji_fits_a_turn(shop: Shop) -> None:
    text = "😀" * 20_000
    turn = shop.insert("chat_logs", user_id="psid", user_message=text, bot_response=text, payload="é" * 1000)
    row = shop.row("SELECT * FROM chat_logs WHERE id = %s", turn)
    assert (row["user_message"], row["bot_response"], row["payload"]) == (text, text, "é" * 1000)


def test_emoji_are_told_apart(shop: Shop) -> None:
    shop.insert("chatbot_replies", keyword="😀", response="x")
    shop.insert("chatbot_replies", keyword="😎", response="x")
