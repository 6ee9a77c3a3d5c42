"""Forms with a file in them, read piece by piece, so that nobody fills our memory."""

from collections.abc import Mapping

import msgspec
from aiohttp import BodyPartReader, web

_PARTS_MOST = 100
_TEXT_MOST = 64 * 1024  # bytes of all that is no file
_AROUND = 128 * 1024  # bytes of texts, boundaries and heads around a file


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
