"""Sheets as people have them, each with what a right import gives; where the folder stands beside the project."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from repository.sheets.goods import Reading
from repository.sheets.reading import read_sheet

FOUND = Path(__file__).resolve().parents[4] / "shared" / "data" / "sheets"
EXPECTED = sorted(FOUND.glob("*.expected.json"))


def reading_of(path: Path) -> tuple[dict[str, Any], Reading]:
    expected = json.loads(path.read_text(encoding="utf-8"))
    return expected, read_sheet((FOUND / expected["file"]).read_bytes(), today=date(2026, 11, 29))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.partition(".")[0])
def test_a_found_sheet_comes_out_as_it_should(path: Path) -> None:
    expected, reading = reading_of(path)
    assert [remark.row for remark in reading.errors] == sorted(error["row"] for error in expected["errors"])
    assert (len(reading.products), reading.variants) == (expected["products"], expected["variants"])
    assert (reading.currency or None) == expected["currency"]
    assert list(reading.header_rows) == expected["header_rows"]
    assert reading.first_row == expected["first_data_row"]
    assert reading.is_sure
    for price in expected["prices"]:
        product, variant = next(
            (product, variant)
            for product in reading.products
            for variant in product.variants
            if variant.row == price["row"] and dict(variant.options) == price["variant"]
        )
        assert product.name == price["product"]
        assert variant.price == Decimal(price["price"])
        seen = {
            "stock": variant.stock,
            "sku": variant.sku,
            "unit": product.unit,
            "list_price": variant.list_price,
            "cost": product.cost,
            "wholesale": product.wholesale,
            "category": product.category[-1] if product.category else None,
        }
        for name, value in seen.items():
            if name in price:
                assert str(value) == str(price[name]), name
    passed_over = {remark.row for remark in reading.passed_over}
    for group in expected["not_products"]:
        if "sheet" not in group and isinstance(group["rows"], list):
            assert set(group["rows"]) <= passed_over
    asked = {remark.row for remark in reading.questions}
    if any(question["rows"] == "all" and "no currency" in question["why"] for question in expected["ask"]):
        assert 0 in asked
    for question in expected["ask"]:
        if any(
            words in question["why"] for words in ("price 0", "below zero", "once only", "no stock", "leave it out")
        ):
            assert set(question["rows"]) <= asked | passed_over, question["why"]
