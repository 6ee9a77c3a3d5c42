"""A whole picture: the ground in the shelf's colours, the thing on it, and the file that comes out."""

from io import BytesIO
from math import pi, sin

import msgspec
from PIL import Image

from bot.pictures.look import Look
from bot.pictures.motifs import LYING, STANDING
from bot.pictures.palette import WHITE, colour, deep, light
from bot.pictures.paths import leaf, oval, star
from bot.pictures.pen import Dice, Pen

WIDE = (800, 419)  # 1.91:1, as cards in Messenger show it
SQUARE = (480, 480)


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """What to draw, in words that a person can write in a table.

    Attributes:
        motif: The kind of thing, a name in `MOTIFS`.
        colours: Its main colour and its accent, names in `palette.NAMES`.
        pattern: A name in `patterns.PATTERNS`.
        ground: Two colours that the ground goes between.
        mood: What floats in the ground: a name in `MOODS`.
    """

    motif: str
    colours: tuple[str, str] = ("teal", "cream")
    pattern: str = "plain"
    ground: tuple[str, str] = ("sky", "mint")
    mood: str = "dots"


def draw(drawing: Drawing, *, seed: str, size: tuple[int, int] = WIDE) -> bytes:
    """A picture as a JPEG file, the same bytes for the same words.

    Args:
        drawing: What to draw.
        seed: What varies the small details; a product's slug.
        size: Width and height in pixels.

    Raises:
        ValueError: A motif, colour, pattern or mood has an unknown name.
    """
    motif = STANDING.get(drawing.motif) or LYING.get(drawing.motif)
    if motif is None:
        raise ValueError(f"no motif is called {drawing.motif!r}")
    dice = Dice(seed)
    pen = ground(drawing, dice, size, stands=drawing.motif in STANDING)
    main, accent = (colour(name) for name in drawing.colours)
    motif(pen, Look(main, accent, drawing.pattern, dice))
    return finish(pen)


def ground(drawing: Drawing, dice: Dice, size: tuple[int, int], *, stands: bool) -> Pen:
    """An empty picture with its ground painted, and the pen for it."""
    width, height = size[0] * 2, size[1] * 2
    first, second = (colour(name) for name in drawing.ground)
    corners = Image.new("RGB", (2, 2))
    corners.putdata([light(first, 0.78), light(first, 0.56), light(second, 0.66), light(second, 0.5)])
    image = corners.resize((width, height), Image.Resampling.BICUBIC)
    unit = min(height / 104, width / 134)
    pen = Pen(image, (unit, 0, width / 2, 0, unit, height / 2 + unit * (2 if stands else 0)))
    reach = width / unit / 2
    pen.fill(oval(dice.between(-4, 4), -3, 47), WHITE, 0.34)
    MOODS[drawing.mood](pen, dice, reach)
    if stands:
        tone = deep(light(second, 0.3), 0.05)
        pen.fill(
            [
                (-reach, 33),
                *[(x * reach / 10, 33 - 1.6 * sin((x + 10) * pi / 20)) for x in range(-10, 11)],
                (reach, 80),
                (-reach, 80),
            ],
            tone,
            0.75,
        )
    return pen


def finish(pen: Pen) -> bytes:
    """The finished picture at its own size, as a JPEG file."""
    file = BytesIO()
    pen.image.reduce(2).save(file, "JPEG", quality=84, optimize=True)
    return file.getvalue()


def _dots(pen: Pen, dice: Dice, reach: float) -> None:
    for index in range(14):
        x = (index / 13 * 2 - 1) * reach
        pen.fill(oval(x, dice.between(-46, 24), dice.between(0.8, 2.4)), WHITE, 0.5)


def _leaves(pen: Pen, dice: Dice, reach: float) -> None:
    for side in (-1, 1):
        stem = pen.at(side * reach, dice.between(-40, -30), 1.3, turn=90 - side * 90 + dice.between(8, 24) * side)
        for step in range(4):
            for turn in (-40, 40):
                stem.fill(leaf(step * 9, 0, 13, 6, turn), WHITE, 0.26)


def _waves(pen: Pen, dice: Dice, reach: float) -> None:
    for row in range(3):
        y, shift = -38 + row * 26, dice.between(0, 6)
        line = [(x, y + 3 * sin((x + shift) * pi / 22)) for x in range(-int(reach) - 2, int(reach) + 3)]
        pen.line(line, WHITE, 1.6, 0.34)


def _bubbles(pen: Pen, dice: Dice, reach: float) -> None:
    for index in range(11):
        x, size = (index / 10 * 2 - 1) * reach, dice.between(2, 6)
        y = dice.between(-46, 22)
        pen.fill(oval(x, y, size), WHITE, 0.26)
        pen.fill(oval(x - size * 0.35, y - size * 0.35, size * 0.22), WHITE, 0.6)


def _sky(pen: Pen, dice: Dice, reach: float) -> None:
    for side in (-1, 1):
        x, y = side * reach * 0.72, dice.between(-38, -14)
        for dx, dy, size in ((-8, 0, 6), (0, -4, 8), (9, 0, 6)):
            pen.fill(oval(x + dx, y + dy, size), WHITE, 0.6)
        pen.fill(oval(x, y + 3, 15, 4), WHITE, 0.6)
    for index in range(8):
        pen.fill(star((index / 7 * 2 - 1) * reach * 0.95, dice.between(-46, 20), 2.2, 1), WHITE, 0.75)


def _fiesta(pen: Pen, dice: Dice, reach: float) -> None:
    tones = [colour(name) for name in ("red", "mango", "leaf", "sky", "magenta")]
    shift = round(dice.between(0, 4))
    for row, (top, sag) in enumerate(((-52, 9), (-46, 13))):
        count = 11
        for index in range(count):
            x = ((index + 0.5) / count * 2 - 1) * reach
            y = top + sag * (1 - (x / reach) ** 2)
            tone = light(tones[(index + shift + row * 2) % 5], 0.45)
            pen.fill([(x - 4, y), (x + 4, y), (x, y + 9)], tone, 0.75)
        rope = [(x, top + sag * (1 - (x / reach) ** 2)) for x in range(-int(reach) - 1, int(reach) + 2)]
        pen.line(rope, WHITE, 0.7, 0.9)


MOODS = {"dots": _dots, "leaves": _leaves, "waves": _waves, "bubbles": _bubbles, "sky": _sky, "fiesta": _fiesta}
