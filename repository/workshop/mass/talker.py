"""A shopper who has written for long: thousands of messages with their answers, and orders."""

from repository.database.connection import Bound, Connection, Statement
from repository.database.inserting import insert_rows

NAME = "Perla Dimaculangan"
"""What the shopper is called, as nobody else is."""
PHONE = "+639175550199"
WORD = "tralalahoy"
"""What stands in whatever the shopper says and writes."""
_AT_ONCE = 500


async def fill(conn: Connection, *, psid: str, messages: int, orders: int) -> int:
    """Let a shopper have written so many messages, each answered, and have so many delivered orders.

    Args:
        conn: An open connection, in no transaction.
        psid: Whose chat it is.
        messages: How many.
        orders: How many.

    Returns:
        `users.id`.
    """
    about: dict[str, Bound] = {"psid": psid, "name": NAME, "phone": PHONE, "street": f"88 {WORD} St."}
    made = await conn.run(
        "INSERT INTO users (messenger_id, facebook_name, phone, language) VALUES (%(psid)s, %(name)s, %(phone)s, 'en')",
        **about,
    )
    about["id"] = made.last_id
    await conn.batch(
        Statement(
            "INSERT INTO conversations (psid, page_id, state) VALUES (%(psid)s, '1', '{\"at\":\"idle\"}')", about
        ),
        Statement(
            "INSERT INTO user_addresses (user_id, recipient_name, phone, address_line1, city, province, region)"
            " VALUES (%(id)s, %(name)s, %(phone)s, %(street)s, 'Makati', 'Metro Manila', 'NCR')",
            about,
        ),
    )
    for begin in range(0, messages, _AT_ONCE):
        said = [f'{{"text":"{NAME} says {WORD} {number}"}}' for number in range(begin, min(begin + _AT_ONCE, messages))]
        await conn.batch(
            insert_rows(
                "INSERT INTO chat_logs (user_id, page_id, turn_status, message_type, user_message, bot_response, event,"
                " recording)",
                [(psid, "1", "done", "text", one, f"Hi {NAME}!", one, one) for one in said],
            ),
            insert_rows("INSERT INTO outbox (psid, message, status)", [(psid, one, "sent") for one in said]),
        )
    for number in range(orders):
        await conn.run(
            "INSERT INTO orders (order_number, user_id, order_status, delivered_at, total_amount, subtotal,"
            " remaining_balance, ship_recipient_name, ship_phone, ship_address_line1, ship_city, ship_province, notes)"
            " VALUES (%(number)s, %(id)s, 'delivered', NOW(), 100, 100, 100, %(name)s, %(phone)s, %(street)s, 'Makati',"
            " 'Metro Manila', %(street)s)",
            number=f"ORD-{made.last_id}-{number}",
            **about,
        )
    return made.last_id
