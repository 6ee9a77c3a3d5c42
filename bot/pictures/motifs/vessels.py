"""Mugs, bottles, jars and other things that hold something and stand on a table."""

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, Colour, colour, deep, light, mix
from bot.pictures.paths import Path, arc, box, lathe, leaf, oval, points, smooth
from bot.pictures.pen import Pen

GLASS: Colour = (226, 240, 243)


def mug(pen: Pen, look: Look) -> None:
    """A mug of steaming coffee."""
    pen.floor(2, 40, 30)
    pen.line(arc(23, 10, 15, 15, -85, 85), deep(look.main, 0.1), 6.4)
    pen.line(arc(23, 9, 14, 14, -85, 20), light(look.main, 0.25), 1.2, 0.6)
    body = box(-27, -18, 25, 40, 2, 2, 13, 13)
    pen.fill(body, look.main)
    look.print_on(pen, body)
    pen.sheen(body)
    pen.fill(oval(-1, -18, 26, 5.4), light(look.main, 0.35))
    pen.fill(oval(-1, -17.4, 22.5, 3.9), colour("cocoa"))
    pen.fill(oval(-6, -17.8, 9, 1.6), colour("brown"), 0.7)
    for x, lift in ((-10, 0.0), (2, -4.0), (13, 1.0)):
        pen.line(
            smooth([(x, -26 + lift), (x + 3, -31 + lift), (x - 2, -36 + lift), (x + 1, -42 + lift)], closed=False),
            WHITE,
            1.8,
            0.75,
        )


def tumbler(pen: Pen, look: Look) -> None:
    """An insulated tumbler with a lid and a straw."""
    pen.floor(1, 40, 20)
    pen.line([(7, -30), (13, -48)], light(look.accent, 0.4), 3)
    pen.line([(7, -30), (12, -45)], WHITE, 0.8, 0.8)
    body = lathe((19, -24), (13.5, 40), soft=False)
    pen.fill(body, look.main)
    look.print_on(pen, body)
    pen.sheen(body, 0.14)
    pen.solid(box(-13.8, 33, 13.8, 40, 0, 0, 3, 3), look.accent)
    pen.solid(box(-20.5, -30, 20.5, -22, 4, 4, 1.5, 1.5), deep(look.main, 0.35))
    pen.fill(box(-16, -33, 16, -29.5, 3, 3, 0, 0), deep(look.main, 0.25))
    for turn in (-145, -90, -35):
        pen.fill(leaf(0, 9, 9, 5, turn), WHITE, 0.65)


def kettle(pen: Pen, look: Look) -> None:
    """A stovetop kettle."""
    pen.floor(0, 40, 34)
    pen.line(arc(0, -12, 24, 28, 190, 350), look.accent, 4.6)
    pen.line(arc(0, -12, 24, 28, 225, 315), light(look.accent, 0.25), 1.4)
    spout = smooth(points("22,18 34,6 41,-6 47,-5 45,2 36,22 26,32"))
    pen.fill(spout, deep(look.main, 0.14))
    body = lathe((13, -13), (24, -6), (32, 14), (34, 30), (29, 40))
    pen.solid(body, look.main)
    look.print_on(pen, body)
    pen.fill(lathe((1, -19), (10, -17), (15, -12), (14, -11)), light(look.main, 0.18))
    pen.solid(oval(0, -20, 3.6), look.accent, shine=False)
    pen.fill(box(-31, 35, 31, 40, 2), deep(look.main, 0.3))


def pitcher(pen: Pen, look: Look) -> None:
    """A glass pitcher of juice with slices and ice."""
    pen.floor(0, 40, 24)
    pen.line(arc(20, 4, 15, 19, -80, 85), mix(GLASS, look.main, 0.2), 4.2)
    body = lathe((19, -34), (17, -22), (20, 0), (23, 24), (20, 40))
    pen.fill(body, GLASS)
    with pen.inside(body) as juice:
        juice.fill(box(-30, -14, 30, 42), mix(look.accent, WHITE, 0.15))
        juice.fill(oval(0, -14, 19, 2.6), light(look.accent, 0.5))
        for x, y, turn in ((-9, 4, 12), (8, 18, -20), (-5, 28, 30)):
            fruit(juice.at(x, y, turn=turn), 7.2, look.accent)
        for x, y, turn in ((7, -7, 20), (-10, -11, -12)):
            juice.at(x, y, turn=turn).fill(box(-4, -4, 4, 4, 1), WHITE, 0.6)
    pen.sheen(body, 0.1)
    pen.solid(box(-20, -39, 20, -33, 2.5), colour("wood"))
    pen.fill(oval(0, -41, 4, 2.6), deep(colour("wood"), 0.2))


def fruit(pen: Pen, reach: float, tone: Colour) -> None:
    """A slice of citrus around the pen's origin."""
    pen.fill(oval(0, 0, reach), deep(tone, 0.12))
    pen.fill(oval(0, 0, reach * 0.84), light(tone, 0.72))
    for part in range(8):
        pen.at(turn=part * 45).fill(leaf(reach * 0.1, 0, reach * 0.66, reach * 0.46, 0), light(tone, 0.2))


def canister(pen: Pen, look: Look) -> None:
    """A rice dispenser with a window and a press."""
    pen.floor(0, 40, 31)
    body = box(-28, -32, 28, 40, 6)
    pen.solid(body, look.main)
    pen.fill(box(-31, -40, 31, -30, 5, 5, 1, 1), look.accent)
    pen.fill(box(-8, -44, 8, -39, 2, 2, 0, 0), deep(look.accent, 0.15))
    window = box(-18, -22, 18, 14, 4)
    pen.fill(window, GLASS)
    with pen.inside(window) as rice:
        rice.fill(smooth(points("-20,-4 -8,-8 4,-5 20,-10 20,16 -20,16")), (250, 247, 238))
        for index in range(70):
            x, y = look.dice.between(-18, 18), look.dice.between(-5, 14)
            rice.at(x, y, turn=index * 47).fill(oval(0, 0, 1.2, 0.5), (222, 212, 190))
    pen.sheen(window, 0.07)
    pen.fill(box(-12, 21, 12, 34, 4), deep(look.main, 0.14))
    pen.fill(box(-7, 24, 7, 29, 2.5), look.accent)


def jar(pen: Pen, look: Look) -> None:
    """Three spice jars with wooden lids, filled in three colours."""
    fillings = (look.main, deep(colour("red"), 0.1), colour("leaf"))
    for filling, x, size in zip(fillings, (-27, 27, 0), (0.82, 0.82, 1.0), strict=True):
        one = pen.at(x, 40 if size == 1 else 37, size)
        one.floor(0, 0, 17)
        body = box(-15, -40, 15, 0, 5, 5, 4, 4)
        one.fill(body, GLASS)
        with one.inside(body) as inner:
            inner.fill(smooth(points("-16,-29 -5,-32 6,-28 16,-31 16,2 -16,2")), filling)
            for _ in range(26):
                inner.fill(oval(look.dice.between(-14, 14), look.dice.between(-27, -1), 0.8), deep(filling, 0.3), 0.55)
        one.fill(box(-9, -22, 9, -9, 1.5), (255, 251, 241))
        one.fill(box(-5, -17, 5, -16, 0.5), deep(filling, 0.4))
        one.fill(box(-3.4, -14, 3.4, -13.2, 0.4), deep(filling, 0.4), 0.6)
        one.sheen(body, 0.1)
        one.solid(box(-16, -49, 16, -39, 2.5), colour("wood"))


def jamjar(pen: Pen, look: Look) -> None:
    """A jar of something good with a cloth on its lid."""
    pen.floor(0, 40, 25)
    body = box(-24, -20, 24, 40, 9, 9, 7, 7)
    pen.fill(body, GLASS)
    with pen.inside(body) as inner:
        inner.fill(box(-25, -13, 25, 42), look.main)
        inner.fill(oval(0, -13, 24, 2.4), light(look.main, 0.3))
        for _ in range(34):
            x, y, size = look.dice.between(-23, 23), look.dice.between(-9, 38), look.dice.between(0.6, 1.7)
            inner.fill(oval(x, y, size), light(look.main, 0.28), 0.6)
    look.print_on(pen, body)
    pen.sheen(body, 0.1)
    pen.fill(
        smooth(points("-25,-20 -29,-15 -20,-17 -12,-13 -3,-17 6,-13 15,-17 28,-14 25,-21")),
        deep(look.accent, 0.08),
    )
    lid = box(-24, -35, 24, -18, 7, 7, 2, 2)
    pen.fill(lid, look.accent)
    with pen.inside(lid) as cloth:
        for index in range(9):
            cloth.fill(box(-24 + index * 6, -36, -21.4 + index * 6, -17), WHITE, 0.3)
        for index in range(3):
            cloth.fill(box(-25, -34 + index * 6, 25, -31.4 + index * 6), WHITE, 0.3)
    pen.line([(-24.4, -21), (24.4, -21)], (255, 246, 224), 1.6)
    for turn in (150, 30):
        pen.line(arc(-5 if turn > 90 else 5, -20, 5, 3.4, 0, 360), (255, 246, 224), 1.1)


def creamjar(pen: Pen, look: Look) -> None:
    """A wide pot of gel or cream with a leaf beside it."""
    pen.floor(0, 40, 35)
    for turn, length in ((-150, 34), (-128, 38), (-106, 30)):
        pen.fill(leaf(-22, 40, length, 12, turn), deep(look.main, 0.1))
        pen.line([(-22, 40), tip(-22, 40, length * 0.8, turn)], light(look.main, 0.4), 0.9, 0.8)
    body = box(-26, -2, 32, 40, 4, 4, 10, 10)
    pen.fill(body, light(look.main, 0.35))
    look.print_on(pen, body)
    pen.sheen(body)
    pen.solid(box(-28, -20, 34, 0, 5, 5, 2, 2), look.accent)
    pen.fill(box(-28, -4, 34, -2), deep(look.accent, 0.15), 0.5)


def tip(x: float, y: float, length: float, turn: float) -> tuple[float, float]:
    """Where a leaf that starts at a point ends."""
    return leaf(x, y, length, 1, turn)[24]


def candle(pen: Pen, look: Look) -> None:
    """A burning candle in a glass."""
    pen.glow(0, -24, 46, (255, 224, 150), 0.9)
    pen.floor(0, 40, 27)
    body = box(-25, -8, 25, 40, 3, 3, 8, 8)
    pen.fill(body, look.main)
    look.print_on(pen, body)
    pen.sheen(body)
    pen.fill(oval(0, -8, 25, 5), light(look.main, 0.5))
    pen.fill(oval(0, -7.2, 21, 3.6), (255, 243, 214))
    pen.line([(0, -7), (0, -14)], (90, 70, 60), 1.4)
    pen.fill(lathe((0.4, -37), (4.2, -25), (5.6, -18), (2.6, -12)), (255, 178, 62))
    pen.fill(lathe((0.3, -27), (2.3, -20), (2.8, -16), (1.2, -12.5)), (255, 241, 184))


def bottle(pen: Pen, look: Look, body: Path, cap: Path, *, reach: float, tone: Colour | None = None) -> None:
    """A bottle of any outline with its print and its cap."""
    pen.floor(0, 40, reach)
    pen.fill(body, tone or look.main)
    look.print_on(pen, body)
    pen.sheen(body)
    pen.solid(cap, look.accent)


def jug(pen: Pen, look: Look) -> None:
    """A bottle of detergent with a grip."""
    body = smooth(points("-22,-14 -12,-27 4,-29 16,-23 23,-8 24,20 23,37 18,40 -18,40 -23,37 -24,12"))
    bottle(pen, look, body, box(-10, -44, 8, -28, 3, 3, 1, 1), reach=27)
    pen.fill(box(13, -16, 18.5, 4, 2.7), deep(look.main, 0.28))
    for x in (-7, -3, 1, 5):
        pen.fill(box(x - 0.4, -42, x + 0.4, -30), deep(look.accent, 0.2), 0.6)


def spray(pen: Pen, look: Look) -> None:
    """A trigger spray with its mist."""
    for index in range(16):
        pen.fill(
            oval(-20 - index * 1.5, -36 + look.dice.between(-1, 1) * index * 0.75, look.dice.between(0.6, 1.5)),
            WHITE,
            0.8,
        )
    pen.line(smooth([(-7, -28), (-11, -22), (-10, -16)], closed=False), deep(look.main, 0.35), 3)
    body = lathe((6, -22), (8, -14), (18, -4), (19, 20), (18, 40))
    bottle(pen, look, body, box(-6.5, -28, 6.5, -20, 1), reach=22)
    pen.fill(points("-17,-40 8,-42 15,-34 12,-28 -6,-28 -8,-33 -17,-33"), deep(look.main, 0.3))
    pen.fill(box(-20, -39, -16, -34, 1), look.accent)


def oilbottle(pen: Pen, look: Look) -> None:
    """A slim bottle with a cork-like cap."""
    body = lathe((5.6, -30), (6, -20), (16, -8), (17.5, 6), (17.5, 34), (15, 40))
    bottle(pen, look, body, box(-7.4, -42, 7.4, -29, 2), reach=21, tone=mix(look.main, GLASS, 0.25))


def saucebottle(pen: Pen, look: Look) -> None:
    """A bottle of spiced vinegar: the peppers show through."""
    pen.floor(0, 40, 18)
    body = lathe((5, -34), (5.4, -18), (14, -4), (15, 8), (15, 36), (13, 40))
    pen.fill(body, mix(look.main, GLASS, 0.35))
    with pen.inside(body) as inner:
        for x, y, turn in ((-8, -4, 70), (5, -7, 110), (-3, 6, 60), (8, 8, 120), (0, -16, 95)):
            inner.fill(leaf(x, y, 11, 3.4, turn), colour("red"))
        for _ in range(9):
            inner.fill(oval(look.dice.between(-12, 12), look.dice.between(30, 39), 1.3), (255, 252, 240))
        look.print_on(inner, box(-16, -2, 16, 42))
    pen.sheen(body, 0.1)
    pen.solid(box(-6.4, -44, 6.4, -33, 2), look.accent)


def pumpbottle(pen: Pen, look: Look) -> None:
    """A bottle with a pump."""
    pen.line([(0, -22), (0, -36)], deep(look.accent, 0.2), 3)
    pen.line([(0, -38), (-14, -38), (-16, -34)], look.accent, 4)
    bottle(pen, look, box(-20, -16, 20, 40, 9, 9, 6, 6), box(-8, -25, 8, -15, 2), reach=24)


def mist(pen: Pen, look: Look) -> None:
    """A body mist with a tall cap."""
    body = box(-14, -10, 14, 40, 5, 5, 5, 5)
    bottle(pen, look, body, box(-10, -36, 10, -11, 4, 4, 1, 1), reach=18, tone=light(look.main, 0.3))


def dropper(pen: Pen, look: Look) -> None:
    """A serum bottle with a dropper and one drop."""
    pen.floor(0, 40, 22)
    body = lathe((8, -10), (10, -5), (18, 0), (19, 8), (19, 36), (17, 40))
    pen.fill(body, mix(look.main, GLASS, 0.2))
    look.print_on(pen, body)
    pen.sheen(body)
    pen.solid(box(-9.6, -22, 9.6, -9, 1.5), (255, 253, 248))
    pen.solid(lathe((2, -45), (5.6, -41), (6, -30), (7.4, -22)), deep(look.main, 0.15))
    drop = pen.at(33, -4)
    drop.fill(lathe((0.2, -10), (4, -1), (5.4, 5), (3.4, 9), (0.2, 10)), look.main)
    drop.fill(oval(-2, 4, 1.4, 2.2), WHITE, 0.7)


def babybottle(pen: Pen, look: Look) -> None:
    """A baby bottle of milk."""
    pen.floor(0, 40, 19)
    body = box(-16, -14, 16, 40, 6, 6, 6, 6)
    pen.fill(body, (236, 246, 250))
    with pen.inside(body) as milk:
        milk.fill(box(-20, -1, 20, 42), (255, 252, 243))
        milk.fill(oval(0, -1, 16, 1.8), WHITE)
    for index in range(6):
        pen.line([(16 - (9 if index % 2 else 6), 4 + index * 5.4), (13.4, 4 + index * 5.4)], look.main, 1.1)
    pen.sheen(body, 0.09)
    pen.fill(lathe((2.4, -46), (4, -42), (4, -37), (9, -31), (13, -25)), (250, 214, 170))
    pen.solid(box(-17.4, -26, 17.4, -12, 4, 4, 2, 2), look.main)
    for index in range(9):
        pen.fill(box(-15 + index * 3.6, -23, -14 + index * 3.6, -15), deep(look.main, 0.14), 0.7)
    pen.fill(oval(-5, 25, 4), look.main, 0.5)
    pen.fill(oval(-8.6, 20.4, 1.6), look.main, 0.5)
    pen.fill(oval(-1.4, 20.4, 1.6), look.main, 0.5)


STANDING = {
    "mug": mug, "tumbler": tumbler, "kettle": kettle, "pitcher": pitcher, "canister": canister, "jar": jar,
    "jamjar": jamjar, "creamjar": creamjar, "candle": candle, "jug": jug, "spray": spray, "oilbottle": oilbottle,
    "saucebottle": saucebottle, "pumpbottle": pumpbottle, "mist": mist, "dropper": dropper, "babybottle": babybottle,
}  # fmt: skip
