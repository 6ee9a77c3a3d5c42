"""What of a message says who somebody is: left out wherever messages of many people are compared or kept together."""

import re

from bot.language.country.gazetteer import key, province_named, towns_by_name
from bot.language.country.mentions import Reading, best_reading
from bot.language.country.spans import Word
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from bot.language.phones import cut_out
from bot.language.texts import tidy

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_NUMBER = re.compile(r"[\w#+.()\-]*\d[\d .()\-]{2,}\d[\w\-]*|\b[A-Za-z]{2,4}-?\d{2,}[\w\-]*")
"""Four digits or more, as a reference, an account or the number of an order has them."""
_ADDRESS_WORDS = words_for("address.barangay", "address.street", "address.estate", "address.part", "address.house")
_READ = 50  # words in which places are looked for
_NAME_MOST = 4  # words of a place's name
_SURE = 1.0  # `Reading.score` from which a place is one


def without_personal(text: str, *, name: str = "") -> str:
    """A message without phones, mail addresses, links, long numbers, postal addresses, and the name of its writer.

    Args:
        text: What was typed.
        name: Of the shopper, as Facebook tells it; may be empty.
    """
    bare = _NUMBER.sub(" ", cut_out(_MAIL.sub(" ", _LINK.sub(" ", tidy(text)))))
    hers = set(fold(name).split())
    words = [Word(word, said, part) for word, said, part in _parts(bare) if said and said not in hers]
    return " ".join(word.text for word in _without_address(words))


def is_personal(text: str, *, name: str = "") -> bool:
    """Whether there is anything in a message that `without_personal` leaves out.

    Args:
        text: What was typed.
        name: Of the shopper; may be empty.
    """
    return fold(without_personal(text, name=name)) != fold(text)


def _parts(text: str) -> list[tuple[str, str, int]]:
    """The words with their letters, and between which commas they stand."""
    return [(word, fold(word), at) for at, part in enumerate(re.split(r"[,;\n]+", text)) for word in part.split()]


def _without_address(words: list[Word]) -> list[Word]:
    """The words without names of places, and without house and street where an address is told."""
    reading = best_reading(words[:_READ]) if _names_place(words[:_READ]) else Reading()
    spans = [span for span in (reading.town_span, reading.province_span, reading.barangay_span) if span]
    places = {at for span in spans for at in range(span.start, span.end)} if reading.score >= _SURE else set[int]()
    numbers = {at for at, word in enumerate(words) if any(letter.isdigit() for letter in word.said)}
    signs = {at for at, word in enumerate(words) if set(word.said.split()) & _ADDRESS_WORDS}
    # "St", "Brgy" and "Blk" tell an address beside a place or a number; a "store" alone does not.
    signs = {at for at in signs if places or {at - 1, at + 1} & numbers}
    beside = {near for at in signs for near in range(at - 2, at + 3) if 0 <= near < len(words)}
    named = {at for at in beside if at in numbers or not meaning(words[at].said).concepts}
    return [word for at, word in enumerate(words) if at not in places | signs | named]


def _names_place(words: list[Word]) -> bool:
    """Whether a city, a town or a province is named to the letter: weighing readings takes a hundred times as long."""
    keys = [key(word.said) for word in words]
    named = towns_by_name()
    for start in range(len(keys)):
        for end in range(start + 1, min(start + _NAME_MOST, len(keys)) + 1):
            name = " ".join(keys[start:end])
            if name in named or province_named(name):
                return True
    return False
