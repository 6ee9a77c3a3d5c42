"""Boxes of sweets, tablea and gifts."""

from bot.pictures.look import Look
from bot.pictures.motifs.bedroom import bow
from bot.pictures.palette import WHITE, Colour, colour, deep, light
from bot.pictures.paths import arc, box, lathe, oval, points, smooth
from bot.pictures.patterns import blossom
from bot.pictures.pen import Pen


def candybox(pen: Pen, look: Look) -> None:
    """An open box with sweets in twisted wrappers."""
    pen.floor(0, 40, 46)
    lid = box(-38, -36, 38, 6, 4)
    pen.fill(lid, deep(look.main, 0.12))
    look.print_on(pen, box(-34, -32, 34, 6, 3))
    pen.fill(oval(0, -15, 13), light(look.accent, 0.75))
    blossom(pen, 0, -15, 10, look.accent, colour("mango"))
    wraps = (look.accent, colour("coral"), colour("mint"), (255, 252, 244), colour("lavender"), colour("mango"))
    for index in range(10):
        x, y = -35 + index % 5 * 17.5 + (8 if index > 4 else 0), 2 + index // 5 * 8
        if x < 42:
            sweet(pen.at(x, y, 1.05, look.dice.between(-16, 16)), wraps[(index * 5 + index // 5) % 6])
    body = points("-46,10 46,10 43,38 40,40 -40,40 -43,38")
    pen.fill(body, look.main)
    with pen.inside(body) as card:
        card.fill(box(-50, 10, 50, 13), WHITE, 0.35)
        card.fill(box(-50, 27, 50, 31), look.accent, 0.9)
        card.fill(box(-50, 33, 50, 34), look.accent, 0.9)
    pen.sheen(body, 0.09)


def sweet(pen: Pen, tone: Colour) -> None:
    """One sweet in its twisted paper around the pen's origin."""
    for side in (-1, 1):
        pen.fill([(side * 6, 0), (side * 13, -5), (side * 11.4, 0), (side * 13, 5)], light(tone, 0.3))
        pen.line([(side * 6, 0), (side * 12, -2.6)], deep(tone, 0.2), 0.5, 0.7)
    pen.fill(box(-7.4, -4.8, 7.4, 4.8, 4), tone)
    pen.fill(box(-7.4, 1.6, 7.4, 4.8, 0, 0, 4, 4), deep(tone, 0.18), 0.7)
    pen.fill(box(-5, -3.4, 3, -2, 0.7), WHITE, 0.6)


def giftbox(pen: Pen, look: Look) -> None:
    """A wrapped gift box with a bow and a tag."""
    pen.floor(0, 40, 42)
    body = box(-36, -2, 36, 40, 2)
    pen.solid(body, look.main, shine=False)
    with pen.inside(body) as paper:
        for row in range(5):
            for column in range(8):
                paper.fill(oval(-34 + column * 10 + row % 2 * 5, 6 + row * 8, 1.3), light(look.main, 0.45), 0.8)
    pen.fill(box(-6, -2, 6, 40), look.accent)
    pen.fill(box(-6, -2, -4, 40), WHITE, 0.35)
    pen.solid(box(-40, -14, 40, 0, 2.4), light(look.main, 0.08), shine=False)
    pen.fill(box(-7, -14, 7, 0), look.accent)
    pen.fill(box(-40, -2, 40, 0), deep(look.main, 0.4), 0.4)
    bow(pen.at(0, -16), look.accent, 1.7)
    pen.line(smooth([(4, -10), (16, -2), (20, 8)], closed=False), (255, 248, 232), 0.9)
    tag = pen.at(22, 16, turn=14)
    tag.shadow(box(-8, -9, 8, 11, 2), alpha=0.2, blur=1.2)
    tag.fill(points("-8,-4 -4,-10 4,-10 8,-4 8,11 -8,11"), (255, 250, 238))
    tag.fill(oval(0, -6.4, 1.4), deep(look.main, 0.2))
    heart = smooth(points("0,8 -5,2 -4,-1.6 0,0.4 4,-1.6 5,2"))
    tag.fill(heart, look.main)


def tablea(pen: Pen, look: Look) -> None:
    """Discs of tablea in a stack beside a cup of hot chocolate."""
    pen.floor(-26, 40, 25)
    pen.floor(26, 40, 24)
    for index, shift in enumerate((0, 1.5, -1, 0.8)):
        y = 36 - index * 10
        x = -26 + shift
        pen.fill([*arc(x, y, 22, 6, 0, 180), *arc(x, y - 7, 22, 6, 180, 0)], deep(look.main, 0.25))
        pen.fill(oval(x, y - 7, 22, 6), look.main)
    top = -25.2, -1.0
    pen.fill(oval(*top, 22, 6), light(look.main, 0.12))
    pen.line([*oval(*top, 16, 4.1), (top[0] + 16, top[1])], deep(look.main, 0.25), 1)
    for turn in (0, 1):
        pen.line(
            [
                (top[0] - (14 if turn else 4), top[1] - (0 if turn else 3.8)),
                (top[0] + (14 if turn else 4), top[1] + (0 if turn else 3.8)),
            ],
            deep(look.main, 0.25),
            0.9,
        )
    pod = pen.at(-28, -20, 1.05, -68)
    pod.fill(smooth(points("-6,-18 0,-24 6,-18 10,-4 8,10 0,20 -8,10 -10,-4")), look.accent)
    for x in (-4.4, 0, 4.4):
        pod.line(smooth([(x * 0.5, -21), (x * 1.5, -4), (x * 0.5, 17)], closed=False), deep(look.accent, 0.3), 1, 0.7)
    pod.line([(0, -23), (2, -30)], colour("brown"), 2)
    cup = pen.at(28, 0)
    cup.line(arc(18, 20, 9, 9, -85, 85), deep((255, 252, 244), 0.14), 4)
    body = lathe((20, 2), (20, 16), (16, 32), (9, 40))
    cup.solid(body, (255, 252, 244))
    with cup.inside(body) as glaze:
        glaze.fill(box(-22, 16, 22, 20), colour("terracotta"))
        glaze.fill(box(-22, 22, 22, 23), colour("terracotta"))
    cup.fill(oval(0, 2, 20, 4.8), (244, 236, 222))
    cup.fill(oval(0, 2.6, 17, 3.6), look.main)
    cup.fill(oval(-3, 2.2, 8, 1.5), light(look.main, 0.25), 0.8)
    for x, lift in ((-7, 0.0), (3, -4.0), (11, 1.0)):
        cup.line(
            smooth([(x, -6 + lift), (x + 3, -11 + lift), (x - 2, -17 + lift), (x + 1, -23 + lift)], closed=False),
            WHITE,
            1.7,
            0.8,
        )


STANDING = {"candybox": candybox, "giftbox": giftbox, "tablea": tablea}
