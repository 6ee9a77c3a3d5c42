"""What is kept of people, why, and for how long; and the daily job that deletes what is older."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Bound, Connection
from repository.rules import Rules

VISIT_DAYS = 400
"""A year, and the month that it is compared with."""
REFERRAL_DAYS = 2 * 365
MOST = 1000
"""Rows that a step deletes at most."""


class Kept(msgspec.Struct, frozen=True):
    """Something that is kept.

    Attributes:
        what: What it is.
        why: What it is for.
        how_long: Until when, in words.
    """

    what: str
    why: str
    how_long: str


def kept(rules: Rules) -> tuple[Kept, ...]:
    """Everything that is kept of shoppers, as the shop's pages tell it.

    Args:
        rules: The shop's rules.
    """
    return (
        Kept(
            "Facebook name and the number by which Messenger knows a chat",
            "To answer the chat and to know whose order is whose",
            "Until the shopper asks to be deleted",
        ),
        Kept(
            "Phone and saved addresses",
            "To deliver, and to save typing next time",
            "Until the shopper asks to be deleted",
        ),
        Kept(
            "Messages, with what the bot answered, and the recordings that show mistakes",
            "To answer, to look into complaints and to mend the bot",
            f"{rules.chat_kept_days} days; a message that is unsent goes at once",
        ),
        Kept(
            "How far a shopper came on a day: looked around, filled a cart, began the checkout, ordered; and which of"
            " two wordings they heard",
            "To see where the shop loses people",
            f"{VISIT_DAYS} days, or until the shopper is deleted",
        ),
        Kept(
            "Comments below the page's posts, with the name that stands there",
            "To answer each once in Messenger, and to know who was first in a live sale",
            f"{rules.chat_kept_days} days; one that is deleted on Facebook loses its words at once",
        ),
        Kept(
            "Cart and wishlist, and what is waited for that is sold out",
            "To go on where one has left off, and to tell when it is back or cheaper",
            "Until they are emptied, or the shopper is deleted",
        ),
        Kept(
            "Pictures of payments",
            "To see that the money came",
            f"{rules.proof_kept_days} days after the delivery; one that turns out to prove nothing"
            f" {rules.unclaimed_kept_days} days",
        ),
        Kept(
            "Pictures of IDs and selfies",
            "To see who orders, where the shop's rules ask for it",
            f"{rules.identity_kept_days} days after the review",
        ),
        Kept(
            "Orders: items, amounts, payments, dates, city and province",
            "The shop's books, as tax law wants them",
            "For good, without name, phone, street and words once the shopper is deleted",
        ),
        Kept(
            "Name, phone, address and place on the map of an order",
            "To deliver it, and to settle returns and complaints",
            "Until the shopper asks to be deleted, after the order is finished",
        ),
        Kept(
            "Which link, ad or post led somebody here",
            "To see which of them bring orders",
            f"{REFERRAL_DAYS // 365} years; once the shopper is deleted only what led to an order stays",
        ),
        Kept("Reviews", "Other shoppers read them", "The words until the shopper is deleted; the stars stay"),
        Kept(
            "Phones and addresses that the shop has blocked",
            "Protection from fraud",
            "Until somebody of the shop unblocks them, also after a deletion",
        ),
        Kept(
            "Who of the shop did what in the console",
            "To see who changed what; no shopper's words stand there",
            f"{rules.audit_kept_days} days",
        ),
    )


OLD: Sequence[str] = (
    "DELETE FROM chat_logs WHERE created_at < NOW() - INTERVAL %(chat)s DAY AND turn_status <> 'received'"
    " ORDER BY created_at LIMIT %(most)s",
    "DELETE FROM order_processing_queue WHERE status = 'completed' AND completed_at < NOW() - INTERVAL %(queue)s DAY"
    " ORDER BY completed_at LIMIT %(most)s",
    "DELETE FROM notification_queue WHERE status = 'sent' AND sent_at < NOW() - INTERVAL %(notice)s DAY"
    " ORDER BY sent_at LIMIT %(most)s",
    "DELETE o FROM outbox o JOIN (SELECT id FROM outbox ORDER BY id LIMIT %(most)s) oldest ON oldest.id = o.id"
    " WHERE o.status <> 'queued' AND o.created_at < NOW() - INTERVAL %(chat)s DAY",
    "DELETE c FROM post_claims c JOIN (SELECT id FROM post_claims ORDER BY id LIMIT %(most)s) oldest"
    " ON oldest.id = c.id WHERE c.status <> 'held' AND c.placed_at < NOW() - INTERVAL %(chat)s DAY",
    "DELETE m FROM post_comments m JOIN (SELECT id FROM post_comments ORDER BY id LIMIT %(most)s) oldest"
    " ON oldest.id = m.id WHERE m.received_at < NOW() - INTERVAL %(chat)s DAY"
    " AND NOT EXISTS (SELECT 1 FROM post_claims c WHERE c.comment = m.id)",
    "DELETE FROM webhook_events WHERE received_at < NOW() - INTERVAL %(chat)s DAY ORDER BY received_at LIMIT %(most)s",
    f"DELETE FROM analytics_visits WHERE day < CURDATE() - INTERVAL {VISIT_DAYS} DAY ORDER BY day LIMIT %(most)s",
    "DELETE FROM sent_again WHERE last_at < NOW(3) - INTERVAL %(chat)s DAY ORDER BY last_at LIMIT %(most)s",
    "DELETE m FROM merchant_notices m JOIN (SELECT id FROM merchant_notices ORDER BY id LIMIT %(most)s) oldest"
    " ON oldest.id = m.id WHERE m.status <> 'pending' AND m.created_at < NOW() - INTERVAL %(chat)s DAY",
    "DELETE a FROM console_audit a JOIN (SELECT id FROM console_audit ORDER BY id LIMIT %(most)s) oldest"
    " ON oldest.id = a.id WHERE a.created_at < NOW() - INTERVAL %(audit)s DAY",
    "DELETE r FROM referrals r JOIN (SELECT id FROM referrals ORDER BY id LIMIT %(most)s) oldest"
    f" ON oldest.id = r.id WHERE r.came_at < NOW() - INTERVAL {REFERRAL_DAYS} DAY",
)
"""What is deleted once it is old, each by its oldest rows alone, and again until fewer than all of those were. The
first three go by the database's own event too, after as many days as the rules have by default."""


async def delete_old(conn: Connection, *, old: str, rules: Rules) -> int:
    """Delete some rows that are older than they are kept.

    Args:
        conn: An open connection.
        old: One of `OLD`.
        rules: The shop's rules, which say how long.

    Returns:
        How many there were; call it again where that is `MOST`.
    """
    days: dict[str, Bound] = {
        "chat": rules.chat_kept_days,
        "queue": rules.queue_kept_days,
        "notice": rules.notice_kept_days,
        "audit": rules.audit_kept_days,
    }
    deleted = await conn.run(old, most=MOST, **{name: value for name, value in days.items() if f"%({name})s" in old})
    return deleted.rowcount
