"""Which product the title of an ad, a post or a page names: its name stands in it, whole or for the most part."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.language.fold import fold
from bot.language.spelling import FILLERS, asked_words, singular
from repository.catalogue.cards import ProductCard, cards
from repository.catalogue.finding import standing
from repository.catalogue.finding.naming import named
from repository.database.connection import Connection

WORDS_MOST = 16
"""Words of a title that are looked up."""
_LOOKED_AT = 40
_HALF = 0.5
_TWO = 2  # words at least, where the name is not whole


class _Fit(msgspec.Struct, frozen=True):
    """How a name stands in a title: as the title itself, as a whole, by which words, with what share of them."""

    is_same: bool
    is_whole: bool
    words: frozenset[str]
    share: float

    @property
    def rank(self) -> tuple[bool, bool, int, float]:
        """The better the greater."""
        return self.is_same, self.is_whole, len(self.words), self.share


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
    (changed,) = await conn.batch(goods.changes())
    await goods.take(conn, changed)
    assert goods.index is not None, "it is in force"
    (changed,) = await conn.batch(goods.changes())
    await goods.take(conn, changed)
    ids = named(goods.index, words, most=_LOOKED_AT)
    fits = [(fit, card) for card in await cards(conn, ids=ids) if (fit := _fit(card.name, title))]
    return tuple(_named(sorted(fits, key=lambda each: each[0].rank, reverse=True)))


def _named(fits: Sequence[tuple[_Fit, ProductCard]]) -> Iterator[ProductCard]:
    """The best, what fits as well, and what other words of the title name: a sale of two things is about both."""
    taken: set[str] = set()
    for fit, card in fits:
        best = fits[0][0]
        is_tied = fit.rank == best.rank and fit.words == best.words
        if is_tied or (fit.is_whole == best.is_whole and not best.is_same and not fit.words <= taken):
            yield card
            taken |= fit.words


def _fit(name: str, title: str) -> _Fit | None:
    said = {singular(word) for word in fold(title).split()}
    words = {singular(word) for word in fold(name).split()}
    telling = {word for word in words if len(word) > 1 and word not in FILLERS and not _is_measure(word)} or words
    there = frozenset(telling & said)
    share = len(there) / len(telling)
    if share < 1 and (len(there) < _TWO or share < _HALF):
        return None
    return _Fit(is_same=fold(name) == fold(title), is_whole=words <= said, words=there, share=share)


def _is_measure(word: str) -> bool:
    """Whether a word is a number with a unit, or a unit: "350ml", "cm"."""
    return any(map(str.isdigit, word)) or word in ("ml", "cm", "mm", "kg", "pc", "liter", "inch")
