"""The demo shop's pictures: all that 0.1.0 could draw and no more, and such as Messenger shows whole."""

from hashlib import sha256
from pathlib import Path

import pytest

from handlers.web.pictures import PICTURES
from repository.workshop import demo

WIDE = (800, 419)  # 1.91:1, as cards in Messenger show it
SQUARE = (480, 480)
PRODUCTS = [line["slug"] for line in demo.lines("products")]
CATEGORIES = [f"category-{line['slug']}" for line in demo.lines("categories")]
SIZES = {
    **{f"{name}.jpg": WIDE for name in (*PRODUCTS, *CATEGORIES, "welcome")},
    **{f"{name}-square.jpg": SQUARE for name in (*PRODUCTS, *CATEGORIES)},
    "shop.jpg": SQUARE,
}
FILES = sorted(PICTURES.iterdir())

# Start of frame: baseline and progressive, the two kinds that every browser and Messenger show (ITU-T T.81, table B.1).
FRAMES = (0xC0, 0xC2)
SCAN = 0xDA


def size(picture: bytes) -> tuple[int, int]:
    """The width and height in pixels that a JPEG file says; every segment up to its pixels is walked."""
    assert picture.startswith(b"\xff\xd8\xff"), "no JPEG"
    assert picture.endswith(b"\xff\xd9"), "cut off"
    at, told = 2, (0, 0)
    while picture[at + 1] != SCAN:
        assert picture[at] == 0xFF, f"no segment begins at byte {at}"
        if picture[at + 1] in FRAMES:
            high, wide = picture[at + 5 : at + 7], picture[at + 7 : at + 9]
            told = int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        at += 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
    return told


def test_every_picture_is_there_and_none_that_nothing_shows() -> None:
    assert {path.name for path in FILES} == set(SIZES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_picture_is_a_small_jpeg_of_the_shape_that_cards_have(path: Path) -> None:
    picture = path.read_bytes()
    assert size(picture) == SIZES[path.name]
    assert len(picture) < 60_000, "Messenger takes 8 MB, but a shopper pays for what a carousel loads"


def test_no_two_pictures_are_the_same() -> None:
    assert len({sha256(path.read_bytes()).digest() for path in FILES}) == len(FILES)


def test_all_of_them_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 4_000_000, "everybody who clones the project carries them"
