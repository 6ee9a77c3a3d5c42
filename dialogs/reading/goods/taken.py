"""What a text says of what was just put into the cart: another thing in its place, that it shall go after all."""

import re
from collections.abc import Iterator

from bot.language.buying.leading import without_lead
from bot.language.buying.pointing import pointed
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import GOODS, meaning
from bot.language.payments import method_alone
from bot.language.values.looks import HUES, is_look_word
from dialogs.engine.claimed import Swaps
from dialogs.engine.heard import ChangesKind
from dialogs.reading.candidate import LIKELY, Candidate
from dialogs.reading.context import Context
from dialogs.states import ReviewingCart
from replies.taps import ChangeLine, OpenCart

_BY = r"(?:ng|nang|to|by|with|into|sa|for)"
_YOU = r"(?:\s+(?:mo|nyo|it|them|that|this|ito|yan|yun|nyan|nito))*"
_THE = r"(?:yung|ung|ang|iyong|the|my)"
_SWAP = rf"(?:.*\b)?{pattern('edit.swap')}"
_RATHER = re.compile(
    rf"^{pattern('edit.take_back')}(?:\s+(?:na|pala|muna|mo))*\s+{pattern('pointing.this')}\s+(?P<new>.+)$"
)
"""Such as "huwag na yan, powerbank na lang", where one line of the cart is on show."""
_FORMS = (
    re.compile(rf"^{_SWAP}{_YOU}\s+{_BY}\s+(?P<new>.+?)\s+{_THE}\s+(?P<old>.+)$"),
    re.compile(rf"^{_SWAP}{_YOU}\s+{_BY}\s+(?P<new>.+)$"),
    re.compile(rf"^{_SWAP}{_YOU}\s+(?:{_THE}\s+)?(?P<old>.+?)\s+{_BY}\s+(?P<new>.+)$"),
    re.compile(rf"^(?P<new>.+?)\s+{pattern('edit.in_place')}\s+(?:{_THE}\s+)?(?P<old>.+)$"),
)
"""Such as "palitan ng chicharon", "palitan yung mug ng kawali", "piaya imbes na mug"."""
_LITTLE = words_for("small.polite", "small.particle", "small.please")
_SAYS_RATHER = re.compile(r"\b(?:na lang|nalang|instead|na lamang)\b")
_NO_GOODS = words_for(
    "edit.not_goods", "edit.another", "wish.received", "part.recipient", "part.phone", "part.address", "part.landmark",
    "part.payment", "part.promo", "topic.color", "topic.size",
)  # fmt: skip
_GOODS_MOST = 5
_KIND_MOST = 2
"""Words of a kind that a correction names by itself: "ay mali, family pala"."""
_SORRY = words_for("edit.sorry")
_BACK, _OUT = words_for("edit.take_back"), words_for("edit.take_out")
_AROUND_BACK = words_for(
    "small.polite", "small.particle", "small.please", "small.me", "small.you", "small.this", "small.vocative",
    "small.article", "pointing.this", "edit.instead", "edit.sorry",
)  # fmt: skip
_NO, _INSTEAD = words_for("answer.no"), words_for("edit.instead")
_TURNED = (words_for("small.particle") | _INSTEAD) - {"sana", "muna", "pa"}
"""What makes a no one to what was taken: "wag na", "ayoko pala"."""
_SO_FAR = words_for("total.total", "total.so_far")
"""Such as "magkano na", "so how much"."""
_OF_TOTAL = frozenset({"price", "order", "shop", "how"})


def read_taken(text: str, context: Context) -> Iterator[Candidate]:
    """Something about what was put into the cart, which is on show: another in its place, none of it, what it costs."""
    if not context.is_looking or context.listens or not (context.lines or isinstance(context.state, ReviewingCart)):
        return
    yield from _swapped(text, context)
    if context.replied or any(not one.is_above for one in context.goods):
        return
    words = set(fold(text).split())
    core = words - _AROUND_BACK
    alone = context.lines[0] if len(context.lines) == 1 and not context.is_line_above else 0
    if alone and core & (_BACK | _NO) and core <= _OUT | _BACK | _NO and words & (_TURNED if core - _NO else _INSTEAD):
        why = "it takes back what was just put into the cart: how many shall it be?"
        yield Candidate(kind="correction", name="quantity", score=LIKELY, why=why, heard=ChangeLine(line_id=alone))
    told = pointed(without_lead(text))
    if alone and told and words & (_SORRY | _INSTEAD) and not (told.asks or told.price or told.quantity or told.place):
        kind = [word for word in told.rest if word not in _SORRY | _INSTEAD | _AROUND_BACK]
        if 0 < len(kind) <= _KIND_MOST and not (set(kind) & (GOODS | _NO_GOODS) or meaning(" ".join(kind)).concepts):
            heard = ChangesKind(text=text, said=" ".join(kind))
            why = "it corrects what was just taken, by words that a kind of it may be called by"
            yield Candidate(kind="correction", name="kind", value=heard.said, score=LIKELY, why=why, heard=heard)
    so_far = words & _SO_FAR or without_lead(text) != text or len(context.lines) > 1
    so_far = so_far and not meaning(text).concepts - _OF_TOTAL
    if told and told.price and so_far and not (told.rest or told.points or told.kinds or told.quantity or told.place):
        why = "it asks what it comes to, and the cart is on show"
        yield Candidate(kind="command", name="total", value=text, score=LIKELY, why=why, heard=OpenCart())


def _swapped(text: str, context: Context) -> Iterator[Candidate]:
    """Another thing in place of a line of the cart."""
    said = " ".join(word for word in fold(without_lead(text)).split() if word not in _LITTLE)
    rather = (_RATHER,) if len(context.lines) == 1 and _SAYS_RATHER.search(fold(text)) else ()
    for form in (*_FORMS, *rather):
        if not (match := form.match(said)):
            continue
        new, old = pointed(match["new"]), match.groupdict().get("old") or ""
        if new is None or not 0 < len(new.rest) <= _GOODS_MOST or set(new.rest) & _NO_GOODS or method_alone(new.said):
            return
        if all(is_look_word(word) or word in HUES for word in new.rest):
            return  # another kind of the same thing
        told = pointed(old) if old else None
        if old and (told is None or not told.rest or set(told.rest) & _NO_GOODS):
            return
        alone = context.lines[0] if len(context.lines) == 1 and not old else 0
        heard = Swaps(
            text=text, goods=told.said if told else "", line_id=alone, said=new.said, quantity=new.quantity or 0
        )
        why = "another thing in place of one in the cart"
        yield Candidate(kind="correction", name="swap", value=new.said, score=LIKELY, why=why, heard=heard)
        return
