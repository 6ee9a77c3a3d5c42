"""What goes on feet."""

from bot.pictures.look import Look
from bot.pictures.palette import WHITE, Colour, colour, deep, light, mix
from bot.pictures.paths import Path, box, lathe, oval, points, smooth
from bot.pictures.pen import Pen


def sole(pen: Pen, tone: Colour, rim: Colour) -> Path:
    """The sole of a slipper seen from above; returns its outline."""
    outline = smooth(points("-12,-30 -2,-42 10,-38 15,-22 11,0 12,24 6,39 -6,39 -12,24 -11,0 -14,-16"))
    pen.shadow(outline)
    pen.fill([(x, y + 2) for x, y in outline], rim)
    pen.fill(outline, tone)
    return outline


def pair(pen: Pen) -> tuple[Pen, Pen]:
    """Pens for the left and the right of a pair."""
    return pen.at(-19, 0, wide=-1, turn=-7), pen.at(19, 0, turn=7)


def tsinelas(pen: Pen, look: Look) -> None:
    """Rubber slippers."""
    for one in pair(pen):
        outline = sole(one, light(look.accent, 0.3), look.main)
        with one.inside(outline) as rubber:
            for row in range(13):
                rubber.line([(-20, -38 + row * 6.4), (20, -40 + row * 6.4)], deep(look.accent, 0.12), 0.7, 0.7)
        for end in (-11.4, 11.6):
            one.line(smooth([(0, -27), (end * 0.66, -17), (end, 1)], closed=False), deep(look.main, 0.1), 4.8)
            one.line(smooth([(0, -28), (end * 0.62, -18), (end * 0.95, -3)], closed=False), light(look.main, 0.45), 1.2)
        one.fill(oval(0, -28, 2.8), deep(look.main, 0.3))


def slides(pen: Pen, look: Look) -> None:
    """Slides with one broad strap."""
    for one in pair(pen):
        outline = sole(one, look.main, deep(look.main, 0.22))
        with one.inside(outline) as bed:
            bed.fill(smooth(points("-8,-20 0,-34 8,-26 7,20 0,32 -7,20")), deep(look.main, 0.12), 0.6)
        strap = smooth(points("-15.4,-18 0,-26 17,-20 15,0 0,-5 -14,2"))
        one.shadow(strap, alpha=0.2, blur=1.4, drop=(0, 1.6))
        one.fill(strap, look.accent)
        look_strap = Look(look.accent, look.main, look.pattern, look.dice)
        look_strap.print_on(one, strap)
        one.line(smooth([(-13, -15), (0, -22), (14, -17)], closed=False), WHITE, 1.2, 0.4)


def sandal(pen: Pen, look: Look) -> None:
    """Leather sandals with two straps and a buckle."""
    for one in pair(pen):
        sole(one, light(look.main, 0.24), deep(look.main, 0.35))
        for y, wide in ((-22, 15.6), (6, 12.6)):
            strap = smooth([(-wide, y), (0, y - 6), (wide, y), (wide - 0.5, y + 9), (0, y + 4), (-wide + 0.5, y + 9)])
            one.shadow(strap, alpha=0.2, blur=1.2, drop=(0, 1.4))
            one.fill(strap, look.main)
            one.line(
                smooth([(-wide + 2, y + 1.2), (0, y - 4), (wide - 2, y + 1.2)], closed=False),
                light(look.accent, 0.3),
                0.6,
                0.8,
            )
            one.line(
                smooth([(-wide + 2, y + 6.8), (0, y + 2), (wide - 2, y + 6.8)], closed=False),
                light(look.accent, 0.3),
                0.6,
                0.8,
            )
        one.line([*box(4, 2.4, 10.4, 10, 1), (4, 4)], look.accent, 1.4)


def side_shoe(pen: Pen, look: Look, upper: Path, *, sole_tone: Colour) -> None:
    """A shoe from the side on its sole."""
    pen.fill(upper, look.main)
    with pen.inside(upper) as body:
        body.fill(smooth(points("-48,40 -44,12 -20,22 10,30 52,28 56,44")), deep(look.main, 0.14))
    pen.fill(box(-47, 28, 51, 38, 3, 6, 4, 5), sole_tone)
    pen.fill(box(-47, 33, 51, 35), deep(sole_tone, 0.2), 0.6)


def shoe(pen: Pen, look: Look) -> None:
    """Canvas slip-ons."""
    upper = smooth(points("-46,30 -47,10 -43,-4 -34,-6 -18,4 4,3 24,8 41,12 48,20 47,30"))
    for x, y, scale in ((8, -16, 0.86), (-4, 4, 0.96)):
        one = pen.at(x, y, scale)
        one.floor(2, 38, 50)
        side_shoe(one, look, upper, sole_tone=(255, 252, 244))
        one.fill(smooth(points("-44,-4 -34,-7 -18,3 -20,6 -34,2")), deep(look.main, 0.4))
        one.fill([(-12, 4), (0, 3), (-2, 14), (-10, 15)], deep(look.main, 0.34))
        one.line(smooth([(28, 14), (26, 22), (32, 29)], closed=False), light(look.main, 0.35), 0.9)


def sneaker(pen: Pen, look: Look) -> None:
    """A knit running shoe."""
    one = pen.at(0, -5, 1.04, turn=-8)
    upper = smooth(points("-46,30 -48,6 -44,-14 -36,-20 -26,-14 -14,-14 4,0 26,5 42,10 49,19 48,30"))
    pen.floor(0, 40, 50)
    side_shoe(one, look, upper, sole_tone=light(look.accent, 0.2))
    with one.inside(upper) as knit:
        for row in range(8):
            for column in range(16):
                knit.fill(oval(2 + column * 3.2 + row % 2 * 1.6, 4 + row * 3, 0.65), light(look.main, 0.6), 0.8)
    one.fill(smooth(points("-44,-14 -36,-20 -27,-14 -30,-9 -40,-8")), deep(look.main, 0.45))
    one.fill(smooth([(-30, 26), (-14, 4), (-4, 4), (-16, 26)]), look.accent)
    one.fill(smooth([(-18, 26), (-3, 8), (4, 9), (-7, 26)]), look.accent, 0.6)
    for index in range(4):
        one.line([(-22 + index * 7, -15 + index * 3.6), (-15 + index * 7.4, -6 + index * 3)], (255, 253, 248), 2)
    one.fill([(-47, 38), (-42, 38), (-46, 31), (-50, 29)], look.main)
    one.fill(box(10, 34, 50, 38, 0, 3, 4, 0), mix(look.main, WHITE, 0.25))


def boots(pen: Pen, look: Look) -> None:
    """Rain boots in a puddle."""
    pen.fill(oval(2, 40, 56, 6), colour("sky"), 0.8)
    pen.fill(oval(0, 40, 44, 3.4), WHITE, 0.5)
    for x, y, tone in ((13, -4, deep(look.main, 0.16)), (-13, 0, look.main)):
        one = pen.at(x, y)
        body = [
            *box(-17, -36, 9, -34, 3, 3, 0, 0),
            *smooth(points("9,-30 9,4 13,14 29,18 33,28 32,36"), closed=False),
            (-18, 36),
            (-17, -30),
        ]
        one.solid(body, tone)
        one.fill(box(-19, -38, 11, -29, 3), deep(tone, 0.2))
        one.fill(box(-20, 33, 34, 40, 2, 4, 3, 3), look.accent)
        for index in range(9):
            one.fill(box(-18 + index * 6, 37, -15 + index * 6, 40), light(look.accent, 0.2))
        one.line([(-10, -24), (-10, 24)], WHITE, 2.6, 0.4)
    for x, y, size in ((-48, 26, 2.4), (-54, 18, 1.6), (52, 22, 2.6), (46, 14, 1.5)):
        pen.at(x, y).fill(
            lathe((0.1, -size * 1.8), (size * 0.8, -0.2), (size * 0.8, size * 0.5), (0.1, size)), colour("sky")
        )


STANDING = {"shoe": shoe, "sneaker": sneaker, "boots": boots}
LYING = {"tsinelas": tsinelas, "slides": slides, "sandal": sandal}
