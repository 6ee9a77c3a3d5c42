"""Toys and games."""

from math import cos, pi, sin

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, Colour, colour, deep, light
from bot.pictures.paths import arc, box, lathe, oval, points, smooth, star
from bot.pictures.patterns import blossom
from bot.pictures.pen import Pen

EYES: Colour = (62, 48, 56)


def blocks(pen: Pen, look: Look) -> None:
    """A castle of building blocks."""
    pen.floor(0, 40, 48)
    yellow, green = colour("mango"), colour("leaf")
    for left, top, right, tone in (
        (-44, 20, -24, look.main), (-22, 20, -2, yellow), (0, 20, 20, look.accent), (22, 20, 42, green),
        (-34, -1, -13, look.accent), (13, -1, 34, look.main), (-10, -22, 10, yellow),
    ):  # fmt: skip
        cube(pen, left, top, right, tone)
    pen.fill([(-13, 19), (-13, -1), (13, -1), (13, 19)], colour("wood"))
    pen.fill([(-8, 19), *arc(0, 11, 8, 8, 180, 360), (8, 19)], deep(colour("wood"), 0.4))
    pen.fill([(-13, -22), (0, -42), (13, -22)], look.main)
    pen.fill([(0, -42), (13, -22), (3, -22)], deep(look.main, 0.2))
    pen.fill(oval(52, 33, 7), look.accent)
    pen.fill(oval(50, 31, 2.2), WHITE, 0.6)


def cube(pen: Pen, left: float, top: float, right: float, tone: Colour) -> None:
    """One block with a shape painted on it."""
    pen.fill(box(left, top, right, top + 20, 2), tone)
    pen.fill(box(right - 5, top, right, top + 20, 0, 2, 2, 0), deep(tone, 0.18))
    pen.fill(box(left + 1.4, top + 1.2, right - 6, top + 2.8, 0.8), WHITE, 0.4)
    middle = (left + right) / 2 - 1.4
    pen.fill(star(middle, top + 10.4, 5.4, 2.4) if round(left) % 3 else oval(middle, top + 10.4, 4.6), light(tone, 0.6))


def plush(pen: Pen, look: Look) -> None:
    """A plush carabao."""
    pen.floor(0, 40, 40)
    for x in (-24, 24):
        pen.fill(box(x - 9, 20, x + 9, 40, 6), deep(look.main, 0.1))
        pen.fill(box(x - 9, 34, x + 9, 40, 2, 2, 4, 4), deep(look.main, 0.5))
    pen.fill(oval(0, 20, 36, 19), look.main)
    pen.fill(oval(0, 27, 20, 12), light(look.accent, 0.2))
    for side in (-1, 1):
        horn = smooth(
            [(side * 14, -20), (side * 32, -25), (side * 42, -42), (side * 33, -38), (side * 22, -33), (side * 11, -31)]
        )
        pen.fill(horn, (118, 96, 88))
        pen.line(smooth([(side * 20, -28), (side * 32, -30), (side * 39, -39)], closed=False), (160, 136, 124), 1.4)
        pen.fill(
            smooth([(side * 20, -16), (side * 36, -16), (side * 43, -7), (side * 32, -5), (side * 21, -8)]),
            deep(look.main, 0.14),
        )
        pen.fill(
            smooth([(side * 24, -13), (side * 34, -13), (side * 38, -8), (side * 31, -8)]), light(colour("rose"), 0.4)
        )
    pen.fill(oval(0, -8, 25, 24), light(look.main, 0.08))
    for x, turn in ((-4, -14), (0, 0), (4, 14)):
        pen.at(x, -31, turn=turn).fill(lathe((0.3, -6), (3, 0), (2, 6)), deep(look.main, 0.3))
    pen.fill(oval(0, 5, 18, 11.6), light(look.accent, 0.35))
    for side in (-1, 1):
        pen.fill(oval(side * 6, 3, 2, 2.6), deep(look.main, 0.45))
        pen.fill(oval(side * 10.4, -12, 3.1, 3.7), EYES)
        pen.fill(oval(side * 10.4 - 1, -13.6, 1.2), WHITE)
        pen.fill(oval(side * 18, -3, 4, 2.6), (244, 132, 142), 0.5)
    pen.line(arc(0, 8, 6, 4, 15, 165), deep(look.main, 0.5), 1.2)
    blossom(pen, 21, -25, 6, colour("mango"), colour("red"))


def tarsier(pen: Pen, look: Look) -> None:
    """A plush tarsier on a key ring."""
    one = pen.at(0, 2)
    one.line([*oval(0, -42, 8), (8, -42)], (190, 197, 206), 2.2)
    one.fill(box(-2.4, -36, 2.4, -27, 1), look.accent)
    one.line(smooth([(14, 30), (32, 34), (38, 18), (32, 8)], closed=False), deep(look.main, 0.2), 3)
    one.shadow(oval(0, 2, 30, 38))
    one.fill(oval(0, 26, 18, 16), look.main)
    one.fill(oval(0, 28, 11, 11), light(look.main, 0.5))
    for side in (-1, 1):
        one.fill(oval(side * 24, -16, 10, 11), look.main)
        one.fill(oval(side * 24, -16, 6, 7), light(colour("rose"), 0.35))
        one.fill(oval(side * 12, 39, 7.6, 4), deep(look.main, 0.16))
        one.fill(oval(side * 11, 20, 4.6, 6.6), deep(look.main, 0.14))
    one.fill(oval(0, -6, 27, 22), light(look.main, 0.1))
    for side in (-1, 1):
        one.fill(oval(side * 11, -6, 11), (255, 252, 240))
        one.fill(oval(side * 11, -6, 9.4), look.accent)
        one.fill(oval(side * 10.4, -6, 5), EYES)
        one.fill(oval(side * 10.4 - 2, -8.4, 1.8), WHITE)
    one.fill(oval(0, 6, 3, 2), deep(look.main, 0.5))
    one.line(arc(0, 8, 4, 3.4, 20, 160), deep(look.main, 0.5), 1.1)


def puzzle(pen: Pen, look: Look) -> None:
    """A board of picture tiles to lift out."""
    one = pen.at(turn=-5)
    outline = box(-42, -40, 42, 40, 4)
    one.shadow(outline)
    one.fill(outline, colour("wood"))
    one.fill(box(-38.6, -36.6, 38.6, 36.6, 2), light(colour("wood"), 0.45))
    tones = (look.main, colour("coral"), colour("leaf"), look.accent, colour("magenta"), colour("teal"))
    for row in range(4):
        for column in range(4):
            x, y = -28 + column * 18.7, -27.4 + row * 18.3
            tone = tones[(row * 3 + column * 2) % 6]
            lifted = (row, column) == (1, 2)
            tile = one.at(x + 4, y - 5, 1.12, 12) if lifted else one.at(x, y)
            if lifted:
                one.fill(box(x - 8, y - 8, x + 8, y + 8, 3), deep(colour("wood"), 0.25))
                tile.shadow(box(-8, -8, 8, 8, 3), alpha=0.3)
            tile.fill(box(-8, -8, 8, 8, 3), tone)
            tile.fill(oval(0, -8, 1.8), deep(tone, 0.25))
            shapes = (oval(0, 0.6, 4.6), star(0, 0.8, 5.6, 2.5), [(0, -4), (5, 5), (-5, 5)], box(-4, -3.4, 4, 4.6, 1))
            tile.fill(shapes[(row + column * 3) % 4], light(tone, 0.7))


def sungka(pen: Pen, look: Look) -> None:
    """A sungka board with shells in its houses."""
    one = pen.at(turn=-8)
    outline = smooth(points("-66,0 -58,-13 -40,-19 0,-20 40,-19 58,-13 66,0 58,13 40,19 0,20 -40,19 -58,13"))
    one.shadow(outline, drop=(1.5, 4))
    one.fill([(x, y + 3) for x, y in outline], deep(look.main, 0.4))
    one.fill(outline, look.main)
    with one.inside(outline) as grain:
        for index in range(6):
            level = -18 + index * 7
            grain.line(
                smooth([(-66, level), (-20, level + 2), (20, level - 2), (66, level)], closed=False),
                deep(look.main, 0.16),
                0.9,
                0.5,
            )
    houses = [(side * 53.5, 0.0, 7.6, 9.6, 9) for side in (-1, 1)]
    houses += [
        (-37.5 + index * 12.5, y, 5.4, 6.4, (index * 5 + int(y)) % 5 + 1) for y in (-9.4, 9.4) for index in range(7)
    ]
    for x, y, wide, high, shells in houses:
        one.fill(oval(x, y, wide, high), deep(look.main, 0.38))
        one.fill(oval(x, y + 0.9, wide * 0.9, high * 0.86), deep(look.main, 0.24))
        for _ in range(shells):
            sx, sy = x + look.dice.between(-0.5, 0.5) * wide, y + look.dice.between(-0.5, 0.5) * high
            one.at(sx, sy, turn=look.dice.between(0, 180)).fill(oval(0, 0, 2.1, 1.5), look.accent)
            one.fill(oval(sx - 0.4, sy - 0.4, 0.6), WHITE)


def paints(pen: Pen, look: Look) -> None:
    """An open box of watercolours with a brush."""
    one = pen.at(-2, 0, turn=-6)
    outline = box(-48, -28, 48, 32, 5)
    one.shadow(outline)
    one.fill(outline, look.main)
    one.fill(box(-44, -24, 44, 28, 3), (255, 253, 247))
    names = (
        "red",
        "coral",
        "orange",
        "mango",
        "yellow",
        "lime",
        "leaf",
        "forest",
        "teal",
        "aqua",
        "sky",
        "blue",
        "navy",
        "purple",
        "lavender",
        "magenta",
        "rose",
        "wood",
        "cocoa",
        "charcoal",
        "grey",
    )
    for index, name in enumerate(names):
        x, y = -37.5 + index % 7 * 12.5, -15.6 + index // 7 * 15.6
        one.fill(oval(x, y, 5.6, 6.4), deep(colour(name), 0.16))
        one.fill(oval(x, y + 0.7, 5, 5.6), colour(name))
        one.fill(oval(x - 1.6, y - 1.6, 1.6, 1.1), WHITE, 0.5)
    tool = pen.at(30, 8, 1.1, 42)
    tool.shadow(box(-2, -38, 2, 38), alpha=0.22)
    tool.fill(smooth([(-1.4, -36), (1.4, -36), (2.6, 10), (-2.6, 10)]), look.accent)
    tool.fill(box(-2.6, 9, 2.6, 20, 0.6), (206, 212, 219))
    tool.fill(lathe((2.4, 20), (3.6, 27), (0.2, 40)), (92, 66, 56))
    tool.fill(lathe((2.6, 31), (0.2, 40)), colour("magenta"))


def playmat(pen: Pen, look: Look) -> None:
    """Interlocking foam tiles, one not yet in its place."""
    tones = (look.main, look.accent, colour("sky"), colour("mango"))
    one = pen.at(-8, 2, turn=-7)
    for row in range(3):
        for column in range(3):
            if (row, column) != (0, 2):
                tile(one.at(-25 + column * 25, -25 + row * 25), tones[(row + column * 3) % 4])
    tile(one.at(37, -31, turn=16), tones[2], lifted=True)


def tile(pen: Pen, tone: Colour, *, lifted: bool = False) -> None:
    """One foam tile around the pen's origin."""
    edge = [box(-12.6, -12.6, 12.6, 12.6, 1), oval(0, -13.4, 4), oval(13.4, 0, 4)]
    if lifted:
        pen.shadow(edge[0], alpha=0.3)
    for part in edge:
        pen.fill(part, tone)
    pen.line([*box(-12.6, -12.6, 12.6, 12.6, 1), (-12.6, -11.6)], deep(tone, 0.2), 0.7, 0.6)
    pen.fill(oval(0, 0, 6.6), light(tone, 0.4))


def ball(pen: Pen, look: Look) -> None:
    """A bouncing rubber ball."""
    pen.floor(4, 40, 24)
    for y, reach in ((-30, 9), (-40, 6)):
        pen.line(arc(-40, y + 36, reach + 14, reach + 14, 200, 260), WHITE, 2.2, 0.7)
    outline = oval(2, 2, 37)
    pen.fill(outline, look.main)
    with pen.inside(outline) as skin:
        for turn in (12, 102, 192, 282):
            part = skin.at(-4, -6, turn=turn)
            part.fill(
                [(0, 0), *[(60 * cos(a * pi / 180), 60 * sin(a * pi / 180)) for a in range(0, 46, 9)]],
                look.accent if turn in (12, 192) else (255, 252, 244),
            )
        skin.fill(oval(-4, -6, 9), (255, 252, 244))
        skin.fill(star(-4, -6, 6.4, 2.9), look.main)
        skin.fill(smooth(points("48,-30 34,14 2,38 -34,34 -10,60 60,50")), deep(look.main, 0.8), 0.16)
    pen.line(arc(2, 2, 31, 31, 200, 250), WHITE, 3, 0.6)


STANDING = {"blocks": blocks, "plush": plush, "ball": ball}
LYING = {
    "tarsier": tarsier, "puzzle": puzzle, "sungka": sungka, "paints": paints, "playmat": playmat,
}  # fmt: skip
