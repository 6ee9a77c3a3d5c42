"""What somebody wants who has ordered already: where it is, another address, to cancel, to send it back, to stop.

Only the words are looked at. Whoever acts on a wish asks first whether there is an order that it can be about, and
answers the text as any other where there is none.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import OSA

from bot.language.afterwards.paying import money_wish
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import meaning
from bot.language.texts import is_polite, is_question

Wish = Literal[
    "forget",
    "known",
    "stop",
    "start",
    "receipt",
    "reviews",
    "review",
    "again",
    "cancel",
    "address",
    "phone",
    "items",
    "return",
    "received",
    "track",
    "courier",
    "pay",
    "method",
    "terms",
    "delivery",
    "",
]

TEXT_MOST = 30
"""Words of a text in which a wish is looked for: more are a story, for a person."""
_SLIP_LEAST = 6  # letters of a word in which a slip is forgiven
_ORDER = words_for("wish.order")
_MINE = words_for("wish.mine")
_TRACK = words_for("wish.track")
_WHERE = words_for("topic.where")
_LATE = words_for("wish.late")
_SHOW = words_for("wish.show")
_NOTHING_YET = words_for("wish.nothing_yet")
_AGAIN = words_for("wish.again")
_REORDER = frozenset({"reorder"})
_CHANGE = words_for("wish.change")
_ADDRESS = words_for("wish.address")
_PHONE = words_for("wish.phone")
_SEND = words_for("wish.send")
_INSTEAD = words_for("wish.instead")
_ADD = words_for("wish.add")
_REMOVE = words_for("wish.remove")
_QUANTITY = words_for("wish.quantity")
_KIND = words_for("wish.kind")
_RECEIVED = words_for("wish.received")
_CAME = words_for("wish.came")
_GOT = words_for("wish.got")
_SURELY_CAME = words_for("wish.surely_came")
_NEGATED = words_for("wish.not", "answer.no", "tracking.not_yet", "tracking.nothing_came") - _SURELY_CAME
_THANKS = words_for("talk.polite")
_ALL_GOOD = _CAME | _GOT | _ORDER | _MINE | _THANKS | _SURELY_CAME | words_for("rating.praise")
_STOP = words_for("wish.stop")
_STOP_WHOLE = words_for("wish.stop_whole")
_PROMOS = words_for("wish.promos")
_TELL = words_for("wish.tell")
_RESUME = words_for("wish.resume")
_RESUME_WHOLE = words_for("wish.resume_whole")
_TO_RESUME = _RESUME | _PROMOS | _AGAIN | _SEND
_RECEIPT = words_for("wish.receipt")
_ASKED_FOR = words_for("wish.asked_for")
_GIVES_UP = words_for("wish.gives_up")
_POLITE = words_for("small.polite")
_REGRETS = words_for("wish.regrets")
_THIS, _ERASE, _DATA = words_for("small.this"), words_for("wish.erase"), words_for("wish.data")
_RECORDS, _KNOW = words_for("wish.records"), words_for("wish.know")
_OWN = words_for("wish.own")
_REVIEW = words_for("wish.review")
_REVIEWS = words_for("wish.reviews")
_WHY, _NOT = words_for("wish.why"), words_for("wish.not")
_SHOPS = words_for("wish.shops")
_WHAT = words_for("question.word")
_SINCE = words_for("wish.since")
_FORGOT, _COMES_BACK = words_for("wish.forgot"), words_for("wish.comes_back")
_LITTLE = words_for(
    "small.polite", "small.particle", "small.please", "small.me", "small.you", "small.this", "small.article",
    "small.vocative", "small.asking", "question.particle", "wish.around", "answer.but",
)  # fmt: skip
_SENT_BACK = frozenset({"return", "exchange", "damaged", "wrong", "refund"})
_GOING_ON = frozenset(
    phrase.split()[-1] for phrase in words_for("topic.cancel") if " " in phrase
)  # "ayaw ko na ituloy"
_WORD = re.compile(r"ord-\d{8}-\w+", re.IGNORECASE)
_BEHIND_CANCEL = pattern("small.particle", "small.me", "wish.order", "wish.mine")
_WAIVED = re.compile(
    rf"\A\s*{pattern('command.cancel')}(?:\s+{pattern('small.polite')})?"
    rf"(?:\s*[,.!;]+\s*(?=.*cancel)|\s+(?=cancel\s+(?:{_BEHIND_CANCEL})\b))",
    re.IGNORECASE,
)
"""What only begins a wish to cancel: "wag na lang po, cancel ko na order ko"; not "wag na lang po icancel"."""
_ABOUT_ME = re.compile(rf"\b{pattern('wish.about_me')}\b")
_REORDERED = re.compile(rf"\b{pattern('wish.reorder')}\b")


@lru_cache(maxsize=256)
def wish_of(text: str) -> Wish:
    """What a text wants of a placed order, or of what the shop sends unasked; empty where nothing of the kind.

    Args:
        text: What was typed, such as "pa change po ng address, sa Cainta na lang".
    """
    bare = _WAIVED.sub("", _WORD.sub(" order ", text))
    words = _REORDERED.sub("reorder", fold(bare)).split()
    if not words or len(words) > TEXT_MOST:
        return ""
    said = {_mended(word) for word in words}
    left = {word for word in said - _LITTLE - _SINCE if not word.isdigit()}
    if said & _ERASE and said & _DATA:
        return "forget"
    if _asks_what_is_known(said, text):
        return "known"
    if "no" in said and "more" in said:
        said.add("stop")
    if (left and left <= _STOP_WHOLE) or (said & _STOP and said & _PROMOS):
        return "stop" if said & (_STOP | _STOP_WHOLE) else ""
    if said & _TELL and said & (_STOP | _NOT) and left <= _TELL | _STOP | _NOT | _AGAIN:
        return "stop"
    sends_again = said & _RESUME or (said & _SEND and said & _AGAIN)
    if (left and left <= _RESUME_WHOLE) or (sends_again and said & _PROMOS and left <= _TO_RESUME):
        return "start"
    if said & _REVIEWS and left <= _REVIEWS | _SHOW | _SHOPS:
        return "reviews"
    if said & _REVIEW and left <= _REVIEW | _ORDER:
        return "review"
    return _about_order(bare, words, said, left)


def _asks_what_is_known(said: set[str], text: str) -> bool:
    """Whether somebody wants to see what the shop keeps of them."""
    if _ABOUT_ME.search(fold(text)):
        return bool(said & (_KNOW | _RECORDS))
    return bool(said & _RECORDS and said & _OWN and said & (_KNOW | _SHOW) and not said & _ORDER)


def _about_order(text: str, words: list[str], said: set[str], left: set[str]) -> Wish:
    concepts, asks = meaning(text).concepts, is_question(text)
    if " ".join(word for word in words if word not in _POLITE) in _GIVES_UP:
        return "cancel"
    if "cancel" in concepts and (said & _ORDER or len(left - _NOT - _REGRETS) <= 1):
        return "track" if said & _WHY or (said & _NOT and not said & _GOING_ON) else "cancel"
    if said & _REORDER or (said & _AGAIN and said & _ORDER and left <= _AGAIN | _ORDER | _MINE):
        return "again"
    if wish := money_wish(text, said, concepts, asks=asks):
        return wish
    if said & _RECEIPT and left <= _RECEIPT | _ORDER | _MINE | _ASKED_FOR and not said & _THIS:
        return "receipt"
    of_shop = asks and bool(said & _SHOPS) and not said & (_MINE | {"to", "sa"})
    changes = bool(said & _CHANGE)
    if changes and said & _ADDRESS and not of_shop:
        return "address"
    if changes and said & _PHONE and not of_shop:
        return "phone"
    if said & _SEND and said & _INSTEAD and ({"to", "sa"} & said):
        return "address"
    if _changes_items(said, changes=changes):
        return "items"
    if _came(words, said, left) and not asks and not concepts & _SENT_BACK:
        return "received"
    if asks_where(text) or _tracks(words, said, left):
        return "track"
    comes = any(f" {phrase} " in f" {' '.join(words)} " for phrase in _COMES_BACK)
    if concepts & _SENT_BACK and not comes and not is_polite(text) and (not asks or said & (_RECEIVED | _MINE)):
        return "return"
    return ""


def _came(words: list[str], said: set[str], left: set[str]) -> bool:
    """Whether it says that what was ordered is there: "natanggap ko na po", "got my order, thanks"."""
    if said & _NEGATED or not left <= _ALL_GOOD:
        return False
    if said & _CAME:
        return bool(said & (_SURELY_CAME | _ORDER) or words[-1] in _CAME)
    return bool(said & _GOT and said & _ORDER)


def _changes_items(said: set[str], *, changes: bool) -> bool:
    """Whether something is to be put into an order, taken out or had in another number or kind."""
    of_order = bool(said & _ORDER)
    if said & (_ADD | _REMOVE) and of_order:
        return True
    return changes and bool(said & (_QUANTITY | _KIND)) and (of_order or bool(said & _MINE))


def _tracks(words: list[str], said: set[str], left: set[str]) -> bool:
    """Whether it asks where an order is, in fewer words than a whole question."""
    if said & _TRACK and left <= _TRACK | _ORDER | _SHOW | _PHONE | _SHOPS:
        return True
    if said & _ORDER and said & _MINE and said & _PHONE and left <= _ORDER | _MINE | _PHONE | _WHAT | _FORGOT:
        return True  # "ano number ng order ko", "forgot my order number"
    if said & _ORDER and said & _MINE and said & _SINCE and "na" in words and left <= _ORDER | _MINE:
        return True
    if said & _LATE and left <= _LATE | _ORDER | _MINE:
        return True
    if said & _SHOW and said & _ORDER and left <= _SHOW | _ORDER | _MINE:
        return True
    if said & _WHERE and left <= _WHERE | _ORDER | _MINE and not said & _TO_ORDER:
        return bool(said & _ORDER) or "na" in words
    is_late = "pa" in words or bool(said & _RECEIVED)  # "wala naman po akong natatanggap"
    return bool(said & _NOTHING_YET) and is_late and left <= _NOTHING_YET | _ORDER | _MINE | _RECEIVED


_ORDERED = words_for("tracking.order")
_OURS = words_for("tracking.mine")
_STATE = words_for("tracking.state")
_SETTLED = words_for("tracking.settled")
_TO_ORDER = words_for("tracking.to_order")
_SHORT = 4  # words
_TO_ME = words_for("pointing.to_me")
_UPDATES = words_for("tracking.news")
_NOT_YET = words_for("tracking.not_yet")
_TRACKED = words_for("tracking.word")
_MAY = words_for("tracking.may")
_BY_NOW = words_for("tracking.by_now")
_NOTHING_CAME = words_for("tracking.nothing_came")
_OF_ME, _COMES_FROM = words_for("tracking.of_me"), words_for("tracking.comes_from")
_IF = re.compile(
    rf"\b{pattern('tracking.if')}\s+(?:{pattern('small.polite', 'small.me', 'grammar.prefix')}\s+)*\w*order"
)
_OTHER = frozenset(
    ["cancel", "change", "return", "refund", "exchange", "damaged", "wrong", "pay", "cod", "pickup", "receipt", "free"]
)
"""What else may be asked of an order that one has."""


def asks_where(text: str) -> bool:
    """Whether a text asks where an order is, or when it comes.

    Args:
        text: What was typed, such as "nasaan na po yung order ko".
    """
    words = fold(text).split()
    said, meant = set(words), meaning(text).concepts
    done = said | {f"na{word}" for before, word in pairwise(words) if before == "na"}  # "na ship na po ba yung sakin"
    asks = is_question(text)
    is_short = "na" in said and len(words) <= _SHORT and asks  # "shipped na po ba?"
    if not said & _ORDERED and done & _STATE and (said & _TO_ME or is_short):
        return True
    if asks and done & _SETTLED and (is_short or said & _ORDERED) and not said & _MAY:
        return True  # "confirmed na po ba?", "is my order confirmed?"
    if "where" in meant and done & _STATE and said & _BY_NOW:
        return True  # "nasaan na po yung pinadala nyo"
    if said & _UPDATES:
        meant -= {"change"}
    if said & _COMES_FROM and not said & _OF_ME:
        return False  # "san po galing yung items"
    if _IF.search(fold(text)):
        return False  # "kailan makukuha pag nag order ako now"
    if not said & _ORDERED or meant & _OTHER or said & _MAY or "how" in meant - {"when"}:
        return bool(said & _TRACKED and {"how", "order"} <= meant)
    mine = bool(said & _OURS)
    if "where" in meant:
        return mine or bool(said & _BY_NOW)
    if done & _STATE:
        return True
    if "arrive" in meant or "shipping" in meant:
        return mine and bool("when" in meant or said & (_NOT_YET | _BY_NOW))
    return bool(said & _NOTHING_CAME and said & _OF_ME)


_KNOWN = sorted(
    word
    for word in _ORDER | _TRACK | _LATE | _AGAIN | _REORDER | _CHANGE | _ADDRESS | _PHONE | _ADD | _REMOVE | _QUANTITY
    if len(word) >= _SLIP_LEAST
)


@lru_cache(maxsize=1024)
def _mended(word: str) -> str:
    """The word that a long one is but for a slip of the finger; the word itself where it is none."""
    if len(word) < _SLIP_LEAST - 1 or word in _LITTLE:
        return word
    slips = (known for known in _KNOWN if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1)
    return word if word in _KNOWN else next(slips, word)
