"""The pen that motifs are drawn with: points in picture units in, pixels at twice the size out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from math import cos, hypot, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.pictures.palette import INK, WHITE, Colour, deep
from bot.pictures.paths import Path, Point, oval

Matrix = tuple[float, float, float, float, float, float]


class Dice:
    """Throws that are the same for the same seed on every machine, so that a picture never changes by itself."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._throws = 0

    def between(self, low: float, high: float) -> float:
        """A number from low to high."""
        self._throws += 1
        digest = blake2b(f"{self._seed}/{self._throws}".encode(), digest_size=4).digest()
        return low + (high - low) * int.from_bytes(digest, "big") / 0xFFFFFFFF


class Pen:
    """Paints onto one picture. A pen made by `at` draws the same picture moved, scaled and turned."""

    def __init__(self, image: Image.Image, matrix: Matrix, corner: tuple[int, int] = (0, 0)) -> None:
        self.image = image
        self._draw = ImageDraw.Draw(image, "RGBA")
        self._matrix = matrix
        self._corner = corner

    def at(self, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, *, wide: float = 1) -> "Pen":
        """A pen whose origin is at (x, y).

        Args:
            x, y: Where, in this pen's units.
            scale: How much larger.
            turn: Degrees clockwise.
            wide: A further stretch of widths; -1 mirrors.
        """
        a, b, c, d, e, f = self._matrix
        cosine, sine = cos(turn * pi / 180) * scale, sin(turn * pi / 180) * scale
        moved = (
            a * cosine * wide + b * sine * wide, b * cosine - a * sine, a * x + b * y + c,
            d * cosine * wide + e * sine * wide, e * cosine - d * sine, d * x + e * y + f,
        )  # fmt: skip
        return Pen(self.image, moved, self._corner)

    def fill(self, path: Sequence[Point], tone: Colour, alpha: float = 1) -> None:
        """Paint an outline's inside."""
        self._draw.polygon(self._place(path), (*tone, round(255 * alpha)))

    def line(self, path: Sequence[Point], tone: Colour, width: float, alpha: float = 1) -> None:
        """Paint a line with round ends.

        Args:
            path: Its points.
            tone: Its colour.
            width: Its thickness in units.
            alpha: 0 is invisible, 1 covers. Ends and joints are round only where it covers.
        """
        points = self._place(path)
        thick = width * self._unit
        ink = (*tone, round(255 * alpha))
        self._draw.line(points, ink, max(1, round(thick)), joint="curve")
        if alpha == 1 and thick > 3:
            for x, y in (points[0], points[-1]):
                self._draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), ink)

    @contextmanager
    def inside(self, path: Sequence[Point]) -> "Iterator[Pen]":
        """A pen that paints nothing outside the outline."""
        points = self._place(path)
        left = max(0, int(min(x for x, _ in points)))
        top = max(0, int(min(y for _, y in points)))
        right = min(self.image.width, int(max(x for x, _ in points)) + 2)
        bottom = min(self.image.height, int(max(y for _, y in points)) + 2)
        if right <= left or bottom <= top:
            left, top, right, bottom = 0, 0, 1, 1
        part = self.image.crop((left, top, right, bottom))
        yield Pen(part, self._matrix, (self._corner[0] + left, self._corner[1] + top))
        mask = Image.new("L", part.size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], 255)
        self.image.paste(part, (left, top), mask)

    def solid(self, path: Sequence[Point], tone: Colour, *, shine: bool = True) -> None:
        """Paint a round body: one colour, its right side in the shade and a shine along its left."""
        left, right = min(x for x, _ in path), max(x for x, _ in path)
        top, bottom = min(y for _, y in path), max(y for _, y in path)
        width = right - left
        with self.inside(path) as pen:
            pen.fill(_slab(left - 1, top - 1, right + 1, bottom + 1), tone)
            pen.fill(_slab(right - width * 0.26, top, right + 1, bottom), deep(tone, 0.16))
            if shine:
                pen.fill(_slab(left + width * 0.1, top, left + width * 0.2, bottom), WHITE, 0.28)

    def sheen(self, path: Sequence[Point], alpha: float = 0.12) -> None:
        """Put the right side of a body in the shade and a shine on its left, over whatever was painted there."""
        left, right = min(x for x, _ in path), max(x for x, _ in path)
        top, bottom = min(y for _, y in path), max(y for _, y in path)
        width = right - left
        with self.inside(path) as pen:
            pen.fill(_slab(right - width * 0.26, top, right + 1, bottom), INK, alpha)
            pen.fill(_slab(left + width * 0.1, top, left + width * 0.18, bottom), WHITE, alpha * 1.8)

    def floor(self, x: float, y: float, reach: float) -> None:
        """The soft shadow of something that stands on the floor."""
        self.shadow(oval(x, y, reach, reach * 0.13), alpha=0.34, blur=2.2, drop=(0, 0.8))

    def shadow(
        self, path: Sequence[Point], *, alpha: float = 0.24, blur: float = 2.6, drop: Point = (1.2, 2.4)
    ) -> None:
        """The soft shadow of an outline on what lies under it.

        Args:
            path: The outline.
            alpha: How dark.
            blur: How soft, in units.
            drop: How far it falls to the right and down, in units.
        """
        shrink = 8
        unit = self._unit
        points = [((x + drop[0] * unit) / shrink, (y + drop[1] * unit) / shrink) for x, y in self._place(path)]
        soft = blur * unit / shrink
        left, top = (int(min(point[axis] for point in points) - 3 * soft) for axis in (0, 1))
        width, height = (int(max(point[axis] for point in points) + 3 * soft) + 1 for axis in (0, 1))
        mask = Image.new("L", (max(1, width - left), max(1, height - top)))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], round(255 * alpha))
        mask = mask.filter(ImageFilter.GaussianBlur(soft))
        mask = mask.resize((mask.width * shrink, mask.height * shrink), Image.Resampling.BILINEAR)
        self.image.paste(INK, (left * shrink, top * shrink), mask)

    def glow(self, x: float, y: float, reach: float, tone: Colour, alpha: float) -> None:
        """Light around a point, fading out."""
        ((cx, cy),) = self._place([(x, y)])
        size = max(2, round(reach * 2 * self._unit))
        fade = ImageChops.invert(Image.radial_gradient("L")).point(
            [round(max(0, v - 75) * alpha * 1.4) for v in range(256)]
        )
        self.image.paste(tone, (round(cx - size / 2), round(cy - size / 2)), fade.resize((size, size)))

    def _place(self, path: Sequence[Point]) -> Path:
        a, b, c, d, e, f = self._matrix
        left, top = self._corner
        return [(a * x + b * y + c - left, d * x + e * y + f - top) for x, y in path]

    @property
    def _unit(self) -> float:
        return hypot(self._matrix[1], self._matrix[4])


def _slab(left: float, top: float, right: float, bottom: float) -> Path:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
