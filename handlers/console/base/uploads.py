"""Forms with a file in them, read piece by piece, so that nobody fills our memory; and what is in them."""

import asyncio
from collections.abc import Callable, Mapping

import msgspec
from aiohttp import BodyPartReader, web

from handlers.console.base.visit import Declined, Visit
from repository.catalogue import pictures
from repository.database.connection import Connection
from repository.files.pictures import Picture, Trouble, prepare
from repository.importing import journal
from repository.sheets.table import Unreadable

_PARTS_MOST = 100
_TEXT_MOST = 64 * 1024  # bytes of all that is no file
_AROUND = 128 * 1024  # bytes of texts, boundaries and heads around a file
FILE_MOST = 12 * 1024 * 1024  # bytes of a form with pictures: one of a good camera
TROUBLES: Mapping[Trouble, str] = {
    "not_a_picture": "That file is no picture that we can read. Please send a JPEG, PNG or WebP.",
    "too_large": "That picture has more than 10 MB. Please send a smaller one.",
    "too_many_pixels": "That picture has too many pixels. Please send one of 50 megapixels at most.",
    "animated": "That picture moves. Please send one that stands still.",
}
"""What to say of a picture that cannot be kept."""


class Sent(msgspec.Struct, frozen=True):
    """What a form held.

    Attributes:
        texts: Its fields, in order.
        files: The bytes of each file by its field; one that was left empty is not there.
    """

    texts: tuple[tuple[str, str], ...]
    files: Mapping[str, bytes]


async def with_files(request: web.Request, *, most: int) -> Sent:
    """A form that was sent as multipart/form-data.

    Args:
        request: A POST.
        most: Bytes that its files may have together.

    Raises:
        HTTPRequestEntityTooLarge: It is larger; nothing of it was read where it says so itself.
        HTTPBadRequest: It is no such form, or its sender left in the middle of it.
    """
    length = request.content_length
    if length is None or length > most + _AROUND:
        raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=length or 0)
    try:
        return await _read(request, most)
    except (ValueError, LookupError, AssertionError, RuntimeError, ConnectionError) as error:
        raise web.HTTPBadRequest from error


CALLED = "{} is called"
"""The field that says what a file was called, by the field that it was sent in."""


async def keep_sheet(visit: Visit, looked: Callable[[bytes], object], *, home: str) -> int:
    """Keep the sheet that was sent until it is decided about; the id of what is kept.

    Args:
        visit: Whose.
        looked: Refuses what is no such sheet, with `Unreadable`.
        home: Where to go on where it cannot be kept, below the console.

    Raises:
        Declined: Nothing was sent, or nothing that can be read.
    """
    content = visit.files.get("sheet")
    if content is None:
        raise Declined("Please choose a file first.", home)
    try:
        await asyncio.to_thread(looked, content)

        async def keep(conn: Connection) -> int:
            called = visit.form.get(CALLED.format("sheet"), "")
            return await journal.keep_draft(conn, content=content, file_name=called, by=visit.by)

        return await visit.write(keep)
    except Unreadable as refused:
        raise Declined(str(refused), home) from None


async def keep_picture(visit: Visit, sent: bytes) -> str:
    """Keep a picture; the address at which shoppers see it.

    Args:
        visit: Whose.
        sent: The file.

    Raises:
        NotKept: It is no picture that can be kept.
    """
    picture = await asyncio.to_thread(_prepared, sent)
    base = visit.shop.settings.public_url.rstrip("/") or str(visit.request.url.origin())

    async def work(conn: Connection) -> str:
        return base + await pictures.keep(conn, picture=picture)

    return await visit.write(work)


async def _read(request: web.Request, most: int) -> Sent:
    texts: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    left = {"text": _TEXT_MOST, "file": most}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or len(texts) + len(files) >= _PARTS_MOST:
            raise ValueError("a form inside of a form, or too many fields")
        kind = "text" if part.filename is None else "file"
        content = await _bytes_of(part, left[kind])
        left[kind] -= len(content)
        if kind == "text":
            texts.append((part.name or "", content.decode("utf-8")))
        elif content:
            files.setdefault(part.name or "", content)
            called = " ".join((part.filename or "").replace("\\", "/").rpartition("/")[2].split())
            texts.append((CALLED.format(part.name or ""), called[:255]))
    return Sent(tuple(texts), files)


async def _bytes_of(part: BodyPartReader, most: int) -> bytes:
    """What a part holds.

    Raises:
        HTTPRequestEntityTooLarge: It is more than that.
    """
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > most:
            raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=len(content))
    return bytes(content)


def _prepared(sent: bytes) -> Picture:
    return prepare(sent, side=pictures.SIDE)
