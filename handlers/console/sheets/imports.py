"""A sheet is sent, its columns are matched, what it would do is shown; then it is written, and can be taken back."""

import asyncio
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from aiohttp import web

from bot.base import clock
from handlers.console.base.uploads import keep_sheet
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.sheets.last import HOME, bring_pictures
from handlers.console.sheets.writing import written
from repository.database.connection import Connection
from repository.importing import journal, matches, planning, reverting
from repository.importing.applying import Overtaken, apply
from repository.importing.planning import Plan
from repository.sheets.goods import Reading
from repository.sheets.reading import possible_signatures, read_sheet
from repository.sheets.table import Unreadable, letters
from repository.sheets.titles import Field, plain

FILE_MOST = 24 * 1024 * 1024  # bytes of a sheet
_SHOWN_MOST = 50
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "": "Not used",
        **{field: field.replace("_", " ").capitalize() for field in Field if field != Field.IGNORED},
        Field.SKU: "SKU (article number)",
        Field.KEY: "What joins the rows of a product",
        Field.PRICE: "Price",
        Field.LIST_PRICE: "Price before",
        Field.OPTION: "Option, such as size",
        Field.ORIGIN: "Where it comes from",
        Field.TYPE: "Kind of row",
        Field.SUBCATEGORY: "Category within it",
        Field.TAXONOMY: "Category of a marketplace",
    }
)
"""What a column can be, in words."""


async def upload(visit: Visit) -> web.Response:
    """Keep the file that was sent, and look at it."""
    return visit.to(f"{HOME}/{await keep_sheet(visit, possible_signatures, home=HOME)}")


async def show(visit: Visit) -> web.Response:
    """What a file says, and what it would do; nothing is written."""
    import_id = visit.number("id")
    content = await _draft(visit, import_id)
    currency = visit.shop.settings.shop_currency
    try:
        reading = await _reading(visit, content)
    except Unreadable as refused:
        titles = await asyncio.to_thread(_titles, content)
        return await visit.page(
            "import_plan.html", import_id=import_id, unread=str(refused), titles=titles, choices=CHOICES, reading=None
        )
    plan = await planning.plan(visit.shop.database, reading)
    columns = [
        (
            letters(column.at),
            column.title,
            plain(column.title),
            "" if column.field == Field.IGNORED else column.field or "",
        )
        for column in reading.columns
    ]
    return await visit.page(
        "import_plan.html",
        import_id=import_id,
        reading=reading,
        plan=plan,
        columns=columns,
        choices=CHOICES,
        currency=currency,
        is_foreign=reading.currency not in ("", currency),
        shown=_SHOWN_MOST,
        changed=[step for step in plan.steps if step.was is not None][:_SHOWN_MOST],
    )


async def match(visit: Visit) -> web.Response:
    """Remember what a person says that the columns are."""
    import_id = visit.number("id")
    content = await _draft(visit, import_id)
    said: dict[str, Field | None] = {
        name.removeprefix("column-"): Field(value) if value in CHOICES and value else None
        for name, value in visit.form.items()
        if name.startswith("column-")
    }
    try:
        reading = await asyncio.to_thread(read_sheet, content, today=_today(visit), matched=said)
    except Unreadable as refused:
        raise Declined(str(refused), f"{HOME}/{import_id}") from None

    async def work(conn: Connection) -> None:
        await matches.remember(conn, signature=reading.signature, fields=said, by=visit.by)

    await visit.write(work)
    return visit.to(f"{HOME}/{import_id}", Notice("Remembered: the next file like this is read so."))


async def confirm(visit: Visit) -> web.Response:
    """Write what was shown."""
    import_id = visit.number("id")
    reading = await _reading(visit, await _draft(visit, import_id))
    if reading.currency not in ("", visit.shop.settings.shop_currency):
        raise Declined(f"The prices are in {reading.currency}: nothing is converted.", f"{HOME}/{import_id}")
    plan = await planning.plan(visit.shop.database, reading)
    return await written(visit, import_id, _write(visit, import_id, plan))


async def _write(visit: Visit, import_id: int, plan: Plan) -> Notice:
    """Write a plan, and say what came of it."""
    async with visit.shop.database.connection() as conn:
        called = await journal.draft_name(conn, import_id=import_id)
    try:
        await apply(visit.shop.database, plan, file_name=called, by=visit.by)
    except Overtaken:
        why = "Somebody changed products meanwhile. Please look again, and go on."
        raise Declined(why, f"{HOME}/{import_id}") from None

    async def drop(conn: Connection) -> None:
        await journal.drop_draft(conn, import_id=import_id)

    await visit.write(drop)
    told = f"{plan.new:,} products are new, {plan.changed:,} changed, {len(plan.errors):,} rows were left out."
    return Notice(told, undo=f"{HOME}/revert")


async def pictures(visit: Visit) -> web.Response:
    """Bring in the zip of pictures that was sent."""
    if "pictures" not in visit.files:
        raise Declined("Please choose a zip first.", HOME)
    return await written(visit, 0, bring_pictures(visit))


async def revert(visit: Visit) -> web.Response:
    """Take the last import back."""
    done = await reverting.revert(visit.shop.database, by=visit.by)
    if done is None:
        raise Declined("There is no import to take back.", HOME)
    return visit.to(
        HOME,
        Notice(
            f"Taken back: {done.restored:,} are as they were, {done.archived:,} are no longer sold,"
            f" {done.kept:,} were changed since and stay."
        ),
    )


async def _draft(visit: Visit, import_id: int) -> bytes:
    async with visit.shop.database.connection() as conn:
        return await journal.draft(conn, import_id=import_id, by=visit.by)


async def _reading(visit: Visit, content: bytes) -> Reading:
    """The file as it was said that its kind is read."""
    known = await asyncio.to_thread(possible_signatures, content)
    async with visit.shop.database.connection() as conn:
        said = await matches.said_before(conn, known)
    return await asyncio.to_thread(read_sheet, content, today=_today(visit), matched=said)


def _titles(content: bytes) -> list[str]:
    """The titles of the first row that may hold some."""
    found = sorted(possible_signatures(content), key=len)
    return found[0].split("|") if found else []


def _today(visit: Visit) -> date:
    return clock.now().astimezone(visit.shop.settings.offset).date()
