"""The pages on Facebook that a shop answers on besides the first: each with its token, sealed, and its greeting."""

import msgspec

from bot.base import logs
from repository.database.connection import Connection
from repository.settings.rows import Rows
from repository.settings.secrets import CannotOpen, Sealer
from repository.staff.versions import Noun

_log = logs.get("settings")


class PageBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a further page that is kept.

    Attributes:
        page_id: As Facebook numbers it.
        name: What Facebook calls it.
        access_token: Acts for the page; sealed.
        greeting: What people read there before they write; empty for the shop's greeting.
        greeting_fil: The same in Filipino.
        is_active: Whether the shop answers there.
        display_order: Its place in the list.
    """

    page_id: str
    name: str
    access_token: str
    greeting: str = ""
    greeting_fil: str = ""
    is_active: bool = True
    display_order: int = 0


PAGES = Rows(
    Noun("facebook_page", PageBody, audited="facebook_page", called=lambda _, body: body.name[:100], many="pages"),
    "facebook_pages",
    unique="page_id",
)


class FurtherPage(msgspec.Struct, frozen=True):
    """A page besides the first that the shop answers on.

    Attributes:
        page_id: As Facebook numbers it.
        name: What Facebook calls it.
        access_token: In clear.
        greeting: Its own greeting; empty for the shop's.
        greeting_fil: The same in Filipino.
    """

    page_id: str
    name: str
    access_token: str
    greeting: str = ""
    greeting_fil: str = ""


async def further(conn: Connection, *, sealer: Sealer) -> tuple[FurtherPage, ...]:
    """The pages besides the first that the shop answers on.

    Args:
        conn: An open connection.
        sealer: Opens their tokens; a page whose token does not open is left out, and the operator is told.
    """
    rows = await conn.all(
        FurtherPage,
        "SELECT page_id, name, access_token, greeting, greeting_fil FROM facebook_pages WHERE is_active"
        " ORDER BY display_order, id",
    )
    opened = []
    for row in rows:
        try:
            opened.append(msgspec.structs.replace(row, access_token=sealer.open(row.access_token)))
        except CannotOpen:
            _log.error("a page's token was sealed under another SECRET_KEY; connect it again", page=row.page_id)
    return tuple(opened)


async def answers_on(conn: Connection, *, page_id: str) -> bool:
    """Whether a page besides the first is connected, and the shop answers there.

    Args:
        conn: An open connection.
        page_id: As Facebook numbers it.
    """
    there = await conn.value("SELECT id FROM facebook_pages WHERE page_id = %(page_id)s AND is_active", page_id=page_id)
    return there is not None
