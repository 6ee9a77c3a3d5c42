"""The lexicon's files: each word once, each sense there and used, another language one more file."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.language.fold import fold
from bot.language.lexicon import FOLDER, Language, Lexicon, read, senses_by_word, shops_own, table, words_for
from bot.language.meaning import _NEED_SHOP, _OTHER, FAMILIES, FIRM, LITTLE
from tests.support.workers.rows import rows

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = [read(path) for path in sorted(FOLDER.glob("*.toml"))]
SENSES = sorted({sense for language in LANGUAGES for sense in language.senses})
SPELLINGS = {way: word for language in LANGUAGES for word, ways in language.spellings.items() for way in ways}
TABLES_OF_ONE_SENSE_A_WORD = ("topic", "number", "daytime", "payment_method", "payment_answer")
EVERYTHING_ELSE = "everything else"
"""Of a language in which the shop does not answer, and of which it knows some words."""
ASKING = {"words_for", "written", "pattern", "table", "senses_by_word"}


@cache
def asked() -> frozenset[tuple[str, bool]]:
    """What the code asks the lexicon for, and whether that is a whole table."""
    return frozenset(_asked())


def _asked() -> Iterator[tuple[str, bool]]:
    for package in ("bot", "dialogs", "handlers", "replies", "repository"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if not any(f"{name}(" in text for name in ASKING):
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING:
                    is_table = node.func.id in ("table", "senses_by_word")
                    for argument in node.args:
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                            yield argument.value, is_table
                        elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
                            yield str(argument.values[0].value).removesuffix("."), True


def test_every_sense_that_code_names_exists() -> None:
    assert asked()
    assert [name for name, is_table in sorted(asked()) if not (table(name) if is_table else words_for(name))] == []


@rows("sense", SENSES)
def test_every_sense_is_used(sense: str) -> None:
    assert (sense, False) in asked() or (sense.partition(".")[0], True) in asked(), f"no code asks for {sense}"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_a_file_covers_every_sense_or_says_why_not(language: Language) -> None:
    absent = {**language.absent}
    rest = absent.pop(EVERYTHING_ELSE, "")
    for sense in SENSES:
        has, says_why = bool(language.senses.get(sense)), bool(absent.get(sense))
        assert has != (says_why or bool(rest)) or (has and rest), (
            f"{language.name}.toml: {sense} needs words, or a reason under [absent]"
        )
    assert set(absent) <= set(SENSES), "a reason for a sense that no file has"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_a_word_stands_once_in_a_sense_and_is_written_as_it_is_listed_first(language: Language) -> None:
    for sense, words in language.senses.items():
        assert len(set(words)) == len(words), f"{sense}: twice {[word for word in words if words.count(word) > 1]}"
        for other in LANGUAGES:
            again = set() if other is language else set(words) & set(other.senses.get(sense, ()))
            assert not again, f"{sense}: {again} stand in {language.name} and in {other.name}"
        for word in words:
            known = [part for part in (word, *word.split()) if part in SPELLINGS]
            assert not known, f"{sense}: write {SPELLINGS[known[0]]!r}; [spellings] has {known[0]!r}"
            assert word == word.casefold()
            assert fold(word), f"{sense}: nothing is left of {word!r}"
    used = {part for other in LANGUAGES for words in other.senses.values() for each in words for part in each.split()}
    assert set(language.spellings) <= used, "a spelling of a word that stands in no sense"


@pytest.mark.parametrize("name", TABLES_OF_ONE_SENSE_A_WORD)
def test_a_word_has_one_sense_where_the_code_wants_one(name: str) -> None:
    said = [word for words in table(name).values() for word in words]
    assert sorted(said) == sorted(senses_by_word(name))


def test_what_is_said_of_topics_is_said_of_topics_that_there_are() -> None:
    named = FIRM | LITTLE | frozenset().union(*FAMILIES) | _OTHER | set(_NEED_SHOP.values())
    assert named <= set(table("topic"))


def test_the_files_stay_small_enough_to_be_read_at_every_start() -> None:
    """Each way in which a phrase is typed is a word more: two or three words with many spellings multiply."""
    listed = sum(len(words) for language in LANGUAGES for words in language.senses.values())
    assert sum(len(words_for(sense)) for sense in SENSES) < 2 * listed
    assert sum(path.stat().st_size for path in FOLDER.glob("*.toml")) < 128_000


def test_another_language_is_one_more_file(tmp_path: Path) -> None:
    path = tmp_path / "hil.toml"
    path.write_text(
        '[spellings]\npila = "plia"\n[topic]\nprice = "bayli, pila ini"\n[answer]\nyes = "oo, ou"\n', encoding="utf-8"
    )
    lexicon = Lexicon([*LANGUAGES, read(path)])
    assert {"bayli", "pila ini", "plia ini", "magkano", "how much"} <= lexicon.words("topic.price")
    assert {"ou", "opo", "yes"} <= lexicon.words("answer.yes")
    assert "bayli" not in words_for("topic.price")


def test_a_word_brings_its_spellings_alone_and_in_a_phrase() -> None:
    assert {"pls", "plz", "please"} <= words_for("small.please")
    assert {"anong tinda nyo", "anong tinda ninyo", "anong tinda niyo"} <= words_for("command.browse")
    assert {"cod", "c o d", "cash on delivery"} <= words_for("topic.cod")


@pytest.mark.parametrize(
    "wrong", ["yes = oo", '[answer]\nyes = ["oo"]\n', 'answer = "oo"\n', '[answer]\nyes = "oo"\nyes = "opo"\n']
)
def test_a_file_that_is_no_lexicon_is_refused_by_its_name(wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "ilo.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^ilo\.toml: "):
        read(path)


def test_what_no_file_knows_is_an_error_and_no_empty_set() -> None:
    for ask in (words_for, shops_own().ordered, table, senses_by_word):
        with pytest.raises(LookupError):
            ask("answer.perhaps")


def test_the_files_are_installed_with_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = project["tool"]["setuptools"]["package-data"]
    package = FOLDER.parent
    assert {path for pattern in installed["bot.language"] for path in package.glob(pattern)} == set(FOLDER.iterdir())
    assert installed["bot.language.country"] == [path.name for path in (package / "country").glob("*.txt")]
