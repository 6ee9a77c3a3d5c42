"""Groups of questions as merchants see them: how often, by how many, in which words, and where they were asked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from bot.language.fold import fold, unaccented
from bot.language.phrases.answered import Asked
from repository.database.connection import Bound, Connection
from repository.database.errors import NotFound

Status = Literal["waiting", "answered", "ignored"]
SHOWN = 20
"""Questions of a group in a list, the newest ones, from which its words are taken."""
LOOKED_AT = 300
"""Questions of a group that are tried against replies, the newest ones."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a group stands in a list."""

    asked: int
    id: int


class Group(msgspec.Struct, frozen=True):
    """A group of questions.

    Attributes:
        id: `unanswered_groups.id`.
        status: Whether it waits, was answered, or is ignored.
        asked: How often it was asked.
        people: By how many shoppers.
        last_at: When last.
        reply_id: `chatbot_replies.id` of what answers it; 0 for none.
        reply: What that reply answers to; empty where it is gone.
        caught: How many of the questions looked at that reply answers.
        looked_at: How many were looked at.
        settled_at: When it was answered or ignored last.
        settled_by: Who did that; empty where a worker saw that it is answered.
    """

    id: int
    status: Status
    asked: int
    people: int
    last_at: datetime
    reply_id: int
    reply: str
    caught: int
    looked_at: int
    settled_at: datetime | None
    settled_by: str

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return Place(self.asked, self.id)


class Question(msgspec.Struct, frozen=True):
    """A question of a group.

    Attributes:
        group_id: `unanswered_groups.id`.
        turn_id: `chat_logs.id`.
        text: What was typed.
        shopper_id: `users.id`; 0 where they are not known any more.
        name: Theirs on Facebook, or empty.
        language: "en" or "fil", in which they are answered.
        asked_at: When.
    """

    group_id: int
    turn_id: int
    text: str
    shopper_id: int
    name: str
    language: str
    asked_at: datetime

    @property
    def asked(self) -> Asked:
        """The same as replies are tried on it."""
        return Asked(self.text, self.language, self.asked_at.hour * 60 + self.asked_at.minute)


class Listed(msgspec.Struct, frozen=True):
    """A group in a list, with its newest questions, those that are typed most often first, each wording once."""

    group: Group
    questions: tuple[Question, ...]


_GROUP = """
    SELECT g.id, g.status, g.asked, g.people, g.last_at, COALESCE(g.reply_id, 0), COALESCE(r.keyword, ''), g.caught,
        g.looked_at, g.settled_at, COALESCE(NULLIF(a.full_name, ''), a.username, '')
    FROM unanswered_groups g LEFT JOIN chatbot_replies r ON r.id = g.reply_id
    LEFT JOIN admin_users a ON a.id = g.settled_by
"""
_QUESTION = """
    SELECT q.group_id, q.turn_id, l.user_message, COALESCE(u.id, 0), COALESCE(u.facebook_name, ''),
        COALESCE(u.language, 'en'), q.asked_at
    FROM ({newest}) q JOIN chat_logs l ON l.id = q.turn_id
    LEFT JOIN users u ON u.messenger_id = q.psid COLLATE utf8mb4_unicode_520_ci
    WHERE l.user_message <> '' ORDER BY q.group_id, q.turn_id DESC
"""


async def counts(conn: Connection) -> dict[Status, int]:
    """How many groups there are of each status.

    Args:
        conn: An open connection.
    """
    found = await conn.run("SELECT status, COUNT(*) FROM unanswered_groups GROUP BY status")
    counted: dict[Status, int] = {"waiting": 0, "answered": 0, "ignored": 0}
    for status, count in found.rows:
        for known in counted:
            if status == known:
                counted[known] = int(str(count))
    return counted


async def page(
    conn: Connection, *, status: Status, limit: int, place: Place | None = None, backwards: bool = False
) -> list[Listed]:
    """Some groups, those that were asked most often first.

    Args:
        conn: An open connection.
        status: Which.
        limit: How many at most.
        place: Only those behind this one; None begins at that end.
        backwards: Whether those before it, the nearest first.
    """
    sign, way = (">", "ASC") if backwards else ("<", "DESC")
    values: dict[str, Bound] = {"status": status, "limit": limit}
    behind = ""
    if place is not None:
        values |= {"asked": place.asked, "id": place.id}
        behind = f" AND (g.asked {sign} %(asked)s OR (g.asked = %(asked)s AND g.id {sign} %(id)s))"
    groups = await conn.all(
        Group,
        f"{_GROUP} WHERE g.status = %(status)s{behind} ORDER BY g.asked {way}, g.id {way} LIMIT %(limit)s",
        **values,
    )
    asked = await _newest(conn, [group.id for group in groups], SHOWN)
    return [Listed(group, worded(one for one in asked if one.group_id == group.id)) for group in groups]


async def group(conn: Connection, *, group_id: int, lock: bool = False) -> Group:
    """A group.

    Args:
        conn: An open connection.
        group_id: `unanswered_groups.id`.
        lock: Whether to lock it, in a transaction.

    Raises:
        NotFound: There is none.
    """
    if lock:
        await conn.run("SELECT id FROM unanswered_groups WHERE id = %(id)s FOR UPDATE", id=group_id)
    found = await conn.one(Group, f"{_GROUP} WHERE g.id = %(id)s", id=group_id)
    if found is None:
        raise NotFound(str(group_id))
    return found


async def questions(conn: Connection, *, group_id: int) -> list[Question]:
    """The questions of a group that replies are tried on, the newest first.

    Args:
        conn: An open connection.
        group_id: `unanswered_groups.id`.
    """
    return await _newest(conn, [group_id], LOOKED_AT)


def worded(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Questions, each wording once by its newest one, those that are typed most often first.

    Args:
        asked: The newest first.
    """
    by_words: dict[str, Question] = {}
    often: Counter[str] = Counter()
    for one in asked:
        words = fold(one.text) or unaccented(one.text)
        by_words.setdefault(words, one)
        often[words] += 1
    return tuple(by_words[words] for words in sorted(by_words, key=lambda words: -often[words]))


async def _newest(conn: Connection, group_ids: Sequence[int], most: int) -> list[Question]:
    if not group_ids:
        return []
    values: dict[str, Bound] = {"most": most}
    values |= {f"id{at}": group_id for at, group_id in enumerate(group_ids)}
    each = " UNION ALL ".join(
        "(SELECT group_id, turn_id, psid, asked_at FROM unanswered_questions"
        " FORCE INDEX (ix_unanswered_questions_group)"
        f" WHERE group_id = %(id{at})s ORDER BY turn_id DESC LIMIT %(most)s)"
        for at in range(len(group_ids))
    )
    return await conn.all(Question, _QUESTION.format(newest=each), **values)
