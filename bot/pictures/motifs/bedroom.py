"""Things of the bedroom and the bathroom."""

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, Colour, colour, deep, light
from bot.pictures.paths import arc, box, lathe, leaf, oval, points, smooth
from bot.pictures.patterns import blossom
from bot.pictures.pen import Pen


def folds(pen: Pen, look: Look, *, count: int, wide: float, high: float) -> None:
    """A stack of folded cloths, the pattern on every second."""
    pen.floor(0, 40, wide + 2)
    for index in range(count):
        bottom = 40 - index * high
        shift = look.dice.between(-1.4, 1.4)
        cloth = box(-wide + shift, bottom - high + 0.7, wide + shift, bottom, 2, high * 0.48, high * 0.48, 2)
        tone = look.main if index % 2 == 0 else look.accent
        pen.fill(cloth, tone)
        if index % 2 == 0:
            look.print_on(pen, cloth)
        with pen.inside(cloth) as fold:
            fold.fill(box(-wide - 3, bottom - high * 0.36, wide + 3, bottom), deep(tone, 0.3), 0.2)
            fold.line([(-wide - 3, bottom - high * 0.5), (wide * 0.86, bottom - high * 0.5)], deep(tone, 0.3), 0.8, 0.5)
            fold.fill(box(-wide - 3, bottom - high, wide + 3, bottom - high + 1.8), WHITE, 0.3)


def towel(pen: Pen, look: Look) -> None:
    """Folded bath towels with a flower on top."""
    folds(pen, look, count=3, wide=36, high=17)
    for turn in (200, 340):
        pen.fill(leaf(0, -14, 15, 7, turn), colour("leaf"))
    blossom(pen, 0, -17, 8, (255, 253, 248), colour("mango"))


def bedsheet(pen: Pen, look: Look) -> None:
    """Folded bedsheets tied with a ribbon."""
    folds(pen, look, count=5, wide=42, high=11.6)
    pen.fill(box(-4, -18.4, 4, 40), light(look.main, 0.55))
    bow(pen.at(0, -19), light(look.main, 0.55))


def folded(pen: Pen, look: Look) -> None:
    """Folded baby cloths tied with a ribbon."""
    folds(pen, look, count=4, wide=34, high=13)
    pen.fill(box(-3, -12.4, 3, 40), light(look.accent, 0.3))
    bow(pen.at(0, -13), light(look.accent, 0.3))


def bow(pen: Pen, tone: Colour, scale: float = 1) -> None:
    """A ribbon's bow around the pen's origin."""
    for side in (-1, 1):
        one = pen.at(scale=scale, wide=side)
        one.fill(smooth([(1, 1), (7, 9), (12, 10), (9, 4)]), deep(tone, 0.14))
        one.fill(smooth(points("0,0 7,-8 15,-8 15,2 7,3")), tone)
        one.fill(smooth([(2, -0.6), (8, -4.6), (12, -4), (10, 0)]), deep(tone, 0.16), 0.7)
    pen.fill(oval(0, 0, 3 * scale, 3.4 * scale), deep(tone, 0.1))


def blanket(pen: Pen, look: Look) -> None:
    """A blanket laid over with its corner turned back."""
    outline = smooth(points("-44,-32 0,-34 42,-31 44,0 43,34 0,36 -43,35 -45,0"), steps=5)
    pen.shadow(outline)
    look.cloth(pen, outline)
    with pen.inside(outline) as cloth:
        for x in (-24, -2, 21):
            cloth.line(
                smooth([(x, -36), (x + 4, -8), (x - 3, 16), (x + 2, 38)], closed=False), deep(look.main, 0.4), 1.6, 0.25
            )
    corner = smooth(points("8,36 24,14 43,-2 44,18 43,35 26,37"))
    pen.fill(corner, light(look.accent, 0.2))
    pen.line([(8, 36), (25, 13), (43, -2)], deep(look.main, 0.3), 1.2, 0.4)
    for index in range(19):
        pen.line([(-42 + index * 4.6, -33), (-42.5 + index * 4.6, -38)], look.accent, 1)


def pillow(pen: Pen, look: Look) -> None:
    """Two pillows, one leaning on the other."""
    pen.floor(0, 40, 46)
    for x, y, turn, tone in ((12, 6, 12, light(look.accent, 0.35)), (-7, 15, -6, look.main)):
        one = pen.at(x, y, turn=turn)
        outline = smooth(points("-36,-22 0,-19 36,-22 34,0 36,22 0,20 -36,22 -34,0"))
        one.shadow(outline, alpha=0.14)
        one.fill(outline, tone)
        with one.inside(outline) as cloth:
            cloth.fill(oval(6, 30, 46, 22), deep(tone, 0.25), 0.18)
            cloth.fill(oval(-8, -14, 24, 7), WHITE, 0.4)
        for cx, cy in ((-36, -22), (36, -22), (36, 22), (-36, 22)):
            for dx, dy in ((0.78, 0.34), (0.84, 0.22)):
                one.line([(cx * 0.96, cy * 0.94), (cx * dx, cy * dy * 2)], deep(tone, 0.3), 0.8, 0.4)
        one.line(outline, deep(tone, 0.12), 0.8, 0.7)


def net(pen: Pen, look: Look) -> None:
    """A mosquito net over a mattress."""
    pen.floor(0, 40, 52)
    pen.fill(box(-46, 28, 46, 40, 4), (255, 253, 248))
    pen.fill(box(-46, 34, 46, 40, 0, 0, 4, 4), deep(look.main, 0.06), 0.6)
    pen.solid(smooth(points("-40,20 -25,16 -11,20 -12,28 -26,30 -39,28")), light(look.main, 0.5), shine=False)
    tent = [
        (-50, 40),
        *smooth(points("-50,38 -44,2 -24,-32 0,-43 24,-32 44,2 50,38"), closed=False),
        (50, 40),
    ]
    pen.fill(tent, look.main, 0.36)
    with pen.inside(tent) as mesh:
        for index in range(-16, 17):
            mesh.line([(index * 2.2, -46), (index * 5.6, 42)], WHITE, 0.35, 0.4)
        for y in range(-44, 42, 4):
            mesh.line([(-52, y), (52, y)], WHITE, 0.35, 0.4)
        mesh.fill(smooth(points("-12,42 -4,0 0,-42 4,0 12,42")), WHITE, 0.4)
    for side in (-1, 1):
        pen.line(
            smooth([(side * 49, 39), (side * 44, 2), (side * 24, -32), (0, -43)], closed=False),
            deep(look.main, 0.14),
            1.6,
        )
        pen.line(smooth([(side * 1, -40), (side * 4, 0), (side * 13, 40)], closed=False), deep(look.main, 0.12), 1)
    pen.line([(-50, 39), (50, 39)], deep(look.main, 0.14), 1.6)


def banig(pen: Pen, look: Look) -> None:
    """A woven mat, half unrolled."""
    one = pen.at(turn=-8)
    mat = box(-52, -30, 34, 34)
    one.shadow([*mat, (44, 34), (44, -30)])
    one.fill(mat, light(look.main, 0.25))
    tones = (look.accent, colour("teal"), colour("purple"), deep(look.main, 0.05))
    size = 4.3
    for row in range(15):
        for column in range(20):
            x, y = -52 + column * size, -30 + row * size
            ring = min(abs((column % 10) - 4.5) + abs((row % 8) - 3.5), 6)
            if ring < 5 and (row + column) % 2 == 0:
                one.fill(box(x, y, x + size, y + size), tones[int(ring) % 4])
            elif (row + column) % 2:
                one.fill(box(x, y, x + size, y + size), deep(look.main, 0.1), 0.35)
    for y in (-30, 31.6):
        one.fill(box(-52, y, 34, y + 2.4), look.accent)
    roll = box(30, -33, 46, 37, 5)
    one.shadow(roll, alpha=0.2)
    one.solid(roll, look.main)
    with one.inside(roll) as edge:
        for row in range(18):
            edge.fill(box(28, -33 + row * 4, 48, -31 + row * 4), look.accent if row % 3 else colour("teal"), 0.55)
    one.sheen(roll)


def bathmat(pen: Pen, look: Look) -> None:
    """A stone bath mat with a wet footprint drying on it."""
    outline = box(-48, -31, 48, 31, 6)
    pen.shadow(outline)
    pen.fill([(x + 0.8, y + 2) for x, y in outline], deep(look.main, 0.3))
    pen.fill(outline, light(look.main, 0.35))
    with pen.inside(outline) as stone:
        for index in range(120):
            x, y = look.dice.between(-48, 48), look.dice.between(-31, 31)
            stone.fill(oval(x, y, 0.6 if index % 3 else 0.9), deep(look.main, 0.14), 0.6)
    pen.line([*box(-43, -26, 43, 26, 4), (-43, -22)], look.accent, 1.2, 0.6)
    for side in (-1, 1):
        foot = pen.at(side * 15, 0, wide=side)
        foot.fill(
            smooth(points("-6,-8 0,-13 7,-10 8,0 5,10 4,19 -1,22 -6,18 -4,8 -7,0")),
            deep(look.main, 0.25),
            0.65,
        )
        for toe, (x, y) in enumerate(((-6.5, -14), (-2, -17.4), (2.4, -18), (6.2, -16.6), (9.4, -13.6))):
            foot.fill(oval(x, y, 2.6 - toe * 0.28), deep(look.main, 0.25), 0.65)


def turban(pen: Pen, look: Look) -> None:
    """A hair towel twisted up on a smiling head."""
    pen.floor(0, 40, 30)
    pen.fill(smooth(points("-30,42 -22,30 -8,27 8,27 22,30 30,42")), light(look.accent, 0.2))
    skin = (232, 182, 142)
    pen.fill(box(-7, 14, 7, 33, 4), deep(skin, 0.12))
    pen.fill(oval(0, 4, 18, 20), skin)
    for side in (-1, 1):
        pen.line(arc(side * 7, 5, 3.2, 2.4, 10, 170), (92, 58, 46), 1.3)
        pen.fill(oval(side * 11, 11, 3.4, 2.2), (240, 130, 130), 0.5)
    pen.line(arc(0, 11, 4.4, 4, 20, 160), (176, 70, 70), 1.5)
    wrap = smooth(points("-20,-2 -21,-14 -12,-26 2,-34 14,-42 22,-38 17,-26 22,-12 20,-1 8,-9 -8,-9"))
    pen.fill(wrap, look.main)
    with pen.inside(wrap) as cloth:
        for shift in (0, 7, 14, 21):
            cloth.line(
                smooth([(-24 + shift, -4), (-10 + shift, -16), (4 + shift * 0.7, -34), (18, -42)], closed=False),
                deep(look.main, 0.2),
                1.2,
                0.5,
            )
    pen.fill(oval(2, -16, 2.4), (255, 250, 240))


def basket(pen: Pen, look: Look) -> None:
    """A woven basket with cloth in it."""
    pen.floor(0, 40, 33)
    for x, y, size, tone in ((-14, -20, 14, "sky"), (12, -21, 15, "cream"), (0, -26, 12, "rose")):
        pen.fill(oval(x, y, size, size * 0.72), colour(tone))
        pen.line(arc(x, y, size * 0.6, size * 0.4, 200, 330), deep(colour(tone), 0.2), 1, 0.7)
    body = lathe((32, -18), (33, 0), (29, 26), (26, 40), soft=False)
    pen.fill(body, look.main)
    look.print_on(pen, body)
    pen.sheen(body, 0.13)
    pen.solid(box(-34, -22, 34, -15, 3), look.accent)
    for side in (-1, 1):
        pen.line(arc(side * 32, -2, 8, 9, 180 + side * 90, 360 + side * 90), look.accent, 3)


STANDING = {
    "towel": towel, "bedsheet": bedsheet, "folded": folded, "pillow": pillow, "net": net, "turban": turban,
    "basket": basket,
}  # fmt: skip
LYING = {"blanket": blanket, "banig": banig, "bathmat": bathmat}
