"""What a motif is told about the one thing it draws."""

from collections.abc import Callable, Sequence

import msgspec

from bot.pictures.palette import Colour
from bot.pictures.paths import Point
from bot.pictures.patterns import PATTERNS, Area
from bot.pictures.pen import Dice, Pen


class Look(msgspec.Struct, frozen=True):
    """How one thing looks.

    Attributes:
        main: The colour of its body.
        accent: The colour of its lid, strap, print or content.
        pattern: A name in `PATTERNS`.
        dice: Throws for small details, the same for the same thing for ever.
    """

    main: Colour
    accent: Colour
    pattern: str
    dice: Dice

    def print_on(self, pen: Pen, path: Sequence[Point]) -> None:
        """Paint the pattern inside an outline."""
        if self.pattern == "plain":
            return
        left, right = min(x for x, _ in path), max(x for x, _ in path)
        top, bottom = min(y for _, y in path), max(y for _, y in path)
        with pen.inside(path) as inner:
            PATTERNS[self.pattern](inner, Area(left, top, right, bottom, self.main, self.accent))

    def cloth(self, pen: Pen, path: Sequence[Point]) -> None:
        """Paint a flat piece of cloth: its colour with its pattern."""
        pen.fill(path, self.main)
        self.print_on(pen, path)


Motif = Callable[[Pen, Look], None]
