"""The words of replies: our own `.j2` blocks, and the merchant's wordings in their place."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from replies.checking import WordingError, check
from replies.environment import FAILS, compiled, filled

_FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted({path.parent.name for path in _FOLDER.glob("*/*.j2")}))
"""The languages that have a folder of words here."""
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)\s*-?%}(.*?){%-?\s*endblock(?:\s+\w+)?\s*-?%}", re.DOTALL)
_LIMITS = (("button_", 20), ("quick_", 20), ("title_", 80), ("subtitle_", 80), ("menu_", 30), ("greeting", 160))
TEXT_MOST = 2000


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A merchant's wording of one block.

    Attributes:
        name: The block's full name, such as "cart.sold_out".
        language: "en" or "fil".
        words: The template.
    """

    name: str
    language: str
    words: str


@cache
def limit_of(name: str) -> int:
    """How many characters Messenger shows of a block, told from its name (contract/messenger.md 3.3).

    Args:
        name: The block's full name; "button_", "quick_", "title_", "subtitle_", "menu_" begin its last part where it is
            no message of its own.
    """
    part = name.rpartition(".")[2]
    return next((most for prefix, most in _LIMITS if part.startswith(prefix)), TEXT_MOST)


@cache
def own_words() -> Mapping[tuple[str, str], str]:
    """Our own words, by (block, language): `fil/cart.j2` has those of `replies/cart.py` in Filipino."""
    own: dict[tuple[str, str], str] = {}
    for language in LANGUAGES:
        for path in sorted((_FOLDER / language).glob("*.j2")):
            for name, words in _BLOCK.findall(path.read_text(encoding="utf-8")):
                key = (f"{path.stem}.{name}", language)
                if key in own:
                    raise ValueError(f"{language}/{path.name} has the block {name} twice")
                own[key] = words.strip()
    return own


_DURATIONS = (
    (re.compile(r"\b(?:business|working) days?\b", re.IGNORECASE), "araw na may pasok"),
    (re.compile(r"\bdays?\b", re.IGNORECASE), "araw"),
    (re.compile(r"\bweeks?\b", re.IGNORECASE), "linggo"),
    (re.compile(r"\bhours?\b", re.IGNORECASE), "oras"),
    (re.compile(r"(?<=\d) to (?=\d)", re.IGNORECASE), " hanggang "),
)


def cut(text: str, most: int) -> str:
    """The text, shortened with an ellipsis where it is longer.

    Args:
        text: Any text.
        most: Characters at most, the ellipsis among them.
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def duration(text: str, language: str) -> str:
    """How long something takes, as the merchant wrote it, in the words of a language.

    Args:
        text: Such as "1-3 days" or "2 to 4 weeks".
        language: "en" or "fil".
    """
    if language != "fil":
        return text
    for shape, word in _DURATIONS:
        text = shape.sub(word, text)
    return text


class Words:
    """Every block in every language, the merchant's wordings in front of ours.

    Args:
        wordings: What the merchant rewrote. One that no longer compiles is left out, and ours is used.
        currency: ISO code for the `money` filter.
        sources: What the wordings stand in front of: templates by (block, language), our own where None.
    """

    def __init__(
        self,
        wordings: Iterable[Wording] = (),
        *,
        currency: str = "PHP",
        sources: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.currency = currency
        self._sources = dict(own_words() if sources is None else sources)
        self.broken: list[Wording] = []
        for wording in wordings:
            try:
                check(wording.words)
            except WordingError:
                self.broken.append(wording)
            else:
                self._sources[wording.name, wording.language] = wording.words
        # Most blocks, such as a button's, have nothing to fill in.
        self._fixed = {
            key: cut(words.strip(), limit_of(key[0]))
            for key, words in self._sources.items()
            if "{" not in words and words.strip()
        }

    def trying(self, name: str, language: str, words: str) -> "Words":
        """These words with one more wording in front of them, to see what it would say.

        Args:
            name: The full name of the block that it is for.
            language: "en" or "fil".
            words: What somebody is writing.

        Raises:
            WordingError: It cannot be used.
        """
        check(words)
        return Words(currency=self.currency, sources={**self._sources, (name, language): words})

    def source(self, name: str, language: str) -> str:
        """The template that is in force for a block; the English one where the language has none.

        Args:
            name: The block's full name.
            language: "en" or "fil".

        Raises:
            KeyError: There is no such block.
        """
        return self._sources.get((name, language)) or self._sources[name, "en"]

    def fill(self, name: str, language: str, facts: Mapping[str, object]) -> str:
        """The words of a block; the English ones where the language has none, ours where the merchant's fail.

        Args:
            name: The block's full name.
            language: "en" or "fil".
            facts: What its variables stand for.

        Raises:
            KeyError: There is no such block.
        """
        key = (name, language) if (name, language) in self._sources else (name, "en")
        fixed = self._fixed.get(key)
        if fixed is not None:
            return fixed
        try:
            said = filled(compiled(self.currency, self._sources[key]), facts)
        except FAILS:
            said = ""
        if not said:
            ours = own_words().get(key) or own_words()[name, "en"]
            if self._sources[key] != ours:
                said = filled(compiled(self.currency, ours), facts)
        most = limit_of(name)
        return cut(said, most) if most < TEXT_MOST else said


class Speaker:
    """Fills blocks in one language: the `Say` that replies are given."""

    def __init__(self, words: Words, language: str) -> None:
        self._words = words
        self._language = language

    def __call__(self, block: str, /, **facts: object) -> str:
        """The words of a block, filled with facts."""
        if isinstance(days := facts.get("days"), str):
            facts["days"] = duration(days, self._language)
        return self._words.fill(block, self._language, facts)
