"""Who receives a parcel, as people type it: "Ana Cruz", "ako si Ben po", "It is for my sister Lourdes Reyes"."""

import re
from functools import lru_cache

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import cut_out
from bot.language.places import city_of, is_called_place, province_of
from bot.language.texts import is_question, is_yes, tidy

SURE, LIKELY, DOUBTFUL = 0.9, 0.7, 0.3
"""How sure it is that a text is a name: words that nothing else is made of, one such word, words of a sentence."""

_LABEL = re.compile(rf"^{pattern('recipient.label')}\b\s*[:=]?\s*", re.IGNORECASE)
_GREETING = re.compile(
    rf"^(?:{pattern('talk.greeting', 'small.polite', 'small.vocative')}[\s,!.]+)+(?={pattern('recipient.label')}\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"^(?:.*?\b)?{pattern('recipient.lead')}\s+(?:{pattern('recipient.kin')}\s+)?(?:(?:na|po)?\s*si\s+)?",
    re.IGNORECASE,
)
_KIN = re.compile(rf"^{pattern('recipient.kin')}[\s,:]+(?:si\s+)?", re.IGNORECASE)
_THEN = re.compile(rf"\s+{pattern('recipient.then')}\s.*$", re.IGNORECASE)
"""What is told besides: "Grace Uy tapos sa makati ako"."""
_KIN_ALONE = re.compile(
    rf"(?:(?:{pattern('recipient.lead', 'small.article')}|si)\s+)?{pattern('recipient.kin')}",
    re.IGNORECASE,
)
_RECEIVES = re.compile(rf"\s+{pattern('recipient.receives')}$", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?:[\s,]+(?:{pattern('small.polite', 'small.please', 'recipient.behind')}))+[.!]*$", re.IGNORECASE
)
_PLACE = re.compile(r"\s+(?:in|sa|from|of|taga)\s+([^,]{3,60})$", re.IGNORECASE)
_NOT_A_NAME = words_for(
    "question.word", "question.particle", "small.polite", "small.particle", "small.you", "small.this", "small.asking",
    "search.filler", "search.empty", "search.around", "talk.polite", "talk.wait", "talk.greeting", "answer.yes",
    "answer.no", "answer.nothing", "take.take", "take.around", "edit.change", "edit.remove", "quantity.make",
    "wish.order", "part.phone", "part.address", "part.payment", "part.promo", "payment_method.cod",
    "payment_method.gcash", "command_word.around", "recipient.no_name",
) - words_for("recipient.name_too")  # fmt: skip
_OF_PLACES = words_for("address.part", "address.barangay") - words_for("recipient.name_too")
_BARANGAY = words_for("address.barangay") - words_for("recipient.name_too")
_ME = words_for("recipient.me")
_POLITE = words_for("small.polite", "small.please")
_PARTICLES = words_for("small.particle")
_LONGEST = 16  # words: a Spanish name has twelve


class Name(msgspec.Struct, frozen=True):
    """A name in a text.

    Attributes:
        name: As typed, empty where there is none.
        sureness: How sure it is that it is one: `SURE`, `LIKELY`, `DOUBTFUL`, or 0.
        place: Where they are said to live, as typed: "Iloilo"; empty where it is not said.
        rest: What stands behind the name on further lines or behind commas, without the phone.
    """

    name: str = ""
    sureness: float = 0.0
    place: str = ""
    rest: str = ""


@lru_cache(maxsize=128)
def name_in(text: str) -> Name:
    """The name that a text gives, where a name was asked for.

    Args:
        text: What was typed.
    """
    lines = [tidy(part) for part in re.split(r"[\n;,]+", text) if tidy(part)]
    if not lines:
        return Name()
    if len(lines) > 1 and _KIN_ALONE.fullmatch(_impolite(lines[0])):
        lines = lines[1:]
    lines[0] = _THEN.sub("", lines[0]) or lines[0]
    first = re.sub(r"\+?[\d][\d\s().-]{6,}", " ", lines[0])
    name = _TAIL.sub("", tidy(_LABEL.sub("", _GREETING.sub("", tidy(first))))).strip(" ,:-")
    place = ""
    led = _LEAD.match(name)
    if led and led.end() < len(name):
        name = name[led.end() :]
    if (kin := _KIN.match(name)) and kin.end() < len(name):
        name = name[kin.end() :]
    if (match := _PLACE.search(name)) and (city_of(match[1]) or province_of(match[1])):
        name, place = name[: match.start()], match[1]
    name = " ".join(_LABEL.sub("", name).split()).strip(" ,:-.")
    if name[-3:].lower() in (" jr", " sr"):
        name += "."
    sureness = _sureness(name, is_question=is_question(text))
    if not sureness:
        return Name()
    rest = [line for line in lines[1:] if not _is_phone_alone(line)]
    return Name(name=name, sureness=sureness, place=place, rest=", ".join(rest))


def is_me(text: str) -> bool:
    """Whether a text says that the shopper receives it: "ako na lang po", "me", "yes".

    Args:
        text: What was typed where it was asked who does.
    """
    said = [word for word in fold(text).split() if word not in _POLITE]
    bare = [word for word in said if word not in _PARTICLES]  # "ako na po", "ako na lang muna"
    return " ".join(said) in _ME or " ".join(bare) in _ME or is_yes(text)


def is_kin(text: str) -> bool:
    """Whether a text only says whose relative somebody is: "asawa ko".

    Args:
        text: Words of a text.
    """
    return _KIN_ALONE.fullmatch(tidy(text)) is not None


def _impolite(line: str) -> str:
    said = " ".join(word for word in line.split() if fold(word) not in _POLITE)
    return _RECEIVES.sub("", said)


def _is_phone_alone(line: str) -> bool:
    """Whether a line holds a phone number and hardly more, such as what it is called."""
    rest = cut_out(line)
    return rest != line and len(fold(rest)) <= 12 and not any(map(str.isdigit, rest))


def _sureness(name: str, *, is_question: bool) -> float:
    words = fold(name).split()
    if sum(map(str.isalpha, name)) < 2 or any(map(str.isdigit, name)) or len(words) > _LONGEST:
        return 0.0
    if words and (words[0] in _OF_PLACES or _BARANGAY & set(words)):
        return 0.0  # "Sitio Bato", "Purok Uno"
    if any(mark in name for mark in "?!@#/<>{}[]=*_|\\"):
        return 0.0
    others = [word for word in words if word in _NOT_A_NAME]
    if len(others) == len(words):
        return 0.0
    if others or is_question or is_called_place(name):
        return DOUBTFUL
    return SURE if len(words) > 1 or name[:1].isupper() else LIKELY
