"""A variant of what is on show, as shoppers type it."""

import pytest

from bot.language.values.variants import variant_in
from tests.support.workers.rows import rows

MUG = ("Terracotta", "Forest", "Navy", "Cream")
SHIRT = ("White, S", "White, M", "White, L", "Black, M", "Black, L", "Red, L", "Navy, XL")
SLIPPERS = ("36", "37", "38", "39", "40", "8")
POLO = ("S", "M", "L", "XL")
BALL = ("Red", "Blue", "Green")


@rows(
    ("names", "text", "variant", "quantity"),
    [
        (BALL, "pula", "Red", None), (BALL, "yung asul po", "Blue", None), (BALL, "berde na lang", "Green", None),
        (BALL, "2 pula", "Red", 2), (BALL, "dalawang asul po", "Blue", 2), (BALL, "red 3pcs", "Red", 3),
        (BALL, "mine blue", "Blue", None), (BALL, "grean", "Green", None), (BALL, "may blue?", "Blue", None),
        (MUG, "Terracota", "Terracotta", None), (MUG, "2 navy", "Navy", 2), (MUG, "yung dark blue", "Navy", None),
        (MUG, "blue po", "Navy", None), (MUG, "teracotta po", "Terracotta", None), (MUG, "foresst", "Forest", None),
        (MUG, "green", "Forest", None), (MUG, "2", "Forest", 2),
        (SHIRT, "white large", "White, L", None), (SHIRT, "blk M", "Black, M", None), (SHIRT, "2 red L", "Red, L", 2),
        (SHIRT, "itim na large 3pcs", "Black, L", 3), (SHIRT, "puti medium po", "White, M", None),
        (SHIRT, "large red", "Red, L", None), (SHIRT, "navy", "Navy, XL", None), (SHIRT, "xl po", "Navy, XL", None),
        (SHIRT, "itim na malaki", "Black, L", None),
        (SLIPPERS, "size 8", "8", None), (SLIPPERS, "sz 39 po", "39", None), (SLIPPERS, "38", "38", None),
        (SLIPPERS, "2 pcs size 37", "37", 2), (POLO, "extra large", "XL", None), (POLO, "medium po", "M", None),
        (POLO, "2 large", "L", 2), (POLO, "small nalang po", "S", None),
    ],
)  # fmt: skip
def test_a_variant_is_read(names: tuple[str, ...], text: str, variant: str, quantity: int | None) -> None:
    meant = variant_in(text, names)
    assert meant.index is not None, meant
    assert names[meant.index] == variant
    if not meant.why.startswith("number"):
        assert meant.quantity == quantity


def test_one_of_several_is_a_question() -> None:
    meant = variant_in("black po", SHIRT)
    assert meant.index is None
    assert [SHIRT[index] for index in meant.candidates] == ["Black, M", "Black, L"]


@pytest.mark.parametrize("text", ["pink po", "XXL", "magkano shipping", "yes", "", "ok po", "123456"])
def test_what_the_product_has_not_is_none(text: str) -> None:
    meant = variant_in(text, BALL)
    assert meant.index is None
    assert meant.candidates == ()
