"""Outlines: closed lists of points in picture units, where 100 is the height that an object may fill."""

from collections.abc import Sequence
from math import cos, pi, sin

Point = tuple[float, float]
Path = list[Point]


def points(text: str) -> Path:
    """Points as people write them in a drawing: "x,y x,y x,y"."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def oval(x: float, y: float, rx: float, ry: float | None = None) -> Path:
    """An ellipse around a centre; a circle where only one radius is given."""
    high = rx if ry is None else ry
    return [(x + rx * cos(step * pi / 36), y + high * sin(step * pi / 36)) for step in range(72)]


def box(left: float, top: float, right: float, bottom: float, *radii: float) -> Path:
    """A rectangle with rounded corners.

    Args:
        left, top, right, bottom: Its sides.
        radii: None, one for all corners, or four: top left, top right, bottom right, bottom left.
    """
    around = radii * 4 if len(radii) == 1 else radii or (0.0,) * 4
    corners = ((left, top, 1, 1), (right, top, -1, 1), (right, bottom, -1, -1), (left, bottom, 1, -1))
    path: Path = []
    for index, ((x, y, sx, sy), radius) in enumerate(zip(corners, around, strict=True)):
        start = pi + index * pi / 2
        steps = 10 if radius else 0
        for step in range(steps + 1):
            angle = start + (step / steps if steps else 0.5) * pi / 2
            reach = radius or 0.0
            path.append((x + sx * radius + reach * cos(angle), y + sy * radius + reach * sin(angle)))
    return path


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Path:
    """Part of an ellipse as an open line, from one angle to another in degrees, clockwise from the right."""
    return [
        (
            x + rx * cos((start + (end - start) * step / 32) * pi / 180),
            y + ry * sin((start + (end - start) * step / 32) * pi / 180),
        )
        for step in range(33)
    ]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> Path:
    """A soft line through the points (Catmull-Rom)."""
    count = len(points)
    path: Path = []
    for index in range(count if closed else count - 1):
        before, here, there, after = (
            points[(index + shift) % count] if closed else points[min(max(index + shift, 0), count - 1)]
            for shift in (-1, 0, 1, 2)
        )
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(before, here, there, after, strict=True)
            )
            path.append((x, y))
    if not closed:
        path.append(points[-1])
    return path


def lathe(*profile: Point, soft: bool = True) -> Path:
    """A shape as from a potter's wheel: half widths and heights of its right side, from top to bottom."""
    right = smooth(profile, closed=False, steps=6) if soft else list(profile)
    return right + [(-x, y) for x, y in reversed(right)]


def leaf(x: float, y: float, length: float, width: float, turn: float) -> Path:
    """A leaf that starts at a point and grows in a direction, in degrees clockwise from the right."""
    along, across = (cos(turn * pi / 180), sin(turn * pi / 180)), (-sin(turn * pi / 180), cos(turn * pi / 180))
    outline = [(0.0, 0.0), (0.3, 0.42), (0.6, 0.46), (1.0, 0.0), (0.6, -0.46), (0.3, -0.42)]
    return smooth(
        [
            (x + along[0] * a * length + across[0] * b * width, y + along[1] * a * length + across[1] * b * width)
            for a, b in outline
        ]
    )


def star(x: float, y: float, outer: float, inner: float, points: int = 5) -> Path:
    """A star that stands on two of its points."""
    return [
        (x + reach * sin(step * pi / points), y - reach * cos(step * pi / points))
        for step in range(points * 2)
        for reach in ((outer, inner)[step % 2],)
    ]
