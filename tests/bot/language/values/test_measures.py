"""Measures by one name, however they are written."""

from bot.language.values.measures import measures_in
from tests.support.workers.rows import rows


@rows(
    ("text", "names"),
    [
        ("Coke 1.5 liters", ["1500ml"]),
        ("1L", ["1000ml"]),
        ("piña juice 1 litro", ["1000ml"]),
        ("0,5 l", ["500ml"]),
        ("bigas 1 kilo", ["1000g"]),
        ("2kg", ["2000g"]),
        ("1,000 ml", ["1000ml"]),
        ("500-ml", ["500ml"]),
        ('27" monitor 144hz', ["27in", "144hz"]),
        ("iphone 128 GB", ["128gb"]),
        ("10000mAh", ["10000mah"]),
        ("2 pirasong mug", ["2pcs"]),
        ("2 m cable", ["2000mm"]),
        ("2 in 1 paper", []),
        ("1/2 in", []),
        ("T-shirt L", []),
        ("wh1000", []),
        ("", []),
        ("9" * 20_000, []),
    ],
)
def test_a_measure_has_one_name(text: str, names: list[str]) -> None:
    assert [measure.name for measure in measures_in(text)] == names


def test_where_a_measure_stands() -> None:
    text = "Café 250 grams, dark"
    (measure,) = measures_in(text)
    assert text[measure.start : measure.end] == "250 grams"
