"""In which language somebody is answered, text by text."""

import pytest

from bot.language.tongue import Tongue, chosen, is_english


@pytest.mark.parametrize(
    ("begins", "texts", "languages"),
    [
        ("en", ["magkano po"], ["fil"]),
        ("en", ["do you have a kettle?", "magkano po", "how much is the tumbler", "is it available in blue"],
         ["en", "fil", "en", "en"]),
        ("en", ["do you have a kettle?", "what colors do you have", "magkano po yung tumbler", "can i pay with gcash"],
         ["en", "en", "en", "en"]),
        ("en", ["what do you have", "is it in stock", "magkano po", "may itim po ba", "pwede po cod"],
         ["en", "en", "en", "fil", "fil"]),
        ("en", ["hm po tumbler", "do you have this in red", "avail pa po ba", "what is the size"],
         ["fil", "fil", "fil", "fil"]),
        ("en", ["hm po tumbler", "do you have this in red", "what is the size of it"], ["fil", "fil", "en"]),
        ("fil", ["do you have an umbrella", "hello", "is it the large one"], ["fil", "fil", "en"]),
        ("en", ["what do you have", "2 po", "oo", "teal po", "wala po akong code"], ["en", "en", "en", "en", "fil"]),
        ("en", ["mug", "oo", "hindi po", "cod po"], ["en", "en", "en", "fil"]),
        ("en", ["hi", "mug", "ok", "gcash", "how much"], ["en", "en", "en", "en", "en"]),
    ],
)  # fmt: skip
def test_a_guess_changes_slowly(begins: str, texts: list[str], languages: list[str]) -> None:
    tongue, heard = Tongue(begins), []
    for text in texts:
        tongue = tongue.hearing(text)
        heard.append(tongue.language)
    assert heard == languages


def test_who_begins_with_po_is_answered_so() -> None:
    assert Tongue("en").hearing("tumbler po", begins=True).language == "fil"


@pytest.mark.parametrize("language", ["en", "fil"])
def test_what_was_chosen_stays(language: str) -> None:
    tongue = chosen(language)
    for text in ("magkano po yung tumbler", "what do you have", "pwede po ba cod") * 3:
        tongue = tongue.hearing(text)
    assert tongue == chosen(language)


@pytest.mark.parametrize(
    ("text", "english"),
    [("what is the price of this", True), ("i want a bag", True), ("is it available in blue", True),
     ("how much", False), ("ok thanks", False), ("cod po ba", False), ("mug", False),
     ("kunin ko the blue one", False), ("", False)],
)  # fmt: skip
def test_english_is_told_from_words_that_are_said_in_both(text: str, english: bool) -> None:
    assert is_english(text) is english
