"""A kind of what is on show, by words that only its variants may know: "yung blush po", "ung itim", "make that oat"."""

from collections.abc import Iterator

from bot.language.buying.pointing import pointed
from bot.language.lexicon import words_for
from bot.language.meaning import GOODS
from bot.language.values.looks import HUES, LOOKS, is_look_word
from dialogs.engine.claimed import Claims, NamesKind, NamesLine
from dialogs.reading.candidate import POSSIBLE, Candidate
from dialogs.reading.context import Context
from dialogs.reading.goods import claiming
from dialogs.states import CancellingOrder, InCheckout, ReviewingCart
from dialogs.states_looking import ChoosingVariant, ViewingProduct

_KIND_MOST = 3
"""Words that name a kind."""
_LINE_MOST = 4
_AROUND = words_for("quantity.make", "quantity.unit")


def read_line_named(text: str, context: Context) -> Iterator[Candidate]:
    """Words that may name a line of the cart, where it is asked which of them shall be changed."""
    if len(context.lines) < 2 or context.goods or context.listens or not isinstance(context.state, ReviewingCart):
        return
    told = pointed(text)
    if told is None or told.quantity is not None or told.takes or told.asks or told.price:
        return
    if told.rest and len(told.rest) <= _LINE_MOST:
        why = "it is asked which line of the cart shall be changed"
        heard = NamesLine(text=text, said=told.said)
        yield Candidate(kind="value", name="line", value=told.said, score=POSSIBLE, why=why, heard=heard)


def _of_line(text: str) -> Iterator[Candidate]:
    """A kind of what was put into the cart: "tapos isang cream", below a cart with a navy mug."""
    told = pointed(text)
    words = tuple(word for word in told.rest if word not in _AROUND) if told else ()
    if told is None or told.price or told.asks or told.place or not 0 < len(words) <= _KIND_MOST:
        return
    if told.quantity and all(word in LOOKS or word in HUES for word in words):
        claimed = Claims(text=text, said=told.said, quantity=told.quantity)
        heard = NamesKind(text=text, said=" ".join(words), quantity=told.quantity, products=(), names=(), claim=claimed)
        why = "a kind and a number, below the cart"
        yield Candidate(kind="value", name="kind", value=heard.said, score=POSSIBLE, why=why, heard=heard)


def read_kind(text: str, context: Context) -> Iterator[Candidate]:
    """Words that may be a variant's own of what is on show: whoever knows the product tells."""
    goods = context.goods
    if not goods and isinstance(context.state, ReviewingCart) and not context.listens:
        yield from _of_line(text)
    if not goods or context.listens or isinstance(context.state, InCheckout | CancellingOrder):
        return
    told = pointed(text)
    if told is None or told.price or told.asks or told.place:
        return
    words = tuple(word for word in told.rest if word not in _AROUND)
    if not 0 < len(words) <= _KIND_MOST:
        return
    is_open = isinstance(context.state, ViewingProduct | ChoosingVariant)
    if len(goods) == 1 and is_open and told.quantity is None and words == told.rest:
        return  # the dialogs of one product look at what was typed themselves
    if len(goods) > 1 and not all(is_look_word(word) or (word in HUES and word not in GOODS) for word in words):
        return
    claimed = next(claiming.read_claim(text, context), None)
    heard = NamesKind(
        text=text,
        said=" ".join(words),
        quantity=told.quantity or 1,
        products=tuple(one.product_id for one in goods),
        names=tuple(one.name for one in goods),
        claim=claimed.heard if claimed and isinstance(claimed.heard, Claims) else None,
    )
    why = "words that may name a kind of what is on show"
    yield Candidate(kind="value", name="kind", value=heard.said, score=POSSIBLE, why=why, heard=heard)
