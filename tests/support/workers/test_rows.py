"""Rows that share a test: each is tried, and whatever fails is told by name."""

import inspect

import pytest

from tests.support.workers.rows import each, rows


def test_all_rows_are_tried_and_those_that_fail_are_told() -> None:
    seen: list[tuple[int, str]] = []

    @rows(("number", "word"), [(1, "one"), (2, "two"), (3, "three")])
    def is_one(number: int, word: str) -> None:
        seen.append((number, word))
        assert number == 1, word

    with pytest.raises(ExceptionGroup, match=r"2 of 3 rows of is_one fail: 2, 'two'; 3, 'three'") as failed:
        is_one()
    assert seen == [(1, "one"), (2, "two"), (3, "three")]
    assert [error.__notes__ for error in failed.value.exceptions] == [
        ["in the row 2, 'two'"],
        ["in the row 3, 'three'"],
    ]


def test_a_row_of_one_is_the_value_itself_and_several_lists_are_combined() -> None:
    seen: list[tuple[str, int]] = []

    @rows("word", ["ab", "cd"], ids=str.upper)
    @rows("number", (number for number in (1, 2)))
    def takes(fixture: str, word: str, number: int) -> None:
        seen.append((word, number))
        assert (word, number) != ("cd", 2)

    assert list(inspect.signature(takes).parameters) == ["fixture"], "what is left is for pytest"
    with pytest.raises(ExceptionGroup, match=r"1 of 2 rows of takes fail: CD"):
        takes(fixture="")
    assert seen == [("ab", 1), ("ab", 2), ("cd", 1), ("cd", 2)]


def test_what_should_have_been_refused_and_was_not_is_told_like_anything_else() -> None:
    @rows("word", ["1", "one", "two", "2"], ids=["one digit", "one", "two", "other digit"])
    def refuses(word: str) -> None:
        with pytest.raises(ValueError, match="invalid"):
            int(word)

    with pytest.raises(BaseExceptionGroup, match=r"2 of 4 rows of refuses fail: one digit; other digit"):
        refuses()


def test_a_test_that_waits_or_has_no_rows_is_refused() -> None:
    with pytest.raises(AssertionError, match="waits"):

        @rows("word", ["a"])  # type: ignore[arg-type]  # which mypy refuses too
        async def waits(word: str) -> None: ...

    with pytest.raises(AssertionError, match="no row gives word"):
        rows("word", [])
    with pytest.raises(AssertionError, match="has no color"):

        @rows("color", ["red"])
        def lacks(word: str) -> None: ...


async def test_rows_that_share_a_shop_are_all_tried_too() -> None:
    seen: list[str] = []

    async def hears(text: str, answer: str = "a") -> None:
        seen.append(text)
        assert text == answer

    with pytest.raises(ExceptionGroup, match=r"2 of 3 rows of hears fail: 'b'; 'c', 'd'"):
        await each(["a", "b", ("c", "d")], hears)
    assert seen == ["a", "b", "c"]
