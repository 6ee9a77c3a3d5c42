"""Patterns that a motif may carry: each is painted over a rectangle, inside whatever outline the pen keeps to."""

from collections.abc import Callable
from math import pi, sin

import msgspec

from bot.pictures.palette import WHITE, Colour, deep, is_light, light
from bot.pictures.paths import box, leaf, oval, star
from bot.pictures.pen import Pen


class Area(msgspec.Struct, frozen=True):
    """Where a pattern goes, and its two colours.

    Attributes:
        left, top, right, bottom: The rectangle to cover.
        main: The colour that is there already.
        accent: The pattern's own colour.
    """

    left: float
    top: float
    right: float
    bottom: float
    main: Colour
    accent: Colour

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """The rectangle: left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


Pattern = Callable[[Pen, Area], None]


def plain(pen: Pen, on: Area) -> None:
    """Nothing on it."""


def stripes(pen: Pen, on: Area) -> None:
    """Level stripes, a broad one and a narrow one in turn."""
    left, top, right, bottom = on.sides
    y = top + 4
    while y < bottom:
        pen.fill(box(left, y, right, y + 3.4), on.accent)
        pen.fill(box(left, y + 5, right, y + 6), on.accent, 0.7)
        y += 11


def band(pen: Pen, on: Area) -> None:
    """One band of small triangles between two lines, as on local pottery."""
    left, top, right, bottom = on.sides
    middle, half = top + (bottom - top) * 0.45, (bottom - top) * 0.13
    pen.fill(box(left, middle - half, right, middle + half), on.accent)
    x = left
    while x < right:
        pen.fill(
            [(x, middle + half * 0.7), (x + half, middle - half * 0.6), (x + half * 2, middle + half * 0.7)], on.main
        )
        x += half * 2


def dots(pen: Pen, on: Area) -> None:
    """Polka dots in offset rows."""
    left, top, right, bottom = on.sides
    for row in range(int((bottom - top) / 6) + 2):
        for column in range(int((right - left) / 8) + 2):
            pen.fill(oval(left + column * 8 + row % 2 * 4, top + row * 6, 1.5), on.accent)


def checks(pen: Pen, on: Area) -> None:
    """Gingham."""
    left, top, right, bottom = on.sides
    for column in range(int((right - left) / 10) + 1):
        pen.fill(box(left + column * 10, top, left + column * 10 + 5, bottom), on.accent, 0.4)
    for row in range(int((bottom - top) / 10) + 1):
        pen.fill(box(left, top + row * 10, right, top + row * 10 + 5), on.accent, 0.4)


def waves(pen: Pen, on: Area) -> None:
    """Waves, one under the other."""
    left, top, right, bottom = on.sides
    count = int((bottom - top) / 6) + 1
    for row in range(count):
        line = [
            (left + step, top + 3 + row * 6 + 1.3 * sin(step * pi / 7 + row)) for step in range(int(right - left) + 2)
        ]
        pen.line(line, on.accent, 1.1, 0.8)


def floral(pen: Pen, on: Area) -> None:
    """Five-petalled flowers with a leaf each, like sampaguita."""
    left, top, right, bottom = on.sides
    for row in range(int((bottom - top) / 12) + 2):
        for column in range(int((right - left) / 14) + 2):
            x, y = left + column * 14 + row % 2 * 7 + 1, top + row * 12 + 2
            pen.fill(leaf(x + 2, y + 2, 5.5, 3.4, 40), deep(on.accent, 0.25), 0.75)
            blossom(pen, x, y, 3.1, on.accent, light(on.main, 0.75))


def leaves(pen: Pen, on: Area) -> None:
    """Small leaves, each turned its own way."""
    left, top, right, bottom = on.sides
    for row in range(int((bottom - top) / 9) + 2):
        for column in range(int((right - left) / 11) + 2):
            pen.fill(
                leaf(left + column * 11 + row % 2 * 5, top + row * 9, 7, 3.4, (row * 83 + column * 57) % 360), on.accent
            )


def stars(pen: Pen, on: Area) -> None:
    """Small stars in offset rows."""
    left, top, right, bottom = on.sides
    for row in range(int((bottom - top) / 9) + 2):
        for column in range(int((right - left) / 11) + 2):
            pen.fill(star(left + column * 11 + row % 2 * 5.5, top + row * 9, 2.6, 1.2), on.accent)


def weave(pen: Pen, on: Area) -> None:
    """A plain weave of flat strips, over and under."""
    left, top, right, bottom = on.sides
    size = 3.2
    dark = deep(on.main, 0.16)
    for row in range(int((bottom - top) / size) + 1):
        for column in range(int((right - left) / size) + 1):
            if (row + column) % 2:
                x, y = left + column * size, top + row * size
                pen.fill(box(x, y, x + size, y + size), dark, 0.55)
                pen.fill(box(x, y, x + size, y + 0.7), WHITE, 0.2)


def inabel(pen: Pen, on: Area) -> None:
    """Rows of diamonds between fine lines, after the handlooms of Ilocos."""
    left, top, right, bottom = on.sides
    height = 12.0
    for row in range(int((bottom - top) / height) + 2):
        y = top + row * height
        pen.fill(box(left, y, right, y + 0.9), on.accent)
        pen.fill(box(left, y + 1.8, right, y + 2.3), WHITE, 0.7)
        for column in range(int((right - left) / 8) + 2):
            x, middle = left + column * 8, y + height / 2 + 1
            pen.fill([(x - 3.4, middle), (x, middle - 3.6), (x + 3.4, middle), (x, middle + 3.6)], on.accent)
            pen.fill([(x - 1.6, middle), (x, middle - 1.7), (x + 1.6, middle), (x, middle + 1.7)], light(on.main, 0.7))


def label(pen: Pen, on: Area) -> None:
    """A paper label with an emblem and lines of print too small to read."""
    left, top, right, bottom = on.sides
    middle, high = (left + right) / 2, bottom - top
    y0, y1 = top + high * 0.36, top + high * 0.82
    size = min((y1 - y0) * 0.24, (right - left) * 0.17)
    paper = (255, 251, 241)
    ink = next((tone for tone in (on.accent, on.main) if not is_light(tone)), deep(on.accent, 0.45))
    pen.fill(box(left, y0, right, y1), paper)
    pen.fill(box(left, y0, right, y0 + 1.6), ink)
    pen.fill(box(left, y1 - 1.6, right, y1), ink)
    centre = y0 + (y1 - y0) * 0.4
    pen.fill(oval(middle, centre, size * 1.25), light(ink, 0.62))
    for turn in (-135, -90, -45):
        pen.fill(leaf(middle, centre + size * 0.75, size * 1.55, size * 0.8, turn), deep(ink, 0.1))
    for row, share in enumerate((0.26, 0.18)):
        y = y0 + (y1 - y0) * 0.76 + row * 2
        pen.fill(
            box(middle - (right - left) * share, y, middle + (right - left) * share, y + 0.9, 0.45), deep(ink, 0.3), 0.7
        )


def capiz(pen: Pen, on: Area) -> None:
    """Panes of capiz shell in a fine lattice."""
    left, top, right, bottom = on.sides
    size = 5.0
    for row in range(int((bottom - top) / size) + 1):
        for column in range(int((right - left) / size) + 1):
            x, y = left + column * size, top + row * size
            if (row * 7 + column * 3) % 4 == 0:
                pen.fill(box(x, y, x + size, y + size), WHITE, 0.5)
        pen.fill(box(left, top + row * size, right, top + row * size + 0.5), on.accent)
    for column in range(int((right - left) / size) + 2):
        pen.fill(box(left + column * size, top, left + column * size + 0.5, bottom), on.accent)


def kubo(pen: Pen, on: Area) -> None:
    """A nipa hut under the sun among its plants."""
    left, top, right, bottom = on.sides
    middle, ground = (left + right) / 2, top + (bottom - top) * 0.78
    size = (right - left) / 30
    pen.fill(box(left, top, right, bottom), light(on.main, 0.62))
    pen.fill(oval(middle, ground - 15 * size, 13 * size), light(on.accent, 0.25))
    pen.fill(box(left, ground, right, bottom), on.main)
    for x in (-5, 4):
        pen.fill(box(middle + x * size, ground - 6 * size, middle + (x + 1) * size, ground + size), (110, 72, 48))
    pen.fill(box(middle - 7 * size, ground - 13 * size, middle + 7 * size, ground - 4 * size), (214, 164, 106))
    pen.fill(box(middle - 2 * size, ground - 11 * size, middle + 2 * size, ground - 4 * size), (110, 72, 48))
    roof = [(-11, -12), (-4, -22), (4, -22), (11, -12)]
    pen.fill([(middle + x * size, ground + y * size) for x, y in roof], (150, 100, 62))
    for share in (0.08, 0.29, 0.5, 0.71, 0.92):
        root = left + (right - left) * share
        for turn in (-130, -90, -50):
            pen.fill(leaf(root, ground + 2 * size, 6 * size, 3 * size, turn), deep(on.main, 0.3))


def blossom(pen: Pen, x: float, y: float, reach: float, petals: Colour, heart: Colour) -> None:
    """One flower seen from the front."""
    for petal in range(5):
        turned = pen.at(x, y, turn=petal * 72)
        turned.fill(oval(0, -reach * 0.62, reach * 0.46, reach * 0.56), petals)
    pen.fill(oval(x, y, reach * 0.34), heart)


PATTERNS: dict[str, Pattern] = {
    "plain": plain, "stripes": stripes, "band": band, "dots": dots, "checks": checks, "waves": waves, "floral": floral,
    "leaves": leaves, "stars": stars, "weave": weave, "inabel": inabel, "label": label, "capiz": capiz,
    "kubo": kubo,
}  # fmt: skip
