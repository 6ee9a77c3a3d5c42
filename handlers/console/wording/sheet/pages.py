"""A file of replies is sent, what it would do is shown, then it is written; and all replies as a file."""

import asyncio

from aiohttp import web

from handlers.console.base.pages import Page
from handlers.console.base.uploads import keep_sheet
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.wording.sheet import planning, writing
from handlers.console.wording.sheet.applying import Overtaken, apply
from handlers.console.wording.sheet.planning import Plan
from handlers.console.wording.sheet.reading import read_replies
from repository.database.connection import Connection
from repository.importing import journal
from repository.sheets.table import Unreadable

HOME = "/replies/import"
FILE_MOST = 12 * 1024 * 1024  # bytes of a file of replies
_SHOWN_MOST = 50
_ONE = HOME + r"/{id:\d+}"


async def begin(visit: Visit) -> web.Response:
    """Where a file is chosen."""
    return await visit.page("replies_import.html")


async def upload(visit: Visit) -> web.Response:
    """Keep the file that was sent, and look at it."""
    return visit.to(f"{HOME}/{await keep_sheet(visit, read_replies, home=HOME)}")


async def show(visit: Visit) -> web.Response:
    """What a file would do; nothing is written."""
    plan = await _plan(visit)
    changed = [step for step in plan.steps if step.was is not None][:_SHOWN_MOST]
    new = [step for step in plan.steps if step.was is None][:_SHOWN_MOST]
    return await visit.page(
        "replies_plan.html", import_id=visit.number("id"), plan=plan, changed=changed, new=new, shown=_SHOWN_MOST
    )


async def confirm(visit: Visit) -> web.Response:
    """Write what was shown."""
    import_id, plan = visit.number("id"), await _plan(visit)
    try:
        await apply(visit.shop.database, plan, by=visit.by)
    except Overtaken:
        why = "Somebody changed replies meanwhile. Please look again, and go on."
        raise Declined(why, f"{HOME}/{import_id}") from None

    async def drop(conn: Connection) -> None:
        await journal.drop_draft(conn, import_id=import_id)

    await visit.write(drop)
    told = f"{plan.new:,} are new, {plan.changed:,} changed, {len(plan.errors):,} rows were left out."
    return visit.to("/replies", Notice(told))


async def download(visit: Visit) -> web.Response:
    """All replies as a file that imports to no change."""
    asked = visit.request.query.get("format", "csv")
    kind: writing.Format = next((one for one in writing.TYPES if one == asked), "csv")
    async with visit.shop.database.connection() as conn:
        found = await writing.rows(conn)
    content = await asyncio.to_thread(writing.file_of, found, kind)
    return web.Response(
        body=content,
        content_type=writing.TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="replies.{kind}"'},
    )


async def _plan(visit: Visit) -> Plan:
    async with visit.shop.database.connection() as conn:
        content = await journal.draft(conn, import_id=visit.number("id"), by=visit.by)
        try:
            read = await asyncio.to_thread(read_replies, content)
        except Unreadable as refused:  # a sheet of products that was kept by another page
            raise Declined(str(refused), HOME) from None
        return await planning.plan(conn, read, currency=visit.shop.settings.shop_currency)


PAGES = (
    Page("GET", HOME, begin, "replies.edit"),
    Page("POST", HOME, upload, "replies.edit", FILE_MOST),
    Page("GET", _ONE, show, "replies.edit"),
    Page("POST", f"{_ONE}/apply", confirm, "replies.edit"),
    Page("GET", "/replies/export", download, "replies.view"),
)
