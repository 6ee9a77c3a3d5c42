"""Which of the products on show words name, and a kind of it beside."""

from msgspec.structs import replace

from bot.language.buying.pointing import Pointed
from bot.language.fold import fold
from bot.language.spelling import singular
from bot.language.values.looks import is_look_word
from dialogs.reading.context import Context, Goods


def names(goods: Goods, words: tuple[str, ...]) -> bool:
    """Whether words are of a product's name.

    Args:
        goods: The product on show.
        words: The words.
    """
    name = {singular(word) for word in fold(goods.name).split()}
    return bool(name) and {singular(word) for word in words} <= name


def kind_of_named(told: Pointed, context: Context) -> tuple[Goods, Pointed] | None:
    """The one of several products on show that is named beside a kind of it, and what is said of the kind.

    Args:
        told: What a text says, such as "printed meron ding 6.1?".
        context: What it is read against.
    """
    looks = tuple(filter(is_look_word, told.rest))
    words = tuple(word for word in told.rest if word not in looks)
    named = [goods for goods in context.goods if names(goods, words)] if looks and words else []
    if len(named) != 1 or told.price or told.kinds or not (told.asks or told.takes or told.quantity is not None):
        return None
    return named[0], replace(told, rest=looks)
