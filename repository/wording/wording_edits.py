"""The merchant's wordings of what the bot says, as they are changed; the bot reads them in `repository.wordings`."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.errors import Duplicate, NotFound
from repository.staff.by import By
from repository.staff.drafts import DraftedNoun
from repository.staff.versions import SavedMeanwhile, Version


class WordsBody(msgspec.Struct, frozen=True, kw_only=True):
    """A wording as it is saved.

    Attributes:
        name: The block's full name, such as "cart.sold_out".
        language: "en" or "fil".
        words: The template.
        is_active: Whether it stands in the place of our own words.
    """

    name: str
    language: str
    words: str
    is_active: bool = True


WORDS = DraftedNoun(
    "words", WordsBody, audited="words", called=lambda _, body: f"{body.name} {body.language}", many="wordings"
)


class OwnWording(msgspec.Struct, frozen=True):
    """A wording that the merchant has written at some time.

    Attributes:
        id: `reply_words.id`.
        name: The block's full name.
        language: "en" or "fil".
        words: The template.
        is_active: Whether it stands in the place of our own words.
        updated_at: When it was last changed.
        version: The number of its last save, 0 where there was none.
        saved_by: Whose save that was, or empty.
        is_drafted: Whether a draft of it is not published yet.
    """

    id: int
    name: str
    language: str
    words: str
    is_active: bool
    updated_at: datetime
    version: int
    saved_by: str
    is_drafted: bool

    @property
    def body(self) -> WordsBody:
        """It, as it is saved."""
        return WordsBody(name=self.name, language=self.language, words=self.words, is_active=self.is_active)


_OWN = """
    SELECT w.id, w.name, w.language, w.words, w.is_active, w.updated_at, COALESCE(v.id, 0),
           COALESCE(NULLIF(a.full_name, ''), a.username, ''),
           COALESCE((SELECT x.action FROM reply_versions x WHERE x.kind = 'words' AND x.subject_id = w.id
                     AND x.action NOT IN ('switched_on', 'switched_off') ORDER BY x.id DESC LIMIT 1), '') = 'drafted'
    FROM reply_words w
    LEFT JOIN reply_versions v ON v.id = (
        SELECT MAX(x.id) FROM reply_versions x WHERE x.kind = 'words' AND x.subject_id = w.id)
    LEFT JOIN admin_users a ON a.id = v.saved_by
"""


async def every(conn: Connection) -> list[OwnWording]:
    """Every wording that the merchant has written, also those that are off."""
    return await conn.all(OwnWording, _OWN + "ORDER BY w.id")


async def opened(conn: Connection, *, name: str, language: str) -> OwnWording | None:
    """The merchant's wording of a block; None where there never was one.

    Args:
        conn: An open connection.
        name: The block's full name.
        language: "en" or "fil".
    """
    return await conn.one(
        OwnWording, _OWN + "WHERE w.name = %(name)s AND w.language = %(language)s", name=name, language=language
    )


async def save(conn: Connection, *, body: WordsBody, version: int, by: By, action: str = "changed") -> bool:
    """Put a wording in the place of our own, or take it out; every process says so from its next reply on.

    Args:
        conn: An open connection. The caller owns the transaction.
        body: The wording; one that `replies.checking.check` has let through.
        version: The number of its last save when it was opened, 0 where there was none.
        by: Who changes it.
        action: "changed", "restored", "switched_on" or "switched_off".

    Returns:
        Whether anything changed.

    Raises:
        SavedMeanwhile: Somebody else saved it meanwhile.
        NotFound: It shall be switched and was never written.
    """
    was = await _locked(conn, body.name, body.language)
    if was is None:
        if action.startswith("switched"):
            raise NotFound(body.name)
        await WORDS.record(conn, await _insert(conn, body, by), "created", body, by)
    else:
        subject_id = was.id

        async def write() -> None:
            await conn.run(
                "UPDATE reply_words SET words = %(words)s, is_active = %(is_active)s, updated_by = %(admin_id)s"
                " WHERE id = %(subject_id)s",
                subject_id=subject_id,
                words=body.words,
                is_active=body.is_active,
                admin_id=by.admin_id,
            )

        if not await WORDS.change(
            conn, subject_id, was=was.body, body=body, version=version, by=by, action=action, write=write
        ):
            return False
    await conn.run("UPDATE shop_versions SET words = words + 1 WHERE id = 1")
    return True


async def draft(conn: Connection, *, body: WordsBody, ours: str, version: int, by: By) -> tuple[int, bool]:
    """Keep a wording that shall stand in the place of our own later.

    Args:
        conn: An open connection. The caller owns the transaction.
        body: The wording; one that `replies.checking.check` has let through.
        ours: Our own words, which stay in force where the merchant has never written any.
        version: The number of its last save when it was opened, 0 where there was none.
        by: Who drafts it.

    Returns:
        `reply_words.id`, and whether anything changed.

    Raises:
        SavedMeanwhile: Somebody else saved it meanwhile.
    """
    was = await _locked(conn, body.name, body.language)
    if was is None:
        first = msgspec.structs.replace(body, words=ours, is_active=False)
        subject_id = await _insert(conn, first, by)
        await WORDS.record(conn, subject_id, "created", first, by)
        await WORDS.record(conn, subject_id, "drafted", body, by)
        return subject_id, True
    return was.id, await WORDS.save_draft(conn, was.id, was=was.body, body=body, version=version, by=by)


async def discard(conn: Connection, *, name: str, language: str, version: int, by: By) -> bool:
    """Throw the draft of a wording away. Whether there was one.

    Args:
        conn: An open connection. The caller owns the transaction.
        name: The block's full name.
        language: "en" or "fil".
        version: The number of its last save when it was opened.
        by: Who.

    Raises:
        NotFound: The merchant has never written one.
        SavedMeanwhile: Somebody else saved it meanwhile.
    """
    was = await _locked(conn, name, language)
    if was is None:
        raise NotFound(name)
    return await WORDS.discard(conn, was.id, was=was.body, version=version, by=by)


async def _locked(conn: Connection, name: str, language: str) -> OwnWording | None:
    await conn.run(
        "SELECT id FROM reply_words WHERE name = %(name)s AND language = %(language)s FOR UPDATE",
        name=name,
        language=language,
    )
    return await opened(conn, name=name, language=language)


async def _insert(conn: Connection, body: WordsBody, by: By) -> int:
    try:
        made = await conn.run(
            "INSERT INTO reply_words (name, language, words, is_active, updated_by)"
            " VALUES (%(name)s, %(language)s, %(words)s, %(is_active)s, %(admin_id)s)",
            name=body.name,
            language=body.language,
            words=body.words,
            is_active=body.is_active,
            admin_id=by.admin_id,
        )
    except Duplicate:
        raise SavedMeanwhile(await _first_save(conn, body)) from None
    return made.last_id


async def _first_save(conn: Connection, body: WordsBody) -> Version:
    """What somebody else saved at the same moment."""
    there = await opened(conn, name=body.name, language=body.language)
    last = await WORDS.latest(conn, there.id) if there else None
    if last is None:
        raise NotFound(body.name)
    return last
