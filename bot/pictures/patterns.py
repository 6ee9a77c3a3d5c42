"""Patterns that a motif may carry: each is painted over a rectangle, inside whatever outline the pen keeps to."""

from collections.abc import Callable
from math import pi, sin

from bot.pictures.palette import WHITE, Colour, deep, is_light, light
from bot.pictures.paths import box, leaf, oval, star
from bot.pictures.pen import Pen

Pattern = Callable[[Pen, float, float, float, float, Colour, Colour], None]


def plain(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Nothing on it."""


def stripes(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Level stripes, a broad one and a narrow one in turn."""
    y = top + 4
    while y < bottom:
        pen.fill(box(left, y, right, y + 3.4), accent)
        pen.fill(box(left, y + 5, right, y + 6), accent, 0.7)
        y += 11


def band(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """One band of small triangles between two lines, as on local pottery."""
    middle, half = top + (bottom - top) * 0.45, (bottom - top) * 0.13
    pen.fill(box(left, middle - half, right, middle + half), accent)
    x = left
    while x < right:
        pen.fill([(x, middle + half * 0.7), (x + half, middle - half * 0.6), (x + half * 2, middle + half * 0.7)], main)
        x += half * 2


def dots(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Polka dots in offset rows."""
    for row in range(int((bottom - top) / 6) + 2):
        for column in range(int((right - left) / 8) + 2):
            pen.fill(oval(left + column * 8 + row % 2 * 4, top + row * 6, 1.5), accent)


def checks(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Gingham."""
    for column in range(int((right - left) / 10) + 1):
        pen.fill(box(left + column * 10, top, left + column * 10 + 5, bottom), accent, 0.4)
    for row in range(int((bottom - top) / 10) + 1):
        pen.fill(box(left, top + row * 10, right, top + row * 10 + 5), accent, 0.4)


def waves(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Waves, one under the other."""
    count = int((bottom - top) / 6) + 1
    for row in range(count):
        line = [(left + step, top + 3 + row * 6 + 1.3 * sin(step * pi / 7 + row)) for step in range(int(right - left) + 2)]
        pen.line(line, accent, 1.1, 0.8)


def floral(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Five-petalled flowers with a leaf each, like sampaguita."""
    for row in range(int((bottom - top) / 12) + 2):
        for column in range(int((right - left) / 14) + 2):
            x, y = left + column * 14 + row % 2 * 7 + 1, top + row * 12 + 2
            pen.fill(leaf(x + 2, y + 2, 5.5, 3.4, 40), deep(accent, 0.25), 0.75)
            blossom(pen, x, y, 3.1, accent, light(main, 0.75))


def leaves(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Small leaves, each turned its own way."""
    for row in range(int((bottom - top) / 9) + 2):
        for column in range(int((right - left) / 11) + 2):
            pen.fill(leaf(left + column * 11 + row % 2 * 5, top + row * 9, 7, 3.4, (row * 83 + column * 57) % 360), accent)


def stars(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Small stars in offset rows."""
    for row in range(int((bottom - top) / 9) + 2):
        for column in range(int((right - left) / 11) + 2):
            pen.fill(star(left + column * 11 + row % 2 * 5.5, top + row * 9, 2.6, 1.2), accent)


def weave(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """A plain weave of flat strips, over and under."""
    size = 3.2
    dark = deep(main, 0.16)
    for row in range(int((bottom - top) / size) + 1):
        for column in range(int((right - left) / size) + 1):
            if (row + column) % 2:
                x, y = left + column * size, top + row * size
                pen.fill(box(x, y, x + size, y + size), dark, 0.55)
                pen.fill(box(x, y, x + size, y + 0.7), WHITE, 0.2)


def inabel(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Rows of diamonds between fine lines, after the handlooms of Ilocos."""
    height = 12.0
    for row in range(int((bottom - top) / height) + 2):
        y = top + row * height
        pen.fill(box(left, y, right, y + 0.9), accent)
        pen.fill(box(left, y + 1.8, right, y + 2.3), WHITE, 0.7)
        for column in range(int((right - left) / 8) + 2):
            x, middle = left + column * 8, y + height / 2 + 1
            pen.fill([(x - 3.4, middle), (x, middle - 3.6), (x + 3.4, middle), (x, middle + 3.6)], accent)
            pen.fill([(x - 1.6, middle), (x, middle - 1.7), (x + 1.6, middle), (x, middle + 1.7)], light(main, 0.7))


def label(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """A paper label with an emblem and lines of print too small to read."""
    middle, high = (left + right) / 2, bottom - top
    y0, y1 = top + high * 0.36, top + high * 0.82
    size = min((y1 - y0) * 0.24, (right - left) * 0.17)
    paper = (255, 251, 241)
    ink = next((tone for tone in (accent, main) if not is_light(tone)), deep(accent, 0.45))
    pen.fill(box(left, y0, right, y1), paper)
    pen.fill(box(left, y0, right, y0 + 1.6), ink)
    pen.fill(box(left, y1 - 1.6, right, y1), ink)
    centre = y0 + (y1 - y0) * 0.4
    pen.fill(oval(middle, centre, size * 1.25), light(ink, 0.62))
    for turn in (-135, -90, -45):
        pen.fill(leaf(middle, centre + size * 0.75, size * 1.55, size * 0.8, turn), deep(ink, 0.1))
    for row, share in enumerate((0.26, 0.18)):
        y = y0 + (y1 - y0) * 0.76 + row * 2
        pen.fill(box(middle - (right - left) * share, y, middle + (right - left) * share, y + 0.9, 0.45), deep(ink, 0.3), 0.7)


def capiz(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """Panes of capiz shell in a fine lattice."""
    size = 5.0
    for row in range(int((bottom - top) / size) + 1):
        for column in range(int((right - left) / size) + 1):
            x, y = left + column * size, top + row * size
            if (row * 7 + column * 3) % 4 == 0:
                pen.fill(box(x, y, x + size, y + size), WHITE, 0.5)
        pen.fill(box(left, top + row * size, right, top + row * size + 0.5), accent)
    for column in range(int((right - left) / size) + 2):
        pen.fill(box(left + column * size, top, left + column * size + 0.5, bottom), accent)


def kubo(pen: Pen, left: float, top: float, right: float, bottom: float, main: Colour, accent: Colour) -> None:
    """A nipa hut under the sun among its plants."""
    middle, ground = (left + right) / 2, top + (bottom - top) * 0.78
    size = (right - left) / 30
    pen.fill(box(left, top, right, bottom), light(main, 0.62))
    pen.fill(oval(middle, ground - 15 * size, 13 * size), light(accent, 0.25))
    pen.fill(box(left, ground, right, bottom), main)
    for x in (-5, 4):
        pen.fill(box(middle + x * size, ground - 6 * size, middle + (x + 1) * size, ground + size), (110, 72, 48))
    pen.fill(box(middle - 7 * size, ground - 13 * size, middle + 7 * size, ground - 4 * size), (214, 164, 106))
    pen.fill(box(middle - 2 * size, ground - 11 * size, middle + 2 * size, ground - 4 * size), (110, 72, 48))
    roof = [(-11, -12), (-4, -22), (4, -22), (11, -12)]
    pen.fill([(middle + x * size, ground + y * size) for x, y in roof], (150, 100, 62))
    for index in range(5):
        x = left + (right - left) * (0.08 + 0.21 * index)
        for turn in (-130, -90, -50):
            pen.fill(leaf(x, ground + 2 * size, 6 * size, 3 * size, turn), deep(main, 0.3))


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
