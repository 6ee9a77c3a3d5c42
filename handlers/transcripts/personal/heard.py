"""What people tell of themselves and of others in what they type: names, doors, plates and secrets."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from bot.language.lexicon import pattern, words_for
from handlers.transcripts.personal.shapes import HOUSE, PLATE, SECRET

_UPPER = r"[A-ZÑ]"
_LETTERS = r"[^\W\d_][^\W\d_'’-]*"
_TURNED = re.compile(r"([^\W\d_][^\W\d_'’ -]{1,30}),\s*([^\W\d_][^\W\d_'’ -]{1,30})(?:\s+[^\W\d_]\.?)?", re.IGNORECASE)
_SIGNED = re.compile(rf"(?:^|[!.\n])\s*[-–—~]\s?({_LETTERS})\s*$")

_SHORT = 3  # letters: shorter words are no names where they are words

IsCommon = Callable[[str], bool]


def names(text: str, is_common: IsCommon) -> Iterator[str]:
    """The names in a text that tell themselves by what stands before them.

    Args:
        text: What was typed.
        is_common: Whether a word is of the language or the shop.
    """
    for match in _labelled().finditer(text):  # `Name: rosa santos` is a name up to the end of what is told
        words = match[1].split()
        found = [word for word in words if not is_common(word.strip(".,"))]
        if found and len(found) >= len(words) - 1:
            yield " ".join(found)
    for match in _before().finditer(text):
        found = [word for word in match[1].split() if word[:1].isupper() or word == match[1].split()[0]]
        if not all(is_common(word) for word in found):
            named = [word for word in found if not is_common(word) or (len(word) > _SHORT and word[:1].isupper())]
            yield " ".join(named)
    turned = _TURNED.fullmatch(text.strip())  # last name first
    if turned and not any(is_common(word) for word in (*turned[1].split(), *turned[2].split())):
        yield f"{turned[2]} {turned[1]}"
    signed = _SIGNED.search(text)
    if signed and not is_common(signed[1]):
        yield signed[1]


def called(text: str, is_common: IsCommon) -> Iterator[tuple[str, str]]:
    """Names behind a title, such as `tita baby`: the title, and the name.

    Args:
        text: What was typed.
        is_common: Whether a word is of the language or the shop.

    Yields:
        A name that is a word too only where it is written as a name, or somebody is told of.
    """
    for match in _titled().finditer(text):
        told, title, name = match[1], match[2], match[3]
        if len(name) < _SHORT:
            continue
        rest = [word for word in (match[4] or "").split() if not is_common(word)]
        if not is_common(name):
            yield title, " ".join([name, *rest])
        elif (told or name[:1].isupper()) and name.lower() not in words_for("privacy.no_name"):
            yield title, name
            if rest:
                yield "", " ".join(rest)


def doors(text: str, is_common: IsCommon) -> Iterator[tuple[str, str]]:
    """Houses in their streets and what an estate is called, the town in another message or nowhere.

    Args:
        text: What was typed.
        is_common: Whether a word is of the language or the shop.

    Yields:
        `street` or `word`, and what it is.
    """
    for match in _street().finditer(text):
        yield "street", match[0].strip(" ,")
    for match in _estate().finditer(text):
        words = [word for word in match["named"].split() if not is_common(word)]
        if words and match["named"].split()[0] == words[0]:
            yield "word", " ".join(words)


def plates(text: str) -> Iterator[str]:
    """Numbers of cars and motorcycles.

    Args:
        text: What was typed.
    """
    yield from (match[1] for match in PLATE.finditer(text))


def secrets(text: str) -> Iterator[tuple[str, str]]:
    """What only its owner should know: with what it is called, and by itself.

    Args:
        text: What was typed.
    """
    yield from ((match[0], match[1]) for match in SECRET.finditer(text))


@cache
def _before() -> re.Pattern[str]:
    name = rf"(?:{_LETTERS}\.?)(?:\s+{_UPPER}[^\W\d_'’.-]+){{0,3}}"
    return re.compile(
        rf"\b(?i:{pattern('privacy.before_name')})(?i:\s*(?:po|ay|is|na|:|-)){{0,2}}\s+(?:{_title()}\s+)?({name})"
    )


@cache
def _labelled() -> re.Pattern[str]:
    label = r"name|receiver|recipient|consignee|pangalan|tatanggap|addressee|buyer|customer"
    name = rf"{_LETTERS}\.?(?:[ ]+{_LETTERS}\.?){{0,4}}"
    return re.compile(rf"\b(?:{label})(?:\s*(?:po|ko))?\s*[:=-]\s*({name})", re.IGNORECASE)


def _title() -> str:
    return rf"(?i:{pattern('privacy.titled')}\b\.?|{pattern('privacy.titled_dotted')}\.)"


@cache
def _titled() -> re.Pattern[str]:
    told = rf"(?:(?i:{pattern('privacy.before_name')}|ni|hi|hello|from|for|to|ng)\s+(?:po\s+)?)"
    return re.compile(
        rf"\b({told})?({_title()})\s*(?<=[\s.])\s*({_LETTERS})((?:\s+{_UPPER}[^\W\d_'’-]+){{0,3}})(?![^\W_])"
    )


@cache
def _street() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])#?\d{{1,5}}(?:-?[a-z])?,?\s+(?:[^\W\d_][\w.'’-]*\s+){{1,3}}(?:{pattern('address.street')})\b\.?",
        re.IGNORECASE,
    )


@cache
def _estate() -> re.Pattern[str]:
    house = HOUSE.replace("?P<house>", "?:")
    return re.compile(rf"(?:{house}[\s,]+)+(?P<named>{_LETTERS}(?:\s+{_LETTERS}){{0,1}})", re.IGNORECASE)
