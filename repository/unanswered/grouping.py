"""Putting questions that were not answered into groups that ask the same, by one process of all at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number

AT_ONCE = 50
"""Questions that are put into groups in one step."""
KNOWN_MOST = 3000
"""Groups that a question is compared with: those that were asked last."""
_LOCK = "unanswered"
_TIDIED_AT_ONCE = 500


class Question(msgspec.Struct, frozen=True):
    """A question that is in no group yet.

    Attributes:
        turn_id: `chat_logs.id`.
        text: What was typed; empty where it was unsent.
        name: The shopper's on Facebook, or empty.
        asked_at: When.
    """

    turn_id: int
    text: str
    name: str
    asked_at: datetime


class First(msgspec.Struct, frozen=True):
    """The first question of a group, which says what it is about."""

    group_id: int
    text: str
    name: str


async def take_turn(conn: Connection) -> None:
    """Wait until no other process puts questions into groups; until this transaction ends none does.

    Args:
        conn: A connection in a transaction, which the caller owns.
    """
    await conn.batch(
        Statement("INSERT IGNORE INTO scheduled_jobs (name, next_at) VALUES (%(name)s, NOW())", {"name": _LOCK}),
        Statement("SELECT name FROM scheduled_jobs WHERE name = %(name)s FOR UPDATE", {"name": _LOCK}),
    )


async def ungrouped(conn: Connection) -> list[Question]:
    """The oldest questions that are in no group.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Question,
        """
        SELECT q.turn_id, COALESCE(l.user_message, ''), COALESCE(u.facebook_name, ''), q.asked_at
        FROM unanswered_questions q FORCE INDEX (ix_unanswered_questions_group)
        JOIN chat_logs l ON l.id = q.turn_id
        LEFT JOIN users u ON u.messenger_id = q.psid COLLATE utf8mb4_unicode_520_ci
        WHERE q.group_id IS NULL ORDER BY q.turn_id LIMIT %(most)s
        """,
        most=AT_ONCE,
    )


async def newest_groups(conn: Connection) -> list[int]:
    """The groups that a question is compared with, by their ids.

    Args:
        conn: An open connection.
    """
    found = await conn.run(
        "SELECT id FROM unanswered_groups FORCE INDEX (ix_unanswered_groups_last) ORDER BY last_at DESC, id DESC"
        " LIMIT %(most)s",
        most=KNOWN_MOST,
    )
    return [number(row[0]) for row in found.rows]


async def firsts(conn: Connection, *, group_ids: Sequence[int]) -> list[First]:
    """The first question of each group that still has one.

    Args:
        conn: An open connection.
        group_ids: `unanswered_groups.id` of each.
    """
    if not group_ids:
        return []
    return await conn.all(
        First,
        """
        SELECT first.group_id, COALESCE(l.user_message, ''), COALESCE(u.facebook_name, '')
        FROM (SELECT group_id, MIN(turn_id) AS turn_id FROM unanswered_questions WHERE group_id IN %(ids)s
              GROUP BY group_id) first
        JOIN unanswered_questions q ON q.turn_id = first.turn_id
        JOIN chat_logs l ON l.id = q.turn_id
        LEFT JOIN users u ON u.messenger_id = q.psid COLLATE utf8mb4_unicode_520_ci
        ORDER BY first.group_id
        """,
        ids=list(group_ids),
    )


async def begin_group(conn: Connection, *, at: datetime) -> int:
    """Make a group; its `unanswered_groups.id`.

    Args:
        conn: A connection in a transaction, which the caller owns.
        at: When its first question was asked.
    """
    return (await conn.run("INSERT INTO unanswered_groups (last_at) VALUES (%(at)s)", at=at)).last_id


async def put(conn: Connection, *, placed: Iterable[tuple[Question, int]]) -> None:
    """Put questions into groups, and count these anew.

    A group that a reply was to answer waits again where a question has come since; one that is ignored stays so.

    Args:
        conn: A connection in a transaction, which the caller owns.
        placed: Each question with its `unanswered_groups.id`.
    """
    by_group: dict[int, list[Question]] = {}
    for question, group_id in placed:
        by_group.setdefault(group_id, []).append(question)
    if not by_group:
        return
    await conn.batch(
        *(
            Statement(
                "UPDATE unanswered_questions SET group_id = %(group_id)s WHERE turn_id IN %(turns)s",
                {"group_id": group_id, "turns": [one.turn_id for one in questions]},
            )
            for group_id, questions in by_group.items()
        ),
        *(
            Statement(
                "UPDATE unanswered_groups SET status = 'waiting'"
                " WHERE id = %(group_id)s AND status = 'answered' AND settled_at < %(asked)s",
                {"group_id": group_id, "asked": max(one.asked_at for one in questions)},
            )
            for group_id, questions in by_group.items()
        ),
    )
    await recount(conn, group_ids=list(by_group))


async def forget(conn: Connection, *, turn_ids: Sequence[int]) -> None:
    """Let go of questions whose words were taken back.

    Args:
        conn: A connection in a transaction, which the caller owns.
        turn_ids: `chat_logs.id` of each.
    """
    if turn_ids:
        await conn.run("DELETE FROM unanswered_questions WHERE turn_id IN %(turns)s", turns=list(turn_ids))


async def recount(conn: Connection, *, group_ids: Sequence[int]) -> None:
    """Count the questions of groups anew, and the people who asked them.

    Args:
        conn: An open connection.
        group_ids: `unanswered_groups.id` of each.
    """
    await conn.run(
        """
        UPDATE unanswered_groups g
        JOIN (SELECT group_id, COUNT(*) AS asked, COUNT(DISTINCT psid) AS people, MAX(asked_at) AS last_at
              FROM unanswered_questions WHERE group_id IN %(ids)s GROUP BY group_id) counted ON counted.group_id = g.id
        SET g.asked = counted.asked, g.people = counted.people, g.last_at = counted.last_at
        WHERE g.id IN %(ids)s
        """,
        ids=list(group_ids),
    )


async def tidy(conn: Connection) -> None:
    """Count groups anew of which questions are gone with their chats, and delete those that have none any more.

    Args:
        conn: An open connection on which every statement commits by itself.
    """
    stale = await conn.run(
        "SELECT g.id FROM unanswered_groups g LEFT JOIN unanswered_questions q ON q.group_id = g.id"
        " GROUP BY g.id, g.asked HAVING COUNT(q.turn_id) <> g.asked"
    )
    ids = [number(row[0]) for row in stale.rows]
    for start in range(0, len(ids), _TIDIED_AT_ONCE):
        some = ids[start : start + _TIDIED_AT_ONCE]
        await recount(conn, group_ids=some)
        await conn.run(
            "DELETE FROM unanswered_groups WHERE id IN %(ids)s AND NOT EXISTS"
            " (SELECT 1 FROM unanswered_questions q WHERE q.group_id = unanswered_groups.id)",
            ids=some,
        )
