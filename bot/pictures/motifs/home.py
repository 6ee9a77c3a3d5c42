"""Things of the bedroom and the sala."""

from math import cos, pi, sin

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, colour, deep, light
from bot.pictures.paths import arc, box, lathe, leaf, oval, smooth, star
from bot.pictures.patterns import blossom, capiz
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


def bow(pen: Pen, tone: tuple[int, int, int], scale: float = 1) -> None:
    """A ribbon's bow around the pen's origin."""
    for side in (-1, 1):
        one = pen.at(scale=scale, wide=side)
        one.fill(smooth([(1, 1), (7, 9), (12, 10), (9, 4)]), deep(tone, 0.14))
        one.fill(smooth([(0, 0), (7, -8), (15, -8), (15, 2), (7, 3)]), tone)
        one.fill(smooth([(2, -0.6), (8, -4.6), (12, -4), (10, 0)]), deep(tone, 0.16), 0.7)
    pen.fill(oval(0, 0, 3 * scale, 3.4 * scale), deep(tone, 0.1))


def blanket(pen: Pen, look: Look) -> None:
    """A blanket laid over with its corner turned back."""
    outline = smooth([(-44, -32), (0, -34), (42, -31), (44, 0), (43, 34), (0, 36), (-43, 35), (-45, 0)], steps=5)
    pen.shadow(outline)
    look.cloth(pen, outline)
    with pen.inside(outline) as cloth:
        for x in (-24, -2, 21):
            cloth.line(smooth([(x, -36), (x + 4, -8), (x - 3, 16), (x + 2, 38)], closed=False), deep(look.main, 0.4), 1.6, 0.25)
    corner = smooth([(8, 36), (24, 14), (43, -2), (44, 18), (43, 35), (26, 37)])
    pen.fill(corner, light(look.accent, 0.2))
    pen.line([(8, 36), (25, 13), (43, -2)], deep(look.main, 0.3), 1.2, 0.4)
    for index in range(19):
        pen.line([(-42 + index * 4.6, -33), (-42.5 + index * 4.6, -38)], look.accent, 1)


def pillow(pen: Pen, look: Look) -> None:
    """Two pillows, one leaning on the other."""
    pen.floor(0, 40, 46)
    for x, y, turn, tone in ((12, 6, 12, light(look.accent, 0.35)), (-7, 15, -6, look.main)):
        one = pen.at(x, y, turn=turn)
        outline = smooth([(-36, -22), (0, -19), (36, -22), (34, 0), (36, 22), (0, 20), (-36, 22), (-34, 0)])
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
    pen.solid(smooth([(-40, 20), (-25, 16), (-11, 20), (-12, 28), (-26, 30), (-39, 28)]), light(look.main, 0.5), shine=False)
    tent = [(-50, 40), *smooth([(-50, 38), (-44, 2), (-24, -32), (0, -43), (24, -32), (44, 2), (50, 38)], closed=False), (50, 40)]
    pen.fill(tent, look.main, 0.36)
    with pen.inside(tent) as mesh:
        for index in range(-16, 17):
            mesh.line([(index * 2.2, -46), (index * 5.6, 42)], WHITE, 0.35, 0.4)
        for y in range(-44, 42, 4):
            mesh.line([(-52, y), (52, y)], WHITE, 0.35, 0.4)
        mesh.fill(smooth([(-12, 42), (-4, 0), (0, -42), (4, 0), (12, 42)]), WHITE, 0.4)
    for side in (-1, 1):
        pen.line(smooth([(side * 49, 39), (side * 44, 2), (side * 24, -32), (0, -43)], closed=False), deep(look.main, 0.14), 1.6)
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
        foot.fill(smooth([(-6, -8), (0, -13), (7, -10), (8, 0), (5, 10), (4, 19), (-1, 22), (-6, 18), (-4, 8), (-7, 0)]), deep(look.main, 0.25), 0.65)
        for toe, (x, y) in enumerate(((-6.5, -14), (-2, -17.4), (2.4, -18), (6.2, -16.6), (9.4, -13.6))):
            foot.fill(oval(x, y, 2.6 - toe * 0.28), deep(look.main, 0.25), 0.65)


def turban(pen: Pen, look: Look) -> None:
    """A hair towel twisted up on a smiling head."""
    pen.floor(0, 40, 30)
    pen.fill(smooth([(-30, 42), (-22, 30), (-8, 27), (8, 27), (22, 30), (30, 42)]), light(look.accent, 0.2))
    skin = (232, 182, 142)
    pen.fill(box(-7, 14, 7, 33, 4), deep(skin, 0.12))
    pen.fill(oval(0, 4, 18, 20), skin)
    for side in (-1, 1):
        pen.line(arc(side * 7, 5, 3.2, 2.4, 10, 170), (92, 58, 46), 1.3)
        pen.fill(oval(side * 11, 11, 3.4, 2.2), (240, 130, 130), 0.5)
    pen.line(arc(0, 11, 4.4, 4, 20, 160), (176, 70, 70), 1.5)
    wrap = smooth([(-20, -2), (-21, -14), (-12, -26), (2, -34), (14, -42), (22, -38), (17, -26), (22, -12), (20, -1), (8, -9), (-8, -9)])
    pen.fill(wrap, look.main)
    with pen.inside(wrap) as cloth:
        for shift in (0, 7, 14, 21):
            cloth.line(smooth([(-24 + shift, -4), (-10 + shift, -16), (4 + shift * 0.7, -34), (18, -42)], closed=False), deep(look.main, 0.2), 1.2, 0.5)
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


def lamp(pen: Pen, look: Look) -> None:
    """A table lamp of capiz shell, lit."""
    pen.glow(0, -16, 66, (255, 221, 150), 0.9)
    pen.floor(0, 40, 22)
    pen.solid(lathe((3, 4), (2.6, 12), (8, 22), (8, 28), (3, 34), (14, 37), (15, 40)), look.accent)
    shade = lathe((16, -42), (31, 6), soft=False)
    pen.fill(shade, (255, 236, 190))
    with pen.inside(shade) as panes:
        capiz(panes, -32, -43, 32, 8, look.main, look.accent)
    pen.glow(0, -14, 26, (255, 250, 225), 0.8)
    pen.sheen(shade, 0.06)
    for y, wide in ((-42, 17), (5, 32)):
        pen.fill(box(-wide, y - 1.2, wide, y + 1.6, 1), look.accent)


def pendant(pen: Pen, look: Look) -> None:
    """A hanging rattan lampshade, lit."""
    pen.line([(0, -56), (0, -28)], (88, 74, 64), 1.3)
    pen.glow(0, 24, 60, (255, 221, 150), 0.9)
    pen.fill(oval(0, 24, 9, 9), (255, 246, 214))
    shade = [*smooth([(-5, -28), (-22, -18), (-36, 4), (-42, 24)], closed=False), *smooth([(42, 24), (36, 4), (22, -18), (5, -28)], closed=False)]
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
    one.line([(0, -60), (0, -38)], (120, 84, 58), 1)
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
            tail.line(smooth([(strip * 0.8, 0), (strip * 2, 9), (strip * 1.6, 17), (strip * 2.4, 23)], closed=False), tone, 1.5)
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
            clay.fill([(-21 + index * 6, 25), (-18 + index * 6, 19), (-15 + index * 6, 25)], light(look.main, 0.55), 0.8)
    pen.sheen(body)
    pen.solid(box(-23.5, 0, 23.5, 8, 2), light(look.main, 0.08))
    pen.solid(box(-21, 35, 21, 40, 1, 1, 3, 3), deep(look.main, 0.14))


def monstera(pen: Pen, look: Look) -> None:
    """A potted monstera with split leaves."""
    pen.floor(0, 40, 24)
    for x, y, turn, scale in ((-27, -6, -62, 0.82), (27, -8, 60, 0.86), (-12, -26, -24, 0.95), (14, -28, 22, 1), (0, -10, 2, 0.8)):
        pen.line(smooth([(0, 18), (x * 0.35, 6), (x, y)], closed=False), deep(look.main, 0.15), 1.8)
        one = pen.at(x, y, scale, turn)
        tone = light(look.main, 0.16) if scale < 0.9 else look.main
        one.fill(smooth([(0, 4), (-12, 4), (-17, -6), (-12, -18), (0, -27), (12, -18), (17, -6), (12, 4)]), tone)
        one.line([(0, 3), (0, -25)], light(look.main, 0.42), 0.9)
        for side in (-1, 1):
            for notch, cut in ((-2, 15), (-9, 16), (-16, 12)):
                one.fill([(side * 6, notch - 1), (side * (cut + 3), notch - 6), (side * (cut + 3), notch - 3.6)], light(colour("cream"), 0.35), 0.85)
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
        pen.at(turn=hour * 30).fill(box(-0.9 if long else -0.5, -32, 0.9 if long else 0.5, -26 if long else -29, 0.4), (70, 66, 80))
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
            scene.fill(smooth([(-wide, 2), (-wide, -high * 0.4), (-2, -high * 0.62), (8, -high * 0.36), (wide, -high * 0.46), (wide, 2)]), colour("leaf"))
            scene.fill(smooth([(-wide, 2), (-wide, -high * 0.22), (0, -high * 0.3), (wide, -high * 0.2), (wide, 2)]), colour("forest"))


STANDING = {
    "towel": towel, "bedsheet": bedsheet, "folded": folded, "pillow": pillow, "net": net, "turban": turban,
    "basket": basket, "lamp": lamp, "plant": plant, "monstera": monstera, "frame": frame,
}  # fmt: skip
LYING = {
    "blanket": blanket, "banig": banig, "bathmat": bathmat, "pendant": pendant, "parol": parol, "clock": clock,
    "runner": runner,
}  # fmt: skip
