"""What counts as found: a product whose name has every word of the query, written as the queries are."""

from bot.workshop.bench.understanding.search import words_of


def test_marks_and_accents_of_a_name_are_read_as_the_queries_have_them() -> None:
    assert words_of("Insignia™ - Micro USB Wall Charger") >= {"insigniatm", "micro", "usb"}
    assert words_of("Beyond Snáck Kerala Banana Chips") >= {"snack", "kerala", "banana"}
    assert words_of("6.5-inch In-Wall") == {"6", "5", "inch", "in", "wall"}
