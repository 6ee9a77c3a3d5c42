"""The one table of what people type: a word, what it says, in which language.

`words/` holds one TOML file a language. Each lists words and phrases by what they say, their senses: `[answer]` with
`yes = "oo, opo"` is the sense `answer.yes`. Two tables are no senses: `[spellings]` has the other ways in which a word
is typed, for every sense in which it stands, also in the middle of a phrase; `[absent]` says why a language has no
words for a sense, or, as "everything else", why it has few at all. Another language is one more file.

Code asks by sense and knows no word: `words_for("answer.yes")` are those of every language, in `fold` letters.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import msgspec

from bot.language.fold import fold

FOLDER = Path(__file__).with_name("words")
"""One file a language, named for it."""


class Language(msgspec.Struct, frozen=True):
    """What one file says.

    Attributes:
        name: "en" or "fil", the file's name.
        senses: Words and phrases as they are written in the file, by sense.
        spellings: The other ways in which a word is typed, by the word.
        absent: Why it has no words for a sense, by sense.
    """

    name: str
    senses: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]
    absent: Mapping[str, str]


class Lexicon:
    """What words say, in some languages.

    Args:
        languages: What their files say.
    """

    def __init__(self, languages: Iterable[Language]) -> None:
        self._spellings: dict[str, tuple[str, ...]] = {}
        written: dict[str, dict[str, None]] = {}
        for language in languages:
            for word, ways in language.spellings.items():
                self._spellings[word] = (*self._spellings.get(word, ()), *ways)
            for sense, words in language.senses.items():
                written.setdefault(sense, {}).update(dict.fromkeys(words))
        self._written = {sense: tuple(words) for sense, words in written.items()}
        self._typed = {sense: tuple(dict.fromkeys(self._ways_of(words))) for sense, words in written.items()}
        self._words = {sense: tuple(dict.fromkeys(map(fold, typed))) for sense, typed in self._typed.items()}

    def ordered(self, sense: str) -> tuple[str, ...]:
        """The words and phrases that say something, in `fold` letters, in the order of the files.

        Args:
            sense: Such as "answer.yes".

        Raises:
            LookupError: No language has such a sense.
        """
        if sense not in self._words:
            raise LookupError(f"no language's file has the sense {sense!r}")
        return self._words[sense]

    def written(self, sense: str) -> tuple[str, ...]:
        """As `ordered`, without the other ways in which they are typed."""
        self.ordered(sense)
        return tuple(map(fold, self._written[sense]))

    def pattern(self, *senses: str) -> str:
        """A regular expression for the words and phrases of some senses, the longest first, as the files have them.

        Args:
            senses: Such as "address.barangay".
        """
        typed = {word for sense in senses if self.ordered(sense) for word in self._typed[sense]}
        longest_first = sorted(typed, key=lambda word: (-len(word), word))
        return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first) + ")"

    def words(self, *senses: str) -> frozenset[str]:
        """As `ordered`, of one sense or of several together, as a set."""
        return frozenset(word for sense in senses for word in self.ordered(sense))

    def table(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """What `ordered` gives for each sense of a table, by its name there: "yes" and "no" of "answer".

        Args:
            name: The table, such as "answer".
        """
        senses = {sense: words for sense, words in self._words.items() if sense.startswith(f"{name}.")}
        if not senses:
            raise LookupError(f"no language's file has the table {name!r}")
        return {sense.removeprefix(f"{name}."): words for sense, words in senses.items()}

    @property
    def tables(self) -> frozenset[str]:
        """The names of all tables."""
        return frozenset(sense.partition(".")[0] for sense in self._words)

    def _ways_of(self, words: Iterable[str]) -> Iterator[str]:
        """Words and phrases in every way in which they are typed, in order."""
        for phrase in words:
            yield from map(" ".join, product(*map(self._ways, phrase.split())))

    def _ways(self, word: str) -> tuple[str, ...]:
        return (word, *self._spellings.get(word, ()))


def read(path: Path) -> Language:
    """What a language's file says.

    Args:
        path: The file.

    Raises:
        ValueError: The file is no TOML, or holds something else than words between commas.
    """
    try:
        tables = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), dict[str, dict[str, str]])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    spellings, absent = tables.pop("spellings", {}), tables.pop("absent", {})
    senses = {f"{table}.{key}": _listed(value) for table, values in tables.items() for key, value in values.items()}
    return Language(path.stem, senses, {word: _listed(ways) for word, ways in spellings.items()}, absent)


@cache
def shops_own() -> Lexicon:
    """The lexicon of the files in `FOLDER`, read once."""
    return Lexicon(map(read, sorted(FOLDER.glob("*.toml"))))


def words_for(*senses: str) -> frozenset[str]:
    """What is typed in any language to say one of some things, in `fold` letters.

    Args:
        senses: Such as "answer.yes".
    """
    return shops_own().words(*senses)


@cache
def first_in(language: str, sense: str) -> str:
    """The word that a language lists first for a sense, in `fold` letters; empty where it has none.

    Args:
        language: Its file's name, such as "fil".
        sense: Such as "talk.thanks".
    """
    path = FOLDER / f"{language}.toml"
    words = read(path).senses.get(sense, ()) if path.exists() else ()
    return fold(words[0]) if words else ""


def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """What is typed for each sense of a table, by its name there.

    Args:
        name: The table, such as "daytime".
    """
    return shops_own().table(name)


def tables() -> frozenset[str]:
    """The names of all tables."""
    return shops_own().tables


def written(sense: str) -> tuple[str, ...]:
    """What the files list for a sense, without the other ways in which its words are typed, in `fold` letters.

    Args:
        sense: Such as "command.cart".
    """
    return shops_own().written(sense)


def senses_by_word(name: str) -> Mapping[str, str]:
    """What each word and phrase of a table says, by its name there: "umaga" is "morning" in "daytime".

    Args:
        name: The table, in which a word stands once.
    """
    return {word: sense for sense, said in table(name).items() for word in said}


def beginnings(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each phrase: whoever says none of them says no phrase.

    Args:
        phrases: In `fold` letters.
    """
    return frozenset(phrase.split()[0] for phrase in phrases)


def pattern(*senses: str) -> str:
    """A regular expression for the words and phrases of some senses in a text that is not folded, the longest first.

    Args:
        senses: Such as "address.barangay". Match it without regard to case.
    """
    return shops_own().pattern(*senses)


def _listed(value: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in value.split(",") if word.strip())
