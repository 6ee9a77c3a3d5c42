"""A shopper is forgotten, in steps that each hold few rows and for a moment: who they are goes, the books stay right.

The orders stay with their lines, sums, payments and dates, for the books. Nobody can be told from them any more.
"""

from collections.abc import Sequence

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number
from repository.files.files import delete_due
from repository.privacy.requests import Due

MOST = 500
"""Rows that a step deletes at most."""
ORDERS_AT_ONCE = 20
"""Orders that a step takes the names from."""
NOBODY = "Deleted shopper"
"""Whom the orders are for afterwards."""

PIECES: Sequence[str] = (
    "DELETE FROM chat_logs WHERE user_id = %(psid)s AND turn_status <> 'received' LIMIT %(most)s",
    "DELETE FROM typed_messages WHERE outbox_id IN (SELECT id FROM outbox WHERE psid = %(psid)s AND status <> 'queued')"
    " LIMIT %(most)s",
    "DELETE FROM conversation_notes WHERE psid = %(psid)s LIMIT %(most)s",
    "UPDATE page_automations SET last_psid = '' WHERE last_psid = %(psid)s LIMIT %(most)s",
    "DELETE FROM outbox WHERE psid = %(psid)s AND status <> 'queued' LIMIT %(most)s",
    "UPDATE post_claims c JOIN post_comments m ON m.id = c.comment SET c.from_id = ''"
    " WHERE (m.psid = %(psid)s OR m.from_id = %(psid)s) AND c.from_id <> ''",
    "UPDATE post_comments SET from_id = '', from_name = '', words = '', message = NULL, message_id = NULL,"
    " status = IF(status IN ('new', 'silent', 'queued'), 'removed', status), psid = NULL"
    " WHERE psid = %(psid)s OR from_id = %(psid)s LIMIT %(most)s",
    "DELETE FROM webhook_events WHERE psid = %(psid)s LIMIT %(most)s",
    "DELETE FROM analytics_visits WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM broadcast_people WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM reply_trial_shoppers WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM notification_queue WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM cart_items WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM wishlists WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM saved_lines WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM stock_waits WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM user_addresses WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM draft_orders WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM trusted_buyers WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM user_verification_history WHERE user_id = %(shopper_id)s LIMIT %(most)s",
    "DELETE FROM referrals WHERE user_id = %(shopper_id)s"
    " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.referral_id = referrals.id) LIMIT %(most)s",
)
"""What is deleted, each again until nothing of it is left."""

_OF_ORDERS: Sequence[str] = (
    "DELETE FROM order_notes WHERE order_id IN %(ids)s",
    "DELETE FROM order_edits WHERE order_id IN %(ids)s",
    "DELETE FROM merchant_notices WHERE order_id IN %(ids)s",
    "UPDATE order_flags SET note = NULL WHERE order_id IN %(ids)s",
    "UPDATE order_state_history SET reason = NULL, metadata = NULL,"
    " changed_by = IF(changed_by_type = 'customer', 'shopper', changed_by) WHERE order_id IN %(ids)s",
    "UPDATE order_errors SET error_message = '', error_details = NULL, stack_trace = NULL, resolution_notes = NULL"
    " WHERE order_id IN %(ids)s",
    "UPDATE order_processing_queue SET error_message = NULL, payload = NULL, result = NULL WHERE order_id IN %(ids)s",
    "UPDATE order_payments SET note = NULL WHERE order_id IN %(ids)s",
    "UPDATE order_returns SET reason = NULL WHERE order_id IN %(ids)s",
    "DELETE p FROM order_return_pictures p JOIN order_returns r ON r.id = p.return_id WHERE r.order_id IN %(ids)s",
    "UPDATE order_proofs SET file_id = NULL, selfie_file_id = NULL, words = NULL, note = NULL, id_type = NULL"
    " WHERE order_id IN %(ids)s",
    "UPDATE order_verifications SET id_image_url = NULL, selfie_image_url = NULL, payment_proof_url = NULL,"
    " id_notes = NULL, rejection_reason = NULL WHERE order_id IN %(ids)s",
    "UPDATE orders SET ship_recipient_name = %(nobody)s, ship_phone = NULL, ship_address_line1 = NULL,"
    " ship_address_line2 = NULL, ship_barangay = NULL, ship_postal_code = NULL, ship_landmark = NULL, ship_pin = NULL,"
    " notes = NULL, cancellation_reason = NULL, last_error = NULL, lock_reason = NULL, ip_address = NULL,"
    " user_agent = NULL, risk_reasons = NULL WHERE id IN %(ids)s",
)


async def erase_piece(conn: Connection, *, piece: str, of: Due) -> int:
    """Delete some rows of a shopper.

    Args:
        conn: An open connection.
        piece: One of `PIECES`.
        of: Whose.

    Returns:
        How many there were; call it again where that is `MOST`.
    """
    return (await conn.run(piece, psid=of.psid, shopper_id=of.shopper_id, most=MOST)).rowcount


async def erase_person(conn: Connection, *, of: Due) -> None:
    """Take a shopper's name and whatever else tells who they are, from them and from their reviews.

    Args:
        conn: A connection in a transaction.
        of: Who.
    """
    values: dict[str, Bound] = {"id": of.shopper_id, "name": str(of.shopper_id)}
    pictures = await conn.run(
        "SELECT picture_file_id FROM product_reviews WHERE user_id = %(id)s AND picture_file_id IS NOT NULL", **values
    )
    await conn.batch(
        # What people of the shop were told in chats of their own names the shopper, and is stored under theirs.
        Statement(
            "DELETE b FROM outbox b JOIN merchant_chats c ON c.psid = b.psid JOIN users u ON u.id = %(id)s"
            " WHERE b.status <> 'queued' AND u.facebook_name <> '' AND LOCATE(u.facebook_name, b.message) > 0",
            values,
        ),
        Statement("UPDATE users SET facebook_name = NULL, email = NULL, phone = NULL WHERE id = %(id)s", values),
        Statement(
            "UPDATE product_reviews SET review_title = NULL, review_text = NULL, picture_file_id = NULL"
            " WHERE user_id = %(id)s",
            values,
        ),
        Statement(
            "DELETE FROM merchant_notices WHERE kind = 'person' AND subject_key REGEXP CONCAT('^[a-z]+:', %(id)s, ':')",
            values,
        ),
        Statement("UPDATE blocked_people SET note = '' WHERE kind = 'shopper' AND value = %(name)s", values),
    )
    await _let_go(conn, [number(row[0]) for row in pictures.rows])


async def erase_orders(conn: Connection, *, of: Due, after: int) -> int:
    """Take names, addresses, words and pictures from some orders of a shopper.

    Args:
        conn: A connection in a transaction.
        of: Whose.
        after: `orders.id` of the last one that is done; 0 begins.

    Returns:
        The last one that is done now; 0 where there was none left.
    """
    found = await conn.run(
        "SELECT id FROM orders WHERE user_id = %(id)s AND id > %(after)s ORDER BY id LIMIT %(most)s FOR UPDATE",
        id=of.shopper_id,
        after=after,
        most=ORDERS_AT_ONCE,
    )
    ids = [number(row[0]) for row in found.rows]
    if not ids:
        return 0
    files = await conn.run(
        "SELECT file_id FROM order_proofs WHERE order_id IN %(ids)s AND file_id IS NOT NULL"
        " UNION SELECT selfie_file_id FROM order_proofs WHERE order_id IN %(ids)s AND selfie_file_id IS NOT NULL"
        " UNION SELECT p.file_id FROM order_return_pictures p JOIN order_returns r ON r.id = p.return_id"
        " WHERE r.order_id IN %(ids)s",
        ids=ids,
    )
    await conn.batch(*(Statement(sql, {"ids": ids, "nobody": NOBODY}) for sql in _OF_ORDERS))
    await _let_go(conn, [number(row[0]) for row in files.rows])
    return ids[-1]


async def end(conn: Connection, *, of: Due) -> bool:
    """Forget the conversation and who it was with. Whether that could be done: else something new has come meanwhile.

    Whoever writes again after this is somebody new.

    Args:
        conn: A connection in a transaction.
        of: Who.
    """
    values: dict[str, Bound] = {"psid": of.psid, "id": of.shopper_id, "request": of.id}
    await conn.run("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", **values)
    is_still_wanted = await conn.value(
        "SELECT EXISTS (SELECT 1 FROM deletion_requests WHERE id = %(request)s AND status = 'waiting')"
        " AND NOT EXISTS (SELECT 1 FROM chat_logs WHERE user_id = %(psid)s)"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE psid = %(psid)s)",
        **values,
    )
    if not is_still_wanted:
        return False
    await conn.batch(
        Statement("DELETE FROM conversations WHERE psid = %(psid)s", values),
        Statement(
            "UPDATE users SET messenger_id = CONCAT('deleted-', id), language = NULL, account_status = 'inactive',"
            " loyalty_points = 0 WHERE id = %(id)s",
            values,
        ),
        Statement("UPDATE deletion_requests SET status = 'done', done_at = NOW() WHERE id = %(request)s", values),
    )
    return True


async def _let_go(conn: Connection, file_ids: Sequence[int]) -> None:
    """Delete what files hold that nobody else has sent too."""
    if not file_ids:
        return
    await conn.run(
        "UPDATE stored_files f SET f.delete_after = NOW() WHERE f.id IN %(ids)s AND f.deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM order_proofs p WHERE p.file_id = f.id)"
        " AND NOT EXISTS (SELECT 1 FROM order_proofs p WHERE p.selfie_file_id = f.id)"
        " AND NOT EXISTS (SELECT 1 FROM order_return_pictures p WHERE p.file_id = f.id)"
        " AND (f.purpose <> 'review' OR NOT EXISTS (SELECT 1 FROM product_reviews r WHERE r.picture_file_id = f.id))",
        ids=list(file_ids),
    )
    await delete_due(conn)
