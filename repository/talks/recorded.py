"""Recorded turns, with what was sent in them, and all that is known of the shopper by name, number and place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from repository.aftersales.calling import MISSES
from repository.database.connection import Bound, Connection, Statement

Outcome = Literal["", "fell-back", "failed", "handed-over"]
"""How a conversation went: not understood, given up on, or given to a person; empty for any."""
_OUTCOMES: Mapping[Outcome, str] = {
    "": "TRUE",
    "fell-back": "intent IN %(misses)s",
    "failed": "(turn_status = 'buried' OR attempts > 0)",
    "handed-over": '(state_after LIKE \'%%"at":"person"%%\' OR recording LIKE \'%%"talk.person%%\')',
}
TURNS_MOST = 500


class Turn(msgspec.Struct, frozen=True):
    """A turn that was taken.

    Attributes:
        id: `chat_logs.id`.
        at: When the shopper did it.
        event: JSON of the event; empty for a message that was taken back.
        before: JSON of the state before.
        recording: JSON of what it depended on.
        after: JSON of the state after.
        intent: What the shopper wanted, in a word.
        is_buried: Whether it was given up on.
    """

    id: int
    at: datetime
    event: str
    before: str
    recording: str
    after: str
    intent: str
    is_buried: bool


class Sent(msgspec.Struct, frozen=True):
    """A message that was sent.

    Attributes:
        id: `outbox.id`.
        turn_id: The turn that said it; 0 where none did.
        at: When.
        message: JSON as the Send API takes it.
        is_typed: Whether a person of the shop wrote it.
        mid: What Facebook calls it; empty where it has not arrived.
    """

    id: int
    turn_id: int
    at: datetime
    message: str
    is_typed: bool
    mid: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where something was to be sent: what names a person or a door."""

    recipient: str
    phone: str
    line1: str
    line2: str
    barangay: str
    city: str
    postal_code: str
    landmark: str


class Person(msgspec.Struct, frozen=True):
    """Who a shopper is.

    Attributes:
        id: `users.id`.
        psid: The PSID.
        name: As Facebook tells it.
        email: Empty where it is not known.
        phone: Empty where it is not known.
        language: In which they are answered; empty where they have not chosen.
    """

    id: int
    psid: str
    name: str
    email: str
    phone: str
    language: str


class Recorded(msgspec.Struct, frozen=True):
    """What was recorded of a shopper.

    Attributes:
        person: Who they are.
        places: Every address of theirs, saved or ordered to.
        turns: Oldest first.
        sent: Oldest first.
        staff: The names of the people who have an account in the console.
    """

    person: Person
    places: list[Place]
    turns: list[Turn]
    sent: list[Sent]
    staff: list[str] = []


class _Found(msgspec.Struct, frozen=True):
    psid: str
    turn_id: int
    at: datetime


async def find(
    conn: Connection, *, shopper: str, since: datetime, until: datetime, outcome: Outcome, limit: int
) -> dict[str, list[datetime]]:
    """Whose conversations went so, and when.

    Args:
        conn: An open connection.
        shopper: A PSID, `users.id` or a part of a name; empty for everybody.
        since: From when.
        until: Until when.
        outcome: How it went.
        limit: Turns at most, the newest.

    Returns:
        The times of the turns, by PSID.
    """
    rows = await conn.all(
        _Found,
        "SELECT user_id, id, COALESCE(event_at, created_at) FROM chat_logs"
        " WHERE created_at BETWEEN %(since)s AND %(until)s AND turn_status <> 'received'"
        f" AND {_OUTCOMES[outcome]} AND (%(shopper)s = '' OR user_id = %(shopper)s OR user_id IN ("
        " SELECT messenger_id FROM users WHERE id = %(number)s OR facebook_name LIKE CONCAT('%%', %(shopper)s, '%%')))"
        " ORDER BY created_at DESC, id DESC LIMIT %(limit)s",
        since=since,
        until=until,
        shopper=shopper,
        number=int(shopper) if shopper.isascii() and shopper.isdigit() and len(shopper) < 10 else 0,
        misses=MISSES,
        limit=limit,
    )
    found: dict[str, list[datetime]] = {}
    for row in rows:
        found.setdefault(row.psid, []).append(row.at)
    return found


async def read(conn: Connection, *, psid: str, since: datetime, until: datetime) -> Recorded | None:
    """What was recorded of a shopper.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        since: From when.
        until: Until when.

    Returns:
        None where nobody has this PSID.
    """
    values: dict[str, Bound] = {"psid": psid, "since": since, "until": until, "most": TURNS_MOST}
    people, saved, ordered, turns, sent, staff = await conn.batch(
        Statement(
            "SELECT id, messenger_id, COALESCE(facebook_name, ''), COALESCE(email, ''), COALESCE(phone, ''),"
            " COALESCE(language, '') FROM users WHERE messenger_id = %(psid)s",
            values,
        ),
        Statement(
            "SELECT a.recipient_name, a.phone, a.address_line1, COALESCE(a.address_line2, ''),"
            " COALESCE(a.barangay, ''), a.city, COALESCE(a.postal_code, ''), COALESCE(a.landmark, '')"
            " FROM user_addresses a JOIN users u ON u.id = a.user_id WHERE u.messenger_id = %(psid)s",
            values,
        ),
        Statement(
            "SELECT DISTINCT COALESCE(o.ship_recipient_name, ''), COALESCE(o.ship_phone, ''),"
            " COALESCE(o.ship_address_line1, ''), COALESCE(o.ship_address_line2, ''), COALESCE(o.ship_barangay, ''),"
            " COALESCE(o.ship_city, ''), COALESCE(o.ship_postal_code, ''), COALESCE(o.ship_landmark, '')"
            " FROM orders o JOIN users u ON u.id = o.user_id WHERE u.messenger_id = %(psid)s",
            values,
        ),
        Statement(
            "SELECT id, COALESCE(event_at, created_at), COALESCE(event, ''), COALESCE(state_before, ''),"
            " COALESCE(recording, ''), COALESCE(state_after, ''), COALESCE(intent, ''), turn_status = 'buried'"
            " FROM chat_logs FORCE INDEX (ix_chat_logs_user) WHERE user_id = %(psid)s"
            " AND COALESCE(event_at, created_at) BETWEEN %(since)s AND %(until)s AND turn_status <> 'received'"
            " ORDER BY COALESCE(event_at, created_at) DESC, id DESC LIMIT %(most)s",
            values,
        ),
        Statement(
            "SELECT b.id, COALESCE(b.turn_id, 0), b.created_at, b.message, t.outbox_id IS NOT NULL,"
            " COALESCE(b.message_id, '')"
            " FROM outbox b FORCE INDEX (ix_outbox_shopper) LEFT JOIN typed_messages t ON t.outbox_id = b.id"
            " WHERE b.psid = %(psid)s AND b.created_at BETWEEN %(since)s AND %(until)s + INTERVAL 1 HOUR ORDER BY b.id",
            values,
        ),
        Statement(
            "SELECT full_name FROM admin_users WHERE full_name IS NOT NULL UNION SELECT username FROM admin_users"
        ),
    )
    if not people.rows:
        return None
    return Recorded(
        conn.read(Person, people.rows[0]),
        [conn.read(Place, row) for row in (*saved.rows, *ordered.rows)],
        [conn.read(Turn, row) for row in reversed(turns.rows)],
        [conn.read(Sent, row) for row in sent.rows],
        [str(name) for (name,) in staff.rows],
    )


async def products(conn: Connection) -> list[str]:
    """What the shop sells, by name: words that are no names of people."""
    found = await conn.run(
        "SELECT name FROM products UNION SELECT name FROM categories UNION SELECT name FROM brands"
        " UNION SELECT variant_value FROM product_variants"
    )
    return [str(name) for (name,) in found.rows]
