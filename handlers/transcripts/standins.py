"""Stand-ins for what is personal in a conversation: the same name, number or door is the same stand-in everywhere.

What the shop knows of a shopper is looked for letter by letter, in any case and with or without accents; phones, mail
addresses, links and long numbers are known by their form; a name that was typed and is known to nobody by what stands
before it, or by being a capital word that neither the shop nor the country's places have.
"""

import re
from collections.abc import Iterable

from bot.language import addressing
from bot.language.fold import unaccented
from handlers.transcripts.known import (
    DIGITS,
    SPELLED,
    Known,
    before_name,
    door_in,
    is_half_a_door,
    own_numbers,
    own_text,
    place_words,
    shop_words,
    street,
)
from handlers.transcripts.names import FIRST, LAST

_STREETS = ("Sampaguita", "Ilang-Ilang", "Kamagong", "Narra", "Acacia", "Mabolo", "Dapdap", "Molave", "Yakal", "Ipil")
_PARTICLES = frozenset(
    {"de", "del", "dela", "la", "las", "los", "san", "santa", "sta", "sto", "jr", "sr", "ii", "iii", "iv", "mr", "mrs"}
    | {"ms", "miss", "ma", "po", "ni", "of", "and"}
)
_NUMBERED = re.compile(r"^(?:[^\W\d_]{0,4}[#.\s]*\d[\w/-]*[\s,.]+)+")
_NAME = re.compile(r"[A-ZÑ][^\W\d_]*(?:[.'’-][^\W\d_]*)*")
_ADDRESS_MOST = 400  # characters: what is longer is no address
_FORMS = "|".join(
    f"(?P<{name}>{form})"
    for name, form in (
        ("link", r"(?:(?:https?://|www\.)|\b(?:m\.me|fb\.com|facebook\.com|fb\.me)/)[^\s\"'<>\\]+"),
        ("mail", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        ("handle", r"(?<![\w.])@[A-Za-z][\w.]{2,}"),
        ("order", r"ORD-\d{8}-[A-Z0-9]+"),
        ("phone", r"(?<![^\W_])(?<!-)(?:\+?63|[0o])?[\s.()-]{0,2}9(?:[\s.()-]{0,2}[\do]){9}(?![^\W_])"),
        ("paper", r"(?<![\w-])[A-Z]{1,3}-?\d{6,10}[A-Z]?(?!\w)"),
        ("number", r"(?<![^\W_])(?<![.,₱-])(?!\d{4}-\d\d-\d\d(?!\d))\d(?:[\s-]?\d){7,19}(?![^\W_])"),
        ("spelled", rf"\b(?:{SPELLED})(?:[\s,.-]+(?:{SPELLED})){{6,}}\b"),
    )
)
_HOUSE = r"(?P<house>\b(?:blk|block|lot|phase|unit|room|rm|tower|floor|flr|bldg)\b\.?\s*#?\d+[a-z]?\b)"
_FILES = frozenset({"img", "dsc", "vid", "pxl", "jpg", "jpeg", "png", "pdf", "mp4", "screenshot"})
"""What the names of files begin and end with."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HOST = re.compile(r"https?://[^/\s\"]+(?=/)")


class StandIns:
    """The stand-ins of one conversation, or of several.

    Args:
        goods: Names of what the shop sells, which are no names of people.
    """

    def __init__(self, goods: Iterable[str] = ()) -> None:
        self._said: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._words = shop_words() | _FILES | {word.lower() for name in goods for word in _WORD.findall(name)}
        self._patterns: re.Pattern[str] | None = None
        self._by_text: dict[str, str] = {}
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
            if door.strip().lower() not in self._by_text:
                stand_in = self._street()
                self._learn(door, stand_in)
                alone = _NUMBERED.sub("", door.strip())
                if alone != door.strip() and " " in alone:
                    self._learn(alone, stand_in.partition(" ")[2])
        for word in known.words:
            if word.strip().lower() not in self._by_text:
                self._learn(word, f"Place {self._count('word')}")
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
        words = text.split()
        if is_half_a_door(words, self._is_of_the_shop):
            self.know(Known(streets=(text,)))
            return
        if 2 <= len(words) <= 4 and all(_NAME.fullmatch(word) for word in words):
            self._name(" ".join(word for word in words if not self._is_common(word)))
            return
        for match in before_name().finditer(text):
            words = match[1].split()
            if not all(self._is_common(word) for word in words):
                self._name(" ".join(word for word in words if not self._is_common(word)))
        if text.upper() == text:
            return
        found = [(match[0], match.start()) for match in _WORD.finditer(text)]
        for number, (word, at) in enumerate(found):
            begins = number == 0 or text[:at].rstrip()[-1:] in ".!?\n"
            follows = found[number + 1][0] if number + 1 < len(found) else ""
            if self._is_name(word) and (not begins or self._is_name(follows)):
                self._name(word)

    def _is_name(self, word: str) -> bool:
        return word[:1].isupper() and len(word) > 2 and not self._is_common(word)

    def text(self, text: str, *, is_free: bool = True) -> str:
        """A text with stand-ins for what is personal in it.

        Args:
            text: Any.
            is_free: Whether somebody is spoken of or to in it; else it is a title, in which common words are no names.
        """
        text = _WORD.sub(lambda match: self._common.get(match[0], match[0]), text) if is_free else text
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
            return self._stand(key, value, f"{key}-{{}}") if value else value
        if key in ("image_url", "url", "referer_uri"):
            return self._link(value) if value else value
        if key in ("timestamp", "sent_at", "now") or (key == "payload" and " " not in value):
            return value  # a time, or a tap of ours: tags and numbers of products and lines
        return self.text(value, is_free=key not in ("title", "of"))

    def _number(self, value: object, key: str) -> object:
        if key in ("latitude", "longitude") and isinstance(value, int | float):
            return 14.6 if key == "latitude" else 121.0
        if key in ("shopper_id", "user_id") and isinstance(value, int):
            return int(self._stand(key, str(value), "{}"))
        return value

    def _link(self, url: str) -> str:
        if re.search(r"/(?:goods|pictures)/[^/]+$", url):
            return _HOST.sub("https://shop.example", url)  # a product's
        return self._stand("link", url, "https://links.example/{}")

    def _pattern(self) -> re.Pattern[str]:
        """Everything that has a stand-in, in one pass, so that no stand-in gets another."""
        if self._patterns is None:
            parts = (_loosely(each) for each in sorted(self._by_text, key=len, reverse=True))
            cut = r"(?P<cut>(?<![^\W\d_])[^\W\d_]{3,}(?=…))"
            self._patterns = re.compile("|".join([_FORMS, *parts, _HOUSE, cut]), re.IGNORECASE)
        return self._patterns

    def _instead(self, match: re.Match[str]) -> str:
        text = match[0]
        match match.lastgroup:
            case "link":
                return self._link(text)
            case "mail":
                return self._stand("mail", text.lower(), "suki{}@example.com")
            case "order":
                return self._stand("order", text, "ORD-20260101-STANDIN{}")
            case "handle":
                return self._stand("handle", text.lower(), "@suki{}")
            case "phone" | "number" if re.sub(r"\D", "", text)[-10:] in own_numbers():
                return text
            case "phone":
                text = re.sub("o", "0", text, flags=re.IGNORECASE)
                stand = self._stand("phone", re.sub(r"\D", "", text)[-10:], "{}")
                return _with_digits(text, f"917000{int(stand):04}")  # a known beginning, and a number that nobody has
            case "spelled":  # what is said in words is the same number in figures
                figures = "".join(str(DIGITS[word]) for word in re.findall(r"[a-z]+", text.lower()))
                stand = self._stand("phone", figures[-10:], "{}")
                return f"0917 000 {int(stand):04}"
            case "house":
                return self._stand("house", re.sub(r"\W", "", text.lower()), "unit {}")
            case "number" | "paper":
                return self._digits(text)
            case "cut":  # what is left of a name that a message had no room for
                begun = unaccented(text).lower()
                return next(
                    (_in_case(text, said) for name, said in self._by_text.items() if name.startswith(begun)), text
                )
            case _:
                return self._known(match)

    def _digits(self, text: str) -> str:
        digits = re.sub(r"\D", "", text)
        stand = self._stand("number", digits, "{}")
        return _with_digits(text, stand.rjust(len(digits), "7")[-len(digits) :])

    def _street(self) -> str:
        count = self._count("street")
        return f"{count} {_STREETS[(count - 1) % len(_STREETS)]} St"

    def _name(self, name: str) -> None:
        parts = [part for part in _WORD.findall(name) if len(part) > 1 and part.lower() not in _PARTICLES]
        for number, part in enumerate(parts):
            if unaccented(part).lower() not in self._by_text and part not in self._common:
                stand_in = self._free(LAST if number and number == len(parts) - 1 else FIRST)
                if self._is_common(part):
                    self._common[part.capitalize()] = self._common[part.upper()] = stand_in
                else:
                    self._learn(part, stand_in)

    def _free(self, pool: tuple[str, ...]) -> str:
        while True:
            count = self._count("".join(pool[:1]))
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
                return _in_case(match[0], stand_in)
        return _in_case(match[0], "Suki")

    def _stand(self, kind: str, value: str, form: str) -> str:
        key = f"{kind} {value}"
        if key not in self._said:
            self._said[key] = form.format(self._count(kind))
        return self._said[key]

    def _count(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def _is_of_the_shop(self, word: str) -> bool:
        plain = unaccented(word).lower()
        return plain in self._words and plain not in place_words()

    def _is_common(self, word: str) -> bool:
        plain = unaccented(word).lower()
        return plain in self._words or word.lower() in self._words or plain in _PARTICLES or plain in place_words()


def _loosely(text: str) -> str:
    """A text as it may be typed: with other blanks, dots and commas between its words."""
    words = r"[\s.,]+".join(re.escape(word) for word in re.split(r"[\s.,]+", text) if word)
    letter = r"[^\W_]" if text[0].isdigit() else r"[^\W\d_]"  # no house 15 for house 5, no Lorena for Lore
    return rf"(?<!{letter}){words}(?![^\W\d_])"


def _with_digits(text: str, digits: str) -> str:
    """A text with its last digits put in place of others, whatever stands between them."""
    left = list(digits)
    letters = [left.pop() if letter.isdigit() and left else letter for letter in reversed(text)]
    return "".join(reversed(letters))


def _in_case(text: str, stand_in: str) -> str:
    if text.isupper() and len(text) > 1:
        return stand_in.upper()
    return stand_in.lower() if text.islower() else stand_in
