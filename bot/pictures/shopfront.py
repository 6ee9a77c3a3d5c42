"""The shop's own pictures: its logo and the banner that welcomes shoppers."""

from bot.pictures.look import Look
from bot.pictures.motifs import LYING, STANDING
from bot.pictures.palette import WHITE, Colour, colour, deep, light
from bot.pictures.paths import arc, box, oval, smooth
from bot.pictures.pen import Dice, Pen
from bot.pictures.scene import SQUARE, WIDE, Drawing, finish, ground

TEAL, MANGO = colour("teal"), colour("mango")


def logo(size: tuple[int, int] = SQUARE) -> bytes:
    """The shop's logo as a JPEG file: a sari-sari window that is a speech bubble.

    Args:
        size: Width and height in pixels.
    """
    dice = Dice("logo")
    pen = ground(Drawing(motif="", ground=("teal", "aqua"), mood="dots"), dice, size, stands=False).at(0, -2, 1.15)
    pen.shadow(oval(0, 0, 46))
    pen.fill(oval(0, 0, 46), deep(TEAL, 0.06))
    pen.fill(oval(0, 0, 42.6), TEAL)
    bubble = [
        *box(-29, -18, 29, 24, 4, 4, 10, 10)[:33],
        (4, 24),
        (-12, 35),
        (-10, 24),
        *box(-29, -18, 29, 24, 4, 4, 10, 10)[33:],
    ]
    pen.fill([(x + 1, y + 2) for x, y in bubble], deep(TEAL, 0.35), 0.4)
    pen.fill(bubble, (255, 253, 246))
    awning(pen, -33, 33, -27, 15, colour("coral"), (255, 250, 240), count=6)
    for side in (-1, 1):
        pen.fill(oval(side * 10, 4, 3.1, 3.8), deep(TEAL, 0.5))
        pen.fill(oval(side * 10 - 0.9, 2.5, 1.1), WHITE)
        pen.fill(oval(side * 17, 10, 3.6, 2.3), colour("rose"), 0.55)
    pen.line(arc(0, 8, 7.4, 6.4, 12, 168), deep(TEAL, 0.5), 2.3)
    return finish(pen)


def banner(size: tuple[int, int] = WIDE) -> bytes:
    """The banner of the welcome as a JPEG file: a sari-sari counter with a little of everything.

    Args:
        size: Width and height in pixels.
    """
    dice = Dice("banner")
    pen = ground(Drawing(motif="", ground=("mango", "peach"), mood="fiesta"), dice, size, stands=True)
    reach = size[0] / size[1] * 52
    pen.fill(box(-reach - 2, 34, reach + 2, 60), colour("wood"))
    pen.fill(box(-reach - 2, 34, reach + 2, 38), light(colour("wood"), 0.3))
    for index in range(9):
        x = -reach + index * reach / 4
        pen.line(smooth([(x, 44), (x + 14, 46), (x + 30, 43)], closed=False), deep(colour("wood"), 0.2), 1, 0.6)
    goods = (
        ("bayong", -70, 0.56, "mango", "teal", "weave"),
        ("monstera", -39, 0.56, "forest", "white", "plain"),
        ("mug", -14, 0.4, "terracotta", "cream", "band"),
        ("plush", 16, 0.6, "sky", "cream", "plain"),
        ("jamjar", 45, 0.44, "purple", "gold", "label"),
        ("tumbler", 66, 0.54, "coral", "silver", "plain"),
        ("candle", 84, 0.36, "cream", "leaf", "label"),
    )
    for name, x, scale, main, accent, pattern in goods:
        STANDING[name](pen.at(x, 36 - 40 * scale, scale), Look(colour(main), colour(accent), pattern, dice))
    lantern = Look(colour("red"), MANGO, "plain", dice)
    for x, scale in ((-16, 0.3), (53, 0.32)):
        LYING["parol"](pen.at(x, -22, scale), lantern)
    awning(pen, -reach - 2, reach + 2, -56, 22, colour("teal"), (255, 250, 240), count=14)
    return finish(pen)


def awning(
    pen: Pen, left: float, right: float, top: float, high: float, first: Colour, second: Colour, *, count: int
) -> None:
    """A striped awning with a scalloped edge.

    Args:
        pen: What to draw with.
        left, right, top, high: Where, and how far it hangs down.
        first, second: The colours of its stripes.
        count: How many stripes.
    """
    wide = (right - left) / count
    edge = top + high - wide / 2
    pen.shadow([(left, top), (right, top), (right, edge + wide / 2), (left, edge + wide / 2)], alpha=0.22, drop=(0, 2))
    for index in range(count):
        x = left + index * wide
        tone = first if index % 2 == 0 else second
        pen.fill(
            [(x, top), (x + wide, top), (x + wide, edge), *arc(x + wide / 2, edge, wide / 2, wide / 2, 0, 180)], tone
        )
        pen.fill([(x, edge - 1), (x + wide, edge - 1), (x + wide, edge), (x, edge)], deep(tone, 0.3), 0.35)
    pen.fill(box(left, top - 1.5, right, top + 1.5, 1), deep(first, 0.25))
