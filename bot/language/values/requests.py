"""What an order's packer or rider is asked to do, as people type it: "pa gift wrap po", "paki iwan sa guard"."""

import re

from bot.language.addressing import parse
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import phone_in
from bot.language.texts import is_question, tidy

_PACK = words_for("request.pack")
_CALL = words_for("request.call")
_BEFORE = words_for("request.before")
_ASKS = words_for("request.asks", "small.please")
_MAY = words_for("time.may") - words_for("pointing.have")
_SECOND = words_for("request.second_phone")
_OF_ADDRESS = words_for("address.street", "address.estate", "address.house", "address.barangay")
_NOTED = re.compile(
    rf"^(?:{pattern('small.please', 'small.polite', 'small.article', 'request.around_note')}\s*)*"
    rf"{pattern('request.note')}\b"
    rf"(?:\s+{pattern('small.polite', 'small.particle', 'small.me', 'request.around_note')})*[\s:,-]+(\S.*\s\S.*)$",
    re.IGNORECASE,
)
"""A note, and what it says: "note lang po wag idoorbell"."""
_LONGEST = 20  # words


def request_in(text: str) -> str:
    """What somebody asks for beside the goods, as typed, where a text does that and nothing else; else empty.

    Args:
        text: What was typed while an order is being made. "Paki tawagan ako" is no request of the rider: it wants a
            person of the shop.
    """
    said = fold(text)
    words = said.split()
    if not words or len(words) > _LONGEST:
        return ""
    if phone_in(text):
        is_second = _has(said, _SECOND) and not set(words) & _OF_ADDRESS and not parse(text).city
        return tidy(text) if is_second else ""
    if not is_question(text) and (noted := _NOTED.match(tidy(text))):
        return tidy(text) if not parse(noted[1]).city else ""
    may = words[0] in _MAY
    bare = " ".join(word for word in words if word not in _BEFORE)  # "bago" is a city as well
    if (is_question(text) and not may) or any(map(str.isdigit, said)) or parse(bare).city:
        return ""
    asks = may or bool(set(words) & _ASKS)
    calls = _has(said, _CALL) and _has(said, _BEFORE)
    return tidy(text) if calls or (asks and _has(said, _PACK)) else ""


def _has(said: str, phrases: frozenset[str]) -> bool:
    return any(f" {phrase} " in f" {said} " for phrase in phrases)
