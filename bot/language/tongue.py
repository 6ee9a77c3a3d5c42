"""In which language somebody is answered: the chosen one stays, a guess changes slowly.

How sure it is stands in one number, the lean: above 0 Filipino, below 0 English, 0 nothing yet. Each text that is
clearly one of them moves it, so that a word of Taglish in the middle of English, or an English question of somebody who
writes Filipino, changes nothing by itself.
"""

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.texts import is_filipino, is_greeting, is_no, is_question, is_yes

CHOSEN = 100
"""The lean, to either side, of a language that was chosen: nothing moves it."""
_SURE = 2
_ENGLISH = words_for("english.sure")
_FILIPINO, _LIKELY = words_for("filipino.sure"), words_for("filipino.likely")
_POLITE = words_for("small.polite", "answer.yes", "answer.no")
_ENGLISH_LEAST = 2  # words


class Tongue(msgspec.Struct, frozen=True):
    """A language, "en" or "fil", and how sure it is."""

    language: str
    lean: int = 0

    @property
    def is_chosen(self) -> bool:
        """Whether it was chosen, and is no guess."""
        return abs(self.lean) >= CHOSEN

    def hearing(self, text: str, *, begins: bool = False) -> "Tongue":
        """The language after one more text.

        Args:
            text: What was typed.
            begins: Whether it is the first that this shopper typed, in which a "po" tells much.
        """
        if self.is_chosen:
            return self
        lean = self.lean or (_SURE if self.language == "fil" else 0)  # a profile in Filipino
        if is_filipino(text):
            if self.language == "en" and not begins and _tells_little(text, lean):
                return self
            lean = lean + 1 if lean <= -_SURE else _SURE if lean >= 0 else 1
            return Tongue("fil" if lean > 0 else "en", lean)
        if is_english(text):
            lean = max(lean - 1, -_SURE)
            return Tongue("fil" if lean > 0 else "en", lean)
        return self


def chosen(language: str) -> Tongue:
    """The language that somebody chose.

    Args:
        language: "en" or "fil".
    """
    return Tongue(language, CHOSEN if language == "fil" else -CHOSEN)


def _tells_little(text: str, lean: int) -> bool:
    """Whether a text says nothing of the language: a yes or a no alone; after English a "po" in it: "teal po"."""
    words = set(fold(text).split())
    if not words & _FILIPINO <= _POLITE:
        return False
    if is_yes(text) or is_no(text):
        return True
    return lean < 0 and not words & _LIKELY and not is_question(text) and not is_greeting(text)


def is_english(text: str) -> bool:
    """Whether a text is clearly English: two of its words are nothing else, and none is Filipino.

    Args:
        text: As typed.
    """
    words = fold(text).split()
    return not set(words) & (_FILIPINO | _LIKELY) and sum(word in _ENGLISH for word in words) >= _ENGLISH_LEAST
