"""What a merchant has taught the shop to answer to, and how phrases are compared."""

import msgspec

from bot.language.fold import fold_signs, unaccented

PHRASE_MOST = 255
"""Letters of a phrase, as the table holds them."""
PHRASES_MOST = 200
"""Phrases of one reply."""


class Taught(msgspec.Struct, frozen=True, kw_only=True):
    """What one reply answers to.

    Attributes:
        id: `chatbot_replies.id`.
        phrases: What shoppers write; the first is the keyword.
        language: "en" or "fil".
        rule: How a phrase is looked for: "exact", "word", "starts_with" or "contains".
        priority: The higher one answers where several fit.
        opens: Minutes after midnight from which it answers; None at any time.
        closes: Minutes after midnight until which it answers; before `opens` it is the next day's.
    """

    id: int
    phrases: tuple[str, ...]
    language: str = "en"
    rule: str = "word"
    priority: int = 0
    opens: int | None = None
    closes: int | None = None

    def answers_at(self, minute: int) -> bool:
        """Whether it answers at a time of the day.

        Args:
            minute: Minutes after midnight, in the shop.
        """
        if self.opens is None or self.closes is None:
            return True
        if self.opens <= self.closes:
            return self.opens <= minute < self.closes
        return minute >= self.opens or minute < self.closes


def comparable(text: str) -> str:
    """A text without capitals, accents and punctuation; emoji stay.

    Args:
        text: A phrase, or what was typed.
    """
    return unaccented(fold_signs(text))
