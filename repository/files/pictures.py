"""What people send as a picture, made into one that can be kept: decoded, and written anew without what else was in it.

A picture is looked at from its first bytes before it is decoded: one with too many pixels costs no memory. All of this
takes its time: call it in a thread.
"""

import hashlib
from io import BytesIO
from typing import Literal

import msgspec
from PIL import Image, ImageOps

SIZE_MOST = 10 * 1024 * 1024
"""Bytes of a picture as it is sent. Messenger's own pictures are far smaller."""
PIXELS_MOST = 50_000_000
"""Pixels of a picture as it is sent: a phone's camera has up to that many."""
SIDE_MOST = 2400
"""Pixels of the long side as it is kept: enough to read the small print of a receipt or an ID."""
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 88

Image.MAX_IMAGE_PIXELS = None  # our own limit stands above, and refuses instead of warning

Trouble = Literal["not_a_picture", "too_large", "too_many_pixels", "animated"]
"""Why something that was sent cannot be kept as a picture."""


class NotKept(Exception):
    """It is no picture that can be kept.

    Attributes:
        trouble: Why.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that can be kept.

    Attributes:
        content: Our own encoding of it, without metadata, upright.
        media_type: Of that.
        width: Pixels.
        height: Pixels.
        digest: SHA-256 of what was sent, by which the same file is known again.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    digest: bytes


def prepare(sent: bytes, *, side: int = SIDE_MOST) -> Picture:
    """Make what was sent into a picture that can be kept.

    Args:
        sent: The file, whatever it calls itself: only its bytes count.
        side: Pixels of the long side at most.

    Raises:
        NotKept: It is no picture, or one that is too large, or that moves.
    """
    if len(sent) > SIZE_MOST:
        raise NotKept("too_large")
    try:
        with Image.open(BytesIO(sent), formats=_FORMATS) as image:
            _check(image)
            upright = _decoded(image, side)
    except NotKept:
        raise
    except Exception:  # noqa: BLE001  (a broken file may fail in any way: it is no picture, whatever it is)
        raise NotKept("not_a_picture") from None
    written = BytesIO()
    upright.save(written, "JPEG", quality=_QUALITY, subsampling=0)
    return Picture(
        content=written.getvalue(),
        media_type="image/jpeg",
        width=upright.width,
        height=upright.height,
        digest=hashlib.sha256(sent).digest(),
    )


def _check(image: Image.Image) -> None:
    """Refuse by what the first bytes say, before anything is decoded."""
    width, height = image.size
    if width * height > PIXELS_MOST:
        raise NotKept("too_many_pixels")
    # A JPEG of some phones holds a second, smaller picture, which is no trick; a PNG or WebP of several moves.
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise NotKept("animated")


def _decoded(image: Image.Image, side: int) -> Image.Image:
    """The pixels alone: upright, not too large, on white where one could see through."""
    image.draft("RGB", (side, side))
    image.thumbnail((side, side), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        plain = Image.new("RGB", seen.size, "white")
        plain.paste(seen, mask=seen.getchannel("A"))
        return plain
    plain = upright.convert("RGB")
    plain.info = {}  # a comment in it would be written again
    return plain
