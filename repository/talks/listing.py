"""The list of chats, a page at a time."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement

View = Literal["needs", "closing", "unread", "mine", "snoozed", "all"]
"""Which chats: those that wait for a person, whose window closes, with something new, one's own, put off, all."""

_COLUMNS: Final = """
    SELECT u.id, c.psid, COALESCE(u.facebook_name, ''), c.heard_at, c.seen_at, c.waits_since, c.quiet_since,
        c.quiet_reason, c.window_expires_at, c.snoozed_until,
        COALESCE(NULLIF(a.full_name, ''), a.username, '')
    FROM conversations c JOIN users u ON u.messenger_id = c.psid COLLATE utf8mb4_unicode_520_ci
    LEFT JOIN admin_users a ON a.id = c.assigned_to
"""
_FOUND: Final = _COLUMNS.replace(
    "FROM conversations c JOIN users u ON u.messenger_id = c.psid COLLATE utf8mb4_unicode_520_ci",
    """FROM (SELECT u.id, u.messenger_id, u.facebook_name FROM users u WHERE {named}
          ORDER BY u.last_interaction_at DESC LIMIT 1000) u
    STRAIGHT_JOIN conversations c ON c.psid = u.messenger_id COLLATE utf8mb4_bin""",
)
"""The same of shoppers who are looked for: they are found first, the newest of them."""
_WORDS_MOST = 5
_AWAKE = "(c.snoozed_until IS NULL OR c.snoozed_until <= NOW())"
_WHICH: Final[dict[View, tuple[str, str, bool]]] = {
    "needs": (f"c.waits_since IS NOT NULL AND {_AWAKE}", "c.waits_since", True),
    "closing": (
        f"c.waits_since IS NOT NULL AND {_AWAKE} AND c.window_expires_at > NOW()",
        "c.window_expires_at",
        True,
    ),
    "unread": ("c.heard_at > NOW() - INTERVAL 30 DAY AND COALESCE(c.seen_at < c.heard_at, TRUE)", "c.heard_at", False),
    "mine": ("c.assigned_to = %(mine)s AND c.heard_at IS NOT NULL", "c.heard_at", False),
    "snoozed": ("c.snoozed_until > NOW()", "c.snoozed_until", True),
    "all": ("c.heard_at IS NOT NULL", "c.heard_at", False),
}
"""Of each view: its condition, what it is sorted by, and whether the least comes first."""


class Key(msgspec.Struct, frozen=True, array_like=True):
    """Where a chat stands in a list."""

    at: datetime
    psid: str


class Talk(msgspec.Struct, frozen=True):
    """A chat in a list.

    Attributes:
        shopper_id: `users.id`.
        name: The shopper's, as Facebook tells it; empty where it does not.
        heard_at: When the shopper did something last.
        seen_at: When a person of the shop last looked.
        waits_since: Since when the shopper waits for a person.
        quiet_since: Since when the bot is quiet there, or a person last spoke.
        quiet_reason: Why.
        window_expires_at: Until when Messenger lets us write freely.
        snoozed_until: Until when nobody is reminded of it.
        assigned: Who sees to it; empty for nobody.
    """

    shopper_id: int
    psid: str
    name: str
    heard_at: datetime | None
    seen_at: datetime | None
    waits_since: datetime | None
    quiet_since: datetime | None
    quiet_reason: str | None
    window_expires_at: datetime | None
    snoozed_until: datetime | None
    assigned: str

    @property
    def is_unread(self) -> bool:
        """Whether the shopper did something that nobody has looked at."""
        return self.heard_at is not None and (self.seen_at is None or self.seen_at < self.heard_at)


class ListedTalk(msgspec.Struct, frozen=True):
    """A chat in a list, with the last words of the shopper."""

    talk: Talk
    words: str


async def page(
    conn: Connection,
    *,
    view: View,
    admin_id: int,
    limit: int,
    text: str = "",
    place: Key | None = None,
    backwards: bool = False,
) -> list[ListedTalk]:
    """Chats of a view: those who wait longest, or wrote last, first.

    Args:
        conn: An open connection.
        view: Which.
        admin_id: Who looks, for their own.
        limit: How many at most.
        text: What the shopper's name holds, each word of it, or their number; empty for any.
        place: Behind which chat they come, or before which; None begins at that end.
        backwards: Whether they come before it, the nearest first.
    """
    which, by, rises = _WHICH[view]
    up = rises != backwards
    values: dict[str, Bound] = {"mine": admin_id, "limit": limit}
    behind = ""
    if place is not None:
        values |= {"at": place.at, "psid": place.psid}
        sign = ">" if up else "<"
        behind = f" AND ({by} {sign} %(at)s OR ({by} = %(at)s AND c.psid {sign} %(psid)s))"
    order = "ASC" if up else "DESC"
    columns = _COLUMNS
    if text:
        named, names = _named(text)
        columns, values = _FOUND.format(named=named), values | names
    talks = await conn.all(
        Talk, f"{columns} WHERE {which}{behind} ORDER BY {by} {order}, c.psid {order} LIMIT %(limit)s", **values
    )
    if not talks:
        return []
    said = await conn.batch(
        *(
            Statement(
                "SELECT COALESCE(user_message, ''), message_type FROM chat_logs FORCE INDEX (ix_chat_logs_user)"
                " WHERE user_id = %(psid)s ORDER BY created_at DESC, id DESC LIMIT 1",
                {"psid": talk.psid},
            )
            for talk in talks
        )
    )
    return [
        ListedTalk(talk, _words(str(one.rows[0][0]), str(one.rows[0][1])) if one.rows else "")
        for talk, one in zip(talks, said, strict=True)
    ]


def _named(text: str) -> tuple[str, dict[str, Bound]]:
    """The condition on shoppers `u` of what was typed to find one, and its values."""
    words = text.split()[:_WORDS_MOST]
    literal = [word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in words]
    like: dict[str, Bound] = {f"name{at}": f"%{word}%" for at, word in enumerate(literal)}
    named = " AND ".join(f"u.facebook_name LIKE %({name})s" for name in like)
    number = words[-1] if words else ""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return f"({named})", like
    return f"({named} OR u.id = %(number)s)", {**like, "number": int(number)}


def key(view: View, talk: Talk) -> Key:
    """Where a chat stands in a view.

    Args:
        view: Which.
        talk: One of its chats.
    """
    at = {"needs": talk.waits_since, "closing": talk.window_expires_at, "snoozed": talk.snoozed_until}.get(
        view, talk.heard_at
    )
    assert at is not None, "the view is sorted by it"
    return Key(at, talk.psid)


def _words(text: str, kind: str) -> str:
    return text[:120] or {"attachment": "Picture or file", "referral": "Came by a link"}.get(kind, "…")


async def waiting(conn: Connection) -> int:
    """How many shoppers wait for a person.

    Args:
        conn: An open connection.
    """
    count = await conn.value(
        f"SELECT COUNT(*) FROM conversations c FORCE INDEX (ix_conversations_waits)"
        f" WHERE c.waits_since IS NOT NULL AND {_AWAKE}"
    )
    return int(str(count))


class Calls(msgspec.Struct, frozen=True):
    """Who waits for a person.

    Attributes:
        waiting: How many shoppers.
        newest: Since when the one who began to wait last does, such as "2026-11-28 09:30:00.123"; empty for nobody.
    """

    waiting: int
    newest: str


async def calls(conn: Connection) -> Calls:
    """Who waits for a person.

    Args:
        conn: An open connection.
    """
    found = await conn.one(
        Calls,
        "SELECT COUNT(*), COALESCE(CAST(MAX(c.waits_since) AS CHAR), '') FROM conversations c"
        f" FORCE INDEX (ix_conversations_waits) WHERE c.waits_since IS NOT NULL AND {_AWAKE}",
    )
    assert found is not None, "a count is always answered"
    return found
