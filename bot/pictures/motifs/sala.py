"""Things of the sala: lamps, plants and what hangs on the wall."""

from math import cos, pi, sin

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, colour, deep, light
from bot.pictures.paths import arc, box, lathe, leaf, oval, points, smooth, star
from bot.pictures.patterns import Area, blossom, capiz
from bot.pictures.pen import Pen


def lamp(pen: Pen, look: Look) -> None:
    """A table lamp of capiz shell, lit."""
    pen.glow(0, -16, 66, (255, 221, 150), 0.9)
    pen.floor(0, 40, 22)
    pen.solid(lathe((3, 4), (2.6, 12), (8, 22), (8, 28), (3, 34), (14, 37), (15, 40)), look.accent)
    shade = lathe((16, -42), (31, 6), soft=False)
    pen.fill(shade, (255, 236, 190))
    with pen.inside(shade) as panes:
        capiz(panes, Area(-32, -43, 32, 8, look.main, look.accent))
    pen.glow(0, -14, 26, (255, 250, 225), 0.8)
    pen.sheen(shade, 0.06)
    for y, wide in ((-42, 17), (5, 32)):
        pen.fill(box(-wide, y - 1.2, wide, y + 1.6, 1), look.accent)


def pendant(pen: Pen, look: Look) -> None:
    """A hanging rattan lampshade, lit."""
    pen.line([(0, -78), (0, -28)], (88, 74, 64), 1.3)
    pen.glow(0, 24, 60, (255, 221, 150), 0.9)
    pen.fill(oval(0, 24, 9, 9), (255, 246, 214))
    shade = [
        *smooth([(-5, -28), (-22, -18), (-36, 4), (-42, 24)], closed=False),
        *smooth([(42, 24), (36, 4), (22, -18), (5, -28)], closed=False),
    ]
    pen.fill(shade, light(look.main, 0.1))
    with pen.inside(shade) as cane:
        for index in range(-12, 13):
            for lean in (-8, 8):
                cane.line([(index * 1.1, -30), (index * 4.4 + lean, 26)], deep(look.main, 0.26), 0.7, 0.8)
        for y in range(-24, 26, 6):
            cane.line(arc(0, y - 6, 48, 8, 10, 170), deep(look.main, 0.2), 0.9, 0.7)
    pen.line(arc(0, 23, 42, 3, 0, 180), look.accent, 2.2)
    pen.solid(box(-6, -33, 6, -26, 2), look.accent)


def parol(pen: Pen, look: Look) -> None:
    """A star lantern with tails, lit."""
    one = pen.at(0, -6)
    one.glow(0, 0, 62, (255, 226, 150), 1)
    one.line([(0, -78), (0, -38)], (120, 84, 58), 1)
    one.line([*oval(0, 0, 38), (38, 0)], look.accent, 2.4)
    for index in range(30):
        angle = index * pi / 15
        one.fill(oval(38 * cos(angle), 38 * sin(angle), 1.7), (WHITE, colour("magenta"), colour("aqua"))[index % 3])
    one.fill(star(0, 0, 35, 14), look.main)
    for index in range(5):
        point = one.at(turn=index * 72)
        point.fill([(0, 0), (0, -35), (8.4, -11.4)], deep(look.main, 0.22), 0.7)
        point.line([(0, 0), (0, -34)], light(look.accent, 0.4), 0.9)
        point.fill([(0, -30), (-3, -15), (0, -11), (3, -15)], look.accent, 0.8)
    one.fill(oval(0, 0, 8), look.accent)
    blossom(one, 0, 0, 6, (255, 252, 240), look.main)
    for side in (-1, 1):
        tail = one.at(side * 22, 31, turn=-side * 12)
        for strip in range(-3, 4):
            tone = (look.main, look.accent, colour("leaf"))[strip % 3]
            tail.line(
                smooth([(strip * 0.8, 0), (strip * 2, 9), (strip * 1.6, 17), (strip * 2.4, 23)], closed=False),
                tone,
                1.5,
            )
        tail.fill(oval(0, -1, 3.4), look.accent)


def plant(pen: Pen, look: Look) -> None:
    """A leafy plant in a clay pot on its saucer."""
    pen.floor(0, 40, 27)
    for index, turn in enumerate((-165, -15, -145, -35, -122, -58, -90, -106, -74)):
        length = (24, 24, 33, 33, 38, 38, 41, 36, 34)[index]
        tone = (look.accent, deep(look.accent, 0.2), light(look.accent, 0.2))[index % 3]
        pen.fill(leaf(0, 4, length + look.dice.between(-2, 2), 13, turn), tone)
        end = leaf(0, 4, length * 0.85, 1, turn)[24]
        pen.line([(0, 4), end], light(look.accent, 0.5), 0.6, 0.7)
    body = lathe((21, 4), (15, 36), soft=False)
    pen.fill(body, look.main)
    with pen.inside(body) as clay:
        clay.fill(box(-24, 14, 24, 16.4), light(look.main, 0.55), 0.8)
        for index in range(8):
            clay.fill(
                [(-21 + index * 6, 25), (-18 + index * 6, 19), (-15 + index * 6, 25)], light(look.main, 0.55), 0.8
            )
    pen.sheen(body)
    pen.solid(box(-23.5, 0, 23.5, 8, 2), light(look.main, 0.08))
    pen.solid(box(-21, 35, 21, 40, 1, 1, 3, 3), deep(look.main, 0.14))


def monstera(pen: Pen, look: Look) -> None:
    """A potted monstera with split leaves."""
    pen.floor(0, 40, 24)
    for x, y, turn, scale in (
        (-27, -6, -62, 0.82),
        (27, -8, 60, 0.86),
        (-12, -26, -24, 0.95),
        (14, -28, 22, 1),
        (0, -10, 2, 0.8),
    ):
        pen.line(smooth([(0, 18), (x * 0.35, 6), (x, y)], closed=False), deep(look.main, 0.15), 1.8)
        one = pen.at(x, y, scale, turn)
        tone = light(look.main, 0.16) if scale < 0.9 else look.main
        one.fill(smooth(points("0,4 -12,4 -17,-6 -12,-18 0,-27 12,-18 17,-6 12,4")), tone)
        one.line([(0, 3), (0, -25)], light(look.main, 0.42), 0.9)
        for side in (-1, 1):
            for notch, cut in ((-2, 15), (-9, 16), (-16, 12)):
                one.fill(
                    [(side * 6, notch - 1), (side * (cut + 3), notch - 6), (side * (cut + 3), notch - 3.6)],
                    light(colour("cream"), 0.35),
                    0.85,
                )
                one.line([(0, notch + 2), (side * 7, notch - 2.4)], light(look.main, 0.42), 0.6, 0.9)
    body = lathe((19, 12), (18, 28), (13, 40), soft=False)
    pen.solid(body, look.accent)
    pen.fill(box(-19, 12, 19, 15), deep(look.accent, 0.1), 0.7)


def clock(pen: Pen, look: Look) -> None:
    """A round wall clock at ten past ten."""
    pen.shadow(oval(0, 0, 40))
    pen.fill(oval(0, 0, 41), look.accent)
    pen.line(arc(0, 0, 39.4, 39.4, 190, 280), light(look.accent, 0.5), 1.6, 0.8)
    pen.fill(oval(0, 0, 36), deep(look.main, 0.08))
    pen.fill(oval(0, 0.8, 35), look.main)
    for hour in range(12):
        long = hour % 3 == 0
        pen.at(turn=hour * 30).fill(
            box(-0.9 if long else -0.5, -32, 0.9 if long else 0.5, -26 if long else -29, 0.4), (70, 66, 80)
        )
    pen.at(turn=-56).line([(0, 4), (0, -18)], (60, 56, 72), 3)
    pen.at(turn=62).line([(0, 5), (0, -26)], (60, 56, 72), 2.2)
    pen.at(turn=190).line([(0, 6), (0, -27)], colour("coral"), 0.9)
    pen.fill(oval(0, 0, 2.6), colour("coral"))


def runner(pen: Pen, look: Look) -> None:
    """A handloom runner across a table, with a bowl of fruit."""
    one = pen.at(turn=-12)
    cloth = box(-66, -19, 66, 19)
    one.shadow(cloth)
    look.cloth(one, cloth)
    for y in (-19, 16.6):
        one.fill(box(-66, y, 66, y + 2.4), look.accent)
    for side in (-1, 1):
        for index in range(15):
            one.line([(side * 66, -18 + index * 2.6), (side * 71, -18.4 + index * 2.7)], light(look.main, 0.6), 0.8)
    one.shadow(oval(0, 0, 19), alpha=0.3)
    one.fill(oval(0, 0, 19), colour("wood"))
    one.fill(oval(0, 0, 16.4), deep(colour("wood"), 0.22))
    for x, y, tone in ((-6, -4, "mango"), (6, -5, "leaf"), (0, 6, "red")):
        one.fill(oval(x, y, 7), colour(tone))
        one.fill(oval(x - 2, y - 2.4, 2), WHITE, 0.45)
        one.fill(leaf(x, y - 5, 6, 3, -30), colour("forest"))


def frame(pen: Pen, look: Look) -> None:
    """Three photo frames with landscapes in them."""
    pen.floor(0, 40, 48)
    for x, high, wide, turn in ((-30, 50, 17, -4), (30, 44, 17, 4), (0, 66, 22, 0)):
        one = pen.at(x, 40, turn=turn)
        one.fill(box(-wide, -high, wide, 0, 1.4), look.main if wide < 20 else deep(look.main, 0.14))
        one.fill(box(-wide, -high, -wide + 1.6, 0), WHITE, 0.25)
        one.fill(box(-wide + 3.4, -high + 3.4, wide - 3.4, -3.4), (255, 253, 248))
        view = box(-wide + 6.4, -high + 7, wide - 6.4, -7)
        with one.inside(view) as scene:
            scene.fill(view, light(look.accent, 0.35))
            scene.fill(oval(wide * 0.25, -high * 0.68, 4.4), colour("mango"))
            scene.fill(
                smooth(
                    [
                        (-wide, 2),
                        (-wide, -high * 0.4),
                        (-2, -high * 0.62),
                        (8, -high * 0.36),
                        (wide, -high * 0.46),
                        (wide, 2),
                    ]
                ),
                colour("leaf"),
            )
            scene.fill(
                smooth([(-wide, 2), (-wide, -high * 0.22), (0, -high * 0.3), (wide, -high * 0.2), (wide, 2)]),
                colour("forest"),
            )


STANDING = {"lamp": lamp, "plant": plant, "monstera": monstera, "frame": frame}
LYING = {"pendant": pendant, "parol": parol, "clock": clock, "runner": runner}
