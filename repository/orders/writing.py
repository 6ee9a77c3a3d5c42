"""What writes an order: its rows, and the stock that it holds, in the order of locks."""

from collections.abc import Mapping

from repository.database.connection import Bound, Statement
from repository.database.inserting import insert_rows
from repository.orders.carts import emptying
from repository.orders.history import acting, done
from repository.orders.quotes import Quote


def statements_of(
    values: Mapping[str, Bound],
    shopper_id: int,
    quote: Quote,
    skus: Mapping[int, str],
    gives: Mapping[str, Statement],
) -> dict[str, Statement]:
    """What writes an order and holds its stock, each statement by its name.

    Args:
        values: The columns of the order, by name.
        shopper_id: `users.id`.
        quote: What it comes to.
        skus: `products.sku` of its products, by id.
        gives: What gives it the pieces that are held for the shopper already.
    """
    promo = {
        "promo counted": Statement(
            "UPDATE promos SET usage_count = usage_count + 1 WHERE id = %(promo_id)s AND is_active"
            " AND (usage_limit IS NULL OR usage_count < usage_limit)",
            values,
        ),
        "promo redeemed": Statement(
            "INSERT INTO promo_redemptions (promo_id, order_id, user_id)"
            " VALUES (%(promo_id)s, @qs_order, %(shopper_id)s)",
            values,
        ),
    }
    return {
        "savepoint": Statement("SAVEPOINT place"),
        "actor": acting("shopper", "customer", "Placed in Messenger"),
        "order": Statement(
            """
            INSERT INTO orders (order_number, user_id, address_id, shipping_zone_id, subtotal, shipping_fee,
                discount_amount, total_amount, remaining_balance, down_payment, promo_code, payment_method,
                verification_required, verification_status, verification_type, verification_expires_at,
                ship_recipient_name, ship_phone,
                ship_address_line1, ship_address_line2, ship_barangay, ship_city, ship_province, ship_region,
                ship_postal_code, ship_landmark, language, notes, placement_nonce, ship_pin, referral_id)
            VALUES (%(number)s, %(shopper_id)s,
                (SELECT id FROM user_addresses WHERE id = %(address_id)s AND user_id = %(shopper_id)s), %(zone_id)s,
                %(subtotal)s, %(shipping_fee)s, %(discount)s, %(total)s, %(total)s, %(down_payment)s, %(promo_code)s,
                %(payment_method)s, %(verify)s, %(verification_status)s, %(verification_type)s, %(expires_at)s,
                %(recipient_name)s,
                %(phone)s, %(address_line1)s, NULLIF(%(address_line2)s, ''), NULLIF(%(barangay)s, ''), %(city)s,
                %(province)s, %(region)s, NULLIF(%(postal_code)s, ''), NULLIF(%(landmark)s, ''), %(language)s,
                %(notes)s, %(nonce)s, %(pin)s, %(referral_id)s)
            """,
            values,
        ),
        "order's id": Statement("SET @qs_order = LAST_INSERT_ID()"),
        "actor done": done(),
        "items": _items(quote, skus),
        "queue": Statement(
            "INSERT INTO order_processing_queue (order_id, queue_type, payload)"
            " VALUES (@qs_order, 'new_order', JSON_OBJECT('verify', %(why)s))",
            values,
            feeds_queue="work",
        ),
        "merchants told": Statement(
            "INSERT INTO merchant_notices (kind, subject_key, order_id, words, channel)"
            " VALUES ('new_order', @qs_order, @qs_order, '', 'console')"
        ),
        "metrics": Statement(
            "INSERT INTO order_metrics (order_id, validation_duration_ms) VALUES (@qs_order, %(checked_ms)s)", values
        ),
        **({"flag": Statement(_FLAG, values)} if values["unsure"] else {}),
        "cart": emptying(shopper_id),
        **(promo if quote.promo_code else {}),
        **gives,
        "reservation": Statement("CALL sp_reserve_order_inventory(@qs_order, %(minutes)s)", values),
    }


_FLAG = "INSERT INTO order_flags (order_id, kind, note) VALUES (@qs_order, 'address', %(unsure)s)"
"""What marks an order whose address somebody must look at."""


def _items(quote: Quote, skus: Mapping[int, str]) -> Statement:
    """What writes `order_items`, in the order of locks."""
    lines = sorted(quote.lines, key=lambda line: (line.product_id, line.variant_id or 0))
    return insert_rows(
        "INSERT INTO order_items (order_id, product_id, variant_id, product_name, variant_details, sku, quantity,"
        " unit_price, total_price)",
        [
            (
                line.product_id, line.variant_id, line.name, line.variant or None, skus[line.product_id],
                line.quantity, line.unit_price, line.total,
            )
            for line in lines
        ],
        first="@qs_order",
    )  # fmt: skip
