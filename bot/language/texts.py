"""Typed texts made comparable, and what short ones mean: yes, no, nothing, a question, which language."""

import re
from functools import lru_cache

from bot.language.fold import fold
from bot.language.lexicon import pattern, senses_by_word, words_for

MONTH = rf"(?:jan|{pattern('time.month')})"
"""A month in a text that is not folded; "jan" stands in no list of words, where it is "diyan"."""
_KEPT = 256
"""Texts of which is kept what they are: several readers ask the same of each, and shoppers repeat short ones."""
_ANSWER_MOST = 7
"""Words of a text that only says yes or no."""
_DRAWN_OUT = re.compile(r"(\w)\1+$")  # hellooo
_SMALL = words_for("small.polite", "small.particle", "small.please", "small.me")
_QUESTION_WORDS = words_for("question.word")
_QUESTION_STARTS = tuple(words_for("question.start"))
_ASKING = words_for("question.particle")
_WHERE_OR_NAME = words_for("question.where_or_name")
_AFTER_SAN = words_for("question.after_san")
_FILIPINO = words_for("filipino.sure")
_MAYBE_FILIPINO = words_for("filipino.likely")
_YES = words_for("answer.yes")
_OKAY = words_for("answer.okay")
_YES_TOGETHER = words_for("answer.yes_together")
_YES_WHOLE = words_for("answer.yes_whole")
_ENOUGH = words_for("answer.enough")
"""What looks like a yes and means that nothing more is wanted."""
_LATER = words_for("answer.later")
"""What makes a yes one for another time, and leaves a no what it is."""
_NO = words_for("answer.no")
_NO_WHOLE = words_for("answer.no_whole")
_NO_SUBJECT = words_for("small.me") - {"ako"}
_NOTHING = words_for("answer.nothing", "talk.all")
_DONT_KNOW = words_for("answer.unknown")
_PO = words_for("small.polite")
_PARTICLES = _SMALL | words_for("small.this", "small.around_answer")
_GREETINGS = words_for("talk.greeting")
_VOCATIVES = words_for("small.vocative")
_CODE = words_for("part.promo")
_DAYTIMES = senses_by_word("daytime")
_POLITE = words_for("talk.polite")
_POLITE_WORDS = words_for("small.polite", "small.please") | (_POLITE & words_for("small.around_answer"))
_THANKS = frozenset(word for phrase in words_for("talk.thanks") for word in phrase.split())
_THANKING = tuple(words_for("talk.thanks"))
_THANKED = re.compile(
    rf"(?:{pattern('talk.polite')}\s+)*{pattern('talk.thanks')}"
    rf"(?:\s+(?:{pattern('talk.polite', 'small.polite', 'small.you')}))*"
    r"\s+(?:sa|for)(?:\s+[^\W\d_]+){1,5}[\s.!]*",
    re.IGNORECASE,
)
"""Thanks for something: "salamat sa mabilis na reply"."""
_THANKS_MOST = 100  # letters
_TO_WHOM = words_for("small.you", "small.article", "talk.around_thanks")
_LEAVES = tuple((name, words_for(f"talk.{name}")) for name in ("bye", "looking", "thanks"))
_SMILES = tuple(
    sorted({phrase.replace(" na lang", " nalang") for phrase in words_for("talk.smile")}, key=len, reverse=True)
)
_AROUND_SUBJECT = _SMALL | words_for("search.around", "small.you", "small.this", "small.article")
_LITTLE = words_for(
    "small.polite", "small.particle", "small.please", "small.vocative", "small.asking", "question.particle"
)
_MORE = words_for("quantity.more")
_TAKING = words_for("take.take")
_AROUND_TAKING = _SMALL | words_for("take.around", "small.this", "small.article")
_ANY_YES = _YES | _YES_TOGETHER
_BESIDE_YES = _PARTICLES | _VOCATIVES
_BESIDE_NO = _POLITE_WORDS | _NO_SUBJECT | _VOCATIVES
_AFTER_NO = _PARTICLES | _LATER | _VOCATIVES
_ONLY_GREETINGS = _GREETINGS - _VOCATIVES
_WITH_GREETINGS = _GREETINGS | _PARTICLES | _ASKING | _VOCATIVES
_ANY_POLITE = (_POLITE | _YES | _NO) - {"order"}
_WITH_POLITE = _ANY_POLITE | _PARTICLES | _VOCATIVES
_WITH_THANKS = _WITH_POLITE | _TO_WHOM
_POLITE_MOST = 6  # words
_REMARK, _REMARK_MOST = words_for("talk.remark"), 9
_WITH_REMARK = _REMARK | _WITH_THANKS | words_for("talk.around_remark") | words_for("small.you", "small.article")
_REMARKED = words_for("talk.remarked")
"""The shop and who speaks for it: "ang cute naman ng shop nyo", "haha ang kulit ng bot"."""


def tidy(text: str) -> str:
    """The text on one line with single spaces, without control characters.

    Args:
        text: As typed.
    """
    if not text.isprintable():
        text = "".join(part if part.isprintable() else " " for part in text)
    return " ".join(text.split())


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it: something to read."""
    return bool(fold(text))


@lru_cache(maxsize=_KEPT)
def is_question(text: str) -> bool:
    """Whether it reads like a question, in English, Filipino or a mix of both.

    Args:
        text: As typed.
    """
    if "?" in text:
        return True
    words = fold(text).split()
    if not words:
        return False
    if words[0] in _WHERE_OR_NAME and not _AFTER_SAN & set(words[1:]):
        return bool(_ASKING & set(words[1:]))  # San Roque, a saint and no "where"
    return words[0] in _QUESTION_WORDS or bool(_ASKING & set(words[1:])) or " ".join(words).startswith(_QUESTION_STARTS)


def is_filipino(text: str) -> bool:
    """Whether it is clearly Filipino or Taglish: a word in it can be nothing else, or three are hardly anything else.

    Args:
        text: As typed.
    """
    words = set(fold(text).split())
    return bool(words & _FILIPINO) or len(words & _MAYBE_FILIPINO) >= 3


@lru_cache(maxsize=_KEPT)
def is_yes(text: str) -> bool:
    """Whether the whole text says yes, now: "oo", "sige po", "ok confirm"; not "ok later", "sige muna", "yes?"."""
    bare = " ".join(word for word in fold(text).split() if word not in _POLITE_WORDS | _VOCATIVES)
    if "?" in text or bare in _ENOUGH or _LATER & set(bare.split()):
        return False
    said = _said(text, _ANY_YES, _BESIDE_YES)
    led = bare.split()
    while led and led[0] in _YES:
        led = led[1:]
    return bool({bare, " ".join(led)} & _YES_WHOLE) or bool(said & _YES) or len(said & _YES_TOGETHER) > 1


def is_okay(text: str) -> bool:
    """Whether the whole text only says that something is fine: "ok po", "sige"; a yes to what is asked is "oo"."""
    return bool(_said(text, _OKAY, _PARTICLES | _VOCATIVES))


@lru_cache(maxsize=_KEPT)
def is_no(text: str) -> bool:
    """Whether the whole text says no: "no", "hindi po", "wag muna", "no need"."""
    words = [word for word in fold(text).split() if word not in _BESIDE_NO]
    bare = {" ".join(words), " ".join(word for word in words if word not in _LITTLE)}
    return bool(bare & _NO_WHOLE) or bool(_said(text, _NO, _AFTER_NO))


@lru_cache(maxsize=_KEPT)
def is_nothing(text: str) -> bool:
    """Whether the whole text says that there is nothing to give: "none", "wala po", "skip"."""
    said = fold(text)
    bare = " ".join(word for word in said.split() if word not in _POLITE_WORDS)
    return said in _DONT_KNOW or bare in _NOTHING or bool(_said(text, _NOTHING, _PARTICLES))


def is_without_code(text: str) -> bool:
    """Whether the whole text says that there is no promo code: "none", "wala po akong code", "no promo"."""
    said = " ".join(word for word in fold(text).split() if word not in _CODE)
    return is_nothing(said) or is_no(said)


def _said(text: str, meaning: frozenset[str], around: frozenset[str]) -> frozenset[str]:
    """The words of a short text that say something; empty where others than those around it stand beside them."""
    words = fold(text).split()
    if len(words) > _ANSWER_MOST:
        return frozenset()
    found = []
    for typed in words:
        word = typed if typed in meaning or typed in around else _DRAWN_OUT.sub(r"\1", typed)
        if word in meaning:
            found.append(word)
        elif word not in around:
            return frozenset()
    return frozenset(found)


@lru_cache(maxsize=_KEPT)
def is_greeting(text: str) -> bool:
    """Whether the whole text only greets."""
    if fold(text).startswith(_THANKING):
        return False  # "thank you po sa info"
    words = {word if word in _GREETINGS else _DRAWN_OUT.sub(r"\1", word) for word in fold(text).split()}
    greets = bool(words & _ONLY_GREETINGS) or words <= _GREETINGS
    return len(words) <= 5 and greets and words <= _WITH_GREETINGS


def daytime(text: str) -> str:
    """The time of day that a greeting names: "morning", "noon", "afternoon", "evening" or "day"; empty for none.

    Args:
        text: What was typed, such as "magandang hapon po".
    """
    return next((_DAYTIMES[word] for word in fold(text).split() if word in _DAYTIMES), "")


@lru_cache(maxsize=_KEPT)
def is_polite(text: str) -> bool:
    """Whether the whole text only thanks, agrees or takes its leave: it wants no search."""
    if len(text) <= _THANKS_MOST and _THANKED.fullmatch(text.strip()):
        return True
    said = f" {' '.join(word for word in fold(text).split() if word not in _PO)} "
    said = said.replace(" na lang ", " nalang ")
    for phrase in _SMILES:
        said = said.replace(f" {phrase} ", " thanks ")
    words_said = frozenset(said.split())
    if words_said & _REMARK and words_said & _REMARKED and words_said <= _WITH_REMARK and not is_question(text):
        return len(words_said) <= _REMARK_MOST
    typed = said.split()
    if len(typed) > _POLITE_MOST:
        return False
    known = _WITH_THANKS if _THANKS.intersection(typed) else _WITH_POLITE
    words = [word if word in known else _DRAWN_OUT.sub(r"\1", word) for word in typed]
    return known.issuperset(words) and not _ANY_POLITE.isdisjoint(words)


def leave_in(text: str) -> str:
    """What a polite text says besides: "bye", "looking" of somebody who only looks around, "thanks"; else empty.

    Args:
        text: Such as "ok po bye" or "tingin lang po muna".
    """
    said = f" {without_particles(text)} "
    whole = f" {fold(text)} "
    for name, phrases in _LEAVES:
        if any(f" {phrase} " in said or f" {phrase} " in whole for phrase in phrases):
            return name
    return ""


def wants_it(text: str) -> bool:
    """Whether the whole text says that what is on show shall be bought: "add to cart", "kunin ko po"."""
    words = set(fold(text).split())
    if words & _TAKING <= _QUESTION_WORDS and (_MORE & words or "?" in text):
        return False  # "avail pa?"
    return len(words) <= 6 and bool(words & _TAKING) and words <= _TAKING | _AROUND_TAKING


def without_particles(text: str) -> str:
    """The text in plain letters, without its polite little words: "pwede po bang ibalik" is "pwede ibalik"."""
    return " ".join(word for word in fold(text).split() if word not in _LITTLE)


def subject(text: str) -> str:
    """What a text is about, without the words that people put around it: "magkano po ang mug?" is about "mug".

    Args:
        text: As typed.

    Returns:
        The words that are left, empty where none is.
    """
    return " ".join(word for word in fold(text).split() if word not in _AROUND_SUBJECT)


def says_unknown(text: str) -> bool:
    """Whether a text says that it is not known: "di ko po alam zip code".

    Args:
        text: What was typed where something is asked.
    """
    said = f" {without_particles(text)} "
    return any(f" {phrase} " in said for phrase in _DONT_KNOW if len(phrase) > 3)
