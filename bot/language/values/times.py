"""When something shall come, as people type it: "bukas ng hapon po sana", "sa Friday", "before 5pm", "Dec 5"."""

import re

from bot.language.fold import unaccented
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import meaning
from bot.language.texts import MONTH, is_question, tidy

_HOUR = r"\d{1,2}(?::\d{2})?"
_DATE = re.compile(
    rf"\b(?:{MONTH}\.? ?\d{{1,2}}(?:st|nd|rd|th)?(?:,? ?20\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:po )?(?:of |ng )?{MONTH}"
    r"|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)(?![\w/-])"
)
_CLOCK = re.compile(
    rf"\b(?:{_HOUR}\s*-\s*)?{_HOUR}\s*(?:am|pm|nn|a\.m\.?|p\.m\.?|o'?clock)(?!\w)"
    rf"|\b{pattern('time.oclock')}[ -]?(?:{_HOUR}|{pattern('time.hour')})\b"
    rf"|\b{_HOUR}\s*(?:-|to)\s*{_HOUR}(?=\s+(?:ng|sa)\b)"
)
_NAMED = re.compile(rf"\b{pattern('time.weekday', 'time.week', 'time.part_of_day')}\b")
_NEAR = re.compile(rf"\b{pattern('time.soon')}\b")
_DELIVERY = words_for("wish.send", "topic.shipping", "topic.arrive", "time.delivery")
_COMES = frozenset({"shipping", "arrive"})
"""Concepts of words such as "idedeliver" and "madeliver"."""
_MAY = words_for("time.may")
_AROUND = words_for(
    "time.around",
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
    "small.vocative",
    "edit.instead",
    "answer.yes",
)
_ASKING = words_for("question.particle")
_REQUEST = _MAY - words_for("pointing.have")
"""Words with which a question is a request: "may delivery po ba sa sabado" asks the shop."""
_LONGEST = 16  # words


def delivery_wish_in(text: str) -> str:
    """When somebody wants an order to come, as typed, where a text says that and nothing else; empty for anything else.

    Args:
        text: What was typed. "Bukas na lang" alone is no wish: it may put off the order itself.
    """
    said = unaccented(text)
    words = said.split()
    if not words or len(words) > _LONGEST or ("?" in text and words[0] not in _REQUEST):
        return ""
    if words[0] in _REQUEST:  # "pwede po ba sa sabado?"
        words = [word for word in words if word not in _ASKING]
        said = " ".join(words).replace("?", "")
        words = said.split()
    while words and words[0] in _MAY:
        words = words[1:]
    if is_question(" ".join(words)):
        return ""
    rest, exact = said, 0
    for shape in (_DATE, _CLOCK, _NAMED):
        rest, count = shape.subn(" ", rest)
        exact += count
    rest, near = _NEAR.subn(" ", rest)
    left = set(re.findall(r"[^\W_]+", rest)) - _AROUND - _MAY
    speaks = all(word in _DELIVERY or meaning(word).concepts & _COMES for word in left)
    if not (exact or (near and left)) or not speaks:
        return ""
    return tidy(text)
