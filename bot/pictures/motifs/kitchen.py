"""Things to cook and eat with, and things to clean with."""

from bot.pictures.look import Look
from bot.pictures.motifs.vessels import GLASS
from bot.pictures.palette import WHITE, colour, deep, light, mix
from bot.pictures.paths import arc, box, lathe, oval, points, smooth
from bot.pictures.patterns import blossom
from bot.pictures.pen import Pen


def pan(pen: Pen, look: Look) -> None:
    """A pan with an egg in it, seen from above."""
    one = pen.at(-8, 0)
    one.shadow([*oval(0, 0, 34), *box(30, -5, 74, 5, 4)])
    one.fill(box(30, -5, 72, 5, 2, 5, 5, 2), colour("wood"))
    one.fill(box(30, -5, 72, -2, 2, 3, 1, 1), light(colour("wood")), 0.6)
    one.fill(oval(66, 0, 1.6), deep(colour("wood"), 0.5))
    one.fill(box(27, -4.4, 38, 4.4, 2), deep(look.main, 0.2))
    one.fill(oval(0, 0, 35), deep(look.main, 0.3))
    one.fill(oval(0, 0, 32.5), light(look.main, 0.12))
    one.fill(oval(0, 0, 28), look.main)
    one.line(arc(0, 0, 30, 30, 170, 250), WHITE, 1.4, 0.3)
    egg = smooth(points("-16,-6 -8,-16 5,-13 14,-7 13,6 4,14 -9,12 -17,5"))
    one.fill(egg, (255, 253, 246))
    one.fill(oval(-1, -1, 6.6), look.accent)
    one.fill(oval(-3, -3.4, 1.7), WHITE, 0.7)
    for x, y in ((-8, 7), (8, -3), (5, 9), (-10, -4)):
        one.fill(box(x, y, x + 1.8, y + 1.3, 0.4), colour("forest"))


def board(pen: Pen, look: Look) -> None:
    """A chopping board with calamansi and chilli."""
    one = pen.at(turn=-14)
    outline = box(-30, -28, 30, 40, 7)
    one.shadow(outline)
    handle = box(-8, -46, 8, -24, 7, 7, 0, 0)
    one.fill(handle, look.main)
    one.fill(oval(0, -39, 3), light(look.main, 0.65))
    one.fill(outline, look.main)
    with one.inside(outline) as grain:
        for index in range(7):
            x = -28 + index * 9 + look.dice.between(-1, 1)
            grain.line(
                smooth([(x, -30), (x + 2, -8), (x - 2, 14), (x + 1, 42)], closed=False), deep(look.main, 0.16), 1, 0.5
            )
        grain.fill(box(-30, -28, -24, 40), WHITE, 0.12)
    for x, y in ((-10, 12), (6, 20), (-2, -4)):
        one.fill(oval(x + 0.6, y + 1, 7), deep(look.main, 0.4), 0.3)
        one.fill(oval(x, y, 6.6), colour("forest"))
        one.fill(oval(x, y, 5.6), light(colour("lime"), 0.3))
        for part in range(6):
            one.at(x, y, turn=part * 60).line([(1, 0), (4.6, 0)], WHITE, 0.7, 0.8)
    one.fill(smooth(points("12,-12 17,-14 20,-4 18,8 15,14 14,2")), colour("red"))
    one.line([(14, -12), (12, -17)], colour("forest"), 1.8)


def plate(pen: Pen, look: Look) -> None:
    """A stack of plates with a printed rim, and one seen whole."""
    pen.shadow(oval(0, 0, 38))
    for shift in (4, 2):
        pen.fill(oval(shift, shift, 38), deep(look.main, 0.12 + shift / 40))
    pen.fill(oval(0, 0, 38), light(look.main, 0.25))
    pen.fill(oval(0, 0, 37), look.main, 0.6)
    for index in range(10):
        spot = pen.at(turn=index * 36)
        blossom(spot, 31, 0, 4.6 if index % 2 else 3.2, look.accent if index % 2 else colour("coral"), colour("mango"))
    pen.fill(oval(0, 0, 25), deep(look.main, 0.08), 0.6)
    pen.fill(oval(0, 0.6, 24), (255, 254, 250))
    pen.line(arc(0, 0, 21, 21, 190, 260), deep(look.main, 0.05), 1.2, 0.6)


def lunchbox(pen: Pen, look: Look) -> None:
    """A lunch box with rice, ulam and fruit."""
    outline = box(-44, -30, 44, 34, 10)
    pen.shadow(outline)
    pen.fill(outline, look.main)
    pen.fill(box(-40.5, -26.5, 40.5, 30.5, 8), deep(look.main, 0.12))
    rooms = ((-38, -24, 4, 28), (8, -24, 38, 0), (8, 4, 38, 28))
    for left, top, right, bottom in rooms:
        pen.fill(box(left, top, right, bottom, 5), light(look.accent, 0.4))
    rice = smooth(points("-34,-14 -22,-21 -8,-19 0,-8 0,14 -8,24 -26,25 -35,12"))
    pen.fill(rice, (255, 254, 249))
    for index in range(46):
        x, y = look.dice.between(-31, -3), look.dice.between(-15, 20)
        pen.at(x, y, turn=index * 53).fill(oval(0, 0, 1.5, 0.6), (231, 224, 208))
    pen.fill(oval(-17, 2, 6.6), colour("red"))
    for x, y, tone in (
        (14, -17, "cocoa"),
        (23, -12, "brown"),
        (31, -17, "cocoa"),
        (16, -6, "brown"),
        (28, -5, "cocoa"),
    ):
        pen.fill(box(x - 5, y - 4, x + 5, y + 4, 2.5), colour(tone))
        pen.fill(box(x - 3, y - 3, x + 1, y - 1.6, 0.7), WHITE, 0.25)
    for x, y in ((15, 10), (25, 13), (33, 9), (18, 21), (29, 22)):
        pen.fill(oval(x, y, 4.6), colour("leaf"))
        pen.fill(oval(x - 1, y - 1.5, 2.2), light(colour("leaf")), 0.8)
    pen.fill(oval(33, 18, 4.4), colour("mango"))
    for side in (-1, 1):
        pen.fill(box(side * 44 - 3, -8, side * 44 + 3, 10, 2), deep(look.main, 0.25))


def cutlery(pen: Pen, look: Look) -> None:
    """Wooden spoons and forks on a cloth pouch."""
    pouch = box(-46, -20, 10, 34, 4)
    one = pen.at(6, 0, turn=-10)
    one.shadow(pouch)
    one.fill(pouch, look.accent)
    with one.inside(pouch) as cloth:
        for index in range(6):
            cloth.fill(box(-46 + index * 10, -20, -43 + index * 10, 34), WHITE, 0.18)
    one.line([(-42, -16), (6, -16)], light(look.accent, 0.6), 0.8)
    for index, x in enumerate((-2, 14, 30, 44)):
        tool = one.at(x, 0, turn=(-10, -2, 5, 11)[index])
        head = oval(0, -30, 6.4, 10.5)
        tool.shadow([*head, *box(-1.9, -22, 1.9, 38)], alpha=0.16, blur=1.6)
        tool.fill(smooth(points("-1.7,-22 1.7,-22 1.5,0 2.6,36 0,40 -2.6,36 -1.5,0")), look.main)
        tool.fill(head, look.main)
        if index % 2:
            for slot in (-2.4, 0, 2.4):
                tool.fill(box(slot - 0.6, -42, slot + 0.6, -29, 0.5), deep(look.main, 0.4))
        else:
            tool.fill(oval(0, -30.5, 4.4, 7.8), deep(look.main, 0.14))
        tool.line([(-0.6, -18), (-0.8, 32)], light(look.main, 0.4), 0.7, 0.7)


def utensils(pen: Pen, look: Look) -> None:
    """Cooking spoons in a holder."""
    pen.floor(0, 40, 22)
    heads = (
        oval(0, -12, 7, 9),
        box(-7, -20, 7, -2, 3),
        lathe((2, -22), (6.6, -12), (4, -4), (1.5, -1)),
        oval(0, -12, 6, 8),
    )
    for head, x, turn in zip(heads, (-11, -4, 5, 11), (-24, -8, 9, 25), strict=True):
        tool = pen.at(x, 0, turn=turn)
        tool.line([(0, 10), (0, -28)], look.accent, 3)
        top = tool.at(0, -22)
        top.solid(head, look.main)
    top = pen.at(-4, 0, turn=-8).at(0, -22)
    for slot in (-3, 0, 3):
        top.fill(box(slot - 0.8, -17, slot + 0.8, -7, 0.7), deep(look.main, 0.35))
    holder = box(-19, 0, 19, 40, 3, 3, 7, 7)
    pen.solid(holder, light(look.accent, 0.2))
    with pen.inside(holder) as grain:
        for index in range(5):
            grain.fill(box(-20, 5 + index * 8, 20, 6 + index * 8), deep(look.accent, 0.2), 0.3)


def broom(pen: Pen, look: Look) -> None:
    """A walis tambo."""
    one = pen.at(8, 2, turn=18)
    head = smooth(points("-5,-6 5,-6 11,6 22,34 20,41 0,43 -20,41 -22,34 -11,6"))
    one.shadow(head)
    one.line([(0, -52), (0, -6)], colour("wood"), 4.6)
    for y in range(-50, -8, 7):
        one.line([(-2.4, y), (2.4, y + 2)], deep(colour("wood"), 0.3), 0.8, 0.8)
    one.fill(head, look.main)
    with one.inside(head) as grass:
        for index in range(30):
            x = -23 + index * 1.6
            tone = deep(look.main, look.dice.between(0.08, 0.34))
            grass.line([(x * 0.24, -6), (x, 44 - look.dice.between(0, 3))], tone, 0.6)
    for y, wide in ((-5, 6), (1, 8), (8, 11.4)):
        one.fill(box(-wide, y - 1.7, wide, y + 1.7, 1.5), look.accent)
        for x in range(-4, 5, 2):
            one.fill(box(x * wide / 5, y - 1.7, x * wide / 5 + 0.8, y + 1.7), deep(look.accent, 0.3))


def bucket(pen: Pen, look: Look) -> None:
    """A pail of suds with its dipper."""
    pen.floor(2, 40, 35)
    pen.line(arc(-4, -10, 27, 30, 184, 356), deep(colour("silver"), 0.1), 2)
    pen.fill(box(-10, -43, 2, -38, 2.4), look.accent)
    for x, y, size in ((-22, -13, 7), (-12, -17, 8.5), (0, -18, 9.5), (11, -15, 8), (17, -12, 5.5)):
        pen.fill(oval(x, y, size), WHITE)
        pen.fill(oval(x - size * 0.3, y - size * 0.3, size * 0.3), GLASS)
    body = lathe((30, -12), (22, 40), soft=False)
    shifted = [(x - 4, y) for x, y in body]
    pen.fill(shifted, look.main)
    look.print_on(pen, shifted)
    pen.sheen(shifted, 0.14)
    pen.fill(box(-36, -15, 28, -8, 3), deep(look.main, 0.14))
    dipper = pen.at(30, 22)
    dipper.fill(box(8, -10, 26, -5, 2), deep(look.accent, 0.18))
    dipper.solid(lathe((12, -12), (9.5, 18), soft=False), mix(look.accent, look.main, 0.16))
    dipper.fill(oval(0, -12, 12, 2.6), deep(look.accent, 0.2))
    for x, y, size in ((-40, -30, 3), (34, -26, 2.2), (-34, -42, 1.8), (26, -38, 3.2)):
        pen.fill(oval(x, y, size), WHITE, 0.6)


def hanger(pen: Pen, look: Look) -> None:
    """Velvet hangers, one behind the other."""
    for index, (x, y) in enumerate(((10, -7), (5, -2), (0, 3))):
        one = pen.at(x, y)
        tone = light(look.main, (0.42, 0.2, 0)[index])
        one.line(
            [(0, -8), (0, -16), *arc(0, -23, 7, 7, 90, -150)], look.accent if index == 2 else colour("silver"), 2.2
        )
        one.line(smooth(points("-43,25 -30,14 0,-6 30,14 43,25"), closed=False), tone, 5)
        one.line([(-41, 25), (41, 25)], tone, 4.2)
        one.line(smooth([(-38, 19.5), (-28, 12), (-2, -5)], closed=False), WHITE, 0.9, 0.35)


STANDING = {"utensils": utensils, "bucket": bucket}
LYING = {
    "pan": pan, "board": board, "plate": plate, "lunchbox": lunchbox, "cutlery": cutlery, "broom": broom,
    "hanger": hanger,
}  # fmt: skip
