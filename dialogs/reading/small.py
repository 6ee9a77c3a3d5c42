"""Small things that are said in between: what everything comes to, that somebody needs a moment."""

from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import GOODS, meaning
from bot.language.quantities import number_in
from bot.language.texts import is_greeting, is_polite, is_question
from bot.language.values.looks import HUES, LOOKS

_TOTAL = words_for("total.total")
_SUMS = words_for("total.sure")
_TOTAL_ALONE = words_for("total.alone")
_HOW_MUCH = words_for("total.how_much")
_PO = words_for("small.polite")
_LONGEST = 7  # words
_ALL = words_for("talk.all")
_POLITE = words_for("small.polite", "small.please", "small.vocative", "small.you", "answer.yes", "talk.thanks")
_AROUND_TOTAL = words_for(
    "total.around", "small.polite", "small.particle", "small.me", "small.you", "small.this", "small.article",
    "small.please", "small.asking", "small.vocative", "question.particle", "talk.greeting", "command_word.cart",
    "wish.order", "answer.yes", "quantity.unit", "pointing.this", "topic.shipping", "search.between",
)  # fmt: skip
_THIS, _HERE, _ME = words_for("pointing.this"), words_for("all.here"), words_for("small.me")
_ME_DONE = frozenset({"im", "done"})
_ONLY, _ENOUGH, _NOW = words_for("all.only"), words_for("all.enough"), words_for("all.now")
_FOR_NOW, _LOOSE = words_for("all.for_now"), words_for("all.loose", "small.particle", "small.me", "talk.thanks")
_LATER, _BUYING = words_for("answer.later"), words_for("command.checkout", "small.asking", "wish.order", "take.take")
"""Such as "will checkout later", behind "that's all"."""
_PLEASING = words_for("small.polite", "small.please", "small.vocative", "talk.thanks", "small.you") | (
    words_for("answer.yes") - _ENOUGH
)
_WANTING = words_for(
    "take.surely", "take.take", "edit.change", "edit.remove", "edit.more", "quantity.make", "quantity.more",
    "wish.order", "wish.add",
) - words_for("edit.sorry", "topic.wrong")  # fmt: skip
"""Words of a sentence that wants something."""
_TELLING = frozenset({"haggle", "bargain", "price", "shop", "wrong"})
"""Concepts of what is only told beside something else: "mahal pala", "mali"."""
_RELUCTANT = frozenset({"haggle", "bargain"})
_COUNTING, _OF_ME, _I_HAVE = words_for("pointing.counting"), words_for("total.mine"), frozenset({"i", "have"})
_OF_GOODS = frozenset({"price", "order", "shop", "how"})
_IN_CART = words_for("command_word.cart")
_REFUSES = words_for("answer.no")
_NOT = words_for("answer.no", "answer.nothing", "answer.but", "answer.later", "talk.wait")
_WAIT = words_for("talk.wait")
_WAIT_PHRASES = tuple(phrase for phrase in _WAIT if " " in phrase)
_AROUND_WAIT = words_for(
    "talk.around_wait", "answer.yes", "small.polite", "small.particle", "small.please", "small.article", "small.me"
)


def asks_total(text: str) -> bool:
    """Whether a text asks what everything comes to: "magkano po lahat", "how much is the total?".

    Args:
        text: What was typed.
    """
    words = set(fold(text).split()) - _PO
    if len(words) > _LONGEST or not words & (_TOTAL | _SUMS):
        return False
    if words & _SUMS and not words - _TOTAL - _SUMS - _HOW_MUCH - _AROUND_TOTAL:
        return True
    if words - _TOTAL - _HOW_MUCH - _AROUND_TOTAL:
        return False  # "hm po lahat ng tsinelas"
    return bool(words & _HOW_MUCH) or (bool(words & _TOTAL_ALONE) and ("?" in text or len(words) == 1))


def needs_receipt(text: str) -> bool:
    """Whether a receipt is wanted, and nothing else, question or not: "gusto ko po ng resibo".

    Args:
        text: What was typed.
    """
    asked = meaning(text)
    return asked.is_clear and asked.concepts == {"receipt"}


def is_all(text: str) -> bool:
    """Whether a text only says that nothing more is wanted: "yun lang po muna", "okay na ako, wala na", "that's all".

    Args:
        text: What was typed.
    """
    parts = [part for part in clauses(text) or (text,) if not (is_polite(part) or _puts_off(part)) or _says_all(part)]
    return bool(parts) and all(map(_says_all, parts))


def _puts_off(text: str) -> bool:
    """Whether a sentence only says that the rest comes later: "will checkout later"."""
    words = set(fold(text).split())
    return bool(words & _LATER) and words <= _LATER | _BUYING | _LOOSE | _PLEASING | _ME | _NOW | _FOR_NOW


def _says_all(text: str) -> bool:
    words = [word for word in fold(text).split() if word not in _PO]
    bare = [word for word in words if word not in _POLITE]
    said = [word for word in bare if word not in _LOOSE | _NOW | _FOR_NOW]
    if any(" ".join(each) in _ALL for each in (words, bare, said)):
        return True
    meant = set(words) - _PLEASING
    if meant & (_THIS | _HERE):  # "tama na po yang dalawa"
        meant = {word for word in meant if word in _THIS or number_in(word, asked=False) is None}
    if not meant or not meant <= _THIS | _HERE | _ONLY | _ENOUGH | _NOW | _FOR_NOW | _LOOSE:
        return False
    if meant & _THIS and meant & (_ONLY | _FOR_NOW) and not meant & _HERE:
        return True
    return bool(meant & _ENOUGH and meant & _NOW and meant & (_THIS | _HERE | _ME)) or meant >= _ME_DONE


def is_told(text: str) -> bool:
    """Whether a sentence beside another only tells something, wants nothing and asks nothing: "mahal pala", "salamat".

    Args:
        text: A sentence.
    """
    if is_polite(text) or is_greeting(text) or is_all(text):
        return True
    words = set(fold(text).split())
    if is_question(text) or words & (_WANTING | LOOKS | GOODS | HUES.keys()):
        return False
    return number_in(text, asked=False) is None and not meaning(text).concepts - _TELLING


def asks_count(text: str) -> bool:
    """Whether a text asks how many of something are in the cart: "ilan na po yung sabon ko", "how many mugs do i have".

    Args:
        text: What was typed.
    """
    words = set(fold(text).split())
    is_mine = bool(words & _OF_ME) or words >= _I_HAVE
    others = meaning(text).concepts - _OF_GOODS
    if words & _IN_CART:
        others -= {"stock"}
    return bool(words & _COUNTING) and is_mine and not others


def takes_back(text: str, *, before: bool) -> bool:
    """Whether a sentence may be why something is not taken after all: "mahal pala", "wala pa akong budget".

    Args:
        text: A sentence.
        before: Whether what is taken comes behind it, so that a mere no is of something else: "hindi yan, black".
    """
    words = set(fold(text).split())
    if before and words & _REFUSES and words <= _REFUSES | _THIS | _HERE | _LOOSE | _PO:
        return False
    return bool(meaning(text).concepts & _RELUCTANT or set(fold(text).split()) & _NOT)


def waits(text: str) -> bool:
    """Whether a text only says that somebody needs a moment, or wants to ask something: "teka may tanong ako".

    Args:
        text: What was typed.
    """
    said = f" {fold(text)} "
    for phrase in _WAIT_PHRASES:
        said = said.replace(f" {phrase} ", " wait ")
    words = set(said.split())
    return bool(_WAIT & words) and words <= _WAIT | _AROUND_WAIT


def begins_wait(text: str) -> bool:
    """Whether a text begins with that somebody needs a moment, and changes nothing: "teka tanong ko muna kay mister".

    Args:
        text: What was typed at the summary of an order.
    """
    words = fold(text).split()
    if any(waits(part) for part in clauses(text)[:1]):
        return True
    is_plain = not set(words) & _WANTING and not any(map(str.isdigit, text)) and not is_question(text)
    return bool(words) and words[0] in _WAIT and is_plain and number_in(text, asked=False) is None
