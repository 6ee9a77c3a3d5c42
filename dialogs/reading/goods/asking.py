"""Any other question while something is on show: where the shop has no answer, its card has what is known."""

import re

from bot.language.afterwards.wishes import asks_where, wish_of
from bot.language.buying.pointing import LAST, MIDDLE, pointed
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import pattern
from bot.language.meaning import GOODS
from bot.language.texts import is_question
from dialogs.engine.claimed import AsksOfSeveral
from dialogs.engine.heard import AsksOfShown
from dialogs.reading.context import Context
from dialogs.reading.goods.naming import names
from dialogs.reading.goods.properties import asks_property
from dialogs.reading.small import asks_total
from dialogs.states import InCheckout
from dialogs.states_looking import ChoosingVariant

_THE = re.compile(
    r"^(?:yung|ung|iyong|yong|the|those)\s+(?:hindi\s+|not\s+)?(?P<so>.+?)(?:\s+(?:sana|po|lang|one|ones))*$"
)
_ANOTHER = re.compile(rf"{pattern('another.word')}\b", re.IGNORECASE)
"""What leads to another thing than what is on show: "how about the backpack"."""


def asked_of_shown(text: str, context: Context) -> AsksOfShown | AsksOfSeveral | None:
    """Any other question while one product is on show: where the shop has no answer, its card has what is known.

    What is asked of a property ("waterproof po ba") is asked of what is on show, and looks for nothing else.

    Args:
        text: What was typed, of which no row before the shop's took anything.
        context: What it is read against.
    """
    if not context.goods or context.listens or isinstance(context.state, InCheckout):
        return None
    if not is_question(text) and not _picks(text) and not ((told := pointed(text)) and told.asks and told.points):
        return None  # "pang ilang taon po ito" asks too
    if isinstance(context.state, ChoosingVariant) and asks_total(text):
        return None  # the dialog that asks which kind knows what each costs
    goods = context.goods[0]
    told = pointed(text)
    is_property = asks_property(text) or _picks(text)
    if len(context.goods) > 1 and _ANOTHER.match(text.strip()):
        return None
    if len(context.goods) > 1:
        return _of_those(text, context, is_property)
    first = told.rest[:1] if told else ()
    is_another = _ANOTHER.match(text.strip()) or (first and first[0] in GOODS and not names(goods, first))
    is_this = (bool(told and told.points) or is_property) and not is_another
    if (goods.is_above and not is_this) or wish_of(text) or asks_where(text):
        return None
    return AsksOfShown(text=text, product_id=goods.product_id, is_this=is_this)


def _picks(text: str) -> bool:
    """Whether a text wants the one of what is on show that is so: "yung waterproof sana", "the sturdy one"."""
    match = _THE.match(fold(text))
    return match is not None and (asks_property(text) or asks_property(f"{match['so']} ba"))


def _of_those(text: str, context: Context, is_property: bool) -> AsksOfShown | AsksOfSeveral | None:
    """A question to one of several on show, by its place, or to all of them."""
    told = pointed(text)
    if told and (told.price or (told.rest and GOODS & set(told.rest))):
        return None
    for part in clauses(text):
        place = at.place if (at := pointed(part)) and not at.rest else 0
        count = len(context.goods)
        if 0 < (at_place := {LAST: count, MIDDLE: (count + 1) // 2}.get(place, place)) <= count:
            return AsksOfShown(text=text, product_id=context.goods[at_place - 1].product_id, is_this=True)
    if context.goods[0].is_above and not is_property:
        return None
    products = tuple(one.product_id for one in context.goods)
    names_of = tuple(one.name for one in context.goods)
    is_this = is_property or bool(told and (told.points or told.kinds))
    return AsksOfSeveral(text=text, products=products, names=names_of, is_this=is_this)
