"""What people have said that the columns of a kind of sheet are, remembered for the next one."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from bot.base import clock
from repository.database.connection import Connection, Database
from repository.sheets.goods import Reading
from repository.sheets.reading import possible_signatures, read_sheet
from repository.sheets.titles import Field
from repository.staff.by import By

Fields = dict[str, Field | None]


async def remember(conn: Connection, *, signature: str, fields: Mapping[str, Field | None], by: By) -> None:
    """Keep a match of columns, in place of an earlier one.

    Args:
        conn: An open connection.
        signature: The titles, as `Reading.signature`.
        fields: What each column is, by its title as `titles.plain` has it.
        by: Who says so.
    """
    await conn.run(
        "REPLACE INTO sheet_matches (signature, fields, saved_by, saved_at)"
        " VALUES (%(signature)s, %(fields)s, %(by)s, %(now)s)",
        signature=_mark(signature),
        fields=msgspec.json.encode(dict(fields)).decode(),
        by=by.admin_id,
        now=clock.now(),
    )


async def recalled(conn: Connection, content: bytes, *, today: date) -> Reading:
    """Read a sheet as a person has said before that its kind is read; else as it looks.

    Args:
        conn: An open connection.
        content: The whole file.
        today: The day in the shop.

    Raises:
        Unreadable: It is no sheet of products.
    """
    matched = await said_before(conn, possible_signatures(content))
    return read_sheet(content, today=today, matched=matched)


async def said_before(conn: Connection, signatures: Iterable[str]) -> Fields | None:
    """What a person has said of the columns of a kind of sheet; None where nobody has.

    Args:
        conn: An open connection.
        signatures: As `possible_signatures` gives them.
    """
    known = ["", *map(_mark, signatures)]
    rows = await conn.run("SELECT fields FROM sheet_matches WHERE signature IN %(known)s", known=known)
    return msgspec.json.decode(str(rows.rows[0][0]), type=Fields) if rows.rows else None


async def recalled_or_said(
    database: Database, content: bytes, *, today: date, matched: Mapping[str, Field | None], by: By
) -> Reading:
    """Read a sheet; what a person says about its columns is remembered.

    Args:
        database: The shop's.
        content: The whole file.
        today: The day in the shop.
        matched: What a person says, by the titles as `titles.plain` has them; empty for nothing.
        by: Who.

    Raises:
        Unreadable: It is no sheet of products.
    """
    async with database.connection() as conn:
        if not matched:
            return await recalled(conn, content, today=today)
        reading = read_sheet(content, today=today, matched=matched)
        await remember(conn, signature=reading.signature, fields=matched, by=by)
        return reading


def _mark(signature: str) -> str:
    return hashlib.sha256(signature.encode()).hexdigest()
