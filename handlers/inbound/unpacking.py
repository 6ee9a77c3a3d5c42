"""A body that came packed, unpacked within limits: a small one may hold gigabytes."""

import zlib
from typing import Final

_WINDOWS: Final = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class UnknownPacking(Exception):
    """Nobody here unpacks that."""


class BadPacking(Exception):
    """The body is not packed as it says."""


class TooLarge(Exception):
    """More is in it than is taken."""


def unpacked(body: bytes, encoding: str, *, most: int) -> bytes:
    """What is in a body.

    Args:
        body: As it was sent.
        encoding: Its `Content-Encoding`.
        most: Bytes at most that are unpacked.

    Raises:
        UnknownPacking: Another one than gzip and deflate, or several.
        BadPacking: It is not packed so.
        TooLarge: More is in it.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return body
    if name not in _WINDOWS:
        raise UnknownPacking(name)
    unpacker = zlib.decompressobj(_WINDOWS[name])
    try:
        content = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        raise BadPacking(name) from error
    if len(content) > most:
        raise TooLarge(name)
    if not unpacker.eof:
        raise BadPacking(name)
    return content
