"""Which product the title of an ad, a post or a page names: its name stands in it, whole or for the most part."""

import msgspec

from bot.language.fold import fold
from bot.language.spelling import asked_words, singular
from repository.catalogue.cards import ProductCard, cards
from repository.catalogue.finding import standing
from repository.catalogue.finding.naming import named
from repository.database.connection import Connection

WORDS_MOST = 16
"""Words of a title that are looked up."""
_LOOKED_AT = 40
_HALF = 0.5
_TWO = 2  # words at least, where the name is not whole


class _Fit(msgspec.Struct, frozen=True, order=True):
    """How well a name stands in a title, the better the greater."""

    is_same: bool
    is_whole: bool
    words: int
    share: float


async def named_in(conn: Connection, *, title: str) -> tuple[ProductCard, ...]:
    """The product that a title names; several where it names them equally well, none where it names none.

    A name is there where all its words are, or two that are half of it at least; numbers and units do not count.

    Args:
        conn: An open connection.
        title: Such as "PAYDAY SALE! Takure kettle, 599 only 🎉".
    """
    words = [word for word in asked_words(title, most=WORDS_MOST) if not word.isdigit()]
    if not words:
        return ()
    goods = await standing.in_force(conn)
    assert goods.index is not None, "it is in force"
    ids = named(goods.index, words, most=_LOOKED_AT)
    fits = [(fit, card) for card in await cards(conn, ids=ids) if (fit := _fit(card.name, title))]
    best = max((fit for fit, _ in fits), default=None)
    return tuple(card for fit, card in fits if fit == best)


def _fit(name: str, title: str) -> _Fit | None:
    said = {singular(word) for word in fold(title).split()}
    words = {singular(word) for word in fold(name).split()}
    telling = {word for word in words if len(word) > 1 and not word.isdigit() and not _is_measure(word)} or words
    there = len(telling & said)
    share = there / len(telling)
    if share < 1 and (there < _TWO or share < _HALF):
        return None
    return _Fit(is_same=fold(name) == fold(title), is_whole=words <= said, words=there, share=share)


def _is_measure(word: str) -> bool:
    """Whether a word is a number with a unit, or a unit: "350ml", "cm"."""
    return any(map(str.isdigit, word)) or word in ("ml", "cm", "mm", "kg", "pc", "liter", "inch")
