"""What a large picture takes that proves a payment, and one that is too large to be looked at."""

import random
import struct
import zlib
from io import BytesIO

from msgspec.structs import replace
from PIL import Image

from bot.base import clock
from bot.base.settings import Settings
from bot.workshop.bench.figures import Figure, figure
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.stage import staged
from repository.database.scalars import number
from repository.files.pictures import NotKept, prepare

STORED, REFUSED = 2000.0, 100.0
"""Milliseconds in which a proof of 8 MB is stored and answered, and in which a hundred megapixels are refused."""
_ANSWERS = ("0917 123 4567", "12 Mabini Street, San Antonio, Makati, Metro Manila")


async def measured(settings: Settings) -> list[Figure]:
    """Order with GCash, prove it with a large picture; and refuse one with too many pixels.

    Args:
        settings: Of a shop that sells something.
    """
    picture = _photo()
    files_key = "a key of the benchmark for pictures of nobody"
    async with staged(replace(settings, files_key=files_key, graph_api_url="", host="127.0.0.1", port=0)) as stage:
        ana = stage.shopper()
        await _orders(ana)
        began = clock.monotonic()
        await ana.sends_picture(picture)
        stored = clock.monotonic() - began
        async with stage.parts.database.connection() as conn:
            if not number(await conn.value("SELECT COUNT(*) FROM order_proofs WHERE file_id IS NOT NULL")):
                raise RuntimeError("the proof was not stored")
    began = clock.monotonic()
    try:
        prepare(_enormous())
    except NotKept:
        refused = clock.monotonic() - began
    else:
        raise RuntimeError("a hundred megapixels were taken")
    return [
        figure(f"a proof of {len(picture) / 1e6:.1f} MB, stored and answered", 1000 * stored, "ms", STORED),
        figure("a picture of 100 megapixels, refused", 1000 * refused, "ms", REFUSED),
    ]


async def _orders(ana: Shopper) -> None:
    await ana.says("Product 1-1")
    await ana.taps("Add to cart")
    await ana.taps("Checkout")
    await ana.taps(ana.person.name)
    for answer in _ANSWERS:
        await ana.says(answer)
    await ana.taps("Skip")
    await ana.taps("GCash")
    await ana.taps("✅ Confirm order")


def _photo() -> bytes:
    """A photo of about eight million bytes: of noise, which is what a file is large of."""
    width, height = 3300, 2475
    noise = random.Random(8).randbytes(width * height * 3)  # noqa: S311  (it is a picture of nothing)
    written = BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(written, "JPEG", quality=92)
    return written.getvalue()


def _enormous() -> bytes:
    """A PNG whose head says that it has a hundred million pixels."""
    head = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 160_016)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
