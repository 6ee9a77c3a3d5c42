"""Gadgets and what charges them."""

from math import cos, pi, sin

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, colour, deep, light
from bot.pictures.paths import arc, box, lathe, oval, points, smooth
from bot.pictures.pen import Pen

SCREEN = (52, 54, 72)


def powerbank(pen: Pen, look: Look) -> None:
    """A powerbank with its lights on and a cable."""
    pen.floor(0, 40, 26)
    pen.line(smooth(points("10,-36 14,-52 34,-48 38,-20 36,8 44,24"), closed=False), look.accent, 2.6)
    pen.fill(box(6, -44, 14, -35, 1.4), (236, 240, 244))
    body = box(-23, -38, 23, 40, 7)
    pen.solid(body, look.main)
    pen.fill(box(-23, -38, 23, -30, 7, 7, 0, 0), deep(look.main, 0.25), 0.7)
    for index in range(4):
        pen.fill(oval(-9 + index * 6, -18, 1.7), look.accent if index < 3 else light(look.main, 0.3))
    bolt = points("3,-8 -9,12 -1,12 -4,28 9,6 1,6")
    pen.fill(bolt, look.accent)
    pen.fill([(x - 0.6, y - 0.6) for x, y in bolt[:3]], WHITE, 0.35)


def earbuds(pen: Pen, look: Look) -> None:
    """Earbuds floating over their open case."""
    pen.floor(0, 40, 36)
    lid = box(-34, -6, 34, 18, 20, 20, 3, 3)
    pen.solid(lid, light(look.main, 0.1))
    pen.fill(box(-28, -1, 28, 18, 15, 15, 1, 1), light(look.accent, 0.15))
    for side in (-1, 1):
        bud = pen.at(side * 14, -22, wide=side)
        bud.shadow(oval(3, -6, 10, 10), alpha=0.2, blur=1.6, drop=(0, 1))
        bud.solid(box(-2, -2, 5.6, 27, 3.6), deep(look.main, 0.05))
        bud.fill(oval(3, -8, 11, 10), deep(look.main, 0.05))
        bud.fill(oval(6, -5, 9, 8), deep(look.main, 0.1))
        bud.fill(oval(-6.4, -8, 4.4, 6), look.accent)
        bud.fill(oval(1, -12, 4, 2.4), WHITE, 0.7)
        bud.fill(box(-0.6, 22, 4.2, 25, 1.2), look.accent)
    pen.solid(box(-36, 10, 36, 40, 4, 4, 18, 18), look.main)
    pen.fill(box(-36, 10, 36, 13, 3, 3, 0, 0), deep(look.main, 0.14))
    pen.fill(oval(0, 25, 1.9), colour("leaf"))
    for side in (-1, 1):
        for reach in (10, 16):
            pen.line(
                arc(side * 34, -28, reach, reach, -40 if side > 0 else 140, 40 if side > 0 else 220), WHITE, 1.8, 0.75
            )


def cable(pen: Pen, look: Look) -> None:
    """A coiled braided cable with both its plugs."""
    for reach, tone in ((30, deep(look.main, 0.14)), (25, look.main), (20, light(look.main, 0.12))):
        ring = oval(0, -2, reach, reach * 0.94)
        pen.line([*ring, ring[0]], deep(look.main, 0.5), 4.6, 0.16)
        pen.line([*ring, ring[0]], tone, 3.8)
        for step in range(0, 72, 2):
            x, y = ring[step]
            pen.fill(oval(x, y, 0.75), WHITE, 0.5)
    for side in (-1, 1):
        end = pen.at(side * 31, 4, wide=side)
        end.line(smooth([(-4, 4), (4, 16), (12, 18), (20, 10)], closed=False), look.main, 3.8)
        plug = end.at(22, 4, turn=26)
        plug.shadow(box(-4.6, -22, 4.6, 6), alpha=0.2, blur=1.4)
        plug.fill(box(-3, -26, 3, -10, 1.4), (222, 227, 232))
        plug.fill(box(-1.8, -24.4, 1.8, -22.6, 0.8), (120, 126, 138))
        plug.solid(box(-5, -14, 5, 7, 2.4), look.accent)
    strap = box(-5, 20, 5, 33, 2)
    pen.shadow(strap, alpha=0.2, blur=1.2)
    pen.fill(strap, look.accent)
    pen.fill(box(-3, 25, 3, 26.4, 0.6), WHITE, 0.7)


def charger(pen: Pen, look: Look) -> None:
    """A small wall charger with its two ports."""
    pen.floor(0, 40, 31)
    for x in (-10, 6):
        pen.fill(box(x, -42, x + 4.4, -24, 1, 1, 0, 0), (206, 212, 219))
        pen.fill(box(x, -42, x + 1.2, -24), WHITE, 0.7)
    body = box(-29, -26, 29, 40, 9)
    pen.solid(body, look.main)
    pen.fill(box(-29, -26, 29, -18, 9, 9, 0, 0), deep(look.main, 0.08))
    pen.fill(box(-10, 2, 10, 9, 3.5), SCREEN)
    pen.fill(box(-7, 4.6, 7, 6.4, 0.9), look.accent)
    pen.fill(box(-10, 17, 10, 27, 1.4), SCREEN)
    pen.fill(box(-7.6, 19, 7.6, 22, 0.4), look.accent)
    pen.fill(points("2,-15 -5,-5 -0.4,-5 -2,0 5,-9 0.6,-9"), look.accent)


def phonecase(pen: Pen, look: Look) -> None:
    """A phone in its case, and the case's back."""
    front = pen.at(24, 0, turn=8)
    front.shadow(box(-20, -40, 20, 40, 7))
    front.fill(box(-20.6, -40.6, 20.6, 40.6, 7.6), light(look.main, 0.35))
    front.fill(box(-18.6, -38.6, 18.6, 38.6, 6), SCREEN)
    with front.inside(box(-17, -37, 17, 37, 5)) as screen:
        screen.fill(box(-20, -40, 20, 40), light(look.accent, 0.3))
        screen.fill(oval(14, 26, 30), look.accent, 0.7)
        screen.fill(oval(-12, 36, 26), look.main, 0.8)
    front.fill(oval(0, -33, 1.6), SCREEN)
    back = pen.at(-19, 0, turn=-8)
    outline = box(-21, -41, 21, 41, 8)
    back.shadow(outline)
    back.fill(outline, light(look.main, 0.2))
    look.print_on(back, box(-18.6, -38.6, 18.6, 38.6, 6))
    if look.pattern == "plain":
        with back.inside(box(-18.6, -38.6, 18.6, 38.6, 6)) as clear:
            clear.fill(box(-20, -40, 20, 40), look.accent, 0.75)
            clear.fill([(-24, 10), (10, -44), (20, -44), (-24, 28)], WHITE, 0.32)
            clear.fill([(-24, 38), (24, -36), (24, -30), (-20, 44)], WHITE, 0.24)
        for corner in points("-17,-37 17,-37 17,37 -17,37"):
            back.fill(oval(*corner, 4.6), WHITE, 0.4)
    back.fill(box(-16, -36, 1, -15, 5), deep(look.main, 0.3))
    for x, y in ((-11.4, -30), (-11.4, -21), (-4, -25.6)):
        back.fill(oval(x, y, 3.3), SCREEN)
        back.fill(oval(x - 0.8, y - 0.8, 1), colour("sky"))


def speaker(pen: Pen, look: Look) -> None:
    """A speaker that plays."""
    pen.floor(0, 40, 50)
    for x, y, scale, turn in ((-50, -22, 1, -8), (46, -30, 0.9, 8), (56, -6, 0.7, -4)):
        note = pen.at(x, y, scale, turn)
        note.line([(3, 6), (3, -10), (10, -7)], look.accent, 2.2)
        note.fill(oval(-0.6, 7, 4.2, 3.2), look.accent)
    pen.line(smooth(points("-26,-16 -22,-33 0,-37 22,-33 26,-16"), closed=False), deep(look.main, 0.3), 3.6)
    body = box(-48, -18, 48, 40, 20)
    pen.solid(body, look.main, shine=False)
    grille = box(-42, -12, 42, 34, 16)
    pen.fill(grille, deep(look.main, 0.3))
    with pen.inside(grille) as mesh:
        for row in range(14):
            for column in range(28):
                mesh.fill(oval(-42 + column * 3.3 + row % 2 * 1.6, -11 + row * 3.5, 0.8), light(look.main, 0.14))
    for side in (-1, 1):
        pen.fill(oval(side * 21, 11, 15), deep(look.main, 0.45))
        pen.fill(oval(side * 21, 11, 11.4), look.accent)
        pen.fill(oval(side * 21, 11, 8), deep(look.main, 0.4))
        pen.fill(oval(side * 21, 11, 3.6), light(look.main, 0.1))
        pen.line(arc(side * 21, 11, 13, 13, 195, 265), WHITE, 1, 0.5)
    pen.fill(box(-6, -16.6, 6, -14.4, 1), light(look.main, 0.5))


def fan(pen: Pen, look: Look) -> None:
    """A desk fan."""
    pen.floor(0, 40, 22)
    pen.solid(lathe((3, 14), (3, 32), (18, 35), (20, 40)), deep(look.main, 0.16))
    pen.fill(oval(0, 37, 2), look.accent)
    pen.fill(oval(0, -12, 33), deep(look.main, 0.12))
    pen.fill(oval(0, -12, 30), light(look.main, 0.55))
    for turn in (20, 110, 200, 290):
        blade = pen.at(0, -12, turn=turn)
        blade.fill(smooth(points("0,0 -4,-12 4,-26 17,-20 14,-6")), deep(look.main, 0.3), 0.85)
        blade.fill(smooth([(3, -6), (5, -21), (13, -18)]), WHITE, 0.35)
    for step in range(24):
        angle = step * pi / 12
        pen.line(
            [(8 * cos(angle), -12 + 8 * sin(angle)), (30 * cos(angle + 0.3), -12 + 30 * sin(angle + 0.3))],
            WHITE,
            0.8,
            0.85,
        )
    for reach in (31.4, 22):
        pen.line([*oval(0, -12, reach), (reach, -12)], look.main if reach > 30 else WHITE, 2.6 if reach > 30 else 0.8)
    pen.solid(oval(0, -12, 7.4), look.main, shine=False)
    pen.fill(oval(-2, -14, 2.2), WHITE, 0.6)
    for y, reach in ((-26, 16), (-12, 21), (2, 16)):
        for side in (-1, 1):
            pen.line(
                smooth(
                    [
                        (side * 40, y),
                        (side * (44 + reach / 4), y - 2.4),
                        (side * (44 + reach / 2), y + 2.4),
                        (side * (44 + reach), y),
                    ],
                    closed=False,
                ),
                WHITE,
                1.8,
                0.7,
            )


def ringlight(pen: Pen, look: Look) -> None:
    """A ring light with a phone in it, on its tripod."""
    pen.glow(0, -14, 60, (255, 240, 200), 1)
    pen.floor(0, 40, 24)
    pen.line([(0, 18), (0, 34)], look.accent, 3)
    for x in (-22, 22, 0):
        pen.line([(0, 26), (x, 40)], look.accent, 2.4)
    ring = oval(0, -14, 28)
    pen.line([*ring, ring[0]], deep(look.main, 0.16), 10.4)
    pen.line([*ring, ring[0]], (255, 250, 232), 7.6)
    for step in range(0, 72, 3):
        pen.fill(oval(*ring[step], 1.1), (255, 221, 140), 0.8)
    pen.fill(box(-3, 2, 3, 14, 1), look.accent)
    pen.solid(box(-9.4, -31, 9.4, 4, 2.6), SCREEN, shine=False)
    pen.fill(box(-7.8, -29, 7.8, 2, 1.6), colour("sky"))
    pen.fill(oval(0, -17, 4), (240, 196, 158))
    pen.fill(smooth(points("-6.4,2 -5,-9 0,-11 5,-9 6.4,2")), colour("coral"))
    pen.line(arc(0, -18.4, 4, 3.6, 180, 360), (72, 52, 52), 1.8)


def bulb(pen: Pen, look: Look) -> None:
    """Two lit bulbs."""
    for x, y, scale, turn in ((-20, 2, 0.96, -10), (20, -2, 1, 12)):
        one = pen.at(x, y, scale, turn)
        one.glow(0, -14, 44, (255, 226, 140), 1)
        for step in range(7):
            angle = pi + step * pi / 6
            one.line(
                [(26 * cos(angle), -14 + 26 * sin(angle)), (32 * cos(angle), -14 + 32 * sin(angle))], look.main, 1.8
            )
        one.solid(lathe((8.6, 16), (9.4, 24), (8, 32), (4, 36)), (198, 205, 213))
        for row in range(4):
            one.line([(-9, 21 + row * 4), (9, 19 + row * 4)], (146, 154, 166), 1.2)
        one.solid(lathe((14, 2), (11, 10), (9.6, 18)), look.accent)
        glass = lathe((1, -35), (12, -32), (20, -20), (20, -8), (14, 4))
        one.fill(glass, light(look.main, 0.35))
        one.fill(lathe((1, -30), (9, -27), (14, -18), (14, -8), (9, 2)), (255, 247, 214))
        one.line(arc(0, -14, 15, 15, 195, 255), WHITE, 2.4, 0.9)


def stand(pen: Pen, look: Look) -> None:
    """A phone that plays a film on its stand."""
    pen.floor(0, 40, 38)
    pen.solid(box(-30, 34, 30, 40, 3), look.main)
    pen.fill([(-4, 36), (4, 36), (10, 2), (2, 2)], deep(look.main, 0.14))
    phone = pen.at(0, -10, turn=-3)
    phone.shadow(box(-47, -27, 47, 27, 5), alpha=0.18)
    phone.fill(box(-47, -27, 47, 27, 5.6), SCREEN)
    with phone.inside(box(-43.6, -24, 43.6, 24, 3)) as film:
        film.fill(box(-46, -26, 46, 26), light(look.accent, 0.3))
        film.fill(oval(17, -6, 8), colour("mango"))
        film.fill(smooth(points("-48,28 -48,8 -28,-6 -12,8 4,0 24,12 48,2 48,28")), colour("leaf"))
        film.fill(smooth(points("-48,28 -48,18 -10,13 20,19 48,14 48,28")), colour("forest"))
        film.fill(box(-38, 18, 38, 19.4, 0.7), WHITE, 0.6)
        film.fill(box(-38, 18, -4, 19.4, 0.7), colour("coral"))
        film.fill(oval(0, -1, 9), WHITE, 0.85)
        film.fill([(-3, -6), (-3, 4), (5.6, -1)], SCREEN)
    for x in (-21, 21):
        pen.fill(box(x - 4, 14, x + 4, 22, 1.6), look.main)
    pen.fill(box(-24, 16.4, 24, 20, 1.6), deep(look.main, 0.06))


def digitalclock(pen: Pen, look: Look) -> None:
    """A wooden clock with shining numbers."""
    pen.floor(0, 40, 52)
    body = box(-50, -14, 50, 40, 5)
    pen.solid(body, look.main, shine=False)
    with pen.inside(body) as grain:
        for index in range(7):
            y = -12 + index * 8
            grain.line(
                smooth([(-52, y), (-20, y + 2), (14, y - 2), (52, y + 1)], closed=False), deep(look.main, 0.2), 0.8, 0.5
            )
    face = box(-45, -9, 45, 35, 3)
    pen.fill(face, SCREEN)
    for x, segments in ((-36, "abcdef"), (-18, "acdefg"), (6, "afgcd"), (24, "abcdef")):
        _digit(pen.at(x, -2), segments, light(look.accent, 0.2))
    for y in (6, 16):
        pen.fill(box(-0.2, y, 2.6, y + 2.8, 0.6), light(look.accent, 0.2))
    pen.fill(oval(0, -20, 14, 4), deep(look.main, 0.2))
    pen.fill(oval(0, -21, 12, 3), look.main)


def _digit(pen: Pen, segments: str, tone: tuple[int, int, int]) -> None:
    places = {
        "a": (1, 0, 11, 3), "b": (9, 1, 12, 13), "c": (9, 15, 12, 27), "d": (1, 25, 11, 28), "e": (0, 15, 3, 27),
        "f": (0, 1, 3, 13), "g": (1, 12.5, 11, 15.5),
    }  # fmt: skip
    for segment, place in places.items():
        pen.fill(box(*place, 1.2), tone, 1 if segment in segments else 0.1)


STANDING = {
    "powerbank": powerbank, "earbuds": earbuds, "charger": charger, "speaker": speaker, "fan": fan,
    "ringlight": ringlight, "stand": stand, "digitalclock": digitalclock,
}  # fmt: skip
LYING = {"cable": cable, "phonecase": phonecase, "bulb": bulb}
