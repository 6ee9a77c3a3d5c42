"""Two wordings of a canned reply, tried against each other: which shopper hears which, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Literal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.errors import Duplicate, NotFound, Taken
from repository.staff.by import By
from repository.wording import canned_edits

Wording = Literal["a", "b"]
SHOWN_MOST = 50


class Trial(msgspec.Struct, frozen=True):
    """A second wording that is tried.

    Attributes:
        id: `reply_trials.id`.
        words_a: The words of the reply, by which it is known.
        words_b: The second wording.
        started_at: Since when.
        ended_at: Until when; None while it runs.
    """

    id: int
    words_a: str
    words_b: str
    started_at: datetime
    ended_at: datetime | None

    def wording_for(self, shopper_id: int) -> Wording:
        """Which wording a shopper hears, the same each time.

        Args:
            shopper_id: `users.id`.
        """
        return "b" if blake2b(f"{self.id}:{shopper_id}".encode(), digest_size=1).digest()[0] % 2 else "a"


class Tried(msgspec.Struct, frozen=True):
    """A trial with what became of it.

    Attributes:
        id: `reply_trials.id`.
        reply_id: `chatbot_replies.id`.
        keyword: Of the reply.
        words_a: Its words as they were.
        words_b: The second wording.
        started_at: Since when.
        ended_at: Until when; None while it runs.
        kept: Which wording was kept; None where none was yet.
        is_changed: Whether the reply has other words now, is off or gone, so that nothing is tried any more.
        heard_a: Shoppers who heard the first wording.
        bought_a: Those of them whom an order followed.
        wrong_a: Those for whom it seems wrong.
        heard_b: The same of the second.
        bought_b: The same of the second.
        wrong_b: The same of the second.
    """

    id: int
    reply_id: int
    keyword: str
    words_a: str
    words_b: str
    started_at: datetime
    ended_at: datetime | None
    kept: str | None
    is_changed: bool
    heard_a: int
    bought_a: int
    wrong_a: int
    heard_b: int
    bought_b: int
    wrong_b: int


class Heard(msgspec.Struct, frozen=True):
    """What became of a shopper who heard a wording.

    Attributes:
        trial_id: In which trial.
        shopper_id: `users.id`.
        wording: Which.
        first_at: When first.
        is_bought: Whether an order followed.
        is_wrong: Whether they said no, asked again, or wanted a person.
    """

    trial_id: int
    shopper_id: int
    wording: Wording
    first_at: datetime
    is_bought: bool
    is_wrong: bool


async def running(conn: Connection) -> Sequence[Trial]:
    """The trials that run.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Trial, "SELECT id, words_a, words_b, started_at, ended_at FROM reply_trials WHERE running_id IS NOT NULL"
    )


async def between(conn: Connection, *, since: datetime, until: datetime) -> Sequence[Trial]:
    """The trials that ran at some time.

    Args:
        conn: An open connection.
        since: From then on.
        until: Until then.
    """
    return await conn.all(
        Trial,
        "SELECT id, words_a, words_b, started_at, ended_at FROM reply_trials WHERE started_at < %(until)s"
        " AND (ended_at IS NULL OR ended_at > %(since)s)",
        since=since,
        until=until,
    )


async def note(conn: Connection, *, heard: Sequence[Heard]) -> None:
    """Note what became of shoppers; what was noted of them before stays.

    Args:
        conn: A connection in a transaction.
        heard: Of each.
    """
    await conn.batch(
        *(
            Statement(
                "INSERT INTO reply_trial_shoppers (trial_id, user_id, wording, first_at, is_bought, is_wrong)"
                " VALUES (%(trial)s, %(shopper)s, %(wording)s, %(at)s, %(bought)s, %(wrong)s)"
                " ON DUPLICATE KEY UPDATE first_at = LEAST(first_at, %(at)s), is_bought = is_bought OR %(bought)s,"
                " is_wrong = is_wrong OR %(wrong)s",
                {
                    "trial": one.trial_id,
                    "shopper": one.shopper_id,
                    "wording": one.wording,
                    "at": one.first_at,
                    "bought": one.is_bought,
                    "wrong": one.is_wrong,
                },
            )
            for one in heard
        )
    )


async def listed(conn: Connection) -> Sequence[Tried]:
    """The trials, those that run first, then the newest.

    Args:
        conn: An open connection.
    """
    counts = [
        (f"c{wording}{place}", f"COUNT(CASE WHEN wording = '{wording}'{more} THEN 1 END)")
        for wording in ("a", "b")
        for place, more in enumerate(("", " AND is_bought", " AND is_wrong"))
    ]
    return await conn.all(
        Tried,
        "SELECT t.id, t.reply_id, t.keyword, t.words_a, t.words_b, t.started_at, t.ended_at, t.kept,"
        " NOT EXISTS (SELECT 1 FROM chatbot_replies r WHERE r.id = t.reply_id AND r.is_active"
        f" AND BINARY r.response = BINARY t.words_a), {', '.join(f'COALESCE(s.{name}, 0)' for name, _ in counts)}"
        f" FROM reply_trials t LEFT JOIN (SELECT trial_id, {', '.join(f'{count} AS {name}' for name, count in counts)}"
        " FROM reply_trial_shoppers GROUP BY trial_id) s ON s.trial_id = t.id"
        f" ORDER BY t.ended_at IS NULL DESC, t.id DESC LIMIT {SHOWN_MOST}",
    )


async def start(conn: Connection, *, reply_id: int, words: str, by: By) -> int:
    """Try a second wording of a canned reply from the next message on; its `reply_trials.id`.

    Args:
        conn: A connection in a transaction.
        reply_id: `chatbot_replies.id`.
        words: The second wording.
        by: Who wants it.

    Raises:
        NotFound: There is no such reply.
        Taken: One is tried already.
    """
    body = (await canned_edits.opened(conn, reply_id=reply_id)).body
    try:
        made = await conn.run(
            "INSERT INTO reply_trials (reply_id, keyword, words_a, words_b, started_by)"
            " VALUES (%(reply)s, %(keyword)s, %(a)s, %(b)s, %(by)s)",
            reply=reply_id,
            keyword=body.keyword,
            a=body.response,
            b=words,
            by=by.admin_id,
        )
    except Duplicate:
        raise Taken("words", reply_id) from None
    await _tell(conn)
    return made.last_id


async def end(conn: Connection, *, trial_id: int, keep: Wording, by: By) -> str:
    """End a trial, and give the reply the wording that is kept; its keyword.

    A reply whose words somebody has changed meanwhile keeps those.

    Args:
        conn: A connection in a transaction.
        trial_id: `reply_trials.id`.
        keep: Which wording.
        by: Who ends it.

    Raises:
        NotFound: No such trial runs.
    """
    trial = await conn.one(
        _Running,
        "SELECT reply_id, keyword, words_a, words_b FROM reply_trials WHERE id = %(id)s AND ended_at IS NULL"
        " FOR UPDATE",
        id=trial_id,
    )
    if trial is None:
        raise NotFound(str(trial_id))
    await conn.run(
        "UPDATE reply_trials SET ended_at = NOW(), kept = %(keep)s WHERE id = %(id)s", id=trial_id, keep=keep
    )
    await _tell(conn)
    if keep == "b":
        opened = await canned_edits.opened(conn, reply_id=trial.reply_id)
        if opened.body.response == trial.words_a:
            body = msgspec.structs.replace(opened.body, response=trial.words_b)
            await canned_edits.save(conn, reply_id=opened.id, body=body, version=opened.version, by=by)
    return trial.keyword


class _Running(msgspec.Struct, frozen=True):
    reply_id: int
    keyword: str
    words_a: str
    words_b: str


async def _tell(conn: Connection) -> None:
    """Let every process read its words anew, and with them what is tried."""
    await conn.run("UPDATE shop_versions SET words = words + 1 WHERE id = 1")
