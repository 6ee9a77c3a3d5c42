"""What a text wants kept for later: "save ko muna", "pa-wishlist po", "sabihan nyo ako pag meron na", "ilipat sa cart".

Only the words are looked at. Whoever acts on it knows what is on the screen, and finds what the words name.
"""

from functools import lru_cache
from typing import Literal

import msgspec

from bot.language.buying.leading import without_lead
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import words_for

What = Literal["save", "notify", "drop", "take"]
"""Save something for later, be told when it is back, take it off the wishlist, move it from there into the cart."""

TEXT_MOST = 12
"""Words of a text that may keep something: more are a story."""
_SAVE = words_for("keeping.save")
_LIST = words_for("keeping.list")
_NOT_GOODS = words_for("keeping.not_goods")
_REMOVE = words_for("edit.remove", "wish.remove")
_MOVE = words_for("keeping.move")
_CART = words_for("keeping.cart")
_TELL = words_for("keeping.tell")
_SURE = words_for("keeping.sure")
_WHEN = words_for("keeping.when")
_BACK = words_for("keeping.back", "topic.stock")
_NOT_STOCK = words_for("keeping.not_stock")
_ME = words_for("small.me") | {"ako", "ko", "kami"}
_AROUND = words_for(
    "keeping.around", "pointing.around", "search.around", "take.around", "small.polite", "small.particle",
    "small.please", "small.me", "small.you", "small.this", "small.article", "small.vocative", "small.asking",
    "pointing.this", "answer.yes", "question.particle", "talk.polite",
)  # fmt: skip
_OF_SAVING = _SAVE | _LIST | _REMOVE | _MOVE | _CART | _AROUND
_OF_TELLING = _TELL | _WHEN | _BACK | _AROUND
_ASKING = words_for("question.word", "command_word.showing")
_ADDING = words_for("wish.add", "take.surely", "take.take")
_TWO_WORDS = (("wish list", "wishlist"), ("as soon as", "soon"), ("take off", "remove"))


class Keeping(msgspec.Struct, frozen=True):
    """What is wanted.

    Attributes:
        what: What of it.
        goods: The words that may name the thing, or a kind of it; empty where there are none.
    """

    what: What
    goods: str = ""


@lru_cache(maxsize=256)
def keeping_in(text: str, *, on_list: bool = False) -> Keeping | None:
    """What a text wants kept for later; None where it wants nothing of the kind.

    Args:
        text: What was typed.
        on_list: Whether the wishlist is on show, so that it need not be named.
    """
    text = without_lead(text)
    parts = [part for part in clauses(text) if set(fold(part).split()) & (_SAVE | _LIST | _TELL)]
    said = f" {fold(parts[0] if len(parts) == 1 and not _WHEN & set(fold(text).split()) else text)} "
    for phrase, word in _TWO_WORDS:
        said = said.replace(f" {phrase} ", f" {word} ")
    words = said.split()
    if not words or len(words) > TEXT_MOST:
        return None
    all_said = set(words)
    moves = bool(all_said & _MOVE and all_said & _CART)
    if all_said & _LIST or all_said & _SAVE or (on_list and (moves or all_said & _REMOVE)):
        return None if _asks_for_list(all_said) else _of_list(words, all_said)
    asks_to_tell = bool(all_said & _TELL and all_said & _BACK and all_said & _WHEN and all_said & _ME)
    if (asks_to_tell or _is_bare(all_said)) and not all_said & _NOT_STOCK:
        return Keeping("notify", _left(words, _OF_TELLING))
    return None


def _asks_for_list(said: set[str]) -> bool:
    """Whether it asks what is on the list, and puts nothing there: "ano ano na po nasa wishlist ko"."""
    return bool(said & _ASKING) and not said & (_SAVE | _MOVE | _REMOVE | _ADDING)


def _of_list(words: list[str], said: set[str]) -> Keeping | None:
    goods = _left(words, _OF_SAVING)
    if said & _REMOVE and not said & _SAVE:
        return Keeping("drop", goods)
    if said & _CART and (said & _LIST or said & _MOVE):
        return Keeping("take", goods)
    if said & _NOT_GOODS:
        return None
    return Keeping("save", goods)


def _is_bare(said: set[str]) -> bool:
    """Whether it asks to be told, and says neither of what nor when: "notify me po", "pa-notify"."""
    return bool(said & _SURE) and not said & _WHEN


def _left(words: list[str], known: frozenset[str]) -> str:
    return " ".join(word for word in words if word not in known)
