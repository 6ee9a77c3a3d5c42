"""Clothes."""

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, colour, deep, light
from bot.pictures.paths import Path, arc, box, oval, points, smooth, star
from bot.pictures.patterns import blossom
from bot.pictures.pen import Pen

SHIRT = points("-13,-40 -22,-36 -46,-18 -37,-2 -25,-10 -26,40 26,40 25,-10 37,-2 46,-18 22,-36 13,-40")


def garment(pen: Pen, look: Look, outline: Path, *creases: Path) -> None:
    """A piece of clothing laid flat, with its shade and its creases."""
    pen.shadow(outline)
    look.cloth(pen, outline)
    with pen.inside(outline) as cloth:
        cloth.fill([(12, 60), (20, -8), (60, -20), (60, 60)], deep(look.main, 0.5), 0.1)
        for crease in creases:
            cloth.line(crease, deep(look.main, 0.45), 1.1, 0.22)


def shirt(pen: Pen, look: Look) -> None:
    """A T-shirt with a sun on it."""
    garment(
        pen,
        look,
        SHIRT,
        [(-25, -10), (-21, -24)],
        [(25, -10), (21, -24)],
        smooth([(-10, 40), (-5, 20), (-12, 6)], closed=False),
    )
    pen.fill(smooth(points("-13,-40 -8,-31 0,-28 8,-31 13,-40 0,-37")), deep(look.main, 0.2))
    pen.line(arc(0, -41, 13, 13, 12, 168), light(look.main, 0.35), 2.2)
    for step in range(12):
        pen.at(0, 2, turn=step * 30).fill([(-1.6, -9), (1.6, -9), (0, -14)], look.accent)
    pen.fill(oval(0, 2, 7.6), look.accent)
    for side in (-1, 1):
        pen.line([(side * 44, -14.6), (side * 36.4, -4.6)], deep(look.main, 0.3), 0.8, 0.5)


def polo(pen: Pen, look: Look) -> None:
    """A shirt with a collar and buttons."""
    garment(pen, look, SHIRT, [(-25, -10), (-21, -24)], [(25, -10), (21, -24)])
    pen.fill(box(-3.4, -34, 3.4, 40), deep(look.main, 0.08), 0.8)
    for y in range(-24, 40, 12):
        pen.fill(oval(0, y, 1.5), light(look.accent, 0.2))
        pen.line(oval(0, y, 1.5), deep(look.main, 0.35), 0.4, 0.8)
    pen.fill([(-12, -40), (12, -40), (0, -30)], deep(look.main, 0.35))
    for side in (-1, 1):
        pen.fill([(side * 12, -43), (side * 17, -36), (side * 9, -24), (0, -32)], light(look.main, 0.3))
        pen.line([(side * 17, -36), (side * 9, -24), (0, -32)], deep(look.main, 0.25), 0.8, 0.7)
    pocket = points("9,-12 20,-12 20,0 14.5,4 9,0")
    pen.fill(pocket, deep(look.main, 0.1))
    pen.line([(9, -9.6), (20, -9.6)], light(look.main, 0.5), 0.8)


def dress(pen: Pen, look: Look) -> None:
    """A daster with pockets and a ruffled hem."""
    outline = [*smooth(points("-9,-42 -15,-38 -24,-28 -17,-18 -15,-8 -24,14 -34,38"), closed=False),
               *smooth(points("34,38 24,14 15,-8 17,-18 24,-28 15,-38 9,-42"), closed=False)]  # fmt: skip
    garment(
        pen,
        look,
        outline,
        smooth([(-8, -6), (-12, 16), (-15, 40)], closed=False),
        smooth([(7, -6), (9, 16), (13, 40)], closed=False),
    )
    pen.fill(smooth(points("-9,-42 -6,-32 0,-29 6,-32 9,-42 0,-38")), deep(look.main, 0.3))
    pen.line(arc(0, -42, 9, 12, 10, 170), light(look.accent, 0.5), 1.6)
    with pen.inside(outline) as cloth:
        cloth.fill(box(-18, -9, 18, -6), light(look.accent, 0.5))
    for index in range(14):
        pen.fill(oval(-31.5 + index * 4.85, 38, 3, 4), light(look.accent, 0.25))
    for side in (-1, 1):
        pocket = box(side * 14 - 6, 8, side * 14 + 6, 20, 1, 1, 5, 5)
        pen.fill(pocket, deep(look.main, 0.12))
        pen.line([(side * 14 - 6, 8.6), (side * 14 + 6, 8.6)], light(look.accent, 0.5), 1.2)


def kimono(pen: Pen, look: Look) -> None:
    """An open cover-up with wide sleeves."""
    outline = points("-7,-40 -48,-30 -46,2 -24,-4 -26,40 26,40 24,-4 46,2 48,-30 7,-40")
    pen.shadow(outline)
    flowery = Look(look.main, look.accent, "plain", look.dice)
    flowery.cloth(pen, outline)
    with pen.inside(outline) as cloth:
        for x, y, size in (
            (-38, -20, 6),
            (38, -12, 6),
            (-18, 28, 7),
            (18, 20, 7),
            (-15, -6, 5),
            (15, -18, 5),
            (36, -26, 4),
            (-16, 12, 4),
        ):
            blossom(cloth, x, y, size, look.accent, colour("mango"))
        cloth.fill([(-4, -42), (-7, 42), (7, 42), (4, -42)], light(look.main, 0.6))
        cloth.fill([(12, 60), (20, -8), (60, -20), (60, 60)], deep(look.main, 0.5), 0.1)
        for side in (-1, 1):
            cloth.line([(side * 5, -41), (side * 8, 42)], deep(look.main, 0.16), 3)
    for index in range(18):
        pen.line([(-25 + index * 2.95, 40), (-25 + index * 2.95, 44)], deep(look.main, 0.16), 0.9)


def trousers(pen: Pen, look: Look, hem: float, spread: float) -> None:
    """Shorts or long trousers with a drawstring."""
    legs = [(-22, -38), (22, -38), (26, -10), (spread, hem), (3, hem), (0, -8), (-3, hem), (-spread, hem), (-26, -10)]
    garment(
        pen,
        look,
        legs,
        smooth([(0, -30), (1, -16), (-1, -8)], closed=False),
        [(-13, hem), (-12, -6)],
        [(13, hem), (12, -6)],
    )
    waist = box(-22.6, -41, 22.6, -32, 2)
    pen.fill(waist, deep(look.main, 0.16))
    for index in range(15):
        pen.fill(box(-21 + index * 3, -40, -20 + index * 3, -33), deep(look.main, 0.3), 0.5)
    for side in (-1, 1):
        pen.line(smooth([(0, -35), (side * 4, -28), (side * 3, -18)], closed=False), light(look.accent, 0.4), 1.3)
        pen.line([(side * 24, -24), (side * 15, -30)], deep(look.main, 0.3), 1, 0.7)


def shorts(pen: Pen, look: Look) -> None:
    """House shorts."""
    trousers(pen.at(0, 16, 1.22), look, 22, 33)


def pants(pen: Pen, look: Look) -> None:
    """Wide-leg trousers."""
    trousers(pen, look, 44, 35)


def malong(pen: Pen, look: Look) -> None:
    """A malong, folded in half and hanging over a bamboo pole."""
    cloth = points("-32,-36 32,-36 34,0 33,40 -33,40 -34,0")
    pen.shadow(cloth)
    pen.fill(cloth, look.main)
    with pen.inside(cloth) as drape:
        for index, tone in enumerate(("mango", "red", "leaf", "sky", "mango")):
            x = -30 + index * 13.4
            drape.fill(box(x, -40, x + 6.4, 44), colour(tone) if index % 2 else look.accent)
            for row in range(11):
                y = -34 + row * 7.4
                drape.fill([(x + 3.2, y - 3), (x + 5.6, y), (x + 3.2, y + 3), (x + 0.8, y)], deep(look.main, 0.1))
        drape.fill(box(-36, 14, 36, 24), deep(look.main, 0.2))
        for index in range(12):
            drape.fill(star(-30 + index * 6, 19, 2.6, 1.2, 4), look.accent)
        for x in (-20, 1, 20):
            drape.fill(smooth([(x, -40), (x + 5, 0), (x + 2, 44), (x - 3, 44), (x - 2, 0)]), deep(look.main, 0.6), 0.2)
    pen.solid(box(-50, -41, 50, -33, 4), colour("wood"))
    for x in (-38, 40):
        pen.fill(box(x, -41, x + 1.6, -33), deep(colour("wood"), 0.3))


def socks(pen: Pen, look: Look) -> None:
    """Three socks in a row."""
    for index, tone in enumerate((look.main, look.accent, colour("mango"))):
        one = pen.at(-29 + index * 27, -2, 0.95, turn=-6)
        outline = [
            *box(-8, -38, 8, -36),
            *smooth(
                points("8,-34 8.4,8 12,16 26,22 27,32 18,38 2,37 -8,28 -9,8 -8,-34"),
                closed=False,
            ),
        ]
        one.shadow(outline, alpha=0.18)
        one.fill(outline, tone)
        with one.inside(outline) as knit:
            for row in range(5):
                knit.fill(box(-14, -18 + row * 8, 30, -15 + row * 8), WHITE, 0.65)
            knit.fill(oval(27, 31, 10), light(tone, 0.55))
            knit.fill(oval(-6, 26, 8), light(tone, 0.55))
            knit.fill(box(-12, -40, 12, -26), light(tone, 0.3))
            for rib in range(7):
                knit.fill(box(-8 + rib * 2.6, -40, -7.2 + rib * 2.6, -26), deep(tone, 0.25), 0.5)


def hat(pen: Pen, look: Look) -> None:
    """A bucket hat."""
    one = pen.at(0, 2, turn=-6)
    brim = smooth(points("-50,26 -30,6 0,2 30,6 50,26 30,36 0,38 -30,36"))
    one.shadow(brim)
    one.fill(brim, deep(look.main, 0.12))
    one.fill(smooth(points("-45,26 -24,18 0,16 24,18 45,26 26,33 0,34.6 -26,33")), look.accent)
    crown = smooth(points("-31,18 -26,-16 -18,-27 0,-30 18,-27 26,-16 31,18 16,23 0,24.6 -16,23"))
    one.solid(crown, look.main)
    one.line(arc(0, -10, 24, 6, 10, 170), deep(look.main, 0.3), 0.9, 0.6)
    for radius in (0, 4):
        one.line(arc(0, 14 + radius, 31 + radius, 8, 15, 165), light(look.main, 0.4), 0.8, 0.7)


def sleeves(pen: Pen, look: Look) -> None:
    """A pair of arm sleeves under the sun."""
    pen.fill(oval(0, -14, 13), colour("mango"))
    for step in range(12):
        pen.at(0, -14, turn=step * 30).fill([(-2, -16), (2, -16), (0, -22)], colour("mango"))
    for side in (-1, 1):
        one = pen.at(side * 27, 4, wide=side, turn=side * 9)
        outline = points("-12,-42 12,-42 11,0 8,38 -8,38 -11,0")
        one.shadow(outline)
        one.fill(outline, look.main)
        with one.inside(outline) as knit:
            knit.fill(box(-14, -12, 14, 8), light(look.accent, 0.4), 0.9)
            for index in range(4):
                knit.fill([(-12 + index * 7, 4), (-8.4 + index * 7, -8), (-5 + index * 7, 4)], look.main)
            knit.fill(box(4, -44, 14, 40), deep(look.main, 0.4), 0.14)
        for y, wide in ((-42, 12.6), (33, 8.8)):
            one.fill(box(-wide, y, wide, y + 5, 1.5), deep(look.main, 0.24))


LYING = {
    "shirt": shirt, "polo": polo, "dress": dress, "kimono": kimono, "shorts": shorts, "pants": pants, "malong": malong,
    "socks": socks, "hat": hat, "sleeves": sleeves,
}  # fmt: skip
