"""What the page sends, read into structs, and what it is answered."""

from typing import TypeVar

import msgspec
from aiohttp import web

T = TypeVar("T")


def decode(body: bytes, into: type[T]) -> T:
    """A body as one of the page's structs.

    Raises:
        web.HTTPBadRequest: It is none.
    """
    try:
        return msgspec.json.decode(body, type=into)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise web.HTTPBadRequest(text=str(error)) from None


def answer(value: object, *, status: int = 200) -> web.Response:
    """An answer to the page, as JSON that nobody keeps.

    Args:
        value: What it says.
        status: HTTP's.
    """
    return web.Response(
        body=msgspec.json.encode(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
