"""Things for skin, hair and nails."""

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, Colour, colour, deep, light
from bot.pictures.paths import arc, box, lathe, leaf, oval, points, smooth
from bot.pictures.pen import Pen


def soap(pen: Pen, look: Look) -> None:
    """Bars of soap with suds and half a fruit."""
    pen.floor(0, 40, 48)
    bars = ((-6, 24, look.main), (2, 4, light(look.main, 0.3)), (-4, -15, light(look.accent, 0.1)))
    for x, y, tone in bars[: 2 if look.accent == colour("cream") else 3]:
        bar = box(x - 30, y - 9, x + 30, y + 16, 9)
        pen.fill([(px, py + 1.6) for px, py in bar], deep(tone, 0.3))
        pen.fill(bar, tone)
        pen.sheen(bar, 0.08)
        pen.line([*box(x - 20, y - 3, x + 20, y + 10, 6), (x - 20, y + 3)], deep(tone, 0.22), 1.2, 0.7)
        for turn in (-140, -90, -40):
            pen.fill(leaf(x, y + 8, 8, 4, turn), deep(tone, 0.22), 0.7)
    for x, y, size in (
        (-42, 33, 8),
        (-34, 37, 5.4),
        (-47, 38, 4),
        (-34, -20, 3),
        (36, -26, 4),
        (44, -14, 2.4),
        (-44, -6, 2),
    ):
        pen.fill(oval(x, y, size), WHITE, 0.62)
        pen.fill(oval(x - size * 0.32, y - size * 0.34, size * 0.26), WHITE)
        pen.line(arc(x, y, size * 0.72, size * 0.72, 10, 80), colour("sky"), 0.8, 0.7)
    half = pen.at(40, 24, turn=18)
    half.fill(oval(0, 0, 12, 16.5), deep(colour("orange"), 0.05))
    half.fill(oval(0, 0, 10.2, 14.6), light(colour("orange"), 0.35))
    half.fill(lathe((0.4, -9), (4, -2), (4.6, 4), (0.4, 10)), deep(colour("orange"), 0.3))
    for index in range(12):
        half.fill(oval(look.dice.between(-2.6, 2.6), -6 + index * 1.2, 1.2), (60, 50, 56))


def tube(pen: Pen, look: Look) -> None:
    """A tube of sunscreen beside a small sun."""
    pen.fill(oval(36, -24, 9), colour("yellow"))
    for step in range(10):
        pen.at(36, -24, turn=step * 36).fill([(-1.6, -11), (1.6, -11), (0, -16)], colour("yellow"))
    pen.floor(0, 40, 21)
    body = points("-23,-42 23,-42 18,24 14,28 -14,28 -18,24")
    pen.fill(body, look.main)
    look.print_on(pen, body)
    pen.sheen(body)
    pen.fill(box(-23.6, -44, 23.6, -37, 1), deep(look.main, 0.14))
    for index in range(15):
        pen.fill(box(-22 + index * 3.1, -44, -21 + index * 3.1, -37), WHITE, 0.4)
    pen.solid(box(-15, 27, 15, 40, 1, 1, 4, 4), look.accent)
    pen.fill(smooth(points("-52,38 -46,30 -34,29 -28,35 -34,40 -48,41")), light(look.main, 0.55))
    pen.line(smooth([(-46, 36), (-40, 33), (-34, 35)], closed=False), WHITE, 1.6, 0.8)


def lipstick(pen: Pen, look: Look) -> None:
    """A lipstick, its cap beside it and a stroke of its colour."""
    pen.line(smooth(points("-52,12 -38,-8 -44,18 -26,-4 -32,22"), closed=False), light(look.main, 0.1), 5.4)
    pen.floor(4, 40, 18)
    pen.floor(34, 40, 14)
    pen.fill([*smooth(points("-7,-14 -7,-32 -3,-42 4,-46 8,-42"), closed=False), (8, -14)], look.main)
    pen.fill(smooth(points("-7,-31 -3,-42 5,-46 8,-42 3,-32 -3,-28")), light(look.main, 0.22))
    pen.fill(box(4.4, -38, 8, -14), deep(look.main, 0.2), 0.8)
    pen.solid(box(-9, -16, 10, 4, 1), look.accent)
    pen.fill(box(-9, -4, 10, -2.6), WHITE, 0.5)
    pen.solid(box(-13, 4, 14, 40, 1.6), deep(look.main, 0.55))
    pen.fill(box(-13, 8, 14, 10), look.accent)
    pen.solid(box(23, -2, 45, 40, 3, 3, 1.4, 1.4), deep(look.main, 0.55))
    pen.fill(box(23, 33, 45, 35), look.accent)


def brush(pen: Pen, look: Look) -> None:
    """A bamboo hair brush."""
    one = pen.at(2, 6, 1.06, turn=32)
    outline = smooth(points("-15,-40 0,-47 15,-40 18,-18 12,0 4,10 4.6,36 0,42 -4.6,36 -4,10 -12,0 -18,-18"))
    one.shadow(outline)
    one.fill(outline, look.main)
    with one.inside(outline) as grain:
        grain.fill(box(6, -50, 24, 50), deep(look.main, 0.4), 0.14)
        grain.line(smooth([(-2, 8), (-1, 24), (-2, 40)], closed=False), light(look.main, 0.5), 1.2, 0.7)
    pad = smooth(points("-11,-36 0,-41 11,-36 13,-18 8,-4 0,0 -8,-4 -13,-18"))
    one.fill(pad, look.accent)
    for row in range(7):
        for column in range(5):
            x, y = -9 + column * 4.5, -35 + row * 5
            if abs(x) < 11 - abs(row - 2.4) * 1.3:
                one.line([(x, y), (x + 1.4, y - 2)], light(look.main, 0.45), 1)
                one.fill(oval(x + 1.5, y - 2.2, 1.15), light(look.main, 0.6))
    one.fill(oval(0, 36, 1.7), deep(look.main, 0.45))


def polish(pen: Pen, look: Look) -> None:
    """Six bottles of nail polish in a row."""
    tones = (look.main, look.accent, colour("teal"), colour("purple"), colour("coral"), colour("leaf"))
    for index, tone in enumerate(tones):
        nail(pen.at(-45 + index * 18, 40, 0.66 + index % 2 * 0.04), tone)


def nail(pen: Pen, tone: Colour) -> None:
    """One bottle of nail polish that stands on the pen's origin."""
    pen.floor(0, 0, 15)
    pen.fill(lathe((4, -62), (5.6, -50), (6.4, -28)), (58, 54, 68))
    pen.fill(box(-3.4, -60, -1.6, -30, 0.8), WHITE, 0.3)
    pen.fill(box(-5, -29, 5, -25), (214, 218, 226))
    body = box(-13, -26, 13, 0, 8, 8, 4, 4)
    pen.solid(body, tone)
    pen.fill(oval(-6, -17, 1.6, 4), WHITE, 0.7)


STANDING = {"soap": soap, "tube": tube, "lipstick": lipstick, "polish": polish}
LYING = {"brush": brush}
