"""How many: what shoppers type once something is in the cart."""

from bot.language.quantities import Amount, amount_in, number_in
from tests.support.workers.rows import rows


@rows(
    ("text", "number", "more"),
    [
        ("2 more", 2, True), ("two more please", 2, True), ("add 2 more", 2, True), ("dalawa pa", 2, True),
        ("isa pa po", 1, True), ("isa pa nga", 1, True), ("another one", 1, True), ("another", 1, True),
        ("dagdagan mo ng tatlo", 3, True), ("pa dagdag po 2", 2, True), ("5 pcs pa po", 5, True),
        ("make it 3", 3, False), ("gawin mong 3", 3, False), ("gawing tatlo po", 3, False), ("3 na lang po", 3, False),
        ("change it to 4", 4, False), ("change quantity to 4", 4, False), ("i want 3", 3, False), ("x3", 3, False),
        ("3x", 3, False), ("3pcs", 3, False), ("3", 3, False), ("tatlo po", 3, False), ("make it two more", 2, False),
        ("gusto ko po dalawa", 2, False), ("isang dosena", 12, False), ("gawin mong isang dosena po", 12, False),
        ("dalawang dosena", 24, False), ("half a dozen", 6, False), ("kalahating dosena", 6, False),
        ("a dozen", 12, False), ("bente na lang po", 20, False), ("labing dalawa pa", 12, True),
        ("2 pcs lang po pala", 2, False), ("mine 2", 2, False), ("pabili po dalawa", 2, False), ("isa lang", 1, False),
        ("+1", 1, True), ("+2 pa", 2, True), ("2 po nito", 2, False), ("2 po nung ganyan", 2, False),
        ("isang pares", 2, False), ("2 pairs", 4, False), ("tig-isa", 1, False), ("1/2 dozen", 6, False),
        ("trenta", 30, False), ("kwarenta po", 40, False), ("fifty", 50, False),
    ],
)  # fmt: skip
def test_a_quantity_is_understood(text: str, number: int, more: bool) -> None:
    assert amount_in(text) == Amount(number, more=more)


@rows(
    "text",
    ["", "wala na po", "wala", "none", "more", "mug", "2 mugs", "add to cart", "checkout", "2 or 3", "meron pa ba",
     "may isa pa bang kulay", "0 more", "-2 more", "-1",
     "0917 123 4567", "isa pa pong tanong", "yes", "sige po", "12 Mabini St"],
)  # fmt: skip
def test_anything_else_is_no_quantity(text: str) -> None:
    assert amount_in(text) is None


@rows(
    ("text", "number"),
    [
        ("isang dosena po", 12),
        ("2 dozen", 24),
        ("3 pcs po", 3),
        ("dalawang piraso", 2),
        ("wala", 0),
        ("none", 0),
        ("twenty", 20),
        ("bente po", 20),
        ("labindalawa", 12),
        ("labing dalawang piraso", 12),
        ("kinse pcs", 15),
        ("labing isa lang po", 11),
        ("3 nalang nlng lng po", 3),
        ("3 " + "nalang" * 300 + "?", 3),
    ],
)
def test_the_number_that_was_asked_for(text: str, number: int) -> None:
    assert number_in(text) == number
