"""What the shop says first: the one statement that puts a notice to a shopper into `notification_queue`."""

from collections.abc import Mapping

import msgspec

from repository.database.connection import Bound, Statement


def notice_statement(order_id: int, kind: str, template_name: str, facts: Mapping[str, str | int]) -> Statement:
    """What queues a notice to the shopper of an order, to be sent together with what it is about.

    Whoever commits it says it at once, in any process (`Statement.feeds_queue`).

    Args:
        order_id: `orders.id`.
        kind: As in `notification_queue.notification_type`.
        template_name: The name of its words, such as "notices.order_confirmed".
        facts: What their variables stand for.
    """
    values: dict[str, Bound] = {
        "order_id": order_id,
        "kind": kind,
        "template_name": template_name,
        "facts": msgspec.json.encode(facts).decode(),
    }
    return Statement(
        """
        INSERT INTO notification_queue (order_id, user_id, notification_type, channel, recipient, message,
            template_name, template_data)
        SELECT o.id, o.user_id, %(kind)s, 'messenger', u.messenger_id, '', %(template_name)s, %(facts)s
        FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = %(order_id)s
        """,
        values,
        feeds_queue="notices",
    )


def draft_statement(shopper_id: int, template_name: str, facts: Mapping[str, str | int]) -> Statement:
    """What queues a notice to a shopper that is about none of their orders, to be sent together with what it is about.

    Args:
        shopper_id: `users.id`.
        template_name: The name of its words, such as "notices.draft".
        facts: What their variables stand for.
    """
    values: dict[str, Bound] = {
        "shopper_id": shopper_id,
        "template_name": template_name,
        "facts": msgspec.json.encode(facts).decode(),
    }
    return Statement(
        """
        INSERT INTO notification_queue (user_id, notification_type, channel, recipient, message, template_name,
            template_data)
        SELECT u.id, 'custom', 'messenger', u.messenger_id, '', %(template_name)s, %(facts)s
        FROM users u WHERE u.id = %(shopper_id)s
        """,
        values,
        feeds_queue="notices",
    )
