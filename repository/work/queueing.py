"""What puts work on an order into its queue, to be sent together with what makes the work."""

from typing import Literal

from repository.database.connection import Statement

QueueType = Literal["new_order", "payment", "verification", "fulfillment", "notification"]


def queue_statement(
    order_id: int, queue_type: QueueType, *, step: str = "", seconds: int = 0, priority: int = 5
) -> Statement:
    """What queues a piece of work on an order.

    Args:
        order_id: `orders.id`.
        queue_type: Which work it is, as in `order_processing_queue.queue_type`.
        step: Which step of that work, where it has several.
        seconds: In how many seconds it is due.
        priority: From 1, the first, to 10.
    """
    return Statement(
        "INSERT INTO order_processing_queue (order_id, queue_type, priority, scheduled_at, payload) VALUES"
        " (%(order_id)s, %(queue_type)s, %(priority)s, NOW() + INTERVAL %(seconds)s SECOND,"
        " JSON_OBJECT('step', %(step)s))",
        {
            "order_id": order_id,
            "queue_type": queue_type,
            "priority": priority,
            "seconds": max(0, seconds),
            "step": step,
        },
    )
