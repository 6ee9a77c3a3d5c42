"""What is known of the people in a conversation, and the words that are nobody's name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from bot.language.lexicon import FOLDER, Language, read, words_for
from replies.words import own_words
from repository.talks.recorded import Recorded

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What names a person or a door.

    Attributes:
        names: First and last names, as they were given.
        streets: House numbers with streets.
        barangays: As they were given.
        words: Landmarks and other words about a door.
    """

    names: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    barangays: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_NAMES = frozenset({"recipient", "recipient_name", "shopper_name", "ship_recipient_name", "name_of_shopper", "first"})
_STREETS = frozenset({"line1", "line2", "address_line1", "address_line2", "street"})
_WORDS = frozenset({"landmark"})


def known_of(recorded: Recorded) -> Known:
    """What the shop knows of the people in a conversation.

    Args:
        recorded: The conversation.
    """
    found: dict[str, dict[str, None]] = {"names": {}, "streets": {}, "barangays": {}, "words": {}}
    found["names"][recorded.person.name] = None
    for place in recorded.places:
        found["names"][place.recipient] = None
        found["streets"] |= dict.fromkeys((place.line1, place.line2))
        found["barangays"][place.barangay] = None
        found["words"][place.landmark] = None
    for turn in recorded.turns:
        for stored in (turn.recording, turn.before, turn.after):
            if stored:
                _gather(msgspec.json.decode(stored), found)
    return Known(**{kind: tuple(each for each in values if each.strip()) for kind, values in found.items()})


def _gather(value: object, found: Mapping[str, dict[str, None]]) -> None:
    """Look for fields that hold what is personal, however deep."""
    if isinstance(value, list):
        for each in value:
            _gather(each, found)
    elif isinstance(value, dict):
        if "shopper_id" in value and isinstance(value.get("name"), str):
            found["names"][str(value["name"])] = None
        for key, under in value.items():
            if not isinstance(under, str):
                _gather(under, found)
            elif key in _NAMES:
                found["names"][under] = None
            elif key in _STREETS:
                found["streets"][under] = None
            elif key in _WORDS:
                found["words"][under] = None
            elif key == "barangay":
                found["barangays"][under] = None


@cache
def shop_words() -> frozenset[str]:
    """Words that the bot says or hears, which are no names."""
    said = (words for path in sorted(FOLDER.glob("*.toml")) for words in _said(read(path)))
    return frozenset(_words([*own_words().values(), *said, *words_for("privacy.no_name")]))


def _said(language: Language) -> Iterator[str]:
    for words in (*language.senses.values(), *language.spellings.values()):
        yield from words
    yield from language.spellings


def _words(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in _WORD.findall(text)}
