"""Things for babies."""

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, Colour, colour, deep, light
from bot.pictures.paths import arc, box, oval, points, smooth
from bot.pictures.pen import Pen

EYES = (62, 48, 56)


def onesie(pen: Pen, look: Look) -> None:
    """A baby's one-piece with snaps."""
    outline = points(
        "-11,-40 -24,-34 -40,-16 -31,-4 -22,-12 -24,18 -12,36 -8,40 8,40 12,36 24,18 22,-12 31,-4 40,-16 24,-34 11,-40"
    )
    pen.shadow(outline)
    look.cloth(pen, outline)
    pen.fill(smooth(points("-11,-40 -8,-32 0,-29 8,-32 11,-40 0,-37")), deep(look.main, 0.25))
    pen.line(arc(0, -41, 11, 12, 8, 172), light(look.accent, 0.1), 2.6)
    for side in (-1, 1):
        pen.line(arc(side * 25, 36, 17, 19, 270, 182 if side > 0 else 358), light(look.accent, 0.1), 2.6)
        pen.line([(side * 39, -15), (side * 31, -5.4)], light(look.accent, 0.1), 2.6)
    for x in (-5, 0, 5):
        pen.fill(oval(x, 36, 1.5), (255, 255, 255))
        pen.line(oval(x, 36, 1.5), deep(look.main, 0.35), 0.5, 0.8)
    face(pen.at(0, 2), light(colour("wood"), 0.45), 11)


def face(pen: Pen, tone: Colour, reach: float) -> None:
    """A small bear's face around the pen's origin."""
    size = reach / 10
    for side in (-1, 1):
        pen.fill(oval(side * 7.6 * size, -7.6 * size, 4 * size), tone)
        pen.fill(oval(side * 7.6 * size, -7.6 * size, 2.2 * size), light(tone, 0.5))
    pen.fill(oval(0, 0, reach, reach * 0.92), tone)
    pen.fill(oval(0, 3.4 * size, 5 * size, 3.9 * size), light(tone, 0.6))
    pen.fill(oval(0, 1.8 * size, 1.7 * size, 1.2 * size), EYES)
    pen.line(arc(0, 2.6 * size, 2.2 * size, 2.4 * size, 20, 160), EYES, 0.7 * size)
    for side in (-1, 1):
        pen.fill(oval(side * 4.2 * size, -1.8 * size, 1.2 * size), EYES)
        pen.fill(oval(side * 6.4 * size, 2.2 * size, 1.7 * size, 1.1 * size), (244, 140, 140), 0.6)


def bib(pen: Pen, look: Look) -> None:
    """A silicone bib with its catching pocket."""
    outline = smooth(
        points(
            "-16,-40 -27,-34 -29,-16 -33,8 -30,30 -18,39 0,41 18,39 30,30 33,8 29,-16 27,-34 "
            "16,-40 15,-28 0,-19 -15,-28"
        )
    )
    pen.shadow(outline)
    pen.fill(outline, look.main)
    pen.sheen(outline, 0.08)
    for y in (-34, -28):
        pen.fill(oval(22, y, 1.5), deep(look.main, 0.3))
        pen.fill(oval(-22, y, 1.5), light(look.main, 0.4))
    face(pen.at(0, -3), light(look.accent, 0.35), 11)
    pocket = smooth(points("-36,17 -18,23 0,25 18,23 36,17 34,34 18,43 0,45 -18,43 -34,34"))
    pen.shadow(pocket, alpha=0.22, blur=1.4, drop=(0, -1.2))
    pen.fill(pocket, light(look.main, 0.12))
    pen.line(smooth(points("-35,18 -18,24 0,26 18,24 35,18"), closed=False), light(look.main, 0.5), 2)


def hoodtowel(pen: Pen, look: Look) -> None:
    """A baby wrapped in a hooded towel with ears."""
    pen.floor(0, 40, 34)
    cape = smooth(points("-24,-6 -34,16 -38,38 -20,41 0,40 20,41 38,38 34,16 24,-6 0,-12"))
    pen.fill(cape, look.main)
    pen.sheen(cape, 0.08)
    for side in (-1, 1):
        pen.fill(oval(side * 20, -32, 9), look.main)
        pen.fill(oval(side * 20, -32, 5), light(look.accent, 0.5))
    pen.fill(oval(0, -14, 28, 26), look.main)
    pen.line(arc(0, -14, 26, 24, 200, 250), WHITE, 1.6, 0.5)
    skin = (240, 196, 158)
    pen.fill(oval(0, -9, 20, 18.6), skin)
    pen.line(smooth([(-5, -26), (0, -22), (4, -25), (2, -20)], closed=False), (88, 62, 54), 1.6)
    for side in (-1, 1):
        pen.fill(oval(side * 8, -8, 1.9, 2.3), EYES)
        pen.fill(oval(side * 8 - 0.6, -8.9, 0.7), WHITE)
        pen.fill(oval(side * 13, -2.4, 3.4, 2.2), (244, 132, 132), 0.55)
    pen.line(arc(0, -3, 4, 3.6, 15, 165), (180, 82, 82), 1.4)
    pen.line(smooth([(2, 12), (-2, 24), (4, 40)], closed=False), deep(look.main, 0.3), 1.4, 0.5)
    for side in (-1, 1):
        pen.fill(oval(side * 8, 19, 4.8, 4), skin)


def duyan(pen: Pen, look: Look) -> None:
    """A cradle hammock on its spring, with a sleeping baby."""
    pen.solid(box(-40, -47, 40, -42, 2), look.accent)
    for row in range(7):
        pen.line([(-3, -41 + row * 2), (3, -40 + row * 2)], (150, 156, 168), 1.2)
    pen.line([(0, -42), (0, -40)], (120, 126, 138), 1.6)
    for side in (-1, 1):
        pen.line([(0, -26), (side * 40, -2)], light(look.accent, 0.3), 1.6)
        pen.line([(0, -26), (side * 24, 6)], light(look.accent, 0.3), 1, 0.8)
    pen.fill(oval(-15, 4, 9), (240, 196, 158))
    pen.line(arc(-15, 2, 9, 8, 185, 350), (88, 62, 54), 2.2)
    pen.line(arc(-12, 4, 2.2, 1.6, 10, 170), EYES, 1)
    pen.fill(smooth(points("-6,4 6,-2 24,0 34,6 10,14")), light(look.main, 0.6))
    body = smooth(points("-42,-4 -34,10 -18,28 0,33 18,28 34,10 42,-4 20,8 0,10 -20,8"))
    pen.shadow(body, drop=(0, 5), blur=3)
    pen.fill(body, look.main)
    with pen.inside(body) as cloth:
        for index in range(-9, 10):
            cloth.line([(index * 4.6, -6), (index * 3.6, 36)], WHITE, 0.7, 0.4)
        for y in range(4, 36, 4):
            cloth.line(arc(0, y - 12, 44, 14, 10, 170), WHITE, 0.7, 0.4)
    pen.line(smooth(points("-42,-4 -20,8 0,10 20,8 42,-4"), closed=False), deep(look.main, 0.2), 2.4)
    for x, y, size in ((10, -16, 1), (20, -24, 0.8), (28, -33, 0.6)):
        pen.at(x, y, size).line([(-4, -4), (4, -4), (-4, 4), (4, 4)], WHITE, 1.8)


STANDING = {"hoodtowel": hoodtowel}
LYING = {"onesie": onesie, "bib": bib, "duyan": duyan}
