"""What a step hears of things taken by their names, and of what an order needs that is told unasked."""

from dialogs.engine.heard import ChangesKind, Heard


class ChangesLine(Heard, frozen=True):
    """Text that wants a line of the cart other than it is: "gawin mong 2 yung kawali", "wag na yung tumbler".

    Attributes:
        text: As typed.
        goods: The words that name the line.
        quantity: Pieces that there shall be, 0 for none.
        more, times: Whether they come on top of those that are there, or are so many times as many.
        others, of: Whether all but what is named goes, and the words of what it is that goes, empty for all.
        every: Whether all lines of that name are meant: "yung mga sabon".
    """

    text: str
    goods: str
    quantity: int
    more: bool = False
    times: bool = False
    others: bool = False
    of: str = ""
    every: bool = False


class Claims(Heard, frozen=True):
    """Text that takes something by its name: "mine po tshirt black L 2pcs", "add 5 kettles".

    Attributes:
        text: As typed.
        said: The words that name it, and perhaps a kind of it.
        quantity: Pieces, at least 1.
        beside: What was offered just before and is wanted as well: product, kind or None, pieces.
    """

    text: str
    said: str
    quantity: int
    beside: tuple[int, int | None, int] | None = None


class NamesKind(Heard, frozen=True):
    """Text of which the words may name a kind of what is on show: "yung blush po, 2 pcs", "ung itim".

    Attributes:
        text: As typed.
        said: The words.
        quantity: Pieces, at least 1.
        products: What is on show, in order.
        names: What each is called, in the same order.
        claim: What is taken otherwise, where the words name something else; None where the text is answered as any.
    """

    text: str
    said: str
    quantity: int
    products: tuple[int, ...]
    names: tuple[str, ...]
    claim: Claims | None = None


class NamesLine(Heard, frozen=True):
    """Text that names one of the cart's lines where it was asked which to change: "red rice", "yung kawali po".

    Attributes:
        text: As typed.
        said: The words.
    """

    text: str
    said: str


class ClaimsSeveral(Heard, frozen=True):
    """Text that takes several things by their names, each with its number: "2 mug navy, 1 kawali".

    Attributes:
        text: As typed.
        wanted: Each with how many pieces, at least 1, and the words that name it.
        beside: What was offered just before and is wanted as well: product, kind or None, pieces.
        of: The products on show, of one of which all may be kinds.
        shown: Of each the product on show that is pointed at in place of a name, 0 for none; empty where none is.
    """

    text: str
    wanted: tuple[tuple[int, str], ...]
    beside: tuple[int, int | None, int] | None = None
    of: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()


OneChange = ChangesLine | ChangesKind | Claims
"""One change of what is in the cart: other pieces, another kind, or something besides."""


class ChangesSeveral(Heard, frozen=True):
    """Text that wants several things of the cart other than they are: "gawing 2 yung kawali tapos tanggalin yung mug".

    Attributes:
        text: As typed.
        changes: Each, in order.
    """

    text: str
    changes: tuple[OneChange, ...]


class Swaps(Heard, frozen=True):
    """Text that wants another thing in place of one in the cart: "palitan po ng chicharon", "piaya imbes na mug".

    Attributes:
        text: As typed.
        goods: The words that name what goes; empty where it is the line on show.
        line_id: That line, 0 where words name it.
        said: The words that name what comes.
        quantity: Pieces of it, 0 for as many as there were.
    """

    text: str
    goods: str
    line_id: int
    said: str
    quantity: int = 0


class AsksOfSeveral(Heard, frozen=True):
    """A question while several products are on show: "maingay ba?", "ano po difference ng dalawa".

    Attributes:
        text: As typed.
        products: Which, in order.
        names: What each is called, in the same order.
        is_this: Whether it is surely of them, so that nothing else is looked for.
    """

    text: str
    products: tuple[int, ...]
    names: tuple[str, ...]
    is_this: bool = False


class Gives(Heard, frozen=True):
    """Text that gives what an order needs, though nobody asked: a phone, an address, perhaps a name before them.

    Attributes:
        text: As typed.
        beside: What was offered just before, and is wanted then: product, kind or None, pieces.
    """

    text: str
    beside: tuple[int, int | None, int] | None = None


class GivesAll(Heard, frozen=True):
    """Text that is a whole order: what is wanted, then who receives it, their number and the address.

    Attributes:
        text: As typed.
        wanted: Each thing with how many pieces, at least 1, and the words that name it.
        rest: What stands behind them.
    """

    text: str
    wanted: tuple[tuple[int, str], ...]
    rest: str
