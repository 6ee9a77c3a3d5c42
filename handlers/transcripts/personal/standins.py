"""Stand-ins for what is personal in a conversation: the same name, number or door is the same stand-in everywhere.

What the shop knows of a shopper is looked for letter by letter, in any case and with or without accents; phones, mail
addresses, links and long numbers are known by their form; a name that was typed and is known to nobody by what stands
before it, or by being a capital word that neither the shop nor the country's places have.
"""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.language import addressing
from bot.language.fold import unaccented
from handlers.transcripts.personal import heard
from handlers.transcripts.personal.given import Given
from handlers.transcripts.personal.known import (
    Known,
    door_in,
    is_half_a_door,
    own_text,
    place_words,
    places_around,
    shop_words,
    street,
    without_street,
)
from handlers.transcripts.personal.names import FIRST, LAST
from handlers.transcripts.personal.shapes import FORMS, HOUSE, in_case, loosely

_STREETS = ("Sampaguita", "Ilang-Ilang", "Kamagong", "Narra", "Acacia", "Mabolo", "Dapdap", "Molave", "Yakal", "Ipil")
_PARTICLES = frozenset(
    {"de", "del", "dela", "la", "las", "los", "san", "santa", "sta", "sto", "jr", "sr", "ii", "iii", "iv", "mr", "mrs"}
    | {"ms", "miss", "ma", "po", "ni", "of", "and"}
)
_NUMBERED = re.compile(r"^(?:[^\W\d_]{0,4}[#.\s]*\d[\w/-]*[\s,.]+)+")
_NAME = re.compile(r"[A-ZÑ][^\W\d_]*(?:[.'’-][^\W\d_]*)*")
_ADDRESS_MOST = 400  # characters: what is longer is no address
_ALONE = re.compile(r"\s*([^\W\d_]+)\s+po(?:\s+(?:ito|to|eto))?[\s.!]*", re.IGNORECASE)
_LEAST_ALIKE = 4  # letters: in a shorter name another letter makes another name
_FILES = frozenset({"img", "dsc", "vid", "pxl", "jpg", "jpeg", "png", "pdf", "mp4", "screenshot"})
"""What the names of files begin and end with."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class StandIns:
    """The stand-ins of one conversation, or of several.

    Args:
        goods: Names of what the shop sells, which are no names of people.
    """

    def __init__(self, goods: Iterable[str] = ()) -> None:
        self._given = Given()
        self._words = shop_words() | _FILES | {word.lower() for name in goods for word in _WORD.findall(name)}
        self._patterns: re.Pattern[str] | None = None
        self._by_text: dict[str, str] = {}
        self._parts: dict[str, str] = {}  # each part of a name, in small letters
        self._common: dict[str, str] = {}  # parts of names that are words too: only where they are written as names
        self._taken: set[str] = set()

    def know(self, known: Known) -> None:
        """Learn what the shop knows of people.

        Args:
            known: What it knows.
        """
        self._taken |= {unaccented(part).lower() for name in known.names for part in _WORD.findall(name)}
        for name in known.names:
            self._name(name)
        for door in known.streets:
            self._door(door.strip())
        for word in known.words:
            if word.strip().lower() not in self._by_text:
                self._learn(word, f"Place {self._given.count('word')}")
        for barangay in known.barangays:
            self._learn(barangay, "San Roque" if barangay.lower() != "san roque" else "San Isidro")

    def hear(self, text: str) -> None:
        """Learn the names that stand in something that was typed.

        Args:
            text: What a shopper typed.
        """
        place = addressing.parse(text) if len(text) < _ADDRESS_MOST else addressing.Parsed()
        is_door = place.city and place.line1 and "?" not in place.line1
        if is_door and (place.barangay or street().search(place.line1)):
            before, door = door_in(place.line1)
            self.know(Known(streets=(door,), barangays=(place.barangay,), words=(place.landmark,)))
            if before:  # whoever says all in one message says the name first
                self.hear(before)
        for kind, said in heard.doors(text, self._is_common):
            self.know(Known(streets=(said,)) if kind == "street" else Known(words=(said,)))
        for plate in heard.plates(text):
            self._learn(plate, f"AAA {self._given.count('plate'):04}")
        for told, secret in heard.secrets(text):
            self._learn(told, told.removesuffix(secret) + f"secret{self._given.count('secret')}")
        words = text.split()
        if is_half_a_door(words, self._is_of_the_shop):
            self.know(Known(streets=(text,)))
            return
        if 2 <= len(words) <= 4 and all(_NAME.fullmatch(word) for word in words):
            self._name(" ".join(word for word in words if not self._is_common(word)))
            return
        for title, name in heard.called(text, self._is_common):
            self._name(name, title)
        for name in heard.names(text, self._is_common):
            self._name(name)
        self._hear_alike(text)
        plain = [unaccented(word).lower() for word in words]
        if 2 <= len(words) <= 4 and any(word in self._parts for word in plain):  # `theresa abad`, of Theresa
            self._name(" ".join(word for word in words if not self._is_common(word)))
        if text.upper() == text:
            return
        found = [(match[0], match.start()) for match in _WORD.finditer(text)]
        for number, (word, at) in enumerate(found):
            begins = number == 0 or text[:at].rstrip()[-1:] in ".!?\n"
            follows = found[number + 1][0] if number + 1 < len(found) else ""
            if self._is_name(word) and (not begins or self._is_name(follows)):
                self._name(word)

    def _hear_alike(self, text: str) -> None:
        """Learn a name that is typed with a letter more, fewer or in another place: `jaun`, `jhuan`."""
        for word in _WORD.findall(text):
            plain = unaccented(word).lower()
            if len(plain) < _LEAST_ALIKE or plain in self._by_text or self._is_common(word):
                continue
            for part, stand_in in list(self._parts.items()):
                if part[0] == plain[0] and len(part) >= _LEAST_ALIKE and OSA.distance(part, plain) == 1:
                    self._learn(word, stand_in)
                    break

    def _is_name(self, word: str) -> bool:
        return word[:1].isupper() and len(word) > 2 and not self._is_common(word)

    def text(self, text: str, *, is_free: bool = True) -> str:
        """A text with stand-ins for what is personal in it.

        Args:
            text: Any.
            is_free: Whether somebody is spoken of or to in it; else it is a title, in which common words are no names.
        """
        text = _WORD.sub(lambda match: self._common.get(match[0], match[0]), text) if is_free else text
        if is_free and (alone := _ALONE.fullmatch(text)) and (named := self._common.get(alone[1].capitalize())):
            text = text.replace(alone[1], in_case(alone[1], named))  # `joy po`, of Joy
        return self._pattern().sub(self._instead, text)

    def tree(self, value: object) -> object:
        """JSON with stand-ins in each of its texts; ids that Facebook gave are stand-ins too.

        Args:
            value: What was decoded.
        """
        return self._tree(value, "")

    # How it is done.

    def _tree(self, value: object, key: str) -> object:
        if isinstance(value, dict):
            return {name: self._tree(under, name) for name, under in value.items()}
        if isinstance(value, list):
            return [self._tree(under, key) for under in value]
        if not isinstance(value, str):
            return self._number(value, key)
        if key in ("psid", "user_ref", "mid", "reply_to", "attachment_id", "token"):
            return self._given.stand(key, value, f"{key}-{{}}") if value else value
        if key in ("image_url", "url", "referer_uri"):
            return self._given.link(value) if value else value
        if key in ("timestamp", "sent_at", "now") or (key == "payload" and " " not in value):
            return value  # a time, or a tap of ours: tags and numbers of products and lines
        return self.text(value, is_free=key not in ("title", "of"))

    def _number(self, value: object, key: str) -> object:
        if key in ("latitude", "longitude") and isinstance(value, int | float):
            return 14.6 if key == "latitude" else 121.0
        if key in ("shopper_id", "user_id") and isinstance(value, int):
            return int(self._given.stand(key, str(value), "{}"))
        return value

    def _pattern(self) -> re.Pattern[str]:
        """Everything that has a stand-in, in one pass, so that no stand-in gets another."""
        if self._patterns is None:
            known = sorted(self._by_text, key=len, reverse=True)
            parts = (loosely(each, *places_around(each)) for each in known)
            cut = r"(?P<cut>(?<![^\W\d_])[^\W\d_]{3,}(?=…))"
            self._patterns = re.compile("|".join([FORMS, *parts, HOUSE, cut]), re.IGNORECASE)
        return self._patterns

    def _instead(self, match: re.Match[str]) -> str:
        text = match[0]
        match match.lastgroup:
            case None:
                return self._known(match)
            case "cut":  # what is left of a name that a message had no room for
                begun = unaccented(text).lower()
                return next(
                    (in_case(text, said) for name, said in self._by_text.items() if name.startswith(begun)), text
                )
            case shape:
                return self._given.instead(shape, text)

    def _door(self, door: str) -> None:
        """Learn a house in its street, with or without the word for a street, and the street by itself."""
        core = without_street(door)
        if door.lower() in self._by_text or core.lower() in self._by_text:
            return
        stand_in = self._street()
        self._learn(door, stand_in)
        if core != door and " " in core:
            self._learn(core, without_street(stand_in))
        alone = _NUMBERED.sub("", door)
        if alone != door and " " in alone:
            self._learn(alone, stand_in.partition(" ")[2])

    def _street(self) -> str:
        count = self._given.count("street")
        return f"{count} {_STREETS[(count - 1) % len(_STREETS)]} St"

    def _name(self, name: str, title: str = "") -> None:
        """Learn each part of a name; one that is a word too only behind its title, or where it is written as a name."""
        parts = [part for part in _WORD.findall(name) if len(part) > 1 and part.lower() not in _PARTICLES]
        for number, part in enumerate(parts):
            plain = unaccented(part).lower()
            if plain in self._by_text or part in self._common:
                continue
            stand_in = self._parts.get(plain) or self._free(LAST if number and number == len(parts) - 1 else FIRST)
            self._parts[plain] = stand_in
            if not self._is_common(part):
                self._learn(part, stand_in)
            elif title:
                self._learn(f"{title} {part}", f"{title} {stand_in}")
            else:
                self._common[part.capitalize()] = self._common[part.upper()] = stand_in
                for before in ("si", "kay", "ni"):
                    self._learn(f"{before} {part}", f"{before} {stand_in}")
                for behind in ("po ito", "po here"):
                    self._learn(f"{part} {behind}", f"{stand_in} {behind}")

    def _free(self, pool: tuple[str, ...]) -> str:
        while True:
            count = self._given.count("".join(pool[:1]))
            name = pool[(count - 1) % len(pool)] + ("" if count <= len(pool) else chr(96 + count // len(pool)) * 2)
            if name.lower() not in self._taken:
                return name

    def _learn(self, text: str, stand_in: str) -> None:
        text = text.strip(" \t\n.,")
        if len(_WORD.sub("", text)) < len(text) - 1 and not (" " in text and text.lower() in own_text()):
            self._by_text.setdefault(unaccented(text).lower(), stand_in)
            self._by_text.setdefault(text.lower(), self._by_text[unaccented(text).lower()])
            self._patterns = None

    def _known(self, match: re.Match[str]) -> str:
        said = re.sub(r"[\s.,]+", " ", match[0].lower())
        for known, stand_in in self._by_text.items():
            if re.sub(r"[\s.,]+", " ", known) in (said, unaccented(said)):
                return in_case(match[0], stand_in)
        return in_case(match[0], "Suki")

    def _is_of_the_shop(self, word: str) -> bool:
        plain = unaccented(word).lower()
        return plain in self._words and plain not in place_words()

    def _is_common(self, word: str) -> bool:
        plain = unaccented(word).lower()
        if plain in self._words or word.lower() in self._words or plain in _PARTICLES:
            return True
        return plain in place_words() and not any(places_around(plain))  # Juan is a name, if not behind San
