"""What the page says that neither this program nor a person wrote: Facebook's instant replies, another app's bot.

Facebook marks none of it. What goes to one shopper after the other in the same words, or comes at once after what the
shopper wrote, was typed by nobody.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.rules import Rules

HASTE = timedelta(seconds=2)
"""Nobody reads what a shopper wrote and answers it in less."""
PEOPLE = 3
"""From so many people on who got the same words, one after the other, nobody typed them."""
WORDS_LEAST = 20
"""Letters: people say "ok po" to everybody."""
KEPT = timedelta(days=30)


class Automation(msgspec.Struct, frozen=True):
    """Words that the page sends by itself.

    Attributes:
        app_id: Which app sends them, as Facebook says.
        words: The words; empty for a picture.
        people: How often they went to somebody else than the time before.
        hasty: How often they came within two seconds of what the shopper wrote.
    """

    app_id: str
    words: str
    people: int
    hasty: int
    last_at: datetime


async def is_automation(conn: Connection, *, psid: str, app_id: str, words: str, at: datetime, rules: Rules) -> bool:
    """Whether what the page said to a shopper was typed by nobody; it is counted.

    In the middle of a person's own conversation an answer may well come within two seconds of a shopper's words, which
    then are not what it answers.

    Args:
        conn: An open connection, in no transaction.
        psid: The shopper's PSID.
        app_id: Which app sent it, as Facebook says; empty where it does not.
        words: What was said; empty for a picture.
        at: When.
        rules: The rules in force.
    """
    words_hash = sha256(words.encode("utf-8", "replace")).digest()
    since = at - timedelta(minutes=rules.quiet_minutes)
    row = (
        await conn.run(
            "SELECT EXISTS (SELECT 1 FROM conversations WHERE psid = %(psid)s AND quiet_since > %(since)s),"
            " EXISTS (SELECT 1 FROM chat_logs FORCE INDEX (ix_chat_logs_user) WHERE user_id = %(psid)s"
            " AND created_at > NOW() - INTERVAL 1 DAY AND event_at BETWEEN %(earliest)s AND %(at)s)",
            psid=psid,
            since=since,
            earliest=at - HASTE,
            at=at,
        )
    ).rows[0]
    hasty = bool(row[1]) and not row[0]
    values: dict[str, Bound] = {
        "hash": words_hash,
        "app_id": app_id[:64],
        "hasty": int(hasty),
        "psid": psid,
        "at": at,
        "fresh": at - KEPT,
        "words": words[:500],
        "is_long": len(words) >= WORDS_LEAST,
        "most": PEOPLE,
    }
    *_, counted = await conn.batch(
        Statement(
            "INSERT INTO page_automations (words_hash, app_id, hasty, last_psid, last_at)"
            " VALUES (%(hash)s, %(app_id)s, %(hasty)s, %(psid)s, %(at)s) ON DUPLICATE KEY UPDATE"
            " people = IF(last_at < %(fresh)s, 1, people + (last_psid <> %(psid)s)),"
            " hasty = IF(last_at < %(fresh)s, %(hasty)s, hasty + %(hasty)s), app_id = %(app_id)s,"
            " last_psid = %(psid)s, last_at = GREATEST(last_at, %(at)s)",
            values,
        ),
        Statement(
            "UPDATE page_automations SET words = %(words)s WHERE words_hash = %(hash)s AND words IS NULL"
            " AND (%(hasty)s OR (%(is_long)s AND people >= %(most)s))",
            values,
        ),
        Statement("SELECT people FROM page_automations WHERE words_hash = %(hash)s", values),
    )
    people = int(str(counted.rows[0][0])) if counted.rows else 1
    return hasty or (len(words) >= WORDS_LEAST and people >= PEOPLE)


async def found(conn: Connection, *, since: datetime) -> Sequence[Automation]:
    """What the page has said by itself of late, the latest first.

    Args:
        conn: An open connection.
        since: How far back to look.
    """
    return await conn.all(
        Automation,
        "SELECT app_id, words, people, hasty, last_at FROM page_automations"
        " WHERE words IS NOT NULL AND last_at > %(since)s ORDER BY last_at DESC LIMIT 10",
        since=since,
    )


async def forget_old(conn: Connection, *, before: datetime) -> None:
    """Forget what the page has not said for long.

    Args:
        conn: An open connection.
        before: What was said last before this.
    """
    await conn.run("DELETE FROM page_automations WHERE last_at < %(before)s", before=before)
