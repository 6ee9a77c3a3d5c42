"""What merchants write as phrases and hours."""

import pytest

from bot.language.phrases.writing import hours, in_hours, in_lines, phrases_problem


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("p", "“p” is one letter"),
        ("where\n👍👍", "“👍👍” has no letters or digits"),
        ("x" * 300, "is 300 characters long; 255 are the most"),
        ("\n".join(f"phrase {number}" for number in range(201)), "201 phrases; 200 are the most"),
        ("señor\nSENOR!", "“SENOR!” and “señor” are the same"),
        ("Wi-Fi", "“Wi-Fi” and “wi fi” are the same"),
    ],
)
def test_why_lines_cannot_be_phrases(lines: str, sentence: str) -> None:
    assert sentence in phrases_problem(lines, keyword="wi fi")


@pytest.mark.parametrize("lines", ["", "1", "san po kayo\n\nHow do I get there?"])
def test_lines_that_can_be_phrases(lines: str) -> None:
    assert phrases_problem(lines, keyword="wi fi") == ""


def test_phrases_are_lines_with_single_spaces() -> None:
    assert in_lines(" san  po\n\n kayo ") == ("san po", "kayo")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("8-17", "08:00-17:00"),
        ("22:00 to 6:30", "22:00-06:30"),
        ("18-24", "18:00-00:00"),
        ("0-24", ""),
        ("8-8", ""),
        ("25:00-26:00", ""),
        ("8:70-9", ""),
        ("all day", ""),
        ("", ""),
    ],
)
def test_hours_are_two_times_of_the_day(text: str, shown: str) -> None:
    assert in_hours(hours(text)) == shown
