"""What a text says of what is on the screen, or of something that it names: taken, asked about, one of several."""

import re
from collections.abc import Iterator

import msgspec

from bot.language.afterwards.wishes import asks_where, wish_of
from bot.language.buying.correcting import line_change_in
from bot.language.buying.keeping import keeping_in
from bot.language.buying.leading import without_lead
from bot.language.buying.pairs import pieces_of_pairs
from bot.language.buying.pointing import LAST, MIDDLE, Pointed, asks_left, pointed
from bot.language.buying.several import each_in, kinds_in
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import GOODS, meaning
from bot.language.spelling import singular
from bot.language.values.looks import HUES, LOOKS, is_look_word
from dialogs.engine.claimed import ClaimsSeveral
from dialogs.engine.heard import AsksOf, Keeps, WantsKinds, WantsSome, WhichOne
from dialogs.reading import commands
from dialogs.reading.candidate import LIKELY, POSSIBLE, Candidate
from dialogs.reading.context import Context, Goods
from dialogs.reading.goods.claiming import read_several
from dialogs.reading.goods.naming import kind_of_named, names
from dialogs.reading.goods.offered import offered_in
from dialogs.reading.goods.properties import asks_property
from dialogs.reading.small import asks_total
from dialogs.states import InCheckout, ReviewingCart
from dialogs.states_looking import ChoosingVariant, ViewingProduct
from dialogs.states_wishlist import ListingWishlist
from replies.taps import Checkout, OpenCart, OpenProduct
from replies.taps_wishlist import OpenWishlist

_OF_KINDS = frozenset({"size", "color", "stock"})
_SIZE_LEAST = 20
"""A number from which on it is rather a size than pieces, where a size may be asked for."""
_UNIT, _CONTAINER = words_for("quantity.unit"), words_for("quantity.container", "quantity.unit")
_MONEY_LEAST = 100
"""A number without a unit that is rather money than pieces."""
_KIND_MOST = 2  # words that name one size or color
_REST_MOST = 4
"""Words that may name a kind of what is shown, or the thing itself."""
_DECIMAL = re.compile(
    rf"(?:(?:yung|ung|the)\s+)?(\d+\.\d+)(?:\s+{pattern('small.polite', 'small.particle', 'small.please')})*",
    re.IGNORECASE,
)
_OF_ORDER = words_for("wish.order")
_BOTH, _EACH_MOST = words_for("pointing.both"), 3
"""Such as "both please", of no more products than are seen at once."""
_THE_SO_MANY = re.compile(
    r"\b(?:yung|ung|ang|the|those|yang|itong)\s+(?:2|3|two|three|dalawa|tatlo|dalawang|tatlong)\b"
)
_ONLY = (1, LAST)  # the places of the one thing that is on show


def read_shown(text: str, context: Context) -> Iterator[Candidate]:
    """Something about a product on the screen, or the card that was replied to."""
    if not context.listens and (context.lines or isinstance(context.state, ReviewingCart)):
        yield from _of_cart(text, context)
    if not context.goods or context.listens or (isinstance(context.state, InCheckout) and not context.replied):
        return
    if len(context.goods) == 1 and (kinds := kinds_in(text)):
        heard = WantsKinds(product_id=context.goods[0].product_id, kinds=kinds, text=text)
        value = ", ".join(f"{pieces} {kind}" for pieces, kind in kinds)
        why = "several kinds of the one product on show, each with its number"
        yield Candidate(kind="value", name="cart", value=value, score=LIKELY, why=why, heard=heard)
        return
    if len(context.goods) == 1 and (size := _DECIMAL.fullmatch(" ".join(without_lead(text).split()))) and size[1]:
        sized = WantsSome(product_id=context.goods[0].product_id, quantity=1, said=size[1], text=text, is_counted=True)
        why = "a size with a point in it, of the one product on show"
        yield Candidate(kind="value", name="cart", value=size[1], score=LIKELY, why=why, heard=sized)
        return
    if isinstance(commands.find(without_lead(text)), Checkout | OpenCart | OpenWishlist):
        return
    change = line_change_in(text)
    if len(context.goods) == 1 and (next(read_several(text, context), None) or (change and change.quantity < 1)):
        return  # several things, or less of something in the cart
    told = pointed(text)
    if told is None or len(told.rest) > _REST_MOST or (_haggles(text) and not told.claims):
        return
    if isinstance(context.state, ChoosingVariant) and not told.rest and text.strip().isdigit():
        return  # the number of a variant, or a size
    found = _of_one(told, text, context) if len(context.goods) == 1 else _of_several(told, text, context)
    if found and not asks_where(text) and not wish_of(text):
        yield found


def read_kept(text: str, context: Context) -> Iterator[Candidate]:
    """Something to be kept for later, or to be told of when it is back."""
    if context.listens or (isinstance(context.state, InCheckout) and not context.replied) or commands.find(text):
        return
    if kept := keeping_in(text, on_list=isinstance(context.state, ListingWishlist)):
        words = tuple(kept.goods.split())
        meant = [one for one in context.goods if names(one, words)] if words else list(context.goods)
        if not meant and all(map(is_look_word, words)):
            meant = list(context.goods)  # a kind of it
        product_id = meant[0].product_id if len(meant) == 1 else 0
        heard = Keeps(text=text, what=kept.what, goods=kept.goods, product_id=product_id)
        why = "words that keep something for later"
        yield Candidate(kind="command", name=f"wishlist_{kept.what}", value=kept.goods, why=why, heard=heard)


def _haggles(text: str) -> bool:
    return "haggle" in meaning(text).concepts and not asks_left(text)


def _of_cart(text: str, context: Context) -> Iterator[Candidate]:
    """A question about what is in the cart on show: "may pink ba nyan?", "magkano po isa nyan"."""
    told = pointed(text)
    if told is None or len(told.rest) > _REST_MOST or not (told.asks or told.price) or asks_where(text):
        return
    if set(fold(text).split()) & _OF_ORDER:
        return
    if (told.quantity or 0) >= _SIZE_LEAST and not told.rest:
        told = msgspec.structs.replace(told, rest=(str(told.quantity),))
    looks = bool(told.rest) and all(word in LOOKS or word in HUES or word.isdigit() for word in told.rest)
    is_one = len(context.lines) == 1
    if context.goods and not (is_one and looks and all(one.is_above for one in context.goods)):
        return  # what is on show is meant rather than what was taken
    if (told.points or looks or (is_one and told.kinds)) and (looks or not told.rest):
        heard = AsksOf(text=text, product_id=0, said=told.said, line_id=context.lines[0] if is_one else 0)
        why = "it asks about what is in the cart on show"
        yield Candidate(kind="value", name="product", value=told.said, score=LIKELY, why=why, heard=heard)


def _of_one(told: Pointed, text: str, context: Context) -> Candidate | None:
    goods, takes = context.goods[0], told.takes or told.quantity is not None
    is_counted = told.quantity is not None
    if goods.is_above and not (told.points or told.place or told.rest or told.asks or told.price or is_counted):
        return None  # "order na" after an answer is no second piece
    is_open = isinstance(context.state, ViewingProduct | ChoosingVariant) or not goods.is_above
    looks = bool(told.rest) and all(
        is_look_word(word) or (told.asks and (told.points or told.stock) and word in HUES) for word in told.rest
    )
    asks_for = told.asks and told.takes and 0 < (told.quantity or 0) < _SIZE_LEAST
    if asks_for and is_open and not (told.rest or told.price or told.stock or told.kinds or told.place):
        return _wants(told, text, context, goods, LIKELY, "it asks for so many of the one product on show")
    if told.same and not told.asks:
        return _wants(told, text, context, goods, LIKELY, "the kind of what was taken before")
    if told.asks or told.price or (told.kinds and not takes and not told.rest):
        if told.quantity and told.quantity >= _SIZE_LEAST and told.asks and is_open and not told.price:
            size = msgspec.structs.replace(told, rest=(*told.rest, str(told.quantity)))  # "a bigger one? 40?"
            return _asks(size, text, goods, context)
        speaks = told.points or told.place in _ONLY or (is_open and (told.price or told.stock or told.kinds or looks))
        speaks = speaks or (told.kinds and told.asks and not told.rest)
        asked = meaning(text)
        about = (
            not told.rest
            or looks
            or names(goods, told.rest)
            or (is_open and told.stock and not asked.concepts - {"stock"})
        )
        may_be_kind = told.price and len(told.rest) <= _KIND_MOST and not (GOODS & set(told.rest) or asks_total(text))
        about = about or (is_open and may_be_kind)
        about = about or (is_open and told.kinds and not asked.rest and not asked.concepts - _OF_KINDS)
        return _asks(told, text, goods, context) if speaks and about and told.place in (0, *_ONLY) else None
    if told.kinds and not takes and is_open and len(told.rest) <= _KIND_MOST:
        return _wants(
            told, text, context, goods, POSSIBLE, "a size or a color, by its name, of the one product on show"
        )
    if (told.quantity or 0) >= _MONEY_LEAST and not told.claims and not set(fold(text).split()) & _UNIT:
        return None  # "750 last na": what somebody would pay
    if is_counted and is_open and _CONTAINER.issuperset(told.rest):
        told = msgspec.structs.replace(told, rest=())  # "5 bote"
    if not told.rest:
        if takes:
            return _wants(told, text, context, goods, LIKELY, "it takes the one product on show")
        return _asks(told, text, goods, context) if told.points or told.place in _ONLY else None
    if looks:
        return _wants(told, text, context, goods, LIKELY, "a kind of the one product on show")
    named = names(goods, told.rest)
    if takes and not told.claims and (named or goods.name == ""):
        return _wants(
            told, text, context, goods, LIKELY if named else POSSIBLE, "it takes something while one product is on show"
        )
    if takes and told.claims and any(map(is_look_word, told.rest)) and not _others(told, goods):
        return _wants(told, text, context, goods, LIKELY, "it claims the one product on show")
    return None


def _of_several(told: Pointed, text: str, context: Context) -> Candidate | None:
    takes = told.takes or told.quantity is not None
    is_counted = told.quantity is not None
    if context.goods[0].is_above and not (told.points or told.place or told.rest or is_counted):
        return None
    if (
        (pieces := _of_each(told, text, len(context.goods)))
        and 1 < len(context.goods) <= _EACH_MOST
        and not context.goods[0].is_above
    ):
        shown = tuple(one.product_id for one in context.goods)
        several = ClaimsSeveral(
            text=text, wanted=tuple((pieces, one.name) for one in context.goods), of=shown, shown=shown
        )
        why = f"each of the {len(shown)} products on show"
        return Candidate(kind="value", name="cart", value=str(pieces), score=LIKELY, why=why, heard=several)
    if told.place and not told.rest:
        count = len(context.goods)
        at = {LAST: count, MIDDLE: (count + 1) // 2}.get(told.place, told.place)
        if at > len(context.goods):
            return _which(context, told, text)
        goods, why = context.goods[at - 1], f"number {at} of {len(context.goods)} products on show"
        return _wants(told, text, context, goods, LIKELY, why) if takes else _opens(goods, why)
    looks = bool(told.rest) and all(map(is_look_word, told.rest))
    if mixed := kind_of_named(told, context):
        goods, kind = mixed
        why = "the name of one product on show, and a kind of it"
        return _asks(kind, text, goods, context) if told.asks else _wants(kind, text, context, goods, LIKELY, why)
    if told.rest and not told.asks and not (looks and told.claims):
        named = [goods for goods in context.goods if names(goods, told.rest)]
        if len(named) == 1 and (takes or told.points or looks):
            why = "the name of one product on show"
            return _wants(told, text, context, named[0], LIKELY, why) if takes else _opens(named[0], why)
        return None
    if (
        (told.rest and not looks)
        or told.stock
        or told.kinds
        or not (takes or told.points or told.price)
        or (told.asks and not told.points)
    ):
        return None
    if told.price and not (told.points or is_counted):
        return None
    return _which(context, told, text)


def _of_each(told: Pointed, text: str, count: int) -> int:
    """How many a text takes of each thing that is on show, and nothing else: "tig isa po", "yung dalawa"; else 0."""
    if told.asks or told.price or told.place or told.kinds:
        return 0
    each, rest = each_in(text)
    if each:
        return 0 if (left := pointed(rest)) and left.rest else each
    if told.quantity == count and not told.rest and _THE_SO_MANY.search(fold(text)):
        return 1
    is_both = _BOTH & set(fold(text).split()) and not set(told.rest) - _BOTH
    return 1 if is_both and count == 2 and told.quantity in (None, 1, 2) else 0


def _which(context: Context, told: Pointed, text: str) -> Candidate:
    heard = _one_of(context, text, told.quantity or 1)
    why = f"it means one of {len(context.goods)} products on show, and does not say which"
    return Candidate(
        kind="value", name="which_one", value=str(told.quantity or 1), score=POSSIBLE, why=why, heard=heard
    )


def _one_of(context: Context, text: str, quantity: int = 1) -> WhichOne:
    return WhichOne(
        text=text,
        products=tuple(goods.product_id for goods in context.goods),
        names=tuple(goods.name for goods in context.goods),
        quantity=quantity,
    )


def _wants(told: Pointed, text: str, context: Context, goods: Goods, score: float, why: str) -> Candidate:
    said = "" if goods.name and told.rest and names(goods, told.rest) else told.said
    heard = WantsSome(
        product_id=goods.product_id,
        quantity=pieces_of_pairs(text, told.quantity or 1, goods.name),
        said="same" if told.same else said,
        text=text,
        beside=None if goods.name else offered_in(context),
        is_above=goods.is_above and not (told.points or told.claims),
        is_counted=told.quantity is not None or told.points or told.claims,
    )
    value = " ".join(part for part in (str(heard.quantity), heard.said) if part)
    return Candidate(kind="value", name="cart", value=value, score=score, why=why, heard=heard)


def _asks(told: Pointed, text: str, goods: Goods, context: Context) -> Candidate:
    is_kind = any(map(is_look_word, told.rest)) or not (told.kinds or names(goods, told.rest))
    said = told.said if is_kind else ""
    offered = offered_in(context) if told.price and not said else None
    is_offered = offered is not None and offered[0] == goods.product_id
    heard = AsksOf(
        text=text,
        product_id=goods.product_id,
        said=said,
        is_this=told.points or asks_property(text),
        variant_id=(offered[1] or 0) if offered and is_offered else 0,
        quantity=told.quantity or 1,
    )
    why = "it asks about the one product on show"
    return Candidate(kind="value", name="product", value=said, score=LIKELY, why=why, heard=heard)


def _opens(goods: Goods, why: str) -> Candidate:
    heard = OpenProduct(product_id=goods.product_id)
    return Candidate(kind="value", name="product", value=goods.name, score=LIKELY, why=why, heard=heard)


def _others(told: Pointed, goods: Goods) -> bool:
    """Whether words name something else than the product or a kind."""
    name = {singular(word) for word in fold(goods.name).split()}
    return any(not is_look_word(word) and singular(word) not in name for word in told.rest)
