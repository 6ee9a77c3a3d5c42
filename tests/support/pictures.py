"""Pictures as phones send them."""

import random
import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw


def receipt(number: int = 1, *, size: tuple[int, int] = (400, 700), kind: str = "PNG") -> bytes:
    """A screenshot of a payment, each number another picture."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, size[0] - 20, 90), fill="blue")
    draw.text((40, 120), f"Sent via GCash no. {number}", fill="black")
    written = BytesIO()
    image.save(written, kind)
    return written.getvalue()


def photo(*, size: tuple[int, int] = (1200, 900), seed: int = 1, quality: int = 95, orientation: int = 1) -> bytes:
    """A photo with noise in it, the place where it was taken and a comment: JPEG."""
    noise = random.Random(seed).randbytes(size[0] * size[1] * 3)
    image = Image.frombytes("RGB", size, noise)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera that tells"
    exif.get_ifd(0x8825)[1] = "N"
    written = BytesIO()
    image.save(written, "JPEG", quality=quality, exif=exif.tobytes(), comment=b"A comment that tells")
    return written.getvalue()


def enormous(width: int = 10_000, height: int = 10_000) -> bytes:
    """A PNG whose head says how large it is: a hundred megapixels that nobody should decode."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * 16)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def moving(kind: str = "PNG") -> bytes:
    """A file of two pictures, of which every program shows another one."""
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("white", "black")]
    written = BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
