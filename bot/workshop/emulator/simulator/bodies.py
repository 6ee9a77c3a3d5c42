"""What the page sends, read into structs."""

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
