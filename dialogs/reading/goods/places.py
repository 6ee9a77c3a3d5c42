"""A place in a list that is not on show, or several: what is meant is asked, and nothing is taken."""

import re
from collections.abc import Iterator

from bot.language.afterwards.wishes import wish_of
from bot.language.buying.pointing import LAST, MIDDLE, means_other, places_in, pointed
from bot.language.lexicon import pattern
from dialogs.engine.heard import WhichOne
from dialogs.reading.candidate import LIKELY, Candidate
from dialogs.reading.context import Context
from dialogs.states import InCheckout

_BETWEEN = re.compile(rf"\s{pattern('search.between')}\s|[,&+;\n]", re.IGNORECASE)
_ENDS = (LAST, MIDDLE)
_WORDS_MOST = 8


def read_place(text: str, context: Context) -> Iterator[Candidate]:
    """ "yung pangatlo" below a list of two, "the last two", "yung isa pa": which is meant is asked."""
    goods = context.goods
    if not goods or context.listens or (isinstance(context.state, InCheckout) and not context.replied):
        return
    told = pointed(text)
    if told is None or len(text.split()) > _WORDS_MOST or wish_of(text):
        return
    places = places_in(text) or ((told.place,) if told.place else ())
    is_other = means_other(text)
    if (told.rest and not is_other and len(places) < 2) or (not places and not is_other):
        return
    beyond = [place for place in places if place not in _ENDS and place > len(goods)]
    if not (beyond or is_other or len(places) > 1) or (not beyond and _each_counted(text)):
        return
    meant = [goods[place - 1] for place in places if 0 < place <= len(goods)] if len(places) > 1 and not beyond else []
    shown = meant or list(goods)
    heard = WhichOne(
        text=text,
        products=tuple(one.product_id for one in shown),
        names=tuple(one.name for one in shown),
        quantity=1 if is_other else told.quantity or 1,
        place=places[0] if len(places) == 1 and not is_other else 0,
        is_other=is_other,
    )
    why = "a place in the list that may not be on show"
    yield Candidate(kind="value", name="which_one", value=str(heard.quantity), score=LIKELY, why=why, heard=heard)


def _each_counted(text: str) -> bool:
    """Whether each place has a number of pieces: "1 nung una tsaka 2 nung pangatlo"."""
    parts = [pointed(part) for part in _BETWEEN.split(text) if part.strip()]
    return len(parts) > 1 and all(told and told.place and told.quantity for told in parts)
