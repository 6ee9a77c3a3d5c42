"""The colours that pictures are painted with, by the names that people write in the demo shop's files."""

Colour = tuple[int, int, int]

NAMES = {
    "white": "FFFDF8", "cream": "FBEBD0", "sand": "E6CFA7", "tan": "D2A679", "wood": "C98F5E", "brown": "8B5A3C",
    "cocoa": "6A4333", "black": "2B2B33", "charcoal": "434957", "grey": "A9AFB8", "silver": "CDD5DC",
    "red": "E1503F", "coral": "FF8168", "terracotta": "CC7050", "rose": "F0909C", "pink": "F6A5C0",
    "magenta": "D6437F", "peach": "FFC3A0", "orange": "FF9A3C", "mango": "FFB838", "gold": "E3B04B",
    "yellow": "FFDC68", "lime": "B9D65A", "leaf": "74B463", "forest": "33705A", "mint": "9FDCC8", "teal": "2BA39B",
    "aqua": "62C9D6", "sky": "85C3EE", "blue": "4482DA", "navy": "2C4676", "lavender": "BBA8E6", "purple": "8059BC",
    "plum": "80446F", "wine": "96304C",
}  # fmt: skip
WHITE: Colour = (255, 255, 255)
INK: Colour = (43, 40, 58)


def colour(name: str) -> Colour:
    """A colour by its name in `NAMES`, or by its six hexadecimal digits.

    Raises:
        ValueError: It is neither.
    """
    digits = NAMES.get(name, name.removeprefix("#"))
    if len(digits) != 6:
        raise ValueError(f"no colour is called {name!r}")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The first colour with a share, 0 to 1, of the second in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def light(tone: Colour, share: float = 0.3) -> Colour:
    """A lighter tone."""
    return mix(tone, WHITE, share)


def deep(tone: Colour, share: float = 0.18) -> Colour:
    """A deeper tone, towards a warm ink and not towards black."""
    return mix(tone, INK, share)


def is_light(tone: Colour) -> bool:
    """Whether dark details show on it better than light ones."""
    return 0.299 * tone[0] + 0.587 * tone[1] + 0.114 * tone[2] > 165
