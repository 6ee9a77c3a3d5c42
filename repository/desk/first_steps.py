"""How far a new shop has come: what it needs before somebody can buy in it."""

import msgspec

from repository.database.connection import Connection

_FACTS = """
    SELECT
        EXISTS (SELECT 1 FROM shop_settings WHERE name = 'shop_name'),
        EXISTS (SELECT 1 FROM products WHERE status = 'active' AND base_price > 0),
        EXISTS (SELECT 1 FROM products),
        EXISTS (SELECT 1 FROM shipping_zones WHERE is_active),
        EXISTS (SELECT 1 FROM payment_accounts WHERE is_active),
        EXISTS (SELECT 1 FROM reply_words WHERE name = 'welcome.hello' AND is_active),
        EXISTS (SELECT 1 FROM conversations),
        EXISTS (SELECT 1 FROM orders)
"""


class FirstSteps(msgspec.Struct, frozen=True):
    """What is there.

    Attributes:
        named: The shop has a name that a merchant gave it.
        sells: A product with a price is on sale.
        has_products: There is any product, a draft too.
        ships: There is a shipping zone that is on.
        is_paid: There is a payment account that shoppers are told.
        greets: The merchant has written the greeting.
        talked: Somebody has talked to the bot.
        ordered: Somebody has ordered.
    """

    named: bool
    sells: bool
    has_products: bool
    ships: bool
    is_paid: bool
    greets: bool
    talked: bool
    ordered: bool


async def first_steps(conn: Connection) -> FirstSteps:
    """How far the shop has come.

    Args:
        conn: An open connection.
    """
    facts = await conn.one(FirstSteps, _FACTS)
    assert facts is not None, "a SELECT without a table has one row"
    return facts
