"""The audit: a list that is read, filtered and taken out, and that nobody edits."""

from collections.abc import Mapping

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.audit.asked import AREAS, asked_in, called
from handlers.console.base import tables
from handlers.console.base.pages import Page, Screen
from handlers.console.base.sheets import begin, lines
from handlers.console.base.visit import Visit
from repository.database.connection import Connection
from repository.staff import trail
from repository.staff.trail import Deed

AT_ONCE = 500
ROWS_MOST = 200_000


class Change(msgspec.Struct, frozen=True):
    """A part of something, before and after.

    Attributes:
        name: Which part.
        before: How it was.
        after: How it is since.
    """

    name: str
    before: str
    after: str


async def show(visit: Visit) -> web.Response:
    """The page with the list."""
    asked, form = asked_in(visit.request.query, visit.shop.settings.offset)
    async with visit.shop.database.connection() as conn:

        async def fetch(key: int | None, backwards: bool, limit: int) -> list[Deed]:
            return await trail.page(conn, asked=asked, limit=limit, key=key, backwards=backwards)

        place = tables.place_in(visit.request.query, int)
        found = await tables.turned(place, fetch=fetch, key=lambda deed: deed.id, filters=form.address)
        changes = {deed.id: await _changes(conn, deed) for deed in found.rows}
        areas = {area: AREAS.get(area, area) for area in await trail.areas(conn)}
        people = await trail.people(conn)
    return await visit.page(
        "audit.html", found=found, form=form, areas=areas, people=people, changes=changes, called=called
    )


async def download(visit: Visit) -> web.StreamResponse:
    """What is filtered, as a file."""
    asked, _ = asked_in(visit.request.query, visit.shop.settings.offset)
    columns = ("When", "Who", "Did", "To what", "More", "From")
    response = await begin(visit, f"audit-{clock.now():%Y-%m-%d}.csv", columns)
    key, written = None, 0
    while written < ROWS_MOST:
        async with visit.shop.database.connection() as conn:
            rows = await trail.page(conn, asked=asked, limit=AT_ONCE, key=key)
        if rows:
            await response.write(lines([_row(deed) for deed in rows]))
            key = rows[-1].id
            written += len(rows)
        if len(rows) < AT_ONCE:
            break
    await response.write_eof()
    return response


def _row(deed: Deed) -> tuple[str, ...]:
    when = f"{deed.at:%Y-%m-%d %H:%M:%S}"
    return (when, deed.who or "command line", deed.action, deed.subject, deed.details, deed.ip_address)


async def _changes(conn: Connection, deed: Deed) -> list[Change]:
    """What a deed changed, part by part, as far as that is kept."""
    details = _read(deed.details)
    version = details.pop("version", None)
    if isinstance(version, int):
        after, before = await trail.saved(conn, version_id=version)
        return [
            Change(name, _text(before.get(name)), _text(value))
            for name, value in after.items()
            if _text(before.get(name)) != _text(value)
        ]
    if details.keys() == {"before", "after"}:
        old, new = details["before"], details["after"]
        if isinstance(old, dict) and isinstance(new, dict):
            return [Change(str(name), _text(old.get(name)), _text(value)) for name, value in new.items()]
        return [Change("", _text(old), _text(new))]
    return [Change(name, "", _text(value)) for name, value in details.items()]


def _read(details: str) -> dict[str, object]:
    try:
        return msgspec.json.decode(details or "{}", type=dict[str, object])
    except msgspec.MsgspecError:
        return {}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping | list | bool):
        return msgspec.json.encode(value).decode()
    return str(value)


SCREEN = Screen(
    (
        Page("GET", "/audit", show, "audit"),
        Page("GET", "/audit/export.csv", download, "audit"),
    ),
    name="Audit",
    icon="clock",
)
