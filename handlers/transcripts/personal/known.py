"""What is known of the people in a conversation, and the words that are nobody's name."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from bot.language.country import gazetteer
from bot.language.lexicon import FOLDER, Language, pattern, read, words_for
from bot.language.phones import phone_in
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


_NAMES = frozenset({"recipient", "recipient_name", "shopper_name", "ship_recipient_name", "by"})
_STREETS = frozenset({"line1", "line2", "address_line1", "address_line2", "street"})
_WORDS = frozenset({"landmark"})


DIGITS: Mapping[str, int] = {
    word: digit
    for digit, words in enumerate(
        (
            "zero sero oh",
            "one uno isa",
            "two dos dalawa",
            "three tres tatlo",
            "four kwatro apat",
            "five singko lima",
            "six sais anim",
            "seven siyete pito",
            "eight otso walo",
            "nine nuebe siyam",
        )
    )
    for word in words.split()
}
"""Figures as people spell them where they hide a number, or dictate it."""
SPELLED = "|".join(DIGITS)
_HEROES = frozenset({"mabini", "rizal", "bonifacio", "luna", "quezon", "burgos", "jacinto", "aguinaldo", "magsaysay"})
"""After whom streets are called everywhere, so that our own examples name them too."""
_HOUSE_NUMBER = re.compile(r"#?\d{1,5}[A-Za-z]?,?")


def known_of(recorded: Recorded) -> Known:
    """What the shop knows of the people in a conversation.

    Args:
        recorded: The conversation.
    """
    found: dict[str, dict[str, None]] = {"names": {}, "streets": {}, "barangays": {}, "words": {}}
    found["names"] |= dict.fromkeys((recorded.person.name, *recorded.staff))
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


_FREE = frozenset({"note", "notes", "reason", "comment", "review", "gift_message", "instructions"})


def free_words(recorded: Recorded) -> Iterator[str]:
    """What people wrote as they liked: notes and reasons that were kept, and what the shop's people typed.

    Args:
        recorded: The conversation.
    """
    for turn in recorded.turns:
        if turn.recording:
            yield from _free(msgspec.json.decode(turn.recording))
    for sent in recorded.sent:
        if sent.is_typed and isinstance(words := msgspec.json.decode(sent.message).get("text"), str):
            yield words


def _free(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _free(each)
    elif isinstance(value, dict):
        for key, under in value.items():
            if isinstance(under, str) and key in _FREE:
                yield under
            elif not isinstance(under, str):
                yield from _free(under)


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


@cache
def street() -> re.Pattern[str]:
    """A house number with a street."""
    return re.compile(rf"\d.*\b(?:{pattern('address.street', 'address.part', 'address.estate')})\b", re.IGNORECASE)


def without_street(door: str) -> str:
    """A house with its street without the word for a street: `24 Mabini` of `24 Mabini St`.

    Args:
        door: The house.
    """
    return re.sub(rf"\s+(?:{pattern('address.street')})\.?$", "", door.strip(), flags=re.IGNORECASE)


def door_in(line: str) -> tuple[str, str]:
    """What stands before the door in the first line of an address, such as a name, and the door.

    Args:
        line: The first line, as it was read.
    """
    parts = line.split(",")
    numbered = [number for number, part in enumerate(parts) if re.search(r"\d", part) and not phone_in(part)]
    first = numbered[0] if numbered else 0
    return parts[0].strip() if first else "", ",".join(parts[first:]).strip()


@cache
def own_numbers() -> frozenset[str]:
    """The long numbers that stand in our own words, as examples."""
    said = "\n".join(own_words().values())
    return frozenset(re.sub(r"\D", "", found)[-10:] for found in re.findall(r"\+?\d[\d -]{6,}\d", said))


@cache
def own_text() -> str:
    """All that the bot says, in small letters."""
    return "\n".join(own_words().values()).lower()


@cache
def place_words() -> frozenset[str]:
    """The words of the country's cities, towns and provinces."""
    return frozenset(word for name in (*gazetteer.city_keys(), *gazetteer.province_keys()) for word in name.split())


@cache
def _around() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[str, tuple[set[str], set[str]]] = {}
    alone = set[str]()
    for name in (*gazetteer.city_keys(), *gazetteer.province_keys()):
        words = name.split()
        alone |= {name} if len(words) == 1 else set()
        for number, word in enumerate(words):
            before, behind = found.setdefault(word, (set(), set()))
            before |= set(words[number - 1 : number])
            behind |= set(words[number + 1 : number + 2])
    saints = {"san": {"s", "sn"}, "santa": {"sta"}, "santo": {"sto"}, "general": {"gen", "gensan"}}
    kept: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for word, (before, behind) in found.items():
        if word not in alone and before:
            written = before | {short for one in before for short in saints.get(one, ())}
            kept[word] = (tuple(sorted(written)), tuple(sorted(behind)))
    return kept


def places_around(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and behind a word in names of cities and provinces; nothing where it is none by itself.

    Args:
        word: Such as juan, which is a town behind San and a name elsewhere.
    """
    return _around().get(word, ((), ()))


def is_half_a_door(words: Sequence[str], is_common: Callable[[str], bool]) -> bool:
    """Whether all that was typed is a house and its street, the town in another message: `24 Mabini`.

    Args:
        words: What was typed.
        is_common: Whether a word is the shop's, or the language's; names of places are not.
    """
    if not 2 <= len(words) <= 5 or not _HOUSE_NUMBER.fullmatch(words[0]):
        return False
    named = [word.strip(".,") for word in words[1:]]
    own = [word for word in named if word.lower() in _HEROES or not is_common(word)]
    return bool(own) and all(word[:1].isupper() for word in named) and named[0] == own[0]
