"""Bags and small things to carry, and the packets that food and sachets come in."""

from math import cos, pi, sin

from bot.pictures.look import Look
from bot.pictures.motifs.bedroom import bow
from bot.pictures.palette import WHITE, colour, deep, is_light, light
from bot.pictures.paths import arc, box, leaf, oval, points, smooth
from bot.pictures.patterns import blossom
from bot.pictures.pen import Pen


def tote(pen: Pen, look: Look) -> None:
    """A canvas tote with a print."""
    pen.floor(0, 40, 36)
    for rise, tone in ((-46, deep(look.accent, 0.3)), (-40, look.accent)):
        pen.line(
            smooth([(-16, -14), (-15, rise * 0.75), (0, rise), (15, rise * 0.75), (16, -14)], closed=False), tone, 4
        )
    body = points("-33,-18 33,-18 37,38 34,40 -34,40 -37,38")
    pen.fill(body, look.main)
    with pen.inside(body) as canvas:
        canvas.fill([(22, -20), (60, -20), (60, 50), (28, 50)], deep(look.main, 0.4), 0.14)
        canvas.line(smooth([(-26, 40), (-20, 22), (-27, 4)], closed=False), deep(look.main, 0.4), 1, 0.3)
        canvas.fill(box(-36, -18, 36, -13.6), deep(look.main, 0.1))
    for turn in (-150, -120, -90, -60, -30):
        pen.fill(leaf(0, 26, 22, 8.6, turn), look.accent)
    pen.fill(oval(0, 27, 3.4), colour("coral"))
    for x in (-16, 16):
        pen.fill(box(x - 3, -17, x + 3, -8, 0.6), look.accent)


def bayong(pen: Pen, look: Look) -> None:
    """A woven market bag with greens in it."""
    pen.floor(0, 40, 42)
    for turn in (-130, -112, -94, -76, -58):
        pen.fill(leaf(turn / 5 + 19, -8, 26, 8, turn), colour("leaf") if turn % 4 else colour("forest"))
    pen.fill(oval(-16, -16, 8), colour("red"))
    pen.fill(oval(16, -15, 9), colour("orange"))
    for rise, tone in ((-48, deep(look.accent, 0.3)), (-42, look.accent)):
        pen.line(
            smooth([(-20, -8), (-17, rise * 0.72), (0, rise), (17, rise * 0.72), (20, -8)], closed=False), tone, 3.6
        )
    body = points("-38,-12 38,-12 42,34 38,40 -38,40 -42,34")
    pen.fill(body, look.main)
    size = 6.4
    with pen.inside(body) as woven:
        for row in range(9):
            for column in range(14):
                x, y = -44 + column * size, -12 + row * size
                if row in (3, 4, 5) and (row + column) % 2:
                    woven.fill(box(x, y, x + size, y + size), look.accent if column % 4 < 2 else colour("magenta"))
                elif (row + column) % 2:
                    woven.fill(box(x, y, x + size, y + size), deep(look.main, 0.14))
                woven.fill(box(x, y, x + size, y + 0.8), WHITE, 0.25)
    pen.sheen(body, 0.12)
    pen.fill(box(-39, -15, 39, -9, 2), deep(look.main, 0.26))


def backpack(pen: Pen, look: Look) -> None:
    """A backpack with hidden zips."""
    pen.floor(0, 40, 32)
    pen.line(arc(0, -38, 8, 8, 180, 360), deep(look.main, 0.2), 3.4)
    for side in (-1, 1):
        pen.fill(box(side * 31 - 5, 4, side * 31 + 5, 36, 4), deep(look.main, 0.3))
    body = box(-31, -40, 31, 40, 24, 24, 9, 9)
    pen.solid(body, look.main, shine=False)
    pen.line(
        smooth(points("-24,8 -23,-18 -12,-30 0,-32 12,-30 23,-18 24,8"), closed=False),
        deep(look.main, 0.4),
        1.6,
    )
    pocket = box(-23, 4, 23, 35, 6)
    pen.fill(pocket, light(look.main, 0.12))
    pen.line([(-20, 10), (20, 10)], deep(look.main, 0.4), 1.6)
    pen.line([(12, 10), (12, 17)], look.accent, 2)
    pen.fill(box(-8, -16, 8, -6, 1.6), look.accent)
    pen.fill(box(-5, -12, 5, -10.6, 0.6), WHITE, 0.9)
    pen.line(smooth([(-25, -2), (-24, -20), (-14, -33)], closed=False), WHITE, 1.6, 0.25)


def sling(pen: Pen, look: Look) -> None:
    """A small sling bag with its strap."""
    pen.line(
        smooth(points("-33,2 -42,-26 -20,-46 14,-46 42,-28 33,2"), closed=False),
        deep(look.main, 0.16),
        2.8,
    )
    body = box(-36, -8, 36, 38, 5, 5, 16, 16)
    pen.shadow(body)
    pen.solid(body, look.main, shine=False)
    flap = [
        *box(-37, -10, 37, -8, 4, 4, 0, 0)[:22],
        *smooth(points("37,-4 34,12 14,21 0,23 -14,21 -34,12 -37,-4"), closed=False),
    ]
    pen.shadow(flap, alpha=0.2, blur=1.4, drop=(0, 1.6))
    pen.fill(flap, light(look.main, 0.16))
    pen.line(
        smooth(points("-34,6 -29,12 -13,18.4 0,20 13,18.4 29,12 34,6"), closed=False),
        light(look.main, 0.6),
        0.8,
        0.9,
    )
    pen.solid(oval(0, 19, 5.4), look.accent, shine=False)
    pen.fill(oval(-1.4, 17.4, 1.4), WHITE, 0.7)
    for side in (-1, 1):
        pen.line(oval(side * 33.6, -4, 3.4), look.accent, 1.5)


def wallet(pen: Pen, look: Look) -> None:
    """A wallet with cards and bills showing."""
    one = pen.at(0, 2, turn=-8)
    for y, tone in ((-34, "leaf"), (-28, "sky"), (-22, "mango")):
        card = box(-32, y, 32, y + 30, 3)
        one.shadow(card, alpha=0.14, blur=1.2)
        one.fill(card, light(colour(tone), 0.25))
        one.fill(box(-26, y + 3, -14, y + 4.4, 0.6), WHITE, 0.8)
    body = box(-41, -16, 41, 38, 5)
    one.shadow(body)
    one.fill(body, look.main)
    one.fill(box(-41, -16, 41, -9, 5, 5, 0, 0), light(look.main, 0.14))
    one.line([*box(-38, -13, 38, 35, 4), (-38, -9)], look.accent, 0.7, 0.9)
    flap = box(22, 2, 46, 20, 6, 3, 3, 6)
    one.shadow(flap, alpha=0.2, blur=1.2)
    one.fill(flap, deep(look.main, 0.16))
    one.solid(oval(30, 11, 3.4), colour("gold"), shine=False)


def umbrella(pen: Pen, look: Look) -> None:
    """An open umbrella in the rain."""
    one = pen.at(0, 0, turn=10)
    for x, y in ((-58, -30), (-46, 4), (-64, 20), (52, 8), (62, -22), (44, 30), (-36, 32), (70, 14)):
        pen.line([(x, y), (x - 2, y + 8)], WHITE, 1.3, 0.8)
    one.line([(0, -40), (0, 30), *arc(-5, 30, 5, 6, 0, 180)], (96, 84, 96), 2.4)
    cover = smooth(points("-46,2 -40,-18 -24,-34 0,-40 24,-34 40,-18 46,2"), closed=False)
    rim = [
        (46, 2),
        *arc(38.3, 2, 7.7, 5, 0, -180),
        *arc(23, 2, 7.7, 5, 0, -180),
        *arc(7.7, 2, 7.7, 5, 0, -180),
        *arc(-7.7, 2, 7.7, 5, 0, -180),
        *arc(-23, 2, 7.7, 5, 0, -180),
        *arc(-38.3, 2, 7.7, 5, 0, -180),
    ]
    outline = [*cover, *rim]
    one.shadow(outline, alpha=0.16)
    one.fill(outline, look.main)
    with one.inside(outline) as cloth:
        for left, right in ((-30.7, -15.3), (0, 15.3), (30.7, 46)):
            cloth.fill(smooth([(0, -41), (left * 0.7, -22), (left, 4), (right, 4), (right * 0.7, -22)]), look.accent)
        cloth.fill(smooth(points("0,-42 34,-22 48,6 60,0 40,-40")), deep(look.main, 0.5), 0.16)
    one.line([(0, -40), (0, -45)], (96, 84, 96), 2)


def abaniko(pen: Pen, look: Look) -> None:
    """An open folding fan."""
    one = pen.at(0, 30)
    edge = [(62 * cos(pi + step * pi / 36), 62 * sin(pi + step * pi / 36)) for step in range(2, 35)]
    heart = [(24 * cos(pi + step * pi / 36), 24 * sin(pi + step * pi / 36)) for step in range(34, 1, -1)]
    one.shadow([*edge, (0, 4)])
    for step in range(2, 35, 2):
        angle = pi + step * pi / 36
        one.line([(0, 0), (26 * cos(angle), 26 * sin(angle))], colour("wood"), 2.2)
    one.fill([*edge, *heart], look.main)
    with one.inside([*edge, *heart]) as cloth:
        for step in range(2, 34, 2):
            angles = (pi + step * pi / 36, pi + (step + 1) * pi / 36)
            cloth.fill(
                [(24 * cos(a), 24 * sin(a)) for a in angles] + [(64 * cos(a), 64 * sin(a)) for a in reversed(angles)],
                deep(look.main, 0.4),
                0.16,
            )
        for index, angle in enumerate((196, 226, 258, 290, 318, 344)):
            reach = 44 if index % 2 else 50
            x, y = reach * cos(angle * pi / 180), reach * sin(angle * pi / 180)
            blossom(cloth, x, y, 7.4 if index % 2 else 6, (255, 250, 240), look.accent)
    one.line(edge, look.accent, 2)
    one.fill(oval(0, 0, 4), look.accent)
    one.line(smooth([(0, 2), (4, 9), (-2, 14)], closed=False), look.accent, 1.4)


def pouches(pen: Pen, look: Look) -> None:
    """Zipped organiser pouches in several sizes."""
    pen.floor(0, 40, 50)
    for left, top, right, tone in (
        (-46, -30, 8, look.main),
        (-6, -12, 46, look.accent),
        (-38, 8, 14, light(look.main, 0.35)),
    ):
        body = box(left, top, right, 40, 6)
        pen.shadow(body, alpha=0.16, blur=1.6)
        pen.fill(body, tone)
        with pen.inside(body) as mesh:
            window = box(left + 6, top + 16, right - 6, 34, 4)
            mesh.fill(window, WHITE, 0.3)
            with mesh.inside(window) as dots:
                for row in range(int((34 - top - 16) / 3) + 1):
                    for column in range(int((right - left - 12) / 3.2) + 1):
                        spot = oval(left + 6 + column * 3.2 + row % 2 * 1.6, top + 16 + row * 3, 0.6)
                        dots.fill(spot, deep(tone, 0.35), 0.6)
        pen.line([(left + 5, top + 8), (right - 5, top + 8)], light(tone, 0.65), 1.8)
        pen.fill(box(right - 14, top + 6.4, right - 8, top + 15, 1.5), colour("gold"))


def sack(pen: Pen, look: Look) -> None:
    """A cloth sack with a drawstring."""
    pen.floor(0, 40, 34)
    pen.fill(smooth(points("-18,-24 -26,-38 -10,-34 0,-41 11,-34 26,-39 18,-24")), light(look.main, 0.15))
    body = smooth(points("-17,-22 -30,-4 -34,20 -30,38 0,40 30,38 34,20 30,-4 17,-22 0,-20"))
    pen.fill(body, look.main)
    with pen.inside(body) as cloth:
        cloth.fill(oval(0, 17, 19, 16), (255, 251, 241))
        for turn in (-140, -90, -40):
            cloth.fill(leaf(0, 27, 19, 9, turn), deep(look.main, 0.2) if is_light(look.accent) else look.accent)
        for x in (-12, 0, 11):
            cloth.line(
                smooth([(x * 0.7, -22), (x * 1.1, -10), (x * 1.6, -2)], closed=False), deep(look.main, 0.4), 1, 0.4
            )
    pen.sheen(body)
    pen.fill(box(-18, -25, 18, -20, 2.4), look.accent)
    bow(pen.at(7, -21), look.accent, 0.7)


def pouch(pen: Pen, look: Look) -> None:
    """A stand-up packet with a label."""
    pen.floor(0, 40, 29)
    body = points("-25,-40 25,-40 26,-30 29,30 26,40 -26,40 -29,30 -26,-30")
    pen.fill(body, look.main)
    with pen.inside(body) as foil:
        foil.fill(smooth(points("-30,26 0,33 30,26 30,44 -30,44")), deep(look.main, 0.2), 0.5)
        foil.fill(box(-30, -41, 30, -33), deep(look.main, 0.16))
        for index in range(17):
            foil.fill(box(-25 + index * 3.1, -41, -24 + index * 3.1, -33), light(look.main, 0.3), 0.6)
    look.print_on(pen, [(x, y * 0.96) for x, y in body])
    pen.sheen(body)
    pen.fill(oval(0, -28.6, 2.4), deep(look.main, 0.4))
    for x, y, turn in ((-40, 34, -20), (40, 35, 24), (34, 39, -10)):
        bit = pen.at(x, y, turn=turn)
        bit.fill(smooth(points("-7,0 -3,-4 5,-3 7,1 1,4 -5,3")), deep(look.main, 0.06))
        bit.line(smooth([(-4, -1), (0, -2.4), (4, -1)], closed=False), light(look.main, 0.5), 0.8)


def coffeebag(pen: Pen, look: Look) -> None:
    """A bag of coffee with beans before it."""
    pen.floor(0, 40, 29)
    body = points("-22,-36 22,-36 26,-24 26,40 -26,40 -26,-24")
    pen.fill(body, look.main)
    with pen.inside(body) as paper:
        paper.fill(points("-22,-36 -26,-24 -18,-20 -18,40 -30,40 -30,-36"), deep(look.main, 0.18))
        paper.fill(points("22,-36 26,-24 18,-20 18,40 30,40 30,-36"), deep(look.main, 0.3))
    inner = Look(look.main, look.accent, look.pattern, look.dice)
    inner.print_on(pen, box(-18, -30, 18, 40))
    pen.fill(box(-23, -43, 23, -34, 1.5), deep(look.main, 0.24))
    pen.fill(box(-27, -39.4, 27, -36.6, 1.2), look.accent)
    pen.fill(oval(0, -22, 2.6), deep(look.main, 0.35))
    pen.fill(oval(0, -22, 1.2), light(look.main, 0.3))
    for x, y, turn, size in (
        (-37, 36, 20, 1),
        (-44, 40, -30, 0.86),
        (38, 37, -24, 1),
        (46, 41, 40, 0.84),
        (31, 42, 8, 0.8),
    ):
        bean(pen.at(x, y, size, turn))


def bean(pen: Pen) -> None:
    """A coffee bean around the pen's origin."""
    pen.fill(oval(0.4, 1.4, 6.6, 4.4), (60, 40, 34), 0.2)
    pen.fill(oval(0, 0, 6.4, 4.4), (112, 70, 48))
    pen.line(smooth([(-6, 0.4), (-2, -1.2), (2, 1.2), (6, -0.4)], closed=False), (70, 42, 30), 1.1)
    pen.line(arc(0, 0, 4.6, 3, 190, 280), (160, 110, 80), 0.9, 0.8)


STANDING = {
    "tote": tote, "bayong": bayong, "backpack": backpack, "pouches": pouches, "sack": sack, "pouch": pouch,
    "coffeebag": coffeebag,
}  # fmt: skip
LYING = {"sling": sling, "wallet": wallet, "umbrella": umbrella, "abaniko": abaniko}
